//! What pages tell of clients, kept.

use std::collections::BTreeMap;

use super::ServiceError;
use super::seen::Seen;
use crate::address::{Email, Person};
use crate::client::company_of;
use crate::clock::Instant;
use crate::dossier::{Dossier, Now};
use crate::history::{Author, History, Touch};
use crate::order::Order;
use crate::place::{self, Clues, Inference};
use crate::playbook::Playbook;
use crate::said::Said;
use crate::store::{
    AccountRecord, Changes, ClientRecord, CompanyKey, Held, Store, ThreadKey, ThreadRecord,
};

/// A seen thread with what is known of its client.
pub(super) struct Known {
    pub(super) thread: ThreadRecord,
    pub(super) dossier: Dossier,
}

/// Keeps what was seen of clients, plans anew for everybody it touches, and tells what is now
/// known of each thread. Of people whom the user has never written to nothing is kept.
pub(super) async fn learn(
    store: &impl Store,
    rules: &Playbook,
    seen: &[&Seen],
    account: AccountRecord,
    now: Now,
) -> Result<BTreeMap<ThreadKey, Known>, ServiceError> {
    let keys: Vec<_> = seen.iter().map(|seen| seen.key.clone()).collect();
    let stored = store.threads(&keys).await?;
    let mut threads: BTreeMap<ThreadKey, ThreadRecord> = BTreeMap::new();
    // The clients as this page alone shows them.
    let mut shown: BTreeMap<Email, ClientRecord> = BTreeMap::new();
    for (seen, stored) in seen.iter().zip(stored) {
        let known = threads.remove(&seen.key).or(stored);
        if let Some(thread) = merged(seen, known, now.at) {
            let client = shown.entry(thread.client.clone()).or_insert_with(|| {
                let person = seen
                    .others
                    .iter()
                    .find(|person| person.email == thread.client);
                let nameless = || Person::new(thread.client.clone(), None);
                let person = person.cloned().unwrap_or_else(nameless);
                ClientRecord::new(&account.account, &person, thread.company.clone())
            });
            if let Some(read) = signature(seen, &thread.client) {
                client.read_signature(&read);
            }
            if let Some(heard) = heard(seen, &thread.client) {
                client.heard = Some(heard.to_owned());
            }
            threads.insert(seen.key.clone(), thread);
        }
    }
    let mut companies: Vec<CompanyKey> = shown.values().map(ClientRecord::company_key).collect();
    companies.order();
    companies.dedup();
    let before = store.companies(&companies).await?;
    let mut changes = Changes::default();
    let mut known = BTreeMap::new();
    for (key, before) in companies.iter().zip(before) {
        let mut held = before.clone();
        let here = || threads.values().filter(|thread| thread.company == key.name);
        for thread in here() {
            let answered = seen
                .iter()
                .any(|seen| seen.key == thread.key && seen.answered);
            if let Some(client) = shown.get(&thread.client) {
                keep(&mut held, thread, client, answered);
            }
        }
        changes.settle(rules, &before, &held, now);
        for thread in here() {
            let followed = held
                .clients
                .iter()
                .find(|client| client.key.email == thread.client);
            let Some(record) = followed.or_else(|| shown.get(&thread.client)) else {
                continue;
            };
            // A stranger's thread is planned for what it shows, and forgotten.
            let mut scene = held.clone();
            if followed.is_none() {
                scene.threads.push(thread.clone());
            }
            let on = followed.is_some_and(|client| client.follow != Some(false));
            let dossier = Dossier::new(record, on, &scene, rules, now);
            known.insert(
                thread.key.clone(),
                Known {
                    thread: thread.clone(),
                    dossier,
                },
            );
        }
    }
    // The way to a mailbox changes with the order in which the user signs in to theirs.
    let accounts = store.accounts().await?;
    let known_at = accounts
        .iter()
        .find(|known| known.account == account.account);
    if known_at.map_or(!changes.is_empty(), |known_at| *known_at != account) {
        changes.accounts.push(account);
    }
    if !changes.is_empty() {
        store.save(&changes).await?;
    }
    Ok(known)
}

