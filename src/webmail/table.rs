//! The table of selectors that the eyes apply to a page.
//!
//! The eyes know how to follow such a table and nothing else; two implementations follow it, the
//! extension's `extension/content/eyes.js` and, for saved pages, [`super::eyes`]. Whatever a table
//! asks for is therefore kept to what both can do the same way: CSS selectors, attributes and
//! text; no layout, no computed style.

use serde::{Deserialize, Serialize};

use super::Site;

/// Where a site keeps what Cadence needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SiteTable {
    /// The site.
    pub site: Site,
    /// An element that matches, or lies within one that does, is not on show. Asked of roots and
    /// anchors; what a root on show holds is read, shown or not.
    pub hidden: String,
    /// Changes within an element that matches never make the eyes look again (the text that the
    /// user is writing).
    pub quiet: String,
    /// Attributes whose change makes the eyes look again.
    pub watch: Vec<String>,
    /// Attribute values that stand for “nothing here yet”, e.g. the literal `undefined`.
    pub void: Vec<String>,
    /// Frames of the page's own host whose documents belong to the page: what is looked for is looked
    /// for in them, too, while the frame is on show. Nothing of ours is put into them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frames: Option<String>,
    /// Within the lines of a letter (`#lines`), what is not its writer's own: quotations, and what
    /// is no text at all.
    pub quoted: String,
    /// What gives room to the sidebar that is docked beside the mail: a selector for the one element that everything
    /// on the page lies in. It becomes narrower by the sidebar's width, and the frame of what is fixed to the window.
    pub room: String,
    /// What is looked for. Names are unique.
    pub parts: Vec<Part>,
    /// Where a thread's strip stands: the first mount that is found in the page.
    pub strip: Vec<Mount>,
    /// Where a row's chip stands, within the row's elements: the first mount that is found.
    pub chip: Vec<Mount>,
    /// Whether rows are so narrow that a chip must be short.
    #[serde(default)]
    pub narrow: bool,
    /// The letters being written, each an item of the part `compose`.
    pub writing: Writing,
}

/// Within a letter being written: where its text is, what sends it, and where a word about it stands.
/// Selectors within the root of the letter's item, known shapes, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Writing {
    /// The element that holds the text: a field, an editable element, or a frame with one.
    pub editor: Vec<String>,
    /// What sends the letter when it is clicked. There may be several.
    pub send: Vec<String>,
    /// Where the hands put a word about the letter.
    pub note: Vec<Mount>,
    /// The webmail's own way to send a letter later, where it has one that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schedule: Option<Schedule>,
}

/// The way to a webmail's own “send later”: what is clicked in turn until it asks for a date and a time. None of
/// it may send, or schedule at a time of the webmail's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// The button of the menu, within the letter.
    pub menu: Vec<String>,
    /// Its item “send later”.
    pub item: Vec<String>,
    /// What asks for a date and a time of the user's own.
    pub pick: Vec<String>,
    /// The fields for the date and for the time, two of them.
    pub fields: Vec<String>,
}

/// A thing on the page that has fields: the open thread, a message, a row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Its name, e.g. `row`.
    pub name: String,
    /// Known shapes of its root element, newest first: selectors on the document. The first one
    /// with a hit that is on show is used, with all its hits in document order.
    pub roots: Vec<String>,
    /// The siblings right after a root that match belong to the same item (a list row that is
    /// laid out as two or three `<tr>`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followers: Option<String>,
    /// What is read from each item.
    pub fields: Vec<Field>,
}

/// One fact of a part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    /// Its name, e.g. `people`. Unique within the part.
    pub name: String,
    /// Known shapes, newest first. The first one that yields anything is used.
    pub shapes: Vec<Shape>,
}

/// One known shape of a field: which elements, and what of each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shape {
    /// A selector for elements within the item (descendants of its root and followers); `""` is
    /// the item's own elements.
    pub select: String,
    /// What is taken of each element: attribute names; `#text` for its text with white space run
    /// together and trimmed; `#lines` for the same line by line, as its blocks and breaks have it,
    /// without what is quoted and without empty lines; `#value` for what stands in a form's field now;
    /// `selector@what` for what the first element within that matches has. A hit all of whose values are absent or void is dropped.
    pub take: Vec<String>,
}

/// Where the hands put something of ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mount {
    /// A selector for the anchor; the first hit on show is taken.
    pub anchor: String,
    /// From the anchor up to its closest ancestor (or itself) that matches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub climb: Option<Climb>,
    /// Where, seen from there.
    pub place: Place,
}

/// A selector that `Element.closest` is called with.
pub type Climb = String;

/// Where something is put, seen from an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Right before it.
    Before,
    /// As its first child.
    Prepend,
    /// As its last child.
    Append,
    /// Right after it.
    After,
}

/// A field by its shapes: what is selected, and what is taken of each hit.
pub(super) fn field(name: &str, shapes: &[(&str, &[&str])]) -> Field {
    Field {
        name: name.into(),
        shapes: shapes
            .iter()
            .map(|(select, take)| Shape {
                select: (*select).into(),
                take: owned(take),
            })
            .collect(),
    }
}

/// Texts of the table's own.
pub(super) fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).into()).collect()
}
