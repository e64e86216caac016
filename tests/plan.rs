//! `cadence plan` from the outside: one JSON line in, one out, whatever the line says.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// 2026-11-23T14:05:00Z, a Monday.
const NOW: i64 = 1_795_442_700_000;
const DAY: i64 = 86_400_000;

/// The answers to some lines, and the exit status.
fn plan(lines: &[String]) -> (Vec<Value>, i32) {
    ask(&["plan"], lines)
}

fn ask(words: &[&str], lines: &[String]) -> (Vec<Value>, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cadence"))
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let input = lines.join("\n");
    command
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let output = command.wait_with_output().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers = answers
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    (answers.collect(), output.status.code().unwrap())
}

/// A question about a client who was written to so many days ago.
fn question(client: &Value, days: &[i64]) -> Value {
    let messages: Vec<Value> = days
        .iter()
        .map(|days| json!({"at": NOW - days * DAY, "from_me": true}))
        .collect();
    json!({"id": 7, "now": NOW, "seller_zone": "Asia/Shanghai", "client": client, "messages": messages})
}

fn answer(question: &Value) -> Value {
    plan(&[question.to_string()]).0.remove(0)
}

#[test]
fn the_answer_holds_to_its_contract() {
    let client = json!({"email": "anna@example.com", "country": "DE", "zone": "Europe/Berlin"});
    let answer = answer(&question(&client, &[40]));
    assert_eq!(answer["id"], 7);
    assert_eq!(answer["local_time"], "2026-11-23T15:05:00");
    assert_eq!(answer["market"], "europe_america");
    assert_eq!(answer["days_since_contact"], 40);
    assert_eq!(answer["status"], "due");
    assert_eq!(answer["step"]["kind"], "touch");
    assert_eq!(answer["step"]["rules"][0], "W2");
    // Tuesday, 10:00 to 15:00 in Berlin.
    assert_eq!(answer["step"]["opens"], 1_795_510_800_000_i64);
    assert_eq!(answer["step"]["closes"], 1_795_528_800_000_i64);
}

#[test]
fn a_place_is_worked_out_only_where_it_is_certain() {
    let of = |client: Value| answer(&question(&client, &[10]));
    assert_eq!(
        of(json!({"email": "anna@firma.de"}))["market"],
        "europe_america"
    );
    assert_eq!(
        of(json!({"email": "a@example.com", "country": "IN"}))["market"],
        "india"
    );
    assert_eq!(
        of(json!({"email": "a@example.com", "zone": "Asia/Bangkok"}))["market"],
        "south_east_asia"
    );
    let unknown = of(json!({"email": "anna@gmail.com"}));
    assert_eq!(unknown["status"], "unknown_place");
    assert_eq!(unknown["days_since_contact"], 10);
    assert_eq!(
        (&unknown["step"], &unknown["local_time"]),
        (&Value::Null, &Value::Null)
    );
    // Of two markets the user's own choice counts.
    let both = of(json!({"email": "a@example.com", "country": "IN", "market": "south_america"}));
    assert_eq!(both["market"], "south_america");
    assert_eq!(
        both["step"]["rules"].as_array().unwrap().last().unwrap(),
        "N1"
    );
}

#[test]
fn a_region_says_the_country_and_its_own_weekend() {
    let of = |client: Value| answer(&question(&client, &[40]));
    // Monday 23 November 2026, 22:05 in Johor: Tuesday is worked. In Kedah, too.
    let kedah = of(json!({"email": "a@example.com", "region": "MY-02"}));
    assert_eq!(kedah["market"], "south_east_asia");
    assert_eq!(kedah["local_time"], "2026-11-23T22:05:00");
    let (answers, status) = plan(&[
        question(
            &json!({"email": "a@example.com", "country": "DE", "region": "MY-02"}),
            &[9],
        )
        .to_string(),
        question(&json!({"email": "a@example.com", "region": "MY-99"}), &[9]).to_string(),
    ]);
    assert_eq!(status, 1);
    assert_eq!(answers[0]["error"], "MY-02 is in another country");
    assert!(answers[1]["error"].as_str().unwrap().contains("MY-99"));
}

#[test]
fn a_history_of_one_message_of_none_and_of_the_future_has_a_clear_status() {
    let client = json!({"email": "a@example.com", "country": "VN"});
    // One letter of ours, ten days ago: the quotation's quarter is not over.
    let one = answer(&question(&client, &[10]));
    assert_eq!(
        (&one["status"], &one["days_since_contact"]),
        (&json!("waiting"), &json!(10))
    );
    // One of theirs: it waits for an answer.
    let mut asked = question(&client, &[10]);
    asked["messages"][0]["from_me"] = json!(false);
    assert_eq!(answer(&asked)["status"], "reply_now");
    let none = answer(&question(&client, &[]));
    assert_eq!(
        (&none["status"], &none["step"], &none["days_since_contact"]),
        (&json!("waiting"), &Value::Null, &Value::Null)
    );
    // What is dated a year ahead did not happen.
    let ahead = answer(&question(&client, &[-365]));
    assert_eq!(
        (&ahead["status"], &ahead["step"]),
        (&json!("waiting"), &Value::Null)
    );
}

#[test]
fn messages_out_of_order_make_the_same_plan() {
    let client = json!({"email": "a@example.com", "country": "VN"});
    let forwards = answer(&question(&client, &[3, 1]));
    assert_eq!(forwards["status"], "too_soon");
    assert_eq!(forwards, answer(&question(&client, &[1, 3])));
}

