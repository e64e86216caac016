//! Addresses: the country that they name, in many languages, and their postcodes.

use super::clue::{Clue, share};
use super::gazetteer::{Kind, Spot};
use super::postcode::postcode;
use super::signature::Line;
use super::words::{Joint, Words};
use super::{Because, ClueKind};
use crate::country::Country;

/// A country where an address names it: by itself, or after a city or a number.
const NAMED: f64 = 5.0;
/// The same for a name that a region elsewhere shares, for each.
const SHARED: f64 = 2.5;
/// A country in another place: a company's name, a market.
const MENTIONED: f64 = 0.5;
/// Countries named in this many different addresses are a list of offices.
const LIST: usize = 3;

/// What the signature's addresses say of the country.
#[derive(Default, Debug)]
pub(super) struct Address {
    /// The country of each line, where the line names it or has its postcode.
    pub(super) of_lines: Vec<Option<Country>>,
    /// Countries named and postcodes seen.
    pub(super) clues: Vec<Clue>,
    /// An embassy, a consulate, a mission: its domain is of the country that sent it.
    pub(super) mission: bool,
}

/// Reads the addresses of a signature.
pub(super) fn read(lines: &[Line<'_>], spots: &[Spot]) -> Address {
    let mut address = Address::default();
    let mut named: Vec<(Country, String, f64)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        address.of_lines.push(None);
        if line.prose {
            continue;
        }
        let here: Vec<&Spot> = spots.iter().filter(|spot| spot.line == at).collect();
        let mission = mission_word(&line.words);
        address.mission |= mission.is_some();
        let share = share(line);
        let countries = countries(line, &here, mission);
        named.extend(
            countries
                .iter()
                .cloned()
                .map(|(country, name, weight)| (country, name, weight * share)),
        );
        let postcode = postcode(line, &here);
        let named_here = countries.iter().rfind(|(_, _, weight)| *weight >= SHARED);
        let of_line = named_here
            .map(|(country, _, _)| *country)
            .or(postcode.as_ref().map(|(country, _, _)| *country))
            .or(province(&here));
        if let Some(last) = address.of_lines.last_mut() {
            *last = of_line;
        }
        if let Some((country, shape, weight)) = postcode {
            address
                .clues
                .push(clue(ClueKind::Postcode, shape, country, weight));
        }
    }
    let mut strong: Vec<Country> = Vec::new();
    for (country, _, weight) in &named {
        if *weight >= NAMED && !strong.contains(country) {
            strong.push(*country);
        }
    }
    let list = strong.len() >= LIST;
    for (country, value, weight) in named {
        let weight = if list { weight.min(MENTIONED) } else { weight };
        match address.clues.iter_mut().find(|one| {
            one.because.clue == ClueKind::CountryName && one.because.country == Some(country)
        }) {
            Some(one) => one.because.weight = one.because.weight.max(weight),
            None => address
                .clues
                .push(clue(ClueKind::CountryName, value, country, weight)),
        }
    }
    address
}

/// The country of a province that a line names, where it can be no other country's place.
fn province(spots: &[&Spot]) -> Option<Country> {
    spots
        .iter()
        .find_map(|spot| match spot.meanings.as_slice() {
            [one] if one.kind == Kind::Province => one.country,
            _ => None,
        })
}

fn clue(clue: ClueKind, value: String, country: Country, weight: f64) -> Clue {
    Clue::from(Because {
        clue,
        value,
        country: Some(country),
        weight,
    })
}

/// The countries that one line names, with their weights. Of several in one line the last is the
/// address's.
fn countries(
    line: &Line<'_>,
    spots: &[&Spot],
    mission: Option<usize>,
) -> Vec<(Country, String, f64)> {
    let words = &line.words;
    let mut found: Vec<(Country, String, f64)> = Vec::new();
    for spot in spots {
        let capitals =
            (spot.from..spot.to).all(|at| words.get(at).is_some_and(|word| word.capitals));
        let means = spot.meanings.iter().filter(|meaning| match meaning.kind {
            Kind::Country | Kind::SharedCountry => true,
            Kind::CountryInCapitals => capitals,
            _ => false,
        });
        for meaning in means {
            let Some(country) = meaning.country else {
                continue;
            };
            let place = place_in(words, spot, spots, country);
            let weight = match (place, mission) {
                (_, Some(word)) if same_segment(words, word, spot.from) => {
                    if !is_where(words, spot.from, word) {
                        continue;
                    }
                    NAMED
                }
                (Place::Address, _) if meaning.kind == Kind::SharedCountry => SHARED,
                (Place::Address, _) => NAMED,
                (Place::Elsewhere, _) => MENTIONED,
            };
            let written = words.written(line.raw, spot.from, spot.to);
            let value = written.unwrap_or(words.phrase(spot.from, spot.to));
            found.push((country, value.to_owned(), weight));
        }
    }
    // “Georgia, USA”, “Hotel Paris, 1 Jordan Street, Athens, Greece”.
    let last = found.iter().rposition(|(_, _, weight)| *weight >= NAMED);
    if let Some(last) = last {
        for (_, _, weight) in found.iter_mut().take(last) {
            *weight = weight.min(0.5);
        }
    }
    found
}

