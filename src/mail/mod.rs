//! Reads mail as it lies in files (Google Takeout's mbox, other mboxes, single `.eml` files) and tells of each message what
//! [`crate::archive`] wants to know.
//!
//! A file may be of any size and broken in any way. It is read in pieces, and of a message no more is held than its head
//! and the beginning of its text.

mod charset;
mod date;
mod divider;
mod gmail;
mod head;
mod kind;
mod labels;
mod mbox;
mod parse;
mod people;
mod reading;

#[cfg(test)]
mod corpora;

pub use charset::{Decode, decode};
pub use kind::{Kind, is_bomb};
pub use mbox::MOST_OF_A_HEAD;
pub use reading::Reading;
