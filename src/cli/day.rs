//! `cadence day`.

use std::error::Error;

use cadence::clock::Calendar;
use cadence::country::Country;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A line of input.
#[derive(Deserialize)]
pub(crate) struct Question {
    country: Country,
    /// As `2026-11-23`.
    date: String,
}

/// A line of output, after its id.
#[derive(Serialize)]
pub(crate) struct Answer {
    weekend: bool,
    holiday: bool,
    name: Option<String>,
}

/// Answers one line.
pub(crate) fn answer(question: Question) -> Result<Answer, Box<dyn Error>> {
    let Question { country, date } = question;
    let date: NaiveDate = date
        .parse()
        .map_err(|_| format!("“{date}” is no date such as 2026-11-23"))?;
    let day = Calendar::of(country).day(date);
    Ok(Answer {
        weekend: day.weekend,
        holiday: day.holiday.is_some(),
        name: day.holiday.map(|holiday| holiday.name),
    })
}
