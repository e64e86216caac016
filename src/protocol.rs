//! What the pages ask of the worker, and what it answers.
//!
//! Both are tagged by name and carry the protocol's version, since a page that was opened before
//! an update may still talk to the worker that came with it.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::address::Email;
use crate::client::{Snooze, Stage};
use crate::clock::Instant;
use crate::country::Country;
use crate::draft::{Draft, Language, LetterKind};
use crate::errand::Errand;
use crate::fact::Fact;
use crate::market::Market;
use crate::moment::Moment;
use crate::note::Note;
use crate::playbook::{Scope, Setting};
use crate::settings::{Change, Refusal};
use crate::snippet::Snippet;
use crate::store::{ClientKey, ThreadKey};
use crate::tagged::{Tagged, tagged};
use crate::view::{Node, Words};
use crate::webmail::{Sighting, Site, SiteTable};

/// The version of everything in this module.
pub const VERSION: u32 = 1;

/// One question, as it arrives.
#[derive(Clone, Debug)]
pub struct Call {
    /// The version that the asking side speaks.
    pub v: u32,
    /// A name that nobody gives twice, so that a question asked again has its effect once.
    pub id: Option<CallId>,
    /// Whether it comes from a webmail's page rather than from a page of ours; said by the worker's shim alone.
    pub guest: bool,
    /// Whether it is about the invented client, whose store is another one; said by the worker's shim alone.
    pub demo: bool,
    /// Until when everything waits to be deleted, while it does; said by the worker's shim alone.
    pub leaving: Option<Instant>,
    /// The question.
    pub request: Request,
}

/// What is said beside a question, in the same object.
#[derive(Deserialize)]
struct Head {
    v: u32,
    #[serde(default)]
    id: Option<CallId>,
    #[serde(default)]
    guest: bool,
    #[serde(default)]
    demo: bool,
    #[serde(default)]
    leaving: Option<Instant>,
}

impl<'de> Deserialize<'de> for Call {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Call, D::Error> {
        let json = Box::<RawValue>::deserialize(reader)?;
        let head: Head = serde_json::from_str(json.get()).map_err(D::Error::custom)?;
        let request = Tagged::find("ask", json.get()).and_then(Request::deserialize);
        Ok(Call {
            v: head.v,
            id: head.id,
            guest: head.guest,
            demo: head.demo,
            leaving: head.leaving,
            request: request.map_err(D::Error::custom)?,
        })
    }
}

/// The name of a [`Call`]: 16 to 64 letters, digits and hyphens of the caller's own choice.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CallId(String);

/// The name of a call is too short, too long, or not of letters, digits and hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a call's name is made of 16 to 64 letters, digits and hyphens")]
pub struct BadCallId;

