//! When the settings change, every client is planned anew: piece by piece, and from where it
//! stopped if the worker died in between.

use super::due_list::companies_of;
use crate::agenda::{Preview, preview};
use crate::dossier::{Dossier, Now};
use crate::playbook::Playbook;
use crate::settings::{Planned, Settings};
use crate::store::{Changes, ClientRecord, CompanyKey, Held, Store, StoreError, Stretch};

/// So many clients are read, planned and written at once: as long as that takes, a question waits.
const PIECE: u32 = 200;

/// Plans the next of those anew whom the last change of the settings has not reached yet, and gives
/// the settings. Where nothing is left to do, as nearly always, it only reads them.
///
/// # Errors
/// What the store says; the rest is done at the next call.
pub async fn advance(store: &impl Store, now: Now) -> Result<Settings, StoreError> {
    let mut settings = store.settings().await?;
    let (after, before) = match &settings.planned {
        Planned::All => return Ok(settings),
        Planned::None | Planned::UpTo(_) => (None, 0),
        Planned::Through { company, clients } => (Some(company), *clients),
    };
    let now = settings.own.seen_from(now);
    let Stretch { companies, more } = store.companies_after(after, PIECE).await?;
    let mut changes = Changes {
        in_place: true,
        ..Changes::default()
    };
    let mut clients = before;
    for dossier in dossiers(&companies, &settings.playbook, now) {
        let settled = dossier.settled();
        if settled != dossier.record {
            changes.clients.push(settled);
        }
        clients += 1;
    }
    settings.planned = match companies.into_iter().next_back() {
        Some((company, _)) if more => Planned::Through { company, clients },
        _ => Planned::All,
    };
    changes.settings = Some(settings.clone());
    store.save(&changes).await?;
    Ok(settings)
}

/// Plans those anew for whom what they were due for is over. Tells whether more is left.
///
/// # Errors
/// What the store says; the rest is done at the next call.
pub async fn lapse(store: &impl Store, now: Now) -> Result<bool, StoreError> {
    let settings = store.settings().await?;
    let now = settings.own.seen_from(now);
    let clients = store.lapsed(now.at, PIECE).await?;
    let more = u32::try_from(clients.len()).is_ok_and(|count| count >= PIECE);
    if clients.is_empty() {
        return Ok(more);
    }
    let held = companies_of(store, clients.iter()).await?;
    let mut changes = Changes {
        in_place: true,
        ..Changes::default()
    };
    for client in clients {
        let settled = held.get(&client.company_key()).map(|held| {
            let followed = client.follow != Some(false);
            Dossier::new(&client, followed, held, &settings.playbook, now).settled()
        });
        let settled = settled.unwrap_or(client);
        // What is over is over, whatever the plan says: else this would never end.
        let lapses_at = settled.lapses_at.filter(|at| *at > now.at);
        changes.clients.push(ClientRecord {
            lapses_at,
            ..settled
        });
    }
    store.save(&changes).await?;
    Ok(more)
}

/// Counts what a change from one playbook to another would move, over all clients.
pub(super) async fn preview_all(
    store: &impl Store,
    before: &Playbook,
    after: &Playbook,
    now: Now,
) -> Result<Preview, StoreError> {
    let mut total = Preview::default();
    let mut last: Option<CompanyKey> = None;
    loop {
        let Stretch { companies, more } = store.companies_after(last.as_ref(), PIECE).await?;
        let dossiers: Vec<_> = dossiers(&companies, before, now).collect();
        let followed = dossiers.iter().filter(|dossier| dossier.followed);
        let cases: Vec<_> = followed.map(Dossier::case).collect();
        total += preview(&cases, before, after, now.seller, now.at);
        if !more {
            return Ok(total);
        }
        last = companies.into_iter().next_back().map(|(key, _)| key);
    }
}

/// Every client of some companies.
fn dossiers<'a>(
    companies: &'a [(CompanyKey, Held)],
    rules: &'a Playbook,
    now: Now,
) -> impl Iterator<Item = Dossier> + 'a {
    companies.iter().flat_map(move |(_, held)| {
        held.clients.iter().map(move |client| {
            let followed = client.follow != Some(false);
            Dossier::new(client, followed, held, rules, now)
        })
    })
}
