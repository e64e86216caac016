//! Who the client is, and the next step with them.

use super::parts::{button, span};
use super::{Attr, Node, Shown, Tag, Words, letter};
use crate::client::company_of;
use crate::dossier::Dossier;
use crate::place::{Certainty, ClueKind};
use crate::protocol::Action;
use crate::step::Status;
use crate::store::ThreadRecord;
use crate::view::{pace_words, snooze_menu, step_words, strip};

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let (dossier, now) = (shown.dossier, shown.now);
    let status = match dossier.followed {
        true => step_words::status(dossier),
        false => Words::say("status_not_followed"),
    };
    let thread = shown
        .threads
        .iter()
        .find(|one| one.key == shown.focus.thread);
    let follow = (!dossier.followed).then(|| {
        button("tool main", "tool_follow").on(Action::Follow {
            client: dossier.record.key.clone(),
            on: true,
        })
    });
    Node::new(Tag::Div, "head")
        .node(
            Node::new(Tag::Div, "who")
                .node(Node::new(Tag::H1, "").words(Words::raw(dossier.record.label())))
                .node(span("pill", status)),
        )
        .maybe(address(dossier))
        .node(place(dossier))
        .maybe(colleagues(shown))
        .node(
            Node::new(Tag::Div, "step")
                .node(Node::new(Tag::P, "task").words(step_words::task(dossier)))
                .maybe(about(dossier))
                .maybe(pace_words::also(dossier).map(|also| Node::new(Tag::P, "").words(also)))
                .maybe(strip::when(dossier, now).map(|when| Node::new(Tag::P, "when").words(when)))
                .node(Node::new(Tag::P, "contact").words(step_words::last_contact(dossier)))
                .maybe(follow),
        )
        .maybe(dossier.followed.then(|| letter::section(shown)))
        .maybe(
            thread
                .filter(|_| dossier.followed)
                .map(|thread| quiet(shown, thread)),
        )
}

/// Snooze, or the end of one.
fn quiet(shown: &Shown<'_>, thread: &ThreadRecord) -> Node {
    let snoozed = shown.dossier.snoozed.as_ref();
    match snoozed.filter(|_| shown.dossier.plan.status == Status::Snoozed) {
        Some(thread) => button("tool wake", "tool_wake").on(Action::Snooze {
            thread: thread.key.clone(),
            client: thread.client.clone(),
            until: None,
        }),
        None => Node::new(Tag::Details, "quieten")
            .node(Node::new(Tag::Summary, "").words(Words::say("tool_snooze")))
            .nodes(snooze_menu::choices(shown.dossier, thread, shown.now)),
    }
}

/// What they last asked for makes the letter theirs (P1).
fn about(dossier: &Dossier) -> Option<Node> {
    let about = dossier.record.about.clone()?;
    let about = Words::Say("task_about", vec![Words::raw(about)]);
    Some(Node::new(Tag::P, "also").words(about))
}

/// Address and company, where the name above is not the address already.
fn address(dossier: &Dossier) -> Option<Node> {
    let email = &dossier.record.key.email;
    let company = company_of(email);
    let told = dossier.record.name.is_some();
    let company = (company != email.as_str()).then(|| span("company", Words::raw(company)));
    (told || company.is_some()).then(|| {
        Node::new(Tag::P, "address")
            .maybe(told.then(|| span("email", Words::raw(email.as_str()))))
            .maybe(company.filter(|_| !told))
    })
}

/// Where they are and how sure that is, to be corrected with a click.
fn place(dossier: &Dossier) -> Node {
    let key = &dossier.record.key;
    let sure = dossier.place.certainty == Certainty::Known;
    let guess = dossier.place.country.filter(|_| !sure);
    Node::new(Tag::P, "place-line")
        .node(
            Node::new(Tag::Button, "place")
                .set(Attr::Type, "button")
                .with(Attr::Title, Words::say("place_change"))
                .on(Action::AskPlace {
                    client: key.clone(),
                })
                .words(step_words::country(dossier)),
        )
        .maybe(guess.map(|country| {
            button("accept", "tool_accept").on(Action::AcceptPlace {
                client: key.clone(),
                country,
            })
        }))
        .maybe(
            dossier
                .place
                .zone
                .map(|zone| span("zone", Words::Zone(zone.0))),
        )
        .maybe(confidence(dossier))
}

/// How sure their country is: the user's own word, or in percent.
fn confidence(dossier: &Dossier) -> Option<Node> {
    dossier.place.country?;
    let told = dossier
        .place
        .because
        .iter()
        .any(|because| because.clue == ClueKind::Word);
    #[allow(clippy::cast_possible_truncation)] // From 0 to 100.
    let percent = (dossier.place.confidence * 100.0).round() as i64;
    let words = match told {
        true => Words::say("sure_told"),
        false => Words::Say("sure_percent", vec![Words::Number(percent)]),
    };
    Some(span("sure", words))
}

fn colleagues(shown: &Shown<'_>) -> Option<Node> {
    let named = shown.colleagues.iter().map(|colleague| {
        Node::new(Tag::Li, "")
            .node(span("name", Words::raw(colleague.record.label())))
            .node(span("contact", step_words::last_contact(colleague)))
    });
    let more = shown.more_colleagues;
    let count = |count| i64::try_from(count).unwrap_or(i64::MAX);
    let more_words = || Words::Count("ahead_more", count(more), Vec::new());
    (!shown.colleagues.is_empty()).then(|| {
        Node::new(Tag::Details, "colleagues")
            .set(Attr::Id, "colleagues")
            .node(Node::new(Tag::Summary, "").words(Words::Count(
                "sidebar_colleagues",
                count(shown.colleagues.len() + more),
                vec![Words::raw(company_of(&shown.dossier.record.key.email))],
            )))
            .node(
                Node::new(Tag::Ul, "")
                    .nodes(named)
                    .maybe((more > 0).then(|| Node::new(Tag::Li, "").words(more_words()))),
            )
    })
}
