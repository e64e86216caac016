//! What a client wrote and what the letter quotes: the client's own lines of a message.
//!
//! Mail programs mark a quotation by `>`, by a line that tells who wrote, or by the quoted letter's
//! header; each in the user's language.

/// The longest text read, in bytes.
const LONGEST_TEXT: usize = 64 * 1024;
/// The longest line read, in characters; of a longer one (a message without line breaks) the end.
const LONGEST_LINE: usize = 1200;

/// The client's own lines, trimmed, without empty ones and without what they quote.
pub(super) fn own_lines(text: &str) -> Vec<&str> {
    let all: Vec<&str> = first_part(text)
        .lines()
        .map(|line| line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}'))
        .filter(|line| !line.is_empty())
        .collect();
    let mut own = Vec::new();
    for (at, line) in all.iter().enumerate() {
        if line.starts_with('>') {
            continue;
        }
        let rest = all.get(at + 1..).unwrap_or_default();
        match quote_mark(line, rest) {
            QuoteMark::None => match quoted_inside(line) {
                Some(before) => {
                    own.push(last_part(before));
                    break;
                }
                None => own.push(last_part(line)),
            },
            QuoteMark::Line => {}
            QuoteMark::RestIsQuoted => break,
        }
    }
    own
}

/// What stands before a quotation that begins in the middle of a line, where line breaks were lost.
fn quoted_inside(line: &str) -> Option<&str> {
    let (head, _) = line
        .split_once(" wrote: ")
        .or_else(|| line.split_once("-----Original"))?;
    let cut = head
        .rfind(" On ")
        .or_else(|| head.rfind('<'))
        .unwrap_or(head.len());
    let before = if head.starts_with("On ") {
        ""
    } else {
        head.get(..cut)?
    };
    Some(before.trim_end())
}

/// The beginning of a text that is longer than anybody writes by hand: what a client adds to a thread
/// stands above it.
fn first_part(text: &str) -> &str {
    let end = (0..=LONGEST_TEXT.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    end.and_then(|end| text.get(..end)).unwrap_or_default()
}

/// The end of a line, where it is too long to be read whole.
fn last_part(line: &str) -> &str {
    if line.len() <= LONGEST_LINE {
        return line;
    }
    let cut = line.char_indices().rev().nth(LONGEST_LINE - 1);
    cut.and_then(|(at, _)| line.get(at..)).unwrap_or(line)
}

/// What a line says of the lines after it.
#[derive(PartialEq, Eq)]
enum QuoteMark {
    None,
    Line,
    RestIsQuoted,
}

fn quote_mark(line: &str, rest: &[&str]) -> QuoteMark {
    // “-----Original Message-----”, “---------- Forwarded message ---------”, in any language.
    let dashes = line.chars().take_while(|c| *c == '-').count();
    if dashes >= 4 && line.ends_with('-') && line.chars().any(char::is_alphabetic) {
        return QuoteMark::RestIsQuoted;
    }
    if line.len() < 60 && FORWARDS.iter().any(|words| line.starts_with(words)) {
        return QuoteMark::RestIsQuoted;
    }
    let headers_follow = || rest.iter().take(5).any(|next| label(next, &OTHER_HEADERS));
    if label(line, &FROM) && headers_follow() {
        return QuoteMark::RestIsQuoted;
    }
    let next = rest.first().copied().unwrap_or_default();
    if is_attribution(line) || (line.contains('@') && is_attribution(next) && next.len() < 40) {
        let quote = rest.iter().find(|after| !is_attribution(after));
        return if quote.is_some_and(|after| after.starts_with('>')) {
            QuoteMark::Line
        } else {
            QuoteMark::RestIsQuoted
        };
    }
    QuoteMark::None
}

/// “On … wrote:”, in the languages of the larger mail programs.
fn is_attribution(line: &str) -> bool {
    line.len() < 300 && line.ends_with([':', '：']) && WROTE.iter().any(|word| line.contains(word))
}

/// Whether a line begins with one of the labels and a colon.
fn label(line: &str, labels: &[&str]) -> bool {
    if line.len() > 400 {
        return false;
    }
    let line = line.trim_start_matches(['*', ' ']);
    line.split_once([':', '：'])
        .is_some_and(|(name, _)| labels.contains(&name.trim_end_matches(['*', ' '])))
}

const FORWARDS: [&str; 8] = [
    "Begin forwarded message",
    "Anfang der weitergeleiteten",
    "Début du message réexpédié",
    "Inizio messaggio inoltrato",
    "Inicio del mensaje reenviado",
    "Начало переадресованного",
    "Пересылаемое сообщение",
    "开始转发的邮件",
];

const WROTE: [&str; 22] = [
    "wrote",
    "schrieb",
    "a écrit",
    "escribió",
    "escreveu",
    "ha scritto",
    "написал",
    "пишет",
    "пише",
    "写道",
    "寫道",
    "schreef",
    "napisał",
    "skrev",
    "yazdı",
    "kirjoitti",
    "napsal",
    "írta",
    "a scris",
    "написа",
    "작성",
    "كتب",
];

const FROM: [&str; 27] = [
    "From",
    "Von",
    "De",
    "Da",
    "Od",
    "Van",
    "Fra",
    "Från",
    "От",
    "От кого",
    "Від",
    "发件人",
    "寄件者",
    "差出人",
    "보낸 사람",
    "보낸사람",
    "من",
    "Kimden",
    "Gönderen",
    "Lähettäjä",
    "Feladó",
    "De la",
    "Expéditeur",
    "Remitente",
    "Mittente",
    "Dari",
    "Từ",
];

const OTHER_HEADERS: [&str; 58] = [
    "Sent",
    "To",
    "Subject",
    "Date",
    "Cc",
    "CC",
    "Gesendet",
    "An",
    "Betreff",
    "Datum",
    "Envoyé",
    "À",
    "Objet",
    "Enviado",
    "Enviado el",
    "Enviada em",
    "Para",
    "Asunto",
    "Assunto",
    "Fecha",
    "Inviato",
    "A",
    "Oggetto",
    "Отправлено",
    "Кому",
    "Тема",
    "Дата",
    "Надіслано",
    "发送时间",
    "收件人",
    "主题",
    "日期",
    "寄件日期",
    "收件者",
    "主旨",
    "送信日時",
    "宛先",
    "件名",
    "보낸 날짜",
    "받는 사람",
    "제목",
    "Verzonden",
    "Aan",
    "Onderwerp",
    "Wysłano",
    "Do",
    "Temat",
    "Skickat",
    "Till",
    "Ämne",
    "Sendt",
    "Til",
    "Emne",
    "Gönderildi",
    "Kime",
    "Konu",
    "إلى",
    "الموضوع",
];
