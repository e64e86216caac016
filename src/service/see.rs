//! A page was looked at: keep what it tells, answer with what to draw on it.

use std::collections::BTreeMap;

use super::ServiceError;
use crate::address::{Email, Person, plain_text};
use crate::client::{company_of, is_robot};
use crate::clock::Instant;
use crate::dossier::{Dossier, Now};
use crate::history::{Author, History, Touch};
use crate::playbook::Playbook;
use crate::protocol::{Response, Ui};
use crate::store::{
    AccountRecord, Changes, ClientRecord, CompanyKey, Held, Store, ThreadKey, ThreadRecord,
};
use crate::view::{chip, strip};
use crate::webmail::{MessageFacts, Reader, RowFacts, Sighting, Site, ThreadFacts};

/// How much of a subject is kept, in characters: enough to know the thread by.
const LONGEST_SUBJECT: usize = 160;
/// Mail that claims to come from further ahead than this is not believed.
const CLOCK_SLACK: chrono::TimeDelta = chrono::TimeDelta::hours(24);

/// A thread as one look at the page tells of it.
struct Seen {
    key: ThreadKey,
    subject: String,
    /// Whoever could be the client, likeliest first: nobody of the mailbox, of the user's own
    /// company, and no machine.
    others: Vec<Person>,
    touches: Vec<Touch>,
    /// Ids of the user's own letters that left just now and bear no date yet.
    just_sent: Vec<String>,
    /// Whether the page shows that the user has written in it.
    answered: bool,
}

/// A seen thread with what is known of its client.
struct Known {
    thread: ThreadRecord,
    dossier: Dossier,
}

pub(super) async fn see(
    store: &impl Store,
    rules: &Playbook,
    site: Site,
    sighting: &Sighting,
    ui: &Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    let reader = Reader {
        // Not the user's zone: a page that was loaded before they travelled words its dates in
        // another, and then nothing on it would be believed.
        zone: None,
        latest: Some(now.at.plus(CLOCK_SLACK)),
    };
    let facts = site.read(sighting, &reader);
    let Some(account) = facts.me.first() else {
        let strip = facts
            .thread
            .is_some()
            .then(|| strip::unreadable(&facts.missing));
        let chips = sighting.items("row").iter().map(|_| None).collect();
        return Ok(Response::Drawn {
            strip,
            chips,
            fresh_until: None,
        });
    };
    let house = House {
        account,
        me: &facts.me,
    };
    let open = facts
        .thread
        .as_ref()
        .and_then(|thread| house.thread(thread));
    let rows: Vec<_> = facts
        .rows
        .iter()
        .map(|row| house.row(row, sighting))
        .collect();
    let seen: Vec<_> = open.iter().chain(rows.iter().flatten()).collect();
    let known = learn(
        store,
        rules,
        &seen,
        account_record(site, account, sighting),
        now,
    )
    .await?;

    let mut fresh: Vec<Instant> = Vec::new();
    // Rows that are no threads, such as advertisements, have no facts and get no chip.
    let mut chips: Vec<_> = sighting.items("row").iter().map(|_| None).collect();
    for (facts, row) in facts.rows.iter().zip(&rows) {
        let known = row.as_ref().and_then(|seen| known.get(&seen.key));
        if let Some(chip) = chips.get_mut(facts.index) {
            *chip = known.and_then(|known| chip::chip(&known.dossier, now));
        }
        fresh.extend(known.map(|known| chip::fresh_until(&known.dossier, now)));
    }
    let strip =
        facts.thread.as_ref().map(
            |_| match open.as_ref().and_then(|seen| known.get(&seen.key)) {
                Some(known) => {
                    fresh.push(strip::fresh_until(&known.dossier, now));
                    strip::strip(&known.dossier, &known.thread, ui, &facts.missing, now)
                }
                None if facts.missing.is_empty() => strip::nobody(),
                None => strip::unreadable(&facts.missing),
            },
        );
    Ok(Response::Drawn {
        strip,
        chips,
        fresh_until: fresh.into_iter().min(),
    })
}

