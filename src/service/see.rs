//! A page was looked at: keep what it tells, answer with what to draw on it.

use super::learn::{Known, learn};
use super::seen::House;
use super::{ServiceError, writing};
use crate::address::Email;
use crate::clock::Instant;
use crate::dossier::Now;
use crate::order::Order;
use crate::protocol::{Focus, Response, Ui};
use crate::settings::Settings;
use crate::store::{AccountRecord, Store};
use crate::view::{chip, strip};
use crate::webmail::{Clock, PageFacts, Reader, Sighting, Site};

/// Mail that claims to come from further ahead than this is not believed.
const CLOCK_SLACK: chrono::TimeDelta = chrono::TimeDelta::hours(24);

pub(super) async fn see(
    store: &impl Store,
    settings: &Settings,
    site: Site,
    sighting: &Sighting,
    ui: &Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    let rules = &settings.playbook;
    let facts = facts_of(store, site, sighting, now).await?;
    let letters = sighting.items("compose").len();
    let Some(account) = facts.me.first() else {
        let strip = facts
            .thread
            .is_some()
            .then(|| strip::unreadable(&facts.missing));
        let chips = sighting.items("row").iter().map(|_| None).collect();
        return Ok(Response::Drawn {
            strip,
            chips,
            notes: (0..letters).map(|_| None).collect(),
            fresh_until: None,
            focus: None,
        });
    };
    let house = House {
        account,
        me: &facts.me,
        own: &settings.own,
    };
    writing::unsent(store, settings, &facts, account, now).await?;
    let open = facts
        .thread
        .as_ref()
        .and_then(|thread| house.thread(thread));
    let rows: Vec<_> = facts.rows.iter().map(|row| house.row(row)).collect();
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
    let thread = open.and_then(|seen| {
        let Known { thread, dossier } = known.get(&seen.key)?;
        Some(Focus {
            thread: thread.key.clone(),
            client: thread.client.clone(),
            name: dossier.record.name.clone(),
        })
    });
    let focus = match thread {
        Some(focus) => Some(focus),
        // A webmail may show a letter that is being written in place of the thread that it answers.
        None => writing::focus(store, &facts, &house).await?,
    };
    let notes = writing::notes(store, settings, site, &facts, account, letters, now).await?;
    if notes.iter().any(Option::is_some) {
        // Clocks and windows turn at full hours, or at half ones in some zones.
        fresh.push(now.at.plus(chrono::TimeDelta::minutes(30)));
    }
    Ok(Response::Drawn {
        strip,
        chips,
        notes,
        fresh_until: fresh.into_iter().min(),
        focus,
    })
}

/// Whose mailbox a page must be of that does not say: the only one that was seen at its address, or
/// of several the only one that the open letter names.
async fn only_mailbox(
    store: &impl Store,
    site: Site,
    sighting: &Sighting,
    facts: &PageFacts,
) -> Result<Vec<Email>, ServiceError> {
    let base = site.base(sighting);
    let mut known: Vec<Email> = store
        .accounts()
        .await?
        .into_iter()
        .filter(|account| account.site == site && account.base == base)
        .map(|account| account.account)
        .collect();
    known.order();
    known.dedup();
    if known.len() > 1 {
        let messages = || facts.thread.iter().flat_map(|thread| &thread.messages);
        let named = |email: &Email| {
            messages()
                .flat_map(|message| message.from.iter().chain(&message.to))
                .any(|person| person.email == *email)
        };
        known.retain(named);
    }
    Ok(if known.len() == 1 { known } else { Vec::new() })
}

/// Keeps what the user has just sent.
pub(super) async fn sent(
    store: &impl Store,
    settings: &Settings,
    site: Site,
    sighting: &Sighting,
    now: Now,
) -> Result<Response, ServiceError> {
    let facts = facts_of(store, site, sighting, now).await?;
    if let Some(account) = facts.me.first() {
        let account = account_record(site, account, sighting);
        writing::sent(store, settings, &facts, account, now).await?;
    }
    Ok(Response::done(Ui::default()))
}

fn reader(now: Now) -> Reader {
    Reader {
        // Not the user's zone: a page that was loaded before they travelled words its dates in
        // another, and then nothing on it would be believed.
        zone: None,
        latest: Some(now.at.plus(CLOCK_SLACK)),
        clock: Some(Clock {
            zone: now.seller.0,
            now: now.at,
        }),
        me: Vec::new(),
    }
}

/// What a page shows, with whose mailbox it must be where it does not say.
async fn facts_of(
    store: &impl Store,
    site: Site,
    sighting: &Sighting,
    now: Now,
) -> Result<PageFacts, ServiceError> {
    let facts = site.read(sighting, &reader(now));
    if !facts.me.is_empty() || site.names_mailbox() {
        return Ok(facts);
    }
    let me = only_mailbox(store, site, sighting, &facts).await?;
    let known = Reader { me, ..reader(now) };
    Ok(site.read(sighting, &known))
}

fn account_record(site: Site, account: &Email, sighting: &Sighting) -> AccountRecord {
    AccountRecord {
        account: account.clone(),
        site,
        base: site.base(sighting),
        told: false,
    }
}
