//! Gmail's number of a message, which Takeout puts where the sender stands: `1851234567890@xxx Mon Nov 23 …`.

use crate::clock::Instant;

/// A number belongs to a message whose date is no further from it than this.
const NEAR_MS: u64 = 24 * 60 * 60 * 1000;
/// The upper bits of a number are milliseconds.
const SHIFT: u32 = 20;

/// The number in a dividing line. One that is far from the date is that of an import.
pub(super) fn number(divider: &[u8], date: Option<Instant>) -> Option<u64> {
    let end = divider.iter().position(|byte| *byte == b'@')?;
    if !divider.get(end..)?.starts_with(b"@xxx") {
        return None;
    }
    let number: u64 = std::str::from_utf8(divider.get(..end)?)
        .ok()?
        .parse()
        .ok()?;
    let apart = instant(number)?
        .since(date?)
        .num_milliseconds()
        .unsigned_abs();
    (apart <= NEAR_MS).then_some(number)
}

/// When the message of this number came.
pub(super) fn instant(number: u64) -> Option<Instant> {
    Instant::from_ms(i64::try_from(number >> SHIFT).ok()?).ok()
}
