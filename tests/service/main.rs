//! The use cases from a page's raw strings to what is drawn and kept, on the store in memory.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod again;
mod leaving;
mod letters;
mod options;
mod page;
mod sidebar;
mod welcome;

use cadence::clock::{Instant, SellerZone};
use cadence::dossier::Now;
use cadence::service::answer;
use cadence::store::{MemoryStore, Store};
use page::{ME, Message, id};
use pollster::block_on;
use serde_json::{Value, json};

const ANNA: &str = "anna@weber.de";
const DAY: i64 = 86_400_000;

fn ms(text: &str) -> i64 {
    Instant::from_utc(text.parse().unwrap()).ms()
}

fn now(text: &str) -> Now {
    Now {
        at: Instant::from_utc(text.parse().unwrap()),
        seller: SellerZone("Asia/Shanghai".parse().unwrap()),
    }
}

fn ask(store: &MemoryStore, question: Value, at: &str) -> Value {
    let call = serde_json::from_value(question).unwrap();
    serde_json::to_value(block_on(answer(store, call, now(at)))).unwrap()
}

fn act(store: &MemoryStore, action: &Value, fields: &Value, at: &str) -> Value {
    ask(
        store,
        json!({ "v": 1, "ask": "act", "action": action, "fields": fields }),
        at,
    )
}

fn due(store: &MemoryStore, at: &str) -> u32 {
    block_on(store.due_count(now(at).at)).unwrap()
}

/// Every message key that a view speaks with.
fn said(view: &Value) -> String {
    view.to_string()
}

/// The actions in a view that do this.
fn actions(view: &Value, does: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut open = vec![view];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(all) => {
                found.extend(all.get("on").filter(|on| on["do"] == does).cloned());
                open.extend(all.values());
            }
            Value::Array(all) => open.extend(all),
            _ => {}
        }
    }
    found
}

/// The sidebar beside a page that was drawn.
fn beside(store: &MemoryStore, drawn: &Value, at: &str) -> Value {
    let question = json!({ "v": 1, "ask": "sidebar", "focus": drawn["focus"] });
    ask(store, question, at)["view"].clone()
}

fn wrote_to_anna(on: &str) -> cadence::webmail::Sighting {
    page::thread(
        "Valves",
        &[Message(ms(on) - DAY, ANNA, ME), Message(ms(on), ME, ANNA)],
    )
}

#[test]
fn a_client_written_to_a_month_ago_is_due_at_their_next_window() {
    let store = MemoryStore::default();
    // Friday 23 October 2026; a month later is Monday 23 November, 10:00 in Berlin is 09:00 UTC.
    let page = wrote_to_anna("2026-10-23T07:30:00Z");
    let drawn = ask(&store, page::see(&page), "2026-11-23T08:00:00Z");
    assert!(said(&drawn["strip"]).contains("status_waiting"), "{drawn}");
    // Before the window opens the strip names its best hours on both clocks, and why tells why.
    for told in ["best_until_both", "best_morning"] {
        assert!(said(&drawn["strip"]).contains(told), "{told} {drawn}");
    }
    assert_eq!(due(&store, "2026-11-23T08:59:59Z"), 0);
    assert_eq!(due(&store, "2026-11-23T10:00:00Z"), 1);
    let drawn = ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    assert!(said(&drawn["strip"]).contains("status_due"), "{drawn}");
    assert!(said(&drawn["strip"]).contains("rule_W2"), "{drawn}");
}

#[test]
fn nothing_is_kept_of_people_the_user_never_wrote_to() {
    let store = MemoryStore::default();
    let page = page::thread("Enquiry", &[Message(ms("2026-11-20T09:00:00Z"), ANNA, ME)]);
    let drawn = ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    assert!(
        said(&drawn["strip"]).contains("status_not_followed"),
        "{drawn}"
    );
    assert!(said(&drawn["strip"]).contains("task_reply"), "{drawn}");
    assert!(block_on(store.accounts()).unwrap().is_empty());
    assert_eq!(due(&store, "2026-11-23T10:00:00Z"), 0);
    // One click changes that.
    let follow = actions(&drawn["strip"], "follow");
    act(&store, &follow[0], &json!({}), "2026-11-23T10:00:00Z");
    ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    assert_eq!(due(&store, "2026-11-23T10:00:00Z"), 1);
}

