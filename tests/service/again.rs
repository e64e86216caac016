//! Nothing is lost and nothing is doubled: questions asked again, and the same mail seen again.

use cadence::intake::Intake;
use cadence::service::{answer, take_in};
use cadence::store::{ClientKey, Held, MemoryStore, Store, StoreError};
use cadence::webmail::Sighting;
use pollster::block_on;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::page::{self, ME, Message};
use crate::{ANNA, DAY, act, actions, ask, ms, now, wrote_to_anna};

const NOW: &str = "2026-11-23T10:00:00Z";
const LATER: &str = "2026-11-23T10:01:00Z";

fn named(id: &str, question: Value) -> Value {
    let mut question = question;
    question["v"] = json!(1);
    question["id"] = json!(id);
    question
}

fn held(store: &MemoryStore, account: &str) -> Held {
    let key = serde_json::from_value(json!({ "account": account, "name": "weber.de" })).unwrap();
    block_on(store.companies(&[key])).unwrap().remove(0)
}

/// A store that knows Anna, and what her strip lets the user do.
fn acquainted() -> (MemoryStore, Value) {
    let store = MemoryStore::default();
    let drawn = ask(
        &store,
        page::see(&wrote_to_anna("2026-10-23T07:30:00Z")),
        NOW,
    );
    (store, drawn)
}

#[test]
fn a_snooze_asked_for_twice_is_set_once_and_undone_to_what_was_before() {
    let (store, drawn) = acquainted();
    let snooze = actions(&drawn["strip"], "snooze").remove(0);
    let call = named(
        "snooze-0123456789abcdef",
        json!({ "ask": "act", "action": snooze }),
    );
    let first = ask(&store, call.clone(), NOW);
    let kept = held(&store, ME);
    assert!(kept.threads[0].snooze.is_some());
    // The answer was lost; a minute later it is asked again.
    assert_eq!(ask(&store, call, LATER), first);
    assert_eq!(held(&store, ME), kept);
    let undo = &first["ui"]["undo"];
    assert!(undo["snooze"].is_null(), "{first}");
    act(&store, undo, &json!({}), LATER);
    assert!(held(&store, ME).threads[0].snooze.is_none());
}

#[test]
fn another_question_with_the_same_content_has_its_effect() {
    let (store, drawn) = acquainted();
    let snooze = actions(&drawn["strip"], "snooze").remove(0);
    for (id, at) in [("first-question-000", NOW), ("second-question-00", LATER)] {
        let call = named(id, json!({ "ask": "act", "action": snooze }));
        ask(&store, call, at);
        let snooze = held(&store, ME).threads[0].snooze.unwrap();
        // A letter of that very minute would still end it.
        assert_eq!(snooze.since.ms(), now(at).at.ms() - 1);
    }
}

#[test]
fn a_change_of_the_rules_asked_for_twice_is_undone_to_what_was_before() {
    let (store, _) = acquainted();
    let keep = json!({ "do": "keep", "change": { "daily_limit": 7 } });
    let call = named(
        "limit-0123456789abcdef",
        json!({ "ask": "act", "action": keep }),
    );
    let first = ask(&store, call.clone(), NOW);
    assert_eq!(ask(&store, call, LATER), first);
    act(&store, &first["ui"]["undo"], &json!({}), LATER);
    let limit = block_on(store.settings()).unwrap().daily_limit;
    assert_eq!(limit, 20, "the default");
}

#[test]
fn a_letter_reported_sent_twice_is_one_letter() {
    let (store, _) = acquainted();
    let mut page = page::empty();
    let letter = page::item(&[
        ("to", json!([[ANNA, "Anna"]])),
        ("subject", json!([["Valves"]])),
    ]);
    page.parts.insert("compose".into(), vec![letter]);
    let call = named(
        "sent-0123456789abcdef0",
        json!({ "ask": "sent", "site": "gmail", "sighting": page }),
    );
    let before = held(&store, ME).threads.len();
    ask(&store, call.clone(), NOW);
    let kept = held(&store, ME);
    assert_eq!(kept.threads.len(), before + 1);
    ask(&store, call, LATER);
    assert_eq!(held(&store, ME), kept);
}

#[test]
fn a_refused_question_leaves_no_trace_and_may_be_asked_again() {
    let (store, _) = acquainted();
    let kept = held(&store, ME);
    let account = ClientKey {
        account: ME.parse().unwrap(),
        email: ANNA.parse().unwrap(),
    };
    let action = json!({ "do": "set_client", "client": account });
    let call = |stage: &str| {
        let fields = json!({ "stage": stage, "intent": "open" });
        let call = json!({ "ask": "act", "action": action, "fields": fields });
        named("stage-0123456789abcdef", call)
    };
    assert_eq!(ask(&store, call("nonsense"), NOW)["code"], "field");
    assert_eq!(held(&store, ME), kept);
    assert_eq!(ask(&store, call("quoted"), NOW)["answer"], "done");
}

