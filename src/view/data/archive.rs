//! An archive of mail on its way in.

use serde::Deserialize;

use super::{line, tool};
use crate::archive::{Fault, LeftOut, Reason, Report};
use crate::protocol::{Action, DataErrand};
use crate::tagged::tagged;
use crate::view::{Attr, Node, Tag, Words};

tagged! {
/// How far it has come.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage in "stage" {
    /// It was chosen: whose mailbox is it?
    Owner {
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
    /// It could not be read. Nothing was stored.
    Failed {
        /// Why, by key.
        why: String,
    },
}
}

/// An archive that was being read when the page was closed.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Former {
    /// Its name.
    pub file: String,
    /// How much of it was read, in bytes.
    pub read: f64,
    /// Its size, in bytes.
    pub bytes: f64,
    /// Whether it lies in a folder.
    #[serde(default)]
    pub folder: bool,
    /// Whether the browser still knows where it is.
    pub known: bool,
}

pub(super) fn stage(stage: &Stage) -> Vec<Node> {
    match stage {
        Stage::Owner {
            bytes,
            owners,
            refused,
        } => owner(*bytes, owners, *refused),
        Stage::Reading {
            read,
            bytes,
            speed,
            messages,
            paused,
        } => reading(*read, *bytes, *speed, *messages, *paused),
        Stage::Failed { why } => vec![
            line("refused", failure(why)).set(Attr::Role, "alert"),
            line("about", "data_untouched"),
            tool("data_back", DataErrand::Leave),
        ],
    }
}

/// Offers to go on with what was not read to its end.
pub(super) fn former(former: &Former) -> Node {
    let words = vec![
        Words::raw(former.file.clone()),
        size(former.read),
        size(former.bytes),
    ];
    let (key, go_on) = match (former.known, former.folder) {
        (true, _) => ("import_former", tool("import_go_on", DataErrand::Resume)),
        (false, false) => (
            "import_former_choose",
            tool("data_choose", DataErrand::ChooseFile),
        ),
        (false, true) => (
            "import_former_choose",
            tool("import_choose_folder", DataErrand::ChooseFolder),
        ),
    };
    Node::new(Tag::Section, "former")
        .node(Node::new(Tag::P, "").words(Words::Say(key, words)))
        .node(bar(former.read, former.bytes))
        .node(
            Node::new(Tag::Div, "tools")
                .node(go_on)
                .node(tool("import_forget", DataErrand::Forget)),
        )
}

fn owner(bytes: f64, owners: &[String], refused: bool) -> Vec<Node> {
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
    let why = line("refused", "import_no_address").set(Attr::Id, "refused");
    let form = Node::new(Tag::Form, "match")
        .on(Action::Data {
            errand: DataErrand::Start,
        })
        .node(
            Node::new(Tag::Label, "field owner")
                .words(Words::say("import_whose"))
                .node(field),
        )
        .maybe(refused.then_some(why))
        .node(line("about", "import_whose_note"))
        .node(
            Node::new(Tag::Div, "tools")
                .node(
                    Node::new(Tag::Button, "tool keep")
                        .set(Attr::Type, "submit")
                        .words(Words::say("import_start")),
                )
                .node(tool("data_leave", DataErrand::Leave)),
        );
    vec![
        Node::new(Tag::P, "").words(Words::Say("import_file", vec![size(bytes)])),
        form,
    ]
}

fn reading(read: f64, bytes: f64, speed: f64, messages: u64, paused: bool) -> Vec<Node> {
    let left = (speed > 0.0 && !paused).then(|| left((bytes - read).max(0.0) / speed));
    let facts = Node::new(Tag::P, "facts progress")
        .words(Words::Say("import_read", vec![size(read), size(bytes)]))
        .words(Words::raw(" · "))
        .words(Words::Say("import_speed", vec![size(speed)]))
        .words(Words::raw(" · "))
        .words(count("import_messages", messages));
    let facts = match left {
        Some(left) => facts.words(Words::raw(" · ")).words(left),
        None => facts,
    };
    let pause = match paused {
        true => tool("import_go_on", DataErrand::GoOn),
        false => tool("import_pause", DataErrand::Pause),
    };
    let tools = Node::new(Tag::Div, "tools")
        .node(pause)
        .node(tool("data_leave", DataErrand::Leave));
    vec![bar(read, bytes), facts, tools]
}

