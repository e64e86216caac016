//! Messages gathered into clients and threads.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use chrono::Datelike;
use serde::{Deserialize, Serialize};

use super::letter::{Letter, Listener, MOST_OF_A_MESSAGE};
use super::report::{Fault, Reason, Report};
use crate::address::{Email, Person};
use crate::client::{company_of, is_robot};
use crate::clock::Instant;
use crate::fingerprint::fingerprint;
use crate::history::{ARCHIVED, Author, History, Touch, TouchKind};
use crate::intake::Intake;
use crate::kind::{Glance, classify};
use crate::order::Order;
use crate::place::{self, Clues, OffsetCount};
use crate::said::Said;
use crate::store::{ClientRecord, ThreadKey, ThreadRecord};
use crate::subject::base_subject;
use crate::transfer::contacts;

/// Mail before this is not dated; there was none (RFC 561).
const EARLIEST_YEAR: i32 = 1975;
/// A minute, in which the same person writes no two letters.
const MINUTE_MS: i64 = 60_000;
/// Of a client's latest letter so many bytes are held until it was read for where they are.
const MOST_CLUES: usize = 3 * 1024;

/// What an archive told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gathered {
    /// Clients, in the order of their keys.
    pub clients: Vec<ClientRecord>,
    /// Threads with them, in the order of their keys.
    pub threads: Vec<ThreadRecord>,
    /// What was found and left out.
    pub report: Report,
}

/// Messages on their way. What is held of each is some dozens of bytes; of each person, the end of one letter.
#[derive(Serialize, Deserialize)]
pub struct Gathering {
    account: Email,
    me: BTreeSet<Email>,
    own_companies: BTreeSet<String>,
    threads: Vec<Thread>,
    /// Where each thread stands, by its id.
    places: HashMap<String, u32>,
    people: Vec<Known>,
    /// Where everybody stands, by their address.
    known: HashMap<Email, u32>,
    /// The thread of each message by its id, for those that only name the messages they answer.
    thread_of: HashMap<u64, u32>,
    /// Whom the lists of contacts told of that lay beside the mail.
    listed: Intake,
    report: Report,
}

/// A thread.
#[derive(Serialize, Deserialize)]
struct Thread {
    id: String,
    subject: String,
    letters: Vec<Kept>,
    /// Whoever is in it that is not the user: where they stand, and how many letters they wrote, and got.
    people: Vec<(u32, u32, u32)>,
}

/// What is held of a message.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Kept {
    /// Gmail's number, or a mark of what every copy of the message has.
    mark: u64,
    is_gmails: bool,
    at: Instant,
    /// Where its writer stands.
    from: u32,
    mine: bool,
    /// What its writer's clock was ahead of UTC, in minutes.
    offset: Option<i32>,
    /// What it was, whatever it answers.
    kind: TouchKind,
}

/// What of a message is more than its letter says.
struct Heard<'l> {
    from: &'l Person,
    at: Instant,
    mine: bool,
    /// With whom it is, above all.
    with: &'l Email,
    others: Vec<&'l Person>,
}

/// Somebody.
#[derive(Serialize, Deserialize)]
struct Known {
    email: Email,
    name: Option<String>,
    /// Whether the user has written to them.
    answered: bool,
    latest: Option<Instant>,
    /// The end of their latest letter.
    text: String,
    /// How often their clock was so many minutes ahead of UTC, by month; known at the end.
    offsets: Vec<OffsetCount>,
}

impl Gathering {
    /// An empty one for a mailbox.
    #[must_use]
    pub fn new(account: Email, others: Vec<Email>) -> Gathering {
        let mut me: BTreeSet<Email> = others.into_iter().collect();
        me.insert(account.clone());
        let own_companies = me.iter().map(company_of).collect();
        Gathering {
            account,
            me,
            own_companies,
            threads: Vec::new(),
            places: HashMap::new(),
            people: Vec::new(),
            known: HashMap::new(),
            thread_of: HashMap::new(),
            listed: Intake {
                hints: true,
                ..Intake::default()
            },
            report: Report::default(),
        }
    }

