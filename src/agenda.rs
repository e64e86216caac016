//! Planning ahead: what the next days ask for, spread so that none asks for too much; and what a
//! change of the rules would move.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::AddAssign;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use crate::client::{Intent, Stage};
use crate::clock::{Instant, Opening, SellerZone};
use crate::errand::Errand;
use crate::moment::iso_date;
use crate::order::Order;
use crate::playbook::Playbook;
use crate::rhythm::{Facts, Place, open};
use crate::step::{Case, Status, plan};
use crate::store::ClientRecord;

/// What the next days ask for.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Agenda {
    /// Each day of the user's calendar from today on, also those that ask for nothing.
    pub days: Vec<Day>,
    /// The clients who are due within those days and found no place, by their place in the list
    /// that was given, the most valuable first.
    pub left_over: Vec<usize>,
}

/// One day of the user's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The date.
    #[serde(with = "iso_date")]
    pub date: NaiveDate,
    /// Whom to write to, the most valuable first.
    pub entries: Vec<Entry>,
}

/// One client on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The client's place in the list that was given.
    pub client: usize,
    /// When the window opens that day; `None` where the client's place is unknown.
    pub window: Option<Opening>,
    /// Whether the day it was due on asked for too much already.
    pub put_off: bool,
}

/// A client who is due, in the order in which days are given out.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Waiting {
    worth: u32,
    due_at: Reverse<Instant>,
    client: Reverse<usize>,
    /// The day it was due on, counted from today.
    due_day: usize,
    window: Option<Window>,
}

/// [`Opening`], ordered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Window {
    opens: Instant,
    closes: Instant,
}

