//! A store on which the changes of one question gather, to be written all at once.
//!
//! A use case may save several times on its way; what it saved it reads back. Nothing reaches the store
//! beneath before [`Pending::changes`] are written there, so that one question is one write, or none.

use std::cell::RefCell;
use std::rc::Rc;

use super::{
    AccountRecord, Answered, Changes, ClientKey, ClientRecord, CompanyKey, Held, Store, StoreError,
    Stretch, Tally, ThreadKey, ThreadRecord,
};
use crate::clock::Instant;
use crate::protocol::CallId;
use crate::settings::Settings;

/// Another store with changes that are not written there yet. Questions by key see them; those that go through an
/// index ([`Store::due`] and its like) are the other store's alone.
#[derive(Debug)]
pub struct Pending<'s, S> {
    store: &'s S,
    changes: RefCell<Changes>,
}

impl<'s, S> Pending<'s, S> {
    /// Nothing has gathered yet.
    pub fn new(store: &'s S) -> Self {
        Pending {
            store,
            changes: RefCell::default(),
        }
    }

    /// What has gathered, each record once.
    pub fn changes(self) -> Changes {
        self.changes.into_inner()
    }
}

/// Puts records in place of those with the same key, or behind them all.
fn lay<R: Clone, K: PartialEq>(over: &mut Vec<R>, records: &[R], key: impl Fn(&R) -> K) {
    for record in records {
        let wanted = key(record);
        match over.iter_mut().find(|known| key(known) == wanted) {
            Some(known) => known.clone_from(record),
            None => over.push(record.clone()),
        }
    }
}

/// Puts what has gathered in place of what was read.
fn overlay<R: Clone, K: PartialEq>(
    read: &mut [Option<R>],
    keys: &[K],
    gathered: &[R],
    key: impl Fn(&R) -> &K,
) {
    for (read, wanted) in read.iter_mut().zip(keys) {
        let known = gathered.iter().find(|record| key(record) == wanted);
        *read = known.cloned().or(read.take());
    }
}

impl<S: Store> Store for Pending<'_, S> {
    async fn settings(&self) -> Result<Settings, StoreError> {
        let gathered = self.changes.borrow().settings.clone();
        match gathered {
            Some(settings) => Ok(settings),
            None => self.store.settings().await,
        }
    }

    async fn accounts(&self) -> Result<Vec<AccountRecord>, StoreError> {
        let mut accounts = self.store.accounts().await?;
        let changes = self.changes.borrow();
        lay(&mut accounts, &changes.accounts, |it| it.account.clone());
        Ok(accounts)
    }

    async fn threads(&self, keys: &[ThreadKey]) -> Result<Vec<Option<ThreadRecord>>, StoreError> {
        let mut read = self.store.threads(keys).await?;
        overlay(&mut read, keys, &self.changes.borrow().threads, |it| {
            &it.key
        });
        Ok(read)
    }

    async fn clients(&self, keys: &[ClientKey]) -> Result<Vec<Option<ClientRecord>>, StoreError> {
        let mut read = self.store.clients(keys).await?;
        overlay(&mut read, keys, &self.changes.borrow().clients, |it| {
            &it.key
        });
        Ok(read)
    }

    async fn clients_after(
        &self,
        after: Option<&ClientKey>,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError> {
        self.store.clients_after(after, most).await
    }

    async fn companies(&self, keys: &[CompanyKey]) -> Result<Vec<Held>, StoreError> {
        let mut read = self.store.companies(keys).await?;
        let changes = self.changes.borrow();
        for (held, key) in read.iter_mut().zip(keys) {
            let company = changes.companies.iter().find(|it| it.key == *key);
            held.company = company.cloned().or(held.company.take());
            // What has gathered of a thread may give it to another company's client.
            held.threads
                .retain(|thread| !changes.threads.iter().any(|it| it.key == thread.key));
            let here = |thread: &&ThreadRecord| {
                thread.key.account == key.account && thread.company == key.name
            };
            held.threads
                .extend(changes.threads.iter().filter(here).cloned());
            let ours = |client: &&ClientRecord| client.company_key() == *key;
            let clients: Vec<_> = changes.clients.iter().filter(ours).cloned().collect();
            lay(&mut held.clients, &clients, |it| it.key.clone());
        }
        Ok(read)
    }

    async fn companies_after(
        &self,
        after: Option<&CompanyKey>,
        most: u32,
    ) -> Result<Stretch, StoreError> {
        self.store.companies_after(after, most).await
    }

    async fn due(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        self.store.due(at, most).await
    }

    async fn due_page(
        &self,
        at: Instant,
        skip: u32,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError> {
        self.store.due_page(at, skip, most).await
    }

    async fn everybody(&self) -> Result<Rc<Vec<ClientRecord>>, StoreError> {
        self.store.everybody().await
    }

    async fn unplaced_count(&self) -> Result<u32, StoreError> {
        self.store.unplaced_count().await
    }

    async fn due_count(&self, at: Instant) -> Result<u32, StoreError> {
        self.store.due_count(at).await
    }

    async fn lapsed(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        self.store.lapsed(at, most).await
    }

    async fn next_change(&self, after: Instant) -> Result<Option<Instant>, StoreError> {
        self.store.next_change(after).await
    }

    async fn unplaced(&self, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        self.store.unplaced(most).await
    }

    async fn unnoted(&self) -> Result<Vec<ClientRecord>, StoreError> {
        self.store.unnoted().await
    }

    async fn answered(&self, id: &CallId) -> Result<Option<Answered>, StoreError> {
        self.store.answered(id).await
    }

    async fn tally(&self) -> Result<Tally, StoreError> {
        self.store.tally().await
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.changes.take();
        self.store.clear().await
    }

    async fn save(&self, changes: &Changes) -> Result<(), StoreError> {
        let mut gathered = self.changes.borrow_mut();
        lay(&mut gathered.accounts, &changes.accounts, |it| {
            it.account.clone()
        });
        lay(&mut gathered.threads, &changes.threads, |it| it.key.clone());
        lay(&mut gathered.clients, &changes.clients, |it| it.key.clone());
        lay(&mut gathered.companies, &changes.companies, |it| {
            it.key.clone()
        });
        gathered.settings = changes.settings.clone().or(gathered.settings.take());
        gathered.answered = changes.answered.clone().or(gathered.answered.take());
        Ok(())
    }
}
