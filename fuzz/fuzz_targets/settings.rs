//! Any JSON as stored settings and as a change of them: what is kept can be read again, and undoing it leads back.
#![no_main]

use cadence::settings::{Change, Settings};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let (first, second) = input.split_once('\n').unwrap_or((input, ""));
    let settings: Settings = serde_json::from_str(first).unwrap_or_default();
    let Ok(change) = serde_json::from_str::<Change>(second) else { return };
    let Ok(after) = settings.with(&change) else { return };
    let text = serde_json::to_string(&after).unwrap();
    let again: Settings = serde_json::from_str(&text).unwrap();
    assert_eq!(again, after);
    let _ = after.with(&settings.undoing(&change));
});
