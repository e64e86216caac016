//! The list of what is due, as the popup shows it.

use super::{Attr, Node, Tag, Words, due_row};
use crate::dossier::{Dossier, Now};
use crate::errand::Errand;
use crate::market::Market;
use crate::protocol::{Action, Done, Settled, Ui};
use crate::view::strip::market_key;

/// What the list is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The clients whose rows are drawn.
    pub dossiers: &'a [Dossier],
    /// How many rows stand above them.
    pub before: u32,
    /// How many rows there are in all.
    pub rows: u32,
    /// How many clients are due.
    pub due: u32,
    /// How many nobody can place.
    pub unplaced: u32,
    /// What the user asked for.
    pub ui: &'a Ui,
    /// From when and where the user looks.
    pub now: Now,
}

impl Shown<'_> {
    fn is_search(&self) -> bool {
        !self.ui.list.query.is_empty()
    }

    fn is_narrowed(&self) -> bool {
        self.ui.list.market.is_some() || self.ui.list.errand.is_some()
    }
}

/// The whole page. However long the list is, it is drawn in part.
#[must_use]
pub fn due_list(shown: &Shown<'_>) -> Node {
    let list = &shown.ui.list;
    let after = shown.rows.saturating_sub(shown.before);
    let after = after.saturating_sub(u32::try_from(shown.dossiers.len()).unwrap_or(u32::MAX));
    let tools = if shown.unplaced > 0 && !shown.is_search() {
        Some(tabs(shown))
    } else {
        None
    };
    Node::new(Tag::Main, "page list")
        .node(head(shown))
        .node(
            Node::new(Tag::Div, "undo-place")
                .set(Attr::Role, "status")
                .maybe(
                    shown
                        .ui
                        .undo
                        .clone()
                        .map(|undo| undo_bar(undo, list.done.as_ref(), shown.now)),
                ),
        )
        .node(find(shown))
        .maybe(tools)
        .maybe((shown.rows == 0).then(|| nothing(shown)))
        .node(
            Node::new(Tag::Ul, if list.unplaced { "due unplaced" } else { "due" })
                .with(Attr::AriaLabel, heading(shown))
                .set(Attr::DataBefore, &shown.before.to_string())
                .set(Attr::DataAfter, &after.to_string())
                .on(Action::Scroll)
                .nodes(
                    shown
                        .dossiers
                        .iter()
                        .map(|dossier| due_row::row(dossier, shown.now)),
                ),
        )
        .node(help())
}

fn heading(shown: &Shown<'_>) -> Words {
    let rows = i64::from(shown.rows);
    if shown.is_search() {
        Words::Count("found_heading", rows, Vec::new())
    } else if shown.ui.list.unplaced {
        Words::Count("unplaced_heading", rows, Vec::new())
    } else if shown.is_narrowed() {
        Words::Say(
            "due_some",
            vec![Words::Number(rows), Words::Number(shown.due.into())],
        )
    } else if shown.due == 0 {
        Words::say("due_none")
    } else {
        Words::Count("due_heading", rows, Vec::new())
    }
}

fn head(shown: &Shown<'_>) -> Node {
    let tool = |key, action| {
        Node::new(Tag::Button, "tool")
            .set(Attr::Type, "button")
            .on(action)
            .words(Words::say(key))
    };
    Node::new(Tag::Div, "head")
        .node(Node::new(Tag::H1, "").words(heading(shown)))
        .node(
            Node::new(Tag::Div, "tools")
                .node(tool("tool_weeks", Action::ShowWeeks))
                .node(tool("tool_options", Action::ShowOptions))
                .node(
                    Node::new(Tag::Button, "tool help-tool")
                        .set(Attr::Type, "button")
                        .set(Attr::Popovertarget, "keys")
                        .set(Attr::AriaKeyshortcuts, "?")
                        .with(Attr::AriaLabel, Words::say("keys_heading"))
                        .with(Attr::Title, Words::say("keys_heading"))
                        .words(Words::raw("?")),
                ),
        )
}

