//! A word about a letter being written, above the button that sends it. It advises and never blocks.

use super::{Attr, Node, Tag, Words, step_words, strip};
use crate::clock::{ClientZone, Opening};
use crate::daytime::Daytime;
use crate::dossier::{Dossier, Now};
use crate::draft::{Language, LetterKind};
use crate::protocol::Action;
use crate::writing::{Advice, Welcome, days_since};

/// The id of the panel that a letter is started from.
pub const DRAFT_ID: &str = "draft";
/// The id of the panel that puts the word away.
pub const CLOSE_ID: &str = "close";

/// What the word is made from.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The recipient for whom it has to wait the longest.
    pub dossier: &'a Dossier,
    /// What a letter to them meets.
    pub advice: &'a Advice,
    /// Whether there are others, so that this one must be named.
    pub several: bool,
    /// Whom the letter is addressed to: the first in the line “to”.
    pub addressee: &'a Dossier,
    /// The letter to them that is to be started from, unless the user says otherwise.
    pub letter: LetterKind,
    /// The language that a letter to them is in, unless the user says otherwise.
    pub language: Language,
    /// Whether the webmail has a way of its own to send later, which can be opened.
    pub schedules: bool,
    /// Whether the letter only asks for news (P2).
    pub empty: bool,
    /// From when and where the user looks.
    pub now: Now,
}

/// The word.
#[must_use]
pub fn note(shown: &Shown<'_>) -> Node {
    let dossier = shown.dossier;
    let part = |class, words| Node::new(Tag::Span, class).words(words);
    let who = shown
        .several
        .then(|| part("who", Words::raw(dossier.record.label())));
    let clock = dossier
        .place
        .zone
        .map(|zone| their_time(dossier, zone, shown.now));
    let empty = shown.empty.then(|| {
        let topic = shown.addressee.plan.step.as_ref().map(|step| step.topic);
        let hint = topic.map_or(Words::say("note_empty"), |topic| {
            Words::Say("note_empty_topic", vec![step_words::topic(topic)])
        });
        part("nudge", hint)
    });
    Node::new(Tag::Div, "note-line")
        .set(Attr::Role, "region")
        .with(Attr::Dir, Words::say("direction"))
        .with(Attr::AriaLabel, Words::say("note_label"))
        .set(Attr::DataTone, tone(shown.advice))
        .node(
            Node::new(Tag::P, "facts")
                .set(Attr::Role, "status")
                .maybe(who)
                .maybe(clock)
                .nodes(advice(shown).map(|words| part("advice", words)))
                .maybe(empty)
                .maybe(holiday(shown.advice).map(|words| part("holiday", words)))
                .maybe(season(shown.advice).map(|words| part("season", words)))
                // Beside the hint there is little room.
                .maybe((!shown.empty).then(|| part("contact", step_words::last_contact(dossier)))),
        )
        .node(tools(shown))
        .node(draft(shown))
        .node(close(dossier))
}

/// What time it is there. Whether it is a good one is said beside it.
fn their_time(dossier: &Dossier, zone: ClientZone, now: Now) -> Node {
    let daytime = dossier.daytime(zone, now.at);
    let words = match daytime {
        Daytime::Open => Words::say("note_there_now"),
        other => strip::daytime_words(dossier, other),
    };
    Node::new(Tag::Span, "their-time")
        .node(step_words::clock(zone, now.at))
        .words(Words::raw(" "))
        .words(words)
}

fn tone(advice: &Advice) -> &'static str {
    match advice.welcome {
        Welcome::Unknown => "rest",
        Welcome::Now(_) => "open",
        Welcome::Later(_) => "wait",
        Welcome::TooSoon(_) => "due",
    }
}

/// Whether now is a good time, and when else.
fn advice(shown: &Shown<'_>) -> impl Iterator<Item = Words> + use<> {
    let (dossier, advice, now) = (shown.dossier, shown.advice, shown.now);
    let both = |at| match dossier.place.zone {
        Some(zone) => step_words::both_clocks(at, zone, now.seller),
        None => Words::moment(at, now.seller.0),
    };
    let unanswered = advice.unanswered.map(|(count, since)| {
        let days = days_since(since, now.at);
        Words::Count(
            "note_unanswered",
            i64::from(count),
            vec![Words::Count("within_days", days, Vec::new())],
        )
    });
    let welcome = match (advice.welcome, dossier.place.zone) {
        (Welcome::Now(closes), Some(zone)) => {
            let until = Words::time(closes, zone.0);
            Some(Words::Say("note_now", vec![until]))
        }
        (Welcome::Later(opens), _) => Some(Words::Say("note_later", vec![both(opens)])),
        (Welcome::TooSoon(at), _) => Some(Words::Say("note_welcome", vec![both(at)])),
        (Welcome::Unknown | Welcome::Now(_), _) => None,
    };
    unanswered.into_iter().chain(welcome)
}

fn holiday(advice: &Advice) -> Option<Words> {
    let (holiday, day) = advice.holiday.as_ref()?;
    let words = vec![step_words::holiday(holiday), Words::date(*day)];
    Some(Words::Say("note_holiday", words))
}

fn season(advice: &Advice) -> Option<Words> {
    let season = step_words::season(advice.season?)?;
    Some(Words::Say("note_season", vec![season]))
}

