//! Settings: tried, kept, taken back, and what follows from them.

use cadence::clock::{CorrectionKind, Instant};
use cadence::dossier::Now;
use cadence::playbook::{Scope, Setting};
use cadence::settings::{Planned, Settings};
use cadence::store::{Changes, MemoryStore, Store};
use pollster::block_on;
use serde_json::{Value, json};

use super::page::{self, ME, Message};
use super::{act, actions, ask, due, ms, now, said, wrote_to_anna};

const AT: &str = "2026-11-23T10:00:00Z";

/// The options page, with what an answer says is open.
fn options(store: &MemoryStore, done: &Value) -> Value {
    let ui = done.get("ui").cloned().unwrap_or(json!({}));
    let question = json!({ "v": 1, "ask": "options", "ui": ui });
    let mut answer = ask(store, question, AT);
    assert_eq!(answer["answer"], "page", "{answer}");
    answer["view"].take()
}

fn settings(store: &MemoryStore) -> Settings {
    block_on(store.settings()).unwrap()
}

/// The one form that asks about a setting of the market on show.
fn form(view: &Value, setting: &str) -> Value {
    let all = actions(view, "weigh_form");
    let wanted = |action: &&Value| action["form"]["rule"]["setting"] == setting;
    all.iter().find(wanted).unwrap().clone()
}

/// What keeps the change that was weighed; other changes of the page need no weighing.
fn weighed(view: &Value) -> Vec<Value> {
    let moves_dates = |action: &Value| {
        let change = &action["change"];
        ["rule", "day", "close", "reopen"]
            .iter()
            .any(|kind| change.get(kind).is_some())
    };
    let mut all = actions(view, "keep");
    all.retain(moves_dates);
    all
}

/// Tries what a form asks for: the answer, and the page then.
fn weigh(store: &MemoryStore, form: &Value, fields: &Value) -> (Value, Value) {
    let done = act(store, form, fields, AT);
    let view = options(store, &done);
    (done, view)
}

/// Three Germans, written to on 1, 10 and 20 October: due on 2, 10 and 20 November (W2).
fn three_germans() -> MemoryStore {
    let store = MemoryStore::default();
    for (who, on) in [
        ("a@eins.de", "2026-10-01T09:30:00Z"),
        ("b@zwei.de", "2026-10-10T09:30:00Z"),
        ("c@drei.de", "2026-10-20T09:30:00Z"),
    ] {
        let thread = page::thread("Valves", &[Message(ms(on), ME, who)]);
        ask(&store, page::see(&thread), AT);
    }
    store
}

/// The numbers of the preview on show: moved, sooner, later, due before and after.
fn preview(view: &Value) -> [i64; 5] {
    let find = |key: &str| {
        let mut open = vec![view];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(all) if all.first() == Some(&json!(key)) => {
                    return Some(value.clone());
                }
                Value::Array(all) => open.extend(all),
                Value::Object(all) => open.extend(all.values()),
                _ => {}
            }
        }
        None
    };
    let (moves, due) = (find("preview_moves").unwrap(), find("preview_due").unwrap());
    [&moves[1], &moves[2][0]["number"], &moves[2][1]["number"]]
        .into_iter()
        .chain([&due[1][0]["number"], &due[1][1]["number"]])
        .map(|number| number.as_i64().unwrap())
        .collect::<Vec<_>>()
        .try_into()
        .unwrap()
}