impl CallId {
    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CallId {
    type Error = BadCallId;

    fn try_from(name: String) -> Result<CallId, BadCallId> {
        let plain = |c: u8| c.is_ascii_alphanumeric() || c == b'-';
        match (16..=64).contains(&name.len()) && name.bytes().all(plain) {
            true => Ok(CallId(name)),
            false => Err(BadCallId),
        }
    }
}

impl From<CallId> for String {
    fn from(id: CallId) -> String {
        id.0
    }
}

/// A question.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// How to read a webmail.
    Table {
        /// The page's address without query, e.g. `https://mail.google.com/mail/u/0/`.
        address: String,
    },
    /// What to draw on a page that shows this. What it tells of clients is kept.
    See {
        /// The webmail.
        site: Site,
        /// What the eyes found: the account, the open thread, and the rows that are new.
        sighting: Sighting,
        /// What the last [`Response::Done`] gave.
        #[serde(default)]
        ui: Ui,
    },
    /// The user has sent the letters that the sighting shows being written.
    Sent {
        /// The webmail.
        site: Site,
        /// The account and the letters.
        sighting: Sighting,
    },
    /// The user did something.
    Act {
        /// What.
        action: Action,
        /// The named fields of the form it was done in.
        #[serde(default)]
        fields: BTreeMap<String, String>,
        /// What the last [`Response::Done`] gave.
        #[serde(default)]
        ui: Ui,
    },
    /// Which webmails the user has named, to be registered with the browser.
    Webmails {
        /// The hosts (`https://mail.firm.example/*`) whose grant the user has taken back: their webmails
        /// are forgotten.
        #[serde(default)]
        revoked: Vec<String>,
    },
    /// Which language the user has chosen for Cadence.
    Language,
    /// What to draw in the popup.
    Popup {
        /// What the last [`Response::Done`] gave.
        #[serde(default)]
        ui: Ui,
    },
    /// What to draw in the sidebar.
    Sidebar {
        /// The thread that the sidebar's tab has open, as the last [`Response::Drawn`] there told;
        /// `None` where none is.
        #[serde(default)]
        focus: Option<Focus>,
        /// What the last [`Response::Done`] gave.
        #[serde(default)]
        ui: Ui,
    },
    /// What to draw of the first steps.
    Welcome {
        /// What the last [`Response::Done`] gave.
        #[serde(default)]
        ui: Ui,
    },
    /// What to draw of the coming weeks.
    Weeks {
        /// What the last [`Response::Done`] gave.
        #[serde(default)]
        ui: Ui,
    },
    /// What to draw on the options page.
    Options {
        /// How much the browser stores for Cadence, in bytes, where it tells.
        #[serde(default)]
        bytes: Option<u64>,
        /// What the last [`Response::Done`] gave.
        #[serde(default)]
        ui: Ui,
    },
}