/// Search and filters.
fn find(shown: &Shown<'_>) -> Node {
    let list = &shown.ui.list;
    let choice = |name: &str, label, all: Node, options: Vec<Node>| {
        Node::new(Tag::Select, "")
            .set(Attr::Name, name)
            .with(Attr::AriaLabel, Words::say(label))
            .on(Action::Find)
            .node(all)
            .nodes(options)
    };
    let option = |value: &str, words, chosen: bool| {
        let option = Node::new(Tag::Option, "").set(Attr::Value, value);
        let option = if chosen {
            option.set(Attr::Selected, "")
        } else {
            option
        };
        option.words(words)
    };
    let markets = Market::ALL.map(|market| {
        let chosen = list.market == Some(market);
        option(market.name(), Words::say(market_key(market)), chosen)
    });
    let errands = Errand::ALL.map(|errand| {
        let chosen = list.errand == Some(errand);
        option(errand.name(), Words::say(errand_key(errand)), chosen)
    });
    Node::new(Tag::Form, "find")
        .set(Attr::Role, "search")
        .on(Action::Find)
        .node(
            Node::new(Tag::Input, "")
                .set(Attr::Type, "search")
                .set(Attr::Name, "query")
                .set(Attr::Maxlength, "100")
                .set(Attr::Value, &list.query)
                .set(Attr::AriaKeyshortcuts, "/")
                .with(Attr::AriaLabel, Words::say("find_query"))
                .with(Attr::Placeholder, Words::say("find_query"))
                .on(Action::Find),
        )
        .node(choice(
            "market",
            "find_market",
            option("", Words::say("find_market_all"), list.market.is_none()),
            markets.into(),
        ))
        .node(choice(
            "errand",
            "find_errand",
            option("", Words::say("find_errand_all"), list.errand.is_none()),
            errands.into(),
        ))
}

/// The message that names an errand.
#[must_use]
pub fn errand_key(errand: Errand) -> &'static str {
    match errand {
        Errand::Reply => "errand_reply",
        Errand::OpenQuote => "errand_open_quote",
        Errand::Quote => "errand_quote",
        Errand::Touch => "errand_touch",
        Errand::Sample => "errand_sample",
        Errand::Greeting => "errand_greeting",
    }
}

/// What is due, and whom nobody can place.
fn tabs(shown: &Shown<'_>) -> Node {
    let tab = |key: &'static str, count: u32, unplaced: bool| {
        let tab = Node::new(Tag::Button, "tab")
            .set(Attr::Type, "button")
            .on(Action::ShowList { unplaced })
            .words(Words::Say(key, vec![Words::Number(count.into())]));
        if shown.ui.list.unplaced == unplaced {
            tab.set(Attr::AriaCurrent, "true")
        } else {
            tab
        }
    };
    Node::new(Tag::Div, "tabs")
        .node(tab("tab_due", shown.due, false))
        .node(tab("tab_unplaced", shown.unplaced, true))
}

fn nothing(shown: &Shown<'_>) -> Node {
    let key = if shown.is_search() {
        "found_none"
    } else if shown.is_narrowed() {
        "due_none_such"
    } else {
        "due_none_note"
    };
    Node::new(Tag::P, "note").words(Words::say(key))
}

fn undo_bar(undo: Action, done: Option<&Done>, now: Now) -> Node {
    let said = match done {
        Some(Done { who, how, until }) => {
            let who = Words::raw(who);
            let until = until.map(|until| Words::moment(until, now.seller.0));
            match (how, until) {
                (None, Some(until)) => Words::Say("done_snoozed", vec![who, until]),
                (Some(Settled::Passed), Some(until)) => Words::Say("done_passed", vec![who, until]),
                (Some(Settled::Passed), None) => Words::Say("done_no_answer", vec![who]),
                (Some(Settled::Reached), _) => Words::Say("done_reached", vec![who]),
                (None, None) => Words::say("snoozed"),
            }
        }
        None => Words::say("snoozed"),
    };
    Node::new(Tag::Div, "undo")
        .node(Node::new(Tag::Span, "").words(said))
        .node(
            Node::new(Tag::Button, "tool")
                .set(Attr::Type, "button")
                .set(Attr::AriaKeyshortcuts, "z")
                .on(undo)
                .words(Words::say("tool_undo")),
        )
}

/// The keys that work on the list.
fn help() -> Node {
    let line = |keys: &str, what| {
        Node::new(Tag::Li, "")
            .node(Node::new(Tag::Strong, "key").words(Words::raw(keys)))
            .node(Node::new(Tag::Span, "").words(Words::say(what)))
    };
    Node::new(Tag::Div, "panel keys")
        .set(Attr::Id, "keys")
        .set(Attr::Popover, "auto")
        .set(Attr::Role, "dialog")
        .set(Attr::AriaLabelledby, "keys-heading")
        .node(
            Node::new(Tag::H2, "")
                .set(Attr::Id, "keys-heading")
                .words(Words::say("keys_heading")),
        )
        .node(
            Node::new(Tag::Ul, "")
                .node(line("↓ ↑ · J K", "keys_move"))
                .node(line("Enter", "keys_open"))
                .node(line("S", "keys_snooze"))
                .node(line("D", "keys_reached"))
                .node(line("X", "keys_pass"))
                .node(line("Z", "tool_undo"))
                .node(line("/", "keys_find"))
                .node(line("?", "keys_help")),
        )
}
