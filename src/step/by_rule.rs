//! One test or more for each rule of the playbook, named by its id. Every date is worked out by
//! hand in the comment beside it, on days that are no holiday in the country.

use super::*;
use crate::client::Intent;
use crate::clock::{Correction, CorrectionKind, Hours};
use crate::market::Standing;
use crate::moment::{Moment, MomentKind};
use crate::playbook::{Cause, Closing, Factor, Interval, Scope, Setting, Span, Value};
use crate::rhythm::{Pull, Track};
use crate::scene::{at, brazil, germany, history, india, planned, planned_by, vietnam};

fn rules(plan: &Plan) -> &[RuleId] {
    &plan.step.as_ref().unwrap().rules
}

fn days(plan: &Plan) -> u32 {
    plan.turn.as_ref().unwrap().pace.as_ref().unwrap().days
}

fn step(plan: &Plan) -> &Step {
    plan.step.as_ref().unwrap()
}

#[test]
fn g1_two_letters_within_three_days_are_too_soon_in_every_market() {
    // Monday 7 and Wednesday 9 June 2027. Three days after the second is Saturday the 12th, so the
    // next letter is welcome when the window opens on Monday the 14th, 10:00 local.
    let history = history(&[
        "they 2027-06-01T06:00:00Z",
        "me 2027-06-07T06:00:00Z",
        "me 2027-06-09T06:00:00Z",
    ]);
    for (client, opens) in [
        (germany(), "2027-06-14T08:00:00Z"), // +2
        (vietnam(), "2027-06-14T03:00:00Z"), // +7
        (brazil(), "2027-06-14T13:00:00Z"),  // −3
        (india(), "2027-06-14T04:30:00Z"),   // +5:30
    ] {
        let plan = planned(&client, &history, None, "2027-06-10T06:00:00Z");
        assert_eq!(plan.status, Status::TooSoon);
        assert_eq!(rules(&plan).first(), Some(&RuleId::G1));
        let guard = plan.guard.unwrap();
        assert_eq!((guard.unanswered, guard.too_close), (2, true));
        assert_eq!(guard.welcome, at(opens));
        // The gap must be more than three days: at three days sharp it is still too soon.
        let sharp = planned(&client, &history, None, "2027-06-12T06:00:00Z");
        assert_eq!(sharp.status, Status::TooSoon);
        let past = planned(&client, &history, None, "2027-06-12T06:00:00.001Z");
        assert_eq!(past.status, Status::Waiting);
    }
}

#[test]
fn g1_counts_every_letter_to_the_company_but_no_greeting() {
    let anna = germany();
    let own = history(&["they 2027-06-01T06:00:00Z", "me 2027-06-07T06:00:00Z"]);
    let mut company = own.clone();
    company.unite(&history(
        &["me 2027-06-09T06:00:00Z to-a-colleague"].map(|_| "me 2027-06-09T06:00:00Z"),
    ));
    let case = Case {
        client: &anna,
        history: &own,
        company: &company,
        snooze: None,
    };
    let now = at("2027-06-10T06:00:00Z");
    let zone = SellerZone(crate::clock::Zone::UTC);
    assert_eq!(
        plan(&case, &Playbook::default(), zone, now).status,
        Status::TooSoon
    );

    let greeted = history(&[
        "they 2027-06-01T06:00:00Z",
        "me 2027-06-07T06:00:00Z",
        "me 2027-06-09T06:00:00Z greeting",
    ]);
    let plan = planned(&anna, &greeted, None, "2027-06-10T06:00:00Z");
    assert_eq!(plan.status, Status::Waiting);
    assert_eq!(plan.guard.unwrap().unanswered, 1);
}

#[test]
fn g1_letters_more_than_three_days_apart_are_not_too_soon() {
    let history = history(&[
        "they 2027-06-01T06:00:00Z",
        "me 2027-06-07T06:00:00Z",
        "me 2027-06-10T06:00:00.001Z",
    ]);
    let plan = planned(&germany(), &history, None, "2027-06-10T07:00:00Z");
    assert_eq!(plan.status, Status::Waiting);
    assert_eq!(plan.guard.unwrap().unanswered, 2);
}

#[test]
fn w1_an_order_is_expected_two_to_three_months_after_the_first_request() {
    let history = history(&["they 2027-04-14T08:00:00Z", "me 2027-04-15T08:00:00Z"]);
    let cycle = cycle(&germany(), &history, &Playbook::default()).unwrap();
    assert_eq!(cycle.rule, RuleId::W1);
    assert_eq!(
        (cycle.from, cycle.to),
        (at("2027-06-14T08:00:00Z"), at("2027-07-14T08:00:00Z"))
    );
}

