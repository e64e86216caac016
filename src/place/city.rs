//! Cities and provinces named in an address.
//!
//! Source: `data/cities.tsv` (GeoNames) and `data/provinces.tsv`. A name that several countries have
//! is shared between them by how many people live there.

use super::clue::{Clue, share};
use super::gazetteer::{Kind, Meaning, Spot};
use super::postal::is_pouch;
use super::signature::Line;
use super::words::{Joint, Words};
use super::zone_choice::zones;
use super::{Because, ClueKind};
use crate::country::Country;

/// A city of a million with a part of the line to itself, when no other country has one of the name;
/// a smaller one may have namesakes that are smaller still and in no table.
const CITY: f64 = 3.0;
/// What it loses for each power of ten that it is smaller.
const SMALLER: f64 = 0.8;
/// A province or state.
const PROVINCE: f64 = 2.0;
/// A city's name inside a longer name: a company's, a street's, a person's.
const INSIDE: f64 = 0.15;
/// A city whose name is a common word or a person's, even with a part of the line to itself.
const COMMON: f64 = 0.4;

/// The strongest city or province for each country. `person` is the client's name, which may be a
/// city's too; `of_lines` tells the country of lines that name one.
pub(super) fn clues(
    lines: &[Line<'_>],
    spots: &[Spot],
    of_lines: &[Option<Country>],
    person: Option<&str>,
) -> Vec<Clue> {
    let person = Words::read(person.unwrap_or_default());
    let mut best: Vec<Clue> = Vec::new();
    for spot in spots {
        let Some(line) = lines
            .get(spot.line)
            .filter(|line| !line.prose && !is_pouch(&line.words, spot.from, spot.to))
        else {
            continue;
        };
        let name = line.words.phrase(spot.from, spot.to);
        if (0..person.all().len()).any(|at| person.word(at) == name) {
            continue;
        }
        let standing = standing(line, spot);
        let elsewhere = of_lines.get(spot.line).copied().flatten();
        let people: f64 = spot
            .meanings
            .iter()
            .filter(|one| is_city(one))
            .map(Meaning::people)
            .sum();
        for meaning in &spot.meanings {
            // “Singapore”: the address's country says it already.
            let is_country =
                |one: &Meaning| one.kind == Kind::Country && one.country == meaning.country;
            if spot.meanings.iter().any(is_country) {
                continue;
            }
            let (weight, country) = match (meaning.kind, meaning.country) {
                (Kind::City | Kind::CommonCity, Some(country)) => {
                    let common = if meaning.kind == Kind::CommonCity {
                        COMMON
                    } else {
                        1.0
                    };
                    let of_people = (meaning.people() / people).ln();
                    let smaller = (6.0 - meaning.people().log10()).max(0.0) * SMALLER;
                    ((CITY - smaller) * standing * common + of_people, country)
                }
                (Kind::Province, Some(country)) => (PROVINCE * standing, country),
                _ => continue,
            };
            let weight = if elsewhere.is_some_and(|one| one != country) {
                weight * 0.2
            } else {
                weight
            };
            let weight = weight * share(line);
            if weight > 0.05 {
                let written = line.words.written(line.raw, spot.from, spot.to);
                let clue = clue(written.unwrap_or(name), meaning, country, weight);
                keep(&mut best, clue);
            }
        }
    }
    best
}

fn is_city(meaning: &Meaning) -> bool {
    matches!(meaning.kind, Kind::City | Kind::CommonCity)
}

fn clue(name: &str, meaning: &Meaning, country: Country, weight: f64) -> Clue {
    Clue {
        because: Because {
            clue: ClueKind::City,
            value: name.to_owned(),
            country: Some(country),
            weight,
        },
        zone: zones(country).get(meaning.zone).copied(),
    }
}

fn keep(best: &mut Vec<Clue>, clue: Clue) {
    match best
        .iter_mut()
        .find(|one| one.because.country == clue.because.country)
    {
        Some(one) if one.because.weight < clue.because.weight => *one = clue,
        Some(_) => {}
        None => best.push(clue),
    }
}

/// How much a name counts by where it stands: 1 with a part of the line to itself (numbers, short
/// codes of states and directions aside), less inside a longer name.
fn standing(line: &Line<'_>, spot: &Spot) -> f64 {
    let words = &line.words;
    let side = |at: usize| {
        words.get(at).is_some_and(|word| {
            word.number
                || (word.capitals && words.word(at).len() <= 3 && words.word(at).is_ascii())
                || matches!(
                    words.word(at),
                    "city"
                        | "cedex"
                        | "district"
                        | "province"
                        | "state"
                        | "г"
                        | "м"
                        | "north"
                        | "south"
                        | "east"
                        | "west"
                        | "central"
                )
                || words.word(at).chars().any(|c| c.is_ascii_digit())
        })
    };
    let mut before = spot.from;
    while before > 0
        && words
            .get(before)
            .is_some_and(|word| word.joint != Joint::Break)
        && side(before - 1)
    {
        before -= 1;
    }
    let starts = before == 0
        || words
            .get(before)
            .is_none_or(|word| word.joint != Joint::Space);
    let mut after = spot.to;
    while words
        .get(after)
        .is_some_and(|word| word.joint != Joint::Break)
        && side(after)
    {
        after += 1;
    }
    let ends = words.ends_before(after)
        || words
            .get(after)
            .is_some_and(|word| word.joint == Joint::Glued);
    let by_number = before < spot.from || after > spot.to;
    match (starts, ends) {
        (true, true) => 1.0,
        // “Av. Paulista 1000 São Paulo”, “80331 München Bayern”.
        (true, false) | (false, true) if by_number => 0.8,
        (_, true) if words.all().iter().any(|word| word.number) => 0.5,
        _ => INSIDE,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{gazetteer, signature};
    use super::*;

    fn read(text: &str, person: Option<&str>) -> Vec<(String, f64, Option<&'static str>)> {
        let text = format!("{text}\nNo. 7");
        let lines = signature::lines(&text);
        let spots: Vec<Spot> = lines
            .iter()
            .enumerate()
            .flat_map(|(at, line)| gazetteer::spots(at, &line.words))
            .collect();
        let mut found: Vec<_> = clues(&lines, &spots, &[], person)
            .into_iter()
            .map(|clue| {
                let code = clue.because.country.unwrap().code().to_owned();
                (
                    code,
                    clue.because.weight,
                    clue.zone.map(|zone| zone.0.name()),
                )
            })
            .collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found
    }

    #[test]
    fn a_city_names_its_country_and_zone() {
        for (line, code, zone) in [
            ("80331 München", "DE", "Europe/Berlin"),
            ("Novosibirsk", "RU", "Asia/Novosibirsk"),
            ("Manaus - AM", "BR", "America/Manaus"),
            ("Perth WA 6000", "AU", "Australia/Perth"),
            ("上海市浦东新区", "CN", "Asia/Shanghai"),
        ] {
            let found = read(line, None);
            assert_eq!(
                (found[0].0.as_str(), found[0].2),
                (code, Some(zone)),
                "{line}"
            );
            assert!(found[0].1 > 2.0, "{line} {found:?}");
        }
    }

    #[test]
    fn a_name_that_countries_share_is_shared_by_people() {
        let found = read("Birmingham", None);
        assert_eq!((found[0].0.as_str(), found[1].0.as_str()), ("GB", "US"));
        assert!(found[0].1 > 2.5 && found[1].1 < 2.0, "{found:?}");
    }

    #[test]
    fn names_of_people_and_companies_count_little() {
        assert!(read("Sofia Hamilton", Some("Sofia Hamilton")).is_empty());
        for line in ["London Trading", "Madrid Import Export House"] {
            assert!(read(line, None)[0].1 < 1.0, "{line}");
        }
    }
}
