//! What holds for every plan, whatever the facts.

use chrono::{TimeDelta, Timelike};
use proptest::prelude::*;

use super::*;
use crate::client::Intent;
use crate::clock::{Calendar, Zone};
use crate::history::TouchKind;
use crate::moment::{Moment, MomentKind};
use crate::order::Order;
use crate::playbook::{Closing, Factor, Scope, Setting, Value};
use crate::scene;

/// 2026-01-01T00:00:00Z, in minutes: where the histories begin.
const START: i64 = 29_453_760;

fn instant(minute: i64) -> Instant {
    Instant::from_ms((START + minute) * 60_000).unwrap()
}

fn kind() -> impl Strategy<Value = TouchKind> {
    prop::sample::select(TouchKind::ALL.to_vec())
}

/// Up to a dozen touches over a year, in any order.
fn touches() -> impl Strategy<Value = Vec<Touch>> {
    let by = prop::sample::select(vec![
        Author::Seller,
        Author::Seller,
        Author::Client,
        Author::Unknown,
    ]);
    prop::collection::vec((0..525_600_i64, by, kind()), 1..12).prop_map(|facts| {
        let touch = |(minute, by, kind): (i64, Author, TouchKind)| Touch {
            kind,
            ..Touch::new(format!("{minute}{by:?}{kind:?}"), instant(minute), by)
        };
        facts.into_iter().map(touch).collect()
    })
}

fn client() -> impl Strategy<Value = Client> {
    let places = vec![
        ("DE", "Europe/Berlin"),
        ("US", "America/New_York"),
        ("VN", "Asia/Ho_Chi_Minh"),
        ("BR", "America/Sao_Paulo"),
        ("IN", "Asia/Kolkata"),
        ("AE", "Asia/Dubai"),
        ("NP", "Asia/Kathmandu"),
        ("AU", "Australia/Lord_Howe"),
        ("CL", "America/Santiago"),
        ("EG", "Africa/Cairo"),
    ];
    let moment = (0..500_i64, 0..3_usize).prop_map(|(day, kind)| Moment {
        on: instant(day * 1_440).utc().date_naive(),
        kind: [
            MomentKind::Anniversary,
            MomentKind::GoodNews,
            MomentKind::NewProduct,
        ][kind],
        note: None,
    });
    (
        prop::sample::select(places),
        prop::collection::vec(moment, 0..3),
    )
        .prop_map(|((country, zone), moments)| Client {
            moments,
            ..scene::client(country, zone)
        })
}

fn playbook() -> impl Strategy<Value = Playbook> {
    let closing = (0..500_i64, 1..20_i64).prop_map(|(day, length)| Closing {
        from: instant(day * 1_440).utc().date_naive(),
        to: instant((day + length) * 1_440).utc().date_naive(),
        note: None,
    });
    (prop::collection::vec(closing, 0..3), any::<bool>()).prop_map(|(closings, open_quote)| {
        let mut playbook = Playbook::default();
        playbook.closings = closings;
        let switch = Value::Switch(open_quote);
        playbook
            .set(Scope::Everywhere, Setting::OpenQuote, switch)
            .unwrap();
        let greet = Value::Switch(true);
        playbook
            .set(Scope::Everywhere, Setting::Greetings, greet)
            .unwrap();
        playbook
    })
}

fn planned(client: &Client, touches: &[Touch], playbook: &Playbook, now: Instant) -> Plan {
    let history = History::from(touches.to_vec());
    let case = Case {
        client,
        history: &history,
        company: &history,
        snooze: None,
    };
    plan(&case, playbook, SellerZone(Zone::UTC), now)
}

/// After every touch.
fn late(days: i64) -> Instant {
    instant(525_600 + days * 1_440)
}

