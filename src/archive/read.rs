//! An archive read and gathered in one program.

use super::gather::{Gathered, Gathering};
use super::report::{Fault, Report};
use crate::address::Email;
use crate::clock::Instant;
use crate::mail::{Reading, decode};

/// An archive that is being read.
pub struct Archive {
    reading: Reading,
    gathering: Gathering,
}

impl Archive {
    /// An archive of a mailbox that is known by these addresses, the first one above all.
    #[must_use]
    pub fn new(account: Email, others: Vec<Email>) -> Archive {
        Archive {
            reading: Reading::new(decode),
            gathering: Gathering::new(account, others),
        }
    }

    /// Reads on, in an mbox.
    pub fn push(&mut self, piece: &[u8]) {
        self.reading.push(piece, &mut self.gathering);
    }

    /// Ends an mbox, a file of this name.
    pub fn end(&mut self, file: &str) {
        if self.reading.end(&mut self.gathering) {
            self.gathering.fault(Fault::Cut, file);
        }
    }

    /// Reads one message that is a file of its own, so many bytes long, of which this is the beginning.
    pub fn message(&mut self, bytes: &[u8], length: u64) {
        self.reading.message(bytes, length, &mut self.gathering);
    }

    /// Reads a list of contacts, written then; gives whether it is one.
    pub fn list(&mut self, text: &str, written: Instant) -> bool {
        self.gathering.list(text, written)
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
        self.reading.resumes_at()
    }

    /// All that was gathered so far, for [`Archive::restore`].
    #[must_use]
    pub fn save(&self) -> String {
        self.gathering.save()
    }

    /// Goes on with what was saved, in an mbox at the offset where it was left.
    ///
    /// # Errors
    /// Where it is nothing that this version saved.
    pub fn restore(saved: &str, offset: u64) -> Result<Archive, serde_json::Error> {
        Ok(Archive {
            reading: Reading::at(offset, decode),
            gathering: Gathering::restore(saved)?,
        })
    }

    /// What was found.
    #[must_use]
    pub fn finish(mut self) -> Gathered {
        self.end("");
        self.gathering.finish()
    }
}
