//! What became of the stages of a long run, summed up in its last line.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::progress::{Stage, spell};

/// What became of the stages so far.
#[derive(Default)]
pub(crate) struct Report {
    stages: Vec<(String, Duration)>,
    tests: u64,
    failed: Vec<String>,
}

impl Report {
    /// Runs a stage, which says how many tests it ran, and notes how it went.
    pub(crate) fn stage(&mut self, name: &str, work: impl FnOnce() -> Result<u64>) -> bool {
        let began = Instant::now();
        let stage = Stage::loud(name);
        let result = work();
        self.stages.push((name.to_owned(), began.elapsed()));
        match result {
            Ok(tests) => {
                self.tests += tests;
                stage.done();
                true
            }
            Err(error) => {
                eprintln!("✗ {name}: {error:#}");
                self.failed.push(name.to_owned());
                false
            }
        }
    }

    /// One line for each stage, and the last one says whether all went well.
    ///
    /// # Errors
    /// Where a stage has failed.
    pub(crate) fn sum_up(&self) -> Result<()> {
        eprintln!();
        for (name, time) in &self.stages {
            let mark = if self.failed.contains(name) {
                '✗'
            } else {
                '✓'
            };
            eprintln!("{mark} {:>12}  {name}", spell(*time));
        }
        let time = spell(self.stages.iter().map(|(_, time)| *time).sum());
        if !self.failed.is_empty() {
            bail!("Failed after {time}: {}.", self.failed.join("; "));
        }
        eprintln!("\n✓ All right: {} tests passed, in {time}.", self.tests);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_stage_fails_the_whole_and_is_named() {
        let mut report = Report::default();
        assert!(report.stage("one", || Ok(3)));
        assert!(!report.stage("two", || bail!("no")));
        assert!(report.sum_up().unwrap_err().to_string().ends_with(": two."));
    }
}
