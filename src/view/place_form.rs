//! The form that asks where a client is.

use super::{Attr, Node, Tag, Words};
use crate::client::company_of;
use crate::country::Country;
use crate::dossier::Dossier;
use crate::place::{Certainty, zones};
use crate::protocol::{Action, PlaceUi};
use crate::subdivision::Subdivision;

/// The popover; open as soon as it is drawn, and closing it puts it away.
#[must_use]
pub fn popover(dossier: &Dossier, state: &PlaceUi) -> Node {
    Node::new(Tag::Div, "panel place-form")
        .set(Attr::Id, "place")
        .set(Attr::Popover, "auto")
        .set(Attr::DataOpen, "")
        .on(Action::Close)
        .node(form(dossier, state))
}

/// The form itself.
pub(super) fn form(dossier: &Dossier, state: &PlaceUi) -> Node {
    let key = &dossier.record.key;
    let chosen = state.country.or(dossier.place.country);
    let told = dossier.record.word.is_some()
        || dossier
            .place
            .because
            .iter()
            .any(|b| b.clue == crate::place::ClueKind::Word);
    let company = company_of(&key.email);
    let has_company = company != key.email.as_str();
    Node::new(Tag::Form, "")
        .on(Action::SetPlace {
            client: key.clone(),
        })
        .node(Node::new(Tag::H2, "").words(Words::Say(
            "place_question",
            vec![Words::raw(dossier.record.label())],
        )))
        .node(
            Node::new(Tag::Label, "field")
                .words(Words::say("place_country"))
                .node(country_select(dossier, chosen)),
        )
        .maybe(chosen.and_then(|country| zone_select(dossier, country)))
        .maybe(chosen.and_then(|country| region_select(dossier, country)))
        .maybe(has_company.then(|| scope(&company)))
        .node(
            Node::new(Tag::Div, "buttons")
                .node(
                    Node::new(Tag::Button, "tool main")
                        .set(Attr::Type, "submit")
                        .words(Words::say("tool_save")),
                )
                .maybe(told.then(|| {
                    Node::new(Tag::Button, "tool")
                        .set(Attr::Type, "button")
                        .on(Action::ForgetPlace {
                            client: key.clone(),
                        })
                        .words(Words::say("tool_forget"))
                })),
        )
}

fn country_select(dossier: &Dossier, chosen: Option<Country>) -> Node {
    let empty = Node::new(Tag::Option, "")
        .set(Attr::Value, "")
        .words(Words::say("place_choose"));
    let options = Country::all().map(|country| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, country.code())
            .words(Words::Country(country));
        if Some(country) == chosen {
            option.set(Attr::Selected, "")
        } else {
            option
        }
    });
    Node::new(Tag::Select, "")
        .set(Attr::Name, "country")
        .set(Attr::Required, "")
        .set(Attr::DataSorted, "")
        .on(Action::AskPlace {
            client: dossier.record.key.clone(),
        })
        .node(empty)
        .nodes(options)
}

/// A choice of states or provinces where they have holidays or weekends of their own.
fn region_select(dossier: &Dossier, country: Country) -> Option<Node> {
    let current = dossier
        .place
        .region
        .filter(|_| dossier.place.certainty == Certainty::Known);
    let option = |region: Subdivision| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, region.code())
            .words(Words::raw(region.name()));
        if Some(region) == current {
            option.set(Attr::Selected, "")
        } else {
            option
        }
    };
    let unsaid = Node::new(Tag::Option, "")
        .set(Attr::Value, "")
        .words(Words::say("place_region_unknown"));
    Subdivision::of(country).next()?;
    Some(
        Node::new(Tag::Label, "field")
            .words(Words::say("place_region"))
            .node(
                Node::new(Tag::Select, "")
                    .set(Attr::Name, "region")
                    .set(Attr::DataSorted, "")
                    .node(unsaid)
                    .nodes(Subdivision::of(country).map(option)),
            ),
    )
}

/// A choice of zones where the country has several.
fn zone_select(dossier: &Dossier, country: Country) -> Option<Node> {
    let zones = zones(country);
    let current = dossier
        .place
        .zone
        .filter(|_| dossier.place.certainty == Certainty::Known);
    let option = |zone: crate::clock::ClientZone| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, zone.0.name())
            .words(Words::Zone(zone.0));
        if Some(zone) == current {
            option.set(Attr::Selected, "")
        } else {
            option
        }
    };
    (zones.len() > 1).then(|| {
        Node::new(Tag::Label, "field")
            .words(Words::say("place_zone"))
            .node(
                Node::new(Tag::Select, "")
                    .set(Attr::Name, "zone")
                    .nodes(zones.into_iter().map(option)),
            )
    })
}

/// Whether the word is about the person or everybody at the company.
fn scope(company: &str) -> Node {
    let choice = |value: &'static str, words: Words, checked: bool| {
        let input = Node::new(Tag::Input, "")
            .set(Attr::Type, "radio")
            .set(Attr::Name, "scope")
            .set(Attr::Value, value);
        let input = if checked {
            input.set(Attr::Checked, "")
        } else {
            input
        };
        Node::new(Tag::Label, "choice").node(input).words(words)
    };
    Node::new(Tag::Div, "scope")
        .set(Attr::Role, "radiogroup")
        .with(Attr::AriaLabel, Words::say("place_scope"))
        .node(choice(
            "company",
            Words::Say("scope_company", vec![Words::raw(company)]),
            true,
        ))
        .node(choice("person", Words::say("scope_person"), false))
}
