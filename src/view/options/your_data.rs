//! The user's data: where it is, what becomes of it, how often a copy is kept.

use super::{Attr, Node, Shown, Tag, Words, button};
use crate::protocol::Action;
use crate::settings::{Backups, Change};

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let backups = shown.settings.backups;
    super::section("data_heading", "data_about")
        .node(schedule(backups))
        .node(
            Node::new(Tag::P, "tools")
                .node(button("tool show-data", "data_open").on(Action::ShowData)),
        )
}

/// How often a copy is kept, to choose.
pub(in crate::view) fn schedule(chosen: Backups) -> Node {
    let all = [
        (Backups::Daily, "backups_daily"),
        (Backups::Weekly, "backups_weekly"),
        (Backups::Off, "backups_off"),
    ];
    Node::new(Tag::Div, "tabs backups")
        .set(Attr::Role, "group")
        .with(Attr::AriaLabel, Words::say("data_backups"))
        .node(Node::new(Tag::Span, "label").words(Words::say("backups_schedule")))
        .nodes(all.into_iter().map(|(backups, key)| {
            let tab = button("tab", key).on(Action::Keep {
                change: Change::Backups(backups),
            });
            match backups == chosen {
                true => tab.set(Attr::AriaCurrent, "true"),
                false => tab,
            }
        }))
}
