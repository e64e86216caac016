//! `cargo xtask matrix`: every scenario in every browser on every webmail, as often as is asked for.

use anyhow::{Result, bail};

use crate::report::Report;
use crate::scenarios::{self, Eyes, Site};
use crate::{build, progress, tools};

/// What to run, and how often.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// How often: what is green once may be so by luck. Nothing is ever tried again
    #[arg(long, default_value_t = 1)]
    times: u32,
    /// In this browser alone
    #[arg(long)]
    browser: Option<Eyes>,
    /// On this webmail alone
    #[arg(long)]
    site: Option<Site>,
    /// These scenarios alone, by the names of their files in tests/e2e: `list`, `thread`
    scenarios: Vec<String>,
}

/// Runs them all, also after one has failed.
pub(crate) fn matrix(args: &Args) -> Result<()> {
    let known = Site::Gmail.scenarios()?;
    if let Some(strange) = args.scenarios.iter().find(|name| !known.contains(name)) {
        bail!(
            "there is no scenario `{strange}`; there are {}",
            known.join(", ")
        );
    }
    // What some scenarios compare with.
    let words = [
        "build",
        "--package",
        "cadence",
        "--features",
        "cli",
        "--bin",
        "cadence",
    ];
    progress::run(tools::cargo().args(words))?;
    build::packages(true)?;
    build::faults()?;
    let mut report = Report::default();
    for round in 1..=args.times {
        for site in Site::ALL
            .into_iter()
            .filter(|one| args.site.is_none_or(|only| only == *one))
        {
            if !site.is_available() {
                bail!("Roundcube is not installed, and cannot be without asking");
            }
            let mut names = site.scenarios()?;
            names.retain(|name| args.scenarios.is_empty() || args.scenarios.contains(name));
            if names.is_empty() {
                continue;
            }
            for eyes in Eyes::ALL
                .into_iter()
                .filter(|one| args.browser.is_none_or(|only| only == *one))
            {
                let stage = format!(
                    "{} ({round} of {})",
                    scenarios::stage(eyes, site),
                    args.times
                );
                report.stage(&stage, || scenarios::run(eyes, site, &names));
            }
        }
    }
    report.sum_up()
}
