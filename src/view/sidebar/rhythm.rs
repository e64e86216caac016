//! The tracks with their next dates, when an order is to be expected, and how warm the answers are.

use super::parts::{fold, span};
use super::timeline::track_key;
use super::{Attr, Node, Shown, Tag, Words};
use crate::rhythm::{Cycle, Turn};
use crate::view::{pace_words, step_words, why};
use crate::warmth::{Influence, Warmth};

pub(super) fn section(shown: &Shown<'_>) -> Option<Node> {
    let Shown { dossier, .. } = shown;
    dossier.plan.market?;
    let heading = |key| Node::new(Tag::H3, "").words(Words::say(key));
    let turns: Vec<_> = shown.turns.iter().map(|turn| track(shown, turn)).collect();
    let answers = Warmth::of(dossier.history.touches());
    Some(
        fold("sidebar_rhythm", false)
            .maybe((!turns.is_empty()).then(|| Node::new(Tag::Ul, "tracks").nodes(turns)))
            .maybe(shown.cycle.as_ref().map(cycle(shown)))
            .node(heading("warmth_heading"))
            .maybe(
                (answers.letters > 0 || answers.unanswered == 0)
                    .then(|| Node::new(Tag::P, "").words(answered(&answers))),
            )
            .maybe((answers.unanswered > 0).then(|| {
                let count = i64::from(answers.unanswered);
                Node::new(Tag::P, "").words(Words::Count("warmth_unanswered", count, Vec::new()))
            }))
            .node(Node::new(Tag::Ul, "influences").nodes(influences(shown.influences))),
    )
}

/// One track: what, when on both clocks, how often, and what moved it.
fn track(shown: &Shown<'_>, turn: &Turn) -> Node {
    let (dossier, now) = (shown.dossier, shown.now);
    let when = dossier
        .place
        .zone
        .map(|zone| step_words::both_clocks(turn.opens, zone, now.seller));
    let every = turn.pace.as_ref().map(|pace| {
        let every = pace_words::every(pace.usual);
        let words = match pace.days == pace.usual_days {
            true => every,
            false => Words::Count("track_moved", i64::from(pace.days), vec![every]),
        };
        span("every", words)
    });
    Node::new(Tag::Li, "track")
        .node(
            Node::new(Tag::P, "track-head")
                .node(
                    span("rule", Words::raw(format!("{:?}", turn.rule)))
                        .with(Attr::Title, Words::say(why::rule_key(turn.rule))),
                )
                .node(span("name", Words::say(track_key(turn.track))))
                .maybe(every),
        )
        .maybe(when.map(|when| Node::new(Tag::P, "when").words(when)))
        .nodes(pace_words::pulled(turn).map(|why| Node::new(Tag::Ul, "pulled").node(why)))
        .maybe(turn.quiet_until.map(|last| {
            Node::new(Tag::P, "when").words(Words::Say("track_quiet", vec![Words::date(last)]))
        }))
}

/// When the first order is to be expected.
fn cycle<'s>(shown: &Shown<'s>) -> impl Fn(&'s Cycle) -> Node {
    let zone = shown
        .dossier
        .place
        .zone
        .map_or(shown.now.seller.0, |zone| zone.0);
    move |cycle| {
        let date = |at| Words::full_date(zone.local(at).date());
        Node::new(Tag::P, "cycle")
            .node(
                span("rule", Words::raw(format!("{:?}", cycle.rule)))
                    .with(Attr::Title, Words::say(why::rule_key(cycle.rule))),
            )
            .words(match cycle.to < shown.now.at {
                true => Words::Say("cycle_passed", vec![date(cycle.to)]),
                false => Words::Say("cycle_expected", vec![date(cycle.from), date(cycle.to)]),
            })
    }
}

/// How many letters were answered, and how fast.
fn answered(warmth: &Warmth) -> Words {
    if warmth.letters == 0 {
        return Words::say("warmth_unknown");
    }
    let counts = vec![Words::Number(i64::from(warmth.answered))];
    let letters = i64::from(warmth.letters);
    match warmth.half_within_hours {
        Some(hours) => {
            // Rounded up: what came within the day came within one day.
            let days = i64::from(hours / 24) + 1;
            let within = Words::Count("days", days, Vec::new());
            Words::Count("warmth_within", letters, [counts, vec![within]].concat())
        }
        None => Words::Count("warmth_answered", letters, counts),
    }
}

/// What moves the intervals, each with its rule and by how much.
fn influences(influences: &[Influence]) -> Vec<Node> {
    let one = |influence: &Influence| {
        let percent = i64::from(influence.factor.thousandths()) / 10;
        Node::new(Tag::Li, "")
            .node(span("rule", Words::raw(format!("{:?}", influence.rule))))
            .words(Words::say(pace_words::cause(influence.cause)))
            .node(span(
                "factor",
                Words::Say("value_percent", vec![Words::Number(percent)]),
            ))
    };
    match influences.is_empty() {
        true => vec![Node::new(Tag::Li, "").words(Words::say("warmth_nothing"))],
        false => influences.iter().map(one).collect(),
    }
}
