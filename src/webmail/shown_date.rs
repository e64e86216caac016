//! A date as a page words it, in whatever language, held against an instant.
//!
//! Cadence never parses such a date: it only asks whether its numbers can stand for an instant
//! that is known from elsewhere.

use chrono::{Datelike, NaiveDateTime, TimeDelta, Timelike};

use crate::clock::{Instant, Zone};

/// How much of a title is looked at, in characters. The longest real one has some 60.
const LONGEST_TITLE: usize = 256;
/// How many of its numbers are looked at: a date has five or six.
const MOST_NUMBERS: usize = 12;
/// UTC offsets in use, in minutes: from −12:00 to +14:00 in steps of a quarter of an hour.
const OFFSETS: std::ops::RangeInclusive<i32> = -48..=56;
const OFFSET_STEP_MINUTES: i32 = 15;
/// What counts as a year among the numbers: from the Persian calendar's 1300s to the Buddhist
/// calendar's 2600s.
const YEARS: std::ops::RangeInclusive<i64> = 1300..=2700;
/// A mailbox notes a message up to 40 seconds after the time that it shows for it, and up to 0.2
/// seconds before (measured on real messages), so the minute shown may be one of the next ones.
const SLIP_MINUTES: [i64; 3] = [0, -1, 1];

/// Whether a date as shown can stand for `at`: on the clocks of `zone`, or, where that is not
/// known, on any clock of the world. A title that shows no full date says nothing and is let pass.
///
/// The year, the day of the month, and hour and minute side by side (of a 12 or 24 hour clock)
/// must be among the numbers. The month is not looked at: it is mostly a word. Years of the
/// Buddhist calendar are known; where the year is one of the Persian or the Islamic calendar, whose
/// months start on other days, hour and minute alone decide.
pub(super) fn may_be(title: &str, at: Instant, zone: Option<Zone>) -> bool {
    let numbers = numbers(title);
    if numbers.len() < 3 {
        return true;
    }
    SLIP_MINUTES.into_iter().any(|slip| {
        let at = at.plus(TimeDelta::minutes(slip));
        match zone {
            Some(zone) => shows(&numbers, zone.local(at)),
            None => OFFSETS.into_iter().any(|step| {
                let offset = TimeDelta::minutes(i64::from(step * OFFSET_STEP_MINUTES));
                shows(&numbers, at.plus(offset).utc().naive_utc())
            }),
        }
    })
}

/// Whether the numbers can be read as this local time.
fn shows(numbers: &[i64], local: NaiveDateTime) -> bool {
    let (hour, minute) = (i64::from(local.hour()), i64::from(local.minute()));
    let is_hour = |n: i64| n == hour || n == if hour % 12 == 0 { 12 } else { hour % 12 };
    let day = i64::from(local.day());
    let day_counts = match calendar(numbers, i64::from(local.year())) {
        Calendar::SameDays => true,
        Calendar::OtherDays => false,
        Calendar::None => return false,
    };
    numbers.windows(2).enumerate().any(|(place, pair)| {
        let is_time = matches!(pair, &[h, m] if is_hour(h) && m == minute);
        let elsewhere = |other: usize| other != place && other != place + 1;
        is_time
            && (!day_counts
                || (numbers.iter().enumerate()).any(|(other, n)| *n == day && elsewhere(other)))
    })
}

/// Which calendar the year among the numbers is of.
enum Calendar {
    /// One whose days of the month are ours, or none is named.
    SameDays,
    /// One with months of its own.
    OtherDays,
    /// None in which it is this year.
    None,
}

fn calendar(numbers: &[i64], year: i64) -> Calendar {
    let mut years = numbers.iter().filter(|n| YEARS.contains(n)).peekable();
    if years.peek().is_none() {
        return Calendar::SameDays;
    }
    let buddhist = year + 543;
    let persian = year - 622..=year - 621;
    // The Islamic year is some 11 days shorter: 33 of them in 32 of ours.
    let islamic = (year - 622) * 33 / 32;
    years.fold(Calendar::None, |found, &n| match found {
        Calendar::SameDays => found,
        _ if n == year || n == buddhist => Calendar::SameDays,
        _ if persian.contains(&n) || (islamic - 1..=islamic + 1).contains(&n) => {
            Calendar::OtherDays
        }
        _ => found,
    })
}

