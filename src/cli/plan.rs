//! `cadence plan`.

use std::error::Error;

use cadence::client::{Client, Snooze};
use cadence::clock::{ClientZone, Instant, SellerZone, Zone};
use cadence::country::Country;
use cadence::history::{Author, History, Touch, TouchKind};
use cadence::place::{self, Certainty, Clues, PlaceWord, WordScope, ZoneBasis};
use cadence::playbook::Playbook;
use cadence::step::{Case, Plan, plan};
use serde::{Deserialize, Serialize};

/// A line of input.
#[derive(Deserialize)]
pub(crate) struct Question {
    pub(crate) now: Instant,
    pub(crate) seller_zone: Zone,
    client: Client,
    messages: Vec<Message>,
    /// What passed with the client's colleagues.
    #[serde(default)]
    company_messages: Vec<Message>,
    #[serde(default)]
    snooze: Option<Silence>,
    /// The user's changes to the rules.
    #[serde(default)]
    pub(crate) playbook: Playbook,
}

#[derive(Deserialize)]
struct Message {
    at: Instant,
    from_me: bool,
    #[serde(default)]
    kind: TouchKind,
}

/// A snooze; set at this very moment where it does not say since when it holds.
#[derive(Clone, Copy, Deserialize)]
struct Silence {
    #[serde(default)]
    since: Option<Instant>,
    until: Instant,
}

/// A line of output, after its id.
#[derive(Serialize)]
pub(crate) struct Answer {
    local_time: Option<String>,
    #[serde(flatten)]
    plan: Plan,
    /// The zone that the dates are made with, and why that one.
    zone: Option<ClientZone>,
    zone_basis: Option<ZoneBasis>,
    /// `false` where it is not known which holidays the step's day keeps.
    #[serde(skip_serializing_if = "Option::is_none")]
    known: Option<bool>,
}

/// What a question says, made ready.
pub(crate) struct Told {
    client: Client,
    zone_basis: Option<ZoneBasis>,
    history: History,
    company: History,
    snooze: Option<Snooze>,
}

impl Told {
    /// Reads a question.
    pub(crate) fn of(question: &Question) -> Result<Told, Box<dyn Error>> {
        let (client, zone_basis) = placed(question.client.clone())?;
        let history = history(&question.messages);
        let mut company = history.clone();
        company.unite(&self::history(&question.company_messages));
        let snooze = question.snooze.map(|snooze| Snooze {
            since: snooze.since.unwrap_or(question.now),
            until: snooze.until,
        });
        Ok(Told {
            client,
            zone_basis,
            history,
            company,
            snooze,
        })
    }

    /// What a plan is made from.
    pub(crate) fn case(&self) -> Case<'_> {
        Case {
            client: &self.client,
            history: &self.history,
            company: &self.company,
            snooze: self.snooze,
        }
    }
}

/// Answers one line.
#[expect(
    clippy::needless_pass_by_value,
    reason = "one line's answer takes its question"
)]
pub(crate) fn answer(question: Question) -> Result<Answer, Box<dyn Error>> {
    let told = Told::of(&question)?;
    let Question { now, playbook, .. } = &question;
    let plan = plan(
        &told.case(),
        playbook,
        SellerZone(question.seller_zone),
        *now,
    );
    let Client {
        country,
        region,
        zone,
        ..
    } = told.client;
    let is_known = plan.step.as_ref().zip(zone).map(|(step, zone)| {
        let calendar = playbook.calendar(country, region);
        calendar.knows(zone.0.date(step.opens))
    });
    Ok(Answer {
        local_time: zone.map(|ClientZone(zone)| {
            let local = zone.local(*now);
            local.format("%Y-%m-%dT%H:%M:%S").to_string()
        }),
        plan,
        zone,
        zone_basis: told.zone_basis,
        known: is_known.filter(|known| !known),
    })
}

/// The client, with what is missing of their place worked out where it is certain, and how their
/// zone came about.
fn placed(mut client: Client) -> Result<(Client, Option<ZoneBasis>), Box<dyn Error>> {
    // A region says the country, and contradicts another one.
    if let Some(region) = client.region {
        if client
            .country
            .is_some_and(|country| country != region.country())
        {
            return Err(format!("{} is in another country", region.code()).into());
        }
        client.country = Some(region.country());
    }
    let given = client.zone.map(|_| ZoneBasis::Word);
    let inferred = place::infer(&Clues {
        email: &client.email,
        name: None,
        text: None,
        language: None,
        offsets: &[],
        word: client.country.map(|country| PlaceWord {
            country,
            region: client.region,
            zone: client.zone,
            scope: WordScope::Person,
        }),
        colleagues: &[],
    });
    if inferred.certainty == Certainty::Known {
        client.country = inferred.country;
        client.zone = client.zone.or(inferred.zone);
    }
    // A zone of the database lies in one country; so does who lives by it.
    if let (None, Some(zone)) = (client.country, client.zone) {
        client.country = Country::all().find(|country| place::zones(*country).contains(&zone));
    }
    let basis = given.or(inferred.zone_basis.filter(|_| client.zone.is_some()));
    Ok((client, basis))
}

/// The messages as touches. Their ids are made of what they say, so that the same messages in
/// any order are the same history.
fn history(messages: &[Message]) -> History {
    let touch = |message: &Message| {
        let id = format!("{}-{}-{:?}", message.at.ms(), message.from_me, message.kind);
        let by = if message.from_me {
            Author::Seller
        } else {
            Author::Client
        };
        Touch {
            kind: message.kind,
            ..Touch::new(id, message.at, by)
        }
    };
    History::from(messages.iter().map(touch).collect::<Vec<_>>())
}
