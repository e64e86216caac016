//! Both clocks as bars of the client's day: their hours for a letter, on their clock and on yours.

use chrono::NaiveTime;

use super::parts::span;
use super::{Attr, Node, Shown, Tag, Words};
use crate::clock::{ClientZone, Hours, Instant, TimeOfDay, Zone};
use crate::daytime::{Daytime, NIGHT};
use crate::dossier::Dossier;
use crate::place::Certainty;
use crate::view::step_words;

/// Minutes of a day: the units of a bar.
const DAY: u32 = 1440;
/// From when to when it is day, in minutes, where nobody says otherwise.
const DAYLIGHT: (u32, u32) = (NIGHT.1 * 60, NIGHT.0 * 60);
/// How high a bar is, in units of its own.
const HEIGHT: u32 = 20;
/// How wide the line is that says now.
const NEEDLE: u32 = 7;

pub(super) fn section(shown: &Shown<'_>) -> Option<Node> {
    let (dossier, now) = (shown.dossier, shown.now);
    let known = dossier.place.certainty == Certainty::Known;
    let zone = dossier.place.zone.filter(|_| known)?;
    let midnight = start_of_day(zone, now.at);
    let seller = now.seller.0;
    let open = Window::of(dossier, zone, now.at);
    let bar = |whose: &'static str, of: Zone| Bar {
        whose,
        zone: of,
        ahead: minutes_ahead(of, midnight) - minutes_ahead(zone.0, midnight),
        midnight,
        now: now.at,
        hours: dossier.hours,
        open: &open,
        day: DAYLIGHT,
    };
    let theirs = bar("clock_theirs", zone.0).draw();
    let same = zone.0.offset_at(now.at) == seller.offset_at(now.at);
    // On the user's own clock it is day while they are at work.
    let day = shown.own_hours.map_or(DAYLIGHT, |hours| {
        (hours.from().minutes(), hours.to().minutes())
    });
    let yours = (!same).then(|| {
        let bar = bar("clock_yours", seller);
        Bar { day, ..bar }.draw()
    });
    Some(
        Node::new(Tag::Section, "clocks")
            .with(Attr::AriaLabel, Words::say("sidebar_clocks"))
            .node(theirs)
            .maybe(yours)
            .node(daytime(dossier, zone, now.at)),
    )
}

/// Whether the hours for letters are worked on the client's day of today.
enum Window {
    Works,
    Rests,
}

impl Window {
    fn of(dossier: &Dossier, zone: ClientZone, now: Instant) -> Window {
        let today = zone.0.local(now).date();
        let works = dossier
            .calendar
            .as_ref()
            .is_none_or(|calendar| calendar.is_working(today));
        match works {
            true => Window::Works,
            false => Window::Rests,
        }
    }
}

/// One clock's bar.
struct Bar<'a> {
    whose: &'static str,
    zone: Zone,
    /// How many minutes its clock is ahead of the client's.
    ahead: i32,
    /// When the client's day began.
    midnight: Instant,
    now: Instant,
    hours: Hours,
    open: &'a Window,
    /// From when to when it is day there, in minutes.
    day: (u32, u32),
}