#[test]
fn a_changed_rule_moves_the_due_dates_as_the_preview_said_and_its_reset_moves_them_back() {
    let store = three_germans();
    assert_eq!(due(&store, AT), 3);
    let view = options(&store, &json!({}));
    let every = form(&view, "touch_every");
    let two_months = json!({ "value": "2", "unit": "month", "min": "3", "min_unit": "week", "max": "45", "max_unit": "day" });
    let (_, view) = weigh(&store, &every, &two_months);
    // Two months after 1, 10 and 20 October all are in December.
    assert_eq!(preview(&view), [3, 0, 3, 3, 0]);
    assert_eq!(due(&store, AT), 3, "nothing is kept yet");
    assert_eq!(settings(&store).playbook, Settings::default().playbook);

    let done = act(&store, &weighed(&view)[0], &json!({}), AT);
    assert_eq!(due(&store, AT), 0);
    // From 1 October to Tuesday 1 December, 10:00 in Berlin, by then in winter (+1).
    assert_eq!(due(&store, "2026-12-01T08:59:59Z"), 0);
    assert_eq!(due(&store, "2026-12-01T09:00:00Z"), 1);
    assert_eq!(settings(&store).planned, Planned::All);
    let view = options(&store, &done);
    assert!(said(&view).contains("options_changed"), "{view}");

    // Reset by the button beside it, weighed likewise.
    let reset = &actions(&view, "weigh")[0];
    let (_, view) = weigh(&store, reset, &json!({}));
    assert_eq!(preview(&view), [3, 3, 0, 0, 3]);
    act(&store, &weighed(&view)[0], &json!({}), AT);
    assert_eq!(due(&store, AT), 3);
    assert_eq!(settings(&store).playbook, Settings::default().playbook);
}

#[test]
fn what_was_kept_can_be_undone_and_what_was_left_changes_nothing() {
    let store = three_germans();
    let off = form(&options(&store, &json!({})), "touch");
    let (_, view) = weigh(&store, &off, &json!({}));
    act(&store, &actions(&view, "leave")[0], &json!({}), AT);
    assert_eq!(settings(&store).playbook, Settings::default().playbook);
    let done = act(&store, &weighed(&view)[0], &json!({}), AT);
    // What remains are good wishes, and no holiday is near.
    assert_eq!(due(&store, AT), 0);
    act(&store, &done["ui"]["undo"], &json!({}), AT);
    assert_eq!(due(&store, AT), 3);
    assert_eq!(settings(&store).playbook, Settings::default().playbook);
}

#[test]
fn a_bad_value_is_refused_at_its_field_and_nothing_is_lost() {
    let store = three_germans();
    let view = options(&store, &json!({}));
    let every = |value: &str, min: &str, max: &str| json!({ "value": value, "unit": "day", "min": min, "min_unit": "day", "max": max, "max_unit": "day" });
    let cases = [
        ("touch_every", every("two", "10", "20"), "refused_no_number"),
        ("touch_every", every("", "10", "20"), "refused_no_number"),
        (
            "touch_every",
            every("30", "40", "50"),
            "refused_out_of_order",
        ),
        ("touch_every", every("0", "0", "50"), "refused_empty"),
        (
            "touch_every",
            every("9999", "1", "9999"),
            "refused_too_long",
        ),
        ("gap_days", json!({ "value": "0" }), "refused_gap"),
        (
            "hours",
            json!({ "from": "15:00", "to": "10:00" }),
            "refused_hours",
        ),
        ("hours", json!({ "from": "15:00" }), "refused_hours"),
        (
            "reminders",
            json!({ "first": "7", "second": "3", "third": "9" }),
            "refused_reminders",
        ),
        ("hesitant", json!({ "value": "65535" }), "refused_factor"),
    ];
    let kept = format!("{store:?}");
    for (setting, fields, sentence) in cases {
        let (done, view) = weigh(&store, &form(&view, setting), &fields);
        assert_eq!(done["answer"], "done", "{done}");
        assert!(said(&view).contains(sentence), "{setting}: {sentence}");
        assert!(weighed(&view).is_empty(), "{setting}");
    }
    assert_eq!(format!("{store:?}"), kept);
}

