//! Public holidays: `data/holidays.tsv`, and in what parts of a country differ from it:
//! `data/region_holidays.tsv`.

use std::ops::RangeInclusive;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::iso;
use super::rule::{Feasts, Rule};
use crate::country::Country;
use crate::order::Order;
use crate::subdivision::Subdivision;

/// The years that the table covers.
pub(super) const YEARS: RangeInclusive<i32> = 2015..=2037;
/// What the row of a country's make-up days begins with.
const MAKE_UP: &str = "+\t";

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

/// The public holidays of one country, or of a part of one.
#[derive(Debug)]
pub(super) struct Holidays {
    country: &'static str,
    /// The part's code within the country; empty for a country.
    part: &'static str,
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

    /// The holidays of a part of a country: its country's, but for the differences.
    pub(super) fn of_part(part: Subdivision) -> Option<&'static Holidays> {
        static PARTS: OnceLock<Vec<(Subdivision, Holidays)>> = OnceLock::new();
        let parts = PARTS.get_or_init(|| {
            let of = |part: Subdivision| {
                let country = Holidays::of(part.country())?;
                let own = Holidays {
                    part: part.part(),
                    entries: OnceLock::new(),
                    ..*country
                };
                Some((part, own))
            };
            Subdivision::all().filter_map(of).collect()
        });
        let at = parts.binary_search_by_key(&part, |(part, _)| *part).ok()?;
        parts.get(at).map(|(_, holidays)| holidays)
    }

    /// The days of the weekend that are worked in place of others, in order.
    pub(super) fn make_up_days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let rows = self.rows.lines();
        rows.filter_map(|row| row.strip_prefix(MAKE_UP))
            .flat_map(|dates| dates.split(' ').filter_map(iso::date))
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
            let rows = self.rows.lines().filter(|row| !row.starts_with(MAKE_UP));
            let mut entries: Vec<Entry> = rows.flat_map(read_row).collect();
            for row in differences(self.country, self.part) {
                match row {
                    Difference::Kept(row) => entries.extend(read_row(row)),
                    Difference::NotKept(row) => {
                        let not_kept: Vec<Entry> = read_row(row).collect();
                        entries.retain(|entry| !not_kept.contains(entry));
                    }
                }
            }
            entries.order();
            entries.dedup();
            entries
        })
    }
}

/// In what a part of a country differs from it: a row, as the country's section has them.
enum Difference {
    Kept(&'static str),
    NotKept(&'static str),
}

/// The rows about a part of a country; none for the country itself.
fn differences(country: &'static str, part: &'static str) -> impl Iterator<Item = Difference> {
    let section = include_str!("../../data/region_holidays.tsv")
        .split("\n\n")
        .filter(|_| !part.is_empty())
        .find_map(|section| {
            let (heading, rows) = section.split_once('\n')?;
            let is = heading.strip_prefix('[')?.strip_suffix(']')? == country;
            is.then_some(rows)
        });
    section.unwrap_or_default().lines().filter_map(move |line| {
        let (parts, row) = line.split_once('\t')?;
        let (not_kept, parts) = match parts.strip_prefix('-') {
            Some(parts) => (true, parts),
            None => (false, parts),
        };
        parts.split(' ').any(|one| one == part).then_some(())?;
        Some(if not_kept {
            Difference::NotKept(row)
        } else {
            Difference::Kept(row)
        })
    })
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
        .map(|(name, dates)| (name, dates.split(' ').filter_map(iso::date).collect()))
        .collect()
}

/// `[DE]`, the last year known, and a row for each holiday.
fn read_section(section: &'static str) -> Option<Holidays> {
    let (heading, rows) = section.split_once('\n').unwrap_or((section, ""));
    let (country, until) = heading.split_once('\t')?;
    Some(Holidays {
        country: country.strip_prefix('[')?.strip_suffix(']')?,
        part: "",
        until: until.trim_end().parse().ok()?,
        rows,
        entries: OnceLock::new(),
    })
}

#[cfg(test)]
mod tests;
