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
