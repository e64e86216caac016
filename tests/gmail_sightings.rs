//! Whatever strings a page holds, the reading of Gmail holds.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use cadence::webmail::{Item, PageFacts, Reader, Sighting, Site, SiteTable};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// 2004-04-01 and 2100-01-01, between which an id's time can be believed.
const BELIEVABLE_MS: std::ops::Range<i64> = 1_080_777_600_000..4_102_444_800_000;

/// A value as a page may hold it: sound, nearly sound, or anything.
fn value() -> impl Strategy<Value = String> {
    const SOUND: [&str; 13] = [
        "18f3a2b4c5d6e7f8",
        "#thread-f:1797959573547968504",
        "#msg-f:1797959573547968504",
        "#thread-f:1797959573547968504|msg-f:1797959573547968505",
        "#msg-a:r-7673660351152959857",
        "thread-a:r5",
        "undefined",
        "zA zE aps",
        "anna@example.com",
        "Google Account: Anna (anna@example.com)",
        "Inbox - anna@example.com - Gmail",
        "May 3, 2024, 9:00 AM",
        "20; 1:WyIjdGhyZWFkLWY6MTc5Nzk1OTU3MzU0Nzk2ODUwNCIsbnVsbCwiI21zZy1mOjUiXQ",
    ];
    prop_oneof![
        4 => select(&SOUND[..]).prop_map(str::to_owned),
        2 => "[0-9a-f]{1,18}",
        1 => "(#|)(msg|thread)-[af]:r?-?[0-9]{0,24}",
        1 => "\\PC{0,40}",
        1 => "(?s).{0,80}",
    ]
}

/// An item of a part with fields of the table, and of any other name.
fn item() -> impl Strategy<Value = Item> {
    let names: BTreeSet<String> = table()
        .parts
        .iter()
        .flat_map(|part| part.fields.iter().map(|field| field.name.clone()))
        .collect();
    let name = select(names.into_iter().collect::<Vec<_>>());
    let hits = vec(vec(option::weighted(0.9, value()), 0..6), 0..4);
    (0..9_usize, btree_map(name, hits, 0..8)).prop_map(|(shape, fields)| Item {
        shape,
        since: None,
        fields,
    })
}

fn sighting() -> impl Strategy<Value = Sighting> {
    let part = select(
        table()
            .parts
            .iter()
            .map(|part| part.name.clone())
            .collect::<Vec<_>>(),
    );
    ("\\PC{0,30}", btree_map(part, vec(item(), 0..5), 0..6)).prop_map(|(path, parts)| Sighting {
        path,
        origin: String::new(),
        parts,
    })
}

fn table() -> SiteTable {
    Site::Gmail.table()
}

fn read(sighting: &Sighting) -> PageFacts {
    Site::Gmail.read(sighting, &Reader::default())
}

proptest! {
    #[test]
    fn no_strings_make_facts_that_cannot_be(sighting in sighting()) {
        let facts = read(&sighting);
        let messages = facts.thread.iter().flat_map(|thread| &thread.messages);
        let dated = messages.clone().map(|message| (&message.id, message.at))
            .chain(facts.rows.iter().map(|row| (&row.last_message, row.at)));
        for (id, at) in dated {
            if let Some(at) = at {
                let number = u64::from_str_radix(id.as_ref().unwrap(), 16).unwrap();
                prop_assert_eq!(u64::try_from(at.ms()).unwrap(), number >> 20);
                prop_assert!(BELIEVABLE_MS.contains(&at.ms()));
            }
        }
        for message in messages {
            prop_assert!(message.from.is_some() || message.id.is_some());
            prop_assert!(message.id.is_some() || message.alias.is_none());
        }
        let subjects = facts.rows.iter().map(|row| &row.subject)
            .chain(facts.thread.iter().map(|thread| &thread.subject));
        for subject in subjects {
            prop_assert!(subject.chars().count() <= 301 && !subject.contains(char::is_control));
        }
        for row in &facts.rows {
            let once: BTreeSet<_> = row.people.iter().map(|person| &person.email).collect();
            prop_assert_eq!(once.len(), row.people.len());
        }
        let threads = facts.rows.iter().filter_map(|row| row.thread.as_ref())
            .chain(facts.thread.iter().filter_map(|thread| thread.id.as_ref()));
        for thread in threads {
            prop_assert!(thread.len() <= 16 && u64::from_str_radix(thread, 16).is_ok_and(|n| n > 0));
            prop_assert_eq!(thread.to_lowercase(), thread.as_str());
        }
        prop_assert!(facts.missing.is_sorted());
    }

    #[test]
    fn what_the_reading_does_not_know_changes_nothing(
        sighting in sighting(),
        parts in btree_map("[a-z]{7,12}s", vec(item(), 0..3), 0..4),
        fields in btree_map("[A-Z]{3,9}", vec(vec(option::of(value()), 0..3), 0..3), 0..4),
    ) {
        let mut more = sighting.clone();
        for item in more.parts.values_mut().flatten() {
            item.fields.extend(fields.clone());
        }
        more.parts.extend(parts);
        prop_assert_eq!(read(&more), read(&sighting));
    }

    #[test]
    fn a_sighting_survives_its_journey(sighting in sighting()) {
        let json = serde_json::to_string(&sighting).unwrap();
        prop_assert_eq!(serde_json::from_str::<Sighting>(&json).unwrap(), sighting);
    }
}

#[test]
fn a_huge_page_is_read_in_time() {
    let person = |n: usize| vec![Some(format!("p{n}@client.example")), Some("x".repeat(200))];
    let fields = |size: usize| {
        BTreeMap::from([
            (
                "id".into(),
                vec![vec![Some("18f3a2b4c5d6e7f8".into()), None, None, None]],
            ),
            ("people".into(), (0..size).map(person).collect()),
            ("to".into(), (0..size).map(person).collect()),
            ("from".into(), vec![person(0)]),
            ("subject".into(), vec![vec![Some("word ".repeat(size))]]),
            ("title".into(), vec![vec![Some("a@b.c - ".repeat(size))]]),
            ("signout".into(), vec![vec![Some("@. ".repeat(size))]]),
            ("date".into(), vec![vec![Some("9 0 ".repeat(size))]]),
        ])
    };
    let item = |size| Item {
        shape: 0,
        since: None,
        fields: fields(size),
    };
    let parts = ["account", "thread", "message", "row"];
    // One item of many hits, then many items of a few.
    let sightings = [(1, 20_000), (2_000, 5)].map(|(items, size)| Sighting {
        path: String::new(),
        origin: String::new(),
        parts: parts
            .map(|part| (part.to_owned(), vec![item(size); items]))
            .into(),
    });
    for sighting in sightings {
        let start = Instant::now();
        let facts = read(&sighting);
        // Some tenths of a second without optimisation; quadratic work would take minutes.
        assert!(start.elapsed() < Duration::from_secs(20));
        assert_eq!(facts.view, cadence::webmail::ViewKind::Thread);
    }
}
