//! What the user has set, and the changes that they can make to it.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::address::Email;
use crate::clock::{BadHours, Correction, CorrectionKind, Hours, TimeOfDay, Zone};
use crate::country::Country;
use crate::draft::Language;
use crate::moment::iso_date;
use crate::order::Order;
use crate::own::{Badge, Own, Tongue};
use crate::playbook::{BadInterval, BadValue, Closing, Playbook, Scope, Setting, Value};
use crate::said::Said;
use crate::snippet::{self, Snippet};
use crate::store::{ClientKey, CompanyKey};
use crate::webmail::Webmail;

/// The version of the shape that settings are stored in.
pub const VERSION: u32 = 1;
/// So many letters a day are no trouble beside other work. An extension; the user's to change.
pub const DAILY_LIMIT: u16 = 20;
/// A closing longer than this is a mistyped year.
const LONGEST_CLOSING: Days = Days::new(120);
/// The longest note or holiday's name, in characters.
const LONGEST_NAME: usize = 80;

/// What the user has set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// [`VERSION`]: the key that they are stored under, so that another version's are never read
    /// as if they were this one's.
    version: u32,
    /// The rules in force, with the user's own closing days and corrected calendars.
    #[serde(default)]
    pub playbook: Playbook,
    /// How many clients a day of the agenda may ask for.
    #[serde(default = "daily_limit")]
    pub daily_limit: u16,
    /// The webmails on hosts of their own that the user has named.
    #[serde(default)]
    pub webmails: Vec<Webmail>,
    /// What helps them to write.
    #[serde(default)]
    pub letters: Letters,
    /// How often a copy of everything is kept on this machine.
    #[serde(default)]
    pub backups: Backups,
    /// When the user set what they set, see [`crate::said`].
    #[serde(default, skip_serializing_if = "Said::is_empty")]
    pub said: Said,
    /// What is the user's own.
    #[serde(default)]
    pub own: Own,
    /// Whose due dates follow from these settings.
    #[serde(default)]
    pub planned: Planned,
}

/// What the user has set for the letters they write.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Letters {
    /// The name that drafts are signed with; the webmail's own signature where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_as: Option<String>,
    /// The language of letters to those of whom nothing tells which they read; English where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What there is to tell clients, in the order in which it was noted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub snippets: Vec<Snippet>,
    /// Whether no word is wanted above the send button.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unnoted: bool,
}

/// How often a copy of everything is kept on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Backups {
    /// Never, by itself.
    Off,
    /// Once a day on which the browser runs.
    #[default]
    Daily,
    /// Once a week.
    Weekly,
}

/// How far the clients have been planned anew since the settings changed. Kept with them, so that
/// a worker that dies in between goes on where it was.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Planned {
    /// All of them.
    #[default]
    All,
    /// None yet.
    None,
    /// None, as far as anybody can tell: schema 2 went through the clients in another order.
    UpTo(ClientKey),
    /// Those of some companies, in the order of their keys.
    Through {
        /// The last of these.
        company: CompanyKey,
        /// How many clients that are.
        clients: u32,
    },
}

