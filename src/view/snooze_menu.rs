//! The menu that snoozes a thread.

use super::{Attr, Node, Tag, Words, step_words};
use crate::clock::iso;
use crate::dossier::{Dossier, Now};
use crate::protocol::Action;
use crate::snooze::Preset;
use crate::store::ThreadRecord;

/// The popover's id.
pub const ID: &str = "snooze";

/// The popover: a button for each preset, a field for any other moment, and what a snooze does.
#[must_use]
pub fn popover(dossier: &Dossier, thread: &ThreadRecord, now: Now) -> Node {
    Node::new(Tag::Div, "panel snooze")
        .set(Attr::Id, ID)
        .set(Attr::Popover, "auto")
        .node(Node::new(Tag::H2, "").words(Words::say("snooze_heading")))
        .nodes(choices(dossier, thread, now))
}

/// The presets, the field, and what a snooze does.
pub(super) fn choices(dossier: &Dossier, thread: &ThreadRecord, now: Now) -> [Node; 3] {
    let buttons = dossier
        .presets(now)
        .into_iter()
        .map(|preset| button(dossier, thread, &preset, now));
    [
        Node::new(Tag::Div, "presets").nodes(buttons),
        pick(thread, now),
        Node::new(Tag::P, "note").words(Words::say("snooze_note")),
    ]
}

fn button(dossier: &Dossier, thread: &ThreadRecord, preset: &Preset, now: Now) -> Node {
    let when = match dossier.place.zone {
        Some(zone) => step_words::both_clocks(preset.until, zone, now.seller),
        None => Words::moment(preset.until, now.seller.0),
    };
    let label = match &preset.holiday {
        Some(holiday) => Words::Say(preset.key, vec![step_words::holiday(holiday)]),
        None => Words::say(preset.key),
    };
    Node::new(Tag::Button, "preset")
        .set(Attr::Type, "button")
        .on(Action::Snooze {
            thread: thread.key.clone(),
            client: thread.client.clone(),
            until: Some(preset.until),
        })
        .node(Node::new(Tag::Span, "label").words(label))
        .node(Node::new(Tag::Span, "at").words(when))
}

fn pick(thread: &ThreadRecord, now: Now) -> Node {
    let local = iso::minute(now.seller.0.local(now.at));
    Node::new(Tag::Form, "pick")
        .on(Action::SnoozeUntil {
            thread: thread.key.clone(),
            client: thread.client.clone(),
        })
        .node(
            Node::new(Tag::Label, "")
                .words(Words::say("snooze_pick"))
                .node(
                    Node::new(Tag::Input, "")
                        .set(Attr::Type, "datetime-local")
                        .set(Attr::Name, "until")
                        .set(Attr::Required, "")
                        .set(Attr::Min, &local),
                ),
        )
        .node(
            Node::new(Tag::Button, "tool")
                .set(Attr::Type, "submit")
                .words(Words::say("tool_snooze")),
        )
}
