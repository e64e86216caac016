//! The file that holds everything: what it looks like is in `docs/DATA_FORMAT.md`. Reading it checks every
//! record, and says of a damaged one where it is and why.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::address::plain_text;
use crate::client::company_of;
use crate::clock::Instant;
use crate::intake::Intake;
use crate::settings::Settings;
use crate::store::{AccountRecord, ClientRecord, CompanyRecord, ThreadRecord};
use crate::webmail::Site;

/// What the file says of itself.
pub const FORMAT: &str = "cadence";
/// The version of the file's shape that is written. Every older one can be read.
pub const VERSION: u32 = 1;
/// Longer than any webmail's id of a thread or a message.
const LONGEST_ID: usize = 300;
/// As much of a line of text as is kept anywhere.
const LONGEST_LINE: usize = 1000;

/// The file's content.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Document {
    /// When it was made.
    pub made_at: Option<Instant>,
    /// The records.
    pub records: Intake,
}

/// Why a file cannot be read. Nothing of it is taken over then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Unreadable {
    /// It ends too soon: the download or the copy was cut off.
    #[error("line {line}: the file ends in the middle")]
    CutOff {
        /// The last line.
        line: usize,
    },
    /// It is no JSON.
    #[error("line {line}, column {column}: {why}")]
    NoJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What the reader says.
        why: String,
    },
    /// It is JSON of another program.
    #[error("this is no file of Cadence’s")]
    Foreign,
    /// It was made by a later version of Cadence.
    #[error("this file was made by a newer Cadence (format {0}); update this one first")]
    Newer(u32),
    /// One record is damaged.
    #[error("line {line}, {path}: {why}")]
    Record {
        /// Where it is, e.g. `clients[12].stage`.
        path: String,
        /// The record's line, counted from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

#[derive(Deserialize)]
struct Raw<'a> {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u32,
    #[serde(default)]
    made_at: Option<Instant>,
    #[serde(default, borrow)]
    accounts: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    settings: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    companies: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    clients: Vec<&'a RawValue>,
    #[serde(default, borrow)]
    threads: Vec<&'a RawValue>,
}

/// Only what says whose file it is.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: Value,
    #[serde(default)]
    version: Value,
}