    /// What was found so far.
    #[must_use]
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// All that was gathered so far, for [`Gathering::restore`].
    #[must_use]
    pub fn save(&self) -> String {
        // Nothing in it can fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Goes on with what was saved.
    ///
    /// # Errors
    /// Where it is nothing that this version saved.
    pub fn restore(saved: &str) -> Result<Gathering, serde_json::Error> {
        serde_json::from_str(saved)
    }

    /// Takes note that something is wrong with a file.
    pub fn fault(&mut self, fault: Fault, file: &str) {
        self.report.fault(fault, file);
    }

    /// Reads a list of contacts, written then; gives whether it is one.
    pub fn list(&mut self, text: &str, written: Instant) -> bool {
        let contacts = contacts::listed(text);
        let mut found = contacts::gather(&contacts, &self.account, written);
        let left = found.counts.values().sum::<usize>() + found.intake.clients.len();
        found
            .intake
            .clients
            .retain(|client| !self.is_own(&client.key.email));
        let taken = found.intake.clients.len();
        self.report.listed += taken as u64;
        self.report.unlisted += left.saturating_sub(taken) as u64;
        self.listed.add_clients(found.intake);
        !contacts.is_empty()
    }

    fn is_own(&self, email: &Email) -> bool {
        self.me.contains(email) || self.own_companies.contains(&company_of(email))
    }

    /// Why a message is left out; of one that is not, whoever is in it and is not the user, the writer first.
    fn judge<'l>(&self, letter: &'l Letter) -> Result<Heard<'l>, Reason> {
        let from = letter.from.as_ref().ok_or(Reason::Nobody)?;
        if letter.discarded {
            return Err(Reason::Discarded);
        }
        let at = letter.at.ok_or(Reason::Undated)?;
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
        let mut others: Vec<&Person> = Vec::new();
        if !mine {
            others.push(from);
        }
        for person in &letter.to {
            let known = others.iter().any(|other| other.email == person.email);
            if !known && !self.is_own(&person.email) && !is_robot(&person.email) {
                others.push(person);
            }
        }
        let Some(first) = others.first() else {
            return Err(Reason::Own);
        };
        Ok(Heard {
            from,
            at,
            mine,
            with: &first.email,
            others,
        })
    }

    /// Where somebody stands.
    fn stand(&mut self, email: &Email) -> u32 {
        if let Some(place) = self.known.get(email) {
            return *place;
        }
        let place = next(&self.people);
        self.known.insert(email.clone(), place);
        self.people.push(Known {
            email: email.clone(),
            name: None,
            answered: false,
            latest: None,
            text: String::new(),
            offsets: Vec::new(),
        });
        place
    }

    /// Takes note of somebody in a message; `written` to, by the user, or not.
    fn meet(&mut self, person: &Person, written: bool) -> u32 {
        let place = self.stand(&person.email);
        if let Some(known) = self.people.get_mut(place as usize) {
            known.answered |= written;
            if known.name.is_none() {
                known.name.clone_from(&person.name);
            }
        }
        place
    }

    /// Takes note of what a letter tells of its writer.
    fn learn(&mut self, writer: u32, letter: &Letter, from: &Person, at: Instant) {
        let Some(known) = self.people.get_mut(writer as usize) else {
            return;
        };
        if known.latest.is_none_or(|latest| latest <= at) {
            known.latest = Some(at);
            known.name = from.name.clone().or(known.name.take());
            known.text = clue_text(&letter.text);
        }
    }

    /// The thread that a message belongs to: Gmail's own; else that of a message it answers, or that answers
    /// the same; else what is written with one company under one subject, as on the pages of other webmails.
    fn thread(&mut self, letter: &Letter, with: &Email) -> u32 {
        if let Some(number) = letter.gmail_thread {
            return self.place(format!("{number:016x}"));
        }
        let named = letter.message_id.iter().chain(&letter.references);
        let marks: Vec<u64> = named.map(|id| fingerprint(id.as_bytes())).collect();
        let known = marks.iter().find_map(|mark| self.thread_of.get(mark));
        let place = known.copied().unwrap_or_else(|| {
            let about = base_subject(&letter.subject).to_lowercase();
            self.place(format!("{}|{about}", company_of(with)))
        });
        // An archive may have the answers in front of what they answer.
        for mark in marks {
            self.thread_of.entry(mark).or_insert(place);
        }
        place
    }

    fn place(&mut self, id: String) -> u32 {
        let place = next(&self.threads);
        let known = *self.places.entry(id.clone()).or_insert(place);
        if known == place {
            self.threads.push(Thread {
                id,
                subject: String::new(),
                letters: Vec::new(),
                people: Vec::new(),
            });
        }
        known
    }

    /// Clients and threads, in the order of their keys. A client is somebody whom the user has written to.
    #[must_use]
    pub fn finish(mut self) -> Gathered {
        let mut threads = Vec::new();
        let mut clients: BTreeSet<u32> = BTreeSet::new();
        for thread in std::mem::take(&mut self.threads) {
            let count = thread.letters.len() as u64;
            let Some(place) = self.client_of(&thread) else {
                let first = thread.people.first();
                let example = first.and_then(|(place, ..)| self.people.get(*place as usize));
                let example = example.map(|known| known.email.as_str().to_owned());
                self.report
                    .leave_out_many(Reason::Unanswered, count, example.as_deref());
                continue;
            };
            let Some(client) = self.people.get(place as usize) else {
                continue;
            };
            let client = client.email.clone();
            let letters = once(thread.letters);
            letters.iter().for_each(|kept| self.tell_time(kept));
            let touches = self.touches(letters);
            let contacts = touches.len() as u64;
            self.report.contacts += contacts;
            if count > contacts {
                self.report
                    .leave_out_many(Reason::Double, count - contacts, Some(client.as_str()));
            }
            clients.insert(place);
            threads.push(ThreadRecord {
                key: ThreadKey {
                    account: self.account.clone(),
                    id: thread.id,
                },
                company: company_of(&client),
                client,
                subject: thread.subject,
                history: History::from(touches),
                snooze: None,
                said: Said::default(),
            });
        }
        threads.order_by(|a, b| a.key.cmp(&b.key));
        let known = std::mem::take(&mut self.people).into_iter().zip(0_u32..);
        let known = known.filter(|(_, place)| clients.contains(place));
        let mut clients: Vec<ClientRecord> = known
            .map(|(known, _)| known.record(&self.account))
            .collect();
        clients.order_by(|a, b| a.key.cmp(&b.key));
        self.report.clients = clients.len() as u64;
        self.report.threads = threads.len() as u64;
        let mut found = Intake {
            clients,
            ..Intake::default()
        };
        found.add_clients(self.listed);
        Gathered {
            clients: found.clients,
            threads,
            report: self.report,
        }
    }

    /// Whom a thread is with. Who wrote most is likelier the client than who is merely copied in.
    fn client_of(&self, thread: &Thread) -> Option<u32> {
        let known = thread.people.iter().filter_map(|(place, wrote, got)| {
            let known = self.people.get(*place as usize)?;
            let rank = (*wrote, *got, Reverse(known.email.as_str()));
            known.answered.then_some((rank, *place))
        });
        known.max().map(|(_, place)| place)
    }

    /// Takes note of what a letter tells of its writer's clock.
    fn tell_time(&mut self, kept: &Kept) {
        let known = self.people.get_mut(kept.from as usize);
        let (Some(known), Some(minutes), false) = (known, kept.offset, kept.mine) else {
            return;
        };
        let day = kept.at.utc();
        let month = format!("{:04}{:02}", day.year(), day.month());
        let mut counts = known.offsets.iter_mut();
        match counts.find(|one| one.month == month && one.minutes == minutes) {
            Some(one) => one.count += 1,
            None => known.offsets.push(OffsetCount {
                month,
                minutes,
                count: 1,
            }),
        }
    }

    /// Letters in the order in which they were written, as what passed.
    fn touches(&self, letters: Vec<Kept>) -> Vec<Touch> {
        let mut before = None;
        let touches = letters.into_iter().map(|kept| {
            let by = match kept.mine {
                true => Author::Seller,
                false => Author::Client,
            };
            let answers = before.replace(by) == Some(Author::Client);
            let kind = match kept.kind {
                TouchKind::Plain if kept.mine && answers => TouchKind::Reply,
                kind => kind,
            };
            let id = match kept.is_gmails {
                true => format!("{:016x}", kept.mark),
                false => format!("{ARCHIVED}{:016x}", kept.mark),
            };
            let writer = self.people.get(kept.from as usize);
            let minute = kept.at.ms().div_euclid(MINUTE_MS);
            Touch {
                kind,
                alias: writer.map(|writer| format!("{}@{minute}", writer.email.as_str())),
                ..Touch::new(id, kept.at, by)
            }
        });
        touches.collect()
    }
}

