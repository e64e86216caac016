//! Tracks and intervals: which track has the next turn with a client, and when.
//!
//! Several tracks run side by side and the earliest has the turn, so there is one next date.
//! A turn that has come stays until something is sent; only a holiday's wishes lapse with it.

mod greeting;
mod moment;
mod open_quote;
mod pace;
pub(crate) mod place;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use greeting::feast_on;
pub use moment::{Pull, Pulled};
pub use pace::Pace;
pub(crate) use place::{Place, Slot};

use crate::client::Client;
use crate::clock::{Instant, Opening};
use crate::guard::Guard;
use crate::history::{Author, Touch, TouchKind};
use crate::market::Market;
use crate::order::Order;
use crate::playbook::{Playbook, RuleId, Rules, Span};
use crate::warmth::Warmth;

/// What a client is followed up with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// An unanswered quotation, within days of it (E1).
    OpenQuote,
    /// The quotation (S2, I2).
    Quote,
    /// Something of value (W2).
    Touch,
    /// Samples (S3, I3).
    Sample,
    /// Holiday wishes (W4, P3).
    Greeting,
}

/// When a client's first order is to be expected: within the market's order cycle, counted from
/// their first letter (W1, S1, I1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cycle {
    /// The rule that says so.
    pub rule: RuleId,
    /// When the client first wrote.
    pub since: Instant,
    /// From when on an order is to be expected.
    pub from: Instant,
    /// Until when.
    pub to: Instant,
}

impl Cycle {
    /// The cycle of a client; `None` where they never wrote.
    pub(crate) fn of(place: &Place, touches: &[Touch]) -> Option<Cycle> {
        let first = touches.iter().find(|touch| touch.by == Author::Client)?;
        let asked = place.zone.0.local(first.at);
        let after =
            |span: Span| Some(place.instant(span.after(asked.date())?.and_time(asked.time())));
        let (shortest, longest) = Rules::cycle(place.market);
        Some(Cycle {
            rule: match place.market {
                Market::EuropeAmerica => RuleId::W1,
                Market::SouthEastAsia | Market::SouthAmerica => RuleId::S1,
                Market::India => RuleId::I1,
            },
            since: first.at,
            from: after(shortest)?,
            to: after(longest)?,
        })
    }
}

/// What the tracks of one client are worked out from.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) client: &'a Client,
    pub(crate) place: &'a Place,
    pub(crate) playbook: &'a Playbook,
    pub(crate) rules: &'a Rules,
    /// Oldest first.
    pub(crate) touches: &'a [Touch],
    pub(crate) guard: Option<Guard>,
    /// How the client answers.
    pub(crate) warmth: Warmth,
    pub(crate) now: Instant,
}

/// A track's next turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The track.
    pub track: Track,
    /// The rule that the track is from.
    pub rule: RuleId,
    /// When the window for it opens.
    pub opens: Instant,
    /// When that window closes, exclusive.
    pub closes: Instant,
    /// How its interval came about; `None` where no interval made it.
    pub pace: Option<Pace>,
    /// The moment that pulled it forward (M1).
    pub pulled: Option<Pulled>,
    /// Which reminder of an open quotation it is: 1, 2 or 3.
    pub reminder: Option<u8>,
    /// The last day of the quiet season that it waits for (E2).
    pub quiet_until: Option<NaiveDate>,
    /// When it is over though nothing was sent, and the plan has to be made anew: a holiday's
    /// wishes lapse with the holiday. `None` where it waits for ever.
    pub lapses_at: Option<Instant>,
}

impl Turn {
    fn is_before(&self, other: &Turn) -> bool {
        (self.opens, self.track) < (other.opens, other.track)
    }

    /// The day it comes on before the answers move it.
    fn usual_on(&self, place: &Place) -> NaiveDate {
        let by_interval = self.pace.as_ref().map(|pace| pace.usual_on);
        by_interval.unwrap_or_else(|| place.date(self.opens))
    }
}

