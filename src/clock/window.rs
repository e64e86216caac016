//! The hours fit for a letter, and when they are next open.

use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

use super::{Calendar, Instant, Zone};

/// How many days ahead an opening is looked for before giving up. No calendar rests that long.
const HORIZON_DAYS: u16 = 400;

/// A time of day on the client's own clock, to the minute: `00:00` to `24:00`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

/// Hours of the client's day, on their own clock: from `from` until just before `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Ends", into = "Ends")]
pub struct Hours {
    from: TimeOfDay,
    to: TimeOfDay,
}

/// A stretch of time in which a letter may go out: from `opens` until just before `closes`, and
/// never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Opening {
    /// The first instant inside.
    pub opens: Instant,
    /// The first instant that is no longer inside.
    pub closes: Instant,
}

/// The text or the pair of times is no hours of a day.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadHours {
    /// Not `00:00` to `24:00`.
    #[error("“{0}” is no time of day such as 10:00")]
    NoTime(String),
    /// The end is not after the beginning.
    #[error("hours must end after they begin, and {from} to {to} do not")]
    Reversed {
        /// The beginning.
        from: TimeOfDay,
        /// The end.
        to: TimeOfDay,
    },
}

impl TimeOfDay {
    /// The time `hour:minute`; `None` past 24:00.
    #[must_use]
    pub const fn new(hour: u16, minute: u16) -> Option<TimeOfDay> {
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            return None;
        }
        Some(TimeOfDay(hour * 60 + minute))
    }

    /// Minutes since midnight: 0 to 1440.
    #[must_use]
    pub fn minutes(self) -> u32 {
        self.0.into()
    }
}

impl Hours {
    /// 10:00 to 15:00: rule W3.
    pub const W3: Hours = Hours {
        from: TimeOfDay(10 * 60),
        to: TimeOfDay(15 * 60),
    };

    /// 10:00 to 12:00: when a letter is read best.
    pub(super) const BEST: Hours = Hours {
        from: TimeOfDay(10 * 60),
        to: TimeOfDay(12 * 60),
    };

    /// The hours between two times of one day.
    ///
    /// # Errors
    /// [`BadHours::Reversed`] unless `from` lies before `to`.
    pub fn new(from: TimeOfDay, to: TimeOfDay) -> Result<Hours, BadHours> {
        if from < to {
            Ok(Hours { from, to })
        } else {
            Err(BadHours::Reversed { from, to })
        }
    }

    /// When they begin.
    #[must_use]
    pub fn from(self) -> TimeOfDay {
        self.from
    }

    /// When they end, exclusive.
    #[must_use]
    pub fn to(self) -> TimeOfDay {
        self.to
    }

    /// Whether a time of day on the client's clock lies within them.
    #[must_use]
    pub fn contain(self, time: NaiveTime) -> bool {
        let minute = time.num_seconds_from_midnight() / 60;
        (u32::from(self.from.0)..u32::from(self.to.0)).contains(&minute)
    }

    /// What two stretches of hours have in common; `None` where that is nothing.
    pub(super) fn overlap(self, other: Hours) -> Option<Hours> {
        Hours::new(self.from.max(other.from), self.to.min(other.to)).ok()
    }

    /// The stretch of time these hours are on a date in a zone. Where the clocks skip the
    /// beginning, it opens when they have jumped; where they show an end twice, the first time
    /// counts. `None` where they skip all of it.
    pub(super) fn on(self, date: NaiveDate, zone: Zone) -> Option<Opening> {
        let [opens, closes] = zone.first_on(date, [self.from.0, self.to.0]);
        (opens < closes).then_some(Opening { opens, closes })
    }
}

impl Calendar {
    /// The first opening of these hours at or after an instant, on a working day of this
    /// calendar. Where `after` already lies inside, it opens at `after`. `None` where there is
    /// none within 400 days.
    #[must_use]
    pub fn next_opening(&self, zone: Zone, hours: Hours, after: Instant) -> Option<Opening> {
        let is_fit = |date| self.is_working(date);
        first_opening(zone, hours, after, is_fit).map(|(_, opening)| opening)
    }

    /// The same on a day on which a letter is welcome, with its date: no half one.
    pub(crate) fn next_welcome(
        &self,
        zone: Zone,
        hours: Hours,
        after: Instant,
    ) -> Option<(NaiveDate, Opening)> {
        first_opening(zone, hours, after, |date| self.is_fully_working(date))
    }
}

/// The first opening at or after an instant on a date that is fit for it.
fn first_opening(
    zone: Zone,
    hours: Hours,
    after: Instant,
    is_fit: impl Fn(NaiveDate) -> bool,
) -> Option<(NaiveDate, Opening)> {
    let mut date = zone.date(after);
    for _ in 0..HORIZON_DAYS {
        if is_fit(date)
            && let Some(Opening { opens, closes }) = hours.on(date, zone)
            && after < closes
        {
            let opens = opens.max(after);
            return Some((date, Opening { opens, closes }));
        }
        date = date.succ_opt()?;
    }
    None
}

/// Hours as they are written down.
#[derive(Serialize, Deserialize)]
struct Ends {
    from: TimeOfDay,
    to: TimeOfDay,
}

impl TryFrom<Ends> for Hours {
    type Error = BadHours;
    fn try_from(ends: Ends) -> Result<Self, Self::Error> {
        Hours::new(ends.from, ends.to)
    }
}

impl From<Hours> for Ends {
    fn from(Hours { from, to }: Hours) -> Ends {
        Ends { from, to }
    }
}

impl FromStr for TimeOfDay {
    type Err = BadHours;

    /// Reads `9:05`, `10:00` or, as an end, `24:00`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |part: &str| match part.len() {
            1 | 2 if part.bytes().all(|b| b.is_ascii_digit()) => part.parse().ok(),
            _ => None,
        };
        text.split_once(':')
            .filter(|(_, minute)| minute.len() == 2)
            .and_then(|(hour, minute)| TimeOfDay::new(digits(hour)?, digits(minute)?))
            .ok_or_else(|| BadHours::NoTime(text.chars().take(16).collect()))
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = BadHours;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> String {
        time.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Debug for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests;
