use super::*;
use crate::clock::{SellerZone, Zone};
use crate::scene::at;
use crate::transfer::document::Document;

pub(in crate::transfer) fn now() -> Now {
    Now {
        at: at("2026-11-23T09:00:00Z"),
        seller: SellerZone(Zone::UTC),
    }
}

/// Two clients, one of them with a name that would like to be a formula.
pub(in crate::transfer) fn all() -> Intake {
    let text = r#"{"format":"cadence","version":1,"clients":[
{"account":"me@seller.example","email":"anna@weber.de","company":"","name":"=HYPERLINK(\"http://x\",\"Anna\")","stage":"quoted","about":"pumps, \"large\"","word":{"country":"DE","scope":"person"}},
{"account":"me@seller.example","email":"li@tai-yang.com.sg","company":"","name":"李小龙; 采购部, 一位名字很长很长很长很长很长很长很长很长的客户\\","word":{"country":"SG","scope":"person"}}
],"threads":[
{"account":"me@seller.example","id":"1","client":"anna@weber.de","company":"","subject":"","history":[{"id":"1","at":1793610000000,"by":"seller","kind":"quote"}]},
{"account":"me@seller.example","id":"2","client":"li@tai-yang.com.sg","company":"","subject":"","history":[{"id":"2","at":1793610000000,"by":"seller","kind":"value"}]}
]}"#;
    Document::read(text).unwrap().records
}

// Python's icalendar 7.3.0 reads this file as two events with the names, instants and descriptions given here.
#[test]
fn follow_ups_make_a_calendar() {
    let file = calendar(&cases(&all(), now()), "Write to $1", now().at);
    assert_eq!(
        file,
        include_str!("../../../tests/fixtures/transfer/follow-ups.ics")
    );
    assert!(file.split("\r\n").all(|line| line.len() <= 75));
}

#[test]
fn the_same_client_keeps_their_event() {
    let uids = |file: String| -> Vec<String> {
        let lines = file.lines();
        lines
            .filter(|line| line.starts_with("UID:"))
            .map(str::to_owned)
            .collect()
    };
    let later = Now {
        at: at("2027-02-01T09:00:00Z"),
        ..now()
    };
    let [one, other] = [now(), later].map(|now| uids(calendar(&cases(&all(), now), "$1", now.at)));
    assert_eq!(one.len(), 2);
    assert_eq!(one, other);
}
