//! Gmail's pages, read: modelled ones (`fixtures/gmail`, made by the `make.py` there, which also
//! works out what is expected) and, where they are at hand, fragments of real ones.

// Helpers of tests fail and speak as tests do; clippy knows only the test functions themselves.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use cadence::webmail::{self, PageFacts, Reader, Sighting, Site};
use serde_json::{Value, json};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/gmail")
}

/// The modelled cases, by name.
fn cases() -> Vec<(String, PathBuf)> {
    let mut cases: Vec<_> = fs::read_dir(fixtures())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| {
            (
                path.file_name().unwrap().to_string_lossy().into_owned(),
                path,
            )
        })
        .collect();
    cases.sort();
    cases
}

/// A file among the real fragments, which are not ours to keep here.
fn real(name: &str) -> Option<String> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared").to_owned();
    let shared = std::env::var("CADENCE_SHARED").unwrap_or(beside);
    let path = Path::new(&shared).join("gmail-dom").join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        println!("skipped: no real fragment at {}", path.display());
    }
    text
}

fn sighting(html: &str) -> Sighting {
    webmail::look(&Site::Gmail.table(), html, "")
}

fn facts(html: &str) -> PageFacts {
    Site::Gmail.read(&sighting(html), &Reader::default())
}

#[test]
fn modelled_pages_are_read_as_worked_out_by_hand() {
    let cases = cases();
    assert!(cases.len() >= 39, "only {} cases", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(name, folder)| {
            let html = fs::read_to_string(folder.join("page.html")).unwrap();
            let expected: Value =
                serde_json::from_str(&fs::read_to_string(folder.join("expected.json")).unwrap())
                    .unwrap();
            let read = serde_json::to_value(facts(&html)).unwrap();
            (read != expected).then(|| format!("{name}\n read     {read}\n expected {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_command_prints_a_line_for_each_file_and_goes_on_after_a_bad_one() {
    let page = |case: &str| fixtures().join(case).join("page.html");
    let out = Command::new(env!("CARGO_BIN_EXE_cadence"))
        .args(["read", "--site", "gmail", "--zone", "Europe/Berlin"])
        .arg(fixtures().join("no such page"))
        .args([page("thread"), page("list-split-3tr")])
        .output()
        .unwrap();
    assert_eq!(out.status.code(), Some(1));
    let lines: Vec<Value> = String::from_utf8(out.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[0]["error"]
            .as_str()
            .is_some_and(|error| !error.is_empty())
    );
    // Python: 2026-07-01T10:30:00.020+02:00 and 2026-07-02T17:59:59.900+02:00 as milliseconds,
    // and those shifted left by 20 bits, with 0x5a3c1 and 0x51 added.
    assert_eq!(
        lines[1],
        json!({
            "file": page("thread"), "view": "thread", "me": ["anna@example.com"],
            "thread": { "id": "19f1ccc9f545a3c1", "subject": "Price for 500 pumps", "messages": [
                { "id": "19f1ccc9f545a3c1", "at": 1_782_894_600_020_i64, "from": "rahul@mills.example.in", "to": ["anna@example.com"] },
                { "id": "19f238ef79c00051", "at": 1_783_007_999_900_i64, "from": "anna@example.com",
                  "to": ["rahul@mills.example.in", "maria@lojas.example.com.br"] },
            ] },
            "rows": [], "missing": [],
        })
    );
    assert_eq!(
        lines[2]["rows"][0]["people"],
        json!(["rahul@mills.example.in", "anna@example.com"])
    );
    assert_eq!(lines[2]["thread"], Value::Null);
}

#[test]
fn a_known_zone_tells_imported_mail_from_mail() {
    let page = fs::read_to_string(fixtures().join("thread/page.html")).unwrap();
    let in_zone = |zone: &str| {
        let zone = Some(zone.parse().unwrap());
        let facts = Site::Gmail.read(
            &sighting(&page),
            &Reader {
                zone,
                ..Reader::default()
            },
        );
        facts
            .thread
            .unwrap()
            .messages
            .iter()
            .filter(|message| message.at.is_some())
            .count()
    };
    assert_eq!(in_zone("Europe/Berlin"), 2);
    assert_eq!(in_zone("Asia/Kolkata"), 0);
}

#[test]
fn what_lies_ahead_of_the_readers_clock_is_not_believed() {
    let page = fs::read_to_string(fixtures().join("thread/page.html")).unwrap();
    let all = facts(&page).thread.unwrap().messages;
    let first = all[0].at;
    let facts = Site::Gmail.read(
        &sighting(&page),
        &Reader {
            latest: first,
            ..Reader::default()
        },
    );
    let seen: Vec<_> = facts
        .thread
        .unwrap()
        .messages
        .iter()
        .map(|message| message.at)
        .collect();
    assert_eq!(seen, [first, None]);
    assert_eq!(facts.missing, [webmail::Missing("message.at")]);
}

#[test]
fn the_open_row_lends_its_id_though_only_changed_rows_are_looked_at() {
    let page = fs::read_to_string(fixtures().join("pane-ids-late/page.html")).unwrap();
    let mut seen = sighting(&page);
    seen.parts.remove("row");
    let facts = Site::Gmail.read(&seen, &Reader::default());
    assert!(facts.rows.is_empty());
    assert_eq!(
        facts.thread.unwrap().id.as_deref(),
        Some("19f1ccc9f545a3c1")
    );
}

#[test]
fn every_selector_of_the_table_can_be_read() {
    let table = Site::Gmail.table();
    let mut selectors = vec![table.hidden.as_str(), &table.quiet];
    for part in &table.parts {
        selectors.extend(part.roots.iter().map(String::as_str));
        selectors.extend(part.followers.as_deref());
        let shapes = part.fields.iter().flat_map(|field| &field.shapes);
        selectors.extend(
            shapes
                .map(|shape| shape.select.as_str())
                .filter(|select| !select.is_empty()),
        );
    }
    for mount in table.strip.iter().chain(&table.chip) {
        selectors.push(&mount.anchor);
        selectors.extend(mount.climb.as_deref());
    }
    for selector in selectors {
        assert!(scraper::Selector::parse(selector).is_ok(), "{selector}");
    }
}

#[test]
fn real_rows_are_read_in_every_layout() {
    let rows = [
        (
            "row-horizontal-2014.html",
            "seller@example.com",
            "test merge again",
            "Thu, Dec 4, 2014 at 2:02 PM",
        ),
        (
            "row-vertical-split-3tr-2014.html",
            "seller@example.com",
            "test merge again",
            "Thu, Dec 4, 2014 at 2:02 PM",
        ),
        (
            "row-vertical-split-2tr-2015.html",
            "notifications@mailfoogae.appspotmail.com",
            "lordprogrammer finished a deploy (fed8a27)",
            "Mon, Jan 5, 2015 at 11:02 AM",
        ),
    ];
    for (file, address, subject, date) in rows {
        let Some(html) = real(file) else { return };
        let facts = facts(&html);
        assert_eq!(facts.rows.len(), 1, "{file}");
        let people: Vec<_> = facts.rows[0]
            .people
            .iter()
            .map(|person| person.email.as_str())
            .collect();
        assert_eq!(
            (people, facts.rows[0].subject.as_str()),
            (vec![address], subject),
            "{file}"
        );
        assert_eq!(
            sighting(&html).items("row")[0].value("date", 0),
            Some(date),
            "{file}"
        );
    }
}

#[test]
fn a_real_list_is_read_row_by_row() {
    let Some(html) = real("injected-thread-identifier.html") else {
        return;
    };
    let facts = facts(&html);
    assert_eq!(facts.view, webmail::ViewKind::List);
    // As many as `grep -c 'tr class="zA'` counts; the ids of that time were not in the page.
    assert_eq!(facts.rows.len(), html.matches("<tr class=\"zA").count());
    assert!(
        facts
            .rows
            .iter()
            .all(|row| row.people.len() == 1 && !row.subject.is_empty())
    );
    assert_eq!(
        facts.rows.iter().filter(|row| row.unread).count(),
        html.matches("<tr class=\"zA zE").count()
    );
    assert_eq!(
        facts.missing,
        ["me", "row.at", "row.thread"].map(webmail::Missing)
    );
}

#[test]
fn a_real_letter_being_written_is_seen() {
    let Some(html) = real("compose-popup-en-2020.html") else {
        return;
    };
    assert_eq!(facts(&html).view, webmail::ViewKind::Compose);
    let seen = sighting(&html);
    let letter = &seen.items("compose")[0];
    assert_eq!(
        letter.value("draft", 0),
        Some("#msg-a:r-7673660351152959857")
    );
    assert_eq!(
        letter.value("thread", 0),
        Some("#thread-a:r-7681922771531347793")
    );
}

/// A thread of one message with this id and no date.
fn page_of(id: &str) -> String {
    format!(
        "<div role=main><div class='a98 iY'><h2 class=hP data-legacy-thread-id={id}>S</h2><div role=list>\
         <div class=h7><div class='adn ads' data-legacy-message-id={id}><span class=gD email=a@b.example></span>\
         </div></div></div></div></div>"
    )
}

#[test]
fn real_ids_tell_the_time_that_the_server_had() {
    let Some(pairs) = real("flowcrypt-id-vs-internaldate.tsv") else {
        return;
    };
    let late: Vec<i64> = pairs
        .lines()
        .skip(1)
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let at = facts(&page_of(columns[0])).thread.unwrap().messages[0]
                .at
                .unwrap()
                .ms();
            assert_eq!(at, columns[2].parse::<i64>().unwrap(), "{}", columns[0]);
            at - columns[3].parse::<i64>().unwrap()
        })
        .collect();
    assert_eq!(late.len(), 127);
    // The other ten were imported, sent late or are drafts: the id is always the later one.
    assert_eq!(late.iter().filter(|ms| ms.abs() <= 60_000).count(), 117);
    assert!(late.iter().all(|ms| *ms >= -200));
}
