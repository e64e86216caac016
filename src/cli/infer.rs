//! `cadence infer`.

use std::error::Error;

use serde::{Deserialize, Serialize};

use cadence::address::Email;
use cadence::clock::ClientZone;
use cadence::country::Country;
use cadence::market::{self, Market};
use cadence::place::{self, Because, Certainty, Clues, OffsetCount, PlaceWord, ZoneBasis};

/// A line of input.
#[derive(Deserialize)]
pub(crate) struct Question {
    email: Email,
    #[serde(default)]
    name: Option<String>,
    /// The visible text of the client's own message.
    #[serde(default)]
    text: Option<String>,
    /// A BCP 47 tag.
    #[serde(default)]
    language: Option<String>,
    #[serde(default)]
    offsets: Vec<OffsetCount>,
    /// What the user said.
    #[serde(default)]
    word: Option<PlaceWord>,
    /// Where colleagues are known to be.
    #[serde(default)]
    colleagues: Vec<Country>,
}

/// A line of output, after its id.
#[derive(Serialize)]
pub(crate) struct Answer {
    country: Option<Country>,
    zone: Option<ClientZone>,
    zone_basis: Option<ZoneBasis>,
    market: Option<Market>,
    confidence: f64,
    status: Certainty,
    because: Vec<Because>,
}

/// Answers one line.
#[expect(
    clippy::needless_pass_by_value,
    reason = "one line's answer takes its question"
)]
pub(crate) fn answer(question: Question) -> Result<Answer, Box<dyn Error>> {
    let inference = place::infer(&Clues {
        email: &question.email,
        name: question.name.as_deref(),
        text: question.text.as_deref(),
        language: question.language.as_deref(),
        offsets: &question.offsets,
        word: question.word,
        colleagues: &question.colleagues,
    });
    Ok(Answer {
        country: inference.country,
        zone: inference.zone,
        zone_basis: inference.zone_basis,
        market: inference
            .country
            .and_then(market::region)
            .map(|region| region.market),
        confidence: inference.confidence,
        status: inference.certainty,
        because: inference.because,
    })
}
