//! The head of a message in the one form that is read further: lines that end with a line feed, in UTF-8, with no words in
//! a charset that mail-parser does not know.

use std::borrow::Cow;

use super::charset::{self, Decode};
use crate::transfer::encoding;

/// A message with its head in that form. Nearly every one is in it as it comes.
pub(super) fn readable(bytes: &[u8], decode: Decode) -> Cow<'_, [u8]> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if memchr::memchr(b'\n', bytes).is_none() {
        // As programs before Mac OS X ended lines.
        let lines = bytes
            .iter()
            .map(|byte| if *byte == b'\r' { b'\n' } else { *byte });
        return Cow::Owned(lines.collect());
    }
    let (head, body) = end(bytes)
        .and_then(|end| bytes.split_at_checked(end))
        .unwrap_or((bytes, b""));
    let plain = match std::str::from_utf8(head) {
        Ok(_) => Cow::Borrowed(head),
        Err(_) => Cow::Owned(in_utf_8(head, decode)),
    };
    match charset::with_known_words(plain, decode) {
        Cow::Borrowed(_) => Cow::Borrowed(bytes),
        Cow::Owned(mut text) => {
            text.extend_from_slice(body);
            Cow::Owned(text)
        }
    }
}

fn in_utf_8(head: &[u8], decode: Decode) -> Vec<u8> {
    let said = declared(head);
    let mut text = Vec::with_capacity(head.len() + 64);
    for line in head.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(_) => text.extend_from_slice(line),
            Err(_) => text.extend_from_slice(decoded(line, said, decode).as_bytes()),
        }
    }
    text
}

/// Where the head ends: behind its empty line; `None` where that is not in sight.
pub(super) fn end(bytes: &[u8]) -> Option<usize> {
    let mut end = 0;
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let is_empty = |line: &&[u8]| matches!(*line, b"\n" | b"\r\n");
    lines.find(|line| {
        end += line.len();
        is_empty(line)
    })?;
    Some(end)
}

/// What stands between the parts of a multipart.
pub(super) fn boundary(bytes: &[u8]) -> Option<&[u8]> {
    let head = bytes.get(..end(bytes)?)?;
    let said = after(head, b"boundary=")?;
    match said.strip_prefix(b"\"") {
        Some(quoted) => quoted.split(|byte| *byte == b'"').next(),
        None => said
            .split(|byte| byte.is_ascii_whitespace() || *byte == b';')
            .next(),
    }
}

fn after<'b>(head: &'b [u8], said: &[u8]) -> Option<&'b [u8]> {
    let at = head
        .windows(said.len())
        .position(|word| word.eq_ignore_ascii_case(said))?;
    Some(head.get(at + said.len()..)?.trim_ascii_start())
}

/// Whether a line is a header's: a name of printable characters and a colon.
pub(super) fn is_header(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    let colon = line.iter().position(|byte| *byte == b':');
    let name = colon
        .and_then(|colon| line.get(..colon))
        .unwrap_or_default();
    // Some programs put a quoted `>From ` line among the headers.
    line.starts_with(b">From ") || (!name.is_empty() && name.iter().all(u8::is_ascii_graphic))
}

/// The charset that a message says it is in. Who writes heads in none but their own writes the text in the same.
fn declared(head: &[u8]) -> Option<&[u8]> {
    let said = after(head, b"charset=")?;
    let said = said.strip_prefix(b"\"").unwrap_or(said);
    said.split(|byte| !byte.is_ascii_alphanumeric() && !b"-_".contains(byte))
        .next()
}

fn decoded(line: &[u8], said: Option<&[u8]>, decode: Decode) -> String {
    let plain = |name: &&[u8]| {
        !name.eq_ignore_ascii_case(b"us-ascii") && !name.eq_ignore_ascii_case(b"utf-8")
    };
    let said = said.filter(plain);
    said.and_then(|said| charset::text(said, line, decode))
        .or_else(|| charset::text(encoding::detect(line).as_bytes(), line, decode))
        .unwrap_or_else(|| String::from_utf8_lossy(line).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::charset::decode;

    fn read(bytes: &[u8]) -> String {
        String::from_utf8(readable(bytes, decode).into_owned()).unwrap()
    }

    // The bytes are Python's: '魏伯'.encode('gb18030') and so on.
    #[test]
    fn a_head_in_another_encoding_becomes_readable() {
        assert_eq!(
            read(b"From: \xce\xba\xb2\xae <a@b.cn>\nX: \xc3\xa9\n\nx"),
            "From: 魏伯 <a@b.cn>\nX: é\n\nx"
        );
        assert_eq!(
            read(b"From: \xcf\xb8\xf2\xf0 <a@b.ru>\n\n"),
            "From: Пётр <a@b.ru>\n\n"
        );
        assert_eq!(
            read(b"From: M\xfcller <a@b.de>\n\n"),
            "From: Müller <a@b.de>\n\n"
        );
        let said =
            b"From: Y\xfdlmaz <a@b.tr>\nContent-Type: text/plain; CharSet=\"windows-1254\"\n\n";
        assert!(read(said).starts_with("From: Yılmaz <"));
    }

    #[test]
    fn what_is_in_form_stays_as_it_is_and_old_line_ends_become_new_ones() {
        let plain = "From: É <a@b.fr>\r\n\r\n\u{0}text".as_bytes();
        assert!(matches!(readable(plain, decode), Cow::Borrowed(same) if same == plain));
        assert!(matches!(
            readable(b"From: a@b.de\n\n\xff\xfe", decode),
            Cow::Borrowed(_)
        ));
        assert_eq!(read(b"\xef\xbb\xbfFrom: a@b.de\n"), "From: a@b.de\n");
        assert_eq!(
            read(b"From: a@b.de\rTo: c@d.de\r\rx"),
            "From: a@b.de\nTo: c@d.de\n\nx"
        );
        assert_eq!(end(b"a: b\r\n\r\nc"), Some(8));
        assert_eq!(end(b"a: b\nc"), None);
    }

    #[test]
    fn a_multipart_says_what_stands_between_its_parts() {
        for said in ["boundary=\"b 1\"; x", "BOUNDARY= \"b 1\""] {
            let head = format!("Content-Type: multipart/mixed;\n {said}\n\nboundary=c");
            assert_eq!(boundary(head.as_bytes()), Some(b"b 1".as_slice()));
        }
        assert_eq!(
            boundary(b"Content-Type: multipart/mixed; boundary=b;x\n\n"),
            Some(b"b".as_slice())
        );
        assert_eq!(boundary(b"From: a@b.de\n\nboundary=c"), None);
    }
}
