//! Snippets: what the user has to tell clients, “new price list from 1 December”, kept once and
//! offered for each client's letters in turn.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::clock::Instant;
use crate::draft::{Language, LetterKind};
use crate::fingerprint::fingerprint;
use crate::market::Market;
use crate::moment::iso_date;

/// The longest snippet, in characters.
pub const LONGEST: usize = 600;
/// So many are kept.
pub const MOST: usize = 200;
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
    /// The one market whose clients it is for; any where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub market: Option<Market>,
    /// The first day on which it may be told.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "maybe_date")]
    pub from: Option<NaiveDate>,
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

/// A short mark of a text, the same on every machine, in hexadecimal.
pub(crate) fn mark_of(text: &str) -> String {
    format!("{:016x}", fingerprint(text.as_bytes()))
}

impl Snippet {
    /// A short mark of its words, the same on every machine.
    #[must_use]
    pub fn mark(&self) -> String {
        mark_of(&self.text)
    }

    /// Whether it may not be told yet, may be, or is no news any more.
    #[must_use]
    pub fn season(&self, today: NaiveDate) -> Season {
        if self.until.is_some_and(|until| until < today) {
            Season::Over
        } else if self.from.is_some_and(|from| today < from) {
            Season::Ahead
        } else {
            Season::Now
        }
    }

    /// Whether it fits into a letter.
    fn fits(&self, occasion: &Occasion) -> bool {
        self.language == occasion.language
            && self.letter.is_none_or(|letter| letter == occasion.kind)
            && self
                .market
                .is_none_or(|market| occasion.market == Some(market))
            && self.season(occasion.today) == Season::Now
    }
}

/// Where a day lies, seen from the days on which a snippet is news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Season {
    /// Before the first.
    Ahead,
    /// Among them.
    Now,
    /// After the last.
    Over,
}

/// The letter that a snippet is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    /// Which letter.
    pub kind: LetterKind,
    /// In which language.
    pub language: Language,
    /// The client's market, where it is known.
    pub market: Option<Market>,
    /// The day on the user's calendar.
    pub today: NaiveDate,
    /// The instant.
    pub now: Instant,
}

/// The snippet for a letter to a client: one made for this letter before one for any, one for their
/// market before one for any, a later one before an earlier; none that they had lately.
#[must_use]
pub fn pick<'a>(
    snippets: &'a [Snippet],
    used: &[Used],
    occasion: &Occasion,
) -> Option<&'a Snippet> {
    let rests = |snippet: &Snippet| {
        let mark = snippet.mark();
        used.iter().any(|used| {
            let ago = occasion.now.since(used.at);
            used.mark == mark && ago >= SAME_SITTING && ago < REST
        })
    };
    snippets
        .iter()
        .filter(|snippet| snippet.fits(occasion) && !rests(snippet))
        .enumerate()
        .max_by_key(|(place, snippet)| (snippet.letter.is_some(), snippet.market.is_some(), *place))
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
            market: None,
            from: None,
            until: None,
        }
    }

    fn picked<'a>(snippets: &'a [Snippet], used: &[Used], now: &str) -> Option<&'a str> {
        let occasion = Occasion {
            kind: LetterKind::LeadTimes,
            language: Language::En,
            market: Some(Market::India),
            today: "2026-11-23".parse().unwrap(),
            now: at(now),
        };
        Some(&pick(snippets, used, &occasion)?.text)
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
    fn what_is_for_a_market_goes_to_its_clients_alone_and_before_what_is_for_any() {
        let of = |market| Snippet {
            market: Some(market),
            ..snippet("for a market", None)
        };
        let now = "2026-11-23T09:00:00Z";
        let any = snippet("for any", None);
        assert_eq!(
            picked(&[of(Market::India), any.clone()], &[], now),
            Some("for a market")
        );
        assert_eq!(
            picked(&[any, of(Market::SouthAmerica)], &[], now),
            Some("for any")
        );
    }

    #[test]
    fn what_is_not_news_yet_waits_for_its_day() {
        let from = |day: &str| Snippet {
            from: Some(day.parse().unwrap()),
            until: Some("2026-11-30".parse().unwrap()),
            ..snippet("new prices", None)
        };
        let now = "2026-11-23T09:00:00Z";
        assert_eq!(picked(&[from("2026-11-23")], &[], now), Some("new prices"));
        assert_eq!(picked(&[from("2026-11-24")], &[], now), None);
        let day = |day: &str| day.parse().unwrap();
        assert_eq!(from("2026-11-24").season(day("2026-11-23")), Season::Ahead);
        assert_eq!(from("2026-11-24").season(day("2026-11-30")), Season::Now);
        assert_eq!(from("2026-11-24").season(day("2026-12-01")), Season::Over);
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
}