fn tools(shown: &Shown<'_>) -> Node {
    let button = |class, key| {
        Node::new(Tag::Button, class)
            .set(Attr::Type, "button")
            .words(Words::say(key))
    };
    let later = |best: &Opening| {
        let at = best.opens;
        let when = match shown.dossier.place.zone {
            Some(zone) => step_words::both_clocks(at, zone, shown.now.seller),
            None => Words::moment(at, shown.now.seller.0),
        };
        match shown.schedules {
            true => button("tool schedule-tool", "tool_schedule")
                .with(Attr::Title, Words::Say("tool_schedule_title", vec![when]))
                .on(Action::ScheduleSend { at }),
            false => button("tool copy-tool", "tool_copy_time")
                .with(Attr::Title, Words::Say("tool_copy_time_title", vec![when]))
                .on(Action::CopyTime { at }),
        }
    };
    let title = Words::Say(
        "tool_draft_title",
        vec![
            Words::say(letter_key(shown.letter)),
            Words::Language(shown.language.tag()),
        ],
    );
    Node::new(Tag::Div, "tools")
        .maybe(shown.advice.best.as_ref().map(later))
        .node(
            Node::new(Tag::Div, "joined")
                .node(
                    button("tool draft-tool", "tool_draft")
                        .with(Attr::Title, title)
                        .on(Action::WriteDraft {
                            client: shown.addressee.record.key.clone(),
                        }),
                )
                .node(
                    Node::new(Tag::Button, "tool choose-tool")
                        .set(Attr::Type, "button")
                        .set(Attr::Popovertarget, DRAFT_ID)
                        .with(Attr::AriaLabel, Words::say("tool_choose_draft"))
                        .words(Words::raw("▾")),
                ),
        )
        .node(
            Node::new(Tag::Button, "tool close-tool")
                .set(Attr::Type, "button")
                .set(Attr::Popovertarget, CLOSE_ID)
                .with(Attr::AriaLabel, Words::say("tool_close_note"))
                .words(Words::raw("×")),
        )
}

/// The panel that a letter is started from: which, in which language.
fn draft(shown: &Shown<'_>) -> Node {
    let record = &shown.addressee.record;
    let letters = LetterKind::ALL.map(|kind| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, kind.name())
            .words(Words::say(letter_key(kind)));
        match kind == shown.letter {
            true => option.set(Attr::Selected, ""),
            false => option,
        }
    });
    let select = |name: &str, label: &'static str| {
        (
            Node::new(Tag::Label, "field").words(Words::say(label)),
            Node::new(Tag::Select, "").set(Attr::Name, name),
        )
    };
    let (letter_label, letter_select) = select("letter", "field_letter");
    let (language_label, language_select) = select("language", "field_language");
    Node::new(Tag::Div, "panel draft")
        .set(Attr::Id, DRAFT_ID)
        .set(Attr::Popover, "auto")
        .node(Node::new(Tag::H2, "").words(Words::say("draft_heading")))
        .node(
            Node::new(Tag::Form, "")
                .on(Action::WriteDraft {
                    client: record.key.clone(),
                })
                .node(letter_label.node(letter_select.nodes(letters)))
                .node(language_label.node(language_select.nodes(language_options(shown.language))))
                .node(
                    Node::new(Tag::Button, "tool")
                        .set(Attr::Type, "submit")
                        .words(Words::say("tool_insert")),
                ),
        )
        .node(Node::new(Tag::P, "note").words(Words::say("draft_note")))
}

/// The panel that puts the word away, for this client or for all.
fn close(dossier: &Dossier) -> Node {
    let choice = |key: &'static str, words: Vec<Words>, client| {
        Node::new(Tag::Button, "preset")
            .set(Attr::Type, "button")
            .on(Action::CloseNote { client })
            .words(Words::Say(key, words))
    };
    let name = Words::raw(dossier.record.label());
    let this = Some(dossier.record.key.clone());
    Node::new(Tag::Div, "panel close")
        .set(Attr::Id, CLOSE_ID)
        .set(Attr::Popover, "auto")
        .node(Node::new(Tag::H2, "").words(Words::say("close_note_heading")))
        .node(
            Node::new(Tag::Div, "presets")
                .node(choice("close_note_client", vec![name], this))
                .node(choice("close_note_all", Vec::new(), None)),
        )
        .node(Node::new(Tag::P, "note").words(Words::say("close_note_note")))
}

/// Every language that there are letters in, one of them chosen.
pub(super) fn language_options(chosen: Language) -> [Node; Language::ALL.len()] {
    Language::ALL.map(|language| {
        let option = Node::new(Tag::Option, "")
            .set(Attr::Value, language.tag())
            .words(Words::Language(language.tag()));
        match language == chosen {
            true => option.set(Attr::Selected, ""),
            false => option,
        }
    })
}

/// The name of a letter's message.
#[must_use]
pub fn letter_key(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Reply => "letter_reply",
        LetterKind::MarketData => "letter_market_data",
        LetterKind::ProductNews => "letter_product_news",
        LetterKind::LeadTimes => "letter_lead_times",
        LetterKind::SeasonPlan => "letter_season_plan",
        LetterKind::Proposal => "letter_proposal",
        LetterKind::PriceQuality => "letter_price_quality",
        LetterKind::Promotion => "letter_promotion",
        LetterKind::Quotation => "letter_quotation",
        LetterKind::Samples => "letter_samples",
        LetterKind::Holiday => "letter_holiday",
        LetterKind::Anniversary => "letter_anniversary",
        LetterKind::OwnClosing => "letter_own_closing",
    }
}
