//! Two records of one thing become one.

use serde::Serialize;

use crate::client::company_of;
use crate::clock::Instant;
use crate::history::{History, Touch};
use crate::note::Note;
use crate::order::Order;
use crate::place::Inference;
use crate::said::{Said, element};
use crate::store::{AccountRecord, ClientRecord, CompanyRecord, ThreadRecord};
use crate::store::{CONTACT, MOMENT, NOTE, PLACE, SNOOZE, TOUCH, UNNOTED};

/// Two records hold different words of the user on one thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What on, e.g. `stage`.
    pub what: &'static str,
    /// The word held here, as it is stored; `None` where nothing was said.
    pub mine: Option<String>,
    /// The word of the other record.
    pub theirs: Option<String>,
    /// Whether the other one stands from now on.
    pub taken: bool,
    /// Whether it is known which word is the newer one.
    pub dated: bool,
}

impl Difference {
    /// Whether something was said on both sides.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.mine.is_some() && self.theirs.is_some()
    }
}

/// The instants of the words on both sides.
#[derive(Clone, Copy)]
pub(super) struct Dates<'a> {
    pub(super) mine: &'a Said,
    pub(super) theirs: &'a Said,
}

impl Dates<'_> {
    /// Lets the newer word stand. Of two without a date, or of the same one, something is more than nothing;
    /// of two somethings the one that sorts last, so that the order of merging does not matter.
    pub(super) fn newer<T: Clone + PartialEq + Serialize>(
        self,
        what: &'static str,
        mine: &mut T,
        theirs: &T,
        blank: &T,
        differences: &mut Vec<Difference>,
    ) {
        self.newer_at(what, [None, None], mine, theirs, blank, differences);
    }

    /// The same, with dates that the words themselves bear.
    fn newer_at<T: Clone + PartialEq + Serialize>(
        self,
        what: &'static str,
        own: [Option<Instant>; 2],
        mine: &mut T,
        theirs: &T,
        blank: &T,
        differences: &mut Vec<Difference>,
    ) {
        if mine == theirs {
            return;
        }
        let [my_own, their_own] = own;
        let dates = [
            self.mine.on(what).max(my_own),
            self.theirs.on(what).max(their_own),
        ];
        let stored = |word: &T| serde_json::to_string(word).unwrap_or_default();
        let rank = |date: Option<Instant>, word: &T| (date, word != blank, stored(word));
        let taken = rank(dates[1], theirs) > rank(dates[0], mine);
        let shown = |word: &T| (word != blank).then(|| stored(word));
        if taken || theirs != blank {
            differences.push(Difference {
                what,
                mine: shown(mine),
                theirs: shown(theirs),
                taken,
                dated: dates[0] != dates[1],
            });
        }
        if taken {
            *mine = theirs.clone();
        }
    }

    /// Unites two lists: what one side has taken out since the other put it in is out. The order is that of
    /// the words.
    pub(super) fn elements<T: Clone + PartialEq + Serialize>(
        self,
        list: &str,
        mine: &mut Vec<T>,
        theirs: &[T],
    ) {
        let name = |one: &T| element(list, one);
        let before = mine.clone();
        mine.retain(|one| {
            let name = name(one);
            theirs.contains(one) || self.theirs.on(&name) <= self.mine.on(&name)
        });
        for one in theirs {
            let name = name(one);
            if !before.contains(one) && self.theirs.on(&name) >= self.mine.on(&name) {
                mine.push(one.clone());
            }
        }
        mine.order_by_key(|one| {
            let name = name(one);
            (self.mine.on(&name).max(self.theirs.on(&name)), name)
        });
    }
}

/// The longer text, and of two as long the one that sorts last: it does not matter which comes first.
fn fuller(mine: &mut String, theirs: &str) {
    let rank = |text: &str| text.chars().count();
    if (rank(theirs), theirs) > (rank(mine), mine.as_str()) {
        theirs.clone_into(mine);
    }
}

fn fuller_maybe(mine: &mut Option<String>, theirs: Option<&String>) {
    let mut united = mine.take().unwrap_or_default();
    fuller(&mut united, theirs.map_or("", String::as_str));
    *mine = Some(united).filter(|text| !text.is_empty());
}

impl AccountRecord {
    /// Takes over what a file tells of the same mailbox. What a page told is the way that leads there.
    pub(crate) fn merge(&mut self, theirs: &AccountRecord) {
        if self.told && theirs.told {
            self.base = self.base.clone().min(theirs.base.clone());
        } else if self.told {
            *self = theirs.clone();
        }
    }
}

impl CompanyRecord {
    /// Takes over what another record of the same company tells.
    pub(crate) fn merge(&mut self, theirs: &CompanyRecord, differences: &mut Vec<Difference>) {
        let CompanyRecord { key: _, word, said } = theirs;
        let mine = self.said.clone();
        let dates = Dates {
            mine: &mine,
            theirs: said,
        };
        dates.newer(PLACE, &mut self.word, word, &None, differences);
        self.said.unite(said);
    }
}