/// How long it will take.
fn left(seconds: f64) -> Words {
    let seconds = whole(seconds);
    match seconds {
        ..90 => Words::Count("import_seconds_left", seconds, Vec::new()),
        _ => Words::Count("import_minutes_left", (seconds + 30) / 60, Vec::new()),
    }
}

/// What an archive came to: its mail, and the lists of contacts beside it.
pub(super) fn found(report: &Report) -> Node {
    let words = [report.messages, report.threads, report.contacts].map(number);
    let mail = Words::Count("import_found", signed(report.clients), words.into());
    let listed = [report.listed, report.unlisted].map(number);
    let listed = Words::Say("import_listed", listed.into());
    let found = Node::new(Tag::P, "found");
    match (report.messages, report.listed) {
        (_, 0) => found.words(mail),
        (0, _) => found.words(listed),
        _ => found.words(mail).words(Words::raw(" ")).words(listed),
    }
}

/// What of it was left out, and why, with a way to look.
pub(super) fn left_out(report: &Report) -> Vec<Node> {
    let mut nodes = Vec::new();
    if report.shortened > 0 {
        nodes.push(Node::new(Tag::P, "small").words(count("import_shortened", report.shortened)));
    }
    let skipped = (report.skipped > 0).then(|| {
        let words = vec![number(report.skipped)];
        Node::new(Tag::Li, "").words(Words::Say("left_skipped", words))
    });
    let faults = report.faults.iter();
    let faults = faults.map(|(fault, left)| row(fault_key(*fault), left));
    let reasons = report.left_out.iter();
    let reasons = reasons.map(|(reason, left)| row(reason_key(*reason), left));
    let rows: Vec<Node> = skipped.into_iter().chain(faults).chain(reasons).collect();
    if !rows.is_empty() {
        nodes.push(
            Node::new(Tag::Div, "left-out")
                .node(line("", "left_out"))
                .node(Node::new(Tag::Ul, "reasons").nodes(rows)),
        );
    }
    nodes
}

fn row(key: &'static str, left: &LeftOut) -> Node {
    let what = count(key, left.messages);
    if left.examples.is_empty() {
        return Node::new(Tag::Li, "").words(what);
    }
    let examples = left.examples.iter();
    let examples =
        examples.map(|example| Node::new(Tag::Li, "").words(Words::raw(example.clone())));
    Node::new(Tag::Li, "").node(
        Node::new(Tag::Details, "")
            .node(Node::new(Tag::Summary, "").words(what))
            .node(Node::new(Tag::Ul, "examples").nodes(examples)),
    )
}

fn fault_key(fault: Fault) -> &'static str {
    match fault {
        Fault::Foreign => "left_foreign",
        Fault::Cut => "left_cut",
        Fault::Packed => "left_packed",
        Fault::Bomb => "left_bomb",
    }
}

fn reason_key(reason: Reason) -> &'static str {
    match reason {
        Reason::Unreadable => "left_unreadable",
        Reason::Nobody => "left_nobody",
        Reason::Undated => "left_undated",
        Reason::Discarded => "left_discarded",
        Reason::Bulk => "left_bulk",
        Reason::Robot => "left_machine",
        Reason::Own => "left_own",
        Reason::Unanswered => "left_unanswered",
        Reason::Double => "left_again",
    }
}

fn failure(why: &str) -> &'static str {
    match why {
        "bomb" => "import_failed_bomb",
        "packed" => "import_failed_packed",
        "cut" | "empty" => "import_failed_empty",
        "changed" => "import_failed_changed",
        _ => "import_failed_read",
    }
}

fn bar(done: f64, all: f64) -> Node {
    let thousandths = whole(done / all.max(1.0) * 1000.0).clamp(0, 1000);
    Node::new(Tag::Progress, "")
        .set(Attr::Max, "1000")
        .set(Attr::Value, &thousandths.to_string())
        .with(Attr::AriaLabel, Words::say("import_progress"))
}

fn size(bytes: f64) -> Words {
    Words::Size(bytes.max(0.0))
}

fn count(key: &'static str, count: u64) -> Words {
    Words::Count(key, signed(count), Vec::new())
}

fn number(count: u64) -> Words {
    Words::Number(signed(count))
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn whole(value: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    // Seconds and thousandths are far below 2^63; `as` saturates.
    let whole = value.round() as i64;
    whole
}
