//! One message of an archive: whose, to whom, when, and what its text tells in passing.

use serde::{Deserialize, Serialize};

use crate::address::{Email, Person};
use crate::clock::Instant;

/// The longest subject, or name of what is attached, that is kept, in characters.
#[cfg(feature = "archive")]
pub(crate) const LONGEST_SUBJECT: usize = 160;

/// Of a message no more than so many bytes are held and looked at: its head and what its writer wrote lie
/// at its beginning.
pub(crate) const MOST_OF_A_MESSAGE: usize = 64 * 1024;

/// What was read of a message.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Letter {
    /// The name that its program gave it.
    pub message_id: Option<String>,
    /// The ids of the messages that it answers, oldest first.
    pub references: Vec<String>,
    /// Gmail's number of it, which tells when it came there.
    pub gmail: Option<u64>,
    /// Gmail's number of the thread.
    pub gmail_thread: Option<u64>,
    /// When it came, by Gmail's number, or was written.
    pub at: Option<Instant>,
    /// What the writer's clock was ahead of UTC, in minutes.
    pub offset: Option<i32>,
    /// Who wrote it.
    pub from: Option<Person>,
    /// To whom, and who got copies.
    pub to: Vec<Person>,
    /// The mailbox that it came to.
    pub delivered_to: Option<Email>,
    /// What it is about.
    pub subject: String,
    /// Whether a list, a newsletter or a machine sent it.
    pub bulk: bool,
    /// Whether it lies among what was sent.
    pub sent: bool,
    /// Whether it is a draft, or lies among junk or in the bin.
    pub discarded: bool,
    /// The beginning of what it says; empty where only its head was read.
    pub text: String,
    /// The names of what is attached, likewise.
    pub attachments: Vec<String>,
}

/// Whoever is told of the messages of an archive, one after another.
pub trait Listener {
    /// Is told of a message, so many bytes long, and of its head; `None` where it has none that could be read. Gives whether
    /// the whole of it is wanted, in [`Listener::hear`]: most mail is left out by its head alone, and texts are most of
    /// the cost.
    fn look(&mut self, length: u64, head: Option<&Letter>) -> bool;

    /// Is told the whole of the message that was looked at last.
    fn hear(&mut self, letter: &Letter);

    /// Is told of bytes that stand in front of a file's first message.
    fn skip(&mut self, bytes: u64);
}
