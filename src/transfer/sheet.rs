//! Clients as a table that a spreadsheet opens: RFC 4180, UTF-8 with a byte order mark (without one Excel
//! takes it for the system's own encoding).

use chrono::Timelike;

use super::calendar::Case;
use crate::clock::{Instant, iso};

/// The columns, in English and as they stand, so that programs can rely on them.
const COLUMNS: [&str; 17] = [
    "email",
    "name",
    "company",
    "account",
    "country",
    "time_zone",
    "market",
    "stage",
    "intent",
    "about",
    "followed",
    "letters_sent",
    "letters_received",
    "last_contact",
    "next_letter",
    "next_letter_due",
    "snoozed_until",
];

/// The table, a row for each client. Times are UTC as ISO 8601 writes them.
#[must_use]
pub fn clients(cases: &[Case]) -> String {
    let mut sheet = String::from('\u{feff}');
    row(&mut sheet, &COLUMNS.map(str::to_owned));
    for case in cases {
        row(&mut sheet, &cells(case));
    }
    sheet
}

fn cells(Case { dossier, .. }: &Case) -> [String; COLUMNS.len()] {
    use crate::history::Author;
    let record = &dossier.record;
    let client = &dossier.client;
    let by = |author| {
        let touches = dossier.history.touches().iter();
        touches
            .filter(|touch| touch.by == author)
            .count()
            .to_string()
    };
    let snooze = dossier.snoozed.as_ref().and_then(|thread| thread.snooze);
    let step = dossier.plan.step.as_ref().map(|step| name(&step.kind));
    [
        record.key.email.to_string(),
        record.name.clone().unwrap_or_default(),
        record.company.clone(),
        record.key.account.to_string(),
        client
            .country
            .map_or(String::new(), |country| country.to_string()),
        client
            .zone
            .map_or(String::new(), |zone| zone.0.name().to_owned()),
        dossier
            .plan
            .market
            .map_or(String::new(), |market| market.name().to_owned()),
        name(&record.stage),
        name(&record.intent),
        record.about.clone().unwrap_or_default(),
        String::from(if dossier.followed { "yes" } else { "no" }),
        by(Author::Seller),
        by(Author::Client),
        when(dossier.history.last().map(|touch| touch.at)),
        step.unwrap_or_default(),
        when(dossier.plan.due_at.filter(|_| dossier.followed)),
        when(snooze.map(|snooze| snooze.until)),
    ]
}

/// A word of the protocol as it is stored.
fn name(word: &impl serde::Serialize) -> String {
    let name = serde_json::to_string(word).unwrap_or_default();
    let name = name
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'));
    name.unwrap_or_default().to_owned()
}

fn when(at: Option<Instant>) -> String {
    at.map_or(String::new(), |at| {
        let at = at.utc().naive_utc();
        format!("{}:{:02}Z", iso::minute(at), at.second())
    })
}

fn row(sheet: &mut String, cells: &[String; COLUMNS.len()]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            sheet.push(',');
        }
        sheet.push_str(&quoted(&harmless(cell)));
    }
    sheet.push_str("\r\n");
}

/// A cell that no spreadsheet takes for a formula: a client's name may be `=HYPERLINK(…)`.
fn harmless(cell: &str) -> String {
    match cell.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{cell}"),
        _ => cell.to_owned(),
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\r', '\n', ';', '\t']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests;
