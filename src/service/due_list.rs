//! What is due, for the popup: as much of it as is on show.

use std::collections::BTreeMap;

use super::{ServiceError, lapse};
use crate::dossier::{Dossier, Now};
use crate::order::Order;
use crate::place::plain;
use crate::playbook::Playbook;
use crate::protocol::{ListUi, Response, Ui};
use crate::store::{ClientRecord, CompanyKey, Held, Store, StoreError};
use crate::view::due_list as view;

/// So many rows are drawn: what a high window shows, and as many around it.
const ROWS: u32 = 40;
/// So many are at first: what most windows show. Whoever shows them asks for more once these are on the screen.
const FIRST_ROWS: u32 = 8;
/// So many rows above the first one asked for are drawn as well, for scrolling back.
const ABOVE: u32 = 12;

pub(super) async fn due_list(
    store: &impl Store,
    rules: &Playbook,
    ui: &Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    lapse(store, now).await?;
    let due = store.due_count(now.at).await?;
    let unplaced = store.unplaced_count().await?;
    let most = if ui.list.from == 0 { FIRST_ROWS } else { ROWS };
    let is_narrowed = ui.list.market.is_some() || ui.list.errand.is_some();
    let chosen = (is_narrowed || !ui.list.query.is_empty() || ui.list.unplaced)
        .then_some(chosen(store, &ui.list, now));
    let (clients, before, rows) = match chosen {
        Some(chosen) => {
            let all = chosen.await?;
            let rows = u32::try_from(all.len()).unwrap_or(u32::MAX);
            let before = first_row(ui.list.from, rows);
            let shown = all.into_iter().skip(usize_of(before)).take(usize_of(most));
            (shown.collect(), before, rows)
        }
        None => {
            let before = first_row(ui.list.from, due);
            (store.due_page(now.at, before, most).await?, before, due)
        }
    };
    let held = companies_of(store, clients.iter()).await?;
    let dossier = |client: &ClientRecord| {
        let followed = client.follow != Some(false);
        held.get(&client.company_key())
            .map(|held| Dossier::new(client, followed, held, rules, now))
    };
    let dossiers: Vec<_> = clients.iter().filter_map(dossier).collect();
    let view = view::due_list(&view::Shown {
        dossiers: &dossiers,
        before,
        rows,
        due,
        unplaced,
        ui,
        now,
    });
    let fresh_until = store.next_change(now.at).await?;
    Ok(Response::Page { view, fresh_until })
}

/// The clients that the user asks for, longest due first; found ones by their names.
async fn chosen(
    store: &impl Store,
    list: &ListUi,
    now: Now,
) -> Result<Vec<ClientRecord>, StoreError> {
    let everybody = store.everybody().await?;
    let query = plain(&list.query);
    let words: Vec<&str> = query.split_whitespace().collect();
    let is_due = |client: &ClientRecord| client.due_at.is_some_and(|due| due <= now.at);
    let is_asked_for = |client: &&ClientRecord| {
        let listed = match (words.is_empty(), list.unplaced) {
            (false, _) => is_named(client, &words),
            (true, true) => client.unplaced.is_some(),
            (true, false) => is_due(client),
        };
        listed
            && list
                .market
                .is_none_or(|market| client.rhythm == Some(market))
            && list
                .errand
                .is_none_or(|errand| client.errand == Some(errand))
    };
    let mut found: Vec<ClientRecord> = everybody.iter().filter(is_asked_for).cloned().collect();
    if words.is_empty() {
        found.order_by_key(|client| client.due_at);
    } else {
        found.order_by_cached_key(|client| client.label().to_lowercase());
    }
    Ok(found)
}

/// Whether a client's name or address has every word.
fn is_named(client: &ClientRecord, words: &[&str]) -> bool {
    let name = plain(client.name.as_deref().unwrap_or_default());
    let email = client.key.email.as_str();
    words
        .iter()
        .all(|word| name.contains(word) || email.contains(word))
}

/// The first row to draw so that there is something to see.
fn first_row(asked: u32, rows: u32) -> u32 {
    asked.saturating_sub(ABOVE).min(rows.saturating_sub(ROWS))
}

fn usize_of(count: u32) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

pub(super) async fn companies_of(
    store: &impl Store,
    clients: impl Iterator<Item = &ClientRecord>,
) -> Result<BTreeMap<CompanyKey, Held>, StoreError> {
    let mut keys: Vec<_> = clients.map(ClientRecord::company_key).collect();
    keys.order();
    keys.dedup();
    let held = store.companies(&keys).await?;
    Ok(keys.into_iter().zip(held).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::Person;
    use crate::client::company_of;

    #[test]
    fn a_name_is_found_without_its_accents_and_in_any_case() {
        let email: crate::address::Email = "j.m@lampen.de".parse().unwrap();
        let company = company_of(&email);
        let person = Person::new(email.clone(), Some("José Müller-Ørsted"));
        let client = ClientRecord::new(&email, &person, company);
        for query in ["muller", "MÜLLER", "jose orsted", "lampen José"] {
            let query = plain(query);
            let words: Vec<&str> = query.split_whitespace().collect();
            assert!(is_named(&client, &words), "{query}");
        }
        assert!(!is_named(&client, &["mueller"]));
    }
}
