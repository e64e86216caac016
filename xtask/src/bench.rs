//! `cargo xtask bench`: measures the shipped package and writes `docs/BENCHMARKS.md`.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use crate::mailbox::Mailbox;
use crate::progress::{self, Stage};
use crate::{build, tools};

/// Runs every `tests/bench/*.mjs` on a release build.
pub(crate) fn bench() -> Result<()> {
    let mut scripts: Vec<PathBuf> = match std::fs::read_dir(tools::root().join("tests/bench")) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(_) => Vec::new(),
    };
    scripts.retain(|script| script.extension().is_some_and(|kind| kind == "mjs"));
    scripts.sort();
    if scripts.is_empty() {
        bail!("tests/bench holds no benchmark");
    }
    tools::node()?;
    let chromium = tools::chromium()?;
    build::build(&build::Args { release: true })?;
    let mailbox = Mailbox::start(0)?;
    for script in scripts {
        let name = script.file_stem().unwrap_or_default().to_string_lossy();
        let stage = Stage::loud(&format!("Measuring: {name}"));
        progress::run(
            Command::new("node")
                .arg(&script)
                .env("CADENCE_MAILBOX", mailbox.address())
                .env("CADENCE_CHROMIUM", &chromium)
                .current_dir(tools::root()),
        )?;
        stage.done();
    }
    Ok(())
}
