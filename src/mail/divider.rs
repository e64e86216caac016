//! The line between two messages of an mbox (RFC 4155 and its older cousins): `From sender date`. Programs write it in many
//! ways, and a body may hold a line that looks like it where its writer did not quote it; so what counts is the line, what
//! stands in front of it, and the head that follows.

use super::head::is_header;

/// The longest line that can divide messages, with so much of the head behind it as is looked at.
pub(super) const LONGEST: usize = 4096;

/// Headers that nearly every message has one of among its first ones.
const KNOWN: [&[u8]; 24] = [
    b"from",
    b"to",
    b"cc",
    b"date",
    b"subject",
    b"message-id",
    b"received",
    b"return-path",
    b"delivered-to",
    b"reply-to",
    b"sender",
    b"mime-version",
    b"content-type",
    b"in-reply-to",
    b"references",
    b"status",
    b"x-status",
    b"x-gm-thrid",
    b"x-gmail-labels",
    b"x-mozilla-status",
    b"x-uid",
    b"envelope-to",
    b"x-original-to",
    b"dkim-signature",
];

/// What a dividing line says after `From `, if this is one: `before` ends where it begins, `after` begins with it.
pub(super) fn read<'a>(before: &[u8], after: &'a [u8]) -> Option<&'a [u8]> {
    let after = after.get(..LONGEST).unwrap_or(after);
    let mut lines = after.split(|byte| *byte == b'\n');
    let said = lines.next()?.trim_ascii_end().strip_prefix(b"From ")?;
    let empty_line = before.ends_with(b"\n") || before.ends_with(b"\n\r");
    let is_divider = match (Form::of(said)?, Head::of(lines)) {
        (_, Head::None) => false,
        (Form::Dated, Head::Known) => true,
        (Form::Dated, Head::Behind | Head::Open) | (Form::Undated, Head::Known) => empty_line,
        (Form::Undated, _) => false,
    };
    is_divider.then_some(said)
}

/// How much a line says.
enum Form {
    /// A sender, a weekday, a month and a time.
    Dated,
    /// A sender alone, or with a date in another form.
    Undated,
}

impl Form {
    fn of(said: &[u8]) -> Option<Form> {
        if has_date(said) {
            return Some(Form::Dated);
        }
        let mut words = said
            .split(|byte| *byte == b' ')
            .filter(|word| !word.is_empty());
        let sender = words.next()?;
        let is_sender = sender == b"-" || sender == b"MAILER-DAEMON" || sender.contains(&b'@');
        let is_date = |word: &[u8]| word.iter().any(u8::is_ascii_digit);
        let is_dated = words.next().is_none_or(is_date) || words.any(|word| word.contains(&b':'));
        (is_sender && is_dated).then_some(Form::Undated)
    }
}

/// What follows.
enum Head {
    /// Header lines, one of them known.
    Known,
    /// Known header lines behind one that is none.
    Behind,
    /// Header lines that go on beyond what is looked at.
    Open,
    /// No head.
    None,
}

impl Head {
    fn of<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Head {
        let mut lines = lines.map(<[u8]>::trim_ascii_end).peekable();
        let first = *lines.peek().unwrap_or(&b"".as_slice());
        // Of two dividing lines in a row the first one has no message behind it.
        if first.is_empty() || first.starts_with(b"From ") {
            return Head::None;
        }
        let is_head = is_header(first);
        let mut known = 0_usize;
        for line in lines {
            if line.is_empty() {
                return Head::None;
            }
            known += usize::from(is_known(line));
            match (is_head, known) {
                (true, 1..) => return Head::Known,
                (false, 2..) => return Head::Behind,
                _ => {}
            }
        }
        match is_head {
            true => Head::Open,
            false => Head::None,
        }
    }
}

fn is_known(line: &[u8]) -> bool {
    let colon = line.iter().position(|byte| *byte == b':');
    let name = colon
        .and_then(|colon| line.get(..colon))
        .unwrap_or_default();
    KNOWN
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name.trim_ascii_end()))
}