#[test]
fn newsletters_get_neither_chip_nor_record() {
    let store = MemoryStore::default();
    let at = ms("2026-11-20T09:00:00Z");
    let page = page::rows(&[(at, at, &["no-reply@shop.de"], true)]);
    let drawn = ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    assert_eq!(drawn["chips"], json!([null]));
}

#[test]
fn the_same_mail_seen_twice_changes_nothing() {
    let store = MemoryStore::default();
    let page = wrote_to_anna("2026-10-23T09:30:00Z");
    ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    let kept = format!("{store:?}");
    ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    assert_eq!(format!("{store:?}"), kept);
}

#[test]
fn a_snooze_silences_and_undo_brings_back() {
    let store = MemoryStore::default();
    let page = wrote_to_anna("2026-10-20T09:30:00Z");
    let at = "2026-11-23T10:00:00Z";
    let drawn = ask(&store, page::see(&page), at);
    assert_eq!(due(&store, at), 1);
    let snooze = actions(&drawn["strip"], "snooze");
    let done = act(&store, &snooze[0], &json!({}), at);
    assert_eq!(due(&store, at), 0);
    let drawn = ask(&store, page::see(&page), at);
    assert!(said(&drawn["strip"]).contains("status_snoozed"), "{drawn}");
    act(&store, &done["ui"]["undo"], &json!({}), at);
    assert_eq!(due(&store, at), 1);
}

#[test]
fn a_snooze_ends_when_its_time_comes_and_when_the_client_writes() {
    let store = MemoryStore::default();
    let page = wrote_to_anna("2026-10-20T09:30:00Z");
    let at = "2026-11-23T10:00:00Z";
    let drawn = ask(&store, page::see(&page), at);
    let until = json!({ "until": "2026-12-07T18:30" });
    let pick = &actions(&drawn["strip"], "snooze_until")[0];
    act(&store, pick, &until, at);
    // 18:30 in Shanghai is 10:30 UTC.
    assert_eq!(due(&store, "2026-12-07T10:29:59Z"), 0);
    assert_eq!(due(&store, "2026-12-07T10:30:00Z"), 1);
    // An unread row with a later message is the client's answer.
    let first = ms("2026-10-20T09:30:00Z") - DAY;
    let news = page::rows(&[(first, ms("2026-11-24T07:00:00Z"), &[ANNA, ME], true)]);
    let drawn = ask(&store, page::see(&news), "2026-11-24T08:00:00Z");
    assert!(
        said(&drawn["chips"]).contains("status_reply_now"),
        "{drawn}"
    );
    assert_eq!(due(&store, "2026-11-24T08:00:00Z"), 1);
}

#[test]
fn a_snooze_into_the_past_is_refused_and_loses_nothing() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    let drawn = ask(
        &store,
        page::see(&wrote_to_anna("2026-10-20T09:30:00Z")),
        at,
    );
    let pick = &actions(&drawn["strip"], "snooze_until")[0];
    let kept = format!("{store:?}");
    for bad in ["2026-11-23T17:59", "tomorrow", "", "9999999-01-01T00:00"] {
        let answer = act(&store, pick, &json!({ "until": bad }), at);
        assert_eq!(
            (&answer["answer"], &answer["code"]),
            (&json!("failed"), &json!("field"))
        );
    }
    assert_eq!(format!("{store:?}"), kept);
}

