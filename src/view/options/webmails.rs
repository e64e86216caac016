//! The webmails that Cadence reads beside Gmail, each on a host that the user grants.

use super::{Action, Node, Shown, Tag, Words, answer, button, field, input, submit};
use crate::protocol::SettingsForm;
use crate::settings::Change;
use crate::view::Attr;
use crate::webmail::{Site, Webmail};

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let kinds = Site::HOSTED.into_iter().map(kind);
    super::section("options_webmails", "options_webmails_about")
        .node(Node::new(Tag::Ul, "days webmails").nodes(shown.settings.webmails.iter().map(row)))
        .node(
            // The browser asks the user for the host's grant before this goes on.
            Node::new(Tag::Form, "row add-webmail")
                .on(Action::AddWebmail)
                .node(field("field_webmail_address", address()))
                .node(field(
                    "field_webmail_kind",
                    Node::new(Tag::Select, "")
                        .set(Attr::Name, "site")
                        .nodes(kinds),
                ))
                .node(submit("tool_add")),
        )
        .node(answer::place(shown, &SettingsForm::Webmail, |_| false))
        .node(Node::new(Tag::P, "about").words(Words::say("options_report_about")))
        .node(button("tool save-report", "tool_report").on(Action::SaveReport))
}

fn address() -> Node {
    input("text", "address")
        .set(Attr::Inputmode, "url")
        .set(Attr::Maxlength, "300")
        .set(Attr::Required, "")
}

fn kind(site: Site) -> Node {
    let value = serde_json::to_string(&site).unwrap_or_default();
    Node::new(Tag::Option, "")
        .set(Attr::Value, value.trim_matches('"'))
        .words(named(site))
}

/// The site's name, and a word where it is experimental.
fn named(site: Site) -> Words {
    match site.is_experimental() {
        true => Words::Say("webmail_experimental", vec![Words::raw(site.name())]),
        false => Words::raw(site.name()),
    }
}

fn row(webmail: &Webmail) -> Node {
    let label = Words::Say(
        "day_label",
        vec![
            Words::say("tool_take_back"),
            Words::raw(webmail.base.clone()),
        ],
    );
    Node::new(Tag::Li, "")
        .node(Node::new(Tag::Span, "dates").words(Words::raw(webmail.base.clone())))
        .node(Node::new(Tag::Span, "what").words(named(webmail.site)))
        .node(
            button("tool", "tool_take_back")
                .with(Attr::AriaLabel, label)
                .on(Action::Keep {
                    change: Change::DropWebmail(webmail.clone()),
                }),
        )
}
