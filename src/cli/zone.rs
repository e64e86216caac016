//! `cadence zone`.

use std::error::Error;

use cadence::clock::{Instant, Zone};
use serde::{Deserialize, Serialize};

/// A line of input.
#[derive(Clone, Copy, Deserialize)]
pub(crate) struct Question {
    zone: Zone,
    at: Instant,
}

/// A line of output, after its id.
#[derive(Serialize)]
pub(crate) struct Answer {
    /// Seconds ahead of UTC.
    offset_s: i32,
    /// What the zone's clocks show, as `2026-11-23T14:05:00`.
    local: String,
}

/// Answers one line.
#[allow(
    clippy::unnecessary_wraps,
    reason = "every command answers with a result"
)]
pub(crate) fn answer(question: Question) -> Result<Answer, Box<dyn Error>> {
    let Question { zone, at } = question;
    Ok(Answer {
        offset_s: zone.offset_at(at).local_minus_utc(),
        local: zone.local(at).format("%Y-%m-%dT%H:%M:%S").to_string(),
    })
}
