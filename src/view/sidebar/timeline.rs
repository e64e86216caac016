//! What passed and what comes, day by day: touches with who wrote and what it was, the days between them, holidays and
//! quiet seasons of the client's, and each track's next turn.

use std::cmp::Ordering;

use chrono::{Datelike, Days, NaiveDate};

use super::parts::{button, fold, span};
use super::{Attr, Node, Shown, Tag, Words};
use crate::clock::{Calendar, Zone};
use crate::history::{Author, Touch, Way};
use crate::order::Order;
use crate::protocol::Action;
use crate::rhythm::{Track, Turn};
use crate::store::ThreadRecord;
use crate::view::{client_form, step_words};

/// So many touches are shown at first, the latest ones, and so many more each time.
const TOUCHES: usize = 6;
/// Holidays are told of for so many days ahead where no turn lies further, and never further than the second number.
const AHEAD: (u64, i64) = (30, 180);
/// So many free days and seasons are told of, and as many since the last contact.
const REST: usize = 6;
/// Days between two touches are told from this many on.
const GAP: i64 = 2;

/// Something on the line, on its day.
struct Item {
    on: NaiveDate,
    node: Node,
    /// Whether days are counted from it and to it.
    counts: bool,
}

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let Shown { dossier, now, .. } = shown;
    let zone = dossier.place.zone.map_or(now.seller.0, |zone| zone.0);
    let today = zone.local(now.at).date();
    let touches = dossier.history.until(now.at);
    let room = TOUCHES * (usize::from(shown.ui.sidebar.earlier) + 1);
    let hidden = touches.len().saturating_sub(room);
    let mut items: Vec<Item> = touches
        .iter()
        .skip(hidden)
        .map(|touch| Item {
            on: zone.local(touch.at).date(),
            node: touched(shown, touch, zone, today),
            counts: true,
        })
        .collect();
    let mut ahead: Vec<Item> = shown
        .turns
        .iter()
        .map(|turn| Item {
            on: zone.local(turn.opens).date().max(today),
            node: planned(turn, zone, today),
            counts: true,
        })
        .collect();
    let last = ahead.iter().map(|item| item.on).max();
    let least = today.checked_add_days(Days::new(AHEAD.0));
    if let (Some(calendar), Some(until)) = (&dossier.calendar, last.max(least)) {
        // What they were off for may be why they were silent.
        let since = items.last().map_or(today, |touch| touch.on);
        let (passed, coming) = rests(calendar, since, today, until);
        let early = passed.len().saturating_sub(REST);
        items.extend(passed.into_iter().skip(early));
        ahead.extend(coming.into_iter().take(REST));
    }
    items.push(Item {
        on: today,
        node: Node::new(Tag::Li, "today").words(Words::say("timeline_today")),
        counts: true,
    });
    ahead.order_by_key(|item| item.on);
    items.extend(ahead);
    let earlier = (hidden > 0).then(|| button("tool", "timeline_earlier").on(Action::ShowEarlier));
    fold("sidebar_timeline", true)
        .maybe(earlier)
        .node(Node::new(Tag::Ol, "timeline").nodes(with_gaps(items)))
}

/// The items with the days between them.
fn with_gaps(items: Vec<Item>) -> Vec<Node> {
    let mut nodes = Vec::with_capacity(items.len() * 2);
    let mut former: Option<NaiveDate> = None;
    for item in items {
        if item.counts {
            let days = former.map_or(0, |former| (item.on - former).num_days());
            if days >= GAP {
                let words = Words::Count("days", days, Vec::new());
                nodes.push(Node::new(Tag::Li, "gap").words(words));
            }
            former = Some(item.on);
        }
        nodes.push(item.node);
    }
    nodes
}

