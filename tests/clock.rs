//! Zones, days and windows against `tests/oracle/clock.py`: Python's zoneinfo and the library
//! `holidays`, on random cases over every country and zone; and every single holiday by its hash.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use cadence::clock::{Calendar, Hours, Instant, Zone};
use cadence::country::Country;
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The countries for which `data/weeks.tsv` says, with a source, that the library has the wrong
/// weekend.
fn weekend_differs(country: Country) -> bool {
    include_str!("../data/weeks.tsv")
        .lines()
        .filter(|row| row.contains("PyPI holidays 0.109 is wrong"))
        .any(|row| row.starts_with(country.code()))
}

fn cases(kind: &str) -> Vec<Vec<Value>> {
    let cases: Vec<Vec<Value>> = include_str!("oracle/clock.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|case: &Vec<Value>| case[0] == kind)
        .collect();
    assert!(cases.len() >= 500, "{kind}: {}", cases.len());
    cases
}

fn read<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap()
}

#[test]
fn zones_show_the_time_that_python_s_zoneinfo_shows() {
    for case in cases("zone") {
        let (zone, at): (Zone, Instant) = (read(&case[1]), read(&case[2]));
        assert_eq!(
            zone.offset_at(at).local_minus_utc(),
            read::<i32>(&case[3]),
            "{case:?}"
        );
        let local = zone.local(at).format("%Y-%m-%dT%H:%M:%S").to_string();
        assert_eq!(local, read::<String>(&case[4]), "{case:?}");
    }
}

#[test]
fn days_are_what_the_library_says() {
    for case in cases("day") {
        let (country, date): (Country, NaiveDate) = (read(&case[1]), read(&case[2]));
        let day = Calendar::of(country).day(date);
        if !weekend_differs(country) {
            assert_eq!(day.weekend, read::<bool>(&case[3]), "{case:?}");
        }
        let name = day.holiday.map(|holiday| holiday.name);
        assert_eq!(name, read::<Option<String>>(&case[4]), "{case:?}");
    }
}

#[test]
fn windows_open_and_close_when_an_independent_search_says() {
    for case in cases("window") {
        let country: Country = read(&case[1]);
        if weekend_differs(country) {
            continue;
        }
        let hours = Hours::new(read(&case[4]), read(&case[5])).unwrap();
        let opening = Calendar::of(country)
            .next_opening(read(&case[2]), hours, read(&case[3]))
            .unwrap();
        let expected: (Instant, Instant) = (read(&case[6]), read(&case[7]));
        assert_eq!((opening.opens, opening.closes), expected, "{case:?}");
    }
}

#[test]
fn every_holiday_of_every_country_is_the_library_s() {
    let (first, end) = (date("2015-01-01"), date("2038-01-01"));
    for line in include_str!("oracle/holidays.tsv").lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let calendar = calendar(cells[0]);
        let lines: Vec<String> = calendar
            .holidays(first..end)
            .map(|(date, day)| format!("{date}\t{}\t{}\n", day.name, u8::from(day.about)))
            .collect();
        let hash = format!("{:016x}", fnv1a(lines.concat().as_bytes()));
        assert_eq!(
            (lines.len().to_string().as_str(), hash.as_str()),
            (cells[1], cells[2]),
            "{}",
            cells[0]
        );
    }
}

/// Weekends, holidays and the days of the weekend that make up for others, all at once.
#[test]
fn every_working_day_of_every_country_and_region_is_the_library_s() {
    let (first, end) = (date("2015-01-01"), date("2038-01-01"));
    let mut regions = 0;
    for line in include_str!("oracle/holidays.tsv").lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        let country = cells[0].split('-').next().unwrap();
        if weekend_differs(country.parse().unwrap()) {
            continue;
        }
        let calendar = calendar(cells[0]);
        let worked: Vec<NaiveDate> = first
            .iter_days()
            .take_while(|day| *day < end)
            .filter(|day| calendar.is_working(*day))
            .collect();
        for day in &worked {
            assert!(calendar.day(*day).is_working(), "{line} {day}");
        }
        let lines: String = worked.iter().map(|day| format!("{day}\n")).collect();
        let hash = format!("{:016x}", fnv1a(lines.as_bytes()));
        assert_eq!(
            (worked.len().to_string().as_str(), hash.as_str()),
            (cells[3], cells[4]),
            "{}",
            cells[0]
        );
        regions += usize::from(cells[0].contains('-'));
    }
    assert!(regions > 300, "{regions}");
}

fn calendar(place: &str) -> Calendar {
    match place.parse() {
        Ok(part) => Calendar::of_part(part),
        Err(_) => Calendar::of(place.parse().unwrap()),
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn fnv1a(data: &[u8]) -> u64 {
    data.iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
