//! The end-to-end scenarios: `tests/e2e/*.test.mjs`, in a browser, on a webmail.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::mailbox::Mailbox;
#[cfg(unix)]
use crate::roundcube;
use crate::tools;

/// What opens no webmail, or is about the demo's own pages and policies: of another webmail it tells nothing.
const OF_NO_WEBMAIL: [&str; 9] = [
    "access", "csp", "demo", "eyes", "faults", "looks", "pages", "store", "welcome",
];

/// A browser to look with; what differs between them stands in `tests/e2e/browsers/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Eyes {
    Chromium,
    Firefox,
}

/// A webmail to look at; what a user does there stands in `tests/e2e/sites/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Site {
    /// The demo mailbox in Gmail's place
    Gmail,
    /// A real Roundcube with the demo's letters in it
    Roundcube,
}

impl Eyes {
    pub(crate) const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
        }
    }

    /// Where it is, and the variable that tells the tests.
    fn place(self) -> Result<(&'static str, PathBuf)> {
        Ok(match self {
            Self::Chromium => ("CADENCE_CHROMIUM", tools::chromium()?),
            Self::Firefox => ("CADENCE_FIREFOX", tools::firefox()?),
        })
    }
}

impl Site {
    pub(crate) const ALL: [Self; 2] = [Self::Gmail, Self::Roundcube];

    fn name(self) -> &'static str {
        match self {
            Self::Gmail => "the demo mailbox",
            Self::Roundcube => "a real Roundcube",
        }
    }

    /// Whether it can be had on this machine.
    pub(crate) fn is_available(self) -> bool {
        #[cfg(unix)]
        let there = roundcube::available();
        #[cfg(not(unix))]
        let there = false;
        self == Self::Gmail || there
    }

    /// The scenarios that say something of it, by the names of their files.
    pub(crate) fn scenarios(self) -> Result<Vec<String>> {
        let mut all = every()?;
        all.retain(|name| self == Self::Gmail || !OF_NO_WEBMAIL.contains(&name.as_str()));
        Ok(all)
    }
}

/// What a stage that runs scenarios is called.
pub(crate) fn stage(eyes: Eyes, site: Site) -> String {
    format!("end to end, in {} on {}", eyes.name(), site.name())
}

/// Runs scenarios, by the names of their files, and says how many tests have passed.
pub(crate) fn run(eyes: Eyes, site: Site, names: &[impl AsRef<str>]) -> Result<u64> {
    tools::node()?;
    let (variable, browser) = eyes.place()?;
    let folder = tools::root().join("tests/e2e");
    let mut command = Command::new("node");
    command
        // One browser at a time: the tests measure, too.
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .args(
            names
                .iter()
                .map(|name| folder.join(format!("{}.test.mjs", name.as_ref()))),
        )
        .env(
            "CADENCE_COMMAND",
            tools::target_dir()?.join("debug/cadence"),
        )
        .env("CADENCE_BROWSER", eyes.name().to_lowercase())
        .env(variable, browser)
        .current_dir(tools::root());
    match site {
        Site::Gmail => {
            let mailbox = Mailbox::start(0)?;
            counted(command.env("CADENCE_MAILBOX", mailbox.address()))
        }
        #[cfg(unix)]
        Site::Roundcube => {
            let roundcube = roundcube::Roundcube::start()?;
            counted(
                command
                    .env("CADENCE_SITE", "roundcube")
                    .env("CADENCE_ROUNDCUBE", roundcube.address()),
            )
        }
        #[cfg(not(unix))]
        Site::Roundcube => bail!("Roundcube is served on Linux alone"),
    }
}

/// The names of all files with scenarios, in order.
fn every() -> Result<Vec<String>> {
    let entries = std::fs::read_dir(tools::root().join("tests/e2e"))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| {
            Some(
                entry
                    .file_name()
                    .to_str()?
                    .strip_suffix(".test.mjs")?
                    .to_owned(),
            )
        })
        .collect();
    names.sort();
    Ok(names)
}

/// Runs a test program to its end and counts the tests that it says have passed.
pub(crate) fn counted(command: &mut Command) -> Result<u64> {
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
    fn every_scenario_runs_on_the_demo_and_most_on_roundcube() {
        let [demo, roundcube] = Site::ALL.map(|site| site.scenarios().unwrap());
        for name in OF_NO_WEBMAIL {
            assert!(demo.iter().any(|one| one == name), "{name} is no file");
            assert!(!roundcube.iter().any(|one| one == name));
        }
        assert_eq!(demo.len(), roundcube.len() + OF_NO_WEBMAIL.len());
        assert!(roundcube.iter().any(|name| name == "sidebar"));
    }
}
