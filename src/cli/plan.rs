//! `cadence plan`.

use std::error::Error;

use cadence::client::{Client, Snooze};
use cadence::clock::{ClientZone, Instant, SellerZone, Zone};
use cadence::country::Country;
use cadence::history::{Author, History, Touch, TouchKind};
use cadence::place::{self, Certainty, Clues};
use cadence::playbook::Playbook;
use cadence::step::{Case, Plan, plan};
use serde::{Deserialize, Serialize};

/// A line of input.
#[derive(Deserialize)]
pub(crate) struct Question {
    now: Instant,
    seller_zone: Zone,
    client: Client,
    messages: Vec<Message>,
    /// What passed with the client's colleagues.
    #[serde(default)]
    company_messages: Vec<Message>,
    #[serde(default)]
    snooze: Option<Snooze>,
    /// The user's changes to the rules.
    #[serde(default)]
    playbook: Playbook,
}

#[derive(Deserialize)]
struct Message {
    at: Instant,
    from_me: bool,
    #[serde(default)]
    kind: TouchKind,
}

/// A line of output, after its id.
#[derive(Serialize)]
pub(crate) struct Answer {
    local_time: Option<String>,
    #[serde(flatten)]
    plan: Plan,
}

/// Answers one line.
pub(crate) fn answer(question: Question) -> Result<Answer, Box<dyn Error>> {
    let client = placed(question.client)?;
    let history = history(&question.messages);
    let mut company = history.clone();
    company.unite(&self::history(&question.company_messages));
    let case = Case {
        client: &client,
        history: &history,
        company: &company,
        snooze: question.snooze,
    };
    let plan = plan(
        &case,
        &question.playbook,
        SellerZone(question.seller_zone),
        question.now,
    );
    Ok(Answer {
        local_time: client.zone.map(|ClientZone(zone)| {
            zone.local(question.now)
                .format("%Y-%m-%dT%H:%M:%S")
                .to_string()
        }),
        plan,
    })
}

/// The client, with what is missing of their place worked out where it is certain.
fn placed(mut client: Client) -> Result<Client, Box<dyn Error>> {
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
    if client.country.is_none() {
        let inferred = place::infer(&Clues {
            email: &client.email,
            name: None,
            text: None,
            language: None,
            offsets: &[],
            word: None,
            colleagues: &[],
        });
        if inferred.certainty == Certainty::Known {
            client.country = inferred.country;
            client.zone = client.zone.or(inferred.zone);
        }
    }
    // A zone of the database lies in one country; so does who lives by it.
    if let (None, Some(zone)) = (client.country, client.zone) {
        client.country = Country::all().find(|country| place::zones(*country).contains(&zone));
    }
    if let (Some(country), None) = (client.country, client.zone) {
        client.zone = place::zones(country).first().copied();
    }
    Ok(client)
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
