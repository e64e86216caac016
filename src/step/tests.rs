use super::*;
use crate::history::History;
use crate::scene::{at, client, history, planned};

#[test]
fn a_client_who_wrote_last_is_answered_first_also_where_their_place_is_unknown() {
    let history = history(&["me 2026-10-01T08:00:00Z", "they 2026-11-20T09:00:00Z"]);
    let now = "2026-11-23T06:00:00Z"; // Monday, 07:00 in Berlin.
    let mut anna = client("DE", "Europe/Berlin");
    let answered = planned(&anna, &history, None, now);
    assert_eq!(answered.status, Status::ReplyNow);
    assert_eq!(answered.due_at, Some(at("2026-11-20T09:00:00Z")));
    assert_eq!(answered.days_since_contact, Some(2));
    let step = answered.step.unwrap();
    assert_eq!(
        (step.kind, step.topic),
        (StepKind::Reply, Topic::TheirQuestion)
    );
    assert_eq!(step.opens, at("2026-11-23T09:00:00Z")); // 10:00 in Berlin
    assert_eq!(step.closes, at("2026-11-23T14:00:00Z")); // 15:00 in Berlin

    anna.zone = None;
    let unplaced = planned(&anna, &history, None, now);
    assert_eq!((unplaced.status, unplaced.step), (Status::ReplyNow, None));
    anna.stage = Stage::Ordered;
    assert_eq!(planned(&anna, &history, None, now).status, Status::ReplyNow);
}

#[test]
fn an_unknown_place_gets_no_date_but_still_a_count_of_days() {
    let history = history(&["me 2026-10-01T08:00:00Z"]);
    let anna = Client::new("anna@gmail.com".parse().unwrap());
    let plan = planned(&anna, &history, None, "2026-10-11T07:59:59Z");
    assert_eq!(plan.status, Status::UnknownPlace);
    assert_eq!(plan.days_since_contact, Some(9));
    assert_eq!((plan.step, plan.due_at, plan.market), (None, None, None));
}

#[test]
fn an_order_or_a_loss_rests_the_rhythm() {
    let history = history(&["they 2026-01-01T08:00:00Z", "me 2026-01-02T08:00:00Z"]);
    for stage in [Stage::Ordered, Stage::Lost] {
        let anna = Client {
            stage,
            ..client("DE", "Europe/Berlin")
        };
        let plan = planned(&anna, &history, None, "2026-11-23T10:00:00Z");
        assert_eq!(
            (plan.status, plan.step, plan.due_at),
            (Status::Ordered, None, None)
        );
    }
}

#[test]
fn no_contact_yet_is_waiting_without_a_date() {
    let plan = planned(
        &client("DE", "Europe/Berlin"),
        &History::default(),
        None,
        "2026-11-23T10:00:00Z",
    );
    assert_eq!(
        (plan.status, plan.step, plan.due_at),
        (Status::Waiting, None, None)
    );
    assert_eq!(plan.days_since_contact, None);
}

#[test]
fn due_from_the_first_opening_a_month_after_the_last_contact() {
    let anna = client("DE", "Europe/Berlin");
    // Thursday 2026-09-10, 16:30 in Berlin; a month on is Saturday 10 October; Monday is the 12th.
    let history = history(&["they 2026-09-09T08:00:00Z", "me 2026-09-10T14:30:00Z"]);
    let opens = at("2026-10-12T08:00:00Z"); // 10:00 in summer time
    let before = planned(&anna, &history, None, "2026-10-12T07:59:59Z");
    assert_eq!(
        (before.status, before.due_at),
        (Status::Waiting, Some(opens))
    );
    assert_eq!(before.step.as_ref().unwrap().opens, opens);
    assert_eq!(before.step.unwrap().rules.first(), Some(&RuleId::W2));
    let on_time = planned(&anna, &history, None, "2026-10-12T08:00:00Z");
    assert_eq!((on_time.status, on_time.due_at), (Status::Due, Some(opens)));
    // Friday afternoon after the window: the step waits for Monday 19 October, the due date stays.
    let late = planned(&anna, &history, None, "2026-10-16T14:00:00Z");
    assert_eq!((late.status, late.due_at), (Status::Due, Some(opens)));
    assert_eq!(late.step.unwrap().opens, at("2026-10-19T08:00:00Z"));
}

