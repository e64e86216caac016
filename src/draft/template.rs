//! The format of the letters.
//!
//! A letter is `subject:` lines, an empty line, and paragraphs with an empty line between them. A
//! subject or paragraph that starts with `?about` stands only where that is known, with `!about` only
//! where it is not; the first subject that stands is taken. `{about}` is filled in; `{about|what you
//! talked of}` is a gap with that label where it is unknown. `{hello}`, `{bye}` and other paragraphs
//! that all letters share are lines of the language's frame, where a line that starts with one of
//! `?` or `!` before its colon has a condition, too.

/// What is filled in: the value of a name where it is known. A condition is a name as well.
type Values<'a> = &'a dyn Fn(&str) -> Option<String>;

/// What all letters of a language share.
pub(super) struct Frame<'a> {
    lines: Vec<(&'a str, Option<Condition<'a>>, &'a str)>,
}

/// One letter.
pub(super) struct Template<'a> {
    subjects: Vec<Piece<'a>>,
    paragraphs: Vec<Piece<'a>>,
}

/// A filled letter.
pub(super) struct Filled {
    pub(super) subject: String,
    pub(super) body: String,
    pub(super) gaps: Vec<String>,
}

/// A line that stands under a condition.
struct Piece<'a> {
    condition: Option<Condition<'a>>,
    text: &'a str,
}

/// Whether a name must be known or unknown.
#[derive(Clone, Copy)]
struct Condition<'a> {
    known: bool,
    name: &'a str,
}

impl<'a> Condition<'a> {
    /// The condition in front of a text, and the text.
    fn split(text: &'a str) -> (Option<Condition<'a>>, &'a str) {
        let known = text.starts_with('?');
        let Some(rest) = text.strip_prefix(['?', '!']) else {
            return (None, text);
        };
        let (name, text) = rest.split_once(' ').unwrap_or((rest, ""));
        (Some(Condition { known, name }), text)
    }

    fn holds(&self, values: Values<'_>) -> bool {
        values(self.name).is_some() == self.known
    }
}

impl<'a> Frame<'a> {
    /// Reads a frame; a line without a colon says nothing.
    pub(super) fn parse(text: &'a str) -> Frame<'a> {
        let line = |line: &'a str| {
            let (key, said) = line.split_once(": ")?;
            let (key, condition) = match key.split_once(' ') {
                Some((name, rest)) if rest.starts_with(['?', '!']) => {
                    (name, Condition::split(rest).0)
                }
                _ => (key, None),
            };
            Some((key, condition, said))
        };
        Frame {
            lines: text.lines().filter_map(line).collect(),
        }
    }

    /// What stands under a key, whatever its condition.
    pub(super) fn said(&self, key: &str) -> Option<&'a str> {
        let mut lines = self.lines.iter();
        lines.find(|line| line.0 == key).map(|line| line.2)
    }

    /// The name of a month, counted from 0.
    pub(super) fn month(&self, month0: u32) -> &'a str {
        let names = self.said("months").unwrap_or_default();
        names.split('|').nth(month0 as usize).unwrap_or_default()
    }

    /// The shared paragraph of that name that stands.
    fn paragraph(&self, name: &str, values: Values<'_>) -> Option<&'a str> {
        let holds = |condition: &Option<Condition<'_>>| {
            condition
                .as_ref()
                .is_none_or(|condition| condition.holds(values))
        };
        let mut lines = self.lines.iter();
        lines
            .find(|(key, condition, _)| *key == name && holds(condition))
            .map(|line| line.2)
    }

    /// A gap, as nobody overlooks it.
    fn gap(&self, label: &str) -> String {
        self.said("gap")
            .unwrap_or("[{label}]")
            .replace("{label}", label)
    }
}

/// Shared paragraphs that always stand; the others are conditions as well.
const ALWAYS: [&str; 2] = ["hello", "bye"];

impl<'a> Template<'a> {
    /// Reads a letter.
    pub(super) fn parse(text: &'a str) -> Template<'a> {
        let mut subjects = Vec::new();
        let mut paragraphs = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some((condition, text)) = subject(line) {
                subjects.push(Piece { condition, text });
            } else {
                let (condition, text) = Condition::split(line);
                paragraphs.push(Piece { condition, text });
            }
        }
        Template {
            subjects,
            paragraphs,
        }
    }

    /// The letter with everything filled in that is known.
    pub(super) fn fill(&self, frame: &Frame<'_>, values: Values<'_>) -> Filled {
        let mut gaps = Vec::new();
        let stands = |piece: &&Piece<'_>| {
            piece
                .condition
                .is_none_or(|condition| condition.holds(values))
        };
        let subject = self.subjects.iter().find(stands).map_or("", |it| it.text);
        let subject = fill(subject, frame, values, &mut Vec::new());
        let mut body = String::new();
        for piece in self.paragraphs.iter().filter(stands) {
            let shared = piece
                .text
                .strip_prefix('{')
                .and_then(|text| text.strip_suffix('}'))
                .filter(|name| frame.said(name).is_some());
            let text = match shared {
                Some(name) if ALWAYS.contains(&name) || values(name).is_some() => {
                    frame.paragraph(name, values).unwrap_or_default()
                }
                Some(_) => continue,
                None => piece.text,
            };
            if !body.is_empty() {
                body.push_str("\n\n");
            }
            body.push_str(&fill(text, frame, values, &mut gaps));
        }
        Filled {
            subject,
            body,
            gaps,
        }
    }
}

/// A subject line with its condition.
fn subject(line: &str) -> Option<(Option<Condition<'_>>, &str)> {
    let rest = line.strip_prefix("subject")?;
    let (condition, text) = rest.split_once(": ")?;
    Some((Condition::split(condition.trim_start()).0, text))
}

/// A text with its placeholders filled, noting the gaps.
fn fill(text: &str, frame: &Frame<'_>, values: Values<'_>, gaps: &mut Vec<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((inside, after)) = after.split_once('}') else {
            break;
        };
        filled.push_str(before);
        let (name, label) = inside.split_once('|').unwrap_or((inside, inside));
        if let Some(value) = values(name) {
            filled.push_str(&value);
        } else {
            let gap = frame.gap(label);
            filled.push_str(&gap);
            gaps.push(gap);
        }
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The names of a letter's placeholders, for tests: with whether each has a label.
#[cfg(test)]
pub(super) fn placeholders(text: &str) -> Vec<(&str, bool)> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(inside, _)| {
            inside
                .split_once('|')
                .map_or((inside, false), |(name, _)| (name, true))
        })
        .collect()
}
