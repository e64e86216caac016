//! A store that remembers what it read. The browser's own takes milliseconds for each question, and a
//! page asks about the same few clients again and again.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::{
    AccountRecord, Answered, Changes, ClientKey, ClientRecord, CompanyKey, Held, Store, StoreError,
    Stretch, Tally, ThreadKey, ThreadRecord,
};
use crate::clock::Instant;
use crate::protocol::CallId;
use crate::settings::Settings;

/// How many threads or companies are remembered before all are forgotten: some hundred kilobytes.
const MOST: usize = 500;

/// Another store, with its settings, threads and companies in memory once they were read. It must be the only
/// one that writes there.
#[derive(Debug, Default)]
pub struct Cached<S> {
    store: S,
    threads: RefCell<BTreeMap<ThreadKey, Option<ThreadRecord>>>,
    companies: RefCell<BTreeMap<CompanyKey, Held>>,
    settings: RefCell<Option<Settings>>,
    accounts: RefCell<Option<Vec<AccountRecord>>>,
    /// Every client in the order of their keys, once somebody asked for all of them.
    everybody: RefCell<Option<Rc<Vec<ClientRecord>>>>,
    turns: RefCell<Turns>,
    /// How much is stored: the browser counts a hundred thousand records in half a second.
    tally: Cell<Option<Tally>>,
}

/// What was said of the instants at which clients become due or what they are due for is over. It holds until one of them
/// changes; and from the instant that was asked about on nothing else is true before the next such turn.
#[derive(Debug, Default)]
struct Turns {
    /// An instant, and the next turn after it.
    next: Option<(Instant, Option<Instant>)>,
    /// How many are due at the instants that were last asked about.
    due: [Option<(Instant, u32)>; 2],
    /// An instant at which nothing that is over was left.
    lapsed: Option<Instant>,
}

impl Turns {
    /// The instant since which nothing has turned, as far as that is known.
    fn since(&self, at: Instant) -> Instant {
        match self.next {
            Some((from, next)) if from <= at && next.is_none_or(|next| at < next) => from,
            _ => at,
        }
    }
}

impl<S> Cached<S> {
    /// Nothing of that store is in memory yet.
    pub fn new(store: S) -> Self {
        Cached {
            store,
            threads: RefCell::default(),
            companies: RefCell::default(),
            settings: RefCell::default(),
            accounts: RefCell::default(),
            everybody: RefCell::default(),
            turns: RefCell::default(),
            tally: Cell::default(),
        }
    }

    /// The store itself.
    pub fn inner(&self) -> &S {
        &self.store
    }

    /// Remembers what was written, and forgets whatever was made from what stood there before.
    fn note(&self, changes: &Changes) {
        if let Some(settings) = &changes.settings {
            self.settings.replace(Some(settings.clone()));
        }
        if !changes.accounts.is_empty() {
            self.accounts.take();
        }
        if let Some(everybody) = self.everybody.borrow_mut().as_mut() {
            let everybody = Rc::make_mut(everybody);
            for client in &changes.clients {
                let place = everybody.binary_search_by(|known| known.key.cmp(&client.key));
                match place.map(|place| everybody.get_mut(place)) {
                    Ok(Some(known)) => known.clone_from(client),
                    Ok(None) => {}
                    Err(place) => everybody.insert(place, client.clone()),
                }
            }
        }
        if !changes.clients.is_empty() {
            self.turns.take();
        }
        if !changes.in_place {
            self.tally.take();
        }
        let mut threads = self.threads.borrow_mut();
        let mut companies = self.companies.borrow_mut();
        for thread in &changes.threads {
            let former = threads.insert(thread.key.clone(), Some(thread.clone()));
            for thread in former.flatten().iter().chain([thread]) {
                companies.remove(&CompanyKey {
                    account: thread.key.account.clone(),
                    name: thread.company.clone(),
                });
            }
        }
        for client in &changes.clients {
            companies.remove(&client.company_key());
        }
        for company in &changes.companies {
            companies.remove(&company.key);
        }
    }

    fn forget(&self) {
        self.threads.borrow_mut().clear();
        self.companies.borrow_mut().clear();
        self.settings.take();
        self.accounts.take();
        self.everybody.take();
        self.turns.take();
        self.tally.take();
    }
}

