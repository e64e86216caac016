//! The options page: what it shows, and what the user changes on it.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::due_list::companies_of;
use super::replan::preview_all;
use super::{ServiceError, settings_form};
use crate::agenda::agenda;
use crate::dossier::{Dossier, Now};
use crate::protocol::{Action, Response, SettingsForm, Ui};
use crate::settings::{Change, Planned, Refusal, Settings};
use crate::store::{Changes, Store};
use crate::view::options as view;

/// The page's address within the extension.
pub(super) const PAGE: &str = "options.html";
/// How far the agenda looks ahead.
const DAYS: u16 = 30;
/// How many clients the agenda is made of.
const MOST: u32 = 5_000;

pub(super) async fn page(
    store: &impl Store,
    settings: &Settings,
    ui: Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    let tried = ui.options.draft.as_ref();
    let tried = tried.and_then(|change| settings.with(change).ok());
    let preview = match &tried {
        Some(tried) => Some(preview_all(store, &settings.playbook, &tried.playbook, now).await?),
        None => None,
    };
    let horizon = now.at.plus(TimeDelta::days(i64::from(DAYS)));
    let clients = store.due(horizon, MOST).await?;
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
    let shown = view::Shown {
        settings,
        ui: &ui,
        preview,
        agenda: &agenda,
        dossiers: &dossiers,
        now,
    };
    Ok(Response::Page {
        view: view::page(&shown),
        fresh_until: store.next_change(now.at).await?,
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
    if after.playbook != settings.playbook {
        after.planned = Planned::None;
    }
    after.date_words(settings, now.at);
    let changes = Changes {
        settings: Some(after),
        ..Changes::default()
    };
    store.save(&changes).await?;
    Ok(Action::Keep {
        change: settings.undoing(change),
    })
}
