//! Letters: what the user sets for them, what a draft is made of, what is learnt when one is sent.

use cadence::history::TouchKind;
use cadence::settings::Letters;
use cadence::store::{CompanyKey, MemoryStore, Store};
use cadence::webmail::Sighting;
use pollster::block_on;
use serde_json::{Value, json};

use super::page::{self, ME, Message};
use super::{ANNA, act, actions, ask, said, wrote_to_anna};

const AT: &str = "2026-11-23T10:00:00Z";

/// A store in which Anna was written to about valves a month ago.
fn with_anna() -> MemoryStore {
    let store = MemoryStore::default();
    ask(
        &store,
        page::see(&wrote_to_anna("2026-10-23T07:30:00Z")),
        AT,
    );
    store
}

fn letters(store: &MemoryStore) -> Letters {
    block_on(store.settings()).unwrap().letters
}

/// Gives a form of the options page these fields.
fn set(store: &MemoryStore, form: &Value, fields: &Value) -> Value {
    act(
        store,
        &json!({ "do": "weigh_form", "form": form }),
        fields,
        AT,
    )
}

fn snippet(store: &MemoryStore, text: &str, fields: &Value) -> Value {
    let mut all = json!({ "text": text, "language": "en", "letter": "", "market": "", "from": "", "until": "" });
    for (name, value) in fields.as_object().unwrap() {
        all[name] = value.clone();
    }
    set(store, &json!({ "snippet": { "was": null } }), &all)
}

/// A draft for Anna, of a kind, in a language; `null` leaves it to Cadence.
fn draft(store: &MemoryStore, letter: &str, language: &str, at: &str) -> Value {
    let client = json!({ "account": ME, "email": ANNA });
    let fields = json!({ "letter": letter, "language": language });
    let done = act(
        store,
        &json!({ "do": "write_draft", "client": client }),
        &fields,
        at,
    );
    done["draft"].clone()
}

fn body(draft: &Value) -> &str {
    draft["body"].as_str().unwrap()
}

#[test]
fn what_there_is_to_tell_goes_into_the_letters_it_fits_and_not_twice_to_one_client() {
    let store = with_anna();
    snippet(&store, "New price list from 1 December.", &json!({}));
    snippet(&store, "For India alone.", &json!({ "market": "india" }));
    snippet(
        &store,
        "Not before Christmas.",
        &json!({ "from": "2026-12-25" }),
    );
    snippet(
        &store,
        "It was in October.",
        &json!({ "until": "2026-10-31" }),
    );
    let first = draft(&store, "lead_times", "", AT);
    assert!(
        body(&first).contains("New price list from 1 December."),
        "{first}"
    );
    assert_eq!(first["gaps"], json!([]));
    // In the same sitting the letter keeps it; days later it has been told.
    assert_eq!(
        draft(&store, "lead_times", "", "2026-11-23T11:00:00Z"),
        first
    );
    let later = draft(&store, "market_data", "", "2026-11-30T10:00:00Z");
    assert_eq!(later["gaps"].as_array().unwrap().len(), 1, "{later}");
    // What is news by then is told.
    let new_year = draft(&store, "market_data", "", "2027-01-04T10:00:00Z");
    assert!(
        body(&new_year).contains("Not before Christmas."),
        "{new_year}"
    );
}