/// The keys that a map does not hold.
fn unknown<K: Ord + Clone, V>(map: &RefCell<BTreeMap<K, V>>, keys: &[K]) -> Vec<K> {
    let map = map.borrow();
    let unknown = keys.iter().filter(|key| !map.contains_key(key));
    unknown.cloned().collect()
}

/// Adds what was read, and gives back what is known of every key.
fn known<K: Ord + Clone, V: Clone + Default>(
    map: &RefCell<BTreeMap<K, V>>,
    keys: &[K],
    read: Vec<(K, V)>,
) -> Vec<V> {
    let mut map = map.borrow_mut();
    map.extend(read);
    let known = keys
        .iter()
        .map(|key| map.get(key).cloned().unwrap_or_default())
        .collect();
    if map.len() > MOST {
        map.clear();
    }
    known
}

impl<S: Store> Store for Cached<S> {
    async fn settings(&self) -> Result<Settings, StoreError> {
        let known = self.settings.borrow().clone();
        if let Some(known) = known {
            return Ok(known);
        }
        let read = self.store.settings().await?;
        self.settings.replace(Some(read.clone()));
        Ok(read)
    }

    async fn accounts(&self) -> Result<Vec<AccountRecord>, StoreError> {
        let known = self.accounts.borrow().clone();
        if let Some(known) = known {
            return Ok(known);
        }
        let read = self.store.accounts().await?;
        self.accounts.replace(Some(read.clone()));
        Ok(read)
    }

    async fn threads(&self, keys: &[ThreadKey]) -> Result<Vec<Option<ThreadRecord>>, StoreError> {
        let unknown = unknown(&self.threads, keys);
        let read = self.store.threads(&unknown).await?;
        Ok(known(
            &self.threads,
            keys,
            unknown.into_iter().zip(read).collect(),
        ))
    }

    async fn clients(&self, keys: &[ClientKey]) -> Result<Vec<Option<ClientRecord>>, StoreError> {
        self.store.clients(keys).await
    }

    async fn clients_after(
        &self,
        after: Option<&ClientKey>,
        most: u32,
    ) -> Result<Vec<ClientRecord>, StoreError> {
        self.store.clients_after(after, most).await
    }

    async fn companies(&self, keys: &[CompanyKey]) -> Result<Vec<Held>, StoreError> {
        let unknown = unknown(&self.companies, keys);
        let read = self.store.companies(&unknown).await?;
        Ok(known(
            &self.companies,
            keys,
            unknown.into_iter().zip(read).collect(),
        ))
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
        let known = self.everybody.borrow().clone();
        if let Some(known) = known {
            return Ok(known);
        }
        let read = self.store.everybody().await?;
        self.everybody.replace(Some(Rc::clone(&read)));
        Ok(read)
    }

    async fn tally(&self) -> Result<Tally, StoreError> {
        if let Some(known) = self.tally.get() {
            return Ok(known);
        }
        let tally = self.store.tally().await?;
        self.tally.set(Some(tally));
        Ok(tally)
    }

    async fn clear(&self) -> Result<(), StoreError> {
        self.forget();
        self.store.clear().await
    }

    async fn unplaced_count(&self) -> Result<u32, StoreError> {
        self.store.unplaced_count().await
    }

    async fn due_count(&self, at: Instant) -> Result<u32, StoreError> {
        let at = self.turns.borrow().since(at);
        let known = self.turns.borrow().due;
        if let Some((_, count)) = known.into_iter().flatten().find(|(of, _)| *of == at) {
            return Ok(count);
        }
        let count = self.store.due_count(at).await?;
        let [last, _] = known;
        self.turns.borrow_mut().due = [Some((at, count)), last];
        Ok(count)
    }

    async fn lapsed(&self, at: Instant, most: u32) -> Result<Vec<ClientRecord>, StoreError> {
        let at = self.turns.borrow().since(at);
        if self.turns.borrow().lapsed >= Some(at) {
            return Ok(Vec::new());
        }
        let lapsed = self.store.lapsed(at, most).await?;
        if lapsed.is_empty() {
            self.turns.borrow_mut().lapsed = Some(at);
        }
        Ok(lapsed)
    }

