use pollster::block_on;
use proptest::prelude::*;

use super::*;
use crate::address::{Email, Person};
use crate::client::{Snooze, Stage};
use crate::clock::{Instant, SellerZone, Zone};
use crate::history::{ARCHIVED, Author, History, Touch, TouchKind, Way};
use crate::moment::{Moment, MomentKind};
use crate::note::Note;
use crate::said::{Said, element};
use crate::scene::at;
use crate::settings::{Change, Settings};
use crate::snippet::Used;
use crate::store::{AccountRecord, CONTACT, CompanyRecord, MOMENT, MemoryStore, NOTE, SNOOZE};
use crate::webmail::Site;

const NOW: &str = "2027-03-01T09:00:00Z";

fn now() -> Now {
    Now {
        at: at(NOW),
        seller: SellerZone(Zone::UTC),
    }
}

fn me() -> Email {
    "me@seller.example".parse().unwrap()
}

fn client(name: &str) -> ClientRecord {
    let person = Person::new(name.parse().unwrap(), None);
    ClientRecord::new(&me(), &person, company_of(&person.email))
}

fn thread(id: &str, client: &str, touches: Vec<Touch>) -> ThreadRecord {
    let client: Email = client.parse().unwrap();
    ThreadRecord {
        key: ThreadKey {
            account: me(),
            id: id.into(),
        },
        company: company_of(&client),
        client,
        subject: String::new(),
        history: History::from(touches),
        snooze: None,
        said: Said::default(),
    }
}

fn ms(ms: i64) -> Instant {
    Instant::from_ms(1_790_000_000_000 + ms * 86_400_000).unwrap()
}

fn moment(day: u32) -> Moment {
    Moment {
        on: chrono::NaiveDate::from_ymd_opt(2027, 5, day).unwrap(),
        kind: MomentKind::Anniversary,
        note: None,
    }
}

/// What a store holds.
type Everything = (
    Vec<ClientRecord>,
    Vec<(CompanyKey, Held)>,
    Settings,
    Vec<AccountRecord>,
);

/// Everything that the store holds.
fn all(store: &MemoryStore) -> Everything {
    let clients = block_on(store.clients_after(None, 1000)).unwrap();
    let names = ["weber.de", "lima.br", "amit@gmail.com"];
    let keys = names.map(|name| CompanyKey {
        account: me(),
        name: name.into(),
    });
    let held = block_on(store.companies(&keys)).unwrap();
    let settings = block_on(store.settings()).unwrap();
    let accounts = block_on(store.accounts()).unwrap();
    (
        clients,
        keys.into_iter().zip(held).collect(),
        settings,
        accounts,
    )
}

fn take(store: &MemoryStore, intake: &Intake) {
    block_on(take_in(store, intake.clone(), now())).unwrap();
}

#[test]
fn who_wants_no_notes_is_found_also_where_a_file_does_not_say_since_when() {
    let store = MemoryStore::default();
    let quiet = ClientRecord {
        unnoted: true,
        ..client("anna@weber.de")
    };
    let intake = Intake {
        clients: vec![quiet, client("bo@weber.de")],
        ..Intake::default()
    };
    take(&store, &intake);
    let found = block_on(store.unnoted()).unwrap();
    let names: Vec<&str> = found.iter().map(|it| it.key.email.as_str()).collect();
    assert_eq!(names, ["anna@weber.de"]);
    let before = all(&store);
    take(&store, &intake);
    assert_eq!(all(&store), before);
}

