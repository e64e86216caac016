//! Weighs clues against each other: capped log-odds for each group, a state for “elsewhere”, one
//! temperature.
//!
//! Clues of one group are not independent (a site and a mail address share a domain, a city and a
//! country a line), so each group speaks at most [`CAP`] for a country. “Elsewhere” stands for every
//! country that no clue names, at zero. The posterior is a softmax over both.

use super::{Because, Certainty, ClueKind};
use crate::country::Country;
use crate::order::Order;

/// The weight of the user's own word, and what no clue reaches.
pub(super) const CERTAIN: f64 = 20.0;
/// The most that one group of clues says for a country, in nats.
const CAP: f64 = 5.0;
/// The most that all signs of a company's seat say: its people work elsewhere too.
const SEAT_CAP: f64 = 4.0;
/// The most that language says: enough to propose a country, not to know it.
const LANGUAGE_CAP: f64 = 1.5;
/// A group that says at least this for a country is strong by itself.
const STRONG: f64 = 3.0;
/// A group that says at least this for a country backs it beside a strong one.
const BACKING: f64 = 2.0;
/// Divides all scores before they become probabilities, so that answers given with confidence 0.9 are
/// right nine times in ten; found on the development half of the contact blocks.
const TEMPERATURE: f64 = 1.0;
/// At and above this probability the country is known.
const KNOWN: f64 = 0.80;
/// At and above this probability it is worth proposing.
const SUGGESTED: f64 = 0.50;
/// How far ahead of every rival a known country is, in nats.
const MARGIN: f64 = 1.5;

/// What makes a country worth asking whether numbers at home or clocks fit it.
const NAMED: f64 = 0.5;

/// Clues that rest on the same fact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Group {
    Phone,
    Domain,
    Address,
    Language,
    Clock,
    Colleagues,
}

const GROUPS: [Group; 6] = [
    Group::Phone,
    Group::Domain,
    Group::Address,
    Group::Language,
    Group::Clock,
    Group::Colleagues,
];

fn group(clue: ClueKind) -> Group {
    match clue {
        ClueKind::Phone => Group::Phone,
        // A legal form, like a domain, is of the country where the company has its seat.
        ClueKind::Domain | ClueKind::FreeMail | ClueKind::LegalForm => Group::Domain,
        ClueKind::CountryName | ClueKind::City | ClueKind::Postcode => Group::Address,
        ClueKind::Language => Group::Language,
        ClueKind::Clock => Group::Clock,
        ClueKind::Colleagues | ClueKind::Word => Group::Colleagues,
    }
}

/// The most that a group says for a country.
fn cap(group: Option<&Group>) -> f64 {
    match group {
        Some(Group::Domain) => SEAT_CAP,
        Some(Group::Language) => LANGUAGE_CAP,
        _ => CAP,
    }
}

/// What the clues come to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    /// The country, unless it is unknown.
    pub(super) country: Option<Country>,
    /// The probability of the likeliest country.
    pub(super) confidence: f64,
    /// How sure.
    pub(super) certainty: Certainty,
}

/// A country with what each group says for it.
struct Candidate {
    country: Country,
    groups: [f64; GROUPS.len()],
}

impl Candidate {
    fn score(&self) -> f64 {
        self.groups.iter().sum()
    }

    /// The odds against “elsewhere”, less those of a country that nothing speaks for: what says
    /// next to nothing of a dozen countries must not add up to doubt.
    fn mass(&self) -> f64 {
        ((self.score() / TEMPERATURE).exp() - 1.0).max(0.0)
    }

    /// How many groups say at least so much.
    fn groups_from(&self, least: f64) -> usize {
        self.groups.iter().filter(|said| **said >= least).count()
    }

    fn names_address(&self) -> bool {
        let at = GROUPS.iter().position(|one| *one == Group::Address);
        at.and_then(|at| self.groups.get(at))
            .is_some_and(|said| *said >= STRONG)
    }
}

/// The countries that clues speak for with at least so much together.
pub(super) fn countries<'a>(because: impl Iterator<Item = &'a Because>) -> Vec<Country> {
    let mut said: Vec<(Country, f64)> = Vec::new();
    for reason in because {
        let Some(country) = reason.country else {
            continue;
        };
        match said.iter_mut().find(|(one, _)| *one == country) {
            Some((_, weight)) => *weight += reason.weight,
            None => said.push((country, reason.weight)),
        }
    }
    said.retain(|(_, weight)| *weight >= NAMED);
    said.into_iter().map(|(country, _)| country).collect()
}

