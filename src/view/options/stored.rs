//! What is stored, how long the data are good, and the end of it all.

use std::collections::BTreeMap;

use chrono::NaiveDate;

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
    super::section("options_stored", "options_stored_about")
        .node(
            Node::new(Tag::Ul, "facts-list")
                .node(line("stored_clients", tally.clients))
                .node(line("stored_threads", tally.threads))
                .node(line("stored_accounts", tally.accounts))
                .maybe(bytes)
                .nodes(good_until()),
        )
        .node(
            Node::new(Tag::Div, "delete").node(if shown.ui.options.deleting {
                asked()
            } else {
                button("tool", "delete_all").on(Action::AskDelete)
            }),
        )
}

/// Until when holidays are known: in most countries, and where it is not as long.
fn good_until() -> Vec<Node> {
    let mut countries: BTreeMap<NaiveDate, Vec<Words>> = BTreeMap::new();
    for country in Country::all() {
        if let Some(date) = Calendar::of(country).good_until() {
            countries
                .entry(date)
                .or_default()
                .push(Words::Country(country));
        }
    }
    let latest = countries.pop_last();
    let latest =
        latest.map(|(date, _)| Words::Say("stored_good_until", vec![Words::full_date(date)]));
    let sooner = countries.into_iter().map(|(date, countries)| {
        let all = vec![Words::List(countries), Words::full_date(date)];
        Words::Say("stored_good_sooner", all)
    });
    let lines = latest.into_iter().chain(sooner);
    lines
        .map(|words| Node::new(Tag::Li, "").words(words))
        .collect()
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
