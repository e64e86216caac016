//! `cargo xtask package`: what the stores take.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::manifest::Browser;
use crate::progress::Stage;
use crate::{build, package, tools, weigh};

/// The stores, each with the package that it takes.
const STORES: [(&str, Browser); 3] = [
    ("chrome", Browser::Chrome),
    ("edge", Browser::Chrome),
    ("firefox", Browser::Firefox),
];

/// Builds what is shipped, has Mozilla's linter read it, and leaves a zip for each store in `pkg/`.
pub(crate) fn zips() -> Result<()> {
    build::packages(true)?;
    weigh::weigh(&package::directory(Browser::Chrome), true)?;
    pack()?;
    Ok(())
}

/// Makes the zips of the packages as they are, and has them linted.
///
/// # Errors
/// When the linter has anything to say.
pub(crate) fn pack() -> Result<()> {
    for (store, browser) in STORES {
        let path = zip_of(store);
        zip(&package::directory(browser), &path)?;
        let bytes = fs::read(&path)?;
        let digest = ring::digest::digest(&ring::digest::SHA256, &bytes);
        let digest: String = digest.as_ref().iter().map(|b| format!("{b:02x}")).collect();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        println!("{digest}  {name}  {} bytes", bytes.len());
    }
    lint(&zip_of("firefox"))
}

fn zip_of(store: &str) -> PathBuf {
    let name = format!("cadence-{}-{store}.zip", env!("CARGO_PKG_VERSION"));
    tools::root().join("pkg").join(name)
}

/// The same files give the same bytes: in order of name, of one date, with one way to compress.
fn zip(directory: &Path, path: &Path) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(File::create(path)?);
    for file in package::files(directory)? {
        let name = file.strip_prefix(directory)?.to_string_lossy();
        zip.start_file(name.replace('\\', "/"), options)?;
        std::io::copy(&mut File::open(&file)?, &mut zip)?;
    }
    zip.finish()?;
    Ok(())
}

/// What Mozilla's reviewers run first.
fn lint(zip: &Path) -> Result<()> {
    tools::node()?;
    let stage = Stage::quiet("Linting as Mozilla does");
    let output = Command::new("node")
        .arg(tools::root().join("node_modules/addons-linter/bin/addons-linter"))
        .args(["--output", "json"])
        .arg(zip)
        .output()
        .context("cannot start the linter")?;
    let found: Value = serde_json::from_slice(&output.stdout)
        .context("the linter gives no answer that can be read")?;
    let kinds =
        ["errors", "warnings", "notices"].map(|kind| found.get(kind).and_then(Value::as_array));
    let mut clean = true;
    for complaints in kinds {
        for complaint in complaints.context("the linter's answer lacks a part")? {
            let part = |name: &str| {
                complaint
                    .get(name)
                    .map(Value::to_string)
                    .unwrap_or_default()
            };
            eprintln!("{} {}: {}", part("file"), part("code"), part("message"));
            clean = false;
        }
    }
    if !clean {
        bail!("the linter has something to say");
    }
    stage.done();
    Ok(())
}
