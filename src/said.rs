//! When the user said what they said, so that of two records of one thing the newest word stands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::clock::Instant;

/// The instant of the user's last word on each thing that they can say of a record: by the field's name
/// (`stage`), or by an element of a list (`moment:` and the element as it is stored). An element that has an instant
/// here and is not in its list was taken out then.
///
/// A word without an instant was said before Cadence noted instants: every noted one is newer.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Said(BTreeMap<String, Instant>);

impl Said {
    /// Whether no instant is noted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// When the last word on this was said, if that is known.
    #[must_use]
    pub fn on(&self, what: &str) -> Option<Instant> {
        self.0.get(what).copied()
    }

    /// Notes a word on this.
    pub fn note(&mut self, what: impl Into<String>, at: Instant) {
        self.0.insert(what.into(), at);
    }

    /// Takes over the later of two instants for everything.
    pub fn unite(&mut self, other: &Said) {
        for (what, at) in &other.0 {
            let known = self.0.entry(what.clone()).or_insert(*at);
            *known = (*known).max(*at);
        }
    }
}

/// The name of an element of a list: what the list is called, then the element as it is stored.
pub(crate) fn element(list: &str, element: &impl Serialize) -> String {
    let stored = serde_json::to_string(element).unwrap_or_default();
    format!("{list}:{stored}")
}
