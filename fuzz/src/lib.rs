//! What the targets share.

use cadence::clock::{Instant, SellerZone, Zone};
use cadence::dossier::Now;
use cadence::intake::Intake;
use cadence::store::{CompanyKey, MemoryStore, Store};
use std::fmt::Write;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// One instant for all of them: what a target finds depends on its input alone.
pub fn now() -> Now {
    Now {
        at: Instant::from_ms(1_795_428_000_000).unwrap(),
        seller: SellerZone(Zone::UTC),
    }
}

/// The store in memory is never waited for.
pub fn at_once<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => unreachable!("a store in memory does not wait"),
    }
}

/// All that a store holds of what some records are about, in a form that can be compared and shown.
pub fn all(store: &MemoryStore, records: &Intake) -> String {
    let mut keys: Vec<CompanyKey> = records.companies.iter().map(|it| it.key.clone()).collect();
    keys.extend(records.clients.iter().map(|it| it.company_key()));
    keys.extend(records.threads.iter().map(|it| CompanyKey {
        account: it.key.account.clone(),
        name: cadence::client::company_of(&it.client),
    }));
    keys.sort();
    keys.dedup();
    let mut text = String::new();
    let _ = write!(
        text,
        "{:?}\n{:?}\n{:?}\n{:?}",
        at_once(store.accounts()),
        at_once(store.settings()),
        at_once(store.clients_after(None, u32::MAX)),
        at_once(store.companies(&keys)),
    );
    text
}
