//! The use cases: a question in, the store read and written, an answer out.
//!
//! Whoever calls this asks one question at a time: between a read and the write that follows from
//! it, nobody else may write.

mod act;
mod border;
mod calls;
mod due_list;
mod intake;
mod learn;
mod leaving;
mod options;
mod reach;
mod replan;
mod see;
mod seen;
mod settings_form;
mod settle;
mod sidebar;
mod webmails;
mod weeks;
mod welcome;
mod writing;

pub use calls::{Calls, calls};
pub use intake::take_in;
pub use replan::{advance, lapse};

use crate::dossier::Now;
use crate::own::Tongue;
use crate::protocol::{Action, Call, CallId, Request, Response, Ui, VERSION};
use crate::settings::Refusal;
use crate::store::{Answered, Changes, Pending, Store, StoreError};
use crate::webmail::Site;

/// Why a question has no answer. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The page speaks another version: it was open before an update.
    #[error("this page was opened before Cadence was updated (it speaks version {0}); reload it")]
    Version(u32),
    /// A form lacks a field or has one that cannot be read.
    #[error("“{value}” cannot be read as {field}")]
    Field {
        /// The field's name.
        field: &'static str,
        /// What stands in it.
        value: String,
    },
    /// A rule cannot be set to this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A webmail's page asks for what only our own pages may.
    #[error("a webmail's page may not ask for this")]
    Stranger,
    /// More than any page shows or any form holds.
    #[error("that is more than Cadence takes at once ({0})")]
    TooMuch(&'static str),
    /// Everything waits to be deleted.
    #[error("everything is about to be deleted; take that back first")]
    Leaving,
    /// What the question is about is not in the store.
    #[error("this client is not known here any more")]
    Gone,
}

impl ServiceError {
    /// The kind of failure, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ServiceError::Store(error) => error.code(),
            ServiceError::Version(_) => "version",
            ServiceError::Field { .. } => "field",
            ServiceError::Refused(_) => "value",
            ServiceError::Stranger => "stranger",
            ServiceError::TooMuch(_) => "size",
            ServiceError::Leaving => "leaving",
            ServiceError::Gone => "gone",
        }
    }
}

/// Answers a question.
pub async fn answer(store: &impl Store, call: Call, now: Now) -> Response {
    match try_answer(store, call, now).await {
        Ok(response) => response,
        Err(error) => Response::Failed {
            code: error.code(),
            message: error.to_string(),
        },
    }
}

async fn try_answer(store: &impl Store, call: Call, now: Now) -> Result<Response, ServiceError> {
    if call.v != VERSION {
        return Err(ServiceError::Version(call.v));
    }
    border::admit(&call)?;
    let settings = store.settings().await?;
    let now = settings.own.seen_from(now);
    if let Some(answer) = call
        .leaving
        .and_then(|until| leaving::answer(&call.request, until, now))
    {
        return answer;
    }
    let rules = &settings.playbook;
    match call.request {
        Request::Table { address } => Ok(Response::Table {
            table: webmails::site_of(&settings, &address).map(Site::table),
        }),
        Request::Webmails { revoked } => webmails::webmails(store, &settings, &revoked, now).await,
        Request::See { site, sighting, ui } => {
            let pending = Pending::new(store);
            let drawn = see::see(&pending, &settings, site, &sighting, &ui.at(now.at), now).await?;
            store.save(&pending.changes()).await?;
            Ok(drawn)
        }
        Request::Sent { site, sighting } => {
            if let Some(again) = answered(store, call.id.as_ref()).await? {
                return Ok(again);
            }
            let pending = Pending::new(store);
            let done = see::sent(&pending, &settings, site, &sighting, now).await?;
            commit(store, pending.changes(), call.id, &done, now).await?;
            Ok(done)
        }
        // The worker's shim sees to it, and nothing is to be remembered of it.
        Request::Act {
            action: Action::DeleteAll | Action::KeepAll | Action::DeleteNow,
            ..
        } => Ok(Response::done(Ui::default())),
        Request::Act { action, fields, ui } => {
            if let Some(again) = answered(store, call.id.as_ref()).await? {
                return Ok(again);
            }
            let pending = Pending::new(store);
            let mut done = act::act(&pending, &settings, action, &fields, ui, now).await?;
            if let Response::Done { ui, .. } = &mut done {
                *ui = std::mem::take(ui).at(now.at);
            }
            commit(store, pending.changes(), call.id, &done, now).await?;
            // Of few clients every one is planned by a change of the rules before the answer is given.
            replan::advance(store, now).await?;
            Ok(done)
        }
        Request::Language => Ok(Response::Language {
            folder: settings.own.language.map(Tongue::folder),
        }),
        Request::Popup { ui } => due_list::due_list(store, rules, &ui.at(now.at), now).await,
        Request::Sidebar { focus, ui } => {
            sidebar::page(store, &settings, focus.as_ref(), &ui.at(now.at), now).await
        }
        Request::Welcome { ui } => welcome::page(store, &settings, &ui.at(now.at), now).await,
        Request::Weeks { ui } => weeks::page(store, &settings, &ui, now).await,
        Request::Options { bytes, ui } => {
            options::page(store, &settings, bytes, ui.at(now.at), now).await
        }
    }
}

/// What was answered when this was asked before.
async fn answered(store: &impl Store, id: Option<&CallId>) -> Result<Option<Response>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    let answered = store.answered(id).await?;
    Ok(answered.map(|answered| Response::Again(answered.answer)))
}

/// Writes what follows from a question, together with its answer, in case that it is asked again: the worker may die
/// after the write and before the answer has arrived.
async fn commit(
    store: &impl Store,
    mut changes: Changes,
    id: Option<CallId>,
    answer: &Response,
    now: Now,
) -> Result<(), StoreError> {
    if changes.is_empty() {
        return Ok(());
    }
    let kept = serde_json::to_string(answer).and_then(|text| serde_json::from_str(&text));
    if let (Some(id), Ok(answer)) = (id, kept) {
        let at = now.at;
        changes.answered = Some(Answered { id, at, answer });
    }
    store.save(&changes).await
}