#[test]
fn w2_one_contact_a_month_in_europe_and_america() {
    // Wednesday 14 April 2027, 12:00 in Berlin; a month on is Friday 14 May, from the opening of
    // the window at 10:00 in Berlin (+2), whatever the hour of the letter.
    let history = history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]);
    let plan = planned(&germany(), &history, None, "2027-04-20T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-05-14T08:00:00Z")));
    assert_eq!(
        (step(&plan).kind, rules(&plan)[0]),
        (StepKind::Touch, RuleId::W2)
    );
    assert_eq!(days(&plan), 30); // April has thirty days.
    let pace = plan.turn.unwrap().pace.unwrap();
    assert_eq!(
        (pace.standing, pace.usual),
        (Standing::Named, Span::months(1))
    );
    // The first minute and the last of that day in Berlin ask for the same.
    for letter in ["me 2027-04-13T22:00:00Z", "me 2027-04-14T21:59:00Z"] {
        let history = history_of(letter);
        let plan = planned(&germany(), &history, None, "2027-04-20T08:00:00Z");
        assert_eq!(plan.due_at, Some(at("2027-05-14T08:00:00Z")), "{letter}");
    }
}

/// An inquiry of April 2027 and one letter.
fn history_of(letter: &str) -> crate::history::History {
    history(&["they 2027-04-12T08:00:00Z", letter])
}

#[test]
fn w3_the_window_is_ten_to_three_on_the_clients_clock_on_working_days() {
    // A month after Tuesday 13 April 2027 (20:00 in New York, Wednesday 00:00 UTC) is Thursday
    // 13 May: 10:00 to 15:00 there, at −4.
    let client = crate::scene::client("US", "America/New_York");
    let asked = history(&["they 2027-04-12T08:00:00Z", "me 2027-04-14T00:00:00Z"]);
    let plan = planned(&client, &asked, None, "2027-04-20T08:00:00Z");
    let step = plan.step.unwrap();
    assert_eq!(
        (step.opens, step.closes),
        (at("2027-05-13T14:00:00Z"), at("2027-05-13T19:00:00Z"))
    );
    assert!(step.rules.contains(&RuleId::W3));
    assert_eq!(
        Setting::Hours.source(Market::EuropeAmerica),
        (RuleId::W3, Standing::Named)
    );
    assert_eq!(
        Setting::Hours.source(Market::India),
        (RuleId::W3, Standing::Extension)
    );
    // At the close of the window it is over: the last moment before 15:00 on Thursday is inside,
    // from 15:00 on the step waits for Friday, 10:00. The due date stays.
    for (now, opens) in [
        ("2027-05-13T18:59:59.999Z", "2027-05-13T18:59:59.999Z"),
        ("2027-05-13T19:00:00Z", "2027-05-14T14:00:00Z"),
    ] {
        let plan = planned(&client, &asked, None, now);
        assert_eq!(plan.due_at, Some(at("2027-05-13T14:00:00Z")));
        assert_eq!(plan.step.unwrap().opens, at(opens));
    }
}

#[test]
fn w3_a_states_own_weekend_counts_where_the_state_is_known() {
    // A quarter after Thursday 11 March 2027 is Friday 11 June, 10:00 in Kuala Lumpur (+8); in
    // Kedah Friday and Saturday are free, so Sunday the 13th.
    let asked = history(&["they 2027-03-10T04:00:00Z", "me 2027-03-11T04:00:00Z quote"]);
    let malaysia = crate::scene::client("MY", "Asia/Kuala_Lumpur");
    let kedah = Client {
        region: Some("MY-02".parse().unwrap()),
        ..malaysia.clone()
    };
    for (client, due) in [
        (malaysia, "2027-06-11T02:00:00Z"),
        (kedah, "2027-06-13T02:00:00Z"),
    ] {
        let plan = planned(&client, &asked, None, "2027-05-01T08:00:00Z");
        assert_eq!(plan.due_at, Some(at(due)));
    }
}

#[test]
fn w4_the_clients_own_main_holidays_are_greeted() {
    // Last contact Thursday 4 November 2027, 11:00 in New York: a month on is Saturday 4 December,
    // so Monday the 6th, 10:00 (−5). Thanksgiving is Thursday 25 November; two days before is
    // Tuesday the 23rd.
    let client = crate::scene::client("US", "America/New_York");
    let mut lines = vec!["they 2027-11-03T15:00:00Z", "me 2027-11-04T15:00:00Z"];
    let plan = planned(&client, &history(&lines), None, "2027-11-10T15:00:00Z");
    assert_eq!(
        (step(&plan).kind, step(&plan).topic),
        (StepKind::Greeting, Topic::Holiday)
    );
    assert_eq!(plan.due_at, Some(at("2027-11-23T15:00:00Z")));
    assert_eq!(rules(&plan)[..2], [RuleId::W4, RuleId::P3]);
    // Not sent, the wishes lapse with the day, at midnight in New York.
    assert_eq!(
        plan.turn.unwrap().lapses_at,
        Some(at("2027-11-26T05:00:00Z"))
    );
    let lapsed = planned(&client, &history(&lines), None, "2027-11-26T05:00:00Z");
    assert_eq!(lapsed.due_at, Some(at("2027-12-06T15:00:00Z")));
    // Sent, they are no chase, and the letter's date is as before.
    lines.push("me 2027-11-23T16:00:00Z greeting");
    let sent = planned(&client, &history(&lines), None, "2027-11-23T17:00:00Z");
    assert_eq!((sent.status, sent.due_at), (Status::Waiting, lapsed.due_at));
    assert_eq!((sent.guard.unwrap().unanswered, days(&sent)), (1, 30));
    // Christmas 2028 is a Monday, and two days before a Saturday: so Wednesday the 20th, 10:00.
    let monday = history(&["they 2028-12-04T09:00:00Z", "me 2028-12-05T09:00:00Z"]);
    let plan = planned(&germany(), &monday, None, "2028-12-10T09:00:00Z");
    assert_eq!(plan.due_at, Some(at("2028-12-20T09:00:00Z")));
}

