//! Any text as address cards or as a table of contacts, whose columns are what their names say or what somebody chose:
//! whoever stands there is taken or left out for a reason, and what is taken is taken in.
#![no_main]

use cadence::address::Email;
use cadence::service::take_in;
use cadence::store::MemoryStore;
use cadence::transfer::contacts::{Column, are_cards, cards, columns, gather, rows};
use cadence::transfer::encoding::detect;
use cadence_fuzz::{at_once, now};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<u8>, &str)| {
    let (choice, text) = input;
    assert!(!detect(text.as_bytes()).is_empty());
    let chosen = || -> Vec<Column> { choice.iter().map(|it| Column::ALL[usize::from(*it) % Column::ALL.len()]).collect() };
    let contacts = match are_cards(text) {
        true => cards(text),
        false if choice.is_empty() => rows(text, &columns(text).guess),
        false => rows(text, &chosen()),
    };
    let account: Email = "me@seller.example".parse().unwrap();
    let gathered = gather(&contacts, &account, now().at);
    let clients = gathered.intake.clients.len();
    let left_out: usize = gathered.counts.values().sum();
    assert!(clients + left_out >= contacts.len());
    at_once(take_in(&MemoryStore::default(), gathered.intake, now())).unwrap();
});
