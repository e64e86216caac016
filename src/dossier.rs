//! All that is known of one client at one instant, gathered for a plan and its picture.

use crate::client::Client;
use crate::clock::{BestBecause, Calendar, ClientZone, Hours, Instant, Opening, SellerZone};
use crate::daytime::Daytime;
use crate::errand::Errand;
use crate::history::{History, SENT};
use crate::place::{self, Certainty, Clues, Inference};
use crate::playbook::Playbook;
use crate::snooze::{Preset, presets};
use crate::step::{Case, Plan, plan};
use crate::store::{ClientRecord, Held, ThreadRecord};

/// The instant and the zone that the user looks from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The instant.
    pub at: Instant,
    /// The user's zone.
    pub seller: SellerZone,
}

/// One client: who, where, what passed, what next.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The client. Derived fields are as stored, not yet as planned here.
    pub record: ClientRecord,
    /// Whether Cadence follows them: it keeps what it sees and counts them when they are due.
    pub followed: bool,
    /// Where they are.
    pub place: Inference,
    /// The client as the playbook sees them.
    pub client: Client,
    /// Their country's calendar with the user's corrections; `None` where the country is unknown.
    pub calendar: Option<Calendar>,
    /// When a letter finds them at work, on their own clock.
    pub hours: Hours,
    /// What passed with them over all threads.
    pub history: History,
    /// What passed with everybody at their company.
    pub company: History,
    /// The thread whose snooze is in force, if one is.
    pub snoozed: Option<ThreadRecord>,
    /// The last thread that was written in.
    pub last_thread: Option<ThreadRecord>,
    /// What next.
    pub plan: Plan,
}

impl Dossier {
    /// Gathers what is held of a client's company into a plan for the client.
    #[must_use]
    pub fn new(
        record: &ClientRecord,
        followed: bool,
        held: &Held,
        rules: &Playbook,
        now: Now,
    ) -> Dossier {
        let theirs = || {
            held.threads
                .iter()
                .filter(|thread| thread.client == record.key.email)
        };
        let mut history = History::default();
        theirs().for_each(|thread| history.unite(&thread.history));
        history.unite(&record.logged);
        let mut company = History::default();
        held.threads
            .iter()
            .for_each(|thread| company.unite(&thread.history));
        held.clients
            .iter()
            .for_each(|client| company.unite(&client.logged));
        let snoozed = theirs()
            .filter(|thread| thread.snooze.is_some_and(|snooze| snooze.until > now.at))
            .max_by_key(|thread| thread.snooze.map(|snooze| snooze.until))
            .cloned();
        let place = place_of(record, held);
        let client = record.client(&place);
        let plan = plan(
            &Case {
                client: &client,
                history: &history,
                company: &company,
                snooze: snoozed.as_ref().and_then(|thread| thread.snooze),
            },
            rules,
            now.seller,
            now.at,
        );
        Dossier {
            record: record.clone(),
            followed,
            calendar: place
                .country
                .map(|_| rules.calendar(place.country, place.region)),
            hours: plan.market.map_or(Hours::W3, |market| {
                rules.rules(market, &record.key.email).hours
            }),
            place,
            client,
            company,
            snoozed,
            last_thread: theirs()
                // A letter that was just sent may have no thread yet that could be opened.
                .filter(|thread| !thread.key.id.starts_with(SENT))
                .max_by_key(|thread| thread.history.last().map(|touch| touch.at))
                .cloned(),
            history,
            plan,
        }
    }

    /// What a plan for them is made from.
    #[must_use]
    pub fn case(&self) -> Case<'_> {
        Case {
            client: &self.client,
            history: &self.history,
            company: &self.company,
            snooze: self.snoozed.as_ref().and_then(|thread| thread.snooze),
        }
    }

    /// What part of their day they are in, by the clocks of a zone.
    #[must_use]
    pub fn daytime(&self, zone: ClientZone, now: Instant) -> Daytime {
        Daytime::at(self.calendar.as_ref(), self.hours, zone, now)
    }

    /// The best stretch for the step, and why: a hint, where it is less than the window itself.
    #[must_use]
    pub fn best(&self) -> Option<(Opening, Vec<BestBecause>)> {
        let (step, zone) = (self.plan.step.as_ref()?, self.place.zone?.0);
        let calendar = self.calendar.as_ref()?;
        let best = calendar.best_opening(zone, self.hours, step.opens)?;
        let is_less = (best.opens, best.closes) != (step.opens, step.closes);
        is_less.then(|| (best, calendar.best_because(zone, best).collect()))
    }

    /// The moments that a thread with them can be snoozed until, at one click.
    #[must_use]
    pub fn presets(&self, now: Now) -> Vec<Preset> {
        presets(&self.place, self.calendar.as_ref(), self.hours, now)
    }

    /// The record with everything derived anew.
    #[must_use]
    pub fn settled(&self) -> ClientRecord {
        let resting = self.plan.step.is_none() && self.plan.due_at.is_none();
        let placeless = self.place.certainty != Certainty::Known;
        ClientRecord {
            thread: self
                .last_thread
                .as_ref()
                .map(|thread| thread.key.id.clone()),
            due_at: self.plan.due_at.filter(|_| self.followed),
            lapses_at: self
                .plan
                .turn
                .as_ref()
                .and_then(|turn| turn.lapses_at)
                .filter(|_| self.followed),
            errand: Errand::of(&self.plan).filter(|_| self.followed),
            rhythm: self.plan.market,
            unplaced: (self.followed && resting && placeless).then_some(1),
            ..self.record.clone()
        }
    }
}

/// Where a client is: by the user's word; else by the clearest of their own letters; else by their
/// address and by what is known of their colleagues.
#[must_use]
pub fn place_of(record: &ClientRecord, held: &Held) -> Inference {
    let word = record
        .word
        .or_else(|| held.company.as_ref().and_then(|company| company.word));
    let known = |inference: &&Inference| inference.certainty == Certainty::Known;
    // What the user said of one person alone is not said of the others.
    let country_of = |colleague: &ClientRecord| {
        let signature = colleague.signature.as_ref().filter(known);
        signature.and_then(|signature| signature.country)
    };
    let colleagues: Vec<_> = held
        .clients
        .iter()
        .filter(|colleague| colleague.key != record.key)
        .filter_map(country_of)
        .collect();
    let by_address = place::infer(&Clues {
        email: &record.key.email,
        name: record.name.as_deref(),
        text: None,
        language: None,
        offsets: &[],
        word,
        colleagues: &colleagues,
    });
    match &record.signature {
        Some(signature) if word.is_none() => {
            let address_knows_better = signature.because.len() < by_address.because.len()
                && known(&&by_address)
                && !known(&signature);
            if address_knows_better {
                by_address
            } else {
                signature.clone()
            }
        }
        _ => by_address,
    }
}
