//! Gmail's ids: what they are and what they tell.
//!
//! A message has a legacy id of up to 16 hexadecimal digits, whose number shifted right by 20 bits
//! is the Unix millisecond in which this mailbox got or sent it, and a permanent id: `msg-f:` and
//! the same number in decimal, or `msg-a:` and something of the browser's own for a letter that
//! was written here, which tells no time. A thread's ids are those of its first message, with
//! `thread-` for `msg-`. Where an element no longer shows its permanent id, its `jslog`, which feeds
//! Gmail's own statistics, mostly still holds it.

use crate::clock::Instant;

/// How far a message id's number is shifted to give milliseconds.
const TIME_SHIFT: u32 = 20;
/// 2004-04-01T00:00:00Z, the day Gmail opened: no id tells an earlier time.
const GMAIL_OPENED_MS: i64 = 1_080_777_600_000;
/// 2100-01-01T00:00:00Z: a later time is no time. Whoever knows the clock draws a closer line, see
/// [`crate::webmail::Reader::latest`].
const TOO_LATE_MS: i64 = 4_102_444_800_000;
/// The longest browser-made id that is believed, in bytes.
const LONGEST_LOCAL: usize = 64;

/// The number that a legacy id and a `-f:` id have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number(u64);

impl Number {
    /// A legacy id, 1 to 16 hexadecimal digits.
    pub(super) fn from_legacy(text: &str) -> Option<Number> {
        let sound = text.len() <= 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let number = u64::from_str_radix(text, 16).ok().filter(|_| sound)?;
        (number > 0).then_some(Number(number))
    }

    /// The number of `prefix` (`msg-f:` or `thread-f:`) in a permanent id. With conversation view
    /// off one attribute holds two, `#thread-f:…|msg-f:…`.
    pub(super) fn from_permanent(text: &str, prefix: &str) -> Option<Number> {
        let digits = parts(text).find_map(|part| part.strip_prefix(prefix))?;
        let sound = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        let number = digits.parse().ok().filter(|_| sound)?;
        (number > 0).then_some(Number(number))
    }

    /// As a legacy id: the one spelling that Cadence stores.
    pub(super) fn legacy(self) -> String {
        format!("{:x}", self.0)
    }

    /// When the mailbox got or sent the message; `None` where the number tells no believable time.
    pub(super) fn instant(self) -> Option<Instant> {
        let ms = i64::try_from(self.0 >> TIME_SHIFT).ok()?;
        Instant::from_ms(ms)
            .ok()
            .filter(|at| (GMAIL_OPENED_MS..TOO_LATE_MS).contains(&at.ms()))
    }
}

/// The id that the browser gave to a letter written in it, e.g. `msg-a:r-7673660351152959857`.
pub(super) fn local_message(text: &str) -> Option<&str> {
    parts(text).find(|part| {
        part.len() <= LONGEST_LOCAL
            && part.strip_prefix("msg-a:").is_some_and(|rest| {
                !rest.is_empty()
                    && rest
                        .bytes()
                        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'))
            })
    })
}

/// The permanent ids in an attribute, or in a [`decoded_log`].
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(['|', '"', ',', '[', ']'])
        .map(|part| part.trim().trim_start_matches('#'))
}

/// What a `jslog` says, its parts in a row: `5; 1:WyIjdGhyZWFkLWY6NSJd` holds `["#thread-f:5"]`.
pub(super) fn decoded_log(jslog: &str) -> String {
    let parts = jslog.split(';').filter_map(|part| {
        let (key, value) = part.trim().split_once(':')?;
        let is_number = !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| base64(value))?
    });
    parts
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect::<Vec<_>>()
        .join("|")
}

