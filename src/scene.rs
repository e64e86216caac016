//! Facts in a line each, for tests.

use crate::client::{Client, Snooze};
use crate::clock::{ClientZone, Instant, SellerZone, Zone};
use crate::history::{Author, History, Touch, TouchKind};
use crate::playbook::Playbook;
use crate::step::{Case, Plan, plan};

/// An instant written like `2026-11-23T14:05:00Z`.
pub(crate) fn at(text: &str) -> Instant {
    Instant::from_utc(text.parse().unwrap())
}

pub(crate) fn client(country: &str, zone: &str) -> Client {
    Client {
        country: Some(country.parse().unwrap()),
        zone: Some(ClientZone(zone.parse().unwrap())),
        ..Client::new("anna@example.com".parse().unwrap())
    }
}

/// Touches written like `me 2026-10-05T08:00:00Z quote`.
pub(crate) fn history(lines: &[&str]) -> History {
    let touch = |line: &&str| {
        let mut words = line.split(' ');
        let by = match words.next().unwrap() {
            "me" => Author::Seller,
            "they" => Author::Client,
            _ => Author::Unknown,
        };
        let kind = words.clone().nth(1).map_or(TouchKind::Plain, |kind| {
            serde_json::from_value(kind.into()).unwrap()
        });
        Touch {
            kind,
            ..Touch::new(*line, at(words.next().unwrap()), by)
        }
    };
    History::from(lines.iter().map(touch).collect::<Vec<_>>())
}

pub(crate) fn planned(
    client: &Client,
    history: &History,
    snooze: Option<Snooze>,
    now: &str,
) -> Plan {
    let case = Case {
        client,
        history,
        company: history,
        snooze,
    };
    plan(&case, &Playbook::default(), SellerZone(Zone::UTC), at(now))
}

/// A plan under a playbook of the user's own.
pub(crate) fn planned_by(
    playbook: &Playbook,
    client: &Client,
    history: &History,
    now: &str,
) -> Plan {
    let case = Case {
        client,
        history,
        company: history,
        snooze: None,
    };
    plan(&case, playbook, SellerZone(Zone::UTC), at(now))
}

pub(crate) fn germany() -> Client {
    client("DE", "Europe/Berlin")
}

pub(crate) fn vietnam() -> Client {
    client("VN", "Asia/Ho_Chi_Minh")
}

pub(crate) fn brazil() -> Client {
    client("BR", "America/Sao_Paulo")
}

pub(crate) fn india() -> Client {
    client("IN", "Asia/Kolkata")
}