#[test]
fn a_snooze_silences_until_it_ends_or_the_client_writes() {
    let anna = client("DE", "Europe/Berlin");
    let (since, until) = (at("2026-11-20T10:00:00Z"), at("2026-11-30T10:00:00Z"));
    let snooze = Some(Snooze { since, until });
    let owed = history(&["me 2026-11-01T08:00:00Z", "they 2026-11-19T09:00:00Z"]);
    let quiet = planned(&anna, &owed, snooze, "2026-11-23T10:00:00Z");
    assert_eq!((quiet.status, quiet.due_at), (Status::Snoozed, Some(until)));
    let over = planned(&anna, &owed, snooze, "2026-11-30T10:00:00Z");
    assert_eq!((over.status, over.due_at), (Status::ReplyNow, Some(until)));

    let woken = history(&["me 2026-11-01T08:00:00Z", "they 2026-11-21T09:00:00Z"]);
    let woken = planned(&anna, &woken, snooze, "2026-11-23T10:00:00Z");
    assert_eq!(woken.status, Status::ReplyNow);
    assert_eq!(woken.due_at, Some(at("2026-11-21T09:00:00Z")));

    let unsure = history(&["they 2026-11-01T08:00:00Z", "someone 2026-11-21T09:00:00Z"]);
    let unsure = planned(&anna, &unsure, snooze, "2026-11-23T10:00:00Z");
    // A month after 21 November is Monday 21 December: later than the snooze.
    assert_eq!(unsure.status, Status::Snoozed);
    assert_eq!(unsure.due_at, Some(at("2026-12-21T09:00:00Z")));
}

#[test]
fn a_letter_of_the_same_minute_ends_a_snooze_unless_it_was_known() {
    let anna = client("DE", "Europe/Berlin");
    let (now, until) = (at("2026-11-20T10:00:40Z"), at("2026-11-30T10:00:00Z"));
    let status = |known: &[&str], seen: &[&str]| {
        let touches = history(known);
        let known = touches.touches().iter().map(|touch| touch.at);
        let snooze = Some(Snooze::set(now, until, known));
        planned(&anna, &history(seen), snooze, "2026-11-20T10:05:00Z").status
    };
    // The webmail shows 10:00 for a letter of 10:00:55.
    let (old, new) = ("they 2026-11-19T09:00:00Z", "they 2026-11-20T10:00:00Z");
    assert_eq!(status(&[old], &[old]), Status::Snoozed);
    assert_eq!(status(&[old], &[old, new]), Status::ReplyNow);
    assert_eq!(status(&[old, new], &[old, new]), Status::Snoozed);
    // Learnt later, written before.
    let late = "they 2026-11-20T09:59:00Z";
    assert_eq!(status(&[old], &[old, late]), Status::Snoozed);
}

#[test]
fn a_message_from_the_far_future_did_not_happen() {
    let anna = client("DE", "Europe/Berlin");
    let history = history(&["me 2026-11-20T08:00:00Z", "they 2099-01-01T00:00:00Z"]);
    let plan = planned(&anna, &history, None, "2026-11-23T10:00:00Z");
    assert_eq!(
        (plan.status, plan.days_since_contact),
        (Status::Waiting, Some(3))
    );
}

#[test]
fn several_tracks_run_side_by_side_with_one_next_date() {
    // India: the sample of Monday 4 January 2027 comes round on 17 August, the quotation of 10
    // June after 75 days on Tuesday 24 August. (Both from 10:00 in Kolkata.)
    let touches = history(&[
        "they 2026-12-07T06:00:00Z",
        "me 2027-01-04T06:30:00Z sample",
        "they 2027-06-09T06:30:00Z",
        "me 2027-06-10T06:30:00Z quote",
    ]);
    let client = crate::scene::india();
    let case = Case {
        client: &client,
        history: &touches,
        company: &touches,
        snooze: None,
    };
    let turns = outlook(&case, &Playbook::default(), at("2027-07-01T08:00:00Z"));
    let turns: Vec<_> = turns.iter().map(|turn| (turn.track, turn.opens)).collect();
    let expected = [
        (crate::rhythm::Track::Sample, at("2027-08-17T04:30:00Z")),
        (crate::rhythm::Track::Quote, at("2027-08-24T04:30:00Z")),
    ];
    assert_eq!(turns, expected);
}