/// One change of the settings. It can be tried, kept, and taken back by [`Settings::undoing`] it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A rule's number or switch.
    Rule {
        /// Whom it is for.
        scope: Scope,
        /// Which one.
        setting: Setting,
        /// To what; `None` resets it, so that the next wider scope or the seed's default holds.
        value: Option<Value>,
    },
    /// One day of a country's calendar.
    Day {
        /// The country.
        country: Country,
        /// The date.
        #[serde(with = "iso_date")]
        date: NaiveDate,
        /// What it is; `None` leaves it to the table.
        kind: Option<CorrectionKind>,
    },
    /// Days on which the user's own company is closed.
    Close(Closing),
    /// It is not closed then after all.
    Reopen(Closing),
    /// [`Settings::daily_limit`].
    DailyLimit(u16),
    /// [`Settings::backups`].
    Backups(Backups),
    /// Read a webmail on a host of its own.
    AddWebmail(Webmail),
    /// Read it no more.
    DropWebmail(Webmail),
    /// [`Letters::sign_as`].
    SignAs(Option<String>),
    /// [`Letters::language`].
    LetterLanguage(Option<Language>),
    /// [`Letters::unnoted`], the other way round.
    NoteLetters(bool),
    /// There is something more to tell clients.
    AddSnippet(Snippet),
    /// The same, in a place among the others.
    PutSnippet {
        /// How many stand before it.
        at: usize,
        /// What there is to tell.
        snippet: Snippet,
    },
    /// It is told in another way.
    ChangeSnippet {
        /// What it was.
        was: Snippet,
        /// What it is.
        is: Snippet,
    },
    /// There is not, any more.
    DropSnippet(Snippet),
    /// [`Own::zone`].
    Zone(Option<Zone>),
    /// [`Own::hours`].
    Hours(Option<Hours>),
    /// An address of the user's own.
    AddAddress(Email),
    /// It is not, after all.
    DropAddress(Email),
    /// [`Own::badge`].
    Badge(Badge),
    /// [`Own::call_at`].
    CallAt(Option<TimeOfDay>),
    /// [`Own::language`].
    Language(Option<Tongue>),
}

impl Change {
    /// Whether due dates follow from what it changes, so that it is worth weighing first.
    #[must_use]
    pub fn moves_dates(&self) -> bool {
        match self {
            Change::Rule { .. } | Change::Day { .. } | Change::Close(_) | Change::Reopen(_) => true,
            Change::DailyLimit(_)
            | Change::Backups(_)
            | Change::AddWebmail(_)
            | Change::DropWebmail(_)
            | Change::SignAs(_)
            | Change::LetterLanguage(_)
            | Change::NoteLetters(_)
            | Change::AddSnippet(_)
            | Change::PutSnippet { .. }
            | Change::ChangeSnippet { .. }
            | Change::DropSnippet(_)
            | Change::Zone(_)
            | Change::Hours(_)
            | Change::AddAddress(_)
            | Change::DropAddress(_)
            | Change::Badge(_)
            | Change::CallAt(_)
            | Change::Language(_) => false,
        }
    }
}

/// Why a change cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// A field that asks for a number has none.
    #[error("a whole number is needed")]
    NoNumber,
    /// See [`BadValue::BadGap`].
    #[error("the gap must be 1 to 365 days")]
    Gap,
    /// See [`BadInterval::Empty`].
    #[error("an interval must be at least one day")]
    Empty,
    /// See [`BadInterval::TooLong`].
    #[error("an interval must be six years at most")]
    TooLong,
    /// See [`BadInterval::OutOfOrder`].
    #[error("the soonest must not be later than the usual, nor the usual later than the latest")]
    OutOfOrder,
    /// See [`BadHours`].
    #[error("hours must be two times of a day, the second after the first")]
    Hours,
    /// See [`crate::playbook::BadReminders`].
    #[error("reminders must come on rising working days between the 1st and the 90th")]
    Reminders,
    /// See [`crate::playbook::BadFactor`].
    #[error("a factor must lie between 25 and 400 percent")]
    Factor,
    /// The value is of another sort than the setting.
    #[error("this rule takes another sort of value")]
    Mismatch,
    /// A field that asks for a date has none.
    #[error("a date is needed")]
    NoDate,
    /// A free day must be called something.
    #[error("a name is needed")]
    NoName,
    /// There is nothing to be told.
    #[error("a text is needed")]
    NoText,
    /// The last day lies before the first.
    #[error("the last day must not come before the first")]
    Days,
    /// There are [`snippet::MOST`] already.
    #[error("there are as many as can be kept")]
    TooMany,
    /// The last day lies before the first, or months after it.
    #[error("the last day must come after the first, within 120 days")]
    Closing,
    /// What is asked for is so already.
    #[error("it is so already")]
    Same,
    /// Not somebody's address.
    #[error("this is no e-mail address")]
    Email,
    /// Not the address of a webmail, or one that is not protected.
    #[error("this is not the https:// address of a webmail")]
    Address,
    /// Out of 1 to 500.
    #[error("the daily limit must be 1 to 500")]
    DailyLimit,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            version: VERSION,
            playbook: Playbook::default(),
            daily_limit: DAILY_LIMIT,
            webmails: Vec::new(),
            letters: Letters::default(),
            backups: Backups::default(),
            said: Said::default(),
            own: Own::default(),
            planned: Planned::All,
        }
    }
}

