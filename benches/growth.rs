//! How cost grows: `cargo bench --profile native --bench growth [LARGEST]`, a line of JSON for each measurement.
//!
//! tests/bench/growth.mjs reads them, and says which curve each is to have.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark"
)]

use std::hint::black_box;
use std::time::{Duration, Instant as Clock};

use cadence::address::{Email, Person};
use cadence::agenda::{agenda, likely};
use cadence::client::Client;
use cadence::clock::{ClientZone, Instant, SellerZone, Zone};
use cadence::history::{Author, History, Touch};
use cadence::intake::Intake;
use cadence::place::{Clues, infer};
use cadence::playbook::Playbook;
use cadence::step::{Case, plan};
use cadence::store::{ClientRecord, ThreadKey, ThreadRecord};
use cadence::transfer::document::Document;
use cadence::transfer::{pieces, preview::preview};

/// 2026-11-23T06:00:00Z.
const NOW: i64 = 1_795_413_600_000;
const DAY: i64 = 86_400_000;
const RUNS: usize = 3;
const SHORTEST: Duration = Duration::from_millis(5);
const PLACES: [(&str, &str); 6] = [
    ("DE", "Europe/Berlin"),
    ("US", "America/Chicago"),
    ("BR", "America/Sao_Paulo"),
    ("IN", "Asia/Kolkata"),
    ("VN", "Asia/Ho_Chi_Minh"),
    ("EG", "Africa/Cairo"),
];

fn main() {
    let largest = std::env::args().filter_map(|word| word.parse().ok()).next();
    let largest: usize = largest.unwrap_or(1_000_000);
    let sizes =
        || std::iter::successors(Some(1000), |n| Some(n * 10)).take_while(|n| *n <= largest);
    for size in sizes() {
        of_clients(size);
    }
    for size in sizes().map(|n| n / 100) {
        of_letters(size);
    }
    for size in sizes().filter(|n| *n <= 1_000_000) {
        of_text(size);
    }
}

/// Prints each run's milliseconds; what is too quick for the clock is done again and again.
fn timed<T>(what: &str, size: usize, mut work: impl FnMut() -> T) {
    let mut run = |_| {
        let start = Clock::now();
        let mut times = 0_u32;
        while times == 0 || start.elapsed() < SHORTEST {
            black_box(work());
            times += 1;
        }
        start.elapsed().as_secs_f64() * 1000.0 / f64::from(times)
    };
    let ms: Vec<f64> = (0..RUNS).map(&mut run).collect();
    println!("{{\"what\":\"{what}\",\"size\":{size},\"ms\":{ms:?}}}");
}

fn at(days: i64, n: usize) -> Instant {
    let spread = i64::try_from(n).unwrap() * 61_000 % DAY;
    Instant::from_ms(NOW - days * DAY - spread).unwrap()
}

fn history(letters: usize, n: usize) -> History {
    let touch = |k: usize| {
        let days = 10 + i64::try_from((letters - k) * 7 % 15_000 + n % 30).unwrap();
        let by = if k % 3 == 1 {
            Author::Client
        } else {
            Author::Seller
        };
        Touch::new(format!("m{n}-{k}"), at(days, n), by)
    };
    (0..letters).map(touch).collect::<Vec<_>>().into()
}

