//! Archives of mail (Google Takeout's mbox, other mboxes, single `.eml` files) read once, message by
//! message, into what Cadence keeps: who wrote to whom and when. Texts are looked at and dropped.
//!
//! An archive may be of any size and broken in any way. It is read in pieces, of a message no more is held
//! than its head and the beginning of its text, and whatever is left out is counted with its reason.

#[cfg(feature = "archive")]
mod date;
#[cfg(feature = "archive")]
mod divider;
#[cfg(feature = "archive")]
mod gather;
#[cfg(feature = "archive")]
mod head;
#[cfg(feature = "archive")]
mod labels;
#[cfg(feature = "archive")]
mod letter;
#[cfg(feature = "archive")]
mod mbox;
#[cfg(feature = "archive")]
mod owners;
#[cfg(feature = "archive")]
mod people;
#[cfg(feature = "archive")]
mod read;
mod report;

#[cfg(feature = "archive")]
pub use gather::{Gathered, Gathering};
#[cfg(feature = "archive")]
pub use mbox::MOST_OF_A_HEAD;
#[cfg(feature = "archive")]
pub use owners::Owners;
#[cfg(feature = "archive")]
pub use read::{Archive, Kind, is_bomb};
pub use report::{Fault, LeftOut, Reason, Report};

#[cfg(test)]
#[cfg(feature = "archive")]
mod tests;

#[cfg(test)]
#[cfg(feature = "archive")]
mod corpora;