fn daily_limit() -> u16 {
    DAILY_LIMIT
}

impl Settings {
    /// The settings with a change made.
    ///
    /// # Errors
    /// [`Refusal`] where the change makes no sense; then nothing changes.
    pub fn with(&self, change: &Change) -> Result<Settings, Refusal> {
        let mut settings = self.clone();
        let playbook = &mut settings.playbook;
        match change {
            Change::Rule {
                scope,
                setting,
                value: Some(value),
            } => playbook.set(scope.clone(), *setting, *value)?,
            Change::Rule { scope, setting, .. } => playbook.reset(scope, *setting),
            Change::Day {
                country,
                date,
                kind,
            } => {
                let kind = kind.clone().map(named).transpose()?;
                playbook.correct(*country, *date, kind);
            }
            Change::Close(closing) => {
                let latest = closing.from.checked_add_days(LONGEST_CLOSING);
                if closing.to < closing.from || latest.is_none_or(|latest| closing.to > latest) {
                    return Err(Refusal::Closing);
                }
                let note = closing.note.as_deref().and_then(name);
                let closing = Closing {
                    note,
                    ..closing.clone()
                };
                playbook.closings.retain(|known| *known != closing);
                playbook.closings.push(closing);
                playbook.closings.order_by_key(|closing| closing.from);
            }
            Change::Reopen(closing) => playbook.closings.retain(|known| known != closing),
            Change::DailyLimit(limit) if (1..=500).contains(limit) => {
                settings.daily_limit = *limit;
            }
            Change::DailyLimit(_) => return Err(Refusal::DailyLimit),
            Change::Backups(backups) => settings.backups = *backups,
            Change::AddWebmail(webmail) => {
                if Webmail::at(&webmail.base, webmail.site).as_ref() != Some(webmail) {
                    return Err(Refusal::Address);
                }
                settings.webmails.retain(|known| known.base != webmail.base);
                settings.webmails.push(webmail.clone());
            }
            Change::DropWebmail(webmail) => settings.webmails.retain(|known| known != webmail),
            Change::SignAs(as_whom) => {
                settings.letters.sign_as = as_whom.as_deref().and_then(name);
            }
            Change::NoteLetters(on) => settings.letters.unnoted = !on,
            Change::LetterLanguage(language) => settings.letters.language = *language,
            Change::AddSnippet(snippet) => {
                let snippets = &mut settings.letters.snippets;
                put(snippets, snippets.len(), sound(snippet)?)?;
            }
            Change::PutSnippet { at, snippet } => {
                put(&mut settings.letters.snippets, *at, sound(snippet)?)?;
            }
            Change::ChangeSnippet { was, is } => {
                let is = sound(is)?;
                let snippets = &mut settings.letters.snippets;
                if is != *was && snippets.contains(&is) {
                    return Err(Refusal::Same);
                }
                for snippet in snippets.iter_mut().filter(|known| *known == was) {
                    *snippet = is.clone();
                }
            }
            Change::DropSnippet(snippet) => {
                settings.letters.snippets.retain(|known| known != snippet);
            }
            Change::Zone(zone) => settings.own.zone = *zone,
            Change::Hours(hours) => settings.own.hours = *hours,
            Change::AddAddress(email) => {
                if !settings.own.addresses.contains(email) {
                    settings.own.addresses.push(email.clone());
                }
            }
            Change::DropAddress(email) => settings.own.addresses.retain(|known| known != email),
            Change::Badge(badge) => settings.own.badge = *badge,
            Change::CallAt(at) => settings.own.call_at = *at,
            Change::Language(language) => settings.own.language = *language,
        }
        Ok(settings)
    }

