//! `cadence day`.

use std::error::Error;

use cadence::clock::{Calendar, Season};
use cadence::country::Country;
use cadence::subdivision::Subdivision;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A line of input.
#[derive(Deserialize)]
pub(crate) struct Question {
    country: Country,
    #[serde(default)]
    region: Option<Subdivision>,
    /// As `2026-11-23`.
    date: String,
    /// Whether the soft facts are wanted, too: what moves a suggestion and forbids nothing.
    #[serde(default)]
    more: bool,
}

/// A line of output, after its id.
#[derive(Serialize)]
pub(crate) struct Answer {
    weekend: bool,
    holiday: bool,
    name: Option<String>,
    /// On a day of the weekend that is worked in place of another.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    make_up: bool,
    /// `false` where it is not known which holidays the day keeps.
    #[serde(skip_serializing_if = "is_true")]
    known: bool,
    #[serde(flatten)]
    more: Option<More>,
}

/// What else is known of a day.
#[derive(Serialize)]
struct More {
    /// Whether its holiday's date is an estimate, right to a day or two.
    about: bool,
    /// Whether many work only a part of it.
    half: bool,
    /// The quiet season that it lies in.
    season: Option<Season>,
}

fn is_true(known: &bool) -> bool {
    *known
}

/// The calendar of a country or of a part of it.
pub(crate) fn calendar(
    country: Country,
    region: Option<Subdivision>,
) -> Result<Calendar, Box<dyn Error>> {
    match region {
        None => Ok(Calendar::of(country)),
        Some(region) if region.country() == country => Ok(Calendar::of_part(region)),
        Some(region) => Err(format!("{} is no part of {country}", region.code()).into()),
    }
}

/// Answers one line.
pub(crate) fn answer(question: Question) -> Result<Answer, Box<dyn Error>> {
    let Question {
        country,
        region,
        date,
        more,
    } = question;
    let date: NaiveDate = date
        .parse()
        .map_err(|_| format!("“{date}” is no date such as 2026-11-23"))?;
    let calendar = calendar(country, region)?;
    let day = calendar.day(date);
    Ok(Answer {
        known: calendar.knows(date),
        more: more.then(|| More {
            about: day.holiday.as_ref().is_some_and(|holiday| holiday.about),
            half: day.half,
            season: calendar.season(date),
        }),
        weekend: day.weekend,
        holiday: day.holiday.is_some(),
        name: day.holiday.map(|holiday| holiday.name),
        make_up: day.make_up,
    })
}
