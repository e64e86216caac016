//! The working week of each country: `data/weeks.tsv`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{NaiveDate, Weekday, WeekdaySet};

use super::{iso, table};
use crate::country::Country;
use crate::subdivision::Subdivision;

/// Which days of the week a country works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    weekend: WeekdaySet,
    half: WeekdaySet,
}

impl Week {
    /// Whether the day belongs to the weekend.
    #[must_use]
    pub fn is_weekend(self, day: Weekday) -> bool {
        self.weekend.contains(day)
    }

    /// Whether the day is worked, but by many only in part: best avoided, never forbidden.
    #[must_use]
    pub fn is_half(self, day: Weekday) -> bool {
        self.half.contains(day)
    }
}

/// The working weeks of one country, one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weeks(&'static [(NaiveDate, Week)]);

impl Weeks {
    /// A country's weeks; those of most of the world where the table does not name it.
    pub(super) fn of(country: Country) -> Weeks {
        let table = table();
        let rows = table.get(country.code());
        rows.map_or_else(Weeks::usual, |rows| Weeks(rows))
    }

    /// The weeks of a part of a country: its country's where the table has none of its own.
    pub(super) fn of_part(part: Subdivision) -> Weeks {
        match table().get(part.code()) {
            Some(rows) => Weeks(rows),
            None => Weeks::of(part.country()),
        }
    }

    /// The weeks of most of the world.
    pub(super) fn usual() -> Weeks {
        Weeks(table().get("*").map_or(&[], Vec::as_slice))
    }

    /// The week that holds on a date.
    pub(super) fn on(self, date: NaiveDate) -> Week {
        /// Before the table begins, and where it is empty.
        const USUAL: Week = Week {
            weekend: WeekdaySet::from_array([Weekday::Sat, Weekday::Sun]),
            half: WeekdaySet::EMPTY,
        };
        let since = self.0.iter().rev().find(|(from, _)| *from <= date);
        since.map_or(USUAL, |(_, week)| *week)
    }
}

type Table = BTreeMap<&'static str, Vec<(NaiveDate, Week)>>;

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table::new();
        let rows = table::rows(include_str!("../../data/weeks.tsv"));
        for (country, from, week) in rows.filter_map(row) {
            table.entry(country).or_default().push((from, week));
        }
        table
    })
}

fn row(line: &'static str) -> Option<(&'static str, NaiveDate, Week)> {
    let mut cells = line.split('\t');
    let country = cells.next()?;
    let from = iso::date(cells.next()?)?;
    let weekend = days(cells.next()?);
    let half = days(cells.next()?);
    Some((country, from, Week { weekend, half }))
}

fn days(names: &str) -> WeekdaySet {
    names
        .split_whitespace()
        .filter_map(|name| name.parse::<Weekday>().ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weekend(country: &str, date: &str) -> String {
        let date: NaiveDate = date.parse().unwrap();
        let week = Weeks::of(country.parse().unwrap()).on(date);
        week.weekend.to_string()
    }

    #[test]
    fn every_line_is_a_comment_the_heading_or_a_row_in_order_with_known_days_and_a_source() {
        let lines: Vec<&str> = table::rows(include_str!("../../data/weeks.tsv")).collect();
        assert!(lines.is_sorted());
        for line in lines {
            let (country, _, week) = row(line).unwrap();
            assert!(
                country == "*"
                    || country.parse::<Country>().is_ok()
                    || country.parse::<Subdivision>().is_ok(),
                "{line}"
            );
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), 5, "{line}");
            let count = |names: &str| names.split_whitespace().count();
            assert_eq!(usize::from(week.weekend.len()), count(cells[2]), "{line}");
            assert_eq!(usize::from(week.half.len()), count(cells[3]), "{line}");
            assert!(!cells[4].is_empty(), "{line}");
            assert!(week.weekend.intersection(week.half).is_empty(), "{line}");
        }
    }

    #[test]
    fn the_united_arab_emirates_moved_their_weekend_at_the_turn_of_2022() {
        assert_eq!(weekend("AE", "2021-12-31"), "[Fri, Sat]");
        assert_eq!(weekend("AE", "2022-01-01"), "[Sat, Sun]");
    }

    #[test]
    fn parts_of_a_country_have_weekends_of_their_own() {
        let weekend = |part: &str, date: &str| {
            let week = Weeks::of_part(part.parse().unwrap()).on(date.parse().unwrap());
            week.weekend.to_string()
        };
        // Johor went over to Friday in 2014 and back in 2025.
        assert_eq!(weekend("MY-01", "2013-12-31"), "[Sat, Sun]");
        assert_eq!(weekend("MY-01", "2024-12-31"), "[Fri, Sat]");
        assert_eq!(weekend("MY-01", "2025-01-01"), "[Sat, Sun]");
        for part in ["MY-02", "MY-03", "MY-11"] {
            assert_eq!(weekend(part, "2026-11-23"), "[Fri, Sat]", "{part}");
        }
        assert_eq!(weekend("MY-10", "2026-11-23"), "[Sat, Sun]");
        assert_eq!(weekend("AE-SH", "2021-12-31"), "[Fri, Sat]");
        assert_eq!(weekend("AE-SH", "2022-01-01"), "[Fri, Sat, Sun]");
    }

    #[test]
    fn weekends_differ_by_country_and_are_saturday_and_sunday_elsewhere() {
        let cases = [
            ("DE", "[Sat, Sun]"),
            ("SA", "[Fri, Sat]"),
            ("BN", "[Fri, Sun]"),
            ("IR", "[Fri]"),
        ];
        for (country, expected) in cases {
            assert_eq!(weekend(country, "2026-11-23"), expected, "{country}");
        }
        assert_eq!(weekend("DE", "1890-01-01"), "[Sat, Sun]");
    }
}
