//! Outlook on the web: its page's raw strings, understood. Experimental, see the table.
//!
//! A conversation has an id, the same in the list and in the reading pane; its messages have none
//! that the page shows, so a message is known by its writer and its minute.

mod table;

use std::collections::BTreeSet;

use super::facts::{
    ComposeFacts, Editor, MessageFacts, Missing, PageFacts, RowFacts, ThreadFacts, ViewKind,
};
use super::sighting::{Item, Sighting, each_once, mailboxes};
use super::worded_date::{self, Order};
use super::{Clock, Reader, url};
use crate::address::{Email, Person, plain_text};
use crate::clock::Instant;

pub(in crate::webmail) use table::table;

/// How much of a subject is kept, in characters.
const LONGEST_SUBJECT: usize = 300;
/// The longest id that is believed, in bytes.
const LONGEST_ID: usize = 400;
/// A minute, in which nobody writes two letters in one conversation.
const MINUTE_MS: i64 = 60_000;

/// What Outlook's page shows.
pub(super) fn read(sighting: &Sighting, reader: &Reader) -> PageFacts {
    let mut missing = BTreeSet::new();
    let account = sighting.items("account").first();
    let value = |field| account.and_then(|account| account.value(field, 0));
    let me: Vec<Email> = value("user").and_then(address_in).into_iter().collect();
    let language = value("language").unwrap_or_default();
    let dates = |part| {
        let items = sighting.items(part).iter();
        items.filter_map(|item| item.value("date", 0))
    };
    let order = Order::of(dates("message").chain(dates("row")), Order::Open);
    let page = Page {
        reader,
        language,
        order,
    };
    let rows = (sighting.items("row").iter().enumerate())
        .map(|(index, item)| page.row(index, item, &mut missing))
        .collect::<Vec<_>>();
    let thread = page.thread(sighting, &mut missing);
    let compose = compose(sighting, &me);
    let view = if thread.is_some() {
        ViewKind::Thread
    } else if !rows.is_empty() || !sighting.items("list").is_empty() {
        ViewKind::List
    } else if !compose.is_empty() {
        ViewKind::Compose
    } else {
        ViewKind::None
    };
    if me.is_empty() && view != ViewKind::None {
        missing.insert(Missing("me"));
    }
    PageFacts {
        view,
        me,
        thread,
        rows,
        compose,
        missing: missing.into_iter().collect(),
    }
}

/// The address that shows a conversation.
pub(super) fn link(base: &str, thread: &str) -> String {
    format!("{base}inbox/id/{}", url::encoded(thread))
}

struct Page<'s> {
    reader: &'s Reader,
    language: &'s str,
    order: Order,
}

impl Page<'_> {
    fn at(&self, text: &str, item: &Item) -> Option<Instant> {
        let clock = self.reader.clock?;
        let since = item.since.and_then(|ms| Instant::from_ms(ms).ok());
        let clock = Clock {
            now: since.unwrap_or(clock.now),
            ..clock
        };
        // `Mon 11/23/2026 9:30 AM`; a day without a time of day is no instant.
        worded_date::read(text, self.language, self.order, clock)
            .filter(|at| self.reader.believes(*at))
    }

    fn thread(&self, sighting: &Sighting, missing: &mut BTreeSet<Missing>) -> Option<ThreadFacts> {
        let frame = sighting.items("thread").first()?;
        let id = id_of(frame).or_else(|| sighting.items("open").first().and_then(id_of));
        let messages: Vec<MessageFacts> = sighting
            .items("message")
            .iter()
            .filter_map(|item| self.message(item, missing))
            .collect();
        let subject = subject_of(frame);
        for (lacks, name) in [
            (id.is_none(), "thread.id"),
            (subject.is_empty(), "thread.subject"),
            (messages.is_empty(), "message.from"),
        ] {
            if lacks {
                missing.insert(Missing(name));
            }
        }
        Some(ThreadFacts {
            id,
            subject,
            messages,
        })
    }

    fn message(&self, item: &Item, missing: &mut BTreeSet<Missing>) -> Option<MessageFacts> {
        let from = people(item, "from").next()?;
        let at = item.value("date", 0).and_then(|date| self.at(date, item));
        if at.is_none() {
            missing.insert(Missing("message.at"));
        }
        Some(MessageFacts {
            id: at.map(|at| format!("{}@{}", from.email.as_str(), at.ms() / MINUTE_MS)),
            alias: None,
            at,
            just_sent: false,
            to: each_once(people(item, "to").filter(|person| person.email != from.email)),
            from: Some(from),
            text: item.value("text", 0).map(str::to_owned),
            language: item.value("language", 0).map(str::to_owned),
            attachments: Vec::new(),
        })
    }

    fn row(&self, index: usize, item: &Item, missing: &mut BTreeSet<Missing>) -> RowFacts {
        let thread = id_of(item);
        if thread.is_none() {
            missing.insert(Missing("row.thread"));
        }
        // Most rows show a day alone, so nothing is missing where one shows no time.
        let at = item.value("date", 0).and_then(|date| self.at(date, item));
        let people = each_once(people(item, "people"));
        let last = people.first().zip(at);
        RowFacts {
            index,
            thread,
            last_message: last
                .map(|(person, at)| format!("{}@{}", person.email.as_str(), at.ms() / MINUTE_MS)),
            at,
            messages: Vec::new(),
            sent: false,
            people,
            unread: false,
            subject: subject_of(item),
        }
    }
}

fn compose(sighting: &Sighting, me: &[Email]) -> Vec<ComposeFacts> {
    let items = sighting.items("compose").iter().enumerate();
    items
        .map(|(index, item)| {
            let recipients = |line| each_once(people(item, line));
            ComposeFacts {
                index,
                draft: None,
                thread: None,
                from: me.first().cloned(),
                to: recipients("to"),
                cc: recipients("cc"),
                bcc: recipients("bcc"),
                subject: subject_of(item),
                text: item.value("text", 0).map(str::to_owned),
                attachments: Vec::new(),
                editor: (!item.hits("rich").is_empty()).then_some(Editor::Rich),
            }
        })
        .collect()
}

/// The people in a field whose values name one each: `a@b.example`, `From: Anna Weber<a@b.example>`.
fn people<'i>(item: &'i Item, field: &str) -> impl Iterator<Item = Person> + 'i {
    item.hits(field).iter().filter_map(|hit| {
        let text = hit.first()?.as_deref()?;
        let name = hit.get(1).and_then(Option::as_deref);
        if let Ok(email) = text.trim().parse() {
            return Some(Person::new(email, name));
        }
        let mut person = mailboxes(text).into_iter().next()?;
        // The word for the line stands before the name, in the page's language.
        let bare = |name: String| {
            name.rsplit([':', '：'])
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned()
        };
        person.name = person.name.map(bare).filter(|name| !name.is_empty());
        Some(person)
    })
}

/// The one address in a label such as `Account manager for ada@example.com`.
fn address_in(label: &str) -> Option<Email> {
    label
        .split(|c: char| c.is_whitespace() || "()<>,;".contains(c))
        .find_map(|word| word.trim_matches(['.', ':']).parse().ok())
}

fn id_of(item: &Item) -> Option<String> {
    let id = item.value("id", 0)?;
    let sound = id.len() <= LONGEST_ID
        && id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b));
    sound.then(|| id.to_owned())
}

fn subject_of(item: &Item) -> String {
    let subject = item.value("subject", 0).unwrap_or_default();
    plain_text(subject, LONGEST_SUBJECT)
}