impl Bar<'_> {
    fn draw(&self) -> Node {
        let window = self.window();
        let svg = Node::new(Tag::Svg, "bar")
            .set(Attr::ViewBox, &format!("0 0 {DAY} {HEIGHT}"))
            .set(Attr::PreserveAspectRatio, "none")
            .set(Attr::AriaHidden, "true")
            .node(rect("day", 0, DAY))
            .nodes(self.nights())
            .node(rect(
                match self.open {
                    Window::Works => "window",
                    Window::Rests => "window rests",
                },
                self.hours.from().minutes(),
                self.hours.to().minutes(),
            ))
            .maybe(self.needle());
        Node::new(Tag::Div, "clock-row")
            .node(
                Node::new(Tag::P, "clock-head")
                    .node(span("whose", Words::say(self.whose)))
                    .node(Node::new(Tag::Time, "clock").words(Words::clock(self.zone, self.now)))
                    .node(span("city", Words::Zone(self.zone)))
                    .node(span("hours", Words::Say("clock_window", vec![window]))),
            )
            .node(svg)
            .node(self.ticks())
    }

    /// The night on this clock, as pieces of the client's day.
    fn nights(&self) -> Vec<Node> {
        let (dawn, dusk) = self.day;
        if dusk.saturating_sub(dawn) >= DAY {
            return Vec::new();
        }
        let at = |minutes: u32| (i64::from(minutes) - i64::from(self.ahead)).rem_euclid(1440);
        let (from, to) = match (small(at(dusk)), small(at(dawn))) {
            (from, 0) => (from, DAY),
            ends => ends,
        };
        match from <= to {
            true => vec![rect("night", from, to)],
            false => vec![rect("night", 0, to), rect("night", from, DAY)],
        }
    }

    fn needle(&self) -> Option<Node> {
        let passed = self.now.since(self.midnight).num_minutes();
        let at = u32::try_from(passed).ok().filter(|at| *at < DAY)?;
        let from = at.saturating_sub(NEEDLE / 2).min(DAY - NEEDLE);
        Some(rect("needle", from, from + NEEDLE))
    }

    /// The hours for letters on this clock.
    fn window(&self) -> Words {
        let shown = |time: TimeOfDay| {
            let minutes = (i64::from(time.minutes()) + i64::from(self.ahead)).rem_euclid(1440);
            short(small(minutes))
        };
        Words::raw(format!(
            "{}–{}",
            shown(self.hours.from()),
            shown(self.hours.to())
        ))
    }

    /// What this clock shows at each quarter of the client's day.
    fn ticks(&self) -> Node {
        let tick = |quarter: i64| {
            let minutes = (quarter * 360 + i64::from(self.ahead)).rem_euclid(1440);
            span("", Words::raw(short(small(minutes))))
        };
        Node::new(Tag::Div, "ticks")
            .set(Attr::AriaHidden, "true")
            .nodes((0..=4).map(tick))
    }
}

/// What part of their day they are in, in words.
fn daytime(dossier: &Dossier, zone: ClientZone, now: Instant) -> Node {
    let daytime = dossier.daytime(zone, now);
    let tone = match daytime {
        Daytime::Open => "open",
        _ => "closed",
    };
    Node::new(Tag::P, "daytime")
        .set(Attr::DataTone, tone)
        .words(match daytime {
            Daytime::Open => Words::say("day_open"),
            Daytime::Closed => Words::say("day_closed"),
            Daytime::Night => Words::say("day_night"),
            Daytime::Weekend => Words::say("day_weekend"),
            Daytime::Holiday(holiday) => {
                Words::Say("day_holiday", vec![step_words::holiday(&holiday)])
            }
        })
}

fn rect(class: &'static str, from: u32, to: u32) -> Node {
    Node::new(Tag::Rect, class)
        .set(Attr::X, &from.to_string())
        .set(Attr::Y, "0")
        .set(Attr::Width, &to.saturating_sub(from).to_string())
        .set(Attr::Height, &HEIGHT.to_string())
}

/// When the client's present day began.
fn start_of_day(zone: ClientZone, now: Instant) -> Instant {
    let midnight = zone.0.local(now).date().and_time(NaiveTime::MIN);
    zone.0.first_at_or_after(midnight)
}

fn minutes_ahead(zone: Zone, at: Instant) -> i32 {
    zone.offset_at(at).local_minus_utc() / 60
}

fn small(minutes: i64) -> u32 {
    u32::try_from(minutes).unwrap_or_default()
}

/// `9:30`, and full hours without their zeros.
fn short(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hour, 0) => hour.to_string(),
        (hour, minute) => format!("{hour}:{minute:02}"),
    }
}
