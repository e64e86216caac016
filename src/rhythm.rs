//! Tracks and intervals: which track has the next turn with a client, and when.

use chrono::{NaiveDateTime, TimeDelta, TimeZone};
use serde::{Deserialize, Serialize};

use crate::client::Client;
use crate::clock::{ClientZone, Instant, Zone};
use crate::guard::Guard;
use crate::history::{Author, Touch, TouchKind};
use crate::market::{Market, Standing, region};
use crate::playbook::{Round, RuleId, Rules, Span};

/// What a client is followed up with. Several run side by side; the earliest has the turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Track {
    /// Something of value (W2).
    Touch,
    /// The quotation (S2, I2).
    Quote,
    /// Samples (S3, I3).
    Sample,
}

/// Where a client is, as far as a rhythm needs it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) market: Market,
    pub(crate) standing: Standing,
    pub(crate) zone: ClientZone,
}

/// How an interval came about: what the strip says as “monthly, lengthened to 38 days”.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pace {
    /// The track that has the turn.
    pub track: Track,
    /// The rule that the interval is from.
    pub rule: RuleId,
    /// Whether the article says so for this client's region or we do.
    pub standing: Standing,
    /// The interval by default.
    pub usual: Span,
    /// The days that the interval has by default, counted from the last contact.
    pub usual_days: u32,
    /// The days that it has now.
    pub days: u32,
}

/// A track's next turn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    pub(crate) opening: Opening,
    pub(crate) pace: Pace,
}

/// A stretch of time fit for a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) opens: Instant,
    /// Exclusive.
    pub(crate) closes: Instant,
}

impl Place {
    /// Where a client is and whose rhythm they follow; `None` where either is unknown.
    pub(crate) fn of(client: &Client) -> Option<Place> {
        let (market, standing) = Place::market(client)?;
        let zone = client.zone?;
        Some(Place {
            market,
            standing,
            zone,
        })
    }

    /// The market whose rhythm a client follows, and whether the article says so.
    pub(crate) fn market(client: &Client) -> Option<(Market, Standing)> {
        let region = client.country.and_then(region);
        match (client.market, region) {
            (Some(chosen), Some(region)) if chosen == region.market => {
                Some((chosen, region.standing))
            }
            (Some(chosen), _) => Some((chosen, Standing::Extension)),
            (None, region) => region.map(|region| (region.market, region.standing)),
        }
    }

    /// The first stretch at or after an instant in which a letter is welcome.
    pub(crate) fn next_opening(&self, after: Instant) -> Option<Opening> {
        use chrono::{Datelike, Days, NaiveTime, Weekday};
        let zone = self.zone.0;
        let (from, to) = (
            NaiveTime::from_hms_opt(10, 0, 0)?,
            NaiveTime::from_hms_opt(15, 0, 0)?,
        );
        let today = zone.local(after).date();
        (0..30).find_map(|ahead| {
            let day = today.checked_add_days(Days::new(ahead))?;
            let works = !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
            let opening = Opening {
                opens: instant(zone, day.and_time(from)).max(after),
                closes: instant(zone, day.and_time(to)),
            };
            (works && opening.opens < opening.closes).then_some(opening)
        })
    }
}

/// The instant at which a zone's clocks show a local time: the first of two, and where the clocks
/// skip it, what they would have shown without the skip.
pub(crate) fn instant(zone: Zone, local: NaiveDateTime) -> Instant {
    zone.from_local_datetime(&local).earliest().map_or_else(
        || {
            let as_utc = Instant::from_utc(local.and_utc());
            let before = zone.offset_at(as_utc.plus(TimeDelta::days(-1)));
            as_utc.plus(TimeDelta::seconds(-i64::from(before.local_minus_utc())))
        },
        Instant::from,
    )
}

/// The next turn of all tracks; `None` where there was no contact or no track runs.
pub(crate) fn next_turn(
    place: &Place,
    rules: &Rules,
    touches: &[Touch],
    guard: Option<Guard>,
) -> Option<Turn> {
    let contact = touches
        .iter()
        .rev()
        .find(|touch| touch.kind != TouchKind::Greeting)
        .or(touches.last())?;
    let sampled = touches
        .iter()
        .rev()
        .find(|touch| touch.by == Author::Seller && touch.kind == TouchKind::Sample);
    let sampled_at = sampled.or(touches.first())?.at;
    // India's samples come with the steady contacts, never on their heels (I4).
    let spaced = after(place, contact.at, rules.quote.every.min()).map(|(at, _)| at);
    let welcome = guard.map_or(Instant::EARLIEST, |guard| guard.welcome);
    let quote_rule = match place.market {
        Market::India => RuleId::I2,
        _ => RuleId::S2,
    };
    let sample_rule = match place.market {
        Market::India => RuleId::I3,
        _ => RuleId::S3,
    };
    [
        round(
            place,
            rules.touch,
            Track::Touch,
            RuleId::W2,
            contact.at,
            None,
        ),
        round(
            place,
            rules.quote,
            Track::Quote,
            quote_rule,
            contact.at,
            None,
        ),
        round(
            place,
            rules.sample,
            Track::Sample,
            sample_rule,
            sampled_at,
            spaced,
        ),
    ]
    .into_iter()
    .flatten()
    .min_by_key(|(at, _)| *at)
    .and_then(|(at, pace)| {
        let opening = place.next_opening(at.max(welcome))?;
        Some(Turn { opening, pace })
    })
}

/// When a track that comes round has its turn, and why then.
fn round(
    place: &Place,
    round: Round,
    track: Track,
    rule: RuleId,
    since: Instant,
    earliest: Option<Instant>,
) -> Option<(Instant, Pace)> {
    if !round.on {
        return None;
    }
    let usual = round.every.default();
    let (at, days) = after(place, since, usual)?;
    let pace = Pace {
        track,
        rule,
        standing: place.standing,
        usual,
        usual_days: days,
        days,
    };
    Some((earliest.map_or(at, |earliest| at.max(earliest)), pace))
}

/// The instant one span after another on the client's calendar, and how many days that is there.
fn after(place: &Place, since: Instant, span: Span) -> Option<(Instant, u32)> {
    let zone = place.zone.0;
    let from = zone.local(since);
    let to = span.after(from)?;
    let days = (to.date() - from.date()).num_days();
    Some((instant(zone, to), u32::try_from(days).ok()?))
}
