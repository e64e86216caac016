//! The coming weeks, day by day: how many letters each asks for, drawn, and the clients' holidays.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Attr, Node, Tag, Words, step_words};
use crate::agenda::{Agenda, Day, Entry};
use crate::clock::{Calendar, Holiday};
use crate::country::Country;
use crate::dossier::{Dossier, Now};
use crate::protocol::{Action, Ui};
use crate::settings::Settings;
use crate::store::ThreadKey;

/// So many clients are named for a day; the others are counted.
const NAMED: usize = 6;
/// So many holidays are named for a day, and so many countries for each; the others are counted.
const HOLIDAYS: usize = 5;
/// How wide a day is in the picture, and how high the picture, in units of its own.
const STEP: u32 = 10;
const HEIGHT: u32 = 64;

/// What the page is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// What the user has set.
    pub settings: &'a Settings,
    /// What is open.
    pub ui: &'a Ui,
    /// What the days ask for, by the place of its clients in `dossiers`.
    pub agenda: &'a Agenda,
    /// How many are due in that time and find no place.
    pub left: usize,
    /// The clients who are due in that time, or of very many those who may find a place.
    pub dossiers: &'a [Dossier],
    /// Where they are, the country of most of them first.
    pub places: &'a [Place],
    /// From when and where the user looks.
    pub now: Now,
}

/// A country that clients are in.
#[derive(Clone, Debug)]
pub struct Place {
    /// The country.
    pub country: Country,
    /// Its calendar.
    pub calendar: Calendar,
    /// How many of them are there.
    pub clients: u32,
}

/// The whole page.
#[must_use]
pub fn page(shown: &Shown<'_>) -> Node {
    let total: usize = shown.agenda.days.iter().map(|day| day.entries.len()).sum();
    let left = shown.left;
    let limit = i64::from(shown.settings.daily_limit);
    let note = |words| Node::new(Tag::P, "about").words(words);
    Node::new(Tag::Main, "page weeks")
        .node(
            Node::new(Tag::Div, "head")
                .node(Node::new(Tag::H1, "").words(Words::say("options_ahead")))
                .node(
                    Node::new(Tag::Button, "tool")
                        .set(Attr::Type, "button")
                        .on(Action::ShowOptions)
                        .words(Words::say("tool_options")),
                ),
        )
        .node(note(Words::say("options_ahead_about")))
        .node(
            Node::new(Tag::P, "sum")
                .node(Node::new(Tag::Strong, "").words(Words::Count(
                    "ahead_letters",
                    count(total),
                    Vec::new(),
                )))
                .node(Node::new(Tag::Span, "").words(Words::Count(
                    "ahead_limit",
                    limit,
                    Vec::new(),
                ))),
        )
        .node(picture(shown))
        .maybe((total == 0).then(|| note(Words::say("ahead_none"))))
        .node(
            Node::new(Tag::Ol, "agenda").nodes(
                shown
                    .agenda
                    .days
                    .iter()
                    .filter_map(|day| of_day(shown, day)),
            ),
        )
        .maybe((left > 0).then(|| note(Words::Count("ahead_left", count(left), Vec::new()))))
}

/// A bar for each day, as high as it asks for letters, with the line of the daily limit.
fn picture(shown: &Shown<'_>) -> Node {
    let days = &shown.agenda.days;
    let most = days.iter().map(|day| day.entries.len()).max().unwrap_or(0);
    let full = usize::from(shown.settings.daily_limit);
    // Where no day comes near the limit its line would make every bar a dot.
    let scale = if most * 3 < full {
        most
    } else {
        most.max(full)
    }
    .max(1);
    let high = |count: usize| {
        let high = count * usize::try_from(HEIGHT).unwrap_or(0) / scale;
        u32::try_from(high).unwrap_or(HEIGHT).min(HEIGHT)
    };
    let rect = |class, x: u32, y: u32, width: u32, height: u32| {
        Node::new(Tag::Rect, class)
            .set(Attr::X, &x.to_string())
            .set(Attr::Y, &y.to_string())
            .set(Attr::Width, &width.to_string())
            .set(Attr::Height, &height.to_string())
    };
    let width = STEP * u32::try_from(days.len()).unwrap_or(30);
    let mut svg = Node::new(Tag::Svg, "bars")
        .set(Attr::ViewBox, &format!("0 0 {width} {HEIGHT}"))
        .set(Attr::PreserveAspectRatio, "none")
        .set(Attr::AriaHidden, "true");
    for (at, day) in (0_u32..).zip(days) {
        let x = at * STEP;
        if is_off(shown, day.date) {
            svg = svg.node(rect("off", x, 0, STEP, HEIGHT));
        }
        let letters = high(day.entries.len());
        let letters = letters.max(u32::from(!day.entries.is_empty()) * 2);
        svg = svg.node(rect("letters", x + 1, HEIGHT - letters, STEP - 2, letters));
    }
    if full <= scale {
        let y = HEIGHT - high(full);
        svg = svg.node(rect("limit", 0, y.min(HEIGHT - 1), width, 1));
    }
    let ends = [days.first(), days.get(days.len() / 2), days.last()];
    let ends = ends.into_iter().flatten();
    Node::new(Tag::Div, "picture").node(svg).node(
        Node::new(Tag::Div, "ends")
            .set(Attr::AriaHidden, "true")
            .nodes(ends.map(|day| Node::new(Tag::Span, "").words(Words::date(day.date)))),
    )
}

