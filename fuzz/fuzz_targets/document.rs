//! Any text as a file of everything: read, or refused in words. What was read is written and read again alike, and
//! taking it over twice is taking it over once, unless it calls one message by several names.
#![no_main]

use cadence::history::{ARCHIVED, SENT, Touch};
use cadence::intake::Intake;
use cadence::service::take_in;
use cadence::store::MemoryStore;
use cadence::transfer::document::Document;
use cadence::transfer::pieces::cut;
use cadence::transfer::preview::preview;
use cadence_fuzz::{all, at_once, now};
use libfuzzer_sys::fuzz_target;

fn has_names(touch: &Touch) -> bool {
    touch.alias.is_some() || touch.id.starts_with(SENT) || touch.id.starts_with(ARCHIVED)
}

fuzz_target!(|input: &str| {
    let document = match Document::read(input) {
        Ok(document) => document,
        Err(why) => return assert!(!why.to_string().is_empty()),
    };
    assert_eq!(Document::read(&document.write()).as_ref(), Ok(&document));
    let records = &document.records;
    let _ = preview(&Intake::default(), records);
    let store = MemoryStore::default();
    let take = || cut(records).into_iter().for_each(|piece| at_once(take_in(&store, piece, now())).unwrap());
    take();
    let once = all(&store, records);
    take();
    // Names may contradict each other here as no webmail's do; those that do not are tested beside the use case.
    if !records.threads.iter().flat_map(|thread| thread.history.touches()).any(has_names) {
        assert_eq!(all(&store, records), once);
    }
});
