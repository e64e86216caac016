//! The page of the user's data: what leaves as a file, what comes in from one, which copies are kept.

mod archive;
mod columns;
mod preview;

use serde::Deserialize;

use super::options::schedule;
use super::{Attr, Node, Tag, Words};
use crate::address::Email;
use crate::archive::Report;
use crate::clock::Instant;
use crate::dossier::Now;
use crate::protocol::{Action, DataErrand};
use crate::settings::Backups;
use crate::transfer::contacts::{Columns, Gathered};
use crate::transfer::document::Unreadable;
use crate::transfer::preview::Preview;

pub use archive::{Former, Stage};

/// A copy of everything that is kept in the browser.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Backup {
    /// When it was made.
    pub at: Instant,
    /// Why: `schedule`, `user`, `restore` (before an older one was put back), `migration`.
    pub why: String,
    /// How many bytes it takes.
    pub size: u32,
    /// How many clients it holds.
    pub clients: u32,
}

/// What is open on the page.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Open {
    /// Nothing.
    #[default]
    Home,
    /// A file that cannot be read.
    Unreadable(Unreadable),
    /// A file that holds nobody.
    Nobody,
    /// A list whose owner and columns the user is to name.
    Matching(Columns),
    /// An archive of mail on its way.
    Archive(Stage),
    /// What taking a file over would do; with what it came to, where that says more.
    Preview(Preview, Came),
    /// What putting a copy back would do.
    Restore(Restore),
    /// It is done.
    Done,
}

/// What a file came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// Records of Cadence's own.
    Records,
    /// A list of contacts.
    Contacts(Box<Gathered>),
    /// An archive of mail.
    Mail(Box<Report>),
}

/// A copy beside what is held now.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Restore {
    /// When the copy was made.
    pub at: Option<Instant>,
    /// Clients in it and here.
    pub clients: [usize; 2],
    /// Messages in it and here.
    pub messages: [usize; 2],
}

/// What the page is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// How many clients and messages are held.
    pub counts: [usize; 2],
    /// Whose mailboxes are known.
    pub accounts: &'a [Email],
    /// The copies, newest first.
    pub backups: &'a [Backup],
    /// How often one is made.
    pub schedule: Backups,
    /// What is open.
    pub open: &'a Open,
    /// The name of the file that is open.
    pub file: &'a str,
    /// The archive that was being read when the page was closed.
    pub former: Option<&'a Former>,
    /// From when and where the user looks.
    pub now: Now,
}

/// The whole page.
#[must_use]
pub fn page(shown: &Shown<'_>) -> Node {
    let page = Node::new(Tag::Main, "page options data")
        .node(Node::new(Tag::H1, "").words(Words::say("data_heading")));
    let file = || {
        Node::new(Tag::H2, "")
            .set(Attr::Id, "data_file")
            .words(Words::raw(shown.file))
    };
    let panel = || {
        Node::new(Tag::Section, "panel")
            .set(Attr::AriaLabelledby, "data_file")
            .node(file())
    };
    match shown.open {
        Open::Home => page
            .node(line("about", "data_about"))
            .node(held(shown.counts))
            .maybe(shown.former.map(archive::former))
            .node(import())
            .node(export())
            .node(backups(shown)),
        Open::Done => page
            .node(line("done", "data_done").set(Attr::Role, "status"))
            .node(held(shown.counts))
            .node(import())
            .node(export())
            .node(backups(shown)),
        Open::Unreadable(why) => page.node(
            panel()
                .node(
                    Node::new(Tag::P, "refused")
                        .set(Attr::Role, "alert")
                        .words(unreadable(why)),
                )
                .node(line("about", "data_untouched"))
                .node(tool("data_back", DataErrand::Leave)),
        ),
        Open::Nobody => page.node(
            panel()
                .node(line("refused", "data_nobody").set(Attr::Role, "alert"))
                .node(tool("data_back", DataErrand::Leave)),
        ),
        Open::Matching(columns) => page.node(panel().node(columns::form(columns, shown.accounts))),
        Open::Archive(stage) => page.node(panel().nodes(archive::stage(stage))),
        Open::Preview(preview, came) => page.node(preview::panel(panel(), preview, came)),
        Open::Restore(restore) => page.node(preview::restore(restore, shown.now)),
    }
}

