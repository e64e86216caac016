//! One message of an archive: whose, to whom, when, and what its text tells in passing.

use std::sync::OnceLock;

use mail_parser::{Header, HeaderName, HeaderValue, Message, MessageParser, MimeHeaders, PartType};

use super::date;
use super::head::{is_header, readable};
use super::labels::Labels;
use super::people::{only, people};
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
        static PARSER: OnceLock<MessageParser> = OnceLock::new();
        let bytes = &*readable(bytes);
        let message = PARSER.get_or_init(head_parser).parse_headers(bytes)?;
        if message.headers().is_empty() {
            return None;
        }
        let header = |name: &'static str| message.header(name).and_then(HeaderValue::as_text);
        let labels = Labels::read(&message);
        // Where a header stands twice, the first one is the writer's (RFC 5322, 3.6 knows no second).
        let first = |name| message.headers().iter().find(|header| header.name == name);
        let raw = |header: &Header<'_>| {
            let (from, to) = (header.offset_start as usize, header.offset_end as usize);
            String::from_utf8_lossy(bytes.get(from..to).unwrap_or_default())
        };
        let dated = first(HeaderName::Date).and_then(|header| date::read(&raw(header)));
        let from = first(HeaderName::From).and_then(|header| {
            let listed = header.value.as_address();
            let listed = listed.and_then(|listed| people(listed).next());
            listed.or_else(|| Some(Person::new(only(&raw(header))?, None)))
        });
        Some(Letter {
            message_id: first(HeaderName::MessageId).and_then(|header| ids(&header.value).next()),
            references: ids(message.references())
                .chain(ids(message.in_reply_to()))
                .collect(),
            gmail_thread: header("X-GM-THRID").and_then(|id| id.trim().parse().ok()),
            at: dated.map(|dated| dated.at),
            offset: dated.and_then(|dated| dated.offset),
            from,
            to: [HeaderName::To, HeaderName::Cc, HeaderName::Bcc]
                .into_iter()
                .flat_map(|name| message.header_values(name))
                .filter_map(HeaderValue::as_address)
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
        static PARSER: OnceLock<MessageParser> = OnceLock::new();
        let parser = PARSER.get_or_init(|| {
            MessageParser::new()
                .with_mime_headers()
                .default_header_ignore()
        });
        let bytes = readable(bytes);
        let Some(message) = parser.parse(&*bytes) else {
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

/// Reads what of a head is used here, and no dates: of those there is more than one form.
fn head_parser() -> MessageParser {
    let people = [
        HeaderName::From,
        HeaderName::To,
        HeaderName::Cc,
        HeaderName::Bcc,
    ];
    let ids = [
        HeaderName::MessageId,
        HeaderName::References,
        HeaderName::InReplyTo,
    ];
    let parser = MessageParser::new().header_text(HeaderName::Subject);
    let parser = people
        .into_iter()
        .fold(parser, MessageParser::header_address);
    ids.into_iter().fold(parser, MessageParser::header_id)
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
