//! The store on IndexedDB.
//!
//! A read or a write is one transaction whose requests are all made before the first is awaited:
//! the browser commits a transaction as soon as control returns to it with nothing asked.

use std::cell::Cell;
use std::future::IntoFuture;
use std::rc::Rc;

use cadence::clock::Instant;
use cadence::protocol::CallId;
use cadence::settings::{self, Settings};
use cadence::store::{
    AccountRecord, Answered, Changes, ClientKey, ClientRecord, CompanyKey, CompanyRecord, Held,
    SCHEMA, Store, StoreError, Stretch, Tally, ThreadKey, ThreadRecord,
};
use cadence_border as border;
use idb::{
    DatabaseEvent, Event, Factory, IndexParams, KeyPath, KeyRange, ObjectStore, ObjectStoreParams,
    Query, Request, Transaction, TransactionMode,
};
use js_sys::{Array, Object, Promise, Reflect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbTransaction};

use crate::backup;

const NAME: &str = "cadence";
/// Where the invented client of the first steps lives.
const DEMO: &str = "cadence demo";

const ACCOUNTS: &str = "accounts";
const THREADS: &str = "threads";
const CLIENTS: &str = "clients";
const COMPANIES: &str = "companies";
const SETTINGS: &str = "settings";
const ANSWERED: &str = "answered";
const ALL: [&str; 6] = [ACCOUNTS, THREADS, CLIENTS, COMPANIES, SETTINGS, ANSWERED];

const BY_COMPANY: &str = "by_company";
const BY_DUE: &str = "by_due";
const BY_LAPSE: &str = "by_lapse";
const BY_UNPLACED: &str = "by_unplaced";
const BY_UNNOTED: &str = "by_unnoted";
const BY_ID: &str = "by_id";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["globalThis", "indexedDB"], catch)]
    fn databases() -> Result<Promise, JsValue>;
    /// The browser's database, for the one call that `idb` and `web-sys` lack.
    #[wasm_bindgen(extends = IdbDatabase)]
    type DurableDatabase;
    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn durable_transaction(
        this: &DurableDatabase,
        stores: &Array,
        mode: &str,
        options: &Object,
    ) -> Result<IdbTransaction, JsValue>;
}

/// An open database.
pub(crate) struct Database {
    inner: idb::Database,
    durable: DurableDatabase,
    open: Rc<Cell<bool>>,
}

impl Database {
    /// Opens the database, making it where there is none.
    pub(crate) async fn open(demo: bool) -> Result<Database, StoreError> {
        Database::open_named(if demo { DEMO } else { NAME }).await
    }

