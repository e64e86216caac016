//! `cargo xtask bench`: measures the shipped package and writes `docs/BENCHMARKS.md`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::mailbox::Mailbox;
use crate::progress::Stage;
use crate::{build, tools};

/// The packages that we measure beside: of Node, and of Rust.
const PEERS: [&str; 5] = [
    "luxon",
    "temporal-polyfill",
    "postal-mime",
    "gmail-js",
    "@inboxsdk/core",
];
const CRATES: [&str; 2] = ["phonenumber", "whatlang"];
/// What a webmail of its own is needed for.
const ROUNDCUBE: &str = "roundcube";

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Scripts of tests/bench by name; all but Roundcube's, which needs its server, where none is named
    names: Vec<String>,
}

/// Runs `tests/bench/*.mjs` on a release build. Each prints a section of the report, and fails where a goal is missed; the
/// report is written all the same, with the sections that were not measured as they were.
pub(crate) fn bench(args: &Args) -> Result<()> {
    let scripts = scripts(&args.names)?;
    tools::node()?;
    let chromium = tools::chromium()?;
    build::build(&build::Args {
        release: true,
        faults: false,
    })?;
    let mailbox = Mailbox::start(0)?;
    #[cfg(unix)]
    let roundcube = match args.names.iter().any(|name| name == ROUNDCUBE) {
        true => Some(crate::roundcube::Roundcube::start()?),
        false => None,
    };
    let path = tools::root().join("docs/BENCHMARKS.md");
    let mut report = Report::read(&fs::read_to_string(&path).unwrap_or_default());
    let mut missed = Vec::new();
    for (name, script) in scripts {
        let stage = Stage::quiet(&format!("Measuring: {name}"));
        let mut command = Command::new("node");
        #[cfg(unix)]
        if let Some(roundcube) = roundcube.as_ref().filter(|_| name == ROUNDCUBE) {
            command
                .env("CADENCE_SITE", ROUNDCUBE)
                .env("CADENCE_ROUNDCUBE", roundcube.address());
        }
        let output = command
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
        report.put(
            &name,
            &format!("{}\n{}", section.trim_end(), foot(&name, &chromium)),
        );
        // What comes after may fail, and that was measured.
        fs::write(&path, report.write())?;
        if !output.status.success() {
            missed.push(name);
        }
        stage.done();
    }
    println!("{}", report.write());
    eprintln!("Written to {}", path.display());
    if !missed.is_empty() {
        bail!("a goal is missed: {}", missed.join(", "));
    }
    Ok(())
}

/// The scripts of these names, or those that need nothing but a browser, by name.
fn scripts(names: &[String]) -> Result<Vec<(String, PathBuf)>> {
    let entries = fs::read_dir(tools::root().join("tests/bench"))?;
    let scripts = entries.flatten().map(|entry| entry.path());
    let scripts = scripts.filter(|path| path.extension().is_some_and(|kind| kind == "mjs"));
    let named = scripts.filter_map(|path| {
        let name = path.file_stem()?.to_string_lossy().into_owned();
        Some((name, path))
    });
    let mut all: Vec<_> = named.collect();
    all.sort();
    for name in names {
        if !all.iter().any(|(known, _)| known == name) {
            bail!("there is no tests/bench/{name}.mjs");
        }
    }
    all.retain(|(name, _)| match names {
        [] => name != ROUNDCUBE,
        _ => names.contains(name),
    });
    Ok(all)
}

/// The report: its sections by the name of the script that measures each, in order of name.
#[derive(Default)]
struct Report(std::collections::BTreeMap<String, String>);

impl Report {
    /// Reads what [`Report::write`] wrote.
    fn read(text: &str) -> Report {
        let mut report = Report::default();
        for part in text.split(MARK).skip(1) {
            if let Some((name, section)) = part.split_once(" -->\n") {
                report.put(name, section.trim_end());
            }
        }
        report
    }

    fn put(&mut self, name: &str, section: &str) {
        self.0.insert(name.to_owned(), section.to_owned());
    }

    fn write(&self) -> String {
        let mut text = HEAD.to_owned();
        for (name, section) in &self.0 {
            text.push_str(&format!("\n{MARK}{name} -->\n{section}\n"));
        }
        text
    }
}

/// What stands before the name of a section's script.
const MARK: &str = "<!-- tests/bench: ";
const HEAD: &str = "# Benchmarks

Written by `cargo xtask bench`, a section for each script of `tests/bench`; `cargo xtask bench NAME` measures one anew. The numbers of another
machine are others, so read the ratios. A goal that is missed is said to be.
";

/// By which command, what, where and beside what a section was measured.
fn foot(name: &str, chromium: &Path) -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let git = ["describe", "--always", "--dirty"];
    let peers = PEERS.iter().filter_map(|peer| {
        let package = tools::root()
            .join("node_modules")
            .join(peer)
            .join("package.json");
        let package: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(package).ok()?).ok()?;
        Some(format!("{peer} {}", package.get("version")?.as_str()?))
    });
    let lock = fs::read_to_string(tools::root().join("Cargo.lock")).unwrap_or_default();
    let crates = CRATES.iter().filter_map(|name| {
        let (_, rest) = lock.split_once(&format!("name = \"{name}\"\nversion = \""))?;
        Some(format!("{name} {}", rest.split_once('"')?.0))
    });
    let facts = [
        said(Command::new("git").args(git).current_dir(tools::root()))
            .map(|commit| format!("commit {commit}")),
        Some(format!(
            "{cores} cores, {}{}",
            memory(),
            std::env::consts::OS
        )),
        said(Command::new(chromium).arg("--version")),
        said(Command::new("node").arg("--version")).map(|version| format!("Node {version}")),
        said(
            Command::new("rustc")
                .arg("--version")
                .current_dir(tools::root()),
        ),
        Some(peers.chain(crates).collect::<Vec<_>>().join(", ")),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    format!("\n`cargo xtask bench {name}`: {}", facts.join("; "))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_measured_anew_stays() {
        let mut report = Report::default();
        report.put("page", "## Page\n\n| a | b |\n\nfoot");
        report.put("core", "## Core");
        let mut again = Report::read(&report.write());
        assert_eq!(again.write(), report.write());
        again.put("core", "## Core\n\nanew");
        assert_eq!(
            again.write(),
            format!(
                "{HEAD}\n{MARK}core -->\n## Core\n\nanew\n\n{MARK}page -->\n## Page\n\n| a | b |\n\nfoot\n"
            )
        );
        assert!(scripts(&["nothing".to_owned()]).is_err());
        assert!(
            scripts(&[])
                .unwrap()
                .iter()
                .all(|(name, _)| name != ROUNDCUBE)
        );
    }
}
