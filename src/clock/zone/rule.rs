//! The rule by which a zone's clocks change year after year, as POSIX has it.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::table::Reader;

use crate::order::Order;

/// Standard time, and summer time between two days of each year.
pub(super) struct Rule {
    standard: i32,
    summer: i32,
    begins: Day,
    ends: Day,
}

/// A weekday of a month, and a time of that day.
struct Day {
    month: u32,
    /// The first to the fourth of the month; five for the last.
    week: u8,
    /// Days from Sunday.
    weekday: u32,
    /// After midnight, by the clocks until then; it may be another day's.
    minutes: i64,
}

impl Rule {
    /// Reads both days.
    pub(super) fn read(standard: i32, summer: i32, reader: &mut Reader<'_>) -> Option<Rule> {
        Some(Rule {
            standard,
            summer,
            begins: Day::read(reader)?,
            ends: Day::read(reader)?,
        })
    }

    /// The two changes of a year, in order: the Unix second, and how far ahead the clocks are
    /// from then on.
    pub(super) fn changes(&self, year: i32) -> impl Iterator<Item = (i64, i32)> + use<> {
        let begins = self.begins.at(year, self.standard);
        let ends = self.ends.at(year, self.summer);
        let mut changes = [
            begins.map(|at| (at, self.summer)),
            ends.map(|at| (at, self.standard)),
        ];
        changes.order();
        changes.into_iter().flatten()
    }

    /// How many seconds the clocks are ahead of UTC at a Unix second.
    pub(super) fn offset_at(&self, second: i64) -> i32 {
        let year = chrono::DateTime::from_timestamp(second, 0).map_or(1970, |at| at.year());
        (year - 1..=year + 1)
            .flat_map(|year| self.changes(year))
            .take_while(|(at, _)| *at <= second)
            .last()
            .map_or(self.standard, |(_, offset)| offset)
    }
}

impl Day {
    fn read(reader: &mut Reader<'_>) -> Option<Day> {
        Some(Day {
            month: u32::try_from(reader.number()?).ok()?,
            week: u8::try_from(reader.number()?).ok()?,
            weekday: u32::try_from(reader.number()?).ok()?,
            minutes: reader.signed()?,
        })
    }

    /// The Unix second of it in a year, by clocks that are ahead by so many seconds until then.
    fn at(&self, year: i32, offset: i32) -> Option<i64> {
        let first = NaiveDate::from_ymd_opt(year, self.month, 1)?;
        let days = (7 + self.weekday - first.weekday().num_days_from_sunday()) % 7;
        let mut day = first + TimeDelta::days(i64::from(days) + i64::from(self.week - 1) * 7);
        if day.month() != self.month {
            day -= TimeDelta::days(7);
        }
        let midnight = i64::from(day.num_days_from_ce() - UNIX_DAY) * 86_400;
        Some(midnight + self.minutes * 60 - i64::from(offset))
    }
}

/// 1970-01-01, by chrono's numbers of days.
const UNIX_DAY: i32 = 719_163;