/// Base64 with either alphabet (RFC 4648, 4 and 5), padded or not.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0_u32, 0);
    for b in text.trim_end_matches(['=', '.']).bytes() {
        let six = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_one_number() {
        // Python: int("18f3a2b4c5d6e7f8", 16) == 1797959573547968504.
        let legacy = Number::from_legacy("18f3a2b4c5d6e7f8").unwrap();
        assert_eq!(
            Number::from_permanent("#msg-f:1797959573547968504", "msg-f:"),
            Some(legacy)
        );
        assert_eq!(
            Number::from_permanent("#thread-f:5|msg-f:1797959573547968504", "msg-f:"),
            Some(legacy)
        );
        assert_eq!(legacy.legacy(), "18f3a2b4c5d6e7f8");
    }

    #[test]
    fn what_is_no_number_is_no_id() {
        for bad in [
            "",
            "undefined",
            "+18f3a2b4c5d6e7f",
            "18f3a2b4c5d6e7f80",
            "18f3a2b4c5d6e7fé",
            "0",
            "-1",
        ] {
            assert_eq!(Number::from_legacy(bad), None, "{bad}");
        }
        for bad in [
            "",
            "undefined",
            "msg-f:",
            "msg-f:+5",
            "msg-f:99999999999999999999",
            "msg-f:0",
            "msg-a:r5",
            "thread-f:5",
        ] {
            assert_eq!(Number::from_permanent(bad, "msg-f:"), None, "{bad}");
        }
        assert_eq!(local_message("#msg-a:r-767"), Some("msg-a:r-767"));
        for bad in ["msg-a:", "msg-f:5", "msg-a:<b>", "undefined"] {
            assert_eq!(local_message(bad), None, "{bad}");
        }
        assert_eq!(local_message(&format!("msg-a:r{}", "1".repeat(99))), None);
    }

    #[test]
    fn a_log_still_has_the_ids() {
        // The first is of a real page; the second by Python's base64 of
        // '["#thread-f:1797959573547968504",null,"#msg-f:5"]'.
        let letter = "77394; u014N:xr6bB; dYFj7e:true; 11:WyIjbXNnLWE6ci03NjczNjYwMzUxMTUyOTU5ODU3IixudWxsLG51bGwsbnVsbCwxLG51bGwsWyIjdGhyZWFkLWE6ci03NjgxOTIyNzcxNTMxMzQ3NzkzIl0sZmFsc2Vd";
        assert_eq!(
            local_message(&decoded_log(letter)),
            Some("msg-a:r-7673660351152959857")
        );
        let thread = "20; 1:WyIjdGhyZWFkLWY6MTc5Nzk1OTU3MzU0Nzk2ODUwNCIsbnVsbCwiI21zZy1mOjUiXQ..";
        let log = decoded_log(thread);
        assert_eq!(
            Number::from_permanent(&log, "thread-f:"),
            Number::from_legacy("18f3a2b4c5d6e7f8")
        );
        assert_eq!(Number::from_permanent(&log, "msg-f:"), Some(Number(5)));
        for bad in ["", "1:", "1:é", "x:WyI", "1:WyI=x", ";;;"] {
            assert_eq!(
                Number::from_permanent(&decoded_log(bad), "msg-f:"),
                None,
                "{bad}"
            );
        }
    }

    #[test]
    fn an_id_tells_a_believable_time_or_none() {
        let told = |legacy| Number::from_legacy(legacy).unwrap().instant();
        // Pairs of real ids and server times, both published in an open project's test data.
        assert_eq!(told("15f7f0e992f2c830").unwrap().ms(), 1_509_665_184_047);
        assert_eq!(told("cdeadbeef"), None);
        // 1080777600000 << 20 and one millisecond less, by Python's hex().
        assert_eq!(told("fba35d6c0000000").unwrap().ms(), GMAIL_OPENED_MS);
        assert_eq!(told("fba35d6bfffffff"), None);
        // The same for 2100-01-01.
        assert_eq!(told("3bb2cc3d80000000"), None);
        assert_eq!(told("3bb2cc3d7fffffff").unwrap().ms(), TOO_LATE_MS - 1);
        assert_eq!(told("ffffffffffffffff"), None);
    }
}
