//! States, provinces and cantons, by their ISO 3166-2 codes: only those whose public holidays or
//! working week are not all their country's (`data/subdivisions.tsv`).

use std::fmt;
use std::str::FromStr;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::country::Country;

/// A part of a country that has a row in `data/subdivisions.tsv`. No other value of this type
/// exists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subdivision {
    country: Country,
    /// Its place in the table.
    row: u16,
}

/// The text is no code of a subdivision that Cadence knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no ISO 3166-2 code of a region with days of its own")]
pub struct UnknownSubdivision(pub String);

/// A row of the table.
#[derive(Debug)]
struct Row {
    country: Country,
    code: &'static str,
    name: &'static str,
    /// Other names, and cities that lie in no other part of the country, with `|` between.
    also: &'static str,
}

impl Subdivision {
    /// Its code, e.g. `MY-01`.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.of_table().map_or("", |row| row.code)
    }

    /// Its code within the country, e.g. `01`.
    #[must_use]
    pub fn part(self) -> &'static str {
        self.code().split_once('-').map_or("", |(_, part)| part)
    }

    /// What its people call it, in Latin letters.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.of_table().map_or("", |row| row.name)
    }

    /// The country that it is a part of.
    #[must_use]
    pub fn country(self) -> Country {
        self.country
    }

    /// The subdivisions of a country, in the order of their codes; none for most.
    pub fn of(country: Country) -> impl Iterator<Item = Subdivision> {
        Subdivision::all()
            .skip_while(move |one| one.country < country)
            .take_while(move |one| one.country == country)
    }

    /// All of them, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Subdivision> {
        (0..).zip(rows()).map(|(row, of)| Subdivision {
            country: of.country,
            row,
        })
    }

    /// What stands in an address for it and for no other part of its country, its name first.
    pub(crate) fn names(self) -> impl Iterator<Item = &'static str> {
        let also = self.of_table().map_or("", |row| row.also);
        std::iter::once(self.name()).chain(also.split('|').filter(|name| !name.is_empty()))
    }

    fn of_table(self) -> Option<&'static Row> {
        rows().get(usize::from(self.row))
    }
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        include_str!("../data/subdivisions.tsv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .skip(1)
            .filter_map(read)
            .collect()
    })
}

fn read(line: &'static str) -> Option<Row> {
    let mut cells = line.split('\t');
    let (code, name, also) = (cells.next()?, cells.next()?, cells.next()?);
    Some(Row {
        country: Country::from_table(code.split_once('-')?.0)?,
        code,
        name,
        also,
    })
}

impl FromStr for Subdivision {
    type Err = UnknownSubdivision;

    /// Reads a code in either case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code = text.trim().to_ascii_uppercase();
        Subdivision::all()
            .find(|one| one.code() == code)
            .ok_or_else(|| UnknownSubdivision(text.chars().take(16).collect()))
    }
}

impl TryFrom<String> for Subdivision {
    type Error = UnknownSubdivision;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Subdivision> for String {
    fn from(one: Subdivision) -> String {
        one.code().to_owned()
    }
}

impl fmt::Debug for Subdivision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_row_is_read_in_order_and_names_a_known_country() {
        let all: Vec<_> = Subdivision::all().collect();
        assert_eq!(
            all.len(),
            include_str!("../data/subdivisions.tsv").lines().count() - 3
        );
        assert!(all.is_sorted_by(|a, b| a.code() < b.code()));
        for one in &all {
            assert_eq!(one.code().parse(), Ok(*one));
            assert_eq!(one.country().code().parse(), Ok(one.country()));
            assert!(!one.name().is_empty() && !one.part().is_empty(), "{one:?}");
        }
        assert_eq!("my-01".parse::<Subdivision>().unwrap().name(), "Johor");
        for bad in ["", "MY", "MY-99", "DE-XX", "01"] {
            assert!(bad.parse::<Subdivision>().is_err(), "{bad}");
        }
    }

    #[test]
    fn no_name_stands_for_two_parts_of_one_country() {
        let countries: BTreeSet<_> = Subdivision::all().map(Subdivision::country).collect();
        for country in countries {
            let names: Vec<_> = Subdivision::of(country)
                .flat_map(Subdivision::names)
                .collect();
            let different: BTreeSet<_> = names.iter().collect();
            assert_eq!(different.len(), names.len(), "{country}");
        }
    }
}
