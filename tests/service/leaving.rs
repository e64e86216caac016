//! While everything waits to be deleted nothing is shown, kept or changed, and it can be taken back.

use cadence::store::{MemoryStore, Tally};
use pollster::block_on;
use serde_json::{Value, json};

use super::page::{self, ME, Message};
use super::{ANNA, Store, actions, ask, ms, said, wrote_to_anna};

const AT: &str = "2026-11-23T10:00:00Z";
const UNTIL: &str = "2026-11-23T10:00:30Z";
const AFTER: &str = "2026-11-23T10:00:31Z";

/// A store with Anna in it.
fn store() -> MemoryStore {
    let store = MemoryStore::default();
    let answer = see(&store, &json!({}), "2026-11-23T09:00:00Z");
    assert!(said(&answer["strip"]).contains("strip"));
    store
}

/// What is asked, with what else is said beside it.
fn asked(store: &MemoryStore, mut question: Value, beside: &Value, at: &str) -> Value {
    let fields = question.as_object_mut().unwrap();
    fields.insert("v".to_owned(), json!(1));
    fields.extend(beside.as_object().unwrap().clone());
    ask(store, question, at)
}

fn see(store: &MemoryStore, beside: &Value, at: &str) -> Value {
    let sighting = wrote_to_anna("2026-10-01T09:30:00Z");
    let question = json!({ "ask": "see", "site": "gmail", "sighting": sighting });
    asked(store, question, beside, at)
}

fn leaving() -> Value {
    json!({ "leaving": ms(UNTIL) })
}

fn held(store: &MemoryStore) -> Tally {
    block_on(store.tally()).unwrap()
}

#[test]
fn no_page_tells_of_a_client() {
    let store = store();
    for page in ["popup", "sidebar", "weeks", "options"] {
        let usual = asked(&store, json!({ "ask": page }), &json!({}), AT);
        assert!(!said(&usual).contains("leaving_heading"), "{page}");
        let answer = asked(&store, json!({ "ask": page }), &leaving(), AT);
        assert_eq!(answer["answer"], "page");
        assert_eq!(answer["fresh_until"], ms(UNTIL));
        let said = said(&answer["view"]);
        assert!(said.contains("leaving_heading"), "{page}");
        assert!(!said.contains(ANNA) && !said.contains("Anna"), "{page}");
    }
}

#[test]
fn a_mailbox_is_neither_marked_nor_kept() {
    let store = store();
    let before = held(&store);
    let sighting = page::thread(
        "Pumps",
        &[Message(ms("2026-11-20T09:30:00Z"), ME, "new@fabrik.de")],
    );
    let question = json!({ "ask": "see", "site": "gmail", "sighting": sighting });
    let answer = asked(&store, question, &leaving(), AT);
    assert_eq!(answer["answer"], "drawn");
    assert_eq!(
        (&answer["strip"], &answer["focus"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(held(&store), before);
    // As soon as it was taken back the page is drawn as before.
    assert!(see(&store, &json!({}), AT)["strip"].is_object());
}

#[test]
fn nothing_is_changed_until_it_is_taken_back() {
    let store = store();
    let before = block_on(store.everybody()).unwrap();
    let client = json!({ "account": ME, "email": ANNA });
    let deeds = [
        json!({ "do": "set_stage", "client": client, "stage": "lost" }),
        json!({ "do": "follow", "client": client, "on": false }),
        json!({ "do": "follow_address" }),
    ];
    for deed in deeds {
        let question = json!({ "ask": "act", "action": deed, "fields": { "email": "x@y.de" } });
        let answer = asked(&store, question, &leaving(), AT);
        assert_eq!(
            (&answer["answer"], &answer["code"]),
            (&json!("failed"), &json!("leaving"))
        );
    }
    assert_eq!(block_on(store.everybody()).unwrap(), before);
}

#[test]
fn it_can_be_taken_back_for_as_long_as_it_waits() {
    let store = store();
    let page = |at| asked(&store, json!({ "ask": "options" }), &leaving(), at)["view"].clone();
    let wish = |action: &Value, at| {
        let question = json!({ "ask": "act", "action": action });
        asked(&store, question, &leaving(), at)["answer"].clone()
    };
    let undo = actions(&page(AT), "keep_all");
    assert_eq!(wish(&undo[0], AT), "done");
    assert_eq!(wish(&undo[0], AFTER), "failed");
    assert!(actions(&page(AFTER), "keep_all").is_empty());
    assert_eq!(wish(&actions(&page(AT), "delete_now")[0], AT), "done");
    let told = said(&page(AT));
    assert!(told.contains(&ms(UNTIL).to_string()), "{told}");
}

#[test]
fn a_mailbox_may_wish_for_none_of_it() {
    let store = store();
    for wish in ["delete_all", "keep_all", "delete_now"] {
        let question = json!({ "ask": "act", "action": { "do": wish } });
        for beside in [
            json!({ "guest": true }),
            json!({ "guest": true, "leaving": ms(UNTIL) }),
        ] {
            let answer = asked(&store, question.clone(), &beside, AT);
            assert_eq!(answer["code"], "stranger", "{wish}");
        }
    }
}
