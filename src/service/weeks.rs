//! The coming weeks: what each day asks for, and the holidays of those it asks for.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::ServiceError;
use super::due_list::companies_of;
use crate::agenda::{agenda, likely};
use crate::dossier::{Dossier, Now};
use crate::order::Order;
use crate::protocol::{Response, Ui};
use crate::settings::Settings;
use crate::store::Store;
use crate::view::weeks as view;

/// The page's address within the extension.
pub(super) const PAGE: &str = "weeks.html";
/// How far it looks ahead.
const DAYS: u16 = 30;
/// Of how many who are due in that time it looks for the most valuable; those who are due first.
const MOST: u32 = 5_000;

pub(super) async fn page(
    store: &impl Store,
    settings: &Settings,
    ui: &Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    let horizon = now.at.plus(TimeDelta::days(i64::from(DAYS)));
    let all = store.due_count(horizon).await?;
    let clients = store.due(horizon, MOST).await?;
    let clients = likely(clients, now.at, DAYS, settings.daily_limit);
    let others = usize::try_from(all)
        .unwrap_or(usize::MAX)
        .saturating_sub(clients.len());
    let held = companies_of(store, clients.iter()).await?;
    let dossiers: Vec<_> = clients
        .iter()
        .filter_map(|client| {
            let held = held.get(&client.company_key())?;
            Some(Dossier::new(client, true, held, &settings.playbook, now))
        })
        .collect();
    let cases: Vec<_> = dossiers.iter().map(Dossier::case).collect();
    let agenda = agenda(
        &cases,
        &settings.playbook,
        now.seller,
        now.at,
        DAYS,
        settings.daily_limit,
    );
    // Each country once, with how many of the clients are in it.
    let mut places: BTreeMap<_, view::Place> = BTreeMap::new();
    for dossier in &dossiers {
        let Some((country, calendar)) = dossier.client.country.zip(dossier.calendar.as_ref())
        else {
            continue;
        };
        let place = places.entry(country).or_insert_with(|| view::Place {
            country,
            calendar: calendar.clone(),
            clients: 0,
        });
        place.clients += 1;
    }
    let mut places: Vec<_> = places.into_values().collect();
    places.order_by_key(|place| std::cmp::Reverse(place.clients));
    Ok(Response::Page {
        view: view::page(&view::Shown {
            settings,
            ui,
            agenda: &agenda,
            left: agenda.left_over.len() + others,
            dossiers: &dossiers,
            places: &places,
            now,
        }),
        fresh_until: store.next_change(now.at).await?,
    })
}