#[test]
fn a_name_that_nobody_gives_is_refused() {
    for id in ["", "short", &"x".repeat(65), "white space-0000000"] {
        let call = named(id, json!({ "ask": "popup" }));
        assert!(
            serde_json::from_value::<cadence::protocol::Call>(call).is_err(),
            "{id}"
        );
    }
}

#[test]
fn an_answer_is_forgotten_after_an_hour() {
    let (store, drawn) = acquainted();
    let snooze = actions(&drawn["strip"], "snooze").remove(0);
    let call = |id: &str| named(id, json!({ "ask": "act", "action": snooze }));
    let known = |id: &str| {
        let id = String::from(id).try_into().unwrap();
        block_on(store.answered(&id)).unwrap().is_some()
    };
    ask(&store, call("first-question-000"), NOW);
    ask(&store, call("second-question-00"), "2026-11-23T10:59:00Z");
    assert!(known("first-question-000"));
    ask(&store, call("third-question-000"), "2026-11-23T11:00:01Z");
    assert!(!known("first-question-000") && known("second-question-00"));
}

#[test]
fn a_client_of_fifty_thousand_letters_is_answered_like_any_other() {
    // A comparison of each letter with each would take minutes; every step here must be one that passes over them once.
    let store = MemoryStore::default();
    let (count, start) = (50_000_i64, ms("2020-01-01T00:00:00Z"));
    let last = start + (count - 1) * 60_000;
    let touches: Vec<_> = (0..count)
        .map(|n| {
            let at = start + n * 60_000;
            let by = if n % 2 == 0 { "client" } else { "seller" };
            json!({ "id": page::id(at), "at": at, "by": by })
        })
        .collect();
    let thread = json!({
        "account": ME, "id": page::id(start), "client": ANNA, "company": "weber.de", "subject": "A subject", "history": touches,
    });
    let client = json!({ "account": ME, "email": ANNA, "company": "weber.de" });
    let intake: Intake =
        serde_json::from_value(json!({ "clients": [client], "threads": [thread] })).unwrap();
    for _ in 0..2 {
        block_on(take_in(&store, intake.clone(), now(NOW))).unwrap();
        assert_eq!(held(&store, ME).threads[0].history.touches().len(), 50_000);
    }
    // Two more letters, the first of which is known.
    let letters = [Message(last, ME, ANNA), Message(last + 60_000, ANNA, ME)];
    let people = [ANNA, ME];
    ask(
        &store,
        page::see(&page::rows(&[(start, last + 60_000, &people, false)])),
        NOW,
    );
    let mut open = page::thread("A subject", &letters);
    open.parts.get_mut("thread").unwrap()[0] = page::item(&[
        ("id", json!([[page::id(start), null]])),
        ("subject", json!([["A subject"]])),
    ]);
    let drawn = ask(&store, page::see(&open), NOW);
    let snooze = actions(&drawn["strip"], "snooze").remove(0);
    act(&store, &snooze, &json!({}), NOW);
    let kept = held(&store, ME);
    assert_eq!(kept.threads[0].history.touches().len(), 50_001);
    assert!(kept.threads[0].snooze.is_some());
}

/// A store that refuses to write, as a browser without room does.
struct Full(MemoryStore);

#[test]
fn what_the_store_refuses_is_not_answered_as_done() {
    let (store, drawn) = acquainted();
    let kept = held(&store, ME);
    let store = Full(store);
    let snooze = actions(&drawn["strip"], "snooze").remove(0);
    let call = named(
        "full-0123456789abcdef0",
        json!({ "ask": "act", "action": snooze }),
    );
    let call = serde_json::from_value(call).unwrap();
    let answer = block_on(answer(&store, call, now(NOW)));
    let answer = serde_json::to_value(answer).unwrap();
    assert_eq!(
        (&answer["answer"], &answer["code"]),
        (&json!("failed"), &json!("full"))
    );
    assert_eq!(held(&store.0, ME), kept);
}

