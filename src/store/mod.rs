//! What Cadence remembers, and the trait that every place to keep it implements.
//!
//! Nothing here holds a message's text: an address, a name, a subject, ids, instants, and what the
//! user said. Everything is kept apart by account, since one browser may show several mailboxes.

mod cached;
mod dating;
mod memory;
mod pending;
mod records;

pub use cached::Cached;
pub(crate) use dating::{CONTACT, MOMENT, NOTE, PLACE, SNOOZE, TOUCH, UNNOTED};
pub use memory::MemoryStore;
pub use pending::Pending;
pub use records::{
    AccountRecord, Answered, ClientKey, ClientRecord, CompanyKey, CompanyRecord, Held, Stretch,
    ThreadKey, ThreadRecord,
};

use std::rc::Rc;

use crate::clock::Instant;
use crate::protocol::CallId;
use crate::settings::Settings;

/// The version of the records' shape. A store of another version is never read as if it were this: that of an earlier
/// one is brought up to it, that of a later one is refused. docs/RELIABILITY.md says when it must be raised.
pub const SCHEMA: u32 = 3;

/// So many clients are read at once.
const PIECE: u32 = 1_000;

/// Why the store could not answer. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The browser refused a read or a write.
    #[error("the browser's storage refused: {0}")]
    Refused(String),
    /// What is stored is not what this version wrote.
    #[error("a stored record of “{store}” cannot be read: {why}")]
    Unreadable {
        /// The object store.
        store: &'static str,
        /// What the reader says.
        why: String,
    },
    /// A later version of Cadence has written it. Whatever this one wrote there could lose what it does not know of.
    #[error(
        "this data was written by a later version of Cadence (schema {0}); it is left as it is"
    )]
    Newer(u32),
    /// There is no room left for a write.
    #[error("the browser has no room left for what is to be saved")]
    Full,
}

impl StoreError {
    /// The kind of failure, for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            StoreError::Refused(_) => "store",
            StoreError::Unreadable { .. } => "unreadable",
            StoreError::Newer(_) => "newer",
            StoreError::Full => "full",
        }
    }
}

/// Records to be written together: all of them or none.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Changes {
    /// Mailboxes.
    pub accounts: Vec<AccountRecord>,
    /// Threads.
    pub threads: Vec<ThreadRecord>,
    /// Clients.
    pub clients: Vec<ClientRecord>,
    /// Companies.
    pub companies: Vec<CompanyRecord>,
    /// What the user has set.
    pub settings: Option<Settings>,
    /// The question that asked for these changes, with its answer.
    pub answered: Option<Answered>,
    /// Whether all of them take the place of records that are held: as many as before are held then.
    pub in_place: bool,
}

impl Changes {
    /// Whether there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Changes::default()
    }
}

/// How much is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// Mailboxes.
    pub accounts: u32,
    /// Threads.
    pub threads: u32,
    /// Clients.
    pub clients: u32,
}

/// A place that keeps records. Answers come in the order of the keys asked for.
#[allow(async_fn_in_trait)] // One thread only: the worker's.
pub trait Store {
    /// What the user has set; the defaults where they have set nothing.
    async fn settings(&self) -> Result<Settings, StoreError>;
    /// The mailboxes seen so far.
    async fn accounts(&self) -> Result<Vec<AccountRecord>, StoreError>;
    /// Threads by key.
    async fn threads(&self, keys: &[ThreadKey]) -> Result<Vec<Option<ThreadRecord>>, StoreError>;
    /// Clients by key.
    async fn clients(&self, keys: &[ClientKey]) -> Result<Vec<Option<ClientRecord>>, StoreError>;
    /// All clients in the order of their keys, those after a key, `most` at most: to go through
    /// them in pieces.
    async fn clients_after(
        &self,
        after: Option<&ClientKey>,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError>;
    /// What is known of companies: the company itself, its clients, and all their threads.
    async fn companies(&self, keys: &[CompanyKey]) -> Result<Vec<Held>, StoreError>;
    /// All companies that have clients, in the order of their keys, those after a key: to go through everybody in pieces.
    /// As many whole ones as have `most` clients together, and at least one where any is left.
    async fn companies_after(
        &self,
        after: Option<&CompanyKey>,
        most: u32,
    ) -> Result<Stretch, StoreError>;
    /// The clients due at an instant, longest due first, `most` at most.
    async fn due(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError>;
    /// Some of [`Store::due`]: `most` at most after the first `skip`.
    async fn due_page(
        &self,
        at: Instant,
        skip: u32,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError> {
        let all = self.due(at, skip.saturating_add(most)).await?;
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        Ok(all.into_iter().skip(skip).collect())
    }
    /// Every client, in the order of their keys.
    async fn everybody(&self) -> Result<Rc<Vec<ClientRecord>>, StoreError> {
        let mut all: Vec<ClientRecord> = Vec::new();
        loop {
            let after = all.last().map(|client| client.key.clone());
            let piece = self.clients_after(after.as_ref(), PIECE).await?;
            if piece.is_empty() {
                return Ok(Rc::new(all));
            }
            all.extend(piece);
        }
    }
    /// How many clients are due at an instant.
    async fn due_count(&self, at: Instant) -> Result<u32, StoreError>;
    /// The clients for whom what they are due for is over at an instant, `most` at most.
    async fn lapsed(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError>;
    /// The first instant after this one at which the due list changes by itself: another client
    /// becomes due, or what one is due for is over.
    async fn next_change(&self, after: Instant) -> Result<Option<Instant>, StoreError>;
    /// The clients that cannot be planned for since nobody knows where they are, `most` at most.
    async fn unplaced(&self, most: u32) -> Result<Vec<ClientRecord>, StoreError>;
    /// The clients in letters to whom no word is wanted above the send button.
    async fn unnoted(&self) -> Result<Vec<ClientRecord>, StoreError>;
    /// What was answered to a question lately; `None` where it was never asked, or long ago.
    async fn answered(&self, id: &CallId) -> Result<Option<Answered>, StoreError>;
    /// How many clients cannot be planned for since nobody knows where they are.
    async fn unplaced_count(&self) -> Result<u32, StoreError> {
        let all = self.unplaced(u32::MAX).await?;
        Ok(u32::try_from(all.len()).unwrap_or(u32::MAX))
    }
    /// How much is stored.
    async fn tally(&self) -> Result<Tally, StoreError>;
    /// Forgets everything, the settings included; gone from the disk when it returns.
    async fn clear(&self) -> Result<(), StoreError>;
    /// Writes records, all or none; on disk when it returns.
    async fn save(&self, changes: &Changes) -> Result<(), StoreError>;
}
