//! Roundcube: its page's raw strings, understood.
//!
//! Roundcube has no page for a conversation: one message is on show at a time, and a list may show
//! conversations as trees. A thread is therefore what is written with one company under one subject,
//! wherever its messages lie, and a message is a folder and a number (IMAP's UID) in it. Dates are
//! words for people, to the minute, on the clock that the page was made for.

mod table;

use std::collections::BTreeSet;

use super::facts::{
    ComposeFacts, Editor, MessageFacts, Missing, PageFacts, RowFacts, ThreadFacts, ViewKind,
};
use super::sighting::{Item, Sighting, each_once, mailboxes};
use super::worded_date::{self, Order};
use super::{Clock, Reader, url};
use crate::address::{Email, Person, plain_text};
use crate::client::company_of;
use crate::clock::Instant;
use crate::subject::{base_subject, is_carried};

pub(in crate::webmail) use table::table;

/// How much of a subject is kept, in characters.
const LONGEST_SUBJECT: usize = 300;
/// The longest folder's name that is believed, in bytes.
const LONGEST_FOLDER: usize = 200;
/// A minute, in which the same person writes no two letters: the copies of one letter in two folders
/// are known by it.
const MINUTE_MS: i64 = 60_000;

/// What Roundcube's page shows.
pub(super) fn read(sighting: &Sighting, reader: &Reader) -> PageFacts {
    let page = Page::new(sighting, reader);
    let mut missing = BTreeSet::new();
    // A draft is no contact, and junk is nobody's client.
    let (rows, thread) = if page.folder_is("drafts") || page.folder_is("junk") {
        (Vec::new(), None)
    } else {
        let items = sighting.items("row").iter().enumerate();
        let rows = items
            .map(|(index, item)| page.row(index, item, &mut missing))
            .collect();
        (rows, page.thread(&mut missing))
    };
    let compose = page.compose();
    let view = if thread.is_some() {
        ViewKind::Thread
    } else if !sighting.items("list").is_empty() {
        ViewKind::List
    } else if !compose.is_empty() {
        ViewKind::Compose
    } else {
        ViewKind::None
    };
    if page.me.is_empty() && !matches!(view, ViewKind::None | ViewKind::Compose) {
        missing.insert(Missing("me"));
    }
    PageFacts {
        view,
        me: page.me,
        thread,
        rows,
        compose,
        missing: missing.into_iter().collect(),
    }
}

/// The path that shows a thread, by its last message: there is no page of a whole one.
pub(super) fn link(base: &str, message: &str) -> Option<String> {
    let (folder, uid) = message.rsplit_once('/')?;
    let folder = url::encoded(folder);
    Some(format!(
        "{base}?_task=mail&_mbox={folder}&_uid={uid}&_action=show"
    ))
}

/// What holds for everything on a page.
struct Page<'s> {
    sighting: &'s Sighting,
    reader: &'s Reader,
    me: Vec<Email>,
    language: &'s str,
    order: Order,
}