/// Where in a line a country's name stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Where addresses have it.
    Address,
    Elsewhere,
}

fn place_in(words: &Words, spot: &Spot, spots: &[&Spot], country: Country) -> Place {
    let start = segment_start(words, spot.from);
    // A postcode may follow: “Singapore 018989”.
    let end = (spot.to..words.all().len())
        .find(|at| words.ends_before(*at) || words.get(*at).is_none_or(|word| !word.number))
        .unwrap_or(words.all().len());
    let ends = words.ends_before(end);
    let glued = words
        .get(spot.from)
        .is_some_and(|word| word.joint != Joint::Space)
        && words
            .get(spot.to)
            .is_some_and(|word| word.joint == Joint::Glued);
    let alone = (start..spot.from)
        .all(|at| matches!(words.word(at), "the" | "republic" | "of" | "p" | "r" | "in"));
    let city_or_number_before = spots
        .iter()
        .any(|one| one.to <= spot.from && one.from >= start && one.lies_in(country))
        || (start..spot.from).any(|at| words.get(at).is_some_and(|word| word.number));
    let glued_country = glued && start == spot.from;
    if glued_country || (ends && (alone || city_or_number_before)) {
        Place::Address
    } else {
        Place::Elsewhere
    }
}

/// The first word of the part between commas that a word stands in.
fn segment_start(words: &Words, at: usize) -> usize {
    (0..=at)
        .rev()
        .find(|one| {
            words
                .get(*one)
                .is_none_or(|word| word.joint == Joint::Break)
        })
        .unwrap_or(0)
}

fn same_segment(words: &Words, one: usize, other: usize) -> bool {
    segment_start(words, one) == segment_start(words, other)
}

/// The word that tells a diplomatic mission, if the line has one.
fn mission_word(words: &Words) -> Option<usize> {
    const MISSIONS: [&str; 26] = [
        "embassy",
        "consulate",
        "ambassade",
        "consulat",
        "embajada",
        "consulado",
        "embaixada",
        "botschaft",
        "generalkonsulat",
        "konsulat",
        "ambasciata",
        "consolato",
        "ambassad",
        "ambassaden",
        "посольство",
        "консульство",
        "генконсульство",
        "ambasada",
        "velvyslanectvi",
        "buyukelciligi",
        "sefarat",
        "سفارة",
        "kedutaan",
        "commissioner",
        "commission",
        "chancery",
    ];
    const GLUED: [&str; 6] = [
        "大使馆",
        "大使館",
        "领事馆",
        "領事館",
        "สถานเอกอัครราชทูต",
        "대사관",
    ];
    (0..words.all().len())
        .find(|at| MISSIONS.contains(&words.word(*at)))
        .or_else(|| {
            GLUED
                .iter()
                .any(|name| words.text().contains(name))
                .then_some(0)
        })
}

/// Whether the name after a mission's word tells where the mission is: “Embassy of Japan in Kenya”.
fn is_where(words: &Words, name: usize, mission: usize) -> bool {
    if name < mission {
        return false;
    }
    let before = (mission..name).rev().map(|at| words.word(at)).find(|word| {
        !matches!(
            *word,
            "the" | "republic" | "of" | "kingdom" | "state" | "federal" | "la" | "el" | "der"
        )
    });
    matches!(
        before,
        Some("in" | "to" | "en" | "em" | "au" | "aux" | "в" | "w" | "i")
    )
}