    /// Whether the user could have set all of this: settings from a file may say anything.
    ///
    /// # Errors
    /// The field with what the user could not have set, and why.
    pub(crate) fn check(&self) -> Result<(), (&'static str, Refusal)> {
        let blank = Settings::default();
        let playbook = &self.playbook;
        let closings = playbook.closings.iter().cloned().map(Change::Close);
        let days = playbook.corrections.iter().flat_map(|(country, days)| {
            days.iter().map(|day| Change::Day {
                country: *country,
                date: day.date,
                kind: Some(day.kind.clone()),
            })
        });
        let webmails = self.webmails.iter().cloned().map(Change::AddWebmail);
        let snippets = self.letters.snippets.iter().cloned();
        let limit = Change::DailyLimit(self.daily_limit);
        let all = (closings.chain(days).map(|change| ("playbook", change)))
            .chain(webmails.map(|change| ("webmails", change)))
            .chain(snippets.map(|one| ("letters", Change::AddSnippet(one))))
            .chain([("daily_limit", limit)]);
        for (field, change) in all {
            blank.with(&change).map_err(|why| (field, why))?;
        }
        Ok(())
    }

    /// The change that takes a change of these settings back.
    #[must_use]
    pub fn undoing(&self, change: &Change) -> Change {
        match change.clone() {
            Change::Rule { scope, setting, .. } => Change::Rule {
                value: self.playbook.own(&scope, setting),
                scope,
                setting,
            },
            Change::Day { country, date, .. } => Change::Day {
                country,
                date,
                kind: self.playbook.correction(country, date).cloned(),
            },
            Change::Close(closing) => Change::Reopen(closing),
            Change::Reopen(closing) => Change::Close(closing),
            Change::DailyLimit(_) => Change::DailyLimit(self.daily_limit),
            Change::Backups(_) => Change::Backups(self.backups),
            Change::AddWebmail(webmail) => {
                let former = self
                    .webmails
                    .iter()
                    .find(|known| known.base == webmail.base);
                former.map_or(Change::DropWebmail(webmail), |former| {
                    Change::AddWebmail(former.clone())
                })
            }
            Change::DropWebmail(webmail) => Change::AddWebmail(webmail),
            Change::SignAs(_) => Change::SignAs(self.letters.sign_as.clone()),
            Change::NoteLetters(_) => Change::NoteLetters(!self.letters.unnoted),
            Change::LetterLanguage(_) => Change::LetterLanguage(self.letters.language),
            Change::AddSnippet(snippet) | Change::PutSnippet { snippet, .. } => {
                Change::DropSnippet(sound(&snippet).unwrap_or(snippet))
            }
            Change::ChangeSnippet { was, is } => Change::ChangeSnippet {
                was: sound(&is).unwrap_or(is),
                is: was,
            },
            Change::DropSnippet(snippet) => {
                let mut snippets = self.letters.snippets.iter();
                let at = snippets.position(|known| *known == snippet);
                Change::PutSnippet {
                    at: at.unwrap_or(usize::MAX),
                    snippet,
                }
            }
            Change::Zone(_) => Change::Zone(self.own.zone),
            Change::Hours(_) => Change::Hours(self.own.hours),
            Change::AddAddress(email) => Change::DropAddress(email),
            Change::DropAddress(email) => Change::AddAddress(email),
            Change::Badge(_) => Change::Badge(self.own.badge),
            Change::CallAt(_) => Change::CallAt(self.own.call_at),
            Change::Language(_) => Change::Language(self.own.language),
        }
    }
}

