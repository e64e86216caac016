//! The eyes for saved pages: a [`SiteTable`] applied to HTML.
//!
//! What the extension's `eyes.js` does to a living page, step for step; a test holds the two
//! together. For bug reports and tests, so it is built only for the `cadence` command.

use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Selector};

use super::sighting::{Item, Sighting};
use super::table::{Field, Part, SiteTable};

/// What a look at a saved page gives. A selector that cannot be read finds nothing.
#[must_use]
pub fn look(table: &SiteTable, html: &str, path: &str) -> Sighting {
    let page = Html::parse_document(html);
    // A saved page holds the documents of its frames in `srcdoc`.
    let hidden = parse(&table.hidden);
    let frames: Vec<Html> = (table.frames.as_deref().and_then(parse).iter())
        .flat_map(|frames| page.select(frames))
        .filter(|frame| !is_hidden(hidden.as_ref(), *frame))
        .filter_map(|frame| frame.attr("srcdoc"))
        .map(Html::parse_document)
        .collect();
    let eyes = Eyes {
        pages: [&page].into_iter().chain(&frames).collect(),
        hidden,
        quoted: parse(&table.quoted),
        void: &table.void,
    };
    let parts = table
        .parts
        .iter()
        .map(|part| (part.name.clone(), eyes.items(part)))
        .filter(|(_, items)| !items.is_empty())
        .collect();
    Sighting {
        path: path.to_owned(),
        origin: String::new(),
        parts,
    }
}

fn is_hidden(hidden: Option<&Selector>, element: ElementRef<'_>) -> bool {
    let Some(hidden) = hidden else {
        return false;
    };
    hidden.matches(&element)
        || element
            .ancestors()
            .filter_map(ElementRef::wrap)
            .any(|ancestor| hidden.matches(&ancestor))
}

struct Eyes<'a> {
    /// The page and the documents of its frames on show.
    pages: Vec<&'a Html>,
    hidden: Option<Selector>,
    quoted: Option<Selector>,
    void: &'a [String],
}

impl<'a> Eyes<'a> {
    fn items(&self, part: &Part) -> Vec<Item> {
        let (shape, roots) = self.roots(part);
        let followers = part.followers.as_deref().and_then(parse);
        let fields: Vec<ReadyField> = part.fields.iter().map(ReadyField::new).collect();
        roots
            .into_iter()
            .map(|root| {
                let elements = with_followers(root, followers.as_ref());
                let fields = fields
                    .iter()
                    .map(|field| (field.name.to_owned(), self.hits(field, &elements)))
                    .filter(|(_, hits)| !hits.is_empty())
                    .collect();
                Item {
                    shape,
                    since: None,
                    fields,
                }
            })
            .collect()
    }

    /// The part's roots on show, of the first shape that has any.
    fn roots(&self, part: &Part) -> (usize, Vec<ElementRef<'a>>) {
        part.roots
            .iter()
            .enumerate()
            .find_map(|(shape, select)| {
                let select = parse(select)?;
                let roots = self.pages.iter().flat_map(|page| page.select(&select));
                let on_show: Vec<_> = roots
                    .filter(|root| !is_hidden(self.hidden.as_ref(), *root))
                    .collect();
                (!on_show.is_empty()).then_some((shape, on_show))
            })
            .unwrap_or_default()
    }

