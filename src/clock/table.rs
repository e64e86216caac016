//! The tables under `data/`: lines of cells with tabs between, after comments and a heading.

use std::collections::BTreeMap;

use crate::country::Country;

/// The rows of a table, without its comments (`#`) and its heading.
pub(crate) fn rows(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#')).skip(1)
}

/// Which rows are about a country, where each names its countries with spaces between. The order
/// of the rows is kept.
#[derive(Debug)]
pub(super) struct ByCountry<T: 'static>(BTreeMap<&'static str, Vec<&'static T>>);

impl<T> ByCountry<T> {
    /// Sorts rows by the countries they name.
    pub(super) fn new(rows: impl Iterator<Item = (&'static str, &'static T)>) -> ByCountry<T> {
        let mut sorted: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
        for (countries, row) in rows {
            for country in countries.split(' ') {
                sorted.entry(country).or_default().push(row);
            }
        }
        ByCountry(sorted)
    }

    /// The rows about a country.
    pub(super) fn of(&self, country: Country) -> &[&'static T] {
        self.0
            .get(country.code())
            .map(Vec::as_slice)
            .unwrap_or_default()
    }
}
