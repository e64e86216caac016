//! The parts of Gmail's page, in their shapes of 2014 to 2026.
//!
//! Gmail's class names are made by a compiler, but the ones below have stood for many years; the
//! `gh` and `role` attributes are older still. Gmail rolls changes out account by account over
//! weeks, so an old shape is never taken out when a new one comes: it moves down.

use super::super::table::{Field, Part, field, owned};

/// What is looked for.
pub(super) fn parts() -> Vec<Part> {
    vec![
        account(),
        thread(),
        message(),
        list(),
        row(),
        open_row(),
        compose(),
    ]
}

/// Who is signed in.
fn account() -> Part {
    Part {
        name: "account".into(),
        roots: owned(&["html"]),
        followers: None,
        fields: vec![
            field("title", &[("head > title", &["#text"])]),
            field(
                "signout",
                &[(r#"a[href*="SignOutOptions"]"#, &["aria-label"])],
            ),
        ],
    }
}

/// The open thread.
fn thread() -> Part {
    Part {
        name: "thread".into(),
        roots: owned(&[
            r#"[role="main"] .a98.iY"#,
            // Before November 2023.
            r#"[role="main"] table.Bs"#,
            // A reading pane whose inner shape is not known.
            r#"[role="main"] .ao9:has(h2.hP)"#,
            // A window of its own.
            ".a98.iY",
            "h2.hP",
        ]),
        followers: None,
        fields: vec![
            field(
                "id",
                &[
                    (
                        "h2[data-legacy-thread-id]",
                        &["data-legacy-thread-id", "data-thread-perm-id"],
                    ),
                    (
                        "h2[data-thread-perm-id]",
                        &["data-legacy-thread-id", "data-thread-perm-id"],
                    ),
                    ("", &["data-legacy-thread-id", "data-thread-perm-id"]),
                    (
                        r#"[role="list"][jslog]"#,
                        &["data-legacy-thread-id", "data-thread-perm-id", "jslog"],
                    ),
                ],
            ),
            field(
                "subject",
                &[
                    ("h2.hP", &["#text"]),
                    (".ha h2", &["#text"]),
                    ("h2[data-thread-perm-id]", &["#text"]),
                ],
            ),
        ],
    }
}

/// A message of the open thread, a collapsed or folded one, or a draft.
fn message() -> Part {
    Part {
        name: "message".into(),
        roots: owned(&[
            // Open, collapsed, and the two classes of those inside the “older messages” fold. A list
            // within a stranger's letter matches, too, but never names a sender: Gmail renames every
            // class in a letter.
            r#"[role="main"] [role="list"] > :is([role="listitem"], .h7, .kv, .kQ, .kx)"#,
            ".adn.ads",
            "[data-message-id]",
        ]),
        followers: None,
        fields: vec![
            field(
                "id",
                &[
                    (
                        ".ads[data-message-id], .ads[data-legacy-message-id]",
                        &["data-legacy-message-id", "data-message-id"],
                    ),
                    (
                        "[data-message-id], [data-legacy-message-id]",
                        &["data-legacy-message-id", "data-message-id"],
                    ),
                    ("", &["data-legacy-message-id", "data-message-id"]),
                    (
                        ".ii[jslog]",
                        &["data-legacy-message-id", "data-message-id", "jslog"],
                    ),
                ],
            ),
            field(
                "from",
                &[
                    ("span.gD[email]", &["email", "name"]),
                    (".gF span[email]", &["email", "name"]),
                    ("span.gD[data-hovercard-id]", &["data-hovercard-id", "name"]),
                ],
            ),
            field(
                "to",
                &[
                    (".hb span[email]", &["email", "name"]),
                    ("span.g2[email]", &["email", "name"]),
                ],
            ),
            field(
                "date",
                &[
                    ("span.g3[title]", &["title"]),
                    ("span.g3[alt]", &["alt"]),
                    (".gK span[title]", &["title"]),
                ],
            ),
            field("text", &[(".a3s", &["#lines"]), (".ii", &["#lines"])]),
            field("attachments", &[(".aQH .aV3", &["#text"])]),
            // The id that a letter being written here is saved under: a draft's is its own.
            field("draft", &[(r#"input[name="draft"]"#, &["value"])]),
        ],
    }
}

/// The frame of a list, there even where the list is empty.
fn list() -> Part {
    Part {
        name: "list".into(),
        roots: owned(&[r#"[role="main"] [gh="tl"]"#, r#"[gh="tl"]"#]),
        followers: None,
        fields: Vec::new(),
    }
}

/// A thread in a list; with conversation view off, a message.
fn row() -> Part {
    Part {
        name: "row".into(),
        // Other tools put rows of their own into the list; theirs are marked so. The last two
        // classes are an advertisement's.
        roots: owned(&[
            r#"[role="main"] tr.zA[id]:not(.bundle, .inboxsdk__ignore_row, .am0, .bvA)"#,
            "tr.zA[id]:not(.bundle, .inboxsdk__ignore_row, .am0, .bvA)",
        ]),
        followers: row_followers(),
        fields: vec![
            row_id(),
            field(
                "people",
                &[
                    (".yW span[email]", &["email", "name"]),
                    ("td > div:not(.afn) span[email]", &["email", "name"]),
                ],
            ),
            row_subject(),
            field(
                "date",
                &[
                    ("td.xW span[title]", &["title"]),
                    (".apm span[title]", &["title"]),
                ],
            ),
            field("class", &[("", &["class"])]),
            field(
                "draft",
                &[
                    ("[data-standalone-draft-id]", &["data-standalone-draft-id"]),
                    ("", &["data-standalone-draft-id"]),
                    // The word “Draft” among the people.
                    (".boq", &["class"]),
                ],
            ),
            // An advertisement.
            field("ad", &[(".am0, .bvA", &["class"])]),
        ],
    }
}

/// The row whose thread the reading pane shows.
fn open_row() -> Part {
    Part {
        name: "open".into(),
        roots: owned(&[r#"[role="main"] tr.aps[id]"#]),
        followers: row_followers(),
        fields: vec![row_id(), row_subject()],
    }
}

/// Beside a vertical split a thread has two or three rows; only the first has an id.
fn row_followers() -> Option<String> {
    Some("tr.zA:not([id])".into())
}

/// Never from `.afn`, the hidden words for screen readers, which hold copies.
fn row_id() -> Field {
    let ids = &[
        "data-legacy-thread-id",
        "data-thread-id",
        "data-legacy-last-non-draft-message-id",
        "data-legacy-last-message-id",
    ];
    let ids_and_log = &[ids.as_slice(), &["jslog"]].concat();
    field(
        "id",
        &[
            (".bog [data-thread-id], .bog [data-legacy-thread-id]", ids),
            (".bog[data-thread-id], .bog[data-legacy-thread-id]", ids),
            (".y6 [data-thread-id], .y6 [data-legacy-thread-id]", ids),
            ("", ids_and_log),
        ],
    )
}

fn row_subject() -> Field {
    field(
        "subject",
        &[
            (".y6 .bog", &["#text"]),
            (".y6 > span[id]", &["#text"]),
            (".y6 > span:not(.y2)", &["#text"]),
        ],
    )
}

/// A letter being written.
fn compose() -> Part {
    Part {
        name: "compose".into(),
        roots: owned(&["div.M9", r#"[role="dialog"] form.bAs"#]),
        followers: None,
        fields: vec![
            field("draft", &[(r#"input[name="draft"]"#, &["value"])]),
            field("thread", &[(r#"input[name="rt"]"#, &["value"])]),
            recipients("to"),
            recipients("cc"),
            recipients("bcc"),
            field(
                "subject",
                &[
                    (r#"input[name="subjectbox"]"#, &["#value"]),
                    (r#"input[name="subject"]"#, &["value"]),
                ],
            ),
            field("from", &[(r#"input[name="from"]"#, &["value"])]),
            field("attachments", &[(".dL .vI", &["#text"])]),
            field(
                "editor",
                &[
                    (r#"[g_editable="true"]"#, &["g_editable"]),
                    (r#"[contenteditable="true"]"#, &["contenteditable"]),
                ],
            ),
        ],
    }
}

/// The people in one of a letter's lines `to`, `cc`, `bcc`.
fn recipients(line: &str) -> Field {
    let chips = format!(r#"[name="{line}"] [role="option"][data-hovercard-id]"#);
    // Before October 2021: `Name <address>`.
    let hidden = format!(r#"input[type="hidden"][name="{line}"]"#);
    let mut shapes: Vec<(&str, &[&str])> = vec![(&chips, &["data-hovercard-id", "data-name"])];
    if line == "to" {
        // A reply whose lines are folded names everybody in one.
        shapes.push((
            ".az9 span[data-hovercard-id]",
            &["data-hovercard-id", "name"],
        ));
        shapes.push((".az9 span[email]", &["email", "name"]));
    }
    shapes.push((&hidden, &["value"]));
    field(line, &shapes)
}
