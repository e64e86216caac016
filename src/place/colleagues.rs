//! Colleagues: people at the same company domain whose country is known.

use super::clue::Clue;
use super::{Because, ClueKind};
use crate::country::Country;

/// What several colleagues in one country say together.
const SEVERAL: f64 = 3.0;
/// What one says: the company may have offices elsewhere.
const ONE: f64 = 2.0;

/// Each country's share of the colleagues, as a weight.
pub(super) fn clues(colleagues: &[Country]) -> Vec<Clue> {
    let mut counts: Vec<(Country, u32)> = Vec::new();
    for country in colleagues {
        match counts.iter_mut().find(|(one, _)| one == country) {
            Some((_, count)) => *count += 1,
            None => counts.push((*country, 1)),
        }
    }
    let all: u32 = counts.iter().map(|(_, count)| count).sum();
    let most = if all > 1 { SEVERAL } else { ONE };
    counts
        .into_iter()
        .map(|(country, count)| {
            let share = f64::from(count) / f64::from(all);
            Clue::from(Because {
                clue: ClueKind::Colleagues,
                value: format!("{count}/{all}"),
                country: Some(country),
                weight: (most + share.ln()).max(0.0),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colleagues_share_their_weight_by_country() {
        let of = |codes: &[&str]| -> Vec<(String, f64)> {
            let countries: Vec<Country> = codes.iter().map(|code| code.parse().unwrap()).collect();
            clues(&countries)
                .into_iter()
                .map(|clue| {
                    (
                        clue.because.country.unwrap().code().to_owned(),
                        clue.because.weight,
                    )
                })
                .collect()
        };
        assert_eq!(of(&["DE"]), [("DE".to_owned(), ONE)]);
        assert_eq!(of(&["DE", "DE"]), [("DE".to_owned(), SEVERAL)]);
        let split = of(&["DE", "CN", "DE", "DE"]);
        assert!((split[0].1 - (3.0 + 0.75_f64.ln())).abs() < 1e-9);
        assert!((split[1].1 - (3.0 + 0.25_f64.ln())).abs() < 1e-9);
        assert!(of(&[]).is_empty());
    }
}
