//! What is the user's own: zone, addresses, daily limit, language; how Cadence calls them.

use super::{Action, Node, Shown, Tag, Words, answer, button, field, input, submit};
use crate::country::Country;
use crate::order::Order;
use crate::own::{Badge, Tongue};
use crate::place::zones;
use crate::protocol::SettingsForm;
use crate::settings::Change;
use crate::view::Attr;

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let limit = shown.settings.daily_limit.to_string();
    super::section("options_own", "options_own_about")
        .node(form(
            shown,
            &SettingsForm::Zone,
            [field("field_own_zone", zone(shown))],
        ))
        .node(form(shown, &SettingsForm::Hours, hours(shown)))
        .node(form(
            shown,
            &SettingsForm::DailyLimit,
            [field(
                "options_limit",
                input("text", "value")
                    .set(Attr::Inputmode, "numeric")
                    .set(Attr::Maxlength, "3")
                    .set(Attr::Value, &limit),
            )],
        ))
        .node(form(
            shown,
            &SettingsForm::Language,
            [field("field_own_language", language(shown))],
        ))
        .node(heading("options_addresses"))
        .node(Node::new(Tag::P, "about").words(Words::say("options_addresses_about")))
        .node(
            Node::new(Tag::Ul, "days addresses")
                .nodes(shown.settings.own.addresses.iter().map(address)),
        )
        .node(form(
            shown,
            &SettingsForm::Address,
            [field(
                "field_address",
                input("text", "address")
                    .set(Attr::Inputmode, "email")
                    .set(Attr::Maxlength, "254"),
            )],
        ))
}

/// From when to when they are at work.
fn hours(shown: &Shown<'_>) -> [Node; 2] {
    let own = shown.settings.own.hours;
    let time = |name, at: Option<String>| {
        let input = input("time", name);
        match at {
            Some(at) => input.set(Attr::Value, &at),
            None => input,
        }
    };
    [
        field(
            "field_own_from",
            time("from", own.map(|hours| hours.from().to_string())),
        ),
        field(
            "field_own_to",
            time("to", own.map(|hours| hours.to().to_string())),
        ),
    ]
}

/// The number on the button, and the daily notification.
pub(super) fn calls(shown: &Shown<'_>) -> Node {
    let own = &shown.settings.own;
    let badge = Badge::ALL.map(|(badge, name)| {
        let words = Words::say(match badge {
            Badge::Due => "badge_due",
            Badge::Overdue => "badge_overdue",
            Badge::Off => "badge_off",
        });
        option(name, words, own.badge == badge)
    });
    let at = own
        .call_at
        .map_or_else(|| "09:00".to_owned(), |at| at.to_string());
    let switch = input("checkbox", "on").set(Attr::Value, "on");
    let switch = match own.call_at {
        Some(_) => switch.set(Attr::Checked, ""),
        None => switch,
    };
    super::section("options_calls", "options_calls_about")
        .node(form(
            shown,
            &SettingsForm::Badge,
            [field("field_badge", select("badge", badge))],
        ))
        .node(form(
            shown,
            &SettingsForm::CallAt,
            [
                Node::new(Tag::Label, "switch")
                    .node(switch)
                    .words(Words::say("field_call")),
                field(
                    "field_call_at",
                    input("time", "at")
                        .set(Attr::Required, "")
                        .set(Attr::Value, &at),
                ),
            ],
        ))
}

/// A form of one or two fields with its answer.
pub(super) fn form(
    shown: &Shown<'_>,
    form: &SettingsForm,
    fields: impl IntoIterator<Item = Node>,
) -> Node {
    let submit = submit(match form {
        SettingsForm::Address => "tool_add",
        _ => "tool_change",
    });
    Node::new(Tag::Div, "setting")
        .node(
            Node::new(Tag::Form, "row")
                .on(Action::WeighForm { form: form.clone() })
                .nodes(fields)
                .node(submit),
        )
        .node(answer::place(shown, form, |_| false))
}

pub(super) fn heading(key: &'static str) -> Node {
    Node::new(Tag::H3, "").words(Words::say(key))
}

pub(super) fn select(name: &str, options: impl IntoIterator<Item = Node>) -> Node {
    Node::new(Tag::Select, "")
        .set(Attr::Name, name)
        .nodes(options)
}

pub(super) fn option(value: &str, words: Words, chosen: bool) -> Node {
    let option = Node::new(Tag::Option, "").set(Attr::Value, value);
    let option = if chosen {
        option.set(Attr::Selected, "")
    } else {
        option
    };
    option.words(words)
}

fn zone(shown: &Shown<'_>) -> Node {
    let own = shown.settings.own.zone;
    let mut names: Vec<_> = Country::all()
        .flat_map(zones)
        .map(|zone| zone.0.name())
        .chain(own.map(crate::clock::Zone::name))
        .collect();
    names.order();
    names.dedup();
    let browser = Words::say("zone_of_computer");
    select(
        "zone",
        [option("", browser, own.is_none())]
            .into_iter()
            .chain(names.into_iter().map(|name| {
                let chosen = own.is_some_and(|own| own.name() == name);
                option(name, Words::raw(name.replace('_', " ")), chosen)
            })),
    )
}

fn language(shown: &Shown<'_>) -> Node {
    let own = shown.settings.own.language;
    let browser = option("", Words::say("language_of_browser"), own.is_none());
    let tongues = Tongue::ALL
        .map(|(tongue, folder, name)| option(folder, Words::raw(name), own == Some(tongue)));
    select("language", [browser].into_iter().chain(tongues))
}

fn address(email: &crate::address::Email) -> Node {
    let text = email.as_str();
    let label = vec![Words::say("tool_take_back"), Words::raw(text)];
    Node::new(Tag::Li, "")
        .node(Node::new(Tag::Span, "dates").words(Words::raw(text)))
        .node(
            button("tool", "tool_take_back")
                .with(Attr::AriaLabel, Words::Say("day_label", label))
                .on(Action::Keep {
                    change: Change::DropAddress(email.clone()),
                }),
        )
}
