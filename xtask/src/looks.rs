//! `cargo xtask looks`: keeps how every page looks, for the tests and for the eye.

use std::process::Command;

use anyhow::Result;

use crate::mailbox::Mailbox;
use crate::{build, progress, tools};

/// Draws every page in its looks and keeps them under `tests/looks`.
pub(crate) fn looks() -> Result<()> {
    tools::node()?;
    let browsers = [
        ("chromium", "CADENCE_CHROMIUM", tools::chromium()?),
        ("firefox", "CADENCE_FIREFOX", tools::firefox()?),
    ];
    build::packages(false)?;
    let mailbox = Mailbox::start(0)?;
    for (browser, variable, path) in browsers {
        progress::run(
            Command::new("node")
                .arg("tests/looks/draw.mjs")
                .env("CADENCE_MAILBOX", mailbox.address())
                .env("CADENCE_BROWSER", browser)
                .env(variable, path)
                .current_dir(tools::root()),
        )?;
    }
    Ok(())
}
