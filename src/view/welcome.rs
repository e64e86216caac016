//! The first steps after installation: three screens, with an invented client to play with on the second.

use super::{Attr, Node, Tag, Words};
use crate::protocol::Action;

/// How many screens there are.
pub const SCREENS: u8 = 3;

/// One screen; the second one shows the client in `demo`.
#[must_use]
pub fn page(screen: u8, demo: Option<Node>) -> Node {
    let (heading, body) = match screen {
        0 => ("welcome_what", what()),
        1 => (
            "welcome_try",
            Node::new(Tag::Div, "try")
                .node(text("welcome_try_about"))
                .maybe(demo),
        ),
        _ => ("welcome_begin", begin()),
    };
    Node::new(Tag::Main, "welcome")
        .node(steps(screen))
        .node(
            Node::new(Tag::H1, "")
                .set(Attr::Id, heading)
                .words(Words::say(heading)),
        )
        .node(body)
        .node(ways(screen))
}

/// Which screen of how many.
fn steps(screen: u8) -> Node {
    let step = |at: u8, key: &'static str| {
        let button = Node::new(Tag::Button, "step-tool")
            .set(Attr::Type, "button")
            .on(Action::ShowScreen { screen: at })
            .words(Words::say(key));
        Node::new(Tag::Li, "").node(match at == screen {
            true => button.set(Attr::AriaCurrent, "step"),
            false => button,
        })
    };
    Node::new(Tag::Nav, "steps")
        .with(Attr::AriaLabel, Words::say("welcome_steps"))
        .node(
            Node::new(Tag::Ol, "")
                .node(step(0, "welcome_step_what"))
                .node(step(1, "welcome_step_try"))
                .node(step(2, "welcome_step_begin")),
        )
}

/// What Cadence does, and what it does not.
fn what() -> Node {
    let point = |name: &'static str, about: &'static str| {
        Node::new(Tag::Li, "")
            .node(Node::new(Tag::Strong, "").words(Words::say(name)))
            .node(text(about))
    };
    Node::new(Tag::Div, "")
        .node(text("welcome_what_about"))
        .node(
            Node::new(Tag::Ul, "points")
                .node(point("welcome_thread", "welcome_thread_about"))
                .node(point("welcome_list", "welcome_list_about"))
                .node(point("welcome_beside", "welcome_beside_about"))
                .node(point("welcome_private", "welcome_private_about")),
        )
}

/// Where to begin.
fn begin() -> Node {
    let way = |about: &'static str, label: &'static str, action| {
        Node::new(Tag::Li, "")
            .node(text(about))
            .node(button("tool", label).on(action))
    };
    Node::new(Tag::Div, "")
        .node(text("welcome_begin_about"))
        .node(
            Node::new(Tag::Ul, "begin")
                .node(way("welcome_mail", "welcome_mail_tool", Action::ShowMail))
                .node(way("welcome_history", "import_heading", Action::ShowData))
                .node(way(
                    "welcome_elsewhere",
                    "welcome_options_tool",
                    Action::ShowOptions,
                )),
        )
}

/// On and back.
fn ways(screen: u8) -> Node {
    let back = screen.checked_sub(1);
    let on = Some(screen.saturating_add(1)).filter(|on| *on < SCREENS);
    let way = |class, key, screen| button(class, key).on(Action::ShowScreen { screen });
    Node::new(Tag::Div, "ways")
        .maybe(back.map(|to| way("tool", "welcome_back", to)))
        .maybe(on.map(|to| way("tool main", "welcome_on", to)))
}

fn text(key: &'static str) -> Node {
    Node::new(Tag::P, "").words(Words::say(key))
}

fn button(class: &'static str, key: &'static str) -> Node {
    Node::new(Tag::Button, class)
        .set(Attr::Type, "button")
        .words(Words::say(key))
}
