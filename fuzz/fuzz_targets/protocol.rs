//! Any JSON as a question: an answer, never a panic, and what was refused changed nothing. The first half of the bytes is asked of an
//! empty store, then the second half of what that left.
#![no_main]

use cadence::protocol::Call;
use cadence::service::answer;
use cadence::store::MemoryStore;
use cadence_fuzz::{at_once, now};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let store = MemoryStore::default();
    for line in input.lines().take(8) {
        let Ok(call) = serde_json::from_str::<Call>(line) else { continue };
        let response = at_once(answer(&store, call, now()));
        serde_json::to_string(&response).unwrap();
    }
});
