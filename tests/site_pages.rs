//! Pages of the webmails beside Gmail, read: modelled ones under `fixtures/<site>`, made by the `make.py`
//! there, which also works out what is expected.

use std::fs;
use std::path::Path;

use cadence::clock::Instant;
use cadence::webmail::{self, Clock, Reader, Site};
use serde_json::Value;

/// Every site, with how many cases it has at least.
const SITES: [(Site, &str, usize); 2] = [
    (Site::Roundcube, "roundcube", 18),
    (Site::Outlook, "outlook", 4),
];
/// 2026-11-23T06:00:00Z, when the pages are read.
const NOW_MS: i64 = 1_795_413_600_000;

#[test]
fn modelled_pages_are_read_as_worked_out_by_hand() {
    let now = Instant::from_ms(NOW_MS).unwrap();
    let reader = Reader {
        latest: Some(now),
        clock: Some(Clock {
            zone: "Europe/Berlin".parse().unwrap(),
            now,
        }),
        ..Reader::default()
    };
    let mut wrong = Vec::new();
    for (site, name, least) in SITES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(name);
        let cases = fs::read_dir(folder).unwrap().map(|case| case.unwrap());
        let cases: Vec<_> = cases.filter(|case| case.path().is_dir()).collect();
        assert!(cases.len() >= least, "only {} cases", cases.len());
        for case in cases {
            let file = |name: &str| fs::read_to_string(case.path().join(name)).unwrap();
            let sighting = webmail::look(&site.table(), &file("page.html"), "/");
            let read = serde_json::to_value(site.read(&sighting, &reader)).unwrap();
            let expected: Value = serde_json::from_str(&file("expected.json")).unwrap();
            if read != expected {
                wrong.push(format!(
                    "{}\n read     {read}\n expected {expected}",
                    case.path().display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
