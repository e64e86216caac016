//! The place inference on contact blocks whose country is known.
//!
//! `tests/fixtures/place/make.py` makes the blocks of both halves; `hand.jsonl` and `hard.jsonl` are written. Weights may be tuned on `dev.jsonl`; `test.jsonl`
//! only measures. `CADENCE_SHOW=dev.jsonl cargo test --test place -- --nocapture` lists what went wrong.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    reason = "a test"
)]

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use cadence::address::Email;
use cadence::place::{Certainty, Clues, Inference, OffsetCount, infer};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Block {
    id: String,
    email: Email,
    name: Option<String>,
    text: String,
    country: String,
    zone: Option<String>,
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
            let zone = inference.zone.map(|zone| zone.0.name());
            let zone = block.zone.is_none() || zone == block.zone.as_deref();
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

/// What the blocks must at least give. The floors are for the half that nothing was tuned on.
#[test]
fn the_inference_holds_on_blocks_it_was_not_tuned_on() {
    let blocks = blocks("test.jsonl");
    let countries: HashSet<&str> = blocks.iter().map(|block| block.country.as_str()).collect();
    assert!(countries.len() >= 100);
    for kind in ["company", "message", "mission"] {
        let score = score("", blocks.iter().filter(|block| block.id.starts_with(kind)));
        println!("{kind}: {score:.3?}");
        assert!(
            score.coverage >= 0.9 && score.right >= 0.99,
            "{kind} {score:?}"
        );
        assert!(score.zones >= 0.95, "{kind} {score:?}");
    }
    let all = score("test.jsonl", blocks.iter());
    println!("all: {all:.3?}");
    assert!(all.coverage >= 0.85 && all.right >= 0.99, "{all:?}");
    assert!(all.calibration_error <= 0.03, "{all:?}");
}

#[test]
fn it_holds_on_the_half_it_was_tuned_on_and_on_blocks_written_by_hand() {
    for name in ["dev.jsonl", "hand.jsonl"] {
        let all = score(name, blocks(name).iter());
        println!("{name}: {all:.3?}");
        assert!(all.coverage >= 0.9 && all.right >= 0.99, "{name} {all:?}");
        assert!(all.calibration_error <= 0.03, "{name} {all:?}");
    }
}

/// Hotlines and domains of another country, other offices, forwarded letters.
#[test]
fn what_points_elsewhere_gives_no_confident_wrong_answer() {
    for name in ["dev.jsonl", "test.jsonl"] {
        for block in blocks(name)
            .iter()
            .filter(|block| block.id.starts_with("trap"))
        {
            let inference = answer(block);
            let wrong = inference
                .country
                .is_none_or(|country| country.code() != block.country);
            assert!(
                !wrong || inference.certainty != Certainty::Known,
                "{}",
                block.id
            );
        }
    }
}

/// Letters by hand that are easily misread: cities of one name, streets and people named like places,
/// numbers in every spelling, missions abroad. `null` stands for what nobody could know.
#[test]
fn hard_letters_are_known_or_left_open_but_never_wrong() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/place/hard.jsonl");
    let (mut knowable, mut known) = (0.0, 0.0);
    for line in fs::read_to_string(file).unwrap().lines() {
        let letter: serde_json::Value = serde_json::from_str(line).unwrap();
        let email: Email = letter["email"].as_str().unwrap().parse().unwrap();
        let inference = infer(&Clues {
            email: &email,
            name: None,
            text: letter["text"].as_str(),
            language: None,
            offsets: &[],
            word: None,
            colleagues: &[],
        });
        let truth = letter["country"].as_str();
        knowable += f64::from(u8::from(truth.is_some()));
        if inference.certainty == Certainty::Known {
            let country = inference.country.map(|country| country.code().to_owned());
            assert_eq!(country.as_deref(), truth, "{line} {:?}", inference.because);
            known += 1.0;
        }
    }
    assert!(known / knowable >= 0.97, "{known} of {knowable}");
}

fn of_text(text: &str) -> Inference {
    let email: Email = "someone@example.com".parse().unwrap();
    infer(&Clues {
        email: &email,
        name: None,
        text: Some(text),
        language: None,
        offsets: &[],
        word: None,
        colleagues: &[],
    })
}

/// Pieces that the readers of addresses and numbers look for.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[+(\\[0-9)\\] ./-]{0,40}",
        "[a-zA-Z.@:/-]{0,30}",
        "[\u{4e00}-\u{4e40}\u{e01}-\u{e4e}\u{600}-\u{6ff}]{0,30}",
        Just("\n".to_owned()),
        Just("> On Monday Li <li@factory.cn> wrote:\n".to_owned()),
        Just("Berlin, Germany ".to_owned()),
        Just("SW1A 1AA D-80331 NY 10001-0000 〒100-0001".to_owned()),
    ]
}

proptest! {
    #[test]
    fn no_text_makes_it_fail(pieces in prop::collection::vec(piece(), 0..40), tag in "\\PC{0,12}") {
        let email: Email = "someone@example.com".parse().unwrap();
        let text = pieces.concat();
        let offsets = [OffsetCount { month: tag.clone(), minutes: 330, count: 3 }];
        let inference = infer(&Clues {
            email: &email,
            name: Some(&tag),
            text: Some(&text),
            language: Some(&tag),
            offsets: &offsets,
            word: None,
            colleagues: &[],
        });
        prop_assert!((0.0..=1.0).contains(&inference.confidence));
        prop_assert!(inference.because.iter().all(|reason| reason.weight.is_finite()));
        prop_assert_eq!(inference.country.is_none(), inference.certainty == Certainty::Unknown);
    }
}

/// Whatever a text is made of, it takes no longer than its length asks for: anything that grew with the
/// square of 200 kB would take minutes in a build for tests.
#[test]
fn no_text_takes_long() {
    for unit in [
        "+",
        "(",
        "1",
        "+49 ",
        "1 2 3 ",
        "上",
        "a@",
        "a.b.",
        "-",
        "> ",
        "Berlin ",
        "Berlin, ",
        "\u{301}",
        "a\u{301}",
        "\n",
        "x: \n",
        "On a@b wrote:\n",
        "From: a\n",
        "10001-0000 ",
        "SW1A 1AA ",
        "D-80331\n",
        "กรุงเทพ",
        "Embassy of Germany ",
    ] {
        let text = unit.repeat(200_000 / unit.len());
        let start = Instant::now();
        of_text(&text);
        let taken = start.elapsed();
        assert!(taken < Duration::from_secs(2), "{unit:?}: {taken:?}");
    }
}
