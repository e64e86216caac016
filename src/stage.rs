//! How far the talks have come, as the letters show it: a suggestion that the user accepts or not.

use crate::client::Stage;
use crate::history::{Author, Touch, TouchKind};

/// So many answers to a quotation are talks over terms.
const TALKS: usize = 2;

/// A stage further on than the one that is set; `None` where the letters show none. That an order
/// came or will not come is the user's to say.
#[must_use]
pub fn suggest(set: Stage, touches: &[Touch]) -> Option<Stage> {
    let sent = |kind| {
        touches
            .iter()
            .position(|touch| touch.by == Author::Seller && touch.kind == kind)
    };
    let answers_after = |at: usize| {
        let after = touches.iter().skip(at);
        after.filter(|touch| touch.by == Author::Client).count()
    };
    let quoted = sent(TouchKind::Quote);
    let shown = match (quoted, sent(TouchKind::Sample)) {
        (Some(quote), _) if answers_after(quote) >= TALKS => Stage::Negotiating,
        (_, Some(_)) => Stage::Sampled,
        (Some(_), None) => Stage::Quoted,
        (None, None) => Stage::Inquiry,
    };
    let reached = |stage| match stage {
        Stage::Inquiry => 0,
        Stage::Quoted => 1,
        Stage::Sampled => 2,
        Stage::Negotiating => 3,
        Stage::Ordered | Stage::Lost => 4,
    };
    (reached(shown) > reached(set)).then_some(shown)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::history;

    #[test]
    fn letters_show_how_far_the_talks_have_come_and_never_lead_back() {
        let mut lines = vec!["they 2027-01-04T08:00:00Z"];
        let mut after = |letters: &[&'static str], set| {
            lines.extend(letters);
            suggest(set, history(&lines).touches())
        };
        assert_eq!(after(&[], Stage::Inquiry), None);
        let quote = ["me 2027-01-05T08:00:00Z quote"];
        assert_eq!(after(&quote, Stage::Inquiry), Some(Stage::Quoted));
        let sample = [
            "they 2027-01-06T08:00:00Z",
            "me 2027-01-07T08:00:00Z sample",
        ];
        assert_eq!(after(&sample, Stage::Quoted), Some(Stage::Sampled));
        assert_eq!(
            after(&["they 2027-01-08T08:00:00Z"], Stage::Quoted),
            Some(Stage::Negotiating)
        );
        assert_eq!(after(&[], Stage::Negotiating), None);
        assert_eq!(after(&[], Stage::Lost), None);
    }
}
