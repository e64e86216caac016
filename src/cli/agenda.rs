//! `cadence agenda`: the due lists of the coming days.

use std::process::ExitCode;

use cadence::agenda::{Entry, agenda};
use cadence::clock::SellerZone;
use cadence::step::Case;
use clap::Args;
use serde_json::{Value, json};

use crate::lines;
use crate::plan::{Question, Told};

/// How far ahead, and how much a day.
#[derive(Args)]
pub(crate) struct Arguments {
    /// So many days from today on
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..=366))]
    days: u16,
    /// So many clients a day at most
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    limit: u16,
}

/// Reads a client a line, as `cadence plan` does, and writes a line for each day with their ids, the
/// most valuable first; then one with those who found no place. The rules, the seller's zone and the
/// instant are those of the first line.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let mut first: Option<Question> = None;
    let mut all: Vec<(Value, Told)> = Vec::new();
    let mut answers = lines::read_each(|id, question: Question, _| {
        all.push((id.clone(), Told::of(&question)?));
        first.get_or_insert(question);
        Ok(())
    });
    if let Some(question) = first {
        let cases: Vec<Case<'_>> = all.iter().map(|(_, told)| told.case()).collect();
        let id = |client: usize| all.get(client).map(|(id, _)| id);
        let seller = SellerZone(question.seller_zone);
        let Arguments { days, limit } = *arguments;
        let agenda = agenda(
            &cases,
            &question.playbook,
            seller,
            question.now,
            days,
            limit,
        );
        let entry = |entry: &Entry| {
            let window = entry.window;
            json!({
                "id": id(entry.client),
                "opens": window.map(|window| window.opens),
                "closes": window.map(|window| window.closes),
                "put_off": entry.put_off,
            })
        };
        for day in &agenda.days {
            let due: Vec<Value> = day.entries.iter().map(entry).collect();
            answers.write(&json!({ "date": day.date, "due": due }));
        }
        let left_over: Vec<_> = agenda.left_over.iter().map(|client| id(*client)).collect();
        answers.write(&json!({ "left_over": left_over }));
    }
    answers.status()
}
