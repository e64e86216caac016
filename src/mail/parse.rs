//! A message as mail-parser reads it, made a [`Letter`].

use std::sync::OnceLock;

use mail_parser::parsers::MessageStream;
use mail_parser::{
    Encoding, Header, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders,
    PartType,
};

use super::charset::{self, Decode};
use super::date;
use super::head::{is_header, readable};
use super::labels::Labels;
use super::people::{only, people};
use crate::address::{Person, plain_text};
use crate::archive::{LONGEST_SUBJECT, Letter};

/// Of a text no more than so many bytes are looked at.
const MOST_TEXT: usize = 8 * 1024;
/// A file is known as a message by so many of its lines.
const MOST_LINES: usize = 200;
/// More recipients than this make a circular.
const MOST_RECIPIENTS: usize = 50;

/// Reads the head of a message; `None` where it has none that could be read.
pub(super) fn head(bytes: &[u8], decode: Decode) -> Option<Letter> {
    static PARSER: OnceLock<MessageParser> = OnceLock::new();
    let bytes = &*readable(bytes, decode);
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
        gmail: None,
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

/// Reads what the message of this head says, and the names of what is attached.
pub(super) fn body(letter: &mut Letter, bytes: &[u8], decode: Decode) {
    static PARSER: OnceLock<MessageParser> = OnceLock::new();
    let parser = PARSER.get_or_init(|| {
        MessageParser::new()
            .with_mime_headers()
            .default_header_ignore()
    });
    let bytes = charset::with_known_words(readable(bytes, decode), decode);
    let Some(message) = parser.parse(&*bytes) else {
        return;
    };
    letter.text = text(&message, decode);
    letter.attachments = message
        .attachments()
        .filter_map(MimeHeaders::attachment_name)
        .map(|name| plain_text(name, LONGEST_SUBJECT))
        .collect();
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
fn text(message: &Message<'_>, decode: Decode) -> String {
    let text = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) => {
            Some(foreign(message, part, decode).unwrap_or_else(|| text.as_ref().to_owned()))
        }
        PartType::Html(html) => {
            let decoded = foreign(message, part, decode);
            let beginning = floor(decoded.as_deref().unwrap_or(html), 4 * MOST_TEXT);
            Some(mail_parser::decoders::html::html_to_text(beginning))
        }
        _ => None,
    });
    let mut text = text.unwrap_or_default();
    let end = floor(&text, MOST_TEXT).len();
    text.truncate(end);
    text
}

/// A part in a charset that mail-parser does not know.
fn foreign(message: &Message<'_>, part: &MessagePart<'_>, decode: Decode) -> Option<String> {
    let charset = part.content_type()?.attribute("charset")?;
    let (from, to) = (
        part.raw_body_offset() as usize,
        part.raw_end_offset() as usize,
    );
    let raw = message.raw_message().get(from..to)?;
    let bytes = match part.encoding {
        Encoding::Base64 => MessageStream::new(raw).decode_base64_mime(b"").1,
        Encoding::QuotedPrintable => MessageStream::new(raw).decode_quoted_printable_mime(b"").1,
        Encoding::None => raw.into(),
    };
    charset::foreign(charset.as_bytes(), &bytes, decode)
}

/// The beginning of a text, so many bytes at most.
fn floor(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or(text)
}
