//! The sidebar: what it shows of whom, and each edit with what takes it back.

use cadence::store::{ClientKey, MemoryStore, Store};
use pollster::block_on;
use serde_json::{Value, json};

use super::page::{self, ME, Message};
use super::{ANNA, act, actions, ask, due, ms, said, wrote_to_anna};

/// A Monday, 11:00 in Berlin, 18:00 in Shanghai.
const AT: &str = "2026-11-23T10:00:00Z";

/// What a page with Anna's thread on it says is open.
fn focus(store: &MemoryStore) -> Value {
    let drawn = ask(store, page::see(&wrote_to_anna("2026-10-20T09:30:00Z")), AT);
    drawn["focus"].clone()
}

/// The sidebar beside a thread, with what an answer says is open in it.
fn sidebar(store: &MemoryStore, focus: &Value, done: &Value, at: &str) -> Value {
    let ui = done.get("ui").cloned().unwrap_or(json!({}));
    let question = json!({ "v": 1, "ask": "sidebar", "focus": focus, "ui": ui });
    let mut answer = ask(store, question, at);
    assert_eq!(answer["answer"], "page", "{answer}");
    answer["view"].take()
}

fn fresh(store: &MemoryStore) -> (Value, Value) {
    let focus = focus(store);
    let view = sidebar(store, &focus, &json!({}), AT);
    (focus, view)
}

/// Every node of a view that has this class.
fn classed<'v>(view: &'v Value, class: &str) -> Vec<&'v Value> {
    let mut found = Vec::new();
    if view["class"] == class {
        found.push(view);
    }
    let kids = view["kids"].as_array().into_iter().flatten();
    found.extend(kids.flat_map(|kid| classed(kid, class)));
    found
}

/// Where a rectangle begins and how wide it is.
fn extent(rect: &Value) -> (i64, i64) {
    let attr = |name: &str| {
        let all = rect["attrs"].as_array().unwrap();
        let found = all.iter().find(|attr| attr[0] == name).unwrap();
        found[1]["raw"].as_str().unwrap().parse::<i64>().unwrap()
    };
    (attr("x"), attr("width"))
}

fn record(store: &MemoryStore) -> cadence::store::ClientRecord {
    let key = ClientKey {
        account: ME.parse().unwrap(),
        email: ANNA.parse().unwrap(),
    };
    block_on(store.clients(&[key])).unwrap().remove(0).unwrap()
}

#[test]
fn it_shows_the_client_of_the_open_thread_else_what_is_due() {
    let store = MemoryStore::default();
    let (focus, view) = fresh(&store);
    assert_eq!(focus["client"], ANNA);
    assert!(said(&view).contains("sidebar_timeline"), "{view}");
    let list = sidebar(&store, &Value::Null, &json!({}), AT);
    assert!(said(&list).contains("due_heading"), "{list}");
    let empty = ask(&store, page::see(&page::empty()), AT);
    assert_eq!(empty["focus"], Value::Null);
}

#[test]
fn beside_a_letter_that_is_written_alone_it_shows_the_client_it_is_to() {
    let store = MemoryStore::default();
    let known = focus(&store);
    let beside = |letters: &[&str]| {
        let mut page = page::empty();
        let letter = |to: &&str| page::item(&[("to", json!([[to, null]]))]);
        page.parts
            .insert("compose".into(), letters.iter().map(letter).collect());
        ask(&store, page::see(&page), AT)["focus"].clone()
    };
    assert_eq!(beside(&[ANNA]), known, "with the thread she last wrote in");
    assert_eq!(beside(&["new@stranger.example"]), Value::Null);
    assert_eq!(beside(&[ANNA, "bo@eins.de"]), Value::Null, "of two letters");
}

#[test]
fn of_a_stranger_it_shows_little_and_keeps_nothing() {
    let store = MemoryStore::default();
    let wrote = page::thread(
        "Offer",
        &[Message(ms("2026-11-20T09:30:00Z"), "bo@eins.de", ME)],
    );
    let focus = ask(&store, page::see(&wrote), AT)["focus"].clone();
    let view = sidebar(&store, &focus, &json!({}), AT);
    assert!(said(&view).contains("bo@eins.de"), "{view}");
    assert!(!said(&view).contains("sidebar_timeline"), "{view}");
    let kept = format!("{store:?}");
    let follow = &actions(&view, "follow")[0];
    assert_eq!(format!("{store:?}"), kept);
    let done = act(&store, follow, &json!({}), AT);
    let view = sidebar(&store, &focus, &done, AT);
    assert!(said(&view).contains("sidebar_timeline"), "{view}");
    // Taken back they are a stranger again, as far as can be seen.
    act(&store, &done["ui"]["undo"], &json!({}), AT);
    let view = sidebar(&store, &focus, &json!({}), AT);
    assert!(said(&view).contains("status_not_followed"), "{view}");
}