/// A correction whose holiday has a name that can be shown.
fn named(kind: CorrectionKind) -> Result<CorrectionKind, Refusal> {
    match kind {
        CorrectionKind::Holiday(text) => {
            let name = name(&text).ok_or(Refusal::NoName)?;
            Ok(CorrectionKind::Holiday(name))
        }
        CorrectionKind::Working => Ok(CorrectionKind::Working),
    }
}

/// A snippet as it is kept.
fn sound(snippet: &Snippet) -> Result<Snippet, Refusal> {
    let days = snippet.from.zip(snippet.until);
    if days.is_some_and(|(from, until)| until < from) {
        return Err(Refusal::Days);
    }
    Ok(Snippet {
        text: lines(&snippet.text).ok_or(Refusal::NoText)?,
        ..snippet.clone()
    })
}

/// Puts a snippet among the others, unless it is there.
fn put(snippets: &mut Vec<Snippet>, at: usize, snippet: Snippet) -> Result<(), Refusal> {
    if snippets.len() >= snippet::MOST {
        return Err(Refusal::TooMany);
    }
    if !snippets.contains(&snippet) {
        snippets.insert(at.min(snippets.len()), snippet);
    }
    Ok(())
}

/// The user's own words as one short plain line; `None` where they come to nothing.
fn name(text: &str) -> Option<String> {
    Some(crate::address::plain_text(text, LONGEST_NAME)).filter(|name| !name.is_empty())
}

/// The user's own words as plain lines; `None` where they come to nothing.
fn lines(text: &str) -> Option<String> {
    let lines: Vec<String> = text
        .lines()
        .map(|line| crate::address::plain_text(line, snippet::LONGEST))
        .filter(|line| !line.is_empty())
        .collect();
    let text: String = lines.join("\n").chars().take(snippet::LONGEST).collect();
    Some(text).filter(|text| !text.is_empty())
}

impl From<BadValue> for Refusal {
    fn from(bad: BadValue) -> Refusal {
        match bad {
            BadValue::BadGap(_) => Refusal::Gap,
            BadValue::Mismatch { .. } => Refusal::Mismatch,
        }
    }
}

impl From<BadInterval> for Refusal {
    fn from(bad: BadInterval) -> Refusal {
        match bad {
            BadInterval::Empty => Refusal::Empty,
            BadInterval::TooLong => Refusal::TooLong,
            BadInterval::OutOfOrder => Refusal::OutOfOrder,
        }
    }
}

impl From<BadHours> for Refusal {
    fn from(_: BadHours) -> Refusal {
        Refusal::Hours
    }
}

impl Playbook {
    /// Corrects a country's calendar on a date, or leaves the date to the table again.
    pub(crate) fn correct(
        &mut self,
        country: Country,
        date: NaiveDate,
        kind: Option<CorrectionKind>,
    ) {
        let corrections = self.corrections.entry(country).or_default();
        corrections.retain(|correction| correction.date != date);
        corrections.extend(kind.map(|kind| Correction { date, kind }));
        corrections.order_by_key(|correction| correction.date);
        self.corrections.retain(|_, all| !all.is_empty());
    }

