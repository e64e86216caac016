//! What kind of letter the user sent, from its subject, the names of its attachments and its text
//! seen in passing. Nothing of them is kept.
//!
//! Source: the phrases of `data/kinds.tsv` (English, Russian, Chinese, Spanish, Portuguese, German,
//! French). A phrase stands at the beginning of a word and ends with one, unless it ends with `*`.
//! Each that is found gives its kind its weight; what the user says of a letter always wins
//! ([`crate::history::History::choose`]).

use std::sync::OnceLock;

use crate::address::plain_text;
use crate::history::TouchKind;
use crate::subject::is_carried;

/// A kind needs at least this much weight.
const ENOUGH: u32 = 2;
/// Several ways of asking for news weigh no more than one thing that is brought.
const MOST_ASKED: u32 = 3;
/// More of a text than this is not looked at, in characters.
const LONGEST_TEXT: usize = 4_000;
/// What opens the letter that a reply quotes: the end of a line, in lower case.
const QUOTE_OPENERS: [&str; 9] = [
    "wrote:",
    "пишет:",
    "написал:",
    "写道：",
    "写道:",
    "escribió:",
    "escreveu:",
    "schrieb:",
    "a écrit :",
];

/// A letter as the page shows it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Glance<'a> {
    /// The subject.
    pub subject: &'a str,
    /// The file names of the attachments.
    pub attachments: &'a [&'a str],
    /// The text, where it was on show.
    pub text: Option<&'a str>,
    /// Whether it answers a letter of the client's.
    pub answers: bool,
}

/// Where a phrase is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Where {
    File,
    Subject,
    Text,
    Any,
}

/// A row of the table.
struct Phrase {
    kind: TouchKind,
    place: Where,
    weight: u32,
    /// As [`folded`] has it, with the blank of a word's beginning in front.
    words: String,
}

/// What kind of letter this is.
///
/// A letter that brings something is of the kind with the greatest weight; of equal ones the more
/// telling. A greeting that also asks for news is a check, since it chases all the same.
#[must_use]
pub fn classify(glance: &Glance<'_>) -> TouchKind {
    // What is carried along says what the first letter was.
    let subject = match is_carried(glance.subject) {
        true => "",
        false => glance.subject,
    };
    let files: String = glance.attachments.join(" ");
    let text = glance.text.map(own_text).unwrap_or_default();
    let [files, subject, text] = [files.as_str(), subject, text.as_str()].map(folded);
    let mut weights = [0_u32; 5];
    // Whether one phrase by itself asks for news.
    let mut asks = false;
    let kinds = [
        TouchKind::Quote,
        TouchKind::Sample,
        TouchKind::Value,
        TouchKind::Check,
        TouchKind::Greeting,
    ];
    for phrase in phrases() {
        let found = match phrase.place {
            Where::File => files.contains(&phrase.words),
            Where::Subject => subject.contains(&phrase.words),
            Where::Text => text.contains(&phrase.words),
            Where::Any => subject.contains(&phrase.words) || text.contains(&phrase.words),
        };
        if found {
            asks |= phrase.kind == TouchKind::Check && phrase.weight >= ENOUGH;
            for (weight, kind) in weights.iter_mut().zip(kinds) {
                if kind == phrase.kind {
                    *weight += phrase.weight;
                }
            }
        }
    }
    for (weight, kind) in weights.iter_mut().zip(kinds) {
        if kind == TouchKind::Check {
            // In an answer a question about an offer is a part of the talk.
            *weight = match glance.answers && !asks {
                true => 0,
                false => (*weight).min(MOST_ASKED),
            };
        }
    }
    let best = |of: &[TouchKind]| {
        kinds
            .into_iter()
            .zip(weights)
            .filter(|(kind, weight)| of.contains(kind) && *weight >= ENOUGH)
            // The first of equal ones, since the list begins with the most telling.
            .reduce(|best, other| if other.1 > best.1 { other } else { best })
            .map(|(kind, _)| kind)
    };
    let otherwise = if glance.answers {
        TouchKind::Reply
    } else {
        TouchKind::Plain
    };
    best(&[
        TouchKind::Quote,
        TouchKind::Sample,
        TouchKind::Value,
        TouchKind::Check,
    ])
    .or_else(|| best(&[TouchKind::Greeting]))
    .unwrap_or(otherwise)
}

/// The table, read once.
fn phrases() -> &'static [Phrase] {
    static PHRASES: OnceLock<Vec<Phrase>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        include_str!("../data/kinds.tsv")
            .lines()
            .skip(1)
            .filter_map(parse_row)
            .collect()
    })
}