/// The tracks that are letters, each with what finds its next turn.
const LETTERS: [fn(&Facts<'_>) -> Option<Turn>; 4] = [open_quote::turn, quote, touch, sample];

/// The turn that comes first; of two at once, the one that [`Track`] lists first.
pub(crate) fn next_turn(facts: &Facts<'_>) -> Option<Turn> {
    let mut first: Option<Turn> = None;
    let mut usual = [None; LETTERS.len()];
    for (letter, usual) in LETTERS.iter().zip(&mut usual) {
        let Some(turn) = letter(facts) else { continue };
        *usual = Some(turn.usual_on(facts.place));
        if first.as_ref().is_none_or(|first| turn.is_before(first)) {
            first = Some(turn);
        }
    }
    greeting::with_wishes(facts, first, &usual)
}

/// Every track's next turn, the earliest first: what a client's whole picture shows. Only the
/// first one is asked for.
pub(crate) fn all_turns(facts: &Facts<'_>) -> Vec<Turn> {
    let letters = LETTERS.iter().filter_map(|letter| letter(facts));
    let mut turns: Vec<Turn> = letters.collect();
    turns.extend(next_turn(facts).filter(|turn| turn.track == Track::Greeting));
    turns.order_by_key(|turn| (turn.opens, turn.track));
    turns
}

/// W2.
fn touch(facts: &Facts<'_>) -> Option<Turn> {
    let round = facts.rules.touch.on.then_some(facts.rules.touch.every)?;
    let paced = pace::paced(
        facts,
        Track::Touch,
        RuleId::W2,
        round,
        last_contact(facts.touches)?,
    )?;
    moment::turn(facts, paced)
}

/// S2, I2.
fn quote(facts: &Facts<'_>) -> Option<Turn> {
    let round = facts.rules.quote.on.then_some(facts.rules.quote.every)?;
    let rule = match facts.place.market {
        Market::India => RuleId::I2,
        _ => RuleId::S2,
    };
    let paced = pace::paced(
        facts,
        Track::Quote,
        rule,
        round,
        last_contact(facts.touches)?,
    )?;
    moment::turn(facts, paced)
}

/// I3: counted from the last sample, or from the first contact where none went yet. Samples come
/// with the steady contacts, never on their heels (I4).
fn sample(facts: &Facts<'_>) -> Option<Turn> {
    let rules = facts.rules;
    let round = rules.sample.on.then_some(rules.sample.every)?;
    let rule = match facts.place.market {
        Market::India => RuleId::I3,
        _ => RuleId::S3,
    };
    let since = last_sample(facts.touches).or(facts.touches.first())?.at;
    let paced = pace::paced(facts, Track::Sample, rule, round, since)?;
    let contacts = if rules.quote.on {
        rules.quote
    } else {
        rules.touch
    };
    let contact = facts.place.date(last_contact(facts.touches)?);
    let spaced = contacts.every.min().after(contact)?;
    let on = paced.on.max(spaced);
    paced.turn(facts, on)
}

/// The last contact that the rhythm counts from. A greeting is one only where there is no other.
fn last_contact(touches: &[Touch]) -> Option<Instant> {
    touches
        .iter()
        .rev()
        .find(|touch| touch.kind != TouchKind::Greeting)
        .or(touches.last())
        .map(|touch| touch.at)
}

/// The last sample that went to the client.
pub(crate) fn last_sample(touches: &[Touch]) -> Option<&Touch> {
    touches
        .iter()
        .rev()
        .find(|touch| touch.by == Author::Seller && touch.kind == TouchKind::Sample)
}

/// [`open`], after a long quiet season of the client's (E2), and the last day of that season.
pub(crate) fn open_for_letter(
    facts: &Facts<'_>,
    at: Instant,
) -> Option<(Opening, Option<NaiveDate>)> {
    let slot = open(facts, at)?;
    match facts.place.quiet_until(slot.day) {
        Some(last) if facts.rules.quiet_seasons => {
            let back = facts.place.start_of(last.succ_opt()?);
            Some((open(facts, back)?.opening, Some(last)))
        }
        _ => Some((slot.opening, None)),
    }
}

/// The first stretch at or after an instant in which a letter keeps the guard's gap, finds the
/// client at work and the user's own company open.
pub(crate) fn open(facts: &Facts<'_>, at: Instant) -> Option<Slot> {
    let welcome = facts.guard.map_or(at, |guard| guard.welcome.max(at));
    let mut slot = facts.place.next_opening(facts.rules.hours, welcome)?;
    // Closings are few; each can put the opening off once.
    for _ in &facts.playbook.closings {
        let mut closings = facts.playbook.closings.iter();
        let Some(closing) = closings.find(|one| (one.from..=one.to).contains(&slot.day)) else {
            break;
        };
        let back = facts.place.start_of(closing.to.succ_opt()?);
        slot = facts.place.next_opening(facts.rules.hours, back)?;
    }
    Some(slot)
}
