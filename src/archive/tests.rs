use super::*;
use crate::address::Email;
use crate::history::{Author, TouchKind};
use crate::mail::{Reading, decode};
use crate::scene::at;

/// A small Takeout: a client who is answered, a newsletter, a robot, a stranger, a colleague, a draft.
const TAKEOUT: &str = "\
From 1848483879321600005@xxx Tue Nov 11 09:00:00 +0000 2025
X-GM-THRID: 1848483879321600005
X-Gmail-Labels: Inbox
Delivered-To: robin@lumenport.example
Message-ID: <1@weber>
Date: Tue, 11 Nov 2025 10:00:00 +0100
From: =?UTF-8?Q?Anna_Weber?= <anna.weber@elbspeicher-licht.de>
To: Robin <robin@lumenport.example>
Subject: RFQ: high bays

Dear Robin,
please quote 1,200 pieces.
Anna Weber
Elbspeicher Licht GmbH
Am Kaiserkai 14, 20457 Hamburg, Germany
Tel. +49 40 66969 214

From 1848574476288000009@xxx Wed Nov 12 09:00:00 +0000 2025
X-GM-THRID: 1848483879321600005
X-Gmail-Labels: Sent
Message-ID: <2@lumenport>
In-Reply-To: <1@weber>
Date: Wed, 12 Nov 2025 17:00:00 +0800
From: Robin <robin@lumenport.example>
To: Anna Weber <anna.weber@elbspeicher-licht.de>
Subject: Re: RFQ: high bays

Dear Anna, please find our quotation attached.

From 3@list Wed Nov 12 10:00:00 2025
List-Id: <news.example>
Date: Wed, 12 Nov 2025 10:00:00 +0000
From: Light Expo <hello@lightexpo-news.com>
To: robin@lumenport.example
Subject: Expo news

News.

From 4@robot Wed Nov 12 10:00:00 2025
Date: Wed, 12 Nov 2025 10:00:00 +0000
From: noreply@bank.example
To: robin@lumenport.example
Subject: Statement

Hello.

From 5@stranger Wed Nov 12 10:00:00 2025
Date: Wed, 12 Nov 2025 10:00:00 +0000
From: Sam <sam@stranger.example>
To: robin@lumenport.example
Subject: Buy our list

Hi.

From 6@own Wed Nov 12 10:00:00 2025
Date: Wed, 12 Nov 2025 10:00:00 +0000
From: Lee <lee@lumenport.example>
To: robin@lumenport.example
Subject: Lunch

?

From 7@draft Wed Nov 12 10:00:00 2025
X-Gmail-Labels: Drafts
Date: Wed, 12 Nov 2025 10:00:00 +0000
From: Robin <robin@lumenport.example>
To: anna.weber@elbspeicher-licht.de
Subject: not yet

Dear

From 8@undated Wed Nov 12 10:00:00 2025
From: Anna Weber <anna.weber@elbspeicher-licht.de>
To: robin@lumenport.example
Subject: when?

Hm.
";

fn me() -> Email {
    "robin@lumenport.example".parse().unwrap()
}

fn gathered(mbox: &str) -> Gathered {
    let mut archive = Archive::new(me(), Vec::new());
    archive.push(mbox.as_bytes());
    archive.finish()
}

