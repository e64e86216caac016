//! What the sidebar shows: the client whose thread is open, else what is due.

use chrono::TimeDelta;

use super::ServiceError;
use super::due_list::due_list;
use super::writing::compose;
use crate::address::Person;
use crate::client::company_of;
use crate::clock::Instant;
use crate::dossier::{Dossier, Now};
use crate::protocol::{Focus, Response, Ui};
use crate::settings::Settings;
use crate::step::{cycle, outlook};
use crate::store::{ClientKey, ClientRecord, CompanyKey, Store};
use crate::view::{Node, Tag, chip, sidebar};
use crate::warmth::{Warmth, influences};

/// The page's address within the extension.
pub(super) const PAGE: &str = "sidebar.html";
/// How often the line on the clocks that says now is moved.
const NEEDLE: TimeDelta = TimeDelta::minutes(5);
/// So many colleagues are looked at.
const COLLEAGUES: usize = 40;

pub(super) async fn page(
    store: &impl Store,
    settings: &Settings,
    focus: Option<&Focus>,
    ui: &Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    let Some(focus) = focus else {
        return due_list(store, &settings.playbook, ui, now).await;
    };
    let (client, fresh_until) = client(store, settings, focus, ui, now).await?;
    Ok(Response::Page {
        view: Node::new(Tag::Main, "").node(client),
        fresh_until,
    })
}

/// The whole picture of a client, and when it is to be drawn anew.
pub(super) async fn client(
    store: &impl Store,
    settings: &Settings,
    focus: &Focus,
    ui: &Ui,
    now: Now,
) -> Result<(Node, Option<Instant>), ServiceError> {
    let rules = &settings.playbook;
    let company = CompanyKey {
        account: focus.thread.account.clone(),
        name: company_of(&focus.client),
    };
    let held = store.companies(&[company]).await?.pop().unwrap_or_default();
    let key = ClientKey {
        account: focus.thread.account.clone(),
        email: focus.client.clone(),
    };
    let known = held.clients.iter().find(|client| client.key == key);
    // Of somebody whom the user never wrote to nothing is kept, and little is known.
    let stranger = || {
        let person = Person::new(focus.client.clone(), focus.name.as_deref());
        ClientRecord::new(&key.account, &person, company_of(&focus.client))
    };
    let dossier = |client: &ClientRecord| {
        let followed = known.is_some() && client.follow != Some(false);
        Dossier::new(client, followed, &held, rules, now)
    };
    let mut others = held.clients.iter().filter(|client| client.key != key);
    let colleagues: Vec<_> = others.by_ref().take(COLLEAGUES).map(dossier).collect();
    let dossier = known.map_or_else(|| dossier(&stranger()), dossier);
    let threads: Vec<_> = held
        .threads
        .iter()
        .filter(|thread| thread.client == key.email)
        .cloned()
        .collect();
    let influences = dossier.plan.market.map(|market| {
        let rules = rules.rules(market, &key.email);
        let warmth = Warmth::of(dossier.history.touches());
        influences(&dossier.client, &warmth, &rules)
    });
    let open = ui.sidebar.letter.as_ref().filter(|open| open.client == key);
    let letter = open.map(|open| compose(&dossier, settings, open.letter, open.language, now));
    let shown = sidebar::Shown {
        letter: letter.map(|letter| (letter.kind, letter.language, letter.draft)),
        dossier: &dossier,
        threads: &threads,
        turns: &outlook(&dossier.case(), rules, now.at),
        cycle: cycle(&dossier.client, &dossier.history, rules),
        influences: &influences.unwrap_or_default(),
        colleagues: &colleagues,
        more_colleagues: others.count(),
        focus,
        own_hours: settings.own.hours,
        rules,
        ui,
        now,
    };
    let fresh_until = [
        Some(chip::fresh_until(&dossier, now)),
        Some(now.at.plus(NEEDLE)),
        ui.undo_until,
    ];
    let fresh_until = fresh_until.into_iter().flatten().min();
    Ok((sidebar::client(&shown), fresh_until))
}