impl ClientRecord {
    /// Takes over what another record of the same client tells; what is derived is not looked at.
    pub(crate) fn merge(&mut self, theirs: &ClientRecord, differences: &mut Vec<Difference>) {
        // Whoever adds a field must say here how two of them become one.
        let ClientRecord {
            key: _,
            company: _,
            name,
            word,
            signature,
            follow,
            market,
            stage,
            intent,
            about,
            moments,
            notes,
            logged,
            language,
            heard,
            used,
            unnoted,
            said,
            thread: _,
            due_at: _,
            lapses_at: _,
            errand: _,
            rhythm: _,
            unplaced: _,
        } = theirs;
        let blank = self.blank();
        let mine = self.said.clone();
        let dates = Dates {
            mine: &mine,
            theirs: said,
        };
        let to = differences;
        dates.newer(PLACE, &mut self.word, word, &blank.word, to);
        dates.newer("follow", &mut self.follow, follow, &blank.follow, to);
        dates.newer("market", &mut self.market, market, &blank.market, to);
        dates.newer("stage", &mut self.stage, stage, &blank.stage, to);
        dates.newer("intent", &mut self.intent, intent, &blank.intent, to);
        dates.newer("about", &mut self.about, about, &blank.about, to);
        dates.newer(
            "language",
            &mut self.language,
            language,
            &blank.language,
            to,
        );
        dates.newer(UNNOTED, &mut self.unnoted, unnoted, &blank.unnoted, to);
        dates.elements(MOMENT, &mut self.moments, moments);
        dates.elements(NOTE, &mut self.notes, notes);
        let mut contacts = Vec::from(std::mem::take(&mut self.logged));
        dates.elements(CONTACT, &mut contacts, logged.touches());
        self.logged = History::from(contacts);
        self.said.unite(said);

        fuller_maybe(&mut self.name, name.as_ref());
        fuller_maybe(&mut self.heard, heard.as_ref());
        for used in used {
            match self.used.iter_mut().find(|known| known.mark == used.mark) {
                Some(known) => known.at = known.at.max(used.at),
                None => self.used.push(used.clone()),
            }
        }
        self.used
            .order_by(|a, b| (a.at, &a.mark).cmp(&(b.at, &b.mark)));
        if clarity(signature.as_ref()) > clarity(self.signature.as_ref()) {
            self.signature.clone_from(signature);
        }
    }

    /// Leaves out every word on which something is said already.
    pub(crate) fn yield_to(&mut self, known: &ClientRecord, company: Option<&CompanyRecord>) {
        let blank = self.blank();
        let open = |what: &str, is_blank: bool| known.said.on(what).is_none() && is_blank;
        let place_open = company.is_none_or(|company| company.word.is_none());
        if !open(PLACE, known.word.is_none()) || !place_open {
            self.word = None;
        }
        if !open("follow", known.follow.is_none()) {
            self.follow = None;
        }
        if !open("market", known.market.is_none()) {
            self.market = None;
        }
        if !open("stage", known.stage == blank.stage) {
            self.stage = blank.stage;
        }
        if !open("intent", known.intent == blank.intent) {
            self.intent = blank.intent;
        }
        if !open("about", known.about.is_none()) {
            self.about = None;
        }
        if known.name.is_some() {
            self.name = None;
        }
        let text = |note: &Note| note.text.clone();
        let told: Vec<String> = known.notes.iter().map(text).collect();
        self.notes.retain(|note| !told.contains(&note.text));
    }
}

/// How clearly letters tell where somebody is: as [`ClientRecord::read_signature`] weighs it, and of two as
/// clear the one that sorts last.
fn clarity(signature: Option<&Inference>) -> Option<(bool, u64, String)> {
    let signature = signature?;
    let stored = serde_json::to_string(signature).unwrap_or_default();
    // The bits of a number from 0 to 1 sort as the number does.
    let confidence = signature.confidence.max(0.0).to_bits();
    Some((signature.country.is_some(), confidence, stored))
}

impl ThreadRecord {
    /// Takes over what another record of the same thread tells.
    pub(crate) fn merge(&mut self, theirs: &ThreadRecord, differences: &mut Vec<Difference>) {
        let ThreadRecord {
            key: _,
            client,
            company: _,
            subject,
            history,
            snooze,
            said,
        } = theirs;
        // Two views of who the client is in a letter to several: the same one, whichever comes first.
        if *client < self.client {
            self.client = client.clone();
        }
        self.company = company_of(&self.client);
        fuller(&mut self.subject, subject);

        let mine = self.said.clone();
        let dates = Dates {
            mine: &mine,
            theirs: said,
        };
        let own = [&self.snooze, snooze].map(|snooze| snooze.map(|snooze| snooze.since));
        dates.newer_at(SNOOZE, own, &mut self.snooze, snooze, &None, differences);

        let gone = |touch: &Touch, said: &Said, kept: &[Touch]| {
            said.on(&format!("{TOUCH}{}", touch.id)).is_some()
                && !kept.iter().any(|kept| kept.is_same_message(touch))
        };
        let held: Vec<Touch> = self.history.touches().to_vec();
        for touch in &held {
            if !said.is_empty() && gone(touch, said, history.touches()) {
                self.history.forget(&touch.id);
            }
        }
        let theirs = history.touches().iter();
        let kept = theirs.filter(|touch| mine.is_empty() || !gone(touch, &mine, &held));
        self.history
            .unite(&kept.cloned().collect::<Vec<_>>().into());
        self.said.unite(said);
    }
}