/// A page as another mailbox shows it.
fn of(account: &str, base: &str, mut page: Sighting) -> Sighting {
    let title = format!("Inbox - {account} - Gmail");
    page.path = format!("{base}#inbox");
    let item = page::item(&[("title", json!([[title]]))]);
    page.parts.insert("account".into(), vec![item]);
    page
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    /// Three mailboxes of one user: their own two, and one that somebody handed over. Each shows the same letters, as an
    /// open thread that grows, and as rows, in two tabs, again and again.
    #[test]
    fn the_same_mail_in_any_order_gives_one_history_in_each_mailbox(
        order in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle(),
        again in prop::collection::vec(0..24_usize, 0..24),
    ) {
        let start = ms("2026-10-01T08:00:00Z");
        let all = [(ANNA, ME), (ME, ANNA), (ANNA, ME), (ME, ANNA)];
        let boxes = [("robin@seller.example", "/mail/u/0/"), ("kim@firm.example", "/mail/u/1/"), ("sales@firm.example", "/mail/b/7/u/0/")];
        let sight = |n: usize| {
            let (account, base) = boxes[n % 3];
            let person = |who: &'static str| if who == ME { account } else { who };
            let letters: Vec<Message<'_>> = all.iter().zip(0_i64..).map(|((from, to), day)| {
                // Each mailbox has letters of its own.
                let at = start + day * DAY + i64::try_from(n % 3).unwrap() * 60_000;
                Message(at, person(from), person(to))
            }).collect();
            let shown = 1 + (n / 3) % 4;
            let page = if n / 3 < 4 {
                page::thread("A subject", &letters[..shown])
            } else {
                let people = [ANNA, account];
                page::rows(&[(letters[0].0, letters[shown - 1].0, &people, false)])
            };
            of(account, base, page)
        };
        let seen = |order: &mut dyn Iterator<Item = usize>| {
            let store = MemoryStore::default();
            for n in order {
                ask(&store, page::see(&sight(n)), NOW);
            }
            // What is kept of a client begins with the user's own letter; the last look is at everything.
            for n in [9, 10, 11] {
                ask(&store, page::see(&sight(n)), NOW);
            }
            boxes.map(|(account, _)| held(&store, account))
        };
        let straight = seen(&mut (0..24));
        for held in &straight {
            prop_assert_eq!(held.threads.len(), 1);
            prop_assert_eq!(held.threads[0].history.touches().len(), 4);
            prop_assert_eq!(held.clients.len(), 1);
        }
        prop_assert_eq!(seen(&mut order.iter().chain(&again).copied()), straight);
    }
}

/// Everything as in the store itself, but for a write.
impl Store for Full {
    async fn settings(&self) -> Result<cadence::settings::Settings, StoreError> {
        self.0.settings().await
    }
    async fn accounts(&self) -> Result<Vec<cadence::store::AccountRecord>, StoreError> {
        self.0.accounts().await
    }
    async fn threads(
        &self,
        keys: &[cadence::store::ThreadKey],
    ) -> Result<Vec<Option<cadence::store::ThreadRecord>>, StoreError> {
        self.0.threads(keys).await
    }
    async fn clients(
        &self,
        keys: &[ClientKey],
    ) -> Result<Vec<Option<cadence::store::ClientRecord>>, StoreError> {
        self.0.clients(keys).await
    }
    async fn clients_after(
        &self,
        after: Option<&ClientKey>,
        most: u32,
    ) -> Result<Vec<cadence::store::ClientRecord>, StoreError> {
        self.0.clients_after(after, most).await
    }
    async fn companies(
        &self,
        keys: &[cadence::store::CompanyKey],
    ) -> Result<Vec<Held>, StoreError> {
        self.0.companies(keys).await
    }
    async fn companies_after(
        &self,
        after: Option<&cadence::store::CompanyKey>,
        most: u32,
    ) -> Result<cadence::store::Stretch, StoreError> {
        self.0.companies_after(after, most).await
    }
    async fn due(
        &self,
        at: cadence::clock::Instant,
        most: u32,
    ) -> Result<Vec<cadence::store::ClientRecord>, StoreError> {
        self.0.due(at, most).await
    }
    async fn due_count(&self, at: cadence::clock::Instant) -> Result<u32, StoreError> {
        self.0.due_count(at).await
    }
    async fn lapsed(
        &self,
        at: cadence::clock::Instant,
        most: u32,
    ) -> Result<Vec<cadence::store::ClientRecord>, StoreError> {
        self.0.lapsed(at, most).await
    }
    async fn next_change(
        &self,
        after: cadence::clock::Instant,
    ) -> Result<Option<cadence::clock::Instant>, StoreError> {
        self.0.next_change(after).await
    }
    async fn unplaced(&self, most: u32) -> Result<Vec<cadence::store::ClientRecord>, StoreError> {
        self.0.unplaced(most).await
    }
    async fn unnoted(&self) -> Result<Vec<cadence::store::ClientRecord>, StoreError> {
        self.0.unnoted().await
    }
    async fn answered(
        &self,
        id: &cadence::protocol::CallId,
    ) -> Result<Option<cadence::store::Answered>, StoreError> {
        self.0.answered(id).await
    }
    async fn tally(&self) -> Result<cadence::store::Tally, StoreError> {
        self.0.tally().await
    }
    async fn clear(&self) -> Result<(), StoreError> {
        self.0.clear().await
    }
    async fn save(&self, _: &cadence::store::Changes) -> Result<(), StoreError> {
        Err(StoreError::Full)
    }
}
