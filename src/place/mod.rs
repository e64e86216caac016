//! Where a client is: clues in, a country, a zone and a confidence out, with reasons.

use serde::{Deserialize, Serialize};

use crate::address::Email;
use crate::clock::ClientZone;
use crate::country::Country;

/// What is known about a client that may tell where they are.
#[derive(Clone, Debug)]
pub struct Clues<'a> {
    /// Their address.
    pub email: &'a Email,
    /// Their display name.
    pub name: Option<&'a str>,
    /// The visible text of their own messages (signature). Looked at in passing, never kept.
    pub text: Option<&'a str>,
    /// The language they write in, as a BCP 47 tag, where something reliable says so.
    pub language: Option<&'a str>,
    /// UTC offsets that their mail carried, by month.
    pub offsets: &'a [OffsetCount],
    /// What the user said of the person or, failing that, of the company.
    pub word: Option<PlaceWord>,
    /// Countries that colleagues at the same company domain are known to be in.
    pub colleagues: &'a [Country],
}

/// How often mail of one month carried one UTC offset.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffsetCount {
    /// The month as `YYYYMM`, e.g. `202603`.
    pub month: String,
    /// Minutes ahead of UTC.
    pub minutes: i32,
    /// How many messages.
    pub count: u32,
}

/// The user's own word on where somebody is. It always wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceWord {
    /// The country.
    pub country: Country,
    /// The zone, where the country has several and the user chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<ClientZone>,
    /// About the person alone or everyone at the company's domain.
    pub scope: WordScope,
}

/// Whom a word of the user is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WordScope {
    /// One address.
    Person,
    /// Every address at the domain.
    Company,
}

/// How sure an inference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Sure enough to act on.
    Known,
    /// Worth proposing; acted on only when the user agrees.
    Suggested,
    /// Not known.
    Unknown,
}

/// How the zone was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneBasis {
    /// The user chose it.
    Word,
    /// The country has no other.
    Only,
    /// A clue named it (a city, an area code, clock offsets).
    Clue,
    /// The country has several; this is where most of its people live.
    Assumed,
}

/// What a clue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClueKind {
    /// The user's word.
    Word,
    /// A national domain.
    Domain,
    /// A free-mail provider of one country.
    FreeMail,
    /// A telephone number.
    Phone,
    /// A country named in an address.
    CountryName,
    /// A city named in an address.
    City,
    /// A postcode's shape.
    Postcode,
    /// A company's legal form.
    LegalForm,
    /// The language or a greeting.
    Language,
    /// Clock offsets.
    Clock,
    /// Colleagues at the same domain.
    Colleagues,
}

/// One reason for (or against) a country.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Because {
    /// What it is.
    pub clue: ClueKind,
    /// What was seen, as the user would recognise it, e.g. `+55 11` or `.de`.
    pub value: String,
    /// The country it speaks for.
    #[serde(rename = "for")]
    pub country: Option<Country>,
    /// How strongly, in nats of log-odds.
    pub weight: f64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Inference {
    /// The country; `None` where unknown.
    pub country: Option<Country>,
    /// Its zone; `None` where the country is unknown.
    pub zone: Option<ClientZone>,
    /// How the zone was come by.
    pub zone_basis: Option<ZoneBasis>,
    /// The probability of `country` (of the likeliest one where it is unknown), 0 to 1.
    pub confidence: f64,
    /// How sure.
    pub certainty: Certainty,
    /// The reasons, strongest first.
    pub because: Vec<Because>,
}

/// Works out where a client is.
#[must_use]
pub fn infer(_clues: &Clues<'_>) -> Inference {
    Inference {
        country: None,
        zone: None,
        zone_basis: None,
        confidence: 0.0,
        certainty: Certainty::Unknown,
        because: Vec::new(),
    }
}

/// The zones of a country, the most populous first.
#[must_use]
pub fn zones(_country: Country) -> Vec<ClientZone> {
    Vec::new()
}
