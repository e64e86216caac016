//! What the commands need from the machine: found, installed, or named with the command to run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::progress::{self, Stage};

/// The WebAssembly target of the worker.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Where a Chromium is looked for when `CADENCE_CHROMIUM` does not name one. Chrome itself is not among
/// them: since version 137 it loads no unpacked extension from its command line.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "microsoft-edge"];

/// Where a Firefox is looked for when `CADENCE_FIREFOX` does not name one.
const FIREFOX: [&str; 2] = ["firefox-esr", "firefox"];

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_dir.parent().unwrap_or(crate_dir)
}

/// A cargo command at the root of the repository.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// The directory that cargo builds in.
pub(crate) fn target_dir() -> Result<PathBuf> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()?;
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)
        .context("`cargo metadata` does not answer; does `cargo build` work?")?;
    let target = metadata
        .get("target_directory")
        .and_then(|dir| dir.as_str());
    Ok(target
        .context("`cargo metadata` names no target directory")?
        .into())
}

/// Makes sure that Rust can compile to WebAssembly.
pub(crate) fn wasm_target() -> Result<()> {
    let sysroot = Command::new("rustc")
        .args(["--print", "sysroot"])
        .current_dir(root())
        .output();
    if let Ok(output) = sysroot {
        let sysroot = String::from_utf8_lossy(&output.stdout);
        if Path::new(sysroot.trim())
            .join("lib/rustlib")
            .join(WASM)
            .exists()
        {
            return Ok(());
        }
    }
    let stage = Stage::loud("Installing Rust's WebAssembly target");
    progress::run(
        Command::new("rustup")
            .args(["target", "add", WASM])
            .current_dir(root()),
    )
    .with_context(|| format!("Rust cannot compile to {WASM}: install that target"))?;
    stage.done();
    Ok(())
}

/// Makes sure that Node and the npm packages of the lock file are there.
pub(crate) fn node() -> Result<()> {
    if !answers("node") || !answers("npm") {
        bail!(
            "Node 20 or later is needed, with npm: see https://nodejs.org/en/download, \
             or on a Debian of 2025 or later `sudo apt-get install nodejs npm`"
        );
    }
    let lock = root().join("package-lock.json");
    let installed = root().join("node_modules/.package-lock.json");
    let modified = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    if modified(&installed) >= modified(&lock) {
        return Ok(());
    }
    let stage = Stage::loud("Installing the locked npm packages");
    progress::run(npm().args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]))?;
    // npm keeps the time of an unchanged listing, and then would install again at each command.
    fs::OpenOptions::new()
        .append(true)
        .open(&installed)
        .and_then(|file| file.set_modified(std::time::SystemTime::now()))
        .context("npm has left no node_modules/.package-lock.json")?;
    stage.done();
    Ok(())
}

/// A Chromium that loads unpacked extensions; installed where that can be done without asking.
pub(crate) fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CADENCE_CHROMIUM") {
        return Ok(path.into());
    }
    if let Some(found) = CHROMIUM.iter().find_map(|name| on_path(name)) {
        return Ok(found);
    }
    apt_get("Chromium", &["chromium", "fonts-liberation"])?;
    on_path("chromium").context("Chromium was installed, but is not on the PATH")
}

/// A Firefox; installed where that can be done without asking.
pub(crate) fn firefox() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CADENCE_FIREFOX") {
        return Ok(path.into());
    }
    if let Some(found) = FIREFOX.iter().find_map(|name| on_path(name)) {
        return Ok(found);
    }
    apt_get("Firefox", &["firefox-esr", "fonts-liberation"])?;
    on_path("firefox-esr").context("Firefox was installed, but is not on the PATH")
}

/// Makes sure that Chinese text has glyphs, where the machine can tell (`fc-list`).
pub(crate) fn chinese_font() -> Result<()> {
    match Command::new("fc-list")
        .args([":lang=zh", "family"])
        .output()
    {
        Ok(output) if output.stdout.is_empty() => apt_get("a Chinese font", &["fonts-noto-cjk"]),
        _ => Ok(()),
    }
}

/// Makes sure that Chromium speaks a language other than English. Debian packs the others apart.
pub(crate) fn chromium_languages() -> Result<()> {
    let languages = Path::new("/usr/lib/chromium/locales");
    if languages.join("en-US.pak").exists() && !languages.join("ru.pak").exists() {
        apt_get("Chromium in other languages", &["chromium-l10n"])?;
    }
    Ok(())
}

/// Whether this is the superuser, for whom Chromium has no sandbox.
pub(crate) fn superuser() -> bool {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
    }
    #[cfg(not(target_os = "linux"))]
    false
}

fn npm() -> Command {
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(root());
    npm
}

/// Installs Debian packages when this is the superuser of a Debian; else says how to.
pub(crate) fn apt_get(what: &str, packages: &[&str]) -> Result<()> {
    let names = packages.join(" ");
    if !superuser() || !answers("apt-get") {
        bail!("{what} is missing. On Debian: `sudo apt-get install {names}`");
    }
    let stage = Stage::loud(&format!("Installing {what}: {names}"));
    let apt_get = |words: &[&str]| {
        let mut command = Command::new("apt-get");
        command
            .args(words)
            .env("DEBIAN_FRONTEND", "noninteractive")
            // What is printed on standard output is somebody's to read.
            .stdout(std::io::stderr());
        progress::run(&mut command)
    };
    apt_get(&["update", "--quiet"])?;
    apt_get(
        &[
            &["install", "--yes", "--quiet", "--no-install-recommends"],
            packages,
        ]
        .concat(),
    )?;
    stage.done();
    Ok(())
}

fn answers(program: &str) -> bool {
    let mut command = Command::new(program);
    command
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}
