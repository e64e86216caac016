//! What the next weeks ask for, day by day, and how much of it a day may.

use super::{Node, Shown, Tag, Words, answer, count, submit};
use crate::agenda::{Day, Entry};
use crate::dossier::Dossier;
use crate::protocol::{Action, SettingsForm};
use crate::settings::Change;
use crate::store::ThreadKey;
use crate::view::{Attr, step_words};

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let form = SettingsForm::DailyLimit;
    let limit = Node::new(Tag::Form, "row limit")
        .on(Action::WeighForm { form: form.clone() })
        .node(super::field(
            "options_limit",
            super::input("text", "value")
                .set(Attr::Inputmode, "numeric")
                .set(Attr::Maxlength, "3")
                .set(Attr::Value, &shown.settings.daily_limit.to_string()),
        ))
        .node(submit("tool_change"));
    let busy: Vec<_> = shown
        .agenda
        .days
        .iter()
        .filter(|day| !day.entries.is_empty())
        .map(|day| of_day(shown, day))
        .collect();
    let left = shown.agenda.left_over.len();
    super::section("options_ahead", "options_ahead_about")
        .node(limit)
        .node(answer::place(shown, &form, |change| {
            matches!(change, Change::DailyLimit(_))
        }))
        .maybe(
            busy.is_empty()
                .then(|| Node::new(Tag::P, "about").words(Words::say("ahead_none"))),
        )
        .node(Node::new(Tag::Ul, "agenda").nodes(busy))
        .maybe((left > 0).then(|| {
            Node::new(Tag::P, "about").words(Words::Count("ahead_left", count(left), Vec::new()))
        }))
}

fn of_day(shown: &Shown<'_>, day: &Day) -> Node {
    let entries = day.entries.iter();
    Node::new(Tag::Li, "")
        .node(Node::new(Tag::Time, "").words(Words::date(day.date)))
        .node(Node::new(Tag::Span, "count").words(Words::Count(
            "ahead_letters",
            count(day.entries.len()),
            Vec::new(),
        )))
        .node(Node::new(Tag::Ul, "who").nodes(entries.filter_map(|entry| {
            let dossier = shown.dossiers.get(entry.client)?;
            Some(who(dossier, entry))
        })))
}

fn who(dossier: &Dossier, entry: &Entry) -> Node {
    let name = Node::new(Tag::Button, "person")
        .set(Attr::Type, "button")
        .words(Words::raw(dossier.record.label()));
    let last = dossier.last_thread.as_ref();
    let name = match last {
        Some(thread) => name.on(Action::Open {
            thread: ThreadKey {
                account: thread.key.account.clone(),
                id: thread.key.id.clone(),
            },
        }),
        None => name,
    };
    Node::new(Tag::Li, "")
        .set(Attr::DataTone, step_words::tone(dossier))
        .node(name)
        .node(Node::new(Tag::Span, "where").words(step_words::country(dossier)))
        .maybe(
            entry
                .put_off
                .then(|| Node::new(Tag::Span, "put-off").words(Words::say("ahead_put_off"))),
        )
}