    async fn next_change(&self, after: Instant) -> Result<Option<Instant>, StoreError> {
        let known = self.turns.borrow().next;
        if let Some((_, next)) = known.filter(|(from, _)| *from == self.turns.borrow().since(after))
        {
            return Ok(next);
        }
        let next = self.store.next_change(after).await?;
        self.turns.borrow_mut().next = Some((after, next));
        Ok(next)
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

    async fn save(&self, changes: &Changes) -> Result<(), StoreError> {
        let saved = self.store.save(changes).await;
        match saved {
            Ok(()) => self.note(changes),
            // Whether any of it was written is not known.
            Err(_) => self.forget(),
        }
        saved
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{Email, Person};
    use crate::history::{Author, Touch};
    use crate::settings::Change;
    use crate::store::{CompanyRecord, MemoryStore};
    use pollster::block_on;
    use proptest::prelude::*;

    fn email(name: &str) -> Email {
        name.parse().unwrap()
    }

    fn instant(second: i64) -> Instant {
        Instant::from_ms(second * 1000).unwrap()
    }

    fn thread(id: u8, company: u8, touches: u8) -> ThreadRecord {
        let mut thread = ThreadRecord {
            key: thread_key(id),
            client: email(&format!("a@c{company}.de")),
            company: format!("c{company}.de"),
            subject: String::new(),
            history: crate::history::History::default(),
            snooze: None,
            said: crate::said::Said::default(),
        };
        for touch in 0..touches {
            let touch = Touch::new(touch.to_string(), instant(touch.into()), Author::Client);
            thread.history.add(touch);
        }
        thread
    }

    fn thread_key(id: u8) -> ThreadKey {
        ThreadKey {
            account: email("me@seller.example"),
            id: id.to_string(),
        }
    }

    fn company_key(id: u8) -> CompanyKey {
        CompanyKey {
            account: email("me@seller.example"),
            name: format!("c{id}.de"),
        }
    }

    fn changes() -> impl Strategy<Value = Changes> {
        let threads = prop::collection::vec((0..4_u8, 0..3_u8, 0..4_u8), 0..3);
        let turn = || prop::option::of(0..9_i64);
        let clients = prop::collection::vec((0..3_u8, any::<bool>(), turn(), turn()), 0..3);
        let companies = prop::collection::vec(0..3_u8, 0..2);
        let limit = prop::option::of(1..9_u16);
        (threads, clients, companies, limit).prop_map(|(threads, clients, companies, limit)| {
            Changes {
                accounts: Vec::new(),
                answered: None,
                in_place: false,
                threads: threads
                    .into_iter()
                    .map(|(id, company, touches)| thread(id, company, touches))
                    .collect(),
                clients: clients
                    .into_iter()
                    .map(|(company, named, due_at, lapses_at)| {
                        let client = email(&format!("a@c{company}.de"));
                        let person = Person::new(client, named.then_some("Anna"));
                        let me = email("me@seller.example");
                        ClientRecord {
                            due_at: due_at.map(instant),
                            lapses_at: lapses_at.map(instant),
                            ..ClientRecord::new(&me, &person, format!("c{company}.de"))
                        }
                    })
                    .collect(),
                companies: companies
                    .into_iter()
                    .map(|id| CompanyRecord {
                        key: company_key(id),
                        word: None,
                        said: crate::said::Said::default(),
                    })
                    .collect(),
                settings: limit.map(|limit| {
                    let change = Change::DailyLimit(limit);
                    Settings::default().with(&change).unwrap_or_default()
                }),
            }
        })
    }

    proptest! {
        #[test]
        fn it_answers_as_the_store_itself(steps in prop::collection::vec((changes(), 0..4_u8, 0..3_u8, looks()), 1..12)) {
            let cached = Cached::new(MemoryStore::default());
            for (changes, id, company, looks) in steps {
                block_on(cached.save(&changes)).unwrap();
                let threads = [thread_key(id), thread_key(0), thread_key(id)];
                prop_assert_eq!(block_on(cached.everybody()), block_on(cached.inner().everybody()));
                prop_assert_eq!(block_on(cached.settings()), block_on(cached.inner().settings()));
                prop_assert_eq!(block_on(cached.tally()), block_on(cached.inner().tally()));
                prop_assert_eq!(block_on(cached.threads(&threads)), block_on(cached.inner().threads(&threads)));
                let companies = [company_key(company), company_key(0)];
                for most in 1..4 {
                    let (mut clients, mut after, mut more) = (Vec::new(), None, true);
                    while more {
                        let stretch = block_on(cached.companies_after(after.as_ref(), most)).unwrap();
                        more = stretch.more;
                        for (key, held) in stretch.companies {
                            clients.extend(held.clients);
                            after = Some(key);
                        }
                    }
                    clients.sort_by(|a, b| a.key.cmp(&b.key));
                    prop_assert_eq!(&clients, &*block_on(cached.everybody()).unwrap());
                }
                prop_assert_eq!(block_on(cached.companies(&companies)), block_on(cached.inner().companies(&companies)));
                // In any order, and also as the clock goes back.
                for (at, question) in looks {
                    let (at, store) = (instant(at), cached.inner());
                    match question {
                        0 => prop_assert_eq!(block_on(cached.due_count(at)), block_on(store.due_count(at))),
                        1 => prop_assert_eq!(block_on(cached.lapsed(at, 9)), block_on(store.lapsed(at, 9))),
                        _ => prop_assert_eq!(block_on(cached.next_change(at)), block_on(store.next_change(at))),
                    }
                }
            }
        }
    }

    /// Instants, and which question to ask of each.
    fn looks() -> impl Strategy<Value = Vec<(i64, u8)>> {
        prop::collection::vec((0..10_i64, 0..3_u8), 0..8)
    }

    #[test]
    fn what_was_read_is_not_read_again() {
        let cached = Cached::new(MemoryStore::default());
        let first = Changes {
            threads: vec![thread(1, 1, 1)],
            ..Changes::default()
        };
        block_on(cached.inner().save(&first)).unwrap();
        let read = || {
            (
                block_on(cached.threads(&[thread_key(1)])).unwrap(),
                block_on(cached.companies(&[company_key(1)])).unwrap(),
            )
        };
        let before = read();
        // Behind its back, as nobody may do.
        let second = Changes {
            threads: vec![thread(1, 1, 2)],
            ..Changes::default()
        };
        block_on(cached.inner().save(&second)).unwrap();
        assert_eq!(read(), before);
        block_on(cached.save(&second)).unwrap();
        assert_ne!(read(), before);
    }

    #[test]
    fn what_is_due_is_counted_anew_after_a_turn_or_a_change_alone() {
        let client = |name: &str, due: i64| {
            let person = Person::new(email(&format!("{name}@c1.de")), None);
            let due_at = Some(instant(due));
            let me = email("me@seller.example");
            ClientRecord {
                due_at,
                ..ClientRecord::new(&me, &person, "c1.de".to_owned())
            }
        };
        let of = |clients| Changes {
            clients,
            ..Changes::default()
        };
        let cached = Cached::new(MemoryStore::default());
        block_on(cached.save(&of(vec![client("a", 10), client("b", 20)]))).unwrap();
        let count = |second| block_on(cached.due_count(instant(second))).unwrap();
        assert_eq!(
            block_on(cached.next_change(instant(12))),
            Ok(Some(instant(20)))
        );
        assert_eq!(count(12), 1);
        // Behind its back, as nobody may do: it shows what is read.
        block_on(cached.inner().save(&of(vec![client("c", 5)]))).unwrap();
        assert_eq!((count(12), count(19), count(20)), (1, 1, 3));
        block_on(cached.save(&of(vec![client("d", 6)]))).unwrap();
        assert_eq!(count(12), 3);
    }

    #[test]
    fn what_is_held_is_counted_anew_only_when_it_may_be_more() {
        let cached = Cached::new(MemoryStore::default());
        let change = |id, in_place| Changes {
            threads: vec![thread(id, 1, 1)],
            in_place,
            ..Changes::default()
        };
        let threads = || block_on(cached.tally()).unwrap().threads;
        block_on(cached.save(&change(1, false))).unwrap();
        assert_eq!(threads(), 1);
        // Behind its back, as nobody may do.
        block_on(cached.inner().save(&change(2, false))).unwrap();
        block_on(cached.save(&change(1, true))).unwrap();
        assert_eq!(threads(), 1);
        block_on(cached.save(&change(1, false))).unwrap();
        assert_eq!(threads(), 2);
    }
}
