use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::country::Country;

fn hours(from: &str, to: &str) -> Hours {
    Hours::new(from.parse().unwrap(), to.parse().unwrap()).unwrap()
}

fn instant(utc: &str) -> Instant {
    Instant::from_utc(DateTime::parse_from_rfc3339(utc).unwrap().to_utc())
}

/// The opening, as UTC times without their date's year.
fn opening(country: &str, zone: &str, hours: Hours, after: &str) -> (String, String) {
    let country: Country = country.parse().unwrap();
    let opening = Calendar::of(country)
        .next_opening(zone.parse().unwrap(), hours, instant(after))
        .unwrap();
    let text = |at: Instant| at.utc().format("%m-%dT%H:%M").to_string();
    (text(opening.opens), text(opening.closes))
}

fn pair(opens: &str, closes: &str) -> (String, String) {
    (opens.to_owned(), closes.to_owned())
}

#[test]
fn w3_the_window_is_open_from_10_until_just_before_15_on_the_client_s_clock() {
    // Monday 23 November 2026, Berlin at +01:00.
    let berlin = |after| opening("DE", "Europe/Berlin", Hours::W3, after);
    let monday = pair("11-23T09:00", "11-23T14:00");
    assert_eq!(berlin("2026-11-23T00:00:00Z"), monday);
    assert_eq!(berlin("2026-11-23T09:00:00Z"), monday);
    assert_eq!(
        berlin("2026-11-23T13:59:00Z"),
        pair("11-23T13:59", "11-23T14:00")
    );
    let tuesday = pair("11-24T09:00", "11-24T14:00");
    assert_eq!(berlin("2026-11-23T14:00:00Z"), tuesday);
    // From Friday's closing to Monday.
    assert_eq!(berlin("2026-11-20T14:00:00Z"), monday);
}

#[test]
fn it_is_the_client_s_own_weekend_that_is_skipped() {
    // Thursday 26 November 2026, after hours in Riyadh (+03:00): next is Sunday.
    let riyadh = opening("SA", "Asia/Riyadh", Hours::W3, "2026-11-26T13:00:00Z");
    assert_eq!(riyadh, pair("11-29T07:00", "11-29T12:00"));
}

#[test]
fn zones_off_the_full_hour_open_on_their_own_clock() {
    // Kathmandu is at +05:45, Chatham in November at +13:45.
    let kathmandu = opening("NP", "Asia/Kathmandu", Hours::W3, "2026-11-24T00:00:00Z");
    assert_eq!(kathmandu, pair("11-24T04:15", "11-24T09:15"));
    let chatham = opening("NZ", "Pacific/Chatham", Hours::W3, "2026-11-24T02:00:00Z");
    assert_eq!(chatham, pair("11-24T20:15", "11-25T01:15"));
}

#[test]
fn a_beginning_that_the_clocks_skip_is_the_gap_s_end_and_hours_wholly_skipped_do_not_open() {
    // In Cairo the clocks went from 00:00 to 01:00 on Friday 2024-04-26, at 22:00 UTC; a country
    // whose Friday is worked, to see the gap.
    let cairo = |from, to| {
        opening(
            "DE",
            "Africa/Cairo",
            hours(from, to),
            "2024-04-25T21:59:00Z",
        )
    };
    assert_eq!(cairo("00:30", "02:00"), pair("04-25T22:00", "04-25T23:00"));
    // Saturday and Sunday follow; Monday 29 April at +03:00.
    assert_eq!(cairo("00:15", "00:45"), pair("04-28T21:15", "04-28T21:45"));
}

#[test]
fn an_hour_shown_twice_is_part_of_the_window_and_an_end_shown_twice_counts_the_first_time() {
    // In Cairo the clocks went from 24:00 back to 23:00 on Thursday 2024-10-31, at 21:00 UTC.
    let cairo = |from, to| {
        opening(
            "DE",
            "Africa/Cairo",
            hours(from, to),
            "2024-10-31T19:00:00Z",
        )
    };
    assert_eq!(cairo("22:00", "24:00"), pair("10-31T19:00", "10-31T22:00"));
    assert_eq!(cairo("22:00", "23:30"), pair("10-31T19:00", "10-31T20:30"));
}