impl<'s> Page<'s> {
    fn new(sighting: &'s Sighting, reader: &'s Reader) -> Page<'s> {
        let account = sighting.items("account").first();
        let value = |field| account.and_then(|account| account.value(field, 0));
        let identity = account
            .map(|account| account.mailboxes("identity"))
            .unwrap_or_default();
        let user = value("user").and_then(|user| user.parse().ok());
        let named: Vec<Email> = user
            .into_iter()
            .chain(identity.into_iter().map(|person| person.email))
            .collect();
        let mut me: Vec<Email> = Vec::new();
        let elsewhere = reader.me.iter().filter(|_| named.is_empty());
        for email in named.iter().chain(elsewhere) {
            if !me.contains(email) {
                me.push(email.clone());
            }
        }
        let hits = |part, field| {
            sighting
                .items(part)
                .iter()
                .flat_map(move |item| item.hits(field))
        };
        let of_rows = hits("row", "mail").filter_map(|hit| hit.get(1)?.as_deref());
        let of_messages = hits("message", "date").filter_map(|hit| hit.first()?.as_deref());
        Page {
            sighting,
            reader,
            me,
            language: value("language").unwrap_or_default(),
            order: Order::of(of_rows.chain(of_messages), Order::Open),
        }
    }

    /// Whether the folder on show is the special one of that name.
    fn folder_is(&self, special: &str) -> bool {
        let folder = self.sighting.items("folder").first();
        let classes = folder
            .and_then(|folder| folder.value("class", 0))
            .unwrap_or_default();
        classes
            .split_ascii_whitespace()
            .any(|class| class == special)
    }

    fn is_own(&self, person: &Person) -> bool {
        let company = company_of(&person.email);
        self.me
            .iter()
            .any(|me| *me == person.email || company_of(me) == company)
    }

    /// What a thread is known by: the company that it is with, and what it is about.
    fn thread_id<'p>(
        &self,
        people: impl Iterator<Item = &'p Person>,
        subject: &str,
    ) -> Option<String> {
        let about = base_subject(subject).to_lowercase();
        if self.me.is_empty() || about.is_empty() {
            return None;
        }
        let client = people.into_iter().find(|person| !self.is_own(person))?;
        Some(format!("{}|{about}", company_of(&client.email)))
    }

    fn at(&self, text: &str, item: &Item) -> Option<Instant> {
        let clock = self.reader.clock?;
        let since = item.since.and_then(|ms| Instant::from_ms(ms).ok());
        let clock = Clock {
            now: since.unwrap_or(clock.now),
            ..clock
        };
        worded_date::read(text, self.language, self.order, clock)
            .filter(|at| self.reader.believes(*at))
    }

    /// The open message, as the one message shown of its thread.
    fn thread(&self, missing: &mut BTreeSet<Missing>) -> Option<ThreadFacts> {
        let frame = self.sighting.items("thread").first();
        let item = self.sighting.items("message").first();
        let subject = frame.map_or_else(String::new, subject_of);
        let message = item.and_then(|item| self.message(item, missing));
        if frame.is_none() && message.is_none() {
            return None;
        }
        if subject.is_empty() {
            missing.insert(Missing("thread.subject"));
        }
        let people = message
            .iter()
            .flat_map(|message| message.from.iter().chain(&message.to));
        Some(ThreadFacts {
            id: self.thread_id(people, &subject),
            subject,
            messages: message.into_iter().collect(),
        })
    }

    fn message(&self, item: &Item, missing: &mut BTreeSet<Missing>) -> Option<MessageFacts> {
        let id = item
            .value("id", 0)
            .and_then(message_id)
            .or_else(|| message_id(&self.sighting.path));
        let from = people(item, "from").next();
        let to = each_once(people(item, "to"));
        if id.is_none() && from.is_none() {
            return None;
        }
        let at = item.value("date", 0).and_then(|date| self.at(date, item));
        for (lacks, name) in [
            (id.is_none(), "message.id"),
            (from.is_none(), "message.from"),
            (at.is_none(), "message.at"),
        ] {
            if lacks {
                missing.insert(Missing(name));
            }
        }
        Some(MessageFacts {
            alias: alias(from.as_ref(), at),
            id,
            at,
            just_sent: false,
            from,
            to,
            text: item.value("text", 0).map(str::to_owned),
            language: item.value("language", 0).map(str::to_owned),
            attachments: hits(item, "attachments").map(str::to_owned).collect(),
        })
    }

    fn row(&self, index: usize, item: &Item, missing: &mut BTreeSet<Missing>) -> RowFacts {
        let sent = self.folder_is("sent");
        let messages: Vec<MessageFacts> = item
            .hits("mail")
            .iter()
            .map(|hit| self.in_row(hit, item, sent))
            .collect();
        let people = each_once(people(item, "people"));
        let subject = subject_of(item);
        if messages.iter().all(|message| message.id.is_none()) || subject.is_empty() {
            missing.insert(Missing("row.thread"));
        }
        if messages.iter().any(|message| message.at.is_none()) {
            missing.insert(Missing("row.at"));
        }
        let last = messages.iter().max_by_key(|message| message.at);
        let classes = item
            .hits("mail")
            .iter()
            .filter_map(|hit| hit.get(4)?.as_deref());
        RowFacts {
            index,
            thread: self.thread_id(people.iter(), &subject),
            last_message: last.and_then(|last| last.id.clone()),
            at: last.and_then(|last| last.at),
            unread: !sent
                && classes
                    .flat_map(str::split_ascii_whitespace)
                    .any(|class| class == "unread"),
            sent,
            messages,
            people,
            subject,
        }
    }

    /// One message of a row. In a list of what was sent the person named is who got it.
    fn in_row(&self, hit: &[Option<String>], item: &Item, sent: bool) -> MessageFacts {
        let value = |place: usize| hit.get(place).and_then(Option::as_deref);
        let named = person(value(2), None, value(3));
        let own = || self.me.first().map(|me| Person::new(me.clone(), None));
        let (from, to) = if sent { (own(), named) } else { (named, None) };
        let at = value(1).and_then(|date| self.at(date, item));
        MessageFacts {
            id: value(0).and_then(message_id),
            alias: alias(from.as_ref(), at),
            at,
            just_sent: false,
            from,
            to: to.into_iter().collect(),
            text: None,
            language: None,
            attachments: Vec::new(),
        }
    }

    fn compose(&self) -> Vec<ComposeFacts> {
        let items = self.sighting.items("compose").iter().enumerate();
        items
            .map(|(index, item)| {
                let recipients = |line| each_once(item.mailboxes(line).into_iter());
                let to = recipients("to");
                let subject = subject_of(item);
                let editor = if item.hits("rich").is_empty() {
                    (!item.hits("plain").is_empty()).then_some(Editor::Plain)
                } else {
                    Some(Editor::Rich)
                };
                let account = self.sighting.items("account").first();
                let identity =
                    account.and_then(|account| account.mailboxes("identity").into_iter().next());
                ComposeFacts {
                    index,
                    draft: item.value("draft", 0).map(str::to_owned),
                    // Only what carries a mark of an answer answers something.
                    thread: is_carried(&subject)
                        .then(|| self.thread_id(to.iter(), &subject))
                        .flatten(),
                    from: identity
                        .map(|person| person.email)
                        .or_else(|| self.me.first().cloned()),
                    to,
                    cc: recipients("cc"),
                    bcc: recipients("bcc"),
                    subject,
                    text: item.value("text", 0).map(str::to_owned),
                    attachments: hits(item, "attachments").map(str::to_owned).collect(),
                    editor,
                }
            })
            .collect()
    }
}

