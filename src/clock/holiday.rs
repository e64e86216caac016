//! Public holidays: `data/holidays.tsv`.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rule::{Feasts, Rule};
use crate::country::Country;

/// The years that the table covers.
pub(super) const YEARS: RangeInclusive<i32> = 2015..=2037;

/// A public holiday.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holiday {
    /// Its English name; where several fall on one date, all of them, with `; ` between.
    pub name: String,
    /// Whether its date is an estimate, right to a day or two: the moon has yet to be seen.
    pub about: bool,
}

/// One holiday on one date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) date: NaiveDate,
    pub(super) name: &'static str,
    pub(super) about: bool,
}

/// The public holidays of one country.
#[derive(Debug)]
pub(super) struct Holidays {
    country: &'static str,
    /// The last year that the source knows.
    pub(super) until: i32,
    rows: &'static str,
    /// All of them, in order; worked out when first asked for.
    entries: OnceLock<Vec<Entry>>,
}

/// The whole table.
struct Table {
    feasts: Feasts,
    /// In the order of the countries' codes.
    countries: Vec<Holidays>,
}

impl Holidays {
    /// The holidays of a country. Every [`Country`] has a section; a test holds that.
    pub(super) fn of(country: Country) -> Option<&'static Holidays> {
        let countries = &table().countries;
        let at = countries.binary_search_by_key(&country.code(), |one| one.country);
        countries.get(at.ok()?)
    }

    /// The holidays that fall on a date.
    pub(super) fn on(&self, date: NaiveDate) -> &[Entry] {
        let entries = self.entries();
        let from = entries.partition_point(|entry| entry.date < date);
        let rest = entries.get(from..).unwrap_or_default();
        let same = rest.iter().take_while(|entry| entry.date == date).count();
        rest.get(..same).unwrap_or_default()
    }

    /// All of them, in order.
    pub(super) fn entries(&self) -> &[Entry] {
        self.entries.get_or_init(|| {
            let mut entries: Vec<Entry> = self.rows.lines().flat_map(read_row).collect();
            entries.sort_unstable();
            entries.dedup();
            entries
        })
    }
}

/// The feasts that holidays and seasons hang on.
pub(super) fn feasts() -> &'static Feasts {
    &table().feasts
}

/// A row of a country's section: a name, marked `~` where estimated, and rules.
fn read_row(row: &'static str) -> impl Iterator<Item = Entry> {
    let (name, rules) = row.split_once('\t').unwrap_or((row, ""));
    let (about, name) = match name.strip_prefix('~') {
        Some(name) => (true, name),
        None => (false, name),
    };
    rules
        .split(' ')
        .filter_map(|rule| Rule::parse(rule)?.dates(feasts(), YEARS))
        .flatten()
        .map(move |date| Entry { date, name, about })
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut sections = include_str!("../../data/holidays.tsv").split("\n\n");
        Table {
            feasts: sections.next().map(read_feasts).unwrap_or_default(),
            countries: sections.filter_map(read_section).collect(),
        }
    })
}

fn read_feasts(head: &'static str) -> Feasts {
    head.lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, dates)| {
            (
                name,
                dates.split(' ').filter_map(|d| d.parse().ok()).collect(),
            )
        })
        .collect()
}

/// `[DE]`, the last year known, and a row for each holiday.
fn read_section(section: &'static str) -> Option<Holidays> {
    let (heading, rows) = section.split_once('\n').unwrap_or((section, ""));
    let (country, until) = heading.split_once('\t')?;
    Some(Holidays {
        country: country.strip_prefix('[')?.strip_suffix(']')?,
        until: until.trim_end().parse().ok()?,
        rows,
        entries: OnceLock::new(),
    })
}

#[cfg(test)]
mod tests;