#[test]
fn a_day_that_the_zone_skips_does_not_open() {
    // Friday 30 December 2011 never was in Samoa; Monday 2 January 2012 at +14:00.
    let apia = opening("DE", "Pacific/Apia", Hours::W3, "2011-12-30T02:00:00Z");
    assert_eq!(apia, pair("01-01T20:00", "01-02T01:00"));
}

#[test]
fn hours_are_two_times_of_one_day_in_order() {
    for bad in [
        "", "10", "10:0", "1000", "25:00", "24:01", "10:60", "+9:00", "ten", "10:00:00",
    ] {
        assert_eq!(bad.parse::<TimeOfDay>(), Err(BadHours::NoTime(bad.into())));
    }
    let time = |text: &str| text.parse::<TimeOfDay>().unwrap();
    for (from, to) in [("10:00", "10:00"), ("15:00", "10:00")] {
        let error = Hours::new(time(from), time(to)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("hours must end after they begin, and {from} to {to} do not")
        );
    }
    let written = serde_json::to_string(&Hours::W3).unwrap();
    assert_eq!(written, r#"{"from":"10:00","to":"15:00"}"#);
    assert_eq!(serde_json::from_str::<Hours>(&written).unwrap(), Hours::W3);
    assert!(serde_json::from_str::<Hours>(r#"{"from":"9:00","to":"8:00"}"#).is_err());
}

#[test]
fn at_the_end_of_time_there_is_no_opening() {
    let germany = Calendar::of("DE".parse().unwrap());
    assert_eq!(
        germany.next_opening(Zone::UTC, Hours::W3, Instant::LATEST),
        None
    );
}

proptest! {
    #[test]
    fn an_opening_is_the_first_stretch_inside_the_hours_on_a_working_day(
        after in 1_420_070_400_000i64..2_240_611_200_000,
        nth in 0usize..250,
        zone in proptest::sample::select(vec![
            "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe",
            "Pacific/Chatham", "America/St_Johns", "Africa/Casablanca", "Antarctica/Troll",
        ]),
        from in 0u16..1439,
        length in 1u16..1440,
    ) {
        let country = Country::all().nth(nth).unwrap();
        let calendar = Calendar::of(country);
        let zone: Zone = zone.parse().unwrap();
        let hours = Hours { from: TimeOfDay(from), to: TimeOfDay((from + length).min(1440)) };
        let after = Instant::from_ms(after).unwrap();
        let opening = calendar.next_opening(zone, hours, after).unwrap();
        prop_assert!(after <= opening.opens && opening.opens < opening.closes);
        let shown = zone.local(opening.opens);
        prop_assert!(calendar.day(shown.date()).is_working());
        let all = hours.on(shown.date(), zone).unwrap();
        prop_assert!(all.opens <= opening.opens && all.closes == opening.closes);
        // Asked again from inside, it is the same opening; asked at its end, a later one.
        prop_assert_eq!(calendar.next_opening(zone, hours, opening.opens), Some(opening));
        let next = calendar.next_opening(zone, hours, opening.closes).unwrap();
        prop_assert!(next.opens >= opening.closes);
        // Nothing between `after` and the opening is fit, a quarter of an hour at a time.
        let mut at = after;
        while at < opening.opens {
            let shown = zone.local(at);
            let open = calendar.day(shown.date()).is_working()
                && hours.on(shown.date(), zone).is_some_and(|all| all.opens <= at && at < all.closes);
            prop_assert!(!open, "{:?} is open in {:?} already", at, zone);
            at = at.plus(chrono::TimeDelta::minutes(15));
        }
    }
}