#[test]
fn a_client_s_own_rule_is_set_and_reset_at_once_and_moves_no_other() {
    let store = three_germans();
    let rule = json!({ "scope": { "client": "a@eins.de" }, "setting": "touch_every" });
    let on = |does: &str| {
        let mut action = rule.clone();
        action["do"] = does.into();
        action
    };
    let fields = json!({ "value": "1", "unit": "quarter" });
    let done = act(&store, &on("set_rule"), &fields, AT);
    assert_eq!(done["answer"], "done", "{done}");
    assert_eq!(due(&store, AT), 2);
    act(&store, &on("reset_rule"), &json!({}), AT);
    assert_eq!(due(&store, AT), 3);
    let refused = act(&store, &on("set_rule"), &json!({ "value": "x" }), AT);
    let why = &refused["ui"]["sidebar"]["refused"];
    assert_eq!(*why, json!(["touch_every", "no_number"]), "{refused}");
    assert_eq!(due(&store, AT), 3);
}

#[test]
fn a_corrected_day_moves_a_due_date_and_is_taken_back() {
    let store = MemoryStore::default();
    // Due on Monday 23 November 2026, 10:00 in Berlin.
    let page = wrote_to_anna("2026-10-23T07:30:00Z");
    ask(&store, page::see(&page), AT);
    assert_eq!(due(&store, AT), 1);
    let done = act(
        &store,
        &json!({ "do": "show_country" }),
        &json!({ "country": "DE" }),
        AT,
    );
    let view = options(&store, &done);
    assert!(said(&view).contains("calendar_good_until"), "{view}");
    let forms = actions(&view, "weigh_form");
    let add = forms
        .iter()
        .find(|action| action["form"]["day"].is_object());
    let day = json!({ "date": "2026-11-23", "kind": "holiday", "name": "Works outing" });
    let done = act(&store, add.unwrap(), &day, AT);
    let view = options(
        &store,
        &json!({ "ui": { "options": { "country": "DE", "draft": done["ui"]["options"]["draft"] } } }),
    );
    assert_eq!(preview(&view), [1, 0, 1, 1, 0]);
    let done = act(&store, &weighed(&view)[0], &json!({}), AT);
    assert_eq!(due(&store, AT), 0);
    assert_eq!(due(&store, "2026-11-24T09:00:00Z"), 1);
    let known = settings(&store);
    let kind = known
        .playbook
        .correction("DE".parse().unwrap(), "2026-11-23".parse().unwrap());
    assert_eq!(kind, Some(&CorrectionKind::Holiday("Works outing".into())));
    // The strip says so, too, and the page offers to take it back.
    let drawn = ask(&store, page::see(&page), AT);
    assert!(said(&drawn["strip"]).contains("Works outing"), "{drawn}");
    act(&store, &done["ui"]["undo"], &json!({}), AT);
    assert_eq!(due(&store, AT), 1);
}

#[test]
fn closing_days_pull_a_letter_forward() {
    let store = MemoryStore::default();
    // Written on 23 November; a month later is Wednesday 23 December.
    let page = wrote_to_anna("2026-11-23T07:30:00Z");
    ask(&store, page::see(&page), AT);
    let closing = actions(&options(&store, &json!({})), "weigh_form");
    let closing = closing.iter().find(|action| action["form"] == "closing");
    let days = json!({ "from": "2026-12-23", "to": "2026-12-31", "note": "Stocktaking" });
    let (_, view) = weigh(&store, closing.unwrap(), &days);
    assert_eq!(preview(&view), [1, 1, 0, 0, 0]);
    act(&store, &weighed(&view)[0], &json!({}), AT);
    // No nearer than three weeks, on Monday 14 December.
    assert_eq!(due(&store, "2026-12-14T08:59:59Z"), 0);
    assert_eq!(due(&store, "2026-12-14T09:00:00Z"), 1);
    assert_eq!(settings(&store).playbook.closings.len(), 1);
}

