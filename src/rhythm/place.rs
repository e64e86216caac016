//! Where a client is, as far as a rhythm needs it: whose rhythm they follow, and when they work.

use chrono::{NaiveDate, NaiveDateTime};

use crate::client::Client;
use crate::clock::{Calendar, ClientZone, Hours, Instant, Opening, Pace};
use crate::country::Country;
use crate::market::{Market, Standing, region};
use crate::playbook::Playbook;

/// From so many days on a season is long: over a shorter one the next window is soon enough.
const LONG_SEASON: i64 = 14;

/// A client's market, zone and calendar.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) market: Market,
    /// Whether the article names the client's region or we put it there.
    pub(crate) standing: Standing,
    pub(crate) zone: ClientZone,
    pub(super) country: Option<Country>,
    pub(super) calendar: Calendar,
}

/// An opening and the day it is on.
pub(crate) struct Slot {
    pub(crate) opening: Opening,
    pub(crate) day: NaiveDate,
}

impl Place {
    /// Where a client is and whose rhythm they follow; `None` where either is unknown.
    pub(crate) fn of(client: &Client, playbook: &Playbook) -> Option<Place> {
        Place::in_market(client, Place::market(client), playbook)
    }

    /// The same, once it is known whose rhythm they follow.
    pub(crate) fn in_market(
        client: &Client,
        market: Option<(Market, Standing)>,
        playbook: &Playbook,
    ) -> Option<Place> {
        let ((market, standing), zone) = market.zip(client.zone)?;
        Some(Place {
            market,
            standing,
            zone,
            country: client.country,
            calendar: playbook.calendar(client.country, client.region),
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

    /// The first stretch of these hours at or after an instant on a day on which a letter is
    /// welcome.
    pub(crate) fn next_opening(&self, hours: Hours, after: Instant) -> Option<Slot> {
        let (day, opening) = self.calendar.next_welcome(self.zone.0, hours, after)?;
        Some(Slot { opening, day })
    }

    /// The stretch of these hours at or after an instant in which they are most likely to read.
    pub(crate) fn best_opening(&self, hours: Hours, after: Instant) -> Option<Opening> {
        self.calendar.best_opening(self.zone.0, hours, after)
    }

    /// The last day of the long quiet season that a day lies in.
    pub(crate) fn quiet_until(&self, day: NaiveDate) -> Option<NaiveDate> {
        let season = self.calendar.season(day)?;
        let days = (season.to - season.from).num_days() + 1;
        (season.pace == Pace::Away && days >= LONG_SEASON).then_some(season.to)
    }

    /// The day that so many working days after another one is.
    pub(crate) fn working_days_after(&self, day: NaiveDate, count: u16) -> Option<NaiveDate> {
        day.iter_days()
            .skip(1)
            .take(400)
            .filter(|day| self.calendar.is_working(*day))
            .nth(usize::from(count).checked_sub(1)?)
    }

    /// The client's date at an instant.
    pub(crate) fn date(&self, at: Instant) -> NaiveDate {
        self.zone.0.date(at)
    }

    /// The instant at which the client's day begins.
    pub(crate) fn start_of(&self, day: NaiveDate) -> Instant {
        self.zone.0.start_of(day)
    }

    /// The first instant at which the client's clocks show a local time or a later one.
    pub(crate) fn instant(&self, local: NaiveDateTime) -> Instant {
        self.zone.0.first_at_or_after(local)
    }
}
