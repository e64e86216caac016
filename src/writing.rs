//! A letter is being written: is now a good time for everybody it goes to, and if not, when is?
//! Advice only: it never blocks and never delays.

use chrono::{NaiveDate, TimeDelta};

use crate::clock::{Holiday, Instant, Opening};
use crate::dossier::Dossier;
use crate::guard::Guard;
use crate::history::{Author, TouchKind, unanswered};
use crate::market::Market;
use crate::playbook::Playbook;
use crate::rhythm::Place;

/// Holidays are looked for in so many days.
const LOOK_AHEAD: usize = 30;

/// When a letter to somebody is welcome, the strictest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Welcome {
    /// Nobody knows where they are, so nothing is said of their clock.
    Unknown,
    /// Now: their window is open until then.
    Now(Instant),
    /// Their window is closed and opens then.
    Later(Instant),
    /// Letters went unanswered within days (G1): the next one is welcome from then on.
    TooSoon(Instant),
}

/// What a letter to somebody meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// When it is welcome.
    pub welcome: Welcome,
    /// The best stretch to send it in, unless that is now.
    pub best: Option<Opening>,
    /// The letters that nobody at their company has answered, and since when the first of them waits.
    pub unanswered: Option<(u32, Instant)>,
    /// The next public holiday there, tomorrow or before the letter is welcome, and its day.
    pub holiday: Option<(Holiday, NaiveDate)>,
    /// The quiet season that their country is in, by its key (E2).
    pub season: Option<&'static str>,
}

/// What a letter to this client meets if it is sent now.
#[must_use]
pub fn advise(dossier: &Dossier, playbook: &Playbook, now: Instant) -> Advice {
    let place = Place::of(&dossier.client, playbook);
    let hours = dossier.hours;
    let open = |after| Some(place.as_ref()?.next_opening(hours, after)?.opening);
    let next = open(now);
    let guard = guard(dossier, playbook);
    let too_soon = guard.filter(|guard| guard.welcome > now);
    let welcome = match (too_soon, next) {
        (Some(guard), _) => {
            let opens = open(guard.welcome).map(|opening| opening.opens);
            Welcome::TooSoon(opens.unwrap_or(guard.welcome))
        }
        (None, None) => Welcome::Unknown,
        (None, Some(opening)) if opening.opens <= now => Welcome::Now(opening.closes),
        (None, Some(opening)) => Welcome::Later(opening.opens),
    };
    let best = match welcome {
        Welcome::Later(from) | Welcome::TooSoon(from) => place
            .as_ref()
            .and_then(|place| place.best_opening(hours, from)),
        Welcome::Now(_) | Welcome::Unknown => None,
    };
    let season = dossier.place.zone.and_then(|zone| {
        let season = dossier
            .calendar
            .as_ref()?
            .season(zone.0.local(now).date())?;
        Some(season.key)
    });
    Advice {
        welcome,
        best,
        unanswered: too_soon.and_then(|guard| {
            let first = unanswered(dossier.company.until(now))
                .iter()
                .find(|touch| touch.kind != TouchKind::Greeting)?;
            Some((guard.unanswered, first.at))
        }),
        holiday: holiday(dossier, welcome, now),
        season,
    }
}

/// The first holiday after today on which nobody reads the letter, or answers it. Today's is told by
/// their clock.
fn holiday(dossier: &Dossier, welcome: Welcome, now: Instant) -> Option<(Holiday, NaiveDate)> {
    let (zone, calendar) = (dossier.place.zone?.0, dossier.calendar.as_ref()?);
    let tomorrow = zone.date(now).succ_opt()?;
    let until = match welcome {
        Welcome::Unknown | Welcome::Now(_) => tomorrow,
        Welcome::Later(at) | Welcome::TooSoon(at) => zone.date(at).max(tomorrow),
    };
    tomorrow
        .iter_days()
        .take(LOOK_AHEAD)
        .take_while(|day| *day <= until)
        .find_map(|day| Some((calendar.day(day).holiday?, day)))
}

