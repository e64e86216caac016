//! What the user wants to remember of a client, in their own words.

use serde::{Deserialize, Serialize};

use crate::clock::Instant;

/// How much is kept of a note, in characters: more than a form lets in, so that none is cut without a word.
pub const LONGEST: usize = 20_000;

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// When it was written.
    pub at: Instant,
    /// What it says, one plain line.
    pub text: String,
}
