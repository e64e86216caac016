//! How much “a little” is (F1 to F3): factors on an interval. All of them are extensions, since the
//! article gives no numbers.

use serde::{Deserialize, Serialize};

use super::RuleId;

/// A factor in thousandths: 1250 makes an interval a quarter longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Factor(u16);

/// The number is no factor that Cadence accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a factor must lie between 0.25 and 4, not at {}.{:03}", .0 / 1000, .0 % 1000)]
pub struct BadFactor(pub u16);

impl Factor {
    /// Changes nothing.
    pub const ONE: Factor = Factor(1000);

    /// A factor of so many thousandths.
    ///
    /// # Errors
    /// [`BadFactor`] below 250 or above 4000.
    pub fn new(thousandths: u16) -> Result<Factor, BadFactor> {
        if (250..=4000).contains(&thousandths) {
            Ok(Factor(thousandths))
        } else {
            Err(BadFactor(thousandths))
        }
    }

    /// In thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u16 {
        self.0
    }

    /// The product, in thousandths rounded to the nearest.
    #[must_use]
    pub fn times(self, other: Factor) -> Factor {
        let product = (u32::from(self.0) * u32::from(other.0) + 500) / 1000;
        Factor(u16::try_from(product).unwrap_or(u16::MAX))
    }

    /// So many days times the factor, rounded to the nearest day.
    #[must_use]
    pub fn of_days(self, days: u32) -> u32 {
        (days.saturating_mul(self.0.into()).saturating_add(500)) / 1000
    }
}

impl TryFrom<u16> for Factor {
    type Error = BadFactor;
    fn try_from(thousandths: u16) -> Result<Self, Self::Error> {
        Factor::new(thousandths)
    }
}

impl From<Factor> for u16 {
    fn from(factor: Factor) -> u16 {
        factor.0
    }
}

/// What moves an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Two letters in a row went unanswered (F1).
    TwoUnanswered,
    /// Three or more letters in a row went unanswered (F1).
    MoreUnanswered,
    /// The client takes over a week to answer (F1).
    SlowAnswers,
    /// The client answers within two days, and most letters (F2).
    QuickAnswers,
    /// The client has a clear plan to buy (F3).
    ClearPlan,
    /// The client hesitates (F3).
    Hesitant,
    /// Terms are being talked over (F3).
    Negotiating,
}

impl Cause {
    /// The rule that names it.
    #[must_use]
    pub const fn rule(self) -> RuleId {
        match self {
            Cause::TwoUnanswered | Cause::MoreUnanswered | Cause::SlowAnswers => RuleId::F1,
            Cause::QuickAnswers => RuleId::F2,
            Cause::ClearPlan | Cause::Hesitant | Cause::Negotiating => RuleId::F3,
        }
    }
}

/// The factor of each cause, and how far all of them together may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factors {
    /// For [`Cause::TwoUnanswered`].
    pub two_unanswered: Factor,
    /// For [`Cause::MoreUnanswered`].
    pub more_unanswered: Factor,
    /// For [`Cause::SlowAnswers`].
    pub slow_answers: Factor,
    /// For [`Cause::QuickAnswers`].
    pub quick_answers: Factor,
    /// For [`Cause::ClearPlan`].
    pub clear_plan: Factor,
    /// For [`Cause::Hesitant`].
    pub hesitant: Factor,
    /// For [`Cause::Negotiating`].
    pub negotiating: Factor,
    /// No product is less than this.
    pub least: Factor,
    /// No product is more than this.
    pub most: Factor,
}

impl Factors {
    /// Ours, in every market.
    pub const DEFAULT: Factors = Factors {
        two_unanswered: Factor(1250),
        more_unanswered: Factor(1500),
        slow_answers: Factor(1150),
        quick_answers: Factor(850),
        clear_plan: Factor(800),
        hesitant: Factor(1300),
        negotiating: Factor(800),
        least: Factor(650),
        most: Factor(1500),
    };

    /// The factor of a cause.
    #[must_use]
    pub const fn of(&self, cause: Cause) -> Factor {
        match cause {
            Cause::TwoUnanswered => self.two_unanswered,
            Cause::MoreUnanswered => self.more_unanswered,
            Cause::SlowAnswers => self.slow_answers,
            Cause::QuickAnswers => self.quick_answers,
            Cause::ClearPlan => self.clear_plan,
            Cause::Hesitant => self.hesitant,
            Cause::Negotiating => self.negotiating,
        }
    }

    /// The product of several factors, within the bounds. Bounds that contradict each other give
    /// the upper one.
    #[must_use]
    pub fn product(&self, factors: impl Iterator<Item = Factor>) -> Factor {
        factors
            .fold(Factor::ONE, Factor::times)
            .max(self.least)
            .min(self.most)
    }
}
