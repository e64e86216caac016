//! Countries, by their ISO 3166-1 alpha-2 codes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::market;

/// A country or territory that has a row in `data/regions.tsv`: the 249 codes of ISO 3166-1 and
/// `XK` (Kosovo, user-assigned). No other value of this type exists.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

/// The text is no country code that Cadence knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no ISO 3166-1 country code")]
pub struct UnknownCountry(pub String);

impl Country {
    /// The two capital letters of the code, e.g. `DE`.
    #[must_use]
    pub fn code(&self) -> &str {
        // Made of ASCII letters only, so this never fails.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// All countries, in the order of their codes.
    pub fn all() -> impl Iterator<Item = Country> {
        market::rows().iter().map(|row| row.country)
    }

    /// Its place among [`Country::all`].
    pub(crate) fn place(self) -> usize {
        market::place(self)
    }

    /// The code's place among all codes of two letters.
    pub(crate) fn letters(self) -> usize {
        let [first, second] = self.0.map(|letter| usize::from(letter - b'A'));
        first * 26 + second
    }

    /// Two ASCII letters as a country, without asking whether one has that code. Only the table
    /// of countries itself is read with this.
    pub(crate) fn from_table(code: &str) -> Option<Country> {
        match code.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Some(Country([*a, *b])),
            _ => None,
        }
    }
}

impl FromStr for Country {
    type Err = UnknownCountry;

    /// Reads a code in either case.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Country::from_table(&text.trim().to_ascii_uppercase())
            .filter(|country| market::row(*country).is_some())
            .ok_or_else(|| UnknownCountry(text.chars().take(16).collect()))
    }
}

impl TryFrom<String> for Country {
    type Error = UnknownCountry;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Country> for String {
    fn from(country: Country) -> String {
        country.code().to_owned()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_iso_code_parses_in_either_case_and_nothing_else_does() {
        assert_eq!(Country::all().count(), 250);
        assert_eq!("de".parse::<Country>().unwrap().code(), "DE");
        assert_eq!(" XK ".parse::<Country>().unwrap().code(), "XK");
        for bad in ["", "D", "DEU", "ZZ", "UK", "ÄÖ", "1A"] {
            assert_eq!(bad.parse::<Country>(), Err(UnknownCountry(bad.into())));
        }
    }
}
