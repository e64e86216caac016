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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest;

    fn text(path: &str) -> String {
        fs::read_to_string(tools::root().join(path)).unwrap()
    }

    #[test]
    fn the_same_files_give_the_same_bytes_whenever_they_were_made() {
        let made = |names: &[&str], date: u64| {
            let dir = tempfile::tempdir().unwrap();
            let package = dir.path().join("package");
            fs::create_dir_all(package.join("content")).unwrap();
            for name in names {
                let file = package.join(name);
                fs::write(&file, name.repeat(500)).unwrap();
                let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(date);
                File::options()
                    .write(true)
                    .open(file)
                    .and_then(|file| file.set_modified(time))
                    .unwrap();
            }
            let path = dir.path().join("x.zip");
            zip(&package, &path).unwrap();
            fs::read(path).unwrap()
        };
        let first = made(&["a.js", "content/b.js", "z.json"], 1_000_000_000);
        assert_eq!(
            first,
            made(&["z.json", "content/b.js", "a.js"], 1_700_000_000)
        );
    }

    #[test]
    fn every_permission_has_its_reason() {
        let source = serde_json::from_str(&text("manifest.json")).unwrap();
        let reasons = text("docs/PERMISSIONS.md");
        for browser in Browser::ALL {
            let manifest = manifest::resolve(&source, browser, "1").unwrap();
            let mut asked = Vec::new();
            for key in ["permissions", "optional_permissions", "host_permissions"] {
                let all = manifest[key].as_array().unwrap();
                asked.extend(all.iter().map(|one| one.as_str().unwrap().to_owned()));
            }
            assert!(!asked.is_empty());
            for one in asked {
                assert!(reasons.contains(&format!("`{one}`")), "{one}");
            }
        }
    }

    /// Chrome's store takes a name of 75 and a summary of 132 characters and five pictures, Mozilla's a name of 50.
    #[test]
    fn the_stores_take_the_texts() {
        for language in ["en", "ru", "zh_CN"] {
            let words = text(&format!("extension/_locales/{language}/messages.json"));
            let words: Value = serde_json::from_str(&words).unwrap();
            let length = |key: &str| {
                let message = words[key]["message"].as_str().unwrap();
                message.chars().count()
            };
            assert!((1..=50).contains(&length("name")), "{language}");
            assert!((1..=132).contains(&length("description")), "{language}");
            let about = text(&format!("docs/store/{language}.md"));
            let (about, captions) = about.split_once("\n## ").unwrap();
            assert!(
                (300..=16_000).contains(&about.chars().count()),
                "{language}"
            );
            let numbered = captions
                .lines()
                .filter(|line| line.starts_with(char::is_numeric));
            assert_eq!(numbered.count(), 5, "{language}");
        }
    }
}
