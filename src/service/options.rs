//! The options page: what it shows, and what the user changes on it.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::replan::preview_all;
use super::{ServiceError, settings_form};
use crate::client::company_of;
use crate::dossier::Now;
use crate::protocol::{Action, Response, SettingsForm, Ui};
use crate::settings::{Change, Planned, Refusal, Settings};
use crate::store::{AccountRecord, Changes, ClientRecord, CompanyKey, Store};
use crate::view::options as view;

/// The page's address within the extension.
pub(super) const PAGE: &str = "options.html";

/// So often it is looked how far everybody is planned anew.
const PROGRESS: TimeDelta = TimeDelta::seconds(2);

pub(super) async fn page(
    store: &impl Store,
    settings: &Settings,
    bytes: Option<u64>,
    ui: Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    let tried = ui.options.draft.as_ref();
    let tried = tried.and_then(|change| settings.with(change).ok());
    let preview = match &tried {
        Some(tried) => Some(preview_all(store, &settings.playbook, &tried.playbook, now).await?),
        None => None,
    };
    let tally = store.tally().await?;
    let unnoted = store.unnoted().await?;
    let shown = view::Shown {
        settings,
        ui: &ui,
        preview,
        unnoted: &unnoted,
        tally,
        bytes,
        now,
    };
    // While everybody is planned anew it tells how far that has come.
    let planning = settings.planned != Planned::All;
    let fresh_until = match planning {
        true => Some(now.at.plus(PROGRESS)),
        false => store.next_change(now.at).await?,
    };
    Ok(Response::Page {
        view: view::page(&shown),
        fresh_until,
    })
}

/// Does what an action asks for and gives what is open then.
pub(super) async fn act(
    store: &impl Store,
    settings: &Settings,
    action: Action,
    fields: &BTreeMap<String, String>,
    mut ui: Ui,
    now: Now,
) -> Result<Ui, ServiceError> {
    (ui.undo, ui.undo_until) = (None, None);
    ui.options.draft = None;
    ui.options.refused = None;
    ui.options.deleting = matches!(action, Action::AskDelete);
    match action {
        Action::SetRule { scope, setting } => {
            let form = SettingsForm::Rule { scope, setting };
            let change = settings_form::read(&form, fields, settings)?;
            ui.undo = Some(keep(store, settings, &change, now).await?);
        }
        Action::ResetRule { scope, setting } => {
            let change = Change::Rule {
                scope,
                setting,
                value: None,
            };
            ui.undo = Some(keep(store, settings, &change, now).await?);
        }
        Action::Keep { change } => {
            ui.undo = Some(keep(store, settings, &change, now).await?);
        }
        Action::AddWebmail => {
            let form = SettingsForm::Webmail;
            match weighed(&form, fields, settings) {
                Ok(change) => ui.undo = Some(keep(store, settings, &change, now).await?),
                Err(refusal) => ui.options.refused = Some((form, refusal)),
            }
        }
        Action::Weigh { change } => ui.options.draft = Some(change),
        Action::WeighForm { form } => match weighed(&form, fields, settings) {
            // It moves no due date, so there is nothing to weigh.
            Ok(change) if !change.moves_dates() => {
                ui.undo = Some(keep(store, settings, &change, now).await?);
            }
            Ok(change) => ui.options.draft = Some(change),
            Err(refusal) => ui.options.refused = Some((form, refusal)),
        },
        Action::ShowMarket { market } => ui.options.market = Some(market),
        Action::ShowCountry => {
            let code = fields.get("country").map_or("", String::as_str);
            ui.options.country = code.parse().ok();
        }
        _ => {}
    }
    Ok(ui)
}

/// The change that a form asks for.
fn weighed(
    form: &SettingsForm,
    fields: &BTreeMap<String, String>,
    settings: &Settings,
) -> Result<Change, Refusal> {
    let change = settings_form::read(form, fields, settings)?;
    match settings.with(&change)? == *settings {
        true => Err(Refusal::Same),
        false => Ok(change),
    }
}

/// Makes a change and whatever follows from it; gives what takes it back.
pub(super) async fn keep(
    store: &impl Store,
    settings: &Settings,
    change: &Change,
    now: Now,
) -> Result<Action, ServiceError> {
    let mut after = settings.with(change)?;
    // Whoever is followed again is planned anew.
    if after.playbook != settings.playbook || matches!(change, Change::DropAddress(_)) {
        after.planned = Planned::None;
    }
    after.date_words(settings, now.at);
    let changes = Changes {
        settings: Some(after),
        clients: unfollowed(store, change).await?,
        ..Changes::default()
    };
    store.save(&changes).await?;
    Ok(Action::Keep {
        change: settings.undoing(change),
    })
}

/// Those clients who turn out to be the user, or are no longer: they are followed no more, or again.
async fn unfollowed(
    store: &impl Store,
    change: &Change,
) -> Result<Vec<ClientRecord>, ServiceError> {
    let (email, follow) = match change {
        Change::AddAddress(email) => (email, Some(false)),
        Change::DropAddress(email) => (email, None),
        _ => return Ok(Vec::new()),
    };
    let accounts = store.accounts().await?;
    let key = |account: AccountRecord| CompanyKey {
        account: account.account,
        name: company_of(email),
    };
    let companies: Vec<CompanyKey> = accounts.into_iter().map(key).collect();
    let held = store.companies(&companies).await?;
    let theirs = held.into_iter().flat_map(|held| held.clients);
    Ok(theirs
        .map(|client| ClientRecord {
            follow,
            due_at: None,
            lapses_at: None,
            unplaced: None,
            ..client
        })
        .collect())
}
