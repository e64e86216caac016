//! A client that nobody has: to play with before there are any of one's own. Everything about her is invented and made
//! from the instant at which she is met; she lives in a store of her own (see `Call::demo`).

use chrono::{Days, TimeDelta};

use crate::address::{Email, Person};
use crate::client::{Stage, company_of};
use crate::dossier::Now;
use crate::history::{Author, History, Touch, TouchKind};
use crate::moment::{Moment, MomentKind};
use crate::note::Note;
use crate::place::{Clues, infer};
use crate::protocol::Focus;
use crate::store::{ClientKey, ClientRecord, Held, ThreadKey, ThreadRecord};

const ACCOUNT: &str = "you@cadence.example";
/// She and a colleague: name and address.
const PEOPLE: [(&str, &str); 2] = [
    ("Anna Keller", "anna.keller@keller-leuchten.example"),
    ("Jonas Brandt", "jonas.brandt@keller-leuchten.example"),
];
const SIGNATURE: &str =
    "Anna Keller\nKeller Leuchten GmbH\nAm Sandtorkai 30\n20457 Hamburg\nTel. +49 40 5550 1234";
const THREAD: &str = "demo";
const SUBJECT: &str = "Pendant lamps, 400 pcs";
/// What passed: days ago, by whom, what.
const TOUCHES: [(i64, Author, TouchKind); 7] = [
    (128, Author::Seller, TouchKind::Value),
    (126, Author::Client, TouchKind::Plain),
    (125, Author::Seller, TouchKind::Quote),
    (97, Author::Seller, TouchKind::Value),
    (95, Author::Client, TouchKind::Plain),
    (94, Author::Seller, TouchKind::Reply),
    (52, Author::Seller, TouchKind::Value),
];

/// What is open while she is played with; `None` never happens, since the addresses are sound.
#[must_use]
pub fn focus() -> Option<Focus> {
    let [(name, email), _] = PEOPLE;
    Some(Focus {
        thread: ThreadKey {
            account: ACCOUNT.parse().ok()?,
            id: THREAD.to_owned(),
        },
        client: email.parse().ok()?,
        name: Some(name.to_owned()),
    })
}

/// All that is held of her and of her colleague, as if it had been seen until now.
#[must_use]
pub fn held(now: Now) -> Held {
    let (Some(focus), Ok(account)) = (focus(), ACCOUNT.parse::<Email>()) else {
        return Held::default();
    };
    let ago = |days: i64| now.at.plus(TimeDelta::days(-days));
    let mut history = History::default();
    for (days, by, kind) in TOUCHES {
        history.add(Touch {
            kind,
            ..Touch::new(format!("demo-{days}"), ago(days), by)
        });
    }
    let mut clients: Vec<ClientRecord> = PEOPLE
        .iter()
        .filter_map(|(name, email)| {
            let person = Person::new(email.parse().ok()?, Some(name));
            let company = company_of(&person.email);
            Some(ClientRecord::new(&account, &person, company))
        })
        .collect();
    let company = company_of(&focus.client);
    let thread = |id: &str, client: &Email, subject: &str, history| ThreadRecord {
        key: ThreadKey {
            account: account.clone(),
            id: id.to_owned(),
        },
        client: client.clone(),
        company: company.clone(),
        subject: subject.to_owned(),
        history,
        snooze: None,
        said: Default::default(),
    };
    let mut threads = vec![thread(THREAD, &focus.client, SUBJECT, history)];
    for client in &mut clients {
        let is_she = client.key.email == focus.client;
        client.signature = is_she.then(|| {
            infer(&Clues {
                email: &client.key.email,
                name: client.name.as_deref(),
                text: Some(SIGNATURE),
                language: None,
                offsets: &[],
                word: None,
                colleagues: &[],
            })
        });
        if is_she {
            client.stage = Stage::Quoted;
            client.notes = vec![Note {
                at: ago(94),
                text: "Showroom in Hamburg, 12 shops. Asks for EU plugs.".to_owned(),
            }];
            let ahead = now.seller.0.local(now.at).date() + Days::new(50);
            client.moments = vec![Moment {
                on: ahead,
                kind: MomentKind::Anniversary,
                note: Some("25 years".to_owned()),
            }];
        } else {
            let mut history = History::default();
            history.add(Touch::new("demo-colleague", ago(80), Author::Seller));
            threads.push(thread("demo-2", &client.key.email, "Samples", history));
        }
    }
    Held {
        company: None,
        clients,
        threads,
    }
}

/// Her key in the store.
#[must_use]
pub fn key(focus: &Focus) -> ClientKey {
    ClientKey {
        account: focus.thread.account.clone(),
        email: focus.client.clone(),
    }
}
