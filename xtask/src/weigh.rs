//! What a package weighs, and how much it may.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use flate2::{Compression, write::GzEncoder};

use crate::package;

/// How many bytes, gzipped, the files in a folder with an ending may have together.
// The worker is to come down to 400,000: docs/DECISIONS.md says what it is made of.
const LIMITS: [(&str, &str, u64); 3] = [
    ("wasm/worker", ".wasm", 930_000),
    ("wasm/mail", ".wasm", 150_000),
    ("content/", ".js", 12_000),
];

/// Prints the size of each file of a package, raw and gzipped.
///
/// # Errors
/// With `limits`: when a part is heavier than it may be.
pub(crate) fn weigh(directory: &Path, limits: bool) -> Result<()> {
    let mut weights = Vec::new();
    for file in package::files(directory)? {
        let bytes = fs::read(&file)?;
        let name = file
            .strip_prefix(directory)
            .unwrap_or(&file)
            .to_string_lossy()
            .into_owned();
        weights.push((name, bytes.len() as u64, gzipped(&bytes)?));
    }
    let total = weights
        .iter()
        .fold((0, 0), |sum, weight| (sum.0 + weight.1, sum.1 + weight.2));
    println!("{:>12} {:>10}  {}", "bytes", "gzipped", directory.display());
    for (name, raw, gz) in &weights {
        println!("{raw:>12} {gz:>10}  {name}");
    }
    println!("{:>12} {:>10}  together", total.0, total.1);
    if limits { check(&weights) } else { Ok(()) }
}

fn check(weights: &[(String, u64, u64)]) -> Result<()> {
    for (folder, ending, limit) in LIMITS {
        let is_part = |name: &str| name.starts_with(folder) && name.ends_with(ending);
        let parts = weights.iter().filter(|(name, ..)| is_part(name));
        let weight: u64 = parts.map(|(_, _, gz)| gz).sum();
        if weight > limit {
            bail!("{folder}*{ending} weighs {weight} bytes gzipped; {limit} are allowed");
        }
    }
    Ok(())
}

fn gzipped(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_limit_count_together() {
        let file = |name: &str, gz| (name.to_owned(), 0, gz);
        let within = [
            file("content/a.js", 6_000),
            file("content/b.js", 6_000),
            // The style is no script.
            file("content/a.css", 6_000),
            file("x", 900_000),
        ];
        assert!(check(&within).is_ok());
        let beyond = [file("content/a.js", 6_000), file("content/b.js", 6_001)];
        assert!(
            check(&beyond)
                .unwrap_err()
                .to_string()
                .contains("content/*.js weighs 12001")
        );
    }
}