/// The numbers in a text, digits of every script that a webmail is worded in.
fn numbers(text: &str) -> Vec<i64> {
    let mut numbers = Vec::new();
    let mut number: Option<i64> = None;
    for c in text.chars().take(LONGEST_TITLE) {
        match digit(c) {
            Some(digit) => {
                let so_far = number.unwrap_or(0);
                number = Some(so_far.saturating_mul(10).saturating_add(digit));
            }
            None => numbers.extend(number.take()),
        }
    }
    numbers.extend(number);
    numbers.truncate(MOST_NUMBERS);
    numbers
}

/// The value of a decimal digit. Each script has its ten in a row (Unicode 16, category Nd).
fn digit(c: char) -> Option<i64> {
    const ZEROS: [char; 20] = [
        '0', '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}',
        '\u{b66}', '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}', '\u{de6}', '\u{e50}', '\u{ed0}',
        '\u{f20}', '\u{1040}', '\u{17e0}', '\u{ff10}',
    ];
    let value = |zero: char| {
        u32::from(c)
            .checked_sub(u32::from(zero))
            .filter(|d| *d < 10)
    };
    ZEROS.into_iter().find_map(value).map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-07-29T06:00:20Z: 9 in the morning in Moscow.
    const SUMMER_MS: i64 = 1_785_304_820_000;

    fn anywhere(title: &str) -> bool {
        may_be(title, Instant::from_ms(SUMMER_MS).unwrap(), None)
    }

    #[test]
    fn every_language_words_the_same_minute() {
        for title in [
            "Jul 29, 2026, 9:00 AM",
            "Wed, Jul 29, 2026 at 9:00\u{202f}AM",
            "29 июл. 2026 г., 09:00",
            "2026年7月29日 09:00",
            "2026年7月29日星期三 上午9:00",
            "09:00 29 thg 7, 2026",
            "٢٩ يوليو ٢٠٢٦، ٩:٠٠ ص",
            "29 يوليو 2026، 9:00 ص",
            "۲۹ ژوئیهٔ ۲۰۲۶، ۹:۰۰",
            "۷ مرداد ۱۴۰۵، ساعت ۹:۰۰",
            "२९ जुल॰ २०२६, ९:०० पूर्वाह्न",
            "29 ก.ค. 2569 09:00",
            "๒๙ ก.ค. ๒๕๖๙ ๐๙:๐๐",
            "29. Juli 2026 um 09:00",
            "29 juil. 2026, 09 h 00",
            "29.7.2026 klo 9.00",
        ] {
            assert!(anywhere(title), "{title}");
        }
    }

    #[test]
    fn another_day_or_minute_or_year_is_seen() {
        for title in [
            "Jul 12, 2026, 9:00 AM",
            "Jul 29, 2025, 9:00 AM",
            "Jul 29, 2026, 9:07 AM",
            "٢٩ يوليو ٢٠٢٥، ٩:٠٠ ص",
            "۷ مرداد ۱۴۰۳، ساعت ۹:۰۰",
            "۷ مرداد ۱۴۰۵، ساعت ۹:۰۷",
            "29 ก.ค. 2568 09:00",
        ] {
            assert!(!anywhere(title), "{title}");
        }
    }

    #[test]
    fn a_title_without_a_date_says_nothing() {
        for title in [
            "",
            "yesterday",
            "9:00",
            "2 hours ago",
            "\u{202e}<img onerror>",
        ] {
            assert!(anywhere(title), "{title}");
        }
    }

    #[test]
    fn a_known_zone_is_held_to_its_own_clock() {
        let at = Instant::from_ms(SUMMER_MS).unwrap();
        let in_zone = |title, zone: &str| may_be(title, at, Some(zone.parse().unwrap()));
        assert!(in_zone("Jul 29, 2026, 9:00 AM", "Europe/Moscow"));
        assert!(!in_zone("Jul 29, 2026, 9:00 AM", "Europe/Berlin"));
        assert!(in_zone("Jul 28, 2026, 11:00 PM", "America/Los_Angeles"));
        assert!(in_zone("28 июл. 2026 г., 23:00", "America/Los_Angeles"));
        // Noted 20 seconds into the minute after the one shown.
        assert!(in_zone("Jul 29, 2026, 8:59 AM", "Europe/Moscow"));
        assert!(!in_zone("Jul 29, 2026, 8:58 AM", "Europe/Moscow"));
    }
}
