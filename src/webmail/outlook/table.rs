//! Where Outlook on the web keeps what Cadence needs, as open projects that live in its page have written it down; nobody
//! has tried it on a live mailbox yet. Outlook's class names change with every build, so none is used but one that editors
//! have had for years; ids, roles, `data-` attributes and the names of test hooks have stood longer.

use super::super::Site;
use super::super::table::{Field, Mount, Part, Place, SiteTable, Writing, field, owned};

/// Outlook's table.
pub(in crate::webmail) fn table() -> SiteTable {
    SiteTable {
        site: Site::Outlook,
        hidden: r#"[style*="display: none"], [style*="display:none"], [hidden]"#.into(),
        quiet: r#"[contenteditable="true"], textarea"#.into(),
        watch: owned(&[
            "data-convid",
            "aria-selected",
            "aria-label",
            "title",
            "style",
        ]),
        void: owned(&["", "undefined"]),
        frames: None,
        quoted: "blockquote, #divRplyFwdMsg ~ *, #appendonsend ~ *, style, script, title".into(),
        parts: parts(),
        strip: vec![
            mount("#ConversationReadingPaneContainer", Place::Prepend),
            mount("#ReadingPaneContainerId", Place::Prepend),
        ],
        room: "body".into(),
        chip: vec![
            mount(r#"[data-testid="subjectLine"]"#, Place::Before),
            mount(r#"span[title*="@"]"#, Place::After),
        ],
        narrow: true,
        writing: Writing {
            editor: owned(&[
                r#"[id^="editorParent_"] [contenteditable="true"][role="textbox"]"#,
                r#"[contenteditable="true"][role="textbox"]"#,
            ]),
            send: owned(&[
                r#"[data-testid="ComposeSendButton"] button"#,
                r#"button[data-testid="ComposeSendButton"]"#,
                r#"button[id*="primaryActionButton"]"#,
            ]),
            note: vec![mount(r#"[id^="editorParent_"]"#, Place::Before)],
            schedule: None,
        },
    }
}

fn mount(anchor: &str, place: Place) -> Mount {
    Mount {
        anchor: anchor.into(),
        climb: None,
        place,
    }
}

fn parts() -> Vec<Part> {
    let part = |name: &str, roots: &[&str], fields| Part {
        name: name.into(),
        roots: owned(roots),
        followers: None,
        fields,
    };
    vec![
        part(
            "account",
            &["html"],
            vec![
                field("language", &[("", &["lang"])]),
                field(
                    "user",
                    &[
                        ("#mectrl_currentAccount_secondary", &["#text"]),
                        (
                            r#"button[aria-label*="@"]:is([id*="Me"], [id*="mectrl"], [aria-haspopup])"#,
                            &["aria-label"],
                        ),
                        (
                            r#"[role="banner"] button[aria-label*="@"]"#,
                            &["aria-label"],
                        ),
                    ],
                ),
            ],
        ),
        part(
            "thread",
            &[
                "#ConversationReadingPaneContainer",
                "#ReadingPaneContainerId:has([role=document])",
            ],
            vec![
                field("id", &[("", &["data-convid"])]),
                field(
                    "subject",
                    &[
                        (r#"[id$="_SUBJECT"]:not(input)"#, &["#text"]),
                        (r#"[role="heading"] span[title]"#, &["title"]),
                        (r#"[role="heading"]"#, &["#text"]),
                    ],
                ),
            ],
        ),
        // The row whose conversation the reading pane shows.
        part(
            "open",
            &[r#"[role="option"][data-convid][aria-selected="true"]"#],
            vec![field("id", &[("", &["data-convid"])])],
        ),
        part(
            "message",
            &[
                r#"[role="main"] [aria-label]:has(> * [data-testid="SentReceivedSavedTime"]):has([role="document"])"#,
                r#"#ReadingPaneContainerId :has(> * [data-testid="SentReceivedSavedTime"])"#,
            ],
            message(),
        ),
        part(
            "list",
            &[r#"[role="listbox"]:has([data-convid])"#],
            Vec::new(),
        ),
        part("row", &[r#"[role="option"][data-convid]"#], row()),
        part(
            "compose",
            &[
                r#"#ReadingPaneContainerId:has([id$="_TO"][role="group"])"#,
                r#"[role="main"]:has([id$="_TO"][role="group"])"#,
                r#"body:has([id$="_TO"][role="group"])"#,
            ],
            compose(),
        ),
    ]
}

fn message() -> Vec<Field> {
    vec![
        field(
            "from",
            &[
                (r#"[role="button"][aria-label*="@"]"#, &["aria-label"]),
                (r#"span[title*="@"]"#, &["title"]),
            ],
        ),
        field(
            "to",
            &[(
                r#"[id$="_TO"] [aria-label*="@"], [id$="_CC"] [aria-label*="@"]"#,
                &["aria-label"],
            )],
        ),
        field(
            "date",
            &[
                (r#"[data-testid="SentReceivedSavedTime"]"#, &["title"]),
                (r#"[data-testid="SentReceivedSavedTime"]"#, &["#text"]),
            ],
        ),
        field(
            "text",
            &[
                (r#"[id^="UniqueMessageBody"]"#, &["#lines"]),
                (r#"[role="document"]"#, &["#lines"]),
            ],
        ),
    ]
}

fn row() -> Vec<Field> {
    vec![
        field("id", &[("", &["data-convid"])]),
        field("people", &[(r#"span[title*="@"]"#, &["title", "#text"])]),
        field("subject", &[(r#"[data-testid="subjectLine"]"#, &["#text"])]),
        field(
            "date",
            &[
                ("time[datetime]", &["datetime"]),
                (r#"span[title*=":"]"#, &["title"]),
            ],
        ),
    ]
}

fn compose() -> Vec<Field> {
    let recipients = |name: &str, line: &str| {
        let tokens = format!(r#"[id$="_{line}"] [class*="_EType_RECIPIENT_ENTITY"]"#);
        field(name, &[(&tokens, &["aria-label"])])
    };
    vec![
        recipients("to", "TO"),
        recipients("cc", "CC"),
        recipients("bcc", "BCC"),
        field(
            "subject",
            &[
                (r#"input[id^="subjectLine"]"#, &["#value"]),
                (r#"input[type="text"][maxlength]"#, &["#value"]),
            ],
        ),
        field(
            "rich",
            &[(r#"[contenteditable="true"][role="textbox"]"#, &["role"])],
        ),
    ]
}
