//! Values of rules in words, and what rules are called.

use super::{Node, Tag, Words};
use crate::playbook::{Setting, Span, Unit, Value};
use crate::view::{pace_words, step_words};

/// What a rule is set to.
#[must_use]
pub fn words(value: Value) -> Words {
    match value {
        Value::Switch(true) => Words::say("value_on"),
        Value::Switch(false) => Words::say("value_off"),
        Value::Days(days) => span(Span::days(days)),
        Value::Hours(hours) => step_words::hours(hours),
        Value::Every(every) => Words::Say(
            "value_every",
            vec![
                pace_words::every(every.default()),
                span(every.min()),
                span(every.max()),
            ],
        ),
        Value::Reminders(reminders) => Words::Say(
            "value_reminders",
            <[u16; 3]>::from(reminders)
                .map(|day| Words::Number(day.into()))
                .into(),
        ),
        Value::Factor(factor) => {
            let percent = i64::from(factor.thousandths()) / 10;
            Words::Say("value_percent", vec![Words::Number(percent)])
        }
    }
}

fn span(span: Span) -> Words {
    let key = match span.unit {
        Unit::Day => "span_days",
        Unit::Week => "span_weeks",
        Unit::Month => "span_months",
        Unit::Quarter => "span_quarters",
    };
    Words::Count(key, span.count.into(), Vec::new())
}

/// The units of a span to choose from.
pub(super) fn units(chosen: Unit) -> impl Iterator<Item = Node> {
    let all = [
        (Unit::Day, "day", "unit_days"),
        (Unit::Week, "week", "unit_weeks"),
        (Unit::Month, "month", "unit_months"),
        (Unit::Quarter, "quarter", "unit_quarters"),
    ];
    all.into_iter().map(move |(unit, name, key)| {
        let option = Node::new(Tag::Option, "")
            .set(super::Attr::Value, name)
            .words(Words::say(key));
        match unit == chosen {
            true => option.set(super::Attr::Selected, ""),
            false => option,
        }
    })
}

/// What a rule's number or switch is called.
pub fn setting_key(setting: Setting) -> &'static str {
    match setting {
        Setting::GapDays => "setting_gap_days",
        Setting::Hours => "setting_hours",
        Setting::Touch => "setting_touch",
        Setting::TouchEvery => "setting_touch_every",
        Setting::Quote => "setting_quote",
        Setting::QuoteEvery => "setting_quote_every",
        Setting::Sample => "setting_sample",
        Setting::SampleEvery => "setting_sample_every",
        Setting::SampleMoments => "setting_sample_moments",
        Setting::Greetings => "setting_greetings",
        Setting::Moments => "setting_moments",
        Setting::QuietSeasons => "setting_quiet_seasons",
        Setting::OpenQuote => "setting_open_quote",
        Setting::Reminders => "setting_reminders",
        Setting::Adapt => "setting_adapt",
        Setting::TwoUnanswered => "setting_two_unanswered",
        Setting::MoreUnanswered => "setting_more_unanswered",
        Setting::SlowAnswers => "setting_slow_answers",
        Setting::QuickAnswers => "setting_quick_answers",
        Setting::ClearPlan => "setting_clear_plan",
        Setting::Hesitant => "setting_hesitant",
        Setting::Negotiating => "setting_negotiating",
        Setting::LeastFactor => "setting_least_factor",
        Setting::MostFactor => "setting_most_factor",
    }
}
