//! Messages gathered into clients and threads.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::Datelike;
use serde::Serialize;

use super::letter::Letter;
use super::mbox::{MOST_OF_A_MESSAGE, Raw};
use super::report::{Reason, Report};
use crate::address::{Email, Person};
use crate::client::{company_of, is_robot};
use crate::clock::Instant;
use crate::fingerprint::fingerprint;
use crate::history::{ARCHIVED, Author, History, Touch, TouchKind};
use crate::intake::{Clue, place};
use crate::kind::{Glance, classify};
use crate::place::OffsetCount;
use crate::said::Said;
use crate::store::{ClientRecord, ThreadKey, ThreadRecord};
use crate::subject::base_subject;

/// Mail before this is not dated; there was none (RFC 561).
const EARLIEST_YEAR: i32 = 1975;
/// A Gmail number belongs to a message whose date is no further from it than this.
const NEAR_MS: u64 = 24 * 60 * 60 * 1000;
/// The upper bits of a Gmail number are milliseconds.
const GMAIL_SHIFT: u32 = 20;
/// A minute, in which the same person writes no two letters.
const MINUTE_MS: i64 = 60_000;
/// Of a client's latest letter so many bytes are held until it was read for where they are.
const MOST_CLUES: usize = 3 * 1024;

/// What an archive told.
#[derive(Clone, Debug, Serialize)]
pub struct Gathered {
    /// Clients, in the order of their keys.
    pub clients: Vec<ClientRecord>,
    /// Threads with them, in the order of their keys.
    pub threads: Vec<ThreadRecord>,
    /// What may say where they are.
    pub clues: Vec<Clue>,
    /// What was found and left out.
    pub report: Report,
}

impl Gathered {
    /// The same with everybody where their letters say that they are.
    #[must_use]
    pub fn placed(mut self) -> Gathered {
        let clues = std::mem::take(&mut self.clues);
        place(&mut self.clients, &clues);
        self
    }
}

/// Messages on their way.
pub struct Gathering {
    account: Email,
    me: BTreeSet<Email>,
    own_company: String,
    /// By the thread's id.
    threads: HashMap<String, Thread>,
    people: HashMap<Email, Known>,
    /// The thread of each message by its id, for those that only name the messages they answer.
    thread_of: HashMap<u64, String>,
    report: Report,
}

/// A thread.
#[derive(Default)]
struct Thread {
    subject: String,
    touches: Vec<Touch>,
    /// Whoever is in it that is not the user: how many letters they wrote, and got.
    people: BTreeMap<Email, (u32, u32)>,
}

/// Somebody.
#[derive(Default)]
struct Known {
    name: Option<String>,
    /// Whether the user has written to them.
    answered: bool,
    latest: Option<Instant>,
    /// The beginning and end of their latest letter.
    text: String,
    /// How often their clock was so many minutes ahead of UTC, by month.
    offsets: BTreeMap<(String, i32), u32>,
}

impl Gathering {
    /// An empty one for a mailbox.
    #[must_use]
    pub fn new(account: Email, others: Vec<Email>) -> Gathering {
        let own_company = company_of(&account);
        let mut me: BTreeSet<Email> = others.into_iter().collect();
        me.insert(account.clone());
        Gathering {
            account,
            me,
            own_company,
            threads: HashMap::new(),
            people: HashMap::new(),
            thread_of: HashMap::new(),
            report: Report::default(),
        }
    }

