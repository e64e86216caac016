//! What the peers are given ready-made, as JSON.

use cadence::client::Client;
use cadence::clock::{Calendar, Instant, Pace};
use cadence::history::{Author, History};
use cadence::market::region;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

/// The main holidays that are greeted in the places that greet any.
const MAIN: [&str; 2] = ["Christmas Day", "Thanksgiving Day"];

pub(super) fn of(clients: &[Client], histories: &[History], now: Instant) -> Value {
    json!({
        "now": now.ms(),
        "places": clients.iter().map(place).collect::<Vec<_>>(),
        "touches": histories.iter().map(touches).collect::<Vec<_>>(),
    })
}

fn place(client: &Client) -> Option<Value> {
    let country = client.country?;
    let calendar = Calendar::of(country);
    let (from, to) = (
        NaiveDate::from_ymd_opt(2026, 1, 1)?,
        NaiveDate::from_ymd_opt(2029, 1, 1)?,
    );
    let days = || from.iter_days().take_while(|day| *day < to);
    let monday = days().find(|day| day.weekday().number_from_monday() == 1)?;
    let weekend = monday
        .iter_days()
        .take(7)
        .filter(|day| calendar.week(*day).is_weekend(day.weekday()));
    let mut seasons: Vec<_> = days().filter_map(|day| calendar.season(day)).collect();
    seasons.retain(|season| season.pace == Pace::Away && (season.to - season.from).num_days() > 12);
    seasons.dedup();
    let holidays: Vec<_> = calendar.holidays(from..to).collect();
    let main = holidays
        .iter()
        .filter(|(_, holiday)| holiday.name.split("; ").any(|name| MAIN.contains(&name)));
    Some(json!({
        "zone": client.zone?.0.name(),
        "market": region(country)?.market,
        "weekend": weekend.map(|day| day.weekday().number_from_monday()).collect::<Vec<_>>(),
        "holidays": holidays.iter().map(|(day, _)| day).collect::<Vec<_>>(),
        "main": main.map(|(day, _)| day).collect::<Vec<_>>(),
        "quiet": seasons.iter().map(|season| [season.from, season.to]).collect::<Vec<_>>(),
    }))
}

fn touches(history: &History) -> Vec<Value> {
    let touch = |touch: &cadence::history::Touch| json!({ "at": touch.at.ms(), "mine": touch.by == Author::Seller, "kind": touch.kind });
    history.touches().iter().map(touch).collect()
}
