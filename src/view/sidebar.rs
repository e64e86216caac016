//! The sidebar: the whole picture of the client whose thread is open, a section a file.

mod clocks;
mod head;
mod know;
mod letter;
mod parts;
mod rhythm;
mod rules;
mod timeline;

use super::{Attr, Node, Tag, Words, place_form, undo, why};
use crate::clock::Hours;
use crate::dossier::{Dossier, Now};
use crate::draft::{Draft, Language, LetterKind};
use crate::playbook::Playbook;
use crate::protocol::{Focus, Ui};
use crate::rhythm::{Cycle, Turn};
use crate::store::ThreadRecord;
use crate::warmth::Influence;

/// What the sidebar is drawn from.
#[derive(Clone, Debug)]
pub struct Shown<'a> {
    /// The client.
    pub dossier: &'a Dossier,
    /// The others at their company.
    pub colleagues: &'a [Dossier],
    /// How many more there are.
    pub more_colleagues: usize,
    /// The threads with the client.
    pub threads: &'a [ThreadRecord],
    /// Each track's next turn.
    pub turns: &'a [Turn],
    /// When an order is to be expected.
    pub cycle: Option<Cycle>,
    /// The letter that is looked over: which, in which language.
    pub letter: Option<(LetterKind, Language, Draft)>,
    /// What moves the intervals.
    pub influences: &'a [Influence],
    /// What the tab shows.
    pub focus: &'a Focus,
    /// When the user is at work, where they said so.
    pub own_hours: Option<Hours>,
    /// The rules in force.
    pub rules: &'a Playbook,
    /// What is open in the sidebar.
    pub ui: &'a Ui,
    /// From when and where the user looks.
    pub now: Now,
}

/// The client in all their sections.
#[must_use]
pub fn client(shown: &Shown<'_>) -> Node {
    let Shown { dossier, ui, .. } = shown;
    let asking = ui
        .place
        .as_ref()
        .filter(|place| place.client == dossier.record.key.email);
    let page = Node::new(Tag::Div, "sidebar")
        .set(Attr::DataTone, super::step_words::tone(dossier))
        .node(undo::place(ui))
        .node(head::section(shown))
        .maybe(asking.map(|place| {
            Node::new(Tag::Div, "card place-form").node(place_form::form(dossier, place))
        }))
        .maybe(clocks::section(shown));
    if !dossier.followed {
        return page.node(reasons(shown));
    }
    page.node(timeline::section(shown))
        .node(know::contact(shown))
        .node(know::notes(shown))
        .node(know::talks(shown))
        .node(know::moments(shown))
        .maybe(rhythm::section(shown))
        .maybe(rules::section(shown))
        .node(reasons(shown))
}

/// What speaks for the step and for the place.
fn reasons(shown: &Shown<'_>) -> Node {
    let lists = why::lists(shown.dossier, shown.now).into_iter();
    parts::fold("sidebar_why", false).nodes(
        lists.flat_map(|(heading, list)| [Node::new(Tag::H3, "").words(Words::say(heading)), list]),
    )
}
