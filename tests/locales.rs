//! Every message that Cadence speaks exists in every language, and none lies unused.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The languages with the plural forms that each has (CLDR plural rules, cardinal).
const LANGUAGES: [(&str, &[&str]); 3] = [
    ("en", &["one", "other"]),
    ("ru", &["one", "few", "many", "other"]),
    ("zh_CN", &["other"]),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).into()
}

fn messages(language: &str) -> BTreeMap<String, String> {
    let path = root()
        .join("extension/_locales")
        .join(language)
        .join("messages.json");
    let text = fs::read_to_string(path).unwrap();
    let all: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(&text).unwrap();
    // A key that stands twice would be read without a word.
    let keys = text.lines().filter(|line| line.starts_with("  \""));
    assert_eq!(
        keys.count(),
        all.len(),
        "{language}: a key twice, or two on a line"
    );
    all.into_iter()
        .map(|(key, entry)| (key, entry["message"].clone()))
        .collect()
}

/// A key without the plural form that it may end in.
fn base(key: &str) -> &str {
    let forms = ["_one", "_few", "_many", "_other"];
    forms
        .iter()
        .find_map(|form| key.strip_suffix(form))
        .unwrap_or(key)
}

/// The sources that speak.
fn sources() -> String {
    let mut text = String::new();
    let mut open = vec![
        root().join("src"),
        root().join("extension"),
        root().join("manifest.json"),
    ];
    while let Some(path) = open.pop() {
        if path.ends_with("_locales") {
            continue;
        }
        if path.is_dir() {
            open.extend(
                fs::read_dir(path)
                    .unwrap()
                    .map(|entry| entry.unwrap().path()),
            );
        } else if path
            .extension()
            .is_some_and(|it| it == "rs" || it == "js" || it == "json")
        {
            text += &fs::read_to_string(path).unwrap();
        }
    }
    text
}

#[test]
fn no_message_is_said_twice() {
    for (language, _) in LANGUAGES {
        let path = root().join("extension/_locales").join(language);
        let text = fs::read_to_string(path.join("messages.json")).unwrap();
        let keys = text.lines().filter(|line| line.starts_with("  \""));
        assert_eq!(keys.count(), messages(language).len(), "{language}");
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_places() {
    let places = |text: &str| -> BTreeSet<char> {
        text.match_indices('$')
            .filter_map(|(at, _)| text[at + 1..].chars().next())
            .collect()
    };
    let english = messages("en");
    let bases = |all: &BTreeMap<String, String>| -> BTreeSet<String> {
        all.keys().map(|key| base(key).to_owned()).collect()
    };
    for (language, forms) in LANGUAGES {
        let all = messages(language);
        assert_eq!(bases(&all), bases(&english), "{language}");
        let used = |all: &BTreeMap<String, String>, of: &str| -> BTreeSet<char> {
            let forms = all.iter().filter(|(key, _)| base(key) == of);
            forms.flat_map(|(_, text)| places(text)).collect()
        };
        for (key, text) in &all {
            assert_eq!(
                used(&all, base(key)),
                used(&english, base(key)),
                "{language}: {key}"
            );
            assert!(!text.trim().is_empty(), "{language}: {key} is empty");
            if base(key) != key {
                let has: Vec<_> = forms
                    .iter()
                    .filter(|form| all.contains_key(&format!("{}_{form}", base(key))))
                    .collect();
                assert_eq!(
                    has.len(),
                    forms.len(),
                    "{language}: plural forms of {}",
                    base(key)
                );
            }
        }
    }
}

/// What reads the same in English: names, and marks that hold other words together.
const SHARED: [&str; 12] = [
    "chip_title",
    "closing_days",
    "day_label",
    "direction",
    "import_file",
    "place_suggested",
    "timeline_season",
    "title_popup",
    "title_sidebar",
    "value_percent",
    "way_wechat",
    "way_whatsapp",
];

#[test]
fn no_message_is_left_in_english() {
    let english = messages("en");
    for (language, _) in LANGUAGES.into_iter().filter(|(name, _)| *name != "en") {
        for (key, text) in messages(language) {
            let same = english.get(&key) == Some(&text);
            assert!(
                !same || SHARED.contains(&key.as_str()),
                "{language}: {key} is in English"
            );
        }
    }
}

#[test]
fn every_message_that_is_spoken_exists_and_every_one_that_exists_is_spoken() {
    let sources = sources();
    let bases: BTreeSet<String> = messages("en")
        .keys()
        .map(|key| base(key).to_owned())
        .collect();
    for key in &bases {
        let spoken = sources.contains(&format!("\"{key}\""))
            || sources.contains(&format!("__MSG_{key}__"))
            || ["rule_", "error_", "title_"]
                .iter()
                .any(|family| key.starts_with(family));
        assert!(spoken, "nobody says {key}");
    }
    for opening in [
        "Words::say(\"",
        "Words::Say(\"",
        "Words::Count(\"",
        "words.message(\"",
    ] {
        for (at, _) in sources.match_indices(opening) {
            let key = sources[at + opening.len()..].split('"').next().unwrap();
            assert!(
                bases.contains(key) || key.starts_with("@@"),
                "there is no message {key}"
            );
        }
    }
}

#[test]
fn every_rule_of_the_playbook_and_every_failure_has_its_sentence() {
    let english = messages("en");
    for rule in [
        "G1", "W1", "W2", "W3", "W4", "W5", "S1", "S2", "S3", "S4", "I1", "I2", "I3", "I4", "P1",
        "P2", "P3", "F1", "F2", "F3", "M1", "T1", "N1", "E1", "E2",
    ] {
        assert!(english.contains_key(&format!("rule_{rule}")), "{rule}");
    }
    for code in ["store", "version", "field", "value", "gone", "crash"] {
        assert!(english.contains_key(&format!("error_{code}")), "{code}");
    }
}
