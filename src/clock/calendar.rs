//! A country's working days.

use std::ops::Range;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::desk;
use super::holiday::{Holiday, Holidays, YEARS};
use super::quiet::{self, Season};
use super::week::{Week, Weeks};
use super::workdays::Workdays;
use crate::country::Country;
use crate::subdivision::Subdivision;

/// What is known of a country's days, with the user's own corrections on top.
#[derive(Clone, Debug)]
pub struct Calendar {
    facts: &'static Facts,
    /// In the order of their dates, one for a date.
    corrections: Vec<Correction>,
}

/// What the tables know of one country.
#[derive(Debug)]
struct Facts {
    weeks: Weeks,
    holidays: Option<&'static Holidays>,
    quiet: &'static [&'static quiet::Row],
    desks: &'static [&'static desk::Row],
    /// Weeks and holidays together; worked out when first asked for.
    workdays: OnceLock<Workdays>,
}

/// One date of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Whether it belongs to the weekend.
    pub weekend: bool,
    /// Whether it is worked though it belongs to the weekend: it makes up for another day.
    #[serde(default)]
    pub make_up: bool,
    /// Whether it is worked, but by many only in part: a suggestion avoids it, nothing forbids it.
    pub half: bool,
    /// The public holiday, if it is one.
    pub holiday: Option<Holiday>,
}

/// What the user knows better about one date of a country.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The date.
    pub date: NaiveDate,
    /// What it is.
    pub kind: CorrectionKind,
}

/// What a date is, after the user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// A holiday of this name.
    Holiday(String),
    /// A working day like any other.
    Working,
}

impl Day {
    /// Whether offices are open: no public holiday, and no weekend unless it makes up for another day.
    #[must_use]
    pub fn is_working(&self) -> bool {
        (!self.weekend || self.make_up) && self.holiday.is_none()
    }
}

impl Calendar {
    /// The calendar of a country.
    #[must_use]
    pub fn of(country: Country) -> Calendar {
        static FACTS: OnceLock<Vec<Facts>> = OnceLock::new();
        let all = FACTS.get_or_init(|| Country::all().map(Facts::of).collect());
        all.get(country.place())
            .map_or_else(Calendar::usual, Calendar::new)
    }

    /// The calendar of a part of a country.
    #[must_use]
    pub fn of_part(part: Subdivision) -> Calendar {
        static FACTS: OnceLock<Vec<(Subdivision, Facts)>> = OnceLock::new();
        let facts = |one| (one, Facts::of_part(one));
        let all = FACTS.get_or_init(|| Subdivision::all().map(facts).collect());
        let known = all.binary_search_by_key(&part, |(one, _)| *one).ok();
        match known.and_then(|at| all.get(at)) {
            Some((_, facts)) => Calendar::new(facts),
            None => Calendar::of(part.country()),
        }
    }

    /// The calendar of most of the world, where no country is known: Saturday and Sunday are free.
    #[must_use]
    pub fn usual() -> Calendar {
        static FACTS: OnceLock<Facts> = OnceLock::new();
        Calendar::new(FACTS.get_or_init(Facts::usual))
    }

    fn new(facts: &'static Facts) -> Calendar {
        Calendar {
            facts,
            corrections: Vec::new(),
        }
    }

    /// This calendar with the user's corrections; of several for one date the last one holds.
    #[must_use]
    pub fn corrected(mut self, corrections: impl IntoIterator<Item = Correction>) -> Calendar {
        for correction in corrections {
            match self.place_of(correction.date) {
                Ok(at) => {
                    if let Some(earlier) = self.corrections.get_mut(at) {
                        *earlier = correction;
                    }
                }
                Err(at) => self.corrections.insert(at, correction),
            }
        }
        self
    }

    /// The working week that holds on a date.
    #[must_use]
    pub fn week(&self, date: NaiveDate) -> Week {
        self.facts.weeks.on(date)
    }

