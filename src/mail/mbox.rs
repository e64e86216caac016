//! The mbox format: messages one after another, each behind a line of its own (`divider.rs`).

use memchr::memmem;

use super::divider;
use super::head;
use crate::archive::MOST_OF_A_MESSAGE;

/// A head may be longer than that, where a letter goes to thousands of people.
pub const MOST_OF_A_HEAD: usize = 1024 * 1024;
/// So many of a message's last bytes are held, where a multipart's last boundary may stand.
const TAIL: usize = 512;
/// What a text file may begin with in UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// A message as it lies in the archive.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw<'a> {
    /// What the dividing line says after `From `; empty for a file of its own.
    pub(super) divider: &'a [u8],
    /// Its beginning.
    pub(super) bytes: &'a [u8],
    /// How long it is.
    pub(super) length: u64,
    /// Whether the file ends in the middle of it.
    pub(super) cut: bool,
}

impl<'a> Raw<'a> {
    /// A message that is a file of its own, of which this is the beginning.
    pub(super) fn whole(bytes: &'a [u8], length: u64) -> Raw<'a> {
        Raw {
            divider: b"",
            bytes: bytes.get(..held(bytes)).unwrap_or(bytes),
            length,
            cut: false,
        }
    }
}

/// How much of a message is held that begins like this.
fn held(bytes: &[u8]) -> usize {
    let head = head::end(bytes).unwrap_or(bytes.len());
    head.clamp(MOST_OF_A_MESSAGE, MOST_OF_A_HEAD)
}

/// Divides an mbox that comes in pieces of any size.
#[derive(Default)]
pub(super) struct Splitter {
    /// The end of what was read, where a divider may have begun.
    rest: Vec<u8>,
    /// Where in the file that end begins, counted with the empty line that is thought in front of it.
    rest_at: u64,
    /// Where it began.
    from: u64,
    /// The message that is being read; `None` before the first divider.
    message: Option<Message>,
    /// Its divider and its beginning: one room for all messages.
    divider: Vec<u8>,
    bytes: Vec<u8>,
    /// Its end as far as it was read.
    tail: Vec<u8>,
    /// Whether anything was read.
    begun: bool,
    /// What stood in front of the first divider, in bytes.
    skipped: u64,
}

#[derive(Clone, Copy)]
struct Message {
    /// Where its divider begins, counted as `rest_at`.
    at: u64,
    length: u64,
    /// Whether what was read of it ends with a line.
    ends: bool,
}

/// What is thought in front of a file, so that its first line may divide.
const BEFORE: &[u8] = b"\n\n";

impl Splitter {
    /// One that goes on at an offset which [`Splitter::resumes_at`] gave.
    pub(super) fn at(offset: u64) -> Splitter {
        Splitter {
            rest_at: offset,
            from: offset,
            ..Splitter::default()
        }
    }

    /// Where to begin again: every message in front of this offset was given out. Before the first one that is where it
    /// began, since a line in the middle of which a pause falls could be taken for a divider.
    pub(super) fn resumes_at(&self) -> u64 {
        let before = BEFORE.len() as u64;
        self.message
            .map_or(self.from, |message| message.at.saturating_sub(before))
    }

    /// Whether a message has begun: what stood in front of the first one is known then.
    pub(super) fn is_within(&self) -> bool {
        self.message.is_some()
    }

    /// How many bytes stood in front of the first message, empty lines aside. Told once.
    pub(super) fn take_skipped(&mut self) -> u64 {
        std::mem::take(&mut self.skipped)
    }