#[test]
fn a_snippet_is_changed_dropped_and_brought_back_where_it_stood() {
    let store = with_anna();
    for text in ["one", "two", "three"] {
        snippet(&store, text, &json!({}));
    }
    let texts = || -> Vec<String> {
        letters(&store)
            .snippets
            .into_iter()
            .map(|one| one.text)
            .collect()
    };
    let view = ask(&store, json!({ "v": 1, "ask": "options" }), AT)["view"].clone();
    let forms = actions(&view, "weigh_form");
    let of = |text: &str| {
        let is = |form: &&Value| form["form"]["snippet"]["was"]["text"] == text;
        forms.iter().find(is).unwrap()["form"].clone()
    };
    let fields = |text: &str, from: &str, until: &str| json!({ "text": text, "language": "de", "letter": "lead_times", "market": "", "from": from, "until": until });
    let done = set(&store, &of("two"), &fields("zwei", "", "2026-12-31"));
    assert_eq!(texts(), ["one", "zwei", "three"]);
    act(&store, &done["ui"]["undo"], &json!({}), AT);
    assert_eq!(texts(), ["one", "two", "three"]);
    let mut drop = actions(&view, "keep").into_iter();
    let drop = drop
        .rfind(|action| action["change"]["drop_snippet"]["text"] == "two")
        .unwrap();
    let done = act(&store, &drop, &json!({}), AT);
    assert_eq!(texts(), ["one", "three"]);
    act(&store, &done["ui"]["undo"], &json!({}), AT);
    assert_eq!(texts(), ["one", "two", "three"]);
    for (fields, refusal) in [
        (fields(" ", "", ""), "no_text"),
        (fields("two", "2026-12-31", "2026-12-01"), "days"),
        (fields("two", "soon", ""), "no_date"),
    ] {
        let done = set(&store, &of("two"), &fields);
        assert_eq!(done["ui"]["options"]["refused"][1], refusal, "{done}");
        let ui = done["ui"].clone();
        let page = ask(&store, json!({ "v": 1, "ask": "options", "ui": ui }), AT);
        assert!(said(&page["view"]).contains(&format!("refused_{refusal}")));
    }
    assert_eq!(texts(), ["one", "two", "three"]);
}

#[test]
fn drafts_are_signed_and_in_the_language_that_the_user_writes_in() {
    let store = with_anna();
    set(
        &store,
        &json!("sign_as"),
        &json!({ "name": " Robin Hale " }),
    );
    set(
        &store,
        &json!("letter_language"),
        &json!({ "language": "de" }),
    );
    let german = draft(&store, "", "", AT);
    assert_eq!(german["language"], "de");
    assert!(
        body(&german).ends_with("Freundliche Grüße\nRobin Hale"),
        "{german}"
    );
    // One letter in another language does not change what is usual, but what is chosen for her does.
    assert_eq!(draft(&store, "", "fr", AT)["language"], "fr");
    assert_eq!(draft(&store, "", "", AT)["language"], "fr");
}

#[test]
fn the_word_about_letters_comes_back_for_one_client_and_for_all() {
    let store = with_anna();
    let writing = || {
        let mut page = page::empty();
        let letter = page::item(&[
            ("to", json!([[ANNA, "Anna"]])),
            ("editor", json!([["true"]])),
        ]);
        page.parts.insert("compose".into(), vec![letter]);
        ask(&store, page::see(&page), AT)["notes"][0].clone()
    };
    let client = json!({ "account": ME, "email": ANNA });
    let options = || ask(&store, json!({ "v": 1, "ask": "options" }), AT)["view"].clone();
    assert!(!writing().is_null());
    act(
        &store,
        &json!({ "do": "close_note", "client": client }),
        &json!({}),
        AT,
    );
    assert!(writing().is_null());
    let back = actions(&options(), "open_note");
    assert_eq!(back, [json!({ "do": "open_note", "client": client })]);
    act(&store, &back[0], &json!({}), AT);
    assert!(!writing().is_null());
    assert_eq!(actions(&options(), "open_note"), Vec::<Value>::new());
    act(
        &store,
        &json!({ "do": "close_note", "client": null }),
        &json!({}),
        AT,
    );
    assert!(writing().is_null());
    let mut switch = actions(&options(), "keep").into_iter();
    let switch = switch.rfind(|action| action["change"].get("note_letters").is_some());
    act(&store, &switch.unwrap(), &json!({}), AT);
    assert!(!writing().is_null());
}

#[test]
fn of_several_languages_in_a_thread_the_draft_is_in_that_of_their_last_letter() {
    let store = MemoryStore::default();
    let at = |day: &str| super::ms(&format!("2026-10-{day}T07:30:00Z"));
    let mut page = page::thread(
        "Robinets",
        &[
            Message(at("20"), ANNA, ME),
            Message(at("21"), ME, ANNA),
            Message(at("22"), ANNA, ME),
            Message(at("23"), ME, ANNA),
        ],
    );
    let languages = ["fr", "en", "de", "en"];
    for (message, language) in page
        .parts
        .get_mut("message")
        .unwrap()
        .iter_mut()
        .zip(languages)
    {
        let texts = [("text", "…"), ("language", language)];
        for (name, value) in texts {
            message
                .fields
                .insert(name.into(), vec![vec![Some(value.into())]]);
        }
    }
    ask(&store, page::see(&page), AT);
    let draft = draft(&store, "", "", AT);
    assert_eq!(draft["language"], "de");
    assert!(body(&draft).contains("Robinets"), "{draft}");
}

