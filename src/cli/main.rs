//! `cadence`: what the extension would say, on the command line.
//!
//! For bug reports, tests and data people. Every question is one JSON object a line on standard
//! input, every answer one line on standard output; a bad line gets an answer too.

use clap::{Parser, Subcommand};

mod agenda;
mod day;
mod files;
mod import;
mod infer;
mod lines;
mod plan;
mod read;
mod window;
mod zone;

use std::process::ExitCode;

/// When to write to a client abroad, with what, and why.
#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// Each reads JSON Lines on standard input, unless it says otherwise.
#[derive(Subcommand)]
enum Command {
    /// A zone's offset and local time: {"id","zone","at"}
    Zone,
    /// Whether a day is a weekend or a holiday: {"id","country","region"?,"date","more"?}
    Day,
    /// The first opening of the send window: {"id","country","region"?,"zone","after","from","to","more"?}
    Window,
    /// Where a client is: {"id","email","name"?,"text"?,"language"?,"offsets"?}
    Infer,
    /// The next step for a client: {"id","now","seller_zone","client","messages","snooze"?}
    Plan,
    /// Whom to write to on each of the coming days: lines as for `plan`, all at once
    Agenda(agenda::Arguments),
    /// The clients of archives of mail and lists of contacts, one line for each
    Import(import::Arguments),
    /// What saved webmail pages show, one line for each file
    Read(read::Arguments),
    /// Where a webmail's page keeps what Cadence reads, as the extension gets it
    Table(read::TableArguments),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Zone => lines::answer_each(zone::answer),
        Command::Day => lines::answer_each(day::answer),
        Command::Window => lines::answer_each(window::answer),
        Command::Infer => lines::answer_each(infer::answer),
        Command::Plan => lines::answer_each(plan::answer),
        Command::Agenda(arguments) => agenda::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
        Command::Table(arguments) => read::print_table(&arguments),
    }
}
