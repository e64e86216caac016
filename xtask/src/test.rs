//! `cargo xtask test`: everything that proves Cadence right.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::mailbox::Mailbox;
use crate::manifest::Browser;
use crate::progress::{self, Stage, spell};
#[cfg(unix)]
use crate::roundcube;
use crate::{build, package, tools, weigh, zips};

/// The scenarios that hold for every webmail.
#[cfg(unix)]
const ON_EVERY_SITE: [&str; 7] = [
    "list", "place", "snooze", "thread", "webmails", "worker", "writing",
];

/// Runs every stage, also after one has failed, and sums up in the last line.
pub(crate) fn test() -> Result<()> {
    let mut report = Report::default();
    report.stage("format", || cargo(&["fmt", "--all", "--check"]));
    report.stage("clippy, native", || {
        cargo(&[
            "clippy",
            "--workspace",
            "--exclude",
            "cadence-worker",
            "--all-targets",
            "--features",
            "cadence/cli",
            "--",
            "--deny",
            "warnings",
        ])
    });
    report.stage("clippy, worker", || {
        tools::wasm_target()?;
        cargo(&[
            "clippy",
            "--package",
            "cadence-worker",
            "--target",
            tools::WASM,
            "--",
            "--deny",
            "warnings",
        ])
    });
    report.stage("unit and scenario tests", || {
        counted(tools::cargo().args([
            "test",
            "--package",
            "cadence",
            "--package",
            "xtask",
            "--features",
            "cadence/cli",
        ]))
    });
    let built = report.stage("packages", || {
        build::packages(true)?;
        Ok(0)
    });
    if built {
        report.stage("weight", || {
            weigh::weigh(&package::directory(Browser::Chrome), true)?;
            Ok(0)
        });
        report.stage("zips for the stores", || {
            zips::pack()?;
            Ok(0)
        });
        let stumbling = report.stage("the package that stumbles", || {
            build::faults()?;
            Ok(0)
        });
        if stumbling {
            report.stage("end to end, in Chromium", || {
                on_demo(&mut Eyes::chromium()?.scenarios(&[])?)
            });
        }
        report.stage("end to end, in Firefox", || {
            on_demo(&mut Eyes::firefox()?.scenarios(&IN_FIREFOX)?)
        });
        report.stage("killed again and again", killed);
        #[cfg(unix)]
        if roundcube::available() {
            report.stage("end to end, on a real Roundcube", || {
                on_roundcube(&mut Eyes::chromium()?.scenarios(&ON_EVERY_SITE)?)
            });
            report.stage("end to end, on a real Roundcube in Firefox", || {
                on_roundcube(&mut Eyes::firefox()?.scenarios(&IN_FIREFOX_ON_ROUNDCUBE)?)
            });
        } else {
            eprintln!(
                "! Not tested on Roundcube: it is not installed, and cannot be without asking."
            );
        }
    }
    report.sum_up()
}

/// What became of the stages so far.
#[derive(Default)]
struct Report {
    stages: Vec<(&'static str, Duration)>,
    tests: u64,
    failed: Vec<&'static str>,
}

impl Report {
    /// Runs a stage, which says how many tests it ran, and notes how it went.
    fn stage(&mut self, name: &'static str, work: impl FnOnce() -> Result<u64>) -> bool {
        let began = Instant::now();
        let stage = Stage::loud(name);
        let result = work();
        self.stages.push((name, began.elapsed()));
        match result {
            Ok(tests) => {
                self.tests += tests;
                stage.done();
                true
            }
            Err(error) => {
                eprintln!("✗ {name}: {error:#}");
                self.failed.push(name);
                false
            }
        }
    }