/// Whose mailbox the page shows.
struct House<'a> {
    account: &'a Email,
    me: &'a [Email],
}

impl House<'_> {
    fn is_own(&self, person: &Person) -> bool {
        let own_company = company_of(self.account);
        self.me.contains(&person.email) || company_of(&person.email) == own_company
    }

    fn others<'p>(&self, people: impl Iterator<Item = &'p Person>) -> Vec<Person> {
        let mut others: Vec<Person> = Vec::new();
        for person in people {
            let known = others.iter().any(|other| other.email == person.email);
            if !known && !self.is_own(person) && !is_robot(&person.email) {
                others.push(person.clone());
            }
        }
        others
    }

    fn thread(&self, facts: &ThreadFacts) -> Option<Seen> {
        let by = |message: &MessageFacts| match &message.from {
            Some(person) if self.is_own(person) => Author::Seller,
            Some(_) => Author::Client,
            None => Author::Unknown,
        };
        let touches: Vec<Touch> = facts
            .messages
            .iter()
            .filter_map(|message| {
                let (id, alias) = (message.id.clone()?, message.alias.clone());
                Some(Touch {
                    alias,
                    ..Touch::new(id, message.at?, by(message))
                })
            })
            .collect();
        // Who wrote last is likelier the client than who is merely copied in.
        let senders = facts
            .messages
            .iter()
            .rev()
            .filter_map(|message| message.from.as_ref());
        let recipients = facts.messages.iter().flat_map(|message| &message.to);
        Some(Seen {
            key: ThreadKey {
                account: self.account.clone(),
                id: facts.id.clone()?,
            },
            subject: plain_text(&facts.subject, LONGEST_SUBJECT),
            others: self.others(senders.chain(recipients)),
            answered: facts
                .messages
                .iter()
                .any(|message| by(message) == Author::Seller),
            just_sent: facts
                .messages
                .iter()
                .filter(|message| message.just_sent && by(message) == Author::Seller)
                .filter_map(|message| message.id.clone())
                .collect(),
            touches,
        })
    }

    fn row(&self, facts: &RowFacts, sighting: &Sighting) -> Option<Seen> {
        let mine = facts.people.iter().any(|person| self.is_own(person));
        let theirs = facts.people.iter().any(|person| !self.is_own(person));
        // A list of what was sent names the recipients, not the senders.
        let sent = sighting.path.contains("#sent");
        let by = match (mine, theirs) {
            _ if facts.unread => Author::Client,
            _ if sent => Author::Unknown,
            (true, false) => Author::Seller,
            (false, true) => Author::Client,
            _ => Author::Unknown,
        };
        let touch = |id: &String| Some(Touch::new(id, facts.at?, by));
        Some(Seen {
            key: ThreadKey {
                account: self.account.clone(),
                id: facts.thread.clone()?,
            },
            subject: plain_text(&facts.subject, LONGEST_SUBJECT),
            others: self.others(facts.people.iter()),
            touches: facts.last_message.iter().filter_map(touch).collect(),
            just_sent: Vec::new(),
            answered: mine || sent,
        })
    }
}

fn account_record(site: Site, account: &Email, sighting: &Sighting) -> AccountRecord {
    let base = sighting.path.split('#').next().unwrap_or_default();
    AccountRecord {
        account: account.clone(),
        site,
        base: base.to_owned(),
    }
}

