//! A store in memory: for tests, and the pattern that every other store must match.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Bound;

use super::{
    AccountRecord, Answered, Changes, ClientKey, ClientRecord, CompanyKey, CompanyRecord, Held,
    Store, StoreError, Stretch, Tally, ThreadKey, ThreadRecord, UNNOTED,
};
use crate::address::Email;
use crate::clock::Instant;
use crate::order::Order;
use crate::protocol::CallId;
use crate::settings::Settings;

/// Everything in maps.
#[derive(Debug, Default)]
pub struct MemoryStore(RefCell<Maps>);

#[derive(Debug, Default)]
struct Maps {
    accounts: BTreeMap<Email, AccountRecord>,
    threads: BTreeMap<ThreadKey, ThreadRecord>,
    clients: BTreeMap<ClientKey, ClientRecord>,
    companies: BTreeMap<CompanyKey, CompanyRecord>,
    settings: Settings,
    answered: BTreeMap<CallId, Answered>,
}

impl MemoryStore {
    /// All clients that match, those with the earliest due instant first.
    fn clients_where(&self, wanted: impl Fn(&ClientRecord) -> bool) -> Vec<ClientRecord> {
        let maps = self.0.borrow();
        let mut found: Vec<_> = maps
            .clients
            .values()
            .filter(|c| wanted(c))
            .cloned()
            .collect();
        found.order_by_key(|client| client.due_at);
        found
    }
}

fn some(most: u32) -> usize {
    usize::try_from(most).unwrap_or(usize::MAX)
}

impl Store for MemoryStore {
    async fn settings(&self) -> Result<Settings, StoreError> {
        Ok(self.0.borrow().settings.clone())
    }

    async fn accounts(&self) -> Result<Vec<AccountRecord>, StoreError> {
        Ok(self.0.borrow().accounts.values().cloned().collect())
    }

    async fn threads(&self, keys: &[ThreadKey]) -> Result<Vec<Option<ThreadRecord>>, StoreError> {
        let maps = self.0.borrow();
        Ok(keys
            .iter()
            .map(|key| maps.threads.get(key).cloned())
            .collect())
    }

    async fn clients(&self, keys: &[ClientKey]) -> Result<Vec<Option<ClientRecord>>, StoreError> {
        let maps = self.0.borrow();
        Ok(keys
            .iter()
            .map(|key| maps.clients.get(key).cloned())
            .collect())
    }

    async fn clients_after(
        &self,
        after: Option<&ClientKey>,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError> {
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let maps = self.0.borrow();
        let later = maps.clients.range((from, Bound::Unbounded));
        Ok(later
            .take(some(most))
            .map(|(_, client)| client.clone())
            .collect())
    }

    async fn companies(&self, keys: &[CompanyKey]) -> Result<Vec<Held>, StoreError> {
        let maps = self.0.borrow();
        let held = |key: &CompanyKey| Held {
            company: maps.companies.get(key).cloned(),
            clients: maps
                .clients
                .values()
                .filter(|c| c.company_key() == *key)
                .cloned()
                .collect(),
            threads: maps
                .threads
                .values()
                .filter(|t| t.company == key.name && t.key.account == key.account)
                .cloned()
                .collect(),
        };
        Ok(keys.iter().map(held).collect())
    }

    async fn companies_after(
        &self,
        after: Option<&CompanyKey>,
        most: u32,
    ) -> Result<Stretch, StoreError> {
        let mut sizes: BTreeMap<CompanyKey, usize> = BTreeMap::new();
        for client in self.0.borrow().clients.values() {
            *sizes.entry(client.company_key()).or_default() += 1;
        }
        let from = after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut keys: Vec<CompanyKey> = Vec::new();
        let (mut together, mut more) = (0, false);
        for (key, size) in sizes.range((from, Bound::Unbounded)) {
            together += size;
            if together > some(most) && !keys.is_empty() {
                more = true;
                break;
            }
            keys.push(key.clone());
        }
        let held = self.companies(&keys).await?;
        Ok(Stretch {
            companies: keys.into_iter().zip(held).collect(),
            more,
        })
    }

    async fn due(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        let mut due = self.clients_where(|client| client.due_at.is_some_and(|due| due <= at));
        due.truncate(some(most));
        Ok(due)
    }

    async fn due_count(&self, at: Instant) -> Result<u32, StoreError> {
        let due = self.clients_where(|client| client.due_at.is_some_and(|due| due <= at));
        Ok(u32::try_from(due.len()).unwrap_or(u32::MAX))
    }

    async fn lapsed(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        let mut lapsed = self.clients_where(|client| client.lapses_at.is_some_and(|end| end <= at));
        lapsed.truncate(some(most));
        Ok(lapsed)
    }

    async fn next_change(&self, after: Instant) -> Result<Option<Instant>, StoreError> {
        let maps = self.0.borrow();
        let ends = maps
            .clients
            .values()
            .flat_map(|client| [client.due_at, client.lapses_at]);
        Ok(ends.flatten().filter(|at| *at > after).min())
    }

    async fn unplaced(&self, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        let mut unplaced = self.clients_where(|client| client.unplaced.is_some());
        unplaced.truncate(some(most));
        Ok(unplaced)
    }

    async fn unnoted(&self) -> Result<Vec<ClientRecord>, StoreError> {
        Ok(self.clients_where(|client| client.unnoted && client.said.on(UNNOTED).is_some()))
    }

    async fn answered(&self, id: &CallId) -> Result<Option<Answered>, StoreError> {
        Ok(self.0.borrow().answered.get(id).cloned())
    }

    async fn tally(&self) -> Result<Tally, StoreError> {
        let maps = self.0.borrow();
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok(Tally {
            accounts: count(maps.accounts.len()),
            threads: count(maps.threads.len()),
            clients: count(maps.clients.len()),
        })
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.0.take();
        Ok(())
    }

    async fn save(&self, changes: &Changes) -> Result<(), StoreError> {
        let mut maps = self.0.borrow_mut();
        let Changes {
            accounts,
            threads,
            clients,
            companies,
            settings,
            answered,
            in_place: _,
        } = changes.clone();
        if let Some(answered) = answered {
            let old = answered.at.plus(-Answered::KEPT);
            maps.answered.retain(|_, known| known.at > old);
            maps.answered.insert(answered.id.clone(), answered);
        }
        if let Some(settings) = settings {
            maps.settings = settings;
        }
        maps.accounts
            .extend(accounts.into_iter().map(|r| (r.account.clone(), r)));
        maps.threads
            .extend(threads.into_iter().map(|r| (r.key.clone(), r)));
        maps.clients
            .extend(clients.into_iter().map(|r| (r.key.clone(), r)));
        maps.companies
            .extend(companies.into_iter().map(|r| (r.key.clone(), r)));
        Ok(())
    }
}
