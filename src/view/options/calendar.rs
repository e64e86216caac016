//! The calendar of a country: its holidays of the coming year, its week, the user's corrections.

use std::ops::Range;

use chrono::{Days, NaiveDate};

use super::{Attr, Node, Shown, Tag, Words, answer, button, field, input, name_input, submit};
use crate::clock::{Calendar, Correction, CorrectionKind, Holiday};
use crate::country::Country;
use crate::order::Order;
use crate::protocol::{Action, SettingsForm};
use crate::settings::Change;
use crate::view::step_words;

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let chosen = shown.ui.options.country;
    let option = |country: Country| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, country.code())
            .words(Words::Country(country));
        match Some(country) == chosen {
            true => option.set(Attr::Selected, ""),
            false => option,
        }
    };
    let select = Node::new(Tag::Select, "")
        .set(Attr::Name, "country")
        .set(Attr::DataSorted, "")
        .on(Action::ShowCountry)
        .node(
            Node::new(Tag::Option, "")
                .set(Attr::Value, "")
                .words(Words::say("place_choose")),
        )
        .nodes(Country::all().map(option));
    super::section("options_calendar", "options_calendar_about")
        .node(
            Node::new(Tag::Form, "row")
                .on(Action::ShowCountry)
                .node(field("place_country", select)),
        )
        .maybe(chosen.map(|country| of(shown, country)))
}

fn of(shown: &Shown<'_>, country: Country) -> Node {
    let calendar = shown.settings.playbook.calendar(Some(country), None);
    let today = shown.now.seller.0.local(shown.now.at).date();
    let year = today..today.checked_add_days(Days::new(365)).unwrap_or(today);
    let form = SettingsForm::Day { country };
    let is_ours =
        |change: &Change| matches!(change, Change::Day { country: of, .. } if *of == country);
    let rows = days(shown, country, &calendar, year);
    let good_until = match calendar.good_until() {
        Some(date) => Words::Say("calendar_good_until", vec![Words::full_date(date)]),
        None => Words::say("calendar_unknown"),
    };
    Node::new(Tag::Div, "calendar")
        .set(Attr::Id, country.code())
        .node(Node::new(Tag::H3, "").words(Words::say("calendar_week")))
        .node(week(&calendar, today))
        .node(Node::new(Tag::H3, "").words(Words::say("calendar_holidays")))
        .maybe(
            rows.is_empty()
                .then(|| Node::new(Tag::P, "about").words(Words::say("calendar_none"))),
        )
        .node(Node::new(Tag::Ul, "days").nodes(rows))
        .node(add(&form, today))
        .node(answer::place(shown, &form, is_ours))
        .node(
            Node::new(Tag::P, "about")
                .words(good_until)
                .words(Words::raw(" "))
                .words(Words::say("calendar_source")),
        )
}

/// The coming week, day by day: worked, worked in part, or free.
fn week(calendar: &Calendar, today: NaiveDate) -> Node {
    let week = calendar.week(today);
    let monday = today.week(chrono::Weekday::Mon).first_day();
    let days = monday.iter_days().take(7).map(|date| {
        use chrono::Datelike;
        let weekday = date.weekday();
        let (tone, key) = if week.is_weekend(weekday) {
            ("rest", "week_free")
        } else if week.is_half(weekday) {
            ("ask", "week_half")
        } else {
            ("due", "week_works")
        };
        Node::new(Tag::Li, "")
            .set(Attr::DataTone, tone)
            .node(Node::new(Tag::Strong, "").words(Words::weekday(date)))
            .node(Node::new(Tag::Span, "").words(Words::say(key)))
    });
    Node::new(Tag::Ul, "week").nodes(days)
}

/// The holidays within some dates, and the days that the user says are worked.
fn days(
    shown: &Shown<'_>,
    country: Country,
    calendar: &Calendar,
    dates: Range<NaiveDate>,
) -> Vec<Node> {
    let corrections = shown.settings.playbook.corrections.get(&country);
    let worked = corrections
        .into_iter()
        .flatten()
        .filter(|correction| correction.kind == CorrectionKind::Working)
        .filter(|correction| dates.contains(&correction.date))
        .map(|Correction { date, .. }| (*date, None));
    let holidays = calendar.holidays(dates.clone());
    let mut days: Vec<_> = holidays
        .map(|(date, holiday)| (date, Some(holiday)))
        .chain(worked)
        .collect();
    days.order_by_key(|(date, _)| *date);
    days.into_iter()
        .map(|(date, holiday)| day(shown, country, date, holiday.as_ref()))
        .collect()
}

fn day(shown: &Shown<'_>, country: Country, date: NaiveDate, holiday: Option<&Holiday>) -> Node {
    let own = shown.settings.playbook.correction(country, date).is_some();
    let name = holiday.map_or_else(|| Words::say("calendar_works"), step_words::holiday);
    let (key, kind) = match own {
        true => ("tool_take_back", None),
        false => ("tool_works", Some(CorrectionKind::Working)),
    };
    let change = Change::Day {
        country,
        date,
        kind,
    };
    let label = Words::Say("day_label", vec![Words::say(key), Words::date(date)]);
    Node::new(Tag::Li, "")
        .node(Node::new(Tag::Time, "").words(Words::date(date)))
        .node(Node::new(Tag::Span, "what").words(name))
        .maybe(own.then(|| {
            Node::new(Tag::Span, "pill")
                .set(Attr::DataTone, "ask")
                .words(Words::say("options_yours"))
        }))
        .node(
            button("tool", key)
                .with(Attr::AriaLabel, label)
                .on(Action::Weigh { change }),
        )
}

/// The form that adds a free day, or says that one is worked.
fn add(form: &SettingsForm, today: NaiveDate) -> Node {
    let kind = |value: &str, key| {
        Node::new(Tag::Option, "")
            .set(Attr::Value, value)
            .words(Words::say(key))
    };
    Node::new(Tag::Form, "row add-day")
        .on(Action::WeighForm { form: form.clone() })
        .node(field(
            "field_date",
            input("date", "date").set(Attr::Min, &today.to_string()),
        ))
        .node(field(
            "field_kind",
            Node::new(Tag::Select, "")
                .set(Attr::Name, "kind")
                .node(kind("holiday", "kind_holiday"))
                .node(kind("working", "kind_working")),
        ))
        .node(field("field_name", name_input("name")))
        .node(submit("tool_add"))
}
