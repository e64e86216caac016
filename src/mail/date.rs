//! When a message says that it was written, in the forms that programs have used over the decades: RFC 5322 with the
//! obsolete forms of its section 4.3, what C's `asctime` and JavaScript print, ISO 8601, and what lies between.

use chrono::{NaiveDate, NaiveTime};

use crate::clock::Instant;

/// Minutes ahead of UTC, by the names that RFC 822 gives zones, and the Atlantic's. Other names say nothing (RFC 5322, 4.3).
const ZONES: [(&str, i32); 14] = [
    ("utc", 0),
    ("ut", 0),
    ("gmt", 0),
    ("z", 0),
    ("adt", -180),
    ("ast", -240),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mdt", -360),
    ("mst", -420),
    ("pdt", -420),
    ("pst", -480),
];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// An instant, as its writer's clock showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dated {
    pub(super) at: Instant,
    /// What that clock was ahead of UTC, in minutes; `None` where it does not say, and is taken for UTC.
    pub(super) offset: Option<i32>,
}

/// Reads a date; `None` where it is none, or could be two (`03/04/2026`).
pub(super) fn read(text: &str) -> Option<Dated> {
    let text = without_comments(text);
    // A weekday says nothing that the date does not, and in other languages may look like a month (`mar.`).
    let text = match text.split_once(',') {
        Some((day, rest)) if !day.contains(|c: char| c.is_ascii_digit()) => rest,
        _ => &text,
    };
    let mut parts = Parts::default();
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"');
    for word in text.split(between).filter(|word| !word.is_empty()) {
        parts.take(word)?;
    }
    parts.dated()
}

fn without_comments(text: &str) -> String {
    let (mut plain, mut depth, mut escaped) = (String::new(), 0_usize, false);
    for c in text.chars() {
        match c {
            _ if std::mem::take(&mut escaped) => {}
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
        if depth > 0 {
            plain.push(' ');
        }
    }
    plain
}

/// What was read so far; of what is said twice the first one stands.
#[derive(Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    time: Option<NaiveTime>,
    /// Whether the time is one of the afternoon's twelve hours, or the morning's.
    afternoon: Option<bool>,
    zone: Option<i32>,
}

impl Parts {
    /// Takes a word; `None` where the whole is no date because of it.
    fn take(&mut self, word: &str) -> Option<()> {
        let first = word.chars().next()?;
        if first.is_alphabetic() {
            return self.name(word);
        }
        if matches!(first, '+' | '-') {
            self.zone = self.zone.or_else(|| zone(word));
            return Some(());
        }
        // `2026-11-23T09:05:07Z`
        if let Some((date, time)) = word.split_once(['T', 't'])
            && date.len() == 10
        {
            self.numbers(date)?;
            return self.clock(time);
        }
        if word.contains(':') {
            return self.clock(word);
        }
        match word.contains(['-', '/', '.']) {
            true => self.numbers(word),
            false => {
                self.number(word);
                Some(())
            }
        }
    }

    /// A month, a zone, half of a day; or a word that says nothing.
    fn name(&mut self, word: &str) -> Option<()> {
        let word = word.trim_end_matches('.').to_ascii_lowercase();
        if let Some(month) = month(&word) {
            let before = *self.month.get_or_insert(month);
            return (before == month).then_some(());
        }
        if self.time.is_none() {
            return Some(());
        }
        match word.as_str() {
            "am" => self.afternoon = Some(false),
            "pm" => self.afternoon = Some(true),
            _ => self.zone = self.zone.or_else(|| named_zone(&word)),
        }
        Some(())
    }

    /// `09:05`, `9:05:07.5`, `09:05:07+0100`
    fn clock(&mut self, word: &str) -> Option<()> {
        let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.'));
        let (clock, zone) = word.split_at_checked(end.unwrap_or(word.len()))?;
        if self.time.is_none() {
            self.time = Some(time(clock.split(':'))?);
        }
        match zone.len() {
            0 => Some(()),
            // No digit to begin with: it says nothing, however often it is looked at.
            rest if rest == word.len() => Some(()),
            _ => self.take(zone),
        }
    }

    /// `23-Nov-2026`, `2026-11-23`; a time with dots behind a date.
    fn numbers(&mut self, word: &str) -> Option<()> {
        let parts: Vec<&str> = word
            .split(['-', '/', '.'])
            .filter(|part| !part.is_empty())
            .collect();
        match parts.as_slice() {
            [year, month, day] if year.len() == 4 => {
                self.number(year);
                self.month.get_or_insert(month.parse().ok()?);
                self.number(day);
                Some(())
            }
            [day, name, year] if month(&name.to_ascii_lowercase()).is_some() => {
                self.number(day);
                self.name(name)?;
                self.number(year);
                Some(())
            }
            [number] => {
                self.number(number);
                Some(())
            }
            _ if self.year.is_some() && self.time.is_none() => {
                self.time = Some(time(parts.into_iter())?);
                Some(())
            }
            _ => None,
        }
    }

    /// A day or a year: what is missing, a day first. Of two digits 69 and more are a year before 2000 (POSIX, `strptime`);
    /// three count from 1900 (RFC 5322, 4.3).
    fn number(&mut self, word: &str) {
        let Ok(number) = word.parse::<u32>() else {
            return;
        };
        if word.len() <= 2 && self.day.is_none() {
            self.day = Some(number);
        } else if word.len() <= 4 && self.year.is_none() {
            self.year = i32::try_from(number).ok().map(|year| match year {
                0..=68 => year + 2000,
                69..=999 => year + 1900,
                year => year,
            });
        } else if word.len() == 4 && self.time.is_some() {
            self.zone = self.zone.or_else(|| zone(&format!("+{word}")));
        }
    }