/// Keeps what was seen of clients, plans anew for everybody it touches, and tells what is now
/// known of each thread. Of people whom the user has never written to nothing is kept.
async fn learn(
    store: &impl Store,
    rules: &Playbook,
    seen: &[&Seen],
    account: AccountRecord,
    now: Now,
) -> Result<BTreeMap<ThreadKey, Known>, ServiceError> {
    let keys: Vec<_> = seen.iter().map(|seen| seen.key.clone()).collect();
    let stored = store.threads(&keys).await?;
    let mut threads: BTreeMap<ThreadKey, ThreadRecord> = BTreeMap::new();
    let mut people: BTreeMap<Email, Person> = BTreeMap::new();
    for (seen, stored) in seen.iter().zip(stored) {
        let known = threads.remove(&seen.key).or(stored);
        if let Some((thread, person)) = merged(seen, known, now.at) {
            threads.insert(seen.key.clone(), thread);
            if let Some(person) = person {
                people.entry(person.email.clone()).or_insert(person);
            }
        }
    }
    let mut companies: Vec<CompanyKey> = threads
        .values()
        .map(|thread| CompanyKey {
            account: account.account.clone(),
            name: thread.company.clone(),
        })
        .collect();
    companies.sort();
    companies.dedup();
    let before = store.companies(&companies).await?;
    let mut changes = Changes::default();
    let mut known = BTreeMap::new();
    for (key, before) in companies.iter().zip(before) {
        let mut held = before.clone();
        for thread in threads.values().filter(|thread| thread.company == key.name) {
            let answered = seen
                .iter()
                .any(|seen| seen.key == thread.key && seen.answered);
            place_thread(&mut held, thread, answered, &people, &account.account);
        }
        changes.settle(rules, &before, &held, now);
        for thread in threads.values().filter(|thread| thread.company == key.name) {
            let followed = held
                .clients
                .iter()
                .find(|client| client.key.email == thread.client);
            let stranger = || {
                ClientRecord::new(
                    &account.account,
                    &person_of(thread, &people),
                    key.name.clone(),
                )
            };
            let record = followed.cloned().unwrap_or_else(stranger);
            // A stranger's thread is planned for what it shows, and forgotten.
            let mut scene = held.clone();
            if followed.is_none() {
                scene.threads.push(thread.clone());
            }
            let on = followed.is_some_and(|client| client.follow != Some(false));
            let dossier = Dossier::new(&record, on, &scene, rules, now);
            known.insert(
                thread.key.clone(),
                Known {
                    thread: thread.clone(),
                    dossier,
                },
            );
        }
    }
    if !changes.is_empty() {
        if !store.accounts().await?.contains(&account) {
            changes.accounts.push(account);
        }
        store.save(&changes).await?;
    }
    Ok(known)
}

fn person_of(thread: &ThreadRecord, people: &BTreeMap<Email, Person>) -> Person {
    people
        .get(&thread.client)
        .cloned()
        .unwrap_or_else(|| Person::new(thread.client.clone(), None))
}

/// The thread's record with what was seen added, and its client as the page names them; `None`
/// where there is no client in it.
fn merged(
    seen: &Seen,
    stored: Option<ThreadRecord>,
    now: Instant,
) -> Option<(ThreadRecord, Option<Person>)> {
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
            }
        }
    };
    if !seen.subject.is_empty() {
        thread.subject.clone_from(&seen.subject);
    }
    for touch in &seen.touches {
        thread.history.add(touch.clone());
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
    let person = seen
        .others
        .iter()
        .find(|person| person.email == thread.client)
        .cloned();
    Some((thread, person))
}

/// Puts a thread, and its client where they are to be followed, among what is held of a company.
fn place_thread(
    held: &mut Held,
    thread: &ThreadRecord,
    answered: bool,
    people: &BTreeMap<Email, Person>,
    account: &Email,
) {
    match held
        .clients
        .iter_mut()
        .find(|client| client.key.email == thread.client)
    {
        Some(client) => {
            if let Some(name) = people
                .get(&thread.client)
                .and_then(|person| person.name.clone())
            {
                client.name = Some(name);
            }
        }
        None if answered => {
            let person = person_of(thread, people);
            held.clients
                .push(ClientRecord::new(account, &person, thread.company.clone()));
        }
        None => return,
    }
    match held.threads.iter_mut().find(|held| held.key == thread.key) {
        Some(held) => *held = thread.clone(),
        None => held.threads.push(thread.clone()),
    }
}

impl Changes {
    /// Adds whatever differs between what was held of a company and what is held now, with every
    /// client planned anew: a letter to one colleague can make a letter to another too soon (G1).
    pub(super) fn settle(&mut self, rules: &Playbook, before: &Held, held: &Held, now: Now) {
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
