//! `cargo xtask`: everything that is made, rather than written.

use clap::{Parser, Subcommand};

mod data;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Makes the tables under data/ that come from elsewhere
    Data,
}

fn main() -> anyhow::Result<()> {
    match Cli::parse().command {
        Command::Data => data::run(),
    }
}
