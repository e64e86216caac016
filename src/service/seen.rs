//! Threads as one look at a page tells of them.

use crate::address::{Email, Person, plain_text};
use crate::client::{company_of, is_robot};
use crate::history::{Author, Touch, TouchKind};
use crate::kind::{Glance, classify};
use crate::own::Own;
use crate::store::ThreadKey;
use crate::webmail::{MessageFacts, RowFacts, ThreadFacts};

/// How much of a subject is kept, in characters: enough to know the thread by.
const LONGEST_SUBJECT: usize = 160;

/// A thread as one look at the page tells of it.
pub(super) struct Seen {
    pub(super) key: ThreadKey,
    pub(super) subject: String,
    /// Whoever could be the client, likeliest first: nobody of the mailbox, of the user's own
    /// company, and no machine.
    pub(super) others: Vec<Person>,
    pub(super) touches: Vec<Touch>,
    /// Ids of the user's own letters that left just now and bear no date yet.
    pub(super) just_sent: Vec<String>,
    /// Whether the page shows that the user has written in it.
    pub(super) answered: bool,
    /// The messages whose text the page shows, latest first.
    pub(super) letters: Vec<Letter>,
}

/// What somebody wrote. Looked at in passing.
pub(super) struct Letter {
    pub(super) from: Person,
    pub(super) text: String,
    /// As a BCP 47 tag.
    pub(super) language: Option<String>,
}

/// Whose mailbox the page shows.
pub(super) struct House<'a> {
    pub(super) account: &'a Email,
    pub(super) me: &'a [Email],
    /// What the user says of their own addresses.
    pub(super) own: &'a Own,
}

impl House<'_> {
    fn is_own(&self, person: &Person) -> bool {
        let own_company = company_of(self.account);
        self.me.contains(&person.email)
            || company_of(&person.email) == own_company
            || self.own.is_own(person)
    }

    /// Who of some people is neither the user's own nor a machine, each once.
    pub(super) fn others<'p>(&self, people: impl Iterator<Item = &'p Person>) -> Vec<Person> {
        let mut others: Vec<Person> = Vec::new();
        for person in people {
            let known = others.iter().any(|other| other.email == person.email);
            if !known && !self.is_own(person) && !is_robot(&person.email) {
                others.push(person.clone());
            }
        }
        others
    }

    fn by(&self, message: &MessageFacts) -> Author {
        match &message.from {
            Some(person) if self.is_own(person) => Author::Seller,
            Some(_) => Author::Client,
            None => Author::Unknown,
        }
    }

    /// A message as a touch of no known kind; `None` where the page does not tell which or when.
    fn touch(&self, message: &MessageFacts) -> Option<Touch> {
        Some(Touch {
            alias: message.alias.clone(),
            ..Touch::new(message.id.clone()?, message.at?, self.by(message))
        })
    }

    /// The open thread; `None` where the page does not tell which it is.
    pub(super) fn thread(&self, facts: &ThreadFacts) -> Option<Seen> {
        let by = |message: &MessageFacts| self.by(message);
        let before = [None].into_iter().chain(facts.messages.iter().map(Some));
        let touches: Vec<Touch> = facts
            .messages
            .iter()
            .zip(before)
            .filter_map(|(message, before)| {
                let answers = before.is_some_and(|before| by(before) == Author::Client);
                let kind = match by(message) {
                    Author::Seller => kind_of(message, &facts.subject, answers),
                    _ => TouchKind::Plain,
                };
                Some(Touch {
                    kind,
                    ..self.touch(message)?
                })
            })
            .collect();
        // Who wrote last is likelier the client than who is merely copied in.
        let senders = facts
            .messages
            .iter()
            .rev()
            .filter_map(|message| message.from.as_ref());
        let recipients = facts.messages.iter().flat_map(|message| &message.to);
        Some(Seen {
            key: ThreadKey {
                account: self.account.clone(),
                id: facts.id.clone()?,
            },
            subject: plain_text(&facts.subject, LONGEST_SUBJECT),
            others: self.others(senders.chain(recipients)),
            answered: facts
                .messages
                .iter()
                .any(|message| by(message) == Author::Seller),
            just_sent: facts
                .messages
                .iter()
                .filter(|message| message.just_sent && by(message) == Author::Seller)
                .filter_map(|message| message.id.clone())
                .collect(),
            letters: facts.messages.iter().rev().filter_map(letter).collect(),
            touches,
        })
    }

    /// A row of the list; `None` where the page does not tell which thread it is.
    pub(super) fn row(&self, facts: &RowFacts) -> Option<Seen> {
        let mine = facts.people.iter().any(|person| self.is_own(person));
        let theirs = facts.people.iter().any(|person| !self.is_own(person));
        let sent = facts.sent;
        let by = match (mine, theirs) {
            _ if facts.unread => Author::Client,
            _ if sent => Author::Unknown,
            (true, false) => Author::Seller,
            (false, true) => Author::Client,
            _ => Author::Unknown,
        };
        let last = || Some(Touch::new(facts.last_message.as_ref()?, facts.at?, by));
        let touches = match facts.messages.as_slice() {
            [] => last().into_iter().collect(),
            messages => messages.iter().filter_map(|one| self.touch(one)).collect(),
        };
        Some(Seen {
            key: ThreadKey {
                account: self.account.clone(),
                id: facts.thread.clone()?,
            },
            subject: plain_text(&facts.subject, LONGEST_SUBJECT),
            others: self.others(facts.people.iter()),
            touches,
            just_sent: Vec::new(),
            letters: Vec::new(),
            answered: mine
                || sent
                || facts
                    .messages
                    .iter()
                    .any(|one| self.by(one) == Author::Seller),
        })
    }
}

fn letter(message: &MessageFacts) -> Option<Letter> {
    Some(Letter {
        from: message.from.clone()?,
        text: message.text.clone()?,
        language: message.language.clone(),
    })
}

fn kind_of(message: &MessageFacts, subject: &str, answers: bool) -> TouchKind {
    let attachments: Vec<&str> = message.attachments.iter().map(String::as_str).collect();
    classify(&Glance {
        subject,
        attachments: &attachments,
        text: message.text.as_deref(),
        answers,
    })
}
