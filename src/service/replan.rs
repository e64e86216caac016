//! When the settings change, every client is planned anew: piece by piece, and from where it
//! stopped if the worker died in between.

use super::due_list::companies_of;
use crate::agenda::{Preview, preview};
use crate::dossier::{Dossier, Now};
use crate::playbook::Playbook;
use crate::settings::{Planned, Settings};
use crate::store::{Changes, ClientKey, ClientRecord, Store, StoreError};

/// So many clients are read, planned and written at once.
const PIECE: u32 = 400;

/// Plans the next of those anew whom the last change of the settings has not reached yet, and gives
/// the settings. Where nothing is left to do, as nearly always, it only reads them.
///
/// # Errors
/// What the store says; the rest is done at the next call.
pub(super) async fn advance(store: &impl Store, now: Now) -> Result<Settings, StoreError> {
    let mut settings = store.settings().await?;
    if settings.planned == Planned::All {
        return Ok(settings);
    }
    let after = match &settings.planned {
        Planned::UpTo(key) => Some(key),
        _ => None,
    };
    let piece = Piece::read(store, after, &settings.playbook, now).await?;
    let mut changes = Changes::default();
    for dossier in &piece.dossiers {
        let settled = dossier.settled();
        if settled != dossier.record {
            changes.clients.push(settled);
        }
    }
    settings.planned = piece.last.map_or(Planned::All, Planned::UpTo);
    changes.settings = Some(settings.clone());
    store.save(&changes).await?;
    Ok(settings)
}

/// Does a piece of what is to be done beside all questions: plans those anew whom a change of the settings has not
/// reached yet, and those for whom what they were due for is over. Tells whether more is left, to be done in the same
/// way once whoever waits for an answer has it.
///
/// # Errors
/// What the store says; the rest is done at the next call.
pub async fn lapse(store: &impl Store, now: Now) -> Result<bool, StoreError> {
    let now = store.settings().await?.own.seen_from(now);
    let settings = advance(store, now).await?;
    let clients = store.lapsed(now.at, PIECE).await?;
    let full = u32::try_from(clients.len()).is_ok_and(|count| count >= PIECE);
    let more = full || settings.planned != Planned::All;
    if clients.is_empty() {
        return Ok(more);
    }
    let held = companies_of(store, clients.iter()).await?;
    let mut changes = Changes::default();
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
    let mut last = None;
    loop {
        let piece = Piece::read(store, last.as_ref(), before, now).await?;
        let followed = piece.dossiers.iter().filter(|dossier| dossier.followed);
        let cases: Vec<_> = followed.map(Dossier::case).collect();
        total += preview(&cases, before, after, now.seller, now.at);
        last = piece.last;
        if last.is_none() {
            return Ok(total);
        }
    }
}

/// Some of the clients, in the order of their keys.
struct Piece {
    dossiers: Vec<Dossier>,
    /// The last of them, where there may be more.
    last: Option<ClientKey>,
}

impl Piece {
    async fn read(
        store: &impl Store,
        after: Option<&ClientKey>,
        rules: &Playbook,
        now: Now,
    ) -> Result<Piece, StoreError> {
        let clients = store.clients_after(after, PIECE).await?;
        let held = companies_of(store, clients.iter()).await?;
        let full = u32::try_from(clients.len()).is_ok_and(|count| count >= PIECE);
        let last = clients.last().filter(|_| full);
        let last = last.map(|client| client.key.clone());
        let dossier = |client| {
            let held = held.get(&ClientRecord::company_key(client))?;
            let followed = client.follow != Some(false);
            Some(Dossier::new(client, followed, held, rules, now))
        };
        Ok(Piece {
            dossiers: clients.iter().filter_map(dossier).collect(),
            last,
        })
    }
}
