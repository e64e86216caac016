//! What only the user knows: stage and intent, days worth writing on, notes, and contact made elsewhere.

use super::parts::{button, field, fold, span, submit};
use super::timeline::way_key;
use super::{Attr, Node, Shown, Tag, Words};
use crate::clock::iso;
use crate::history::Way;
use crate::note::Note;
use crate::protocol::Action;
use crate::view::client_form;

/// Stage, intent, market, and what they last asked for.
pub(super) fn talks(shown: &Shown<'_>) -> Node {
    fold("sidebar_talks", false)
        .maybe(client_form::suggested_stage(shown.dossier))
        .node(client_form::facts(shown.dossier))
        .node(button("tool unfollow", "tool_unfollow").on(Action::Follow {
            client: shown.dossier.record.key.clone(),
            on: false,
        }))
}

/// Days worth writing on.
pub(super) fn moments(shown: &Shown<'_>) -> Node {
    fold("moments_heading", false)
        .node(Node::new(Tag::Ul, "moments").nodes(client_form::moments(shown.dossier)))
        .node(client_form::new_moment(shown.dossier).set(Attr::DataOnce, ""))
}

/// Notes, the latest first.
pub(super) fn notes(shown: &Shown<'_>) -> Node {
    let record = &shown.dossier.record;
    let form = Node::new(Tag::Form, "add-note")
        .set(Attr::DataOnce, "")
        .on(Action::AddNote {
            client: record.key.clone(),
        })
        .node(
            Node::new(Tag::Textarea, "")
                .set(Attr::Name, "text")
                .set(Attr::Rows, "2")
                .set(Attr::Required, "")
                .with(Attr::AriaLabel, Words::say("note_text")),
        )
        .node(submit("tool_add"));
    fold("notes_heading", false).node(form).node(
        Node::new(Tag::Ul, "notes").nodes(record.notes.iter().rev().map(|one| note(shown, one))),
    )
}

fn note(shown: &Shown<'_>, note: &Note) -> Node {
    Node::new(Tag::Li, "")
        .node(Node::new(Tag::P, "text").words(Words::raw(note.text.clone())))
        .node(span("small", Words::day(note.at, shown.now.seller.0)))
        .node(button("remove", "tool_remove").on(Action::DropNote {
            client: shown.dossier.record.key.clone(),
            note: note.clone(),
        }))
}

/// Contact by another way than the mail.
pub(super) fn contact(shown: &Shown<'_>) -> Node {
    let record = &shown.dossier.record;
    let ways = Way::ELSEWHERE.map(|way| (way_value(way), way_key(way), way == Way::Call));
    let sides = [
        ("unknown", "side_both", true),
        ("seller", "side_you", false),
        ("client", "side_they", false),
    ];
    let kinds = client_form::KINDS
        .into_iter()
        .map(|(kind, value, key)| (value, key, kind == crate::history::TouchKind::Plain));
    let local = iso::minute(shown.now.seller.0.local(shown.now.at));
    let at = Node::new(Tag::Input, "")
        .set(Attr::Type, "datetime-local")
        .set(Attr::Name, "at")
        .set(Attr::Required, "")
        .set(Attr::Value, &local);
    let form = Node::new(Tag::Form, "log")
        .set(Attr::DataOnce, "")
        .on(Action::LogContact {
            client: record.key.clone(),
        })
        .node(client_form::choice("log_way", "way", ways.into_iter()))
        .node(client_form::choice("log_by", "by", sides.into_iter()))
        .node(client_form::choice("log_kind", "kind", kinds))
        .node(field("log_at", at))
        .node(submit("tool_log"));
    fold("sidebar_log", false)
        .node(form)
        .node(Node::new(Tag::P, "small").words(Words::say("log_note")))
}

fn way_value(way: Way) -> &'static str {
    match way {
        Way::Mail => "mail",
        Way::Call => "call",
        Way::Whatsapp => "whatsapp",
        Way::Wechat => "wechat",
        Way::Fair => "fair",
        Way::Visit => "visit",
        Way::Other => "other",
    }
}
