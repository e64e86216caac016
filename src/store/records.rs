//! The records.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::address::{Email, Person};
use crate::client::{Client, Intent, Snooze, Stage};
use crate::clock::Instant;
use crate::draft::Language;
use crate::errand::Errand;
use crate::history::History;
use crate::market::Market;
use crate::moment::Moment;
use crate::note::Note;
use crate::place::{Because, Certainty, ClueKind, Inference, PlaceWord};
use crate::protocol::CallId;
use crate::said::Said;
use crate::snippet::Used;
use crate::webmail::Site;

/// A thread of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ThreadKey {
    /// The mailbox.
    pub account: Email,
    /// The webmail's own id of the thread.
    pub id: String,
}

/// A client of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ClientKey {
    /// The mailbox.
    pub account: Email,
    /// The client's address.
    pub email: Email,
}

/// A company, as a mailbox knows it: a mail domain, or one address where the domain is a
/// provider's that anybody can have an address at.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CompanyKey {
    /// The mailbox.
    pub account: Email,
    /// The domain or the address.
    pub name: String,
}

/// A mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountRecord {
    /// The address it is known by.
    pub account: Email,
    /// Its webmail.
    pub site: Site,
    /// The part of the webmail's path that leads to it, e.g. `/mail/u/0/`. May change.
    pub base: String,
    /// Whether only a file told of it so far, and no page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub told: bool,
}

/// A thread with a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadRecord {
    /// Its key.
    #[serde(flatten)]
    pub key: ThreadKey,
    /// The client it is with.
    pub client: Email,
    /// The client's company, see [`CompanyKey::name`].
    pub company: String,
    /// Its subject, one short plain line.
    pub subject: String,
    /// What passed in it.
    pub history: History,
    /// The snooze, if one was set and not taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snooze: Option<Snooze>,
    /// When the user said what they said of it: `snooze`; `touch:…` for a message taken out.
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub said: Said,
}

/// A client, and what follows from what is known of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClientRecord {
    /// Their key.
    #[serde(flatten)]
    pub key: ClientKey,
    /// Their company, see [`CompanyKey::name`].
    pub company: String,
    /// Their name as mail shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The user's word on where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<PlaceWord>,
    /// Where their own letters say that they are, by the clearest of them; the letters are not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<Inference>,
    /// The user's word on whether to follow them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follow: Option<bool>,
    /// The market, where the user chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub market: Option<Market>,
    /// The stage of the talks.
    #[serde(default)]
    pub stage: Stage,
    /// Their intent.
    #[serde(default)]
    pub intent: Intent,
    /// What they last asked for or were quoted, in the user's own words (P1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Days worth writing on (M1).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moments: Vec<Moment>,
    /// The language that the user chose for letters to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The language of their last letter, as a BCP 47 tag, where the browser was sure of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heard: Option<String>,
    /// Snippets that went into letters to them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub used: Vec<Used>,
    /// Whether no word is wanted above the send button of letters to them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unnoted: bool,
    /// What the user wants to remember.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What passed by other ways than the mail, as the user logged it.
    #[serde(default, skip_serializing_if = "History::is_empty")]
    pub logged: History,
    /// When the user said what they said of them, see [`crate::said`].
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub said: Said,
    /// Derived: the thread to open for them, the last one that was written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<String>,
    /// Derived: from when on they belong on the due list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// Derived: when what they are due for is over, such as the wishes for a holiday that has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses_at: Option<Instant>,
    /// Derived: what they are due for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub errand: Option<Errand>,
    /// Derived: the market whose rhythm they follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rhythm: Option<Market>,
    /// Derived: 1 where they are followed and nobody knows where they are. A number, since
    /// IndexedDB keeps no index of truth values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unplaced: Option<u8>,
}

/// A company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyRecord {
    /// Its key.
    #[serde(flatten)]
    pub key: CompanyKey,
    /// The user's word on where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub word: Option<PlaceWord>,
    /// When they said it: `place`.
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub said: Said,
}

