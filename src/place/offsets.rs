//! Clock offsets that a client's mail carried, month by month.
//!
//! They confirm or refute a country and tell its zone; they rarely name one, since a class of zones
//! with the same clocks holds dozens of countries. `+0000` says nothing: servers write it everywhere.
//! Weights: the share of a client's messages that carry their own zone's offset, measured on public
//! repositories.

use chrono::{NaiveDate, TimeDelta};

use super::clue::Clue;
use super::zone_choice::zones;
use super::{Because, ClueKind, OffsetCount};
use crate::clock::{ClientZone, Instant};
use crate::country::Country;

/// ln(0.93 / 0.25): a month whose offset the zone has.
const MATCH: f64 = 1.313;
/// ln(0.03 / 0.25): one whose offset it has not.
const MISMATCH: f64 = -2.12;
/// The most for and against a country.
const MOST: f64 = 2.5;
const LEAST: f64 = -4.0;
/// Offsets that so few countries have name them.
const FEW: usize = 3;

/// How well a zone agrees with the offsets, in nats, uncapped.
pub(super) fn agreement(offsets: &[OffsetCount], zone: ClientZone) -> f64 {
    offsets
        .iter()
        .filter(|one| one.minutes != 0)
        .filter_map(|one| {
            let messages = f64::from(one.count.min(5));
            let had = zone_offsets(&one.month, zone)?;
            Some(
                messages
                    * if had.contains(&one.minutes) {
                        MATCH
                    } else {
                        MISMATCH
                    },
            )
        })
        .sum()
}

/// The offsets that a zone has at the beginning and at the end of a month, in minutes.
fn zone_offsets(month: &str, zone: ClientZone) -> Option<[i32; 2]> {
    let year = month.get(..4)?.parse().ok()?;
    let first = NaiveDate::from_ymd_opt(year, month.get(4..)?.parse().ok()?, 1)?;
    let at = |days: i64| {
        let noon = (first + TimeDelta::days(days)).and_hms_opt(12, 0, 0)?;
        let instant = Instant::from_ms(noon.and_utc().timestamp_millis()).ok()?;
        Some(zone.0.offset_at(instant).local_minus_utc() / 60)
    };
    Some([at(0)?, at(27)?])
}

/// What the offsets say of the countries that other clues name; of all, where only few fit.
pub(super) fn clues(offsets: &[OffsetCount], candidates: &[Country]) -> Vec<Clue> {
    let telling: Vec<&OffsetCount> = offsets.iter().filter(|one| one.minutes != 0).collect();
    let Some(last) = telling.iter().max_by(|a, b| a.month.cmp(&b.month)) else {
        return Vec::new();
    };
    let shown = last.minutes;
    let score = |country: Country| {
        let best = zones(country)
            .into_iter()
            .map(|zone| agreement(offsets, zone));
        best.max_by(f64::total_cmp)
            .map(|best| best.clamp(LEAST, MOST))
    };
    let said = |country: Country, weight: f64| {
        Clue::from(Because {
            clue: ClueKind::Clock,
            value: offset_name(shown),
            country: Some(country),
            weight,
        })
    };
    let mut found: Vec<Clue> = candidates
        .iter()
        .filter_map(|country| Some(said(*country, score(*country)?)))
        .collect();
    // Half and quarter hours are rare enough to name a country.
    if shown % 60 != 0 {
        let fitting: Vec<Country> = Country::all()
            .filter(|country| score(*country).is_some_and(|weight| weight >= MATCH))
            .collect();
        if fitting.len() <= FEW {
            let share = (fitting.len() as f64).ln();
            let new = fitting
                .iter()
                .filter(|country| !candidates.contains(country));
            found.extend(new.map(|country| said(*country, MATCH - share)));
        }
    }
    found
}

/// `UTC+5:30`.
fn offset_name(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.unsigned_abs();
    let (hours, rest) = (minutes / 60, minutes % 60);
    if rest == 0 {
        format!("UTC{sign}{hours}")
    } else {
        format!("UTC{sign}{hours}:{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(month: &str, minutes: i32) -> OffsetCount {
        OffsetCount {
            month: month.into(),
            minutes,
            count: 2,
        }
    }

    fn weight(offsets: &[OffsetCount], code: &str) -> f64 {
        let country = code.parse().unwrap();
        clues(offsets, &[country])
            .iter()
            .find(|clue| clue.because.country == Some(country))
            .map_or(0.0, |clue| clue.because.weight)
    }

    #[test]
    fn winter_and_summer_confirm_or_refute_a_country() {
        // Central Europe: +1 in winter, +2 in summer.
        let europe = [month("202601", 60), month("202607", 120)];
        assert_eq!(weight(&europe, "DE"), MOST);
        assert_eq!(weight(&europe, "BR"), LEAST);
        // Algeria keeps +1 all the year.
        assert!(weight(&europe, "DZ") < weight(&europe, "DE"));
    }

    #[test]
    fn an_offset_that_no_clock_has_refutes_a_country_and_stops_nothing() {
        for minutes in [i32::MIN, i32::MAX, 61] {
            assert!(weight(&[month("202601", minutes)], "DE") < 0.0, "{minutes}");
        }
    }

    #[test]
    fn utc_says_nothing() {
        assert!(clues(&[month("202601", 0)], &["GB".parse().unwrap()]).is_empty());
        assert!(
            clues(&[month("garbage", 60)], &["GB".parse().unwrap()])[0]
                .because
                .weight
                == 0.0
        );
    }

    #[test]
    fn a_rare_offset_names_its_country() {
        let nepal = clues(&[month("202601", 345)], &[]);
        assert_eq!(nepal[0].because.country, "NP".parse().ok());
        assert_eq!(nepal[0].because.value, "UTC+5:45");
        assert!(clues(&[month("202601", 60)], &[]).is_empty());
    }
}
