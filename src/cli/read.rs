//! `cadence read`.

use std::path::PathBuf;
use std::process::ExitCode;

/// Which pages, of which site.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Saved pages.
    files: Vec<PathBuf>,
}

/// Reads every page.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let _ = &arguments.files;
    ExitCode::FAILURE
}
