//! Which days a country works, one bit a day: what planning asks most often.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use super::holiday::{Holidays, YEARS};
use super::week::Weeks;

/// The working days of one country in the years that the holidays cover.
#[derive(Debug)]
pub(super) struct Workdays {
    /// The first day and the one after the last, by chrono's numbers.
    days: Range<i32>,
    worked: Days,
    /// The days that are worked, but for half ones.
    full: Days,
}

/// One bit for each day.
#[derive(Debug)]
struct Days(Vec<u64>);

impl Workdays {
    /// All days but weekends, unless they make up for others, and public holidays.
    pub(super) fn of(weeks: Weeks, holidays: Option<&Holidays>) -> Workdays {
        let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        let (start, end) = (new_year(*YEARS.start()), new_year(YEARS.end() + 1));
        let (first, count) = (start.num_days_from_ce(), (end - start).num_days());
        let none = || Days(vec![0; count.unsigned_abs() as usize / 64 + 1]);
        let (mut worked, mut full) = (none(), none());
        let dates = || start.iter_days().take_while(|date| *date < end);
        let place = |date: NaiveDate| usize::try_from(date.num_days_from_ce() - first).ok();
        for (day, date) in dates().enumerate() {
            worked.set(day, !weeks.on(date).is_weekend(date.weekday()));
        }
        let make_up = holidays.into_iter().flat_map(Holidays::make_up_days);
        for day in make_up.filter_map(place) {
            worked.set(day, true);
        }
        let entries = holidays.map(Holidays::entries).unwrap_or_default();
        for day in entries.iter().filter_map(|entry| place(entry.date)) {
            worked.set(day, false);
        }
        for (day, date) in dates().enumerate() {
            full.set(
                day,
                worked.get(day) && !weeks.on(date).is_half(date.weekday()),
            );
        }
        let days = first..end.num_days_from_ce();
        Workdays { days, worked, full }
    }

    /// Whether a date is worked; `None` outside the years.
    pub(super) fn is_worked(&self, date: NaiveDate) -> Option<bool> {
        self.place(date).map(|day| self.worked.get(day))
    }

    /// Whether a date is worked, and not only in part; `None` outside the years.
    pub(super) fn is_full(&self, date: NaiveDate) -> Option<bool> {
        self.place(date).map(|day| self.full.get(day))
    }

    fn place(&self, date: NaiveDate) -> Option<usize> {
        let number = date.num_days_from_ce();
        self.days.contains(&number).then_some(())?;
        usize::try_from(number - self.days.start).ok()
    }
}

impl Days {
    fn get(&self, day: usize) -> bool {
        let word = self.0.get(day / 64);
        word.is_some_and(|word| word & 1 << (day % 64) != 0)
    }

    fn set(&mut self, day: usize, on: bool) {
        let bit = 1 << (day % 64);
        if let Some(word) = self.0.get_mut(day / 64) {
            *word = if on { *word | bit } else { *word & !bit };
        }
    }
}
