//! Why: the rules and the clues behind what the strip says.

use super::{Attr, Node, Tag, Words, pace_words, step_words};
use crate::clock::BestBecause;
use crate::dossier::{Dossier, Now};
use crate::market::{self, Standing};
use crate::place::{Because, ClueKind, ZoneBasis};
use crate::playbook::RuleId;

/// The popover's id.
pub const ID: &str = "why";

/// The popover.
#[must_use]
pub fn popover(dossier: &Dossier, now: Now) -> Node {
    let heading = |key| Node::new(Tag::H2, "").words(Words::say(key));
    let panel = Node::new(Tag::Div, "panel why")
        .set(Attr::Id, ID)
        .set(Attr::Popover, "auto");
    lists(dossier, now)
        .into_iter()
        .fold(panel, |panel, (key, list)| {
            panel.node(heading(key)).node(list)
        })
}

/// What speaks for the step, for the place, for the last contact: each list with its heading's
/// message.
pub(super) fn lists(dossier: &Dossier, now: Now) -> [(&'static str, Node); 3] {
    let list = |class, items| Node::new(Tag::Ul, class).nodes(items);
    [
        ("why_rules", list("rules", rules(dossier))),
        ("why_place", list("clues", place(dossier))),
        ("why_contact", list("contacts", contact(dossier, now))),
    ]
}

fn item(words: Words) -> Node {
    Node::new(Tag::Li, "").words(words)
}

/// Each rule by its id with what it says; and, where the rhythm is our extension of the playbook,
/// that it is.
fn rules(dossier: &Dossier) -> Vec<Node> {
    let rules = dossier.plan.step.iter().flat_map(|step| &step.rules);
    let mut items: Vec<_> = rules
        .map(|rule| {
            Node::new(Tag::Li, "")
                .node(Node::new(Tag::Span, "rule").words(Words::raw(format!("{rule:?}"))))
                .words(Words::say(rule_key(*rule)))
        })
        .collect();
    items.extend(pace_words::reasons(dossier));
    items.extend(best(dossier));
    items.extend(holidays_unknown(dossier));
    let region = dossier.place.country.and_then(market::region);
    if let Some(region) = region.filter(|region| region.standing == Standing::Extension) {
        let market = Words::say(super::strip::market_key(region.market));
        items.push(item(Words::Say(
            "why_extension",
            vec![Words::Country(region.country), market],
        )));
    }
    if items.is_empty() {
        items.push(item(Words::say("why_no_rules")));
    }
    items
}

/// Until when holidays are known where the step's day lies beyond that.
fn holidays_unknown(dossier: &Dossier) -> Option<Node> {
    let (calendar, zone) = dossier.calendar.as_ref().zip(dossier.place.zone)?;
    let day = zone.0.date(dossier.plan.step.as_ref()?.opens);
    let until = calendar.good_until().filter(|_| !calendar.knows(day))?;
    let until = Words::full_date(until);
    Some(item(Words::Say("why_good_until", vec![until])))
}

/// Why the best hours are the best.
fn best(dossier: &Dossier) -> impl Iterator<Item = Node> {
    let because = dossier.best().map(|(_, because)| because);
    because.into_iter().flatten().filter_map(|because| {
        Some(item(match because {
            BestBecause::Morning => Words::say("best_morning"),
            BestBecause::Lunch => Words::say("best_lunch"),
            BestBecause::ShortDay => Words::say("best_short_day"),
            BestBecause::Season(key) => Words::Say("best_season", vec![step_words::season(key)?]),
        }))
    })
}

fn place(dossier: &Dossier) -> Vec<Node> {
    let mut told: Vec<(&Because, Vec<Words>)> = Vec::new();
    for because in &dossier.place.because {
        let country = because.country;
        let country = country.map_or(Words::say("place_unknown"), Words::Country);
        // One clue may speak for several countries, and two may read the same, such as a postcode by its shape and by its place.
        let same =
            |(one, _): &&mut (&Because, _)| one.clue == because.clue && one.value == because.value;
        match told.iter_mut().find(same) {
            Some((_, countries)) if countries.contains(&country) => {}
            Some((_, countries)) => countries.push(country),
            None => told.push((because, vec![country])),
        }
    }
    let mut items: Vec<_> = told
        .into_iter()
        .map(|(because, countries)| item(clue(because, countries)))
        .collect();
    if items.is_empty() {
        items.push(item(Words::say("why_no_clues")));
    }
    if let (Some(zone), Some(basis)) = (dossier.place.zone, dossier.place.zone_basis) {
        let key = match basis {
            ZoneBasis::Word => "zone_word",
            ZoneBasis::Only => "zone_only",
            ZoneBasis::Clue => "zone_clue",
            ZoneBasis::Assumed => "zone_assumed",
        };
        items.push(item(Words::Say(key, vec![Words::Zone(zone.0)])));
    }
    items.extend(dossier.place.region.map(|region| {
        let name = Words::raw(region.name());
        item(Words::Say("why_region", vec![name]))
    }));
    items
}

fn clue(because: &Because, countries: Vec<Words>) -> Words {
    let key = match because.clue {
        ClueKind::Word => "clue_word",
        ClueKind::Domain => "clue_domain",
        ClueKind::FreeMail => "clue_free_mail",
        ClueKind::Phone => "clue_phone",
        ClueKind::CountryName => "clue_country_name",
        ClueKind::City => "clue_city",
        ClueKind::Postcode => "clue_postcode",
        ClueKind::LegalForm => "clue_legal_form",
        ClueKind::Language => "clue_language",
        ClueKind::Clock => "clue_clock",
        ClueKind::Colleagues => "clue_colleagues",
    };
    let value = Words::raw(because.value.clone());
    Words::Say(key, vec![value, Words::List(countries)])
}

fn contact(dossier: &Dossier, now: Now) -> Vec<Node> {
    let Some(last) = dossier.history.last() else {
        return vec![item(Words::say("contact_none"))];
    };
    let at = Words::moment(last.at, now.seller.0);
    vec![
        item(step_words::last_contact(dossier)),
        item(Words::Say("why_last_at", vec![at])),
        item(Words::Count(
            "why_messages",
            i64::try_from(dossier.history.touches().len()).unwrap_or(i64::MAX),
            Vec::new(),
        )),
    ]
}

/// The message that says in a sentence what a rule of the playbook says.
#[must_use]
pub fn rule_key(rule: RuleId) -> &'static str {
    macro_rules! keys {
        ($($id:ident),*) => { match rule { $(RuleId::$id => concat!("rule_", stringify!($id))),* } };
    }
    keys!(
        G1, W1, W2, W3, W4, W5, S1, S2, S3, S4, I1, I2, I3, I4, P1, P2, P3, F1, F2, F3, M1, T1, N1,
        E1, E2
    )
}
