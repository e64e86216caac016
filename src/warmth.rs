//! How warm a client is (F1, F2) and how firmly they mean to buy (F3), and what that does to an
//! interval. What counts as warm is an extension: who wrote last, how fast and how often the
//! client answers.

use serde::{Deserialize, Serialize};

use crate::client::{Client, Intent, Stage};
use crate::history::{Author, Touch, TouchKind, unanswered};
use crate::playbook::{Cause, Factor, RuleId, Rules};

/// Only the last letters tell how a client answers now.
const RECENT_LETTERS: usize = 10;
/// One quick answer may be chance.
const ENOUGH_ANSWERS: u32 = 2;
/// An answer within two days is quick.
const QUICK_HOURS: u32 = 48;
/// An answer after more than a week is slow.
const SLOW_HOURS: u32 = 7 * 24;

/// How a client answers. Greetings ask for no answer and are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Warmth {
    /// Letters in a row, the last one included, that went unanswered.
    pub unanswered: u32,
    /// The user's last letters, ten at most.
    pub letters: u32,
    /// How many of those were answered.
    pub answered: u32,
    /// The hours that the client takes to answer: the median.
    pub typical_hours: Option<u32>,
}

impl Warmth {
    /// What a history, oldest first, says.
    #[must_use]
    pub fn of(touches: &[Touch]) -> Warmth {
        let asks = |touch: &&Touch| touch.kind != TouchKind::Greeting;
        let mut warmth = Warmth {
            unanswered: u32::try_from(unanswered(touches).iter().filter(asks).count())
                .unwrap_or(u32::MAX),
            ..Warmth::default()
        };
        let mut hours = [0_u32; RECENT_LETTERS];
        let mut slots = hours.iter_mut();
        let mut answer = None;
        for touch in touches.iter().rev().filter(asks) {
            match touch.by {
                Author::Client => answer = Some(touch.at),
                // Whoever wrote this, what follows may answer it and not the letter before.
                Author::Unknown => answer = None,
                Author::Seller => {
                    let Some(slot) = slots.next() else { break };
                    warmth.letters += 1;
                    // Unanswered letters sort behind all answers.
                    *slot = u32::MAX;
                    if let Some(at) = answer.take() {
                        warmth.answered += 1;
                        *slot = u32::try_from(at.since(touch.at).num_hours()).unwrap_or_default();
                    }
                }
            }
        }
        let taken = hours.get_mut(..warmth.letters as usize).unwrap_or_default();
        taken.sort_unstable();
        warmth.typical_hours = (warmth.answered > 0)
            .then(|| taken.get(warmth.answered as usize / 2).copied())
            .flatten();
        warmth
    }

    /// What the answers do to an interval; `None` where they are neither warm nor cold.
    fn cause(&self) -> Option<Cause> {
        let enough = self.answered >= ENOUGH_ANSWERS;
        match (self.unanswered, self.typical_hours) {
            (3.., _) => Some(Cause::MoreUnanswered),
            (2, _) => Some(Cause::TwoUnanswered),
            (_, Some(SLOW_HOURS..)) if enough => Some(Cause::SlowAnswers),
            (_, Some(..=QUICK_HOURS)) if enough && self.answered * 2 >= self.letters => {
                Some(Cause::QuickAnswers)
            }
            _ => None,
        }
    }
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
