//! What was found in an archive, and what was left out and why.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// So many examples are named for each reason.
const EXAMPLES: usize = 20;

/// Why a message is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// In the archive once more.
    Double,
}

/// What is wrong with a file, wholly or in part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It holds neither mail nor contacts.
    Foreign,
    /// It ends in the middle; what stands in front of that was read.
    Cut,
    /// It cannot be unpacked any further; what came before was read.
    Packed,
    /// It unpacks to far more than mail ever does; it was not read any further.
    Bomb,
}

/// Messages, or files, left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LeftOut {
    /// How many.
    pub messages: u64,
    /// Some of the addresses that they came from, or of the files' names.
    pub examples: Vec<String>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// Files that were not read, or not to their end.
    #[serde(default)]
    pub faults: BTreeMap<Fault, LeftOut>,
    /// Bytes in front of the first message of an mbox.
    #[serde(default)]
    pub skipped: u64,
    /// Contacts of the lists that lay beside the mail.
    #[serde(default)]
    pub listed: u64,
    /// What stands in those lists and is no client: without an address, a robot's, a colleague's, or there twice.
    #[serde(default)]
    pub unlisted: u64,
}

impl Report {
    /// Counts a message that is left out.
    pub(super) fn leave_out(&mut self, reason: Reason, example: Option<&str>) {
        self.leave_out_many(reason, 1, example);
    }

    pub(super) fn leave_out_many(&mut self, reason: Reason, count: u64, example: Option<&str>) {
        self.left_out
            .entry(reason)
            .or_default()
            .count(count, example);
    }

    /// Counts a file with which something is wrong.
    pub(super) fn fault(&mut self, fault: Fault, file: &str) {
        self.faults.entry(fault).or_default().count(1, Some(file));
    }
}

impl LeftOut {
    fn count(&mut self, count: u64, example: Option<&str>) {
        self.messages += count;
        if let Some(example) = example
            && self.examples.len() < EXAMPLES
            && !self.examples.iter().any(|known| known == example)
        {
            self.examples.push(example.to_owned());
        }
    }
}
