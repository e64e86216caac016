//! The page that reads archives of mail.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Attr, Node, Tag, Words};
use crate::protocol::{Action, ImportStep};

/// How far the import has come, as the page tells it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Nothing was chosen yet.
    Begin {
        /// The file that was being read when the page was closed.
        #[serde(default)]
        former: Option<String>,
    },
    /// A file was chosen: whose mailbox is it?
    Owner {
        /// The file's name.
        file: String,
        /// Its size, in bytes.
        bytes: f64,
        /// The addresses it shows, likeliest first.
        owners: Vec<String>,
        /// Whether what was entered is no address.
        #[serde(default)]
        refused: bool,
    },
    /// It is being read.
    Reading {
        /// The file's name.
        file: String,
        /// How much of it was read, in bytes.
        read: f64,
        /// Its size, in bytes.
        bytes: f64,
        /// Bytes a second.
        speed: f64,
        /// What was found so far.
        messages: u64,
        /// Whether the user has stopped it for a while.
        paused: bool,
    },
    /// It was read; nothing is stored yet.
    Summary {
        /// The file's name.
        file: String,
        /// What was found.
        report: Found,
    },
    /// It is being stored.
    Storing {
        /// How many of the clients are.
        done: u64,
        /// How many there are.
        all: u64,
    },
    /// It is stored.
    Done {
        /// How many clients.
        clients: u64,
    },
    /// It could not be read. Nothing was stored.
    Failed {
        /// Why, by key.
        why: String,
    },
}

/// What was found in an archive, see `archive::Report`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Found {
    messages: u64,
    contacts: u64,
    clients: u64,
    threads: u64,
    shortened: u64,
    left_out: BTreeMap<String, LeftOut>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
struct LeftOut {
    messages: u64,
    examples: Vec<String>,
}

/// The whole page.
#[must_use]
pub fn page(stage: &Stage) -> Node {
    Node::new(Tag::Div, "page import")
        .node(Node::new(Tag::H1, "").words(Words::say("import_heading")))
        .nodes(match stage {
            Stage::Begin { former } => begin(former.as_deref()),
            Stage::Owner {
                file,
                bytes,
                owners,
                refused,
            } => owner(file, *bytes, owners, *refused),
            Stage::Reading {
                file,
                read,
                bytes,
                speed,
                messages,
                paused,
            } => reading(file, *read, *bytes, *speed, *messages, *paused),
            Stage::Summary { file, report } => summary(file, report),
            Stage::Storing { done, all } => vec![
                said("import_storing", vec![number(*done), number(*all)]),
                bar(count(*done), count(*all)),
            ],
            Stage::Done { clients } => vec![
                Node::new(Tag::P, "outcome")
                    .set(Attr::Role, "status")
                    .words(Words::Count("import_done", count(*clients), Vec::new())),
                buttons([("import_again", ImportStep::Again, false)]),
            ],
            Stage::Failed { why } => vec![
                Node::new(Tag::P, "outcome failed")
                    .set(Attr::Role, "alert")
                    .words(Words::say(failure(why))),
                buttons([("import_again", ImportStep::Again, true)]),
            ],
        })
}

fn begin(former: Option<&str>) -> Vec<Node> {
    let former = former.map(|file| said("import_former", vec![Words::raw(file)]));
    let mut nodes = vec![said("import_about", Vec::new())];
    nodes.extend(former);
    nodes.push(
        Node::new(Tag::Div, "drop")
            .node(Node::new(Tag::P, "").words(Words::say("import_drop")))
            .node(buttons([
                ("import_choose", ImportStep::Choose, true),
                ("import_choose_folder", ImportStep::ChooseFolder, false),
            ])),
    );
    nodes.push(
        Node::new(Tag::Details, "how")
            .node(Node::new(Tag::Summary, "").words(Words::say("import_how")))
            .node(said("import_how_takeout", Vec::new())),
    );
    nodes.push(Node::new(Tag::P, "note").words(Words::say("import_private")));
    nodes
}

fn owner(file: &str, bytes: f64, owners: &[String], refused: bool) -> Vec<Node> {
    let field = Node::new(Tag::Input, "")
        .set(Attr::Type, "text")
        .set(Attr::Name, "me")
        .set(Attr::Required, "")
        .set(Attr::Value, &owners.join(", "));
    let field = match refused {
        true => field
            .set(Attr::AriaInvalid, "true")
            .set(Attr::AriaDescribedby, "refused"),
        false => field,
    };
    let why = Node::new(Tag::P, "refused")
        .set(Attr::Id, "refused")
        .words(Words::say("import_no_address"));
    vec![
        said("import_file", vec![Words::raw(file), size(bytes)]),
        Node::new(Tag::Form, "owner")
            .on(Action::Import {
                step: ImportStep::Start,
            })
            .node(
                Node::new(Tag::Label, "field")
                    .words(Words::say("import_whose"))
                    .node(field),
            )
            .maybe(refused.then_some(why))
            .node(Node::new(Tag::P, "note").words(Words::say("import_whose_note")))
            .node(
                Node::new(Tag::Div, "buttons")
                    .node(
                        Node::new(Tag::Button, "tool main")
                            .set(Attr::Type, "submit")
                            .words(Words::say("import_start")),
                    )
                    .node(button("import_cancel", ImportStep::Cancel, false)),
            ),
    ]
}

