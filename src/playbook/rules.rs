//! The rules in force for one client: every number and switch of the playbook.

use serde::{Deserialize, Serialize};

use super::factor::Factors;
use super::span::{Interval, Span};
use crate::clock::Hours;
use crate::market::Market;

/// A track that comes round at an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// Whether the track runs.
    pub on: bool,
    /// How often.
    pub every: Interval,
}

/// When an unanswered quotation is recalled: on these working days of the client's after it was
/// sent. After the last one the market's own rhythm takes over. An extension (E1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "[u16; 3]", into = "[u16; 3]")]
pub struct Reminders([u16; 3]);

/// The days make no series of reminders.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reminders must come on rising working days between the 1st and the 90th")]
pub struct BadReminders;

impl Reminders {
    /// Reminders on three working days after the quotation.
    ///
    /// # Errors
    /// [`BadReminders`] unless the days rise, from 1 to 90.
    pub fn new(days: [u16; 3]) -> Result<Reminders, BadReminders> {
        let [first, second, third] = days;
        if 1 <= first && first < second && second < third && third <= 90 {
            Ok(Reminders(days))
        } else {
            Err(BadReminders)
        }
    }

    /// The working day of the next reminder when so many were sent; `None` after the last.
    #[must_use]
    pub fn after(self, sent: usize) -> Option<u16> {
        self.0.get(sent).copied()
    }
}

impl TryFrom<[u16; 3]> for Reminders {
    type Error = BadReminders;
    fn try_from(days: [u16; 3]) -> Result<Self, Self::Error> {
        Reminders::new(days)
    }
}

impl From<Reminders> for [u16; 3] {
    fn from(reminders: Reminders) -> [u16; 3] {
        reminders.0
    }
}

/// Every number and switch of the playbook, as it applies to one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Two unanswered letters lie more than this many days apart (G1).
    pub gap_days: u16,
    /// When a letter finds the client at work, on their own clock (W3).
    pub hours: Hours,
    /// Something of value at this interval (W2).
    pub touch: Round,
    /// Follow-up on the quotation at this interval (S2, I2).
    pub quote: Round,
    /// Samples at this interval (I3).
    pub sample: Round,
    /// Whether samples are offered at suitable moments (S3).
    pub sample_moments: bool,
    /// Whether holidays are greeted (W4, P3).
    pub greetings: bool,
    /// Whether moments pull a letter forward (M1).
    pub moments: bool,
    /// Whether a letter waits for the end of a long quiet season (E2).
    pub quiet_seasons: bool,
    /// Whether an unanswered quotation is recalled within days (E1).
    pub open_quote: bool,
    /// When it is.
    pub reminders: Reminders,
    /// Whether the answers, the intent and the stage move the interval (F1 to F3).
    pub adapt: bool,
    /// How much they move it.
    pub factors: Factors,
}

/// W2: once a month. How far the answers may move it is an extension.
const MONTHLY: Interval = Interval::known(Span::weeks(3), Span::months(1), Span::days(45));
/// S2: once a quarter. How far the answers may move it is an extension.
const QUARTERLY: Interval = Interval::known(Span::months(2), Span::quarters(1), Span::days(135));
/// I2: every 2 to 3 months; the middle of it by default.
const EVERY_75_DAYS: Interval = Interval::known(Span::months(2), Span::days(75), Span::months(3));
/// I3: every 2 to 3 quarters; the middle of it by default. S1 says the same of the order cycle.
const EVERY_225_DAYS: Interval =
    Interval::known(Span::quarters(2), Span::days(225), Span::quarters(3));

impl Rules {
    /// The seed's defaults for a market.
    ///
    /// An open quotation is recalled in Europe and America only: elsewhere the article itself says
    /// how often to come back to a quotation (S2, I2), and no extension overrules it unasked.
    /// Greetings are a track of their own where the article makes them one (W4); elsewhere one
    /// switch makes them so, and P3 keeps them moderate.
    #[must_use]
    pub const fn of(market: Market) -> Rules {
        let planner = matches!(market, Market::EuropeAmerica);
        let india = matches!(market, Market::India);
        Rules {
            gap_days: 3,
            hours: Hours::W3,
            touch: Round {
                on: planner,
                every: MONTHLY,
            },
            quote: Round {
                on: !planner,
                every: if india { EVERY_75_DAYS } else { QUARTERLY },
            },
            sample: Round {
                on: india,
                every: EVERY_225_DAYS,
            },
            sample_moments: !planner && !india,
            greetings: planner,
            moments: true,
            quiet_seasons: true,
            open_quote: planner,
            reminders: Reminders([3, 7, 14]),
            adapt: true,
            factors: Factors::DEFAULT,
        }
    }

    /// The order cycle of a market, shortest and longest (W1, S1, I1).
    #[must_use]
    pub const fn cycle(market: Market) -> (Span, Span) {
        match market {
            Market::EuropeAmerica => (Span::months(2), Span::months(3)),
            Market::SouthEastAsia | Market::SouthAmerica => (Span::quarters(2), Span::quarters(3)),
            Market::India => (Span::months(24), Span::months(36)),
        }
    }
}
