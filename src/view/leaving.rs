//! What every page says while everything waits to be deleted.

use super::{Attr, Node, Tag, Words};
use crate::clock::Instant;
use crate::dossier::Now;
use crate::protocol::Action;

/// The whole page: what will happen when, and how to prevent it or not to wait for it.
#[must_use]
pub fn page(until: Instant, now: Now) -> Node {
    let button = |class, key, action| {
        Node::new(Tag::Button, class)
            .set(Attr::Type, "button")
            .on(action)
            .words(Words::say(key))
    };
    let when = Words::moment(until, now.seller.0);
    Node::new(Tag::Main, "page leaving")
        .node(Node::new(Tag::H1, "").words(Words::say("leaving_heading")))
        .node(Node::new(Tag::P, "").words(Words::Say("leaving_until", vec![when])))
        .node(Node::new(Tag::P, "note").words(Words::say("leaving_about")))
        .node(
            Node::new(Tag::Div, "buttons")
                .maybe(
                    (now.at < until).then(|| button("tool main", "leaving_undo", Action::KeepAll)),
                )
                .node(button("tool", "leaving_now", Action::DeleteNow)),
        )
}
