//! Follow-ups as events that a calendar takes over (RFC 5545).

use std::collections::BTreeMap;

use chrono::{TimeDelta, Timelike};

use crate::client::company_of;
use crate::clock::{Instant, iso};
use crate::dossier::{Dossier, Now};
use crate::intake::Intake;
use crate::order::Order;
use crate::snippet::mark_of;
use crate::store::{CompanyKey, Held};

/// How long writing a letter takes in somebody's calendar.
const LENGTH: TimeDelta = TimeDelta::minutes(15);
/// The longest line, in bytes (RFC 5545, 3.1).
const LONGEST: usize = 75;

/// A client with what follows from what is known of them.
#[derive(Clone, Debug)]
pub struct Case {
    /// All that is known.
    pub dossier: Dossier,
}

/// Every client of what is held, in the order of their keys.
#[must_use]
pub fn cases(all: &Intake, now: Now) -> Vec<Case> {
    let mut companies: BTreeMap<CompanyKey, Held> = BTreeMap::new();
    for company in &all.companies {
        companies.entry(company.key.clone()).or_default().company = Some(company.clone());
    }
    for client in &all.clients {
        let held = companies.entry(client.company_key()).or_default();
        held.clients.push(client.clone());
    }
    for thread in &all.threads {
        let key = CompanyKey {
            account: thread.key.account.clone(),
            name: company_of(&thread.client),
        };
        companies
            .entry(key)
            .or_default()
            .threads
            .push(thread.clone());
    }
    let settings = all.settings.clone().unwrap_or_default();
    let mut cases: Vec<Case> = companies
        .values()
        .flat_map(|held| held.clients.iter().map(move |client| (held, client)))
        .map(|(held, client)| {
            let followed = client.follow != Some(false);
            let dossier = Dossier::new(client, followed, held, &settings.playbook, now);
            Case { dossier }
        })
        .collect();
    cases.order_by(|a, b| a.dossier.record.key.cmp(&b.dossier.record.key));
    cases
}

/// A calendar with an event for every follow-up that is due some time. `title` names it, with `$1` for the
/// client: `Write to $1`.
#[must_use]
pub fn calendar(cases: &[Case], title: &str, now: Instant) -> String {
    let mut file = String::new();
    line(&mut file, "BEGIN:VCALENDAR");
    line(&mut file, "VERSION:2.0");
    line(&mut file, "PRODID:-//Cadence//Follow-ups//EN");
    line(&mut file, "CALSCALE:GREGORIAN");
    for Case { dossier } in cases {
        let Some(due) = dossier.plan.due_at.filter(|_| dossier.followed) else {
            continue;
        };
        let key = &dossier.record.key;
        // The same client has the same event in every export, so a calendar moves it rather than adding one.
        let uid = mark_of(&format!("{} {}", key.account, key.email));
        line(&mut file, "BEGIN:VEVENT");
        line(&mut file, &format!("UID:{uid}@follow-up.cadence"));
        line(&mut file, &format!("DTSTAMP:{}", stamp(now)));
        line(&mut file, &format!("DTSTART:{}", stamp(due)));
        line(&mut file, &format!("DTEND:{}", stamp(due.plus(LENGTH))));
        let summary = title.replacen("$1", dossier.record.label(), 1);
        line(&mut file, &format!("SUMMARY:{}", escaped(&summary)));
        let mut about = vec![key.email.to_string()];
        about.extend(dossier.record.about.clone());
        line(
            &mut file,
            &format!("DESCRIPTION:{}", escaped(&about.join("\n"))),
        );
        line(&mut file, "TRANSP:TRANSPARENT");
        line(&mut file, "END:VEVENT");
    }
    line(&mut file, "END:VCALENDAR");
    file
}

fn stamp(at: Instant) -> String {
    let at = at.utc().naive_utc();
    let basic = iso::minute(at).replace(['-', ':'], "");
    format!("{basic}{:02}Z", at.second())
}

/// Text as a value (RFC 5545, 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// Writes a line, folded where it is too long: never within a character.
fn line(file: &mut String, text: &str) {
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > LONGEST {
            file.push_str("\r\n ");
            length = 1;
        }
        file.push(c);
        length += c.len_utf8();
    }
    file.push_str("\r\n");
}

#[cfg(test)]
pub(in crate::transfer) mod tests;
