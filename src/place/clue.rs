//! One clue: what it says of the country, and of the zone where it says that too.

use super::Because;
use crate::clock::ClientZone;

/// A reason, with the zone that it names in its country.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Clue {
    pub(super) because: Because,
    pub(super) zone: Option<ClientZone>,
}

impl From<Because> for Clue {
    fn from(because: Because) -> Clue {
        Clue {
            because,
            zone: None,
        }
    }
}