/// The first values of a field's hits.
fn hits<'i>(item: &'i Item, field: &str) -> impl Iterator<Item = &'i str> {
    item.hits(field)
        .iter()
        .filter_map(|hit| hit.first()?.as_deref())
}

/// The people in a field that takes `title`, `href` and text: the address stands in the first, in a
/// `mailto:`, or within the name.
fn people(item: &Item, field: &str) -> impl Iterator<Item = Person> {
    item.hits(field).iter().filter_map(|hit| {
        let value = |place: usize| hit.get(place).and_then(Option::as_deref);
        person(value(0), value(1), value(2))
    })
}

fn person(title: Option<&str>, href: Option<&str>, text: Option<&str>) -> Option<Person> {
    let mailto = || href?.strip_prefix("mailto:")?.parse().ok();
    match title.and_then(|title| title.parse().ok()).or_else(mailto) {
        Some(email) => {
            let name = text.map(|text| text.split('<').next().unwrap_or(text));
            Some(Person::new(
                email,
                name.filter(|name| !name.trim().is_empty()),
            ))
        }
        None => mailboxes(text?).into_iter().next(),
    }
}

/// A message's folder and number by a link to it, e.g. `INBOX/131`.
fn message_id(link: &str) -> Option<String> {
    let query = link.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let value = |name: &str| {
        query.split('&').find_map(|pair| {
            pair.split_once('=')
                .filter(|(key, _)| *key == name)
                .map(|(_, value)| value)
        })
    };
    let (uid, folder) = (value("_uid")?, value("_mbox")?);
    // A search through several folders numbers its finds `131-INBOX`.
    let digits = uid.split('-').next().unwrap_or_default();
    let sound =
        !digits.is_empty() && digits.len() <= 10 && digits.bytes().all(|b| b.is_ascii_digit());
    let folder = url::decoded(folder);
    (sound && !folder.is_empty() && folder.len() <= LONGEST_FOLDER)
        .then(|| format!("{folder}/{digits}"))
}

/// What one letter has in common in every folder that it lies in.
fn alias(from: Option<&Person>, at: Option<Instant>) -> Option<String> {
    Some(format!("{}@{}", from?.email.as_str(), at?.ms() / MINUTE_MS))
}

fn subject_of(item: &Item) -> String {
    let subject = item.value("subject", 0).unwrap_or_default();
    plain_text(subject, LONGEST_SUBJECT)
}
