//! A point in time, the same everywhere.

use std::fmt;

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Serialize};

use super::iso;

/// One day of exactly 24 hours, in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// A point in time: Unix milliseconds, within the years 1970 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Instant(i64);

/// The number of milliseconds lies outside the years 1970 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} ms is no time between 1970 and 9999")]
pub struct OutOfTime(pub i64);

impl Instant {
    /// 1970-01-01T00:00:00Z.
    pub const EARLIEST: Instant = Instant(0);
    /// 9999-12-30T00:00:00Z, a day short of the end so that every zone can still show it.
    pub const LATEST: Instant = Instant(253_402_128_000_000);

    /// The instant at `ms` Unix milliseconds.
    ///
    /// # Errors
    /// [`OutOfTime`] outside the years 1970 to 9999.
    pub fn from_ms(ms: i64) -> Result<Instant, OutOfTime> {
        let at = Instant(ms);
        if (Instant::EARLIEST..=Instant::LATEST).contains(&at) {
            Ok(at)
        } else {
            Err(OutOfTime(ms))
        }
    }

    /// The instant of a chrono date and time, moved to the nearest end where it lies outside.
    #[must_use]
    pub fn from_utc(at: DateTime<Utc>) -> Instant {
        Instant(at.timestamp_millis()).clamp(Instant::EARLIEST, Instant::LATEST)
    }

    /// The instant at a Unix second, moved to the nearest end where it lies outside.
    pub(super) fn at_second(second: i64) -> Instant {
        let last = Instant::LATEST.0 / 1000;
        Instant(second.clamp(0, last) * 1000)
    }

    /// Unix milliseconds.
    #[must_use]
    pub fn ms(self) -> i64 {
        self.0
    }

    /// The same instant for chrono.
    #[must_use]
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// The instant `span` later (or earlier), kept within the years 1970 to 9999.
    #[must_use]
    pub fn plus(self, span: TimeDelta) -> Instant {
        Instant(self.0.saturating_add(span.num_milliseconds()))
            .clamp(Instant::EARLIEST, Instant::LATEST)
    }

    /// Time passed from `earlier` to this instant; negative where `earlier` is the later one.
    #[must_use]
    pub fn since(self, earlier: Instant) -> TimeDelta {
        TimeDelta::milliseconds(self.0 - earlier.0)
    }

    /// Whole periods of 24 hours passed since `earlier`; zero where it lies ahead.
    #[must_use]
    pub fn whole_days_since(self, earlier: Instant) -> u32 {
        u32::try_from((self.0 - earlier.0).max(0) / DAY_MS).unwrap_or(u32::MAX)
    }
}

impl TryFrom<i64> for Instant {
    type Error = OutOfTime;
    fn try_from(ms: i64) -> Result<Self, Self::Error> {
        Instant::from_ms(ms)
    }
}

impl From<Instant> for i64 {
    fn from(at: Instant) -> i64 {
        at.0
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.utc().naive_utc();
        let (second, ms) = (at.second(), self.0.rem_euclid(1000));
        write!(f, "{}:{second:02}.{ms:03}Z", iso::minute(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_instants_that_a_calendar_can_show_exist() {
        assert!(Instant::from_ms(-1).is_err());
        assert!(Instant::from_ms(i64::MAX).is_err());
        assert_eq!(format!("{:?}", Instant::LATEST), "9999-12-30T00:00:00.000Z");
        assert_eq!(Instant::LATEST.plus(TimeDelta::days(9)), Instant::LATEST);
    }

    #[test]
    fn whole_days_round_down_and_never_run_backwards() {
        let at = |ms| Instant::from_ms(ms).unwrap();
        assert_eq!(at(DAY_MS - 1).whole_days_since(at(0)), 0);
        assert_eq!(at(DAY_MS).whole_days_since(at(0)), 1);
        assert_eq!(at(0).whole_days_since(at(DAY_MS)), 0);
    }
}
