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

/// What is left of a number or a site in a sentence: it may be somebody else's.
const IN_PROSE: f64 = 0.4;
/// What is left of a place in a line that is a person's name: Jordan, Sydney, Paris.
const IN_NAME: f64 = 0.1;

/// What is left of a place that a service line is for: the number says it already.
const OF_SERVICE: f64 = 0.0;
/// What is left of a place in a signature without any number.
const NUMBERLESS: f64 = 0.3;

/// The share of its weight that a clue keeps by the line it is in.
pub(super) fn share(line: &Line<'_>) -> f64 {
    match line {
        Line { aside: true, .. } => ASIDE,
        Line { prose: true, .. } => IN_PROSE,
        Line { person: true, .. } => IN_NAME,
        Line { service: true, .. } => OF_SERVICE,
        Line {
            numberless: true, ..
        } => NUMBERLESS,
        _ => 1.0,
    }
}

impl From<Because> for Clue {
    fn from(because: Because) -> Clue {
        Clue {
            because,
            zone: None,
        }
    }
}
