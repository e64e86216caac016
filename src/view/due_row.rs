//! One client in the due list: who, what, where, when and why, and the ways to be done with it.

use super::{Attr, Node, Tag, Words, pace_words, step_words, why};
use crate::daytime::Daytime;
use crate::dossier::{Dossier, Now};
use crate::place::Certainty;
use crate::protocol::{Action, Settled};
use crate::step::Status;
use crate::store::ThreadKey;

/// The row of a client. All rows are of one height, so that those out of sight need not be drawn.
#[must_use]
pub fn row(dossier: &Dossier, now: Now) -> Node {
    let key = &dossier.record.key;
    let thread = dossier.last_thread.as_ref().map(|last| ThreadKey {
        account: key.account.clone(),
        id: last.key.id.clone(),
    });
    let open = opener(dossier, now);
    let open = match &thread {
        Some(thread) => open.on(Action::Open {
            thread: thread.clone(),
        }),
        None => open,
    };
    Node::new(Tag::Li, "")
        .set(Attr::Id, &format!("row:{}:{}", key.account, key.email))
        .set(Attr::DataTone, step_words::tone(dossier))
        .node(open)
        .node(Node::new(Tag::Span, "pill").words(step_words::status(dossier)))
        .node(
            Node::new(Tag::Div, "foot")
                .node(reason(dossier, now))
                .maybe(thread.map(|thread| tools(dossier, thread, now))),
        )
}

fn opener(dossier: &Dossier, now: Now) -> Node {
    let subject = dossier.last_thread.as_ref();
    let subject = subject.map_or("", |thread| thread.subject.as_str());
    let part = |class, words| Node::new(Tag::Span, class).words(words);
    // What is cut off of a line is its end, whichever way its words run.
    let line = |part: Node| part.set(Attr::Dir, "auto");
    Node::new(Tag::Button, "open")
        .set(Attr::Type, "button")
        .node(
            Node::new(Tag::Span, "who")
                .node(line(
                    Node::new(Tag::Strong, "").words(Words::raw(dossier.record.label())),
                ))
                .node(line(part("subject", Words::raw(subject)))),
        )
        .node(line(part("task", step_words::task(dossier))))
        .node(
            Node::new(Tag::Span, "facts")
                .node(part("where", step_words::country(dossier)))
                .nodes(their_clock(dossier, now))
                .node(part("contact", step_words::last_contact(dossier))),
        )
}

fn their_clock(dossier: &Dossier, now: Now) -> Option<Node> {
    let zone = dossier
        .place
        .zone
        .filter(|_| dossier.place.certainty == Certainty::Known)?;
    let open = dossier.daytime(zone, now.at) == Daytime::Open;
    Some(
        Node::new(Tag::Span, "their-time")
            .set(Attr::DataTone, if open { "open" } else { "closed" })
            .node(step_words::clock(zone, now.at)),
    )
}

/// Since when it is due, and why.
fn reason(dossier: &Dossier, now: Now) -> Node {
    let rule = dossier.plan.step.as_ref();
    let rule = rule.and_then(|step| step.rules.first());
    let because = because(dossier);
    Node::new(Tag::Span, "reason")
        .maybe(since(dossier, now).map(|since| Node::new(Tag::Span, "since").words(since)))
        .maybe(because.map(|because| Node::new(Tag::Span, "because").words(because)))
        .maybe(rule.map(|rule| {
            Node::new(Tag::Span, "rule")
                .with(Attr::Title, Words::say(why::rule_key(*rule)))
                .words(Words::raw(format!("{rule:?}")))
        }))
}

fn since(dossier: &Dossier, now: Now) -> Option<Words> {
    let due_at = dossier.plan.due_at?;
    let zone = now.seller.0;
    let day = |at| zone.local(at).date();
    if due_at > now.at {
        Some(Words::Say("due_on", vec![Words::day(due_at, zone)]))
    } else if day(due_at) < day(now.at) {
        Some(Words::Say("due_since", vec![Words::day(due_at, zone)]))
    } else {
        Some(Words::say("due_today"))
    }
}

fn because(dossier: &Dossier) -> Option<Words> {
    if dossier.plan.status == Status::ReplyNow {
        return Some(Words::say("because_reply"));
    }
    let turn = dossier.plan.turn.as_ref()?;
    match turn.reminder {
        Some(nth) => Some(Words::Say(
            "because_reminder",
            vec![Words::Number(i64::from(nth))],
        )),
        None => pace_words::pace(dossier),
    }
}

/// A click each: until the client's next window; they were reached elsewhere; not this time.
fn tools(dossier: &Dossier, thread: ThreadKey, now: Now) -> Node {
    let client = &dossier.record.key;
    let label = |words| vec![words, Words::raw(dossier.record.label())];
    let tool = |key: &'static str, shortcut: &str, title: Words, action| {
        Node::new(Tag::Button, "tool")
            .set(Attr::Type, "button")
            .set(Attr::AriaKeyshortcuts, shortcut)
            .with(Attr::Title, title)
            .with(
                Attr::AriaLabel,
                Words::Say("day_label", label(Words::say(key))),
            )
            .on(action)
            .words(Words::say(key))
    };
    let snooze = dossier.presets(now).into_iter().next().map(|first| {
        let when = match dossier.place.zone {
            Some(zone) => step_words::both_clocks(first.until, zone, now.seller),
            None => Words::moment(first.until, now.seller.0),
        };
        let action = Action::Snooze {
            thread,
            client: client.email.clone(),
            until: Some(first.until),
        };
        tool(
            "tool_snooze",
            "s",
            Words::Say("when_snoozed", vec![when]),
            action,
        )
    });
    let settle = |how| Action::Settle {
        client: client.clone(),
        how,
    };
    let is_due = dossier.plan.due_at.is_some_and(|due| due <= now.at);
    let pass = match dossier.plan.status {
        Status::ReplyNow => "pass_reply_title",
        _ => "pass_title",
    };
    let due_only = is_due.then(|| {
        [
            tool(
                "tool_reached",
                "d",
                Words::say("reached_title"),
                settle(Settled::Reached),
            ),
            tool("tool_pass", "x", Words::say(pass), settle(Settled::Passed)),
        ]
    });
    Node::new(Tag::Span, "tools")
        .maybe(snooze)
        .nodes(due_only.into_iter().flatten())
}
