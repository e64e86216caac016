//! The line that says what was just done, and takes it back.

use super::{Attr, Node, Tag, Words};
use crate::fact::Fact;
use crate::protocol::{Action, Ui};
use crate::store::ClientKey;

/// The place of the line; it is there before there is anything to say, so that screen readers hear of it when there is.
#[must_use]
pub fn place(ui: &Ui) -> Node {
    Node::new(Tag::Div, "undo-place")
        .set(Attr::Role, "status")
        .maybe(ui.undo.clone().map(|undo| {
            Node::new(Tag::Div, "undo")
                .words(Words::say(said(&undo)))
                .node(button(undo))
        }))
}

/// What takes it back.
#[must_use]
pub fn button(undo: Action) -> Node {
    Node::new(Tag::Button, "tool undo-tool")
        .set(Attr::Type, "button")
        .on(undo)
        .words(Words::say("tool_undo"))
}

/// Whether what would be taken back is about this client.
#[must_use]
pub fn concerns(undo: &Action, whom: &ClientKey) -> bool {
    match undo {
        Action::Undo { thread, client, .. } | Action::Unsettle { thread, client, .. } => {
            *client == whom.email && thread.account == whom.account
        }
        Action::PutBack { client, .. } | Action::OpenNote { client } => client == whom,
        _ => false,
    }
}

/// What was done, by what takes it back.
fn said(undo: &Action) -> &'static str {
    match undo {
        Action::Undo { snooze: None, .. } => "snoozed",
        Action::Undo { .. } => "woken",
        Action::Keep { .. } => "options_kept",
        Action::PutBack { facts, .. } => match facts.as_slice() {
            [Fact::Follow(Some(false))] => "followed",
            [Fact::Follow(_)] => "unfollowed",
            [Fact::Moment(_, false) | Fact::Note(_, false) | Fact::Contact(_, false)] => "added",
            [Fact::Moment(_, true) | Fact::Note(_, true) | Fact::Contact(_, true)] => "removed",
            _ => "kept",
        },
        _ => "kept",
    }
}
