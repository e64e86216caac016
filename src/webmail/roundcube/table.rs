//! Where Roundcube's skin Elastic (Roundcube 1.4 to 1.6) keeps what Cadence needs.

use super::super::Site;
use super::super::table::{Field, Mount, Part, Place, SiteTable, Writing, field, owned};

/// A message that answers another one, in a list of conversations: indented, which the skin writes
/// into its style.
const ANSWER: &str = r#"tr.message:has(> td.subject[style*="padding-left"], span.branch)"#;
/// The same for what begins a conversation, and for every message of a list without conversations.
const FIRST: &str =
    r#"#messagelist tr.message:not(:has(> td.subject[style*="padding-left"], span.branch))"#;

/// Roundcube's table.
pub(in crate::webmail) fn table() -> SiteTable {
    SiteTable {
        site: Site::Roundcube,
        hidden: r#"[style*="display: none"], [style*="display:none"], [hidden], .hidden"#.into(),
        quiet: r#"[contenteditable="true"], textarea, #messagestack, .popover, .ui-dialog"#.into(),
        // Rows are given their style and classes, folders are chosen, panes shown and hidden.
        watch: owned(&["style", "class", "href"]),
        void: owned(&[""]),
        // One message is on show at a time. Beside the list it lies in a frame of its own.
        frames: Some("iframe#messagecontframe".into()),
        quoted: "blockquote, #reply-intro, .voice, h2.subject > a, style, script, title".into(),
        parts: parts(),
        strip: strip(),
        chip: vec![
            mount("td.subject > span.subject", None, Place::Prepend),
            mount("td.subject", None, Place::Prepend),
        ],
        room: "body".into(),
        narrow: true,
        writing: Writing {
            editor: owned(&["iframe#composebody_ifr", "textarea#composebody"]),
            send: owned(&["button.send", "a.send"]),
            note: vec![
                mount("#composebodycontainer", None, Place::Before),
                mount(".formbuttons", None, Place::Before),
            ],
            schedule: None,
        },
    }
}

fn mount(anchor: &str, climb: Option<&str>, place: Place) -> Mount {
    Mount {
        anchor: anchor.into(),
        climb: climb.map(Into::into),
        place,
    }
}

/// Above the frame with the message; in a message's own window, above its head.
fn strip() -> Vec<Mount> {
    vec![
        mount(
            "#layout-content iframe#messagecontframe",
            Some(".iframe-wrapper"),
            Place::Before,
        ),
        mount("#message-header", None, Place::Before),
    ]
}

fn parts() -> Vec<Part> {
    vec![
        part("account", &["html"], account()),
        part(
            "folder",
            &["#mailboxlist li.selected"],
            vec![field("class", &[("", &["class"])])],
        ),
        part(
            "thread",
            &["#message-header"],
            vec![field(
                "subject",
                &[("h2.subject", &["#lines"]), (".subject", &["#lines"])],
            )],
        ),
        part(
            "message",
            &[
                "#layout-content:has(#message-header)",
                "body:has(#message-header)",
            ],
            message(),
        ),
        part("list", &["#messagelist"], Vec::new()),
        Part {
            followers: Some(ANSWER.into()),
            ..part("row", &[FIRST], row())
        },
        // What is attached and, in a narrow window, what sends stand beside the form.
        part(
            "compose",
            &[
                "body:has(#compose-content)",
                "form[name=form]:has([name=_to])",
            ],
            compose(),
        ),
    ]
}

fn part(name: &str, roots: &[&str], fields: Vec<Field>) -> Part {
    Part {
        name: name.into(),
        roots: owned(roots),
        followers: None,
        fields,
    }
}

/// Whose mailbox it is, and in which language it speaks.
fn account() -> Vec<Field> {
    vec![
        field("language", &[("", &["lang"])]),
        field(
            "user",
            &[
                (".header-title.username", &["#text"]),
                ("#user .username", &["#text"]),
            ],
        ),
        // While a letter is being written the page names the user's identities, the chosen one marked.
        field(
            "identity",
            &[
                ("select#_from option[selected]", &["#text"]),
                ("select#_from option", &["#text"]),
            ],
        ),
    ]
}

/// The message on show.
fn message() -> Vec<Field> {
    let person: &[&str] = &["title", "href", "#text"];
    vec![
        field(
            "id",
            &[
                ("h2.subject a.extwin", &["href"]),
                (r#"a[href*="_uid="]"#, &["href"]),
            ],
        ),
        field(
            "from",
            &[
                (".header-headers td.from .rcmContactAddress", person),
                (".header-summary .rcmContactAddress", person),
            ],
        ),
        field(
            "to",
            &[(
                ".header-headers :is(td.to, td.cc) .rcmContactAddress",
                person,
            )],
        ),
        // The summary never says “today”.
        field(
            "date",
            &[
                (".header-summary .text-nowrap", &["#text"]),
                (".header-headers td.date", &["#text"]),
            ],
        ),
        field("text", &[("#messagebody", &["#lines"])]),
        field(
            "attachments",
            &[
                ("#attachment-list .attachment-name", &["#text"]),
                ("#attachment-list li a.filename", &["#text"]),
            ],
        ),
    ]
}

/// A conversation, or in a list without them a message.
fn row() -> Vec<Field> {
    vec![
        // One hit a message: each has one date and one id, but in a list of what was sent perhaps
        // several people, of whom the first is taken here.
        field(
            "mail",
            &[(
                "",
                &[
                    r#".subject a[href*="_uid="]@href"#,
                    ".date@#text",
                    ".fromto .rcmContactAddress@title",
                    ".fromto .rcmContactAddress@#text",
                    "class",
                ],
            )],
        ),
        field(
            "people",
            &[(".fromto .rcmContactAddress", &["title", "href", "#text"])],
        ),
        field("subject", &[(".subject a[href]", &["#text"])]),
    ]
}

/// The letter being written.
fn compose() -> Vec<Field> {
    let recipients = |name| {
        let tokens = format!("#compose_{name} li.recipient");
        let plain = format!("[name=_{name}]");
        field(
            name,
            &[(&tokens, &["title", "#text"]), (&plain, &["#value"])],
        )
    };
    vec![
        field("draft", &[("[name=_draft_saveid]", &["#value"])]),
        recipients("to"),
        recipients("cc"),
        recipients("bcc"),
        field(
            "subject",
            &[
                ("#compose-subject", &["#value"]),
                ("[name=_subject]", &["#value"]),
            ],
        ),
        field(
            "attachments",
            &[
                ("#attachment-list .attachment-name", &["#text"]),
                ("#attachment-list li a.filename", &["#text"]),
            ],
        ),
        field("rich", &[("iframe#composebody_ifr", &["id"])]),
        field(
            "plain",
            &[
                ("textarea#composebody", &["id"]),
                ("textarea[name=_message]", &["name"]),
            ],
        ),
    ]
}