/// Whether a word is part of the address of the United States' diplomatic pouch, which stands for
/// places all over the world (`Washington, DC 20521`, `Dulles, VA 20189`).
pub(super) fn is_pouch(words: &Words, from: usize, to: usize) -> bool {
    let zip = |near: &usize| matches!(words.word(*near), "20521" | "20189");
    let near_zip = (from..to + 3).any(|near| zip(&near));
    // “2140 Dar es Salaam Place, Washington, DC 20521-2140”: the street is named for the post.
    near_zip || (words.word(to) == "place" && (to..to + 8).any(|near| zip(&near)))
}

#[cfg(test)]
mod tests {
    use super::super::{gazetteer, signature};
    use super::*;

    fn read_text(text: &str) -> Vec<(String, ClueKind, f64)> {
        let text = format!("{text}\nNo. 7");
        let lines = signature::lines(&text);
        let spots: Vec<Spot> = lines
            .iter()
            .enumerate()
            .flat_map(|(at, line)| gazetteer::spots(at, &line.words))
            .collect();
        read(&lines, &spots)
            .clues
            .into_iter()
            .map(|clue| {
                let because = clue.because;
                (
                    because.country.unwrap().code().to_owned(),
                    because.clue,
                    because.weight,
                )
            })
            .collect()
    }

    fn named(text: &str) -> Vec<String> {
        let strong =
            |one: &(String, ClueKind, f64)| one.1 == ClueKind::CountryName && one.2 >= NAMED;
        read_text(text)
            .into_iter()
            .filter(strong)
            .map(|one| one.0)
            .collect()
    }

    #[test]
    fn a_country_is_read_in_many_languages_where_an_address_has_it() {
        for (line, code) in [
            ("Deutschland", "DE"),
            ("10115 Berlin, Germany", "DE"),
            ("10115 Berlin Germany", "DE"),
            ("Av. Paulista 1000 - São Paulo - SP - Brasil", "BR"),
            ("г. Москва, Россия", "RU"),
            ("中国浙江省宁波市江北区", "CN"),
            ("Ningbo, Zhejiang, P.R. China", "CN"),
            ("Dubai, U.A.E.", "AE"),
            ("الرياض، المملكة العربية السعودية", "SA"),
            ("서울특별시 강남구, 대한민국", "KR"),
            ("กรุงเทพมหานคร ประเทศไทย", "TH"),
            ("Atlanta, Georgia, USA", "US"),
            ("Ho Chi Minh City, Viet Nam", "VN"),
            ("Manchester M1 1AA, UK", "GB"),
            ("Houston TX 77002, US", "US"),
            ("Embassy of Japan in Kenya", "KE"),
        ] {
            assert_eq!(named(line), [code], "{line}");
        }
    }

    #[test]
    fn a_company_s_name_a_mission_and_a_list_of_offices_name_no_country() {
        for line in [
            "Bank of China",
            "Air India Limited",
            "Embassy of the Federal Republic of Germany",
            "U.S. Embassy",
            "we ship to Brazil and Chile every month of the year",
            "Contact us",
            "Berlin, Germany\nParis, France\nTokyo, Japan",
        ] {
            assert_eq!(named(line), [""; 0], "{line}");
        }
    }

    #[test]
    fn postcodes_tell_their_country_by_shape() {
        for (line, code) in [
            ("D-80331 München", "DE"),
            ("CH-8001 Zürich", "CH"),
            ("SE-111 22 Stockholm", "SE"),
            ("London SW1A 1AA", "GB"),
            ("St Peter Port GY1 1AA", "GG"),
            ("Toronto, ON M5V 2T6", "CA"),
            ("1012 AB Amsterdam", "NL"),
            ("San Francisco, CA 94105", "US"),
            ("Sydney NSW 2000", "AU"),
            ("São Paulo SP 01310-100", "BR"),
            ("1100-148 Lisboa", "PT"),
            ("00-950 Warszawa", "PL"),
            ("〒100-0001", "JP"),
            ("Dublin 2 D02 AF30", "IE"),
            ("LV-1010 Riga", "LV"),
        ] {
            let found = read_text(line);
            let shapes: Vec<&str> = found
                .iter()
                .filter(|one| one.1 == ClueKind::Postcode)
                .map(|one| one.0.as_str())
                .collect();
            assert_eq!(shapes, [code], "{line}");
        }
    }

    #[test]
    fn the_pouch_of_a_foreign_service_is_nowhere() {
        for line in [
            "5090 Berlin Place, Washington DC 20521-5090",
            "Unit 5090, APO AE 09265",
        ] {
            assert_eq!(read_text(line), [], "{line}");
        }
    }
}