/// A mailbox of so many clients, three letters each.
fn of_clients(size: usize) {
    let me: Email = "li@lumenport.example".parse().unwrap();
    let now = Instant::from_ms(NOW).unwrap();
    let (book, seller) = (Playbook::default(), SellerZone(Zone::UTC));
    let places = PLACES.map(|(country, zone)| Client {
        country: Some(country.parse().unwrap()),
        zone: Some(ClientZone(zone.parse().unwrap())),
        ..Client::new(me.clone())
    });
    let histories: Vec<History> = (0..size).map(|n| history(3, n)).collect();
    let case = |(history, client)| Case {
        client,
        history,
        company: history,
        snooze: None,
    };
    let cases: Vec<Case<'_>> = histories
        .iter()
        .zip(places.iter().cycle())
        .map(case)
        .collect();
    timed("every client planned", size, || {
        cases
            .iter()
            .filter(|case| plan(case, &book, seller, now).due_at.is_some())
            .count()
    });
    timed("the agenda of ten days", size, || {
        agenda(&cases, &book, seller, now, 10, 20)
    });

    let records = intake(size, &me, &histories);
    let document = Document {
        made_at: Some(now),
        records,
    };
    let mut due: Vec<ClientRecord> = document
        .records
        .clients
        .iter()
        .enumerate()
        .map(|(n, client)| ClientRecord {
            due_at: Some(at(i64::try_from(n % 60).unwrap() - 30, n)),
            ..client.clone()
        })
        .collect();
    due.sort_by_key(|client| client.due_at);
    timed("the likeliest of so many for thirty days", size, || {
        likely(due.clone(), now, 30, 20)
    });
    timed("everything written as a file", size, || document.write());
    let text = document.write();
    timed("and read again", size, || Document::read(&text).unwrap());
    let other = Intake::default();
    timed("what a file would change, told", size, || {
        preview(&document.records, &other)
    });
    timed("a file cut into pieces", size, || {
        pieces::cut(&document.records)
    });
}

fn intake(size: usize, me: &Email, histories: &[History]) -> Intake {
    let email = |n: usize| -> Email { format!("buyer@shop-{n}.example").parse().unwrap() };
    let client = |n: usize| {
        let person = Person {
            email: email(n),
            name: Some(format!("Buyer {n}")),
        };
        ClientRecord::new(me, &person, format!("shop-{n}.example"))
    };
    let thread = |(n, history): (usize, &History)| ThreadRecord {
        key: ThreadKey {
            account: me.clone(),
            id: format!("t{n}"),
        },
        client: email(n),
        company: format!("shop-{n}.example"),
        subject: format!("Question {n}"),
        history: history.clone(),
        snooze: None,
        said: Default::default(),
    };
    Intake {
        clients: (0..size).map(client).collect(),
        threads: histories.iter().enumerate().map(thread).collect(),
        ..Intake::default()
    }
}

/// One client with so many letters.
fn of_letters(size: usize) {
    let now = Instant::from_ms(NOW).unwrap();
    let me: Email = "a@trade.example".parse().unwrap();
    let client = Client {
        country: Some("DE".parse().unwrap()),
        zone: Some(ClientZone("Europe/Berlin".parse().unwrap())),
        ..Client::new(me)
    };
    let history = history(size, 1);
    let book = Playbook::default();
    let case = Case {
        client: &client,
        history: &history,
        company: &history,
        snooze: None,
    };
    timed("one client of so many letters planned", size, || {
        plan(&case, &book, SellerZone(Zone::UTC), now)
    });
    let latest = Touch::new("latest", now, Author::Client);
    timed("a letter more of such a client", size, || {
        let mut more = history.clone();
        more.add(latest.clone());
        more
    });
    timed("their letters looked at again", size, || {
        let mut again = history.clone();
        for touch in history.touches().iter().rev().take(100) {
            again.add(touch.clone());
        }
        again
    });
    let stored = serde_json::to_string(&history).unwrap();
    timed("their record read", size, || {
        serde_json::from_str::<History>(&stored).unwrap()
    });
}

/// A letter of so many bytes.
fn of_text(size: usize) {
    let signature = "Best regards,\nAnna Weber\nAcme GmbH\nHauptstraße 12, 80331 München, Germany\nTel.: +49 89 12345678\n";
    let line = "We would like to know whether the lamps that you sent us in March can be had in another colour.\n";
    let text = line.repeat(size.saturating_sub(signature.len()) / line.len()) + signature;
    let email: Email = "anna@acme.example".parse().unwrap();
    let clues = Clues {
        email: &email,
        name: Some("Anna Weber"),
        text: Some(&text),
        language: None,
        offsets: &[],
        word: None,
        colleagues: &[],
    };
    timed(
        "where the writer of a letter of so many bytes is",
        size,
        || infer(&clues),
    );
}
