//! The first steps, and the client who is invented for them.

use cadence::store::{MemoryStore, Store};
use pollster::block_on;
use serde_json::{Value, json};

use super::{act, actions, ask, due, said};

/// A Tuesday, 11:00 in Hamburg.
const AT: &str = "2026-11-24T10:00:00Z";
/// She and a colleague of hers.
const DUE: u32 = 2;

fn screen(store: &MemoryStore, screen: u8) -> Value {
    let shown = act(
        store,
        &json!({ "do": "show_screen", "screen": screen }),
        &json!({}),
        AT,
    );
    let question = json!({ "v": 1, "ask": "welcome", "ui": shown["ui"] });
    ask(store, question, AT)["view"].clone()
}

#[test]
fn nobody_is_invented_before_she_is_asked_for() {
    let store = MemoryStore::default();
    for at in [0, 2] {
        assert!(!said(&screen(&store, at)).contains("Anna Keller"));
    }
    assert_eq!(block_on(store.tally()).unwrap().clients, 0);
}

#[test]
fn she_is_placed_by_her_signature_and_due_and_can_be_snoozed_and_woken() {
    let store = MemoryStore::default();
    let view = screen(&store, 1);
    assert!(said(&view).contains("Anna Keller"), "{view}");
    // +49 40, 20457 Hamburg, GmbH.
    assert!(said(&view).contains(r#"{"country":"DE"}"#), "{view}");
    assert!(said(&view).contains("status_due"), "{view}");
    assert_eq!(due(&store, AT), DUE);
    let snooze = actions(&view, "snooze").remove(0);
    let done = act(&store, &snooze, &json!({}), AT);
    assert_eq!(due(&store, AT), DUE - 1);
    act(&store, &done["ui"]["undo"], &json!({}), AT);
    assert_eq!(due(&store, AT), DUE);
    // Whoever comes back finds her as they left her.
    screen(&store, 1);
    assert_eq!(block_on(store.tally()).unwrap().clients, 2);
}