/// A page on which a letter is being written to these people, from the form of a thread or not.
fn writing(to: &[&str], thread: Option<&str>, subject: &str, text: &str) -> Sighting {
    let mut page = page::empty();
    let to: Vec<_> = to.iter().map(|email| json!([email, null])).collect();
    let mut fields = vec![
        ("to", json!(to)),
        ("subject", json!([[subject]])),
        ("text", json!([[text]])),
        ("draft", json!([["#msg-a:r77"]])),
        ("editor", json!([["true"]])),
    ];
    if let Some(thread) = thread {
        let number = u64::from_str_radix(thread, 16).unwrap();
        fields.push(("thread", json!([[format!("#thread-f:{number}")]])));
    }
    page.parts
        .insert("compose".into(), vec![page::item(&fields)]);
    page
}

fn send(store: &MemoryStore, page: &Sighting, at: &str) {
    let question = json!({ "v": 1, "ask": "sent", "site": "gmail", "sighting": page });
    assert_eq!(ask(store, question, at)["answer"], "done");
}

/// When somebody's company was last in touch, and by what, as the store has it.
fn last(store: &MemoryStore, email: &str) -> Option<(i64, TouchKind)> {
    let company = email.split('@').nth(1).unwrap();
    let key = CompanyKey {
        account: ME.parse().unwrap(),
        name: company.into(),
    };
    let held = block_on(store.companies(&[key])).unwrap().pop().unwrap();
    let touches = held
        .threads
        .iter()
        .flat_map(|thread| thread.history.touches());
    let latest = touches.max_by_key(|touch| touch.at.ms())?;
    Some((latest.at.ms(), latest.kind))
}

#[test]
fn what_was_sent_is_of_its_kind_at_once_and_an_undone_letter_does_not_count() {
    let store = with_anna();
    let before = super::ms("2026-10-23T07:30:00Z");
    let thread = page::id(before - super::DAY);
    for (text, kind) in [
        (
            "Dear Anna, please find our quotation attached.",
            TouchKind::Quote,
        ),
        (
            "Dear Anna, we sent the samples by DHL yesterday.",
            TouchKind::Sample,
        ),
        ("Hi Anna, any news?", TouchKind::Check),
        (
            "Merry Christmas to you and your family!",
            TouchKind::Greeting,
        ),
    ] {
        let page = writing(&[ANNA], Some(&thread), "Re: Valves", text);
        send(&store, &page, AT);
        assert_eq!(last(&store, ANNA), Some((super::ms(AT), kind)), "{text}");
        // It lies open again: its sending was undone.
        ask(&store, page::see(&page), "2026-11-23T10:00:05Z");
        assert_eq!(last(&store, ANNA).unwrap().0, before, "{text}");
    }
}

#[test]
fn what_is_attached_tells_the_kind_of_a_letter_that_says_little() {
    let store = with_anna();
    let mut page = writing(
        &[ANNA],
        None,
        "",
        "Dear Anna, please see the attached file.",
    );
    let file = vec![vec![Some("Quotation LP-2301.pdf".into())]];
    for letter in page.parts.get_mut("compose").unwrap() {
        letter.fields.insert("attachments".into(), file.clone());
    }
    send(&store, &page, AT);
    assert_eq!(last(&store, ANNA), Some((super::ms(AT), TouchKind::Quote)));
}

#[test]
fn a_letter_to_several_companies_counts_for_each_and_a_forward_for_whom_it_goes_to() {
    let store = with_anna();
    let before = super::ms("2026-10-23T07:30:00Z");
    let text = "Here is our new catalogue.";
    let page = writing(&[ANNA, "bob@licht.at", "eva@weber.de"], None, "News", text);
    send(&store, &page, AT);
    for email in [ANNA, "bob@licht.at"] {
        assert_eq!(last(&store, email).unwrap().0, super::ms(AT), "{email}");
    }
    ask(&store, page::see(&page), "2026-11-23T10:00:05Z");
    assert_eq!(last(&store, "bob@licht.at"), None);
    assert_eq!(last(&store, ANNA).unwrap().0, before);
    // Anna's letter goes on to Bob: she was not written to.
    let thread = page::id(before - super::DAY);
    let page = writing(&["bob@licht.at"], Some(&thread), "Fwd: Valves", text);
    send(&store, &page, AT);
    assert_eq!(last(&store, ANNA).unwrap().0, before);
    assert_eq!(last(&store, "bob@licht.at").unwrap().0, super::ms(AT));
    ask(&store, page::see(&page), "2026-11-23T10:00:05Z");
    assert_eq!(last(&store, "bob@licht.at"), None);
}

