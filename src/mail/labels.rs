//! Where a mailbox keeps a message: by the labels of Google's Takeout, which are in the user's language, and by the marks of
//! other programs.

use std::collections::HashSet;
use std::sync::OnceLock;

use mail_parser::parsers::MessageStream;
use mail_parser::{HeaderValue, Message};

/// Gmail's own name for what was sent, in its languages, in lower case.
const SENT: &str = "sent|sent mail|отправленные|надіслані|已发送|已发邮件|寄件備份|送信済み|送信済みメール|보낸편지함|đã gửi|gesendet|messages envoyés|envoyé|envoyés|\
    enviados|enviado|inviati|posta inviata|verzonden|verzonden items|wysłane|gönderilmiş|gönderilmiş postalar|gönderilenler|odeslané|odeslaná pošta|odesláno|odoslané|skickat|\
    skickade|sendt|sendte|lähetetyt|elküldött|elküldött üzenetek|trimise|изпратени|απεσταλμένα|terkirim|dihantar|ส่งแล้ว|จดหมายที่ส่งแล้ว|भेजे गए|המסרים שנשלחו|דואר יוצא|البريد المرسل|المرسلة";
/// Its names for drafts, junk, the bin, and chats.
const DISCARDED: &str = "drafts|draft|spam|junk|trash|bin|chat|chats|черновики|спам|корзина|чаты|чат|чернетки|кошик|草稿|垃圾邮件|已删除邮件|聊天|垃圾郵件|垃圾桶|\
    即時通訊|下書き|迷惑メール|ゴミ箱|チャット|임시보관함|스팸함|휴지통|채팅|thư nháp|thư rác|thùng rác|entwürfe|papierkorb|brouillons|corbeille|borradores|papelera|rascunhos|\
    lixeira|lixo|bozze|cestino|concepten|prullenbak|wersje robocze|robocze|kosz|taslaklar|çöp kutusu|çöp|koncepty|koš|kôš|utkast|skräppost|papperskorgen|kladder|papirkurv|\
    søppelpost|luonnokset|roskaposti|roskakori|piszkozatok|kuka|ciorne|mesaje nefinalizate|coș de gunoi|чернови|кошче|πρόχειρα|ανεπιθύμητα|ανεπιθύμητη αλληλογραφία|κάδος|\
    draf|sampah|จดหมายร่าง|ร่างจดหมาย|จดหมายขยะ|ถังขยะ|ड्राफ़्ट|स्पैम|ट्रैश|טיוטות|ספאם|דואר זבל|אשפה|المسودات|الرسائل غير المرغوب فيها|المهملات";
/// Thunderbird's mark of a message that was deleted and lies in the file still (`nsMsgMessageFlags.h`, `Expunged`).
const EXPUNGED: u32 = 0x0008;

/// What is known of where a message lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Labels {
    /// Among what was sent.
    pub(super) sent: bool,
    /// Among drafts or junk, or in the bin.
    pub(super) discarded: bool,
}

impl Labels {
    pub(super) fn read(message: &Message<'_>) -> Labels {
        let text = |name: &'static str| message.header(name).and_then(HeaderValue::as_text);
        let labels = text("X-Gmail-Labels").map(labels).unwrap_or_default();
        let any = |names: &HashSet<&str>| labels.iter().any(|label| names.contains(label.as_str()));
        let flags =
            text("X-Mozilla-Status").and_then(|flags| u32::from_str_radix(flags.trim(), 16).ok());
        // mutt and its kin: D for deleted, T for a draft.
        let marks = text("X-Status").unwrap_or_default();
        Labels {
            sent: any(names(&SENT_NAMES, SENT)),
            discarded: any(names(&DISCARDED_NAMES, DISCARDED))
                || flags.unwrap_or(0) & EXPUNGED != 0
                || marks.contains(['D', 'T']),
        }
    }
}

static SENT_NAMES: OnceLock<HashSet<&str>> = OnceLock::new();
static DISCARDED_NAMES: OnceLock<HashSet<&str>> = OnceLock::new();

fn names(
    known: &'static OnceLock<HashSet<&'static str>>,
    names: &'static str,
) -> &'static HashSet<&'static str> {
    known.get_or_init(|| names.split('|').collect())
}

/// The labels of a list between commas, in which one that holds a comma stands in quotes. What is not English comes in encoded
/// words (RFC 2047).
fn labels(header: &str) -> Vec<String> {
    let decoded = header.contains("=?").then(|| {
        let line = format!("{header}\n");
        let value = MessageStream::new(line.as_bytes()).parse_unstructured();
        value.as_text().unwrap_or_default().to_owned()
    });
    let mut labels = vec![String::new()];
    let mut quoted = false;
    for c in decoded.as_deref().unwrap_or(header).chars() {
        match (c, labels.last_mut()) {
            ('"', _) => quoted = !quoted,
            (',', _) if !quoted => labels.push(String::new()),
            (c, Some(label)) => label.push(c),
            (_, None) => {}
        }
    }
    labels
        .iter()
        .map(|label| label.trim().to_lowercase())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;

    fn read(head: &str) -> Labels {
        let head = format!("{head}\nFrom: a@b.de\n\n");
        Labels::read(&MessageParser::default().parse_headers(&head).unwrap())
    }

    #[test]
    fn a_takeout_says_in_any_language_where_a_message_lies() {
        let [sent, discarded, neither] = [(true, false), (false, true), (false, false)];
        // The encoded words are made by Python: Header('Отправленные,Важное', 'utf-8').encode() and so on.
        for (labels, (sent, discarded)) in [
            ("Sent,Opened", sent),
            ("Inbox,\"Category Promotions\"", neither),
            ("\"Offers, Spam, and more\",Inbox", neither),
            ("Inbox,Trash", discarded),
            (
                "=?utf-8?b?0J7RgtC/0YDQsNCy0LvQtdC90L3Ri9C1LNCS0LDQttC90L7QtQ==?=",
                sent,
            ),
            ("=?utf-8?b?0KfQtdGA0L3QvtCy0LjQutC4?=", discarded),
            ("=?utf-8?b?5bey5Y+R6YKu5Lu2?=", sent),
            ("=?utf-8?b?5Z6D5Zy+6YKu5Lu2?=", discarded),
            ("=?UTF-8?Q?Messages_envoy=C3=A9s?=", sent),
            // Seen in Takeouts that were made in French and in Czech (rustmailer/bichon#358, GAM-team/got-your-back#227).
            ("=?UTF-8?Q?Archiv=C3=A9s,Envoy=C3=A9?=", sent),
            ("=?UTF-8?Q?Odesl=C3=A1no,Nep=C5=99e=C4=8Dten=C3=A9?=", sent),
            (
                "=?UTF-8?Q?Corbeille?=, =?UTF-8?Q?Messages_archiv=C3=A9s?=",
                discarded,
            ),
            ("=?UTF-8?Q?Entw=C3=BC?=\n =?UTF-8?Q?rfe?=", discarded),
        ] {
            let expected = Labels { sent, discarded };
            assert_eq!(
                read(&format!("X-Gmail-Labels: {labels}")),
                expected,
                "{labels}"
            );
        }
    }

    #[test]
    fn other_programs_mark_what_was_deleted() {
        assert!(read("X-Mozilla-Status: 0009").discarded);
        assert!(!read("X-Mozilla-Status: 0001").discarded);
        assert!(read("X-Status: AD").discarded);
        assert!(!read("X-Status: A").discarded);
    }
}
