//! One message of an archive: whose, to whom, when, and what its text tells in passing.

use mail_parser::{Address, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::mbox::is_header;
use crate::address::{Email, Person, plain_text};
use crate::clock::Instant;

/// The longest subject that is kept, in characters.
const LONGEST_SUBJECT: usize = 160;
/// Of a text no more than so many bytes are looked at.
const MOST_TEXT: usize = 8 * 1024;
/// A file is known as a message by so many of its lines.
const MOST_LINES: usize = 200;
/// More recipients than this make a circular.
const MOST_RECIPIENTS: usize = 50;

/// What was read of a message.
#[derive(Clone, Debug, Default)]
pub(super) struct Letter {
    pub(super) message_id: Option<String>,
    /// The ids of the messages that it answers, oldest first.
    pub(super) references: Vec<String>,
    /// Gmail's number of the thread.
    pub(super) gmail_thread: Option<u64>,
    pub(super) at: Option<Instant>,
    /// What the writer's clock was ahead of UTC, in minutes.
    pub(super) offset: Option<i32>,
    pub(super) from: Option<Person>,
    pub(super) to: Vec<Person>,
    pub(super) delivered_to: Option<Email>,
    pub(super) subject: String,
    /// Whether a list, a newsletter or a machine sent it.
    pub(super) bulk: bool,
    /// Whether it lies among what was sent.
    pub(super) sent: bool,
    /// Whether it is a draft, or lies among junk or in the bin.
    pub(super) discarded: bool,
    pub(super) text: String,
    pub(super) attachments: Vec<String>,
}

impl Letter {
    /// Reads the head of a message; `None` where it has none that could be read.
    pub(super) fn head(bytes: &[u8]) -> Option<Letter> {
        let message = MessageParser::default().parse_headers(bytes)?;
        if message.headers().is_empty() {
            return None;
        }
        let header = |name: &'static str| message.header(name).and_then(HeaderValue::as_text);
        let labels = Labels::read(&message);
        let date = message.date().filter(|date| date.is_valid());
        Some(Letter {
            message_id: message.message_id().map(str::to_owned),
            references: ids(message.references())
                .chain(ids(message.in_reply_to()))
                .collect(),
            gmail_thread: header("X-GM-THRID").and_then(|id| id.trim().parse().ok()),
            at: date.and_then(|date| Instant::from_ms(date.to_timestamp().checked_mul(1000)?).ok()),
            offset: date.map(|date| {
                let minutes = i32::from(date.tz_hour) * 60 + i32::from(date.tz_minute);
                if date.tz_before_gmt {
                    -minutes
                } else {
                    minutes
                }
            }),
            from: message.from().and_then(|from| people(from).next()),
            to: [message.to(), message.cc(), message.bcc()]
                .into_iter()
                .flatten()
                .flat_map(people)
                .take(MOST_RECIPIENTS)
                .collect(),
            delivered_to: header("Delivered-To").and_then(|to| to.trim().parse().ok()),
            subject: plain_text(message.subject().unwrap_or_default(), LONGEST_SUBJECT),
            bulk: is_bulk(&message),
            sent: labels.sent,
            discarded: labels.discarded,
            text: String::new(),
            attachments: Vec::new(),
        })
    }

    /// Reads what the message of this head says, and the names of what is attached. Most mail is left out by its
    /// head alone, and this is most of the cost.
    pub(super) fn read_body(&mut self, bytes: &[u8]) {
        let Some(message) = MessageParser::default().parse(bytes) else {
            return;
        };
        self.text = text(&message);
        self.attachments = message
            .attachments()
            .filter_map(MimeHeaders::attachment_name)
            .map(|name| plain_text(name, LONGEST_SUBJECT))
            .collect();
    }
}

/// Whether a file that begins like this is a message: header lines, among them one that every message has.
pub(super) fn begins(beginning: &[u8]) -> bool {
    const ANY: [&[u8]; 6] = [
        b"from:",
        b"date:",
        b"received:",
        b"message-id:",
        b"return-path:",
        b"delivered-to:",
    ];
    let mut lines = beginning.split(|byte| *byte == b'\n').take(MOST_LINES);
    if lines.clone().next().is_none_or(|first| !is_header(first)) {
        return false;
    }
    let head = lines
        .by_ref()
        .take_while(|line| !line.trim_ascii().is_empty());
    head.into_iter().any(|line| {
        let begins = |name: &&[u8]| {
            line.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        ANY.iter().any(begins)
    })
}

/// The ids of a header, oldest first.
fn ids<'m>(value: &'m HeaderValue<'_>) -> Box<dyn Iterator<Item = String> + 'm> {
    match value {
        HeaderValue::Text(id) => Box::new(std::iter::once(id.to_string())),
        HeaderValue::TextList(ids) => Box::new(ids.iter().map(ToString::to_string)),
        _ => Box::new(std::iter::empty()),
    }
}

/// The people of a header whose addresses can be read.
fn people<'m>(address: &'m Address<'_>) -> impl Iterator<Item = Person> + 'm {
    address.iter().filter_map(|one| {
        let email: Email = one.address()?.trim().parse().ok()?;
        Some(Person::new(email, one.name()))
    })
}

/// RFC 2919 and 2369 for lists, RFC 3834 for machines, and the old `Precedence`.
fn is_bulk(message: &Message<'_>) -> bool {
    let raw = |name: &'static str| {
        message
            .header_raw(name)
            .unwrap_or_default()
            .trim()
            .to_lowercase()
    };
    let automatic = raw("Auto-Submitted");
    message.header("List-Id").is_some()
        || message.header("List-Unsubscribe").is_some()
        || matches!(raw("Precedence").as_str(), "bulk" | "list" | "junk")
        || (!automatic.is_empty() && automatic != "no")
}

/// Where Gmail keeps a message, by the labels in a Takeout, which are in the user's language.
#[derive(Default)]
struct Labels {
    sent: bool,
    discarded: bool,
}

impl Labels {
    fn read(message: &Message<'_>) -> Labels {
        const SENT: [&str; 8] = [
            "sent",
            "отправленные",
            "已发送",
            "已发邮件",
            "enviados",
            "gesendet",
            "messages envoyés",
            "寄件備份",
        ];
        const DISCARDED: [&str; 24] = [
            "drafts",
            "draft",
            "spam",
            "trash",
            "chat",
            "chats",
            "черновики",
            "спам",
            "корзина",
            "草稿",
            "垃圾邮件",
            "已删除邮件",
            "borradores",
            "papelera",
            "rascunhos",
            "lixeira",
            "entwürfe",
            "papierkorb",
            "brouillons",
            "corbeille",
            "ausschuss",
            "bin",
            "чаты",
            "聊天",
        ];
        let Some(labels) = message
            .header("X-Gmail-Labels")
            .and_then(HeaderValue::as_text)
        else {
            return Labels::default();
        };
        let labels: Vec<String> = labels
            .split(',')
            .map(|label| label.trim().trim_matches('"').to_lowercase())
            .collect();
        let any = |names: &[&str]| labels.iter().any(|label| names.contains(&label.as_str()));
        Labels {
            sent: any(&SENT),
            discarded: any(&DISCARDED),
        }
    }
}

/// What the message says: its first text, or its first HTML without the tags.
fn text(message: &Message<'_>) -> String {
    let text = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => Some(text.as_ref().to_owned()),
        PartType::Html(html) => {
            let beginning = floor(html, 4 * MOST_TEXT);
            Some(mail_parser::decoders::html::html_to_text(beginning))
        }
        _ => None,
    });
    let mut text = text.unwrap_or_default();
    let end = floor(&text, MOST_TEXT).len();
    text.truncate(end);
    text
}

/// The beginning of a text, so many bytes at most.
fn floor(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or(text)
}
