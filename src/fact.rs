//! What the user said of a client, fact by fact: what takes a change back touches that alone, so that what was said of the
//! same client elsewhere meanwhile stays.

use serde::{Deserialize, Serialize};

use crate::client::{Intent, Stage};
use crate::history::{Touch, TouchKind};
use crate::market::Market;
use crate::moment::Moment;
use crate::note::Note;
use crate::place::PlaceWord;
use crate::store::{ClientRecord, Held, ThreadRecord};

/// One fact, as it is to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Whether they are followed.
    Follow(Option<bool>),
    /// The user's word on where they are.
    Word(Option<PlaceWord>),
    /// The user's word on where their company is.
    CompanyWord(Option<PlaceWord>),
    /// The market that the user chose.
    Market(Option<Market>),
    /// The stage of the talks.
    Stage(Stage),
    /// Their intent.
    Intent(Intent),
    /// What they last asked for.
    About(Option<String>),
    /// A day worth writing on is noted, or is not.
    Moment(Moment, bool),
    /// A note is there, or is not.
    Note(Note, bool),
    /// A contact elsewhere is logged, or is not.
    Contact(Touch, bool),
    /// What kind of letter a message was: thread, message, kind, and whether the user said so.
    Kind(String, String, TouchKind, bool),
}

impl Fact {
    /// The facts that lead from what is held now back to what was held before, of one client.
    #[must_use]
    pub fn back(client: &ClientRecord, now: &Held, before: &Held) -> Vec<Fact> {
        let known = before.clients.iter().find(|known| known.key == client.key);
        let blank = ClientRecord {
            // Before anything was kept of them they were not followed.
            follow: Some(false),
            ..client.blank()
        };
        let was = known.unwrap_or(&blank);
        let mut facts = Vec::new();
        let mut fact = |differs: bool, fact: Fact| {
            if differs {
                facts.push(fact);
            }
        };
        fact(was.follow != client.follow, Fact::Follow(was.follow));
        fact(was.word != client.word, Fact::Word(was.word));
        let word = |held: &Held| held.company.as_ref().and_then(|company| company.word);
        fact(word(before) != word(now), Fact::CompanyWord(word(before)));
        fact(was.market != client.market, Fact::Market(was.market));
        fact(was.stage != client.stage, Fact::Stage(was.stage));
        fact(was.intent != client.intent, Fact::Intent(was.intent));
        fact(was.about != client.about, Fact::About(was.about.clone()));
        facts.extend(gone(&was.moments, &client.moments, Fact::Moment));
        facts.extend(gone(&was.notes, &client.notes, Fact::Note));
        let (was, is) = (was.logged.touches(), client.logged.touches());
        facts.extend(gone(was, is, Fact::Contact));
        for thread in &now.threads {
            let was = before.threads.iter().find(|was| was.key == thread.key);
            facts.extend(was.map(|was| kinds(was, thread)).unwrap_or_default());
        }
        facts
    }

    /// Makes it so.
    pub fn apply(self, client: &mut ClientRecord) {
        match self {
            Fact::Follow(follow) => client.follow = follow,
            Fact::Word(word) => client.word = word,
            Fact::Market(market) => client.market = market,
            Fact::Stage(stage) => client.stage = stage,
            Fact::Intent(intent) => client.intent = intent,
            Fact::About(about) => client.about = about,
            Fact::Moment(moment, there) => put(&mut client.moments, moment, there),
            Fact::Note(note, there) => put(&mut client.notes, note, there),
            Fact::Contact(touch, true) => client.logged.add(touch),
            Fact::Contact(touch, false) => client.logged.forget(&touch.id),
            // Not the client's own: see [`Fact::apply_around`].
            Fact::CompanyWord(_) | Fact::Kind(..) => {}
        }
    }

    /// Makes it so where it is about the company or a thread.
    pub fn apply_around(&self, held: &mut Held) {
        match self {
            Fact::CompanyWord(word) => {
                if let Some(company) = &mut held.company {
                    company.word = *word;
                }
            }
            Fact::Kind(thread, touch, kind, chosen) => {
                let thread = held
                    .threads
                    .iter_mut()
                    .find(|known| known.key.id == *thread);
                if let Some(thread) = thread {
                    thread.history.class(touch, *kind, *chosen);
                }
            }
            _ => {}
        }
    }
}

/// What differs between two lists, as it was in the first.
fn gone<T: Clone + PartialEq>(was: &[T], is: &[T], fact: impl Fn(T, bool) -> Fact) -> Vec<Fact> {
    let missing = was.iter().filter(|one| !is.contains(one));
    let new = is.iter().filter(|one| !was.contains(one));
    let back = missing.map(|one| fact(one.clone(), true));
    back.chain(new.map(|one| fact(one.clone(), false)))
        .collect()
}

fn put<T: PartialEq>(list: &mut Vec<T>, one: T, there: bool) {
    list.retain(|known| *known != one);
    if there {
        list.push(one);
    }
}

/// The kinds of a thread's letters that differ, as they were.
fn kinds(was: &ThreadRecord, is: &ThreadRecord) -> Vec<Fact> {
    if was.history == is.history {
        return Vec::new();
    }
    let former = |touch: &Touch| {
        let was = was.history.in_place_of(touch)?;
        let same = (was.kind, was.chosen) == (touch.kind, touch.chosen);
        let thread = is.key.id.clone();
        (!same).then(|| Fact::Kind(thread, was.id.clone(), was.kind, was.chosen))
    };
    is.history.touches().iter().filter_map(former).collect()
}