impl Document {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Unreadable`] with the place of the first damage.
    pub fn read(text: &str) -> Result<Document, Unreadable> {
        let text = text.trim_start_matches('\u{feff}');
        let raw: Raw<'_> = match serde_json::from_str(text) {
            Ok(raw) => raw,
            Err(error) if error.is_eof() => {
                return Err(Unreadable::CutOff { line: error.line() });
            }
            Err(error) if error.is_data() => return Err(foreign(text, &error)),
            Err(error) => return Err(no_json(&error)),
        };
        if raw.format != FORMAT {
            return Err(Unreadable::Foreign);
        }
        if raw.version > VERSION {
            return Err(Unreadable::Newer(raw.version));
        }
        let accounts = Records::new(text, "accounts", &raw.accounts)
            .read(|account: &mut AccountRecord| checked_account(account))?;
        let companies = Records::new(text, "companies", &raw.companies)
            .read(|company: &mut CompanyRecord| short("name", &company.key.name))?;
        let clients = Records::new(text, "clients", &raw.clients).read(checked_client)?;
        let threads = Records::new(text, "threads", &raw.threads).read(checked_thread)?;
        let settings =
            Records::new(text, "settings", &raw.settings).read(|settings: &mut Settings| {
                let sound = settings.check();
                sound.map_err(|(field, why)| (field, why.to_string()))
            })?;
        let records = Intake {
            accounts,
            companies,
            clients,
            threads,
            settings: settings.into_iter().next_back(),
            hints: false,
        };
        Ok(Document {
            made_at: raw.made_at,
            records,
        })
    }

    /// Writes the file: a record a line, in the order of the records.
    #[must_use]
    pub fn write(&self) -> String {
        fn list<T: Serialize>(name: &str, records: &[T]) -> String {
            let lines = records.iter().filter_map(|record| {
                let line = serde_json::to_string(record);
                line.ok().map(|line| format!("\n{line}"))
            });
            format!("\"{name}\":[{}\n]", lines.collect::<Vec<_>>().join(","))
        }
        let Intake {
            accounts,
            companies,
            clients,
            threads,
            settings,
            hints: _,
        } = &self.records;
        let made = self.made_at.map(|at| format!("\"made_at\":{},", at.ms()));
        let head = format!("\"format\":\"{FORMAT}\",\"version\":{VERSION},");
        let settings: Vec<_> = settings.iter().collect();
        let lists = [
            list("accounts", accounts),
            list("settings", &settings),
            list("companies", companies),
            list("clients", clients),
            list("threads", threads),
        ];
        let made = made.unwrap_or_default();
        format!("{{{head}{made}\n{}}}\n", lists.join(",\n"))
    }
}

fn no_json(error: &serde_json::Error) -> Unreadable {
    Unreadable::NoJson {
        line: error.line(),
        column: error.column(),
        why: said(error),
    }
}

/// What a reader says, without the place.
fn said(error: &serde_json::Error) -> String {
    let why = error.to_string();
    let why = why.split(" at line ").next().unwrap_or_default();
    why.to_owned()
}

/// JSON, but not with our lists: somebody else's, or a later one's.
fn foreign(text: &str, error: &serde_json::Error) -> Unreadable {
    match serde_json::from_str::<Head>(text) {
        Ok(head) if head.format == FORMAT => match head.version.as_u64() {
            Some(version) if version > u64::from(VERSION) => {
                Unreadable::Newer(u32::try_from(version).unwrap_or(u32::MAX))
            }
            _ => no_json(error),
        },
        _ => Unreadable::Foreign,
    }
}

/// The records of one list.
struct Records<'a> {
    text: &'a str,
    list: &'static str,
    raw: &'a [&'a RawValue],
}

/// What is wrong with which field.
type Wrong = (&'static str, String);

impl<'a> Records<'a> {
    fn new(text: &'a str, list: &'static str, raw: &'a [&'a RawValue]) -> Self {
        Records { text, list, raw }
    }

    fn read<T: DeserializeOwned>(
        &self,
        check: impl Fn(&mut T) -> Result<(), Wrong>,
    ) -> Result<Vec<T>, Unreadable> {
        let mut records = Vec::with_capacity(self.raw.len());
        for (at, raw) in self.raw.iter().enumerate() {
            let mut record = serde_json::from_str::<T>(raw.get())
                .map_err(|error| self.damaged::<T>(at, raw, &error))?;
            check(&mut record)
                .map_err(|(field, why)| self.wrong(at, raw, &format!(".{field}"), &why))?;
            records.push(record);
        }
        Ok(records)
    }

    fn wrong(&self, at: usize, raw: &RawValue, path: &str, why: &str) -> Unreadable {
        let start = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let before = self.text.as_bytes().get(..start).unwrap_or_default();
        Unreadable::Record {
            path: format!("{}[{at}]{path}", self.list),
            line: 1 + before.iter().filter(|byte| **byte == b'\n').count(),
            why: plain_text(why, 200),
        }
    }

    fn damaged<T: DeserializeOwned>(
        &self,
        at: usize,
        raw: &RawValue,
        error: &serde_json::Error,
    ) -> Unreadable {
        // Read from its text: a reader of trees would be compiled for every type of record beside the other one.
        let message =
            |value: &Value| Some(said(&serde_json::from_str::<T>(&value.to_string()).err()?));
        let value: Value = serde_json::from_str(raw.get()).unwrap_or_default();
        let path = message(&value).map(|first| locate(&value, &first, &message));
        self.wrong(at, raw, &path.unwrap_or_default(), &said(error))
    }
}

/// The path to the part without which a record has another fault or none.
fn locate(value: &Value, fault: &str, message: &dyn Fn(&Value) -> Option<String>) -> String {
    let changed = |changed: &Value| message(changed).as_deref() != Some(fault);
    match value {
        Value::Object(map) => {
            for (name, child) in map {
                let mut without = map.clone();
                without.shift_remove(name);
                let without = Value::Object(without);
                // Where something is missing, taking more away is no hint.
                let missing = format!("missing field `{name}`");
                let more = fault.starts_with("missing field")
                    && message(&without).is_some_and(|message| message.starts_with(&missing));
                if changed(&without) && !more {
                    let deeper = |candidate: &Value| {
                        let mut map = map.clone();
                        map.insert(name.clone(), candidate.clone());
                        message(&Value::Object(map))
                    };
                    return format!(".{name}{}", locate(child, fault, &deeper));
                }
            }
        }
        Value::Array(all) => {
            for (at, child) in all.iter().enumerate() {
                let mut without = all.clone();
                without.remove(at);
                if changed(&Value::Array(without)) {
                    let deeper = |candidate: &Value| {
                        let mut all = all.clone();
                        if let Some(place) = all.get_mut(at) {
                            *place = candidate.clone();
                        }
                        message(&Value::Array(all))
                    };
                    return format!("[{at}]{}", locate(child, fault, &deeper));
                }
            }
        }
        _ => {}
    }
    String::new()
}

fn short(field: &'static str, id: &str) -> Result<(), Wrong> {
    let sound = !id.is_empty() && id.len() <= LONGEST_ID && !id.chars().any(char::is_control);
    sound
        .then_some(())
        .ok_or_else(|| (field, format!("“{}” is no name of one", plain_text(id, 40))))
}

/// The way to a mailbox is opened at a click, so it may lead nowhere but to a mailbox.
fn checked_account(account: &mut AccountRecord) -> Result<(), Wrong> {
    // Schemas 1 and 2 kept what stands behind it in the page's address, too.
    let end = account.base.find(['?', '#']);
    account.base.truncate(end.unwrap_or(account.base.len()));
    let base = account.base.as_str();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/_.-~:@%+,;=!$&'()*".contains(c);
    let path = match account.site {
        Site::Gmail => base.strip_prefix("/mail/"),
        Site::Roundcube | Site::Outlook => base
            .strip_prefix("https://")
            .or_else(|| base.strip_prefix("http://")),
    };
    let sound = path.is_some_and(|path| base.len() <= LONGEST_ID && path.chars().all(plain))
        && !(account.site != Site::Gmail && base.contains('@'));
    if !sound {
        let shown = plain_text(base, 60);
        return Err(("base", format!("“{shown}” leads to no mailbox")));
    }
    account.told = true;
    Ok(())
}

fn checked_client(client: &mut ClientRecord) -> Result<(), Wrong> {
    client.company = company_of(&client.key.email);
    for text in [&mut client.name, &mut client.about].into_iter().flatten() {
        *text = plain_text(text, LONGEST_LINE);
    }
    Ok(())
}

fn checked_thread(thread: &mut ThreadRecord) -> Result<(), Wrong> {
    short("id", &thread.key.id)?;
    thread.company = company_of(&thread.client);
    thread.subject = plain_text(&thread.subject, LONGEST_LINE);
    for touch in thread.history.touches() {
        short("history", &touch.id)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