#[test]
fn a_letter_to_a_colleague_counts_for_the_guard() {
    let client = json!({"email": "a@example.com", "country": "VN"});
    let mut question = question(&client, &[3]);
    assert_eq!(answer(&question)["status"], "waiting");
    question["company_messages"] = json!([{"at": NOW - DAY, "from_me": true}]);
    assert_eq!(answer(&question)["status"], "too_soon");
}

#[test]
fn a_bad_line_gets_a_clear_answer_and_the_next_one_its_own() {
    let client = json!({"email": "a@example.com", "country": "VN"});
    let good = question(&client, &[10]);
    let with = |key: &str, value: Value| {
        let mut bad = good.clone();
        match key.split_once('.') {
            Some((outer, inner)) => bad[outer][inner] = value,
            None => bad[key] = value,
        }
        bad.to_string()
    };
    let lines = [
        "{".to_owned(),
        with("now", json!(-1)),
        with("seller_zone", json!("Mars/Olympus")),
        with("client.country", json!("ZZ")),
        with("client.zone", json!("Berlin")),
        with("client.market", json!("mars")),
        with("client.stage", json!("asleep")),
        with("client.email", json!("nobody")),
        with(
            "messages",
            json!([{"at": NOW, "from_me": true, "kind": "spam"}]),
        ),
        with(
            "playbook",
            json!({"everywhere": {"gap_days": {"switch": true}}}),
        ),
        good.to_string(),
    ];
    let (answers, status) = plan(&lines);
    assert_eq!((answers.len(), status), (lines.len(), 1));
    let (last, bad) = answers.split_last().unwrap();
    assert_eq!(last["status"], "waiting");
    for (answer, line) in bad.iter().zip(&lines) {
        assert!(!answer["error"].as_str().unwrap().is_empty(), "{line}");
    }
    assert_eq!(answers[2]["error"], "“Mars/Olympus” is no IANA time zone");
}

#[test]
fn the_users_changes_count() {
    let client = json!({"email": "a@example.com", "country": "DE"});
    let mut question = question(&client, &[10]);
    assert_eq!(answer(&question)["status"], "waiting");
    let week = json!({"count": 1, "unit": "week"});
    question["playbook"] = json!({"markets": {"europe_america": {
        "touch_every": {"every": {"min": week, "default": week, "max": week}},
    }}});
    let changed = answer(&question);
    assert_eq!(changed["status"], "due");
    assert_eq!(changed["turn"]["pace"]["changed"], true);
}

/// The United States have several zones: the one with most people is assumed, and that is said.
#[test]
fn the_zone_that_dates_are_made_with_is_named_and_so_is_why() {
    let of = |client: Value| {
        let answer = answer(&question(&client, &[10]));
        (answer["zone"].clone(), answer["zone_basis"].clone())
    };
    let us = json!({"email": "a@example.com", "country": "US"});
    assert_eq!(of(us), (json!("America/New_York"), json!("assumed")));
    let de = json!({"email": "a@example.com", "country": "DE"});
    assert_eq!(of(de), (json!("Europe/Berlin"), json!("only")));
    let told = json!({"email": "a@example.com", "country": "US", "zone": "America/Denver"});
    assert_eq!(of(told), (json!("America/Denver"), json!("word")));
    let nobody = json!({"email": "a@gmail.com"});
    assert_eq!(of(nobody), (Value::Null, Value::Null));
}

#[test]
fn null_stands_for_what_is_missing_and_a_snooze_begins_now_where_it_does_not_say() {
    let client = json!({
        "email": "a@example.com", "country": "DE", "zone": null, "market": null, "stage": null, "intent": null,
    });
    let mut question = question(&client, &[40]);
    question["snooze"] = Value::Null;
    question["messages"][0]["kind"] = Value::Null;
    assert_eq!(answer(&question)["status"], "due");
    question["snooze"] = json!({"until": NOW + DAY});
    assert_eq!(answer(&question)["status"], "snoozed");
}

/// Sri Lanka's holidays are known to the end of 2026; the quotation's quarter ends in 2027.
#[test]
fn a_date_beyond_the_known_holidays_says_so() {
    let of = |country| {
        let client = json!({"email": "a@example.com", "country": country});
        answer(&question(&client, &[10]))["known"].clone()
    };
    assert_eq!((of("LK"), of("VN")), (json!(false), Value::Null));
}

/// Three German clients whose month is over, one a day: the negotiating one comes first. The fourth is
/// due in a month's time, and a line that is none is named.
#[test]
fn the_agenda_spreads_what_is_due_over_the_days() {
    let client = |stage| json!({"email": "a@example.com", "country": "DE", "stage": stage});
    let mut lines: Vec<Value> = ["inquiry", "negotiating", "quoted"]
        .map(|stage| question(&client(stage), &[50]))
        .into();
    lines.push(question(&client("inquiry"), &[1]));
    for (line, id) in lines.iter_mut().zip(["a", "b", "c", "d"]) {
        line["id"] = json!(id);
    }
    let mut lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    lines.push("{".to_owned());
    let (answers, status) = ask(&["agenda", "--days", "2", "--limit", "1"], &lines);
    assert_eq!(status, 1);
    assert!(answers[0]["error"].as_str().unwrap().contains("no JSON"));
    // Monday's window in Berlin is over by 22:05 in Shanghai, where Tuesday's is on Tuesday.
    assert_eq!(answers[1], json!({"date": "2026-11-23", "due": []}));
    assert_eq!(answers[2]["date"], "2026-11-24");
    assert_eq!(
        answers[2]["due"],
        json!([{"id": "b", "opens": 1_795_510_800_000_i64, "closes": 1_795_528_800_000_i64, "put_off": false}])
    );
    assert_eq!(answers[3], json!({"left_over": ["c", "a"]}));
}