    /// What was found so far.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    fn is_own(&self, email: &Email) -> bool {
        self.me.contains(email) || company_of(email) == self.own_company
    }

    /// Adds a message.
    pub(super) fn add(&mut self, raw: &Raw<'_>) {
        self.report.messages += 1;
        self.report.bytes += raw.length;
        if raw.length > MOST_OF_A_MESSAGE as u64 {
            self.report.shortened += 1;
        }
        let Some(letter) = Letter::read(raw.bytes) else {
            self.report.leave_out(Reason::Unreadable, None);
            return;
        };
        let Some(from) = letter.from.clone() else {
            self.report.leave_out(Reason::Nobody, None);
            return;
        };
        if let Err(reason) = self.keep(&letter, &from, raw.divider) {
            self.report.leave_out(reason, Some(from.email.as_str()));
        }
    }

    fn keep(&mut self, letter: &Letter, from: &Person, divider: &[u8]) -> Result<(), Reason> {
        if letter.discarded {
            return Err(Reason::Discarded);
        }
        let number = gmail_number(divider, letter.at);
        let at = number
            .map_or(letter.at, instant_of)
            .ok_or(Reason::Undated)?;
        if at.utc().year() < EARLIEST_YEAR {
            return Err(Reason::Undated);
        }
        let mine = self.is_own(&from.email);
        if !mine && letter.bulk {
            return Err(Reason::Bulk);
        }
        if !mine && is_robot(&from.email) {
            return Err(Reason::Robot);
        }
        let mut others: Vec<Person> = Vec::new();
        if !mine {
            others.push(from.clone());
        }
        for person in &letter.to {
            let known = others.iter().any(|other| other.email == person.email);
            if !known && !self.is_own(&person.email) && !is_robot(&person.email) {
                others.push(person.clone());
            }
        }
        if others.is_empty() {
            return Err(Reason::Own);
        }
        let id = self.thread_id(letter, &others);
        let by = if mine { Author::Seller } else { Author::Client };
        let touch = Touch {
            kind: if mine {
                self.kind(letter, &id)
            } else {
                TouchKind::Plain
            },
            alias: Some(format!(
                "{}@{}",
                from.email.as_str(),
                at.ms().div_euclid(MINUTE_MS)
            )),
            ..Touch::new(touch_id(number, letter, from, at), at, by)
        };
        self.meet(letter, from, mine, at, &others);
        let thread = self.threads.entry(id).or_default();
        if thread.subject.is_empty() {
            thread.subject.clone_from(&letter.subject);
        }
        for person in &others {
            let (wrote, got) = thread.people.entry(person.email.clone()).or_default();
            if !mine && person.email == from.email {
                *wrote += 1;
            } else {
                *got += 1;
            }
        }
        thread.touches.push(touch);
        Ok(())
    }

    /// Takes note of the people of a message.
    fn meet(&mut self, letter: &Letter, from: &Person, mine: bool, at: Instant, others: &[Person]) {
        for person in others {
            let known = self.people.entry(person.email.clone()).or_default();
            known.answered |= mine;
            if known.name.is_none() {
                known.name.clone_from(&person.name);
            }
        }
        if mine {
            return;
        }
        let known = self.people.entry(from.email.clone()).or_default();
        if let Some(minutes) = letter.offset {
            let month = at.utc().format("%Y%m").to_string();
            *known.offsets.entry((month, minutes)).or_default() += 1;
        }
        if known.latest.is_none_or(|latest| latest <= at) {
            known.latest = Some(at);
            known.name = from.name.clone().or(known.name.take());
            known.text = clue_text(&letter.text);
        }
    }

    /// What a letter of the user's was.
    fn kind(&self, letter: &Letter, thread: &str) -> TouchKind {
        let attachments: Vec<&str> = letter.attachments.iter().map(String::as_str).collect();
        let before = self.threads.get(thread);
        let last = before.and_then(|thread| thread.touches.iter().max_by_key(|touch| touch.at));
        classify(&Glance {
            subject: &letter.subject,
            attachments: &attachments,
            text: Some(&letter.text),
            answers: last.is_some_and(|last| last.by == Author::Client),
        })
    }

    /// The thread that a message belongs to: Gmail's own; else that of a message it answers; else what is
    /// written with one company under one subject, as on the pages of other webmails.
    fn thread_id(&mut self, letter: &Letter, others: &[Person]) -> String {
        if let Some(number) = letter.gmail_thread {
            return format!("{number:016x}");
        }
        let mut marks = letter
            .references
            .iter()
            .map(|id| fingerprint(id.as_bytes()));
        let answered = marks.find_map(|mark| self.thread_of.get(&mark).cloned());
        let id = answered.unwrap_or_else(|| {
            let company = others.first().map(|person| company_of(&person.email));
            let about = base_subject(&letter.subject).to_lowercase();
            format!("{}|{about}", company.unwrap_or_default())
        });
        if let Some(own) = &letter.message_id {
            let mark = fingerprint(own.as_bytes());
            self.thread_of.entry(mark).or_insert_with(|| id.clone());
        }
        id
    }

    /// Clients and threads, in the order of their keys. A client is somebody whom the user has written to.
    #[must_use]
    pub fn finish(mut self) -> Gathered {
        let mut threads = Vec::new();
        let mut clients: BTreeSet<Email> = BTreeSet::new();
        for (id, thread) in std::mem::take(&mut self.threads) {
            let count = thread.touches.len() as u64;
            // Who wrote most is likelier the client than who is merely copied in.
            let answered = thread
                .people
                .iter()
                .filter(|(email, _)| self.people.get(*email).is_some_and(|known| known.answered));
            let Some((client, _)) = answered.max_by_key(|(_, letters)| **letters) else {
                let example = thread.people.keys().next().map(Email::as_str);
                self.report
                    .leave_out_many(Reason::Unanswered, count, example);
                continue;
            };
            self.report.contacts += count;
            clients.insert(client.clone());
            threads.push(ThreadRecord {
                key: ThreadKey {
                    account: self.account.clone(),
                    id,
                },
                company: company_of(client),
                client: client.clone(),
                subject: thread.subject,
                history: History::from(thread.touches),
                snooze: None,
                said: Said::default(),
            });
        }
        threads.sort_by(|a, b| a.key.cmp(&b.key));
        let mut clues = Vec::new();
        let clients: Vec<ClientRecord> = clients
            .into_iter()
            .map(|email| {
                let known = self.people.remove(&email).unwrap_or_default();
                let person = Person::new(email.clone(), known.name.as_deref());
                if known.latest.is_some() {
                    clues.push(known.clue(email));
                }
                let company = company_of(&person.email);
                ClientRecord::new(&self.account, &person, company)
            })
            .collect();
        self.report.clients = clients.len() as u64;
        self.report.threads = threads.len() as u64;
        Gathered {
            clients,
            threads,
            clues,
            report: self.report,
        }
    }
}

