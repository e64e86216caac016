//! Any JSON as what the eyes found on a page of any webmail: facts, never a panic.
#![no_main]

use cadence::clock::Instant;
use cadence::webmail::{Reader, Sighting, Site};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let Ok(sighting) = serde_json::from_str::<Sighting>(input) else { return };
    let reader = Reader { zone: None, latest: Instant::from_ms(1_795_428_000_000).ok(), clock: None, me: Vec::new() };
    for name in ["\"gmail\"", "\"roundcube\""] {
        let Ok(site) = serde_json::from_str::<Site>(name) else { continue };
        let facts = site.read(&sighting, &reader);
        assert!(facts.rows.len() <= sighting.items("row").len());
    }
});
