//! What the next letter is about: topics take turns, and a bare status check is none of them (P2).

use crate::history::{Author, Touch, TouchKind};
use crate::market::Market;
use crate::playbook::RuleId;
use crate::rhythm::Track;
use crate::step::Topic;

/// A topic and the rule that asks for it.
type Reasoned = (Topic, RuleId);

/// They plan ahead and value a stable supply (W5); the rest brings something new each time.
const PLANNERS: &[Reasoned] = &[
    (Topic::LeadTimes, RuleId::W5),
    (Topic::MarketData, RuleId::T1),
    (Topic::ProductNews, RuleId::P2),
    (Topic::SeasonPlan, RuleId::W5),
    (Topic::Proposal, RuleId::T1),
];

/// Price and quality, what sells, what is new (S4).
const TRADERS: &[Reasoned] = &[
    (Topic::PriceQuality, RuleId::S4),
    (Topic::ProductNews, RuleId::S4),
    (Topic::Promotion, RuleId::S4),
    (Topic::MarketData, RuleId::T1),
];

/// Keen on price (I1), over a long time (T1); nothing that presses (I4).
const PATIENT: &[Reasoned] = &[
    (Topic::PriceQuality, RuleId::I1),
    (Topic::ProductNews, RuleId::P2),
    (Topic::MarketData, RuleId::T1),
    (Topic::Proposal, RuleId::T1),
];

/// The topic of a track's next letter, and the rule that asks for it. It moves on by one with
/// every letter that the user sent, so no topic comes twice running.
pub(crate) fn next(track: Track, market: Market, touches: &[Touch]) -> Reasoned {
    let sent = |kind: Option<TouchKind>| {
        touches
            .iter()
            .filter(|touch| {
                touch.by == Author::Seller && kind.is_none_or(|kind| touch.kind == kind)
            })
            .count()
    };
    let turns = match market {
        Market::EuropeAmerica => PLANNERS,
        Market::SouthEastAsia | Market::SouthAmerica => TRADERS,
        Market::India => PATIENT,
    };
    match track {
        Track::Sample => (Topic::Samples, RuleId::P1),
        Track::Quote if sent(Some(TouchKind::Quote)) == 0 => (Topic::Quotation, RuleId::P1),
        Track::Quote | Track::Touch => turns
            .iter()
            .cycle()
            .nth(sent(None) % turns.len())
            .copied()
            .unwrap_or((Topic::ProductNews, RuleId::P2)),
    }
}