impl Known {
    fn clue(self, client: Email) -> Clue {
        let offsets = self.offsets.into_iter();
        Clue {
            client,
            text: self.text,
            offsets: offsets
                .map(|((month, minutes), count)| OffsetCount {
                    month,
                    minutes,
                    count,
                })
                .collect(),
        }
    }
}

/// Gmail's number of a message, which Takeout puts where the sender stands: `1851234567890@xxx Mon Nov 23 …`.
/// A number that is far from the date is that of an import.
fn gmail_number(divider: &[u8], date: Option<Instant>) -> Option<u64> {
    let end = divider.iter().position(|byte| *byte == b'@')?;
    if !divider.get(end..)?.starts_with(b"@xxx") {
        return None;
    }
    let number: u64 = std::str::from_utf8(divider.get(..end)?)
        .ok()?
        .parse()
        .ok()?;
    let apart = instant_of(number)?
        .since(date?)
        .num_milliseconds()
        .unsigned_abs();
    (apart <= NEAR_MS).then_some(number)
}

fn instant_of(number: u64) -> Option<Instant> {
    Instant::from_ms(i64::try_from(number >> GMAIL_SHIFT).ok()?).ok()
}

/// The id of a message: Gmail's where it is known, as its page has it; else one made of what every copy of
/// the message has.
fn touch_id(number: Option<u64>, letter: &Letter, from: &Person, at: Instant) -> String {
    if let Some(number) = number {
        return format!("{number:016x}");
    }
    let own = letter.message_id.clone();
    let own = own.unwrap_or_else(|| format!("{} {}", from.email.as_str(), at.ms()));
    format!("{ARCHIVED}{:016x}", fingerprint(own.as_bytes()))
}

/// What of a letter may say where its writer is: its last lines before what it quotes.
fn clue_text(text: &str) -> String {
    let own = text
        .lines()
        .take_while(|line| !line.starts_with('>') && !line.trim_end().ends_with("wrote:"))
        .collect::<Vec<_>>()
        .join("\n");
    let from = own.len().saturating_sub(MOST_CLUES);
    let from = (from..=own.len()).find(|at| own.is_char_boundary(*at));
    own.get(from.unwrap_or(0)..).unwrap_or_default().to_owned()
}
