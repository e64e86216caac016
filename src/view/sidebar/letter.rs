//! The letter that the step asks for, to be looked over, copied, or put where the user writes.

use super::parts::{button, field};
use super::{Attr, Node, Shown, Tag, Words};
use crate::draft::LetterKind;
use crate::protocol::Action;
use crate::view::note::{language_options, letter_key};

/// What opens it, or the letter itself.
pub(super) fn section(shown: &Shown<'_>) -> Node {
    let client = || shown.dossier.record.key.clone();
    let Some((kind, language, draft)) = &shown.letter else {
        return button("tool main write", "tool_write").on(Action::ShowDraft {
            client: client(),
            on: true,
        });
    };
    let letters = LetterKind::ALL.map(|one| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, one.name())
            .words(Words::say(letter_key(one)));
        match one == *kind {
            true => option.set(Attr::Selected, ""),
            false => option,
        }
    });
    let select = |name, options: Vec<Node>| {
        Node::new(Tag::Select, "")
            .set(Attr::Name, name)
            .on(Action::ShowDraft {
                client: client(),
                on: true,
            })
            .nodes(options)
    };
    // Another letter is another field, whatever was typed into the one before.
    let body = format!("letter-{}-{}", kind.name(), draft.language);
    let language = language_options(*language).into();
    Node::new(Tag::Form, "card writing")
        .node(
            Node::new(Tag::Div, "choices")
                .node(field("field_letter", select("letter", letters.into())))
                .node(field("field_language", select("language", language))),
        )
        .node(
            Node::new(Tag::Textarea, "")
                .set(Attr::Id, &body)
                .set(Attr::Name, "body")
                .set(Attr::Rows, "8")
                .set(Attr::Dir, "auto")
                .with(Attr::AriaLabel, Words::say("draft_heading"))
                .words(Words::raw(draft.body.clone())),
        )
        .node(
            Node::new(Tag::Div, "tools")
                .node(
                    button("tool main", "tool_insert").on(Action::InsertDraft { client: client() }),
                )
                .node(button("tool", "tool_copy").on(Action::CopyDraft))
                .node(button("tool", "tool_close").on(Action::ShowDraft {
                    client: client(),
                    on: false,
                })),
        )
        .node(Node::new(Tag::P, "small").words(Words::say("letter_note")))
}