#[test]
fn w5_lead_times_and_the_next_season_are_topics_for_those_who_plan_ahead() {
    let topics = topics(&germany(), 5);
    assert_eq!(
        topics
            .iter()
            .filter(|(_, because)| because.contains(&RuleId::W5))
            .count(),
        2
    );
    assert!(topics.iter().any(|(topic, _)| *topic == Topic::LeadTimes));
    assert!(topics.iter().any(|(topic, _)| *topic == Topic::SeasonPlan));
}

/// The topics of so many letters in a row, each sent on the 5th of a month as the step before it
/// asked.
fn topics(client: &Client, count: u32) -> Vec<(Topic, Vec<RuleId>)> {
    let mut lines = vec!["they 2027-01-04T08:00:00Z".to_owned()];
    let mut kind = "quote";
    (1..=count)
        .map(|month| {
            lines.push(format!("me 2027-{month:02}-05T08:00:00Z {kind}"));
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let plan = planned(client, &history(&lines), None, "2028-05-01T00:00:00Z");
            let step = plan.step.unwrap();
            kind = match step.kind {
                StepKind::Sample => "sample",
                _ => "quote",
            };
            (step.topic, step.rules)
        })
        .collect()
}

#[test]
fn s1_an_order_takes_two_to_three_quarters_in_south_east_asia_and_south_america() {
    let history = history(&["they 2027-01-12T03:00:00Z", "me 2027-01-13T03:00:00Z"]);
    for client in [vietnam(), brazil()] {
        let cycle = cycle(&client, &history, &Playbook::default()).unwrap();
        assert_eq!(cycle.rule, RuleId::S1);
        // Six and nine months on; neither zone shifts its clocks.
        assert_eq!(
            (cycle.from, cycle.to),
            (at("2027-07-12T03:00:00Z"), at("2027-10-12T03:00:00Z"))
        );
    }
}

#[test]
fn s2_the_quotation_is_followed_up_once_a_quarter() {
    // Tuesday 9 March 2027, 11:00 in Saigon (+7), 11:00 in São Paulo (−3); a quarter on is
    // Wednesday 9 June, from 10:00 there.
    for (client, sent, due) in [
        (
            vietnam(),
            "me 2027-03-09T04:00:00Z quote",
            "2027-06-09T03:00:00Z",
        ),
        (
            brazil(),
            "me 2027-03-09T14:00:00Z quote",
            "2027-06-09T13:00:00Z",
        ),
    ] {
        let history = history(&["they 2027-03-08T04:00:00Z", sent]);
        let plan = planned(&client, &history, None, "2027-05-01T08:00:00Z");
        assert_eq!((plan.status, plan.due_at), (Status::Waiting, Some(at(due))));
        assert_eq!(
            (step(&plan).kind, rules(&plan)[0]),
            (StepKind::Quote, RuleId::S2)
        );
        assert_eq!(planned(&client, &history, None, due).status, Status::Due);
    }
}

#[test]
fn s3_a_sample_goes_with_the_quotation_where_none_went_in_the_cycle() {
    let lacking = history(&["they 2027-03-08T04:00:00Z", "me 2027-03-09T04:00:00Z quote"]);
    let plan = planned(&vietnam(), &lacking, None, "2027-05-01T08:00:00Z");
    assert_eq!(step(&plan).also, Some(StepKind::Sample));
    assert!(rules(&plan).contains(&RuleId::S3));
    let served = history(&[
        "they 2027-03-08T04:00:00Z",
        "me 2027-03-09T04:00:00Z sample",
        "me 2027-03-20T04:00:00Z quote",
    ]);
    let plan = planned(&vietnam(), &served, None, "2027-05-01T08:00:00Z");
    assert_eq!(step(&plan).also, None);
    assert!(!rules(&plan).contains(&RuleId::S3));
}