fn reading(
    file: &str,
    read: f64,
    bytes: f64,
    speed: f64,
    messages: u64,
    paused: bool,
) -> Vec<Node> {
    let left = (speed > 0.0 && !paused).then(|| {
        let seconds = whole((bytes - read).max(0.0) / speed);
        Words::Count("import_seconds_left", seconds, Vec::new())
    });
    let facts = Node::new(Tag::P, "facts progress")
        .words(Words::Say("import_read", vec![size(read), size(bytes)]))
        .words(Words::raw(" · "))
        .words(Words::Say("import_speed", vec![size(speed)]))
        .words(Words::raw(" · "))
        .words(Words::Count("import_messages", count(messages), Vec::new()));
    let facts = match left {
        Some(left) => facts.words(Words::raw(" · ")).words(left),
        None => facts,
    };
    let pause = if paused {
        ("import_go_on", ImportStep::GoOn, true)
    } else {
        ("import_pause", ImportStep::Pause, false)
    };
    vec![
        said("import_reading", vec![Words::raw(file)]),
        bar(whole(read), whole(bytes)),
        facts,
        buttons([pause, ("import_cancel", ImportStep::Cancel, false)]),
    ]
}

fn summary(file: &str, report: &Found) -> Vec<Node> {
    let mut nodes = vec![
        Node::new(Tag::P, "outcome")
            .set(Attr::Role, "status")
            .words(Words::Count(
                "import_found",
                count(report.clients),
                vec![number(report.threads), number(report.contacts)],
            )),
        said(
            "import_from",
            vec![Words::raw(file), number(report.messages)],
        ),
    ];
    if report.shortened > 0 {
        nodes.push(Node::new(Tag::P, "note").words(Words::Count(
            "import_shortened",
            count(report.shortened),
            Vec::new(),
        )));
    }
    if !report.left_out.is_empty() {
        nodes.push(Node::new(Tag::H2, "").words(Words::say("import_left_out")));
        nodes.push(Node::new(Tag::Ul, "left-out").nodes(report.left_out.iter().map(left_out)));
    }
    nodes.push(Node::new(Tag::P, "note").words(Words::say("import_nothing_stored")));
    let keep = ("import_keep", ImportStep::Keep, true);
    let cancel = ("import_cancel", ImportStep::Cancel, false);
    nodes.push(match report.clients {
        0 => buttons([("import_again", ImportStep::Again, true)]),
        _ => buttons([keep, cancel]),
    });
    nodes
}

/// A reason with its count, and a way to look.
fn left_out((reason, left): (&String, &LeftOut)) -> Node {
    let key = match reason.as_str() {
        "unreadable" => "left_unreadable",
        "nobody" => "left_nobody",
        "undated" => "left_undated",
        "discarded" => "left_discarded",
        "bulk" => "left_bulk",
        "robot" => "left_robot",
        "own" => "left_own",
        _ => "left_unanswered",
    };
    let what = Words::Count(key, count(left.messages), Vec::new());
    if left.examples.is_empty() {
        return Node::new(Tag::Li, "").words(what);
    }
    let examples = left
        .examples
        .iter()
        .map(|example| Node::new(Tag::Li, "").words(Words::raw(example.clone())));
    Node::new(Tag::Li, "").node(
        Node::new(Tag::Details, "")
            .node(Node::new(Tag::Summary, "").words(what))
            .node(Node::new(Tag::Ul, "examples").nodes(examples)),
    )
}

fn failure(why: &str) -> &'static str {
    match why {
        "bomb" => "import_failed_bomb",
        "gzip" => "import_failed_gzip",
        "empty" => "import_failed_empty",
        "store" => "import_failed_store",
        _ => "import_failed_read",
    }
}

fn said(key: &'static str, with: Vec<Words>) -> Node {
    Node::new(Tag::P, "").words(Words::Say(key, with))
}

fn bar(done: i64, all: i64) -> Node {
    let thousandths = done.saturating_mul(1000).checked_div(all).unwrap_or(0);
    Node::new(Tag::Progress, "")
        .set(Attr::Max, "1000")
        .set(Attr::Value, &thousandths.clamp(0, 1000).to_string())
        .with(Attr::AriaLabel, Words::say("import_progress"))
}

fn buttons<const N: usize>(all: [(&'static str, ImportStep, bool); N]) -> Node {
    let all = all.map(|(key, step, main)| button(key, step, main));
    Node::new(Tag::Div, "buttons").nodes(all)
}

fn button(key: &'static str, step: ImportStep, main: bool) -> Node {
    Node::new(Tag::Button, if main { "tool main" } else { "tool" })
        .set(Attr::Type, "button")
        .on(Action::Import { step })
        .words(Words::say(key))
}

/// A size in megabytes, in tenths below ten.
fn size(bytes: f64) -> Words {
    Words::Size(bytes.max(0.0))
}

fn number(count: u64) -> Words {
    Words::Number(self::count(count))
}

fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn whole(value: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    // Seconds and bytes are far below 2^63; `as` saturates.
    let whole = value.round() as i64;
    whole
}
