//! The raw strings that the eyes found on a page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::address::{Email, Person};

/// What one look at the page gave. Strings only: nothing in it has been judged.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sighting {
    /// The page's address without its host, e.g. `/mail/u/0/#inbox`.
    pub path: String,
    /// The items found, by the name of their part. A part that was not found is absent.
    #[serde(default)]
    pub parts: BTreeMap<String, Vec<Item>>,
}

/// One item of a part: a thread, a message, a row.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Which of the part's root shapes it has; 0 is the newest.
    pub shape: usize,
    /// Its fields by name: for each element found, the values taken, `null` where an attribute is
    /// absent or void. A field that yielded nothing is absent.
    #[serde(default)]
    pub fields: BTreeMap<String, Vec<Vec<Option<String>>>>,
}

impl Sighting {
    /// The items of a part; none where the part was not found.
    #[must_use]
    pub fn items(&self, part: &str) -> &[Item] {
        self.parts.get(part).map_or(&[], Vec::as_slice)
    }
}

impl Item {
    /// The hits of a field, each with the values taken.
    #[must_use]
    pub fn hits(&self, field: &str) -> &[Vec<Option<String>>] {
        self.fields.get(field).map_or(&[], Vec::as_slice)
    }

    /// The value at `place` in a field's first hit.
    #[must_use]
    pub fn value(&self, field: &str, place: usize) -> Option<&str> {
        self.hits(field).first()?.get(place)?.as_deref()
    }

    /// The people in a field that takes an address and a name; what is no address is left out.
    pub fn people(&self, field: &str) -> impl Iterator<Item = Person> {
        self.hits(field).iter().filter_map(|hit| {
            let email: Email = hit.first()?.as_deref()?.parse().ok()?;
            let name = hit.get(1).and_then(Option::as_deref);
            Some(Person::new(email, name))
        })
    }
}
