//! Where a client is: clues in, a country, a zone and a confidence out, with reasons.
//!
//! One file for each kind of clue; [`fusion`] weighs them, [`zone_choice`] finds the zone.

mod city;
mod clue;
mod colleagues;
mod domain;
mod freemail;
mod fusion;
mod gazetteer;
mod language;
mod legal_form;
mod number;
mod numbering;
mod offsets;
#[cfg(test)]
mod pack;
mod phone;
mod postal;
mod postcode;
mod quote;
mod signature;
mod state;
mod table;
mod words;
mod zone_choice;

pub use freemail::is_free_mail;
pub(crate) use words::normal;
pub(crate) use words::plain;
pub use zone_choice::zones;

use serde::{Deserialize, Serialize};

use self::clue::Clue;
use self::gazetteer::Spot;
use self::signature::Line;
use crate::address::Email;
use crate::clock::ClientZone;
use crate::country::Country;
use crate::order::Order;
use crate::subdivision::Subdivision;

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
    /// The part of the country, where those have calendars of their own and the user chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Subdivision>,
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
    /// A company's legal form or register, or a word that few countries' addresses use.
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
    /// The part of the country, where that is certain and has a calendar of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Subdivision>,
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

/// Reasons that weigh less than this are not told: they change nothing.
const WORTH_TELLING: f64 = 0.4;

/// Works out where a client is.
///
/// The user's word decides alone. Otherwise every clue speaks for countries in nats of log-odds
/// and [`fusion`] weighs them; the zone follows from the country ([`zone_choice`]). The time taken
/// grows with the length of the text and no faster.
#[must_use]
pub fn infer(clues: &Clues<'_>) -> Inference {
    if let Some(word) = clues.word {
        return on_word(word);
    }
    let lines = signature::lines(clues.text.unwrap_or_default());
    let spots: Vec<_> = lines
        .iter()
        .enumerate()
        .flat_map(|(at, line)| gazetteer::spots(at, &line.words))
        .collect();
    let mut found = gather(clues, &lines, &spots);
    found.order_by(|a, b| b.because.weight.total_cmp(&a.because.weight));
    let (because, zones): (Vec<_>, Vec<_>) = found
        .into_iter()
        .map(|clue| (clue.because, clue.zone))
        .unzip();
    let verdict = fusion::weigh(&because);
    let choice = verdict.country.and_then(|country| {
        let named = because
            .iter()
            .zip(&zones)
            .filter(|(reason, _)| reason.country == Some(country))
            .filter_map(|(reason, zone)| Some((reason.clue, (*zone)?)));
        zone_choice::choose(country, named, clues.offsets)
    });
    let known = verdict.certainty == Certainty::Known;
    let region = verdict
        .country
        .filter(|_| known)
        .and_then(|country| state::of(country, &lines, &spots));
    let told = |reason: &Because| reason.weight.abs() >= WORTH_TELLING;
    Inference {
        country: verdict.country,
        region,
        zone: choice.map(|(zone, _)| zone),
        zone_basis: choice.map(|(_, basis)| basis),
        confidence: verdict.confidence,
        certainty: verdict.certainty,
        because: because.into_iter().filter(told).collect(),
    }
}

/// Every clue, in no order.
fn gather(clues: &Clues<'_>, lines: &[Line<'_>], spots: &[Spot]) -> Vec<Clue> {
    let numbers = phone::numbers(lines);
    let address = postal::read(lines, spots);

    let mut found = phone::clues(&numbers);
    found.extend(address.clues.iter().cloned());
    found.extend(city::clues(lines, spots, &address.of_lines, clues.name));
    found.extend(legal_form::clues(lines, spots));
    if !address.mission {
        found.extend(mailbox(clues.email));
        found.extend(domain::sites(lines, clues.email));
    }
    found.extend(language::clues(clues.language, lines, spots));
    found.extend(colleagues::clues(clues.colleagues));

    // These only weigh countries that something else names.
    let placed =
        |clue: &&Clue| !matches!(clue.because.clue, ClueKind::LegalForm | ClueKind::Language);
    let named = fusion::countries(found.iter().filter(placed).map(|clue| &clue.because));
    found.extend(
        named
            .iter()
            .filter_map(|country| phone::at_home(&numbers, *country)),
    );
    found.extend(offsets::clues(clues.offsets, &named));
    found
}

/// What the domain of the client's own mailbox says: a provider's country or the company's own.
fn mailbox(email: &Email) -> Option<Clue> {
    match freemail::provider(email.domain()) {
        Some(freemail::Provider::National(country)) => {
            Some(freemail::clue(email.domain(), country))
        }
        Some(freemail::Provider::WorldWide) => None,
        None => domain::mailbox(email),
    }
    .map(Clue::from)
}

