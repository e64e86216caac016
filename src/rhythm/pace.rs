//! An interval as it applies to one client: the market's, moved by the answers (F1 to F3).

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{Facts, Track, Turn, open_for_letter};
use crate::clock::Instant;
use crate::market::Standing;
use crate::playbook::{Interval, RuleId, Setting, Span};
use crate::warmth::{Influence, Warmth, influences};

/// How an interval came about: what the strip says as “monthly, lengthened to 38 days: two letters
/// unanswered”.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// The track that it is of.
    pub track: Track,
    /// The rule that the interval is from.
    pub rule: RuleId,
    /// Whether the article says so for this client's region or we do.
    pub standing: Standing,
    /// Whether the user set the interval (N1).
    pub changed: bool,
    /// The interval before the answers move it.
    pub usual: Span,
    /// How many days that is here.
    pub usual_days: u32,
    /// The day on which it is over before the answers move it.
    pub usual_on: NaiveDate,
    /// How many days it is now.
    pub days: u32,
    /// What moves it.
    pub influences: Vec<Influence>,
    /// How the client answers.
    pub warmth: Warmth,
}

/// A turn by its interval alone.
pub(super) struct Paced {
    /// When the interval is over.
    pub(super) at: Instant,
    /// Before this, on the client's clock, nothing pulls it.
    pub(super) earliest: NaiveDateTime,
    pub(super) pace: Pace,
}

impl Paced {
    /// The turn that comes at an instant.
    pub(super) fn turn(self, facts: &Facts<'_>, at: Instant) -> Option<Turn> {
        let (opening, quiet_until) = open_for_letter(facts, at)?;
        Some(Turn {
            track: self.pace.track,
            rule: self.pace.rule,
            opens: opening.opens,
            closes: opening.closes,
            pace: Some(self.pace),
            pulled: None,
            reminder: None,
            quiet_until,
            lapses_at: None,
        })
    }
}

/// When an interval that began at an instant is over. The interval's own bounds hold whatever the
/// answers say.
pub(super) fn paced(
    facts: &Facts<'_>,
    track: Track,
    rule: RuleId,
    every: Interval,
    since: Instant,
) -> Option<Paced> {
    let from = facts.place.zone.0.local(since);
    let days_to = |to: NaiveDateTime| u32::try_from((to.date() - from.date()).num_days()).ok();
    let usual = every.default().after(from)?;
    let earliest = every.min().after(from)?;
    let usual_days = days_to(usual)?;
    let warmth = Warmth::of(facts.touches);
    let influences = influences(facts.client, &warmth, facts.rules);
    let factor = facts
        .rules
        .factors
        .product(influences.iter().map(|influence| influence.factor));
    let days = if influences.is_empty() {
        usual_days
    } else {
        factor
            .of_days(usual_days)
            .min(days_to(every.max().after(from)?)?)
            .max(days_to(earliest)?)
    };
    let moved = TimeDelta::days(i64::from(days) - i64::from(usual_days));
    let client = &facts.client.email;
    let setting = match track {
        Track::OpenQuote => Setting::Reminders,
        Track::Greeting => Setting::Greetings,
        Track::Quote => Setting::QuoteEvery,
        Track::Touch => Setting::TouchEvery,
        Track::Sample => Setting::SampleEvery,
    };
    Some(Paced {
        at: facts.place.instant(usual.checked_add_signed(moved)?),
        earliest,
        pace: Pace {
            track,
            rule,
            standing: facts.place.standing,
            changed: facts
                .playbook
                .is_changed(facts.place.market, client, setting),
            usual: every.default(),
            usual_days,
            usual_on: usual.date(),
            days,
            influences,
            warmth,
        },
    })
}
