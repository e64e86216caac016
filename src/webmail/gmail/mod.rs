//! Gmail: its page's raw strings, understood.

mod account;
mod id;
mod parts;
mod table;

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::facts::{
    ComposeFacts, Editor, MessageFacts, Missing, PageFacts, RowFacts, ThreadFacts, ViewKind,
};
use super::sighting::{Item, Sighting, each_once};
use super::{Reader, shown_date};
use crate::address::plain_text;
use crate::clock::Instant;
use id::Number;

pub(in crate::webmail) use table::table;

/// How much of a subject is kept, in characters.
const LONGEST_SUBJECT: usize = 300;

/// What Gmail's page shows.
pub(super) fn read(sighting: &Sighting, reader: &Reader) -> PageFacts {
    let mut missing = BTreeSet::new();
    let rows = rows(sighting, reader, &mut missing);
    let thread = thread(sighting, reader, &mut missing);
    let view = if thread.is_some() {
        ViewKind::Thread
    } else if !rows.is_empty() || !sighting.items("list").is_empty() {
        ViewKind::List
    } else if !sighting.items("compose").is_empty() {
        ViewKind::Compose
    } else {
        ViewKind::None
    };
    let account = sighting.items("account").first();
    let me = account::addresses(
        account.and_then(|account| account.value("title", 0)),
        account.and_then(|account| account.value("signout", 0)),
        &sighting.path,
    );
    if me.is_empty() && view != ViewKind::None {
        missing.insert(Missing("me"));
    }
    PageFacts {
        view,
        me,
        thread,
        rows,
        compose: compose(sighting),
        missing: missing.into_iter().collect(),
    }
}

/// The open thread: there is one where its frame or any message of it is on show.
fn thread(
    sighting: &Sighting,
    reader: &Reader,
    missing: &mut BTreeSet<Missing>,
) -> Option<ThreadFacts> {
    let messages = messages(sighting, reader, missing);
    let frames = sighting.items("thread");
    if frames.is_empty() && messages.is_empty() {
        return None;
    }
    let with_id = frames
        .iter()
        .find_map(|frame| Some((frame, thread_id(frame, 2)?)));
    let frame = with_id.as_ref().map(|(frame, _)| *frame).or(frames.first());
    let subject = frame.map_or_else(String::new, subject_of);
    // The reading pane paints a thread's ids late; until then the row that it shows has them. The
    // row may already be the next thread's while the pane still shows the last one.
    let of_open_row = || {
        let row = sighting.items("open").first()?;
        (subject_of(row) == subject).then(|| thread_id(row, 4))?
    };
    let id = with_id.map(|(_, id)| id).or_else(of_open_row);
    if id.is_none() {
        missing.insert(Missing("thread.id"));
    }
    if subject.is_empty() {
        missing.insert(Missing("thread.subject"));
    }
    Some(ThreadFacts {
        id,
        subject,
        messages,
    })
}

fn messages(
    sighting: &Sighting,
    reader: &Reader,
    missing: &mut BTreeSet<Missing>,
) -> Vec<MessageFacts> {
    let messages: Vec<MessageFacts> = sighting
        .items("message")
        .iter()
        .filter_map(|item| message(item, reader, missing))
        .collect();
    if !messages.is_empty() && messages.iter().all(|message| message.id.is_none()) {
        missing.insert(Missing("message.id"));
    }
    if !messages.is_empty() && messages.iter().all(|message| message.from.is_none()) {
        missing.insert(Missing("message.from"));
    }
    messages
}

/// A message; `None` for a draft, and for what shows neither a sender nor an id.
fn message(item: &Item, reader: &Reader, missing: &mut BTreeSet<Missing>) -> Option<MessageFacts> {
    let permanent = permanent_id(item, 2).unwrap_or_default();
    let local = id::local_message(&permanent);
    let number = legacy_id(item, 0).or_else(|| Number::from_permanent(&permanent, "msg-f:"));
    let from = item.people("from").next();
    // A letter that is being written has no sender yet; one that lies open is saved under the
    // item's own id, while a reply begun below a message has another.
    let written_here = item.value("draft", 0).and_then(id::local_message);
    let is_draft = local.is_some() && (from.is_none() || written_here == local);
    if is_draft || (from.is_none() && number.is_none()) {
        return None;
    }
    let at = number.and_then(|number| instant(number, None, item, reader));
    if number.is_some() && at.is_none() {
        missing.insert(Missing("message.at"));
    }
    let local = local.map(str::to_owned);
    let just_sent = number.is_none() && local.is_some();
    let (id, alias) = match number {
        Some(number) => (Some(number.legacy()), local),
        None => (local, None),
    };
    Some(MessageFacts {
        id,
        alias,
        at,
        just_sent,
        from,
        to: each_once(item.people("to")),
        text: item.value("text", 0).map(str::to_owned),
        language: item.value("language", 0).map(str::to_owned),
        attachments: attachments(item).map(str::to_owned).collect(),
    })
}

