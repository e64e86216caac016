//! `cargo xtask bench`: measures the shipped package and writes `docs/BENCHMARKS.md`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::mailbox::Mailbox;
use crate::progress::Stage;
use crate::{build, tools};

/// Runs every `tests/bench/*.mjs` on a release build. Each prints a section of the report, and fails
/// where a goal is missed; the report is written all the same.
pub(crate) fn bench() -> Result<()> {
    let mut scripts: Vec<PathBuf> = fs::read_dir(tools::root().join("tests/bench"))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    scripts.retain(|script| script.extension().is_some_and(|kind| kind == "mjs"));
    scripts.sort();
    tools::node()?;
    let chromium = tools::chromium()?;
    build::build(&build::Args {
        release: true,
        faults: false,
    })?;
    let mailbox = Mailbox::start(0)?;
    let mut report = heading(&chromium);
    let mut missed = Vec::new();
    for script in scripts {
        let name = script.file_stem().unwrap_or_default().to_string_lossy();
        let stage = Stage::quiet(&format!("Measuring: {name}"));
        let output = Command::new("node")
            .arg(&script)
            .env("CADENCE_MAILBOX", mailbox.address())
            .env("CADENCE_CHROMIUM", &chromium)
            .current_dir(tools::root())
            .stderr(Stdio::inherit())
            .output()?;
        let section = String::from_utf8_lossy(&output.stdout);
        if section.is_empty() {
            bail!("{} measured nothing ({})", script.display(), output.status);
        }
        report.push_str(&format!("\n{}\n", section.trim_end()));
        if !output.status.success() {
            missed.push(name.into_owned());
        }
        stage.done();
    }
    let path = tools::root().join("docs/BENCHMARKS.md");
    fs::write(&path, &report)?;
    println!("{report}");
    eprintln!("Written to {}", path.display());
    if !missed.is_empty() {
        bail!("a goal is missed: {}", missed.join(", "));
    }
    Ok(())
}

/// What was measured, where, and by which command.
fn heading(chromium: &Path) -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let facts = [
        (
            "commit",
            said(
                Command::new("git")
                    .args(["describe", "--always", "--dirty"])
                    .current_dir(tools::root()),
            ),
        ),
        ("browser", said(Command::new(chromium).arg("--version"))),
        (
            "machine",
            Some(format!(
                "{cores} cores, {}{}",
                memory(),
                std::env::consts::OS
            )),
        ),
    ];
    let lines: String = facts
        .into_iter()
        .filter_map(|(name, fact)| Some(format!("- {name}: {}\n", fact?)))
        .collect();
    format!(
        "# Benchmarks\n\nWritten by `cargo xtask bench`; the numbers of another machine are others, so read the ratios.\n\n{lines}"
    )
}

/// The first line that a program prints.
fn said(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().map(|line| line.trim().to_owned())
}

/// The memory, where the system says it as Linux does: `24 GB, `.
fn memory() -> String {
    let info = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = info.lines().find_map(|line| {
        line.strip_prefix("MemTotal:")?
            .split_whitespace()
            .next()?
            .parse::<u64>()
            .ok()
    });
    kilobytes.map_or_else(String::new, |kilobytes| {
        format!("{} GB of memory, ", (kilobytes + 524_288) >> 20)
    })
}
