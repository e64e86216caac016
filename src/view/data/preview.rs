//! What taking a file over would do, before it is done.

use super::{Came, Restore, archive, line, say, tool};
use crate::dossier::Now;
use crate::protocol::DataErrand;
use crate::transfer::contacts::{Gathered, LeftOut};
use crate::transfer::preview::{Conflict, Preview};
use crate::view::{Node, Tag, Words};

pub(super) fn panel(panel: Node, preview: &Preview, came: &Came) -> Node {
    let (contacts, mail) = match came {
        Came::Records => (None, None),
        Came::Contacts(contacts) => (Some(contacts.as_ref()), None),
        Came::Mail(report) => (None, Some(report.as_ref())),
    };
    let panel = panel.maybe(mail.map(archive::found));
    let counts = [
        ("preview_new_clients", preview.new_clients),
        ("preview_changed_clients", preview.changed_clients),
        ("preview_changed_words", preview.changed_words),
        ("preview_new_threads", preview.new_threads),
        ("preview_united", preview.united),
        ("preview_new_messages", preview.new_messages),
        ("preview_settings", preview.changed_settings),
        ("preview_conflicts", preview.conflicts),
    ];
    let told = counts.into_iter().filter(|(_, count)| *count > 0);
    let told = told.map(|(key, count)| Node::new(Tag::Li, "").words(say(key, [count])));
    let panel = match preview.is_nothing() {
        true => panel.node(line("about", "preview_nothing")),
        false => panel
            .node(line("about", "preview_about"))
            .node(Node::new(Tag::Ul, "counts").nodes(told)),
    };
    let panel = panel
        .maybe((!preview.shown.is_empty()).then(|| conflicts(&preview.shown)))
        .maybe(contacts.and_then(left_out))
        .maybe(contacts.and_then(unknown))
        .nodes(mail.map(archive::left_out).unwrap_or_default());
    let take = tool("data_take_over", DataErrand::TakeOver);
    panel.node(
        Node::new(Tag::Div, "tools")
            .maybe((!preview.is_nothing()).then_some(take))
            .node(tool("data_leave", DataErrand::Leave)),
    )
}

fn fold(summary: Words, rows: impl Iterator<Item = Node>) -> Node {
    Node::new(Tag::Details, "fold")
        .node(Node::new(Tag::Summary, "").words(summary))
        .node(Node::new(Tag::Ul, "list").nodes(rows))
}

fn conflicts(all: &[Conflict]) -> Node {
    let rows = all.iter().map(|conflict| {
        let difference = &conflict.difference;
        let value = |text: &Option<String>| Words::raw(text.as_deref().unwrap_or("–"));
        let (key, standing) = match difference.taken {
            true => ("conflict_theirs", "conflict_newer_theirs"),
            false => ("conflict_mine", "conflict_newer_mine"),
        };
        let standing = match difference.dated {
            true => standing,
            false => "conflict_undated",
        };
        let who = conflict.who.as_deref();
        Node::new(Tag::Li, "")
            .maybe(who.map(|who| Node::new(Tag::Strong, "").words(Words::raw(who))))
            .node(Node::new(Tag::Span, "").words(Words::say(word(difference.what))))
            .node(Node::new(Tag::Span, "").words(Words::Say(
                key,
                vec![value(&difference.mine), value(&difference.theirs)],
            )))
            .node(Node::new(Tag::Span, "small").words(Words::say(standing)))
    });
    fold(Words::say("preview_show_conflicts"), rows)
}

/// What a word is on, for people.
fn word(what: &str) -> &'static str {
    match what {
        "place" => "word_place",
        "follow" => "word_follow",
        "market" => "client_market",
        "stage" => "client_stage",
        "intent" => "client_intent",
        "about" => "client_about",
        "language" => "field_language",
        "snooze" => "word_snooze",
        _ => "word_setting",
    }
}

fn left_out(gathered: &Gathered) -> Option<Node> {
    if gathered.left_out.is_empty() {
        return None;
    }
    let key = |reason: &LeftOut| match reason {
        LeftOut::NoAddress => "left_no_address",
        LeftOut::NotAnAddress => "left_not_an_address",
        LeftOut::Robot => "left_robot",
        LeftOut::Colleague => "left_colleague",
        LeftOut::Double => "left_double",
    };
    let counts = gathered.counts.iter();
    let counts =
        counts.map(|(reason, count)| Node::new(Tag::Li, "").words(say(key(reason), [*count])));
    let rows = gathered.left_out.iter().map(|(reason, who)| {
        Node::new(Tag::Li, "")
            .node(Node::new(Tag::Span, "").words(Words::raw(who)))
            .node(
                Node::new(Tag::Span, "small").words(Words::say(match reason {
                    LeftOut::NoAddress => "why_no_address",
                    LeftOut::NotAnAddress => "why_not_an_address",
                    LeftOut::Robot => "why_robot",
                    LeftOut::Colleague => "why_colleague",
                    LeftOut::Double => "why_double",
                })),
            )
    });
    Some(
        Node::new(Tag::Div, "left-out")
            .node(line("", "left_out"))
            .node(Node::new(Tag::Ul, "counts").nodes(counts))
            .node(fold(Words::say("left_out_show"), rows)),
    )
}

/// Countries and stages that stand in the list and are not understood.
fn unknown(gathered: &Gathered) -> Option<Node> {
    let all = [
        ("unknown_country", &gathered.unknown_countries),
        ("unknown_stage", &gathered.unknown_stages),
    ];
    if all.iter().all(|(_, counts)| counts.is_empty()) {
        return None;
    }
    let rows = all.into_iter().flat_map(|(key, counts)| {
        counts.iter().map(move |(text, count)| {
            let count = Words::Number(super::number(*count));
            Node::new(Tag::Li, "").words(Words::Say(key, vec![Words::raw(text), count]))
        })
    });
    Some(fold(Words::say("unknown_show"), rows))
}

/// What putting a copy back would do.
pub(super) fn restore(restore: &Restore, now: Now) -> Node {
    let made = restore.at.map(|at| Words::moment(at, now.seller.0));
    let heading = Words::Say("restore_heading", made.into_iter().collect());
    Node::new(Tag::Section, "panel")
        .node(Node::new(Tag::H2, "").words(heading))
        .node(
            Node::new(Tag::Ul, "counts")
                .node(Node::new(Tag::Li, "").words(say("restore_clients", restore.clients)))
                .node(Node::new(Tag::Li, "").words(say("restore_messages", restore.messages))),
        )
        .node(line("about", "restore_about"))
        .node(
            Node::new(Tag::Div, "tools")
                .node(tool("restore_do", DataErrand::TakeOver))
                .node(tool("data_leave", DataErrand::Leave)),
        )
}
