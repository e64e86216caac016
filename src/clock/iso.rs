//! Dates and times as ISO 8601 writes them. chrono reads and writes any format, which weighs thirty times as much.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// Reads `2026-11-23`.
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let (month, day) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let whole = parts.next().is_none();
    NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day).filter(|_| whole)
}

/// Reads `2026-11-23T09:30`, also with seconds.
#[must_use]
pub fn date_time(text: &str) -> Option<NaiveDateTime> {
    let (day, time) = text.split_once('T')?;
    let mut parts = time.split(':');
    let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let second = parts.next().map_or(Some(0), |part| digits(part, 2))?;
    let whole = parts.next().is_none();
    let time = NaiveTime::from_hms_opt(hour, minute, second).filter(|_| whole)?;
    Some(date(day)?.and_time(time))
}

/// Writes `2026-11-23T09:30`.
#[must_use]
pub fn minute(at: NaiveDateTime) -> String {
    let time = at.time();
    format!("{}T{:02}:{:02}", at.date(), time.hour(), time.minute())
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let all = text.len() == length && text.bytes().all(|c| c.is_ascii_digit());
    text.parse().ok().filter(|_| all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "2026",
            "2026-11",
            "2026-11-31",
            "2026-11-23-",
            "2026-11-023",
            "+026-11-23",
            "26-11-23",
            "2026-11-23 ",
            "二〇二六-11-23",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
        for text in [
            "2026-11-23",
            "2026-11-23T9:30",
            "2026-11-23T24:00",
            "2026-11-23T09:30:61",
            "2026-11-23T09:30:00:00",
        ] {
            assert_eq!(date_time(text), None, "{text}");
        }
    }

    proptest! {
        /// chrono says what is right.
        #[test]
        fn dates_and_times_are_what_chrono_says(seconds in -62_135_596_800_i64..253_402_300_800) {
            let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap().naive_utc();
            prop_assert_eq!(date(&at.format("%Y-%m-%d").to_string()), Some(at.date()));
            prop_assert_eq!(date_time(&at.format("%Y-%m-%dT%H:%M:%S").to_string()), Some(at));
            prop_assert_eq!(minute(at), at.format("%Y-%m-%dT%H:%M").to_string());
            let short = minute(at);
            prop_assert_eq!(date_time(&short), at.with_second(0));
        }
    }
}