#[test]
fn the_users_word_may_name_a_state_with_a_weekend_of_its_own() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    // A quarter after Thursday 27 August 2026 is Friday 27 November, free in Kedah: so Sunday the
    // 29th, 10:00 there (+8).
    let page = page::thread(
        "Pumps",
        &[Message(ms("2026-08-27T04:30:00Z"), ME, "bo@trade.com")],
    );
    let drawn = ask(&store, page::see(&page), at);
    let ask_place = &actions(&drawn["strip"], "ask_place")[0];
    let open = act(&store, ask_place, &json!({ "country": "MY" }), at);
    let ui = serde_json::from_value(open["ui"].clone()).unwrap();
    let form = ask(&store, page::see_with(&page, &ui), at);
    assert!(said(&form["strip"]).contains("Terengganu"), "{form}");
    let save = &actions(&form["strip"], "set_place")[0];
    let fields = json!({ "country": "MY", "region": "MY-02", "scope": "person" });
    act(&store, save, &fields, at);
    assert_eq!(due(&store, "2026-11-28T04:00:00Z"), 0);
    assert_eq!(due(&store, "2026-11-29T01:59:59Z"), 0);
    assert_eq!(due(&store, "2026-11-29T02:00:00Z"), 1);
    let drawn = ask(&store, page::see(&page), at);
    assert!(said(&drawn["strip"]).contains("why_region"), "{drawn}");
}

#[test]
fn the_users_word_places_a_person_or_their_whole_company() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    let bo = "bo@trade.com";
    let sent = ms("2026-09-01T09:30:00Z");
    let page = page::thread("Pumps", &[Message(sent, ME, bo)]);
    let drawn = ask(&store, page::see(&page), at);
    assert!(said(&drawn["strip"]).contains("place_unknown"), "{drawn}");
    assert_eq!(due(&store, at), 0);
    assert_eq!(block_on(store.unplaced(9)).unwrap().len(), 1);

    let ask_place = &actions(&drawn["strip"], "ask_place")[0];
    let open = act(&store, ask_place, &json!({ "country": "BR" }), at);
    let ui = serde_json::from_value(open["ui"].clone()).unwrap();
    let form = ask(&store, page::see_with(&page, &ui), at);
    assert!(said(&form["strip"]).contains("America/Manaus"), "{form}");
    let save = &actions(&form["strip"], "set_place")[0];
    let fields = json!({ "country": "BR", "zone": "America/Manaus", "scope": "company" });
    act(&store, save, &fields, at);
    assert_eq!(due(&store, at), 0, "a quarter has not passed");
    assert_eq!(due(&store, "2026-12-02T14:00:00Z"), 1, "10:00 in Manaus");
    assert!(block_on(store.unplaced(9)).unwrap().is_empty());

    // A colleague at the same company is placed by the same word.
    let page = page::thread("Hoses", &[Message(sent + 1, ME, "eva@trade.com")]);
    let drawn = ask(&store, page::see(&page), at);
    assert!(
        said(&drawn["strip"]).contains(r#"{"country":"BR"}"#),
        "{drawn}"
    );

    // And the word can be taken back.
    let ask_place = &actions(&drawn["strip"], "ask_place")[0];
    let open = act(&store, ask_place, &json!({}), at);
    let ui = serde_json::from_value(open["ui"].clone()).unwrap();
    let form = ask(&store, page::see_with(&page, &ui), at);
    act(
        &store,
        &actions(&form["strip"], "forget_place")[0],
        &json!({}),
        at,
    );
    assert_eq!(block_on(store.unplaced(9)).unwrap().len(), 2);
}

#[test]
fn a_zone_of_another_country_is_refused() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    let save = json!({ "do": "set_place", "client": { "account": ME, "email": ANNA } });
    let fields = json!({ "country": "BR", "zone": "Europe/Berlin", "scope": "person" });
    assert_eq!(act(&store, &save, &fields, at)["code"], "field");
    let fields = json!({ "country": "", "scope": "person" });
    assert_eq!(act(&store, &save, &fields, at)["code"], "field");
}