    /// What the user says of a date of a country.
    #[must_use]
    pub fn correction(&self, country: Country, date: NaiveDate) -> Option<&CorrectionKind> {
        let mut corrections = self.corrections.get(&country)?.iter();
        Some(&corrections.find(|correction| correction.date == date)?.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::market::Market;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn snippet(text: &str) -> Snippet {
        Snippet {
            text: text.into(),
            letter: None,
            language: Language::En,
            market: Some(Market::India),
            from: Some(date("2026-12-01")),
            until: Some(date("2026-12-31")),
        }
    }

    #[test]
    fn what_is_done_to_one_snippet_leaves_the_others_where_they_are() {
        let mut settings = Settings::default();
        for text in ["one", "two", "three"] {
            settings = settings.with(&Change::AddSnippet(snippet(text))).unwrap();
        }
        let texts = |settings: &Settings| -> Vec<String> {
            let snippets = settings.letters.snippets.iter();
            snippets.map(|snippet| snippet.text.clone()).collect()
        };
        let change = Change::ChangeSnippet {
            was: snippet("two"),
            is: snippet(" zwei "),
        };
        let drop = Change::DropSnippet(snippet("two"));
        for (change, then) in [
            (change, vec!["one", "zwei", "three"]),
            (drop, vec!["one", "three"]),
        ] {
            let after = settings.with(&change).unwrap();
            assert_eq!(texts(&after), then);
            let back = after.with(&settings.undoing(&change)).unwrap();
            assert_eq!(back, settings, "{change:?}");
        }
        let double = Change::ChangeSnippet {
            was: snippet("two"),
            is: snippet("one"),
        };
        assert_eq!(settings.with(&double), Err(Refusal::Same));
    }

    fn changes() -> Vec<Change> {
        let brazil = "BR".parse().unwrap();
        let closing = Closing {
            from: date("2027-02-05"),
            to: date("2027-02-14"),
            note: Some("Lunar New Year".into()),
        };
        vec![
            Change::Rule {
                scope: Scope::Market(Market::India),
                setting: Setting::GapDays,
                value: Some(Value::Days(5)),
            },
            Change::Day {
                country: brazil,
                date: date("2026-12-24"),
                kind: Some(CorrectionKind::Holiday("Christmas Eve".into())),
            },
            Change::Close(closing),
            Change::DailyLimit(7),
            Change::Backups(Backups::Weekly),
            Change::Zone(Some("Asia/Shanghai".parse().unwrap())),
            Change::Hours(Some(Hours::W3)),
            Change::AddAddress("sales@lumenport.example".parse().unwrap()),
            Change::Badge(Badge::Overdue),
            Change::CallAt(Some("09:30".parse().unwrap())),
            Change::Language(Some(Tongue::Chinese)),
            Change::SignAs(Some("Li Na".into())),
            Change::LetterLanguage(Some(Language::Es)),
            Change::NoteLetters(false),
            Change::AddSnippet(snippet("  New price list from 1 December\n\n")),
        ]
    }

    #[test]
    fn every_change_can_be_taken_back() {
        let before = Settings::default();
        for change in changes() {
            let after = before.with(&change).unwrap();
            assert_ne!(after, before, "{change:?}");
            let back = after.with(&before.undoing(&change)).unwrap();
            assert_eq!(back, before, "{change:?}");
        }
    }

    #[test]
    fn settings_come_back_from_storage_as_they_were() {
        let mut settings = Settings::default();
        for change in changes() {
            settings = settings.with(&change).unwrap();
        }
        let stored = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&stored).unwrap(), settings);
        // What an older version did not know has its default.
        let old: Settings = serde_json::from_str(r#"{"version":1}"#).unwrap();
        assert_eq!(old, Settings::default());
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let closing = |from, to| {
            Change::Close(Closing {
                from: date(from),
                to: date(to),
                note: None,
            })
        };
        let nameless = Change::Day {
            country: "BR".parse().unwrap(),
            date: date("2026-12-24"),
            kind: Some(CorrectionKind::Holiday(" \u{200e}\n".into())),
        };
        let gap = Change::Rule {
            scope: Scope::Everywhere,
            setting: Setting::GapDays,
            value: Some(Value::Days(0)),
        };
        let cases = [
            (closing("2027-02-14", "2027-02-05"), Refusal::Closing),
            (closing("2027-02-05", "2028-02-14"), Refusal::Closing),
            (nameless, Refusal::NoName),
            (gap, Refusal::Gap),
            (Change::DailyLimit(0), Refusal::DailyLimit),
            (Change::AddSnippet(snippet(" \n ")), Refusal::NoText),
            (
                Change::AddSnippet(Snippet {
                    until: Some(date("2026-11-30")),
                    ..snippet("late")
                }),
                Refusal::Days,
            ),
        ];
        for (change, refusal) in cases {
            assert_eq!(Settings::default().with(&change), Err(refusal));
        }
    }
}
