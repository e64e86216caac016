//! The days on which the user's own company is closed.

use super::{Action, Node, Shown, Tag, Words, answer, button, field, input, name_input, submit};
use crate::playbook::Closing;
use crate::protocol::SettingsForm;
use crate::settings::Change;
use crate::view::Attr;

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let closings = &shown.settings.playbook.closings;
    let is_ours = |change: &Change| matches!(change, Change::Close(_) | Change::Reopen(_));
    super::section("options_closings", "options_closings_about")
        .node(Node::new(Tag::Ul, "days closings").nodes(closings.iter().map(row)))
        .node(
            Node::new(Tag::Form, "row add-closing")
                .on(Action::WeighForm {
                    form: SettingsForm::Closing,
                })
                .node(field("field_first_day", input("date", "from")))
                .node(field("field_last_day", input("date", "to")))
                .node(field("field_note", name_input("note")))
                .node(submit("tool_add")),
        )
        .node(answer::place(shown, &SettingsForm::Closing, is_ours))
}

fn row(closing: &Closing) -> Node {
    let days = Words::Say(
        "closing_days",
        vec![Words::full_date(closing.from), Words::full_date(closing.to)],
    );
    let label = Words::Say(
        "day_label",
        vec![Words::say("tool_take_back"), days.clone()],
    );
    Node::new(Tag::Li, "")
        .node(Node::new(Tag::Span, "dates").words(days))
        .node(
            Node::new(Tag::Span, "what")
                .words(Words::raw(closing.note.clone().unwrap_or_default())),
        )
        .node(
            button("tool", "tool_take_back")
                .with(Attr::AriaLabel, label)
                .on(Action::Weigh {
                    change: Change::Reopen(closing.clone()),
                }),
        )
}
