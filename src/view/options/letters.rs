//! What helps to write: the name to sign with, the language, what there is to tell, and the word above
//! the send button.

use super::own::{form, heading, option, select};
use super::{Action, Node, Shown, Tag, Words, answer, button, field, input, name_input, submit};
use crate::draft::{Language, LetterKind};
use crate::market::Market;
use crate::protocol::SettingsForm;
use crate::settings::Change;
use crate::snippet::{self, Season, Snippet};
use crate::store::ClientRecord;
use crate::view::note::{language_options, letter_key};
use crate::view::{Attr, strip::market_key};

pub(super) fn section(shown: &Shown<'_>) -> Node {
    let letters = &shown.settings.letters;
    let signature = name_input("name").set(Attr::Value, letters.sign_as.as_deref().unwrap_or(""));
    let usual = letters.language.unwrap_or(Language::En);
    super::section("options_letters", "options_letters_about")
        .node(form(
            shown,
            &SettingsForm::SignAs,
            [field("field_sign_as", signature)],
        ))
        .node(form(
            shown,
            &SettingsForm::LetterLanguage,
            [field(
                "field_letter_language",
                select("language", language_options(usual)),
            )],
        ))
        .node(heading("options_snippets"))
        .node(Node::new(Tag::P, "about").words(Words::say("options_snippets_about")))
        .node(
            Node::new(Tag::Ul, "snippets")
                .nodes(letters.snippets.iter().map(|snippet| row(shown, snippet))),
        )
        .node(snippet_form(shown, None))
        .node(heading("options_note"))
        .node(Node::new(Tag::P, "about").words(Words::say("options_note_about")))
        .node(switch(letters.unnoted))
        .node(Node::new(Tag::Ul, "days quiet").nodes(shown.unnoted.iter().map(quiet)))
}

/// Something to tell: as it reads, and unfolded, to be changed.
fn row(shown: &Shown<'_>, snippet: &Snippet) -> Node {
    let today = shown.now.seller.0.local(shown.now.at).date();
    let day = |key: &'static str, on| Words::Say(key, vec![Words::full_date(on)]);
    let season = match snippet.season(today) {
        Season::Over => snippet.until.map(|until| day("snippet_over", until)),
        Season::Ahead => snippet.from.map(|from| day("snippet_ahead", from)),
        Season::Now => snippet.until.map(|until| day("snippet_until", until)),
    };
    let part = |words| Node::new(Tag::Span, "").words(words);
    let taken = vec![
        Words::say("tool_take_back"),
        Words::raw(snippet.text.clone()),
    ];
    Node::new(Tag::Li, "")
        .set(Attr::Id, &format!("snippet-{}", snippet.mark()))
        .node(
            Node::new(Tag::Details, "")
                .node(
                    Node::new(Tag::Summary, "")
                        .node(
                            Node::new(Tag::Span, "text")
                                .with(Attr::Dir, Words::raw("auto"))
                                .words(Words::raw(snippet.text.clone())),
                        )
                        .node(
                            Node::new(Tag::Span, "small parts")
                                .node(part(Words::Language(snippet.language.tag())))
                                .maybe(
                                    snippet
                                        .letter
                                        .map(|kind| part(Words::say(letter_key(kind)))),
                                )
                                .maybe(
                                    snippet
                                        .market
                                        .map(|market| part(Words::say(market_key(market)))),
                                )
                                .maybe(season.map(|words| match snippet.season(today) {
                                    Season::Now => part(words),
                                    _ => part(words).set(Attr::DataTone, "rest"),
                                })),
                        ),
                )
                .node(snippet_form(shown, Some(snippet))),
        )
        .node(
            button("tool", "tool_take_back")
                .with(Attr::AriaLabel, Words::Say("day_label", taken))
                .on(Action::Keep {
                    change: Change::DropSnippet(snippet.clone()),
                }),
        )
}

/// The form of something to tell, new or known.
fn snippet_form(shown: &Shown<'_>, known: Option<&Snippet>) -> Node {
    let asked = SettingsForm::Snippet {
        was: known.cloned(),
    };
    let text = Node::new(Tag::Textarea, "")
        .set(Attr::Name, "text")
        .set(Attr::Rows, "2")
        .set(Attr::Dir, "auto")
        .set(Attr::Required, "")
        .set(Attr::Maxlength, &snippet::LONGEST.to_string())
        .with(Attr::Placeholder, Words::say("snippet_example"))
        .words(Words::raw(known.map_or("", |known| &known.text)));
    let usual = shown.settings.letters.language.unwrap_or(Language::En);
    let language = known.map_or(usual, |known| known.language);
    let kinds = LetterKind::ALL.into_iter().filter(|kind| kind.has_news());
    let letter = known.and_then(|known| known.letter);
    let letters = kinds.map(|kind| {
        option(
            kind.name(),
            Words::say(letter_key(kind)),
            letter == Some(kind),
        )
    });
    let market = known.and_then(|known| known.market);
    let markets =
        Market::ALL.map(|one| option(one.name(), Words::say(market_key(one)), market == Some(one)));
    let any = |key, known: bool| option("", Words::say(key), !known);
    let day = |name, on: Option<chrono::NaiveDate>| match on {
        Some(on) => input("date", name).set(Attr::Value, &on.to_string()),
        None => input("date", name),
    };
    let form = Node::new(Tag::Form, "snippet-form")
        .on(Action::WeighForm {
            form: asked.clone(),
        })
        .node(field("field_snippet", text))
        .node(
            Node::new(Tag::Div, "row")
                .node(field(
                    "field_language",
                    select("language", language_options(language)),
                ))
                .node(field(
                    "field_for_letter",
                    select(
                        "letter",
                        std::iter::once(any("any_letter", letter.is_some())).chain(letters),
                    ),
                ))
                .node(field(
                    "field_for_market",
                    select(
                        "market",
                        std::iter::once(any("any_market", market.is_some())).chain(markets),
                    ),
                ))
                .node(field(
                    "field_told_from",
                    day("from", known.and_then(|known| known.from)),
                ))
                .node(field(
                    "field_told_until",
                    day("until", known.and_then(|known| known.until)),
                ))
                .node(submit(match known {
                    Some(_) => "tool_change",
                    None => "tool_add",
                })),
        );
    let form = match known {
        Some(_) => form,
        None => form.set(Attr::DataOnce, ""),
    };
    Node::new(Tag::Div, "setting")
        .node(form)
        .node(answer::place(shown, &asked, |_| false))
}

/// Whether a word is said above the send button.
fn switch(unnoted: bool) -> Node {
    let switch = input("checkbox", "note").on(Action::Keep {
        change: Change::NoteLetters(unnoted),
    });
    Node::new(Tag::Label, "switch")
        .node(match unnoted {
            true => switch,
            false => switch.set(Attr::Checked, ""),
        })
        .words(Words::say("field_note_letters"))
}

/// A client in letters to whom nothing is said.
fn quiet(client: &ClientRecord) -> Node {
    let name = Words::raw(client.label());
    Node::new(Tag::Li, "")
        .node(Node::new(Tag::Span, "dates").words(name.clone()))
        .node(Node::new(Tag::Span, "what").words(Words::raw(client.key.email.as_str())))
        .node(
            button("tool", "tool_bring_back")
                .with(
                    Attr::AriaLabel,
                    Words::Say("day_label", vec![Words::say("tool_bring_back"), name]),
                )
                .on(Action::OpenNote {
                    client: client.key.clone(),
                }),
        )
}
