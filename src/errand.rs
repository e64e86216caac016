//! What a client is on the due list for, in a word: what the list is filtered by.

use serde::{Deserialize, Serialize};

use crate::rhythm::Track;
use crate::step::{Plan, Status};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Errand {
    /// Answer what they wrote.
    Reply,
    /// Recall an open quotation.
    OpenQuote,
    /// Renew the quotation.
    Quote,
    /// Write with something of value.
    Touch,
    /// Offer samples.
    Sample,
    /// Send holiday wishes.
    Greeting,
}

impl Errand {
    /// Every errand, the most pressing first.
    pub const ALL: [Errand; 6] = [
        Errand::Reply,
        Errand::OpenQuote,
        Errand::Quote,
        Errand::Touch,
        Errand::Sample,
        Errand::Greeting,
    ];

    /// What a plan asks for; `None` where it asks for nothing.
    #[must_use]
    pub fn of(plan: &Plan) -> Option<Errand> {
        plan.due_at?;
        match &plan.turn {
            Some(turn) => Some(match turn.track {
                Track::OpenQuote => Errand::OpenQuote,
                Track::Quote => Errand::Quote,
                Track::Touch => Errand::Touch,
                Track::Sample => Errand::Sample,
                Track::Greeting => Errand::Greeting,
            }),
            // A snoozed answer is an answer.
            None => {
                matches!(plan.status, Status::ReplyNow | Status::Snoozed).then_some(Errand::Reply)
            }
        }
    }

    /// The name used in forms, e.g. `open_quote`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Errand::Reply => "reply",
            Errand::OpenQuote => "open_quote",
            Errand::Quote => "quote",
            Errand::Touch => "touch",
            Errand::Sample => "sample",
            Errand::Greeting => "greeting",
        }
    }
}

impl std::str::FromStr for Errand {
    type Err = ();

    fn from_str(name: &str) -> Result<Errand, ()> {
        let mut all = Errand::ALL.into_iter();
        all.find(|errand| errand.name() == name).ok_or(())
    }
}
