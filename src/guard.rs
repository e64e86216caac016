//! Rule G1: writing every 2–3 days backfires. The guard advises; it blocks nothing.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::clock::{Hours, Instant};
use crate::history::{Touch, TouchKind, unanswered};
use crate::rhythm::Place;

/// What has been sent to a company and not been answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guard {
    /// How many letters; greetings are no chase and are not counted.
    pub unanswered: u32,
    /// Whether the last two of them lie too close together.
    pub too_close: bool,
    /// From when on another letter keeps the gap. Where that lies ahead, a plan has the first
    /// opening of the send window in its place.
    pub welcome: Instant,
}

impl Guard {
    /// The guard over everything that passed with a company, oldest first; `None` where nothing
    /// is unanswered.
    pub(crate) fn over(company: &[Touch], gap_days: u16) -> Option<Guard> {
        let gap = TimeDelta::days(gap_days.into());
        let run = unanswered(company);
        let mut chases = run
            .iter()
            .rev()
            .filter(|touch| touch.kind != TouchKind::Greeting);
        let (newest, before) = (chases.next(), chases.next());
        let too_close = newest
            .zip(before)
            .is_some_and(|(last, before)| last.at.since(before.at) <= gap);
        let count = newest.iter().len() + before.iter().len() + chases.count();
        Some(Guard {
            unanswered: u32::try_from(count).unwrap_or(u32::MAX),
            too_close,
            // A greeting is no chase, yet the letter after it keeps the same distance.
            welcome: run.last()?.at.plus(gap + TimeDelta::milliseconds(1)),
        })
    }

    /// The same guard, whose welcome waits for the send window, where it lies ahead still.
    pub(crate) fn opened(self, place: &Place, hours: Hours, now: Instant) -> Guard {
        if self.welcome <= now {
            return self;
        }
        let slot = place.next_opening(hours, self.welcome);
        let welcome = slot.map_or(self.welcome, |slot| slot.opening.opens);
        Guard { welcome, ..self }
    }

    /// Whether two letters went out within the gap and the next one is not welcome yet.
    #[must_use]
    pub fn is_too_soon(&self, now: Instant) -> bool {
        self.too_close && now < self.welcome
    }
}
