//! Held to what Python's email package reads of the test messages that packages on this machine carry: those of
//! mail-parser and of Python itself, and whatever lies below the folders that `CADENCE_CORPORA` names, parted by
//! colons. They are not part of this repository; where they or Python are missing, that is said and passed over.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::charset::decode;
use super::mbox::{Raw, Splitter};
use super::{Kind, date, parse};
use crate::address::Person;
use crate::archive::Letter;

/// Where we read something else, and why.
const OTHERWISE: [(&str, &str); 2] = [
    ("mail_test_15 from", BRACKETS),
    ("mail_test_19 from", BRACKETS),
];
const BRACKETS: &str = "an address stands where the name should; the sender is the one in angle brackets (RFC 5322, 3.4)";

#[derive(Deserialize)]
struct Read {
    file: PathBuf,
    from: Option<String>,
    ms: Option<i64>,
    id: Option<String>,
}

fn python(words: &[&str], input: &str) -> Option<String> {
    let mut child = Command::new("python3")
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut to = child.stdin.take()?;
    let input = input.to_owned();
    let writer = std::thread::spawn(move || to.write_all(input.as_bytes()));
    let output = child.wait_with_output().ok()?;
    let _ = writer.join();
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Every file below a folder.
fn below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            below(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn corpora() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cargo")));
    for registry in std::fs::read_dir(home.unwrap_or_default().join("registry/src"))
        .into_iter()
        .flatten()
        .flatten()
    {
        for package in std::fs::read_dir(registry.path())
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = package.file_name().to_string_lossy().into_owned();
            if name.starts_with("mail-parser-0.11") {
                folders.push(package.path().join("resources/eml"));
                folders.push(package.path().join("resources/maildir"));
            }
        }
    }
    let says = "import test, os; print(os.path.join(os.path.dirname(test.__file__), 'test_email', 'data'))";
    folders.extend(python(&["-c", says], "").map(|path| PathBuf::from(path.trim())));
    let named = std::env::var_os("CADENCE_CORPORA").unwrap_or_default();
    folders.extend(std::env::split_paths(&named));
    let mut files = Vec::new();
    folders.iter().for_each(|folder| below(folder, &mut files));
    files.retain(|file| {
        let wanted = ["eml", "txt", "msg", "mime"];
        let kind = file.extension().and_then(|kind| kind.to_str());
        kind.is_none_or(|kind| wanted.contains(&kind) || kind.contains(','))
    });
    files.sort();
    files
}

fn letter(bytes: &[u8]) -> Option<Letter> {
    if Kind::of(bytes) != Kind::Mbox {
        return parse::head(Raw::whole(bytes, bytes.len() as u64).bytes, decode);
    }
    let mut first = None;
    let mut splitter = Splitter::default();
    let mut found = |raw: Raw<'_>| {
        first.get_or_insert_with(|| parse::head(raw.bytes, decode));
    };
    splitter.push(bytes, &mut found);
    splitter.end(&mut found);
    first.flatten()
}

#[test]
fn pythons_email_package_reads_the_same_sender_date_and_id() {
    let files = corpora();
    let list: String = files
        .iter()
        .map(|file| format!("{}\n", file.display()))
        .collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/mail.py");
    let Some(read) = python(&[&script.to_string_lossy()], &list) else {
        println!("skipped: there is no python3 here");
        return;
    };
    if files.is_empty() {
        println!("skipped: no package here carries test messages");
        return;
    }
    let (mut compared, mut differing) = (0, Vec::new());
    for line in read.lines() {
        let theirs: Read = serde_json::from_str(line).unwrap();
        let name = theirs.file.to_string_lossy().into_owned();
        let ours = letter(&std::fs::read(&theirs.file).unwrap()).unwrap_or_default();
        let from = ours.from.map(|from| from.email.as_str().to_owned());
        let ms = ours.at.map(|at| at.ms());
        // Nothing here is dated before 1970, and nobody has an address without a dot.
        let dotted = |from: &String| {
            from.split('@')
                .next_back()
                .is_some_and(|domain| domain.contains('.'))
        };
        let theirs = Read {
            ms: theirs.ms.filter(|ms| *ms >= 0),
            from: theirs.from.filter(dotted),
            ..theirs
        };
        let mut differ = |what: &str, theirs: Option<String>, ours: Option<String>| {
            compared += usize::from(theirs.is_some());
            if theirs.is_some() && theirs != ours {
                let known = |(end, _): &&(&str, &str)| format!("{name} {what}").ends_with(end);
                match OTHERWISE.iter().find(known) {
                    Some((_, why)) => println!("{name}, {what}: {why}"),
                    None => {
                        differing.push(format!("{name} {what}: python {theirs:?}, ours {ours:?}"));
                    }
                }
            }
        };
        differ("from", theirs.from.map(|from| from.to_lowercase()), from);
        differ(
            "date",
            theirs.ms.map(|ms| ms.to_string()),
            ms.map(|ms| ms.to_string()),
        );
        differ("id", theirs.id, ours.message_id);
    }
    println!("{compared} values of {} messages", files.len());
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert!(compared > 100, "{compared} values");
}

