//! The list of what is due, as the popup shows it.

use super::{Attr, Node, Tag, Words, step_words, undo};
use crate::daytime::Daytime;
use crate::dossier::{Dossier, Now};
use crate::place::Certainty;
use crate::protocol::{Action, Ui};
use crate::store::ThreadKey;

/// The whole page: what is due, longest due first, then whom Cadence cannot place.
#[must_use]
pub fn due_list(due: &[Dossier], all: u32, unplaced: &[Dossier], ui: &Ui, now: Now) -> Node {
    let heading = if all == 0 {
        Words::say("due_none")
    } else {
        Words::Count("due_heading", i64::from(all), Vec::new())
    };
    Node::new(Tag::Div, "page")
        .node(
            Node::new(Tag::Div, "head")
                .node(Node::new(Tag::H1, "").words(heading))
                .node(
                    Node::new(Tag::Button, "tool")
                        .set(Attr::Type, "button")
                        .on(Action::ShowOptions)
                        .words(Words::say("tool_options")),
                ),
        )
        .node(undo::place(ui))
        .maybe((all == 0).then(|| Node::new(Tag::P, "note").words(Words::say("due_none_note"))))
        .node(Node::new(Tag::Ul, "due").nodes(due.iter().map(|dossier| entry(dossier, now))))
        .maybe((!unplaced.is_empty()).then(|| {
            let count = i64::try_from(unplaced.len()).unwrap_or(i64::MAX);
            Node::new(Tag::H2, "").words(Words::Count("unplaced_heading", count, Vec::new()))
        }))
        .node(
            Node::new(Tag::Ul, "due unplaced")
                .nodes(unplaced.iter().map(|dossier| entry(dossier, now))),
        )
}

fn entry(dossier: &Dossier, now: Now) -> Node {
    let thread = dossier.record.key.account.clone();
    let key = dossier.last_thread.as_ref().map(|last| ThreadKey {
        account: thread,
        id: last.key.id.clone(),
    });
    let open = Node::new(Tag::Button, "open")
        .set(Attr::Type, "button")
        .node(
            Node::new(Tag::Span, "who")
                .node(Node::new(Tag::Strong, "").words(Words::raw(dossier.record.label())))
                .node(
                    Node::new(Tag::Span, "subject").words(Words::raw(
                        dossier
                            .last_thread
                            .as_ref()
                            .map_or("", |thread| thread.subject.as_str()),
                    )),
                ),
        )
        .node(Node::new(Tag::Span, "task").words(step_words::task(dossier)))
        .node(
            Node::new(Tag::Span, "facts")
                .node(Node::new(Tag::Span, "where").words(step_words::country(dossier)))
                .nodes(their_clock(dossier, now))
                .node(Node::new(Tag::Span, "contact").words(step_words::last_contact(dossier))),
        );
    let open = match &key {
        Some(thread) => open.on(Action::Open {
            thread: thread.clone(),
        }),
        None => open,
    };
    Node::new(Tag::Li, "")
        .set(Attr::DataTone, step_words::tone(dossier))
        .node(Node::new(Tag::Span, "pill").words(step_words::status(dossier)))
        .node(open)
        .maybe(key.and_then(|thread| snooze(dossier, thread, now)))
}

fn their_clock(dossier: &Dossier, now: Now) -> Option<Node> {
    let zone = dossier
        .place
        .zone
        .filter(|_| dossier.place.certainty == Certainty::Known)?;
    let open = dossier.daytime(zone, now.at) == Daytime::Open;
    Some(
        Node::new(Tag::Span, "their-time")
            .set(Attr::DataTone, if open { "open" } else { "closed" })
            .node(step_words::clock(zone, now.at)),
    )
}

/// One click: until the client's next window.
fn snooze(dossier: &Dossier, thread: ThreadKey, now: Now) -> Option<Node> {
    let first = dossier.presets(now).into_iter().next()?;
    let when = match dossier.place.zone {
        Some(zone) => step_words::both_clocks(first.until, zone, now.seller),
        None => Words::moment(first.until, now.seller.0),
    };
    Some(
        Node::new(Tag::Button, "tool")
            .set(Attr::Type, "button")
            .with(Attr::Title, Words::Say("when_snoozed", vec![when]))
            .on(Action::Snooze {
                thread,
                client: dossier.record.key.email.clone(),
                until: Some(first.until),
            })
            .words(Words::say("tool_snooze")),
    )
}
