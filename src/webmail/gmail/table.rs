//! Where Gmail keeps what Cadence needs, and where Cadence's own things stand.

use super::super::Site;
use super::super::table::{Mount, Place, Schedule, SiteTable, Writing, owned};
use super::parts::parts;

/// Gmail's table.
pub(in crate::webmail) fn table() -> SiteTable {
    SiteTable {
        site: Site::Gmail,
        // Gmail leaves the views it has left in the page and hides them by inline style. Not
        // `aria-hidden`: it marks the whole page while a dialog is open, and icons at any time.
        hidden: r#"[style*="display: none"], [style*="display:none"], [hidden]"#.into(),
        quiet: r#"[contenteditable="true"], [g_editable="true"], textarea"#.into(),
        watch: owned(&[
            "data-legacy-thread-id",
            "data-thread-perm-id",
            "data-thread-id",
            "data-legacy-last-non-draft-message-id",
            "data-legacy-last-message-id",
            "data-legacy-message-id",
            "data-message-id",
            "data-standalone-draft-id",
            // A view is shown or hidden; a row is read, or the one that the reading pane shows.
            "style",
            "class",
        ]),
        // Since November 2025 many accounts get a literal `undefined`.
        void: owned(&["", "undefined", "#undefined", "null"]),
        frames: None,
        quoted: ".gmail_quote, .gmail_attr, blockquote, style, script, title".into(),
        room: "body".into(),
        parts: parts(),
        strip: strip(),
        chip: chip(),
        narrow: false,
        writing: writing(),
    }
}

/// The text; the button, which has had the class `aoO` in a window of its own and in a reply alike; and
/// above the row of buttons.
fn writing() -> Writing {
    let above = |anchor: &str, climb: &str| Mount {
        anchor: anchor.into(),
        climb: Some(climb.into()),
        place: Place::Before,
    };
    Writing {
        editor: owned(&[
            r#"[g_editable="true"][role="textbox"]"#,
            r#"[contenteditable="true"][role="textbox"]"#,
            r#"[contenteditable="true"]"#,
        ]),
        send: owned(&[
            r#"[role="button"].aoO"#,
            r#".dC > [role="button"]:first-child"#,
            r#"tr.btC [role="button"]:not([aria-haspopup])"#,
        ]),
        note: vec![above("tr.btC", "table"), above(".aDh", "table")],
        schedule: Some(Schedule {
            menu: owned(&[r#"[role="button"].hG[aria-haspopup="true"]"#]),
            item: owned(&[r#"[role="menuitem"][selector="scheduledSend"]"#]),
            // The others of this menu schedule at a time of Gmail's own, which they name.
            pick: owned(&[r#".ZkmAeb[role="menu"] .AM[role="menuitem"]:not(:has(.Ay))"#]),
            fields: owned(&[r#"[role="dialog"] input[jsname="YPqjbf"]"#]),
        }),
    }
}

/// Under the subject, above the messages.
fn strip() -> Vec<Mount> {
    let under_subject = |climb: &str| Mount {
        anchor: "h2.hP".into(),
        climb: Some(climb.into()),
        place: Place::After,
    };
    vec![
        under_subject(".a98.iY > *"),
        under_subject(".PeIF1d > *"),
        under_subject(".if > *"),
        under_subject(".ha"),
        Mount {
            anchor: r#"[role="main"] [role="list"]"#.into(),
            climb: None,
            place: Place::Before,
        },
    ]
}

/// Before the subject in a row; beside a vertical split, before the labels.
fn chip() -> Vec<Mount> {
    let first_in = |anchor: &str| Mount {
        anchor: anchor.into(),
        climb: None,
        place: Place::Prepend,
    };
    vec![
        first_in("td.a4W .xS .xT"),
        first_in("div.apu"),
        first_in(".xS .xT"),
        first_in("td.xW"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_change_of_any_id_makes_the_eyes_look_again() {
        let table = table();
        for part in ["thread", "message", "row"] {
            let part = table.parts.iter().find(|one| one.name == part).unwrap();
            let taken = part.fields.iter().flat_map(|field| &field.shapes);
            for id in taken
                .flat_map(|shape| &shape.take)
                .filter(|take| take.ends_with("-id"))
            {
                assert!(
                    id == "data-hovercard-id" || table.watch.contains(id),
                    "{id}"
                );
            }
        }
    }

    #[test]
    fn names_are_unique_and_every_part_has_a_root() {
        let table = table();
        let parts: BTreeSet<_> = table.parts.iter().map(|part| &part.name).collect();
        assert_eq!(parts.len(), table.parts.len());
        for part in &table.parts {
            let fields: BTreeSet<_> = part.fields.iter().map(|field| &field.name).collect();
            assert_eq!(fields.len(), part.fields.len(), "{}", part.name);
            assert!(!part.roots.is_empty());
        }
    }

    #[test]
    fn the_shapes_of_a_field_take_the_same_things_in_the_same_places() {
        for part in table().parts {
            for field in part.fields.iter().filter(|field| field.name == "id") {
                let first = &field.shapes.first().unwrap().take;
                for shape in &field.shapes {
                    assert_eq!(shape.take.get(..first.len()), Some(first.as_slice()));
                }
            }
        }
    }
}