/// Spreads what is due within so many days over them, at most `limit` clients a day, the most
/// valuable first. A client who finds no place on their day moves to the next one on which their
/// window opens.
#[must_use]
pub fn agenda(
    cases: &[Case<'_>],
    playbook: &Playbook,
    seller: SellerZone,
    now: Instant,
    days: u16,
    limit: u16,
) -> Agenda {
    let today = seller.0.local(now).date();
    let count = usize::from(days);
    let day_of = |at: Instant| {
        let ahead = (seller.0.local(at).date() - today).num_days().max(0);
        usize::try_from(ahead).ok().filter(|day| *day < count)
    };
    let mut arrivals: Vec<Vec<Waiting>> = vec![Vec::new(); count];
    for (client, case) in cases.iter().enumerate() {
        let plan = plan(case, playbook, seller, now);
        let Some(due_at) = plan.due_at else { continue };
        let window = plan.step.as_ref().map(|step| Window {
            opens: step.opens,
            closes: step.closes,
        });
        let from = window.map_or(due_at.max(now), |window| window.opens);
        let Some(due_day) = day_of(from) else {
            continue;
        };
        if let Some(arrivals) = arrivals.get_mut(due_day) {
            arrivals.push(Waiting {
                worth: worth(
                    plan.status == Status::ReplyNow,
                    (case.client.stage, case.client.intent),
                    plan.due_at,
                    now,
                ),
                due_at: Reverse(due_at),
                client: Reverse(client),
                due_day,
                window,
            });
        }
    }
    let mut agenda = Agenda::default();
    let mut queue = BinaryHeap::new();
    let mut late: Vec<Waiting> = Vec::new();
    for (day, date) in today.iter_days().take(count).enumerate() {
        queue.extend(
            arrivals
                .get_mut(day)
                .map(std::mem::take)
                .unwrap_or_default(),
        );
        let mut entries = Vec::new();
        while entries.len() < usize::from(limit) {
            let Some(mut next) = queue.pop() else { break };
            if next
                .window
                .is_some_and(|window| day_of(window.opens) != Some(day))
            {
                // It was not reached on its day: when does its window open from this day on?
                let morning = seller.0.first_at_or_after(date.and_time(NaiveTime::MIN));
                let case = cases.get(next.client.0);
                next.window = case.and_then(|case| reopened(case, playbook, morning.max(now)));
                match next.window.and_then(|window| day_of(window.opens)) {
                    Some(open) if open == day => {}
                    Some(open) => {
                        if let Some(arrivals) = arrivals.get_mut(open) {
                            arrivals.push(next);
                        }
                        continue;
                    }
                    None => {
                        late.push(next);
                        continue;
                    }
                }
            }
            entries.push(Entry {
                client: next.client.0,
                window: next
                    .window
                    .map(|Window { opens, closes }| Opening { opens, closes }),
                put_off: next.due_day != day,
            });
        }
        agenda.days.push(Day { date, entries });
    }
    late.extend(queue);
    late.order_by(|a, b| b.cmp(a));
    agenda.left_over = late.into_iter().map(|waiting| waiting.client.0).collect();
    agenda
}

/// The client's first window at or after an instant.
fn reopened(case: &Case<'_>, playbook: &Playbook, at: Instant) -> Option<Window> {
    let place = Place::of(case.client, playbook)?;
    let rules = playbook.rules(place.market, &case.client.email);
    let facts = Facts {
        client: case.client,
        place: &place,
        playbook,
        rules: &rules,
        touches: &[],
        warmth: crate::warmth::Warmth::default(),
        guard: None,
        now: at,
    };
    let Opening { opens, closes } = open(&facts, at)?.opening;
    Some(Window { opens, closes })
}

/// How much a client is worth a letter today: an answer that is owed first; then by stage and
/// intent (F3); then who waits longest. An extension.
fn worth(
    owed: bool,
    (stage, intent): (Stage, Intent),
    due_at: Option<Instant>,
    now: Instant,
) -> u32 {
    let owed = if owed { 1_000 } else { 0 };
    let stage = match stage {
        Stage::Negotiating => 400,
        Stage::Sampled => 300,
        Stage::Quoted => 200,
        Stage::Inquiry => 100,
        Stage::Ordered | Stage::Lost => 0,
    };
    let intent = match intent {
        Intent::ClearPlan => 150,
        Intent::Open => 50,
        Intent::Hesitant => 0,
    };
    let overdue = due_at.map_or(0, |due_at| now.whole_days_since(due_at).min(90));
    owed + stage + intent + overdue
}

/// Of many clients, longest due first, those who may find a place in an [`agenda`] of so many days, by what is stored of each alone: where more
/// are due than the days hold, twice as many as they hold, so that days on which some windows stay closed are filled, too.
/// What else is held of the others need not be read.
#[must_use]
pub fn likely(
    clients: Vec<ClientRecord>,
    now: Instant,
    days: u16,
    limit: u16,
) -> Vec<ClientRecord> {
    let room = 2 * usize::from(limit);
    if clients.len() <= room * usize::from(days) {
        return clients;
    }
    let worth = |client: &ClientRecord| {
        let owed = client.errand == Some(Errand::Reply);
        worth(owed, (client.stage, client.intent), client.due_at, now)
    };
    let mut coming = clients.iter().enumerate().peekable();
    let mut queue = BinaryHeap::new();
    let mut chosen = vec![false; clients.len()];
    for day in 1..=i64::from(days) {
        let end = now.plus(TimeDelta::days(day));
        while let Some((at, client)) = coming.next_if(|(_, client)| client.due_at <= Some(end)) {
            // Of two that are worth the same the one who waits longer.
            queue.push((worth(client), Reverse(at)));
        }
        for (_, Reverse(at)) in std::iter::from_fn(|| queue.pop()).take(room) {
            chosen.get_mut(at).into_iter().for_each(|it| *it = true);
        }
    }
    let all = clients.into_iter().zip(chosen);
    all.filter_map(|(client, chosen)| chosen.then_some(client))
        .collect()
}

/// What a change of the rules would move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Preview {
    /// How many clients keep their due date.
    pub same: usize,
    /// How many are due sooner.
    pub sooner: usize,
    /// How many are due later.
    pub later: usize,
    /// How many get a due date who had none.
    pub gained: usize,
    /// How many lose theirs.
    pub lost: usize,
    /// How many are due at this moment as it is.
    pub due_before: usize,
    /// How many would be.
    pub due_after: usize,
}

impl Preview {
    /// How many due dates move, come or go.
    #[must_use]
    pub fn moved(&self) -> usize {
        self.sooner + self.later + self.gained + self.lost
    }
}

impl AddAssign for Preview {
    fn add_assign(&mut self, more: Preview) {
        self.same += more.same;
        self.sooner += more.sooner;
        self.later += more.later;
        self.gained += more.gained;
        self.lost += more.lost;
        self.due_before += more.due_before;
        self.due_after += more.due_after;
    }
}

/// Counts what the change from one playbook to another would move.
#[must_use]
pub fn preview(
    cases: &[Case<'_>],
    before: &Playbook,
    after: &Playbook,
    seller: SellerZone,
    now: Instant,
) -> Preview {
    let mut preview = Preview::default();
    for case in cases {
        let [old, new] = [before, after].map(|playbook| plan(case, playbook, seller, now).due_at);
        let is_due = |at: Option<Instant>| usize::from(at.is_some_and(|at| at <= now));
        preview.due_before += is_due(old);
        preview.due_after += is_due(new);
        let count = match (old, new) {
            (None, Some(_)) => &mut preview.gained,
            (Some(_), None) => &mut preview.lost,
            (old, new) if old == new => &mut preview.same,
            (old, new) if new < old => &mut preview.sooner,
            _ => &mut preview.later,
        };
        *count += 1;
    }
    preview
}

#[cfg(test)]
mod tests;
