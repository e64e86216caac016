//! Any text as a client's message, name, language and clock: no panic, a probability, finite weights.
#![no_main]

use cadence::address::Email;
use cadence::place::{Certainty, Clues, OffsetCount, infer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (String, String, i32, u32)| {
    let (text, word, minutes, count) = input;
    let Ok(email) = format!("someone@{word}").parse::<Email>().or_else(|_| "a@b.de".parse()) else {
        return;
    };
    let offsets = [OffsetCount {
        month: word.clone(),
        minutes,
        count,
    }];
    let inference = infer(&Clues {
        email: &email,
        name: Some(&word),
        text: Some(&text),
        language: Some(&word),
        offsets: &offsets,
        word: None,
        colleagues: &[],
    });
    assert!((0.0..=1.0).contains(&inference.confidence));
    assert!(inference.because.iter().all(|reason| reason.weight.is_finite()));
    assert_eq!(inference.country.is_none(), inference.certainty == Certainty::Unknown);
});