#[test]
fn both_clocks_are_bars_of_the_client_s_day() {
    let store = MemoryStore::default();
    let (_, view) = fresh(&store);
    // 10:00 to 15:00 in Berlin, from minute 600 for 300; in Shanghai, 7 hours ahead, the same
    // stretch reads 17 to 22.
    let windows: Vec<_> = classed(&view, "window").into_iter().map(extent).collect();
    assert_eq!(windows, [(600, 300), (600, 300)]);
    assert!(said(&view).contains("10–15") && said(&view).contains("17–22"));
    // From 22:00 to 7:00 in Berlin; in Shanghai it is 22:00 at 15:00 in Berlin and 7:00 at midnight.
    let nights: Vec<_> = classed(&view, "night").into_iter().map(extent).collect();
    assert_eq!(nights, [(0, 420), (1320, 120), (900, 540)]);
    // 11:00 is minute 660: the middle of the line that says now.
    for (from, width) in classed(&view, "needle").into_iter().map(extent) {
        assert!((from + width / 2 - 660).abs() <= 1, "{from}");
    }
}

#[test]
fn the_timeline_has_touches_gaps_turns_and_the_client_s_free_days() {
    let store = MemoryStore::default();
    let (_, view) = fresh(&store);
    assert_eq!(classed(&view, "touch").len(), 2);
    // From 20 October to 23 November.
    let gap = classed(&view, "gap")[0];
    assert_eq!(gap["kids"][0]["count"][1], 34, "{gap}");
    // A letter is due, so its turn is today's; nothing else is planned for a German.
    assert_eq!(classed(&view, "planned").len(), 1);
    let view = sidebar(&store, &focus(&store), &json!({}), "2026-12-20T10:00:00Z");
    assert!(said(&view).contains("season_christmas"), "{view}");
    assert!(said(&view).contains("Christmas Day"), "{view}");
}

#[test]
fn what_a_client_was_off_for_since_the_last_letter_stands_before_today() {
    let store = MemoryStore::default();
    let view = sidebar(&store, &focus(&store), &json!({}), "2027-01-11T10:00:00Z");
    let line = classed(&view, "timeline")[0].to_string();
    let place = |what: &str| line.find(what).unwrap_or_else(|| panic!("{what}: {line}"));
    for passed in ["season_christmas", "Christmas Day", "New Year's Day"] {
        assert!(place(passed) < place("timeline_today"), "{passed}: {line}");
    }
}

/// Does something and takes it back: nothing is left of it that shows, and in between something was.
fn there_and_back(action: &Value, fields: &Value, store: &MemoryStore) -> Value {
    let focus = focus(store);
    let before = sidebar(store, &focus, &json!({}), AT);
    let done = act(store, action, fields, AT);
    assert_eq!(done["answer"], "done", "{done}");
    let without = sidebar(store, &focus, &json!({}), AT);
    assert_ne!(without, before, "{action}");
    let view = sidebar(store, &focus, &done, AT);
    let undo = done["ui"]["undo"].clone();
    assert!(actions(&view, undo["do"].as_str().unwrap()).contains(&undo));
    act(store, &undo, &json!({}), AT);
    let after = sidebar(store, &focus, &json!({}), AT);
    assert_eq!(after, before, "{action}");
    view
}

