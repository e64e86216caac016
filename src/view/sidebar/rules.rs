//! The rules as they are for this client alone (N1): each with the playbook's own value beside.

use super::parts::{button, fold, span};
use super::{Attr, Node, Shown, Tag, Words};
use crate::market::Market;
use crate::market::Standing;
use crate::playbook::{Scope, Setting};
use crate::protocol::Action;
use crate::view::options::{refusal_key, rule_form, setting_key, value_words};

/// What is worth changing for one client.
const SETTINGS: [Setting; 14] = [
    Setting::Touch,
    Setting::TouchEvery,
    Setting::Quote,
    Setting::QuoteEvery,
    Setting::Sample,
    Setting::SampleEvery,
    Setting::OpenQuote,
    Setting::Reminders,
    Setting::Greetings,
    Setting::Moments,
    Setting::Hours,
    Setting::GapDays,
    Setting::QuietSeasons,
    Setting::Adapt,
];

pub(super) fn section(shown: &Shown<'_>) -> Option<Node> {
    let market = shown.dossier.plan.market?;
    let on = shown.ui.sidebar.rules;
    let key = match on {
        true => "rules_hide",
        false => "rules_show",
    };
    let changed = SETTINGS
        .into_iter()
        .filter(|setting| shown.rules.own(&scope(shown), *setting).is_some())
        .count();
    let changed = i64::try_from(changed).unwrap_or(i64::MAX);
    Some(
        fold("sidebar_rules", on)
            .node(Node::new(Tag::P, "small").words(match changed {
                0 => Words::say("rules_as_usual"),
                _ => Words::Count("rules_changed", changed, Vec::new()),
            }))
            .node(button("tool", key).on(Action::ShowRules { on: !on }))
            .nodes(
                on.then(|| SETTINGS.map(|setting| row(shown, market, setting)))
                    .into_iter()
                    .flatten(),
            ),
    )
}

fn scope(shown: &Shown<'_>) -> Scope {
    Scope::Client(shown.dossier.record.key.email.clone())
}

fn row(shown: &Shown<'_>, market: Market, setting: Setting) -> Node {
    let email = &shown.dossier.record.key.email;
    let rule = shown.rules.show(market, Some(email), setting);
    let own = shown.rules.own(&scope(shown), setting).is_some();
    let refused = shown.ui.sidebar.refused.filter(|(of, _)| *of == setting);
    let form = rule_form(
        setting_key(setting),
        setting,
        rule.value,
        refused.is_some(),
        Action::SetRule {
            scope: scope(shown),
            setting,
        },
    )
    // Bounds that stand as they were in this market's rules move with the usual span.
    .node(
        Node::new(Tag::Input, "")
            .set(Attr::Type, "hidden")
            .set(Attr::Name, "market")
            .set(Attr::Value, market.name()),
    );
    let default = match rule.standing {
        Standing::Extension => "default_ours",
        Standing::Named => "default_named",
    };
    let reset = own.then(|| {
        button("tool reset", "tool_reset")
            .with(
                Attr::AriaLabel,
                Words::Say("reset_label", vec![Words::say(setting_key(setting))]),
            )
            .on(Action::ResetRule {
                scope: scope(shown),
                setting,
            })
    });
    Node::new(Tag::Div, "rule-row")
        .node(form)
        .node(
            Node::new(Tag::P, "source")
                .node(span("rule", Words::raw(format!("{:?}", rule.rule))))
                .node(span(
                    "default",
                    Words::Say(default, vec![value_words(rule.default)]),
                ))
                .maybe(own.then(|| span("pill", Words::say("rules_own"))))
                .maybe(reset),
        )
        .maybe(refused.map(|(_, refusal)| {
            Node::new(Tag::P, "refused")
                .set(Attr::Role, "alert")
                .set(Attr::DataTone, "reply")
                .words(Words::say(refusal_key(refusal)))
        }))
}
