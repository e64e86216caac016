//! Mail as it streams by, told message by message.

use super::charset::Decode;
use super::mbox::{Raw, Splitter};
use super::{gmail, parse};
use crate::archive::Listener;

/// A file of mail that is being read.
pub struct Reading {
    splitter: Splitter,
    decode: Decode,
}

impl Reading {
    /// The beginning of a file.
    #[must_use]
    pub fn new(decode: Decode) -> Reading {
        Reading::at(0, decode)
    }

    /// An mbox that is gone on with at an offset which [`Reading::resumes_at`] gave.
    #[must_use]
    pub fn at(offset: u64, decode: Decode) -> Reading {
        Reading {
            splitter: Splitter::at(offset),
            decode,
        }
    }

    /// Where in the mbox it can be gone on, once everything up to here was told.
    #[must_use]
    pub fn resumes_at(&self) -> u64 {
        self.splitter.resumes_at()
    }

    /// Reads on, in an mbox.
    pub fn push(&mut self, piece: &[u8], to: &mut impl Listener) {
        let decode = self.decode;
        self.splitter.push(piece, &mut |raw| tell(&raw, decode, to));
        // What is kept from here on goes on behind it.
        if self.splitter.is_within() {
            to.skip(self.splitter.take_skipped());
        }
    }

    /// Ends an mbox: what was read last was its last message. Gives whether the file ends in the middle of it.
    pub fn end(&mut self, to: &mut impl Listener) -> bool {
        let decode = self.decode;
        let mut cut = false;
        self.splitter.end(&mut |raw| {
            cut |= raw.cut;
            tell(&raw, decode, to);
        });
        to.skip(self.splitter.take_skipped());
        self.splitter = Splitter::default();
        cut
    }

    /// Reads one message that is a file of its own, so many bytes long, of which this is the beginning.
    pub fn message(&self, bytes: &[u8], length: u64, to: &mut impl Listener) {
        tell(&Raw::whole(bytes, length), self.decode, to);
    }
}

fn tell(raw: &Raw<'_>, decode: Decode, to: &mut impl Listener) {
    let head = parse::head(raw.bytes, decode).map(|mut letter| {
        letter.gmail = gmail::number(raw.divider, letter.at);
        letter.at = letter.gmail.map_or(letter.at, gmail::instant);
        letter
    });
    let wanted = to.look(raw.length, head.as_ref());
    if let Some(mut letter) = head.filter(|_| wanted) {
        parse::body(&mut letter, raw.bytes, decode);
        to.hear(&letter);
    }
}
