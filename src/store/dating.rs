//! Words of the user, dated when they are kept: what differs from what was held before was said just now.

use std::collections::HashSet;

use serde::Serialize;

use super::{ClientRecord, CompanyRecord, Held, ThreadRecord};
use crate::clock::Instant;
use crate::history::{History, Touch};
use crate::said::{Said, element};

/// The name of a list's element among [`ClientRecord::said`].
pub(crate) const MOMENT: &str = "moment";
/// The same of a note.
pub(crate) const NOTE: &str = "note";
/// The same of a contact that was logged.
pub(crate) const CONTACT: &str = "contact";
/// What the name of a message that was taken out begins with, among [`ThreadRecord::said`].
pub(crate) const TOUCH: &str = "touch:";
/// The name of a snooze there.
pub(crate) const SNOOZE: &str = "snooze";
/// The name of the word on notes above the send button, among [`ClientRecord::said`]. The browser's store finds by it those
/// who want none.
pub(crate) const UNNOTED: &str = "unnoted";
/// The name of a place among [`CompanyRecord::said`] and [`ClientRecord::said`].
pub(crate) const PLACE: &str = "place";

impl Held {
    /// Dates every word of the user that was not held before.
    pub(crate) fn date_words(&mut self, before: &Held, at: Instant) {
        if let Some(company) = &mut self.company {
            company.date_words(before.company.as_ref(), at);
        }
        for client in &mut self.clients {
            let known = before.clients.iter().find(|known| known.key == client.key);
            client.date_words(known, at);
        }
        for thread in &mut self.threads {
            let known = before.threads.iter().find(|known| known.key == thread.key);
            thread.date_words(known, at);
        }
    }
}

impl ClientRecord {
    fn date_words(&mut self, before: Option<&ClientRecord>, at: Instant) {
        let blank = self.blank();
        let before = before.unwrap_or(&blank);
        if self == before {
            return;
        }
        let changed = [
            (PLACE, self.word != before.word),
            ("follow", self.follow != before.follow),
            ("market", self.market != before.market),
            ("stage", self.stage != before.stage),
            ("intent", self.intent != before.intent),
            ("about", self.about != before.about),
            ("language", self.language != before.language),
            (UNNOTED, self.unnoted != before.unnoted),
        ];
        for (what, _) in changed.iter().filter(|(_, changed)| *changed) {
            self.said.note(*what, at);
        }
        date_elements(MOMENT, &before.moments, &self.moments, &mut self.said, at);
        date_elements(NOTE, &before.notes, &self.notes, &mut self.said, at);
        let (was, is) = (before.logged.touches(), self.logged.touches());
        date_elements(CONTACT, was, is, &mut self.said, at);
    }

    /// Dates the word on notes where nobody knows when it was said: before every dated one.
    pub(crate) fn date_unnoted(&mut self) {
        if self.unnoted && self.said.on(UNNOTED).is_none() {
            self.said.note(UNNOTED, Instant::EARLIEST);
        }
    }

    /// A record of the same client of whom nobody has said anything.
    pub(crate) fn blank(&self) -> ClientRecord {
        let person = crate::address::Person::new(self.key.email.clone(), None);
        ClientRecord::new(&self.key.account, &person, self.company.clone())
    }
}

impl CompanyRecord {
    fn date_words(&mut self, before: Option<&CompanyRecord>, at: Instant) {
        if let Some(before) = before {
            self.said.unite(&before.said);
        }
        if self.word != before.and_then(|before| before.word) {
            self.said.note(PLACE, at);
        }
    }
}

impl ThreadRecord {
    fn date_words(&mut self, before: Option<&ThreadRecord>, at: Instant) {
        if before.is_some_and(|before| before == self) {
            return;
        }
        if self.snooze != before.and_then(|before| before.snooze) {
            self.said.note(SNOOZE, at);
        }
        let former = before.map(|before| &before.history);
        if former == Some(&self.history) {
            return;
        }
        self.history.date_words(former, at);
        // Nearly every message is known again by its name; looking for its like among thousands is for the others.
        let touches = self.history.touches();
        let names: HashSet<&str> = touches.iter().flat_map(Touch::names).collect();
        for touch in former.map_or(&[][..], History::touches) {
            if touch.names().all(|name| !names.contains(name))
                && !touches.iter().any(|known| known.is_same_message(touch))
            {
                self.said.note(format!("{TOUCH}{}", touch.id), at);
            }
        }
    }
}

/// Dates what was put into a list or taken out of it.
fn date_elements<T: PartialEq + Serialize>(
    list: &str,
    before: &[T],
    now: &[T],
    said: &mut Said,
    at: Instant,
) {
    let put_in = now.iter().filter(|one| !before.contains(one));
    let taken_out = before.iter().filter(|one| !now.contains(one));
    for one in put_in.chain(taken_out) {
        said.note(element(list, one), at);
    }
}