#[test]
fn s3_samples_go_with_the_answer_to_a_good_sign() {
    let quoted = ["me 2027-03-09T04:00:00Z quote", "they 2027-03-11T04:00:00Z"];
    let asked = ["they 2027-03-11T04:00:00Z"];
    let answered = |client: Client, lines: &[&str]| {
        let plan = planned(&client, &history(lines), None, "2027-03-11T04:00:00Z");
        let step = step(&plan).clone();
        let named = step.rules.contains(&RuleId::S3);
        assert_eq!((step.kind, named), (StepKind::Reply, step.also.is_some()));
        step.also
    };
    let with = |intent| Client {
        intent,
        ..vietnam()
    };
    let sample = Some(StepKind::Sample);
    assert_eq!(answered(vietnam(), &quoted), sample);
    assert_eq!(answered(with(Intent::ClearPlan), &asked), sample);
    // A first question says nothing yet, who hesitates is not pressed, and W5's market has no samples.
    assert_eq!(answered(vietnam(), &asked), None);
    assert_eq!(answered(with(Intent::Hesitant), &quoted), None);
    assert_eq!(answered(germany(), &quoted), None);
    // One went two months before: within the cycle of three quarters.
    let sent = [
        "me 2027-01-11T04:00:00Z sample",
        "me 2027-03-09T04:00:00Z quote",
        "they 2027-03-11T04:00:00Z",
    ];
    assert_eq!(answered(vietnam(), &sent), None);
    let ordered = Client {
        stage: Stage::Ordered,
        ..vietnam()
    };
    assert_eq!(answered(ordered, &quoted), None);
}

#[test]
fn s3_a_new_product_is_a_moment_for_samples() {
    let history = history(&["they 2027-03-08T04:00:00Z", "me 2027-03-09T04:00:00Z quote"]);
    let mut client = vietnam();
    client.moments.push(Moment {
        on: "2027-05-19".parse().unwrap(),
        kind: MomentKind::NewProduct,
        note: None,
    });
    let plan = planned(&client, &history, None, "2027-04-20T08:00:00Z");
    // Wednesday 19 May, 10:00 in Saigon.
    assert_eq!(plan.due_at, Some(at("2027-05-19T03:00:00Z")));
    assert_eq!(
        (step(&plan).kind, step(&plan).topic),
        (StepKind::Sample, Topic::ProductNews)
    );
    assert!(rules(&plan).contains(&RuleId::S3) && rules(&plan).contains(&RuleId::M1));
}

#[test]
fn s4_price_quality_new_products_and_promotion_are_the_topics() {
    for client in [vietnam(), brazil()] {
        let topics = topics(&client, 4);
        for topic in [Topic::PriceQuality, Topic::ProductNews, Topic::Promotion] {
            assert!(
                topics
                    .iter()
                    .any(|(t, because)| *t == topic && because.contains(&RuleId::S4))
            );
        }
    }
}

#[test]
fn i1_an_order_takes_two_to_three_years_in_india() {
    let history = history(&["they 2027-01-12T05:00:00Z", "me 2027-01-13T05:00:00Z"]);
    let cycle = cycle(&india(), &history, &Playbook::default()).unwrap();
    assert_eq!(cycle.rule, RuleId::I1);
    assert_eq!(
        (cycle.from, cycle.to),
        (at("2029-01-12T05:00:00Z"), at("2030-01-12T05:00:00Z"))
    );
}

#[test]
fn i2_a_quotation_every_two_to_three_months_in_india() {
    // Thursday 8 April 2027 in Kolkata (+5:30); 75 days on is Tuesday 22 June, between 8 June and
    // 8 July, from 10:00 on.
    let history = history(&["they 2027-04-07T06:00:00Z", "me 2027-04-08T06:30:00Z quote"]);
    let plan = planned(&india(), &history, None, "2027-05-01T08:00:00Z");
    assert_eq!(
        (plan.status, plan.due_at),
        (Status::Waiting, Some(at("2027-06-22T04:30:00Z")))
    );
    assert_eq!(
        (step(&plan).kind, rules(&plan)[0]),
        (StepKind::Quote, RuleId::I2)
    );
    let every = crate::playbook::Rules::of(Market::India).quote.every;
    assert_eq!(
        (every.min(), every.max()),
        (Span::months(2), Span::months(3))
    );
}

#[test]
fn i3_samples_every_two_to_three_quarters_in_india() {
    // The last sample went on Monday 4 January 2027; 225 days on is Tuesday 17 August, 10:00 in
    // Kolkata, well over two months after the last quotation of 10 June and before 75 days are over.
    let history = history(&[
        "they 2026-12-07T06:00:00Z",
        "me 2027-01-04T06:30:00Z sample",
        "they 2027-06-09T06:30:00Z",
        "me 2027-06-10T06:30:00Z quote",
    ]);
    let plan = planned(&india(), &history, None, "2027-07-01T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-08-17T04:30:00Z")));
    assert_eq!(
        (step(&plan).kind, rules(&plan)[0]),
        (StepKind::Sample, RuleId::I3)
    );
    let every = crate::playbook::Rules::of(Market::India).sample.every;
    assert_eq!(
        (every.min(), every.max()),
        (Span::quarters(2), Span::quarters(3))
    );
}

