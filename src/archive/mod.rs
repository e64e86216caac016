//! Archives of mail (Google Takeout's mbox, other mboxes, single `.eml` files) read once, message by
//! message, into what Cadence keeps: who wrote to whom and when. Texts are looked at and dropped.
//!
//! An archive may be of any size and broken in any way. It is read in pieces, a message is never held
//! beyond its first [`MOST_OF_A_MESSAGE`] bytes, and whatever is left out is counted with its reason.

mod gather;
mod letter;
mod mbox;
mod report;

pub use gather::{Gathered, Gathering};
pub use mbox::MOST_OF_A_MESSAGE;
pub use report::{LeftOut, Reason, Report};

use std::collections::BTreeMap;

use crate::address::Email;
use letter::Letter;
use mbox::Splitter;

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
    }

    /// Ends an mbox: what was read last was its last message.
    pub fn end(&mut self) {
        let gathering = &mut self.gathering;
        self.splitter.end(&mut |raw| gathering.add(&raw));
    }

    /// Reads one message that is a file of its own.
    pub fn message(&mut self, bytes: &[u8]) {
        self.gathering.add(&mbox::Raw::whole(bytes));
    }

    /// What was found so far, for a display of the progress.
    #[must_use]
    pub fn report(&self) -> &Report {
        self.gathering.report()
    }

    /// What was found.
    #[must_use]
    pub fn finish(mut self) -> Gathered {
        self.end();
        self.gathering.finish()
    }
}

/// Whose mailbox the beginning of an archive shows: the addresses that letters were delivered to or
/// sent from, likeliest first.
#[must_use]
pub fn owners(beginning: &[u8]) -> Vec<Email> {
    let mut votes: BTreeMap<Email, usize> = BTreeMap::new();
    let mut splitter = Splitter::default();
    let mut count = |raw: mbox::Raw<'_>| {
        let Some(letter) = Letter::read(raw.bytes) else {
            return;
        };
        let delivered = letter.delivered_to.into_iter();
        let sent = letter.sent.then_some(letter.from).flatten();
        for owner in delivered.chain(sent.map(|person| person.email)) {
            *votes.entry(owner).or_default() += 1;
        }
    };
    splitter.push(beginning, &mut count);
    splitter.end(&mut count);
    let mut owners: Vec<_> = votes.into_iter().collect();
    owners.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    owners.into_iter().map(|(owner, _)| owner).collect()
}

#[cfg(test)]
mod tests;
