//! Rules that yield dates, as the tables under `data/` write them.
//!
//! | written | means |
//! | --- | --- |
//! | `2026-05-08` | that date |
//! | `12-25` | every 25 December |
//! | `mon>=05-25` | the first Monday on or after 25 May |
//! | `easter-2` | two days before Easter; the feasts are listed at the head of `holidays.tsv` |
//! | `12-27@mon,tue` | where it falls on a Monday or a Tuesday |
//! | `06-19:2021-` | from 2021 on; `:-2015,2017,2020-2024` are the years until 2015, and so on |

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday, WeekdaySet};

use super::iso;

/// The dates of feasts that holidays and seasons hang on, by name.
pub(super) type Feasts = BTreeMap<&'static str, Vec<NaiveDate>>;

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    anchor: Anchor,
    /// The weekdays on which it holds; `None` for all.
    weekdays: Option<WeekdaySet>,
    /// The years in which it holds; none for all.
    years: Vec<RangeInclusive<i32>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Anchor {
    Once(NaiveDate),
    Yearly(MonthDay),
    WeekdayFrom(Weekday, MonthDay),
    Feast(&'static str, TimeDelta),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MonthDay {
    month: u32,
    day: u32,
}

impl Rule {
    /// Reads a rule; `None` where it is none.
    pub(super) fn parse(text: &'static str) -> Option<Rule> {
        let (text, years) = text.split_once(':').unwrap_or((text, ""));
        let (anchor, weekdays) = match text.split_once('@') {
            Some((anchor, names)) => (anchor, Some(weekday_set(names)?)),
            None => (text, None),
        };
        let years: Option<Vec<_>> = years
            .split(',')
            .filter(|part| !part.is_empty())
            .map(year_range)
            .collect();
        Some(Rule {
            anchor: Anchor::parse(anchor)?,
            weekdays,
            years: years?,
        })
    }

    /// The rule's dates in some years, in no order. `None` where it hangs on no known feast.
    pub(super) fn dates(
        &self,
        feasts: &Feasts,
        years: RangeInclusive<i32>,
    ) -> Option<Vec<NaiveDate>> {
        // A year more in front: the Monday on or after 31 December falls into the next year.
        let each_year = || years.start() - 1..=*years.end();
        let mut dates: Vec<NaiveDate> = match self.anchor {
            Anchor::Once(date) => vec![date],
            Anchor::Yearly(start) => each_year().filter_map(|year| start.of(year)).collect(),
            Anchor::WeekdayFrom(weekday, start) => each_year()
                .filter_map(|year| first_from(weekday, start.of(year)?))
                .collect(),
            Anchor::Feast(name, shift) => feasts
                .get(name)?
                .iter()
                .filter_map(|feast| feast.checked_add_signed(shift))
                .collect(),
        };
        dates.retain(|date| years.contains(&date.year()) && self.holds_on(*date));
        Some(dates)
    }

    fn holds_on(&self, date: NaiveDate) -> bool {
        self.weekdays.is_none_or(|set| set.contains(date.weekday()))
            && (self.years.is_empty() || self.years.iter().any(|span| span.contains(&date.year())))
    }
}

impl Anchor {
    fn parse(text: &'static str) -> Option<Anchor> {
        if let Some((weekday, start)) = text.split_once(">=") {
            return Some(Anchor::WeekdayFrom(
                weekday.parse().ok()?,
                month_day(start)?,
            ));
        }
        if text.starts_with(|first: char| first.is_ascii_digit()) {
            return match month_day(text) {
                Some(start) => Some(Anchor::Yearly(start)),
                None => iso::date(text).map(Anchor::Once),
            };
        }
        let (name, shift) = match text.find(['+', '-']) {
            Some(at) => text.split_at_checked(at)?,
            None => (text, "0"),
        };
        (!name.is_empty()).then_some(())?;
        Some(Anchor::Feast(
            name,
            TimeDelta::try_days(shift.parse().ok()?)?,
        ))
    }
}

impl MonthDay {
    fn of(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

fn month_day(text: &str) -> Option<MonthDay> {
    let (month, day) = text.split_once('-')?;
    let start = MonthDay {
        month: month.parse().ok()?,
        day: day.parse().ok()?,
    };
    // Of a leap year, so that 29 February is a day.
    start.of(2000).map(|_| start)
}

fn first_from(weekday: Weekday, start: NaiveDate) -> Option<NaiveDate> {
    start.checked_add_days(Days::new(u64::from(weekday.days_since(start.weekday()))))
}

/// Weekdays by their English names, `mon,tue`; `None` where one is none.
pub(super) fn weekday_set(names: &str) -> Option<WeekdaySet> {
    names
        .split(',')
        .map(|name| name.parse::<Weekday>().ok())
        .collect()
}

fn year_range(text: &str) -> Option<RangeInclusive<i32>> {
    let year = |text: &str, missing: i32| match text {
        "" => Some(missing),
        _ => text.parse().ok(),
    };
    match text.split_once('-') {
        Some((from, to)) => Some(year(from, i32::MIN)?..=year(to, i32::MAX)?),
        None => text.parse().ok().map(|only| only..=only),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates(rule: &'static str, years: RangeInclusive<i32>) -> String {
        let easter = ["2026-04-05", "2027-03-28"].map(|date| date.parse().unwrap());
        let feasts = Feasts::from([("easter", easter.to_vec())]);
        let dates = Rule::parse(rule).unwrap().dates(&feasts, years).unwrap();
        let shown: Vec<String> = dates.iter().map(ToString::to_string).collect();
        shown.join(" ")
    }

    #[test]
    fn each_kind_of_rule_yields_its_dates() {
        assert_eq!(dates("2026-05-08", 2026..=2027), "2026-05-08");
        assert_eq!(dates("12-25", 2026..=2027), "2026-12-25 2027-12-25");
        assert_eq!(dates("02-29", 2026..=2029), "2028-02-29");
        // Memorial Day: the last Monday of May.
        assert_eq!(dates("mon>=05-25", 2026..=2027), "2026-05-25 2027-05-31");
        // The first Monday from 31 December 2026 (a Thursday) on is in 2027.
        assert_eq!(dates("mon>=12-31", 2027..=2027), "2027-01-04");
        assert_eq!(dates("easter-2", 2026..=2026), "2026-04-03");
        assert_eq!(dates("easter+39", 2026..=2027), "2026-05-14 2027-05-06");
    }

    #[test]
    fn weekdays_and_years_narrow_a_rule() {
        // 27 December is a Sunday in 2026, a Monday in 2027, a Thursday in 2029.
        assert_eq!(dates("12-27@mon,thu", 2026..=2029), "2027-12-27 2029-12-27");
        assert_eq!(dates("06-19:2021-", 2020..=2022), "2021-06-19 2022-06-19");
        assert_eq!(
            dates("06-19:-2015,2017,2019-2020", 2014..=2022),
            "2014-06-19 2015-06-19 2017-06-19 2019-06-19 2020-06-19"
        );
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for bad in [
            "",
            "13-01",
            "02-30",
            "foo>=01-01",
            "easter+",
            "easter-x",
            "-2",
            "01-01@",
            "01-01@moonday",
            "01-01:20x0",
            "2026-02-29",
            "01",
        ] {
            assert_eq!(Rule::parse(bad), None, "{bad}");
        }
        let unknown = Rule::parse("christmas_in_july").unwrap();
        assert_eq!(unknown.dates(&Feasts::new(), 2026..=2026), None);
    }
}
