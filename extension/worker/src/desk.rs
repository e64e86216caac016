//! The page of the user's data: reads files, tells what they would change, and makes the files that it saves.
//!
//! It runs in that page, on a copy of everything that the page has read for it, and changes nothing: what the user
//! says yes to goes in pieces to the worker, the only writer.

use std::collections::BTreeMap;

use cadence::address::Email;
use cadence::archive;
use cadence::clock::{Instant, SellerZone, Zone};
use cadence::dossier::Now;
use cadence::intake::Intake;
use cadence::transfer::calendar::{calendar, cases};
use cadence::transfer::contacts::{self, Column, Columns, Contact};
use cadence::transfer::document::{Document, Unreadable};
use cadence::transfer::preview::preview;
use cadence::transfer::{pieces, sheet};
use cadence::view::data::{self, Backup, Came, Former, Open, Restore, Shown, Stage};
use cadence_border as border;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;
use wasm_bindgen::prelude::*;

use crate::{instant_of, to_js};

/// What lies on the page.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Desk {
    now: Now,
    held: Intake,
    backups: Vec<Backup>,
    open: Open,
    file: String,
    former: Option<Former>,
    /// When the open file was written.
    written: Instant,
    /// What was read of the open file.
    read: Read,
}

#[derive(Debug, Default)]
enum Read {
    #[default]
    Nothing,
    Records(Box<Intake>),
    /// In place of everything that is held.
    Instead(Box<Intake>),
    Cards(Vec<Contact>),
    Table(String),
}