/// The answer where the user has said it.
fn on_word(word: PlaceWord) -> Inference {
    let choice = match word.zone {
        Some(zone) => Some((zone, ZoneBasis::Word)),
        None => zone_choice::choose(word.country, std::iter::empty(), &[]),
    };
    let value = match word.scope {
        WordScope::Person => "person",
        WordScope::Company => "company",
    };
    Inference {
        country: Some(word.country),
        region: word.region,
        zone: choice.map(|(zone, _)| zone),
        zone_basis: choice.map(|(_, basis)| basis),
        confidence: 1.0,
        certainty: Certainty::Known,
        because: vec![Because {
            clue: ClueKind::Word,
            value: value.to_owned(),
            country: Some(word.country),
            weight: fusion::CERTAIN,
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clues(email: &Email) -> Clues<'_> {
        Clues {
            email,
            name: None,
            text: None,
            language: None,
            offsets: &[],
            word: None,
            colleagues: &[],
        }
    }

    fn answer(email: &str) -> (Certainty, Option<String>) {
        let inference = infer(&clues(&email.parse().unwrap()));
        let country = inference.country.map(|country| country.code().to_owned());
        (inference.certainty, country)
    }

    #[test]
    fn a_domain_or_a_national_provider_is_enough_and_a_world_wide_one_is_not() {
        assert_eq!(answer("a@acme.de"), (Certainty::Known, Some("DE".into())));
        assert_eq!(answer("a@163.com"), (Certainty::Known, Some("CN".into())));
        for email in ["a@gmail.com", "a@acme.io", "a@acme.com", "a@state.gov"] {
            assert_eq!(answer(email), (Certainty::Unknown, None), "{email}");
        }
    }

    #[test]
    fn the_users_word_wins_over_every_clue() {
        let email: Email = "a@acme.de".parse().unwrap();
        let zone = ClientZone("America/Manaus".parse().unwrap());
        let mut said = clues(&email);
        said.word = Some(PlaceWord {
            country: "BR".parse().unwrap(),
            region: None,
            zone: Some(zone),
            scope: WordScope::Company,
        });
        let inference = infer(&said);
        assert_eq!(inference.country, "BR".parse().ok());
        assert_eq!(
            (inference.zone, inference.zone_basis),
            (Some(zone), Some(ZoneBasis::Word))
        );
        assert_eq!(inference.because[0].clue, ClueKind::Word);
    }

    fn of_text(text: &str) -> Inference {
        let email = "someone@gmail.com".parse().unwrap();
        infer(&Clues {
            text: Some(text),
            ..clues(&email)
        })
    }

    #[test]
    fn a_person_s_name_is_no_place() {
        for name in [
            "Jordan",
            "Sydney",
            "Chad Brooks",
            "Paris Lincoln",
            "Georgia",
            "Israel Lopez",
            "Kenya",
        ] {
            let inference = of_text(&format!(
                "Yes, please send two samples.\n\nBest regards,\n{name}"
            ));
            assert_eq!(inference.country, None, "{name}");
        }
    }

    #[test]
    fn what_a_letter_talks_about_is_no_address() {
        for text in [
            "We sell a lot to Germany and France, and our agent in Dubai wants to see your new lamps too.",
            "Please call our forwarder in Ningbo at +86 574 8765 4321 before you ship the goods to us.",
            "---------- Forwarded message ---------\nFrom: Li\nNingbo, China\n+86 574 8765 4321",
            "Berlin Packaging\nAnna",
            "CONTACT US",
        ] {
            let inference = of_text(text);
            assert_ne!(
                inference.certainty,
                Certainty::Known,
                "{text} {inference:?}"
            );
        }
    }

    #[test]
    fn a_hotline_alone_or_a_language_alone_is_only_proposed() {
        let email = "someone@acme.io".parse().unwrap();
        let said = |text, language| {
            infer(&Clues {
                text,
                language,
                ..clues(&email)
            })
        };
        assert_eq!(
            said(Some("Hotline +49 800 1234567"), None).certainty,
            Certainty::Suggested
        );
        assert_eq!(said(None, Some("ja")).certainty, Certainty::Suggested);
        assert_eq!(said(None, Some("en-GB")).certainty, Certainty::Unknown);
    }

    #[test]
    fn two_strong_clues_for_two_countries_are_unknown_with_both_shown() {
        let email = "anna@acme.de".parse().unwrap();
        let inference = infer(&Clues {
            text: Some("Anna\n+55 11 3456 7890"),
            ..clues(&email)
        });
        assert_eq!(inference.certainty, Certainty::Unknown);
        let shown: Vec<&str> = inference
            .because
            .iter()
            .filter_map(|reason| Some(reason.country.as_ref()?.code()))
            .collect();
        assert_eq!(shown, ["BR", "DE"]);
    }

    #[test]
    fn a_number_tells_the_zone_and_says_so_in_the_words_of_the_strip() {
        let inference = of_text("Ana\n+55 92 3232 1234");
        assert_eq!(inference.country, "BR".parse().ok());
        assert_eq!(inference.zone.unwrap().0.name(), "America/Manaus");
        assert_eq!(inference.zone_basis, Some(ZoneBasis::Clue));
        assert_eq!(inference.because[0].value, "+55 92");
    }

    #[test]
    fn colleagues_count() {
        let email = "someone@acme.com".parse().unwrap();
        let germany = ["DE".parse().unwrap(), "DE".parse().unwrap()];
        let inference = infer(&Clues {
            colleagues: &germany,
            ..clues(&email)
        });
        assert_eq!(inference.certainty, Certainty::Known);
        assert_eq!(inference.country, "DE".parse().ok());
    }
}
