//! What comes in is checked before anything is done with it: who asks for what, and how much of it.

use super::ServiceError;
use crate::protocol::{Action, Call, Request};
use crate::settings::Change;
use crate::webmail::Sighting;

/// The most items of one part of a page. Gmail lists 100 rows at most, Roundcube 200.
const ITEMS: usize = 2_000;
/// The most elements of one field of an item: a letter to that many people.
const HITS: usize = 2_000;
/// The most characters of one value, such as a letter's text.
const VALUE: usize = 500_000;
/// The most characters of a whole sighting.
const SIGHTING: usize = 8_000_000;
/// The most fields of a form.
const FIELDS: usize = 64;
/// The most characters of a field of a form.
const FIELD: usize = 20_000;
/// The most characters of an action or of what is open on a page, as JSON.
const ACTION: usize = 100_000;

/// Whether a question may be asked, by whoever asks it.
pub(super) fn admit(call: &Call) -> Result<(), ServiceError> {
    if call.guest && !is_for_guests(&call.request) {
        return Err(ServiceError::Stranger);
    }
    match &call.request {
        Request::See { sighting, ui, .. } => {
            within(sighting)?;
            small("ui", ui)
        }
        Request::Sent { sighting, .. } => within(sighting),
        Request::Act { action, fields, ui } => {
            let long = |text: &String| text.len() > FIELD;
            if fields.len() > FIELDS || fields.iter().any(|(name, text)| long(name) || long(text)) {
                return Err(ServiceError::TooMuch("fields"));
            }
            small("action", action)?;
            small("ui", ui)
        }
        _ => Ok(()),
    }
}

/// What a webmail's page may ask: how to read it, what to draw on it, and what its strip, chips and notes offer.
/// The settings, the lists and the user's data are for our own pages.
fn is_for_guests(request: &Request) -> bool {
    match request {
        Request::Table { .. } | Request::See { .. } | Request::Sent { .. } => true,
        Request::Act { action, .. } => is_offered_there(action),
        _ => false,
    }
}

fn is_offered_there(action: &Action) -> bool {
    match action {
        Action::Snooze { .. }
        | Action::SnoozeUntil { .. }
        | Action::Undo { .. }
        | Action::AskPlace { .. }
        | Action::SetPlace { .. }
        | Action::ForgetPlace { .. }
        | Action::AcceptPlace { .. }
        | Action::Close
        | Action::Follow { .. }
        | Action::WriteDraft { .. }
        | Action::CopyTime { .. }
        | Action::ScheduleSend { .. }
        | Action::CloseNote { .. }
        | Action::PutBack { .. }
        | Action::OpenNote { .. }
        | Action::ShowSidebar
        | Action::ShowOptions
        | Action::ShowReport => true,
        // The undo of a note that was put away for all letters.
        Action::Keep { change } => matches!(change, Change::NoteLetters(_)),
        _ => false,
    }
}

fn within(sighting: &Sighting) -> Result<(), ServiceError> {
    let mut total = sighting.path.len() + sighting.origin.len();
    for (name, items) in &sighting.parts {
        if items.len() > ITEMS {
            return Err(ServiceError::TooMuch("items"));
        }
        total += name.len();
        for hits in items.iter().flat_map(|item| item.fields.values()) {
            if hits.len() > HITS || hits.iter().any(|values| values.len() > HITS) {
                return Err(ServiceError::TooMuch("hits"));
            }
            for value in hits.iter().flatten().flatten() {
                if value.len() > VALUE {
                    return Err(ServiceError::TooMuch("text"));
                }
                total += value.len();
            }
        }
    }
    match total > SIGHTING {
        true => Err(ServiceError::TooMuch("page")),
        false => Ok(()),
    }
}

fn small(name: &'static str, value: &impl serde::Serialize) -> Result<(), ServiceError> {
    match serde_json::to_string(value) {
        Ok(text) if text.len() <= ACTION => Ok(()),
        _ => Err(ServiceError::TooMuch(name)),
    }
}
