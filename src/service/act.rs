//! The user did something: keep it.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeZone};

use super::{ServiceError, options, sidebar, weeks, welcome, writing};
use crate::address::{Email, Person, plain_text};
use crate::client::{Snooze, company_of};
use crate::clock::{ClientZone, Instant, iso};
use crate::country::Country;
use crate::dossier::Now;
use crate::draft::Draft;
use crate::fact::Fact;
use crate::history::{Author, History, Touch, Way};
use crate::market::Market;
use crate::moment::Moment;
use crate::note::{self, Note};
use crate::place::{PlaceWord, WordScope, zones};
use crate::playbook::{Playbook, Scope};
use crate::protocol::{Action, Done, LetterUi, ListUi, PlaceUi, Response, SidebarUi, Ui};
use crate::said::Said;
use crate::settings::{Change, Settings};
use crate::store::{
    Changes, ClientKey, ClientRecord, CompanyKey, CompanyRecord, Held, Store, ThreadKey,
    ThreadRecord,
};
use crate::subdivision::Subdivision;
use crate::view::Words;

/// The address of the page of the user's data.
const DATA_PAGE: &str = "import.html";
/// The address of the flight recorder's page within the extension.
const REPORT: &str = "report.html";
/// How much of what a client asked for is kept, in characters.
const LONGEST_ABOUT: usize = 120;

type Fields = BTreeMap<String, String>;

