//! The playbook's rules as data, and the user's changes on top.
//!
//! [`Rules`] is every number and switch as it applies to one client: the seed's defaults for the
//! market ([`Rules::of`]), then the user's changes everywhere, in the market, for the client.
//! [`Setting::source`] says of each number whether it is the article's or an extension of ours.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

mod factor;
mod rules;
mod setting;
mod span;

pub use factor::{BadFactor, Cause, Factor, Factors};
pub use rules::{BadReminders, Reminders, Round, Rules};
pub use setting::{BadValue, Changes, Setting, Value};
pub use span::{BadInterval, Interval, Span, Unit};

use crate::address::Email;
use crate::clock::{Calendar, Correction};
use crate::country::Country;
use crate::market::{Market, Standing};
use crate::moment::iso_date;
use crate::subdivision::Subdivision;

/// The id of a rule, as the playbook writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs)] // Each is a row of the playbook; the page of rules says what it says.
pub enum RuleId {
    G1,
    W1,
    W2,
    W3,
    W4,
    W5,
    S1,
    S2,
    S3,
    S4,
    I1,
    I2,
    I3,
    I4,
    P1,
    P2,
    P3,
    F1,
    F2,
    F3,
    M1,
    T1,
    N1,
    /// Extension: an unanswered quotation is recalled within days, three times at most; then the
    /// market's own rhythm takes over.
    E1,
    /// Extension: a letter that would fall into a long quiet season (August in Italy) waits for
    /// its end.
    E2,
}

impl RuleId {
    /// Whether the article says so or we do.
    #[must_use]
    pub const fn standing(self) -> Standing {
        match self {
            RuleId::E1 | RuleId::E2 => Standing::Extension,
            _ => Standing::Named,
        }
    }
}

/// What a change applies to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Every client.
    Everywhere,
    /// The clients of a market.
    Market(Market),
    /// One client.
    Client(Email),
}

/// Days on which the user's own company is closed (Lunar New Year, a factory holiday).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// The first day, on the user's own calendar.
    #[serde(with = "iso_date")]
    pub from: NaiveDate,
    /// The last day.
    #[serde(with = "iso_date")]
    pub to: NaiveDate,
    /// The user's own words for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The rules in force: the seed's defaults with the user's changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Playbook {
    /// Changes for every client.
    #[serde(default, skip_serializing_if = "Changes::is_empty")]
    everywhere: Changes,
    /// Changes for a market.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    markets: BTreeMap<Market, Changes>,
    /// Changes for a client.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    clients: BTreeMap<Email, Changes>,
    /// What the user knows better about the days of a country.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub corrections: BTreeMap<Country, Vec<Correction>>,
    /// When the user's own company is closed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closings: Vec<Closing>,
}

/// A setting as the options show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// What is in force.
    pub value: Value,
    /// The seed's default, shown beside.
    pub default: Value,
    /// The rule it belongs to.
    pub rule: RuleId,
    /// Whether the default is the article's or ours.
    pub standing: Standing,
    /// Whose change is in force; `None` where it is the default.
    pub changed: Option<Scope>,
}

impl Playbook {
    /// The rules for a client in a market.
    #[must_use]
    pub fn rules(&self, market: Market, client: &Email) -> Rules {
        let mut rules = Rules::of(market);
        for changes in self.layers(market, Some(client)).into_iter().flatten() {
            changes.apply(&mut rules);
        }
        rules
    }

    /// Changes a setting.
    ///
    /// # Errors
    /// [`BadValue`] where the value cannot stand for it; then nothing changes.
    pub fn set(&mut self, scope: Scope, setting: Setting, value: Value) -> Result<(), BadValue> {
        let changes = match scope {
            Scope::Everywhere => &mut self.everywhere,
            Scope::Market(market) => self.markets.entry(market).or_default(),
            Scope::Client(client) => self.clients.entry(client).or_default(),
        };
        changes.set(setting, value)
    }

    /// Takes a change back, so that the next wider scope or the seed's default holds again.
    pub fn reset(&mut self, scope: &Scope, setting: Setting) {
        let changes = match scope {
            Scope::Everywhere => Some(&mut self.everywhere),
            Scope::Market(market) => self.markets.get_mut(market),
            Scope::Client(client) => self.clients.get_mut(client),
        };
        if let Some(changes) = changes {
            changes.reset(setting);
        }
        self.markets.retain(|_, changes| !changes.is_empty());
        self.clients.retain(|_, changes| !changes.is_empty());
    }

    /// Every scope that a change is made in.
    #[must_use]
    pub fn scopes(&self) -> Vec<Scope> {
        let everywhere = (!self.everywhere.is_empty()).then_some(Scope::Everywhere);
        let markets = self.markets.keys().copied().map(Scope::Market);
        let clients = self.clients.keys().cloned().map(Scope::Client);
        everywhere
            .into_iter()
            .chain(markets)
            .chain(clients)
            .collect()
    }

    /// What the user changed a setting to in this very scope.
    #[must_use]
    pub fn own(&self, scope: &Scope, setting: Setting) -> Option<Value> {
        match scope {
            Scope::Everywhere => Some(&self.everywhere),
            Scope::Market(market) => self.markets.get(market),
            Scope::Client(client) => self.clients.get(client),
        }?
        .get(setting)
    }

    /// A setting as the options show it for a market, or for a client in it.
    #[must_use]
    pub fn show(&self, market: Market, client: Option<&Email>, setting: Setting) -> Shown {
        let default = Rules::of(market).get(setting);
        let (rule, standing) = setting.source(market);
        let scopes = [
            Some(Scope::Everywhere),
            Some(Scope::Market(market)),
            client.cloned().map(Scope::Client),
        ];
        let changed = self
            .layers(market, client)
            .into_iter()
            .zip(scopes)
            .filter_map(|(changes, scope)| Some((changes?.get(setting)?, scope)))
            .next_back();
        Shown {
            value: changed.as_ref().map_or(default, |(value, _)| *value),
            default,
            rule,
            standing,
            changed: changed.and_then(|(_, scope)| scope),
        }
    }

    /// The calendar of a country, or of a part of it, with the user's corrections for the country;
    /// that of most of the world where no country is known.
    #[must_use]
    pub fn calendar(&self, country: Option<Country>, region: Option<Subdivision>) -> Calendar {
        let Some(country) = country else {
            return Calendar::usual();
        };
        let calendar = match region.filter(|region| region.country() == country) {
            Some(region) => Calendar::of_part(region),
            None => Calendar::of(country),
        };
        match self.corrections.get(&country) {
            Some(corrections) => calendar.corrected(corrections.iter().cloned()),
            None => calendar,
        }
    }

    /// Whether the user changed a setting that bears on a client.
    pub(crate) fn is_changed(&self, market: Market, client: &Email, setting: Setting) -> bool {
        self.layers(market, Some(client))
            .into_iter()
            .flatten()
            .any(|changes| changes.get(setting).is_some())
    }

    /// The changes that bear on a client, the widest scope first.
    fn layers(&self, market: Market, client: Option<&Email>) -> [Option<&Changes>; 3] {
        [
            Some(&self.everywhere),
            self.markets.get(&market),
            client.and_then(|client| self.clients.get(client)),
        ]
    }
}
