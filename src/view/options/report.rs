//! The way to what the flight recorder holds.

use super::button;
use crate::protocol::Action;
use crate::view::{Attr, Node, Tag, Words};

pub(super) fn section() -> Node {
    Node::new(Tag::Section, "report")
        .set(Attr::AriaLabelledby, "report_heading")
        .node(
            Node::new(Tag::H2, "")
                .set(Attr::Id, "report_heading")
                .words(Words::say("report_heading")),
        )
        .node(Node::new(Tag::P, "hint").words(Words::say("report_hint")))
        .node(button("tool", "report_show").on(Action::ShowReport))
}
