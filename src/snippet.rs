//! Snippets: what the user has to tell clients, “new price list from 1 December”, kept once and
//! offered for each client's letters in turn.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::draft::{Language, LetterKind};
use crate::moment::iso_date;

/// The longest snippet, in characters.
pub const LONGEST: usize = 600;
/// A snippet that went to a client is not offered to them again for so long.
const REST: TimeDelta = TimeDelta::days(180);
/// Within this it still belongs to the letter that is being written.
const SAME_SITTING: TimeDelta = TimeDelta::hours(12);

/// Something to tell clients.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The words, as they go into a letter.
    pub text: String,
    /// The one letter that it is for; any where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<LetterKind>,
    /// The language that it is written in: it goes into letters of that language alone.
    pub language: Language,
    /// The last day on which it is news.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "maybe_date")]
    pub until: Option<NaiveDate>,
}

/// A snippet that went into a letter to a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Which, by [`Snippet::mark`].
    pub mark: String,
    /// When.
    pub at: Instant,
}

/// A short mark of a text, the same on every machine (64-bit FNV-1a, in hexadecimal).
pub(crate) fn mark_of(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

impl Snippet {
    /// A short mark of its words, the same on every machine.
    #[must_use]
    pub fn mark(&self) -> String {
        mark_of(&self.text)
    }

    /// Whether it fits into a letter, on a day of the user's.
    fn fits(&self, kind: LetterKind, language: Language, today: NaiveDate) -> bool {
        self.language == language
            && self.letter.is_none_or(|letter| letter == kind)
            && self.until.is_none_or(|until| today <= until)
    }
}

/// The snippet for a letter to a client: one made for this letter before one for any, a later one
/// before an earlier; none that they had lately.
#[must_use]
pub fn pick<'a>(
    snippets: &'a [Snippet],
    used: &[Used],
    kind: LetterKind,
    language: Language,
    today: NaiveDate,
    now: Instant,
) -> Option<&'a Snippet> {
    let rests = |snippet: &Snippet| {
        let mark = snippet.mark();
        used.iter().any(|used| {
            let ago = now.since(used.at);
            used.mark == mark && ago >= SAME_SITTING && ago < REST
        })
    };
    snippets
        .iter()
        .filter(|snippet| snippet.fits(kind, language, today) && !rests(snippet))
        .enumerate()
        .max_by_key(|(place, snippet)| (snippet.letter.is_some(), *place))
        .map(|(_, snippet)| snippet)
}

/// A date as ISO 8601 writes it, or nothing.
mod maybe_date {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer};

    #[derive(Deserialize)]
    struct Date(#[serde(with = "super::iso_date")] NaiveDate);

    #[allow(clippy::ref_option)] // The shape that serde calls.
    pub(super) fn serialize<S: Serializer>(
        date: &Option<NaiveDate>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => to.collect_str(date),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<NaiveDate>, D::Error> {
        Ok(Option::<Date>::deserialize(from)?.map(|Date(date)| date))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::at;

    fn snippet(text: &str, letter: Option<LetterKind>) -> Snippet {
        Snippet {
            text: text.into(),
            letter,
            language: Language::En,
            until: None,
        }
    }

    fn picked<'a>(snippets: &'a [Snippet], used: &[Used], now: &str) -> Option<&'a str> {
        let day = "2026-11-23".parse().unwrap();
        let kind = LetterKind::LeadTimes;
        let snippet = pick(snippets, used, kind, Language::En, day, at(now))?;
        Some(&snippet.text)
    }

    #[test]
    fn one_made_for_the_letter_comes_before_one_for_any_and_a_later_before_an_earlier() {
        let now = "2026-11-23T09:00:00Z";
        let mut all = vec![
            snippet("20 days", Some(LetterKind::LeadTimes)),
            snippet("new prices", None),
            snippet("blue lamps", Some(LetterKind::ProductNews)),
        ];
        assert_eq!(picked(&all, &[], now), Some("20 days"));
        all.push(snippet("15 days", Some(LetterKind::LeadTimes)));
        assert_eq!(picked(&all, &[], now), Some("15 days"));
        all.retain(|one| one.letter != Some(LetterKind::LeadTimes));
        assert_eq!(picked(&all, &[], now), Some("new prices"));
    }

    #[test]
    fn what_went_to_a_client_is_not_offered_again_for_half_a_year() {
        let all = [snippet("old", None), snippet("new", None)];
        let used = [Used {
            mark: all[1].mark(),
            at: at("2026-11-01T09:00:00Z"),
        }];
        // In the same sitting the letter keeps it.
        assert_eq!(picked(&all, &used, "2026-11-01T20:59:00Z"), Some("new"));
        assert_eq!(picked(&all, &used, "2026-11-01T21:00:00Z"), Some("old"));
        // 180 days after 1 November are up on 30 April at the same hour.
        assert_eq!(picked(&all, &used, "2027-04-30T08:59:00Z"), Some("old"));
        assert_eq!(picked(&all, &used, "2027-04-30T09:00:00Z"), Some("new"));
        assert_eq!(picked(&all[1..], &used, "2026-11-23T09:00:00Z"), None);
    }

    #[test]
    fn what_is_no_news_any_more_or_in_another_language_stays_out() {
        let yesterday = Snippet {
            until: Some("2026-11-22".parse().unwrap()),
            ..snippet("late", None)
        };
        let german = Snippet {
            language: Language::De,
            ..snippet("Neue Preise", None)
        };
        assert_eq!(
            picked(&[yesterday, german], &[], "2026-11-23T09:00:00Z"),
            None
        );
    }

    #[test]
    fn a_mark_is_the_published_hash() {
        // FNV-1a's published test vectors for the empty string and for "foobar".
        assert_eq!(snippet("", None).mark(), "cbf29ce484222325");
        assert_eq!(snippet("foobar", None).mark(), "85944171f73967e8");
    }
}
