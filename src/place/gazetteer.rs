//! Names that speak for countries: countries, provinces, cities, legal forms, greetings, looked up
//! in one packed table (`data/packed/gazetteer.bin`, made from the tables in `data/`).

use std::sync::OnceLock;

use super::table::Table;
use super::words::{Joint, Words};
use crate::country::Country;
use crate::market;

/// What a name is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A city; `size` is four times the binary logarithm of its people.
    City,
    /// A city that is also a common word or a person's name.
    CommonCity,
    /// A country.
    Country,
    /// A country, when written in capitals (`US`).
    CountryInCapitals,
    /// A country that shares its name with a region elsewhere (`Georgia`).
    SharedCountry,
    /// A province or state.
    Province,
    /// A legal form, a register or a word of addresses; `size` is a weight in twentieths of a nat.
    LegalForm,
    /// A closing phrase; `size` is a weight in twentieths of a nat.
    Greeting,
}

impl Kind {
    /// Every kind, in the order of their numbers in the packed table.
    pub(super) const ALL: [Kind; 8] = [
        Kind::City,
        Kind::CommonCity,
        Kind::Country,
        Kind::CountryInCapitals,
        Kind::SharedCountry,
        Kind::Province,
        Kind::LegalForm,
        Kind::Greeting,
    ];
}

/// One meaning of a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meaning {
    pub(super) kind: Kind,
    /// `None` for a greeting that says nothing of the country.
    pub(super) country: Option<Country>,
    /// Its place among the country's zones, for a city or a province.
    pub(super) zone: usize,
    /// People or weight: see [`Kind`].
    pub(super) size: u8,
}

impl Meaning {
    /// The weight of a legal form or a greeting, in nats.
    pub(super) fn weight(&self) -> f64 {
        f64::from(self.size) / 20.0
    }

    /// How many people live in a city, to the nearest tenth or so.
    pub(super) fn people(&self) -> f64 {
        (f64::from(self.size) / 4.0).exp2()
    }
}

/// A name found in a line.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// The line's number.
    pub(super) line: usize,
    /// The first of its words, and the one after its last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// All that it can mean.
    pub(super) meanings: Vec<Meaning>,
}

impl Spot {
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.meanings.iter().any(|meaning| meaning.kind == kind)
    }

    /// Whether it is a city or province of a country.
    pub(super) fn lies_in(&self, country: Country) -> bool {
        self.meanings.iter().any(|meaning| {
            meaning.country == Some(country)
                && matches!(meaning.kind, Kind::City | Kind::CommonCity | Kind::Province)
        })
    }
}

/// The longest name, in words; a script without spaces counts a letter a word.
const LONGEST: usize = 7;
const LONGEST_GLUED: usize = 16;
/// The byte that stands for “no country” and “no zone”.
#[cfg(test)]
pub(super) const NONE: u8 = 255;

/// The names in one line, left to right, the longest first where they overlap.
pub(super) fn spots(line: usize, words: &Words) -> Vec<Spot> {
    let mut found = Vec::new();
    let mut from = 0;
    while from < words.all().len() {
        let spot = longest(line, words, from);
        from = spot.as_ref().map_or(from + 1, |spot| spot.to);
        found.extend(spot);
    }
    found
}

fn longest(line: usize, words: &Words, from: usize) -> Option<Spot> {
    let mut best = None;
    let mut glued = 0;
    for to in from + 1..=words.all().len() {
        if to > from + 1 {
            match words.get(to - 1)?.joint {
                Joint::Break => break,
                Joint::Glued => glued += 1,
                Joint::Space => {}
            }
        }
        if to - from - glued > LONGEST || to - from > LONGEST_GLUED {
            break;
        }
        let found = table().find(words.phrase(from, to));
        if !found.rows.is_empty() {
            best = Some((to, found.rows));
        }
        if !found.longer {
            break;
        }
    }
    let (to, rows) = best?;
    Some(Spot {
        line,
        from,
        to,
        meanings: rows.filter_map(meaning).collect(),
    })
}

/// What one phrase in normal form can mean, as a closing phrase or otherwise.
pub(super) fn meanings(phrase: &str) -> Vec<Meaning> {
    table().find(phrase).rows.filter_map(meaning).collect()
}

fn meaning(row: usize) -> Option<Meaning> {
    let table = table();
    Some(Meaning {
        kind: *Kind::ALL.get(usize::from(table.cell(row, 0)))?,
        country: country(table.cell(row, 1)),
        zone: usize::from(table.cell(row, 2)),
        size: table.cell(row, 3),
    })
}

/// The country at a place in the order of [`Country::all`].
pub(super) fn country(at: u8) -> Option<Country> {
    market::rows().get(usize::from(at)).map(|row| row.country)
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::new(include_bytes!("../../data/packed/gazetteer.bin")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(line: &str) -> Vec<String> {
        let words = Words::read(line);
        let found = spots(0, &words);
        let name = |spot: &Spot| words.phrase(spot.from, spot.to).to_owned();
        found.iter().map(name).collect()
    }

    #[test]
    fn the_longest_name_is_taken() {
        assert_eq!(
            names("São José dos Campos, Brasil"),
            ["sao jose dos campos", "brasil"]
        );
        assert_eq!(names("中国北京"), ["中国", "北京"]);
        assert_eq!(names("Papua New Guinea"), ["papua new guinea"]);
        assert_eq!(names("กรุงเทพมหานคร 10110"), ["กรุงเทพมหานคร"]);
    }

    #[test]
    fn a_city_of_several_countries_has_several_meanings() {
        let words = Words::read("Birmingham");
        let spot = &spots(0, &words)[0];
        let countries: Vec<String> = spot
            .meanings
            .iter()
            .filter_map(|meaning| Some(meaning.country?.code().to_owned()))
            .collect();
        assert!(countries.contains(&"GB".to_owned()) && countries.contains(&"US".to_owned()));
    }
}