/// The names of a message's attachments.
fn attachments(item: &Item) -> impl Iterator<Item = &str> {
    let hits = item.hits("attachments").iter();
    hits.filter_map(|hit| hit.first()?.as_deref())
}

fn rows(sighting: &Sighting, reader: &Reader, missing: &mut BTreeSet<Missing>) -> Vec<RowFacts> {
    let items = sighting.items("row").iter().enumerate();
    items
        .filter(|(_, item)| item.hits("ad").is_empty())
        .map(|(index, item)| {
            let sent = sighting.path.contains("#sent");
            row((index, item), sent, reader, missing)
        })
        .collect()
}

fn row(
    (index, item): (usize, &Item),
    sent: bool,
    reader: &Reader,
    missing: &mut BTreeSet<Missing>,
) -> RowFacts {
    let thread = thread_id(item, 4);
    let has_draft = !item.hits("draft").is_empty();
    let last = last_message(item, has_draft);
    // The date shown may be that of a draft that stands after the last message.
    let draft = legacy_id(item, 3);
    let at = last.and_then(|number| instant(number, draft, item, reader));
    if thread.is_none() {
        missing.insert(Missing("row.thread"));
    }
    if at.is_none() && (last.is_some() || !has_draft) {
        missing.insert(Missing("row.at"));
    }
    let classes = item.value("class", 0).unwrap_or_default();
    RowFacts {
        index,
        thread,
        last_message: last.map(Number::legacy),
        at,
        people: each_once(item.people("people")),
        messages: Vec::new(),
        // A list of what was sent names the recipients, not the senders.
        sent,
        unread: classes.split_ascii_whitespace().any(|class| class == "zE"),
        subject: subject_of(item),
    }
}

/// The last message of a row that is no draft.
fn last_message(item: &Item, has_draft: bool) -> Option<Number> {
    legacy_id(item, 2).or_else(|| {
        // The last message may be the draft, and a draft is no contact.
        let last = || {
            legacy_id(item, 3).or_else(|| Number::from_permanent(item.value("id", 1)?, "msg-f:"))
        };
        (!has_draft).then(last)?
    })
}

/// The letters being written.
fn compose(sighting: &Sighting) -> Vec<ComposeFacts> {
    let items = sighting.items("compose").iter().enumerate();
    items
        .map(|(index, item)| {
            let thread = item.value("thread", 0);
            let draft = item.value("draft", 0).unwrap_or_default();
            let settled = || Number::from_permanent(draft, "msg-f:").map(Number::legacy);
            let recipients = |line| each_once(item.mailboxes(line).into_iter());
            ComposeFacts {
                index,
                draft: id::local_message(draft).map(str::to_owned).or_else(settled),
                thread: thread
                    .and_then(|id| Number::from_permanent(id, "thread-f:"))
                    .map(Number::legacy),
                from: item
                    .mailboxes("from")
                    .into_iter()
                    .next()
                    .map(|from| from.email),
                to: recipients("to"),
                cc: recipients("cc"),
                bcc: recipients("bcc"),
                subject: subject_of(item),
                editor: (!item.hits("editor").is_empty()).then_some(Editor::Rich),
                text: item.value("text", 0).map(str::to_owned),
                attachments: attachments(item).map(str::to_owned).collect(),
            }
        })
        .collect()
}

/// A thread's id as Cadence keeps it: the legacy one. `thread-f:` is the same number; `thread-a:`
/// has none.
fn thread_id(item: &Item, log: usize) -> Option<String> {
    legacy_id(item, 0)
        .or_else(|| Number::from_permanent(&permanent_id(item, log)?, "thread-f:"))
        .map(Number::legacy)
}

fn subject_of(item: &Item) -> String {
    let subject = item.value("subject", 0).unwrap_or_default();
    plain_text(subject, LONGEST_SUBJECT)
}

fn legacy_id(item: &Item, place: usize) -> Option<Number> {
    item.value("id", place).and_then(Number::from_legacy)
}

/// The permanent id of a message or thread, or the log, at that place, that holds it.
fn permanent_id(item: &Item, log: usize) -> Option<Cow<'_, str>> {
    let logged = || item.value("id", log).map(id::decoded_log);
    item.value("id", 1)
        .map(Cow::Borrowed)
        .or_else(|| logged().map(Cow::Owned))
}

/// When a message came or went, unless the date that the page shows is another one: mail that was
/// imported has the id of its import. The date may also be that of the `other` message.
fn instant(number: Number, other: Option<Number>, item: &Item, reader: &Reader) -> Option<Instant> {
    let at = number.instant().filter(|at| reader.believes(*at))?;
    let shown = item.value("date", 0).unwrap_or_default();
    let fits = |at| shown_date::may_be(shown, at, reader.zone);
    (fits(at) || other.and_then(Number::instant).is_some_and(fits)).then_some(at)
}
