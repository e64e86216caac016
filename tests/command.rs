//! `cadence zone`, `day` and `window` as a user runs them: JSON Lines in, JSON Lines out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// What the command answers to some lines, and whether it was content with all of them.
fn cadence(command: &str, lines: &[&str]) -> (Vec<String>, bool) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cadence"))
        .arg(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(lines.join("\n").as_bytes()).unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (
        text.lines().map(str::to_owned).collect(),
        output.status.success(),
    )
}

#[test]
fn zone_tells_the_offset_and_the_local_time() {
    // 2026-11-23T14:05:00Z. Vancouver has kept daylight-saving time for good since that month.
    let (answers, content) = cadence(
        "zone",
        &[
            r#"{"id":1,"zone":"America/Vancouver","at":1795442700000}"#,
            r#"{"id":"k","zone":"Asia/Kathmandu","at":1795442700000}"#,
        ],
    );
    assert_eq!(
        answers,
        [
            r#"{"id":1,"offset_s":-25200,"local":"2026-11-23T07:05:00"}"#,
            r#"{"id":"k","offset_s":20700,"local":"2026-11-23T19:50:00"}"#,
        ]
    );
    assert!(content);
}

#[test]
fn day_tells_weekend_and_holiday_with_all_names() {
    let (answers, content) = cadence(
        "day",
        &[
            r#"{"id":1,"country":"DE","date":"2026-12-25"}"#,
            r#"{"id":2,"country":"SA","date":"2026-11-27"}"#,
            r#"{"id":3,"country":"IN","date":"2027-08-15"}"#,
        ],
    );
    assert_eq!(
        answers,
        [
            r#"{"id":1,"weekend":false,"holiday":true,"name":"Christmas Day"}"#,
            r#"{"id":2,"weekend":true,"holiday":false,"name":null}"#,
            r#"{"id":3,"weekend":true,"holiday":true,"name":"Independence Day; Prophet's Birthday"}"#,
        ]
    );
    assert!(content);
}