/// Whether a weekday, a month and a time of day stand behind the sender, as in `Mon Nov 23 09:00:00 2026` or
/// `Mon, 23 Nov 2026 09:00`.
fn has_date(said: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let mut words = said
        .split(|byte| matches!(byte, b' ' | b','))
        .filter(|word| !word.is_empty());
    let day = words.any(|word| DAYS.contains(&word));
    let rest: Vec<&[u8]> = words.take(5).collect();
    let month = rest.iter().any(|word| MONTHS.contains(word));
    let digits = rest.iter().any(|word| word.iter().all(u8::is_ascii_digit));
    let time = rest.iter().any(|word| matches!(word, [a, b':', c, d, ..] | [a, _, b':', c, d, ..] if [a, c, d].iter().all(|byte| byte.is_ascii_digit())));
    day && month && digits && time
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATED: &str = "From anna@weber.de Mon Nov 23 09:00:00 2026";

    fn divides(before: &str, after: &str) -> bool {
        read(before.as_bytes(), after.as_bytes()).is_some()
    }

    #[test]
    fn programs_write_the_line_in_many_ways() {
        for line in [
            DATED,
            "From 1848483879321600005@xxx Tue Nov 11 09:00:00 +0000 2025",
            "From - Mon Nov 23 09:00:00 2026",
            "From MAILER-DAEMON Mon Nov  3 09:00:00 2026",
            "From anna at weber.de  Mon Nov 23 09:00:00 2026",
            "From \"Anna Weber\" <anna@weber.de> Mon Nov 23 09:00 CET 2026",
            "From ???@??? Mon Nov 23 09:00:00 2026",
            "From anna@weber.de Mon, 23 Nov 2026 09:00:00 +0100",
            "From anna@weber.de",
            "From anna@weber.de 2026-11-23T09:00:00Z",
            "From anna@weber.de 23 Nov 2026 09:00:00",
            "From anna@weber.de mon nov 23 09:00:00 2026",
        ] {
            assert!(
                divides("x\n", &format!("{line}\nX-UID: 1\nSubject: x\n\n")),
                "{line}"
            );
            assert!(
                divides("x\r\n\r", &format!("{line}\r\nSubject: x\r\n\r\n")),
                "{line}"
            );
            assert!(!divides("x\n", &format!("{line}\nSee you.\n\n")), "{line}");
            assert!(
                !divides("x\n", &format!("{line}\nNote: see you.\n\n")),
                "{line}"
            );
            assert!(
                !divides("x\n", &format!("{line}\n\nSubject: x\n\n")),
                "{line}"
            );
        }
        for line in [
            "From here on it goes:",
            "From Anna, Mon Nov 23 is fine",
            "From 9:00 on Mon Nov 23 we meet",
            ">From a@b.de",
            "From: a@b.de",
        ] {
            assert!(
                !divides("x\n", &format!("{line}\nSubject: x\n\n")),
                "{line}"
            );
        }
    }

    #[test]
    fn the_less_a_line_says_the_more_must_stand_around_it() {
        // Some programs leave the empty line out.
        assert!(divides("x", &format!("{DATED}\nSubject: x\n")));
        assert!(!divides("x", "From anna@weber.de\nSubject: x\n"));
        assert!(!divides(
            "x",
            &format!("{DATED}\nX-Long: {}", "y".repeat(2 * LONGEST))
        ));
        assert!(divides(
            "x\n",
            &format!("{DATED}\nX-Long: {}", "y".repeat(2 * LONGEST))
        ));
        // A head with a broken line in front.
        assert!(divides(
            "x\n",
            &format!("{DATED}\n broken\nFrom: a@b.de\nSubject: x\n\n")
        ));
        assert!(!divides(
            "x\n",
            &format!("{DATED}\nI will come\nTo: Hamburg\n\n")
        ));
        assert!(!divides("x\n", &format!("{DATED}\n{DATED}\nSubject: x\n")));
    }
}
