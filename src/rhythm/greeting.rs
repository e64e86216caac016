//! Holiday wishes (W4, P3): the main holidays of the client's own country, one letter for each, and
//! none on top of a letter that went or is due in the same days. Of people's faith nothing is
//! guessed: what counts is what the country keeps as a public holiday.
//!
//! Source: `data/main_holidays.tsv`, our choice of main holidays (an extension; the article names
//! Christmas and Thanksgiving).

use std::ops::Range;
use std::sync::OnceLock;

use chrono::{Days, NaiveDate};

use super::{Facts, Place, Pull, Pulled, Slot, Track, Turn, open};
use crate::clock::Calendar;
use crate::country::Country;
use crate::history::{Author, Touch, TouchKind};
use crate::market::Market;
use crate::playbook::RuleId;

/// Wishes go out from so many days before the holiday on, or where no window opens in between
/// (a weekend), from so many.
const AHEAD: [Days; 2] = [Days::new(2), Days::new(5)];
/// Letters that lie less than this apart are of the same days.
const SAME_DAYS: i64 = 7;
/// How far ahead a holiday is looked for where no letter is due.
const HORIZON: Days = Days::new(400);

/// The turn when wishes are counted in: the letter's that comes first, if any does, and the days on
/// which letters usually come. Wishes go by themselves before the letter. Where a letter is due in
/// those days by its usual interval, there are none; where the answers moved one there, it is pulled
/// forward and carries them.
pub(super) fn with_wishes(
    facts: &Facts<'_>,
    letter: Option<Turn>,
    usual: &[Option<NaiveDate>],
) -> Option<Turn> {
    let Some((day, wishes)) = wishes(facts, letter.as_ref(), usual) else {
        return letter;
    };
    match letter {
        Some(letter) if (facts.place.date(letter.opens) - day).num_days() < SAME_DAYS => {
            Some(Turn {
                opens: wishes.opens,
                closes: wishes.closes,
                pulled: wishes.pulled,
                lapses_at: wishes.lapses_at,
                ..letter
            })
        }
        _ => Some(wishes),
    }
}

/// The next wishes that can go out before the letter does, and their holiday.
fn wishes(
    facts: &Facts<'_>,
    letter: Option<&Turn>,
    usual: &[Option<NaiveDate>],
) -> Option<(NaiveDate, Turn)> {
    let (place, country) = (facts.place, facts.place.country?);
    if !facts.rules.greetings {
        return None;
    }
    let contact = super::last_contact(facts.touches)?;
    // Dates by UTC are at most one off, and quick: most of the time there is no holiday near.
    let from = contact.max(facts.now).utc().date_naive().pred_opt()?;
    let to = match letter {
        Some(letter) => letter.opens.utc().date_naive().checked_add_days(AHEAD[1])?,
        None => from.checked_add_days(HORIZON)?,
    };
    let mut days = holidays(place, country, from..to.succ_opt()?.max(from)).peekable();
    days.peek()?;
    let (today, contact) = (place.date(facts.now), place.date(contact));
    let apart = |day: NaiveDate, other: NaiveDate| (day - other).num_days().abs() >= SAME_DAYS;
    days.filter(|day| *day >= today && *day > contact && apart(*day, contact))
        .filter(|day| usual.iter().flatten().all(|usual| apart(*day, *usual)))
        .find_map(|day| Some((day, wishes_for(facts, day)?)))
        .filter(|(_, wishes)| letter.is_none_or(|letter| wishes.opens < letter.opens))
}

/// The wishes for a holiday; `None` where it was greeted already or no window opens before it.
fn wishes_for(facts: &Facts<'_>, day: NaiveDate) -> Option<Turn> {
    let place = facts.place;
    let near = |touch: &Touch| (place.date(touch.at) - day).num_days().abs() < SAME_DAYS;
    let wishes = |touch: &&Touch| touch.by == Author::Seller && touch.kind == TouchKind::Greeting;
    if facts.touches.iter().rev().filter(wishes).any(near) {
        return None;
    }
    let opening = AHEAD.into_iter().find_map(|ahead| {
        let Slot { opening, .. } = open(facts, place.start_of(day.checked_sub_days(ahead)?))?;
        (opening.opens < place.start_of(day)).then_some(opening)
    })?;
    Some(Turn {
        track: Track::Greeting,
        rule: match place.market {
            Market::EuropeAmerica => RuleId::W4,
            _ => RuleId::P3,
        },
        opens: opening.opens,
        closes: opening.closes,
        pace: None,
        pulled: Some(Pulled {
            by: Pull::Holiday,
            on: day,
        }),
        reminder: None,
        quiet_until: None,
        lapses_at: Some(place.start_of(day.succ_opt()?)),
    })
}

/// The main holidays of a country within some dates.
fn holidays(
    place: &Place,
    country: Country,
    dates: Range<NaiveDate>,
) -> impl Iterator<Item = NaiveDate> + use<> {
    let names = names(country);
    place
        .calendar
        .tabled(dates)
        .filter(|(_, name)| names.contains(name))
        .map(|(day, _)| day)
}

/// The feast that a main holiday of a country keeps on a date, as `data/main_holidays.tsv` calls it.
#[must_use]
pub fn feast_on(country: Country, calendar: &Calendar, day: NaiveDate) -> Option<&'static str> {
    let (_, kept) = calendar
        .tabled(day..day.succ_opt()?)
        .find(|(_, name)| names(country).contains(name))?;
    let mut rows = rows(country);
    rows.find(|(_, names)| names.split('|').any(|name| name == kept))
        .map(|(feast, _)| feast)
}

/// The English names of a country's main holidays, as its calendar has them.
fn names(country: Country) -> &'static [&'static str] {
    static NAMES: OnceLock<Vec<Vec<&'static str>>> = OnceLock::new();
    let all = NAMES.get_or_init(|| Country::all().map(read).collect());
    all.get(country.place()).map_or(&[], Vec::as_slice)
}

/// The names of a country's rows.
fn read(country: Country) -> Vec<&'static str> {
    rows(country)
        .flat_map(|(_, names)| names.split('|'))
        .collect()
}

/// A country's rows of the table: the feast, and the names that calendars have for it.
fn rows(country: Country) -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../data/main_holidays.tsv")
        .lines()
        .skip(1)
        .filter_map(move |line| {
            let mut cells = line.split('\t');
            let (feast, countries) = (cells.next()?, cells.next()?);
            let (except, names) = (cells.next()?, cells.next()?);
            let lists = |cell: &str| cell.split(' ').any(|code| code == country.code());
            ((countries == "*" && !lists(except)) || lists(countries)).then_some((feast, names))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_the_table_is_one_of_the_calendars() {
        let year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        for country in Country::all() {
            let calendar = Calendar::of(country);
            let kept: Vec<&str> = calendar
                .tabled(year(2027)..year(2028))
                .map(|(_, name)| name)
                .collect();
            if !kept.is_empty() && country.code() != "BT"
            /* keeps none that we know how to greet */
            {
                let names = names(country);
                assert!(kept.iter().any(|name| names.contains(name)), "{country}");
            }
        }
    }
}