pub(super) async fn act(
    store: &impl Store,
    settings: &Settings,
    action: Action,
    fields: &Fields,
    former: Ui,
    now: Now,
) -> Result<Response, ServiceError> {
    let rules = &settings.playbook;
    let book = Book { store, rules, now };
    let mut ui = Ui {
        sidebar: SidebarUi {
            refused: None,
            ..former.sidebar.clone()
        },
        screen: former.screen,
        list: ListUi {
            done: None,
            ..former.list.clone()
        },
        ..Ui::default()
    };
    match action {
        Action::Snooze {
            thread,
            client,
            until,
        } => {
            let (undo, who) = book.snooze(thread, client, until).await?;
            let how = None;
            (ui.undo, ui.list.done) = (Some(undo), Some(Done { who, how, until }));
        }
        Action::SnoozeUntil { thread, client } => {
            let until = Some(wall_time(fields, now)?);
            ui.undo = Some(book.snooze(thread, client, until).await?.0);
        }
        Action::Undo {
            thread,
            client,
            snooze,
        } => {
            book.replace_snooze(thread, client, |_| snooze).await?;
        }
        Action::AskPlace { client } => {
            let country = optional(fields, "country")?;
            ui.place = Some(PlaceUi {
                client: client.email,
                country,
            });
        }
        Action::PutBack { client, facts } => {
            book.change(&client, |held| {
                for fact in facts {
                    fact.apply_around(held);
                    fact.apply(client_in(held, &client));
                }
            })
            .await?;
        }
        Action::SetPlace { client } => {
            ui.undo = book.set_place(&client, Some(place_word(fields)?)).await?;
        }
        Action::ForgetPlace { client } => ui.undo = book.set_place(&client, None).await?,
        Action::Follow { client, on } => {
            let follow = |client: &mut ClientRecord| client.follow = Some(on);
            ui.undo = book.edit(&client, follow).await?;
        }
        Action::AcceptPlace { client, country } => {
            let word = PlaceWord {
                country,
                region: None,
                zone: None,
                scope: WordScope::Person,
            };
            ui.undo = book.set_place(&client, Some(word)).await?;
        }
        Action::SetClient { client } => {
            let (stage, intent) = (word(fields, "stage")?, word(fields, "intent")?);
            let market = match field(fields, "market") {
                "" => None,
                _ => Some(word(fields, "market")?),
            };
            let about = Some(plain_text(field(fields, "about"), LONGEST_ABOUT));
            let about = about.filter(|about| !about.is_empty());
            let set = |record: &mut ClientRecord| {
                (record.stage, record.intent, record.market) = (stage, intent, market);
                record.about = about;
            };
            ui.undo = book.edit(&client, set).await?;
        }
        Action::SetStage { client, stage } => {
            ui.undo = book.edit(&client, |record| record.stage = stage).await?;
        }
        Action::SetKind {
            thread,
            client,
            touch,
        } => {
            let kind = word(fields, "kind")?;
            let owner = ClientKey {
                account: thread.account.clone(),
                email: client.clone(),
            };
            let choose = |held: &mut Held| {
                let thread = thread_in(held, &thread, &client);
                thread.history.choose(&touch, kind);
            };
            ui.undo = book.change(&owner, choose).await?;
        }
        Action::AddMoment { client } => {
            let note = plain_text(field(fields, "note"), note::LONGEST);
            let moment = Moment {
                on: date(fields, "on")?,
                kind: word(fields, "kind")?,
                note: Some(note).filter(|note| !note.is_empty()),
            };
            let add = |record: &mut ClientRecord| Fact::Moment(moment, true).apply(record);
            ui.undo = book.edit(&client, add).await?;
        }
        Action::DropMoment { client, moment } => {
            let drop = |record: &mut ClientRecord| Fact::Moment(moment, false).apply(record);
            ui.undo = book.edit(&client, drop).await?;
        }
        Action::AddNote { client } => {
            let text = plain_text(field(fields, "text"), note::LONGEST);
            if text.is_empty() {
                return Err(unreadable("text", ""));
            }
            let add = |record: &mut ClientRecord| record.notes.push(Note { at: now.at, text });
            ui.undo = book.edit(&client, add).await?;
        }
        Action::DropNote { client, note } => {
            let drop = |record: &mut ClientRecord| Fact::Note(note, false).apply(record);
            ui.undo = book.edit(&client, drop).await?;
        }
        Action::LogContact { client } => {
            let touch = contact(fields, now)?;
            let log = |record: &mut ClientRecord| record.logged.add(touch);
            ui.undo = book.edit(&client, log).await?;
        }
        Action::DropContact { client, touch } => {
            let drop = |record: &mut ClientRecord| record.logged.forget(&touch);
            ui.undo = book.edit(&client, drop).await?;
        }
        Action::ShowEarlier => {
            // A look at more is no answer to what was done.
            (ui.undo, ui.undo_until) = (former.undo, former.undo_until);
            ui.sidebar.earlier = ui.sidebar.earlier.saturating_add(1);
        }
        Action::Settle { client, how } => {
            let (undo, done) = book.settle(&client, how).await?;
            (ui.undo, ui.list.done) = (Some(undo), Some(done));
        }
        Action::Unsettle {
            thread,
            client,
            touch,
        } => book.unsettle(&thread, &client, &touch).await?,
        Action::ShowList { unplaced } => {
            ui.list = ListUi {
                unplaced,
                from: 1,
                ..ListUi::default()
            };
        }
        Action::Find => {
            ui.list = ListUi {
                query: plain_text(field(fields, "query"), LONGEST_ABOUT),
                market: Market::ALL
                    .into_iter()
                    .find(|market| market.name() == field(fields, "market")),
                errand: field(fields, "errand").parse().ok(),
                unplaced: former.list.unplaced,
                from: 1,
                done: None,
            };
        }
        Action::Scroll => {
            // A change of what is drawn is no answer to what was done.
            (ui.undo, ui.list.done) = (former.undo, former.list.done);
            // From the first one on it is more of them than before anything was painted.
            ui.list.from = field(fields, "from").parse().unwrap_or(0).max(1);
        }
        // Done by the page, or by whoever holds the store itself.
        Action::Close
        | Action::SaveReport
        | Action::DeleteAll
        | Action::KeepAll
        | Action::DeleteNow => {}
        Action::WriteDraft { client } => {
            let letter = optional_word(fields, "letter")?;
            let language = optional_word(fields, "language")?;
            let draft = writing::draft(store, settings, &client, letter, language, now).await?;
            return Ok(Response::Done {
                ui,
                open: None,
                draft: Some(draft),
                copy: None,
                schedule: None,
            });
        }
        Action::ShowDraft { client, on } => {
            (ui.undo, ui.undo_until) = (former.undo, former.undo_until);
            let letter = optional_word(fields, "letter")?;
            let language = optional_word(fields, "language")?;
            ui.sidebar.letter = on.then_some(LetterUi {
                client,
                letter,
                language,
            });
        }
        Action::InsertDraft { client } => {
            let letter = optional_word(fields, "letter")?;
            let language = optional_word(fields, "language")?;
            let draft = writing::draft(store, settings, &client, letter, language, now).await?;
            let body = field(fields, "body").to_owned();
            let gaps = draft.gaps.into_iter().filter(|gap| body.contains(gap));
            return Ok(Response::Done {
                ui,
                open: None,
                draft: Some(Draft {
                    gaps: gaps.collect(),
                    body,
                    ..draft
                }),
                copy: None,
                schedule: None,
            });
        }
        Action::CopyDraft => {
            return Ok(Response::Done {
                ui,
                open: None,
                draft: None,
                copy: Some(Words::raw(field(fields, "body"))),
                schedule: None,
            });
        }
        Action::CopyTime { at } => {
            return Ok(Response::Done {
                ui,
                open: None,
                draft: None,
                copy: Some(Words::stamp(at, now.seller.0)),
                schedule: None,
            });
        }
        Action::ScheduleSend { at } => {
            return Ok(Response::Done {
                ui,
                open: None,
                draft: None,
                copy: Some(Words::stamp(at, now.seller.0)),
                schedule: Some(at),
            });
        }
        Action::CloseNote {
            client: Some(client),
        } => {
            book.change(&client, |held| client_in(held, &client).unnoted = true)
                .await?;
            ui.undo = Some(Action::OpenNote { client });
        }
        Action::CloseNote { client: None } => {
            let change = Change::NoteLetters(false);
            ui.undo = Some(options::keep(store, settings, &change, now).await?);
        }
        Action::OpenNote { client } => {
            book.change(&client, |held| client_in(held, &client).unnoted = false)
                .await?;
        }
        Action::SetRule {
            scope: Scope::Client(_),
            setting,
        } => match options::act(store, settings, action, fields, former, now).await {
            // What was refused before is over.
            Ok(done) => {
                ui = Ui {
                    sidebar: ui.sidebar,
                    ..done
                }
            }
            Err(ServiceError::Refused(refusal)) => ui.sidebar.refused = Some((setting, refusal)),
            Err(error) => return Err(error),
        },
        Action::ShowRules { on } => {
            (ui.undo, ui.undo_until) = (former.undo, former.undo_until);
            ui.sidebar.rules = on;
        }
        Action::SetRule { .. }
        | Action::ResetRule { .. }
        | Action::Keep { .. }
        | Action::Weigh { .. }
        | Action::WeighForm { .. }
        | Action::AddWebmail
        | Action::Leave
        | Action::AskDelete
        | Action::ShowMarket { .. }
        | Action::ShowCountry => {
            ui = options::act(store, settings, action, fields, former, now).await?;
        }
        Action::ShowData => return Ok(Response::open(ui, DATA_PAGE.to_owned())),
        // Its page does that itself.
        Action::Data { .. } => {}
        Action::ShowSidebar => {
            return Ok(Response::open(ui, sidebar::PAGE.to_owned()));
        }
        Action::ShowReport => {
            return Ok(Response::open(ui, REPORT.to_owned()));
        }
        Action::OpenNext { after } => {
            let next = book.next_due(after.as_ref()).await?;
            return match next {
                Some(thread) => open_thread(store, ui, thread).await,
                None => Ok(Response::done(ui)),
            };
        }
        Action::SnoozeOpen { open } => book.snooze_open(open).await?,
        Action::FollowAddress => {
            let email = book.follow_address(field(fields, "email")).await?;
            return Ok(Response::open(ui, format!("popup.html#find={email}")));
        }
        Action::ShowScreen { screen } => ui.screen = screen,
        Action::ShowWelcome => return Ok(Response::open(ui, welcome::PAGE.to_owned())),
        Action::ShowMail => return Ok(Response::open(ui, welcome::MAIL.to_owned())),
        Action::ShowWeeks => return Ok(Response::open(ui, weeks::PAGE.to_owned())),
        Action::ShowOptions => {
            return Ok(Response::open(ui, options::PAGE.to_owned()));
        }
        Action::Open { thread } => return open_thread(store, ui, thread).await,
    }
    Ok(Response::done(ui))
}

