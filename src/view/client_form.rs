//! The forms for what only the user knows of a client: stage, intent, market, what they asked for, what
//! kind of letters went out, days worth writing on.

use super::{Attr, Node, Tag, Words, strip::market_key};
use crate::client::{Intent, Stage};
use crate::dossier::Dossier;
use crate::history::{Touch, TouchKind};
use crate::market::Market;
use crate::moment::MomentKind;
use crate::protocol::Action;
use crate::store::ThreadRecord;

/// A choice whose options are named by messages.
pub(super) fn choice(
    label: &'static str,
    name: &'static str,
    options: impl Iterator<Item = (&'static str, &'static str, bool)>,
) -> Node {
    let option = |(value, key, chosen): (&'static str, &'static str, bool)| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, value)
            .words(Words::say(key));
        if chosen {
            option.set(Attr::Selected, "")
        } else {
            option
        }
    };
    Node::new(Tag::Label, "field")
        .words(Words::say(label))
        .node(
            Node::new(Tag::Select, "")
                .set(Attr::Name, name)
                .nodes(options.map(option)),
        )
}

/// The stage that the letters speak for, to be taken over with one click.
pub(super) fn suggested_stage(dossier: &Dossier) -> Option<Node> {
    let stage = crate::stage::suggest(dossier.record.stage, dossier.history.touches())?;
    let (value, key) = stage_words(stage);
    Some(
        Node::new(Tag::P, "suggestion")
            .words(Words::Say("stage_suggested", vec![Words::say(key)]))
            .node(
                Node::new(Tag::Button, "tool")
                    .set(Attr::Type, "button")
                    .set(Attr::Value, value)
                    .on(Action::SetStage {
                        client: dossier.record.key.clone(),
                        stage,
                    })
                    .words(Words::say("tool_accept")),
            ),
    )
}

pub(super) fn stage_words(stage: Stage) -> (&'static str, &'static str) {
    match stage {
        Stage::Inquiry => ("inquiry", "stage_inquiry"),
        Stage::Quoted => ("quoted", "stage_quoted"),
        Stage::Sampled => ("sampled", "stage_sampled"),
        Stage::Negotiating => ("negotiating", "stage_negotiating"),
        Stage::Ordered => ("ordered", "stage_ordered"),
        Stage::Lost => ("lost", "stage_lost"),
    }
}

pub(super) fn facts(dossier: &Dossier) -> Node {
    let record = &dossier.record;
    let stages = Stage::ALL.into_iter().map(|stage| {
        let (value, key) = stage_words(stage);
        (value, key, record.stage == stage)
    });
    let intents = [
        (Intent::ClearPlan, "clear_plan", "intent_clear_plan"),
        (Intent::Open, "open", "intent_open"),
        (Intent::Hesitant, "hesitant", "intent_hesitant"),
    ];
    let intents = intents
        .into_iter()
        .map(|(intent, value, key)| (value, key, record.intent == intent));
    let own = [("", "market_of_country", record.market.is_none())];
    let markets = own.into_iter().chain(Market::ALL.into_iter().map(|market| {
        (
            market.name(),
            market_key(market),
            record.market == Some(market),
        )
    }));
    Node::new(Tag::Form, "")
        .on(Action::SetClient {
            client: record.key.clone(),
        })
        .node(choice("client_stage", "stage", stages))
        .node(choice("client_intent", "intent", intents))
        .node(choice("client_market", "market", markets))
        .node(
            Node::new(Tag::Label, "field")
                .words(Words::say("client_about"))
                .node(
                    Node::new(Tag::Input, "")
                        .set(Attr::Type, "text")
                        .set(Attr::Name, "about")
                        .set(Attr::Value, record.about.as_deref().unwrap_or_default()),
                ),
        )
        .node(
            Node::new(Tag::Button, "tool main")
                .set(Attr::Type, "submit")
                .words(Words::say("tool_save")),
        )
}

/// The kinds of letters to choose from, with their values and messages.
pub(super) const KINDS: [(TouchKind, &str, &str); 7] = [
    (TouchKind::Quote, "quote", "kind_quote"),
    (TouchKind::Sample, "sample", "kind_sample"),
    (TouchKind::Value, "value", "kind_value"),
    (TouchKind::Greeting, "greeting", "kind_greeting"),
    (TouchKind::Check, "check", "kind_check"),
    (TouchKind::Reply, "reply", "kind_reply"),
    (TouchKind::Plain, "plain", "kind_plain"),
];

/// What kind of letter a message was, to be corrected with one choice.
pub(super) fn kind_select(thread: &ThreadRecord, touch: &Touch) -> Node {
    let options = KINDS.into_iter().map(|(kind, value, key)| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, value)
            .words(Words::say(key));
        if kind == touch.kind {
            option.set(Attr::Selected, "")
        } else {
            option
        }
    });
    Node::new(Tag::Select, "")
        .set(Attr::Name, "kind")
        .on(Action::SetKind {
            thread: thread.key.clone(),
            client: thread.client.clone(),
            touch: touch.id.clone(),
        })
        .nodes(options)
}

fn moment_key(kind: MomentKind) -> &'static str {
    match kind {
        MomentKind::Anniversary => "moment_anniversary",
        MomentKind::GoodNews => "moment_good_news",
        MomentKind::NewProduct => "moment_new_product",
    }
}

pub(super) fn moments(dossier: &Dossier) -> impl Iterator<Item = Node> {
    dossier.record.moments.iter().map(|moment| {
        Node::new(Tag::Li, "")
            .node(
                Node::new(Tag::Span, "")
                    .words(Words::Say(
                        moment_key(moment.kind),
                        vec![Words::date(moment.on)],
                    ))
                    .maybe(
                        moment.note.as_ref().map(|note| {
                            Node::new(Tag::Span, "small").words(Words::raw(note.clone()))
                        }),
                    ),
            )
            .node(
                Node::new(Tag::Button, "remove")
                    .set(Attr::Type, "button")
                    .on(Action::DropMoment {
                        client: dossier.record.key.clone(),
                        moment: moment.clone(),
                    })
                    .words(Words::say("tool_remove")),
            )
    })
}

pub(super) fn new_moment(dossier: &Dossier) -> Node {
    let kinds = [
        ("anniversary", "new_anniversary", true),
        ("good_news", "new_good_news", false),
        ("new_product", "new_new_product", false),
    ];
    Node::new(Tag::Form, "pick")
        .on(Action::AddMoment {
            client: dossier.record.key.clone(),
        })
        .node(choice("moment_kind", "kind", kinds.into_iter()))
        .node(
            Node::new(Tag::Label, "field")
                .words(Words::say("moment_on"))
                .node(
                    Node::new(Tag::Input, "")
                        .set(Attr::Type, "date")
                        .set(Attr::Name, "on")
                        .set(Attr::Required, ""),
                ),
        )
        .node(
            Node::new(Tag::Button, "tool")
                .set(Attr::Type, "submit")
                .words(Words::say("tool_add")),
        )
}
