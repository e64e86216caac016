//! What is stored, how long the data are good, and the end of it all.

use super::{Action, Node, Shown, Tag, Words, button};
use crate::clock::Calendar;
use crate::country::Country;
use crate::view::Attr;

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let tally = shown.tally;
    let line = |key, count: u32| {
        let words = Words::Count(key, i64::from(count), Vec::new());
        Node::new(Tag::Li, "").words(words)
    };
    let bytes = shown.bytes.map(|bytes| {
        #[allow(clippy::cast_precision_loss)] // It is told in kilobytes and more.
        let size = Words::Size(bytes as f64);
        Node::new(Tag::Li, "").words(Words::Say("stored_bytes", vec![size]))
    });
    let good_until = Country::all()
        .filter_map(|country| Calendar::of(country).good_until())
        .min();
    super::section("options_stored", "options_stored_about")
        .node(
            Node::new(Tag::Ul, "facts-list")
                .node(line("stored_clients", tally.clients))
                .node(line("stored_threads", tally.threads))
                .node(line("stored_accounts", tally.accounts))
                .maybe(bytes)
                .maybe(good_until.map(|date| {
                    let words = Words::Say("stored_good_until", vec![Words::full_date(date)]);
                    Node::new(Tag::Li, "").words(words)
                })),
        )
        .node(
            Node::new(Tag::Div, "delete").node(if shown.ui.options.deleting {
                asked()
            } else {
                button("tool", "delete_all").on(Action::AskDelete)
            }),
        )
}

/// The second step.
fn asked() -> Node {
    Node::new(Tag::Div, "preview")
        .set(Attr::Role, "alertdialog")
        .set(Attr::DataTone, "reply")
        .with(Attr::AriaLabel, Words::say("delete_all"))
        .node(Node::new(Tag::P, "").words(Words::say("delete_sure")))
        .node(
            Node::new(Tag::Div, "buttons")
                .node(button("tool leave", "delete_leave").on(Action::Leave))
                .node(button("tool main", "delete_now").on(Action::DeleteAll)),
        )
}
