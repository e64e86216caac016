use chrono::DateTime;
use proptest::prelude::*;

use super::*;

#[test]
fn every_row_is_read_and_names_known_countries_a_known_season_and_a_source() {
    let seasons = include_str!("../../../data/quiet_seasons.tsv");
    let lines: Vec<&str> = table::rows(include_str!("../../../data/hours.tsv")).collect();
    assert_eq!(lines.len(), table().len());
    for (line, row) in lines.iter().zip(table()) {
        assert!(
            row.countries
                .split(' ')
                .all(|code| code.parse::<Country>().is_ok()),
            "{line}"
        );
        assert!(
            line.split('\t')
                .nth(3)
                .is_some_and(|source| !source.is_empty()),
            "{line}"
        );
        if let On::Season(key) = row.on {
            assert!(seasons.contains(&format!("{key}\t")), "{line}");
        }
    }
}

fn instant(utc: &str) -> Instant {
    Instant::from_utc(DateTime::parse_from_rfc3339(utc).unwrap().to_utc())
}

/// The best opening of 10:00 to 15:00, on the client's clock.
fn best(country: &str, zone: &str, after: &str) -> String {
    let zone: Zone = zone.parse().unwrap();
    let opening = Calendar::of(country.parse().unwrap())
        .best_opening(zone, Hours::W3, instant(after))
        .unwrap();
    let (opens, closes) = (zone.local(opening.opens), zone.local(opening.closes));
    format!(
        "{} to {}",
        opens.format("%m-%d %H:%M"),
        closes.format("%H:%M")
    )
}

#[test]
fn the_morning_is_preferred_and_the_rest_of_the_day_taken_when_it_has_passed() {
    // Monday 23 November 2026, Berlin at +01:00.
    let berlin = |after| best("DE", "Europe/Berlin", after);
    assert_eq!(berlin("2026-11-23T06:00:00Z"), "11-23 10:00 to 12:00");
    assert_eq!(berlin("2026-11-23T10:30:00Z"), "11-23 11:30 to 12:00");
    assert_eq!(berlin("2026-11-23T11:00:00Z"), "11-23 12:00 to 15:00");
    assert_eq!(berlin("2026-11-23T14:00:00Z"), "11-24 10:00 to 12:00");
}

#[test]
fn lunch_is_left_out() {
    // Tokyo at +09:00: 12:30, lunch until 13:00. Paris at +01:00: 12:30, lunch until 14:00. Rome:
    // 13:00, back at 15:30 only, so tomorrow.
    assert_eq!(
        best("JP", "Asia/Tokyo", "2026-11-24T03:30:00Z"),
        "11-24 13:00 to 15:00"
    );
    assert_eq!(
        best("FR", "Europe/Paris", "2026-11-24T11:30:00Z"),
        "11-24 14:00 to 15:00"
    );
    assert_eq!(
        best("IT", "Europe/Rome", "2026-11-24T12:00:00Z"),
        "11-25 10:00 to 12:00"
    );
}

#[test]
fn fridays_are_short_where_they_are_and_ramadan_s_days_end_early() {
    // Friday 27 November 2026: Dubai (+04:00) is at its desks until 11:30, Jakarta (+07:00) away
    // for Friday prayer until 14:00.
    assert_eq!(
        best("AE", "Asia/Dubai", "2026-11-27T04:00:00Z"),
        "11-27 10:00 to 11:30"
    );
    assert_eq!(
        best("AE", "Asia/Dubai", "2026-11-27T08:00:00Z"),
        "11-30 10:00 to 12:00"
    );
    assert_eq!(
        best("ID", "Asia/Jakarta", "2026-11-27T05:00:00Z"),
        "11-27 14:00 to 15:00"
    );
    // Wednesday 10 February 2027, in Ramadan: Riyadh (+03:00) until 14:00.
    assert_eq!(
        best("SA", "Asia/Riyadh", "2027-02-10T09:30:00Z"),
        "02-10 12:30 to 14:00"
    );
}

#[test]
fn half_days_are_left_out() {
    // Saturday 28 November 2026 is half worked in Hong Kong (+08:00).
    assert_eq!(
        best("HK", "Asia/Hong_Kong", "2026-11-28T00:00:00Z"),
        "11-30 10:00 to 12:00"
    );
}

proptest! {
    #[test]
    fn advice_never_leaves_the_window_and_never_looks_back(
        after in 1_420_070_400_000i64..2_100_000_000_000,
        nth in 0usize..250,
        from in 0u16..23,
        length in 1u16..24,
    ) {
        let country = Country::all().nth(nth).unwrap();
        let calendar = Calendar::of(country);
        let zone: Zone = "America/Sao_Paulo".parse().unwrap();
        let time = |hour| crate::clock::TimeOfDay::new(hour, 0).unwrap();
        let hours = Hours::new(time(from), time((from + length).min(24))).unwrap();
        let after = Instant::from_ms(after).unwrap();
        let best = calendar.best_opening(zone, hours, after).unwrap();
        prop_assert!(after <= best.opens && best.opens < best.closes);
        // From its own beginning on, the plain window is open at least as long.
        let plain = calendar.next_opening(zone, hours, best.opens).unwrap();
        prop_assert!(plain.opens == best.opens && best.closes <= plain.closes);
    }
}

/// Why the best stretch after an instant is the best.
fn because(country: &str, zone: &str, after: &str) -> Vec<BestBecause> {
    let calendar = Calendar::of(country.parse().unwrap());
    let zone: Zone = zone.parse().unwrap();
    let after = Instant::from_utc(after.parse().unwrap());
    let best = calendar.best_opening(zone, Hours::W3, after).unwrap();
    calendar.best_because(zone, best).collect()
}

#[test]
fn each_reason_is_said_where_it_is_one() {
    use BestBecause::{Lunch, Morning, Season, ShortDay};
    // Monday 7 June 2027, 10:00 in Berlin, and 13:00, when nothing is better than the rest.
    assert_eq!(
        because("DE", "Europe/Berlin", "2027-06-07T08:00:00Z"),
        [Morning]
    );
    assert_eq!(because("DE", "Europe/Berlin", "2027-06-07T11:00:00Z"), []);
    // 12:10 in Madrid: until lunch at 14:00.
    assert_eq!(
        because("ES", "Europe/Madrid", "2027-06-07T10:10:00Z"),
        [Lunch]
    );
    // Friday 11 June 2027 in Dubai, at their desks until 11:30.
    assert_eq!(
        because("AE", "Asia/Dubai", "2027-06-11T06:00:00Z"),
        [Morning, ShortDay]
    );
    // Ramadan begins on 8 February 2027; Wednesday the 10th, 10:00 in Cairo.
    let ramadan = because("EG", "Africa/Cairo", "2027-02-10T08:00:00Z");
    assert_eq!(ramadan, [Morning, Season("ramadan")]);
}
