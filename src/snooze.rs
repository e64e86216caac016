//! The moments that a snooze can be set until, at one click.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Weekday};

use crate::clock::{Calendar, ClientZone, Holiday, Hours, Instant, Zone};
use crate::dossier::Now;
use crate::place::{Certainty, Inference};

/// How far ahead a holiday is worth a preset, in days.
const HOLIDAY_WITHIN: u64 = 45;
/// When the user's own day begins, where the client's is unknown.
const MORNING: u32 = 9;

/// One moment to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// The name of its message.
    pub key: &'static str,
    /// What the message speaks of, where it speaks of a holiday.
    pub holiday: Option<Holiday>,
    /// The moment.
    pub until: Instant,
}

/// The presets for a client with this calendar and these hours for letters, soonest meaning first:
/// the client's next window before all others, and each moment once. Where nobody knows where the
/// client is, the user's own mornings.
#[must_use]
pub fn presets(
    place: &Inference,
    calendar: Option<&Calendar>,
    hours: Hours,
    now: Now,
) -> Vec<Preset> {
    let known = place.certainty == Certainty::Known;
    let mut presets = match (calendar, place.zone) {
        (Some(calendar), Some(zone)) if known => at_the_clients(calendar, hours, zone, now.at),
        _ => at_the_users(now),
    };
    let mut taken: Vec<Instant> = Vec::new();
    presets.retain(|preset| {
        let new = !taken.contains(&preset.until);
        taken.push(preset.until);
        new
    });
    presets
}

