//! Charsets of several bytes a character, such as China's and Japan's: their tables are ten times the rest of a reader of
//! mail, and every browser has them. mail-parser has the others.

use std::borrow::Cow;
use std::fmt::Write;

use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::parsers::MessageStream;
use memchr::memmem;

/// Decodes bytes in a charset, by its name in any spelling; `None` where it is not known.
///
/// The names are those of the Encoding Standard: `TextDecoder` of a browser, `encoding_rs` natively.
pub type Decode = fn(charset: &str, bytes: &[u8]) -> Option<String>;

/// What the names begin with that mail-parser needs nobody for.
const SINGLE: [&str; 12] = [
    "ascii",
    "cp125",
    "cp8",
    "ibm",
    "iso-8859",
    "iso8859",
    "koi8",
    "latin",
    "mac",
    "us-ascii",
    "utf",
    "windows-125",
];
/// Names that programs write and the Encoding Standard does not know.
const OTHERWISE: [(&str, &str); 5] = [
    ("cn-big5", "big5"),
    ("cp932", "shift_jis"),
    ("cp936", "gbk"),
    ("cp949", "euc-kr"),
    ("ms936", "gbk"),
];
/// The longest name of a charset.
const LONGEST: usize = 45;

/// Text in a charset that a message names; `None` where nobody knows it.
pub(super) fn text(charset: &[u8], bytes: &[u8], decode: Decode) -> Option<String> {
    foreign(charset, bytes, decode)
        .or_else(|| charset_decoder(charset).map(|decoder| decoder(bytes)))
}

/// The same, of a charset that mail-parser does not know.
pub(super) fn foreign(charset: &[u8], bytes: &[u8], decode: Decode) -> Option<String> {
    let name = std::str::from_utf8(charset).ok()?.to_ascii_lowercase();
    if SINGLE.iter().any(|known| name.starts_with(known)) {
        return None;
    }
    let other = OTHERWISE.iter().find(|(said, _)| *said == name);
    decode(other.map_or(name.as_str(), |(_, name)| name), bytes)
}

