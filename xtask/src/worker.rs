//! The worker's module and the reader of mail: Rust to WebAssembly and its JavaScript glue.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use crate::progress::{self, Stage};
use crate::tools;

/// What rustc and wasm-bindgen put into the module. wasm-opt refuses what it is not told of.
const FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-exception-handling",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The crates that become WebAssembly, and the names of what is made of them.
const MODULES: [(&str, &str); 2] = [("cadence-worker", "worker"), ("cadence-mail", "mail")];

/// Leaves `worker.js` and `worker_bg.wasm` in `out`, and the same of every other module.
pub(crate) fn compile(release: bool, features: &[&str], out: &Path) -> Result<()> {
    tools::wasm_target()?;
    let stage = Stage::loud("Compiling to WebAssembly");
    let mut cargo = tools::cargo();
    cargo.args(["build", "--lib", "--target", tools::WASM]);
    for (package, _) in MODULES {
        cargo.args(["--package", package]);
    }
    if release {
        cargo.arg("--release").arg("--config").arg(same_paths()?);
    }
    if !features.is_empty() {
        cargo.arg("--features").arg(features.join(","));
    }
    progress::run(&mut cargo)?;
    stage.done();

    let profile = if release { "release" } else { "debug" };
    let made = tools::target_dir()?.join(tools::WASM).join(profile);
    for (package, name) in MODULES {
        let module = made.join(format!("{}.wasm", package.replace('-', "_")));
        bind(&module, name, release, out)?;
        if release {
            optimise(&out.join(format!("{name}_bg.wasm")))?;
        }
    }
    if !release {
        eprintln!("! A development build: wasm-opt is left out, so sizes and speed do not count.");
    }
    Ok(())
}

/// Where panics happened is told in paths: of the registry, not of whoever's home it lies in, so that two builds
/// give the same bytes.
fn same_paths() -> Result<String> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = || std::env::home_dir().map(|home| home.join(".cargo"));
    let registry = cargo_home
        .or_else(home)
        .context("there is no home directory")?
        .join("registry/src");
    let flag = format!("--remap-path-prefix={}=registry", registry.display());
    Ok(format!("target.{}.rustflags={:?}", tools::WASM, [flag]))
}

fn bind(module: &Path, name: &str, named: bool, out: &Path) -> Result<()> {
    let stage = Stage::quiet("Making the JavaScript glue");
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name(name)
        .web(true)?
        .typescript(false)
        // The shim says where the module is.
        .omit_default_module_path(true)
        .remove_name_section(!named)
        .remove_producers_section(true)
        // After a panic the next call runs on a fresh instance.
        .force_enable_abort_handler(true);
    bindgen
        .generate(out)
        .context("wasm-bindgen cannot make the glue")?;
    stage.done();
    Ok(())
}

fn optimise(module: &Path) -> Result<()> {
    tools::node()?;
    let stage = Stage::quiet("Making the WebAssembly small");
    let small = module.with_extension("small");
    progress::run(
        Command::new("node")
            .arg(tools::root().join("node_modules/binaryen/bin/wasm-opt"))
            // Gzip finds less to fold in what the passes for size leave behind, and more where functions that were made of
            // one generic one lie side by side.
            .args([
                "-O1",
                "--dae-optimizing",
                "--reorder-functions-by-name",
                "--strip-debug",
            ])
            .args(FEATURES)
            .arg(module)
            .arg("--output")
            .arg(&small),
    )?;
    fs::rename(small, module)?;
    stage.done();
    Ok(())
}
