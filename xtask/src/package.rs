//! Puts an extension together: the worker, the files of `extension/`, the browser's manifest.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::manifest::{self, Browser};
use crate::tools;

/// Where a browser's package is left.
pub(crate) fn directory(browser: Browser) -> PathBuf {
    tools::root().join("pkg").join(browser.name())
}

/// Makes a browser's package anew, around a compiled worker.
pub(crate) fn assemble(browser: Browser, worker: &Path) -> Result<()> {
    assemble_in(browser, worker, browser.name())
}

/// Makes a package anew in a directory of this name.
pub(crate) fn assemble_in(browser: Browser, worker: &Path, name: &str) -> Result<()> {
    let package = tools::root().join("pkg").join(name);
    if package.exists() {
        fs::remove_dir_all(&package)
            .with_context(|| format!("cannot clear {}", package.display()))?;
    }
    copy(&tools::root().join("extension"), &package)?;
    copy(worker, &package.join("wasm"))?;

    let source = tools::root().join("manifest.json");
    let text = fs::read_to_string(&source).context("cannot read manifest.json")?;
    let source = serde_json::from_str(&text).context("manifest.json is no valid JSON")?;
    let manifest = manifest::resolve(&source, browser, env!("CARGO_PKG_VERSION"))?;
    fs::write(package.join("manifest.json"), format!("{manifest:#}\n"))?;
    Ok(())
}

/// Every file of a package, in order of name.
pub(crate) fn files(package: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(package)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(self::files(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Copies a directory, without the Rust crates and the hidden files in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if name.to_string_lossy().starts_with('.') || path.join("Cargo.toml").exists() {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else if from.ends_with("content") && path.extension().is_some_and(|it| it == "js") {
            fs::write(to.join(name), uncommented(&fs::read_to_string(&path)?))?;
        } else {
            fs::copy(&path, to.join(name))
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    Ok(())
}

/// A script without the lines that only comment, which every page of a webmail would load. The others stay where they
/// are, so that a fault's line is the source's.
fn uncommented(script: &str) -> String {
    let kept = |line: &str| match line.trim_start().starts_with("//") {
        true => "\n".to_owned(),
        false => format!("{line}\n"),
    };
    script.lines().map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_stay_at_home_and_lines_in_their_place() {
        let script = "// Says a.\nsay(\"//a\"); // a\n  // b\n  say(`https://b`);\n";
        assert_eq!(
            uncommented(script),
            "\nsay(\"//a\"); // a\n\n  say(`https://b`);\n"
        );
    }

    #[test]
    fn crates_and_hidden_files_stay_at_home() {
        let dir = tempfile::tempdir().unwrap();
        let from = dir.path().join("extension");
        for file in [
            "worker.js",
            "content/eyes.js",
            "worker/Cargo.toml",
            "worker/src/lib.rs",
            ".x",
        ] {
            let file = from.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        let to = dir.path().join("pkg");
        copy(&from, &to).unwrap();
        let copied = files(&to).unwrap();
        let copied: Vec<_> = copied
            .iter()
            .map(|file| file.strip_prefix(&to).unwrap())
            .collect();
        assert_eq!(
            copied,
            [Path::new("content/eyes.js"), Path::new("worker.js")]
        );
    }
}