#[test]
fn every_edit_can_be_taken_back() {
    let store = MemoryStore::default();
    let (focus, view) = fresh(&store);
    let first = |does: &str| actions(&view, does)[0].clone();
    let fields = json!({ "stage": "sampled", "intent": "clear_plan", "market": "india", "about": "Valves, DN 50" });
    there_and_back(&first("set_client"), &fields, &store);
    let shown = there_and_back(
        &first("add_note"),
        &json!({ "text": " Likes  plain words " }),
        &store,
    );
    assert!(said(&shown).contains("Likes plain words"));
    there_and_back(
        &first("add_moment"),
        &json!({ "kind": "anniversary", "on": "2027-03-01" }),
        &store,
    );
    there_and_back(&first("set_kind"), &json!({ "kind": "sample" }), &store);
    there_and_back(&first("follow"), &json!({}), &store);
    let fields =
        json!({ "way": "call", "by": "unknown", "kind": "quote", "at": "2026-11-23T17:00" });
    there_and_back(&first("log_contact"), &fields, &store);
    let ask_place = act(&store, &first("ask_place"), &json!({}), AT);
    let form = sidebar(&store, &focus, &ask_place, AT);
    let fields = json!({ "country": "AT", "scope": "person" });
    there_and_back(&actions(&form, "set_place")[0], &fields, &store);
    let fields = json!({ "country": "AT", "scope": "company" });
    let shown = there_and_back(&actions(&form, "set_place")[0], &fields, &store);
    assert!(said(&shown).contains(r#"{"country":"AT"}"#));
    let open = act(&store, &first("show_rules"), &json!({}), AT);
    let rules = sidebar(&store, &focus, &open, AT);
    let gap = actions(&rules, "set_rule")
        .into_iter()
        .find(|action| action["setting"] == "gap_days")
        .unwrap();
    there_and_back(&gap, &json!({ "value": "9" }), &store);
}

#[test]
fn an_undo_takes_back_its_own_and_leaves_what_was_said_elsewhere() {
    let store = MemoryStore::default();
    let (_, view) = fresh(&store);
    let add = &actions(&view, "add_note")[0];
    let first = act(&store, add, &json!({ "text": "First" }), AT);
    // In another tab, a minute later.
    act(
        &store,
        add,
        &json!({ "text": "Second" }),
        "2026-11-23T10:01:00Z",
    );
    let stage =
        json!({ "do": "set_stage", "client": first["ui"]["undo"]["client"], "stage": "quoted" });
    act(&store, &stage, &json!({}), AT);
    act(&store, &first["ui"]["undo"], &json!({}), AT);
    let record = record(&store);
    let notes: Vec<_> = record.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["Second"]);
    assert_eq!(serde_json::to_value(record.stage).unwrap(), "quoted");
}

#[test]
fn no_note_goes_for_another_one() {
    let store = MemoryStore::default();
    let (_, view) = fresh(&store);
    let add = &actions(&view, "add_note")[0];
    let texts: Vec<String> = (0..120).map(|n| format!("Note {n}")).collect();
    for text in &texts {
        act(&store, add, &json!({ "text": text }), AT);
    }
    let notes = record(&store).notes.into_iter().map(|note| note.text);
    assert_eq!(notes.collect::<Vec<_>>(), texts);
}

#[test]
fn an_undo_is_offered_for_a_minute_through_every_redraw() {
    let store = MemoryStore::default();
    let (focus, view) = fresh(&store);
    let done = act(
        &store,
        &actions(&view, "add_note")[0],
        &json!({ "text": "A" }),
        AT,
    );
    let offered = |at: &str| {
        let view = sidebar(&store, &focus, &done, at);
        !actions(&view, "put_back").is_empty()
    };
    assert!(offered("2026-11-23T10:00:01Z"));
    assert!(offered("2026-11-23T10:00:59Z"));
    assert!(!offered("2026-11-23T10:01:00Z"));
}

#[test]
fn a_contact_made_elsewhere_counts_in_the_rhythm_and_their_call_is_owed_an_answer() {
    let store = MemoryStore::default();
    let (focus, view) = fresh(&store);
    assert_eq!(due(&store, AT), 1);
    let log = &actions(&view, "log_contact")[0];
    let fields = |by: &str, at: &str| json!({ "way": "fair", "by": by, "kind": "plain", "at": at });
    // 17:00 in Shanghai is an hour ago.
    act(&store, log, &fields("unknown", "2026-11-23T17:00"), AT);
    assert_eq!(due(&store, AT), 0);
    let view = sidebar(&store, &focus, &json!({}), AT);
    assert!(said(&view).contains("way_fair"), "{view}");
    assert!(
        said(&view).contains("contact_today"),
        "nobody wrote: {view}"
    );
    act(&store, log, &fields("client", "2026-11-23T17:30"), AT);
    assert_eq!(due(&store, AT), 1);
    let view = sidebar(&store, &focus, &json!({}), AT);
    assert!(said(&view).contains("status_reply_now"), "{view}");
    // What has not happened yet is no contact, and a field that makes no sense loses nothing.
    let kept = format!("{store:?}");
    for bad in ["2026-11-23T18:01", "", "yesterday"] {
        let answer = act(&store, log, &fields("seller", bad), AT);
        assert_eq!(answer["code"], "field", "{answer}");
    }
    assert_eq!(format!("{store:?}"), kept);
}

#[test]
fn a_rule_that_makes_no_sense_is_refused_where_it_was_asked() {
    let store = MemoryStore::default();
    let (focus, view) = fresh(&store);
    let open = act(&store, &actions(&view, "show_rules")[0], &json!({}), AT);
    let rules = sidebar(&store, &focus, &open, AT);
    let gap = actions(&rules, "set_rule")
        .into_iter()
        .find(|action| action["setting"] == "gap_days")
        .unwrap();
    let call = json!({ "v": 1, "ask": "act", "action": gap, "fields": { "value": "0" }, "ui": open["ui"] });
    let refused = ask(&store, call, AT);
    let shown = sidebar(&store, &focus, &refused, AT);
    assert!(said(&shown).contains("refused_gap"), "{shown}");
    assert!(block_on(store.settings()).unwrap().playbook == Default::default());
    // A better one is kept, and nothing is said of the former any more.
    let call = json!({ "v": 1, "ask": "act", "action": gap, "fields": { "value": "9" }, "ui": refused["ui"] });
    let kept = ask(&store, call, AT);
    let shown = sidebar(&store, &focus, &kept, AT);
    assert!(!said(&shown).contains("refused_gap"), "{shown}");
    assert!(block_on(store.settings()).unwrap().playbook != Default::default());
}

#[test]
fn all_colleagues_are_counted_and_forty_of_them_named() {
    let store = MemoryStore::default();
    let wrote = |who: &str, minute: usize| {
        let on = ms("2026-10-20T09:30:00Z") + i64::try_from(minute).unwrap() * 60_000;
        ask(
            &store,
            page::see(&page::thread("Valves", &[Message(on, ME, who)])),
            AT,
        )
    };
    for nth in 1..=45 {
        wrote(&format!("colleague{nth}@weber.de"), nth);
    }
    let drawn = wrote(ANNA, 0);
    let shown = said(&sidebar(&store, &drawn["focus"], &json!({}), AT));
    assert!(shown.contains("[\"sidebar_colleagues\",45,"), "{shown}");
    assert!(shown.contains("[\"ahead_more\",5,"), "{shown}");
}

#[test]
fn a_note_of_any_script_is_kept_plain_and_whole_or_refused() {
    let store = MemoryStore::default();
    let (_, view) = fresh(&store);
    let add = &actions(&view, "add_note")[0];
    let say = |text: &str| act(&store, add, &json!({ "text": text }), AT)["code"].clone();
    // Ten thousand characters and no more bytes than a form lets in.
    let long = "<b>\u{202e}שלום\n世界 </b>".repeat(600);
    assert_eq!(say(&long), Value::Null);
    assert_eq!(
        record(&store).notes[0].text,
        ["<b>שלום 世界 </b>"; 600].concat()
    );
    assert_eq!(say(&"世".repeat(10_000)), "size");
    assert_eq!(say(" \n "), "field");
    assert_eq!(record(&store).notes.len(), 1);
}

#[test]
fn the_strip_offers_an_undo_of_what_was_done_to_its_own_client() {
    let store = MemoryStore::default();
    let page = wrote_to_anna("2026-10-20T09:30:00Z");
    let drawn = ask(&store, page::see(&page), AT);
    let done = act(
        &store,
        &actions(&drawn["strip"], "snooze")[0],
        &json!({}),
        AT,
    );
    let ui = serde_json::from_value(done["ui"].clone()).unwrap();
    let offered = |page: &cadence::webmail::Sighting, at: &str| {
        let drawn = ask(&store, page::see_with(page, &ui), at);
        actions(&drawn["strip"], "undo")
    };
    assert_eq!(offered(&page, AT), [done["ui"]["undo"].clone()]);
    let other = page::thread(
        "Pumps",
        &[Message(ms("2026-10-01T09:30:00Z"), ME, "bo@eins.de")],
    );
    assert!(offered(&other, AT).is_empty());
    assert!(offered(&page, "2026-11-23T10:01:00Z").is_empty());
}

#[test]
fn on_the_users_own_clock_it_is_day_while_they_are_at_work() {
    let store = MemoryStore::default();
    let (focus, view) = fresh(&store);
    let nights = |view: &Value| -> Vec<(i64, i64)> {
        classed(view, "night").into_iter().map(extent).collect()
    };
    // Berlin's night is 22 to 7; Shanghai's, seven hours ahead, 15 to 24 of Berlin's day.
    let berlin = [(0, 420), (1320, 120)];
    assert_eq!(nights(&view), [berlin[0], berlin[1], (900, 540)]);
    let change = |from: &str, to: &str| {
        let form = json!({ "do": "weigh_form", "form": "hours" });
        act(&store, &form, &json!({ "from": from, "to": to }), AT)
    };
    change("09:00", "18:00");
    // 9 to 18 in Shanghai is 2 to 11 in Berlin.
    let own = [berlin[0], berlin[1], (0, 120), (660, 780)];
    let shown = sidebar(&store, &focus, &json!({}), AT);
    assert_eq!(nights(&shown), own);
    let refused = change("18:00", "09:00");
    assert!(refused.to_string().contains("hours"), "{refused}");
    let shown = sidebar(&store, &focus, &json!({}), AT);
    assert_eq!(nights(&shown), own);
    change("", "");
    let shown = sidebar(&store, &focus, &json!({}), AT);
    assert_eq!(nights(&shown).len(), 3);
}
