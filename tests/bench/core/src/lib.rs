//! The core's two hot paths, with the same work natively and as WebAssembly without any glue.

use cadence::client::Client;
use cadence::clock::{ClientZone, Instant, SellerZone, Zone};
use cadence::history::{Author, History, Touch, TouchKind};
use cadence::place::{Clues, infer};
use cadence::playbook::Playbook;
use cadence::step::{Case, plan};

#[cfg(feature = "peers")]
mod facts;

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

/// What is planned: clients with their histories, ready-made.
pub struct Mailbox {
    clients: Vec<Client>,
    histories: Vec<History>,
    book: Playbook,
    now: Instant,
}

impl Mailbox {
    /// So many clients: one in four has an open quotation, one was written to twice in two days, one
    /// answers lively.
    #[must_use]
    pub fn new(clients: u32) -> Option<Mailbox> {
        let email: cadence::address::Email = "a@trade.com".parse().ok()?;
        let known = |(country, zone): &(&str, &str)| {
            Some(Client {
                country: Some(country.parse().ok()?),
                zone: Some(ClientZone(zone.parse().ok()?)),
                ..Client::new(email.clone())
            })
        };
        Some(Mailbox {
            clients: PLACES.iter().filter_map(known).collect(),
            histories: (0..i64::from(clients)).map(history).collect(),
            book: Playbook::default(),
            now: Instant::from_ms(NOW).ok()?,
        })
    }

    /// When each client's next step is due and when its window opens, in Unix milliseconds; zero
    /// where there is none.
    pub fn plan(&self) -> impl Iterator<Item = (i64, i64)> {
        let cases = self.histories.iter().zip(self.clients.iter().cycle());
        cases.map(|(history, client)| {
            let case = Case {
                client,
                history,
                company: history,
                snooze: None,
            };
            let plan = plan(&case, &self.book, SellerZone(Zone::UTC), self.now);
            let opens = plan.step.map_or(0, |step| step.opens.ms());
            (plan.due_at.map_or(0, Instant::ms), opens)
        })
    }

    /// The sum of [`Mailbox::plan`] in whole seconds, so that nothing is left out.
    #[must_use]
    pub fn plan_all(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // Seconds since 1970 are far below 2^53.
        let seconds = |(due, opens): (i64, i64)| (due / 1000 + opens / 1000) as f64;
        self.plan().map(seconds).sum()
    }

    /// What the peers are given ready-made: for each client their place among [`PLACES`] and their
    /// letters as days and kinds; the days of each place as the calendars have them.
    #[cfg(feature = "peers")]
    #[must_use]
    pub fn facts(&self) -> serde_json::Value {
        facts::of(&self.clients, &self.histories, self.now)
    }
}

/// What passed with a client.
fn history(n: i64) -> History {
    let late = n % 30;
    let touch = |id: &str, days: i64, by, kind| {
        let at = NOW - days * DAY - n * 61_000 % DAY;
        let at = Instant::from_ms(at).unwrap_or(Instant::EARLIEST);
        Touch {
            kind,
            ..Touch::new(id, at, by)
        }
    };
    use Author::{Client, Seller};
    use TouchKind::{Plain, Quote, Value};
    History::from(match n / 8 % 4 {
        0 => vec![
            touch("a", 60 + late, Client, Plain),
            touch("b", 50 + late, Seller, Value),
            touch("c", 10 + late, Seller, Value),
        ],
        1 => vec![
            touch("a", 20 + late, Client, Plain),
            touch("b", 2 + late, Seller, Quote),
        ],
        2 => vec![
            touch("a", 40 + late, Client, Plain),
            touch("b", 2, Seller, Plain),
            touch("c", 1, Seller, Value),
        ],
        _ => vec![
            touch("a", 60 + late, Seller, Quote),
            touch("b", 59 + late, Client, Plain),
            touch("c", 40 + late, Seller, Value),
            touch("d", 39 + late, Client, Plain),
            touch("e", 12 + late, Seller, Value),
        ],
    })
}

/// [`infer_many`] for the page.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub extern "C" fn bench_infer(times: u32) -> f64 {
    infer_many(times)
}

#[cfg(target_arch = "wasm32")]
thread_local! {
    static MAILBOX: std::cell::RefCell<Option<Mailbox>> = const { std::cell::RefCell::new(None) };
}

/// Makes the mailbox for the page.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub extern "C" fn bench_prepare(clients: u32) {
    MAILBOX.with(|mailbox| *mailbox.borrow_mut() = Mailbox::new(clients));
}

/// [`Mailbox::plan_all`] for the page.
#[cfg(target_arch = "wasm32")]
#[unsafe(no_mangle)]
pub extern "C" fn bench_plan() -> f64 {
    MAILBOX.with(|mailbox| mailbox.borrow().as_ref().map_or(0.0, Mailbox::plan_all))
}
