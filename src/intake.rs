//! Records from outside (an export of Cadence's own, an archive of mail, a list of contacts) on their way
//! into the store, and how two records of one thing become one.
//!
//! Merging is a join: it loses no message and no newer word of the user's, doing it twice is doing it once,
//! and the order of several files does not matter.

mod merge;
mod settings;

pub use merge::Difference;

use serde::{Deserialize, Serialize};

use crate::settings::Settings;
use crate::store::{AccountRecord, ClientRecord, CompanyRecord, ThreadRecord};

/// What a source tells. What is derived in its records is not looked at.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Intake {
    /// Mailboxes.
    #[serde(default)]
    pub accounts: Vec<AccountRecord>,
    /// The user's words on companies.
    #[serde(default)]
    pub companies: Vec<CompanyRecord>,
    /// Clients.
    #[serde(default)]
    pub clients: Vec<ClientRecord>,
    /// Threads with their messages.
    #[serde(default)]
    pub threads: Vec<ThreadRecord>,
    /// What the user had set.
    #[serde(default)]
    pub settings: Option<Settings>,
    /// Whether its words are somebody's notes, not the user's words to Cadence: then they only stand where
    /// the user has said nothing.
    #[serde(default)]
    pub hints: bool,
}

impl Intake {
    /// Adds the clients of another source, each once: what is somebody's notes there stands where nothing is said here.
    pub fn add_clients(&mut self, theirs: Intake) {
        for mut client in theirs.clients {
            let place = self
                .clients
                .binary_search_by(|mine| mine.key.cmp(&client.key));
            let mut merged = match place.ok().and_then(|at| self.clients.get(at)) {
                Some(mine) => mine.clone(),
                None => client.blank(),
            };
            if theirs.hints {
                client.yield_to(&merged, None);
            }
            merged.merge(&client, &mut Vec::new());
            match place {
                Ok(at) => self.clients.splice(at..=at, [merged]),
                Err(at) => self.clients.splice(at..at, [merged]),
            };
        }
    }

    /// Whether it tells nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Intake {
            accounts,
            companies,
            clients,
            threads,
            settings,
            hints: _,
        } = self;
        accounts.is_empty()
            && companies.is_empty()
            && clients.is_empty()
            && threads.is_empty()
            && settings.is_none()
    }
}