tagged! {
/// Something that the user can do. It travels to the page within a view and comes back as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Action in "do" {
    /// Set or end a thread's snooze.
    Snooze {
        /// The thread.
        thread: ThreadKey,
        /// The client it is with.
        client: Email,
        /// Until when; `None` ends it.
        until: Option<Instant>,
    },
    /// Set a thread's snooze until the local time of the user in the field `until`.
    SnoozeUntil {
        /// The thread.
        thread: ThreadKey,
        /// The client it is with.
        client: Email,
    },
    /// Put a thread's snooze back to what it was.
    Undo {
        /// The thread.
        thread: ThreadKey,
        /// The client it is with.
        client: Email,
        /// What it was.
        snooze: Option<Snooze>,
    },
    /// Put facts of a client back to what they were.
    PutBack {
        /// The client.
        client: ClientKey,
        /// The facts, as they were.
        facts: Vec<Fact>,
    },
    /// Ask where a client is, or, in the form that does, choose the country in the field `country`.
    AskPlace {
        /// The client.
        client: ClientKey,
    },
    /// Keep the user's word on where a client is: fields `country`, `zone`, `scope`.
    SetPlace {
        /// The client.
        client: ClientKey,
    },
    /// Take back the user's word on where a client is.
    ForgetPlace {
        /// The client.
        client: ClientKey,
    },
    /// Put away whatever form is open.
    Close,
    /// Follow a client or stop following them.
    Follow {
        /// The client.
        client: ClientKey,
        /// Whether to.
        on: bool,
    },
    /// Say that the client is where Cadence suggests.
    AcceptPlace {
        /// The client.
        client: ClientKey,
        /// The country suggested.
        country: Country,
    },
    /// Keep what the user knows of a client: fields `stage`, `intent`, `market`, `about`.
    SetClient {
        /// The client.
        client: ClientKey,
    },
    /// Set the stage of the talks.
    SetStage {
        /// The client.
        client: ClientKey,
        /// The stage.
        stage: Stage,
    },
    /// Say what kind of letter a message was: field `kind`.
    SetKind {
        /// The thread.
        thread: ThreadKey,
        /// The client it is with.
        client: Email,
        /// The message.
        touch: String,
    },
    /// Note a day worth writing on: fields `kind`, `on`.
    AddMoment {
        /// The client.
        client: ClientKey,
    },
    /// Take a noted day back.
    DropMoment {
        /// The client.
        client: ClientKey,
        /// The day.
        moment: Moment,
    },
    /// Keep a note: field `text`.
    AddNote {
        /// The client.
        client: ClientKey,
    },
    /// Take a note away.
    DropNote {
        /// The client.
        client: ClientKey,
        /// The note.
        note: Note,
    },
    /// Log a contact by another way than the mail: fields `way`, `by` (`seller`, `client`, or `unknown` for both), `kind`, and
    /// `at`, a time of the user's.
    LogContact {
        /// The client.
        client: ClientKey,
    },
    /// Take a logged contact away.
    DropContact {
        /// The client.
        client: ClientKey,
        /// Its id.
        touch: String,
    },
    /// Show more of the timeline.
    ShowEarlier,
    /// Show or hide the rules for the client.
    ShowRules {
        /// Whether to show them.
        on: bool,
    },
    /// Change a rule at once. The fields hold the value: `value` for a number or a switch (`on`),
    /// for the rest see [`crate::view::options::rule_form`].
    SetRule {
        /// Whom it is for.
        scope: Scope,
        /// Which number or switch.
        setting: Setting,
    },
    /// Take the change of a rule back at once.
    ResetRule {
        /// Whom it was for.
        scope: Scope,
        /// Which number or switch.
        setting: Setting,
    },
    /// Make a change of the settings.
    Keep {
        /// The change.
        change: Change,
    },
    /// Show what a change would do, before it is made.
    Weigh {
        /// The change.
        change: Change,
    },
    /// The same with the change that a form of the options page asks for in its fields.
    WeighForm {
        /// The form.
        form: SettingsForm,
    },
    /// Read the webmail at the address in the field `address`, of the kind in the field `site`, once the
    /// browser has the user's grant.
    AddWebmail,
    /// Save what the eyes find on the open pages of webmails, without what stands there. The page that
    /// shows the button does it; nothing is kept.
    SaveReport,
    /// Make no change after all.
    Leave,
    /// Show the sidebar in the tab that this was done in.
    ShowSidebar,
    /// Show the options page.
    ShowOptions,
    /// Show the coming weeks.
    ShowWeeks,
    /// Show the first steps.
    ShowWelcome,
    /// Show one of their screens.
    ShowScreen {
        /// Which, from 0.
        screen: u8,
    },
    /// Show the webmail that needs no setting up.
    ShowMail,
    /// Ask whether everything that is stored is to be deleted.
    AskDelete,
    /// Delete it in a minute, and stop using it at once.
    DeleteAll,
    /// Keep it after all.
    KeepAll,
    /// Delete it without waiting for the minute to end.
    DeleteNow,
    /// Show the page of the user's data.
    ShowData,
    /// Something that the page of the user's data does itself.
    Data {
        /// What.
        errand: DataErrand,
    },
    /// Show what the flight recorder holds.
    ShowReport,
    /// Show a market's rules on the options page.
    ShowMarket {
        /// The market.
        market: Market,
    },
    /// Show the calendar of the country in the field `country` on the options page.
    ShowCountry,
    /// Write a draft for a client: fields `letter`, `language`, either of which may be empty.
    WriteDraft {
        /// The client.
        client: ClientKey,
    },
    /// Show the letter for a client in the sidebar, or put it away: fields as of [`Action::WriteDraft`].
    ShowDraft {
        /// The client.
        client: ClientKey,
        /// Whether to show it.
        on: bool,
    },
    /// Put the letter in the field `body` where the user writes: fields as of [`Action::WriteDraft`], too.
    InsertDraft {
        /// The client.
        client: ClientKey,
    },
    /// Put the letter in the field `body` where it can be pasted from.
    CopyDraft,
    /// Put the time to send a letter where it can be pasted from.
    CopyTime {
        /// The time.
        at: Instant,
    },
    /// Open the webmail's own way to send a letter later, with the time filled in; where that cannot be, put the
    /// time where it can be pasted from.
    ScheduleSend {
        /// The time.
        at: Instant,
    },
    /// Put the word about letters away.
    CloseNote {
        /// The client it is about; `None`: about all of them.
        client: Option<ClientKey>,
    },
    /// Say a word about letters to a client again.
    OpenNote {
        /// The client.
        client: ClientKey,
    },
    /// Show a thread in its webmail.
    Open {
        /// The thread.
        thread: ThreadKey,
    },
    /// Show a thread of the client who is due next after the one that is open.
    OpenNext {
        /// What is open, if anything is.
        #[serde(default)]
        after: Option<Focus>,
    },
    /// Set the snooze of an open thread to the client's next window, or end it.
    SnoozeOpen {
        /// What is open.
        open: Focus,
    },
    /// Follow whoever has an address: field `email`, as it stands or within a `mailto:` link.
    FollowAddress,
    /// Show what is due, or whom nobody can place.
    ShowList {
        /// The latter.
        unplaced: bool,
    },
    /// Show of the list what the fields `query`, `market` and `errand` name.
    Find,
    /// Show the list from the row in the field `from` on.
    Scroll,
    /// Take a client off the due list.
    Settle {
        /// The client.
        client: ClientKey,
        /// How.
        how: Settled,
    },
    /// Take back a contact that the user noted.
    Unsettle {
        /// The thread it was noted in.
        thread: ThreadKey,
        /// The client it is with.
        client: Email,
        /// The contact's id.
        touch: String,
    },
}
}