impl Listener for Gathering {
    fn look(&mut self, length: u64, head: Option<&Letter>) -> bool {
        self.report.messages += 1;
        self.report.bytes += length;
        if length > MOST_OF_A_MESSAGE as u64 {
            self.report.shortened += 1;
        }
        let Some(letter) = head else {
            self.report.leave_out(Reason::Unreadable, None);
            return false;
        };
        let Err(reason) = self.judge(letter) else {
            return true;
        };
        let from = letter.from.as_ref().map(|from| from.email.as_str());
        self.report.leave_out(reason, from);
        false
    }

    fn hear(&mut self, letter: &Letter) {
        let Ok(heard) = self.judge(letter) else {
            return;
        };
        let Heard { from, at, mine, .. } = heard;
        let place = self.thread(letter, heard.with);
        let met = heard.others.into_iter();
        let others: Vec<u32> = met.map(|person| self.meet(person, mine)).collect();
        let writer = self.stand(&from.email);
        if !mine {
            self.learn(writer, letter, from, at);
        }
        let kept = Kept {
            mark: letter.gmail.unwrap_or_else(|| own_mark(letter, from, at)),
            is_gmails: letter.gmail.is_some(),
            at,
            from: writer,
            mine,
            offset: letter.offset,
            kind: match mine {
                true => kind(letter),
                false => TouchKind::Plain,
            },
        };
        if let Some(thread) = self.threads.get_mut(place as usize) {
            thread.take(kept, &others, &letter.subject);
        }
    }

