//! Free mail: providers that serve one country, and those that serve everybody.
//!
//! Source: `data/freemail.tsv`. Nine in ten mailboxes of a national provider keep that country's
//! time; the world-wide ones are spread over all zones and say nothing.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Because, ClueKind};
use crate::country::Country;

/// What a national provider is worth.
const WEIGHT: f64 = 2.5;

/// Providers with a national address in many countries (`yahoo.com.br`, `hotmail.fr`).
const EVERYWHERE: [&str; 6] = ["gmx", "hotmail", "live", "msn", "outlook", "yahoo"];

/// Whom a provider serves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Provider {
    /// Everybody.
    WorldWide,
    /// Mostly people of one country.
    National(Country),
}

/// The provider behind a domain, if it is one of the table.
pub(super) fn provider(domain: &str) -> Option<Provider> {
    table().get(domain).copied()
}

/// What a national provider says.
pub(super) fn clue(domain: &str, country: Country) -> Because {
    Because {
        clue: ClueKind::FreeMail,
        value: domain.to_owned(),
        country: Some(country),
        weight: WEIGHT,
    }
}

/// Whether a domain belongs to a provider of mailboxes for anybody. Two people there are no
/// colleagues, so what is known of one says nothing about the other.
#[must_use]
pub fn is_free_mail(domain: &str) -> bool {
    table().contains_key(domain)
        || domain
            .split_once('.')
            .is_some_and(|(brand, rest)| EVERYWHERE.contains(&brand) && rest.len() <= 6)
}

fn table() -> &'static HashMap<&'static str, Provider> {
    static TABLE: OnceLock<HashMap<&'static str, Provider>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../data/freemail.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| line.split_once('\t'))
            .map(|(domain, code)| {
                let country = code.parse().map(Provider::National);
                (domain, country.unwrap_or(Provider::WorldWide))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn national_providers_name_their_country() {
        for (domain, code) in [("web.de", "DE"), ("163.com", "CN"), ("uol.com.br", "BR")] {
            let country = code.parse().unwrap();
            assert_eq!(provider(domain), Some(Provider::National(country)));
            assert!(is_free_mail(domain));
        }
    }

    #[test]
    fn world_wide_providers_say_nothing() {
        for domain in ["gmail.com", "outlook.com", "hotmail.com", "proton.me"] {
            assert_eq!(provider(domain), Some(Provider::WorldWide));
        }
        assert!(is_free_mail("hotmail.nl") && !is_free_mail("live.company.de"));
        assert!(!is_free_mail("siemens.com"));
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        let lines = include_str!("../../data/freemail.tsv").lines().skip(1);
        for line in lines {
            let (domain, code) = line.split_once('\t').unwrap();
            let expected = code.parse().map_or(Provider::WorldWide, Provider::National);
            assert!(code == "-" || expected != Provider::WorldWide, "{line}");
            assert_eq!(provider(domain), Some(expected));
        }
    }
}