fn at_the_clients(
    calendar: &Calendar,
    hours: Hours,
    ClientZone(zone): ClientZone,
    now: Instant,
) -> Vec<Preset> {
    let today = zone.local(now).date();
    // The first opening on or after a date.
    let opening = |date: Option<NaiveDate>| {
        let midnight = zone.first_at_or_after(date?.and_time(NaiveTime::MIN));
        Some(calendar.next_opening(zone, hours, midnight)?.opens)
    };
    let tomorrow = today.checked_add_days(Days::new(1));
    // A window that is open now is the present one, not the next.
    let next_window = calendar
        .next_opening(zone, hours, now)
        .filter(|opening| opening.opens > now)
        .map(|opening| opening.opens)
        .or_else(|| opening(tomorrow));
    let holiday = next_holiday(calendar, today);
    [
        preset("snooze_window", next_window),
        preset("snooze_tomorrow", opening(tomorrow)),
        preset(
            "snooze_next_week",
            opening(next_working_week(calendar, today)),
        ),
        preset(
            "snooze_month",
            opening(today.checked_add_months(Months::new(1))),
        ),
        holiday.and_then(|(holiday, date)| {
            let after = opening(date.checked_add_days(Days::new(1)))?;
            Some(Preset {
                key: "snooze_after_holiday",
                holiday: Some(holiday),
                until: after,
            })
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn at_the_users(now: Now) -> Vec<Preset> {
    let zone: Zone = now.seller.0;
    let today = zone.local(now.at).date();
    let morning =
        |date: Option<NaiveDate>| Some(zone.first_at_or_after(date?.and_hms_opt(MORNING, 0, 0)?));
    let to_monday = 7 - u64::from(today.weekday().days_since(Weekday::Mon));
    [
        preset(
            "snooze_tomorrow",
            morning(today.checked_add_days(Days::new(1))),
        ),
        preset(
            "snooze_next_week",
            morning(today.checked_add_days(Days::new(to_monday))),
        ),
        preset(
            "snooze_month",
            morning(today.checked_add_months(Months::new(1))),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn preset(key: &'static str, until: Option<Instant>) -> Option<Preset> {
    Some(Preset {
        key,
        holiday: None,
        until: until?,
    })
}

/// The first day after the next weekend, whatever days the country's weekend has.
fn next_working_week(calendar: &Calendar, today: NaiveDate) -> Option<NaiveDate> {
    let days = || (0..14).map_while(|days| today.checked_add_days(Days::new(days)));
    let rest = days().find(|date| *date > today && calendar.day(*date).weekend)?;
    days().find(|date| *date > rest && !calendar.day(*date).weekend)
}

/// The next holiday ahead, with the last day of the run of holidays that it opens.
fn next_holiday(calendar: &Calendar, today: NaiveDate) -> Option<(Holiday, NaiveDate)> {
    let tomorrow = today.succ_opt()?;
    let horizon = today.checked_add_days(Days::new(HOLIDAY_WITHIN))?;
    let (first, holiday) = calendar.holidays(tomorrow..horizon).next()?;
    let run = std::iter::successors(Some(first), NaiveDate::succ_opt);
    let last = run
        .take_while(|date| calendar.day(*date).holiday.is_some())
        .last()?;
    Some((holiday, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SellerZone;
    use crate::place::ZoneBasis;

    fn place(country: &str, zone: &str) -> Inference {
        Inference {
            region: None,
            country: country.parse().ok(),
            zone: zone.parse().ok().map(ClientZone),
            zone_basis: Some(ZoneBasis::Only),
            confidence: 1.0,
            certainty: Certainty::Known,
            because: Vec::new(),
        }
    }

    fn chosen(place: &Inference, now: &str) -> Vec<(&'static str, String)> {
        let at = Instant::from_utc(now.parse().unwrap());
        let seller = SellerZone("Asia/Shanghai".parse().unwrap());
        let zone = place.zone.map_or(seller.0, |zone| zone.0);
        let calendar = place.country.map(Calendar::of);
        presets(place, calendar.as_ref(), Hours::W3, Now { at, seller })
            .into_iter()
            .map(|preset| {
                (
                    preset.key,
                    zone.local(preset.until)
                        .format("%a %d %b %H:%M")
                        .to_string(),
                )
            })
            .collect()
    }

    #[test]
    fn the_clients_next_window_comes_first_and_no_moment_twice() {
        // Friday 27 November 2026, 17:00 in Berlin: the window of the day is over.
        let presets = chosen(&place("DE", "Europe/Berlin"), "2026-11-27T16:00:00Z");
        assert_eq!(presets[0], ("snooze_window", "Mon 30 Nov 10:00".into()));
        // “Tomorrow” and “next week” would be the same Monday.
        assert!(presets[1..].iter().all(|(_, at)| at != "Mon 30 Nov 10:00"));
        // 27 December is a Sunday.
        assert!(presets.contains(&("snooze_month", "Mon 28 Dec 10:00".into())));
    }

    #[test]
    fn an_open_window_is_not_the_next_one() {
        // Monday 23 November 2026, 11:00 in Berlin.
        let presets = chosen(&place("DE", "Europe/Berlin"), "2026-11-23T10:00:00Z");
        assert_eq!(presets[0], ("snooze_window", "Tue 24 Nov 10:00".into()));
        assert_eq!(presets[1], ("snooze_next_week", "Mon 30 Nov 10:00".into()));
    }

    #[test]
    fn next_week_begins_when_the_clients_does() {
        // Monday in Cairo; their week begins on Sunday.
        let presets = chosen(&place("EG", "Africa/Cairo"), "2026-11-23T06:00:00Z");
        assert!(
            presets.contains(&("snooze_next_week", "Sun 29 Nov 10:00".into())),
            "{presets:?}"
        );
    }

    #[test]
    fn without_a_place_the_users_own_mornings_are_offered() {
        let unknown = Inference {
            region: None,
            country: None,
            zone: None,
            zone_basis: None,
            confidence: 0.0,
            certainty: Certainty::Unknown,
            because: Vec::new(),
        };
        // Monday 23 November 2026, 18:00 in Shanghai.
        assert_eq!(
            chosen(&unknown, "2026-11-23T10:00:00Z"),
            [
                ("snooze_tomorrow", "Tue 24 Nov 09:00".into()),
                ("snooze_next_week", "Mon 30 Nov 09:00".into()),
                ("snooze_month", "Wed 23 Dec 09:00".into()),
            ]
        );
    }
}