/// Whether the user is likely off: a weekend of most of the world, or a closing day of theirs.
fn is_off(shown: &Shown<'_>, date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun) || closed(shown, date).is_some()
}

fn closed(shown: &Shown<'_>, date: NaiveDate) -> Option<Words> {
    let mut closings = shown.settings.playbook.closings.iter();
    let closing = closings.find(|closing| (closing.from..=closing.to).contains(&date))?;
    Some(match &closing.note {
        Some(note) => Words::Say("ahead_closed", vec![Words::raw(note)]),
        None => Words::say("ahead_closed_plain"),
    })
}

/// A day that has something to say.
fn of_day(shown: &Shown<'_>, day: &Day) -> Option<Node> {
    let holidays = holidays(shown, day.date);
    let closed = closed(shown, day.date);
    if day.entries.is_empty() && holidays.is_empty() && closed.is_none() {
        return None;
    }
    let more = day.entries.len().saturating_sub(NAMED);
    let most = shown.agenda.days.iter().map(|day| day.entries.len()).max();
    let width = |count: usize| (count * 100 / most.unwrap_or(1).max(1)).to_string();
    let bar = Node::new(Tag::Svg, "bar")
        .set(Attr::ViewBox, "0 0 100 1")
        .set(Attr::PreserveAspectRatio, "none")
        .set(Attr::AriaHidden, "true")
        .node(
            Node::new(Tag::Rect, "letters")
                .set(Attr::Width, &width(day.entries.len()))
                .set(Attr::Height, "1"),
        );
    let count_words = Words::Count("ahead_letters", count(day.entries.len()), Vec::new());
    let names = day.entries.iter().take(NAMED).filter_map(|entry| {
        let dossier = shown.dossiers.get(entry.client)?;
        Some(who(dossier, entry))
    });
    Some(
        Node::new(Tag::Li, if day.entries.is_empty() { "free" } else { "" })
            .node(Node::new(Tag::Time, "").words(Words::date(day.date)))
            .node(
                Node::new(Tag::Div, "load").nodes(
                    (!day.entries.is_empty())
                        .then(|| [Node::new(Tag::Span, "count").words(count_words), bar])
                        .into_iter()
                        .flatten(),
                ),
            )
            .node(
                Node::new(Tag::Div, "what")
                    .maybe(closed.map(|closed| Node::new(Tag::P, "closed").words(closed)))
                    .nodes(holidays)
                    .node(Node::new(Tag::Ul, "who").nodes(names))
                    .maybe((more > 0).then(|| {
                        Node::new(Tag::P, "more").words(Words::Count(
                            "ahead_more",
                            count(more),
                            Vec::new(),
                        ))
                    })),
            ),
    )
}

/// The public holidays of the clients' countries on a day, each with where it is one.
fn holidays(shown: &Shown<'_>, date: NaiveDate) -> Vec<Node> {
    let Some(next) = date.succ_opt() else {
        return Vec::new();
    };
    let mut all: Vec<(Holiday, Vec<Words>)> = Vec::new();
    for place in shown.places {
        let Some((_, holiday)) = place.calendar.holidays(date..next).next() else {
            continue;
        };
        let country = Words::Country(place.country);
        let same = |known: &Holiday| feast(&known.name) == feast(&holiday.name);
        match all.iter_mut().find(|(known, _)| same(known)) {
            Some((_, countries)) => countries.push(country),
            None => all.push((holiday, vec![country])),
        }
    }
    let more = all.len().saturating_sub(HOLIDAYS);
    let line = |words| Node::new(Tag::P, "holiday").words(words);
    let named = all.into_iter().take(HOLIDAYS).map(|(holiday, mut places)| {
        let more = places.len().saturating_sub(HOLIDAYS);
        places.truncate(HOLIDAYS);
        let places = Words::List(places);
        let places = match more {
            0 => places,
            _ => Words::Say("list_more", vec![places, Words::Number(count(more))]),
        };
        line(Words::Say(
            "day_label",
            vec![step_words::holiday(&holiday), places],
        ))
    });
    let more = (more > 0).then(|| line(Words::Count("ahead_more", count(more), Vec::new())));
    named.chain(more).collect()
}

/// What a day of the year is known by, whatever each country's list calls it: “Christmas” is “Christmas Day”.
fn feast(name: &str) -> &str {
    if name.contains("Labo") || name.contains("Worker") {
        return "Labo";
    }
    let endings = [" Day", " Holiday", " Sunday"];
    let bare = endings.iter().find_map(|end| name.strip_suffix(end));
    bare.unwrap_or(name)
}

fn who(dossier: &Dossier, entry: &Entry) -> Node {
    let name = Node::new(Tag::Button, "person")
        .set(Attr::Type, "button")
        .words(Words::raw(dossier.record.label()));
    let name = match dossier.last_thread.as_ref() {
        Some(thread) => name.on(Action::Open {
            thread: ThreadKey {
                account: thread.key.account.clone(),
                id: thread.key.id.clone(),
            },
        }),
        None => name,
    };
    let put_off = entry
        .put_off
        .then(|| Node::new(Tag::Span, "put-off").words(Words::say("ahead_put_off")));
    Node::new(Tag::Li, "")
        .set(Attr::DataTone, step_words::tone(dossier))
        .node(name)
        .node(Node::new(Tag::Span, "where").words(step_words::country(dossier)))
        .maybe(put_off)
}

fn count(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
