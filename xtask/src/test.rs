//! `cargo xtask test`: everything that proves Cadence right.

use std::process::Command;

use anyhow::Result;

use crate::mailbox::Mailbox;
use crate::manifest::Browser;
use crate::report::Report;
use crate::scenarios::{self, Eyes, Site, counted};
use crate::{build, package, progress, tools, weigh, zips};

/// What is left to `cargo xtask matrix` each time, since all of it takes an hour: in Firefox and on Roundcube what a user does
/// most runs here.
const IN_FIREFOX: [&str; 9] = [
    "letters", "list", "looks", "security", "sidebar", "snooze", "thread", "welcome", "writing",
];
const ON_ROUNDCUBE: [&str; 10] = [
    "letters", "list", "place", "security", "sidebar", "snooze", "thread", "webmails", "worker",
    "writing",
];
const IN_FIREFOX_ON_ROUNDCUBE: [&str; 3] = ["list", "thread", "writing"];

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
            end_to_end(&mut report, Eyes::Chromium, Site::Gmail, None);
        }
        end_to_end(&mut report, Eyes::Firefox, Site::Gmail, Some(&IN_FIREFOX));
        report.stage("killed again and again", killed);
        if Site::Roundcube.is_available() {
            let (chromium, firefox) = (&ON_ROUNDCUBE, &IN_FIREFOX_ON_ROUNDCUBE);
            end_to_end(&mut report, Eyes::Chromium, Site::Roundcube, Some(chromium));
            end_to_end(&mut report, Eyes::Firefox, Site::Roundcube, Some(firefox));
        } else {
            eprintln!(
                "! Not tested on Roundcube: it is not installed, and cannot be without asking."
            );
        }
    }
    report.sum_up()
}

/// Runs the scenarios named, or all, as one stage.
fn end_to_end(report: &mut Report, eyes: Eyes, site: Site, named: Option<&[&str]>) {
    report.stage(&scenarios::stage(eyes, site), || match named {
        Some(named) => scenarios::run(eyes, site, named),
        None => scenarios::run(eyes, site, &site.scenarios()?),
    });
}

fn cargo(words: &[&str]) -> Result<u64> {
    progress::run(tools::cargo().args(words))?;
    Ok(0)
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