/// How the user took a client off the due list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settled {
    /// They were in touch outside the mail: called, met, wrote elsewhere.
    Reached,
    /// Nothing is needed this time.
    Passed,
}

/// What the user does on the page of their data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataErrand {
    /// Save everything as a file.
    SaveAll,
    /// Save the clients as a table.
    SaveClients,
    /// Save the follow-ups as a calendar.
    SaveCalendar,
    /// Choose files to read.
    ChooseFile,
    /// Choose a folder of messages to read.
    ChooseFolder,
    /// Read the chosen mail, field `me`: the addresses of its mailbox.
    Start,
    /// Stop reading for a while.
    Pause,
    /// Read on.
    GoOn,
    /// Read on where the page was closed.
    Resume,
    /// Forget what was read before the page was closed.
    Forget,
    /// Say whose contacts they are, field `account`, and what their columns are, fields `column-0` and on.
    Match,
    /// Take over what was shown.
    TakeOver,
    /// Put away what was shown.
    Leave,
    /// Keep a copy of everything now.
    BackUp,
    /// Look at a copy.
    Look(Instant),
    /// Save a copy as a file.
    SaveBackup(Instant),
}

/// What a tab shows. The worker's shim keeps it for as long as the browser runs; it never goes to a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// The open thread; beside a letter that is written alone, the one that it answers or the client's last.
    pub thread: ThreadKey,
    /// The client it is with.
    pub client: Email,
    /// Their name as the page shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// What is open on a page. The page keeps it without looking into it and gives it back with its
/// next question, so that the worker need not remember.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct Ui {
    /// The form that asks where a client is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceUi>,
    /// What can be undone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo: Option<Action>,
    /// Until when that is offered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undo_until: Option<Instant>,
    /// Which of the first steps is shown.
    #[serde(default, skip_serializing_if = "is_first")]
    pub screen: u8,
    /// The state of the sidebar.
    #[serde(default, skip_serializing_if = "SidebarUi::is_fresh")]
    pub sidebar: SidebarUi,
    /// The state of the due list.
    #[serde(default, skip_serializing_if = "ListUi::is_fresh")]
    pub list: ListUi,
    /// The state of the options page.
    #[serde(default, skip_serializing_if = "OptionsUi::is_fresh")]
    pub options: OptionsUi,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // The shape that serde wants.