prop_compose! {
    fn clients()(
        who in prop::sample::select(vec!["anna@weber.de", "bo@weber.de", "joao@lima.br", "amit@gmail.com"]),
        stage in prop::sample::select(Stage::ALL.to_vec()),
        said in prop::option::of(0..6_i64),
        about in prop::option::of("[a-c]{1,2}"),
        name in prop::option::of("[A-C]{1,3}"),
        follow in prop::option::of((any::<bool>(), 0..6_i64)),
        moments in prop::collection::vec((1..4_u32, 0..6_i64, any::<bool>()), 0..4),
        placed in prop::option::of((prop::sample::select(vec!["DE", "FR", "BR"]), 0..6_i64)),
        notes in prop::collection::vec((0..3_i64, 0..6_i64, any::<bool>()), 0..3),
        logged in prop::collection::vec((0..3_i64, 0..6_i64, any::<bool>()), 0..3),
        used in prop::collection::vec((0..3_u8, 0..6_i64), 0..3),
    ) -> ClientRecord {
        let mut client = client(who);
        (client.stage, client.about, client.name) = (stage, about, name);
        if let Some(said) = said {
            client.said.note("stage", ms(said));
        }
        if let Some((follow, said)) = follow {
            client.follow = Some(follow);
            client.said.note("follow", ms(said));
        }
        for (day, said, there) in moments {
            let name = element(MOMENT, &moment(day));
            if client.said.on(&name).is_none() {
                client.said.note(name, ms(said));
                client.moments.extend(there.then(|| moment(day)));
            }
        }
        if let Some((country, said)) = placed {
            let word = format!(r#"{{"country":"{country}","scope":"person"}}"#);
            client.word = serde_json::from_str(&word).unwrap();
            client.said.note(crate::store::PLACE, ms(said));
        }
        for (at, said, there) in notes {
            let note = Note { at: ms(at), text: "n".into() };
            let name = element(NOTE, &note);
            if client.said.on(&name).is_none() {
                client.said.note(name, ms(said));
                client.notes.extend(there.then_some(note));
            }
        }
        for (n, said, there) in logged {
            let touch = Touch { way: Way::Call, ..Touch::new(format!("call:{n}"), ms(n), Author::Unknown) };
            let name = element(CONTACT, &touch);
            if client.said.on(&name).is_none() {
                client.said.note(name, ms(said));
                there.then(|| client.logged.add(touch));
            }
        }
        for (mark, at) in used {
            if client.used.iter().all(|used| used.mark != mark.to_string()) {
                client.used.push(Used { mark: mark.to_string(), at: ms(at) });
            }
        }
        client
    }
}

prop_compose! {
    fn companies()(
        name in prop::sample::select(vec!["weber.de", "lima.br"]),
        placed in prop::option::of((prop::sample::select(vec!["DE", "FR", "BR"]), any::<bool>())),
        said in prop::option::of(0..6_i64),
    ) -> CompanyRecord {
        let word = placed.map(|(country, zoned)| {
            let zone = if zoned { r#","zone":"Europe/Berlin""# } else { "" };
            serde_json::from_str(&format!(r#"{{"country":"{country}"{zone},"scope":"company"}}"#)).unwrap()
        });
        let mut record = CompanyRecord {
            key: CompanyKey { account: me(), name: name.into() },
            word,
            said: Said::default(),
        };
        if let Some(said) = said {
            record.said.note(crate::store::PLACE, ms(said));
        }
        record
    }
}

prop_compose! {
    fn accounts()(n in 0..3_u8) -> AccountRecord {
        // Of what is in a file no page has told.
        AccountRecord { account: me(), site: Site::Gmail, base: format!("/mail/u/{n}/"), told: true }
    }
}

prop_compose! {
    fn threads()(
        id in 0..4_u8,
        who in prop::sample::select(vec!["anna@weber.de", "bo@weber.de", "joao@lima.br"]),
        touches in prop::collection::vec((0..9_i64, 0..4_u8, prop::option::of(0..5_i64), 0..3_u8), 0..5),
        snooze in prop::option::of((0..5_i64, any::<bool>())),
        subject in "[a-b]{0,2}",
        noted in prop::collection::vec((0..3_i64, any::<bool>(), any::<bool>()), 0..3),
    ) -> ThreadRecord {
        let touches = touches.into_iter().map(|(n, kind, chosen, seen)| {
            let by = if n % 2 == 0 { Author::Seller } else { Author::Client };
            let kinds = [TouchKind::Plain, TouchKind::Value, TouchKind::Sample, TouchKind::Quote];
            // As a row shows it, as an open thread does, and before it has settled or as an archive tells it.
            let (settled, fresh) = (format!("{id}-{n}"), format!("msg-a:r{id}-{n}"));
            let (name, alias, by) = match seen {
                0 => (settled, None, if n % 2 == 0 { Author::Unknown } else { by }),
                1 => (settled, (n % 3 > 0).then_some(fresh), by),
                _ if n % 3 > 0 => (fresh, None, by),
                _ => (format!("{ARCHIVED}{id}-{n}"), None, by),
            };
            Touch {
                kind: kinds[usize::from(kind)],
                chosen: chosen.is_some(),
                chosen_at: chosen.map(ms),
                alias,
                ..Touch::new(name, ms(n), by)
            }
        });
        let mut thread = thread(&id.to_string(), who, touches.collect());
        thread.subject = subject;
        if let Some((since, on)) = snooze {
            let since = ms(since);
            thread.snooze = on.then(|| Snooze { since, until: ms(300) });
            thread.said.note(SNOOZE, since);
        }
        // A contact that the user noted, took back, or noted again.
        for (n, there, taken_back) in noted {
            let touch = Touch { chosen: true, ..Touch::new(format!("reached:{n}"), ms(20 + n), Author::Unknown) };
            if taken_back {
                thread.said.note(format!("touch:{}", touch.id), ms(n));
            }
            there.then(|| thread.history.add(touch));
        }
        thread
    }
}

fn settings() -> impl Strategy<Value = Option<Settings>> {
    let change = prop::sample::select(vec![
        Change::DailyLimit(7),
        Change::DailyLimit(9),
        Change::SignAs(Some("Li".into())),
        Change::NoteLetters(false),
        serde_json::from_str(r#"{"zone":"Asia/Shanghai"}"#).unwrap(),
        serde_json::from_str(r#"{"add_address":"li@lumenport.example"}"#).unwrap(),
        serde_json::from_str(r#"{"drop_address":"li@lumenport.example"}"#).unwrap(),
        serde_json::from_str(r#"{"letter_language":"es"}"#).unwrap(),
        serde_json::from_str(r#"{"add_webmail":{"base":"https://mail.firm.example/","site":"roundcube"}}"#).unwrap(),
        serde_json::from_str(r#"{"add_webmail":{"base":"https://mail.firm.example/","site":"outlook"}}"#).unwrap(),
        serde_json::from_str(r#"{"drop_webmail":{"base":"https://mail.firm.example/","site":"roundcube"}}"#).unwrap(),
        serde_json::from_str(r#"{"drop_snippet":{"text":"A","language":"en"}}"#).unwrap(),
        serde_json::from_str(r#"{"backups":"weekly"}"#).unwrap(),
        serde_json::from_str(r#"{"badge":"overdue"}"#).unwrap(),
        serde_json::from_str(r#"{"add_snippet":{"text":"A","language":"en"}}"#).unwrap(),
        serde_json::from_str(
            r#"{"change_snippet":{"was":{"text":"A","language":"en"},"is":{"text":"B","language":"en"}}}"#,
        )
        .unwrap(),
        serde_json::from_str(
            r#"{"rule":{"scope":"everywhere","setting":"gap_days","value":{"days":5}}}"#,
        )
        .unwrap(),
        serde_json::from_str(
            r#"{"rule":{"scope":{"market":"india"},"setting":"gap_days","value":{"days":9}}}"#,
        )
        .unwrap(),
        serde_json::from_str(
            r#"{"rule":{"scope":"everywhere","setting":"gap_days","value":null}}"#,
        )
        .unwrap(),
        serde_json::from_str(r#"{"close":{"from":"2027-02-05","to":"2027-02-14"}}"#).unwrap(),
        serde_json::from_str(r#"{"reopen":{"from":"2027-02-05","to":"2027-02-14"}}"#).unwrap(),
        serde_json::from_str(
            r#"{"day":{"country":"DE","date":"2027-04-01","kind":{"holiday":"A"}}}"#,
        )
        .unwrap(),
        serde_json::from_str(r#"{"day":{"country":"DE","date":"2027-04-01","kind":null}}"#)
            .unwrap(),
    ]);
    prop::option::of(prop::collection::vec((change, 0..9_i64), 0..6)).prop_map(|changes| {
        changes.map(|changes| {
            changes
                .into_iter()
                .fold(Settings::default(), |settings, (change, said)| {
                    // A change that is refused leaves the settings as they were.
                    let Ok(mut after) = settings.with(&change) else {
                        return settings;
                    };
                    after.date_words(&settings, ms(said));
                    after
                })
        })
    })
}

prop_compose! {
    fn intake()(
        clients in prop::collection::vec(clients(), 0..5),
        threads in prop::collection::vec(threads(), 0..5),
        companies in prop::collection::vec(companies(), 0..3),
        accounts in prop::collection::vec(accounts(), 0..2),
        settings in settings(),
    ) -> Intake {
        Intake { accounts, companies, clients, threads, settings, hints: false }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(80))]

    #[test]
    fn files_taken_in_either_order_and_twice_give_the_same(first in intake(), a in intake(), b in intake()) {
        let [one, other] = [MemoryStore::default(), MemoryStore::default()];
        for (store, order) in [(&one, [&first, &a, &b]), (&other, [&first, &b, &a])] {
            order.into_iter().for_each(|intake| take(store, intake));
        }
        prop_assert_eq!(all(&one), all(&other));
        let before = all(&one);
        take(&one, &a);
        prop_assert_eq!(all(&one), before);
    }

    #[test]
    fn what_a_store_holds_taken_in_again_changes_nothing(first in intake(), second in intake()) {
        let store = MemoryStore::default();
        take(&store, &first);
        take(&store, &second);
        let (clients, held, settings, accounts) = all(&store);
        let again = Intake {
            accounts,
            companies: held.iter().filter_map(|(_, held)| held.company.clone()).collect(),
            clients,
            threads: held.into_iter().flat_map(|(_, held)| held.threads).collect(),
            settings: Some(settings),
            hints: false,
        };
        let before = all(&store);
        take(&store, &again);
        prop_assert_eq!(all(&store), before);
    }
}

#[test]
fn of_two_words_the_newer_one_stands_field_by_field() {
    let store = MemoryStore::default();
    let mut here = client("anna@weber.de");
    (here.stage, here.about) = (Stage::Quoted, Some("pumps".into()));
    here.said.note("stage", ms(5));
    here.said.note("about", ms(1));
    let mut file = client("anna@weber.de");
    (file.stage, file.about) = (Stage::Ordered, Some("valves".into()));
    file.said.note("stage", ms(4));
    file.said.note("about", ms(2));
    for record in [here, file] {
        let clients = vec![record];
        take(
            &store,
            &Intake {
                clients,
                ..Intake::default()
            },
        );
    }
    let (clients, ..) = all(&store);
    assert_eq!(clients[0].stage, Stage::Quoted);
    assert_eq!(clients[0].about.as_deref(), Some("valves"));
}

#[test]
fn notes_from_elsewhere_never_replace_a_word_of_the_user() {
    let store = MemoryStore::default();
    let mut here = client("anna@weber.de");
    here.stage = Stage::Quoted;
    let mut note = client("anna@weber.de");
    (note.stage, note.about) = (Stage::Lost, Some("valves".into()));
    for (record, hints) in [(here, false), (note, true)] {
        let clients = vec![record];
        let intake = Intake {
            clients,
            hints,
            ..Intake::default()
        };
        take(&store, &intake);
    }
    let (clients, ..) = all(&store);
    assert_eq!(clients[0].stage, Stage::Quoted);
    assert_eq!(clients[0].about.as_deref(), Some("valves"));
}

#[test]
fn a_thread_whose_client_becomes_another_is_held_once() {
    let store = MemoryStore::default();
    let touch = |id: &str| Touch::new(id, ms(1), Author::Seller);
    for who in ["joao@lima.br", "anna@weber.de"] {
        let intake = Intake {
            threads: vec![thread("1", who, vec![touch(who)])],
            ..Intake::default()
        };
        take(&store, &intake);
    }
    let (_, held, ..) = all(&store);
    let threads: Vec<_> = held.iter().flat_map(|(_, held)| &held.threads).collect();
    assert_eq!(threads.len(), 1);
    assert_eq!(threads[0].client.as_str(), "anna@weber.de");
    assert_eq!(threads[0].history.touches().len(), 2);
}