#[test]
fn i4_the_frequency_is_steady_and_nothing_presses() {
    // A sample that is overdue still keeps two months to the last contact: 8 April + 2 months is
    // Tuesday 8 June 2027, 10:00 in Kolkata.
    let late = history(&[
        "they 2026-01-05T06:00:00Z",
        "me 2026-01-06T06:30:00Z sample",
        "they 2027-04-07T06:00:00Z",
        "me 2027-04-08T06:30:00Z quote",
    ]);
    let plan = planned(&india(), &late, None, "2027-05-01T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-06-08T04:30:00Z")));
    assert!(rules(&plan).contains(&RuleId::I4));
    // However warm or firm the client, India's interval stays within the article's 2 to 3 months;
    // and an open quotation is not recalled within days.
    let keen = Client {
        intent: Intent::ClearPlan,
        stage: Stage::Negotiating,
        ..india()
    };
    let quoted = history(&["they 2027-04-07T06:00:00Z", "me 2027-04-08T06:30:00Z quote"]);
    let plan = planned(&keen, &quoted, None, "2027-05-01T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-06-08T04:30:00Z")));
}

#[test]
fn p1_the_step_refers_to_what_the_client_asked_where_that_is_known() {
    let history = history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]);
    let vague = planned(&germany(), &history, None, "2027-04-20T08:00:00Z");
    assert!(!rules(&vague).contains(&RuleId::P1));
    let known = Client {
        about: Some("pumps in steel".into()),
        ..germany()
    };
    let personal = planned(&known, &history, None, "2027-04-20T08:00:00Z");
    assert!(rules(&personal).contains(&RuleId::P1));
}

#[test]
fn p2_no_bare_check_and_no_topic_twice_running() {
    for client in [germany(), vietnam(), brazil(), india()] {
        let topics = topics(&client, 12);
        for pair in topics.windows(2) {
            assert_ne!(pair[0].0, pair[1].0);
        }
        // The kinds of step and the topics are closed lists without a bare check; what is left is
        // that each letter has a reason to be written.
        assert!(topics.iter().all(|(_, because)| !because.is_empty()));
    }
}

#[test]
fn p3_wishes_are_moderate_one_for_a_holiday_and_none_on_top_of_a_letter() {
    // A month after Friday 26 November 2027 is the second day of Christmas, a Sunday: the letter
    // goes on Monday the 27th, 10:00 in Berlin, and no wishes go in the same days.
    let near = history(&["they 2027-11-25T10:00:00Z", "me 2027-11-26T10:00:00Z"]);
    let plan = planned(&germany(), &near, None, "2027-11-30T09:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-12-27T09:00:00Z")));
    assert_eq!(
        (step(&plan).kind, step(&plan).also),
        (StepKind::Touch, None)
    );
    // Nor do they a few days after a letter: 20 December is five days before Christmas.
    let after = history(&["they 2027-12-19T10:00:00Z", "me 2027-12-20T10:00:00Z"]);
    let plan = planned(&germany(), &after, None, "2027-12-20T11:00:00Z");
    assert_eq!(step(&plan).kind, StepKind::Touch);
    // India keeps Diwali, on Friday 29 October 2027; where the user has it greeted: Wednesday the
    // 27th, 10:00 in Kolkata, and once only.
    let lines = ["they 2027-09-05T05:00:00Z", "me 2027-09-06T05:00:00Z"];
    let asked = history(&lines);
    let plan = planned(&india(), &asked, None, "2027-09-10T09:00:00Z");
    assert_eq!(step(&plan).kind, StepKind::Quote);
    let mut playbook = Playbook::default();
    playbook
        .set(Scope::Everywhere, Setting::Greetings, Value::Switch(true))
        .unwrap();
    let plan = planned_by(&playbook, &india(), &asked, "2027-09-10T09:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-10-27T04:30:00Z")));
    assert_eq!(
        (step(&plan).kind, rules(&plan)[0]),
        (StepKind::Greeting, RuleId::P3)
    );
    let mut greeted = asked;
    greeted.unite(&history(&["me 2027-10-25T05:00:00Z greeting"]));
    let plan = planned_by(&playbook, &india(), &greeted, "2027-10-26T09:00:00Z");
    assert_eq!(step(&plan).kind, StepKind::Quote);
}

