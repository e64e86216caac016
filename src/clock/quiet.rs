//! Quiet seasons, when much of a country is away or works short days: `data/quiet_seasons.tsv`.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Serialize;

use super::holiday::{self, YEARS};
use super::rule::Rule;
use super::table::{self, ByCountry};
use crate::country::Country;
use crate::order::Order;

/// A quiet season of some year: a hint that moves a suggestion, never a prohibition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Season {
    /// Its name in the table, e.g. `august`: the key of its wording.
    pub key: &'static str,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// What it does to the working day.
    pub pace: Pace,
    /// Whether the days are an estimate, right to a day or two.
    pub about: bool,
}

/// What a season does to the working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// Many are away: a letter is likely to wait.
    Away,
    /// They work, but short days.
    Short,
}

/// A row of the table.
#[derive(Debug)]
pub(super) struct Row {
    countries: &'static str,
    /// Year by year, in order.
    seasons: Vec<Season>,
}

/// The rows about a country, the most telling first.
pub(super) fn of(country: Country) -> &'static [&'static Row] {
    static BY_COUNTRY: OnceLock<ByCountry<Row>> = OnceLock::new();
    BY_COUNTRY
        .get_or_init(|| ByCountry::new(table().iter().map(|row| (row.countries, row))))
        .of(country)
}

/// The season of these that holds on a date.
pub(super) fn on(rows: &[&'static Row], date: NaiveDate) -> Option<Season> {
    rows.iter().find_map(|row| {
        let next = row.seasons.partition_point(|season| season.from <= date);
        let season = row.seasons.get(next.checked_sub(1)?)?;
        (date <= season.to).then_some(*season)
    })
}

fn table() -> &'static [Row] {
    static TABLE: OnceLock<Vec<Row>> = OnceLock::new();
    TABLE.get_or_init(|| {
        table::rows(include_str!("../../data/quiet_seasons.tsv"))
            .filter_map(read_row)
            .collect()
    })
}

fn read_row(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let name = cells.next()?;
    let (key, about) = match name.strip_prefix('~') {
        Some(key) => (key, true),
        None => (name, false),
    };
    let countries = cells.next()?;
    // A season may begin in the year before the first, and end in the year after the last.
    let dates = |rule: &'static str| {
        let years = YEARS.start() - 1..=YEARS.end() + 1;
        let mut dates = Rule::parse(rule)?.dates(holiday::feasts(), years)?;
        dates.order();
        Some(dates)
    };
    let (from, to) = (dates(cells.next()?)?, dates(cells.next()?)?);
    let pace = match cells.next()? {
        "away" => Pace::Away,
        "short" => Pace::Short,
        _ => return None,
    };
    let season = |from: NaiveDate| {
        let to = to.get(to.partition_point(|to| *to < from))?;
        Some(Season {
            key,
            from,
            to: *to,
            pace,
            about,
        })
    };
    Some(Row {
        countries,
        seasons: from.into_iter().filter_map(season).collect(),
    })
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;

    use super::*;

    #[test]
    fn every_row_is_read_names_known_countries_and_a_source_and_is_short() {
        let lines: Vec<&str> = table::rows(include_str!("../../data/quiet_seasons.tsv")).collect();
        assert_eq!(lines.len(), table().len());
        for (line, row) in lines.iter().zip(table()) {
            let source = line.split('\t').nth(5).unwrap();
            assert!(
                !source.is_empty() && line.split('\t').count() == 6,
                "{line}"
            );
            assert!(
                row.countries
                    .split(' ')
                    .all(|code| code.parse::<Country>().is_ok()),
                "{line}"
            );
            // Diwali, the shortest of the tables, reaches to 2035.
            for year in 2016..=2035 {
                let of_year = |season: &Season| season.from.year() == year;
                assert!(row.seasons.iter().any(of_year), "{line}: {year}");
            }
            for season in &row.seasons {
                let days = (season.to - season.from).num_days();
                assert!((1..=31).contains(&days), "{line}: {season:?}");
            }
        }
    }

    /// The season on a date: its key, first and last day.
    fn season(country: &str, date: &str) -> Option<String> {
        let season = on(of(country.parse().unwrap()), date.parse().unwrap())?;
        let about = if season.about { "about " } else { "" };
        Some(format!(
            "{about}{} {} to {}",
            season.key, season.from, season.to
        ))
    }

    #[test]
    fn seasons_hold_from_their_first_day_to_their_last() {
        let august = Some("august 2026-08-01 to 2026-08-31".to_owned());
        assert_eq!(season("IT", "2026-08-01"), august);
        assert_eq!(season("IT", "2026-08-31"), august);
        assert_eq!(season("IT", "2026-09-01"), None);
        assert_eq!(season("DE", "2026-08-15"), None);
    }

    #[test]
    fn a_season_may_cross_the_turn_of_the_year() {
        let christmas = Some("christmas 2026-12-24 to 2027-01-02".to_owned());
        assert_eq!(season("DE", "2026-12-31"), christmas);
        assert_eq!(season("DE", "2027-01-02"), christmas);
        assert_eq!(
            season("DE", "2015-01-01").unwrap(),
            "christmas 2014-12-24 to 2015-01-02"
        );
    }

    /// Easter 2027 is on 28 March, Lunar New Year on 6 February; Umm al-Qura has Ramadan from
    /// 8 February and Eid al-Fitr on 9 March 2027, and Ramadan twice in 2030.
    #[test]
    fn seasons_move_with_the_feast_they_hang_on() {
        assert_eq!(
            season("BR", "2027-02-08").unwrap(),
            "carnival 2027-02-06 to 2027-02-10"
        );
        assert_eq!(
            season("CN", "2027-02-06").unwrap(),
            "lunar_new_year 2027-01-30 to 2027-02-20"
        );
        assert_eq!(
            season("AE", "2027-02-20").unwrap(),
            "about ramadan 2027-02-08 to 2027-03-08"
        );
        assert_eq!(
            season("AE", "2027-03-10").unwrap(),
            "about eid 2027-03-08 to 2027-03-12"
        );
        assert_eq!(
            season("SA", "2030-01-10").unwrap(),
            "about ramadan 2030-01-05 to 2030-02-03"
        );
        assert_eq!(
            season("SA", "2030-12-27").unwrap(),
            "about ramadan 2030-12-26 to 2031-01-23"
        );
        assert_eq!(
            season("IN", "2026-11-10").unwrap(),
            "diwali 2026-11-06 to 2026-11-11"
        );
        assert_eq!(
            season("US", "2026-11-27").unwrap(),
            "thanksgiving 2026-11-26 to 2026-11-27"
        );
    }
}
