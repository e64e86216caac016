//! An interval as it applies to one client: the market's, moved by the answers (F1 to F3).

use chrono::{Days, NaiveDate};
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
    /// The client's day on which the interval is over.
    pub(super) on: NaiveDate,
    /// The day on which it began, and how long it is at least.
    from: NaiveDate,
    least: Span,
    pub(super) pace: Pace,
}

impl Paced {
    /// Before this day nothing pulls it.
    pub(super) fn earliest(&self) -> Option<NaiveDate> {
        self.least.after(self.from)
    }

    /// The turn that comes on a day of the client's, from its beginning on: at what hour the last
    /// letter went says nothing about the next.
    pub(super) fn turn(self, facts: &Facts<'_>, on: NaiveDate) -> Option<Turn> {
        let (opening, quiet_until) = open_for_letter(facts, facts.place.start_of(on))?;
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

/// The day on which an interval that began at an instant is over, in whole days of the client's.
/// The interval's own bounds hold whatever the answers say.
pub(super) fn paced(
    facts: &Facts<'_>,
    track: Track,
    rule: RuleId,
    every: Interval,
    since: Instant,
) -> Option<Paced> {
    let from = facts.place.date(since);
    let days_to = |to: NaiveDate| u32::try_from((to - from).num_days()).ok();
    let usual = every.default().after(from)?;
    let usual_days = days_to(usual)?;
    let influences = influences(facts.client, &facts.warmth, facts.rules);
    let (days, on) = if influences.is_empty() {
        (usual_days, usual)
    } else {
        let factors = influences.iter().map(|influence| influence.factor);
        let days = facts.rules.factors.product(factors).of_days(usual_days);
        let most = days_to(every.max().after(from)?)?;
        let days = days.min(most).max(days_to(every.min().after(from)?)?);
        (days, from.checked_add_days(Days::new(days.into()))?)
    };
    let client = &facts.client.email;
    let setting = match track {
        Track::OpenQuote => Setting::Reminders,
        Track::Greeting => Setting::Greetings,
        Track::Quote => Setting::QuoteEvery,
        Track::Touch => Setting::TouchEvery,
        Track::Sample => Setting::SampleEvery,
    };
    Some(Paced {
        on,
        from,
        least: every.min(),
        pace: Pace {
            track,
            rule,
            standing: facts.place.standing,
            changed: facts
                .playbook
                .is_changed(facts.place.market, client, setting),
            usual: every.default(),
            usual_days,
            usual_on: usual,
            days,
            influences,
            warmth: facts.warmth,
        },
    })
}
