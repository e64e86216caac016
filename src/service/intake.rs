//! Records from outside come into the store.

use std::collections::{BTreeMap, BTreeSet};

use super::replan::advance;
use crate::client::company_of;
use crate::dossier::Now;
use crate::intake::Intake;
use crate::order::Order;
use crate::store::{
    Changes, ClientRecord, CompanyKey, Held, Store, StoreError, ThreadKey, ThreadRecord,
};

/// Takes a source's records over, in one write. Taking the same ones over again changes nothing.
///
/// # Errors
/// What the store says; then nothing was taken over, unless it is the settings, which reach the clients
/// piece by piece.
pub async fn take_in(store: &impl Store, intake: Intake, now: Now) -> Result<(), StoreError> {
    let mut settings = store.settings().await?;
    if let Some(theirs) = &intake.settings {
        let before = settings.clone();
        settings.merge(theirs, &mut Vec::new());
        if settings != before {
            let changes = Changes {
                settings: Some(settings),
                ..Changes::default()
            };
            store.save(&changes).await?;
            settings = advance(store, now).await?;
        }
    }
    let mut changes = Changes::default();
    let known = store.accounts().await?;
    for theirs in &intake.accounts {
        let mine = known.iter().find(|mine| mine.account == theirs.account);
        let mut merged = mine.unwrap_or(theirs).clone();
        merged.merge(theirs);
        if mine != Some(&merged) {
            changes.accounts.push(merged);
        }
    }
    for (before, held) in merged(store, intake).await? {
        changes.settle_dated(&settings.playbook, &before, &held, now);
    }
    if changes.is_empty() {
        return Ok(());
    }
    store.save(&changes).await
}

/// What is held of every company that the intake touches, before and after.
async fn merged(store: &impl Store, mut intake: Intake) -> Result<Vec<(Held, Held)>, StoreError> {
    for client in &mut intake.clients {
        client.company = company_of(&client.key.email);
    }
    let thread_keys: Vec<ThreadKey> = intake.threads.iter().map(|one| one.key.clone()).collect();
    let known_threads = store.threads(&thread_keys).await?;
    let mut keys: BTreeSet<CompanyKey> = BTreeSet::new();
    keys.extend(intake.companies.iter().map(|company| company.key.clone()));
    keys.extend(intake.clients.iter().map(ClientRecord::company_key));
    let threads = intake.threads.iter();
    keys.extend(
        threads
            .chain(known_threads.iter().flatten())
            .map(company_key),
    );
    let keys: Vec<CompanyKey> = keys.into_iter().collect();
    let before = store.companies(&keys).await?;
    let before: BTreeMap<CompanyKey, Held> = keys.into_iter().zip(before).collect();
    let mut after = before.clone();
    for theirs in intake.companies {
        let held = after.entry(theirs.key.clone()).or_default();
        match &mut held.company {
            Some(_) if intake.hints => {}
            Some(mine) => mine.merge(&theirs, &mut Vec::new()),
            None => held.company = Some(theirs),
        }
    }
    for mut theirs in intake.clients {
        let held = after.entry(theirs.company_key()).or_default();
        let mine = held.clients.iter_mut().find(|mine| mine.key == theirs.key);
        match mine {
            Some(mine) => {
                if intake.hints {
                    theirs.yield_to(mine, held.company.as_ref());
                }
                mine.merge(&theirs, &mut Vec::new());
            }
            None => {
                let mut new = theirs.blank();
                if intake.hints {
                    theirs.yield_to(&new, held.company.as_ref());
                }
                new.merge(&theirs, &mut Vec::new());
                held.clients.push(new);
            }
        }
    }
    let known = known_threads.into_iter().flatten();
    let mut known: BTreeMap<_, _> = known.map(|thread| (thread.key.clone(), thread)).collect();
    for theirs in intake.threads {
        let key = theirs.key.clone();
        let mut thread = known.get(&key).unwrap_or(&theirs).clone();
        thread.merge(&theirs, &mut Vec::new());
        // Whom it is with may have become somebody else, of another company.
        for former in known.get(&key).iter().copied().chain([&thread]) {
            let held = after.entry(company_key(former)).or_default();
            held.threads.retain(|held| held.key != key);
        }
        let held = after.entry(company_key(&thread)).or_default();
        held.threads.push(thread.clone());
        known.insert(key, thread);
    }
    let pairs = after.into_iter().map(|(key, mut after)| {
        (after.clients.iter_mut()).for_each(ClientRecord::date_unnoted);
        let before = before.get(&key).cloned();
        in_order((before.unwrap_or_default(), after))
    });
    Ok(pairs.collect())
}

fn company_key(thread: &ThreadRecord) -> CompanyKey {
    CompanyKey {
        account: thread.key.account.clone(),
        name: company_of(&thread.client),
    }
}

/// The two in one order, so that what is equal is seen to be.
fn in_order((mut before, mut after): (Held, Held)) -> (Held, Held) {
    for held in [&mut before, &mut after] {
        held.clients.order_by(|a, b| a.key.cmp(&b.key));
        held.threads.order_by(|a, b| a.key.cmp(&b.key));
    }
    (before, after)
}

#[cfg(test)]
mod tests;
