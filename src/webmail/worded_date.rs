//! A date that a page words for people, read: `Today 06:27`, `Sun 20:24`, `2026-11-15 05:39`.
//!
//! Only what can mean one thing is read. A weekday is one of the last six days; numbers are a day and
//! a month in the order that the page's other dates show; where that is open, so is the date.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::Clock;
use crate::clock::Instant;

/// How much of a text is looked at, in bytes. The longest real one has some 40.
const LONGEST: usize = 120;
/// A page names no days of the week but of the last one.
const DAYS_BY_NAME: u64 = 6;

/// In which order a page writes the parts of a date in numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Order {
    /// Day, month, year.
    DayFirst,
    /// Month, day, year.
    MonthFirst,
    /// The page has shown nothing that tells.
    #[default]
    Open,
}

impl Order {
    /// The order by which all dates of a page can be read. `fallback` is the one of a site that
    /// knows no other.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>, fallback: Order) -> Order {
        let (mut day_first, mut month_first) = (false, false);
        for [a, b, _] in texts.filter_map(numbers).filter(|n| n[0] <= 31) {
            day_first |= a > 12;
            month_first |= b > 12;
        }
        match (day_first, month_first) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            (false, false) => fallback,
            (true, true) => Order::Open,
        }
    }
}

/// The instant that a text stands for on the page's clock, by the page's language.
pub(super) fn read(text: &str, language: &str, order: Order, clock: Clock) -> Option<Instant> {
    let (time, rest) = time(text)?;
    let today = clock.zone.local(clock.now).date();
    let date = match numbers(text) {
        Some(parts) => date(parts, order)?,
        None => by_name(&rest, language, today)?,
    };
    Some(clock.zone.first_at_or_after(NaiveDateTime::new(date, time)))
}

/// The first three numbers in a row, joined by dots, dashes or slashes.
fn numbers(text: &str) -> Option<[u32; 3]> {
    let word = text
        .get(..text.floor_char_boundary(LONGEST))?
        .split_whitespace()
        .find(|word| {
            word.split(['-', '.', '/'])
                .filter(|part| !part.is_empty())
                .count()
                == 3
        })?;
    let mut parts = word.split(['-', '.', '/']).filter(|part| !part.is_empty());
    let mut next = || parts.next()?.trim_matches(',').parse().ok();
    Some([next()?, next()?, next()?])
}

