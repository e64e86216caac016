//! A country that somebody wrote down: by its code or by a name in one of many languages.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::country::Country;
use crate::place::normal;

/// The country; `None` where it is unknown or could be several (Congo).
pub(super) fn named(text: &str) -> Option<Country> {
    static NAMES: OnceLock<BTreeMap<String, Option<Country>>> = OnceLock::new();
    if let Ok(country) = text.parse() {
        return Some(country);
    }
    let names = NAMES.get_or_init(|| {
        let mut names: BTreeMap<String, Option<Country>> = BTreeMap::new();
        let tables = [
            (include_str!("../../data/country_names.tsv"), 2),
            (include_str!("../../data/country_aliases.tsv"), 1),
        ];
        for (table, column) in tables {
            for line in table.lines().skip(1) {
                let mut cells = line.split('\t');
                let code = cells.next().unwrap_or_default();
                let country = code.trim_end_matches(['=', '~']).parse().ok();
                let all = cells.nth(column - 1).unwrap_or_default();
                for name in all.split('|').map(normal).filter(|name| !name.is_empty()) {
                    let known = names.entry(name).or_insert(country);
                    if *known != country {
                        *known = None;
                    }
                }
            }
        }
        names
    });
    let found = |text: &str| names.get(&normal(text)).copied().flatten();
    // `Germany (DE)`, `DE - Germany`, `中国/China`
    let parts = || text.split(['(', ')', '/', '-', '–', '|', '[', ']']);
    found(text).or_else(|| {
        let mut of_parts = parts()
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.parse().ok().or_else(|| found(part)));
        let first = of_parts.next()?;
        of_parts.all(|other| other == first).then_some(first)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_known_by_code_and_by_name_in_many_languages() {
        for (text, code) in [
            ("de", "DE"),
            ("Germany", "DE"),
            ("Deutschland", "DE"),
            ("ГЕРМАНИЯ", "DE"),
            ("德国", "DE"),
            ("Brasil", "BR"),
            ("Việt Nam", "VN"),
            ("USA", "US"),
            ("United States of America", "US"),
            ("Germany (DE)", "DE"),
            ("中国 / China", "CN"),
            ("UK", "GB"),
            ("Georgia", "GE"),
        ] {
            assert_eq!(
                named(text).map(|c| c.code().to_owned()).as_deref(),
                Some(code),
                "{text}"
            );
        }
        for unknown in ["", "Congo", "Middle East", "Atlantis", "Germany / France"] {
            assert_eq!(named(unknown), None, "{unknown}");
        }
    }
}
