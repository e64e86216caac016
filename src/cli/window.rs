//! `cadence window`.

use std::error::Error;

use cadence::clock::{BestBecause, Calendar, Hours, Instant, Opening, Zone};
use cadence::country::Country;
use cadence::subdivision::Subdivision;
use serde::{Deserialize, Serialize};

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
    /// Whether the best stretch is wanted, too.
    #[serde(default)]
    more: bool,
}

/// A line of output, after its id.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(flatten)]
    opening: Opening,
    /// `false` where it is not known which holidays that day keeps.
    #[serde(skip_serializing_if = "is_true")]
    known: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    best: Option<Best>,
}

/// The stretch in which they are most likely to read, and why.
#[derive(Serialize)]
struct Best {
    #[serde(flatten)]
    opening: Opening,
    because: Vec<&'static str>,
}

fn is_true(known: &bool) -> bool {
    *known
}

/// Answers one line.
pub(crate) fn answer(question: Question) -> Result<Answer, Box<dyn Error>> {
    let Question { zone, hours, .. } = question;
    let calendar = calendar(question.country, question.region)?;
    let opening = calendar
        .next_opening(zone, hours, question.after)
        .ok_or("these hours never open within 400 days")?;
    let best = question
        .more
        .then(|| best(&calendar, zone, hours, question.after));
    Ok(Answer {
        opening,
        known: calendar.knows(zone.date(opening.opens)),
        best: best.flatten(),
    })
}

fn best(calendar: &Calendar, zone: Zone, hours: Hours, after: Instant) -> Option<Best> {
    let opening = calendar.best_opening(zone, hours, after)?;
    let because = calendar.best_because(zone, opening).map(|why| match why {
        BestBecause::Morning => "morning",
        BestBecause::Lunch => "lunch",
        BestBecause::ShortDay => "short_day",
        BestBecause::Season(key) => key,
    });
    let because = because.collect();
    Some(Best { opening, because })
}
