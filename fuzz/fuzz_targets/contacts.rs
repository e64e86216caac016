//! Any text as address cards and as a table of contacts: whoever stands there is taken or left out for a reason, and
//! what is taken is taken in.
#![no_main]

use cadence::address::Email;
use cadence::service::take_in;
use cadence::store::MemoryStore;
use cadence::transfer::contacts::{Column, cards, columns, gather, rows};
use cadence::transfer::encoding::detect;
use cadence_fuzz::{at_once, now};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Vec<u8>, &str)| {
    let (choice, text) = input;
    assert!(!detect(text.as_bytes()).is_empty());
    let guess = columns(text).guess;
    let chosen = choice.iter().map(|it| Column::ALL[usize::from(*it) % Column::ALL.len()]);
    let chosen: Vec<Column> = chosen.collect();
    let account: Email = "me@seller.example".parse().unwrap();
    for contacts in [cards(text), rows(text, &guess), rows(text, &chosen)] {
        let gathered = gather(&contacts, &account, now().at);
        let clients = gathered.intake.clients.len();
        let left_out: usize = gathered.counts.values().sum();
        assert!(clients + left_out >= contacts.len());
        at_once(take_in(&MemoryStore::default(), gathered.intake, now())).unwrap();
    }
});