fn touched(shown: &Shown<'_>, touch: &Touch, zone: Zone, today: NaiveDate) -> Node {
    let on = zone.local(touch.at).date();
    let when = match on.year() == today.year() {
        true => Words::day(touch.at, zone),
        false => Words::full_date(on),
    };
    let (tone, who) = match (touch.by, touch.way.is_mail()) {
        (Author::Seller, _) => ("mine", "who_you"),
        (Author::Client, _) => ("theirs", "who_they"),
        (Author::Unknown, false) => ("both", "who_both"),
        (Author::Unknown, true) => ("both", "who_unknown"),
    };
    let thread = thread_of(shown, touch);
    let kind = match (touch.by, thread) {
        (Author::Seller, Some(thread)) => Some(Node::new(Tag::Form, "kind").node(
            client_form::kind_select(thread, touch).with(
                Attr::AriaLabel,
                Words::Say("kind_label", vec![when.clone()]),
            ),
        )),
        _ => None,
    };
    let elsewhere = (!touch.way.is_mail())
        .then(|| Node::new(Tag::Span, "way").words(Words::say(way_key(touch.way))));
    let remove = (!touch.way.is_mail()).then(|| {
        button("remove", "tool_remove").on(Action::DropContact {
            client: shown.dossier.record.key.clone(),
            touch: touch.id.clone(),
        })
    });
    Node::new(Tag::Li, "touch")
        .set(Attr::DataTone, tone)
        .node(Node::new(Tag::Time, "on").words(when))
        .node(span("by", Words::say(who)))
        .maybe(elsewhere)
        .maybe(kind)
        .maybe(remove)
}

/// The thread that a letter was written in.
fn thread_of<'s>(shown: &Shown<'s>, touch: &Touch) -> Option<&'s ThreadRecord> {
    let here = |thread: &&ThreadRecord| {
        let touches = thread.history.touches();
        touches.iter().any(|known| known.id == touch.id)
    };
    shown.threads.iter().find(here)
}

fn planned(turn: &Turn, zone: Zone, today: NaiveDate) -> Node {
    let day = Words::day(turn.opens, zone);
    let when = match zone.local(turn.opens).date().cmp(&today) {
        Ordering::Less => Words::Say("timeline_since", vec![day]),
        Ordering::Equal => Words::say("timeline_today"),
        Ordering::Greater => day,
    };
    Node::new(Tag::Li, "planned")
        .node(Node::new(Tag::Time, "on").words(when))
        .node(span("what", Words::say(track_key(turn.track))))
        .node(span("rule", Words::raw(format!("{:?}", turn.rule))))
}

/// The client's free days and quiet seasons: those that began before today, and those from today on.
fn rests(
    calendar: &Calendar,
    since: NaiveDate,
    today: NaiveDate,
    until: NaiveDate,
) -> (Vec<Item>, Vec<Item>) {
    let furthest = chrono::TimeDelta::days(AHEAD.1);
    let (since, until) = (since.max(today - furthest), until.min(today + furthest));
    let mut items: Vec<Item> = Vec::new();
    let mut season = None;
    let mut holiday: Option<String> = None;
    for date in since.iter_days().take_while(|date| *date <= until) {
        let quiet = calendar.season(date);
        if let Some(quiet) = quiet.filter(|_| season != quiet) {
            let name = step_words::season(quiet.key);
            let span = [Words::date(quiet.from), Words::date(quiet.to)];
            let words = name.into_iter().chain(span).collect();
            items.push(rest(date, Words::Say("timeline_season", words)));
        }
        season = quiet;
        let free = calendar.day(date).holiday;
        if let Some(free) = free
            .as_ref()
            .filter(|free| holiday.as_ref() != Some(&free.name))
        {
            let words = vec![Words::date(date), step_words::holiday(free)];
            items.push(rest(date, Words::Say("timeline_holiday", words)));
        }
        holiday = free.map(|free| free.name);
    }
    items.into_iter().partition(|item| item.on < today)
}

fn rest(on: NaiveDate, words: Words) -> Item {
    Item {
        on,
        node: Node::new(Tag::Li, "rest").words(words),
        counts: false,
    }
}

/// The name of a track's message.
pub(super) fn track_key(track: Track) -> &'static str {
    match track {
        Track::OpenQuote => "track_open_quote",
        Track::Quote => "track_quote",
        Track::Touch => "track_touch",
        Track::Sample => "track_sample",
        Track::Greeting => "track_greeting",
    }
}

/// The name of the message of a way to be in contact.
pub(super) fn way_key(way: Way) -> &'static str {
    match way {
        Way::Mail => "way_mail",
        Way::Call => "way_call",
        Way::Whatsapp => "way_whatsapp",
        Way::Wechat => "way_wechat",
        Way::Fair => "way_fair",
        Way::Visit => "way_visit",
        Way::Other => "way_elsewhere",
    }
}
