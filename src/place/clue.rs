//! One clue: what it says of the country, and of the zone where it says that too.

use super::Because;
use super::signature::Line;
use crate::clock::ClientZone;

/// A reason, with the zone that it names in its country.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clue {
    pub(super) because: Because,
    pub(super) zone: Option<ClientZone>,
}

/// What is left of a clue in the address of another office.
const ASIDE: f64 = 0.2;

/// The share of its weight that a clue keeps by the line it is in.
pub(super) fn share(line: &Line<'_>) -> f64 {
    if line.aside { ASIDE } else { 1.0 }
}

impl From<Because> for Clue {
    fn from(because: Because) -> Clue {
        Clue {
            because,
            zone: None,
        }
    }
}
