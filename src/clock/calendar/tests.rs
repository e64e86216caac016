use super::*;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn germany() -> Calendar {
    Calendar::of("DE".parse().unwrap())
}

#[test]
fn the_short_answer_is_the_long_one_on_every_day_of_every_country() {
    for country in Country::all() {
        let calendar = Calendar::of(country);
        // Beyond both ends of the table.
        let days = date("2014-12-01")
            .iter_days()
            .take_while(|day| day.year() < 2039);
        for day in days {
            let long = calendar.day(day).is_working();
            assert_eq!(calendar.is_working(day), long, "{country} {day}");
        }
    }
}

#[test]
fn where_holidays_are_not_known_the_calendar_says_so() {
    let knows = |country: &str, on| Calendar::of(country.parse().unwrap()).knows(date(on));
    assert!(knows("DE", "2015-01-01") && knows("DE", "2037-12-31"));
    assert!(!knows("DE", "2014-12-31") && !knows("DE", "2038-01-01"));
    // Sri Lanka's full moons are published a year ahead, Ukraine keeps no holidays in wartime.
    assert!(knows("LK", "2026-12-31") && !knows("LK", "2027-01-01"));
    assert!(knows("UA", "2026-11-23"));
    assert!(!Calendar::usual().knows(date("2026-11-23")));
    let said = Correction {
        date: date("2040-12-25"),
        kind: CorrectionKind::Working,
    };
    let corrected = germany().corrected([said]);
    assert!(corrected.knows(date("2040-12-25")) && !corrected.knows(date("2040-12-26")));
}

#[test]
fn the_user_s_corrections_come_before_the_tables() {
    let kind = |kind| {
        move |on: &str| Correction {
            date: date(on),
            kind,
        }
    };
    let holiday = |name: &str| kind(CorrectionKind::Holiday(name.to_owned()));
    // 2026-12-24 is a Thursday, 2026-12-25 Christmas Day, 2026-12-26 a Saturday.
    let calendar = germany().corrected([
        holiday("Betriebsferien")("2026-12-24"),
        kind(CorrectionKind::Working)("2026-12-25"),
        kind(CorrectionKind::Working)("2026-12-26"),
        holiday("First")("2026-12-23"),
        holiday("Last word")("2026-12-23"),
    ]);
    let day = |on| calendar.day(date(on));
    let name = |on| day(on).holiday.map(|holiday| holiday.name);
    assert_eq!(name("2026-12-24").as_deref(), Some("Betriebsferien"));
    assert_eq!(name("2026-12-23").as_deref(), Some("Last word"));
    assert!(day("2026-12-25").is_working() && day("2026-12-26").is_working());
    for on in [
        "2026-12-22",
        "2026-12-23",
        "2026-12-24",
        "2026-12-25",
        "2026-12-26",
    ] {
        assert_eq!(calendar.is_working(date(on)), day(on).is_working(), "{on}");
    }
    assert!(
        germany().is_working(date("2026-12-24")),
        "another calendar is untouched"
    );
}

#[test]
fn corrections_read_as_they_are_written() {
    let text = r#"[{"date":"2026-12-24","kind":{"holiday":"Betriebsferien"}},{"date":"2026-12-25","kind":"working"}]"#;
    let corrections: Vec<Correction> = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&corrections).unwrap(), text);
}

#[test]
fn several_holidays_of_one_day_are_one_with_all_their_names() {
    // Thailand's king was born on what is also National Day and Father's Day.
    let thailand = Calendar::of("TH".parse().unwrap());
    let holiday = thailand.day(date("2026-12-05")).holiday.unwrap();
    assert_eq!(holiday.name.split("; ").count(), 3, "{}", holiday.name);
    assert!(!holiday.about);
}

#[test]
fn the_tables_know_how_long_they_are_good() {
    let until = |country: &str| Calendar::of(country.parse().unwrap()).good_until();
    assert_eq!(until("DE"), Some(date("2037-12-31")));
    assert_eq!(until("LK"), Some(date("2026-12-31")));
    assert_eq!(Calendar::usual().good_until(), None);
}

/// The State Council's notice for 2026: 10 October, a Saturday, is worked for the National Day
/// week; the next Saturday is free.
#[test]
fn a_saturday_that_makes_up_for_a_holiday_is_worked() {
    let china = Calendar::of("CN".parse().unwrap());
    let day = |date: &str| china.day(date.parse().unwrap());
    let worked = day("2026-10-10");
    assert!(worked.weekend && worked.make_up && worked.is_working());
    assert!(china.is_working("2026-10-10".parse().unwrap()));
    let free = day("2026-10-17");
    assert!(free.weekend && !free.make_up && !free.is_working());
}

/// Corpus Christi, the second Thursday after Whitsun: in 2027 on 27 May, kept in Bavaria and not in
/// Berlin, which has Women's Day on 8 March.
#[test]
fn states_have_holidays_of_their_own() {
    let holiday = |part: &str, date: &str| {
        let calendar = Calendar::of_part(part.parse().unwrap());
        let day = calendar.day(date.parse().unwrap());
        day.holiday.map(|holiday| holiday.name)
    };
    assert_eq!(holiday("DE-BY", "2027-05-27").unwrap(), "Corpus Christi");
    assert_eq!(holiday("DE-BE", "2027-05-27"), None);
    assert!(holiday("DE-BE", "2027-03-08").is_some());
    assert_eq!(holiday("DE-BY", "2027-03-08"), None);
    // Easter Monday is a bank holiday of England's, and none of Scotland's.
    assert!(holiday("GB-ENG", "2027-03-29").is_some());
    assert_eq!(holiday("GB-SCT", "2027-03-29"), None);
}
