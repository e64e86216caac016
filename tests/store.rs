//! What the stores show fits into what they take.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::path::Path;

const LANGUAGES: [&str; 3] = ["en", "ru", "zh_CN"];

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The shortest of what the stores allow, in characters. Chrome: name 75, summary 132 (its manifest's reference), description
/// 16,000; Edge: name 45, description 250 to 10,000; addons.mozilla.org: name 50, summary 250.
#[test]
fn names_summaries_and_descriptions_are_of_a_length_that_every_store_takes() {
    for language in LANGUAGES {
        let messages = read(&format!("extension/_locales/{language}/messages.json"));
        let messages: serde_json::Value = serde_json::from_str(&messages).unwrap();
        let length = |key: &str| messages[key]["message"].as_str().unwrap().chars().count();
        assert!((1..=45).contains(&length("name")), "{language}");
        assert!((1..=132).contains(&length("description")), "{language}");

        let text = read(&format!("docs/store/{language}.md"));
        let (head, captions) = text.rsplit_once("\n## ").unwrap();
        let (_, description) = head.split_once('\n').unwrap();
        let length = description.trim().chars().count();
        assert!((250..=10_000).contains(&length), "{language}: {length}");
        // Chrome and Edge take five pictures, and ten.
        let captions = captions
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()));
        assert_eq!(captions.count(), 5, "{language}");
    }
}
