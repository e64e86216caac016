//! What the fields of a form of settings ask for.

use std::collections::BTreeMap;
use std::str::FromStr;

use chrono::NaiveDate;

use super::act::read_word;
use crate::clock::{CorrectionKind, Hours, TimeOfDay, iso};
use crate::draft::{Language, LetterKind};
use crate::market::Market;
use crate::own::{Badge, Tongue};
use crate::playbook::{
    Closing, Factor, Interval, Playbook, Reminders, Scope, Setting, Span, Unit, Value,
};
use crate::protocol::SettingsForm;
use crate::settings::{Change, Refusal, Settings};
use crate::snippet::Snippet;
use crate::webmail::Webmail;

type Fields = BTreeMap<String, String>;

/// Reads the change that a form asks for.
pub(super) fn read(
    form: &SettingsForm,
    fields: &Fields,
    settings: &Settings,
) -> Result<Change, Refusal> {
    match form {
        SettingsForm::Rule { scope, setting } => {
            let value = value(scope, *setting, fields, &settings.playbook)?;
            Ok(Change::Rule {
                scope: scope.clone(),
                setting: *setting,
                value: Some(value),
            })
        }
        SettingsForm::Day { country } => {
            let kind = match text(fields, "kind") {
                "working" => CorrectionKind::Working,
                _ => CorrectionKind::Holiday(text(fields, "name").to_owned()),
            };
            Ok(Change::Day {
                country: *country,
                date: date(fields, "date")?,
                kind: Some(kind),
            })
        }
        SettingsForm::Closing => Ok(Change::Close(Closing {
            from: date(fields, "from")?,
            to: date(fields, "to")?,
            note: Some(text(fields, "note").to_owned()),
        })),
        SettingsForm::SignAs => Ok(Change::SignAs(Some(text(fields, "name").to_owned()))),
        SettingsForm::LetterLanguage => Ok(Change::LetterLanguage(Language::of_tag(text(
            fields, "language",
        )))),
        SettingsForm::Snippet { was } => {
            let is = snippet(fields)?;
            Ok(match was {
                Some(was) => Change::ChangeSnippet {
                    was: was.clone(),
                    is,
                },
                None => Change::AddSnippet(is),
            })
        }
        SettingsForm::Webmail => {
            let site = read_word(text(fields, "site")).ok_or(Refusal::Address)?;
            let webmail = Webmail::at(text(fields, "address"), site);
            Ok(Change::AddWebmail(webmail.ok_or(Refusal::Address)?))
        }
        SettingsForm::Zone => Ok(Change::Zone(text(fields, "zone").parse().ok())),
        SettingsForm::Hours => Ok(Change::Hours(
            match (text(fields, "from"), text(fields, "to")) {
                ("", "") => None,
                _ => Some(Hours::new(time(fields, "from")?, time(fields, "to")?)?),
            },
        )),
        SettingsForm::Address => {
            let email = text(fields, "address").parse();
            Ok(Change::AddAddress(email.map_err(|_| Refusal::Email)?))
        }
        SettingsForm::Badge => {
            let named = |(_, name): &&(Badge, &str)| *name == text(fields, "badge");
            let badge = Badge::ALL.iter().find(named);
            Ok(Change::Badge(badge.map_or(Badge::Due, |(badge, _)| *badge)))
        }
        SettingsForm::CallAt => Ok(Change::CallAt(match text(fields, "on") {
            "on" => Some(time(fields, "at")?),
            _ => None,
        })),
        SettingsForm::Language => {
            let named =
                |(_, folder, _): &&(Tongue, &str, &str)| *folder == text(fields, "language");
            let tongue = Tongue::ALL.iter().find(named);
            Ok(Change::Language(tongue.map(|(tongue, ..)| *tongue)))
        }
        SettingsForm::DailyLimit => Ok(Change::DailyLimit(number(fields, "value")?)),
    }
}

fn snippet(fields: &Fields) -> Result<Snippet, Refusal> {
    let day = |name| match text(fields, name) {
        "" => Ok(None),
        _ => date(fields, name).map(Some),
    };
    let mut markets = Market::ALL.into_iter();
    Ok(Snippet {
        text: text(fields, "text").to_owned(),
        letter: LetterKind::of_name(text(fields, "letter")),
        language: Language::of_tag(text(fields, "language")).unwrap_or(Language::En),
        market: markets.find(|market| market.name() == text(fields, "market")),
        from: day("from")?,
        until: day("until")?,
    })
}

/// The value for a setting. What sort it is, is the setting's own.
fn value(
    scope: &Scope,
    setting: Setting,
    fields: &Fields,
    playbook: &Playbook,
) -> Result<Value, Refusal> {
    let market = match scope {
        Scope::Market(market) => *market,
        _ => market(text(fields, "market")),
    };
    let client = match scope {
        Scope::Client(client) => Some(client),
        _ => None,
    };
    Ok(match playbook.show(market, client, setting).value {
        Value::Switch(_) => Value::Switch(text(fields, "value") == "on"),
        Value::Days(_) => Value::Days(number(fields, "value")?),
        Value::Hours(_) => Value::Hours(Hours::new(time(fields, "from")?, time(fields, "to")?)?),
        Value::Every(now) => Value::Every(interval(fields, now)?),
        Value::Reminders(_) => {
            let days = [
                number(fields, "first")?,
                number(fields, "second")?,
                number(fields, "third")?,
            ];
            Value::Reminders(Reminders::new(days).map_err(|_| Refusal::Reminders)?)
        }
        Value::Factor(_) => {
            let percent = number(fields, "value")?;
            let factor = percent.checked_mul(10).and_then(|it| Factor::new(it).ok());
            Value::Factor(factor.ok_or(Refusal::Factor)?)
        }
    })
}

fn market(name: &str) -> Market {
    let mut all = Market::ALL.into_iter();
    all.find(|market| market.name() == name)
        .unwrap_or(Market::EuropeAmerica)
}

/// The usual span with its bounds. Bounds that are not given, or stand as they were, move with
/// the usual span.
fn interval(fields: &Fields, now: Interval) -> Result<Interval, Refusal> {
    let usual = span(fields, "value", "unit")?;
    if !fields.contains_key("min") {
        return Ok(now.moved_to(usual)?);
    }
    let min = span(fields, "min", "min_unit")?;
    let max = span(fields, "max", "max_unit")?;
    if (min, max) == (now.min(), now.max()) {
        return Ok(now.moved_to(usual)?);
    }
    Ok(Interval::new(min, usual, max)?)
}

fn span(fields: &Fields, count: &str, unit: &str) -> Result<Span, Refusal> {
    let count = number(fields, count)?;
    let unit = match text(fields, unit) {
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        _ => Unit::Day,
    };
    Ok(Span { count, unit })
}

fn text<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).map_or("", |text| text.trim())
}

fn number(fields: &Fields, name: &str) -> Result<u16, Refusal> {
    u16::from_str(text(fields, name)).map_err(|_| Refusal::NoNumber)
}

fn date(fields: &Fields, name: &str) -> Result<NaiveDate, Refusal> {
    iso::date(text(fields, name)).ok_or(Refusal::NoDate)
}

fn time(fields: &Fields, name: &str) -> Result<TimeOfDay, Refusal> {
    Ok(text(fields, name).parse()?)
}
