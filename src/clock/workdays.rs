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
    bits: Vec<u64>,
}

impl Workdays {
    /// All days but weekends, unless they make up for others, and public holidays.
    pub(super) fn of(weeks: Weeks, holidays: Option<&Holidays>) -> Workdays {
        let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default();
        let (start, end) = (new_year(*YEARS.start()), new_year(YEARS.end() + 1));
        let mut workdays = Workdays {
            days: start.num_days_from_ce()..end.num_days_from_ce(),
            bits: vec![0; (end - start).num_days().unsigned_abs() as usize / 64 + 1],
        };
        for date in start.iter_days().take_while(|date| *date < end) {
            workdays.set(date, !weeks.on(date).is_weekend(date.weekday()));
        }
        for date in holidays.into_iter().flat_map(Holidays::make_up_days) {
            workdays.set(date, true);
        }
        for holiday in holidays.map(Holidays::entries).unwrap_or_default() {
            workdays.set(holiday.date, false);
        }
        workdays
    }

    /// Whether a date is worked; `None` outside the years.
    pub(super) fn get(&self, date: NaiveDate) -> Option<bool> {
        let (word, bit) = self.place(date)?;
        self.bits.get(word).map(|word| word & bit != 0)
    }

    fn set(&mut self, date: NaiveDate, worked: bool) {
        let place = self.place(date);
        if let Some((word, bit)) = place.and_then(|(at, bit)| Some((self.bits.get_mut(at)?, bit))) {
            *word = if worked { *word | bit } else { *word & !bit };
        }
    }

    /// The word that holds a date's bit, and the bit.
    fn place(&self, date: NaiveDate) -> Option<(usize, u64)> {
        let number = date.num_days_from_ce();
        self.days.contains(&number).then_some(())?;
        let day = usize::try_from(number - self.days.start).ok()?;
        Some((day / 64, 1 << (day % 64)))
    }
}