proptest! {
    #[test]
    fn nothing_is_due_or_suggested_outside_a_window(
        client in client(), touches in touches(), playbook in playbook(), days in 0..700_i64,
    ) {
        let plan = planned(&client, &touches, &playbook, late(days));
        let calendar = Calendar::of(client.country.unwrap());
        let zone = client.zone.unwrap().0;
        let turn = plan.turn.iter().map(|turn| (turn.opens, turn.closes));
        let step = plan.step.iter().map(|step| (step.opens, step.closes));
        for (opens, closes) in turn.chain(step) {
            let (from, to) = (zone.local(opens), zone.local(closes));
            prop_assert!((10..15).contains(&from.hour()), "{from}");
            prop_assert_eq!((to.date(), to.hour(), to.minute()), (from.date(), 15, 0));
            let day = calendar.day(from.date());
            prop_assert!(day.is_working() && !day.half, "{}", from);
            prop_assert!(opens < closes);
        }
        if let Some(step) = &plan.step {
            prop_assert!(step.opens >= late(days));
        }
    }

    #[test]
    fn nothing_is_due_earlier_than_the_guard_allows(
        client in client(), touches in touches(), colleagues in touches(), playbook in playbook(),
        gap in 1..30_u16, days in 0..60_i64,
    ) {
        let mut playbook = playbook;
        playbook.set(Scope::Everywhere, Setting::GapDays, Value::Days(gap)).unwrap();
        let history = History::from(touches);
        let mut company = history.clone();
        company.unite(&History::from(colleagues));
        let case = Case { client: &client, history: &history, company: &company, snooze: None };
        let now = late(days);
        let plan = plan(&case, &playbook, SellerZone(Zone::UTC), now);
        if plan.status == Status::ReplyNow {
            return Ok(());
        }
        // Not the day it is due on, nor the day that is proposed once that has passed.
        let step = plan.step.as_ref().map(|step| step.opens);
        for at in plan.due_at.into_iter().chain(step) {
            if let Some(last) = company.unanswered().last() {
                prop_assert!(at.since(last.at) > TimeDelta::days(gap.into()));
            }
        }
        if plan.status == Status::TooSoon {
            prop_assert!(now < plan.guard.unwrap().welcome);
        }
    }

    #[test]
    fn due_means_that_the_due_date_has_come_and_it_does_not_move_meanwhile(
        client in client(), touches in touches(), playbook in playbook(),
        snooze in prop::option::of((0..525_600_i64, 0..700_i64)),
        days in prop::collection::vec(0..700_i64, 2..6),
    ) {
        let history = History::from(touches);
        let snooze = snooze.map(|(since, until)| Snooze { since: instant(since), until: late(until) });
        let case = Case { client: &client, history: &history, company: &history, snooze };
        let mut days = days;
        days.order();
        let plans: Vec<(Instant, Plan)> = days
            .into_iter()
            .map(|day| (late(day), plan(&case, &playbook, SellerZone(Zone::UTC), late(day))))
            .collect();
        for (now, plan) in &plans {
            let listed = matches!(plan.status, Status::Due | Status::ReplyNow);
            prop_assert_eq!(listed, plan.due_at.is_some_and(|due_at| due_at <= *now));
        }
        for pair in plans.windows(2) {
            let [(_, before), (now, after)] = pair else { unreachable!() };
            // A holiday's wishes that were not sent lapse with it: then the letter behind them is
            // next. Nothing else moves.
            let lapsed = before.turn.as_ref().and_then(|turn| turn.lapses_at);
            if lapsed.is_some_and(|at| at <= *now) {
                prop_assert!(before.due_at <= after.due_at);
            } else {
                prop_assert_eq!(before.due_at, after.due_at);
            }
        }
    }

    #[test]
    fn the_firmer_the_client_the_sooner_the_date(
        client in client(), touches in touches(), playbook in playbook(),
    ) {
        let due = |intent, stage| {
            let client = Client { intent, stage, ..client.clone() };
            planned(&client, &touches, &playbook, late(0)).due_at
        };
        let by_intent = [Intent::ClearPlan, Intent::Open, Intent::Hesitant]
            .map(|intent| due(intent, Stage::Quoted));
        prop_assert!(by_intent.is_sorted(), "{by_intent:?}");
        let by_stage = [Stage::Negotiating, Stage::Quoted].map(|stage| due(Intent::Open, stage));
        prop_assert!(by_stage.is_sorted(), "{by_stage:?}");
    }

    #[test]
    fn an_answer_that_did_not_come_never_means_sooner(
        client in client(), touches in touches(), playbook in playbook(), which in 0..12_usize,
    ) {
        // The open quotation is a different clock: its answer ends it.
        let mut playbook = playbook;
        playbook.set(Scope::Everywhere, Setting::OpenQuote, Value::Switch(false)).unwrap();
        let warm = History::from(touches);
        let last = warm.touches().iter().rposition(|touch| touch.kind != TouchKind::Greeting);
        let answers: Vec<usize> = (0..last.unwrap_or_default())
            .filter(|at| warm.touches()[*at].by == Author::Client && *at > 0)
            .collect();
        if answers.is_empty() {
            return Ok(());
        }
        let mut cold = warm.touches().to_vec();
        cold.remove(answers[which % answers.len()]);
        let warm_due = planned(&client, warm.touches(), &playbook, late(0)).due_at;
        prop_assert!(warm_due <= planned(&client, &cold, &playbook, late(0)).due_at);
    }

    #[test]
    fn a_greater_factor_never_means_sooner(
        client in client(), touches in touches(), playbook in playbook(),
        a in 250..4_000_u16, b in 250..4_000_u16, which in 0..7_usize,
    ) {
        let setting = [
            Setting::TwoUnanswered, Setting::MoreUnanswered, Setting::SlowAnswers,
            Setting::QuickAnswers, Setting::ClearPlan, Setting::Hesitant, Setting::Negotiating,
        ][which];
        let client = Client { stage: Stage::Negotiating, intent: Intent::Hesitant, ..client };
        let due = |thousandths: u16| {
            let mut playbook = playbook.clone();
            let factor = Value::Factor(Factor::new(thousandths).unwrap());
            playbook.set(Scope::Everywhere, setting, factor).unwrap();
            planned(&client, &touches, &playbook, late(0)).due_at
        };
        prop_assert!(due(a.min(b)) <= due(a.max(b)));
    }

    #[test]
    fn the_same_facts_in_any_order_give_the_same_plan(
        client in client(), playbook in playbook(),
        (touches, shuffled) in touches().prop_flat_map(|touches| {
            (Just(touches.clone()), Just(touches).prop_shuffle())
        }),
    ) {
        let plan = planned(&client, &touches, &playbook, late(0));
        prop_assert_eq!(plan, planned(&client, &shuffled, &playbook, late(0)));
    }

    #[test]
    fn one_clients_change_moves_no_other(
        client in client(), touches in touches(), playbook in playbook(), gap in 1..300_u16,
    ) {
        let before = planned(&client, &touches, &playbook, late(0));
        let mut changed = playbook;
        let other = Scope::Client("somebody@else.example".parse().unwrap());
        changed.set(other, Setting::GapDays, Value::Days(gap)).unwrap();
        prop_assert_eq!(before, planned(&client, &touches, &changed, late(0)));
    }
}