#[test]
fn the_due_list_shows_as_many_as_the_badge_longest_due_first() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    for (n, who) in ["a@eins.de", "b@zwei.de", "c@drei.de"].iter().enumerate() {
        let sent = ms("2026-10-01T09:30:00Z") - i64::try_from(n).unwrap() * DAY;
        ask(
            &store,
            page::see(&page::thread("Valves", &[Message(sent, ME, who)])),
            at,
        );
    }
    let list = ask(&store, json!({ "v": 1, "ask": "popup" }), at);
    let open = actions(&list["view"], "open");
    assert_eq!(open.len(), 3);
    assert_eq!(due(&store, at), 3);
    let text = said(&list["view"]);
    let place = |who: &str| text.find(who).unwrap();
    assert!(place("c@drei.de") < place("b@zwei.de") && place("b@zwei.de") < place("a@eins.de"));
    let opened = act(&store, &open[0], &json!({}), at);
    assert!(
        opened["open"]
            .as_str()
            .unwrap()
            .starts_with("https://mail.google.com/mail/u/0/#all/"),
        "{opened}"
    );
}

#[test]
fn a_letter_just_sent_counts_at_once_and_once() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    let asked = ms("2026-11-20T09:00:00Z");
    let mut page = page::thread(
        "Valves",
        &[Message(asked, ANNA, ME), Message(asked + DAY, ME, ANNA)],
    );
    let messages = page.parts.get_mut("message").unwrap();
    let sent = vec![vec![None, Some("#msg-a:r77".to_owned())]];
    messages[1].fields.insert("id".into(), sent);
    let drawn = ask(&store, page::see(&page), at);
    assert!(
        said(&drawn["strip"]).contains("contact_you_today"),
        "{drawn}"
    );
    // Minutes later Gmail has given it its own id.
    let settled = vec![vec![
        Some(id(ms("2026-11-23T09:59:58Z"))),
        Some("#msg-a:r77".to_owned()),
    ]];
    page.parts.get_mut("message").unwrap()[1]
        .fields
        .insert("id".into(), settled);
    let drawn = ask(&store, page::see(&page), "2026-11-23T10:05:00Z");
    assert!(
        said(&drawn["strip"]).contains(r#""count":["why_messages",2,"#),
        "{drawn}"
    );
}

#[test]
fn a_page_that_says_not_whose_it_is_gets_one_calm_line_and_keeps_nothing() {
    let store = MemoryStore::default();
    let mut page = wrote_to_anna("2026-10-20T09:30:00Z");
    page.parts.remove("account");
    let drawn = ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    assert!(
        said(&drawn["strip"]).contains("strip_unreadable"),
        "{drawn}"
    );
    assert!(block_on(store.accounts()).unwrap().is_empty());
}

#[test]
fn a_page_of_another_version_is_told_to_reload() {
    let store = MemoryStore::default();
    let answer = ask(
        &store,
        json!({ "v": 0, "ask": "popup" }),
        "2026-11-23T10:00:00Z",
    );
    assert_eq!(answer["code"], "version");
}

#[test]
fn two_mailboxes_are_kept_apart() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    ask(
        &store,
        page::see(&wrote_to_anna("2026-10-20T09:30:00Z")),
        at,
    );
    let mut other = page::thread(
        "Hoses",
        &[Message(
            ms("2026-11-20T09:00:00Z"),
            "kim@other.example",
            ANNA,
        )],
    );
    let title = vec![vec![Some("Inbox - kim@other.example - Gmail".to_owned())]];
    other.parts.get_mut("account").unwrap()[0]
        .fields
        .insert("title".into(), title);
    ask(&store, page::see(&other), at);
    let accounts: Vec<_> = block_on(store.accounts()).unwrap();
    assert_eq!(accounts.len(), 2);
    // The letter from the second mailbox does not make the first one's client less due.
    assert_eq!(due(&store, at), 1);
}