/// Shows a thread in its webmail.
async fn open_thread(
    store: &impl Store,
    ui: Ui,
    thread: ThreadKey,
) -> Result<Response, ServiceError> {
    let accounts = store.accounts().await?;
    let account = accounts
        .iter()
        .find(|account| account.account == thread.account);
    let account = account.ok_or(ServiceError::Gone)?;
    let record = store
        .threads(std::slice::from_ref(&thread))
        .await?
        .pop()
        .flatten();
    let last = record.as_ref().and_then(|record| record.history.last());
    let last = last.map(|touch| touch.id.as_str());
    let open = account.site.link(&account.base, &thread.id, last);
    Ok(Response::open(ui, open))
}

/// The store with what a change of it is worked out by.
pub(super) struct Book<'a, S> {
    pub(super) store: &'a S,
    pub(super) rules: &'a Playbook,
    pub(super) now: Now,
}

impl<S: Store> Book<'_, S> {
    /// Changes what is held of a client's company, and whatever follows from it, in one write; gives
    /// what takes back what was said of the client.
    pub(super) async fn change(
        &self,
        client: &ClientKey,
        change: impl FnOnce(&mut Held),
    ) -> Result<Option<Action>, ServiceError> {
        let company = CompanyKey {
            account: client.account.clone(),
            name: company_of(&client.email),
        };
        let before = self
            .store
            .companies(&[company])
            .await?
            .pop()
            .unwrap_or_default();
        let mut held = before.clone();
        change(&mut held);
        let mut changes = Changes::default();
        changes.settle(self.rules, &before, &held, self.now);
        self.store.save(&changes).await?;
        let after = held.clients.iter().find(|known| known.key == *client);
        let facts = after.map(|after| Fact::back(after, &held, &before));
        let facts = facts.filter(|facts| !facts.is_empty());
        let client = client.clone();
        Ok(facts.map(|facts| Action::PutBack { client, facts }))
    }

    /// The same where the change is of the client's own record.
    async fn edit(
        &self,
        client: &ClientKey,
        edit: impl FnOnce(&mut ClientRecord),
    ) -> Result<Option<Action>, ServiceError> {
        self.change(client, |held| edit(client_in(held, client)))
            .await
    }

    /// Sets or ends a thread's snooze; gives what undoes that, and the client's name.
    pub(super) async fn snooze(
        &self,
        key: ThreadKey,
        client: Email,
        until: Option<Instant>,
    ) -> Result<(Action, String), ServiceError> {
        let now = self.now.at;
        self.replace_snooze(key, client, |held| {
            let touches = held
                .threads
                .iter()
                .flat_map(|thread| thread.history.touches());
            let known = touches.map(|touch| touch.at);
            until.map(|until| Snooze::set(now, until, known))
        })
        .await
    }

    /// Puts another snooze in the place of the thread's own; gives what undoes it and who it is about.
    async fn replace_snooze(
        &self,
        key: ThreadKey,
        client: Email,
        snooze: impl FnOnce(&Held) -> Option<Snooze>,
    ) -> Result<(Action, String), ServiceError> {
        let owner = ClientKey {
            account: key.account.clone(),
            email: client.clone(),
        };
        let (mut former, mut who) = (None, String::new());
        self.change(&owner, |held| {
            client_in(held, &owner).label().clone_into(&mut who);
            let snooze = snooze(held);
            let thread = thread_in(held, &key, &client);
            former = std::mem::replace(&mut thread.snooze, snooze);
        })
        .await?;
        let undo = Action::Undo {
            thread: key,
            client,
            snooze: former,
        };
        Ok((undo, who))
    }

    /// Keeps or takes back the user's word on where a client is.
    async fn set_place(
        &self,
        client: &ClientKey,
        word: Option<PlaceWord>,
    ) -> Result<Option<Action>, ServiceError> {
        self.change(client, |held| {
            let own = client_in(held, client).word.take();
            match word {
                Some(word) if word.scope == WordScope::Person => {
                    client_in(held, client).word = Some(word);
                }
                // The word on a company is what remains when a person's own is taken back.
                None if own.is_some() => {}
                _ => {
                    let name = company_of(&client.email);
                    let key = CompanyKey {
                        account: client.account.clone(),
                        name,
                    };
                    let said = Said::default();
                    held.company = Some(CompanyRecord { key, word, said });
                }
            }
        })
        .await
    }
}