/// Days, times and zones in every form that Python reads as it is meant; of what it takes otherwise (`+01:00`, `PM`) our own
/// tests tell.
#[test]
fn pythons_email_package_reads_the_same_dates() {
    let days = [
        "Mon, 23 Nov 2026",
        "23 Nov 2026",
        "Mon 23 Nov 2026",
        "Mon,23 Nov 2026",
        "Monday, 23 November 2026",
        "Mon, 3 nov 2026",
        "MON, 03 NOV 26",
        "Mon, 23 Nov 96",
        "Mon, Nov 23 2026",
        "Nov 23, 2026",
        "Mon, 29 Feb 2028",
        "Sat, 1 Jan 2000",
        "Lun, 23 Nov 2026",
    ];
    let times = [
        "09:05:07", "9:05:07", "09:05", "23:59:59", "00:00:00", "09.05.07", "9:5:7",
    ];
    let zones = [
        "",
        " +0100",
        " -0500",
        " +0530",
        " -0000",
        " GMT",
        " UT",
        " UTC",
        " Z",
        " EST",
        " EDT",
        " CST",
        " CDT",
        " MST",
        " MDT",
        " PST",
        " PDT",
        " AST",
        " ADT",
        " CET",
        " A",
        " -0300 (BRT)",
        " +0100 CET",
        " +800",
        " EST5EDT",
        " America/New_York",
    ];
    let mut all: Vec<String> = Vec::new();
    for time in times {
        for zone in zones {
            all.extend(days.iter().map(|day| format!("{day} {time}{zone}")));
            all.push(format!("Mon Nov 23 {time}{zone} 2026"));
        }
    }
    all.extend(
        [
            "Mon, 23-Nov-2026 09:05:07 GMT",
            "Monday, 23-Nov-26 09:05:07 GMT",
        ]
        .map(str::to_owned),
    );
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/mail.py");
    let input: String = all.iter().map(|text| format!("{text}\n")).collect();
    let Some(read) = python(&[&script.to_string_lossy(), "dates"], &input) else {
        println!("skipped: there is no python3 here");
        return;
    };
    #[derive(Deserialize)]
    struct Dated {
        text: String,
        ms: Option<i64>,
    }
    let mut compared = 0;
    for line in read.lines() {
        let Dated { text, ms } = serde_json::from_str(line).unwrap();
        let ours = date::read(&text).map(|dated| dated.at.ms());
        if ms.is_some() {
            assert_eq!(ours, ms, "{text}");
            compared += 1;
        }
    }
    assert!(compared > 2000, "{compared} dates");
}

/// Messages made by chance: names in any encoding, cut into encoded words anywhere, groups, remarks, odd dates, names of files in pieces.
/// `CADENCE_SEED` chooses others.
#[test]
fn pythons_email_package_reads_the_same_of_messages_made_by_chance() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Made {
        hex: String,
        from: Option<String>,
        name: String,
        to: BTreeSet<String>,
        ms: Option<i64>,
        id: Option<String>,
        files: BTreeSet<String>,
    }
    let seed = std::env::var("CADENCE_SEED").unwrap_or_else(|_| "1".into());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/oracle/mail.py");
    let Some(made) = python(&[&script.to_string_lossy(), "made", &seed, "3000"], "") else {
        println!("skipped: there is no python3 here");
        return;
    };
    let mut differing = Vec::new();
    for line in made.lines() {
        let theirs: Made = serde_json::from_str(line).unwrap();
        let byte = |pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
        let bytes: Vec<u8> = theirs.hex.as_bytes().chunks(2).map(byte).collect();
        let mut letter = letter(&bytes).unwrap();
        parse::body(&mut letter, &bytes, decode);
        let email = |person: &Person| person.email.as_str().to_owned();
        let ours = Made {
            hex: theirs.hex.clone(),
            from: letter.from.as_ref().map(email),
            name: letter
                .from
                .as_ref()
                .and_then(|from| from.name.clone())
                .unwrap_or_default(),
            to: letter.to.iter().map(email).collect(),
            ms: letter.at.map(|at| at.ms()),
            id: letter.message_id.clone(),
            files: letter.attachments.iter().cloned().collect(),
        };
        let theirs = Made {
            from: theirs.from.map(|from| from.to_lowercase()),
            ..theirs
        };
        if ours != theirs {
            let head = String::from_utf8_lossy(&bytes).replace("yy", "");
            let bare = |made: Made| {
                format!(
                    "{:?}",
                    Made {
                        hex: String::new(),
                        ..made
                    }
                )
            };
            differing.push(format!(
                "{head}\nours   {}\ntheirs {}",
                bare(ours),
                bare(theirs)
            ));
        }
    }
    assert_eq!(made.lines().count(), 3000);
    assert!(
        differing.is_empty(),
        "{} differ, for instance\n{}",
        differing.len(),
        differing
            .iter()
            .take(5)
            .cloned()
            .collect::<Vec<_>>()
            .join("\n\n")
    );
}
