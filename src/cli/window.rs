//! `cadence window`.

use std::error::Error;

use cadence::clock::{Hours, Instant, Opening, Zone};
use cadence::country::Country;
use cadence::subdivision::Subdivision;
use serde::Deserialize;

use crate::day::calendar;

/// A line of input; `from` and `to` are the hours.
#[derive(Clone, Copy, Deserialize)]
pub(crate) struct Question {
    country: Country,
    #[serde(default)]
    region: Option<Subdivision>,
    zone: Zone,
    after: Instant,
    #[serde(flatten)]
    hours: Hours,
}

/// Answers one line.
pub(crate) fn answer(question: Question) -> Result<Opening, Box<dyn Error>> {
    calendar(question.country, question.region)?
        .next_opening(question.zone, question.hours, question.after)
        .ok_or_else(|| "these hours never open within 400 days".into())
}