    pub(crate) async fn open_named(name: &str) -> Result<Database, StoreError> {
        match version_of(name).await? {
            Some(found) if found > SCHEMA => return Err(StoreError::Newer(found)),
            Some(found) if found < SCHEMA => backup::before_migration(name, found).await?,
            _ => {}
        }
        let mut request = Factory::new()
            .and_then(|factory| factory.open(name, Some(SCHEMA)))
            .map_err(refused)?;
        request.on_upgrade_needed(|event| {
            let (Ok(database), Ok(from)) = (event.database(), event.old_version()) else {
                return;
            };
            let Some(transaction) = event.target().ok().and_then(|it| it.transaction()) else {
                return;
            };
            // An upgrade that stops half way must not be taken for a whole one.
            if migrate(&database, &transaction, from).is_err() {
                drop(transaction.abort());
            }
        });
        let raw = IdbDatabase::from(request.await.map_err(refused)?);
        let durable = raw.clone().unchecked_into();
        let mut inner = idb::Database::from(raw);
        let open = Rc::new(Cell::new(true));
        let closed = Rc::clone(&open);
        inner.on_close(move |_| closed.set(false));
        let closed = Rc::clone(&open);
        inner.on_version_change(move |event| {
            // A newer version of Cadence wants the database: let go of it.
            closed.set(false);
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        Ok(Database {
            inner,
            durable,
            open,
        })
    }

    /// Whether the browser has kept it open.
    pub(crate) fn is_open(&self) -> bool {
        self.open.get()
    }

    /// Lets go of it.
    pub(crate) fn close(&self) {
        self.open.set(false);
        self.inner.close();
    }

    fn reading(&self, stores: &[&str]) -> Result<Transaction, StoreError> {
        self.inner
            .transaction(stores, TransactionMode::ReadOnly)
            .map_err(refused)
    }

    /// A transaction that is on disk when it completes; the browser's default may still be in
    /// the system's memory then.
    fn writing(&self) -> Result<(Transaction, IdbTransaction), StoreError> {
        let options = Object::new();
        let names: Array = ALL.iter().map(|name| JsValue::from_str(name)).collect();
        Reflect::set(&options, &"durability".into(), &"strict".into())
            .and_then(|_| {
                self.durable
                    .durable_transaction(&names, "readwrite", &options)
            })
            .map(|raw| (Transaction::from(raw.clone()), raw))
            .map_err(|error| StoreError::Refused(format!("{error:?}")))
    }

    async fn many<T: DeserializeOwned>(
        &self,
        store: &'static str,
        keys: &[JsValue],
    ) -> Result<Vec<Option<T>>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let transaction = self.reading(&[store])?;
        let object_store = transaction.object_store(store).map_err(refused)?;
        let asked = keys
            .iter()
            .map(|key| {
                object_store
                    .get(Query::Key(key.clone()))
                    .map(IntoFuture::into_future)
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(refused)?;
        let mut found = Vec::with_capacity(asked.len());
        for request in asked {
            let value = request.await.map_err(refused)?;
            found.push(value.map(|value| read(store, &value)).transpose()?);
        }
        Ok(found)
    }

    async fn clients_by(
        &self,
        index: &str,
        range: KeyRange,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError> {
        let transaction = self.reading(&[CLIENTS])?;
        let clients = transaction.object_store(CLIENTS).map_err(refused)?;
        let asked = clients
            .index(index)
            .and_then(|index| index.get_all(Some(range.into()), Some(most)))
            .map_err(refused)?;
        read_all(CLIENTS, &asked.await.map_err(refused)?)
    }
}

/// The version of a database; `None` where there is none.
async fn version_of(name: &str) -> Result<Option<u32>, StoreError> {
    let named = |database: &JsValue| {
        let is = Reflect::get(database, &"name".into()).is_ok_and(|it| it == name);
        let version = Reflect::get(database, &"version".into()).ok()?.as_f64()?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // A small whole number.
        is.then_some(version as u32)
    };
    let all = databases().map(JsFuture::from);
    let all = all.map_err(|error| StoreError::Refused(format!("{error:?}")))?;
    let all = all
        .await
        .map_err(|error| StoreError::Refused(format!("{error:?}")))?;
    Ok(Array::from(&all).iter().find_map(|it| named(&it)))
}

/// Brings a database from an earlier schema, or from nothing, to [`SCHEMA`], step by step.
fn migrate(
    database: &idb::Database,
    transaction: &Transaction,
    from: u32,
) -> Result<(), idb::Error> {
    if from < 1 {
        make_first_stores(database)?;
    }
    if from < 2 {
        let mut params = ObjectStoreParams::new();
        params.key_path(Some(KeyPath::new_array(["at", "id"])));
        let answered = database.create_object_store(ANSWERED, params)?;
        let by_id = KeyPath::new_single("id");
        answered.create_index(BY_ID, by_id, Some(IndexParams::new()))?;
    }
    if from < 3 {
        // A truth value cannot be a key; when the user said it can.
        let said = KeyPath::new_single("said.unnoted");
        let clients = transaction.object_store(CLIENTS)?;
        clients.create_index(BY_UNNOTED, said, Some(IndexParams::new()))?;
    }
    Ok(())
}

/// The stores of the first schema.
fn make_first_stores(database: &idb::Database) -> Result<(), idb::Error> {
    let store = |name: &str, path: &[&str]| {
        let mut params = ObjectStoreParams::new();
        params.key_path(Some(match path {
            [one] => KeyPath::new_single(one),
            several => KeyPath::new_array(several.iter().copied()),
        }));
        database.create_object_store(name, params)
    };
    let index = |store: &ObjectStore, name: &str, path: KeyPath| {
        store
            .create_index(name, path, Some(IndexParams::new()))
            .map(drop)
    };
    let by_company = || KeyPath::new_array(["account", "company"]);
    store(ACCOUNTS, &["account"])?;
    store(SETTINGS, &["version"])?;
    store(COMPANIES, &["account", "name"])?;
    index(
        &store(THREADS, &["account", "id"])?,
        BY_COMPANY,
        by_company(),
    )?;
    let clients = store(CLIENTS, &["account", "email"])?;
    index(&clients, BY_COMPANY, by_company())?;
    index(&clients, BY_DUE, KeyPath::new_single("due_at"))?;
    index(&clients, BY_LAPSE, KeyPath::new_single("lapses_at"))?;
    index(&clients, BY_UNPLACED, KeyPath::new_single("unplaced"))
}

#[allow(clippy::needless_pass_by_value)] // The shape that `map_err` wants.
pub(crate) fn refused(error: idb::Error) -> StoreError {
    StoreError::Refused(error.to_string())
}

fn read<T: DeserializeOwned>(store: &'static str, value: &JsValue) -> Result<T, StoreError> {
    border::read(value).map_err(|why| StoreError::Unreadable { store, why })
}

/// Reads many at once: a crossing of the border costs more than a record.
fn read_all<T: DeserializeOwned>(
    store: &'static str,
    values: &[JsValue],
) -> Result<Vec<T>, StoreError> {
    let all: Array = values.iter().collect();
    read(store, &all)
}

/// A key of two parts, as the stores and the index by company have them.
fn key(account: &cadence::address::Email, name: &str) -> JsValue {
    Array::of2(
        &JsValue::from_str(account.as_str()),
        &JsValue::from_str(name),
    )
    .into()
}

#[allow(clippy::cast_precision_loss)] // Instants are far below 2^53 ms.
fn number(at: Instant) -> JsValue {
    JsValue::from_f64(at.ms() as f64)
}

/// The companies after one, up to and with another.
fn between(after: Option<&CompanyKey>, last: Option<&CompanyKey>) -> Result<KeyRange, StoreError> {
    let of = |company: &CompanyKey| key(&company.account, &company.name);
    match (after.map(of), last.map(of)) {
        (Some(after), Some(last)) => KeyRange::bound(&after, &last, Some(true), Some(false)),
        (Some(after), None) => KeyRange::lower_bound(&after, Some(true)),
        (None, Some(last)) => KeyRange::upper_bound(&last, None),
        // Every key of two parts is after a list of none.
        (None, None) => KeyRange::lower_bound(&Array::new(), None),
    }
    .map_err(refused)
}

fn until(at: Instant) -> Result<KeyRange, StoreError> {
    KeyRange::upper_bound(&number(at), None).map_err(refused)
}

impl Store for Database {
    async fn settings(&self) -> Result<Settings, StoreError> {
        let key = JsValue::from_f64(settings::VERSION.into());
        let stored = self.many(SETTINGS, &[key]).await?;
        Ok(stored.into_iter().flatten().next().unwrap_or_default())
    }

    async fn accounts(&self) -> Result<Vec<AccountRecord>, StoreError> {
        let transaction = self.reading(&[ACCOUNTS])?;
        let accounts = transaction.object_store(ACCOUNTS).map_err(refused)?;
        let asked = accounts.get_all(None, None).map_err(refused)?;
        read_all(ACCOUNTS, &asked.await.map_err(refused)?)
    }

    async fn threads(&self, keys: &[ThreadKey]) -> Result<Vec<Option<ThreadRecord>>, StoreError> {
        let keys: Vec<_> = keys
            .iter()
            .map(|thread| key(&thread.account, &thread.id))
            .collect();
        self.many(THREADS, &keys).await
    }

    async fn clients(&self, keys: &[ClientKey]) -> Result<Vec<Option<ClientRecord>>, StoreError> {
        let keys: Vec<_> = keys
            .iter()
            .map(|client| key(&client.account, client.email.as_str()))
            .collect();
        self.many(CLIENTS, &keys).await
    }

    async fn clients_after(
        &self,
        after: Option<&ClientKey>,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError> {
        let later = after
            .map(|client| key(&client.account, client.email.as_str()))
            .map(|key| KeyRange::lower_bound(&key, Some(true)))
            .transpose()
            .map_err(refused)?;
        let transaction = self.reading(&[CLIENTS])?;
        let clients = transaction.object_store(CLIENTS).map_err(refused)?;
        let asked = clients
            .get_all(later.map(Query::from), Some(most))
            .map_err(refused)?;
        read_all(CLIENTS, &asked.await.map_err(refused)?)
    }

    async fn companies(&self, keys: &[CompanyKey]) -> Result<Vec<Held>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let transaction = self.reading(&[COMPANIES, CLIENTS, THREADS])?;
        let store = |name| transaction.object_store(name).map_err(refused);
        let (companies, clients, threads) = (store(COMPANIES)?, store(CLIENTS)?, store(THREADS)?);
        let (clients, threads) = (
            clients.index(BY_COMPANY).map_err(refused)?,
            threads.index(BY_COMPANY).map_err(refused)?,
        );
        let mut asked = Vec::with_capacity(keys.len());
        for company in keys {
            let key = key(&company.account, &company.name);
            let all = || Some(Query::Key(key.clone()));
            asked.push((
                companies
                    .get(Query::Key(key.clone()))
                    .map_err(refused)?
                    .into_future(),
                clients.get_all(all(), None).map_err(refused)?.into_future(),
                threads.get_all(all(), None).map_err(refused)?.into_future(),
            ));
        }
        let mut held = Vec::with_capacity(asked.len());
        for (company, clients, threads) in asked {
            let company: Option<CompanyRecord> = company
                .await
                .map_err(refused)?
                .map(|value| read(COMPANIES, &value))
                .transpose()?;
            held.push(Held {
                company,
                clients: read_all(CLIENTS, &clients.await.map_err(refused)?)?,
                threads: read_all(THREADS, &threads.await.map_err(refused)?)?,
            });
        }
        Ok(held)
    }

    async fn companies_after(
        &self,
        after: Option<&CompanyKey>,
        most: u32,
    ) -> Result<Stretch, StoreError> {
        // A range of each store is read many times faster than one company after the other. With one client more than
        // are wanted it is seen which company is whole.
        let limit = most.saturating_add(1);
        let range = between(after, None)?;
        let mut clients = self.clients_by(BY_COMPANY, range, limit).await?;
        let Some(mut last) = clients.last().map(ClientRecord::company_key) else {
            return Ok(Stretch::default());
        };
        let more = u32::try_from(clients.len()).is_ok_and(|count| count == limit);
        if more {
            let mut keys = clients.iter().rev().map(ClientRecord::company_key);
            match keys.find(|key| *key != last) {
                Some(whole) => {
                    clients.retain(|client| client.company_key() != last);
                    last = whole;
                }
                None => {
                    let range = between(after, Some(&last))?;
                    clients = self.clients_by(BY_COMPANY, range, u32::MAX).await?;
                }
            }
        }
        let transaction = self.reading(&[COMPANIES, THREADS])?;
        let store = |name| transaction.object_store(name).map_err(refused);
        let (companies, threads) = (store(COMPANIES)?, store(THREADS)?);
        let range = || between(after, Some(&last)).map(|range| Some(Query::from(range)));
        let companies = companies.get_all(range()?, None).map_err(refused)?;
        let threads = threads.index(BY_COMPANY).map_err(refused)?;
        let threads = threads.get_all(range()?, None).map_err(refused)?;
        let (companies, threads) = (companies.into_future(), threads.into_future());
        let companies: Vec<CompanyRecord> =
            read_all(COMPANIES, &companies.await.map_err(refused)?)?;
        let threads: Vec<ThreadRecord> = read_all(THREADS, &threads.await.map_err(refused)?)?;
        Ok(Stretch {
            companies: Held::of_each(companies, clients, threads),
            more,
        })
    }

    async fn due(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        self.clients_by(BY_DUE, until(at)?, most).await
    }

    async fn due_page(
        &self,
        at: Instant,
        skip: u32,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError> {
        if skip == 0 {
            return self.due(at, most).await;
        }
        // Keys are cheap to read: of a list of thousands only the records asked for are.
        let transaction = self.reading(&[CLIENTS])?;
        let clients = transaction.object_store(CLIENTS).map_err(refused)?;
        let range = until(at)?;
        let keys = clients
            .index(BY_DUE)
            .and_then(|index| {
                index.get_all_keys(Some(range.into()), Some(skip.saturating_add(most)))
            })
            .map_err(refused)?
            .await
            .map_err(refused)?;
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        let wanted = keys.get(skip.min(keys.len())..).unwrap_or_default();
        let found: Vec<Option<ClientRecord>> = self.many(CLIENTS, wanted).await?;
        Ok(found.into_iter().flatten().collect())
    }

    async fn unplaced_count(&self) -> Result<u32, StoreError> {
        let flagged = KeyRange::only(&JsValue::from_f64(1.0)).map_err(refused)?;
        let transaction = self.reading(&[CLIENTS])?;
        let clients = transaction.object_store(CLIENTS).map_err(refused)?;
        let asked = clients
            .index(BY_UNPLACED)
            .and_then(|index| index.count(Some(flagged.into())))
            .map_err(refused)?;
        asked.await.map_err(refused)
    }

    async fn due_count(&self, at: Instant) -> Result<u32, StoreError> {
        let transaction = self.reading(&[CLIENTS])?;
        let clients = transaction.object_store(CLIENTS).map_err(refused)?;
        let range = until(at)?;
        let asked = clients
            .index(BY_DUE)
            .and_then(|index| index.count(Some(range.into())))
            .map_err(refused)?;
        asked.await.map_err(refused)
    }

    async fn lapsed(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        self.clients_by(BY_LAPSE, until(at)?, most).await
    }

    async fn next_change(&self, after: Instant) -> Result<Option<Instant>, StoreError> {
        let later = || KeyRange::lower_bound(&number(after), Some(true)).map_err(refused);
        let due = self.clients_by(BY_DUE, later()?, 1).await?;
        let lapsing = self.clients_by(BY_LAPSE, later()?, 1).await?;
        let due = due.first().and_then(|client| client.due_at);
        let lapse = lapsing.first().and_then(|client| client.lapses_at);
        Ok(due.into_iter().chain(lapse).min())
    }

    async fn unplaced(&self, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        let flagged = KeyRange::only(&JsValue::from_f64(1.0)).map_err(refused)?;
        self.clients_by(BY_UNPLACED, flagged, most).await
    }

    async fn unnoted(&self) -> Result<Vec<ClientRecord>, StoreError> {
        // The index has everybody of whom it was ever said; they are few.
        let ever = until(Instant::LATEST)?;
        let mut clients = self.clients_by(BY_UNNOTED, ever, u32::MAX).await?;
        clients.retain(|client| client.unnoted);
        Ok(clients)
    }

    async fn answered(&self, id: &CallId) -> Result<Option<Answered>, StoreError> {
        let transaction = self.reading(&[ANSWERED])?;
        let answered = transaction.object_store(ANSWERED).map_err(refused)?;
        let asked = answered
            .index(BY_ID)
            .and_then(|index| index.get(Query::Key(JsValue::from_str(id.as_str()))))
            .map_err(refused)?;
        let found = asked.await.map_err(refused)?;
        found.map(|value| read(ANSWERED, &value)).transpose()
    }

    async fn tally(&self) -> Result<Tally, StoreError> {
        let transaction = self.reading(&[ACCOUNTS, THREADS, CLIENTS])?;
        let count = |name| {
            let store = transaction.object_store(name).map_err(refused)?;
            store
                .count(None)
                .map(IntoFuture::into_future)
                .map_err(refused)
        };
        let (accounts, threads, clients) = (count(ACCOUNTS)?, count(THREADS)?, count(CLIENTS)?);
        Ok(Tally {
            accounts: accounts.await.map_err(refused)?,
            threads: threads.await.map_err(refused)?,
            clients: clients.await.map_err(refused)?,
        })
    }

    async fn clear(&self) -> Result<(), StoreError> {
        let (transaction, _) = self.writing()?;
        for name in ALL {
            let store = transaction.object_store(name).map_err(refused)?;
            store.clear().map_err(refused)?;
        }
        match transaction.await.map_err(refused)? {
            result if result.is_committed() => Ok(()),
            _ => Err(StoreError::Refused("nothing was deleted".to_owned())),
        }
    }

    async fn save(&self, changes: &Changes) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        let (transaction, raw) = self.writing()?;
        put_all(&transaction, ACCOUNTS, &changes.accounts)?;
        put_all(&transaction, THREADS, &changes.threads)?;
        put_all(&transaction, CLIENTS, &changes.clients)?;
        put_all(&transaction, COMPANIES, &changes.companies)?;
        put_all(&transaction, SETTINGS, changes.settings.as_slice())?;
        if let Some(answered) = &changes.answered {
            let old = Array::of1(&number(answered.at.plus(-Answered::KEPT)));
            let old = KeyRange::upper_bound(&old, None).map_err(refused)?;
            let store = transaction.object_store(ANSWERED).map_err(refused)?;
            store.delete(old).map_err(refused)?;
        }
        put_all(&transaction, ANSWERED, changes.answered.as_slice())?;
        let why = match transaction.await {
            Ok(result) if result.is_committed() => return Ok(()),
            Ok(_) => "the write was aborted".to_owned(),
            Err(error) => error.to_string(),
        };
        match raw.error() {
            Some(error) if error.name() == "QuotaExceededError" => Err(StoreError::Full),
            _ => Err(StoreError::Refused(why)),
        }
    }
}

fn put_all(
    transaction: &Transaction,
    name: &'static str,
    records: &[impl Serialize],
) -> Result<(), StoreError> {
    if records.is_empty() {
        return Ok(());
    }
    let store = transaction.object_store(name).map_err(refused)?;
    let values =
        border::write(&records).map_err(|why| StoreError::Unreadable { store: name, why })?;
    for value in Array::from(&values) {
        store.put(&value, None).map_err(refused)?;
    }
    Ok(())
}