    fn dated(self) -> Option<Dated> {
        let date = NaiveDate::from_ymd_opt(self.year?, self.month?, self.day?)?;
        let at = date.and_time(self.time?).and_utc().timestamp_millis();
        let half = match (self.afternoon, chrono::Timelike::hour(&self.time?)) {
            (Some(true), ..12) => 12 * 60,
            (Some(false), 12) => -12 * 60,
            _ => 0,
        };
        let minutes = half - self.zone.unwrap_or(0);
        Some(Dated {
            at: Instant::from_ms(at + i64::from(minutes) * 60_000).ok()?,
            offset: self.zone,
        })
    }
}

fn month(word: &str) -> Option<u32> {
    let place = MONTHS
        .iter()
        .position(|month| word.len() >= 3 && month.starts_with(word));
    u32::try_from(place? + 1).ok()
}

/// Hours and minutes, and seconds where they are said; a leap second is the one before it.
fn time<'t>(mut parts: impl Iterator<Item = &'t str>) -> Option<NaiveTime> {
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = match parts.next() {
        Some(second) => second.split('.').next()?.parse().ok()?,
        None => 0,
    };
    let second: u32 = if second == 60 { 59 } else { second };
    NaiveTime::from_hms_opt(hour, minute, second)
}

/// `gmt`, `gmt+0100`
fn named_zone(name: &str) -> Option<i32> {
    let end = name.find(['+', '-']).unwrap_or(name.len());
    let (name, ahead) = name.split_at_checked(end)?;
    let (_, minutes) = ZONES.iter().find(|(known, _)| *known == name)?;
    match ahead.is_empty() {
        true => Some(*minutes),
        false => zone(ahead),
    }
}

/// `+0100`, `-03:30`, `+8`; `-0000` is no zone.
fn zone(word: &str) -> Option<i32> {
    let (sign, digits) = match word.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, word.strip_prefix('+')?),
    };
    let digits = digits.replace(':', "");
    let number: i32 = digits.parse().ok()?;
    let minutes = match digits.len() {
        1 | 2 => number * 60,
        3 | 4 => number / 100 * 60 + number % 100,
        _ => return None,
    };
    let is_none = sign < 0 && minutes == 0;
    (!is_none && minutes < 24 * 60).then_some(sign * minutes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::at;

    fn is(text: &str, instant: &str, offset: Option<i32>) {
        let at = at(instant);
        assert_eq!(read(text), Some(Dated { at, offset }), "{text}");
    }

    #[test]
    fn dates_in_the_forms_of_the_standards() {
        // RFC 5322, A.6.2, and A.5 ten years later (nothing here was written before 1970); RFC 3339, 5.8.
        is(
            "Fri, 21 Nov 1997 09:55:06 -0600",
            "1997-11-21T15:55:06Z",
            Some(-360),
        );
        is(
            "Thu,\n      13\n        Feb\n          1979\n      23:32\n               -0330 (Newfoundland Time)",
            "1979-02-14T03:02:00Z",
            Some(-210),
        );
        is("21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z", Some(0));
        is(
            "1996-12-19T16:39:57-08:00",
            "1996-12-20T00:39:57Z",
            Some(-480),
        );
        is("1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50Z", Some(0));
    }

    #[test]
    fn dates_in_the_forms_of_programs() {
        let nine = "2026-11-23T09:05:07Z";
        is("Mon Nov 23 09:05:07 2026", nine, None);
        is("Mon Nov 23 10:05:07 +0100 2026", nine, Some(60));
        is(
            "Mon Nov 23 2026 17:05:07 GMT+0800 (China Standard Time)",
            nine,
            Some(480),
        );
        is("Monday, 23-Nov-26 09:05:07 UTC", nine, Some(0));
        is("Mon, 23 November 2026 09:05:07", nine, None);
        is("Mon, 23 Nov 126 09:05:07 -0000", nine, None);
        is(
            "mar., 24 nov. 2026 09:05:07 +0100",
            "2026-11-24T08:05:07Z",
            Some(60),
        );
        is("Nov 23, 2026 9:05:07 PM", "2026-11-23T21:05:07Z", None);
        is("Mon, 23 Nov 2026 09:05:07 CET", nine, None);
        is("Mon, 23 Nov 2026 09.05.07 +0000", nine, Some(0));
    }

    // Python's `parsedate_tz` reads as much of them.
    #[test]
    fn what_stands_behind_a_date_and_is_no_time_says_nothing() {
        let nine = "2026-11-23T09:05:07Z";
        is("Mon, 23 Nov 2026 09:05:07 /:5", nine, None);
        is("23 Nov 2026 09:05:07 \u{1f600}:", nine, None);
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_none() {
        for text in [
            "",
            "yesterday",
            "Mon,",
            "2026",
            "23 Nov 2026",
            "Mon, 23 Foo 2026 09:05:07",
            "31 Jun 2026 09:05",
            "23 Nov 2026 24:05",
            "03/04/2026 09:05:07",
            "23 Nov Dec 2026 09:05",
            "Mon, 23 Nov 2026 9h05",
            "1795424707",
            "(23 Nov 2026 09:05",
            "\u{1f600}:",
            "é-é-é 1:2:3",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
