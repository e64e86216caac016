//! The packed tables, written by the test that holds them to their sources: the writer is compiled
//! for tests alone.

use std::process::Command;

use anyhow::ensure;

/// Packs the tables of `data/` into `data/packed/`.
pub(super) fn run() -> anyhow::Result<()> {
    let status = Command::new(env!("CARGO"))
        .args([
            "test",
            "--quiet",
            "--package",
            "cadence",
            "--lib",
            "place::pack",
        ])
        .env("CADENCE_PACK", "write")
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .status()?;
    ensure!(status.success(), "the tables of places cannot be packed");
    Ok(())
}
