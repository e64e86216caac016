use super::*;
use serde_json::json;

const CLIENT: &str = r#"{"account":"me@seller.example","email":"anna@weber.de","company":"weber.de","stage":"quoted"}"#;
const THREAD: &str = r#"{"account":"me@seller.example","id":"18a0","client":"anna@weber.de","company":"weber.de","subject":"Pumps","history":[{"id":"1","at":1790000000000,"by":"seller","kind":"quote"},{"id":"2","at":1790000001000,"by":"client","kind":"plain"}]}"#;

fn file(clients: &[&str], threads: &[&str]) -> String {
    let list = |all: &[&str]| all.join(",\n");
    format!(
        "{{\"format\":\"cadence\",\"version\":1,\n\"clients\":[\n{}\n],\n\"threads\":[\n{}\n]}}\n",
        list(clients),
        list(threads)
    )
}

fn damage(text: &str) -> Unreadable {
    Document::read(text).unwrap_err()
}

#[test]
fn a_file_is_read_and_written_again_to_the_letter() {
    let read = Document::read(&file(&[CLIENT], &[THREAD])).unwrap();
    assert_eq!(read.records.clients.len(), 1);
    assert_eq!(read.records.threads[0].history.touches().len(), 2);
    let written = read.write();
    assert_eq!(Document::read(&written).unwrap(), read);
    assert_eq!(Document::read(&written).unwrap().write(), written);
    assert!(written.contains(&format!("\n{CLIENT}").replace(
        "\"stage\":\"quoted\"",
        "\"stage\":\"quoted\",\"intent\":\"open\""
    )));
}

#[test]
fn a_damaged_record_is_named_by_list_place_field_and_line() {
    let record = |path: &str, line, why: &str| Unreadable::Record {
        path: path.into(),
        line,
        why: why.into(),
    };
    let bad_stage = CLIENT.replace("quoted", "sold");
    assert_eq!(
        damage(&file(&[CLIENT, &bad_stage], &[])),
        record(
            "clients[1].stage",
            4,
            "unknown variant `sold`, expected one of `inquiry`, `quoted`, `sampled`, `negotiating`, `ordered`, `lost`"
        )
    );
    let bad_address = CLIENT.replace("anna@weber.de", "anna");
    assert_eq!(
        damage(&file(&[&bad_address], &[])),
        record("clients[0].email", 3, "“anna” is no mail address")
    );
    let bad_time = THREAD.replace("1790000001000", "-5");
    assert_eq!(
        damage(&file(&[], &[THREAD, &bad_time])),
        record(
            "threads[1].history[1].at",
            7,
            "-5 ms is no time between 1970 and 9999"
        )
    );
    let nameless = CLIENT.replace("\"email\":\"anna@weber.de\",", "");
    assert_eq!(
        damage(&file(&[&nameless], &[])),
        record("clients[0]", 3, "missing field `email`")
    );
}

#[test]
fn what_is_no_whole_file_of_ours_is_refused_in_words() {
    let whole = file(&[CLIENT], &[THREAD]);
    assert_eq!(
        damage(whole.get(..whole.len() - 30).unwrap()),
        Unreadable::CutOff { line: 6 }
    );
    assert_eq!(damage("{\"a\":1}"), Unreadable::Foreign);
    assert_eq!(damage("[1,2]"), Unreadable::Foreign);
    assert_eq!(
        damage(&whole.replace("\"version\":1", "\"version\":9")),
        Unreadable::Newer(9)
    );
    let broken = whole.replace("\"clients\":[", "\"clients\":[,");
    assert!(matches!(
        damage(&broken),
        Unreadable::NoJson { line: 2, .. }
    ));
}

#[test]
fn a_mailbox_leads_to_a_mailbox_and_nowhere_else() {
    let account = |base: &str| {
        format!(
            r#"{{"format":"cadence","version":1,"accounts":[{{"account":"me@seller.example","site":"gmail","base":"{base}"}}]}}"#
        )
    };
    assert!(Document::read(&account("/mail/u/0/")).is_ok());
    for base in [
        "//evil.example/",
        "@evil.example/",
        "https://evil.example/",
        "",
    ] {
        let Unreadable::Record { path, .. } = damage(&account(base)) else {
            panic!("{base}");
        };
        assert_eq!(path, "accounts[0].base");
    }
    // Schemas 1 and 2 kept what stands behind it in the page's address, too.
    let old = Document::read(&account("/mail/u/0/?pli=1#inbox")).unwrap();
    assert_eq!(old.records.accounts[0].base, "/mail/u/0/");
}

/// As `extension/keep.js` keeps a copy: whatever the records are, of whatever schema.
#[test]
fn a_copy_of_every_schema_can_be_read() {
    let of_schema = [
        include_str!("../../../tests/fixtures/store/v1.json"),
        include_str!("../../../tests/fixtures/store/v2.json"),
        include_str!("../../../tests/fixtures/store/v3.json"),
    ];
    for fixture in of_schema {
        let fixture: Value = serde_json::from_str(fixture).unwrap();
        let mut copy = json!({ "format": "cadence", "version": 1 });
        for store in fixture["stores"].as_array().unwrap() {
            copy[store["name"].as_str().unwrap()] = store["records"].clone();
        }
        let read = Document::read(&copy.to_string()).unwrap();
        let clients = copy["clients"].as_array().unwrap().len();
        assert_eq!(read.records.clients.len(), clients, "{}", fixture["schema"]);
    }
}

#[test]
fn settings_that_nobody_could_have_set_are_refused() {
    let settings = |part: &str| {
        let text =
            format!(r#"{{"format":"cadence","version":1,"settings":[{{"version":1,{part}}}]}}"#);
        Document::read(&text)
    };
    let sound = r#""webmails":[{"base":"https://mail.firm.example/","site":"roundcube"}]"#;
    assert!(settings(sound).is_ok());
    for (field, part) in [
        ("daily_limit", r#""daily_limit":0"#),
        (
            "webmails",
            r#""webmails":[{"base":"*://*/","site":"roundcube"}]"#,
        ),
        (
            "webmails",
            r#""webmails":[{"base":"http://mail.firm.example/","site":"roundcube"}]"#,
        ),
        (
            "letters",
            r#""letters":{"snippets":[{"text":" ","language":"en"}]}"#,
        ),
        (
            "playbook",
            r#""playbook":{"closings":[{"from":"2027-02-14","to":"2027-02-05"}]}"#,
        ),
    ] {
        let Err(Unreadable::Record { path, .. }) = settings(part) else {
            panic!("{part}");
        };
        assert_eq!(path, format!("settings[0].{field}"));
    }
}

proptest::proptest! {
    #[test]
    fn no_damage_stops_the_reader(cut in 0..900_usize, at in 0..900_usize, byte in 0..128_u8) {
        let whole = file(&[CLIENT], &[THREAD]);
        let mut bytes = whole.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let cut = cut % bytes.len();
        let text = String::from_utf8(bytes[..bytes.len() - cut / 4].to_vec()).unwrap();
        // Either way is an answer.
        let _ = Document::read(&text);
    }
}