/// The thread's record with what was seen added; `None` where there is no client in it.
fn merged(seen: &Seen, stored: Option<ThreadRecord>, now: Instant) -> Option<ThreadRecord> {
    let mut thread = match stored {
        Some(thread) => thread,
        None => {
            let client = seen.others.first()?.email.clone();
            ThreadRecord {
                key: seen.key.clone(),
                company: company_of(&client),
                client,
                subject: String::new(),
                history: History::default(),
                snooze: None,
                said: Said::default(),
            }
        }
    };
    if !seen.subject.is_empty() {
        thread.subject.clone_from(&seen.subject);
    }
    for touch in &seen.touches {
        thread.history.see(touch);
    }
    for id in &seen.just_sent {
        let touch = Touch::new(id, now, Author::Seller);
        // Dated when it was first seen, until the page tells better.
        if !thread
            .history
            .touches()
            .iter()
            .any(|known| known.is_same_message(&touch))
        {
            thread.history.add(touch);
        }
    }
    Some(thread)
}

/// Where the latest letter of a client in a thread says that they are.
fn signature(seen: &Seen, client: &Email) -> Option<Inference> {
    let letter = seen
        .letters
        .iter()
        .find(|letter| letter.from.email == *client)?;
    Some(place::infer(&Clues {
        email: client,
        name: letter.from.name.as_deref(),
        text: Some(&letter.text),
        language: letter.language.as_deref(),
        offsets: &[],
        word: None,
        colleagues: &[],
    }))
}

/// The language of the latest letter of a client's in a thread.
fn heard<'s>(seen: &'s Seen, client: &Email) -> Option<&'s str> {
    let mut letters = seen.letters.iter();
    letters
        .find(|letter| letter.from.email == *client && letter.language.is_some())?
        .language
        .as_deref()
}

/// Puts a thread among what is held of a company, and its client where they are to be followed.
fn keep(held: &mut Held, thread: &ThreadRecord, shown: &ClientRecord, answered: bool) {
    match held
        .clients
        .iter_mut()
        .find(|client| client.key == shown.key)
    {
        Some(client) => {
            client.name = shown.name.clone().or(client.name.take());
            client.heard = shown.heard.clone().or(client.heard.take());
            if let Some(read) = &shown.signature {
                client.read_signature(read);
            }
        }
        None if answered => held.clients.push(shown.clone()),
        None => return,
    }
    match held.threads.iter_mut().find(|held| held.key == thread.key) {
        Some(held) => held.clone_from(thread),
        None => held.threads.push(thread.clone()),
    }
}

impl Changes {
    /// Adds whatever differs between what was held of a company and what is held now, with every
    /// client planned anew: a letter to one colleague can make a letter to another too soon (G1).
    /// What the user says there and did not say before is dated.
    pub(super) fn settle(&mut self, rules: &Playbook, before: &Held, held: &Held, now: Now) {
        if before != held {
            let mut held = held.clone();
            held.date_words(before, now.at);
            self.settle_dated(rules, before, &held, now);
        }
    }

    /// The same where every word bears its date already.
    pub(super) fn settle_dated(&mut self, rules: &Playbook, before: &Held, held: &Held, now: Now) {
        if before == held {
            return;
        }
        self.companies.extend(
            held.company
                .clone()
                .filter(|_| held.company != before.company),
        );
        self.threads.extend(
            held.threads
                .iter()
                .filter(|t| !before.threads.contains(t))
                .cloned(),
        );
        for client in &held.clients {
            let followed = client.follow != Some(false);
            let settled = Dossier::new(client, followed, held, rules, now).settled();
            if !before.clients.contains(&settled) {
                self.clients.push(settled);
            }
        }
    }
}
