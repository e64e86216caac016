//! What a page shows, after the raw strings were understood.

use serde::Serialize;

use crate::address::{Email, Person};
use crate::clock::Instant;

/// What the user is looking at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ViewKind {
    /// An open thread (beside a list, in a reading pane, too).
    Thread,
    /// A list of threads.
    List,
    /// A letter being written, with nothing else open.
    Compose,
    /// None of these.
    None,
}

/// Everything that Cadence understands of a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PageFacts {
    /// What is on show.
    pub view: ViewKind,
    /// The mailbox's own addresses, the one it is known by first. Empty where the page does not say:
    /// then nothing is known of who wrote what.
    pub me: Vec<Email>,
    /// The open thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<ThreadFacts>,
    /// The rows of the list, in the page's order.
    pub rows: Vec<RowFacts>,
    /// The letters that are being written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub compose: Vec<ComposeFacts>,
    /// Needed things that were looked for and not found.
    pub missing: Vec<Missing>,
}

/// A letter being written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ComposeFacts {
    /// Its place among the items of the part `compose` in the sighting.
    pub index: usize,
    /// The site's id of the draft that it is saved under; `None` before it is saved.
    pub draft: Option<String>,
    /// The thread that it answers, as in [`ThreadFacts::id`]; `None` for a new letter, and where the
    /// page does not tell.
    pub thread: Option<String>,
    /// The user's address that it will be sent from, where the page tells.
    pub from: Option<Email>,
    /// To whom it goes: each once, as far as the page already knows them for addresses.
    pub to: Vec<Person>,
    /// Who gets a copy.
    pub cc: Vec<Person>,
    /// Who gets a copy unseen by the others.
    pub bcc: Vec<Person>,
    /// The subject, one plain line.
    pub subject: String,
    /// What its text is written in; `None` where no editor was found.
    pub editor: Option<Editor>,
    /// Its text so far, without what it quotes, where it was looked at. Looked at in passing.
    #[serde(skip)]
    pub text: Option<String>,
    /// The names of its attachments, where the form shows them. Looked at in passing.
    #[serde(skip)]
    pub attachments: Vec<String>,
}

/// What a letter's text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Editor {
    /// A field of plain text.
    Plain,
    /// An editable element.
    Rich,
}

/// A needed thing that the page should show and does not: `me`, `thread.id`, `thread.subject`,
/// `message.id` and `message.from` (none of the messages has one), `message.at`, `row.thread`, `row.at`
/// (one of them has none). A date is missing, too, where the page shows another one than the id
/// tells, as imported mail has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Missing(pub &'static str);

impl Missing {
    /// What an open thread is read by. Its dates are not among them: imported mail lacks them, too.
    pub const OF_A_THREAD: [&'static str; 5] = [
        "me",
        "thread.id",
        "thread.subject",
        "message.id",
        "message.from",
    ];
}

/// An open thread.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ThreadFacts {
    /// The site's id of it, the same in list and thread.
    pub id: Option<String>,
    /// The subject, one plain line.
    pub subject: String,
    /// The messages that the page shows, drafts left out, in the page's order.
    pub messages: Vec<MessageFacts>,
}

/// One message of an open thread.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MessageFacts {
    /// The site's id; `None` for a collapsed message that carries none.
    pub id: Option<String>,
    /// A second id of the same message, see [`crate::history::Touch::alias`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// When it came or went; `None` where the page does not tell for certain.
    pub at: Option<Instant>,
    /// Whether it was sent so recently that the site has not dated it yet.
    #[serde(skip)]
    pub just_sent: bool,
    /// Who wrote it.
    pub from: Option<Person>,
    /// To whom, as far as the page shows.
    pub to: Vec<Person>,
    /// Its text as far as the page shows it, without what it quotes. Looked at in passing.
    #[serde(skip)]
    pub text: Option<String>,
    /// The language of its text as a BCP 47 tag, where the browser is sure of it.
    #[serde(skip)]
    pub language: Option<String>,
    /// The names of its attachments. Looked at in passing.
    #[serde(skip)]
    pub attachments: Vec<String>,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RowFacts {
    /// Its place among the rows of the sighting.
    pub index: usize,
    /// The thread's id.
    pub thread: Option<String>,
    /// The id of the last message that is no draft.
    pub last_message: Option<String>,
    /// When that message came or went.
    pub at: Option<Instant>,
    /// The messages that the row tells of one by one, as a tree of messages does; empty where it
    /// tells of the last one alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<MessageFacts>,
    /// Whether the list is of what was sent: then the row names the recipients, not the senders.
    #[serde(skip)]
    pub sent: bool,
    /// The people that the row names, each once, the mailbox's own included.
    pub people: Vec<Person>,
    /// Whether the row is marked unread: then the last message is not the user's.
    pub unread: bool,
    /// The subject, one plain line.
    pub subject: String,
}