    /// What the calendar says about a date.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Day {
        let week = self.facts.weeks.on(date);
        let day = Day {
            weekend: week.is_weekend(date.weekday()),
            half: week.is_half(date.weekday()),
            make_up: self.facts.is_make_up(date),
            holiday: self.holiday(date),
        };
        match self.correction(date) {
            None => day,
            Some(CorrectionKind::Holiday(name)) => Day {
                holiday: Some(Holiday {
                    name: name.clone(),
                    about: false,
                }),
                ..day
            },
            Some(CorrectionKind::Working) => Day {
                weekend: false,
                half: false,
                make_up: false,
                holiday: None,
            },
        }
    }

    /// Whether offices are open on a date: as [`Day::is_working`], without the names.
    #[must_use]
    pub fn is_working(&self, date: NaiveDate) -> bool {
        match self.correction(date) {
            Some(kind) => *kind == CorrectionKind::Working,
            None => self.facts.is_working(date),
        }
    }

    /// Whether a letter is welcome on a date: a working day, and no half one.
    #[must_use]
    pub(crate) fn is_fully_working(&self, date: NaiveDate) -> bool {
        match self.correction(date) {
            Some(kind) => *kind == CorrectionKind::Working,
            None => self.facts.is_fully_working(date),
        }
    }

    /// The public holidays within some dates, each with its date, in order. Corrections are in it.
    pub fn holidays(&self, dates: Range<NaiveDate>) -> impl Iterator<Item = (NaiveDate, Holiday)> {
        std::iter::successors(Some(dates.start), NaiveDate::succ_opt)
            .take_while(move |date| *date < dates.end)
            .filter_map(|date| Some((date, self.day(date).holiday?)))
    }

    /// The public holidays of the table within some dates, in order, one for each name: what is
    /// quick to go through. Corrections are not in it.
    pub(crate) fn tabled(
        &self,
        dates: Range<NaiveDate>,
    ) -> impl Iterator<Item = (NaiveDate, &'static str)> + use<> {
        let entries = self
            .facts
            .holidays
            .map(Holidays::entries)
            .unwrap_or_default();
        let from = entries.partition_point(|entry| entry.date < dates.start);
        let rest = entries.get(from..).unwrap_or_default();
        rest.iter()
            .take_while(move |entry| entry.date < dates.end)
            .map(|entry| (entry.date, entry.name))
    }

    /// The quiet season that a date lies in, if any: the most telling one where it lies in two.
    #[must_use]
    pub fn season(&self, date: NaiveDate) -> Option<Season> {
        quiet::on(self.facts.quiet, date)
    }

    /// The last date whose holidays the table knows.
    #[must_use]
    pub fn good_until(&self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.facts.holidays?.until, 12, 31)
    }

    /// Whether it is known which holidays a date keeps: it lies in the years of the table, or the user
    /// said what it is. Of any other date the calendar knows the week alone.
    #[must_use]
    pub fn knows(&self, date: NaiveDate) -> bool {
        let until = self.facts.holidays.map(|holidays| holidays.until);
        until.is_some_and(|until| (*YEARS.start()..=until).contains(&date.year()))
            || self.correction(date).is_some()
    }

    /// The rows that tell when people are at their desks.
    pub(super) fn desks(&self) -> &'static [&'static desk::Row] {
        self.facts.desks
    }

    fn holiday(&self, date: NaiveDate) -> Option<Holiday> {
        let entries = self.facts.holidays?.on(date);
        let names: Vec<&str> = entries.iter().map(|entry| entry.name).collect();
        (!names.is_empty()).then(|| Holiday {
            name: names.join("; "),
            about: entries.iter().all(|entry| entry.about),
        })
    }

    fn correction(&self, date: NaiveDate) -> Option<&CorrectionKind> {
        let at = self.place_of(date).ok()?;
        self.corrections.get(at).map(|correction| &correction.kind)
    }

    fn place_of(&self, date: NaiveDate) -> Result<usize, usize> {
        self.corrections
            .binary_search_by_key(&date, |correction| correction.date)
    }
}

impl Facts {
    fn of(country: Country) -> Facts {
        Facts {
            weeks: Weeks::of(country),
            holidays: Holidays::of(country),
            quiet: quiet::of(country),
            desks: desk::of(country),
            workdays: OnceLock::new(),
        }
    }

    fn of_part(part: Subdivision) -> Facts {
        Facts {
            weeks: Weeks::of_part(part),
            holidays: Holidays::of_part(part),
            workdays: OnceLock::new(),
            ..Facts::of(part.country())
        }
    }

    fn is_make_up(&self, date: NaiveDate) -> bool {
        self.weeks.on(date).is_weekend(date.weekday()) && self.is_working(date)
    }

    fn usual() -> Facts {
        Facts {
            weeks: Weeks::usual(),
            holidays: None,
            quiet: &[],
            desks: &[],
            workdays: OnceLock::new(),
        }
    }

    fn workdays(&self) -> &Workdays {
        let work_out = || Workdays::of(self.weeks, self.holidays);
        self.workdays.get_or_init(work_out)
    }

    fn is_working(&self, date: NaiveDate) -> bool {
        let week = || self.weeks.on(date);
        // Where no holidays are known, the week alone counts.
        let known = self.workdays().is_worked(date);
        known.unwrap_or_else(|| !week().is_weekend(date.weekday()))
    }

    fn is_fully_working(&self, date: NaiveDate) -> bool {
        let half = || self.weeks.on(date).is_half(date.weekday());
        let known = self.workdays().is_full(date);
        known.unwrap_or_else(|| self.is_working(date) && !half())
    }
}

#[cfg(test)]
mod tests;
