//! Catching the moment (M1): a day of the client's, good news, or days on which the user's own
//! company is closed pull a letter forward, never nearer than the interval's shortest span.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::pace::Paced;
use super::{Facts, Turn};
use crate::moment::{Moment, MomentKind, iso_date};

/// News is worth a letter for so many days.
const FRESH: Days = Days::new(14);
/// So many days before the user's own company closes, clients hear of it: time to order still.
const BEFORE_CLOSING: Days = Days::new(10);
/// So many days after it opens again, its letters still lie about unwritten.
const AFTER_CLOSING: Days = Days::new(7);

/// What pulled a letter forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pulled {
    /// What it was.
    pub by: Pull,
    /// Its day.
    #[serde(with = "iso_date")]
    pub on: NaiveDate,
}

/// What can pull a letter forward.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pull {
    /// A moment that the user noted for the client.
    Moment(MomentKind),
    /// The user's own company is about to close.
    Closing,
    /// A main holiday of the client's country; the calendar has its name.
    Holiday,
}

/// A turn by its interval, or by the first moment that comes before the interval is over.
pub(super) fn turn(facts: &Facts<'_>, paced: Paced) -> Option<Turn> {
    let pulled = facts.rules.moments.then(|| first(facts, &paced)).flatten();
    let Some((on, pulled)) = pulled else {
        let on = paced.on;
        return paced.turn(facts, on);
    };
    let turn = paced.turn(facts, on)?;
    Some(Turn {
        pulled: Some(pulled),
        ..turn
    })
}

/// The first moment between the interval's shortest span and its end, and the day it asks for.
fn first(facts: &Facts<'_>, paced: &Paced) -> Option<(NaiveDate, Pulled)> {
    if facts.client.moments.is_empty() && facts.playbook.closings.is_empty() {
        return None;
    }
    let earliest = paced.earliest()?;
    let moments = facts
        .client
        .moments
        .iter()
        .filter_map(|moment| noted(earliest, moment));
    let closings = facts.playbook.closings.iter().filter_map(|closing| {
        let tell = closing.from.checked_sub_days(BEFORE_CLOSING)?;
        let settled = closing.to.checked_add_days(AFTER_CLOSING)?;
        let on = tell.max(earliest);
        let in_time = on < closing.from;
        let touched = (tell..=settled).contains(&paced.on);
        let pulled = Pulled {
            by: Pull::Closing,
            on: closing.from,
        };
        (in_time && touched).then_some((on, pulled))
    });
    moments
        .chain(closings)
        .filter(|(on, _)| *on < paced.on)
        .min_by_key(|(on, pulled)| (*on, pulled.on))
}

/// The day from a first one on, on which a noted moment asks for a letter; `None` where it is over
/// by then.
fn noted(first: NaiveDate, moment: &Moment) -> Option<(NaiveDate, Pulled)> {
    let on = match moment.kind {
        MomentKind::Anniversary => (first.year()..=first.year() + 1)
            .filter_map(|year| anniversary(moment.on, year))
            .find(|day| *day >= first)?,
        MomentKind::GoodNews | MomentKind::NewProduct => moment.on,
    };
    if on.checked_add_days(FRESH)? < first {
        return None;
    }
    Some((
        on.max(first),
        Pulled {
            by: Pull::Moment(moment.kind),
            on,
        },
    ))
}

/// A day in another year; the 29th of February is the 28th where there is none.
fn anniversary(day: NaiveDate, year: i32) -> Option<NaiveDate> {
    day.with_year(year)
        .or_else(|| NaiveDate::from_ymd_opt(year, 2, 28))
}