/// Weighs the clues.
pub(super) fn weigh(because: &[Because]) -> Verdict {
    let mut candidates = candidates(because);
    candidates
        .order_by(|a, b| (b.score().total_cmp(&a.score())).then_with(|| a.country.cmp(&b.country)));
    let Some(best) = candidates.first() else {
        return Verdict {
            country: None,
            confidence: 0.0,
            certainty: Certainty::Unknown,
        };
    };
    let rival = candidates.get(1);
    let total: f64 = 1.0 + candidates.iter().map(Candidate::mass).sum::<f64>();
    let confidence = best.mass() / total;
    let ahead = best.score() - rival.map_or(0.0, Candidate::score).max(0.0);
    let in_conflict = rival.is_some_and(|rival| conflict(best, rival));
    let confidence = if in_conflict {
        confidence.min(SUGGESTED)
    } else {
        confidence
    };
    let certainty = if in_conflict {
        Certainty::Unknown
    } else if confidence >= KNOWN && ahead >= MARGIN {
        Certainty::Known
    } else if confidence >= SUGGESTED {
        Certainty::Suggested
    } else {
        Certainty::Unknown
    };
    Verdict {
        country: (certainty != Certainty::Unknown).then_some(best.country),
        confidence,
        certainty,
    }
}

/// Whether strong groups name two countries and the better one is not backed by enough others: by one
/// more than the rival's strong ones, and by three where both have an address.
fn conflict(best: &Candidate, rival: &Candidate) -> bool {
    let strong = rival.groups_from(STRONG);
    let needed = if best.names_address() && rival.names_address() {
        3
    } else {
        strong + 1
    };
    strong > 0 && best.groups_from(BACKING) < needed
}

/// Every country that a clue names, with its groups' capped sums.
fn candidates(because: &[Because]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for reason in because {
        let Some(country) = reason.country else {
            continue;
        };
        let index = candidates
            .iter()
            .position(|one| one.country == country)
            .unwrap_or_else(|| {
                candidates.push(Candidate {
                    country,
                    groups: [0.0; GROUPS.len()],
                });
                candidates.len() - 1
            });
        let at = GROUPS
            .iter()
            .position(|one| *one == group(reason.clue))
            .unwrap_or_default();
        if let Some(said) = candidates
            .get_mut(index)
            .and_then(|one| one.groups.get_mut(at))
        {
            *said = (*said + reason.weight).clamp(-CAP, cap(GROUPS.get(at)));
        }
    }
    candidates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(clue: ClueKind, code: &str, weight: f64) -> Because {
        Because {
            clue,
            value: String::new(),
            country: code.parse().ok(),
            weight,
        }
    }

    #[test]
    fn nothing_is_unknown() {
        let verdict = weigh(&[]);
        assert_eq!(
            (verdict.country, verdict.certainty),
            (None, Certainty::Unknown)
        );
    }

    #[test]
    fn one_strong_clue_is_known_by_the_softmax_worked_by_hand() {
        // (e^3 - 1) / e^3 = 0.9502
        let verdict = weigh(&[reason(ClueKind::Domain, "DE", 3.0)]);
        assert_eq!(verdict.certainty, Certainty::Known);
        assert!((verdict.confidence - 0.9502).abs() < 1e-4);
    }

    #[test]
    fn a_weak_clue_is_only_suggested() {
        // (e^1 - 1) / e^1 = 0.632
        let verdict = weigh(&[reason(ClueKind::LegalForm, "DE", 1.0)]);
        assert_eq!(verdict.certainty, Certainty::Suggested);
        assert_eq!(verdict.country, "DE".parse().ok());
    }

    #[test]
    fn two_strong_groups_for_two_countries_are_unknown() {
        let verdict = weigh(&[
            reason(ClueKind::Phone, "BR", 4.0),
            reason(ClueKind::Domain, "DE", 3.4),
        ]);
        assert_eq!(
            (verdict.country, verdict.certainty),
            (None, Certainty::Unknown)
        );
    }

    #[test]
    fn two_strong_groups_outvote_one() {
        let verdict = weigh(&[
            reason(ClueKind::Phone, "CN", 4.0),
            reason(ClueKind::CountryName, "CN", 5.0),
            reason(ClueKind::Domain, "DE", 3.4),
        ]);
        assert_eq!(
            (verdict.country, verdict.certainty),
            ("CN".parse().ok(), Certainty::Known)
        );
    }

    #[test]
    fn a_group_says_at_most_its_cap() {
        let once = weigh(&[reason(ClueKind::CountryName, "FR", 5.0)]);
        let twice = weigh(&[
            reason(ClueKind::CountryName, "FR", 5.0),
            reason(ClueKind::City, "FR", 3.0),
        ]);
        assert_eq!(once, twice);
    }
}