#[test]
fn a_letter_s_hours_are_the_rules_in_force() {
    let store = three_germans();
    let hours = form(&options(&store, &json!({})), "hours");
    let fields = json!({ "from": "08:00", "to": "09:00" });
    let (_, view) = weigh(&store, &hours, &fields);
    act(&store, &weighed(&view)[0], &json!({}), AT);
    let thread = page::thread(
        "Valves",
        &[Message(ms("2026-10-01T09:30:00Z"), ME, "a@eins.de")],
    );
    // 07:30 UTC is 08:30 in Berlin.
    let drawn = ask(&store, page::see(&thread), "2026-11-23T07:30:00Z");
    assert!(said(&drawn["strip"]).contains("daytime_open"), "{drawn}");
    let drawn = ask(&store, page::see(&thread), AT);
    assert!(said(&drawn["strip"]).contains("daytime_closed"), "{drawn}");
    let snooze = &actions(&drawn["strip"], "snooze");
    let eight = ms("2026-11-24T07:00:00Z");
    assert!(
        snooze.iter().any(|action| action["until"] == eight),
        "{snooze:?}"
    );
}

#[test]
fn the_agenda_asks_no_more_of_a_day_than_the_limit() {
    let store = three_germans();
    let limit = json!({ "do": "weigh_form", "form": "daily_limit" });
    act(&store, &limit, &json!({ "value": "2" }), AT);
    let weeks = ask(&store, json!({ "v": 1, "ask": "weeks" }), AT);
    let text = said(&weeks["view"]);
    // Three are due now: two today, one moved to tomorrow; and the sum of all days stands above them.
    let days = |count: u32| {
        text.matches(&format!("[\"ahead_letters\",{count},"))
            .count()
    };
    assert_eq!((days(3), days(2), days(1)), (1, 1, 1), "{text}");
    assert_eq!(text.matches("ahead_put_off").count(), 1);
    let (_, view) = weigh(&store, &limit, &json!({ "value": "0" }));
    assert!(said(&view).contains("refused_daily_limit"));
    assert_eq!(settings(&store).daily_limit, 2);
}

