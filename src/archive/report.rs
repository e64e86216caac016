//! What was found in an archive, and what was left out and why.

use std::collections::BTreeMap;

use serde::Serialize;

/// So many examples are named for each reason.
const EXAMPLES: usize = 20;

/// Why a message is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It has no head that could be read.
    Unreadable,
    /// Its sender is missing or no address.
    Nobody,
    /// Its date is missing, or cannot be.
    Undated,
    /// A draft, junk, or in the bin.
    Discarded,
    /// From a list, a newsletter, a machine.
    Bulk,
    /// From a robot's address.
    Robot,
    /// Among the user's own colleagues.
    Own,
    /// With somebody whom the user never wrote to.
    Unanswered,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 8] = [
        Reason::Unreadable,
        Reason::Nobody,
        Reason::Undated,
        Reason::Discarded,
        Reason::Bulk,
        Reason::Robot,
        Reason::Own,
        Reason::Unanswered,
    ];
}

/// Messages left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct LeftOut {
    /// How many.
    pub messages: u64,
    /// Some of the addresses that they came from.
    pub examples: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    /// Messages in the archive.
    pub messages: u64,
    /// Bytes of messages.
    pub bytes: u64,
    /// Messages that were too long to be looked at whole: of them the beginning was.
    pub shortened: u64,
    /// Messages that count as contact with a client.
    pub contacts: u64,
    /// Clients; known at the end.
    pub clients: u64,
    /// Threads with them; known at the end.
    pub threads: u64,
    /// What was left out.
    pub left_out: BTreeMap<Reason, LeftOut>,
}

impl Report {
    /// Counts a message that is left out.
    pub(super) fn leave_out(&mut self, reason: Reason, example: Option<&str>) {
        self.leave_out_many(reason, 1, example);
    }

    pub(super) fn leave_out_many(&mut self, reason: Reason, count: u64, example: Option<&str>) {
        let left = self.left_out.entry(reason).or_default();
        left.messages += count;
        if let Some(example) = example
            && left.examples.len() < EXAMPLES
            && !left.examples.iter().any(|known| known == example)
        {
            left.examples.push(example.to_owned());
        }
    }
}
