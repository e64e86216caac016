//! Time zones by their IANA names: the only door to chrono-tz.
//!
//! chrono-tz carries an older IANA release than the newest. Where the two differ between 2015 and
//! 2040 the table `data/zone_amendments.tsv` answers in its place.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone,
};
use serde::{Deserialize, Serialize};

use super::Instant;

mod amendment;

use amendment::Amendment;

/// A time zone of the IANA database. As cheap to copy as a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    /// What chrono-tz says; UTC for a name that it lacks.
    stock: chrono_tz::Tz,
    /// The place in the table of amendments, for the few names that have one.
    amendment: Option<u8>,
}

/// The text is no name of the IANA time zone database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no IANA time zone")]
pub struct UnknownZone(pub String);

/// The client's zone. A type of its own, so that the two clocks of a plan are never mixed up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientZone(pub Zone);

/// The user's own zone: the one they sell from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SellerZone(pub Zone);

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone {
        stock: chrono_tz::Tz::UTC,
        amendment: None,
    };

    /// The IANA name, e.g. `Europe/Berlin`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.amendment()
            .map_or_else(|| self.stock.name(), |amendment| amendment.name)
    }

    /// The IANA release that all zones follow from 2015 to 2040, e.g. `2026f`.
    #[must_use]
    pub fn release() -> &'static str {
        amendment::release()
    }

    /// How far the zone's clocks are ahead of UTC at an instant.
    #[must_use]
    pub fn offset_at(self, at: Instant) -> FixedOffset {
        self.offset_at_utc(at.utc().naive_utc())
    }

    /// What the zone's clocks show at an instant.
    #[must_use]
    pub fn local(self, at: Instant) -> NaiveDateTime {
        let utc = at.utc().naive_utc();
        // An instant keeps a day's distance from the ends of the calendar, so this never fails.
        utc.checked_add_offset(self.offset_at_utc(utc))
            .unwrap_or(utc)
    }

    /// The first instant at which the zone's clocks show `local` or later: where they skip it
    /// (spring forward), the end of the gap; where they show it twice, the first of the two.
    #[must_use]
    pub fn first_at_or_after(self, local: NaiveDateTime) -> Instant {
        let utc = match self.offset_from_local_datetime(&local) {
            MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
                local.checked_sub_offset(offset.fixed)
            }
            MappedLocalTime::None => {
                let (from, to) = around(local);
                DateTime::from_timestamp(self.change_between(from, to), 0).map(|at| at.naive_utc())
            }
        };
        Instant::from_utc(utc.unwrap_or(local).and_utc())
    }

    /// The first instant after `after` at which the zone's clocks change; `None` where they do
    /// not before 2041.
    #[must_use]
    pub fn next_transition(self, after: Instant) -> Option<Instant> {
        /// 2041-01-01T00:00:00Z.
        const END: i64 = 2_240_611_200;
        /// Two changes are never so close that this many seconds step over both (a test holds).
        const STRIDE: i64 = 5 * 86_400;
        let mut from = after.ms().div_euclid(1000);
        let current = self.offset_at_second(from);
        while from < END {
            let to = (from + STRIDE).min(END);
            if self.offset_at_second(to) != current {
                return Instant::from_ms(self.change_between(from, to) * 1000).ok();
            }
            from = to;
        }
        None
    }

    /// The Unix second of the one change of the clocks after `from` and not after `to`.
    fn change_between(self, mut from: i64, mut to: i64) -> i64 {
        let before = self.offset_at_second(from);
        while to - from > 1 {
            let middle = from.midpoint(to);
            if self.offset_at_second(middle) == before {
                from = middle;
            } else {
                to = middle;
            }
        }
        to
    }

    fn amendment(self) -> Option<&'static Amendment> {
        amendment::all().get(usize::from(self.amendment?))
    }

    fn offset_at_utc(self, utc: NaiveDateTime) -> FixedOffset {
        self.amendment()
            .and_then(|amendment| amendment.offset_at(utc.and_utc().timestamp()))
            .unwrap_or_else(|| self.stock.offset_from_utc_datetime(&utc).fix())
    }

    fn offset_at_second(self, second: i64) -> FixedOffset {
        let utc = DateTime::from_timestamp(second, 0).unwrap_or_default();
        self.offset_at_utc(utc.naive_utc())
    }
}

/// The Unix seconds a day before and a day after a local time read as UTC. Whatever the zone, the
/// time is shown between the two (if it is), and the clocks change at most once.
fn around(local: NaiveDateTime) -> (i64, i64) {
    let second = local.and_utc().timestamp();
    (second - 86_400, second + 86_400)
}

/// How far a zone's clocks are ahead of UTC at some instant, and the zone that says so.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneOffset {
    zone: Zone,
    fixed: FixedOffset,
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.fixed, f)
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fixed, f)
    }
}

impl TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Zone {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        let (from, to) = around(*local);
        let (before, after) = (self.offset_at_second(from), self.offset_at_second(to));
        let with_zone = |fixed| ZoneOffset { zone: *self, fixed };
        if before == after {
            return MappedLocalTime::Single(with_zone(before));
        }
        // An offset fits where it leads to an instant that has this very offset.
        let fitting = |offset: FixedOffset| {
            local
                .checked_sub_offset(offset)
                .filter(|utc| self.offset_at_utc(*utc) == offset)
                .map(|_| with_zone(offset))
        };
        match (fitting(before), fitting(after)) {
            (Some(first), Some(second)) if first != second => {
                MappedLocalTime::Ambiguous(first, second)
            }
            (Some(only), _) | (None, Some(only)) => MappedLocalTime::Single(only),
            (None, None) => MappedLocalTime::None,
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        ZoneOffset {
            zone: *self,
            fixed: self.offset_at_utc(*utc),
        }
    }
}

impl From<DateTime<Zone>> for Instant {
    fn from(at: DateTime<Zone>) -> Instant {
        Instant::from_utc(at.to_utc())
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    /// Reads an IANA name, in the very spelling of the database.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let amendment = amendment::all()
            .iter()
            .position(|amendment| amendment.name == name)
            .and_then(|at| u8::try_from(at).ok());
        match name.parse() {
            Ok(stock) => Ok(Zone { stock, amendment }),
            Err(_) if amendment.is_some() => Ok(Zone {
                stock: chrono_tz::Tz::UTC,
                amendment,
            }),
            Err(_) => Err(UnknownZone(name.chars().take(64).collect())),
        }
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        name.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.name().to_owned()
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests;
