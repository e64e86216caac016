//! The zone of a client whose country is known.
//!
//! Source: `data/zones_by_country.tsv`, IANA's zones for each country, the most populous first.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::offsets::agreement;
use super::{ClueKind, OffsetCount, ZoneBasis};
use crate::clock::{ClientZone, Instant};
use crate::country::Country;

/// Two winters and two summers, by which two zones of one country are told apart.
const SEASONS: [i64; 4] = [
    1_768_435_200_000, // 2026-01-15
    1_784_073_600_000, // 2026-07-15
    1_799_971_200_000, // 2027-01-15
    1_815_609_600_000, // 2027-07-15
];

/// The zones of a country, the most populous first. Empty for Bouvet Island and for Heard and
/// McDonald Islands, where nobody lives.
#[must_use]
pub fn zones(country: Country) -> Vec<ClientZone> {
    table().get(&country).cloned().unwrap_or_default()
}

/// The zone of a client in a country: the only one; else the one that a city, then a telephone
/// number names; else the one that fits the clock offsets best; else the most populous.
pub(super) fn choose(
    country: Country,
    named: impl Iterator<Item = (ClueKind, ClientZone)>,
    offsets: &[OffsetCount],
) -> Option<(ClientZone, ZoneBasis)> {
    let zones = table().get(&country)?;
    let first = *zones.first()?;
    if zones.iter().all(|zone| same_clock(*zone, first)) {
        return Some((first, ZoneBasis::Only));
    }
    let rank = |(kind, _): &(ClueKind, ClientZone)| usize::from(*kind != ClueKind::City);
    if let Some((_, zone)) = named.min_by_key(rank) {
        return Some((zone, ZoneBasis::Clue));
    }
    Some(
        by_offsets(zones, offsets)
            .map_or((first, ZoneBasis::Assumed), |zone| (zone, ZoneBasis::Clue)),
    )
}

/// The most populous of the zones that fit the offsets best, where those leave others out.
fn by_offsets(zones: &[ClientZone], offsets: &[OffsetCount]) -> Option<ClientZone> {
    let fits = |zone: ClientZone| agreement(offsets, zone);
    let best = zones
        .iter()
        .map(|zone| fits(*zone))
        .max_by(f64::total_cmp)?;
    let worst = zones
        .iter()
        .map(|zone| fits(*zone))
        .min_by(f64::total_cmp)?;
    let zone = zones.iter().find(|zone| fits(**zone) >= best)?;
    (best > 0.0 && worst < best).then_some(*zone)
}

/// Whether two zones show the same time all year round, as Berlin's and Büsingen's do.
fn same_clock(one: ClientZone, other: ClientZone) -> bool {
    SEASONS
        .iter()
        .filter_map(|ms| Instant::from_ms(*ms).ok())
        .all(|at| one.0.offset_at(at) == other.0.offset_at(at))
}

fn table() -> &'static HashMap<Country, Vec<ClientZone>> {
    static TABLE: OnceLock<HashMap<Country, Vec<ClientZone>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        include_str!("../../data/zones_by_country.tsv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let (code, names) = line.split_once('\t')?;
                let zones = names
                    .split(' ')
                    .filter_map(|name| name.parse().ok().map(ClientZone));
                Some((code.parse().ok()?, zones.collect()))
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(code: &str) -> Vec<&'static str> {
        let zones = zones(code.parse().unwrap());
        zones.iter().map(|zone| zone.0.name()).collect()
    }

    #[test]
    fn every_country_with_people_has_a_zone_and_every_name_is_known() {
        for country in Country::all() {
            let uninhabited = matches!(country.code(), "BV" | "HM");
            assert_eq!(zones(country).is_empty(), uninhabited, "{country}");
        }
        for line in include_str!("../../data/zones_by_country.tsv")
            .lines()
            .skip(1)
        {
            let (code, zones) = line.split_once('\t').unwrap();
            assert_eq!(names(code).join(" "), zones);
        }
    }

    #[test]
    fn the_most_populous_zone_comes_first() {
        for (code, zone) in [
            ("US", "America/New_York"),
            ("BR", "America/Sao_Paulo"),
            ("RU", "Europe/Moscow"),
            ("CN", "Asia/Shanghai"),
            ("AU", "Australia/Sydney"),
            ("ID", "Asia/Jakarta"),
            ("XK", "Europe/Belgrade"),
        ] {
            assert_eq!(names(code).first(), Some(&zone));
        }
    }

    #[test]
    fn zones_that_show_the_same_time_count_as_one() {
        let basis = |code: &str| {
            let country = code.parse().unwrap();
            choose(country, std::iter::empty(), &[]).unwrap().1
        };
        assert_eq!(basis("DE"), ZoneBasis::Only);
        assert_eq!(basis("MY"), ZoneBasis::Only);
        assert_eq!(basis("JP"), ZoneBasis::Only);
        assert_eq!(basis("US"), ZoneBasis::Assumed);
        assert_eq!(basis("PT"), ZoneBasis::Assumed);
    }

    #[test]
    fn a_city_comes_before_a_number_and_offsets_before_the_crowd() {
        let zone = |name: &str| ClientZone(name.parse().unwrap());
        let us = "US".parse().unwrap();
        let named = [
            (ClueKind::Phone, zone("America/New_York")),
            (ClueKind::City, zone("America/Denver")),
        ];
        assert_eq!(
            choose(us, named.into_iter(), &[]),
            Some((zone("America/Denver"), ZoneBasis::Clue))
        );
        let pacific = [OffsetCount {
            month: "202607".into(),
            minutes: -420,
            count: 3,
        }];
        // -07:00 in July: the Pacific coast before Arizona, which has fewer people.
        assert_eq!(
            choose(us, std::iter::empty(), &pacific),
            Some((zone("America/Los_Angeles"), ZoneBasis::Clue))
        );
        assert_eq!(
            choose(us, std::iter::empty(), &[]),
            Some((zone("America/New_York"), ZoneBasis::Assumed))
        );
    }
}
