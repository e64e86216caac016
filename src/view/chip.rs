//! The chip on a list row: the state in a word, where, what time it is there, how long ago.

use super::{Attr, Node, Tag, Words, step_words};
use crate::clock::Instant;
use crate::daytime::Daytime;
use crate::dossier::{Dossier, Now};
use crate::place::Certainty;
use crate::step::Status;

/// The chip of a thread with a client; `None` where there is nothing to say of a stranger.
#[must_use]
pub fn chip(dossier: &Dossier, now: Now) -> Option<Node> {
    let sure = dossier.place.certainty == Certainty::Known;
    let zone = dossier.place.zone.filter(|_| sure);
    if !dossier.followed && zone.is_none() {
        return None;
    }
    let place = dossier
        .place
        .country
        .filter(|_| sure)
        .map(|country| Node::new(Tag::Span, "where").words(Words::raw(country.code())));
    let days = dossier
        .plan
        .days_since_contact
        .filter(|_| dossier.followed)
        .map(|days| {
            Node::new(Tag::Span, "days").words(match days {
                0 => Words::say("chip_today"),
                days => Words::Count("chip_days", i64::from(days), Vec::new()),
            })
        });
    let chip = Node::new(Tag::Span, "chip")
        .with(Attr::Dir, Words::say("direction"))
        .set(Attr::DataTone, step_words::tone(dossier))
        .with(Attr::Title, title(dossier))
        .maybe(
            dossier
                .followed
                .then(|| Node::new(Tag::Span, "state").words(state(dossier))),
        )
        .maybe(place)
        .maybe(zone.map(|zone| step_words::clock(zone, now.at)))
        .maybe(days);
    Some(chip)
}

/// The state; of somebody who is not due yet, the day on which they are.
fn state(dossier: &Dossier) -> Words {
    match (dossier.plan.status, &dossier.plan.step, dossier.place.zone) {
        (Status::Waiting | Status::TooSoon, Some(step), Some(zone)) => {
            Words::day(step.opens, zone.0)
        }
        _ => step_words::status(dossier),
    }
}

fn title(dossier: &Dossier) -> Words {
    Words::Say(
        "chip_title",
        vec![
            step_words::task(dossier),
            step_words::country(dossier),
            step_words::last_contact(dossier),
        ],
    )
}

/// Until when chip and strip say the truth, if nothing happens: the next hour at which the
/// client's day may change, the next full day since the last contact, the due instant, the end
/// of a snooze.
#[must_use]
pub fn fresh_until(dossier: &Dossier, now: Now) -> Instant {
    let day = chrono::TimeDelta::hours(24);
    let next_day = dossier
        .history
        .last()
        .zip(dossier.plan.days_since_contact)
        .map(|(last, days)| {
            let passed = i32::try_from(days).unwrap_or(i32::MAX - 1);
            last.at.plus(day * (passed + 1))
        });
    let daytime = dossier
        .place
        .zone
        .map(|zone| Daytime::changes_at(dossier.hours, zone, now.at));
    let step = dossier.plan.step.as_ref();
    [
        next_day,
        daytime,
        dossier.plan.due_at,
        dossier.plan.turn.as_ref().and_then(|turn| turn.lapses_at),
        step.map(|step| step.opens),
        step.map(|step| step.closes),
        dossier
            .snoozed
            .as_ref()
            .and_then(|thread| thread.snooze)
            .map(|snooze| snooze.until),
    ]
    .into_iter()
    .flatten()
    .filter(|at| *at > now.at)
    .min()
    .unwrap_or(now.at.plus(day))
}
