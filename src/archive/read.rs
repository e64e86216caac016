//! An archive as it streams by.

use super::gather::{Gathered, Gathering};
use super::mbox::Splitter;
use super::report::{Fault, Report};
use super::{letter, mbox};
use crate::address::Email;
use crate::clock::Instant;
use crate::transfer::contacts;

/// An archive that is being read.
pub struct Archive {
    splitter: Splitter,
    gathering: Gathering,
}

impl Archive {
    /// An archive of a mailbox that is known by these addresses, the first one above all.
    #[must_use]
    pub fn new(account: Email, others: Vec<Email>) -> Archive {
        Archive {
            splitter: Splitter::default(),
            gathering: Gathering::new(account, others),
        }
    }

    /// Reads on, in an mbox.
    pub fn push(&mut self, piece: &[u8]) {
        let gathering = &mut self.gathering;
        self.splitter.push(piece, &mut |raw| gathering.add(&raw));
        // What is saved from here on goes on behind it.
        if self.splitter.is_within() {
            gathering.skip(self.splitter.take_skipped());
        }
    }

    /// Ends an mbox, a file of this name: what was read last was its last message.
    pub fn end(&mut self, file: &str) {
        let gathering = &mut self.gathering;
        let mut cut = false;
        self.splitter.end(&mut |raw| {
            cut |= raw.cut;
            gathering.add(&raw);
        });
        gathering.skip(self.splitter.take_skipped());
        self.splitter = Splitter::default();
        if cut {
            gathering.fault(Fault::Cut, file);
        }
    }

    /// Reads one message that is a file of its own, so many bytes long, of which this is the beginning.
    pub fn message(&mut self, bytes: &[u8], length: u64) {
        self.gathering.add(&mbox::Raw::whole(bytes, length));
    }

    /// Reads a list of contacts, written then; gives whether it is one.
    pub fn list(&mut self, text: &str, written: Instant) -> bool {
        let contacts = contacts::listed(text);
        self.gathering.list(&contacts, written);
        !contacts.is_empty()
    }

    /// Takes note that something is wrong with a file.
    pub fn fault(&mut self, fault: Fault, file: &str) {
        self.gathering.fault(fault, file);
    }

    /// What was found so far, for a display of the progress.
    #[must_use]
    pub fn report(&self) -> &Report {
        self.gathering.report()
    }

    /// Where in the mbox that is being read it can be gone on from what [`Archive::save`] gives now.
    #[must_use]
    pub fn resumes_at(&self) -> u64 {
        self.splitter.resumes_at()
    }

    /// All that was gathered so far, for [`Archive::restore`].
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        // Nothing in it can fail to be written.
        serde_json::to_vec(&self.gathering).unwrap_or_default()
    }

    /// Goes on with what was saved, in an mbox at the offset where it was left.
    ///
    /// # Errors
    /// Where it is nothing that this version saved.
    pub fn restore(saved: &[u8], offset: u64) -> Result<Archive, serde_json::Error> {
        Ok(Archive {
            splitter: Splitter::at(offset),
            gathering: serde_json::from_slice(saved)?,
        })
    }

    /// What was found.
    #[must_use]
    pub fn finish(mut self) -> Gathered {
        self.end("");
        self.gathering.finish()
    }
}

/// Whether a packed file, of which so many bytes were taken, and gave so many, is made to fill memories: mail packs to a tenth,
/// and what is small does no harm.
#[must_use]
pub fn is_bomb(taken: u64, given: u64) -> bool {
    const MOST_SWOLLEN: u64 = 200;
    const HARMLESS: u64 = 256 << 20;
    given > HARMLESS && given > taken.saturating_mul(MOST_SWOLLEN)
}

/// What a file is, by its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Messages one after another.
    Mbox,
    /// One message.
    Letter,
    /// No mail.
    Other,
}

impl Kind {
    /// What a file is that begins like this; of a gzipped one, what it unpacks to.
    #[must_use]
    pub fn of(beginning: &[u8]) -> Kind {
        let beginning = beginning
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(beginning)
            .trim_ascii_start();
        if mbox::begins(beginning) {
            return Kind::Mbox;
        }
        if letter::begins(beginning) {
            return Kind::Letter;
        }
        // What stands in front of the first message is no reason to leave the others.
        match mbox::within(beginning) {
            true => Kind::Mbox,
            false => Kind::Other,
        }
    }
}
