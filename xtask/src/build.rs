//! `cargo xtask build`: the packages.

use anyhow::Result;

use crate::manifest::Browser;
use crate::{package, tools, weigh, worker};

/// How to build.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Build what is shipped: small, fast, and checked for its weight
    #[arg(long)]
    pub(crate) release: bool,
    /// Build the package that stumbles when a test asks it to, and nothing else
    #[arg(long, conflicts_with = "release")]
    pub(crate) faults: bool,
}

/// Leaves `pkg/chrome` and `pkg/firefox`, ready to load, and says what they weigh.
pub(crate) fn build(args: &Args) -> Result<()> {
    if args.faults {
        return faults();
    }
    packages(args.release)?;
    weigh::weigh(&package::directory(Browser::Chrome), args.release)
}

/// Makes the packages.
pub(crate) fn packages(release: bool) -> Result<()> {
    let compiled = tools::target_dir()?.join("cadence-worker");
    if compiled.exists() {
        std::fs::remove_dir_all(&compiled)?;
    }
    worker::compile(release, &[], &compiled)?;
    for browser in Browser::ALL {
        package::assemble(browser, &compiled)?;
    }
    Ok(())
}

/// Leaves `pkg/faults`, for Chromium.
pub(crate) fn faults() -> Result<()> {
    let compiled = tools::target_dir()?.join("cadence-worker-faults");
    if compiled.exists() {
        std::fs::remove_dir_all(&compiled)?;
    }
    worker::compile(false, &["faults"], &compiled)?;
    package::assemble_in(Browser::Chrome, &compiled, "faults")
}