#[test]
fn an_archive_tells_clients_threads_and_what_was_left_out() {
    let Gathered {
        clients,
        threads,
        report,
        ..
    } = gathered(TAKEOUT);
    assert_eq!(report.messages, 8);
    assert_eq!((report.clients, report.threads, report.contacts), (1, 1, 2));
    let left: Vec<(Reason, u64)> = report
        .left_out
        .iter()
        .map(|(reason, left)| (*reason, left.messages))
        .collect();
    assert_eq!(
        left,
        [
            (Reason::Undated, 1),
            (Reason::Discarded, 1),
            (Reason::Bulk, 1),
            (Reason::Robot, 1),
            (Reason::Own, 1),
            (Reason::Unanswered, 1),
        ]
    );
    let unanswered = &report.left_out[&Reason::Unanswered];
    assert_eq!(unanswered.examples, ["sam@stranger.example"]);

    let anna = &clients[0];
    assert_eq!(anna.key.email.as_str(), "anna.weber@elbspeicher-licht.de");
    assert_eq!(anna.name.as_deref(), Some("Anna Weber"));
    let place = anna.signature.as_ref().unwrap();
    assert_eq!(
        place.country.map(|country| country.code().to_owned()),
        Some("DE".into())
    );
    let thread = &threads[0];
    // 1848483879321600005 in hexadecimal; its upper 44 bits are 2025-11-11 09:00 UTC.
    assert_eq!(thread.key.id, "19a7224b68000005");
    assert_eq!(thread.subject, "RFQ: high bays");
    let touches = thread.history.touches();
    assert_eq!(touches[0].id, "19a7224b68000005");
    assert_eq!(touches[0].by, Author::Client);
    assert_eq!(touches[1].by, Author::Seller);
    assert_eq!(touches[1].kind, TouchKind::Quote);
}

#[test]
fn reading_it_twice_tells_the_same() {
    let once = gathered(TAKEOUT);
    let twice = gathered(&TAKEOUT.repeat(2));
    assert_eq!(once.threads, twice.threads);
    assert_eq!(once.clients, twice.clients);
}

#[test]
fn without_gmails_numbers_answers_find_their_thread_by_what_they_name() {
    let plain: String = TAKEOUT
        .lines()
        .filter(|line| !line.starts_with("X-GM-THRID"))
        .map(|line| {
            line.replace("1848483879321600005@xxx", "anna@x")
                .replace("1848574476288000009@xxx", "robin@x")
        })
        .map(|line| line + "\n")
        .collect();
    let found = gathered(&plain);
    assert_eq!(found.threads.len(), 1);
    let thread = &found.threads[0];
    assert_eq!(thread.key.id, "elbspeicher-licht.de|rfq: high bays");
    let touches = thread.history.touches();
    assert_eq!(touches.len(), 2);
    assert_eq!(touches[0].at, at("2025-11-11T09:00:00Z"));
    assert_eq!(touches[1].at, at("2025-11-12T09:00:00Z"));
    // The same letter on a page is the same touch.
    let mut history = thread.history.clone();
    let mut shown = crate::history::Touch::new("19a8", at("2025-11-11T09:00:40Z"), Author::Client);
    history.add(shown.clone());
    assert_eq!(history.touches().len(), 2);
    shown.id = "other".into();
    shown.at = at("2025-11-11T09:30:00Z");
    history.add(shown);
    assert_eq!(history.touches().len(), 3);
}

#[test]
fn whose_archive_it_is_shows_in_it() {
    let owners = |mbox: &str| {
        let mut owners = Owners::default();
        let mut reading = Reading::new(decode);
        reading.push(mbox.as_bytes(), &mut owners);
        reading.end(&mut owners);
        owners.likely()
    };
    assert_eq!(owners(TAKEOUT), [me()]);
    // Neither delivery nor labels: who stands in seven of its eight messages.
    let plain = TAKEOUT
        .replace("Delivered-To", "X-To")
        .replace("X-Gmail", "X-G");
    assert_eq!(owners(&plain), [me()]);
    assert_eq!(owners("no mbox"), Vec::<Email>::new());
}

#[test]
fn damage_costs_what_is_damaged_and_no_more() {
    let whole = gathered(TAKEOUT);
    for end in 0..TAKEOUT.len() {
        let part = gathered(TAKEOUT.get(..end).unwrap());
        assert!(part.report.contacts <= whole.report.contacts);
        if end > 1000 {
            assert_eq!(part.clients.len(), 1, "cut at {end}");
        }
    }
    // A body in a charset that it is not in.
    let wrong = TAKEOUT.replace("Dear Robin", "Content \u{fffd}\u{1}\u{0}");
    assert_eq!(gathered(&wrong).report.contacts, 2);
}

