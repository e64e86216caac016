//! What is due, for the popup.

use std::collections::BTreeMap;

use super::{ServiceError, lapse};
use crate::dossier::{Dossier, Now};
use crate::playbook::Playbook;
use crate::protocol::{Response, Ui};
use crate::store::{ClientRecord, CompanyKey, Held, Store, StoreError};
use crate::view::due_list as view;

/// How many clients the list shows; the count above it is of all.
const MOST: u32 = 200;

pub(super) async fn due_list(
    store: &impl Store,
    rules: &Playbook,
    ui: &Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    lapse(store, now).await?;
    let due = store.due(now.at, MOST).await?;
    let unplaced = store.unplaced(MOST).await?;
    let all = store.due_count(now.at).await?;
    let held = companies_of(store, due.iter().chain(&unplaced)).await?;
    let dossier = |client: &ClientRecord| {
        held.get(&client.company_key())
            .map(|held| Dossier::new(client, true, held, rules, now))
    };
    let due: Vec<_> = due.iter().filter_map(dossier).collect();
    let unplaced: Vec<_> = unplaced.iter().filter_map(dossier).collect();
    let view = view::due_list(&due, all, &unplaced, ui, now);
    let fresh_until = store.next_change(now.at).await?;
    Ok(Response::Page { view, fresh_until })
}

pub(super) async fn companies_of(
    store: &impl Store,
    clients: impl Iterator<Item = &ClientRecord>,
) -> Result<BTreeMap<CompanyKey, Held>, StoreError> {
    let mut keys: Vec<_> = clients.map(ClientRecord::company_key).collect();
    keys.sort();
    keys.dedup();
    let held = store.companies(&keys).await?;
    Ok(keys.into_iter().zip(held).collect())
}
