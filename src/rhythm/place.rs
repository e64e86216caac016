//! Where a client is, as far as a rhythm needs it: whose rhythm they follow, and when they work.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Weekday};

use crate::client::Client;
use crate::clock::{ClientZone, Instant, Zone};
use crate::market::{Market, Standing, region};

/// A client's market, zone and calendar.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) market: Market,
    /// Whether the article names the client's region or we put it there.
    pub(crate) standing: Standing,
    pub(crate) zone: ClientZone,
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
        let (from, to) = (
            NaiveTime::from_hms_opt(10, 0, 0)?,
            NaiveTime::from_hms_opt(15, 0, 0)?,
        );
        let today = self.date(after);
        (0..30).find_map(|ahead| {
            let day = today.checked_add_days(Days::new(ahead))?;
            let opening = Opening {
                opens: self.instant(day.and_time(from)).max(after),
                closes: self.instant(day.and_time(to)),
            };
            (self.works_on(day) && opening.opens < opening.closes).then_some(opening)
        })
    }

    /// Whether a letter is welcome on a day.
    pub(crate) fn works_on(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// The day that so many working days after another one is.
    pub(crate) fn working_days_after(&self, day: NaiveDate, count: u16) -> Option<NaiveDate> {
        day.iter_days()
            .skip(1)
            .take(400)
            .filter(|day| self.works_on(*day))
            .nth(usize::from(count).checked_sub(1)?)
    }

    /// The client's date at an instant.
    pub(crate) fn date(&self, at: Instant) -> NaiveDate {
        self.zone.0.local(at).date()
    }

    /// The instant at which the client's day begins.
    pub(crate) fn start_of(&self, day: NaiveDate) -> Instant {
        self.instant(day.and_time(NaiveTime::MIN))
    }

    /// The instant at which the client's clocks show a local time.
    pub(crate) fn instant(&self, local: NaiveDateTime) -> Instant {
        instant(self.zone.0, local)
    }
}

/// The instant at which a zone's clocks show a local time: the first of two, and where the clocks
/// skip it, what they would have shown without the skip.
fn instant(zone: Zone, local: NaiveDateTime) -> Instant {
    zone.from_local_datetime(&local).earliest().map_or_else(
        || {
            let as_utc = Instant::from_utc(local.and_utc());
            let before = zone.offset_at(as_utc.plus(TimeDelta::days(-1)));
            as_utc.plus(TimeDelta::seconds(-i64::from(before.local_minus_utc())))
        },
        Instant::from,
    )
}