#[test]
fn the_word_names_their_holiday_and_their_quiet_season() {
    let store = with_anna();
    let word = |at: &str| {
        let page = writing(&[ANNA], None, "", "");
        said(&ask(&store, page::see(&page), at)["notes"][0])
    };
    // 25 December 2026 is a Friday; Germany is quiet from Christmas to the New Year.
    let christmas = word("2026-12-25T10:00:00Z");
    assert!(christmas.contains("daytime_holiday"), "{christmas}");
    assert!(christmas.contains("note_season"), "{christmas}");
    assert!(christmas.contains("note_later"), "{christmas}");
    let november = word("2026-11-24T10:00:00Z");
    for absent in ["daytime_holiday", "note_season", "note_later"] {
        assert!(!november.contains(absent), "{november}");
    }
    assert!(november.contains("note_now"), "{november}");
}

#[test]
fn of_several_recipients_the_strictest_is_named_and_who_is_put_away_is_none_of_them() {
    let store = with_anna();
    // Anna was written to yesterday, Bob never.
    let yesterday = writing(&[ANNA], None, "News", "Here is our new catalogue.");
    send(&store, &yesterday, "2026-11-23T10:00:00Z");
    let at = "2026-11-24T10:00:00Z";
    let mut both = writing(&["bob@licht.at", ANNA], None, "", "");
    for letter in both.parts.get_mut("compose").unwrap() {
        letter.fields.remove("draft");
    }
    let word = || ask(&store, page::see(&both), at)["notes"][0].clone();
    assert!(said(&word()).contains("note_welcome"), "{}", word());
    assert!(said(&word()).contains(r#"{"raw":"anna"}"#), "{}", word());
    let client = json!({ "account": ME, "email": ANNA });
    act(
        &store,
        &json!({ "do": "close_note", "client": client }),
        &json!({}),
        AT,
    );
    assert!(!said(&word()).contains("note_welcome"), "{}", word());
}

#[test]
fn the_draft_is_to_whom_the_letter_is_addressed_whoever_must_be_waited_for() {
    let store = with_anna();
    let yesterday = writing(&[ANNA], None, "News", "Here is our new catalogue.");
    send(&store, &yesterday, "2026-11-23T10:00:00Z");
    let mut page = writing(&["bob@licht.at"], None, "", "");
    for letter in page.parts.get_mut("compose").unwrap() {
        letter.fields.remove("draft");
        letter
            .fields
            .insert("cc".into(), vec![vec![Some(ANNA.into()), None]]);
    }
    let at = "2026-11-24T10:00:00Z";
    let word = || ask(&store, page::see(&page), at)["notes"][0].clone();
    // The word is about Anna, the letter to Bob, and so it stays when Bob's name is put away.
    for _ in 0..2 {
        assert!(said(&word()).contains("note_welcome"), "{}", word());
        for draft in actions(&word(), "write_draft") {
            assert_eq!(draft["client"]["email"], "bob@licht.at");
        }
        let bob = json!({ "account": ME, "email": "bob@licht.at" });
        act(
            &store,
            &json!({ "do": "close_note", "client": bob }),
            &json!({}),
            AT,
        );
    }
}

#[test]
fn p2_what_is_attached_is_more_than_a_question() {
    let store = with_anna();
    let mut page = writing(&[ANNA], None, "", "Hi Anna, any news?");
    let word = |page: &Sighting| said(&ask(&store, page::see(page), AT)["notes"][0]);
    assert!(word(&page).contains("note_empty"), "{}", word(&page));
    let file = vec![vec![Some("LP-2301 drawing.pdf".into())]];
    for letter in page.parts.get_mut("compose").unwrap() {
        letter.fields.insert("attachments".into(), file.clone());
    }
    assert!(!word(&page).contains("note_empty"), "{}", word(&page));
}
