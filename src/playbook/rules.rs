//! The rules in force for one client: every number and switch of the playbook.

use super::span::{Interval, Span};
use crate::market::Market;

/// A track that comes round at an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// Whether the track runs.
    pub on: bool,
    /// How often.
    pub every: Interval,
}

/// Every number and switch of the playbook, as it applies to one client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Two unanswered letters lie more than this many days apart (G1).
    pub gap_days: u16,
    /// Something of value at this interval (W2).
    pub touch: Round,
    /// Follow-up on the quotation at this interval (S2, I2).
    pub quote: Round,
    /// Samples at this interval (I3).
    pub sample: Round,
}

/// W2: once a month. How far the answers may move it is an extension.
const MONTHLY: Interval = Interval::known(Span::weeks(3), Span::months(1), Span::weeks(6));
/// S2: once a quarter. How far the answers may move it is an extension.
const QUARTERLY: Interval = Interval::known(Span::months(2), Span::quarters(1), Span::months(4));
/// I2: every 2 to 3 months; the middle of it by default.
const INDIA_QUOTE: Interval = Interval::known(Span::months(2), Span::days(75), Span::months(3));
/// I3: every 2 to 3 quarters; the middle of it by default. S1 gives the same for the order cycle.
const HALF_YEARLY: Interval =
    Interval::known(Span::quarters(2), Span::days(225), Span::quarters(3));

impl Rules {
    /// The seed's defaults for a market.
    #[must_use]
    pub const fn of(market: Market) -> Rules {
        let quoted = !matches!(market, Market::EuropeAmerica);
        let india = matches!(market, Market::India);
        Rules {
            gap_days: 3,
            touch: Round {
                on: !quoted,
                every: MONTHLY,
            },
            quote: Round {
                on: quoted,
                every: if india { INDIA_QUOTE } else { QUARTERLY },
            },
            sample: Round {
                on: india,
                every: HALF_YEARLY,
            },
        }
    }
}
