//! Builds, runs, tests and packs Cadence: `cargo xtask --help`.
//!
//! One file for each command (`build`, `run`, `test`, `matrix`, `serve`, `bench`, `zips`), and what they share:
//! `worker` and `package` make the extension, `weigh` weighs it, `scenarios` runs the end-to-end tests, `report` sums
//! stages up, `mailbox` serves the demo mailbox, `tools` finds or installs what is missing, `progress` says what is
//! going on.

mod bench;
mod build;
mod data;
mod looks;
mod mailbox;
mod manifest;
mod matrix;
mod package;
mod pages;
mod policy;
mod progress;
mod report;
#[cfg(unix)]
mod roundcube;
mod run;
mod scenarios;
mod serve;
mod test;
mod tools;
mod weigh;
mod worker;
mod zips;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Builds, runs, tests and packs Cadence.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Leave the extension, ready to load, in pkg/chrome and pkg/firefox
    Build(build::Args),
    /// Build, and open a browser with Cadence at work on the demo mailbox (or on Gmail)
    Run(run::Args),
    /// Run everything that proves Cadence right
    Test,
    /// Run every end-to-end scenario in every browser on every webmail, as often as you say
    Matrix(matrix::Args),
    /// Serve the demo mailbox alone, as the end-to-end tests do
    Serve(serve::Args),
    /// Leave a zip for each store in pkg/, the same bytes wherever it is made
    Package,
    /// Make the tables under data/ that come from elsewhere
    Data,
    /// Measure, and write docs/BENCHMARKS.md
    Bench(bench::Args),
    /// Keep how every page looks, in tests/looks; look at them before you commit them
    Looks,
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Build(args) => build::build(&args),
        Command::Run(args) => run::run(&args),
        Command::Test => test::test(),
        Command::Matrix(args) => matrix::matrix(&args),
        Command::Serve(args) => serve::serve(&args),
        Command::Package => zips::zips(),
        Command::Data => data::run(),
        Command::Bench(args) => bench::bench(&args),
        Command::Looks => looks::looks(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}
