//! The language: what a detector says, the script a signature is written in, the closing phrase.
//!
//! Source: `data/languages.tsv` (speakers by country from CLDR, as nats of at most 2) and
//! `data/greetings.tsv`. English says nothing.

use super::clue::Clue;
use super::gazetteer::{Kind, Spot};
use super::signature::Line;
use super::{Because, ClueKind};

/// What a region in the language tag adds (`pt-BR`).
const REGION: f64 = 1.0;
/// What a script says beside what its language says: a signature may be in two languages.
const SCRIPT: f64 = 0.7;
/// Letters of a script that make it the signature's.
const ENOUGH: usize = 8;
/// The most that closing phrases say for one country.
const GREETINGS: f64 = 1.0;

/// Languages that a script is written in by one language alone, by its first and last letter.
const SCRIPTS: [(u32, u32, &str); 20] = [
    (0x0370, 0x03ff, "el"),
    (0x0530, 0x058f, "hy"),
    (0x0590, 0x05ff, "he"),
    (0x0980, 0x09ff, "bn"),
    (0x0a80, 0x0aff, "gu"),
    (0x0b80, 0x0bff, "ta"),
    (0x0c00, 0x0c7f, "te"),
    (0x0c80, 0x0cff, "kn"),
    (0x0d00, 0x0d7f, "ml"),
    (0x0d80, 0x0dff, "si"),
    (0x0e00, 0x0e7f, "th"),
    (0x0e80, 0x0eff, "lo"),
    (0x1000, 0x109f, "my"),
    (0x10a0, 0x10ff, "ka"),
    (0x1200, 0x137f, "am"),
    (0x1780, 0x17ff, "km"),
    (0x3040, 0x30ff, "ja"),
    (0xac00, 0xd7af, "ko"),
    (0x0600, 0x06ff, "ar"),
    (0x0400, 0x04ff, "ru"),
];

/// What the language says: the tag where there is one, else the script.
pub(super) fn clues(tag: Option<&str>, lines: &[Line<'_>], spots: &[Spot]) -> Vec<Clue> {
    let mut found = Vec::new();
    match tag.filter(|tag| !tag.is_empty()) {
        Some(tag) => {
            let (language, rest) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
            found.extend(spread(&language.to_ascii_lowercase(), 1.0));
            let region = rest.rsplit(['-', '_']).next().unwrap_or_default();
            if !found.is_empty() && region.len() == 2 {
                found.extend(region.parse().ok().map(|country| {
                    Clue::from(Because {
                        clue: ClueKind::Language,
                        value: tag.to_owned(),
                        country: Some(country),
                        weight: REGION,
                    })
                }));
            }
        }
        None => found.extend(
            script(lines)
                .into_iter()
                .flat_map(|one| spread(one, SCRIPT)),
        ),
    }
    found.extend(greetings(lines, spots));
    found
}

/// The countries of a language, each with its weight.
fn spread(language: &str, factor: f64) -> Vec<Clue> {
    let row = include_str!("../../data/languages.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .find(|(tag, _)| *tag == language);
    let weights = row.map_or("", |(_, weights)| weights);
    weights
        .split(' ')
        .filter_map(|one| {
            let (code, weight) = one.split_once(':')?;
            Some(Clue::from(Because {
                clue: ClueKind::Language,
                value: language.to_owned(),
                country: Some(code.parse().ok()?),
                weight: weight.parse::<f64>().ok()? * factor,
            }))
        })
        .collect()
}

/// The language of the script that most of the signature's letters outside Latin are in.
fn script(lines: &[Line<'_>]) -> Option<&'static str> {
    let mut counts = [0_usize; SCRIPTS.len()];
    for c in lines
        .iter()
        .flat_map(|line| line.raw.chars())
        .filter(|c| !c.is_ascii())
    {
        let code = u32::from(c);
        let at = SCRIPTS
            .iter()
            .position(|(low, high, _)| (*low..=*high).contains(&code));
        if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let (at, count) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
    let (_, _, language) = SCRIPTS.get(at).filter(|_| *count >= ENOUGH)?;
    let has = |letters: &str| {
        lines
            .iter()
            .any(|line| line.raw.contains(|c| letters.contains(c)))
    };
    Some(match *language {
        "ru" if has("іїєґ") => "uk",
        "ru" if has("ў") => "be",
        "ru" if has("ђћџљњј") => "sr",
        "ru" if has("қңғүұө") => "kk",
        "ar" if has("پچگژ") => "fa",
        other => other,
    })
}

/// What the closing phrases add up to for each country.
fn greetings(lines: &[Line<'_>], spots: &[Spot]) -> Vec<Clue> {
    let mut found: Vec<Clue> = Vec::new();
    for spot in spots.iter().filter(|spot| spot.has(Kind::Greeting)) {
        let Some(line) = lines.get(spot.line) else {
            continue;
        };
        for meaning in spot
            .meanings
            .iter()
            .filter(|one| one.kind == Kind::Greeting && one.country.is_some())
        {
            match found
                .iter_mut()
                .find(|one| one.because.country == meaning.country)
            {
                Some(one) => {
                    one.because.weight = (one.because.weight + meaning.weight()).min(GREETINGS);
                }
                None => found.push(Clue::from(Because {
                    clue: ClueKind::Language,
                    value: line.words.phrase(spot.from, spot.to).to_owned(),
                    country: meaning.country,
                    weight: meaning.weight().min(GREETINGS),
                })),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{gazetteer, signature};
    use super::*;

    fn first(tag: Option<&str>, text: &str) -> Option<String> {
        let lines = signature::lines(text);
        let spots: Vec<Spot> = lines
            .iter()
            .enumerate()
            .flat_map(|(at, line)| gazetteer::spots(at, &line.words))
            .collect();
        clues(tag, &lines, &spots)
            .into_iter()
            .max_by(|a, b| a.because.weight.total_cmp(&b.because.weight))
            .and_then(|clue| Some(clue.because.country?.code().to_owned()))
    }

    #[test]
    fn languages_of_one_country_name_it_and_english_does_not() {
        assert_eq!(first(Some("ja"), "").as_deref(), Some("JP"));
        assert_eq!(first(Some("pt-BR"), "").as_deref(), Some("BR"));
        assert_eq!(first(Some("en"), ""), None);
        assert_eq!(first(Some("en-US"), ""), None);
    }

    #[test]
    fn scripts_and_closing_phrases_stand_in_for_a_tag() {
        assert_eq!(
            first(None, "서울특별시 강남구 테헤란로").as_deref(),
            Some("KR")
        );
        assert_eq!(
            first(None, "З повагою, Олена Ковальчук").as_deref(),
            Some("UA")
        );
        assert_eq!(
            first(None, "Mit freundlichen Grüßen").as_deref(),
            Some("DE")
        );
        assert_eq!(first(None, "Pozdrawiam").as_deref(), Some("PL"));
    }

    #[test]
    fn every_row_of_the_table_is_read() {
        for line in include_str!("../../data/languages.tsv").lines().skip(1) {
            let (tag, weights) = line.split_once('\t').unwrap();
            assert_eq!(spread(tag, 1.0).len(), weights.split(' ').count(), "{tag}");
        }
    }
}
