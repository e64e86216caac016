//! A client as the playbook sees one: who they are, where, and how far the talks have come.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::address::Email;
use crate::clock::{ClientZone, Instant};
use crate::country::Country;
use crate::market::Market;
use crate::moment::Moment;
use crate::subdivision::Subdivision;

/// How far the talks have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// They asked; nothing was quoted yet.
    #[default]
    Inquiry,
    /// They have a quotation.
    Quoted,
    /// They have samples.
    Sampled,
    /// Terms are being talked over.
    Negotiating,
    /// They ordered: the rhythm rests.
    Ordered,
    /// They will not buy: the rhythm rests.
    Lost,
}

impl Stage {
    /// Every stage, in the order in which talks usually pass them.
    pub const ALL: [Stage; 6] = [
        Stage::Inquiry,
        Stage::Quoted,
        Stage::Sampled,
        Stage::Negotiating,
        Stage::Ordered,
        Stage::Lost,
    ];
}

/// How firmly they mean to buy (rule F3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// A clear plan to buy: more often.
    ClearPlan,
    /// Nothing is known: as the market has it.
    #[default]
    Open,
    /// Hesitant: less often.
    Hesitant,
}

/// What is known of a client. Whatever is `None` is unknown and is never made up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// The address that the user writes to.
    pub email: Email,
    /// The country.
    #[serde(default)]
    pub country: Option<Country>,
    /// The part of the country, where that has a calendar of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Subdivision>,
    /// The time zone.
    #[serde(default)]
    pub zone: Option<ClientZone>,
    /// The market, where the user chose one that is not the country's own.
    #[serde(default)]
    pub market: Option<Market>,
    /// The stage of the talks.
    #[serde(default)]
    pub stage: Stage,
    /// The client's intent.
    #[serde(default)]
    pub intent: Intent,
    /// What they last asked for or were quoted, in a few words of the user's own (P1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Days worth writing on (M1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<Moment>,
}

impl Client {
    /// A client of whom nothing but the address is known.
    #[must_use]
    pub fn new(email: Email) -> Client {
        Client {
            email,
            country: None,
            region: None,
            zone: None,
            market: None,
            stage: Stage::default(),
            intent: Intent::default(),
            about: None,
            moments: Vec::new(),
        }
    }
}

/// The user's wish to hear nothing about a thread for a while. It silences advice; it moves no mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// Anything the client wrote after this instant ends it; see [`Snooze::set`].
    pub since: Instant,
    /// When it ends by itself.
    pub until: Instant,
}

impl Snooze {
    /// The snooze that the user sets now, when letters of these instants are known.
    ///
    /// Webmails date letters by the minute: one of this minute that is not known yet came after the user's word.
    #[must_use]
    pub fn set(now: Instant, until: Instant, known: impl Iterator<Item = Instant>) -> Snooze {
        let before_this_minute = now.plus(TimeDelta::milliseconds(-(now.ms() % 60_000) - 1));
        let since = known
            .filter(|at| *at <= now)
            .fold(before_this_minute, Ord::max);
        Snooze { since, until }
    }
}

/// Local parts that machines write from.
const ROBOTS: [&str; 16] = [
    "noreply",
    "no-reply",
    "no_reply",
    "donotreply",
    "do-not-reply",
    "mailer-daemon",
    "postmaster",
    "notification",
    "notifications",
    "notify",
    "newsletter",
    "newsletters",
    "bounce",
    "bounces",
    "alerts",
    "updates",
];

/// Whether nobody reads what is sent to this address.
#[must_use]
pub fn is_robot(email: &Email) -> bool {
    const JOINTS: [char; 4] = ['-', '+', '.', '_'];
    let local = email.local();
    ROBOTS.iter().any(|robot| {
        local
            .strip_prefix(robot)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(JOINTS))
            || local
                .strip_suffix(robot)
                .is_some_and(|rest| rest.ends_with(JOINTS))
    })
}

/// What a company is known by: its mail domain, or the whole address where anybody can have one
/// at the domain.
#[must_use]
pub fn company_of(email: &Email) -> String {
    if crate::place::is_free_mail(email.domain()) {
        email.as_str().to_owned()
    } else {
        email.domain().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_are_told_from_people() {
        for robot in [
            "noreply@a.com",
            "no-reply+7@a.com",
            "info-noreply@a.com",
            "newsletter@a.de",
        ] {
            assert!(is_robot(&robot.parse().unwrap()), "{robot}");
        }
        for person in [
            "anna@a.com",
            "noreplyson@a.com",
            "info@a.com",
            "alertsmith@a.com",
        ] {
            assert!(!is_robot(&person.parse().unwrap()), "{person}");
        }
    }

    #[test]
    fn a_company_is_its_domain_but_a_free_mailer_is_alone() {
        assert_eq!(company_of(&"anna@weber.de".parse().unwrap()), "weber.de");
        assert_eq!(
            company_of(&"anna@gmail.com".parse().unwrap()),
            "anna@gmail.com"
        );
    }
}
