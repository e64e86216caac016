//! The playbook's rules as data, and the user's changes on top.

use serde::{Deserialize, Serialize};

mod rules;
mod span;

pub use rules::{Round, Rules};
pub use span::{BadInterval, Interval, Span, Unit};

use crate::client::Client;
use crate::market::Market;

/// The id of a rule, as the playbook writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is a row of the playbook; the page of rules says what it says.
pub enum RuleId {
    G1,
    W1,
    W2,
    W3,
    W4,
    W5,
    S1,
    S2,
    S3,
    S4,
    I1,
    I2,
    I3,
    I4,
    P1,
    P2,
    P3,
    F1,
    F2,
    F3,
    M1,
    T1,
    N1,
}

/// The rules in force: the seed's defaults with the user's changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Playbook {}

impl Playbook {
    /// The rules for a client in a market.
    #[must_use]
    pub fn rules(&self, market: Market, _client: &Client) -> Rules {
        Rules::of(market)
    }
}