fn unreadable(why: &Unreadable) -> Words {
    let number = |n: usize| Words::Number(super::data::number(n));
    match why {
        Unreadable::CutOff { line } => Words::Say("data_cut_off", vec![number(*line)]),
        // What the reader of JSON says of it is for the command line.
        Unreadable::NoJson { line, column, .. } => {
            Words::Say("data_no_json", vec![number(*line), number(*column)])
        }
        Unreadable::Foreign => Words::say("data_foreign"),
        Unreadable::Newer(_) => Words::say("data_newer"),
        Unreadable::Record { path, line, .. } => {
            Words::Say("data_bad_record", vec![number(*line), Words::raw(path)])
        }
    }
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn say(key: &'static str, counts: impl IntoIterator<Item = usize>) -> Words {
    let counts = counts.into_iter().map(|n| Words::Number(number(n)));
    Words::Say(key, counts.collect())
}

fn line(class: &'static str, key: &'static str) -> Node {
    Node::new(Tag::P, class).words(Words::say(key))
}

fn tool(key: &'static str, errand: DataErrand) -> Node {
    Node::new(Tag::Button, "tool")
        .set(Attr::Type, "button")
        .words(Words::say(key))
        .on(Action::Data { errand })
}

fn section(heading: &'static str, about: &'static str) -> Node {
    Node::new(Tag::Section, "")
        .set(Attr::AriaLabelledby, heading)
        .node(
            Node::new(Tag::H2, "")
                .set(Attr::Id, heading)
                .words(Words::say(heading)),
        )
        .node(line("about", about))
}

fn held(counts: [usize; 2]) -> Node {
    let [clients, messages] = counts.map(number);
    Node::new(Tag::P, "held").words(Words::Say(
        "data_held",
        vec![
            Words::Count("stored_clients", clients, Vec::new()),
            Words::Count("import_messages", messages, Vec::new()),
        ],
    ))
}

fn export() -> Node {
    section("data_export", "data_export_about").node(
        Node::new(Tag::Div, "tools")
            .node(tool("data_save_all", DataErrand::SaveAll))
            .node(tool("data_save_clients", DataErrand::SaveClients))
            .node(tool("data_save_calendar", DataErrand::SaveCalendar)),
    )
}

fn import() -> Node {
    section("data_import", "data_import_about")
        .node(
            Node::new(Tag::Div, "drop")
                .node(line("", "import_drop"))
                .node(
                    Node::new(Tag::Div, "tools")
                        .node(tool("data_choose", DataErrand::ChooseFile))
                        .node(tool("import_choose_folder", DataErrand::ChooseFolder)),
                ),
        )
        .node(
            Node::new(Tag::Details, "fold")
                .node(Node::new(Tag::Summary, "").words(Words::say("import_how")))
                .node(line("about", "import_how_takeout")),
        )
}

fn backups(shown: &Shown<'_>) -> Node {
    let rows = shown.backups.iter().map(|backup| {
        let why = match backup.why.as_str() {
            "user" => "backup_user",
            "restore" => "backup_restore",
            "migration" => "backup_migration",
            _ => "backup_schedule",
        };
        let what = Words::List(vec![
            Words::Count("stored_clients", backup.clients.into(), Vec::new()),
            Words::Size(backup.size.into()),
        ]);
        let errands = Node::new(Tag::Span, "tools")
            .node(tool("backup_look", DataErrand::Look(backup.at)))
            .node(tool("backup_save", DataErrand::SaveBackup(backup.at)));
        Node::new(Tag::Li, "backup")
            .node(Node::new(Tag::Strong, "").words(Words::moment(backup.at, shown.now.seller.0)))
            .node(Node::new(Tag::Span, "small").words(Words::say(why)))
            .node(Node::new(Tag::Span, "small").words(what))
            .node(errands)
    });
    let list = match shown.backups.is_empty() {
        true => line("small", "data_no_backups"),
        false => Node::new(Tag::Ul, "list").nodes(rows),
    };
    section("data_backups", "data_backups_about")
        .node(schedule(shown.schedule))
        .node(list)
        .node(Node::new(Tag::P, "").node(tool("backup_now", DataErrand::BackUp)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{SellerZone, Zone};

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_place() {
        let open = Open::Unreadable(Unreadable::Record {
            path: "clients[12].stage".into(),
            line: 15,
            why: "unknown variant".into(),
        });
        let shown = Shown {
            counts: [0, 0],
            accounts: &[],
            backups: &[],
            schedule: Backups::Daily,
            open: &open,
            file: "a.json",
            former: None,
            now: Now {
                at: Instant::EARLIEST,
                seller: SellerZone(Zone::UTC),
            },
        };
        let drawn = serde_json::to_string(&page(&shown)).unwrap();
        assert!(drawn.contains("clients[12].stage") && drawn.contains("data_bad_record"));
        // Nothing can be taken over of it.
        assert!(!drawn.contains("take_over"));
    }
}
