//! A country's working days.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::week::Weeks;
use crate::country::Country;

/// What a country's calendar says about dates.
#[derive(Clone, Debug)]
pub struct Calendar {
    weeks: Weeks,
}

/// One date of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// Whether it belongs to the weekend.
    pub weekend: bool,
    /// Whether it is worked, but by many only in part: a suggestion avoids it, nothing forbids it.
    pub half: bool,
    /// The public holiday, if it is one.
    pub holiday: Option<String>,
}

impl Day {
    /// Whether offices are open: no weekend and no public holiday.
    #[must_use]
    pub fn is_working(&self) -> bool {
        !self.weekend && self.holiday.is_none()
    }
}

impl Calendar {
    /// The calendar of a country.
    #[must_use]
    pub fn of(country: Country) -> Calendar {
        Calendar {
            weeks: Weeks::of(country),
        }
    }

    /// The calendar of most of the world, where no country is known: Saturday and Sunday are free.
    #[must_use]
    pub fn usual() -> Calendar {
        Calendar {
            weeks: Weeks::usual(),
        }
    }

    /// What the calendar says about a date.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Day {
        let week = self.weeks.on(date);
        Day {
            weekend: week.is_weekend(date.weekday()),
            half: week.is_half(date.weekday()),
            holiday: None,
        }
    }
}
