//! What the sections are made of.

use super::{Attr, Node, Tag, Words};

/// A section under a heading that folds it. The heading's message is its id.
pub(super) fn fold(heading: &'static str, open: bool) -> Node {
    let details = Node::new(Tag::Details, "fold")
        .node(Node::new(Tag::Summary, "").node(Node::new(Tag::H2, "").words(Words::say(heading))));
    match open {
        true => details.set(Attr::DataUnfolded, ""),
        false => details,
    }
}

/// A button with a message on it.
pub(super) fn button(class: &'static str, key: &'static str) -> Node {
    Node::new(Tag::Button, class)
        .set(Attr::Type, "button")
        .words(Words::say(key))
}

/// A piece of a line.
pub(super) fn span(class: &'static str, words: Words) -> Node {
    Node::new(Tag::Span, class).words(words)
}

/// A button that submits its form.
pub(super) fn submit(key: &'static str) -> Node {
    Node::new(Tag::Button, "tool main")
        .set(Attr::Type, "submit")
        .words(Words::say(key))
}

/// A field with its label above it.
pub(super) fn field(label: &'static str, control: Node) -> Node {
    Node::new(Tag::Label, "field")
        .words(Words::say(label))
        .node(control)
}