/// The client's record among what is held of their company; made where there is none, since the
/// user is just saying something about them.
fn client_in<'h>(held: &'h mut Held, key: &ClientKey) -> &'h mut ClientRecord {
    let place = held.clients.iter().position(|client| client.key == *key);
    let place = place.unwrap_or(held.clients.len());
    if place == held.clients.len() {
        let person = Person::new(key.email.clone(), None);
        held.clients.push(ClientRecord::new(
            &key.account,
            &person,
            company_of(&key.email),
        ));
    }
    // Just found or pushed, so the place exists.
    #[allow(clippy::indexing_slicing)]
    &mut held.clients[place]
}

/// The thread's record among what is held of its client's company; made where there is none.
pub(super) fn thread_in<'h>(
    held: &'h mut Held,
    key: &ThreadKey,
    client: &Email,
) -> &'h mut ThreadRecord {
    let place = held.threads.iter().position(|thread| thread.key == *key);
    let place = place.unwrap_or(held.threads.len());
    if place == held.threads.len() {
        held.threads.push(ThreadRecord {
            key: key.clone(),
            client: client.clone(),
            company: company_of(client),
            subject: String::new(),
            history: History::default(),
            snooze: None,
            said: Said::default(),
        });
    }
    // Just found or pushed, so the place exists.
    #[allow(clippy::indexing_slicing)]
    &mut held.threads[place]
}

