//! Numbering plans: whose a telephone number is by its leading digits, and how long it must be.
//!
//! Source: libphonenumber's plans as prefixes (`data/phone_prefixes.tsv`, packed) and
//! `data/calling_codes.tsv`.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::gazetteer;
use super::table::Table;
use super::zone_choice::zones;
use crate::clock::ClientZone;
use crate::country::Country;

/// What the numbering plan says of a prefix.
pub(super) struct Plan {
    pub(super) country: Country,
    pub(super) zone: Option<ClientZone>,
    pub(super) service: bool,
    /// National lengths from 4 to 15 as bits.
    lengths: u16,
    /// How many digits of the number decided.
    pub(super) prefix: usize,
}

impl Plan {
    pub(super) fn fits(&self, length: usize) -> bool {
        (4..=15).contains(&length) && self.lengths & (1 << (length - 4)) != 0
    }
}

/// The longest prefix of the plan that a number begins with.
pub(super) fn plan(digits: &str, code: usize) -> Option<Plan> {
    let longest = digits.len().min(code + 5);
    (code..=longest).rev().find_map(|length| {
        let row = table().find(digits.get(..length)?).rows.next()?;
        let country = gazetteer::country(table().cell(row, 0))?;
        let zone = usize::from(table().cell(row, 1));
        let bits = u16::from_le_bytes([table().cell(row, 2), table().cell(row, 3)]);
        Some(Plan {
            country,
            zone: zones(country).get(zone).copied(),
            service: bits & 0x8000 != 0,
            lengths: bits & 0x0fff,
            prefix: length,
        })
    })
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| Table::new(include_bytes!("../../data/packed/phones.bin")))
}

/// Calling codes.
pub(super) struct Calling {
    /// The calling code of a country and the digits that calls at home begin with.
    pub(super) countries: HashMap<Country, (&'static str, &'static str)>,
    /// All calling codes.
    codes: HashSet<&'static str>,
}

impl Calling {
    /// How many digits the calling code has that a number begins with.
    pub(super) fn code_of(&self, digits: &str) -> Option<usize> {
        (1..=3).find(|length| {
            digits
                .get(..*length)
                .is_some_and(|code| self.codes.contains(code))
        })
    }
}

pub(super) fn calling() -> &'static Calling {
    static CALLING: OnceLock<Calling> = OnceLock::new();
    CALLING.get_or_init(|| {
        let countries: HashMap<Country, (&str, &str)> =
            include_str!("../../data/calling_codes.tsv")
                .lines()
                .skip(1)
                .filter_map(|line| {
                    let mut cells = line.split('\t');
                    let country = cells.next()?.parse().ok()?;
                    let code = cells.next()?;
                    Some((country, (code, cells.next()?.trim_matches('-'))))
                })
                .collect();
        let codes = countries.values().map(|(code, _)| *code).collect();
        Calling { countries, codes }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_calling_code_has_a_plan() {
        for (code, _) in calling().countries.values() {
            assert!(!table().find(code).rows.is_empty(), "{code}");
        }
    }
}