    /// Reads on; `found` is called with each message that has come to its end.
    pub(super) fn push(&mut self, piece: &[u8], found: &mut impl FnMut(Raw<'_>)) {
        if piece.is_empty() {
            return;
        }
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(piece);
        if !self.begun {
            if bytes.len() < MARK.len() && MARK.starts_with(&bytes) {
                self.rest = bytes;
                return;
            }
            let mark = if bytes.starts_with(MARK) {
                MARK.len()
            } else {
                0
            };
            bytes.splice(..mark, BEFORE.iter().copied());
            self.rest_at += mark as u64;
            self.begun = true;
        }
        let done = self.read(&bytes, false, found);
        bytes.drain(..done);
        self.rest_at += done as u64;
        self.rest = bytes;
    }

    /// What was read last was the end. The next piece is another file's.
    pub(super) fn end(&mut self, found: &mut impl FnMut(Raw<'_>)) {
        let bytes = std::mem::take(&mut self.rest);
        let done = self.read(&bytes, true, found);
        self.take(bytes.get(done..).unwrap_or_default());
        self.give(true, found);
        (self.rest_at, self.from, self.begun) = (0, 0, false);
    }

    /// Reads what is certain and says how much that was.
    fn read(&mut self, bytes: &[u8], last: bool, found: &mut impl FnMut(Raw<'_>)) -> usize {
        let finder = memmem::Finder::new(b"\nFrom ");
        let mut done = 0;
        let mut from = 0;
        while let Some(at) = bytes.get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + at;
            let after = bytes.get(at + 1..).unwrap_or_default();
            if after.len() < divider::LONGEST && !last {
                // Its line may go on in the next piece. What stands in front of it is certain, but for
                // the empty line.
                return self.keep(bytes, done, at.saturating_sub(2));
            }
            if let Some(divider) = divider::read(bytes.get(..at).unwrap_or_default(), after) {
                self.take(bytes.get(done..at).unwrap_or_default());
                self.give(false, found);
                self.divider.clear();
                self.divider.extend_from_slice(divider);
                self.bytes.clear();
                self.tail.clear();
                self.message = Some(Message {
                    at: self.rest_at + at as u64 + 1,
                    length: 0,
                    ends: true,
                });
                // Past the divider's line.
                let line = memchr::memchr(b'\n', after).unwrap_or(after.len());
                done = (at + 1 + line + 1).min(bytes.len());
                from = done.saturating_sub(1);
            } else {
                from = at + 1;
            }
        }
        if last {
            return done;
        }
        self.keep(bytes, done, bytes.len().saturating_sub(8))
    }

    /// Takes what lies up to `until`, if that is ahead, and says up to where all was taken.
    fn keep(&mut self, bytes: &[u8], done: usize, until: usize) -> usize {
        if until <= done {
            return done;
        }
        self.take(bytes.get(done..until).unwrap_or_default());
        until
    }

    fn take(&mut self, piece: &[u8]) {
        let Some(message) = &mut self.message else {
            let told = piece.iter().filter(|byte| !byte.is_ascii_whitespace());
            self.skipped += told.count() as u64;
            return;
        };
        message.length += piece.len() as u64;
        message.ends = piece.last().map_or(message.ends, |last| *last == b'\n');
        let end = piece.get(piece.len().saturating_sub(TAIL)..);
        self.tail.extend_from_slice(end.unwrap_or(piece));
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
        let rest = self.hold(piece, MOST_OF_A_MESSAGE);
        if !rest.is_empty() && head::end(&self.bytes).is_none() {
            self.hold(rest, MOST_OF_A_HEAD);
            self.bytes.truncate(held(&self.bytes));
        }
    }

    /// Holds so much of a piece as there is room for; gives what there is not.
    fn hold<'p>(&mut self, piece: &'p [u8], most: usize) -> &'p [u8] {
        let room = most.saturating_sub(self.bytes.len()).min(piece.len());
        let (kept, rest) = piece.split_at_checked(room).unwrap_or((piece, b""));
        self.bytes.extend_from_slice(kept);
        rest
    }

    /// Whether the file ends in the middle of its last message: in front of a last boundary, or of the end of a line.
    fn is_cut(&self, ends: bool) -> bool {
        match head::boundary(&self.bytes) {
            Some(boundary) => {
                let last = [b"--", boundary, b"--"].concat();
                memmem::find(&self.tail, &last).is_none()
            }
            None => !ends,
        }
    }

