//! The four markets whose rhythm the playbook names, and which country follows which.
//!
//! Source: `data/regions.tsv`. Where the playbook does not name a country's region the row is
//! marked as an extension: the nearest named market's rhythm, shown to the user as ours.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::country::Country;

/// A market with a rhythm of its own in the playbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Market {
    /// Rules W1 to W5.
    EuropeAmerica,
    /// Rules S1 to S4.
    SouthEastAsia,
    /// Rules S1 to S4.
    SouthAmerica,
    /// Rules I1 to I4.
    India,
}

impl Market {
    /// Every market, in the order the playbook names them.
    pub const ALL: [Market; 4] = [
        Market::EuropeAmerica,
        Market::SouthEastAsia,
        Market::SouthAmerica,
        Market::India,
    ];

    /// The name used in data, settings and the headless command, e.g. `south_east_asia`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Market::EuropeAmerica => "europe_america",
            Market::SouthEastAsia => "south_east_asia",
            Market::SouthAmerica => "south_america",
            Market::India => "india",
        }
    }

    fn from_name(name: &str) -> Option<Market> {
        Market::ALL.into_iter().find(|market| market.name() == name)
    }
}

/// Who says that a country follows a market's rhythm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The article behind the playbook names the region.
    Named,
    /// Our reading of the nearest named market; the user can change it.
    Extension,
}

/// One country's row in `data/regions.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The country.
    pub country: Country,
    /// The market whose rhythm it follows by default.
    pub market: Market,
    /// The region's English name, e.g. `Gulf states`.
    pub name: &'static str,
    /// Whether the playbook says so or we do.
    pub standing: Standing,
    /// Why, in English.
    pub reason: &'static str,
}

/// All regions, in the order of their country codes.
pub(crate) fn rows() -> &'static [Region] {
    static ROWS: OnceLock<Vec<Region>> = OnceLock::new();
    ROWS.get_or_init(|| {
        include_str!("../data/regions.tsv")
            .lines()
            .skip(1)
            .filter_map(parse_row)
            .collect()
    })
}

/// The row of a code, which may belong to no country.
pub(crate) fn row(country: Country) -> Option<&'static Region> {
    rows().get(place(country))
}

/// The place of a code among the rows; behind all of them where it belongs to no country.
pub(crate) fn place(country: Country) -> usize {
    /// Of every two letters: planning asks for a country more often than for anything else.
    static PLACES: OnceLock<[u16; 26 * 26]> = OnceLock::new();
    let places = PLACES.get_or_init(|| {
        let mut places = [u16::MAX; 26 * 26];
        for (row, at) in rows().iter().zip(0..) {
            if let Some(place) = places.get_mut(row.country.letters()) {
                *place = at;
            }
        }
        places
    });
    places
        .get(country.letters())
        .copied()
        .unwrap_or(u16::MAX)
        .into()
}

/// The region of a country. Every [`Country`] has one; the option is there for the type checker
/// alone, and a test holds that it is never `None`.
#[must_use]
pub fn region(country: Country) -> Option<&'static Region> {
    row(country)
}

fn parse_row(line: &'static str) -> Option<Region> {
    let mut cells = line.split('\t');
    Some(Region {
        country: Country::from_table(cells.next()?)?,
        market: Market::from_name(cells.next()?)?,
        name: cells.next()?,
        standing: match cells.next()? {
            "named" => Standing::Named,
            "extension" => Standing::Extension,
            _ => return None,
        },
        reason: cells.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_read_and_sorted() {
        let lines = include_str!("../data/regions.tsv").lines().count() - 1;
        assert_eq!(rows().len(), lines);
        assert!(rows().is_sorted_by_key(|row| row.country));
        for country in Country::all() {
            assert_eq!(region(country).unwrap().country, country);
        }
    }

    #[test]
    fn the_article_names_these_markets() {
        let of = |code: &str| region(code.parse().unwrap()).unwrap();
        assert_eq!(
            (of("DE").market, of("DE").standing),
            (Market::EuropeAmerica, Standing::Named)
        );
        assert_eq!(
            (of("VN").market, of("VN").standing),
            (Market::SouthEastAsia, Standing::Named)
        );
        assert_eq!(
            (of("BR").market, of("BR").standing),
            (Market::SouthAmerica, Standing::Named)
        );
        assert_eq!(
            (of("IN").market, of("IN").standing),
            (Market::India, Standing::Named)
        );
        assert_eq!(
            (of("AE").market, of("AE").standing),
            (Market::SouthEastAsia, Standing::Extension)
        );
    }
}
