//! The options page: the rules of each market, calendars, closing days, and what the next weeks
//! ask for. What a change would move is shown before it is made.

mod answer;
mod calendar;
mod closings;
mod letters;
mod own;
mod report;
mod rule;
mod rules;
mod stored;
mod value;
mod webmails;
mod your_data;

pub use answer::key as refusal_key;
pub use rule::form as rule_form;
pub use value::{setting_key, words as value_words};
pub(super) use your_data::schedule;

use super::{Attr, Node, Tag, Words, undo};
use crate::agenda::Preview;
use crate::dossier::Now;
use crate::protocol::{Action, Ui};
use crate::settings::{Planned, Settings};
use crate::store::{ClientRecord, Tally};

/// The sections, by their headings, in their order.
const SECTIONS: [&str; 10] = [
    "options_rules",
    "options_calendar",
    "options_own",
    "options_closings",
    "options_letters",
    "options_webmails",
    "options_calls",
    "data_heading",
    "options_stored",
    "report_heading",
];

/// What the page is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// What the user has set.
    pub settings: &'a Settings,
    /// What is open.
    pub ui: &'a Ui,
    /// What the change that waits for the user's word would move; `None` where none waits.
    pub preview: Option<Preview>,
    /// The clients in letters to whom no word is said.
    pub unnoted: &'a [ClientRecord],
    /// How much is stored.
    pub tally: Tally,
    /// How many bytes that takes, where the browser tells.
    pub bytes: Option<u64>,
    /// From when and where the user looks.
    pub now: Now,
}

/// The whole page.
#[must_use]
pub fn page(shown: &Shown<'_>) -> Node {
    Node::new(Tag::Div, "page options").node(contents()).node(
        Node::new(Tag::Main, "")
            .node(Node::new(Tag::H1, "").words(Words::say("options_heading")))
            .node(undo::place(shown.ui))
            .maybe(planning(shown))
            .node(rules::section(shown))
            .node(calendar::section(shown))
            .node(own::section(shown))
            .node(closings::section(shown))
            .node(letters::section(shown))
            .node(webmails::section(shown))
            .node(own::calls(shown))
            .node(your_data::section(shown))
            .node(stored::section(shown))
            .node(report::section()),
    )
}

/// How far everybody has been planned anew since a rule changed; `None` where they are.
fn planning(shown: &Shown<'_>) -> Option<Node> {
    let done = match shown.settings.planned {
        Planned::All => return None,
        Planned::None | Planned::UpTo(_) => 0,
        Planned::Through { clients, .. } => clients,
    };
    let all = shown.tally.clients.max(done);
    let number = |count: u32| Words::Number(i64::from(count));
    let words = Words::Say("planning_anew", vec![number(done), number(all)]);
    Some(
        Node::new(Tag::Div, "planning")
            .node(Node::new(Tag::Span, "").words(words))
            .node(
                Node::new(Tag::Progress, "")
                    .set(Attr::Max, &all.to_string())
                    .set(Attr::Value, &done.to_string())
                    .with(Attr::AriaLabel, Words::say("planning_progress")),
            ),
    )
}

/// The ways to the sections.
fn contents() -> Node {
    let link = |section: &'static str| {
        Node::new(Tag::Li, "").node(
            Node::new(Tag::A, "")
                .set(Attr::Href, &format!("#{section}"))
                .words(Words::say(section)),
        )
    };
    Node::new(Tag::Nav, "contents")
        .with(Attr::AriaLabel, Words::say("options_contents"))
        .node(Node::new(Tag::Ul, "").nodes(SECTIONS.map(link)))
        .node(button("tool", "options_ahead").on(Action::ShowWeeks))
        .node(button("tool", "welcome_steps").on(Action::ShowWelcome))
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
