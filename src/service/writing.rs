//! A letter is being written: a word about it, a draft to start from, and that it was sent.

use std::collections::BTreeMap;

use super::ServiceError;
use super::due_list::companies_of;
use super::learn::learn;
use super::seen::{House, Seen};
use crate::address::{Email, Person, plain_text};
use crate::client::company_of;
use crate::dossier::{Dossier, Now};
use crate::draft::{self, Called, Draft, Language, LetterKind, Outline};
use crate::history::{Author, SENT, Touch};
use crate::kind::{Glance, classify};
use crate::market::Market;
use crate::nudge::is_bare;
use crate::order::Order;
use crate::protocol::Focus;
use crate::rhythm::{Pull, feast_on};
use crate::settings::Settings;
use crate::snippet::{self, Occasion, Snippet, Used};
use crate::step::StepKind;
use crate::store::{
    AccountRecord, Changes, ClientKey, ClientRecord, CompanyKey, Held, Store, ThreadKey,
};
use crate::view::{Node, note};
use crate::webmail::{ComposeFacts, PageFacts, Site};
use crate::writing::{advise, strictest};

/// More recipients than this make a circular, of which nothing is said.
const MOST_RECIPIENTS: usize = 20;
/// The longest subject that stands for what was talked about, in characters.
const LONGEST_ABOUT: usize = 60;
/// So many snippets that went to a client are remembered.
const REMEMBERED: usize = 50;

/// A word about each letter being written, in the order of the sighting's items.
pub(super) async fn notes(
    store: &impl Store,
    settings: &Settings,
    site: Site,
    facts: &PageFacts,
    account: &Email,
    count: usize,
    now: Now,
) -> Result<Vec<Option<Node>>, ServiceError> {
    let mut notes: Vec<Option<Node>> = (0..count).map(|_| None).collect();
    if settings.letters.unnoted {
        return Ok(notes);
    }
    let house = House {
        account,
        me: &facts.me,
        own: &settings.own,
    };
    for letter in &facts.compose {
        let note = note_of(store, settings, site, &house, letter, now).await?;
        if let Some(place) = notes.get_mut(letter.index) {
            *place = note;
        }
    }
    Ok(notes)
}

/// Whom the only letter being written is to, where they are a client: the sidebar beside it tells of them.
pub(super) async fn focus(
    store: &impl Store,
    facts: &PageFacts,
    house: &House<'_>,
) -> Result<Option<Focus>, ServiceError> {
    let [letter] = facts.compose.as_slice() else {
        return Ok(None);
    };
    let Some(person) = others(house, letter).into_iter().next() else {
        return Ok(None);
    };
    let shown = ClientRecord::new(house.account, &person, company_of(&person.email));
    let held = store.companies(&[shown.company_key()]).await?.pop();
    let mut clients = held.into_iter().flat_map(|held| held.clients);
    let client = clients.find(|client| client.key == shown.key);
    Ok(client.map(|client| Focus {
        thread: ThreadKey {
            account: client.key.account,
            id: letter.thread.clone().or(client.thread).unwrap_or_default(),
        },
        client: client.key.email,
        name: client.name,
    }))
}

async fn note_of(
    store: &impl Store,
    settings: &Settings,
    site: Site,
    house: &House<'_>,
    letter: &ComposeFacts,
    now: Now,
) -> Result<Option<Node>, ServiceError> {
    let people = others(house, letter);
    if people.is_empty() || people.len() > MOST_RECIPIENTS {
        return Ok(None);
    }
    let records: Vec<ClientRecord> = people
        .iter()
        .map(|person| ClientRecord::new(house.account, person, company_of(&person.email)))
        .collect();
    let held = companies_of(store, records.iter()).await?;
    let all = records
        .iter()
        .map(|record| dossier(record, &held, settings, now));
    let (dossiers, put_away): (Vec<Dossier>, Vec<Dossier>) =
        all.partition(|dossier| !dossier.record.unnoted);
    let advice: Vec<_> = dossiers
        .iter()
        .map(|dossier| advise(dossier, &settings.playbook, now.at))
        .collect();
    let Some(place) = strictest(&advice) else {
        return Ok(None);
    };
    let (Some(dossier), Some(advice)) = (dossiers.get(place), advice.get(place)) else {
        return Ok(None);
    };
    // The letter is to whom it is addressed, whoever gets a copy.
    let first = house.others(letter.to.iter()).into_iter().next();
    let addressee = first.and_then(|first| {
        let mut all = dossiers.iter().chain(&put_away);
        all.find(|dossier| dossier.record.key.email == first.email)
    });
    let addressee = addressee.unwrap_or(dossier);
    let text = letter.text.as_deref().unwrap_or_default();
    Ok(Some(note::note(&note::Shown {
        dossier,
        advice,
        addressee,
        letter: kind_for(addressee),
        language: language(&addressee.record, settings),
        several: people.len() > 1,
        schedules: site.table().writing.schedule.is_some(),
        empty: letter.attachments.is_empty() && is_bare(&letter.subject, text, is_owed(addressee)),
        now,
    })))
}

