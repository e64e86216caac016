use std::collections::BTreeSet;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, TimeDelta, Timelike};
use jiff::tz::TimeZoneDatabase;
use jiff::{Timestamp, tz};
use proptest::prelude::*;

use super::*;

/// 1970-01-02 and 2101-01-01, UTC.
const SPAN: std::ops::Range<i64> = 86_400..4_133_980_800;
/// 2041-01-01, UTC: as far as the search for changes goes.
const SEARCHED: i64 = 2_240_611_200;

/// Every name of the newest IANA release, as jiff carries it, with jiff's own zone.
fn names() -> &'static [(Zone, tz::TimeZone)] {
    static NAMES: OnceLock<Vec<(Zone, tz::TimeZone)>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let all = TimeZoneDatabase::bundled();
        let names: Vec<(Zone, tz::TimeZone)> = all
            .available()
            .map(|name| {
                (
                    name.as_str().parse().unwrap(),
                    all.get(name.as_str()).unwrap(),
                )
            })
            .collect();
        assert!(names.len() > 590);
        names
    })
}

fn second(at: i64) -> Instant {
    Instant::from_ms(at * 1000).unwrap()
}

fn offset_s(zone: Zone, at: i64) -> i32 {
    zone.offset_at(second(at)).local_minus_utc()
}

fn jiff_offset_s(zone: &tz::TimeZone, at: i64) -> i32 {
    zone.to_offset(Timestamp::from_second(at).unwrap())
        .seconds()
}

fn jiff_changes(zone: &tz::TimeZone) -> BTreeSet<i64> {
    zone.following(Timestamp::from_second(SPAN.start).unwrap())
        .map(|change| change.timestamp().as_second())
        .take_while(|at| SPAN.contains(at))
        .filter(|at| jiff_offset_s(zone, at - 1) != jiff_offset_s(zone, *at))
        .collect()
}

#[test]
fn every_name_changes_its_clocks_when_jiff_says_so_and_never_else() {
    for (zone, jiff) in names() {
        let zone = *zone;
        let changes = jiff_changes(jiff);
        for at in changes.iter().flat_map(|at| [at - 1, *at, at + 1]) {
            assert_eq!(
                offset_s(zone, at),
                jiff_offset_s(jiff, at),
                "{zone:?} at {at}"
            );
        }
        let changes: BTreeSet<i64> = changes.into_iter().filter(|at| *at < SEARCHED).collect();
        let ours: BTreeSet<i64> =
            std::iter::successors(Some(second(SPAN.start)), |at| zone.next_transition(*at))
                .skip(1)
                .map(|at| at.ms() / 1000)
                .collect();
        assert_eq!(ours, changes, "{zone:?}");
    }
}

#[test]
fn local_times_near_every_change_map_to_utc_as_in_jiff() {
    for (zone, jiff) in names() {
        let zone = *zone;
        let recent = 1_420_070_400..SEARCHED;
        for change in jiff_changes(jiff).range(recent) {
            for minutes in (-1500..=1500).step_by(30) {
                let local = DateTime::from_timestamp(*change + minutes * 60, 0)
                    .unwrap()
                    .naive_utc();
                assert_same_mapping(zone, jiff, local);
            }
        }
    }
}

fn assert_same_mapping(zone: Zone, jiff: &tz::TimeZone, local: NaiveDateTime) {
    let number = |part: u32| i8::try_from(part).unwrap();
    let civil = jiff::civil::date(
        i16::try_from(local.year()).unwrap(),
        number(local.month()),
        number(local.day()),
    )
    .at(
        number(local.hour()),
        number(local.minute()),
        number(local.second()),
        0,
    );
    let expected = match jiff.to_ambiguous_timestamp(civil).offset() {
        tz::AmbiguousOffset::Unambiguous { offset } => MappedLocalTime::Single(offset.seconds()),
        tz::AmbiguousOffset::Gap { .. } => MappedLocalTime::None,
        tz::AmbiguousOffset::Fold { before, after } => {
            MappedLocalTime::Ambiguous(before.seconds(), after.seconds())
        }
    };
    let ours = zone
        .offset_from_local_datetime(&local)
        .map(|offset| offset.fix().local_minus_utc());
    assert_eq!(ours, expected, "{zone:?} at {local}");
}

#[test]
fn the_release_is_named_and_no_older_than_that_of_chrono_tz() {
    let release = Zone::release();
    assert!(
        release.len() == 5 && release >= chrono_tz::IANA_TZDB_VERSION,
        "{release}"
    );
}

