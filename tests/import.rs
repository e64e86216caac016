//! `cadence import` as a user runs it: mail and contacts in every wrapping, damaged ones among them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;
use zip::write::SimpleFileOptions;

const ME: &str = "robin@lumenport.example";

/// A letter of the user's to somebody, as an mbox holds it.
fn letter(n: usize) -> String {
    format!(
        "From {ME} Mon Nov 23 09:00:00 2026\nMessage-ID: <{n}@lumenport.example>\nDate: Mon, 23 Nov 2026 09:00:00 +0000\n\
         From: Robin <{ME}>\nTo: buyer{n}@firm{n}.example\nSubject: Offer {n}\n\nHello\n\n"
    )
}

fn letters(count: usize) -> String {
    (0..count).map(letter).collect()
}

/// A folder for one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("import-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn zipped(path: &Path, files: &[(&str, &[u8])]) {
    let mut zip = zip::ZipWriter::new(File::create(path).unwrap());
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
}

struct Answer {
    clients: Vec<Value>,
    said: String,
    content: bool,
}

impl Answer {
    fn emails(&self) -> Vec<&str> {
        let clients = self.clients.iter();
        clients
            .map(|client| client["email"].as_str().unwrap())
            .collect()
    }

    /// What was left out, by the report.
    fn report(&self) -> Value {
        serde_json::from_str(self.said.lines().next().unwrap()).unwrap()
    }
}

fn import(paths: &[&Path], more: &[&str], input: &[u8]) -> Answer {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cadence"))
        .arg("import")
        .args(paths)
        .args(["--me", ME])
        .args(more)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = to.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let clients = text.lines().map(|line| serde_json::from_str(line).unwrap());
    Answer {
        clients: clients.collect(),
        said: String::from_utf8(output.stderr).unwrap(),
        content: output.status.success(),
    }
}

#[test]
fn the_same_mail_in_any_wrapping_tells_the_same_clients() {
    let folder = folder("wrapping");
    let mail = letters(3);
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    };
    let plain = write("mail.mbox", mail.as_bytes());
    let expected = import(&[&plain], &[], b"");
    assert_eq!(
        expected.emails(),
        [
            "buyer0@firm0.example",
            "buyer1@firm1.example",
            "buyer2@firm2.example"
        ]
    );
    assert!(expected.content);
    assert_eq!(
        expected.said,
        "messages: 3, with clients: 3 (clients: 3, threads: 3)\n"
    );

    let dos = write("dos", mail.replace('\n', "\r\n").as_bytes());
    let packed = write("mail.mbox.gz", &gzipped(mail.as_bytes()));
    let zip = folder.join("takeout.zip");
    zipped(
        &zip,
        &[
            ("Takeout/Mail/All.mbox", mail.as_bytes()),
            ("Takeout/about.html", b"<p>Google</p>"),
        ],
    );
    for n in 0..3 {
        let letter = letter(n);
        let (_, own) = letter.split_once('\n').unwrap();
        write(&format!("letters/{n}/no-name"), own.as_bytes());
    }
    write("letters/notes.txt", b"Buy milk.");
    for path in [dos, packed, zip, folder.join("letters")] {
        let found = import(&[&path], &[], b"");
        assert_eq!(found.clients, expected.clients, "{}", path.display());
        assert!(found.content);
    }
    // Its members one after another, as `cat a.gz b.gz` leaves them.
    let members: Vec<u8> = (0..3).flat_map(|n| gzipped(letter(n).as_bytes())).collect();
    let members = write("members.gz", &members);
    assert_eq!(import(&[&members], &[], b"").clients, expected.clients);
    let stream = Path::new("-");
    let zip = fs::read(folder.join("takeout.zip")).unwrap();
    assert_eq!(import(&[stream], &[], &zip).clients, expected.clients);
    assert_eq!(
        import(&[stream], &[], mail.as_bytes()).clients,
        expected.clients
    );
    assert_eq!(
        import(&[stream], &[], &gzipped(mail.as_bytes())).clients,
        expected.clients
    );
    // The same once more adds nothing.
    let twice = import(&[&plain, &folder.join("takeout.zip")], &["--report"], b"");
    assert_eq!(twice.clients, expected.clients);
    assert_eq!(twice.report()["left_out"]["double"]["messages"], 3);
    assert_eq!(twice.report()["faults"]["foreign"]["messages"], 1);
}

#[test]
fn what_is_damaged_is_counted_and_costs_no_more() {
    let folder = folder("damage");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let whole = gzipped(letters(500).as_bytes());
    let cut = import(
        &[&write("cut.gz", &whole[..whole.len() / 2])],
        &["--report"],
        b"",
    );
    assert!(
        (100..400).contains(&cut.clients.len()),
        "{} clients of half an archive",
        cut.clients.len()
    );
    assert_eq!(cut.report()["faults"]["packed"]["messages"], 1);
    assert!(cut.content);

    let missing = folder.join("missing.mbox");
    let photo = write("photo.jpg", &[0xff, 0xd8, 0xff, 0xe0, 0, 16, b'J', b'F']);
    let mail = write("mail.mbox", letters(2).as_bytes());
    let some = import(&[&missing, &mail, &photo], &[], b"");
    assert_eq!(some.clients.len(), 2);
    assert!(!some.content);
    assert!(some.said.contains("missing.mbox: "), "{}", some.said);
    assert!(
        some.said.contains("photo.jpg: neither mail nor contacts"),
        "{}",
        some.said
    );

    let empty = import(&[&write("empty.mbox", b"")], &[], b"");
    assert!(empty.clients.is_empty() && empty.content);
}

