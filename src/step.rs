//! The one next step for a client: what, when, by which rules.

use serde::{Deserialize, Serialize};

use crate::client::{Client, Snooze};
use crate::clock::{Instant, SellerZone};
use crate::history::History;
use crate::market::Market;
use crate::playbook::{Playbook, RuleId};

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
}

/// One next step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What to do.
    pub kind: StepKind,
    /// What to write about.
    pub topic: Topic,
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
}

/// Works out the next step for a client.
#[must_use]
pub fn plan(_case: &Case<'_>, _playbook: &Playbook, _seller: SellerZone, _now: Instant) -> Plan {
    Plan {
        market: None,
        days_since_contact: None,
        status: Status::UnknownPlace,
        step: None,
        due_at: None,
    }
}
