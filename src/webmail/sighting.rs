//! The raw strings that the eyes found on a page.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::address::{Email, Person};

/// What one look at the page gave. Strings only: nothing in it has been judged.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sighting {
    /// The page's address without its host, e.g. `/mail/u/0/#inbox`.
    pub path: String,
    /// The page's scheme, host and port, e.g. `https://mail.google.com`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
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
    /// Since when the page has shown it like this, Unix milliseconds: “today” was said then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
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

    /// The people in a field whose first value that is there is mailboxes as in a letter's head,
    /// `Name <address>, …`, or an address, with a name in the place after it; what is no address is left out.
    #[must_use]
    pub fn mailboxes(&self, field: &str) -> Vec<Person> {
        let mut people: Vec<Person> = Vec::new();
        for hit in self.hits(field) {
            let mut values = hit.iter().skip_while(|value| value.is_none());
            let text = values.next().and_then(Option::as_deref).unwrap_or_default();
            match text.parse::<Email>() {
                Ok(email) => {
                    let name = values.next().and_then(Option::as_deref);
                    people.push(Person::new(email, name));
                }
                Err(_) => people.extend(mailboxes(text)),
            }
        }
        people
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

/// Each address once, with the name that stands first.
pub(super) fn each_once(people: impl Iterator<Item = Person>) -> Vec<Person> {
    let mut seen = BTreeSet::new();
    people
        .filter(|person| seen.insert(person.email.clone()))
        .collect()
}

/// The mailboxes in a line of a letter's head (RFC 5322, 3.4, as far as webmails show it): commas part
/// them, except within quotes.
pub(super) fn mailboxes(line: &str) -> Vec<Person> {
    let mut quoted = false;
    let parts = line.split(|c: char| {
        quoted ^= c == '"';
        !quoted && matches!(c, ',' | ';')
    });
    parts
        .filter_map(|part| match part.rsplit_once('<') {
            Some((name, rest)) => {
                let email = rest.split('>').next()?.parse().ok()?;
                let name = name.trim().trim_matches('"').replace("\\\"", "\"");
                Some(Person::new(
                    email,
                    Some(&name)
                        .filter(|name| !name.is_empty())
                        .map(String::as_str),
                ))
            }
            None => Some(Person::new(part.parse().ok()?, None)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_mailboxes_is_read_name_by_name() {
        let read = |line: &str| -> Vec<(String, Option<String>)> {
            mailboxes(line)
                .into_iter()
                .map(|person| (person.email.into(), person.name))
                .collect()
        };
        let named = |email: &str, name: &str| (email.to_owned(), Some(name.to_owned()));
        assert_eq!(
            read(
                "\"Weber, Anna\" <anna@client.example>, Bob O'Neil <bob@client.example>;eve@x.example,"
            ),
            [
                named("anna@client.example", "Weber, Anna"),
                named("bob@client.example", "Bob O'Neil"),
                ("eve@x.example".to_owned(), None),
            ]
        );
        assert_eq!(read("<a@b.example>"), [("a@b.example".to_owned(), None)]);
        for nothing in [
            "",
            "Anna",
            "Anna <>",
            "Anna <anna",
            ",,;",
            "\"a@b.example, c",
        ] {
            assert!(read(nothing).is_empty(), "{nothing}");
        }
    }
}