/// One message of 200 MB between two others, and one nested 1,000 deep: both are read as far as anything is, and said so.
#[test]
fn no_message_is_too_long_or_too_deep() {
    let folder = folder("long");
    let long = letter(1).replace(
        "Hello\n",
        &"A line of a very long letter.\n".repeat(7 << 20),
    );
    let level = |n: usize| format!("Content-Type: multipart/mixed; boundary=\"b{n}\"\n\n--b{n}\n");
    let levels: String = (0..1000).map(level).collect();
    let deep = letter(2).replace(
        "\n\nHello",
        &format!("\n{levels}Content-Type: text/plain\n\nHello"),
    );
    let path = folder.join("long.mbox");
    fs::write(&path, [letter(0), long.clone(), deep, letter(3)].concat()).unwrap();
    let found = import(&[&path], &["--report"], b"");
    assert_eq!(found.clients.len(), 4);
    assert_eq!(found.report()["shortened"], 1);
    assert!(found.report()["bytes"].as_u64().unwrap() > 200 << 20);
    assert_eq!(found.report()["faults"], serde_json::json!({}));
    let told = import(&[&path], &[], b"").said;
    assert!(told.contains("longer than is looked at: 1"), "{told}");
}

/// 300 MB of nothing behind a letter, in some hundred kilobytes: gzipped, and as files of a zip.
#[test]
fn a_bomb_is_left_before_it_bursts() {
    let folder = folder("bomb");
    let nothing = vec![0; 300 << 20];
    let bomb = [letter(0).as_bytes(), &nothing].concat();
    let packed = folder.join("bomb.gz");
    fs::write(&packed, gzipped(&bomb)).unwrap();
    let zip = folder.join("bomb.zip");
    zipped(
        &zip,
        &[
            ("a.mbox", letter(0).as_bytes()),
            ("b", &bomb),
            ("c", letter(1).as_bytes()),
        ],
    );
    for path in [packed, zip] {
        let found = import(&[&path], &["--report"], b"");
        assert_eq!(
            found.emails(),
            ["buyer0@firm0.example"],
            "{}",
            path.display()
        );
        assert_eq!(found.report()["faults"]["bomb"]["messages"], 1);
    }
}

#[test]
fn contacts_join_the_clients_of_the_mail() {
    let folder = folder("contacts");
    let mail = folder.join("mail.mbox");
    fs::write(&mail, letters(1)).unwrap();
    // By Python: 'Имя;Почта;Страна\nПётр;petr@zavod.com;Россия\n'.encode('cp1251')
    let russian = folder.join("list.csv");
    fs::write(&russian, b"\xc8\xec\xff;\xcf\xee\xf7\xf2\xe0;\xd1\xf2\xf0\xe0\xed\xe0\n\xcf\xb8\xf2\xf0;petr@zavod.com;\xd0\xee\xf1\xf1\xe8\xff\n").unwrap();
    let cards = folder.join("cards.vcf");
    fs::write(&cards, "BEGIN:VCARD\nVERSION:3.0\nFN:Bo\nEMAIL:buyer0@firm0.example\nADR:;;;;;;Brazil\nEND:VCARD\n").unwrap();
    let found = import(&[&mail, &russian, &cards], &[], b"");
    assert!(found.content, "{}", found.said);
    assert_eq!(found.emails(), ["buyer0@firm0.example", "petr@zavod.com"]);
    assert!(
        found.said.contains("contacts from lists: 2, left out: 0"),
        "{}",
        found.said
    );
    // And wherever they lie.
    let zip = folder.join("takeout.zip");
    let (table, card) = (fs::read(&russian).unwrap(), fs::read(&cards).unwrap());
    zipped(
        &zip,
        &[
            ("Mail/All.mbox", letters(1).as_bytes()),
            ("Contacts/all.csv", &table),
            ("Contacts/all.vcf", &card),
            ("Contacts/photo.jpg", &[0xff, 0xd8, 0xff]),
        ],
    );
    fs::write(folder.join("packed.csv.gz"), gzipped(&table)).unwrap();
    let alone = import(&[&folder.join("packed.csv.gz")], &[], b"");
    assert_eq!(alone.clients, found.clients[1..]);
    assert_eq!(import(&[&zip], &[], b"").clients, found.clients);
    // The folder holds all of it, some of it three times.
    let all = import(&[&folder], &["--report"], b"");
    assert_eq!(all.clients, found.clients);
    assert_eq!(all.report()["listed"], 5);
    assert_eq!(all.report()["faults"]["foreign"]["messages"], 1);
    let [buyer, petr] = &found.clients[..] else {
        unreachable!()
    };
    assert_eq!(
        (&buyer["name"], &buyer["country"], &buyer["sent"]),
        (&"Bo".into(), &"BR".into(), &1.into())
    );
    assert_eq!(
        (&petr["name"], &petr["country"], &petr["threads"]),
        (&"Пётр".into(), &"RU".into(), &0.into())
    );
}