fn parse_row(line: &str) -> Option<Phrase> {
    let mut cells = line.split('\t');
    let kind = match cells.next()? {
        "quote" => TouchKind::Quote,
        "sample" => TouchKind::Sample,
        "value" => TouchKind::Value,
        "greeting" => TouchKind::Greeting,
        "check" => TouchKind::Check,
        _ => return None,
    };
    let language = cells.next()?;
    let place = match cells.next()? {
        "file" => Where::File,
        "subject" => Where::Subject,
        "text" => Where::Text,
        "any" => Where::Any,
        _ => return None,
    };
    let weight = cells.next()?.parse().ok()?;
    let phrase = cells.next()?;
    let mut words = folded(phrase);
    // Chinese sets no blanks between words.
    if language == "zh" {
        words = words.trim().to_owned();
    } else if phrase.ends_with('*') {
        words.truncate(words.trim_end().len());
    }
    Some(Phrase {
        kind,
        place,
        weight,
        words,
    })
}

/// Lower case without accents, which many leave out, every run of what is neither letter nor digit one
/// blank, and a blank at both ends.
pub(crate) fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for c in text.chars().flat_map(char::to_lowercase).map(unaccented) {
        if c.is_alphanumeric() {
            folded.push(c);
        } else if !folded.ends_with(' ') && !matches!(c, '\u{300}'..='\u{36f}') {
            folded.push(' ');
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// A letter of one of the seven languages, in lower case, without its accent.
fn unaccented(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ó' | 'ò' | 'ô' | 'õ' | 'ö' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        'ё' => 'е',
        _ => c,
    }
}

/// The text that the user wrote, without the letter that it quotes: behind it, or, where the quotation
/// is marked line by line, around it.
pub(crate) fn own_text(text: &str) -> String {
    let opens = |line: &str| {
        let line = line.trim().to_lowercase();
        QUOTE_OPENERS.iter().any(|end| line.ends_with(end)) || line.starts_with("-----")
    };
    let marked = |line: &&str| line.trim_start().starts_with('>');
    let mut own: Vec<&str> = Vec::new();
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .peekable();
    while let Some(line) = lines.next() {
        if opens(line) && !lines.peek().is_some_and(marked) {
            break;
        }
        if !opens(line) && !marked(&line) {
            own.push(line);
        }
    }
    plain_text(&own.join(" "), LONGEST_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> TouchKind {
        classify(&Glance {
            text: Some(text),
            ..Glance::default()
        })
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let rows = include_str!("../data/kinds.tsv").lines().count() - 1;
        assert_eq!(phrases().len(), rows);
    }

    #[test]
    fn letters_are_told_apart_in_seven_languages() {
        for (kind, texts) in [
            (
                TouchKind::Quote,
                [
                    "Dear Anna, please find our quotation for 500 pumps, FOB Ningbo.",
                    "Добрый день! Во вложении коммерческое предложение на насосы.",
                    "您好，附件是我们的报价，请查收。",
                    "Estimada Ana: Adjunto la cotización de las bombas.",
                    "Prezada Ana, segue nossa cotação das bombas.",
                    "Sehr geehrte Frau Weber, anbei unser Angebot über 500 Pumpen.",
                    "Bonjour, veuillez trouver ci-joint notre devis.",
                ],
            ),
            (
                TouchKind::Sample,
                [
                    "We sent the samples by DHL yesterday.",
                    "Вчера мы отправили образцы курьером.",
                    "样品已寄出，请注意查收。",
                    "Hemos enviado las muestras por DHL.",
                    "Enviamos as amostras por DHL ontem.",
                    "Wir haben die Muster verschickt.",
                    "Nous avons envoyé les échantillons hier.",
                ],
            ),
            (
                TouchKind::Value,
                [
                    "Copper is up: see the raw material prices of this quarter.",
                    "Обзор рынка насосов за квартал.",
                    "我们推出了升级版，欢迎了解。",
                    "Conozca nuestros nuevos modelos de este año.",
                    "Conheça as tendências do mercado de bombas.",
                    "Der Marktbericht für Pumpen liegt vor.",
                    "Découvrez nos nouveautés de printemps.",
                ],
            ),
            (
                TouchKind::Check,
                [
                    "Hi Anna, any news?",
                    "Здравствуйте, есть ли новости?",
                    "您好，请问有消息吗？",
                    "Hola Ana, ¿alguna novedad?",
                    "Olá Ana, alguma novidade?",
                    "Hallo Frau Weber, ich wollte nachfragen.",
                    "Bonjour, avez-vous bien reçu mon message ?",
                ],
            ),
            (
                TouchKind::Greeting,
                [
                    "Merry Christmas to you and your family!",
                    "Поздравляем с Рождеством!",
                    "祝您圣诞快乐！",
                    "¡Feliz Navidad y un gran abrazo!",
                    "Feliz Natal para toda a equipe!",
                    "Frohe Weihnachten und alles Gute!",
                    "Joyeux Noël à toute l'équipe !",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(said(text), kind, "{text}");
            }
        }
    }

    /// Letters as sales people write them, that no phrase was made from word for word.
    #[test]
    fn letters_are_told_apart_however_they_are_put() {
        for (kind, texts) in [
            (
                TouchKind::Quote,
                &[
                    "Good morning Anna, enclosed you will find our quotation no. 552 for the belts.",
                    "Our price for 3000 sets is 11.20 EUR per set, EXW Qingdao.",
                    "Dear Sir, our proforma invoice PI-2231 is attached. Kindly confirm.",
                    "Цена за комплект 240 долларов, CIF Санкт-Петербург, счёт-проформа во вложении.",
                    "您好，FOB深圳单价3.2美元，起订量1000件。",
                    "Anbei erhalten Sie unser Angebot sowie die Preisliste 2027.",
                ][..],
            ),
            (
                TouchKind::Sample,
                &[
                    "Your samples left our warehouse today, tracking number 1234567890.",
                    "我们可以免费提供样品，运费到付。",
                    "Vos échantillons sont partis ce matin par DHL.",
                ],
            ),
            (
                TouchKind::Value,
                &[
                    "According to customs data, imports of solar lights to Chile grew 18% this year.",
                    "Мы выпустили новую модель насоса с экономией энергии 15%.",
                    "铜价上涨，建议提前备货。",
                    "Lançamos uma nova linha de produtos, segue o catálogo.",
                ],
            ),
            (
                TouchKind::Check,
                &[
                    "Hi, did you have a chance to look at our quotation?",
                    "Did you receive our proforma?",
                    "Konnten Sie unser Angebot bereits prüfen?",
                    "报价收到了吗？期待您的回复。",
                ],
            ),
            (
                TouchKind::Greeting,
                &["中秋节快乐！", "Wir wünschen Ihnen frohe Feiertage."],
            ),
            (
                TouchKind::Plain,
                &[
                    "Your goods have been loaded, BL copy will follow on Monday.",
                    "Which quantity do you need? Then we can prepare an offer.",
                    "Which sample do you mean, the blue or the red one?",
                    "Пришлите, пожалуйста, чертёж для расчёта.",
                    "Wann brauchen Sie das Angebot?",
                    "Merci pour votre commande.",
                    "好的，明天给您回复。",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(said(text), kind, "{text}");
            }
        }
    }

    #[test]
    fn attachments_and_own_subjects_count_and_what_a_reply_carries_along_does_not() {
        let file = Glance {
            attachments: &["Quotation_2026-11.pdf"],
            ..Glance::default()
        };
        assert_eq!(classify(&file), TouchKind::Quote);
        let file = Glance {
            attachments: &["ООО Ромашка КП.docx"],
            ..Glance::default()
        };
        assert_eq!(classify(&file), TouchKind::Quote);
        let subject = Glance {
            subject: "Quotation for pumps",
            ..Glance::default()
        };
        assert_eq!(classify(&subject), TouchKind::Quote);
        let carried = Glance {
            subject: "Re: Quotation for pumps",
            text: Some(
                "Hi Anna, any news?\n\nOn Mon, 2 Nov 2026, Anna wrote:\n> please find our quotation",
            ),
            answers: true,
            ..Glance::default()
        };
        assert_eq!(classify(&carried), TouchKind::Check);
        let below = Glance {
            text: Some("Anna wrote:\n> please find our quotation\n> Anna\n\nHi Anna, any news?"),
            answers: true,
            ..Glance::default()
        };
        assert_eq!(classify(&below), TouchKind::Check);
        let answer = Glance {
            text: Some("Yes, in blue too."),
            answers: true,
            ..Glance::default()
        };
        assert_eq!(classify(&answer), TouchKind::Reply);
        assert_eq!(said("See you at the airport, sample"), TouchKind::Plain);
    }

    #[test]
    fn a_greeting_that_asks_for_the_order_is_a_check_and_one_that_quotes_is_a_quote() {
        assert_eq!(
            said("Happy New Year! Any news on the order?"),
            TouchKind::Check
        );
        assert_eq!(
            said("Happy New Year! Please find our quotation."),
            TouchKind::Quote
        );
    }

    #[test]
    fn however_often_somebody_asks_what_they_bring_counts() {
        let text = "Please find attached our quotation. Have you had a chance to test the lamps? Any news?";
        assert_eq!(said(text), TouchKind::Quote);
        let answer = |text| {
            classify(&Glance {
                text: Some(text),
                answers: true,
                ..Glance::default()
            })
        };
        // Two weak signs make a check, but not of an answer.
        let weak = "Did you like our samples?";
        assert_eq!(said(weak), TouchKind::Check);
        assert_eq!(answer(weak), TouchKind::Reply);
        assert_eq!(answer("Any news?"), TouchKind::Check);
    }

    #[test]
    fn accents_may_be_left_out_or_stand_apart() {
        for text in [
            "Hola, adjunto la cotización.",
            "Hola, adjunto la cotizacion.",
            "Hola, adjunto la cotizacio\u{301}n.",
        ] {
            assert_eq!(said(text), TouchKind::Quote, "{text}");
        }
    }

    #[test]
    fn words_are_matched_whole() {
        // “pi” is a proforma invoice as a file's name, not a part of “pictures”.
        let file = Glance {
            attachments: &["pictures.zip"],
            ..Glance::default()
        };
        assert_eq!(classify(&file), TouchKind::Plain);
        let file = Glance {
            attachments: &["PI-20261123.pdf"],
            ..Glance::default()
        };
        assert_eq!(classify(&file), TouchKind::Quote);
    }
}
