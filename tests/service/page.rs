//! A page of Gmail in a few words: the raw strings that the eyes would find on it.

use std::collections::BTreeMap;

use cadence::protocol::Ui;
use cadence::webmail::{Item, Sighting};
use serde_json::{Value, json};

/// The user's own address on every page here.
pub(crate) const ME: &str = "robin@seller.example";

/// One message of a thread: its instant in Unix milliseconds, who wrote it, to whom.
pub(crate) struct Message<'a>(pub(crate) i64, pub(crate) &'a str, pub(crate) &'a str);

/// A legacy id as Gmail makes one: the instant in its upper bits.
pub(crate) fn id(ms: i64) -> String {
    format!("{:x}", ms << 20)
}

pub(crate) fn item(fields: &[(&str, Value)]) -> Item {
    let fields: BTreeMap<_, _> = fields
        .iter()
        .map(|(name, hits)| {
            (
                (*name).to_owned(),
                serde_json::from_value(hits.clone()).unwrap(),
            )
        })
        .collect();
    Item {
        shape: 0,
        since: None,
        fields,
    }
}

/// A page of this mailbox with nothing on it.
pub(crate) fn empty() -> Sighting {
    let title = format!("Inbox - {ME} - Gmail");
    let account = item(&[("title", json!([[title]]))]);
    Sighting {
        path: "/mail/u/0/#inbox".into(),
        origin: "https://mail.google.com".into(),
        parts: BTreeMap::from([
            ("account".into(), vec![account]),
            ("list".into(), vec![item(&[])]),
        ]),
    }
}

/// The same page with a thread open on it. The thread's id is its first message's.
pub(crate) fn thread(subject: &str, messages: &[Message<'_>]) -> Sighting {
    let mut page = empty();
    let first = id(messages[0].0);
    let frame = item(&[
        ("id", json!([[first, null]])),
        ("subject", json!([[subject]])),
    ]);
    let message = |Message(ms, from, to): &Message<'_>| {
        item(&[
            ("id", json!([[id(*ms), null]])),
            ("from", json!([[from, from.split('@').next()]])),
            ("to", json!([[to, null]])),
        ])
    };
    page.parts.insert("thread".into(), vec![frame]);
    page.parts
        .insert("message".into(), messages.iter().map(message).collect());
    page
}

/// The same page with rows in its list: the thread's first and last instants, people, unread.
pub(crate) fn rows(rows: &[(i64, i64, &[&str], bool)]) -> Sighting {
    let mut page = empty();
    let row = |(first, last, people, unread): &(i64, i64, &[&str], bool)| {
        let people: Vec<_> = people.iter().map(|email| json!([email, null])).collect();
        item(&[
            ("id", json!([[id(*first), null, id(*last), id(*last)]])),
            ("people", json!(people)),
            ("subject", json!([["A subject"]])),
            ("class", json!([[if *unread { "zA zE" } else { "zA yO" }]])),
        ])
    };
    page.parts
        .insert("row".into(), rows.iter().map(row).collect());
    page
}

/// What the page would ask.
pub(crate) fn see(sighting: &Sighting) -> Value {
    see_with(sighting, &Ui::default())
}

/// What the page would ask with something open on it.
pub(crate) fn see_with(sighting: &Sighting, ui: &Ui) -> Value {
    json!({ "v": 1, "ask": "see", "site": "gmail", "sighting": sighting, "ui": ui })
}
