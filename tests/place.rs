//! The place inference on contact blocks whose country is known.
//!
//! `tests/fixtures/place/make.py` makes the blocks. Weights may be tuned on `dev.jsonl`; `test.jsonl`
//! only measures. `CADENCE_SHOW=dev.jsonl cargo test --test place -- --nocapture` lists what went wrong.

use std::fs;
use std::path::Path;

use cadence::address::Email;
use cadence::place::{Certainty, Clues, Inference, infer};
use serde::Deserialize;

#[derive(Deserialize)]
struct Block {
    id: String,
    email: Email,
    name: Option<String>,
    text: String,
    country: String,
    zone: String,
}

fn answer(block: &Block) -> Inference {
    infer(&Clues {
        email: &block.email,
        name: block.name.as_deref(),
        text: Some(&block.text),
        language: None,
        offsets: &[],
        word: None,
        colleagues: &[],
    })
}

fn blocks(name: &str) -> Vec<Block> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/place")
        .join(name);
    fs::read_to_string(file)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Shares, 0 to 1.
#[derive(Debug, Default)]
struct Score {
    /// Answers at “known” among all blocks.
    coverage: f64,
    /// Right answers among those.
    right: f64,
    /// Right zones among known answers with the right country.
    zones: f64,
    /// Mean distance between the confidence and the share of right answers, over ten bins of the
    /// answers that are known or suggested.
    calibration_error: f64,
}

fn score<'a>(name: &str, blocks: impl Iterator<Item = &'a Block>) -> Score {
    let show = std::env::var("CADENCE_SHOW").is_ok_and(|shown| shown == name);
    let (mut all, mut known, mut right, mut zones) = (0.0, 0.0, 0.0, 0.0);
    let mut bins = [(0.0, 0.0, 0.0); 10];
    for block in blocks {
        let inference = answer(block);
        all += 1.0;
        let hit = inference
            .country
            .is_some_and(|country| country.code() == block.country);
        if inference.certainty == Certainty::Known {
            known += 1.0;
            right += f64::from(u8::from(hit));
            let zone = inference
                .zone
                .is_some_and(|zone| zone.0.name() == block.zone);
            zones += f64::from(u8::from(hit && zone));
        }
        if inference.certainty != Certainty::Unknown {
            let bin = &mut bins[((inference.confidence * 10.0) as usize).min(9)];
            bin.0 += 1.0;
            bin.1 += inference.confidence;
            bin.2 += f64::from(u8::from(hit));
        }
        if show && !(hit && inference.certainty == Certainty::Known) {
            println!(
                "{} {:?} {:?} {:.2}",
                block.id, inference.certainty, inference.country, inference.confidence
            );
            println!(
                "  truth {} <{}>\n  {}",
                block.country,
                block.email,
                block.text.replace('\n', "\n  ")
            );
            for reason in &inference.because {
                println!(
                    "    {:?} {} {:?} {:.2}",
                    reason.clue, reason.value, reason.country, reason.weight
                );
            }
        }
    }
    let answered: f64 = bins.iter().map(|bin| bin.0).sum();
    let error: f64 = bins.iter().map(|(_, said, hits)| (said - hits).abs()).sum();
    Score {
        coverage: known / all,
        right: right / known,
        zones: zones / right,
        calibration_error: error / answered,
    }
}

#[test]
fn the_inference_holds_on_blocks_it_was_not_tuned_on() {
    for name in ["dev.jsonl", "test.jsonl"] {
        let blocks = blocks(name);
        for kind in [
            "company", "message", "mission", "trap0", "trap1", "trap2", "trap3",
        ] {
            let of_kind = blocks.iter().filter(|block| block.id.starts_with(kind));
            println!("{name} {kind}: {:.3?}", score("", of_kind));
        }
        let plain = blocks.iter().filter(|block| !block.id.starts_with("trap"));
        println!("{name} without traps: {:.3?}", score("", plain));
        println!("{name} all: {:.3?}", score(name, blocks.iter()));
    }
}
