//! When people are at their desks, country by country: `data/hours.tsv`. For advice alone.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, WeekdaySet};

use super::rule::weekday_set;
use super::table::{self, ByCountry};
use super::{Calendar, Hours, Instant, Opening, Zone};
use crate::country::Country;

/// How many days ahead a day fit for advice is looked for.
const HORIZON_DAYS: usize = 60;

/// Why a stretch is the best of its day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BestBecause {
    /// Letters are read best between 10:00 and 12:00.
    Morning,
    /// It keeps clear of their lunch.
    Lunch,
    /// That weekday is short there, such as a Friday with its prayer.
    ShortDay,
    /// Their days are short in this season, by its key in the table.
    Season(&'static str),
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Row {
    countries: &'static str,
    on: On,
    desk: Vec<Hours>,
}

/// The days that a row is about.
#[derive(Debug)]
enum On {
    AnyDay,
    Weekdays(WeekdaySet),
    Season(&'static str),
}

impl Calendar {
    /// The best stretch of these hours for a letter at or after an instant: on a day worked in
    /// full, outside lunch and short Fridays, between 10:00 and 12:00 if there still is time for
    /// it on that day. It always lies within what [`Calendar::next_opening`] allows, and is that
    /// where nothing better is known.
    #[must_use]
    pub fn best_opening(&self, zone: Zone, hours: Hours, after: Instant) -> Option<Opening> {
        zone.local(after)
            .date()
            .iter_days()
            .take(HORIZON_DAYS)
            .filter(|date| self.is_fully_working(*date))
            .find_map(|date| self.best_on(date, zone, hours, after))
            .or_else(|| self.next_opening(zone, hours, after))
    }

    /// Why a stretch that [`Calendar::best_opening`] gave is the best one on its day.
    pub fn best_because(
        &self,
        zone: Zone,
        best: Opening,
    ) -> impl Iterator<Item = BestBecause> + use<> {
        let date = zone.local(best.opens).date();
        let within = |hours: Hours| {
            hours
                .on(date, zone)
                .is_some_and(|all| all.opens <= best.opens && best.closes <= all.closes)
        };
        let before_noon = within(Hours::BEST);
        let morning = before_noon.then_some(BestBecause::Morning);
        let desk = self.desk(date).and_then(|row| match row.on {
            On::Season(key) => Some(BestBecause::Season(key)),
            On::Weekdays(_) => Some(BestBecause::ShortDay),
            // A day in one part has no break to keep clear of, and before noon nobody is at lunch.
            On::AnyDay => row
                .desk
                .get(1)
                .filter(|_| !before_noon)
                .map(|_| BestBecause::Lunch),
        });
        morning.into_iter().chain(desk)
    }

    /// The best stretch on one date, if any is left after an instant.
    fn best_on(
        &self,
        date: NaiveDate,
        zone: Zone,
        hours: Hours,
        after: Instant,
    ) -> Option<Opening> {
        let desk: Vec<Hours> = match self.desk(date) {
            Some(row) => row
                .desk
                .iter()
                .filter_map(|part| part.overlap(hours))
                .collect(),
            None => vec![hours],
        };
        let best = desk.iter().filter_map(|part| part.overlap(Hours::BEST));
        best.chain(desk.iter().copied())
            .filter_map(|part| part.on(date, zone))
            .find(|opening| after < opening.closes)
            .map(|opening| Opening {
                opens: opening.opens.max(after),
                ..opening
            })
    }

    /// The row that tells of a date.
    fn desk(&self, date: NaiveDate) -> Option<&'static Row> {
        self.desks().iter().copied().find(|row| match row.on {
            On::AnyDay => true,
            On::Weekdays(days) => days.contains(date.weekday()),
            On::Season(key) => self.season(date).is_some_and(|season| season.key == key),
        })
    }
}

/// The rows about a country, the most telling first.
pub(super) fn of(country: Country) -> &'static [&'static Row] {
    static BY_COUNTRY: OnceLock<ByCountry<Row>> = OnceLock::new();
    BY_COUNTRY
        .get_or_init(|| ByCountry::new(table().iter().map(|row| (row.countries, row))))
        .of(country)
}

fn table() -> &'static [Row] {
    static TABLE: OnceLock<Vec<Row>> = OnceLock::new();
    TABLE.get_or_init(|| {
        table::rows(include_str!("../../data/hours.tsv"))
            .filter_map(read_row)
            .collect()
    })
}

fn read_row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let countries = cells.next()?;
    let on = match cells.next()? {
        "*" => On::AnyDay,
        names => weekday_set(names).map_or(On::Season(names), On::Weekdays),
    };
    let desk: Option<Vec<Hours>> = cells.next()?.split(' ').map(read_hours).collect();
    Some(Row {
        countries,
        on,
        desk: desk?,
    })
}

fn read_hours(text: &str) -> Option<Hours> {
    let (from, to) = text.split_once('-')?;
    Hours::new(from.parse().ok()?, to.parse().ok()?).ok()
}

#[cfg(test)]
mod tests;
