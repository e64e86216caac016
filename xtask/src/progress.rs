//! What is going on, said on standard error: nothing that takes longer than a second is silent.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A piece of work in progress: a line with its running time, on a terminal a moving one.
pub(crate) struct Stage {
    name: String,
    began: Instant,
    spinner: ProgressBar,
}

impl Stage {
    /// Announces a piece of quiet work.
    pub(crate) fn quiet(name: &str) -> Self {
        let spinner = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            spinner.set_style(style);
        }
        spinner.set_message(name.to_owned());
        spinner.enable_steady_tick(Duration::from_millis(120));
        if spinner.is_hidden() {
            eprintln!("  {name} …");
        }
        Self {
            name: name.to_owned(),
            began: Instant::now(),
            spinner,
        }
    }

    /// Announces work that shows its own progress, such as a run of cargo.
    pub(crate) fn loud(name: &str) -> Self {
        eprintln!("\n▸ {name}");
        Self {
            name: name.to_owned(),
            began: Instant::now(),
            spinner: ProgressBar::hidden(),
        }
    }

    /// The work is done.
    pub(crate) fn done(self) {
        self.spinner.finish_and_clear();
        eprintln!("✓ {} ({})", self.name, spell(self.began.elapsed()));
    }
}

/// A duration as people say it: `0.4 s`, `12 s`, `3 min 5 s`.
pub(crate) fn spell(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// Runs a command to its end.
///
/// # Errors
/// When it cannot be started or does not succeed; the message repeats the command.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// The command as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(spell(Duration::from_millis(420)), "0.4 s");
        assert_eq!(spell(Duration::from_millis(12_900)), "12 s");
        assert_eq!(spell(Duration::from_secs(185)), "3 min 5 s");
    }
}
