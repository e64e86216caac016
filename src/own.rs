//! What is the user's own: their clock, their other addresses, and how Cadence calls them.

use serde::{Deserialize, Serialize};

use crate::address::{Email, Person};
use crate::client::company_of;
use crate::clock::{Hours, SellerZone, TimeOfDay, Zone};
use crate::dossier::Now;
use crate::moment::iso_date;

/// What the user has set of themselves. Nothing of it moves a due date.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Own {
    /// Their zone; the computer's where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<Zone>,
    /// When they are at work, on their own clock; `None` where they did not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
    /// The addresses that they write from beside those that their mailboxes show.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Email>,
    /// What the number on the button counts.
    #[serde(default)]
    pub badge: Badge,
    /// At what time of their day the browser may call them, once a day; `None` is never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_at: Option<TimeOfDay>,
    /// The last day of theirs on which that was done or there was nothing to call for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub called: Option<Called>,
    /// The language that Cadence speaks, as a folder of `_locales`; the browser's where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Tongue>,
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called(#[serde(with = "iso_date")] pub chrono::NaiveDate);

/// What the number on the button counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Badge {
    /// Whoever is due: as many as the list has.
    #[default]
    Due,
    /// Whoever was due before today.
    Overdue,
    /// Nothing: there is no number.
    Off,
}

/// A language that Cadence speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is a folder of `_locales`.
pub enum Tongue {
    #[serde(rename = "en")]
    English,
    #[serde(rename = "ru")]
    Russian,
    #[serde(rename = "zh_CN")]
    Chinese,
}

impl Tongue {
    /// Every language, with its folder and its own name for itself.
    pub const ALL: [(Tongue, &'static str, &'static str); 3] = [
        (Tongue::English, "en", "English"),
        (Tongue::Russian, "ru", "Русский"),
        (Tongue::Chinese, "zh_CN", "简体中文"),
    ];

    /// Its folder in `_locales`.
    #[must_use]
    pub fn folder(self) -> &'static str {
        let mut all = Tongue::ALL.into_iter();
        all.find(|(tongue, ..)| *tongue == self)
            .map_or("en", |(_, folder, _)| folder)
    }
}

impl Badge {
    /// Every meaning with its name in forms.
    pub const ALL: [(Badge, &'static str); 3] = [
        (Badge::Due, "due"),
        (Badge::Overdue, "overdue"),
        (Badge::Off, "off"),
    ];
}

impl Own {
    /// The same instant, looked at from the user's own zone.
    #[must_use]
    pub fn seen_from(&self, now: Now) -> Now {
        Now {
            seller: self.zone.map_or(now.seller, SellerZone),
            ..now
        }
    }

    /// Whether somebody is the user, or one of their own company, by the addresses named here.
    #[must_use]
    pub fn is_own(&self, person: &Person) -> bool {
        let company = company_of(&person.email);
        self.addresses
            .iter()
            .any(|own| *own == person.email || company_of(own) == company)
    }
}
