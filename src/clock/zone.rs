//! Time zones by their IANA names, from 1970 on.
//!
//! The table is our own ([`table`]): chrono-tz weighs ten times as much in WebAssembly, and carries an
//! older IANA release than the newest. Tests hold every name to jiff, and to chrono-tz where that is
//! not out of date.

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset,
    TimeDelta, TimeZone,
};
use serde::{Deserialize, Serialize};

use super::Instant;

mod rule;
mod table;

/// A day's seconds.
const DAY_S: i64 = 86_400;
/// 1970-01-01, by chrono's numbers of days.
const UNIX_DAY: i32 = 719_163;
/// No offset at all.
const UTC_OFFSET: FixedOffset = match FixedOffset::east_opt(0) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// A time zone of the IANA database. As cheap to copy as a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    /// Its place among the names.
    name: u16,
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
    pub const UTC: Zone = Zone { name: u16::MAX };

    /// The IANA name, e.g. `Europe/Berlin`.
    #[must_use]
    pub fn name(self) -> &'static str {
        table::zones().name(self.name)
    }

    /// The IANA release that all zones follow, e.g. `2026f`.
    #[must_use]
    pub fn release() -> &'static str {
        table::zones().release
    }

    /// How far the zone's clocks are ahead of UTC at an instant.
    #[must_use]
    pub fn offset_at(self, at: Instant) -> FixedOffset {
        fixed(self.offset_s(at.ms().div_euclid(1000)))
    }

    /// What the zone's clocks show at an instant.
    #[must_use]
    pub fn local(self, at: Instant) -> NaiveDateTime {
        let offset = TimeDelta::seconds(self.offset_s(at.ms().div_euclid(1000)).into());
        let utc = at.utc().naive_utc();
        // An instant keeps a day's distance from the ends of the calendar, so this never fails.
        utc.checked_add_signed(offset).unwrap_or(utc)
    }

    /// The date that the zone's calendars show at an instant.
    #[must_use]
    pub fn date(self, at: Instant) -> NaiveDate {
        let second = at.ms().div_euclid(1000);
        let local = second + i64::from(self.offset_s(second));
        let day = i32::try_from(local.div_euclid(DAY_S)).ok();
        // See `local`.
        day.and_then(|day| NaiveDate::from_num_days_from_ce_opt(day + UNIX_DAY))
            .unwrap_or_default()
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

    /// The first instant of a date.
    #[must_use]
    pub fn start_of(self, date: NaiveDate) -> Instant {
        let [start] = self.first_on(date, [0]);
        start
    }

    /// [`Zone::first_at_or_after`] for times of day in minutes after a date's midnight.
    pub(super) fn first_on<const N: usize>(
        self,
        date: NaiveDate,
        minutes: [u16; N],
    ) -> [Instant; N] {
        let midnight = i64::from(date.num_days_from_ce() - UNIX_DAY) * DAY_S;
        let (offset, until) = self.offset_until(midnight - DAY_S);
        // Most days the clocks do not change. Whatever the zone, the date is over by then.
        let steady = until > midnight + 2 * DAY_S;
        minutes.map(|minute| {
            let local = midnight + i64::from(minute) * 60;
            let second = match steady {
                true => local - i64::from(offset),
                false => self.first_near_change(local),
            };
            Instant::at_second(second)
        })
    }

    /// The first second at which the zone's clocks show a time or a later one; the time is in seconds
    /// as UTC would count it.
    fn first_near_change(self, local: i64) -> i64 {
        let (before, after) = (self.offset_s(local - DAY_S), self.offset_s(local + DAY_S));
        let fits = |offset: i32| {
            let second = local - i64::from(offset);
            (self.offset_s(second) == offset).then_some(second)
        };
        // The first of the two where both fit: the one by the greater offset.
        let fitting = [fits(before.max(after)), fits(before.min(after))];
        let first = fitting.into_iter().flatten().min();
        first.unwrap_or_else(|| self.change_between(local - DAY_S, local + DAY_S))
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
        let current = self.offset_s(from);
        while from < END {
            let to = (from + STRIDE).min(END);
            if self.offset_s(to) != current {
                return Instant::from_ms(self.change_between(from, to) * 1000).ok();
            }
            from = to;
        }
        None
    }

    /// The Unix second of the one change of the clocks after `from` and not after `to`.
    fn change_between(self, mut from: i64, mut to: i64) -> i64 {
        let before = self.offset_s(from);
        while to - from > 1 {
            let middle = from.midpoint(to);
            if self.offset_s(middle) == before {
                from = middle;
            } else {
                to = middle;
            }
        }
        to
    }

    /// How many seconds the zone's clocks are ahead of UTC at a Unix second.
    fn offset_s(self, second: i64) -> i32 {
        self.offset_until(second).0
    }

    /// The same, and until which second that holds at least.
    fn offset_until(self, second: i64) -> (i32, i64) {
        // UTC itself needs no table.
        let clocks = table::zones().clocks(self.name);
        clocks.map_or((0, i64::MAX), |clocks| clocks.offset_at(second))
    }

    fn offset_at_utc(self, utc: NaiveDateTime) -> FixedOffset {
        fixed(self.offset_s(utc.and_utc().timestamp()))
    }
}

fn fixed(seconds: i32) -> FixedOffset {
    FixedOffset::east_opt(seconds).unwrap_or(UTC_OFFSET)
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
        let (before, after) = (fixed(self.offset_s(from)), fixed(self.offset_s(to)));
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
        let known = match name {
            "UTC" => Some(Zone::UTC),
            _ => table::zones().find(name).map(|name| Zone { name }),
        };
        known.ok_or_else(|| UnknownZone(name.chars().take(64).collect()))
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
