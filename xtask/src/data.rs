//! The tables under `data/` that a program makes.

use std::path::PathBuf;

mod packed;
mod scripts;
mod zones;

/// Makes them all.
pub(crate) fn run() -> anyhow::Result<()> {
    zones::run()?;
    scripts::run()?;
    packed::run()
}

/// The folder `data/` of the workspace.
fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../data"))
}
