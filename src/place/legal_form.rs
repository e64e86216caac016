//! Legal forms, company registers and words that only some countries' addresses use.
//!
//! Source: `data/legal_forms.tsv`, weights in nats by hand: about 3 shared among the countries that
//! have the form.

use super::clue::Clue;
use super::gazetteer::{Kind, Spot};
use super::signature::Line;
use super::words::Words;
use super::{Because, ClueKind};

/// The most that legal forms and the like say for one country.
const MOST: f64 = 2.6;

/// What each country's forms add up to.
pub(super) fn clues(lines: &[Line<'_>], spots: &[Spot]) -> Vec<Clue> {
    let mut found: Vec<Clue> = Vec::new();
    let mut seen: Vec<String> = Vec::new();
    for spot in spots.iter().filter(|spot| spot.has(Kind::LegalForm)) {
        let Some(line) = lines.get(spot.line).filter(|line| !line.prose) else {
            continue;
        };
        let name = line.words.phrase(spot.from, spot.to).to_owned();
        if !is_written_as_form(&line.words, spot, &name) || seen.contains(&name) {
            continue;
        }
        let written = line.words.written(line.raw, spot.from, spot.to);
        let written = written.map_or_else(|| name.clone(), str::to_owned);
        for meaning in spot
            .meanings
            .iter()
            .filter(|one| one.kind == Kind::LegalForm)
        {
            match found
                .iter_mut()
                .find(|one| one.because.country == meaning.country)
            {
                Some(one) => one.because.weight = (one.because.weight + meaning.weight()).min(MOST),
                None => found.push(Clue::from(Because {
                    clue: ClueKind::LegalForm,
                    value: written.clone(),
                    country: meaning.country,
                    weight: meaning.weight().min(MOST),
                })),
            }
        }
        seen.push(name);
    }
    found
}

/// A short form (`AS`, `PT`, `AB`) is a form only in capitals, beside a name and not alone.
fn is_written_as_form(words: &Words, spot: &Spot, name: &str) -> bool {
    if !name.is_ascii() || name.len() > 3 {
        return true;
    }
    // Oy, OÜ and Bt. are written so; of three letters, so many are that all may be.
    let written_small = name.len() == 3 || matches!(name, "bt" | "ou" | "oy");
    let capitals = (spot.from..spot.to).all(|at| {
        words
            .get(at)
            .is_some_and(|word| word.capitals || (written_small && word.proper))
    });
    let alone = words.all().len() == spot.to - spot.from;
    capitals && !alone
}

#[cfg(test)]
mod tests {
    use super::super::{gazetteer, signature};
    use super::*;

    fn strongest(text: &str) -> Option<(String, f64)> {
        let lines = signature::lines(text);
        let spots: Vec<Spot> = lines
            .iter()
            .enumerate()
            .flat_map(|(at, line)| gazetteer::spots(at, &line.words))
            .collect();
        clues(&lines, &spots)
            .into_iter()
            .max_by(|a, b| a.because.weight.total_cmp(&b.because.weight))
            .map(|clue| {
                (
                    clue.because.country.unwrap().code().to_owned(),
                    clue.because.weight,
                )
            })
    }

    #[test]
    fn legal_forms_name_their_country() {
        for (line, code) in [
            ("Acme GmbH", "DE"),
            ("Acme Ltda.", "BR"),
            ("Acme Pvt. Ltd.", "IN"),
            ("Acme Sdn Bhd", "MY"),
            ("Acme Sp. z o.o.", "PL"),
            ("Acme S.r.l.", "IT"),
            ("Acme Pte. Ltd.", "SG"),
            ("Acme (Pty) Ltd", "ZA"),
            ("ООО «Ромашка», ИНН 7700000000", "RU"),
            ("宁波灯具有限公司", "CN"),
            ("株式会社山田", "JP"),
            ("Acme San. ve Tic. Ltd. Şti.", "TR"),
            ("PT Maju Jaya", "ID"),
            ("Acme Oy", "FI"),
        ] {
            assert_eq!(
                strongest(line).map(|one| one.0).as_deref(),
                Some(code),
                "{line}"
            );
        }
    }

    #[test]
    fn common_words_are_no_legal_forms() {
        for line in ["as soon as possible", "the via point", "Anna"] {
            assert_eq!(strongest(line), None, "{line}");
        }
    }
}
