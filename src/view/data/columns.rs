//! The form that asks whose contacts a list holds and what its columns are.

use super::{line, say, tool};
use crate::address::Email;
use crate::protocol::{Action, DataErrand};
use crate::transfer::contacts::{Column, Columns};
use crate::view::{Attr, Node, Tag, Words};

pub(super) fn form(columns: &Columns, accounts: &[Email]) -> Node {
    let rows = columns.names.iter().zip(&columns.guess).enumerate();
    let rows = rows.map(|(at, (name, guess))| {
        let samples = columns.samples.get(at).map(|cells| cells.join(" · "));
        row(at, name, *guess, &samples.unwrap_or_default())
    });
    let form = Node::new(Tag::Form, "match").on(Action::Data {
        errand: DataErrand::Match,
    });
    let form = match columns.names.is_empty() {
        true => form,
        false => form
            .node(Node::new(Tag::P, "").words(say("columns_rows", [columns.rows])))
            .node(line("about", "columns_about"))
            .node(Node::new(Tag::Ul, "list").nodes(rows)),
    };
    form.node(owner(accounts)).node(
        Node::new(Tag::Div, "tools")
            .node(
                Node::new(Tag::Button, "tool keep")
                    .set(Attr::Type, "submit")
                    .words(Words::say("columns_go_on")),
            )
            .node(tool("data_leave", DataErrand::Leave)),
    )
}

fn row(at: usize, name: &str, guess: Column, samples: &str) -> Node {
    let options = Column::ALL.into_iter().map(|column| {
        let (value, key) = words(column);
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, value)
            .words(Words::say(key));
        match column == guess {
            true => option.set(Attr::Selected, ""),
            false => option,
        }
    });
    let select = Node::new(Tag::Select, "")
        .set(Attr::Name, &format!("column-{at}"))
        .set(Attr::AriaLabel, name)
        .nodes(options);
    Node::new(Tag::Li, "column")
        .node(Node::new(Tag::Strong, "").words(Words::raw(name)))
        .node(select)
        .node(Node::new(Tag::Span, "small").words(Words::raw(samples)))
}

/// A column's name in the protocol and its message.
fn words(column: Column) -> (&'static str, &'static str) {
    match column {
        Column::Ignored => ("ignored", "column_ignored"),
        Column::Email => ("email", "column_email"),
        Column::Name => ("name", "column_name"),
        Column::First => ("first", "column_first"),
        Column::Last => ("last", "column_last"),
        Column::Company => ("company", "column_company"),
        Column::Country => ("country", "column_country"),
        Column::Phone => ("phone", "column_phone"),
        Column::Address => ("address", "column_address"),
        Column::Stage => ("stage", "column_stage"),
        Column::Note => ("note", "column_note"),
        Column::Labels => ("labels", "column_labels"),
    }
}

fn owner(accounts: &[Email]) -> Node {
    let control = if accounts.is_empty() {
        Node::new(Tag::Input, "")
            .set(Attr::Type, "email")
            .set(Attr::Name, "account")
            .set(Attr::Required, "")
    } else {
        Node::new(Tag::Select, "")
            .set(Attr::Name, "account")
            .nodes(accounts.iter().map(|account| {
                Node::new(Tag::Option, "")
                    .set(Attr::Value, account.as_str())
                    .words(Words::raw(account.as_str()))
            }))
    };
    Node::new(Tag::Label, "field owner")
        .words(Words::say("columns_owner"))
        .node(control)
}
