//! The options page: the rules of each market, calendars, closing days, and what the next weeks
//! ask for. What a change would move is shown before it is made.

mod ahead;
mod answer;
mod calendar;
mod closings;
mod report;
mod rule;
mod rules;
mod value;
mod webmails;
mod your_data;

pub use answer::key as refusal_key;
pub use rule::form as rule_form;
pub use value::{setting_key, words as value_words};
pub(super) use your_data::schedule;

use super::{Attr, Node, Tag, Words, undo};
use crate::agenda::{Agenda, Preview};
use crate::dossier::{Dossier, Now};
use crate::protocol::{Action, Ui};
use crate::settings::Settings;

/// What the page is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// What the user has set.
    pub settings: &'a Settings,
    /// What is open.
    pub ui: &'a Ui,
    /// What the change that waits for the user's word would move; `None` where none waits.
    pub preview: Option<Preview>,
    /// What the next weeks ask for, by the place of its clients in `dossiers`.
    pub agenda: &'a Agenda,
    /// The clients who are due in the next weeks.
    pub dossiers: &'a [Dossier],
    /// From when and where the user looks.
    pub now: Now,
}

/// The whole page.
#[must_use]
pub fn page(shown: &Shown<'_>) -> Node {
    Node::new(Tag::Div, "page options")
        .node(Node::new(Tag::H1, "").words(Words::say("options_heading")))
        .node(undo::place(shown.ui))
        .node(rules::section(shown))
        .node(calendar::section(shown))
        .node(closings::section(shown))
        .node(ahead::section(shown))
        .node(webmails::section(shown))
        .node(your_data::section(shown))
        .node(report::section())
}

/// A part of the page with its heading and what it is about.
fn section(heading: &'static str, note: &'static str) -> Node {
    Node::new(Tag::Section, "")
        .set(Attr::AriaLabelledby, heading)
        .node(
            Node::new(Tag::H2, "")
                .set(Attr::Id, heading)
                .words(Words::say(heading)),
        )
        .node(Node::new(Tag::P, "about").words(Words::say(note)))
}

fn button(class: &'static str, key: &'static str) -> Node {
    Node::new(Tag::Button, class)
        .set(Attr::Type, "button")
        .words(Words::say(key))
}

fn submit(key: &'static str) -> Node {
    Node::new(Tag::Button, "tool")
        .set(Attr::Type, "submit")
        .words(Words::say(key))
}

/// A field with its label above it.
fn field(label: &'static str, control: Node) -> Node {
    Node::new(Tag::Label, "field")
        .words(Words::say(label))
        .node(control)
}

fn input(kind: &str, name: &str) -> Node {
    Node::new(Tag::Input, "")
        .set(Attr::Type, kind)
        .set(Attr::Name, name)
}

/// A field for one of the user's own words, as long as they are kept.
fn name_input(name: &str) -> Node {
    input("text", name).set(Attr::Maxlength, "80")
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
