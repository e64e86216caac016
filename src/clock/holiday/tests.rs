use std::collections::BTreeSet;

use super::*;

#[test]
fn every_country_has_a_section_and_every_rule_of_it_is_read() {
    let mut rules = 0;
    for country in Country::all() {
        let holidays = Holidays::of(country).unwrap();
        assert!(YEARS.contains(&holidays.until), "{country}");
        for row in holidays.rows.lines() {
            let (_, written) = row.split_once('\t').unwrap();
            for rule in written.split(' ') {
                let dates = Rule::parse(rule).unwrap().dates(feasts(), YEARS).unwrap();
                assert!(!dates.is_empty(), "{country}: {row}: {rule}");
                rules += 1;
            }
        }
    }
    assert!(rules > 5000);
    assert_eq!(table().countries.len(), Country::all().count());
}

#[test]
fn only_the_four_places_known_to_have_no_table_have_none() {
    let none: BTreeSet<String> = Country::all()
        .filter(|country| Holidays::of(*country).unwrap().entries().is_empty())
        .map(|country| country.code().to_owned())
        .collect();
    // Three are uninhabited or military; Ukraine suspends its holidays under martial law.
    assert!(
        none.iter()
            .all(|code| ["BV", "HM", "IO", "UA"].contains(&code.as_str())),
        "{none:?}"
    );
}

/// The names on a date, `~` before those estimated.
fn names(country: &str, date: &str) -> Vec<String> {
    let holidays = Holidays::of(country.parse().unwrap()).unwrap();
    let shown = |entry: &Entry| format!("{}{}", if entry.about { "~" } else { "" }, entry.name);
    holidays
        .on(date.parse().unwrap())
        .iter()
        .map(shown)
        .collect()
}

/// Dates that are public knowledge, or whose traps are known.
#[test]
fn well_known_holidays_fall_on_their_dates() {
    assert_eq!(names("DE", "2026-04-03"), ["Good Friday"]);
    assert_eq!(names("GR", "2026-04-13"), ["Easter Monday"]); // Orthodox, a week after the West's
    assert_eq!(names("US", "2026-11-26"), ["Thanksgiving Day"]);
    assert_eq!(names("JP", "2027-05-05"), ["Children's Day"]);
    // The new moons of 2027 and 2030 are the ones that common calendar libraries miss by a day.
    assert_eq!(
        names("CN", "2027-02-06"),
        ["Chinese New Year (Spring Festival)"]
    );
    assert_eq!(
        names("CN", "2030-02-03"),
        ["Chinese New Year (Spring Festival)"]
    );
    assert_eq!(names("SA", "2027-03-09"), ["~Eid al-Fitr Holiday"]);
    assert!(names("DE", "2026-04-02").is_empty());
    assert!(names("DE", "2014-12-25").is_empty() && names("DE", "2038-12-25").is_empty());
}
