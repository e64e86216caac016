//! The trees themselves.

use chrono::{NaiveDate, NaiveTime};
use serde::Serialize;

use crate::clock::{Instant, Zone};
use crate::country::Country;
use crate::protocol::Action;

/// An element that may be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // Each is the HTML element of that name.
pub enum Tag {
    /// A way to another part of the same page: its `href` begins with `#`.
    A,
    Button,
    Details,
    Div,
    Fieldset,
    Form,
    H1,
    H2,
    H3,
    Input,
    Label,
    Legend,
    Li,
    Main,
    Nav,
    Ol,
    Option,
    P,
    Progress,
    /// Of a drawing, as [`Tag::Svg`].
    Rect,
    Section,
    Select,
    Span,
    Strong,
    Summary,
    /// A drawing: rectangles in a field of its own units, nothing that could load or run anything.
    Svg,
    Textarea,
    Time,
    Ul,
}

/// An attribute that may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // Each is the HTML attribute of that name.
pub enum Attr {
    AriaCurrent,
    AriaDescribedby,
    AriaHidden,
    AriaInvalid,
    AriaKeyshortcuts,
    AriaLabel,
    AriaLabelledby,
    Checked,
    Dir,
    Disabled,
    For,
    Height,
    Href,
    Id,
    Inputmode,
    Max,
    Maxlength,
    Min,
    Name,
    Placeholder,
    Popover,
    Popovertarget,
    /// Whether a drawing keeps its proportions.
    #[serde(rename = "preserveAspectRatio")]
    PreserveAspectRatio,
    Required,
    Role,
    Rows,
    Selected,
    Title,
    Type,
    Value,
    /// The units that a drawing is made in.
    #[serde(rename = "viewBox")]
    ViewBox,
    Width,
    X,
    Y,
    /// So many rows of a list, out of sight above those that are drawn. Its own action tells which
    /// row is to be drawn first when the user scrolls: field `from`.
    DataBefore,
    /// So many below.
    DataAfter,
    /// Children are put in the order of their text, as the reader's language sorts.
    DataSorted,
    /// A form that is empty again once what it asks for is done.
    DataOnce,
    /// A popover that is open as soon as it is drawn.
    DataOpen,
    /// The colour of a state: `due`, `reply`, `wait`, `rest`, `ask`.
    DataTone,
    /// A fold that is open when it is first drawn.
    DataUnfolded,
}

/// One element with what it shows and what a click, a change or a submit of it does.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Node {
    tag: Tag,
    #[serde(skip_serializing_if = "str::is_empty")]
    class: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attrs: Vec<(Attr, Words)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<Action>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    kids: Vec<Kid>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
enum Kid {
    Node(Node),
    Words(Words),
}