/// What is known of a recipient.
fn dossier(
    shown: &ClientRecord,
    held: &BTreeMap<CompanyKey, Held>,
    settings: &Settings,
    now: Now,
) -> Dossier {
    let nothing = Held::default();
    let held = held.get(&shown.company_key()).unwrap_or(&nothing);
    let known = held.clients.iter().find(|client| client.key == shown.key);
    let followed = known.is_some_and(|client| client.follow != Some(false));
    let record = known.unwrap_or(shown);
    Dossier::new(record, followed, held, &settings.playbook, now)
}

/// Whom a letter goes to, but for the user's own company and machines.
fn others(house: &House<'_>, letter: &ComposeFacts) -> Vec<Person> {
    house.others(letter.to.iter().chain(&letter.cc).chain(&letter.bcc))
}

/// The companies that a letter goes to, with the people there, in the letter's order.
fn by_company(people: Vec<Person>) -> Vec<(String, Vec<Person>)> {
    let mut companies: Vec<(String, Vec<Person>)> = Vec::new();
    for person in people {
        let name = company_of(&person.email);
        match companies.iter_mut().find(|(known, _)| *known == name) {
            Some((_, there)) => there.push(person),
            None => companies.push((name, vec![person])),
        }
    }
    companies
}

/// What a letter to a company is kept under where the webmail's own thread is unknown, or another's.
fn own_thread(account: &Email, id: &str, company: &str) -> ThreadKey {
    ThreadKey {
        account: account.clone(),
        id: format!("{SENT}{id}/{company}"),
    }
}

/// Keeps that a letter was sent, at once: the page may show it later or never.
pub(super) async fn sent(
    store: &impl Store,
    settings: &Settings,
    facts: &PageFacts,
    account: AccountRecord,
    now: Now,
) -> Result<(), ServiceError> {
    let house = House {
        account: &account.account,
        me: &facts.me,
        own: &settings.own,
    };
    for letter in &facts.compose {
        let attachments: Vec<&str> = letter.attachments.iter().map(String::as_str).collect();
        let id = letter.draft.clone();
        let id = id.unwrap_or_else(|| format!("{SENT}{}", now.at.ms()));
        for (company, others) in by_company(others(&house, letter)) {
            let thread = letter.thread.clone().map(|id| ThreadKey {
                account: account.account.clone(),
                id,
            });
            let stored = match &thread {
                Some(key) => store
                    .threads(std::slice::from_ref(key))
                    .await?
                    .pop()
                    .flatten(),
                None => None,
            };
            // A letter that is forwarded is none to whom the thread is with.
            let theirs = stored
                .as_ref()
                .is_none_or(|thread| thread.company == company);
            let key = thread.filter(|_| theirs);
            let answers = stored
                .filter(|_| theirs)
                .and_then(|thread| Some(thread.history.last()?.by == Author::Client));
            let kind = classify(&Glance {
                subject: &letter.subject,
                text: letter.text.as_deref(),
                attachments: &attachments,
                answers: answers.unwrap_or(false),
            });
            let seen = Seen {
                key: key.unwrap_or_else(|| own_thread(&account.account, &id, &company)),
                // A reply's form may have no subject of its own.
                subject: plain_text(&letter.subject, LONGEST_ABOUT),
                others,
                touches: vec![Touch {
                    kind,
                    ..Touch::new(id.clone(), now.at, Author::Seller)
                }],
                just_sent: Vec::new(),
                answered: true,
                letters: Vec::new(),
            };
            learn(store, &settings.playbook, &[&seen], account.clone(), now).await?;
        }
    }
    Ok(())
}

/// Takes back that a letter was sent where it lies open again: the user has undone it.
pub(super) async fn unsent(
    store: &impl Store,
    settings: &Settings,
    facts: &PageFacts,
    account: &Email,
    now: Now,
) -> Result<(), ServiceError> {
    for letter in &facts.compose {
        let Some(draft) = &letter.draft else { continue };
        let people = letter.to.iter().chain(&letter.cc).chain(&letter.bcc);
        let mut keys: Vec<ThreadKey> = people
            .map(|person| own_thread(account, draft, &company_of(&person.email)))
            .collect();
        keys.extend(letter.thread.clone().map(|id| ThreadKey {
            account: account.clone(),
            id,
        }));
        keys.order();
        keys.dedup();
        for thread in store.threads(&keys).await?.into_iter().flatten() {
            if !thread
                .history
                .touches()
                .iter()
                .any(|touch| touch.id == *draft)
            {
                continue;
            }
            let company = CompanyKey {
                account: account.clone(),
                name: thread.company.clone(),
            };
            let before = store.companies(&[company]).await?.pop().unwrap_or_default();
            let mut held = before.clone();
            for known in &mut held.threads {
                if known.key == thread.key {
                    known.history.forget(draft);
                }
            }
            let mut changes = Changes::default();
            changes.settle(&settings.playbook, &before, &held, now);
            store.save(&changes).await?;
        }
    }
    Ok(())
}

