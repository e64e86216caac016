//! How long the place inference takes: `cargo bench --bench place`.
//!
//! A message of 20 kB as clients write them (a short answer, a signature, the thread quoted below), the
//! same length of unquoted text, and the worst that the fuzzer knows.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark"
)]

use std::time::{Duration, Instant};

use cadence::address::Email;
use cadence::place::{Clues, infer};

const RUNS: u32 = 200;

fn main() {
    let signature = "Best regards,\nAnna Weber\nAcme GmbH\nHauptstraße 12, 80331 München, Germany\nTel.: +49 89 12345678\n";
    let sentence = "We would like to know whether the lamps that you sent us in March can be had in another colour.\n";
    let fill = |line: &str| line.repeat(20_000 / line.len());
    let cases = [
        ("signature alone", signature.to_owned()),
        (
            "20 kB, quoted thread",
            format!(
                "Yes.\n{signature}\nOn Monday Li <li@factory.cn> wrote:\n{}",
                fill(&format!("> {sentence}"))
            ),
        ),
        ("20 kB, own text", format!("{}{signature}", fill(sentence))),
        (
            "20 kB, address lines",
            fill("Hauptstraße 12, 80331 München, Germany, Tel. +49 89 1234567\n"),
        ),
        (
            "20 kB, no line break",
            fill("Berlin, Germany +49 30 1234567 "),
        ),
    ];
    let email: Email = "anna@example.com".parse().unwrap();
    for (name, text) in &cases {
        let run = || {
            let start = Instant::now();
            std::hint::black_box(infer(&Clues {
                email: &email,
                name: Some("Anna Weber"),
                text: Some(text),
                language: Some("en"),
                offsets: &[],
                word: None,
                colleagues: &[],
            }));
            start.elapsed()
        };
        let first = run();
        let mut times: Vec<Duration> = (0..RUNS).map(|_| run()).collect();
        times.sort();
        let middle = times.get(times.len() / 2).copied().unwrap_or_default();
        println!("{name}: {middle:.1?} (first {first:.1?})");
    }
}