#[wasm_bindgen]
impl Desk {
    /// An empty desk. The zone is the user's, by its IANA name.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new(zone: &str) -> Desk {
        Desk {
            now: Now {
                at: Instant::EARLIEST,
                seller: SellerZone(zone.parse().unwrap_or(Zone::UTC)),
            },
            held: Intake::default(),
            backups: Vec::new(),
            open: Open::Home,
            file: String::new(),
            former: None,
            written: Instant::EARLIEST,
            read: Read::Nothing,
        }
    }

    /// Lays down what is held now, as the worker's store has it, and which copies are kept.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn hold(&mut self, now_ms: f64, text: &str, backups: &JsValue) -> Result<(), JsValue> {
        self.now.at = instant_of(now_ms).unwrap_or(Instant::EARLIEST);
        self.held = read(text).map_err(|error| JsValue::from_str(&error.to_string()))?;
        self.backups = border::read(backups)?;
        Ok(())
    }

    /// Reads a file that was written then. For a table, the columns that the user named when they brought one with the same
    /// head.
    #[allow(clippy::needless_pass_by_value)] // The shape that the border wants.
    pub fn read(&mut self, name: &str, text: &str, written_ms: f64, remembered: JsValue) {
        name.clone_into(&mut self.file);
        self.written = instant_of(written_ms).unwrap_or(self.now.at);
        let head = text.trim_start_matches('\u{feff}').trim_start();
        if head.starts_with(['{', '[']) {
            match read(text) {
                Ok(records) => self.show(records),
                Err(why) => self.open = Open::Unreadable(why),
            }
        } else if contacts::are_cards(text) {
            let cards = contacts::cards(text);
            self.open = match cards.is_empty() {
                true => Open::Nobody,
                false => Open::Matching(Columns::default()),
            };
            self.read = Read::Cards(cards);
        } else {
            let mut columns = contacts::columns(text);
            let remembered: Option<BTreeMap<String, Column>> = border::read(&remembered).ok();
            for (guess, name) in columns.guess.iter_mut().zip(&columns.names) {
                let known = remembered.as_ref().and_then(|known| known.get(name));
                *guess = known.copied().unwrap_or(*guess);
            }
            self.open = match columns.rows {
                0 => Open::Nobody,
                _ => Open::Matching(columns),
            };
            self.read = Read::Table(text.to_owned());
        }
    }

    /// Takes the user's word on whose contacts they are and what their columns are. Gives the columns by
    /// name, to be remembered; nothing where the form makes no sense yet.
    ///
    /// # Errors
    /// Where the fields are none.
    pub fn match_columns(&mut self, fields: &JsValue) -> Result<JsValue, JsValue> {
        let fields: BTreeMap<String, String> = border::read(fields)?;
        let Some(Ok(account)) = fields.get("account").map(|text| text.parse::<Email>()) else {
            return Ok(JsValue::NULL);
        };
        let mut named: BTreeMap<String, Column> = BTreeMap::new();
        let found = match (&self.read, &self.open) {
            (Read::Cards(cards), _) => contacts::gather(cards, &account, self.written),
            (Read::Table(text), Open::Matching(columns)) => {
                let column = |at: usize| {
                    let word = fields.get(&format!("column-{at}"));
                    let word = word.map_or("", String::as_str).into_deserializer();
                    Column::deserialize::<StrDeserializer<'_, serde_json::Error>>(word)
                        .unwrap_or(Column::Ignored)
                };
                let choice: Vec<Column> = (0..columns.names.len()).map(column).collect();
                named.extend(columns.names.iter().cloned().zip(choice.iter().copied()));
                contacts::gather(&contacts::rows(text, &choice), &account, self.written)
            }
            _ => return Ok(JsValue::NULL),
        };
        let preview = preview(&self.held, &found.intake);
        self.read = Read::Records(Box::new(found.intake.clone()));
        self.open = Open::Preview(preview, Came::Contacts(Box::new(found)));
        Ok(to_js(&named))
    }

    /// Tells what was being read when the page was closed; nothing, where nothing was.
    pub fn former(&mut self, former: &JsValue) {
        self.former = border::read(former).ok();
    }

    /// Asks whose mailbox an archive is. Of the addresses that it shows, those that are known here come first.
    #[allow(clippy::needless_pass_by_value)] // The shape that the border wants.
    pub fn ask_owner(&mut self, name: &str, bytes: f64, owners: Vec<String>) {
        name.clone_into(&mut self.file);
        let accounts = self.held.accounts.iter();
        let known = accounts.map(|one| one.account.as_str().to_owned());
        let mut known: Vec<String> = known.filter(|one| owners.contains(one)).collect();
        if known.is_empty() {
            let first = self.held.accounts.first();
            let first = first.map(|one| one.account.as_str().to_owned());
            known.extend(owners.into_iter().next().or(first));
        }
        self.open = Open::Archive(Stage::Owner {
            bytes,
            owners: known,
            refused: false,
        });
    }

    /// Takes the user's word on that: the addresses, or nothing where one of them is none.
    #[must_use]
    pub fn owners(&mut self, said: &str) -> Option<Vec<String>> {
        let words = said.split(|c: char| c.is_whitespace() || ",;，；、".contains(c));
        let words = words.filter(|word| !word.is_empty());
        let read: Result<Vec<Email>, _> = words.map(str::parse).collect();
        if let Ok(owners) = read
            && !owners.is_empty()
        {
            return Some(owners.into_iter().map(String::from).collect());
        }
        if let Open::Archive(Stage::Owner {
            owners, refused, ..
        }) = &mut self.open
        {
            (*owners, *refused) = (vec![said.to_owned()], true);
        }
        None
    }

    /// Shows how far an archive of this name has come, or that it cannot be read.
    ///
    /// # Errors
    /// Where it is no stage.
    pub fn stage(&mut self, name: &str, stage: &JsValue) -> Result<(), JsValue> {
        name.clone_into(&mut self.file);
        self.open = Open::Archive(border::read(stage)?);
        Ok(())
    }

    /// Shows what taking over what was found in an archive would do; gives whether there was any mail in it.
    ///
    /// # Errors
    /// Where this is nothing that its reader gave.
    pub fn found(&mut self, name: &str, found: &[u8]) -> Result<bool, JsError> {
        name.clone_into(&mut self.file);
        let found: archive::Gathered = serde_json::from_str(std::str::from_utf8(found)?)?;
        if found.report.messages == 0 && found.report.listed == 0 {
            let why = match found.report.faults.keys().max() {
                Some(archive::Fault::Bomb) => "bomb",
                Some(archive::Fault::Packed) => "packed",
                _ => "empty",
            };
            self.open = Open::Archive(Stage::Failed {
                why: why.to_owned(),
            });
            return Ok(false);
        }
        let records = Intake {
            clients: found.clients,
            threads: found.threads,
            hints: true,
            ..Intake::default()
        };
        let preview = preview(&self.held, &records);
        self.open = Open::Preview(preview, Came::Mail(Box::new(found.report)));
        self.read = Read::Records(Box::new(records));
        Ok(true)
    }

    /// Shows what putting a copy back would do.
    pub fn look(&mut self, text: &str) {
        match Document::read(text) {
            Ok(copy) => {
                let messages = |of: &Intake| {
                    let threads = of.threads.iter();
                    threads.map(|thread| thread.history.touches().len()).sum()
                };
                self.open = Open::Restore(Restore {
                    at: copy.made_at,
                    clients: [copy.records.clients.len(), self.held.clients.len()],
                    messages: [messages(&copy.records), messages(&self.held)],
                });
                self.read = Read::Instead(Box::new(copy.records));
            }
            Err(why) => self.open = Open::Unreadable(why),
        }
    }

    /// Puts away what is open; after it was `done`, with a word that it was.
    pub fn leave(&mut self, done: bool) {
        self.read = Read::Nothing;
        self.open = match done {
            true => Open::Done,
            false => Open::Home,
        };
    }

    /// What the user says yes to, in pieces that the worker takes one by one.
    #[must_use]
    pub fn pieces(&self) -> JsValue {
        match &self.read {
            Read::Records(records) | Read::Instead(records) => to_js(&pieces::cut(records)),
            _ => to_js(&Vec::<Intake>::new()),
        }
    }

    /// Whether they come in place of everything that is held.
    #[must_use]
    pub fn instead(&self) -> bool {
        matches!(self.read, Read::Instead(_))
    }

    /// The clients as a table.
    #[must_use]
    pub fn sheet(&self) -> String {
        sheet::clients(&cases(&self.held, self.now))
    }

    /// The follow-ups as a calendar; see [`calendar`].
    #[must_use]
    pub fn calendar(&self, title: &str) -> String {
        calendar(&cases(&self.held, self.now), title, self.now.at)
    }

    /// What to draw.
    #[must_use]
    pub fn view(&self) -> JsValue {
        let accounts = self.held.accounts.iter();
        let accounts: Vec<Email> = accounts.map(|account| account.account.clone()).collect();
        let threads = self.held.threads.iter();
        let messages = threads.map(|thread| thread.history.touches().len()).sum();
        to_js(&data::page(&Shown {
            counts: [self.held.clients.len(), messages],
            accounts: &accounts,
            backups: &self.backups,
            schedule: self.held.settings.clone().unwrap_or_default().backups,
            open: &self.open,
            file: &self.file,
            former: self.former.as_ref(),
            now: self.now,
        }))
    }

    fn show(&mut self, records: Intake) {
        self.open = Open::Preview(preview(&self.held, &records), Came::Records);
        self.read = Read::Records(Box::new(records));
    }
}

fn read(text: &str) -> Result<Intake, Unreadable> {
    Document::read(text).map(|document| document.records)
}