#[test]
fn f1_cold_answers_lengthen_the_interval() {
    // Two letters unanswered, the last on Wednesday 14 April 2027: 30 days become 37.5, so 38:
    // Saturday 22 May, so Monday the 24th, 10:00 in Berlin.
    let two = history(&[
        "they 2027-03-01T08:00:00Z",
        "me 2027-03-10T10:00:00Z",
        "me 2027-04-14T10:00:00Z",
    ]);
    let plan = planned(&germany(), &two, None, "2027-04-20T08:00:00Z");
    assert_eq!(
        (days(&plan), plan.due_at),
        (38, Some(at("2027-05-24T08:00:00Z")))
    );
    assert_eq!(rules(&plan)[..2], [RuleId::W2, RuleId::F1]);
    let pace = plan.turn.unwrap().pace.unwrap();
    assert_eq!(pace.influences[0].cause, Cause::TwoUnanswered);
    assert_eq!(pace.warmth.unanswered, 2);
    // Three: half as long again, 45 days.
    let three = history(&[
        "they 2027-02-01T08:00:00Z",
        "me 2027-02-10T10:00:00Z",
        "me 2027-03-10T10:00:00Z",
        "me 2027-04-14T10:00:00Z",
    ]);
    assert_eq!(
        days(&planned(&germany(), &three, None, "2027-04-20T08:00:00Z")),
        45
    );
    // Slow answers, nine days each time: 30 × 1.15 = 34.5, so 35.
    let slow = history(&[
        "me 2027-01-04T10:00:00Z",
        "they 2027-01-13T10:00:00Z",
        "me 2027-02-01T10:00:00Z",
        "they 2027-02-10T10:00:00Z",
        "me 2027-04-14T10:00:00Z",
    ]);
    assert_eq!(
        days(&planned(&germany(), &slow, None, "2027-04-20T08:00:00Z")),
        35
    );
}

#[test]
fn f2_active_answers_shorten_the_interval() {
    // Two answers within a day: 30 × 0.85 = 25.5, so 26 days: Monday 10 May 2027, 10:00 in Berlin.
    let warm = history(&[
        "me 2027-03-01T10:00:00Z",
        "they 2027-03-02T09:00:00Z",
        "me 2027-04-01T10:00:00Z",
        "they 2027-04-02T09:00:00Z",
        "me 2027-04-14T10:00:00Z",
    ]);
    let plan = planned(&germany(), &warm, None, "2027-04-20T08:00:00Z");
    assert_eq!(
        (days(&plan), plan.due_at),
        (26, Some(at("2027-05-10T08:00:00Z")))
    );
    assert_eq!(rules(&plan)[..2], [RuleId::W2, RuleId::F2]);
}

#[test]
fn f3_intent_and_stage_move_the_interval() {
    let history = history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]);
    let days = |intent, stage| {
        let client = Client {
            intent,
            stage,
            ..germany()
        };
        days(&planned(&client, &history, None, "2027-04-20T08:00:00Z"))
    };
    assert_eq!(days(Intent::Open, Stage::Quoted), 30);
    assert_eq!(days(Intent::ClearPlan, Stage::Quoted), 24); // × 0.8
    assert_eq!(days(Intent::Hesitant, Stage::Quoted), 39); // × 1.3
    assert_eq!(days(Intent::Open, Stage::Negotiating), 24); // × 0.8
    // × 0.64 is under the least of 0.65: 19.5, so 20; but the interval's own least is 3 weeks.
    assert_eq!(days(Intent::ClearPlan, Stage::Negotiating), 21);
}

#[test]
fn m1_a_moment_pulls_a_letter_forward_but_not_too_near() {
    let history = history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]);
    let due = |day: &str, kind| {
        let mut client = germany();
        client.moments.push(Moment {
            on: day.parse().unwrap(),
            kind,
            note: None,
        });
        let plan = planned(&client, &history, None, "2027-04-20T08:00:00Z");
        let pulled = plan.turn.as_ref().unwrap().pulled.map(|pulled| pulled.by);
        (plan.due_at.unwrap(), pulled, step(&plan).topic)
    };
    // The anniversary of a company founded on a 10 May: Monday 10 May 2027, 10:00 in Berlin.
    let pull = Some(Pull::Moment(MomentKind::Anniversary));
    assert_eq!(
        due("1987-05-10", MomentKind::Anniversary),
        (at("2027-05-10T08:00:00Z"), pull, Topic::Anniversary)
    );
    // Good news nine days after the letter: not before three weeks after it, on Wednesday 5 May.
    let pull = Some(Pull::Moment(MomentKind::GoodNews));
    assert_eq!(
        due("2027-04-23", MomentKind::GoodNews),
        (at("2027-05-05T08:00:00Z"), pull, Topic::MarketData)
    );
    // After the month is over it pulls nothing.
    assert_eq!(
        due("2027-05-20", MomentKind::GoodNews).0,
        at("2027-05-14T08:00:00Z")
    );
}

