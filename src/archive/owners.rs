//! Whose mailbox an archive is.

use std::collections::BTreeMap;

use super::letter::{Letter, Listener};
use crate::address::Email;
use crate::order::Order;

/// Looks at the beginning of an archive.
#[derive(Default)]
pub struct Owners {
    messages: usize,
    /// How often something was delivered to an address, or sent from it.
    owned: BTreeMap<Email, usize>,
    /// In how many messages an address stands.
    named: BTreeMap<Email, usize>,
}

impl Owners {
    /// The addresses that letters were delivered to or sent from, likeliest first; where the archive tells of
    /// none, the one that stands in most of its messages.
    #[must_use]
    pub fn likely(self) -> Vec<Email> {
        let Owners {
            messages,
            owned,
            mut named,
        } = self;
        if owned.is_empty() {
            named.retain(|_, count| messages > 1 && *count * 2 > messages);
            return ranked(named).into_iter().take(1).collect();
        }
        ranked(owned)
    }
}

fn ranked(votes: BTreeMap<Email, usize>) -> Vec<Email> {
    let mut votes: Vec<_> = votes.into_iter().collect();
    votes.order_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    votes.into_iter().map(|(address, _)| address).collect()
}

impl Listener for Owners {
    fn look(&mut self, _length: u64, head: Option<&Letter>) -> bool {
        let Some(letter) = head else {
            return false;
        };
        self.messages += 1;
        let from = letter.from.as_ref().map(|person| &person.email);
        let mut named: Vec<&Email> = letter.to.iter().map(|person| &person.email).collect();
        named.extend(from);
        named.order();
        named.dedup();
        for address in named {
            *self.named.entry(address.clone()).or_default() += 1;
        }
        let sent = from.filter(|_| letter.sent);
        for owner in letter.delivered_to.iter().chain(sent) {
            *self.owned.entry(owner.clone()).or_default() += 1;
        }
        false
    }

    fn hear(&mut self, _letter: &Letter) {}

    fn skip(&mut self, _bytes: u64) {}
}
