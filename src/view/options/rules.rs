//! The rules of a market: each number and switch with its default and where that comes from.

use super::value::{setting_key, words};
use super::{Attr, Node, Shown, Tag, Words, answer, button, rule};
use crate::market::{Market, Standing};
use crate::playbook::{RuleId, Scope, Setting, Value};
use crate::protocol::{Action, SettingsForm};
use crate::settings::Change;
use crate::view::strip::market_key;
use crate::view::why::rule_key;

/// What comes round, and how often.
const ROUNDS: [Setting; 9] = [
    Setting::Touch,
    Setting::TouchEvery,
    Setting::Quote,
    Setting::QuoteEvery,
    Setting::Sample,
    Setting::SampleEvery,
    Setting::SampleMoments,
    Setting::OpenQuote,
    Setting::Reminders,
];
/// The days worth writing on.
const DAYS: [Setting; 2] = [Setting::Greetings, Setting::Moments];
/// When a letter goes out at all.
const TIMES: [Setting; 3] = [Setting::Hours, Setting::GapDays, Setting::QuietSeasons];
/// How far the answers move an interval.
const ANSWERS: [Setting; 10] = [
    Setting::Adapt,
    Setting::TwoUnanswered,
    Setting::MoreUnanswered,
    Setting::SlowAnswers,
    Setting::QuickAnswers,
    Setting::ClearPlan,
    Setting::Hesitant,
    Setting::Negotiating,
    Setting::LeastFactor,
    Setting::MostFactor,
];

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let market = shown.ui.options.market.unwrap_or(Market::EuropeAmerica);
    let tabs = Market::ALL.map(|tab| {
        let button = Node::new(Tag::Button, "tab")
            .set(Attr::Type, "button")
            .on(Action::ShowMarket { market: tab })
            .words(Words::say(market_key(tab)));
        match tab == market {
            true => button.set(Attr::AriaCurrent, "true"),
            false => button,
        }
    });
    let cycle = match market {
        Market::EuropeAmerica => RuleId::W1,
        Market::SouthEastAsia | Market::SouthAmerica => RuleId::S1,
        Market::India => RuleId::I1,
    };
    super::section("options_rules", "options_rules_about")
        .node(
            Node::new(Tag::Div, "tabs")
                .set(Attr::Role, "group")
                .with(Attr::AriaLabel, Words::say("options_markets"))
                .nodes(tabs),
        )
        .node(
            Node::new(Tag::P, "cycle")
                .set(Attr::DataTone, "wait")
                .node(id(cycle))
                .words(Words::say(rule_key(cycle))),
        )
        .node(group(shown, market, "options_rounds", &ROUNDS))
        .node(group(shown, market, "options_days", &DAYS))
        .node(group(shown, market, "options_times", &TIMES))
        .node(
            Node::new(Tag::Details, "")
                .node(Node::new(Tag::Summary, "").words(Words::say("options_answers")))
                .node(group(shown, market, "options_answers_about", &ANSWERS)),
        )
}

fn group(shown: &Shown<'_>, market: Market, legend: &'static str, settings: &[Setting]) -> Node {
    let mut told = None;
    let rows = settings.iter().map(|setting| {
        let (rule, _) = setting.source(market);
        // What a rule says is said once in a row of its numbers.
        let is_new = told.replace(rule) != Some(rule);
        row(shown, market, *setting, is_new)
    });
    Node::new(Tag::Fieldset, "rules")
        .node(Node::new(Tag::Legend, "").words(Words::say(legend)))
        .nodes(rows.collect::<Vec<_>>())
}

fn row(shown: &Shown<'_>, market: Market, setting: Setting, tell: bool) -> Node {
    let scope = Scope::Market(market);
    let rule = shown.settings.playbook.show(market, None, setting);
    let form = SettingsForm::Rule {
        scope: scope.clone(),
        setting,
    };
    let is_ours = |change: &Change| matches!(change, Change::Rule { scope: of, setting: what, .. } if *of == scope && *what == setting);
    let value = match shown.ui.options.draft.as_ref() {
        Some(change @ Change::Rule { value, .. }) if is_ours(change) => {
            value.unwrap_or(rule.default)
        }
        _ => rule.value,
    };
    let refused = answer::refusal(shown, &form).is_some();
    let id = format!("{}-{}", setting_key(setting), market.name());
    let source = format!("{id}-source");
    let playbook = &shown.settings.playbook;
    let asleep = switch_of(setting)
        .is_some_and(|of| playbook.show(market, None, of).value == Value::Switch(false));
    let row = Node::new(
        Tag::Div,
        if asleep {
            "rule-row asleep"
        } else {
            "rule-row"
        },
    )
    .set(Attr::Role, "group")
    .set(Attr::AriaDescribedby, &source)
    .set(
        Attr::DataTone,
        if rule.changed.is_some() {
            "ask"
        } else {
            "wait"
        },
    )
    .node(rule::form(
        &id,
        setting,
        value,
        refused,
        Action::WeighForm { form: form.clone() },
    ));
    row.node(told(&rule, setting, &source, tell))
        .node(answer::place(shown, &form, is_ours))
}

/// The switch without which a number has no effect.
fn switch_of(setting: Setting) -> Option<Setting> {
    match setting {
        Setting::TouchEvery => Some(Setting::Touch),
        Setting::QuoteEvery => Some(Setting::Quote),
        Setting::SampleEvery => Some(Setting::Sample),
        Setting::Reminders => Some(Setting::OpenQuote),
        other => (other != Setting::Adapt && ANSWERS.contains(&other)).then_some(Setting::Adapt),
    }
}

/// The default and where it comes from; of a changed one, that it is, and the way back.
fn told(rule: &crate::playbook::Shown, setting: Setting, source: &str, tell: bool) -> Node {
    let ours = rule.standing == Standing::Extension;
    let default = match ours {
        true => "default_ours",
        false => "default_named",
    };
    let sentence = Words::say(rule_key(rule.rule));
    Node::new(Tag::P, "source")
        .set(Attr::Id, source)
        .node(id(rule.rule).with(Attr::Title, sentence.clone()))
        .maybe(tell.then(|| Node::new(Tag::Span, "sentence").words(sentence)))
        .node(Node::new(Tag::Span, "default").words(Words::Say(default, vec![words(rule.default)])))
        .maybe(
            rule.changed
                .is_some()
                .then(|| Node::new(Tag::Span, "pill").words(Words::say("options_changed"))),
        )
        .maybe(rule.changed.clone().map(|scope| {
            button("tool reset", "tool_reset")
                .with(
                    Attr::AriaLabel,
                    Words::Say("reset_label", vec![Words::say(setting_key(setting))]),
                )
                .on(Action::Weigh {
                    change: Change::Rule {
                        scope,
                        setting,
                        value: None,
                    },
                })
        }))
}

/// A rule's id, as the playbook writes it.
fn id(rule: RuleId) -> Node {
    Node::new(Tag::Span, "rule").words(Words::raw(format!("{rule:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_its_place_on_the_page() {
        let mut all = [&ROUNDS[..], &DAYS, &TIMES, &ANSWERS].concat();
        all.sort_unstable();
        let mut expected = Setting::ALL;
        expected.sort_unstable();
        assert_eq!(all, expected);
    }
}