/// Kedah rests on Friday and Saturday, Malaysia on Saturday and Sunday; China works Saturday
/// 10 October 2026.
#[test]
fn day_and_window_know_regions_and_days_that_make_up_for_others() {
    let (answers, content) = cadence(
        "day",
        &[
            r#"{"id":1,"country":"MY","date":"2026-11-27"}"#,
            r#"{"id":2,"country":"MY","region":"MY-02","date":"2026-11-27"}"#,
            r#"{"id":3,"country":"CN","date":"2026-10-10"}"#,
            r#"{"id":4,"country":"DE","region":"MY-02","date":"2026-11-27"}"#,
        ],
    );
    assert_eq!(
        answers,
        [
            r#"{"id":1,"weekend":false,"holiday":false,"name":null}"#,
            r#"{"id":2,"weekend":true,"holiday":false,"name":null}"#,
            r#"{"id":3,"weekend":true,"holiday":false,"name":null,"make_up":true}"#,
            r#"{"id":4,"error":"MY-02 is no part of DE"}"#,
        ]
    );
    assert!(!content);
    // From Friday 27 November 2026, 00:00 UTC: Sunday the 29th, 10:00 to 15:00 at +08:00.
    let question = r#"{"id":1,"country":"MY","region":"MY-02","zone":"Asia/Kuala_Lumpur","after":1795737600000,"from":"10:00","to":"15:00"}"#;
    let (answers, content) = cadence("window", &[question]);
    assert_eq!(
        answers,
        [r#"{"id":1,"opens":1795917600000,"closes":1795935600000}"#]
    );
    assert!(content);
}

#[test]
fn window_tells_when_it_opens_and_closes() {
    // From Christmas Eve 2026, 16:00 in Berlin, to Monday the 28th, 10:00 to 15:00 at +01:00.
    let question = r#"{"id":1,"country":"DE","zone":"Europe/Berlin","after":1798124400000,"from":"10:00","to":"15:00"}"#;
    let (answers, content) = cadence("window", &[question]);
    assert_eq!(
        answers,
        [r#"{"id":1,"opens":1798448400000,"closes":1798466400000}"#]
    );
    assert!(content);
}

#[test]
fn a_line_that_cannot_be_answered_says_why_and_the_next_one_is_answered() {
    let window = |id, country, zone, after, from, to| {
        format!(
            r#"{{"id":{id},"country":"{country}","zone":"{zone}","after":{after},"from":"{from}","to":"{to}"}}"#
        )
    };
    let lines = [
        window(1, "QQ", "Europe/Berlin", "1795442700000", "10:00", "15:00"),
        window(
            2,
            "DE",
            "Europe/Atlantis",
            "1795442700000",
            "10:00",
            "15:00",
        ),
        window(3, "DE", "Europe/Berlin", "-1", "10:00", "15:00"),
        window(4, "DE", "Europe/Berlin", "1795442700000", "ten", "15:00"),
        window(5, "DE", "Europe/Berlin", "1795442700000", "15:00", "10:00"),
        "no JSON".to_owned(),
        window(7, "DE", "Europe/Berlin", "1795514400000", "10:00", "15:00"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (answers, content) = cadence("window", &lines);
    assert_eq!(
        answers,
        [
            r#"{"id":1,"error":"“QQ” is no ISO 3166-1 country code"}"#,
            r#"{"id":2,"error":"“Europe/Atlantis” is no IANA time zone"}"#,
            r#"{"id":3,"error":"-1 ms is no time between 1970 and 9999"}"#,
            r#"{"id":4,"error":"“ten” is no time of day such as 10:00"}"#,
            r#"{"id":5,"error":"hours must end after they begin, and 15:00 to 10:00 do not"}"#,
            r#"{"id":null,"error":"this is no JSON: expected ident at column 2"}"#,
            // 2026-11-24T10:00Z is 11:00 in Berlin: open already.
            r#"{"id":7,"opens":1795514400000,"closes":1795528800000}"#,
        ]
    );
    assert!(!content);
}

/// Python's json writes whole instants that were worked out as `5.0`; other writers write `null` for
/// what they do not know, and shells put a mark in front.
#[test]
fn what_others_write_for_the_same_is_read_the_same() {
    let (answers, content) = cadence(
        "zone",
        &[
            "\u{feff}{\"id\":1,\"zone\":\"UTC\",\"at\":5000}\r",
            r#"{"id":2,"zone":"UTC","at":5000.0}"#,
            "",
            "  \r",
            r#"{"zone":"UTC","at":5000,"more":null}"#,
        ],
    );
    assert_eq!(
        answers,
        [
            r#"{"id":1,"offset_s":0,"local":"1970-01-01T00:00:05"}"#,
            r#"{"id":2,"offset_s":0,"local":"1970-01-01T00:00:05"}"#,
            r#"{"id":null,"offset_s":0,"local":"1970-01-01T00:00:05"}"#,
        ]
    );
    assert!(content);
    let (answers, content) = cadence(
        "zone",
        &[
            r#"["UTC",5000]"#,
            r#"{"id":2,"zone":"UTC","at":0.5}"#,
            r#"{"id":3,"zone":"UTC","at":1e300}"#,
            r#"{"id":4,"zone":null,"at":5}"#,
            r#"{"id":5,"zone":"UTC""#,
        ],
    );
    assert_eq!(
        answers,
        [
            r#"{"id":null,"error":"a line must be one JSON object, such as {\"id\":1}"}"#,
            r#"{"id":2,"error":"invalid type: number `0.5`, expected a whole number"}"#,
            r#"{"id":3,"error":"invalid type: number `1e+300`, expected a whole number"}"#,
            r#"{"id":4,"error":"missing field `zone`"}"#,
            r#"{"id":null,"error":"this is no JSON: EOF while parsing an object at column 20"}"#,
        ]
    );
    assert!(!content);
}

/// Holidays are known from 2015 to 2037, Sri Lanka's to 2026.
#[test]
fn where_holidays_are_not_known_day_and_window_say_so() {
    let (answers, content) = cadence(
        "day",
        &[
            r#"{"id":1,"country":"DE","date":"2040-12-25"}"#,
            r#"{"id":2,"country":"LK","date":"2027-05-20"}"#,
            r#"{"id":3,"country":"LK","date":"2026-12-25"}"#,
        ],
    );
    assert_eq!(
        answers,
        [
            r#"{"id":1,"weekend":false,"holiday":false,"name":null,"known":false}"#,
            r#"{"id":2,"weekend":false,"holiday":false,"name":null,"known":false}"#,
            r#"{"id":3,"weekend":false,"holiday":true,"name":"Christmas Day"}"#,
        ]
    );
    assert!(content);
    // Tuesday 25 December 2040, 00:00 UTC.
    let question = r#"{"id":1,"country":"DE","zone":"Europe/Berlin","after":2240006400000,"from":"10:00","to":"15:00"}"#;
    let (answers, _) = cadence("window", &[question]);
    assert_eq!(
        answers,
        [r#"{"id":1,"opens":2240038800000,"closes":2240056800000,"known":false}"#]
    );
}

#[test]
fn day_and_window_tell_more_where_it_is_asked_for() {
    let (answers, _) = cadence(
        "day",
        &[
            r#"{"id":1,"country":"IT","date":"2026-08-14","more":true}"#,
            r#"{"id":2,"country":"IR","date":"2026-11-26","more":true}"#,
            r#"{"id":3,"country":"AE","date":"2027-03-09","more":true}"#,
        ],
    );
    let after = |answer: &String, field: &str| answer.split_once(field).unwrap().1.to_owned();
    assert_eq!(
        after(&answers[0], r#""about":"#),
        r#"false,"half":false,"season":{"key":"august","from":"2026-08-01","to":"2026-08-31","pace":"away","about":false}}"#
    );
    assert_eq!(
        after(&answers[1], r#""about":"#),
        r#"false,"half":true,"season":null}"#
    );
    assert!(
        answers[2].contains(r#""about":true,"half":false"#),
        "{}",
        answers[2]
    );
    // Madrid, Tuesday 24 November 2026, 12:30 at +01:00: two hours until lunch at 14:00.
    let question = r#"{"id":1,"country":"ES","zone":"Europe/Madrid","after":1795519800000,"from":"10:00","to":"15:00","more":true}"#;
    let (answers, _) = cadence("window", &[question]);
    assert_eq!(
        answers,
        [
            r#"{"id":1,"opens":1795519800000,"closes":1795528800000,"best":{"opens":1795519800000,"closes":1795525200000,"because":["lunch"]}}"#
        ]
    );
}

#[test]
fn a_question_is_answered_before_the_next_one_is_asked_and_nobody_who_has_gone_is_answered() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cadence"))
        .arg("zone")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for id in 1..=2 {
        writeln!(input, r#"{{"id":{id},"zone":"UTC","at":0}}"#).unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        assert_eq!(
            answer.trim_end(),
            format!(r#"{{"id":{id},"offset_s":0,"local":"1970-01-01T00:00:00"}}"#)
        );
    }
    drop(output);
    // It ends by itself, though more could be asked.
    while writeln!(input, r#"{{"id":3,"zone":"UTC","at":0}}"#).is_ok() {}
    child.wait().unwrap();
}