fn date([a, b, c]: [u32; 3], order: Order) -> Option<NaiveDate> {
    let (year, month, day) = match order {
        _ if a > 31 => (a, b, c),
        // The same date either way.
        _ if a == b => (c, a, b),
        Order::DayFirst => (c, b, a),
        Order::MonthFirst => (c, a, b),
        Order::Open if a > 12 => (c, b, a),
        Order::Open if b > 12 => (c, a, b),
        Order::Open => return None,
    };
    let year = if year < 100 { year + 2000 } else { year };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The time of day, and the text without it, in lower case.
fn time(text: &str) -> Option<(NaiveTime, String)> {
    let text = text
        .get(..text.floor_char_boundary(LONGEST))?
        .to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let place = words.iter().position(|word| word.contains(':'))?;
    let (before, after) = words.split_at(place);
    let (clock, after) = after.split_first()?;
    let (hour, minute) = clock.split_once(':')?;
    // `6:05pm`, `6:05 pm`, `下午6:05`.
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let noon = format!("{} {}", clock, after.first().unwrap_or(&""));
    let (hour, minute): (u32, u32) = (
        digits(hour).parse().ok()?,
        digits(minute).get(..2)?.parse().ok()?,
    );
    let hour = match () {
        () if ["pm", "p.m", "下午", "晚上"]
            .iter()
            .any(|mark| noon.contains(mark)) =>
        {
            hour % 12 + 12
        }
        () if ["am", "a.m", "上午"].iter().any(|mark| noon.contains(mark)) => hour % 12,
        () => hour,
    };
    let rest: Vec<&str> = before
        .iter()
        .chain(after)
        .copied()
        .filter(|word| !["am", "pm", "a.m.", "p.m."].contains(word))
        .collect();
    Some((NaiveTime::from_hms_opt(hour, minute, 0)?, rest.join(" ")))
}

/// The day that is called so: today, or one of the last six.
fn by_name(name: &str, language: &str, today: NaiveDate) -> Option<NaiveDate> {
    let name = name.trim_end_matches([',', '.']).replace('.', "");
    if name.is_empty() {
        return None;
    }
    let [called_today, days @ ..] = names(language)?;
    if called_today.split('|').any(|one| one == name) {
        return Some(today);
    }
    let known = |spellings: &&str| spellings.split('|').any(|one| one == name);
    // Two letters and more of one day's name alone.
    let begins = |spellings: &&str| {
        name.chars().nth(1).is_some() && spellings.split('|').any(|one| one.starts_with(&name))
    };
    let only = |fits: &dyn Fn(&&str) -> bool| {
        let mut hits = days.iter().enumerate().filter(|(_, day)| fits(day));
        let hit = hits.next()?.0;
        hits.next().is_none().then_some(hit)
    };
    let weekday = only(&known).or_else(|| only(&begins))?;
    (0..=DAYS_BY_NAME)
        .filter_map(|back| today.checked_sub_days(Days::new(back)))
        .find(|day| day.weekday().num_days_from_sunday() as usize == weekday)
}

/// What a language calls today and the days of the week from Sunday on.
fn names(language: &str) -> Option<[&'static str; 8]> {
    let code = language.split(['-', '_']).next()?.to_lowercase();
    let code = match code.as_str() {
        "no" => "nb",
        code => code,
    };
    crate::clock::rows(include_str!("../../data/weekday_names.tsv"))
        .filter_map(|row| row.split_once('\t'))
        .find(|(name, _)| *name == code)
        .and_then(|(_, cells)| cells.split('\t').collect::<Vec<_>>().try_into().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-23T06:00:00Z, a Monday.
    const NOW_MS: i64 = 1_795_413_600_000;

    fn at(text: &str, language: &str, order: Order, zone: &str) -> Option<String> {
        let clock = Clock {
            zone: zone.parse().unwrap(),
            now: Instant::from_ms(NOW_MS).unwrap(),
        };
        let at = read(text, language, order, clock)?;
        Some(at.utc().format("%Y-%m-%dT%H:%MZ").to_string())
    }

    fn utc(text: &str, language: &str) -> Option<String> {
        at(text, language, Order::Open, "UTC")
    }

    #[test]
    fn days_are_known_by_their_names_in_the_pages_language() {
        for (text, language, expected) in [
            ("Today 04:14", "en", "2026-11-23T04:14Z"),
            ("Sun 20:24", "en", "2026-11-22T20:24Z"),
            ("Tue 00:05", "en", "2026-11-17T00:05Z"),
            ("Сегодня 04:14", "ru", "2026-11-23T04:14Z"),
            ("Вс 20:24", "ru", "2026-11-22T20:24Z"),
            ("今天 04:14", "zh", "2026-11-23T04:14Z"),
            ("星期日 20:24", "zh-CN", "2026-11-22T20:24Z"),
            ("Thứ Năm 9:30", "vi", "2026-11-19T09:30Z"),
            ("Do 09:30", "de", "2026-11-19T09:30Z"),
            ("do 09:30", "nl", "2026-11-19T09:30Z"),
            ("Нед 09:30", "bg", "2026-11-22T09:30Z"),
            ("Fri 9:30 pm", "en", "2026-11-20T21:30Z"),
            ("Fri 12:05 AM", "en_US", "2026-11-20T00:05Z"),
        ] {
            assert_eq!(utc(text, language).as_deref(), Some(expected), "{text}");
        }
        for unknown in [
            "04:14",
            "Yesterdate 04:14",
            "S 04:14",
            "T 04:14",
            "Sun",
            "",
            "Sun 25:00",
            "Sun 10:7",
        ] {
            assert_eq!(utc(unknown, "en"), None, "{unknown}");
        }
        assert_eq!(utc("Sun 20:24", "tlh"), None, "a language without a table");
        assert_eq!(
            utc("Ma 09:30", "nl").as_deref(),
            Some("2026-11-23T09:30Z"),
            "Monday there"
        );
        assert_eq!(
            utc("Mar 09:30", "ro").as_deref(),
            Some("2026-11-17T09:30Z"),
            "Tuesday there"
        );
    }

    #[test]
    fn numbers_are_read_in_the_order_that_the_page_shows() {
        for (text, expected) in [
            ("2026-11-15 05:39", "2026-11-15T05:39Z"),
            ("2026/11/15 05:39", "2026-11-15T05:39Z"),
            ("2026.11.5 5:39", "2026-11-05T05:39Z"),
            ("15-11-2026 05:39", "2026-11-15T05:39Z"),
            ("15.11.2026 05:39", "2026-11-15T05:39Z"),
            ("11/15/2026 05:39", "2026-11-15T05:39Z"),
            ("05/05/2026 05:39", "2026-05-05T05:39Z"),
        ] {
            assert_eq!(utc(text, "en").as_deref(), Some(expected), "{text}");
        }
        let read = |order| at("05/11/2026 05:39", "en", order, "UTC");
        assert_eq!(read(Order::Open), None);
        assert_eq!(read(Order::DayFirst).as_deref(), Some("2026-11-05T05:39Z"));
        assert_eq!(
            read(Order::MonthFirst).as_deref(),
            Some("2026-05-11T05:39Z")
        );
        for bad in ["2026-13-01 05:39", "31/02/2026 05:39", "99/99/9999 05:39"] {
            assert_eq!(utc(bad, "en"), None, "{bad}");
        }
    }

    #[test]
    fn one_telling_date_tells_the_order_of_all() {
        let of = |texts: &[&str]| Order::of(texts.iter().copied(), Order::Open);
        assert_eq!(
            of(&["05/11/2026 05:39", "25/11/2026 05:39"]),
            Order::DayFirst
        );
        assert_eq!(
            of(&["05/11/2026 05:39", "11/25/2026 05:39"]),
            Order::MonthFirst
        );
        assert_eq!(of(&["05/11/2026 05:39", "Sun 12:30"]), Order::Open);
        assert_eq!(of(&["25/11/2026 1:00", "11/25/2026 1:00"]), Order::Open);
        assert_eq!(of(&["2026-11-25 1:00"]), Order::Open);
        assert_eq!(Order::of([].into_iter(), Order::DayFirst), Order::DayFirst);
    }

    #[test]
    fn the_zone_is_the_pages() {
        let in_zone = |text, zone| at(text, "en", Order::Open, zone);
        // 14:00 on Monday in Shanghai, 22:00 on Sunday in Los Angeles.
        assert_eq!(
            in_zone("Today 10:00", "Asia/Shanghai").as_deref(),
            Some("2026-11-23T02:00Z")
        );
        assert_eq!(
            in_zone("Today 20:00", "America/Los_Angeles").as_deref(),
            Some("2026-11-23T04:00Z")
        );
        assert_eq!(
            in_zone("2026-07-01 10:30", "Europe/Berlin").as_deref(),
            Some("2026-07-01T08:30Z")
        );
    }
}
