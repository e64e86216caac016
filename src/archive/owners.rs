//! Whose mailbox an archive is.

use std::collections::BTreeMap;

use super::letter::Letter;
use super::mbox::{Raw, Splitter};
use crate::address::Email;

/// Looks at the beginning of an archive.
#[derive(Default)]
pub struct Owners {
    splitter: Splitter,
    seen: Seen,
}

#[derive(Default)]
struct Seen {
    messages: usize,
    /// How often something was delivered to an address, or sent from it.
    owned: BTreeMap<Email, usize>,
    /// In how many messages an address stands.
    named: BTreeMap<Email, usize>,
}

impl Owners {
    /// Looks on, in an mbox.
    pub fn push(&mut self, piece: &[u8]) {
        let seen = &mut self.seen;
        self.splitter.push(piece, &mut |raw| seen.look(&raw));
    }

    /// Ends an mbox.
    pub fn end(&mut self) {
        let seen = &mut self.seen;
        self.splitter.end(&mut |raw| seen.look(&raw));
    }

    /// Looks at one message that is a file of its own.
    pub fn message(&mut self, bytes: &[u8]) {
        self.seen.look(&Raw::whole(bytes, bytes.len() as u64));
    }

    /// The addresses that letters were delivered to or sent from, likeliest first; where the archive tells of
    /// none, the one that stands in most of its messages.
    #[must_use]
    pub fn likely(mut self) -> Vec<Email> {
        self.end();
        let Seen {
            messages,
            owned,
            mut named,
        } = self.seen;
        if owned.is_empty() {
            named.retain(|_, count| messages > 1 && *count * 2 > messages);
            return ranked(named).into_iter().take(1).collect();
        }
        ranked(owned)
    }
}

fn ranked(votes: BTreeMap<Email, usize>) -> Vec<Email> {
    let mut votes: Vec<_> = votes.into_iter().collect();
    votes.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    votes.into_iter().map(|(address, _)| address).collect()
}

impl Seen {
    fn look(&mut self, raw: &Raw<'_>) {
        let Some(letter) = Letter::head(raw.bytes) else {
            return;
        };
        self.messages += 1;
        let from = letter.from.map(|person| person.email);
        let mut named: Vec<Email> = letter.to.into_iter().map(|person| person.email).collect();
        named.extend(from.clone());
        named.sort();
        named.dedup();
        for address in named {
            *self.named.entry(address).or_default() += 1;
        }
        let sent = from.filter(|_| letter.sent);
        for owner in letter.delivered_to.into_iter().chain(sent) {
            *self.owned.entry(owner).or_default() += 1;
        }
    }
}