#[test]
fn a_signature_places_a_client_whose_address_says_nothing_and_the_text_is_not_kept() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    let asked = ms("2026-09-01T09:30:00Z");
    let text = "Dear Robin,\nplease quote 40 pumps.\nRafael Batista\nAv. Eduardo Ribeiro 520, Manaus - AM, 69010-001, Brasil\nTel. +55 92 5550-0131";
    let mut page = page::thread(
        "Pumps",
        &[
            Message(asked, "rafael@trade.com", ME),
            Message(asked + DAY, ME, "rafael@trade.com"),
        ],
    );
    let letter = &mut page.parts.get_mut("message").unwrap()[0];
    letter
        .fields
        .insert("text".into(), vec![vec![Some(text.to_owned())]]);
    let drawn = ask(&store, page::see(&page), at);
    assert!(
        said(&drawn["strip"]).contains(r#"{"country":"BR"}"#),
        "{drawn}"
    );
    assert!(said(&drawn["strip"]).contains("clue_phone"), "{drawn}");
    assert!(
        said(&drawn["strip"]).contains(r#"{"zone":"America/Manaus"}"#),
        "{drawn}"
    );
    let kept = format!("{store:?}");
    assert!(
        !kept.contains("40 pumps") && !kept.contains("5550-0131"),
        "{kept}"
    );
    // Later the letter is folded away, and Cadence still knows.
    page.parts.get_mut("message").unwrap()[0]
        .fields
        .remove("text");
    let drawn = ask(&store, page::see(&page), at);
    assert!(
        said(&drawn["strip"]).contains(r#"{"zone":"America/Manaus"}"#),
        "{drawn}"
    );
}

#[test]
fn what_the_user_says_of_a_client_is_kept_and_followed() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    let page = wrote_to_anna("2026-10-20T09:30:00Z");
    let drawn = ask(&store, page::see(&page), at);
    let set = &json!({ "do": "set_client", "client": { "account": ME, "email": ANNA } });
    assert_eq!(actions(&drawn["strip"], "show_sidebar").len(), 1);
    let fields =
        json!({ "stage": "ordered", "intent": "open", "market": "", "about": " 40 pumps " });
    act(&store, set, &fields, at);
    let drawn = ask(&store, page::see(&page), at);
    assert!(
        said(&drawn["strip"]).contains(r#""task_about",[{"raw":"40 pumps"}]"#),
        "{drawn}"
    );
    assert_eq!(due(&store, at), 0, "an order rests the rhythm");
    let client = block_on(store.due(now("2030-01-01T00:00:00Z").at, 9)).unwrap();
    assert!(client.is_empty());
    // Back to an inquiry, in India's rhythm: a quotation every 75 days.
    let fields = json!({ "stage": "inquiry", "intent": "open", "market": "india", "about": "" });
    act(&store, set, &fields, at);
    assert_eq!(due(&store, "2026-12-10T10:00:00Z"), 0);
    assert_eq!(due(&store, "2027-01-05T10:00:00Z"), 1);
    for bad in [
        json!({ "stage": "won", "intent": "open", "market": "" }),
        json!({ "stage": "lost", "intent": "maybe", "market": "" }),
        json!({ "stage": "lost", "intent": "open", "market": "mars" }),
    ] {
        assert_eq!(act(&store, set, &bad, at)["code"], "field", "{bad}");
    }
}

#[test]
fn the_user_decides_what_kind_a_letter_was() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    let page = wrote_to_anna("2026-10-20T09:30:00Z");
    let drawn = ask(&store, page::see(&page), at);
    let set = &actions(&beside(&store, &drawn, at), "set_kind")[0];
    act(&store, set, &json!({ "kind": "greeting" }), at);
    assert!(format!("{store:?}").contains("kind: Greeting, chosen: true"));
    // What is seen later does not take it back.
    ask(&store, page::see(&page), at);
    assert!(format!("{store:?}").contains("kind: Greeting, chosen: true"));
    assert_eq!(
        act(&store, set, &json!({ "kind": "poem" }), at)["code"],
        "field"
    );
}

#[test]
fn a_noted_day_pulls_the_letter_forward_and_can_be_taken_back() {
    let store = MemoryStore::default();
    let at = "2026-11-16T10:00:00Z";
    let page = wrote_to_anna("2026-10-20T09:30:00Z");
    let drawn = ask(&store, page::see(&page), at);
    assert_eq!(
        due(&store, "2026-11-18T10:00:00Z"),
        0,
        "a month is over on the 20th"
    );
    let add = &actions(&beside(&store, &drawn, at), "add_moment")[0];
    act(
        &store,
        add,
        &json!({ "kind": "anniversary", "on": "2026-11-18" }),
        at,
    );
    assert_eq!(due(&store, "2026-11-18T10:00:00Z"), 1);
    assert_eq!(
        act(
            &store,
            add,
            &json!({ "kind": "anniversary", "on": "soon" }),
            at
        )["code"],
        "field"
    );
    let drawn = ask(&store, page::see(&page), at);
    act(
        &store,
        &actions(&beside(&store, &drawn, at), "drop_moment")[0],
        &json!({}),
        at,
    );
    assert_eq!(due(&store, "2026-11-18T10:00:00Z"), 0);
}

#[test]
fn the_language_of_a_letter_is_a_clue_that_proposes_and_never_decides() {
    let store = MemoryStore::default();
    let asked = ms("2026-09-01T09:30:00Z");
    let mut page = page::thread(
        "Pumps",
        &[
            Message(asked, "ewa@trade.com", ME),
            Message(asked + DAY, ME, "ewa@trade.com"),
        ],
    );
    let letter = &mut page.parts.get_mut("message").unwrap()[0];
    let text = "Dzień dobry, proszę o ofertę. Ewa".to_owned();
    letter.fields.insert("text".into(), vec![vec![Some(text)]]);
    letter
        .fields
        .insert("language".into(), vec![vec![Some("pl".to_owned())]]);
    let drawn = ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    assert!(said(&drawn["strip"]).contains("clue_language"), "{drawn}");
    assert!(
        said(&drawn["strip"]).contains("status_unknown_place"),
        "{drawn}"
    );
    // One click takes the proposal over.
    let accept = actions(&drawn["strip"], "accept_place");
    act(&store, &accept[0], &json!({}), "2026-11-23T10:00:00Z");
    let drawn = ask(&store, page::see(&page), "2026-11-23T10:00:00Z");
    assert!(said(&drawn["strip"]).contains("clue_word"), "{drawn}");
    assert!(said(&drawn["strip"]).contains("status_due"), "{drawn}");
}

#[test]
fn wishes_nobody_sent_are_due_no_more_once_the_holiday_has_passed() {
    let store = MemoryStore::default();
    // Written on 8 December, the next letter is due in January; Christmas comes first.
    let page = wrote_to_anna("2026-12-08T09:30:00Z");
    ask(&store, page::see(&page), "2026-12-09T10:00:00Z");
    let popup = |at: &str| {
        let list = ask(&store, json!({ "v": 1, "ask": "popup" }), at);
        assert_eq!(
            actions(&list["view"], "open").len(),
            due(&store, at) as usize,
            "{at}"
        );
        due(&store, at)
    };
    assert_eq!(popup("2026-12-14T10:00:00Z"), 0);
    assert_eq!(popup("2026-12-24T10:00:00Z"), 1);
    let change = block_on(store.next_change(now("2026-12-24T10:00:00Z").at)).unwrap();
    assert!(
        change.is_some_and(|at| at <= now("2027-01-02T00:00:00Z").at),
        "{change:?}"
    );
    assert_eq!(popup("2027-01-04T10:00:00Z"), 0);
    assert_eq!(popup("2027-01-12T10:00:00Z"), 1);
}

/// The one action of a list that settles its only client so.
fn settle(view: &Value, how: &str) -> Value {
    let mut all = actions(view, "settle").into_iter();
    all.find(|action| action["how"] == how).unwrap()
}

#[test]
fn a_client_is_settled_by_a_contact_elsewhere_or_passed_over_and_both_are_undone() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    ask(
        &store,
        page::see(&wrote_to_anna("2026-10-05T08:00:00Z")),
        at,
    );
    let popup = |at: &str| ask(&store, json!({ "v": 1, "ask": "popup" }), at);
    let view = popup(at)["view"].clone();
    assert_eq!(due(&store, at), 1);
    for (how, quiet, again) in [
        // A month of Anna's after the contact, and W3's first hour of hers: 10:00 in Berlin.
        ("reached", "2026-12-23T08:59:59Z", "2026-12-23T09:00:00Z"),
        // The same date, though nobody was in touch.
        ("passed", "2026-12-23T08:59:59Z", "2026-12-23T09:00:00Z"),
    ] {
        let settle = &settle(&view, how);
        let done = act(&store, settle, &json!({}), at);
        assert_eq!((due(&store, at), due(&store, quiet)), (0, 0), "{settle}");
        assert_eq!(due(&store, again), 1, "{settle}");
        let undo = &done["ui"]["undo"];
        assert_eq!(act(&store, undo, &json!({}), at)["answer"], "done");
        assert_eq!(due(&store, at), 1, "{settle}");
    }
}