/// Something to be read, without a language.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Words {
    /// Text as it is: a stranger's, or a machine's such as an id. Shown in a direction of its own.
    Raw(String),
    /// A message of the locale, with what stands for `$1`, `$2` …
    Say(&'static str, Vec<Words>),
    /// A message that depends on a number: its key is followed by `_one`, `_other` … as the
    /// language's plural rules say. `$1` is the number.
    Count(&'static str, i64, Vec<Words>),
    /// A whole number.
    Number(i64),
    /// A size in bytes, shown in the unit that suits it.
    Size(f64),
    /// An instant on a zone's clocks.
    At(At),
    /// What a zone's clocks show now; drawn anew each minute.
    Clock {
        /// Seconds ahead of UTC.
        #[serde(rename = "offsetS")]
        offset_s: i32,
    },
    /// How long ago an instant was, in days: “12 days ago”.
    Ago(i64),
    /// A country's name.
    Country(Country),
    /// A zone's city, e.g. `São Paulo`.
    Zone(Zone),
    /// A language's name, by its BCP 47 tag.
    Language(&'static str),
    /// A holiday by its English name, which is said where the language has no word for it.
    Holiday(String),
    /// Several things in a row, as the language lists them.
    List(Vec<Words>),
}

/// An instant as a zone's clocks show it. The offset travels with it, so the drawing side's own
/// zone tables, which may be older than ours, are not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct At {
    ms: i64,
    offset_s: i32,
    style: AtStyle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum AtStyle {
    /// `Tue 24 Nov, 10:00`
    Moment,
    /// `24 Nov 2026, 10:00`, to be read by a machine or typed into a form.
    Stamp,
    /// `10:00`
    Time,
    /// `Tue 24 Nov`
    Day,
    /// `24 November 2026`
    Date,
    /// `Tue`
    Weekday,
}

impl Words {
    /// A message without arguments.
    #[must_use]
    pub fn say(key: &'static str) -> Words {
        Words::Say(key, Vec::new())
    }

    /// Weekday, day and time on a zone's clocks.
    #[must_use]
    pub fn moment(at: Instant, zone: Zone) -> Words {
        Words::At(At {
            ms: at.ms(),
            offset_s: offset_s(zone, at),
            style: AtStyle::Moment,
        })
    }

    /// Date, year and time on a zone's clocks.
    #[must_use]
    pub fn stamp(at: Instant, zone: Zone) -> Words {
        Words::At(At {
            ms: at.ms(),
            offset_s: offset_s(zone, at),
            style: AtStyle::Stamp,
        })
    }

    /// Weekday and day on a zone's clocks.
    #[must_use]
    pub fn day(at: Instant, zone: Zone) -> Words {
        Words::At(At {
            ms: at.ms(),
            offset_s: offset_s(zone, at),
            style: AtStyle::Day,
        })
    }

    /// A date with its year.
    #[must_use]
    pub fn full_date(date: NaiveDate) -> Words {
        Words::on(date, AtStyle::Date)
    }

    /// The weekday of a date.
    #[must_use]
    pub fn weekday(date: NaiveDate) -> Words {
        Words::on(date, AtStyle::Weekday)
    }

    fn on(date: NaiveDate, style: AtStyle) -> Words {
        Words::At(At {
            ms: date.and_time(NaiveTime::MIN).and_utc().timestamp_millis(),
            offset_s: 0,
            style,
        })
    }

    /// The time of day on a zone's clocks.
    #[must_use]
    pub fn time(at: Instant, zone: Zone) -> Words {
        Words::At(At {
            ms: at.ms(),
            offset_s: offset_s(zone, at),
            style: AtStyle::Time,
        })
    }

    /// A day of a calendar.
    #[must_use]
    pub fn date(on: NaiveDate) -> Words {
        let at = Instant::from_utc(on.and_time(NaiveTime::MIN).and_utc());
        Words::day(at, Zone::UTC)
    }

    /// How long ago an instant was.
    #[must_use]
    pub fn ago(at: Instant) -> Words {
        Words::Ago(at.ms())
    }

    /// What a zone's clocks show now.
    #[must_use]
    pub fn clock(zone: Zone, now: Instant) -> Words {
        Words::Clock {
            offset_s: offset_s(zone, now),
        }
    }

    /// Text of our own making that is the same in every language, e.g. a rule's id.
    #[must_use]
    pub fn raw(text: impl Into<String>) -> Words {
        Words::Raw(text.into())
    }
}

fn offset_s(zone: Zone, at: Instant) -> i32 {
    zone.offset_at(at).local_minus_utc()
}

impl Node {
    /// An empty element.
    #[must_use]
    pub fn new(tag: Tag, class: &'static str) -> Node {
        Node {
            tag,
            class,
            attrs: Vec::new(),
            on: None,
            kids: Vec::new(),
        }
    }

    /// The element with an attribute more.
    #[must_use]
    pub fn with(mut self, attr: Attr, value: Words) -> Node {
        self.attrs.push((attr, value));
        self
    }

    /// The element with an attribute whose value is a word of HTML, e.g. `type="submit"`.
    #[must_use]
    pub fn set(self, attr: Attr, value: &str) -> Node {
        self.with(attr, Words::raw(value))
    }

    /// The element with what a click (a button), a change (a select) or a submit (a form) does.
    #[must_use]
    pub fn on(mut self, action: Action) -> Node {
        self.on = Some(action);
        self
    }

    /// The element with text more.
    #[must_use]
    pub fn words(mut self, words: Words) -> Node {
        self.kids.push(Kid::Words(words));
        self
    }

    /// The element with a child more.
    #[must_use]
    pub fn node(mut self, node: Node) -> Node {
        self.kids.push(Kid::Node(node));
        self
    }

    /// The element with a child more, if there is one.
    #[must_use]
    pub fn maybe(self, node: Option<Node>) -> Node {
        match node {
            Some(node) => self.node(node),
            None => self,
        }
    }

    /// The element with children more.
    #[must_use]
    pub fn nodes(mut self, nodes: impl IntoIterator<Item = Node>) -> Node {
        self.kids.extend(nodes.into_iter().map(Kid::Node));
        self
    }
}
