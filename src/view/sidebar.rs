//! The sidebar: the whole picture of the client whose thread is open, a section a file.

mod clocks;
mod head;
mod parts;

use super::{Attr, Node, Tag, Words, place_form, why};
use crate::dossier::{Dossier, Now};
use crate::playbook::Playbook;
use crate::protocol::{Focus, Ui};

/// What the sidebar is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The client.
    pub dossier: &'a Dossier,
    /// The others at their company.
    pub colleagues: &'a [Dossier],
    /// What the tab shows.
    pub focus: &'a Focus,
    /// The rules in force.
    pub rules: &'a Playbook,
    /// What is open in the sidebar.
    pub ui: &'a Ui,
    /// From when and where the user looks.
    pub now: Now,
}

/// The whole page.
#[must_use]
pub fn page(shown: &Shown<'_>) -> Node {
    let Shown { dossier, ui, .. } = shown;
    let asking = ui
        .place
        .as_ref()
        .filter(|place| place.client == dossier.record.key.email);
    Node::new(Tag::Main, "sidebar")
        .set(Attr::DataTone, super::step_words::tone(dossier))
        .node(head::section(shown))
        .maybe(asking.map(|place| {
            Node::new(Tag::Div, "card place-form").node(place_form::form(dossier, place))
        }))
        .maybe(clocks::section(shown))
        .node(
            parts::fold("sidebar_why", false)
                .set(Attr::Id, "why")
                .nodes(
                    why::lists(dossier, shown.now)
                        .into_iter()
                        .flat_map(|(heading, list)| {
                            [Node::new(Tag::H3, "").words(Words::say(heading)), list]
                        }),
                ),
        )
}