#[test]
fn a_letter_that_needs_no_answer_lets_the_rhythm_go_on_from_it() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    let letters = [
        Message(ms("2026-11-02T09:00:00Z"), ME, ANNA),
        Message(ms("2026-11-11T09:00:00Z"), ANNA, ME),
    ];
    ask(
        &store,
        page::see(&page::thread("Thanks, noted", &letters)),
        at,
    );
    let popup = ask(&store, json!({ "v": 1, "ask": "popup" }), at);
    act(&store, &settle(&popup["view"], "passed"), &json!({}), at);
    assert_eq!(due(&store, at), 0);
    // A month after hers, on a Friday: at ten in Berlin.
    assert_eq!(due(&store, "2026-12-11T08:59:59Z"), 0);
    assert_eq!(due(&store, "2026-12-11T09:00:00Z"), 1);
}

#[test]
fn a_search_goes_over_all_clients_and_a_filter_over_those_due() {
    let store = MemoryStore::default();
    let at = "2026-11-23T10:00:00Z";
    for (sent, who) in [
        ("2026-10-05T08:00:00Z", "anna@weber.de"),
        ("2026-11-20T08:00:00Z", "jonas@weber.de"),
        ("2026-05-05T08:00:00Z", "rosa@lustres.com.br"),
    ] {
        let sent = Message(ms(sent), ME, who);
        ask(&store, page::see(&page::thread("Valves", &[sent])), at);
    }
    let rows = |list: Value| {
        let question = json!({ "v": 1, "ask": "popup", "ui": { "list": list } });
        let text = ask(&store, question, at)["view"].to_string();
        ["anna", "jonas", "rosa"].map(|name| text.contains(&format!("row:{ME}:{name}")))
    };
    assert_eq!(rows(json!({})), [true, false, true]);
    assert_eq!(rows(json!({ "query": "weber" })), [true, true, false]);
    assert_eq!(
        rows(json!({ "query": "JONAS weber" })),
        [false, true, false]
    );
    assert_eq!(
        rows(json!({ "market": "south_america" })),
        [false, false, true]
    );
    assert_eq!(
        rows(json!({ "market": "europe_america" })),
        [true, false, false]
    );
    assert_eq!(rows(json!({ "errand": "quote" })), [false, false, true]);
}
