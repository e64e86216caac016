//! The strip under an open thread's subject: what to do next, and what speaks for it.

use super::{Attr, Node, Tag, Words, pace_words, place_form, snooze_menu, step_words, undo, why};
use crate::clock::{ClientZone, Instant};
use crate::daytime::Daytime;
use crate::dossier::{Dossier, Now};
use crate::place::Certainty;
use crate::protocol::{Action, Ui};
use crate::step::Status;
use crate::store::ThreadRecord;
use crate::webmail::Missing;

/// The strip of a thread with a client.
#[must_use]
pub fn strip(
    dossier: &Dossier,
    thread: &ThreadRecord,
    ui: &Ui,
    missing: &[Missing],
    now: Now,
) -> Node {
    let asking = ui
        .place
        .as_ref()
        .filter(|place| place.client == dossier.record.key.email);
    Node::new(Tag::Div, "strip")
        .set(Attr::Role, "region")
        .with(Attr::Dir, Words::say("direction"))
        .with(Attr::AriaLabel, Words::say("strip_label"))
        .set(Attr::DataTone, step_words::tone(dossier))
        .node(Node::new(Tag::Span, "pill").words(if dossier.followed {
            step_words::status(dossier)
        } else {
            Words::say("status_not_followed")
        }))
        .node(
            Node::new(Tag::Div, "lines")
                .node(headline(dossier, now))
                .node(facts(dossier, missing, now)),
        )
        .node(tools(dossier, ui))
        .node(why::popover(dossier, now))
        .maybe(
            dossier
                .followed
                .then(|| snooze_menu::popover(dossier, thread, now)),
        )
        .maybe(asking.map(|place| place_form::popover(dossier, place)))
}

/// The strip where the page does not show what is needed.
#[must_use]
pub fn unreadable(missing: &[Missing]) -> Node {
    let what = missing
        .iter()
        .map(|missing| missing.0)
        .collect::<Vec<_>>()
        .join(", ");
    quiet(Words::Say("strip_unreadable", vec![Words::raw(what)]))
}

/// The strip of a thread with nobody in it to follow.
#[must_use]
pub fn nobody() -> Node {
    quiet(Words::say("strip_nobody"))
}

/// One line, shown only if it stays: a page that is still being painted lacks things, too.
fn quiet(words: Words) -> Node {
    Node::new(Tag::Div, "strip quiet")
        .set(Attr::Role, "region")
        .with(Attr::Dir, Words::say("direction"))
        .with(Attr::AriaLabel, Words::say("strip_label"))
        .set(Attr::DataTone, "rest")
        .node(Node::new(Tag::Div, "lines").node(Node::new(Tag::P, "facts").words(words)))
}

/// What to do and when.
fn headline(dossier: &Dossier, now: Now) -> Node {
    let part = |class, words| Node::new(Tag::Span, class).words(words);
    // What they last asked for makes the letter theirs (P1).
    let about = dossier
        .record
        .about
        .clone()
        .map(|about| part("also", Words::Say("task_about", vec![Words::raw(about)])));
    Node::new(Tag::P, "headline")
        .node(Node::new(Tag::Strong, "task").words(step_words::task(dossier)))
        .maybe(about)
        .maybe(pace_words::also(dossier).map(|also| part("also", also)))
        .maybe(when(dossier, now).map(|when| part("when", when)))
}

/// When: “now, their window closes at 15:00”, or the moment on both clocks.
pub(super) fn when(dossier: &Dossier, now: Now) -> Option<Words> {
    let zone = dossier.place.zone?;
    if let (Status::Snoozed, Some(snooze)) = (
        dossier.plan.status,
        dossier.snoozed.as_ref().and_then(|thread| thread.snooze),
    ) {
        let until = step_words::both_clocks(snooze.until, zone, now.seller);
        return Some(Words::Say("when_snoozed", vec![until]));
    }
    let step = dossier.plan.step.as_ref()?;
    if step.opens <= now.at && now.at < step.closes {
        let closes = Words::time(step.closes, zone.0);
        return Some(Words::Say("when_now", vec![closes]));
    }
    Some(step_words::both_clocks(step.opens, zone, now.seller))
}

