//! The tables that Python scripts make, since the facts are in Python libraries.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::tools;

/// Runs the scripts of `data/`, with what `data/requirements.txt` names, in an environment of
/// their own under `target/`.
pub(super) fn run() -> anyhow::Result<()> {
    let data = super::folder();
    let environment = tools::target_dir()?.join("python");
    let (system, own) = if cfg!(windows) {
        ("python", "Scripts/python.exe")
    } else {
        ("python3", "bin/python")
    };
    let python = environment.join(own);
    if !python.exists() {
        call(Path::new(system), &["-m", "venv"], &environment)?;
    }
    let requirements = data.join("requirements.txt");
    call(
        &python,
        &["-m", "pip", "install", "--quiet", "-r"],
        &requirements,
    )?;
    for script in ["make_holidays.py", "place.py"] {
        call(&python, &[], &data.join(script))?;
    }
    Ok(())
}

fn call(program: &Path, options: &[&str], file: &Path) -> anyhow::Result<()> {
    let status = Command::new(program)
        .args(options)
        .arg(file)
        .status()
        .with_context(|| {
            format!(
                "{} does not start; is Python 3 installed?",
                program.display()
            )
        })?;
    ensure!(
        status.success(),
        "{} failed on {}",
        program.display(),
        file.display()
    );
    Ok(())
}
