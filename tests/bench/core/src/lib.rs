//! The core's two hot paths, with the same work natively and as WebAssembly without any glue.

use cadence::client::Client;
use cadence::clock::{ClientZone, Instant, SellerZone, Zone};
use cadence::history::{Author, History, Touch, TouchKind};
use cadence::place::{Clues, infer};
use cadence::playbook::Playbook;
use cadence::step::{Case, plan};

/// Where the clients live: every market, half-hour zones, a Friday–Saturday weekend.
pub const PLACES: [(&str, &str); 8] = [
    ("DE", "Europe/Berlin"),
    ("US", "America/Los_Angeles"),
    ("BR", "America/Sao_Paulo"),
    ("IN", "Asia/Kolkata"),
    ("VN", "Asia/Ho_Chi_Minh"),
    ("EG", "Africa/Cairo"),
    ("GB", "Europe/London"),
    ("CL", "America/Santiago"),
];

/// 2026-11-23T06:00:00Z.
const NOW: i64 = 1_795_413_600_000;
const DAY: i64 = 86_400_000;

/// A letter of some 20 kB: what the client writes, with their signature below.
#[must_use]
pub fn letter() -> String {
    let body = "Dear Robin, thank you for the drawings of the luminaires. We compared them with what our \
                engineers ordered last spring, and the board asks for the usual papers before it decides.\n";
    let signature = "Best regards\nRafael Batista\nAmazonluz Distribuidora Ltda.\nAv. Eduardo Ribeiro 520, \
                     Manaus - AM, 69010-001, Brasil\nTel. +55 92 3550-0131\n";
    body.repeat((20_000 - signature.len()) / body.len()) + signature
}

/// Works out where the writer of the letter is, so many times. The sum of the confidences, so that
/// nothing is left out.
#[must_use]
pub fn infer_many(times: u32) -> f64 {
    let (letter, email) = (letter(), "rafael@trade.com".parse());
    let Ok(email) = email else { return 0.0 };
    let clues = Clues {
        email: &email,
        name: Some("Rafael Batista"),
        text: Some(&letter),
        language: None,
        offsets: &[],
        word: None,
        colleagues: &[],
    };
    (0..times)
        .map(|_| infer(std::hint::black_box(&clues)).confidence)
        .sum()
}

/// Plans so many clients, each with three touches. The sum of the due instants in whole seconds.
#[must_use]
pub fn plan_many(clients: u32) -> f64 {
    let (Ok(now), Ok(email)) = (Instant::from_ms(NOW), "a@trade.com".parse()) else {
        return 0.0;
    };
    let book = Playbook::default();
    let known: Vec<_> = PLACES
        .iter()
        .filter_map(|(country, zone)| {
            Some(Client {
                country: Some(country.parse().ok()?),
                zone: Some(ClientZone(zone.parse().ok()?)),
                ..Client::new(Clone::clone(&email))
            })
        })
        .collect();
    let due = |(n, client): (i64, &Client)| {
        let at = |days: i64| Instant::from_ms(NOW - days * DAY - n * 61_000).unwrap_or(now);
        let touch = |id, days, by, kind| Touch {
            kind,
            ..Touch::new(id, at(days), by)
        };
        let history = History::from(vec![
            touch("a", 60 + n % 30, Author::Client, TouchKind::Plain),
            touch("b", 50 + n % 30, Author::Seller, TouchKind::Value),
            touch("c", 10 + n % 30, Author::Seller, TouchKind::Value),
        ]);
        let case = Case {
            client,
            history: &history,
            company: &history,
            snooze: None,
        };
        let due = plan(&case, &book, SellerZone(Zone::UTC), now).due_at;
        #[allow(clippy::cast_precision_loss)] // Seconds since 1970 are far below 2^53.
        due.map_or(0.0, |due| (due.ms() / 1000) as f64)
    };
    (0..i64::from(clients))
        .zip(known.iter().cycle())
        .map(due)
        .sum()
}

/// [`infer_many`] for the page.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub extern "C" fn bench_infer(times: u32) -> f64 {
    infer_many(times)
}

/// [`plan_many`] for the page.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub extern "C" fn bench_plan(clients: u32) -> f64 {
    plan_many(clients)
}