#[test]
fn a_letter_nested_a_thousand_deep_is_read_to_its_limits() {
    let mut deep = String::from(
        "From 1@x Tue Nov 11 09:00:00 2025\nFrom: anna@client.example\nTo: robin@lumenport.example\n\
         Date: Tue, 11 Nov 2025 10:00:00 +0100\nSubject: deep\n",
    );
    for level in 0..1000 {
        deep.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=\"b{level}\"\n\n--b{level}\n"
        ));
    }
    deep.push_str("Content-Type: text/plain\n\nbottom\n");
    let found = gathered(&(deep + "\n" + TAKEOUT));
    assert_eq!(found.report.messages, 9);
    assert_eq!(found.report.contacts, 2);
}

#[test]
fn the_form_of_one_header_costs_no_other_one() {
    // A zone of one letter in front of the sender; a second sender; an old kind of line end; a mark in front of all.
    let dated = TAKEOUT.replace("10:00:00 +0100", "09:00:00 Z");
    assert_eq!(gathered(&dated).report.contacts, 2);
    let twice = TAKEOUT.replace("To: Robin", "From: x@y.example\nTo: Robin");
    assert_eq!(gathered(&twice).report.contacts, 2);
    assert_eq!(
        gathered(&format!("\u{feff}{TAKEOUT}")).threads,
        gathered(TAKEOUT).threads
    );
}

#[test]
fn colleagues_are_those_of_any_address_of_the_users() {
    let others = vec!["robin@old-company.example".parse().unwrap()];
    let mut archive = Archive::new(me(), others);
    archive.push(
        TAKEOUT
            .replace("lee@lumenport", "lee@old-company")
            .as_bytes(),
    );
    assert_eq!(archive.finish().report.left_out[&Reason::Own].messages, 1);
}

#[test]
fn a_file_that_ends_in_the_middle_of_a_multipart_says_so() {
    let multipart = "From 1@x Tue Nov 11 09:00:00 2025\nFrom: anna@client.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nHi\n";
    let cut = |text: &str| {
        let mut archive = Archive::new(me(), Vec::new());
        archive.push(text.as_bytes());
        archive.end("a file");
        archive.report().faults.contains_key(&Fault::Cut)
    };
    assert!(cut(multipart));
    assert!(!cut(&format!("{multipart}--b--")));
    assert!(!cut(&format!("{multipart}--b--\n\n")));
    assert!(!cut(TAKEOUT));
    assert!(cut(TAKEOUT.trim_end()));
}

#[test]
fn a_head_of_thousands_of_people_is_read_to_its_end() {
    let crowd: String = (0..4000)
        .map(|n| format!(" someone{n}@crowd{n}.example,\n"))
        .collect();
    let long = TAKEOUT.replace(
        "To: Anna Weber <anna",
        &format!("Cc: {crowd}To: Anna Weber <anna"),
    );
    let moved = long
        .replace("From: Robin <robin@lumenport.example>\nCc:", "Cc:")
        .replace(
            "Subject: Re",
            "From: Robin <robin@lumenport.example>\nSubject: Re",
        );
    for piece in [1000, moved.len()] {
        let mut archive = Archive::new(me(), Vec::new());
        moved
            .as_bytes()
            .chunks(piece)
            .for_each(|piece| archive.push(piece));
        let found = archive.finish();
        assert!(
            found
                .clients
                .iter()
                .any(|client| client.key.email.as_str() == "anna.weber@elbspeicher-licht.de"),
            "{piece}"
        );
        assert!(!found.report.left_out.contains_key(&Reason::Nobody));
    }
}

#[test]
fn a_pause_anywhere_tells_the_same_as_none() {
    // What reads like a divider in the third line stands in its middle.
    let mbox = format!("Saved mail\n\nsee From 9@x Tue Nov 11 09:00:00 2025\nA: b\n\n{TAKEOUT}");
    let whole = serde_json::to_value(gathered(&mbox)).unwrap();
    assert_eq!(whole["report"]["messages"], 8);
    for pause in 0..mbox.len() {
        let mut first = Archive::new(me(), Vec::new());
        first.push(&mbox.as_bytes()[..pause]);
        let at = first.resumes_at();
        let mut second = Archive::restore(&first.save(), at).unwrap();
        second.push(&mbox.as_bytes()[usize::try_from(at).unwrap()..]);
        let found = serde_json::to_value(second.finish()).unwrap();
        assert_eq!(found, whole, "left at {pause}");
    }
}
