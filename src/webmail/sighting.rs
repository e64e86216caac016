//! The raw strings that the eyes found on a page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
