use proptest::prelude::*;

use super::*;
use crate::client::Client;
use crate::clock::Zone;
use crate::history::History;
use crate::market::Market;
use crate::playbook::{Interval, Scope, Setting, Span, Value};
use crate::scene::{at, brazil, germany, history, india, vietnam};

const UTC: SellerZone = SellerZone(Zone::UTC);

fn cases<'a>(facts: &'a [(Client, History)]) -> Vec<Case<'a>> {
    facts
        .iter()
        .map(|(client, history)| Case {
            client,
            history,
            company: history,
            snooze: None,
        })
        .collect()
}

/// Monday 14 June 2027, before any window of Berlin opens.
const MONDAY: &str = "2027-06-14T06:00:00Z";

#[test]
fn a_day_asks_for_no_more_than_the_limit_and_for_the_most_valuable_first() {
    let overdue = || history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]);
    let owed = history(&["me 2027-06-01T10:00:00Z", "they 2027-06-10T08:00:00Z"]);
    let with = |stage, intent| Client {
        stage,
        intent,
        ..germany()
    };
    let facts = [
        (with(Stage::Inquiry, Intent::Hesitant), overdue()),
        (with(Stage::Inquiry, Intent::Open), overdue()),
        (with(Stage::Negotiating, Intent::Open), overdue()),
        (with(Stage::Inquiry, Intent::ClearPlan), overdue()),
        (with(Stage::Inquiry, Intent::Open), owed),
        (with(Stage::Ordered, Intent::Open), overdue()),
    ];
    let agenda = agenda(&cases(&facts), &Playbook::default(), UTC, at(MONDAY), 3, 2);
    let planned: Vec<(String, Vec<usize>)> = agenda
        .days
        .iter()
        .map(|day| {
            (
                day.date.to_string(),
                day.entries.iter().map(|entry| entry.client).collect(),
            )
        })
        .collect();
    // The answer that is owed, then the one who negotiates; the clear plan, then the open one; the
    // hesitant one last. Who ordered is not among them.
    assert_eq!(
        planned,
        [
            ("2027-06-14".to_owned(), vec![4, 2]),
            ("2027-06-15".to_owned(), vec![3, 1]),
            ("2027-06-16".to_owned(), vec![0]),
        ]
    );
    let last = agenda.days[2].entries[0];
    assert!(last.put_off);
    // 10:00 in Berlin on Wednesday.
    assert_eq!(last.window.unwrap().opens, at("2027-06-16T08:00:00Z"));
    assert!(agenda.left_over.is_empty());
}

#[test]
fn who_finds_no_place_on_friday_waits_for_monday_and_past_the_last_day_is_left_over() {
    let facts: Vec<(Client, History)> = (0..4)
        .map(|_| {
            (
                germany(),
                history(&["they 2027-04-13T08:00:00Z", "me 2027-04-14T10:00:00Z"]),
            )
        })
        .collect();
    // Friday 18 June 2027; Monday is the 21st.
    let friday = at("2027-06-18T06:00:00Z");
    let agenda = agenda(&cases(&facts), &Playbook::default(), UTC, friday, 4, 1);
    let sizes: Vec<usize> = agenda.days.iter().map(|day| day.entries.len()).collect();
    assert_eq!(sizes, [1, 0, 0, 1]);
    assert_eq!(agenda.left_over.len(), 2);
}

/// Clients of whom this is stored: the stage, and how many days ago they were due.
fn stored(of: &[(Stage, i64)]) -> Vec<ClientRecord> {
    let record = |(n, (stage, ago)): (usize, &(Stage, i64))| {
        let email: crate::address::Email = format!("a@c{n}.de").parse().unwrap();
        let person = crate::address::Person::new(email.clone(), None);
        ClientRecord {
            stage: *stage,
            due_at: Some(at(MONDAY).plus(TimeDelta::days(-ago))),
            ..ClientRecord::new(&email, &person, format!("c{n}.de"))
        }
    };
    let mut records: Vec<ClientRecord> = of.iter().enumerate().map(record).collect();
    records.sort_by_key(|client| client.due_at);
    records
}

