//! What a file is, before it is read.

use super::{mbox, parse};

/// Whether a packed file, of which so many bytes were taken, and gave so many, is made to fill memories: mail packs to a tenth,
/// and what is small does no harm.
#[must_use]
pub fn is_bomb(taken: u64, given: u64) -> bool {
    const MOST_SWOLLEN: u64 = 200;
    const HARMLESS: u64 = 256 << 20;
    given > HARMLESS && given > taken.saturating_mul(MOST_SWOLLEN)
}

/// What a file is, by its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Messages one after another.
    Mbox,
    /// One message.
    Letter,
    /// No mail.
    Other,
}

impl Kind {
    /// What a file is that begins like this; of a gzipped one, what it unpacks to.
    #[must_use]
    pub fn of(beginning: &[u8]) -> Kind {
        let beginning = beginning
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(beginning)
            .trim_ascii_start();
        if mbox::begins(beginning) {
            return Kind::Mbox;
        }
        if parse::begins(beginning) {
            return Kind::Letter;
        }
        // What stands in front of the first message is no reason to leave the others.
        match mbox::within(beginning) {
            true => Kind::Mbox,
            false => Kind::Other,
        }
    }
}