/// Where we differ from chrono-tz, jiff says what we say: IANA has changed since its release.
#[test]
fn every_name_of_chrono_tz_is_known_and_agrees_unless_it_is_out_of_date() {
    let mut agreeing = 0;
    for stock in chrono_tz::TZ_VARIANTS {
        let zone: Zone = stock.name().parse().unwrap();
        let differs = (SPAN.start..SEARCHED).step_by(86_400 * 3).find(|at| {
            let utc = DateTime::from_timestamp(*at, 0).unwrap().naive_utc();
            stock.offset_from_utc_datetime(&utc).fix() != zone.offset_at_utc(utc)
        });
        match differs {
            None => agreeing += 1,
            Some(at) => {
                let (_, jiff) = names().iter().find(|(name, _)| *name == zone).unwrap();
                assert_eq!(offset_s(zone, at), jiff_offset_s(jiff, at), "{zone:?} {at}");
            }
        }
    }
    assert!(agreeing > 540, "{agreeing}");
}

#[test]
fn a_date_in_a_zone_keeps_its_zone_through_arithmetic() {
    let berlin: Zone = "Europe/Berlin".parse().unwrap();
    let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
    // The clocks go forward on 2026-03-29 at 02:00 in the EU.
    let before = berlin
        .from_local_datetime(&day(28).and_hms_opt(10, 0, 0).unwrap())
        .unwrap();
    let after = before + chrono::Days::new(1);
    assert_eq!(after.timezone(), berlin);
    assert_eq!(after.to_rfc3339(), "2026-03-29T10:00:00+02:00");
    assert_eq!((before + TimeDelta::days(1)).hour(), 11);
}

#[test]
fn a_skipped_time_is_first_shown_at_the_gap_s_end_and_a_doubled_one_the_first_time() {
    let at = |zone: &str, y, m, d, h, min| {
        let zone: Zone = zone.parse().unwrap();
        let local = NaiveDate::from_ymd_opt(y, m, d)
            .unwrap()
            .and_hms_opt(h, min, 0)
            .unwrap();
        zone.first_at_or_after(local).utc().to_rfc3339()
    };
    assert_eq!(
        at("Europe/Berlin", 2026, 3, 29, 2, 30),
        "2026-03-29T01:00:00+00:00"
    );
    assert_eq!(
        at("Europe/Berlin", 2026, 10, 25, 2, 30),
        "2026-10-25T00:30:00+00:00"
    );
    // Samoa had no 30 December 2011: it went from 29 December 24:00 at -10 to 31 December at +14.
    assert_eq!(
        at("Pacific/Apia", 2011, 12, 30, 10, 0),
        "2011-12-30T10:00:00+00:00"
    );
    // Beyond the search for changes: the EU's rule on 2045-03-26; and beyond the list, in 2103, when
    // 25 March is the last Sunday.
    assert_eq!(
        at("Europe/Berlin", 2103, 3, 25, 2, 30),
        "2103-03-25T01:00:00+00:00"
    );
    assert_eq!(
        at("Europe/Berlin", 2045, 3, 26, 2, 30),
        "2045-03-26T01:00:00+00:00"
    );
}

#[test]
fn a_wrong_name_is_named_and_cut_short() {
    for bad in ["", "Europe/Atlantis", "europe/berlin", "+01:00", "EST5EDT4"] {
        assert_eq!(bad.parse::<Zone>(), Err(UnknownZone(bad.into())));
    }
    let UnknownZone(shown) = "ж".repeat(9000).parse::<Zone>().unwrap_err();
    assert_eq!(shown.chars().count(), 64);
}

/// By the hour around every change, and by the day over all years.
#[test]
fn the_quick_way_to_a_local_time_s_instant_is_the_slow_one() {
    for (zone, jiff) in names().iter().step_by(41) {
        for change in jiff_changes(jiff) {
            let at = DateTime::from_timestamp(change, 0).unwrap().naive_utc();
            for days in -2..=2 {
                let date = at.date() + TimeDelta::days(days);
                for minute in (0..=1440).step_by(30) {
                    let local =
                        date.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
                    let [instant] = zone.first_on(date, [minute]);
                    assert_eq!(instant, zone.first_at_or_after(local), "{zone:?} {local}");
                    assert_eq!(zone.date(instant), zone.local(instant).date());
                }
            }
        }
    }
}

proptest! {
    #[test]
    fn every_name_agrees_with_jiff_at_any_second(at in SPAN, nth in 0usize..590) {
        let (zone, jiff) = &names()[nth];
        let zone = *zone;
        prop_assert_eq!(offset_s(zone, at), jiff_offset_s(jiff, at));
        let shown = zone.local(second(at));
        assert_same_mapping(zone, jiff, shown);
        let name = serde_json::to_string(&zone).unwrap();
        prop_assert_eq!(serde_json::from_str::<Zone>(&name).unwrap(), zone);
    }
}