fn is_first(screen: &u8) -> bool {
    *screen == 0
}

/// How long an undo is offered.
const UNDO_FOR: TimeDelta = TimeDelta::seconds(60);

impl Ui {
    /// What is open, without an undo whose time is over; a new one's begins.
    #[must_use]
    pub fn at(mut self, now: Instant) -> Ui {
        match (&self.undo, self.undo_until) {
            (None, _) => self.undo_until = None,
            (Some(_), None) => self.undo_until = Some(now.plus(UNDO_FOR)),
            (Some(_), Some(until)) if until <= now => (self.undo, self.undo_until) = (None, None),
            _ => {}
        }
        self
    }
}

/// What the sidebar shows.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SidebarUi {
    /// How many times more of the timeline was asked for.
    #[serde(default)]
    pub earlier: u16,
    /// Whether the rules for the client are shown.
    #[serde(default)]
    pub rules: bool,
    /// The letter that is shown.
    #[serde(default)]
    pub letter: Option<LetterUi>,
    /// The form of a rule whose fields made no sense, and why.
    #[serde(default)]
    pub refused: Option<(Setting, Refusal)>,
}

/// A letter that is looked over in the sidebar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterUi {
    /// Whom it is for.
    pub client: ClientKey,
    /// Which letter; what the step asks for where it is `None`.
    #[serde(default)]
    pub letter: Option<LetterKind>,
    /// In which language; theirs where it is `None`.
    #[serde(default)]
    pub language: Option<Language>,
}

impl SidebarUi {
    /// Whether it is as it is when it is opened.
    fn is_fresh(&self) -> bool {
        *self == SidebarUi::default()
    }
}

/// What the due list shows.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ListUi {
    /// Words that a client's name or address has; then all clients are searched.
    #[serde(default)]
    pub query: String,
    /// The one market whose clients are shown.
    #[serde(default)]
    pub market: Option<Market>,
    /// The one kind of letter that is shown.
    #[serde(default)]
    pub errand: Option<Errand>,
    /// Whether it shows whom nobody can place.
    #[serde(default)]
    pub unplaced: bool,
    /// The first row that is drawn.
    #[serde(default)]
    pub from: u32,
    /// What [`Ui::undo`] would take back.
    #[serde(default)]
    pub done: Option<Done>,
}

/// What was just done to a client of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Their name.
    pub who: String,
    /// Whether it was settled, or snoozed.
    #[serde(default)]
    pub how: Option<Settled>,
    /// Until when they are quiet, where that is known.
    #[serde(default)]
    pub until: Option<Instant>,
}

impl ListUi {
    /// Whether the list is as it is when it is opened.
    fn is_fresh(&self) -> bool {
        *self == ListUi::default()
    }
}

/// What the options page shows.
#[derive(Clone, Debug, PartialEq, Default, Serialize, Deserialize)]
pub struct OptionsUi {
    /// The market whose rules are shown; the first one where none was chosen.
    #[serde(default)]
    pub market: Option<Market>,
    /// The country whose calendar is shown.
    #[serde(default)]
    pub country: Option<Country>,
    /// A change that waits for the user's word.
    #[serde(default)]
    pub draft: Option<Change>,
    /// Whether the page asks if everything is to be deleted.
    #[serde(default)]
    pub deleting: bool,
    /// The form whose fields made no sense, and why.
    #[serde(default)]
    pub refused: Option<(SettingsForm, Refusal)>,
}

impl OptionsUi {
    /// Whether the page is as it is when it is opened.
    fn is_fresh(&self) -> bool {
        *self == OptionsUi::default()
    }
}