    fn sum_up(&self) -> Result<()> {
        eprintln!();
        for (name, time) in &self.stages {
            let mark = if self.failed.contains(name) {
                '✗'
            } else {
                '✓'
            };
            eprintln!("{mark} {:>12}  {name}", spell(*time));
        }
        let time = spell(self.stages.iter().map(|(_, time)| *time).sum());
        if !self.failed.is_empty() {
            bail!("Failed after {time}: {}.", self.failed.join("; "));
        }
        eprintln!("\n✓ All right: {} tests passed, in {time}.", self.tests);
        Ok(())
    }
}

fn cargo(words: &[&str]) -> Result<u64> {
    progress::run(tools::cargo().args(words))?;
    Ok(0)
}

/// What runs in Firefox, too, each time: the list, the thread, and writing. The others take their time there and run by
/// hand (CONTRIBUTING.md says how), but for those that speak Chromium's debugging protocol.
const IN_FIREFOX: [&str; 5] = ["letters", "list", "snooze", "thread", "writing"];

/// And there on Roundcube.
#[cfg(unix)]
const IN_FIREFOX_ON_ROUNDCUBE: [&str; 3] = ["list", "thread", "writing"];

/// A browser to look with.
struct Eyes {
    browser: &'static str,
    /// What tells the tests where it is.
    variable: &'static str,
    path: PathBuf,
}

impl Eyes {
    fn chromium() -> Result<Self> {
        Ok(Self {
            browser: "chromium",
            variable: "CADENCE_CHROMIUM",
            path: tools::chromium()?,
        })
    }

    fn firefox() -> Result<Self> {
        Ok(Self {
            browser: "firefox",
            variable: "CADENCE_FIREFOX",
            path: tools::firefox()?,
        })
    }

    /// The end-to-end tests, or those named, in this browser.
    fn scenarios(&self, named: &[&str]) -> Result<Command> {
        tools::node()?;
        let entries = std::fs::read_dir(tools::root().join("tests/e2e"))?;
        let mut tests: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        tests.retain(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.strip_suffix(".test.mjs")
                .is_some_and(|name| named.is_empty() || named.contains(&name))
        });
        tests.sort();
        let mut command = Command::new("node");
        command
            // One browser at a time: the tests measure, too.
            .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
            .args(tests)
            // Built for the scenario tests.
            .env(
                "CADENCE_COMMAND",
                tools::target_dir()?.join("debug/cadence"),
            )
            .env("CADENCE_BROWSER", self.browser)
            .env(self.variable, &self.path)
            .current_dir(tools::root());
        Ok(command)
    }
}

/// Runs scenarios on the demo mailbox.
fn on_demo(scenarios: &mut Command) -> Result<u64> {
    let mailbox = Mailbox::start(0)?;
    counted(scenarios.env("CADENCE_MAILBOX", mailbox.address()))
}

/// A few rounds of what docs/RELIABILITY.md tells of many.
fn killed() -> Result<u64> {
    let mailbox = Mailbox::start(0)?;
    progress::run(
        Command::new("node")
            .args(["tests/reliability/kill.mjs", "--rounds", "20"])
            .env("CADENCE_MAILBOX", mailbox.address())
            .env("CADENCE_CHROMIUM", tools::chromium()?)
            .current_dir(tools::root()),
    )?;
    Ok(1)
}

/// Runs scenarios, by the same names, on a Roundcube of our own.
#[cfg(unix)]
fn on_roundcube(scenarios: &mut Command) -> Result<u64> {
    let roundcube = roundcube::Roundcube::start()?;
    counted(
        scenarios
            .env("CADENCE_SITE", "roundcube")
            .env("CADENCE_ROUNDCUBE", roundcube.address()),
    )
}

/// Runs a test program to its end and counts the tests that it says have passed.
fn counted(command: &mut Command) -> Result<u64> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start the tests")?;
    let output = child.stdout.take().context("the tests have no output")?;
    let mut passed = 0;
    for line in BufReader::new(output).lines() {
        let line = line?;
        println!("{line}");
        passed += passes(&line);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("some tests failed ({status})");
    }
    Ok(passed)
}

/// How many tests have passed by a closing line of cargo's or Node's test runner.
fn passes(line: &str) -> u64 {
    let words: Vec<&str> = line.split_whitespace().collect();
    let number = match words.as_slice() {
        ["test", "result:", _, number, "passed;", ..] | ["ℹ", "pass", number] => number,
        _ => return 0,
    };
    number.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_test_runners_are_counted() {
        let cargo =
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; finished in 0.01s";
        assert_eq!(passes(cargo), 12);
        assert_eq!(passes("ℹ pass 7"), 7);
        assert_eq!(passes("ℹ fail 7"), 0);
        assert_eq!(passes("test zone::is_right ... ok"), 0);
    }

    #[test]
    fn a_failed_stage_fails_the_whole_and_is_named() {
        let mut report = Report::default();
        assert!(report.stage("one", || Ok(3)));
        assert!(!report.stage("two", || bail!("no")));
        assert!(report.sum_up().unwrap_err().to_string().ends_with(": two."));
    }
}
