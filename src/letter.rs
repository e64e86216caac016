//! What the next letter is: its kind and topic, and the rules that ask for them. Topics take turns,
//! a bare status check is none of them, and none comes twice running (P2).

use crate::client::{Client, Intent, Stage};
use crate::clock::Instant;
use crate::history::{Author, Touch, TouchKind};
use crate::market::Market;
use crate::moment::MomentKind;
use crate::playbook::{RuleId, Rules};
use crate::rhythm::{Facts, Place, Pull, Track, Turn, last_sample};
use crate::step::{StepKind, Topic};

/// What to send.
pub(crate) struct Letter {
    pub(crate) kind: StepKind,
    pub(crate) topic: Topic,
    /// What goes well with it.
    pub(crate) also: Option<StepKind>,
}

/// A topic and the rule that asks for it.
type Reasoned = (Topic, RuleId);

/// They plan ahead and value a stable supply (W5); the rest brings something new each time.
const PLANNERS: [Reasoned; 5] = [
    (Topic::LeadTimes, RuleId::W5),
    (Topic::MarketData, RuleId::T1),
    (Topic::ProductNews, RuleId::P2),
    (Topic::SeasonPlan, RuleId::W5),
    (Topic::Proposal, RuleId::T1),
];

/// Price and quality, what sells, what is new (S4).
const TRADERS: [Reasoned; 4] = [
    (Topic::PriceQuality, RuleId::S4),
    (Topic::ProductNews, RuleId::S4),
    (Topic::Promotion, RuleId::S4),
    (Topic::MarketData, RuleId::T1),
];

/// Keen on price (I1), over a long time (T1); nothing that presses (I4).
const PATIENT: [Reasoned; 4] = [
    (Topic::PriceQuality, RuleId::I1),
    (Topic::ProductNews, RuleId::P2),
    (Topic::MarketData, RuleId::T1),
    (Topic::Proposal, RuleId::T1),
];

/// The letter that a turn asks for. The rules that ask for its kind and topic are put behind the others.
pub(crate) fn of(facts: &Facts<'_>, turn: &Turn, because: &mut Vec<RuleId>) -> Letter {
    let market = facts.place.market;
    let pull = turn.pulled.map(|pulled| pulled.by);
    let (topic, rule) =
        caught(turn.track, pull).unwrap_or_else(|| topic(turn.track, market, facts.touches));
    because.push(rule);
    let lacks_sample =
        facts.rules.sample_moments && lacks_sample(facts.place, facts.touches, turn.opens);
    let new_product = pull == Some(Pull::Moment(MomentKind::NewProduct));
    let kind = match turn.track {
        _ if lacks_sample && new_product => StepKind::Sample,
        Track::OpenQuote | Track::Touch => StepKind::Touch,
        Track::Quote => StepKind::Quote,
        Track::Sample => StepKind::Sample,
        Track::Greeting => StepKind::Greeting,
    };
    let also = match kind {
        StepKind::Greeting => None,
        _ if pull == Some(Pull::Holiday) => Some(StepKind::Greeting),
        StepKind::Quote if lacks_sample => Some(StepKind::Sample),
        _ => None,
    };
    if also == Some(StepKind::Greeting) {
        because.extend([RuleId::M1, RuleId::P3]);
    }
    if lacks_sample && (kind == StepKind::Sample || also == Some(StepKind::Sample)) {
        because.push(RuleId::S3);
    }
    if facts.client.about.is_some() && rule != RuleId::P1 {
        because.push(RuleId::P1);
    }
    if market == Market::India {
        because.push(RuleId::I4);
    }
    Letter { kind, topic, also }
}

/// The topic that a moment gives. A letter that only carries holiday wishes along keeps its own.
fn caught(track: Track, pull: Option<Pull>) -> Option<Reasoned> {
    let topic = match pull? {
        Pull::Moment(MomentKind::Anniversary) => Topic::Anniversary,
        Pull::Moment(MomentKind::GoodNews) => Topic::MarketData,
        Pull::Moment(MomentKind::NewProduct) => Topic::ProductNews,
        Pull::Closing => Topic::OwnClosing,
        Pull::Holiday if track == Track::Greeting => return Some((Topic::Holiday, RuleId::P3)),
        Pull::Holiday => return None,
    };
    Some((topic, RuleId::M1))
}

/// The topic whose turn it is on a track. It moves on by one with every letter
/// that the user sent.
fn topic(track: Track, market: Market, touches: &[Touch]) -> Reasoned {
    if track == Track::Sample {
        return (Topic::Samples, RuleId::P1);
    }
    let turns: &[Reasoned] = match market {
        Market::EuropeAmerica => &PLANNERS,
        Market::SouthEastAsia | Market::SouthAmerica => &TRADERS,
        Market::India => &PATIENT,
    };
    let sent = || {
        let letter =
            |touch: &&Touch| touch.by == Author::Seller && touch.kind != TouchKind::Greeting;
        touches.iter().filter(letter)
    };
    // Who has no quotation yet gets one among the first.
    let unquoted = track == Track::Quote && !sent().any(|touch| touch.kind == TouchKind::Quote);
    let quotation = unquoted.then_some((Topic::Quotation, RuleId::P1));
    let count = turns.len() + usize::from(unquoted);
    quotation
        .into_iter()
        .chain(turns.iter().copied())
        .nth(sent().count() % count)
        .unwrap_or((Topic::ProductNews, RuleId::P2))
}

/// What goes well with the answer to a client's letter: samples, where that letter is a good sign and
/// none went in the order cycle (S3). A good sign, which is ours to say: they answer a quotation or
/// have a clear plan to buy, and do not hesitate.
pub(crate) fn with_answer(
    client: &Client,
    place: &Place,
    rules: &Rules,
    touches: &[Touch],
    opens: Instant,
) -> Option<StepKind> {
    let ours = |touch: &&Touch| touch.by != Author::Client && touch.kind != TouchKind::Greeting;
    let last = touches.iter().rev().find(ours);
    let positive = match client.intent {
        Intent::ClearPlan => true,
        Intent::Open => last.is_some_and(|touch| touch.kind == TouchKind::Quote),
        Intent::Hesitant => false,
    };
    let rests = matches!(client.stage, Stage::Ordered | Stage::Lost);
    (rules.sample_moments && positive && !rests && lacks_sample(place, touches, opens))
        .then_some(StepKind::Sample)
}

/// Whether no sample went in the order cycle that ends at an instant (S3; the cycle's longest span
/// counts, S1).
fn lacks_sample(place: &Place, touches: &[Touch], at: Instant) -> bool {
    let (_, cycle) = Rules::cycle(place.market);
    let over = |touch: &Touch| {
        let end = cycle.after(place.date(touch.at));
        end.is_some_and(|end| end <= place.date(at))
    };
    last_sample(touches).is_none_or(over)
}
