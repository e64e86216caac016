//! Any JSON as a question: an answer, never a panic, and what was refused changed nothing. The first half of the bytes is asked of an
//! empty store, then the second half of what that left.
#![no_main]

use cadence::clock::{Instant, SellerZone, Zone};
use cadence::dossier::Now;
use cadence::protocol::Call;
use cadence::service::answer;
use cadence::store::MemoryStore;
use libfuzzer_sys::fuzz_target;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// The store in memory is never waited for.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => unreachable!("a store in memory does not wait"),
    }
}

fuzz_target!(|input: &str| {
    let store = MemoryStore::default();
    let now = Now { at: Instant::from_ms(1_795_428_000_000).unwrap(), seller: SellerZone(Zone::UTC) };
    for line in input.lines().take(8) {
        let Ok(call) = serde_json::from_str::<Call>(line) else { continue };
        let response = at_once(answer(&store, call, now));
        serde_json::to_string(&response).unwrap();
    }
});