#[test]
fn m1_a_letter_that_the_answers_move_to_a_holiday_goes_before_it_with_wishes() {
    // Two letters unanswered, the last on Tuesday 16 November 2027. A month would end on the 16th
    // of December, nine days before Christmas; 38 days end on the 24th, on top of it. So the
    // letter goes with wishes two days before, on Thursday the 23rd, 10:00 in Berlin.
    let history = history(&[
        "they 2027-10-01T09:00:00Z",
        "me 2027-10-05T09:00:00Z",
        "me 2027-11-16T10:00:00Z",
    ]);
    let plan = planned(&germany(), &history, None, "2027-11-20T09:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-12-23T09:00:00Z")));
    assert_eq!(
        (step(&plan).kind, step(&plan).also),
        (StepKind::Touch, Some(StepKind::Greeting))
    );
    assert!(rules(&plan).contains(&RuleId::M1) && rules(&plan).contains(&RuleId::P3));
}

#[test]
fn m1_the_users_own_closing_days_pull_a_letter_forward() {
    // Closed from 17 to 23 May 2027: clients hear of it ten days before, on Friday 7 May.
    let mut playbook = Playbook::default();
    playbook.closings.push(Closing {
        from: "2027-05-17".parse().unwrap(),
        to: "2027-05-23".parse().unwrap(),
        note: None,
    });
    let asked = history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]);
    let plan = planned_by(&playbook, &germany(), &asked, "2027-04-20T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-05-07T08:00:00Z")));
    assert_eq!(step(&plan).topic, Topic::OwnClosing);
    assert!(rules(&plan).contains(&RuleId::M1));
    // A letter of Thursday 29 April comes too near for that (three weeks are 20 May), and its month
    // ends on Saturday the 29th, so it stays: Monday 31 May, 10:00.
    let late = history(&["they 2027-04-28T08:00:00Z", "me 2027-04-29T10:00:00Z"]);
    let plan = planned_by(&playbook, &germany(), &late, "2027-04-30T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-05-31T08:00:00Z")));
}

#[test]
fn t1_market_data_and_proposals_come_unasked_over_long_cycles() {
    for client in [germany(), vietnam(), brazil(), india()] {
        let topics = topics(&client, 5);
        assert!(topics.iter().any(|(topic, because)| {
            matches!(topic, Topic::MarketData | Topic::Proposal) && because.contains(&RuleId::T1)
        }));
    }
}

#[test]
fn n1_every_default_can_be_changed_and_reset_for_a_market_and_for_a_client() {
    let history = history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]);
    let (anna, market) = (germany(), Market::EuropeAmerica);
    let weeks = |min, usual, max| {
        Value::Every(Interval::new(Span::weeks(min), Span::weeks(usual), Span::weeks(max)).unwrap())
    };
    let mut playbook = Playbook::default();
    let due = |playbook: &Playbook| planned_by(playbook, &anna, &history, "2027-04-20T08:00:00Z");
    let usual = due(&playbook);
    assert!(!rules(&usual).contains(&RuleId::N1));
    // Two weeks for the market: Wednesday 28 April. Three for the client: 5 May. From 10:00 (+2).
    let (everyone, one) = (Scope::Market(market), Scope::Client(anna.email.clone()));
    playbook
        .set(everyone.clone(), Setting::TouchEvery, weeks(1, 2, 4))
        .unwrap();
    assert_eq!(due(&playbook).due_at, Some(at("2027-04-28T08:00:00Z")));
    playbook
        .set(one.clone(), Setting::TouchEvery, weeks(1, 3, 4))
        .unwrap();
    assert_eq!(due(&playbook).due_at, Some(at("2027-05-05T08:00:00Z")));
    assert_eq!(rules(&due(&playbook)).last(), Some(&RuleId::N1));
    let shown = playbook.show(market, Some(&anna.email), Setting::TouchEvery);
    assert_eq!((shown.changed, shown.rule), (Some(one.clone()), RuleId::W2));
    assert_ne!(shown.value, shown.default);
    // Kept and read back, it is the same; reset, all is as before.
    let stored = serde_json::to_string(&playbook).unwrap();
    assert_eq!(serde_json::from_str::<Playbook>(&stored).unwrap(), playbook);
    playbook.reset(&one, Setting::TouchEvery);
    playbook.reset(&everyone, Setting::TouchEvery);
    assert_eq!(
        (playbook.clone(), due(&playbook)),
        (Playbook::default(), usual)
    );
    // Every setting takes its own default, and no other sort of value.
    for setting in Setting::ALL {
        let default = crate::playbook::Rules::of(market).get(setting);
        assert_eq!(playbook.set(Scope::Everywhere, setting, default), Ok(()));
        assert_eq!(playbook.show(market, None, setting).value, default);
        let odd = match default {
            Value::Switch(_) => Value::Factor(Factor::ONE),
            _ => Value::Switch(true),
        };
        assert!(playbook.set(Scope::Everywhere, setting, odd).is_err());
    }
    let hours = Value::Hours(Hours::W3);
    assert!(
        playbook
            .set(Scope::Everywhere, Setting::GapDays, hours)
            .is_err()
    );
    assert!(
        playbook
            .set(Scope::Everywhere, Setting::GapDays, Value::Days(0))
            .is_err()
    );
}

