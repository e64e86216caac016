//! The one next step for a client: what, when, by which rules.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::client::{Client, Snooze, Stage};
use crate::clock::{Instant, Opening, SellerZone};
use crate::guard::Guard;
use crate::history::{Author, History, Touch};
use crate::letter::{self, Letter};
use crate::market::Market;
use crate::playbook::{Playbook, RuleId, Rules};
use crate::rhythm::{Cycle, Facts, Place, Turn, all_turns, next_turn, open_for_letter};
use crate::warmth::Warmth;

/// Everything that a plan for one client is made from.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The client.
    pub client: &'a Client,
    /// What has passed with them, over all their threads.
    pub history: &'a History,
    /// What has passed with everybody at their company (rule G1); the client's own history again
    /// where nobody else there is known.
    pub company: &'a History,
    /// The snooze, if one is set.
    pub snooze: Option<Snooze>,
}

/// Who must act, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The client wrote last: answer before anything else.
    ReplyNow,
    /// The follow-up's day has come.
    Due,
    /// The follow-up's day lies ahead.
    Waiting,
    /// The user wants to hear nothing until later.
    Snoozed,
    /// Two letters went unanswered within days: the next one would be too soon (G1).
    TooSoon,
    /// Where the client is, is unknown, so no date is made up.
    UnknownPlace,
    /// Ordered or lost: the rhythm rests.
    Ordered,
}

/// What the next step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Answer what the client wrote.
    Reply,
    /// Write, with something of value.
    Touch,
    /// Send or renew a quotation.
    Quote,
    /// Send or offer samples.
    Sample,
    /// Send holiday wishes.
    Greeting,
}

/// What the letter is about (rules P2, W5, S4, T1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Their question.
    TheirQuestion,
    /// Market trends and data.
    MarketData,
    /// New or improved products.
    ProductNews,
    /// Lead times and supply stability.
    LeadTimes,
    /// Next season's plan.
    SeasonPlan,
    /// A proposal for their need before they ask.
    Proposal,
    /// Price and quality.
    PriceQuality,
    /// Promotion material.
    Promotion,
    /// The quotation itself.
    Quotation,
    /// The samples themselves.
    Samples,
    /// The holiday.
    Holiday,
    /// The anniversary of their company.
    Anniversary,
    /// The user's own closing days: the last day to order, and when work goes on.
    OwnClosing,
}

/// One next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What to do.
    pub kind: StepKind,
    /// What to write about.
    pub topic: Topic,
    /// What goes well with it, e.g. samples with a quotation (S3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<StepKind>,
    /// When the window for it opens: never in the past by more than the window's own length.
    pub opens: Instant,
    /// When that window closes, exclusive.
    pub closes: Instant,
    /// The rules that made it, most telling first.
    pub rules: Vec<RuleId>,
}

/// A plan for one client at one instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The market whose rhythm applies; `None` where unknown.
    pub market: Option<Market>,
    /// Whole periods of 24 hours since the last contact in either direction; `None` where there
    /// was none.
    pub days_since_contact: Option<u32>,
    /// Who must act.
    pub status: Status,
    /// The step; `None` where there is none to take (rest) or to date (unknown place).
    pub step: Option<Step>,
    /// From when on the client belongs on the due list if nothing else happens: the one instant
    /// that badge, list and alarm are derived from. `None`: never by itself.
    pub due_at: Option<Instant>,
    /// The track that has the turn, and how that came about; `None` where none has.
    pub turn: Option<Turn>,
    /// What was sent to the company and not answered; `None` where nothing was.
    pub guard: Option<Guard>,
}

/// What the facts ask for, before a snooze and the clock have their say.
enum Call<'a> {
    /// Answer what came at this instant.
    Reply(Instant),
    /// Nothing: ordered or lost.
    Rest,
    /// To be told where the client is.
    Ask,
    /// Nothing yet: there was no contact.
    Begin,
    /// To follow the rhythm of this place.
    Follow(&'a Place),
}

/// Clocks of mail servers differ; what claims to be later than this after `now` did not happen.
const CLOCK_SKEW: TimeDelta = TimeDelta::days(1);

/// Works out the next step for a client.
///
/// Who acts is settled in this order: a snooze that runs silences everything; a client who wrote
/// last is answered, also where their place is unknown; an order or a loss rests the rhythm; a
/// client whose place is unknown gets no date; all others follow their market's rhythm.
#[must_use]
pub fn plan(case: &Case<'_>, playbook: &Playbook, _seller: SellerZone, now: Instant) -> Plan {
    let touches = case.history.until(now.plus(CLOCK_SKEW));
    let market = Place::market(case.client);
    let place = Place::in_market(case.client, market, playbook);
    let silent_until = snoozed_until(case.snooze, touches);
    let later = |at: Instant| silent_until.map_or(at, |until| at.max(until));
    let mut plan = Plan {
        market: market.map(|(market, _)| market),
        days_since_contact: touches.last().map(|last| now.whole_days_since(last.at)),
        status: Status::Waiting,
        step: None,
        due_at: None,
        turn: None,
        guard: None,
    };
    match call(case.client, touches, place.as_ref()) {
        Call::Reply(at) => {
            let from = later(at);
            plan.status = Status::ReplyNow;
            plan.due_at = Some(from);
            plan.step =
                place.and_then(|place| reply(case, touches, playbook, &place, now.max(from)));
        }
        Call::Rest => plan.status = Status::Ordered,
        Call::Ask => plan.status = Status::UnknownPlace,
        Call::Begin => {}
        Call::Follow(place) => {
            let rules = playbook.rules(place.market, &case.client.email);
            let guard = Guard::over(case.company.until(now.plus(CLOCK_SKEW)), rules.gap_days);
            let facts = facts(case, playbook, place, &rules, guard, now);
            plan.guard = facts.guard;
            plan.turn = next_turn(&facts);
            plan.due_at = plan.turn.as_ref().map(|turn| later(turn.opens));
            if plan.due_at.is_some_and(|due_at| now >= due_at) {
                plan.status = Status::Due;
            } else if guard.is_some_and(|guard| guard.is_too_soon(now)) {
                plan.status = Status::TooSoon;
            }
            let from = plan.due_at.map_or(now, |due_at| due_at.max(now));
            plan.step = plan
                .turn
                .as_ref()
                .and_then(|turn| follow_up(&facts, turn, plan.status, from));
        }
    }
    if silent_until.is_some_and(|until| now < until) {
        plan.status = Status::Snoozed;
    }
    plan
}