/// A draft for a client: of the letter and in the language that the user chose, or that the step and
/// the client's own letters ask for.
pub(super) async fn draft(
    store: &impl Store,
    settings: &Settings,
    key: &ClientKey,
    letter: Option<LetterKind>,
    chosen: Option<Language>,
    now: Now,
) -> Result<Draft, ServiceError> {
    let person = Person::new(key.email.clone(), None);
    let shown = ClientRecord::new(&key.account, &person, company_of(&key.email));
    let held = companies_of(store, std::iter::once(&shown)).await?;
    let before = held.get(&shown.company_key()).cloned().unwrap_or_default();
    let known = before.clients.iter().find(|client| client.key == *key);
    let record = known.unwrap_or(&shown);
    let dossier = Dossier::new(record, known.is_some(), &before, &settings.playbook, now);
    let usual = language(record, settings);
    let Letter {
        kind,
        language,
        draft,
        snippet,
    } = compose(&dossier, settings, letter, chosen, now);
    // What is kept is kept of clients alone.
    if known.is_some() {
        let mut held = before.clone();
        for client in held.clients.iter_mut().filter(|client| client.key == *key) {
            if language != usual {
                client.language = Some(language);
            }
            let used = snippet.filter(|_| kind.has_news()).map(|snippet| Used {
                mark: snippet.mark(),
                at: now.at,
            });
            if let Some(used) = used {
                client.used.retain(|known| known.mark != used.mark);
                client.used.push(used);
                let old = client.used.len().saturating_sub(REMEMBERED);
                client.used.drain(..old);
            }
        }
        let mut changes = Changes::default();
        changes.settle(&settings.playbook, &before, &held, now);
        store.save(&changes).await?;
    }
    Ok(draft)
}

/// A letter for a client, with what it was made from.
pub(super) struct Letter<'s> {
    /// Which.
    pub(super) kind: LetterKind,
    /// Its language.
    pub(super) language: Language,
    /// The letter.
    pub(super) draft: Draft,
    /// The user's own news in it.
    snippet: Option<&'s Snippet>,
}

/// Writes a letter; nothing is kept of it.
pub(super) fn compose<'s>(
    dossier: &Dossier,
    settings: &'s Settings,
    letter: Option<LetterKind>,
    chosen: Option<Language>,
    now: Now,
) -> Letter<'s> {
    let language = chosen.unwrap_or_else(|| language(&dossier.record, settings));
    let kind = letter.unwrap_or_else(|| kind_for(dossier));
    let occasion = Occasion {
        kind,
        language,
        market: dossier.plan.market,
        today: now.seller.0.local(now.at).date(),
        now: now.at,
    };
    let snippet = snippet::pick(&settings.letters.snippets, &dossier.record.used, &occasion);
    let draft = draft::write(&Outline {
        news: snippet.map(|snippet| snippet.text.clone()),
        ..outline(dossier, settings, kind, language)
    });
    Letter {
        kind,
        language,
        draft,
        snippet,
    }
}

/// The language of a letter to a client, unless the user says otherwise.
fn language(record: &ClientRecord, settings: &Settings) -> Language {
    let heard = record.heard.as_deref();
    Language::for_client(record.language, heard, settings.letters.language)
}

/// Whether a client waits for an answer.
fn is_owed(dossier: &Dossier) -> bool {
    let last = dossier.history.last();
    last.is_some_and(|last| last.by == Author::Client)
}

/// The letter that a client's step asks for; where there is none, news.
fn kind_for(dossier: &Dossier) -> LetterKind {
    match &dossier.plan.step {
        Some(step) => LetterKind::of(step),
        None if is_owed(dossier) => LetterKind::Reply,
        None => LetterKind::ProductNews,
    }
}

fn outline(
    dossier: &Dossier,
    settings: &Settings,
    kind: LetterKind,
    language: Language,
) -> Outline {
    let step = dossier.plan.step.as_ref();
    let also = step.and_then(|step| step.also);
    let turn = dossier.plan.turn.as_ref();
    let pulled = turn.and_then(|turn| turn.pulled);
    let feast = || {
        let holiday = pulled.filter(|pulled| pulled.by == Pull::Holiday)?;
        feast_on(
            dossier.place.country?,
            dossier.calendar.as_ref()?,
            holiday.on,
        )
    };
    let closed = pulled
        .filter(|pulled| pulled.by == Pull::Closing)
        .and_then(|pulled| {
            let mut closings = settings.playbook.closings.iter();
            let closing = closings.find(|closing| closing.from == pulled.on)?;
            Some((closing.from, closing.to))
        });
    let name = dossier.record.name.as_deref();
    let subject = dossier
        .last_thread
        .as_ref()
        .map(|thread| thread.subject.as_str());
    Outline {
        called: name.and_then(|name| Called::read(name, dossier.place.country)),
        about: dossier
            .record
            .about
            .clone()
            .or_else(|| subject.and_then(draft::about_of)),
        feast: feast(),
        closed,
        patient: dossier.plan.market == Some(Market::India),
        samples: also == Some(StepKind::Sample),
        wishes: also == Some(StepKind::Greeting) && feast().is_some(),
        me: settings.letters.sign_as.clone(),
        ..Outline::new(kind, language)
    }
}
