//! What part of their day a client is in.

use chrono::{NaiveTime, TimeDelta, Timelike};

use crate::clock::{Calendar, ClientZone, Holiday, Hours, Instant};

/// The first and the last hour of the night, when nobody should hear a letter arrive.
pub const NIGHT: (u32, u32) = (22, 7);

/// A part of a client's day, most telling first: a holiday is a holiday at night, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Daytime {
    /// A public holiday.
    Holiday(Holiday),
    /// A day that is not worked.
    Weekend,
    /// From 22:00 to 7:00.
    Night,
    /// Within the hours fit for a letter to this client (W3).
    Open,
    /// Awake, but outside them.
    Closed,
}

impl Daytime {
    /// The part of the day at an instant. Where the country is unknown, so are its holidays and
    /// its weekend, and only the clock counts.
    #[must_use]
    pub fn at(
        calendar: Option<&Calendar>,
        hours: Hours,
        zone: ClientZone,
        now: Instant,
    ) -> Daytime {
        let local = zone.0.local(now);
        let day = calendar.map(|calendar| calendar.day(local.date()));
        if let Some(name) = day.as_ref().and_then(|day| day.holiday.clone()) {
            return Daytime::Holiday(name);
        }
        if day.is_some_and(|day| !day.is_working()) {
            return Daytime::Weekend;
        }
        let (dusk, dawn) = NIGHT;
        if local.hour() >= dusk || local.hour() < dawn {
            Daytime::Night
        } else if hours.contain(local.time()) {
            Daytime::Open
        } else {
            Daytime::Closed
        }
    }

    /// The next instant at which the part of the day may be another one: each begins at a full hour of
    /// the client's clock, or at an end of the hours fit for a letter.
    #[must_use]
    pub fn changes_at(hours: Hours, zone: ClientZone, now: Instant) -> Instant {
        let local = zone.0.local(now);
        let passed = TimeDelta::seconds(i64::from(local.minute() * 60 + local.second()))
            + TimeDelta::nanoseconds(i64::from(local.nanosecond()));
        let full_hour = now.plus(TimeDelta::hours(1) - passed);
        let midnight = local.date().and_time(NaiveTime::MIN);
        [hours.from(), hours.to()]
            .map(|time| midnight + TimeDelta::minutes(time.minutes().into()))
            .map(|local| zone.0.first_at_or_after(local))
            .into_iter()
            .filter(|at| *at > now)
            .fold(full_hour, Instant::min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn daytime(country: &str, zone: &str, at: &str) -> Daytime {
        let zone = ClientZone(zone.parse().unwrap());
        Daytime::at(
            country.parse().ok().map(Calendar::of).as_ref(),
            Hours::W3,
            zone,
            Instant::from_utc(at.parse().unwrap()),
        )
    }

    #[test]
    fn a_client_s_day_is_told_by_their_own_clock() {
        // Monday 23 November 2026; Berlin is an hour ahead of UTC, São Paulo three behind.
        assert_eq!(
            daytime("DE", "Europe/Berlin", "2026-11-23T09:00:00Z"),
            Daytime::Open
        );
        assert_eq!(
            daytime("DE", "Europe/Berlin", "2026-11-23T08:59:59Z"),
            Daytime::Closed
        );
        assert_eq!(
            daytime("DE", "Europe/Berlin", "2026-11-23T14:00:00Z"),
            Daytime::Closed
        );
        assert_eq!(
            daytime("BR", "America/Sao_Paulo", "2026-11-23T09:00:00Z"),
            Daytime::Night
        );
        assert_eq!(
            daytime("BR", "America/Sao_Paulo", "2026-11-23T10:00:00Z"),
            Daytime::Closed
        );
        assert_eq!(
            daytime("DE", "Europe/Berlin", "2026-11-22T10:00:00Z"),
            Daytime::Weekend
        );
        // Egypt rests on Friday and Saturday; Sunday is a working day there.
        assert_eq!(
            daytime("EG", "Africa/Cairo", "2026-11-20T10:00:00Z"),
            Daytime::Weekend
        );
        assert_eq!(
            daytime("EG", "Africa/Cairo", "2026-11-22T10:00:00Z"),
            Daytime::Open
        );
    }

    #[test]
    fn it_changes_at_their_full_hours_and_at_the_ends_of_the_users_own() {
        let kolkata = ClientZone("Asia/Kolkata".parse().unwrap());
        let at = |text: &str| Instant::from_utc(text.parse().unwrap());
        // 14:35:10.5 in India, five and a half hours ahead.
        let changes = Daytime::changes_at(Hours::W3, kolkata, at("2026-11-23T09:05:10.500Z"));
        assert_eq!(changes, at("2026-11-23T09:30:00Z"));
        // Until 14:45 there.
        let hours = Hours::new("9:15".parse().unwrap(), "14:45".parse().unwrap()).unwrap();
        let changes = |now| Daytime::changes_at(hours, kolkata, at(now));
        assert_eq!(changes("2026-11-23T09:05:10Z"), at("2026-11-23T09:15:00Z"));
        assert_eq!(changes("2026-11-23T09:15:00Z"), at("2026-11-23T09:30:00Z"));
    }
}