    fn give(&mut self, last: bool, found: &mut impl FnMut(Raw<'_>)) {
        if let Some(message) = self.message.take() {
            found(Raw {
                divider: &self.divider,
                bytes: &self.bytes,
                length: message.length,
                cut: last && self.is_cut(message.ends),
            });
        }
    }
}

/// Whether a file that begins like this is an mbox.
pub(super) fn begins(beginning: &[u8]) -> bool {
    divider::read(BEFORE, beginning).is_some()
}

/// Whether a message begins somewhere in this.
pub(super) fn within(beginning: &[u8]) -> bool {
    memmem::find_iter(beginning, b"\nFrom ").any(|at| {
        let (before, after) = beginning.split_at_checked(at + 1).unwrap_or_default();
        divider::read(before.get(..at).unwrap_or_default(), after).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(mbox: &[u8], piece: usize) -> Vec<(String, String, u64)> {
        let mut found = Vec::new();
        let mut give = |raw: Raw<'_>| {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            found.push((text(raw.divider), text(raw.bytes), raw.length));
        };
        let mut splitter = Splitter::default();
        for piece in mbox.chunks(piece.max(1)) {
            splitter.push(piece, &mut give);
        }
        splitter.end(&mut give);
        found
    }

    const TWO: &str = "From 1@xxx Mon Nov 23 09:00:00 +0000 2026\nSubject: one\n\nFirst.\n\
        From here on it goes well.\n\nFrom Anna, Mon Nov 23 is fine\nfor us.\n\n\
        From 9:00 on Mon Nov 23 we meet.\nNote: bring 2.\n\nFrom a Mon Nov 23 09:00:00 2026\n\nand so on.\n\n\
        From b@c.de Tue Nov 24 09:00:00 2026\nSubject: two\n\nSecond.\n";

    #[test]
    fn a_line_divides_only_behind_an_empty_one_with_a_date_before_a_header() {
        let found = split(TWO.as_bytes(), TWO.len());
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].0, "1@xxx Mon Nov 23 09:00:00 +0000 2026");
        assert!(found[0].1.ends_with("and so on.\n"), "{:?}", found[0].1);
        assert_eq!(found[1].1, "Subject: two\n\nSecond.\n");
    }

    #[test]
    fn both_line_ends_divide_and_what_is_no_mbox_holds_no_message() {
        let dos = TWO.replace('\n', "\r\n");
        assert_eq!(split(dos.as_bytes(), dos.len()).len(), 2);
        assert!(split(b"Subject: a letter\n\nnot an mbox\n", 7).is_empty());
        assert!(split(b"", 7).is_empty());
        // Cut off within its head.
        let cut = split(b"From 1@xxx Mon Nov 23 09:00:00 2026\nSubj", 5);
        assert_eq!(cut.len(), 0);
    }

    #[test]
    fn of_a_long_message_only_the_beginning_is_held() {
        let mut mbox = b"From a@b Mon Nov 23 09:00:00 2026\nSubject: long\n\n".to_vec();
        mbox.extend(std::iter::repeat_n(b'x', 300_000));
        mbox.extend(b"\n\nFrom a@b Mon Nov 23 09:00:00 2026\nSubject: short\n\n");
        let found = split(&mbox, 4096);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].1.len(), MOST_OF_A_MESSAGE);
        assert_eq!(found[0].2, 300_016);
    }

    #[test]
    fn a_file_cut_off_says_so_and_what_stands_in_front_is_counted() {
        let mut cut = Vec::new();
        let mut splitter = Splitter::default();
        splitter.push(b"garbage\n\n", &mut |_| {});
        splitter.push(TWO.trim_end().as_bytes(), &mut |raw| cut.push(raw.cut));
        splitter.end(&mut |raw| cut.push(raw.cut));
        assert_eq!(cut, [false, true]);
        assert_eq!(splitter.take_skipped(), 7);
    }

    #[test]
    fn reading_goes_on_wherever_it_was_left() {
        // With so much behind them its dividers are decided at a pause.
        let long = format!("{TWO}{}", "x".repeat(divider::LONGEST));
        let whole = split(long.as_bytes(), long.len());
        for end in (0..TWO.len()).chain(divider::LONGEST..long.len()) {
            let mut found = Vec::new();
            let mut give =
                |raw: Raw<'_>| found.push(String::from_utf8_lossy(raw.bytes).into_owned());
            let mut first = Splitter::default();
            first.push(&long.as_bytes()[..end], &mut give);
            let mut second = Splitter::at(first.resumes_at());
            second.push(&long.as_bytes()[first.resumes_at() as usize..], &mut give);
            second.end(&mut give);
            let texts: Vec<&String> = whole.iter().map(|(_, text, _)| text).collect();
            assert_eq!(found.iter().collect::<Vec<_>>(), texts, "left at {end}");
        }
    }

    proptest! {
        #[test]
        fn the_size_of_the_pieces_does_not_matter(
            parts in prop::collection::vec(prop::sample::select(vec![
                "\nFrom 1@xxx Mon Nov 23 09:00:00 +0000 2026\n", "From a@b Tue Nov 24 09:00:00 2026\n", "Subject: x\n",
                "\n", "\r\n", "From ", "\nFrom", "text\n", "Fr", "om x Mon Nov 3 2026\n", ">From y\n", "a: b\r\n",
            ]), 0..40),
            piece in 1..64_usize,
        ) {
            let mbox = parts.concat();
            prop_assert_eq!(split(mbox.as_bytes(), piece), split(mbox.as_bytes(), mbox.len()));
        }
    }
}