/// Every track's next turn, the earliest first, for the whole picture of a client; empty where
/// nothing is to be followed up. The one that [`plan`] asks for is among them.
#[must_use]
pub fn outlook(case: &Case<'_>, playbook: &Playbook, now: Instant) -> Vec<Turn> {
    let touches = case.history.until(now.plus(CLOCK_SKEW));
    let place = Place::of(case.client, playbook);
    let Call::Follow(place) = call(case.client, touches, place.as_ref()) else {
        return Vec::new();
    };
    let rules = playbook.rules(place.market, &case.client.email);
    let guard = Guard::over(case.company.until(now.plus(CLOCK_SKEW)), rules.gap_days);
    all_turns(&facts(case, playbook, place, &rules, guard, now))
}

/// When a client's first order is to be expected (W1, S1, I1); `None` where they never wrote or
/// their place is unknown.
#[must_use]
pub fn cycle(client: &Client, history: &History, playbook: &Playbook) -> Option<Cycle> {
    Cycle::of(&Place::of(client, playbook)?, history.touches())
}

/// What the rhythm of a client is worked out from.
fn facts<'a>(
    case: &Case<'a>,
    playbook: &'a Playbook,
    place: &'a Place,
    rules: &'a Rules,
    guard: Option<Guard>,
    now: Instant,
) -> Facts<'a> {
    let touches = case.history.until(now.plus(CLOCK_SKEW));
    Facts {
        client: case.client,
        place,
        playbook,
        rules,
        touches,
        warmth: Warmth::of(touches),
        guard: guard.map(|guard| guard.opened(place, rules.hours, now)),
        now,
    }
}

/// Who must act, from the facts alone.
fn call<'a>(client: &Client, touches: &[Touch], place: Option<&'a Place>) -> Call<'a> {
    match (touches.last(), place) {
        (Some(last), _) if last.by == Author::Client => Call::Reply(last.at),
        _ if matches!(client.stage, Stage::Ordered | Stage::Lost) => Call::Rest,
        (_, None) => Call::Ask,
        (None, Some(_)) => Call::Begin,
        (Some(_), Some(place)) => Call::Follow(place),
    }
}

/// When the snooze ends by itself; `None` where there is none or the client ended it by writing.
/// A touch of unknown author may be the user's own letter and ends nothing.
fn snoozed_until(snooze: Option<Snooze>, touches: &[Touch]) -> Option<Instant> {
    let snooze = snooze?;
    let woken = touches
        .iter()
        .rev()
        .take_while(|touch| touch.at > snooze.since)
        .any(|touch| touch.by == Author::Client);
    (!woken).then_some(snooze.until)
}

/// The answer that is owed, from an instant on.
fn reply(
    case: &Case<'_>,
    touches: &[Touch],
    playbook: &Playbook,
    place: &Place,
    from: Instant,
) -> Option<Step> {
    let rules = playbook.rules(place.market, &case.client.email);
    let Opening { opens, closes } = place.next_opening(rules.hours, from)?.opening;
    let also = letter::with_answer(case.client, place, &rules, touches, opens);
    Some(Step {
        kind: StepKind::Reply,
        topic: Topic::TheirQuestion,
        also,
        opens,
        closes,
        rules: match also {
            Some(_) => vec![RuleId::P1, RuleId::S3, RuleId::W3],
            None => vec![RuleId::P1, RuleId::W3],
        },
    })
}

/// The letter that a track's turn asks for, from an instant on.
fn follow_up(facts: &Facts<'_>, turn: &Turn, status: Status, from: Instant) -> Option<Step> {
    let Opening { opens, closes } = if from <= turn.opens {
        Opening {
            opens: turn.opens,
            closes: turn.closes,
        }
    } else {
        open_for_letter(facts, from)?.0
    };
    let mut rules = Vec::with_capacity(8);
    if status == Status::TooSoon {
        rules.push(RuleId::G1);
    }
    rules.push(turn.rule);
    if let Some(pace) = &turn.pace {
        rules.extend(pace.influences.iter().map(|influence| influence.rule));
    }
    let Letter { kind, topic, also } = letter::of(facts, turn, &mut rules);
    if turn.quiet_until.is_some() {
        rules.push(RuleId::E2);
    }
    rules.push(RuleId::W3);
    if facts.client.market.is_some() || turn.pace.as_ref().is_some_and(|pace| pace.changed) {
        rules.push(RuleId::N1);
    }
    rules.dedup();
    Some(Step {
        kind,
        topic,
        also,
        opens,
        closes,
        rules,
    })
}

#[cfg(test)]
mod by_rule;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