    fn skip(&mut self, bytes: u64) {
        self.report.skipped += bytes;
    }
}

impl Thread {
    fn take(&mut self, kept: Kept, others: &[u32], subject: &str) {
        if self.subject.is_empty() {
            subject.clone_into(&mut self.subject);
        }
        for place in others {
            let wrote = u32::from(*place == kept.from);
            match self.people.iter_mut().find(|(known, ..)| known == place) {
                Some((_, written, got)) => {
                    *written += wrote;
                    *got += 1 - wrote;
                }
                None => self.people.push((*place, wrote, 1 - wrote)),
            }
        }
        self.letters.push(kept);
    }
}

impl Known {
    /// What is kept of a client: with where their letters say that they are.
    fn record(self, account: &Email) -> ClientRecord {
        let person = Person::new(self.email, self.name.as_deref());
        let company = company_of(&person.email);
        let mut record = ClientRecord::new(account, &person, company);
        if self.latest.is_some() {
            record.read_signature(&place::infer(&Clues {
                email: &person.email,
                name: record.name.clone().as_deref(),
                text: Some(&self.text),
                language: None,
                offsets: &self.offsets,
                word: None,
                colleagues: &[],
            }));
        }
        record
    }
}

/// The letters of a thread, each once, in the order in which they were written.
fn once(mut letters: Vec<Kept>) -> Vec<Kept> {
    letters.order_by_key(|kept| (kept.at, kept.is_gmails, kept.mark));
    letters.dedup_by_key(|kept| (kept.at, kept.is_gmails, kept.mark));
    letters
}

/// Where the next one of a list will stand. No archive holds more than four billion of anything.
fn next<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// What a letter of the user's was, by itself.
fn kind(letter: &Letter) -> TouchKind {
    let attachments: Vec<&str> = letter.attachments.iter().map(String::as_str).collect();
    classify(&Glance {
        subject: &letter.subject,
        attachments: &attachments,
        text: Some(&letter.text),
        answers: false,
    })
}

/// A mark of what every copy of a message has.
fn own_mark(letter: &Letter, from: &Person, at: Instant) -> u64 {
    let own = letter.message_id.clone();
    let own = own.unwrap_or_else(|| format!("{} {}", from.email.as_str(), at.ms()));
    fingerprint(own.as_bytes())
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
