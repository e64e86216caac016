//! What is answered while everything waits to be deleted: the store is neither read for anybody nor written to.

use super::ServiceError;
use crate::clock::Instant;
use crate::dossier::Now;
use crate::protocol::{Action, Request, Response, Ui};
use crate::view::leaving as view;

/// The answer to a question while the store waits for its end at this instant; `None` where it is the usual one, which
/// tells of no client.
pub(super) fn answer(
    request: &Request,
    until: Instant,
    now: Now,
) -> Option<Result<Response, ServiceError>> {
    let answer = match request {
        Request::Table { .. } | Request::Webmails { .. } | Request::Language => return None,
        Request::See { sighting, .. } => Response::Drawn {
            strip: None,
            chips: sighting.items("row").iter().map(|_| None).collect(),
            notes: sighting.items("compose").iter().map(|_| None).collect(),
            fresh_until: Some(until),
            focus: None,
        },
        Request::Act { action, .. } => match action {
            // A second wish adds nothing, and puts the end off no further.
            Action::DeleteAll | Action::DeleteNow => Response::done(Ui::default()),
            Action::KeepAll if now.at < until => Response::done(Ui::default()),
            Action::ShowOptions | Action::ShowReport | Action::ShowSidebar => return None,
            _ => return Some(Err(ServiceError::Leaving)),
        },
        Request::Sent { .. } => return Some(Err(ServiceError::Leaving)),
        Request::Popup { .. }
        | Request::Sidebar { .. }
        | Request::Welcome { .. }
        | Request::Weeks { .. }
        | Request::Options { .. } => Response::Page {
            view: view::page(until, now),
            fresh_until: Some(until),
        },
    };
    Some(Ok(answer))
}
