//! Nudges: letters that only ask whether there is any news (P2). What asks is told by the rows `check`
//! of `data/kinds.tsv`; a closing formula such as “looking forward to your reply” asks for nothing.

use crate::history::TouchKind;
use crate::kind::{Glance, classify, folded, own_text};

/// A letter that says more than this besides asking is no bare one, in characters.
const SHORT: usize = 600;
/// What shows that something comes with the letter, as [`folded`] has it: beginnings of words.
const ENCLOSED: [&str; 13] = [
    " attached",
    " attachment",
    " enclosed",
    " во вложени",
    " прикладыва",
    " прилага",
    " adjunt",
    " anexo",
    " anbei",
    " im anhang",
    " ci joint",
    " piece jointe",
    " je joins",
];
/// The same in Chinese, which sets no blanks.
const ENCLOSED_ZH: [&str; 2] = ["附件", "附上"];
/// What figures are of that somebody is told: shares and sums.
const FIGURES: [char; 7] = ['%', '％', '€', '$', '£', '¥', '₽'];
/// Sums in letters.
const SUMS: [&str; 5] = [" usd ", " eur ", " rmb ", " cny ", " руб"];

/// Whether a letter asks for news and brings nothing. Where it answers a letter of theirs, only what asks
/// for nothing but news counts.
#[must_use]
pub fn is_bare(subject: &str, text: &str, answers: bool) -> bool {
    let kind = classify(&Glance {
        subject,
        text: Some(text),
        answers,
        ..Glance::default()
    });
    let text = own_text(text);
    kind == TouchKind::Check && text.chars().count() <= SHORT && !brings(&text)
}

/// Whether something comes with a text: a figure, or what it names as enclosed.
fn brings(text: &str) -> bool {
    let words = folded(text);
    text.contains(FIGURES)
        || ENCLOSED
            .iter()
            .chain(&SUMS)
            .any(|mark| words.contains(mark))
        || ENCLOSED_ZH.iter().any(|mark| text.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters as people write them, each with whether it only asks for news; judged by hand.
    const LETTERS: &str = include_str!("../tests/fixtures/nudges.tsv");

    #[test]
    fn p2_what_only_asks_for_news_is_told_from_what_says_something() {
        let wrong: Vec<&str> = LETTERS
            .lines()
            .skip(1)
            .filter(|row| {
                let cells: Vec<&str> = row.split('\t').collect();
                let [_, nudge, text] = cells[..] else {
                    panic!("{row}")
                };
                is_bare("", text, false) != (nudge == "yes")
            })
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn p2_every_language_has_letters_of_both_sorts() {
        for language in crate::draft::Language::ALL {
            for (sort, least) in [("yes", 20), ("no", 9)] {
                let front = format!("{}\t{sort}\t", language.tag());
                let count = LETTERS
                    .lines()
                    .filter(|row| row.starts_with(&front))
                    .count();
                assert!(count >= least, "{front}{count}");
            }
        }
    }

    #[test]
    fn p2_what_is_quoted_and_what_is_long_is_no_bare_nudge() {
        let quoted = "Thank you, Anna!\n\nOn Mon, 2 Nov 2026, Anna wrote:\n> Any news?";
        assert!(!is_bare("", quoted, true));
        let carried = "Any news?\n\nOn Mon, 2 Nov 2026, Anna wrote:\n> the price is 4 % lower";
        assert!(is_bare("Re: Any update", carried, true));
        let long = format!("Any news? {}", "We have been thinking. ".repeat(30));
        assert!(!is_bare("", &long, false));
    }
}
