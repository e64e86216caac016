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
    sources_in(&["src", "extension", "manifest.json"])
}

fn sources_in(paths: &[&str]) -> String {
    let mut text = String::new();
    let mut open: Vec<_> = paths.iter().map(|path| root().join(path)).collect();
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

/// What reads the same in English: marks that hold other words together.
const SHARED: [&str; 4] = ["chip_title", "closing_days", "day_label", "direction"];

/// Names, and words that are the same everywhere.
const NAMES: [&str; 32] = [
    "Cadence",
    "CRM",
    "CSV",
    "Contacts",
    "Excel",
    "GmbH",
    "Gmail",
    "Google",
    "HubSpot",
    "JSON",
    "MIT",
    "OKKI",
    "Outlook",
    "PyPI",
    "Roundcube",
    "Streak",
    "Takeout",
    "Unicode",
    "CLDR",
    "WeChat",
    "WhatsApp",
    "holidays",
    "vCard",
    "Anna",
    "Keller",
    "https",
    "mbox",
    "eml",
    "gzip",
    "zip",
    "vcf",
    "KB",
];

/// A text without what is no word of any language: places for arguments, addresses, names of files.
fn words(text: &str) -> Vec<String> {
    let plain = text.split_whitespace().filter(|word| {
        !["@", ".com", ".mbox", ".eml", ".json"]
            .iter()
            .any(|mark| word.contains(mark))
    });
    plain
        .flat_map(|word| word.split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.chars().count() > 1)
        .map(str::to_owned)
        .collect()
}

/// Every word of every message is in the letters of its language, but for names.
#[test]
fn no_word_is_left_in_english() {
    let latin = |word: &String| word.chars().all(|c| c.is_ascii_alphabetic());
    for (language, _) in LANGUAGES.into_iter().filter(|(name, _)| *name != "en") {
        for (key, text) in messages(language) {
            if ["language", "direction"].contains(&key.as_str()) {
                continue;
            }
            let foreign: Vec<_> = words(&text)
                .into_iter()
                .filter(|word| latin(word) && !NAMES.contains(&word.as_str()))
                .collect();
            assert!(
                foreign.is_empty(),
                "{language}: {key} says {foreign:?} in English"
            );
        }
    }
}

#[test]
fn no_message_is_left_in_english() {
    let english = messages("en");
    for (language, _) in LANGUAGES.into_iter().filter(|(name, _)| *name != "en") {
        for (key, text) in messages(language) {
            let same = english.get(&key) == Some(&text);
            let is_name = words(&text)
                .iter()
                .all(|word| NAMES.contains(&word.as_str()));
            assert!(
                !same || is_name || SHARED.contains(&key.as_str()),
                "{language}: {key} is in English"
            );
        }
    }
}

/// A holiday's key is made of its English name, as `words.js` makes it.
#[test]
fn every_word_for_a_holiday_is_for_one_of_the_table() {
    let table = fs::read_to_string(root().join("data/holidays.tsv")).unwrap();
    let names = table.lines().filter_map(|row| row.split_once('\t'));
    let keys: BTreeSet<String> = names
        .map(|(name, _)| name.trim_start_matches('~').to_lowercase())
        .map(|name| name.replace(|c: char| !c.is_ascii_alphanumeric(), "_"))
        .map(|name| {
            let mut name = format!("holiday_{name}");
            while name.contains("__") {
                name = name.replace("__", "_");
            }
            name
        })
        .collect();
    let own = ["holiday_about", "holiday_observed"];
    for key in messages("en")
        .keys()
        .filter(|key| key.starts_with("holiday_"))
    {
        assert!(own.contains(&key.as_str()) || keys.contains(key), "{key}");
    }
    // New Year, Christmas and Labour Day are known to everybody's calendar.
    for key in [
        "holiday_new_year_s_day",
        "holiday_christmas_day",
        "holiday_labor_day",
    ] {
        assert!(messages("ru").contains_key(key), "{key}");
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
            || ["rule_", "error_", "title_", "holiday_"]
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

/// What stands in the views' sources like a message's name and is none: ids, fields and values of forms, seasons of the table.
const NO_MESSAGES: [&str; 12] = [
    "data_file",
    "golden_week",
    "holy_week",
    "lunar_new_year",
    "new_year",
    "clear_plan",
    "good_news",
    "new_product",
    "min_unit",
    "max_unit",
    "snake_case",
    "take_over",
];

/// Also what a view chooses among, before it says it.
#[test]
fn whatever_a_view_names_like_a_message_is_one() {
    let bases: BTreeSet<String> = messages("en")
        .keys()
        .map(|key| base(key).to_owned())
        .collect();
    let sources = sources_in(&["src/view", "src/snooze.rs"]);
    let code = sources
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let quoted = code.flat_map(|line| line.split('"').skip(1).step_by(2));
    let like_a_name = |text: &&str| {
        text.contains('_')
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !text.ends_with('_')
    };
    let missing: BTreeSet<_> = quoted
        .filter(like_a_name)
        .filter(|name| !bases.contains(*name) && !NO_MESSAGES.contains(name))
        .collect();
    assert!(missing.is_empty(), "no messages: {missing:?}");
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