/// Where they are, what time it is there, and when you last spoke.
fn facts(dossier: &Dossier, missing: &[Missing], now: Now) -> Node {
    let sure = dossier.place.certainty == Certainty::Known;
    let place = Node::new(Tag::Button, "place")
        .set(Attr::Type, "button")
        .with(Attr::Title, Words::say("place_change"))
        .on(Action::AskPlace {
            client: dossier.record.key.clone(),
        })
        .words(step_words::country(dossier));
    let accept = dossier.place.country.filter(|_| !sure).map(|country| {
        let client = dossier.record.key.clone();
        Node::new(Tag::Button, "accept")
            .set(Attr::Type, "button")
            .on(Action::AcceptPlace { client, country })
            .words(Words::say("tool_accept"))
    });
    let market = dossier.plan.market.filter(|_| sure).map(|market| {
        let market = Words::say(market_key(market));
        Node::new(Tag::Span, "market")
            .with(Attr::Title, market.clone())
            .words(pace_words::pace(dossier).unwrap_or(market))
    });
    Node::new(Tag::P, "facts")
        .node(place)
        .maybe(accept)
        .maybe(market)
        .nodes(
            dossier
                .place
                .zone
                .filter(|_| sure)
                .map(|zone| their_time(dossier, zone, now)),
        )
        .node(Node::new(Tag::Span, "contact").words(step_words::last_contact(dossier)))
        .maybe(step_words::best(dossier, now).map(|best| Node::new(Tag::Span, "best").words(best)))
        .nodes(doubts(missing))
}

/// What the open thread should show and does not: a page that has changed, or imported mail, whose
/// ids tell when it was imported.
fn doubts(missing: &[Missing]) -> impl Iterator<Item = Node> {
    let undated = missing.contains(&Missing("message.at"));
    let unread: Vec<_> = missing
        .iter()
        .map(|missing| missing.0)
        .filter(|name| Missing::OF_A_THREAD.contains(name))
        .collect();
    let changed = (!unread.is_empty()).then(|| {
        let count = |things: usize| Words::Number(i64::try_from(things).unwrap_or(i64::MAX));
        let all = Missing::OF_A_THREAD.len();
        let read = all.saturating_sub(unread.len());
        Node::new(Tag::Span, "missing")
            .with(Attr::Title, Words::raw(unread.join(", ")))
            .words(Words::Say("page_changed", vec![count(read), count(all)]))
    });
    let unsure = undated.then(|| Node::new(Tag::Span, "missing").words(Words::say("date_unsure")));
    changed.into_iter().chain(unsure)
}

fn their_time(dossier: &Dossier, zone: ClientZone, now: Now) -> Node {
    let daytime = dossier.daytime(zone, now.at);
    Node::new(Tag::Span, "their-time")
        .set(
            Attr::DataTone,
            if daytime == Daytime::Open {
                "open"
            } else {
                "closed"
            },
        )
        .node(step_words::clock(zone, now.at))
        .words(Words::raw(" "))
        .node(Node::new(Tag::Span, "daytime").words(daytime_words(dossier, daytime)))
}

pub(super) fn daytime_words(dossier: &Dossier, daytime: Daytime) -> Words {
    match daytime {
        Daytime::Open => Words::say("daytime_open"),
        Daytime::Closed => Words::Say("daytime_closed", vec![step_words::hours(dossier.hours)]),
        Daytime::Night => Words::say("daytime_night"),
        Daytime::Weekend => Words::say("daytime_weekend"),
        Daytime::Holiday(holiday) => {
            Words::Say("daytime_holiday", vec![step_words::holiday(&holiday)])
        }
    }
}

/// The name of a market's message.
#[must_use]
pub fn market_key(market: crate::market::Market) -> &'static str {
    use crate::market::Market;
    match market {
        Market::EuropeAmerica => "market_europe_america",
        Market::SouthEastAsia => "market_south_east_asia",
        Market::SouthAmerica => "market_south_america",
        Market::India => "market_india",
    }
}

/// What can be done here: see why, snooze or wake, follow.
fn tools(dossier: &Dossier, ui: &Ui) -> Node {
    let button = |class, key| {
        Node::new(Tag::Button, class)
            .set(Attr::Type, "button")
            .words(Words::say(key))
    };
    let back = ui.undo.clone();
    let back = back.filter(|undo| undo::concerns(undo, &dossier.record.key));
    let tools = Node::new(Tag::Div, "tools")
        .maybe(back.map(undo::button))
        .node(button("tool why-tool", "tool_why").set(Attr::Popovertarget, why::ID));
    if !dossier.followed {
        let client = dossier.record.key.clone();
        return tools.node(button("tool", "tool_follow").on(Action::Follow { client, on: true }));
    }
    // The snooze may have been set in another thread with the same client.
    let tools = tools.node(button("tool client-tool", "tool_client").on(Action::ShowSidebar));
    let snoozed = dossier
        .snoozed
        .as_ref()
        .filter(|_| dossier.plan.status == Status::Snoozed);
    tools.node(match snoozed {
        Some(thread) => button("tool", "tool_wake").on(Action::Snooze {
            thread: thread.key.clone(),
            client: thread.client.clone(),
            until: None,
        }),
        None => button("tool snooze-tool", "tool_snooze").set(Attr::Popovertarget, snooze_menu::ID),
    })
}

/// Until when the strip says the truth, if nothing happens.
#[must_use]
pub fn fresh_until(dossier: &Dossier, now: Now) -> Instant {
    super::chip::fresh_until(dossier, now)
}