#[test]
fn of_more_than_the_days_hold_the_most_valuable_are_likely_and_who_waits_longest() {
    // Two days of one letter each hold two, so four are looked at: two that are due now, two with whoever comes on Tuesday.
    let all = stored(&[
        (Stage::Inquiry, 3),
        (Stage::Inquiry, 5),
        (Stage::Negotiating, 1),
        (Stage::Quoted, 0),
        (Stage::Sampled, -2),
        (Stage::Inquiry, 4),
    ]);
    let found = likely(all.clone(), at(MONDAY), 2, 1);
    let companies: Vec<&str> = found.iter().map(|it| it.company.as_str()).collect();
    // Monday takes those who negotiate and were quoted; Tuesday the one with samples, and the inquiry that waits longest.
    assert_eq!(companies, ["c1.de", "c2.de", "c3.de", "c4.de"]);
    // Where there is room for all of them, all are.
    assert_eq!(likely(all, at(MONDAY), 3, 1).len(), 6);
}

#[test]
fn a_preview_counts_what_a_change_would_move() {
    let asked = history(&["they 2027-05-13T08:00:00Z", "me 2027-05-17T10:00:00Z"]);
    let facts = [
        (germany(), asked.clone()),
        (vietnam(), asked.clone()),
        (
            Client {
                stage: Stage::Lost,
                ..germany()
            },
            asked,
        ),
    ];
    // Three weeks instead of a month after 17 May: 7 June instead of 17 June.
    let mut after = Playbook::default();
    let weeks = |count| Span::weeks(count);
    let every = Value::Every(Interval::new(weeks(1), weeks(3), weeks(8)).unwrap());
    after
        .set(
            Scope::Market(Market::EuropeAmerica),
            Setting::TouchEvery,
            every,
        )
        .unwrap();
    let preview = preview(
        &cases(&facts),
        &Playbook::default(),
        &after,
        UTC,
        at(MONDAY),
    );
    let expected = Preview {
        same: 2,
        sooner: 1,
        due_after: 1,
        ..Preview::default()
    };
    assert_eq!(preview, expected);
}

proptest! {
    #[test]
    fn nobody_is_lost_nobody_comes_twice_and_no_day_asks_for_too_much(
        kinds in prop::collection::vec((0..4_usize, 0..120_i64), 0..60),
        limit in 0..8_u16, days in 0..40_u16,
    ) {
        let facts: Vec<(Client, History)> = kinds
            .into_iter()
            .map(|(place, ago)| {
                let client = [germany(), vietnam(), brazil(), india()][place].clone();
                let sent = at(MONDAY).plus(chrono::TimeDelta::days(-ago));
                let touch = crate::history::Touch::new("a", sent, crate::history::Author::Seller);
                (client, History::from(vec![touch]))
            })
            .collect();
        let (playbook, now) = (Playbook::default(), at(MONDAY));
        let agenda = agenda(&cases(&facts), &playbook, UTC, now, days, limit);
        prop_assert_eq!(agenda.days.len(), usize::from(days));
        let mut met: Vec<usize> = agenda.left_over.clone();
        for day in &agenda.days {
            prop_assert!(day.entries.len() <= usize::from(limit));
            for entry in &day.entries {
                met.push(entry.client);
                let window = entry.window.unwrap();
                prop_assert_eq!(window.opens.utc().date_naive(), day.date);
            }
        }
        met.sort_unstable();
        let end = now.utc().date_naive() + chrono::Days::new(days.into());
        let due: Vec<usize> = cases(&facts)
            .iter()
            .enumerate()
            .filter(|(_, case)| {
                let plan = plan(case, &playbook, UTC, now);
                plan.step.is_some_and(|step| step.opens.utc().date_naive() < end)
            })
            .map(|(client, _)| client)
            .collect();
        prop_assert_eq!(met, due);
    }
}
