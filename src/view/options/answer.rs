//! What a form of the page answers: what the change would move, or why it cannot be made.

use super::{Node, Shown, Tag, Words, button, count};
use crate::agenda::Preview;
use crate::protocol::{Action, SettingsForm};
use crate::settings::{Change, Refusal};
use crate::view::Attr;

/// Where a form answers. It is there before there is anything to say, so that screen readers hear
/// of it when there is.
pub(super) fn place(
    shown: &Shown<'_>,
    form: &SettingsForm,
    is_ours: impl Fn(&Change) -> bool,
) -> Node {
    let draft = shown.ui.options.draft.as_ref();
    let draft = draft.filter(|change| is_ours(change)).zip(shown.preview);
    let refusal = refusal(shown, form);
    Node::new(Tag::Div, "answer")
        .set(Attr::Role, "status")
        .maybe(draft.map(|(change, preview)| weighed(change, preview)))
        .maybe(refusal.map(|refusal| {
            Node::new(Tag::P, "refused")
                .set(Attr::DataTone, "reply")
                .words(Words::say(key(refusal)))
        }))
}

/// Why the form was refused, if it was.
pub(super) fn refusal(shown: &Shown<'_>, form: &SettingsForm) -> Option<Refusal> {
    let refused = shown.ui.options.refused.as_ref();
    let (_, refusal) = refused.filter(|(refused, _)| refused == form)?;
    Some(*refusal)
}

/// What would move, and the choice.
fn weighed(change: &Change, preview: Preview) -> Node {
    let number = |number: usize| Words::Number(count(number));
    let moves = match preview.moved() {
        0 => Words::say("preview_none"),
        _ => Words::Count(
            "preview_moves",
            count(preview.moved()),
            vec![number(preview.sooner), number(preview.later)],
        ),
    };
    let some = |key: &'static str, number: usize| {
        let words = Words::Count(key, count(number), Vec::new());
        (number > 0).then(|| Node::new(Tag::Span, "").words(words))
    };
    let due = Words::Say(
        "preview_due",
        vec![number(preview.due_before), number(preview.due_after)],
    );
    Node::new(Tag::Div, "preview")
        .set(Attr::DataTone, "due")
        .node(
            Node::new(Tag::P, "")
                .node(Node::new(Tag::Strong, "").words(moves))
                .maybe(some("preview_gained", preview.gained))
                .maybe(some("preview_lost", preview.lost))
                .node(Node::new(Tag::Span, "").words(due)),
        )
        .node(
            Node::new(Tag::Div, "buttons")
                .node(button("tool main keep", "tool_keep").on(Action::Keep {
                    change: change.clone(),
                }))
                .node(button("tool leave", "tool_leave").on(Action::Leave)),
        )
}

/// The sentence that says why.
#[must_use]
pub fn key(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoNumber => "refused_no_number",
        Refusal::Gap => "refused_gap",
        Refusal::Empty => "refused_empty",
        Refusal::TooLong => "refused_too_long",
        Refusal::OutOfOrder => "refused_out_of_order",
        Refusal::Hours => "refused_hours",
        Refusal::Reminders => "refused_reminders",
        Refusal::Factor => "refused_factor",
        Refusal::Mismatch => "refused_mismatch",
        Refusal::NoDate => "refused_no_date",
        Refusal::NoName => "refused_no_name",
        Refusal::Closing => "refused_closing",
        Refusal::Same => "refused_same",
        Refusal::Email => "refused_email",
        Refusal::Address => "refused_address",
        Refusal::DailyLimit => "refused_daily_limit",
    }
}