/// A question that changed something, with its answer: whoever asks it again, because the answer was lost on its way,
/// gets the same one, and nothing changes twice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The question's name.
    pub id: CallId,
    /// When it was answered.
    pub at: Instant,
    /// The answer as it was given.
    pub answer: serde_json::Value,
}

impl Answered {
    /// A caller asks again at once. So long an answer is kept, in case that the machine sleeps in between.
    pub const KEPT: chrono::TimeDelta = chrono::TimeDelta::hours(1);
}

/// All that is held of one company.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Held {
    /// The company, where the user said something of it.
    pub company: Option<CompanyRecord>,
    /// Its clients.
    pub clients: Vec<ClientRecord>,
    /// All threads with them.
    pub threads: Vec<ThreadRecord>,
}

/// Companies that follow one another in the order of their keys.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Stretch {
    /// What is held of each.
    pub companies: Vec<(CompanyKey, Held)>,
    /// Whether there may be more behind them.
    pub more: bool,
}

impl Held {
    /// What is held of each company that has clients, from all records of some companies.
    #[must_use]
    pub fn of_each(
        companies: Vec<CompanyRecord>,
        clients: Vec<ClientRecord>,
        threads: Vec<ThreadRecord>,
    ) -> Vec<(CompanyKey, Held)> {
        let mut all: BTreeMap<CompanyKey, Held> = BTreeMap::new();
        for client in clients {
            let held = all.entry(client.company_key()).or_default();
            held.clients.push(client);
        }
        for company in companies {
            if let Some(held) = all.get_mut(&company.key) {
                held.company = Some(company);
            }
        }
        for thread in threads {
            if let Some(held) = all.get_mut(&thread.company_key()) {
                held.threads.push(thread);
            }
        }
        all.into_iter().collect()
    }
}

impl ThreadRecord {
    /// The key of the company whose client it is with.
    #[must_use]
    pub fn company_key(&self) -> CompanyKey {
        CompanyKey {
            account: self.key.account.clone(),
            name: self.company.clone(),
        }
    }
}

impl ClientRecord {
    /// A client of whom nothing is known but their address and name.
    #[must_use]
    pub fn new(account: &Email, person: &Person, company: String) -> ClientRecord {
        ClientRecord {
            key: ClientKey {
                account: account.clone(),
                email: person.email.clone(),
            },
            company,
            name: person.name.clone(),
            word: None,
            signature: None,
            about: None,
            moments: Vec::new(),
            notes: Vec::new(),
            logged: History::default(),
            language: None,
            heard: None,
            used: Vec::new(),
            unnoted: false,
            said: Said::default(),
            follow: None,
            market: None,
            stage: Stage::default(),
            intent: Intent::default(),
            thread: None,
            due_at: None,
            lapses_at: None,
            errand: None,
            rhythm: None,
            unplaced: None,
        }
    }

    /// Takes over where a letter of theirs says that they are, unless an earlier one said it more
    /// clearly.
    pub fn read_signature(&mut self, read: &Inference) {
        let clarity = |inference: &Inference| (inference.country.is_some(), inference.confidence);
        let mere_domain = |because: &Because| {
            matches!(
                because.clue,
                ClueKind::Domain | ClueKind::FreeMail | ClueKind::Word
            )
        };
        let clearer = self
            .signature
            .as_ref()
            .is_none_or(|known| clarity(read) >= clarity(known));
        if clearer && !read.because.iter().all(mere_domain) {
            self.signature = Some(read.clone());
        }
    }

    /// The client as the playbook sees them, once it is known where they are.
    #[must_use]
    pub fn client(&self, place: &Inference) -> Client {
        let known = place.certainty == Certainty::Known;
        Client {
            country: place.country.filter(|_| known),
            region: place.region.filter(|_| known),
            zone: place.zone.filter(|_| known),
            market: self.market,
            stage: self.stage,
            intent: self.intent,
            about: self.about.clone(),
            moments: self.moments.clone(),
            email: self.key.email.clone(),
        }
    }

    /// The company's key.
    #[must_use]
    pub fn company_key(&self) -> CompanyKey {
        CompanyKey {
            account: self.key.account.clone(),
            name: self.company.clone(),
        }
    }

    /// The name, or the address where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.key.email.as_str())
    }
}
