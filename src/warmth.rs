//! How warm a client is (F1, F2) and how firmly they mean to buy (F3), and what that does to an
//! interval. What counts as warm is an extension: who wrote last, how fast and how often the
//! client answers.

use serde::{Deserialize, Serialize};

use crate::client::{Client, Intent, Stage};
use crate::history::{Author, Touch, TouchKind, unanswered};
use crate::order::Order;
use crate::playbook::{Cause, Factor, RuleId, Rules};

/// Only the last letters tell how a client answers now.
const RECENT_LETTERS: usize = 10;
/// One letter's answer may be chance.
const ENOUGH_LETTERS: u32 = 2;
/// An answer within two days is quick.
const QUICK_HOURS: u32 = 48;
/// An answer after more than a week is slow.
const SLOW_HOURS: u32 = 7 * 24;
/// How long an answer takes that never came.
const NEVER: u32 = u32::MAX;

/// How a client answers. Greetings ask for no answer and are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Warmth {
    /// Letters in a row, the last one included, that went unanswered.
    pub unanswered: u32,
    /// The letters before those: the last ten at most.
    pub letters: u32,
    /// How many of them were answered before the next one went.
    pub answered: u32,
    /// Half of them were answered within so many hours; `None` where fewer were at all.
    pub half_within_hours: Option<u32>,
    /// More than half of them were answered within so many hours; `None` where fewer were at all.
    pub most_within_hours: Option<u32>,
}

impl Warmth {
    /// What a history, oldest first, says.
    #[must_use]
    pub fn of(touches: &[Touch]) -> Warmth {
        let asks = |touch: &&Touch| touch.kind != TouchKind::Greeting;
        let run = unanswered(touches);
        let before = touches.get(..touches.len() - run.len()).unwrap_or_default();
        let mut hours = [NEVER; RECENT_LETTERS];
        let mut slots = hours.iter_mut();
        let (mut letters, mut answered) = (0, 0);
        let mut answer = None;
        for touch in before.iter().rev().filter(asks) {
            match touch.by {
                Author::Client => answer = Some(touch.at),
                // Whoever wrote this, what follows may answer it and not the letter before.
                Author::Unknown => answer = None,
                Author::Seller => {
                    let Some(slot) = slots.next() else { break };
                    letters += 1;
                    if let Some(at) = answer.take() {
                        answered += 1;
                        *slot = u32::try_from(at.since(touch.at).num_hours()).unwrap_or_default();
                    }
                }
            }
        }
        let taken = hours.get_mut(..letters).unwrap_or_default();
        taken.order();
        let within = |place: usize| taken.get(place).copied().filter(|hours| *hours != NEVER);
        Warmth {
            unanswered: count(run.iter().filter(asks).count()),
            letters: count(letters),
            answered,
            half_within_hours: within(letters.saturating_sub(1) / 2),
            most_within_hours: within(letters / 2),
        }
    }

    /// What the answers do to an interval; `None` where they are neither warm nor cold. An answer
    /// that comes later or not at all never makes it shorter.
    fn cause(&self) -> Option<Cause> {
        match self.unanswered {
            3.. => return Some(Cause::MoreUnanswered),
            2 => return Some(Cause::TwoUnanswered),
            _ if self.letters < ENOUGH_LETTERS => return None,
            _ => {}
        }
        if self
            .half_within_hours
            .is_none_or(|hours| hours > SLOW_HOURS)
        {
            Some(Cause::SlowAnswers)
        } else if self
            .most_within_hours
            .is_some_and(|hours| hours <= QUICK_HOURS)
        {
            Some(Cause::QuickAnswers)
        } else {
            None
        }
    }
}

fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}

/// One thing that moves an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Influence {
    /// What it is.
    pub cause: Cause,
    /// The rule that says so.
    pub rule: RuleId,
    /// How much it moves the interval.
    pub factor: Factor,
}

/// What moves a client's intervals, the answers first.
pub(crate) fn influences(client: &Client, warmth: &Warmth, rules: &Rules) -> Vec<Influence> {
    if !rules.adapt {
        return Vec::new();
    }
    let intent = match client.intent {
        Intent::ClearPlan => Some(Cause::ClearPlan),
        Intent::Open => None,
        Intent::Hesitant => Some(Cause::Hesitant),
    };
    let stage = (client.stage == Stage::Negotiating).then_some(Cause::Negotiating);
    [warmth.cause(), intent, stage]
        .into_iter()
        .flatten()
        .map(|cause| Influence {
            cause,
            rule: cause.rule(),
            factor: rules.factors.of(cause),
        })
        .collect()
}