/// The guard over a client's company. Whoever wrote last is owed an answer, at any time.
fn guard(dossier: &Dossier, playbook: &Playbook) -> Option<Guard> {
    if dossier.history.last()?.by == Author::Client {
        return None;
    }
    // The rule holds in every market, so also where the market is unknown.
    let market = dossier.plan.market.unwrap_or(Market::EuropeAmerica);
    let gap_days = playbook.rules(market, &dossier.client.email).gap_days;
    Guard::over(dossier.company.touches(), gap_days)
}

/// Which of several recipients the letter has to wait for the longest; of equal ones the first.
#[must_use]
pub fn strictest(advice: &[Advice]) -> Option<usize> {
    let places = advice.iter().enumerate().rev();
    places
        .max_by_key(|(_, advice)| match advice.welcome {
            // Of two that are open the one that closes first is the stricter one.
            Welcome::Now(closes) => (1, -closes.ms()),
            Welcome::Unknown => (0, 0),
            Welcome::Later(at) => (2, at.ms()),
            Welcome::TooSoon(at) => (3, at.ms()),
        })
        .map(|(place, _)| place)
}

/// How many whole days ago something was, counted as nobody would call too few: a part counts as a day.
#[must_use]
pub fn days_since(at: Instant, now: Instant) -> i64 {
    let day = TimeDelta::days(1).num_milliseconds();
    let ago = now.since(at).num_milliseconds().max(0);
    (ago + day - 1) / day
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Person;
    use crate::clock::{SellerZone, Zone};
    use crate::dossier::Now;
    use crate::scene::{at, history};
    use crate::store::{ClientRecord, Held, ThreadKey, ThreadRecord};

    fn dossier(country: &str, letters: &[&str], now: &str) -> Dossier {
        let account = "me@seller.example".parse().unwrap();
        let person = Person::new("anna@client.example".parse().unwrap(), Some("Anna"));
        let company = "client.example".to_owned();
        let record = ClientRecord {
            word: country
                .parse()
                .ok()
                .map(|country: crate::country::Country| {
                    let word = format!(r#"{{"country":"{}","scope":"person"}}"#, country.code());
                    serde_json::from_str(&word).unwrap()
                }),
            ..ClientRecord::new(&account, &person, company.clone())
        };
        let thread = ThreadRecord {
            key: ThreadKey {
                account,
                id: "1".into(),
            },
            client: person.email,
            company,
            subject: String::new(),
            history: history(letters),
            snooze: None,
            said: crate::said::Said::default(),
        };
        let held = Held {
            company: None,
            clients: vec![record.clone()],
            threads: vec![thread],
        };
        let now = Now {
            at: at(now),
            seller: SellerZone(Zone::UTC),
        };
        Dossier::new(&record, true, &held, &Playbook::default(), now)
    }

    fn advice(country: &str, letters: &[&str], now: &str) -> Advice {
        advise(
            &dossier(country, letters, now),
            &Playbook::default(),
            at(now),
        )
    }

    // Berlin is an hour ahead of UTC in November; 23 November 2026 is a Monday.
    #[test]
    fn w3_now_is_good_within_the_window_alone() {
        let letters = ["they 2026-10-01T08:00:00Z", "me 2026-10-02T10:00:00Z"];
        let noon = advice("DE", &letters, "2026-11-23T11:00:00Z");
        assert_eq!(noon.welcome, Welcome::Now(at("2026-11-23T14:00:00Z")));
        assert_eq!(noon.best, None);
        let evening = advice("DE", &letters, "2026-11-23T18:00:00Z");
        assert_eq!(evening.welcome, Welcome::Later(at("2026-11-24T09:00:00Z")));
        // 10:00–12:00 is preferred.
        let best = evening.best.unwrap();
        assert_eq!(
            (best.opens, best.closes),
            (at("2026-11-24T09:00:00Z"), at("2026-11-24T11:00:00Z"))
        );
    }

    #[test]
    fn g1_a_letter_on_the_heels_of_another_is_too_soon_whoever_at_the_company_got_it() {
        let letters = ["they 2026-10-01T08:00:00Z", "me 2026-11-22T10:00:00Z"];
        let soon = advice("DE", &letters, "2026-11-23T11:00:00Z");
        // More than three days after Sunday 10:00 is Wednesday 10:00 UTC, 11:00 in Berlin.
        assert_eq!(
            soon.welcome,
            Welcome::TooSoon(at("2026-11-25T10:00:00.001Z"))
        );
        assert_eq!(soon.unanswered, Some((1, at("2026-11-22T10:00:00Z"))));
        let answered = ["me 2026-11-22T10:00:00Z", "they 2026-11-23T08:00:00Z"];
        let owed = advice("DE", &answered, "2026-11-23T11:00:00Z");
        assert_eq!(owed.welcome, Welcome::Now(at("2026-11-23T14:00:00Z")));
    }

    #[test]
    fn where_nobody_knows_the_place_nothing_is_said_of_the_clock() {
        let letters = ["they 2026-10-01T08:00:00Z", "me 2026-10-02T10:00:00Z"];
        let unknown = advice("??", &letters, "2026-11-23T11:00:00Z");
        assert_eq!(unknown.welcome, Welcome::Unknown);
        assert_eq!(unknown.best, None);
    }

    // 1 May 2026 is a Friday; Berlin is two hours ahead of UTC in spring.
    #[test]
    fn a_holiday_that_the_letter_runs_into_is_named_and_today_s_is_told_by_the_clock() {
        let letters = ["they 2026-03-01T08:00:00Z", "me 2026-03-02T10:00:00Z"];
        let on = |now: &str| {
            let (holiday, day) = advice("DE", &letters, now).holiday?;
            Some((holiday.name, day.to_string()))
        };
        let may = Some(("Labor Day".to_owned(), "2026-05-01".to_owned()));
        // On the eve, in their window and after it.
        assert_eq!(on("2026-04-30T10:00:00Z"), may);
        assert_eq!(on("2026-04-30T18:00:00Z"), may);
        assert_eq!(on("2026-04-29T10:00:00Z"), None);
        assert_eq!(on("2026-05-01T10:00:00Z"), None);
    }

    #[test]
    fn the_strictest_of_several_is_who_must_be_waited_for_the_longest() {
        let of = |welcome| Advice {
            welcome,
            best: None,
            unanswered: None,
            holiday: None,
            season: None,
        };
        let (early, late) = (at("2026-11-24T09:00:00Z"), at("2026-11-25T09:00:00Z"));
        use Welcome::{Later, Now, TooSoon, Unknown};
        for (all, strictest_at) in [
            (vec![Unknown, Now(late), Now(early)], 2),
            (vec![Later(early), Now(early), Later(late)], 2),
            (vec![Later(late), TooSoon(early)], 1),
            (vec![Now(early), Now(early)], 0),
        ] {
            let all: Vec<_> = all.into_iter().map(of).collect();
            assert_eq!(strictest(&all), Some(strictest_at), "{all:?}");
        }
        assert_eq!(strictest(&[]), None);
    }

    #[test]
    fn a_part_of_a_day_counts_as_a_day() {
        let now = at("2026-11-23T11:00:00Z");
        assert_eq!(days_since(at("2026-11-23T10:00:00Z"), now), 1);
        assert_eq!(days_since(at("2026-11-22T11:00:00Z"), now), 1);
        assert_eq!(days_since(at("2026-11-22T10:59:00Z"), now), 2);
        assert_eq!(days_since(at("2026-11-24T10:59:00Z"), now), 0);
    }
}