/// Bytes of a message in which every encoded word (RFC 2047) and every parameter with a charset (RFC 2231) is in one that
/// mail-parser knows.
pub(super) fn with_known_words(bytes: Cow<'_, [u8]>, decode: Decode) -> Cow<'_, [u8]> {
    let mut known = Vec::new();
    let mut done = 0;
    let words = memmem::find_iter(&bytes, b"=?").map(|at| (at, word as Reader));
    let parameters = memmem::find_iter(&bytes, b"*=").map(|at| (at, parameter as Reader));
    let mut all: Vec<(usize, Reader)> = words.chain(parameters).collect();
    all.sort_unstable_by_key(|(at, _)| *at);
    for (at, read) in all {
        let Some(rest) = bytes.get(at + 2..).filter(|_| at >= done) else {
            continue;
        };
        let Some((length, text)) = read(rest, decode) else {
            continue;
        };
        known.extend_from_slice(bytes.get(done..at).unwrap_or_default());
        known.extend_from_slice(text.as_bytes());
        done = at + 2 + length;
    }
    if done == 0 {
        return bytes;
    }
    known.extend_from_slice(bytes.get(done..).unwrap_or_default());
    Cow::Owned(known)
}

/// Reads what follows on two signs: how long it is, and what stands there in its place.
type Reader = fn(&[u8], Decode) -> Option<(usize, String)>;

/// `gb2312?B?xOO6ww==?=`
fn word(rest: &[u8], decode: Decode) -> Option<(usize, String)> {
    let (charset, after) = until(rest, b'?')?;
    // RFC 2231, 5: a language may follow.
    let charset = charset.split(|byte| *byte == b'*').next()?;
    let (encoding, after) = until(after, b'?')?;
    let mut stream = MessageStream::new(after);
    let bytes = match encoding {
        [b'b' | b'B'] => stream.decode_base64_word()?,
        [b'q' | b'Q'] => stream.decode_quoted_printable_word()?,
        _ => return None,
    };
    let text = foreign(charset, &bytes, decode)?;
    let length = rest.len() - after.len() + stream.offset();
    Some((length, format!("=?utf-8?q?{}?=", escaped('=', &text))))
}

/// `gb2312'zh'%C4%E3%BA%C3`
fn parameter(rest: &[u8], decode: Decode) -> Option<(usize, String)> {
    let (charset, after) = until(rest, b'\'')?;
    let (_, value) = until(after, b'\'')?;
    let end = value
        .iter()
        .position(|byte| byte.is_ascii_whitespace() || *byte == b';');
    let value = value.get(..end.unwrap_or(value.len()))?;
    let mut bytes = Vec::new();
    let mut left = value;
    while let [first, rest @ ..] = left {
        let hex = rest.get(..2).filter(|_| *first == b'%');
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        left = rest.get(if byte.is_some() { 2.. } else { 0.. })?;
    }
    let text = foreign(charset, &bytes, decode)?;
    let length = rest.len() - after.len() + until(after, b'\'')?.0.len() + 1 + value.len();
    Some((length, format!("*=utf-8''{}", escaped('%', &text))))
}

/// A short name up to a sign, and what follows on that.
fn until(bytes: &[u8], sign: u8) -> Option<(&[u8], &[u8])> {
    let end = memchr::memchr(sign, bytes.get(..LONGEST.min(bytes.len()))?)?;
    let (name, rest) = bytes.split_at_checked(end)?;
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:*".contains(byte);
    name.iter()
        .all(plain)
        .then_some((name, rest.get(1..).unwrap_or_default()))
}

fn escaped(sign: char, text: &str) -> String {
    let mut escaped = String::with_capacity(3 * text.len());
    for byte in text.bytes() {
        // Nothing can fail to be written into a string.
        let _ = write!(escaped, "{sign}{byte:02X}");
    }
    escaped
}

/// The charsets as `encoding_rs` has them.
#[must_use]
pub fn decode(charset: &str, bytes: &[u8]) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes())?;
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &[u8]) -> String {
        let known = with_known_words(Cow::Borrowed(text), decode);
        String::from_utf8(known.into_owned()).unwrap()
    }

    // The words are Python's: Header('你好', 'gb2312').encode() and so on, and quote('你好', encoding='gb2312').
    #[test]
    fn words_in_charsets_of_several_bytes_become_utf_8() {
        let hello = "=?utf-8?q?=E4=BD=A0=E5=A5=BD?=";
        for word in [
            "=?gb2312?b?xOO6ww==?=",
            "=?GBK?Q?=C4=E3=BA=C3?=",
            "=?big5?b?p0Gmbg==?=",
            "=?cp936*zh?B?xOO6ww==?=",
        ] {
            assert_eq!(
                known(format!("A: {word} b\n").as_bytes()),
                format!("A: {hello} b\n")
            );
        }
        assert_eq!(
            known(b"=?iso-2022-jp?b?GyRCJDMkcyRLJEEkTxsoQg==?="),
            format!("=?utf-8?q?{}?=", escaped('=', "こんにちは"))
        );
        assert_eq!(
            known(b"n; filename*=gb2312'zh'%C4%E3a.pdf; x"),
            "n; filename*=utf-8''%E4%BD%A0%61%2E%70%64%66; x"
        );
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [
            "=?utf-8?b?5L2g?=",
            "=?iso-8859-1?q?=FC?=",
            "=?x-unknown?b?xOO6ww==?=",
            "=?gb2312?b?",
            "=?gb2312?",
            "=?",
            "a*=",
            "a*=gb2312",
            "1 *= 2; =? or not",
        ] {
            let same = with_known_words(Cow::Borrowed(text.as_bytes()), decode);
            assert!(
                matches!(same, Cow::Borrowed(same) if same == text.as_bytes()),
                "{text}"
            );
        }
    }

    #[test]
    fn single_bytes_are_read_without_anybody() {
        let nobody: Decode = |_, _| None;
        assert_eq!(text(b"ISO-8859-2", b"\xb3", nobody).as_deref(), Some("ł"));
        assert_eq!(text(b"koi8-r", b"\xd0", nobody).as_deref(), Some("п"));
        assert_eq!(text(b"x-unknown", b"a", nobody), None);
        assert_eq!(
            text(b"Shift_JIS", b"\x82\xa0", decode).as_deref(),
            Some("あ")
        );
    }
}
