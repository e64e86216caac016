//! `cadence day`.

use std::error::Error;

use cadence::clock::Calendar;
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
    } = question;
    let date: NaiveDate = date
        .parse()
        .map_err(|_| format!("“{date}” is no date such as 2026-11-23"))?;
    let day = calendar(country, region)?.day(date);
    Ok(Answer {
        weekend: day.weekend,
        holiday: day.holiday.is_some(),
        name: day.holiday.map(|holiday| holiday.name),
        make_up: day.make_up,
    })
}
