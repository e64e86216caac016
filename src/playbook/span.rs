//! Lengths of time as people say them, and intervals with their bounds.

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A unit of time on the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Calendar months: from the 31st to the end of a shorter month.
    Month,
    /// Three calendar months.
    Quarter,
}

/// A length of time, e.g. “1 month”. Calendar arithmetic happens on the client's own calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

impl Span {
    /// The longest span a rule may have: India's order cycle (I1) is 3 years, so twice that.
    pub const LONGEST_DAYS: u32 = 6 * 360;

    /// So many days.
    #[must_use]
    pub const fn days(count: u16) -> Span {
        let unit = Unit::Day;
        Span { count, unit }
    }

    /// So many weeks.
    #[must_use]
    pub const fn weeks(count: u16) -> Span {
        let unit = Unit::Week;
        Span { count, unit }
    }

    /// So many calendar months.
    #[must_use]
    pub const fn months(count: u16) -> Span {
        let unit = Unit::Month;
        Span { count, unit }
    }

    /// So many quarters.
    #[must_use]
    pub const fn quarters(count: u16) -> Span {
        let unit = Unit::Quarter;
        Span { count, unit }
    }

    /// Its length in days, a month counted as 30: to compare spans, never to date anything.
    #[must_use]
    pub const fn nominal_days(self) -> u32 {
        let each = match self.unit {
            Unit::Day => 1,
            Unit::Week => 7,
            Unit::Month => 30,
            Unit::Quarter => 90,
        };
        self.count as u32 * each
    }

    /// The day one span after `day`; `None` past the end of the calendar.
    #[must_use]
    pub fn after(self, day: NaiveDate) -> Option<NaiveDate> {
        let count = self.count;
        match self.unit {
            Unit::Day => day.checked_add_days(Days::new(count.into())),
            Unit::Week => day.checked_add_days(Days::new(u64::from(count) * 7)),
            Unit::Month => day.checked_add_months(Months::new(count.into())),
            Unit::Quarter => day.checked_add_months(Months::new(u32::from(count) * 3)),
        }
    }
}

/// How often something is done: by default, and at most and least often when the answers ask for
/// more or less (F1 to F3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Bounds", into = "Bounds")]
pub struct Interval(Bounds);

/// What an interval looks like in storage, before it is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Bounds {
    min: Span,
    default: Span,
    max: Span,
}

/// The three spans make no interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadInterval {
    /// One of them is no time at all.
    #[error("an interval must be at least one day")]
    Empty,
    /// One of them is beyond [`Span::LONGEST_DAYS`].
    #[error("an interval must be six years at most")]
    TooLong,
    /// They are out of order.
    #[error("an interval's shortest, usual and longest span must be in that order")]
    OutOfOrder,
}

impl Interval {
    /// An interval of the playbook's own, whose order a test holds.
    pub(crate) const fn known(min: Span, default: Span, max: Span) -> Interval {
        Interval(Bounds { min, default, max })
    }

    /// An interval.
    ///
    /// # Errors
    /// [`BadInterval`] for an empty or overlong span, or spans out of order.
    pub fn new(min: Span, default: Span, max: Span) -> Result<Interval, BadInterval> {
        let days = [min, default, max].map(Span::nominal_days);
        if days.contains(&0) {
            Err(BadInterval::Empty)
        } else if days.iter().any(|days| *days > Span::LONGEST_DAYS) {
            Err(BadInterval::TooLong)
        } else if !days.is_sorted() {
            Err(BadInterval::OutOfOrder)
        } else {
            Ok(Interval(Bounds { min, default, max }))
        }
    }

    /// This interval with another usual span: the bounds move in proportion.
    ///
    /// # Errors
    /// [`BadInterval`] where the span is empty or a bound would be overlong.
    pub fn moved_to(self, usual: Span) -> Result<Interval, BadInterval> {
        let Bounds { min, default, max } = self.0;
        let (was, is) = (default.nominal_days(), usual.nominal_days());
        let moved = |bound: Span| {
            let days = (bound.nominal_days().saturating_mul(is) + was / 2) / was.max(1);
            u16::try_from(days)
                .map(Span::days)
                .map_err(|_| BadInterval::TooLong)
        };
        match is == was {
            true => Interval::new(min, usual, max),
            false => Interval::new(moved(min)?, usual, moved(max)?),
        }
    }

    /// At most this often.
    #[must_use]
    pub const fn min(self) -> Span {
        self.0.min
    }

    /// As a rule this often.
    #[must_use]
    pub const fn default(self) -> Span {
        self.0.default
    }

    /// At least this often.
    #[must_use]
    pub const fn max(self) -> Span {
        self.0.max
    }
}

impl TryFrom<Bounds> for Interval {
    type Error = BadInterval;
    fn try_from(of: Bounds) -> Result<Self, Self::Error> {
        Interval::new(of.min, of.default, of.max)
    }
}

impl From<Interval> for Bounds {
    fn from(interval: Interval) -> Bounds {
        interval.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_the_calendars_own() {
        let at = |text: &str| text.parse::<NaiveDate>().unwrap();
        let end_of_january = at("2027-01-31");
        assert_eq!(
            Span::months(1).after(end_of_january),
            Some(at("2027-02-28"))
        );
        assert_eq!(
            Span::quarters(1).after(end_of_january),
            Some(at("2027-04-30"))
        );
        assert_eq!(Span::weeks(2).after(end_of_january), Some(at("2027-02-14")));
    }

    #[test]
    fn the_bounds_of_an_interval_move_with_it() {
        // W2: three weeks, a month, 45 days. Twice as long: 42 days, two months, 90 days.
        let monthly = Interval::known(Span::weeks(3), Span::months(1), Span::days(45));
        let expected = Interval::new(Span::days(42), Span::months(2), Span::days(90));
        assert_eq!(monthly.moved_to(Span::months(2)), expected);
        // Four weeks are 28 days: 21 × 28 / 30 = 19.6 and 45 × 28 / 30 = 42.
        let expected = Interval::new(Span::days(20), Span::weeks(4), Span::days(42));
        assert_eq!(monthly.moved_to(Span::weeks(4)), expected);
        assert_eq!(monthly.moved_to(Span::days(0)), Err(BadInterval::Empty));
        assert_eq!(
            monthly.moved_to(Span::months(u16::MAX)),
            Err(BadInterval::TooLong)
        );
    }

    #[test]
    fn an_interval_out_of_order_is_refused_also_from_storage() {
        assert_eq!(
            Interval::new(Span::months(2), Span::months(1), Span::months(3)),
            Err(BadInterval::OutOfOrder)
        );
        assert_eq!(
            Interval::new(Span::days(0), Span::months(1), Span::months(3)),
            Err(BadInterval::Empty)
        );
        assert_eq!(
            Interval::new(Span::days(1), Span::months(1), Span::quarters(u16::MAX)),
            Err(BadInterval::TooLong)
        );
        let stored = r#"{"min":{"count":9,"unit":"week"},"default":{"count":1,"unit":"month"},"max":{"count":1,"unit":"month"}}"#;
        assert!(serde_json::from_str::<Interval>(stored).is_err());
    }
}