#[test]
fn a_holiday_stands_in_the_agenda_once_with_everywhere_it_is_one() {
    let store = MemoryStore::default();
    for (on, who) in [
        ("2026-11-20T09:30:00Z", "a@eins.de"),
        ("2026-11-20T10:30:00Z", "b@deux.fr"),
        // Whose list has it as “Christmas”.
        ("2026-10-20T10:50:00Z", "c@teen.co.in"),
    ] {
        let wrote = Message(ms(on), ME, who);
        ask(&store, page::see(&page::thread("Valves", &[wrote])), AT);
    }
    let weeks = json!({ "v": 1, "ask": "weeks" });
    let text = said(&ask(&store, weeks, "2026-12-10T10:00:00Z")["view"]);
    assert_eq!(text.matches(r#""holiday":"Christmas"#).count(), 1, "{text}");
    let all = r#"{"holiday":"Christmas Day"},{"list":[{"country":"DE"},{"country":"FR"},{"country":"IN"}]}"#;
    assert!(text.contains(all), "{text}");
    // The second day of Christmas is Germany's alone.
    assert!(text.contains(r#"{"list":[{"country":"DE"}]}"#), "{text}");
}

#[test]
fn a_worker_that_died_while_planning_anew_goes_on_where_it_was() {
    let store = three_germans();
    let mut half = Settings::default();
    let value = cadence::playbook::Value::Switch(false);
    let scope = Scope::Market(cadence::market::Market::EuropeAmerica);
    half.playbook.set(scope, Setting::Touch, value).unwrap();
    half.planned = Planned::None;
    let changes = Changes {
        settings: Some(half),
        ..Changes::default()
    };
    block_on(store.save(&changes)).unwrap();
    assert_eq!(due(&store, AT), 3);
    assert!(
        block_on(cadence::service::calls(&store, now(AT)))
            .unwrap()
            .more
    );
    while settings(&store).planned != Planned::All {
        block_on(cadence::service::advance(&store, now(AT))).unwrap();
    }
    assert_eq!(due(&store, AT), 0);
    assert!(
        !block_on(cadence::service::calls(&store, now(AT)))
            .unwrap()
            .more
    );
}

#[test]
fn many_clients_are_planned_anew_in_pieces_and_none_is_missed() {
    let store = MemoryStore::default();
    let sent = ms("2026-10-01T09:30:00Z");
    for n in 0..30_i64 {
        let rows: Vec<_> = (0..40_i64)
            .map(|m| (sent + n * 100 + m, format!("buyer@firm{n}x{m}.de")))
            .collect();
        let rows: Vec<_> = rows
            .iter()
            .map(|(at, who)| (*at, *at, [ME, who.as_str()], false))
            .collect();
        let rows: Vec<_> = rows
            .iter()
            .map(|(first, last, people, unread)| (*first, *last, &people[..], *unread))
            .collect();
        ask(&store, page::see(&page::rows(&rows)), AT);
    }
    assert_eq!(due(&store, AT), 1200);
    let off = form(&options(&store, &json!({})), "touch");
    let (_, view) = weigh(&store, &off, &json!({}));
    assert_eq!(preview(&view), [1200, 0, 1200, 1200, 0]);
    // The first piece is planned before the answer is given, the others beside whatever is asked.
    act(&store, &weighed(&view)[0], &json!({}), AT);
    let on = || {
        let settings = block_on(cadence::service::advance(&store, now(AT))).unwrap();
        (due(&store, AT), settings.planned)
    };
    let (left, planned) = (due(&store, AT), settings(&store).planned);
    assert_eq!(left, 1000);
    assert!(matches!(planned, Planned::Through { clients: 200, .. }));
    // Questions have their answers at once, and none of them plans.
    ask(&store, json!({ "v": 1, "ask": "popup" }), AT);
    assert_eq!(due(&store, AT), 1000);
    for left in [800, 600, 400, 200] {
        assert_eq!(on().0, left);
    }
    assert_eq!(on(), (0, Planned::All));
}

#[test]
fn the_user_s_own_zone_words_every_date_and_is_taken_back() {
    let store = three_germans();
    let zone = json!({ "do": "weigh_form", "form": "zone" });
    // These tests' computer stands in Shanghai.
    let first_day = |store: &MemoryStore| {
        let weeks = ask(
            store,
            json!({ "v": 1, "ask": "weeks" }),
            "2026-11-23T23:30:00Z",
        );
        let text = said(&weeks["view"]);
        // The first day of the page: midnight UTC of the user's date.
        let day = text.split("\"at\":{\"ms\":").nth(1).unwrap();
        day.split(',').next().unwrap().parse::<i64>().unwrap()
    };
    let (london, next_day) = (1_795_392_000_000, 1_795_478_400_000);
    assert_eq!(first_day(&store), next_day, "it is Tuesday in Shanghai");
    let done = act(&store, &zone, &json!({ "zone": "Europe/London" }), AT);
    assert_eq!(first_day(&store), london);
    act(&store, &done["ui"]["undo"], &json!({}), AT);
    assert_eq!(first_day(&store), next_day);
}

#[test]
fn an_address_of_the_user_s_own_is_no_client_until_it_is_taken_back() {
    let store = three_germans();
    let before = due(&store, AT);
    let form = json!({ "do": "weigh_form", "form": "address" });
    let everybody = block_on(store.everybody()).unwrap();
    let email = everybody[0].key.email.as_str().to_owned();
    let done = act(&store, &form, &json!({ "address": email }), AT);
    assert!(due(&store, AT) < before);
    act(&store, &done["ui"]["undo"], &json!({}), AT);
    assert_eq!(due(&store, AT), before);
    let (_, view) = weigh(&store, &form, &json!({ "address": "nobody" }));
    assert!(said(&view).contains("refused_email"));
}

#[test]
fn the_day_s_one_call_comes_at_its_hour_and_never_for_nothing() {
    use cadence::service::calls;
    let store = three_germans();
    let calls = |store: &MemoryStore, at: &str| block_on(calls(store, now(at))).unwrap();
    assert!(!calls(&store, AT).notify, "off by default");
    let form = json!({ "do": "weigh_form", "form": "call_at" });
    act(&store, &form, &json!({ "on": "on", "at": "14:30" }), AT);
    let zone = json!({ "do": "weigh_form", "form": "zone" });
    act(&store, &zone, &json!({ "zone": "Europe/London" }), AT);
    let early = calls(&store, "2026-11-23T14:29:59Z");
    assert!(!early.notify);
    assert_eq!(
        early.next.map(|next| next.ms()),
        Some(ms("2026-11-23T14:30:00Z"))
    );
    assert!(calls(&store, "2026-11-23T14:30:00Z").notify);
    assert!(!calls(&store, "2026-11-23T15:00:00Z").notify, "once a day");
    assert!(
        calls(&store, "2026-11-24T20:00:00Z").notify,
        "late is better than never"
    );
    block_on(store.clear()).unwrap();
    act(&store, &form, &json!({ "on": "on", "at": "14:30" }), AT);
    assert!(
        !calls(&store, "2026-11-25T20:00:00Z").notify,
        "nothing is due"
    );
}

#[test]
fn the_badge_counts_what_the_user_says() {
    use cadence::service::calls;
    let store = three_germans();
    let badge = |at: &str| block_on(calls(&store, now(at))).unwrap().badge;
    let due = due(&store, AT);
    assert_eq!(badge(AT), due);
    let form = json!({ "do": "weigh_form", "form": "badge" });
    act(&store, &form, &json!({ "badge": "off" }), AT);
    assert_eq!(badge(AT), 0);
    act(&store, &form, &json!({ "badge": "overdue" }), AT);
    assert!(badge(AT) <= due);
    // A day later all of them are overdue, and still so many are due.
    assert!(badge("2026-11-24T00:00:00Z") >= due);
}

#[test]
fn badge_and_alarm_follow_the_clock_in_a_worker_that_never_sleeps() {
    use cadence::service::calls;
    use cadence::store::Cached;
    // Wishes come and go: letters of 8 December are next due in January, and Christmas is in between.
    let cached = Cached::new(MemoryStore::default());
    let page = wrote_to_anna("2026-12-08T09:30:00Z");
    let see = serde_json::from_value(page::see(&page)).unwrap();
    block_on(cadence::service::answer(
        &cached,
        see,
        now("2026-12-09T10:00:00Z"),
    ));
    let mut badges = Vec::new();
    for hour in 0..50 * 24 {
        let start = ms("2026-12-09T10:00:00Z");
        let at = Instant::from_ms(start + hour * 3_600_000).unwrap();
        let now = Now { at, ..now(AT) };
        let awake = block_on(calls(&cached, now)).unwrap();
        // Whatever it has not done by now a worker that is woken for it would do.
        assert_eq!(
            awake,
            block_on(calls(cached.inner(), now)).unwrap(),
            "{at:?}"
        );
        badges.push(awake.badge);
    }
    badges.dedup();
    assert_eq!(badges, [0, 1, 0, 1], "not due, wishes, over, due");
}

#[test]
fn deleting_takes_two_steps() {
    let store = three_germans();
    let view = options(&store, &json!({ "ui": {} }));
    assert!(said(&view).contains("[\"stored_clients\",3,"));
    assert!(actions(&view, "delete_all").is_empty());
    let asked = act(&store, &actions(&view, "ask_delete")[0], &json!({}), AT);
    let view = options(&store, &asked);
    assert_eq!(actions(&view, "delete_all").len(), 1);
}
