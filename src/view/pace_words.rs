//! The rhythm in words: how often, what moved it, what speaks against writing now.

use super::{Node, Tag, Words};
use crate::dossier::Dossier;
use crate::guard::Guard;
use crate::playbook::{Cause, Span, Unit};
use crate::rhythm::{Pace, Pull, Turn};
use crate::step::StepKind;

/// “Monthly, lengthened to 38 days”; `None` where no interval made the step.
#[must_use]
pub fn pace(dossier: &Dossier) -> Option<Words> {
    let pace = dossier.plan.turn.as_ref()?.pace.as_ref()?;
    let usual = every(pace.usual);
    Some(match pace.days.cmp(&pace.usual_days) {
        std::cmp::Ordering::Equal => usual,
        std::cmp::Ordering::Greater => moved("pace_longer", pace, usual),
        std::cmp::Ordering::Less => moved("pace_shorter", pace, usual),
    })
}

fn moved(key: &'static str, pace: &Pace, usual: Words) -> Words {
    Words::Count(key, i64::from(pace.days), vec![usual])
}

/// “monthly”, “every 2 months”.
#[must_use]
pub fn every(span: Span) -> Words {
    let (once, key) = match span.unit {
        Unit::Day => ("every_day", "every_days"),
        Unit::Week => ("every_week", "every_weeks"),
        Unit::Month => ("every_month", "every_months"),
        Unit::Quarter => ("every_quarter", "every_quarters"),
    };
    match span.count {
        1 => Words::say(once),
        count => Words::Count(key, i64::from(count), Vec::new()),
    }
}

/// What moved the interval, what pulled the letter forward, which reminder it is, and what was
/// left unanswered: a line each, for the panel that says why.
#[must_use]
pub fn reasons(dossier: &Dossier) -> Vec<Node> {
    let turn = dossier.plan.turn.as_ref();
    let influences = turn
        .iter()
        .filter_map(|turn| turn.pace.as_ref())
        .flat_map(|pace| {
            let usual = (pace.days != pace.usual_days).then(|| moved_by(pace));
            usual.into_iter().chain(pace.influences.iter().map(|one| {
                Node::new(Tag::Li, "")
                    .node(Node::new(Tag::Span, "rule").words(Words::raw(format!("{:?}", one.rule))))
                    .words(Words::say(cause(one.cause)))
            }))
        });
    influences
        .chain(turn.and_then(pulled))
        .chain(turn.and_then(|turn| turn.reminder).map(|nth| {
            item(Words::Say(
                "why_reminder",
                vec![Words::Number(i64::from(nth))],
            ))
        }))
        .chain(dossier.plan.guard.as_ref().and_then(unanswered))
        .collect()
}

fn moved_by(pace: &Pace) -> Node {
    let days = |days: u32| Words::Count("days", i64::from(days), Vec::new());
    item(Words::Say(
        "why_moved",
        vec![days(pace.usual_days), days(pace.days)],
    ))
}

fn item(words: Words) -> Node {
    Node::new(Tag::Li, "").words(words)
}

/// What moved an interval.
#[must_use]
pub fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::TwoUnanswered => "cause_two_unanswered",
        Cause::MoreUnanswered => "cause_more_unanswered",
        Cause::SlowAnswers => "cause_slow_answers",
        Cause::QuickAnswers => "cause_quick_answers",
        Cause::ClearPlan => "cause_clear_plan",
        Cause::Hesitant => "cause_hesitant",
        Cause::Negotiating => "cause_negotiating",
    }
}

/// What pulled a letter forward.
pub(super) fn pulled(turn: &Turn) -> Option<Node> {
    use crate::moment::MomentKind;
    let pulled = turn.pulled?;
    let key = match pulled.by {
        Pull::Moment(MomentKind::Anniversary) => "pulled_anniversary",
        Pull::Moment(MomentKind::GoodNews) => "pulled_good_news",
        Pull::Moment(MomentKind::NewProduct) => "pulled_new_product",
        Pull::Holiday => "pulled_holiday",
        Pull::Closing => "pulled_closing",
    };
    Some(item(Words::Say(key, vec![Words::date(pulled.on)])))
}

fn unanswered(guard: &Guard) -> Option<Node> {
    let count = i64::from(guard.unanswered);
    (count > 0).then(|| item(Words::Count("why_unanswered", count, Vec::new())))
}

/// What goes well with the step: “and offer samples”.
#[must_use]
pub fn also(dossier: &Dossier) -> Option<Words> {
    match dossier.plan.step.as_ref()?.also? {
        StepKind::Sample => Some(Words::say("also_sample")),
        StepKind::Quote => Some(Words::say("also_quote")),
        StepKind::Greeting => Some(Words::say("also_greeting")),
        StepKind::Reply | StepKind::Touch => None,
    }
}