/// A form of the options page. Its fields hold what is not here.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsForm {
    /// A rule's number or switch; fields as in [`Action::SetRule`].
    Rule {
        /// Whom it is for.
        scope: Scope,
        /// Which one.
        setting: Setting,
    },
    /// A day of a calendar: fields `date`, `kind` (`holiday` or `working`), `name`.
    Day {
        /// The country.
        country: Country,
    },
    /// Days on which the user's own company is closed: fields `from`, `to`, `note`.
    Closing,
    /// The name that drafts are signed with: field `name`.
    SignAs,
    /// The language of letters where nothing tells a better one: field `language`.
    LetterLanguage,
    /// Something to tell clients: fields `text`, `language`, `letter`, `market`, `from`, `until`.
    Snippet {
        /// What it is now; `None` for a new one.
        was: Option<Snippet>,
    },
    /// A webmail of the user's own: fields `address`, `site`.
    Webmail,
    /// How many letters a day: field `value`.
    DailyLimit,
    /// The user's zone: field `zone`.
    Zone,
    /// When the user is at work: fields `from` and `to`, both empty where they do not say.
    Hours,
    /// Another address of theirs: field `address`.
    Address,
    /// What the badge counts: field `badge`.
    Badge,
    /// The daily notification: fields `on`, `at`.
    CallAt,
    /// Cadence's language: field `language`.
    Language,
}

/// The state of the form that asks where a client is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceUi {
    /// Whom it is about.
    pub client: Email,
    /// The country chosen so far.
    #[serde(default)]
    pub country: Option<Country>,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Response {
    /// How to read the webmail; `None` where Cadence does not know it.
    Table {
        /// The table.
        table: Option<SiteTable>,
    },
    /// What to draw.
    Drawn {
        /// The open thread's strip.
        strip: Option<Node>,
        /// A chip for each row of the sighting, in its order.
        chips: Vec<Option<Node>>,
        /// A word about each letter being written, in the sighting's order.
        notes: Vec<Option<Node>>,
        /// When to ask again though nothing changed on the page.
        fresh_until: Option<Instant>,
        /// What the sidebar beside the page is to show: the thread that is open, if it is with a client.
        focus: Option<Focus>,
    },
    /// Done.
    Done {
        /// What is open now.
        ui: Ui,
        /// The page to show, where one was asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        open: Option<String>,
        /// The letter to put where the user writes, where one was asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        draft: Option<Draft>,
        /// What to put where it can be pasted from.
        #[serde(skip_serializing_if = "Option::is_none")]
        copy: Option<Words>,
        /// The time to open the webmail's own way to send later with; what to copy is for where that
        /// cannot be.
        #[serde(skip_serializing_if = "Option::is_none")]
        schedule: Option<Instant>,
    },
    /// The webmails that the user has named.
    Webmails {
        /// The pages of each, as browsers want it said.
        patterns: Vec<String>,
    },
    /// The language that the user has chosen.
    Language {
        /// Its folder in `_locales`; `None` is the browser's.
        folder: Option<&'static str>,
    },
    /// A page of the extension.
    Page {
        /// What to draw.
        view: Node,
        /// When to ask again.
        fresh_until: Option<Instant>,
    },
    /// It could not be done. Nothing was changed.
    Failed {
        /// The kind of failure, for programs.
        code: &'static str,
        /// What happened, for people.
        message: String,
    },
    /// What was answered when this was asked before.
    #[serde(untagged)]
    Again(serde_json::Value),
}

impl Response {
    /// Done, with this open now and nothing more to do.
    #[must_use]
    pub fn done(ui: Ui) -> Response {
        Response::Done {
            ui,
            open: None,
            draft: None,
            copy: None,
            schedule: None,
        }
    }

    /// Done, and now this page is to be shown.
    #[must_use]
    pub fn open(ui: Ui, page: String) -> Response {
        Response::Done {
            ui,
            open: Some(page),
            draft: None,
            copy: None,
            schedule: None,
        }
    }
}