#[test]
fn e1_an_unanswered_quotation_is_recalled_three_times_and_then_rests_in_the_rhythm() {
    // Quoted on Tuesday 1 June 2027, 08:00 UTC. The third working day after is Friday the 4th,
    // 10:00 in Berlin; but the guard asks for more than three days: 08:00:00.001.
    let mut lines = vec!["they 2027-05-31T08:00:00Z", "me 2027-06-01T08:00:00Z quote"];
    let mut due = |letter: Option<&'static str>| {
        lines.extend(letter);
        let plan = planned(&germany(), &history(&lines), None, "2027-07-01T09:00:00Z");
        let turn = plan.turn.unwrap();
        (turn.track, turn.reminder, plan.due_at.unwrap())
    };
    let open = Track::OpenQuote;
    assert_eq!(due(None), (open, Some(1), at("2027-06-04T08:00:00.001Z")));
    // The seventh is Thursday the 10th, the fourteenth Monday the 21st: each at 10:00 in Berlin.
    let first = due(Some("me 2027-06-04T09:00:00Z"));
    assert_eq!(first, (open, Some(2), at("2027-06-10T08:00:00Z")));
    // A greeting is no chase: it uses up no reminder.
    let greeted = due(Some("me 2027-06-04T10:00:00Z greeting"));
    assert_eq!(greeted, (open, Some(2), at("2027-06-10T08:00:00Z")));
    let second = due(Some("me 2027-06-10T09:00:00Z"));
    assert_eq!(second, (open, Some(3), at("2027-06-21T08:00:00Z")));
    let third = due(Some("me 2027-06-21T09:00:00Z check"));
    assert_eq!(third.0, Track::Touch);
}

#[test]
fn e1_is_off_with_one_switch_and_off_where_the_article_sets_the_quotations_rhythm() {
    let quoted = history(&["they 2027-05-31T08:00:00Z", "me 2027-06-01T08:00:00Z quote"]);
    let track = |playbook: &Playbook, client: &Client| {
        let plan = planned_by(playbook, client, &quoted, "2027-06-01T09:00:00Z");
        plan.turn.unwrap().track
    };
    let mut playbook = Playbook::default();
    assert_eq!(track(&playbook, &germany()), Track::OpenQuote);
    assert_eq!(track(&playbook, &vietnam()), Track::Quote);
    assert_eq!(track(&playbook, &india()), Track::Quote);
    playbook
        .set(Scope::Everywhere, Setting::OpenQuote, Value::Switch(false))
        .unwrap();
    assert_eq!(track(&playbook, &germany()), Track::Touch);
    playbook
        .set(Scope::Everywhere, Setting::OpenQuote, Value::Switch(true))
        .unwrap();
    assert_eq!(track(&playbook, &india()), Track::OpenQuote);
    assert_eq!(RuleId::E1.standing(), Standing::Extension);
}

#[test]
fn e2_a_letter_waits_for_the_end_of_a_long_quiet_season() {
    // A month after Thursday 8 July 2027 is Sunday 8 August, when Italy is away: so Wednesday 1
    // September, 10:00 in Rome. With the switch off, Monday the 9th.
    let italy = crate::scene::client("IT", "Europe/Rome");
    let asked = history(&["they 2027-07-07T08:00:00Z", "me 2027-07-08T10:00:00Z"]);
    let plan = planned(&italy, &asked, None, "2027-07-20T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-09-01T08:00:00Z")));
    assert!(rules(&plan).contains(&RuleId::E2));
    let mut playbook = Playbook::default();
    playbook
        .set(
            Scope::Everywhere,
            Setting::QuietSeasons,
            Value::Switch(false),
        )
        .unwrap();
    let plan = planned_by(&playbook, &italy, &asked, "2027-07-20T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-08-09T08:00:00Z")));
    // Germany's ten days at Christmas are no long season: Monday 27 December 2027 stays.
    let christmas = history(&["they 2027-11-25T10:00:00Z", "me 2027-11-26T10:00:00Z"]);
    let plan = planned(&germany(), &christmas, None, "2027-11-30T09:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-12-27T09:00:00Z")));
}

#[test]
fn n1_the_user_corrects_a_countrys_days() {
    // Friday 14 May 2027 made a holiday; Monday the 17th is Whit Monday; so Tuesday the 18th.
    let mut playbook = Playbook::default();
    let day_off = Correction {
        date: "2027-05-14".parse().unwrap(),
        kind: CorrectionKind::Holiday("Bridge day".into()),
    };
    playbook
        .corrections
        .insert("DE".parse().unwrap(), vec![day_off]);
    let asked = history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]);
    let plan = planned_by(&playbook, &germany(), &asked, "2027-04-20T08:00:00Z");
    assert_eq!(plan.due_at, Some(at("2027-05-18T08:00:00Z")));
    let stored = serde_json::to_string(&playbook).unwrap();
    assert_eq!(serde_json::from_str::<Playbook>(&stored).unwrap(), playbook);
}