fn field<'f>(fields: &'f Fields, name: &'static str) -> &'f str {
    fields.get(name).map_or("", String::as_str)
}

/// A field that may be left empty.
fn optional<T: std::str::FromStr>(
    fields: &Fields,
    name: &'static str,
) -> Result<Option<T>, ServiceError> {
    match field(fields, name) {
        "" => Ok(None),
        value => value.parse().map(Some).map_err(|_| unreadable(name, value)),
    }
}

/// One of a few words of the protocol.
pub(super) fn read_word<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    let quoted = serde_json::to_string(word).ok()?;
    serde_json::from_str(&quoted).ok()
}

/// A field that holds one of a few words of the protocol.
fn word<T: serde::de::DeserializeOwned>(
    fields: &Fields,
    name: &'static str,
) -> Result<T, ServiceError> {
    let value = field(fields, name);
    read_word(value).ok_or_else(|| unreadable(name, value))
}

/// A field that holds a day, as `2026-11-23`.
fn date(fields: &Fields, name: &'static str) -> Result<NaiveDate, ServiceError> {
    let value = field(fields, name);
    iso::date(value).ok_or_else(|| unreadable(name, value))
}

/// A field that holds one of a few words of the protocol, or nothing.
fn optional_word<T: serde::de::DeserializeOwned>(
    fields: &Fields,
    name: &'static str,
) -> Result<Option<T>, ServiceError> {
    match field(fields, name) {
        "" => Ok(None),
        _ => word(fields, name).map(Some),
    }
}

fn unreadable(field: &'static str, value: &str) -> ServiceError {
    ServiceError::Field {
        field,
        value: value.chars().take(40).collect(),
    }
}

fn place_word(fields: &Fields) -> Result<PlaceWord, ServiceError> {
    let country: Country = optional(fields, "country")?.ok_or_else(|| unreadable("country", ""))?;
    let zone = optional(fields, "zone")?.map(ClientZone);
    if let Some(zone) = zone.filter(|zone| !zones(country).contains(zone)) {
        return Err(unreadable("zone", zone.0.name()));
    }
    let region: Option<Subdivision> = optional(fields, "region")?;
    if let Some(region) = region.filter(|region| region.country() != country) {
        return Err(unreadable("region", region.code()));
    }
    let scope = match field(fields, "scope") {
        "company" => WordScope::Company,
        _ => WordScope::Person,
    };
    Ok(PlaceWord {
        country,
        region,
        zone,
        scope,
    })
}

/// The contact that the form which logs one tells of.
fn contact(fields: &Fields, now: Now) -> Result<Touch, ServiceError> {
    let (way, by): (Way, Author) = (word(fields, "way")?, word(fields, "by")?);
    let at = at_wall_time(fields, "at", now)?;
    if at > now.at {
        return Err(unreadable("at", field(fields, "at")));
    }
    // The same contact logged twice is one.
    let id = format!(
        "log:{}:{}:{}",
        at.ms(),
        field(fields, "way"),
        field(fields, "by")
    );
    Ok(Touch {
        kind: word(fields, "kind")?,
        chosen: true,
        way,
        ..Touch::new(id, at, by)
    })
}

/// The instant that the field `until` names on the user's own clocks. A time that the clocks jump
/// over is moved to when they go on; of one that they show twice the first is taken.
fn wall_time(fields: &Fields, now: Now) -> Result<Instant, ServiceError> {
    let at = at_wall_time(fields, "until", now)?;
    match at > now.at {
        true => Ok(at),
        false => Err(unreadable("until", field(fields, "until"))),
    }
}

/// The instant that a field names on the user's own clocks.
fn at_wall_time(fields: &Fields, name: &'static str, now: Now) -> Result<Instant, ServiceError> {
    let text = field(fields, name);
    let refuse = || unreadable(name, text);
    let local = iso::date_time(text).ok_or_else(refuse)?;
    let zone = now.seller.0;
    let at = (0..=4)
        .filter_map(|half_hours| {
            local.checked_add_signed(chrono::TimeDelta::minutes(30 * half_hours))
        })
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map(Instant::from);
    at.ok_or_else(refuse)
}