    /// What the first shape that yields anything yields.
    fn hits(&self, field: &ReadyField<'_>, elements: &[ElementRef<'a>]) -> Vec<Hit> {
        field
            .shapes
            .iter()
            .map(|(select, take)| -> Vec<Hit> {
                elements
                    .iter()
                    .flat_map(|element| match select {
                        None => vec![*element],
                        Some(select) => element.select(select).collect(),
                    })
                    .map(|found| take.iter().map(|what| self.taken(found, what)).collect())
                    .filter(|hit: &Hit| hit.iter().any(Option::is_some))
                    .collect()
            })
            .find(|hits| !hits.is_empty())
            .unwrap_or_default()
    }

    fn taken(&self, element: ElementRef<'_>, what: &str) -> Option<String> {
        // Before the last `@` stands a selector: then it is the first such element within.
        if let Some((within, what)) = what.rsplit_once('@') {
            return self.taken(element.select(&parse(within)?).next()?, what);
        }
        let value = match what {
            "#text" => run_together(element.text().flat_map(str::chars)),
            "#lines" => self.lines(element),
            "#value" => value_of(element),
            attribute => element.attr(attribute)?.to_owned(),
        };
        (!self.void.contains(&value)).then_some(value)
    }

    /// An element's text line by line, without what is quoted in it.
    fn lines(&self, element: ElementRef<'_>) -> String {
        let mut text = String::new();
        let gap = |node: ElementRef<'_>, text: &mut String| {
            if BLOCKS.contains(&node.value().name()) {
                text.push('\n');
            } else if CELLS.contains(&node.value().name()) {
                text.push(' ');
            }
        };
        let mut quoted = None;
        for edge in element.traverse() {
            let (Edge::Open(node) | Edge::Close(node)) = edge;
            let inner = ElementRef::wrap(node).filter(|inner| *inner != element);
            match (edge, inner) {
                (Edge::Close(_), Some(inner)) if quoted == Some(inner.id()) => quoted = None,
                _ if quoted.is_some() => {}
                (Edge::Open(_), Some(inner))
                    if self
                        .quoted
                        .as_ref()
                        .is_some_and(|select| select.matches(&inner)) =>
                {
                    quoted = Some(inner.id());
                }
                (_, Some(inner)) => gap(inner, &mut text),
                (Edge::Open(_), None) => {
                    if let Some(more) = node.value().as_text() {
                        text.extend(more.chars().map(|c| if is_space(c) { ' ' } else { c }));
                    }
                }
                (Edge::Close(_), None) => {}
            }
        }
        let lines = text.split('\n').map(|line| run_together(line.chars()));
        lines
            .filter(|line| !line.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// What stands in a field of a form as the page was saved.
fn value_of(field: ElementRef<'_>) -> String {
    if field.value().name() == "textarea" {
        return field.text().collect();
    }
    field.attr("value").unwrap_or_default().to_owned()
}

/// Elements that stand in lines of their own.
const BLOCKS: [&str; 29] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tr",
    "ul",
];
/// Elements that stand apart within a line.
const CELLS: [&str; 2] = ["td", "th"];

/// What was taken of one element.
type Hit = Vec<Option<String>>;

/// A field whose selectors are parsed; a shape whose selector cannot be is left out.
struct ReadyField<'a> {
    name: &'a str,
    shapes: Vec<(Option<Selector>, &'a [String])>,
}

impl<'a> ReadyField<'a> {
    fn new(field: &'a Field) -> ReadyField<'a> {
        let shapes = field.shapes.iter().filter_map(|shape| {
            let select = match shape.select.as_str() {
                "" => None,
                select => Some(parse(select)?),
            };
            Some((select, shape.take.as_slice()))
        });
        ReadyField {
            name: &field.name,
            shapes: shapes.collect(),
        }
    }
}

fn parse(select: &str) -> Option<Selector> {
    Selector::parse(select).ok()
}

/// A root and the siblings right after it that belong to it.
fn with_followers<'a>(root: ElementRef<'a>, followers: Option<&Selector>) -> Vec<ElementRef<'a>> {
    let mut elements = vec![root];
    if let Some(followers) = followers {
        let siblings = root.next_siblings().filter_map(ElementRef::wrap);
        elements.extend(siblings.take_while(|sibling| followers.matches(sibling)));
    }
    elements
}

/// Text with white space run together and trimmed.
fn run_together(text: impl Iterator<Item = char>) -> String {
    let mut together = String::new();
    let mut gap = false;
    for c in text {
        if is_space(c) {
            gap = !together.is_empty();
        } else {
            if std::mem::take(&mut gap) {
                together.push(' ');
            }
            together.push(c);
        }
    }
    together
}

/// White space as JavaScript's `\s` has it.
fn is_space(c: char) -> bool {
    c == '\u{feff}' || (c.is_whitespace() && c != '\u{85}')
}
