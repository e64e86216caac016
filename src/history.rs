//! What has passed between the user and a client: touches, in the order they happened.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

use crate::clock::Instant;
use crate::order::Order;

/// Who wrote; of two records that tell it of one message, the one that stands comes later in this list: whoever takes the
/// user for a client has not been told all of the user's addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    /// The page shows that something was sent, but not by whom (a list row of a thread in which
    /// both write). Counts as contact, never as a reply that is owed.
    Unknown,
    /// The client.
    Client,
    /// The user of Cadence.
    Seller,
}

/// What kind of letter a touch was, the least telling first: of two guesses about one letter the
/// later in this list stands. Only outbound touches are classed; see rules P2, P3, S2, S3.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "snake_case")]
pub enum TouchKind {
    /// Anything else, or not yet classed.
    #[default]
    Plain,
    /// An answer to what the client asked.
    Reply,
    /// A bare “any news?”.
    Check,
    /// A holiday greeting. Never counts as a chase.
    Greeting,
    /// Something of value: market data, product news, a proposal.
    Value,
    /// A sample, sent or announced.
    Sample,
    /// A quotation.
    Quote,
}

#[cfg(test)]
impl TouchKind {
    /// All of them.
    pub(crate) const ALL: [TouchKind; 7] = [
        TouchKind::Plain,
        TouchKind::Reply,
        TouchKind::Check,
        TouchKind::Greeting,
        TouchKind::Value,
        TouchKind::Sample,
        TouchKind::Quote,
    ];
}

/// By which way a contact came about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default,
)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// By mail.
    #[default]
    Mail,
    /// By telephone.
    Call,
    /// By WhatsApp.
    Whatsapp,
    /// By WeChat.
    Wechat,
    /// At a trade fair.
    Fair,
    /// By a visit.
    Visit,
    /// By any other way.
    Other,
}

impl Way {
    /// The ways that the webmail shows nothing of.
    pub const ELSEWHERE: [Way; 6] = [
        Way::Call,
        Way::Whatsapp,
        Way::Wechat,
        Way::Fair,
        Way::Visit,
        Way::Other,
    ];

    /// Whether it is the mail.
    #[must_use]
    pub fn is_mail(&self) -> bool {
        *self == Way::Mail
    }
}

/// The beginning of the id of a letter that was noted when it was sent, where the webmail had no id
/// for it yet.
pub const SENT: &str = "sent:";
/// The beginning of the id of a message from an archive that does not tell the webmail's own id of it.
pub const ARCHIVED: &str = "mail:";
/// A webmail dates a letter within so many milliseconds of when it was sent.
const SETTLES_WITHIN: u64 = 3 * 60 * 1000;

/// One contact: a message sent or received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touch {
    /// The webmail's own id of the message. The same message seen twice has the same id.
    pub id: String,
    /// A second id of the same message, where the webmail gives it another one before it settles
    /// (Gmail's `msg-a:r…` of a letter just sent).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// When it reached or left the mailbox.
    pub at: Instant,
    /// Who wrote it.
    pub by: Author,
    /// What it was.
    #[serde(default)]
    pub kind: TouchKind,
    /// Whether the user said so: then it stays, whatever is seen later.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub chosen: bool,
    /// By which way.
    #[serde(default, skip_serializing_if = "Way::is_mail")]
    pub way: Way,
    /// When the user said so, where that is known: of two words the later one stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chosen_at: Option<Instant>,
}

impl Touch {
    /// A touch of a kind that is not known yet.
    #[must_use]
    pub fn new(id: impl Into<String>, at: Instant, by: Author) -> Touch {
        let (alias, kind, chosen) = (None, TouchKind::Plain, false);
        Touch {
            id: id.into(),
            alias,
            at,
            by,
            kind,
            chosen,
            way: Way::Mail,
            chosen_at: None,
        }
    }

    /// Whether both records speak of one message.
    #[must_use]
    pub fn is_same_message(&self, other: &Touch) -> bool {
        self.shares_id_with(other) || self.is_settled_by(other) || other.is_settled_by(self)
    }

    /// The ids that it is known by, each once.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let alias = self.alias.as_deref().filter(|alias| *alias != self.id);
        [Some(self.id.as_str()), alias].into_iter().flatten()
    }

    fn shares_id_with(&self, other: &Touch) -> bool {
        let known_as = |id: &str| other.id == id || other.alias.as_deref() == Some(id);
        known_as(&self.id) || self.alias.as_deref().is_some_and(known_as)
    }

    /// Whether this is a letter noted when it was sent, or read in an archive, by no id of the webmail's,
    /// and the other one is that letter as the webmail shows it.
    fn is_settled_by(&self, other: &Touch) -> bool {
        let apart = self.at.since(other.at).num_milliseconds().unsigned_abs();
        let same_author = self.by == other.by && self.by != Author::Unknown;
        self.is_provisional() && !other.is_provisional() && same_author && apart <= SETTLES_WITHIN
    }

    fn is_provisional(&self) -> bool {
        self.id.starts_with(SENT) || self.id.starts_with(ARCHIVED)
    }

    /// Takes over what another record of the same message knows better. What stands in the end does not depend on which of them
    /// came first.
    fn learn(&mut self, other: Touch) {
        // The user's word first; of two guesses the more telling one.
        let telling = |touch: &Touch| (touch.chosen, touch.chosen_at, touch.kind);
        if telling(&other) > telling(self) {
            self.kind = other.kind;
            (self.chosen, self.chosen_at) = (other.chosen, other.chosen_at);
        }
        // The record that knows both ids has the settled one; of two such, the later one.
        fn settled(touch: &Touch) -> (bool, bool, Instant, &str) {
            let provisional = touch.is_provisional();
            (!provisional, touch.alias.is_some(), touch.at, &touch.id)
        }
        if settled(&other) > settled(self) {
            self.at = other.at;
            self.id = other.id;
        }
        self.by = self.by.max(other.by);
        self.way = self.way.max(other.way);
        self.alias = self.alias.take().max(other.alias);
    }
}

/// When letters were written that have an id of the webmail's, and when those that have none yet.
struct Settling {
    settled: Vec<Instant>,
    provisional: Vec<Instant>,
}

impl Settling {
    fn among<'a>(touches: impl Iterator<Item = &'a Touch>) -> Settling {
        let of = |touches: Vec<&Touch>| {
            let mut instants: Vec<Instant> = touches.iter().map(|touch| touch.at).collect();
            instants.order();
            instants
        };
        let (provisional, settled): (Vec<&Touch>, Vec<&Touch>) =
            touches.partition(|touch| touch.is_provisional());
        Settling {
            settled: of(settled),
            provisional: of(provisional),
        }
    }

    /// Whether one of the other sort is near enough in time to be the same letter.
    fn may_be_one_with(&self, touch: &Touch) -> bool {
        let others = match touch.is_provisional() {
            true => &self.settled,
            false => &self.provisional,
        };
        let near =
            |at: &Instant| at.since(touch.at).num_milliseconds().unsigned_abs() <= SETTLES_WITHIN;
        let place = others.partition_point(|at| *at < touch.at);
        let before = place.checked_sub(1).and_then(|at| others.get(at));
        before.into_iter().chain(others.get(place)).any(near)
    }
}

/// Touches in the order of their instants, each message once.
///
/// Adding is idempotent and the order of adding does not matter: the same mail seen a hundred
/// times, in any order, gives one history.
///
/// A copy shares its touches until one of the two changes: of tens of thousands of letters a plan makes several.
#[derive(Clone, Debug, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "Vec<Touch>")]
pub struct History(Arc<Vec<Touch>>);

impl History {
    /// Adds a touch, or what it tells anew of one that is already here.
    pub fn add(&mut self, mut touch: Touch) {
        if self.holds(&touch) {
            return;
        }
        // A record that knows both ids can unite two that each knew one.
        let (mut same, mut rest): (Vec<Touch>, Vec<Touch>) = self
            .take()
            .into_iter()
            .partition(|old| old.shares_id_with(&touch) || old.is_settled_by(&touch));
        // One without an id of the webmail's is one of those near it, and does not make one of them.
        let apart = |old: &Touch| old.at.since(touch.at).num_milliseconds().unsigned_abs();
        if same.is_empty()
            && let Some((nearest, _)) = (rest.iter().enumerate())
                .filter(|(_, old)| touch.is_settled_by(old))
                .min_by_key(|(_, old)| apart(old))
        {
            same.push(rest.remove(nearest));
        }
        for old in same {
            touch.learn(old);
        }
        let place = rest.partition_point(|old| (old.at, &old.id) < (touch.at, &touch.id));
        rest.insert(place, touch);
        self.0 = Arc::new(rest);
    }

    /// Adds what the page shows now. It is asked who wrote each time anew, since the user may have said meanwhile that an address
    /// is theirs, or that it is not: what it shows now stands.
    pub fn see(&mut self, touch: &Touch) {
        if self.holds(touch) {
            return;
        }
        self.add(touch.clone());
        let differs = |known: &Touch| known.by != touch.by && known.shares_id_with(touch);
        if touch.by == Author::Unknown || !self.0.iter().any(differs) {
            return;
        }
        for known in self.make_own() {
            if differs(known) {
                known.by = touch.by;
            }
        }
    }

    /// Adds every touch of another history.
    pub fn unite(&mut self, other: &History) {
        if self.is_empty() {
            self.0 = Arc::clone(&other.0);
        } else if !Arc::ptr_eq(&self.0, &other.0) {
            let unknown = other.touches().iter().filter(|touch| !self.holds(touch));
            self.add_all(unknown.cloned().collect());
        }
    }

    /// Adds touches. Those that nothing else here can be one with, as nearly all, are sorted in; looking for its like
    /// among thousands costs each of the others so many comparisons.
    fn add_all(&mut self, mut touches: Vec<Touch>) {
        // What is here to the letter tells nothing anew: nearly all of a mailbox that is read again.
        touches.retain(|touch| !self.holds(touch));
        if touches.is_empty() {
            return;
        }
        let mut ids: HashMap<String, u32> = HashMap::new();
        for name in self.0.iter().chain(&touches).flat_map(Touch::names) {
            *ids.entry(name.to_owned()).or_default() += 1;
        }
        let alone = |touch: &Touch| touch.names().all(|name| ids.get(name) == Some(&1));
        // One that was noted before the webmail had an id for it is known again by its time.
        let settling = Settling::among(self.0.iter().chain(&touches));
        let (loose, bound): (Vec<Touch>, Vec<Touch>) = touches
            .into_iter()
            .partition(|touch| alone(touch) && !settling.may_be_one_with(touch));
        let (settled, others): (Vec<Touch>, Vec<Touch>) = bound
            .into_iter()
            .partition(|touch| alone(touch) && !touch.is_provisional());
        let mut all = self.take();
        all.extend(loose);
        all.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        self.0 = Arc::new(all);
        for touch in settled.into_iter().chain(others) {
            self.add(touch);
        }
    }

    /// Its touches, to be changed and put back.
    fn take(&mut self) -> Vec<Touch> {
        Arc::unwrap_or_clone(std::mem::take(&mut self.0))
    }

    /// Its touches, its own from now on.
    fn make_own(&mut self) -> &mut Vec<Touch> {
        Arc::make_mut(&mut self.0)
    }

    /// Whether a touch is here to the letter.
    fn holds(&self, touch: &Touch) -> bool {
        self.in_place_of(touch) == Some(touch)
    }

    /// What is here of the same id and instant as a touch.
    pub(crate) fn in_place_of(&self, touch: &Touch) -> Option<&Touch> {
        let place = |old: &Touch| (old.at, &old.id).cmp(&(touch.at, &touch.id));
        let found = self.0.binary_search_by(place).ok();
        found.and_then(|at| self.0.get(at))
    }

    /// Takes a message out: it was not sent after all.
    pub fn forget(&mut self, id: &str) {
        self.make_own().retain(|touch| touch.id != id);
    }

    /// Takes the user's word on what kind of letter a message was. It replaces an earlier word.
    pub fn choose(&mut self, id: &str, kind: TouchKind) {
        self.class(id, kind, true);
    }

    /// Sets what kind of letter a message was, and whether that is the user's word.
    pub(crate) fn class(&mut self, id: &str, kind: TouchKind, chosen: bool) {
        for touch in self.make_own() {
            if touch.id == id || touch.alias.as_deref() == Some(id) {
                (touch.kind, touch.chosen) = (kind, chosen);
            }
        }
    }

    /// Whether nothing has passed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Dates the words of the user that an earlier state of this history does not hold.
    pub(crate) fn date_words(&mut self, before: Option<&History>, at: Instant) {
        let before = before.map_or(&[] as &[Touch], History::touches);
        if self.touches() == before || !self.0.iter().any(|touch| touch.chosen) {
            return;
        }
        for touch in self.make_own().iter_mut().filter(|touch| touch.chosen) {
            let known = before.iter().find(|known| known.id == touch.id);
            if known.is_none_or(|known| (known.chosen, known.kind) != (true, touch.kind)) {
                touch.chosen_at = Some(at);
            }
        }
    }

    /// Forgets a touch that the user noted and takes back.
    pub fn remove(&mut self, id: &str) {
        self.make_own().retain(|touch| touch.id != id);
    }

    /// The touches, oldest first.
    #[must_use]
    pub fn touches(&self) -> &[Touch] {
        &self.0
    }

    /// The touches up to an instant, that one included.
    #[must_use]
    pub fn until(&self, at: Instant) -> &[Touch] {
        let end = self.0.partition_point(|touch| touch.at <= at);
        self.0.get(..end).unwrap_or_default()
    }

    /// The last touch.
    #[must_use]
    pub fn last(&self) -> Option<&Touch> {
        self.0.last()
    }

    /// The last touch that this author wrote.
    #[must_use]
    pub fn last_by(&self, author: Author) -> Option<&Touch> {
        self.0.iter().rev().find(|touch| touch.by == author)
    }

    /// The letters at the end of the history that the client has not answered, oldest first.
    /// Greetings are among them; a touch of unknown author ends the run, since it may be an answer.
    #[must_use]
    pub fn unanswered(&self) -> &[Touch] {
        unanswered(&self.0)
    }
}

/// [`History::unanswered`] of touches in order.
pub(crate) fn unanswered(touches: &[Touch]) -> &[Touch] {
    let start = touches.iter().rposition(|touch| touch.by != Author::Seller);
    touches
        .get(start.map_or(0, |at| at + 1)..)
        .unwrap_or_default()
}

impl From<Vec<Touch>> for History {
    fn from(touches: Vec<Touch>) -> History {
        let mut history = History::default();
        match is_history(&touches) {
            true => history.0 = Arc::new(touches),
            false => history.add_all(touches),
        }
        history
    }
}

/// Whether touches are what is kept of a history already: in order, each message once, and none that may turn out to be
/// another one.
fn is_history(touches: &[Touch]) -> bool {
    let mut names = HashSet::with_capacity(touches.len());
    touches.is_sorted_by(|a, b| (a.at, &a.id) < (b.at, &b.id))
        && !touches.iter().any(Touch::is_provisional)
        && touches
            .iter()
            .flat_map(Touch::names)
            .all(|name| names.insert(name))
}

impl From<History> for Vec<Touch> {
    fn from(history: History) -> Vec<Touch> {
        Arc::unwrap_or_clone(history.0)
    }
}

impl Serialize for History {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(writer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn touch(id: &str, alias: Option<&str>, ms: i64, by: Author) -> Touch {
        Touch {
            id: id.into(),
            alias: alias.map(Into::into),
            at: Instant::from_ms(ms).unwrap(),
            by,
            kind: TouchKind::Plain,
            chosen: false,
            way: Way::Mail,
            chosen_at: None,
        }
    }

    #[test]
    fn a_letter_just_sent_and_its_settled_record_are_one_touch() {
        let mut history = History::default();
        history.add(touch("msg-a:r1", None, 1_000, Author::Seller));
        history.add(touch("18a0", None, 2_000, Author::Unknown));
        history.add(touch("18a0", Some("msg-a:r1"), 2_000, Author::Seller));
        assert_eq!(
            history.touches(),
            [touch("18a0", Some("msg-a:r1"), 2_000, Author::Seller)]
        );
    }

    #[test]
    fn two_letters_within_a_minute_stay_two_when_an_archive_tells_of_them_again() {
        let shown = [
            touch("18a0", None, 1_000, Author::Seller),
            touch("18a1", None, 61_000, Author::Seller),
        ];
        let archived = [
            touch("mail:x", None, 0, Author::Seller),
            touch("mail:y", None, 60_000, Author::Seller),
        ];
        let all = [&shown[0], &shown[1], &archived[0], &archived[1]];
        for order in [[0, 1, 2, 3], [2, 3, 0, 1], [0, 2, 3, 1], [3, 1, 2, 0]] {
            let mut history = History::default();
            for n in order {
                history.add(all[n].clone());
            }
            assert_eq!(history.touches(), shown, "{order:?}");
        }
    }

    #[test]
    fn who_wrote_is_what_the_page_shows_now_and_a_row_that_does_not_tell_changes_nothing() {
        let shown = |by| touch("18a0", None, 1_000, by);
        let mut history = History::default();
        for by in [Author::Client, Author::Seller, Author::Unknown] {
            history.see(&shown(by));
        }
        assert_eq!(history.touches(), [shown(Author::Seller)]);
        // The user takes back that this address is theirs.
        history.see(&shown(Author::Client));
        assert_eq!(history.touches(), [shown(Author::Client)]);
    }

    #[test]
    fn unanswered_is_the_run_of_the_sellers_letters_at_the_end() {
        let history = History::from(vec![
            touch("a", None, 1, Author::Seller),
            touch("b", None, 2, Author::Client),
            touch("c", None, 3, Author::Seller),
            touch("d", None, 4, Author::Seller),
        ]);
        let ids: Vec<_> = history
            .unanswered()
            .iter()
            .map(|touch| touch.id.as_str())
            .collect();
        assert_eq!(ids, ["c", "d"]);
        assert!(History::default().unanswered().is_empty());
    }

    #[test]
    fn fifty_thousand_letters_are_put_in_order_in_no_time() {
        let many = || {
            (0..50_000_i64)
                .rev()
                .map(|n| touch(&format!("{n:x}"), None, n, Author::Client))
                .collect::<Vec<_>>()
        };
        // A comparison of each with each would take minutes.
        let history = History::from(many());
        assert_eq!(history.touches().len(), 50_000);
        assert!(history.touches().is_sorted_by_key(|touch| touch.at));
        let mut twice = history.clone();
        twice.add(touch("ffff", None, 65_535, Author::Client));
        assert_eq!(twice.touches().len(), 50_001);
    }

    proptest! {
        #[test]
        fn many_at_once_are_as_one_by_one(
            all in prop::collection::vec((0..12_u8, prop::option::of(0..12_u8), 0..9_i64, any::<bool>()), 0..24),
            first in 0..24_usize,
        ) {
            let touches: Vec<Touch> = all.into_iter().map(|(id, alias, at, sent)| {
                let id = if sent { format!("{SENT}{id}") } else { format!("{id:x}") };
                touch(&id, alias.map(|alias| format!("msg-a:r{alias}")).as_deref(), at, Author::Seller)
            }).collect();
            let ids = |history: &History| history.touches().iter().map(|touch| touch.at).collect::<Vec<_>>();
            let mut slow = History::default();
            touches.iter().for_each(|touch| slow.add(touch.clone()));
            let cut = first.min(touches.len());
            let mut fast = History::from(touches[..cut].to_vec());
            fast.unite(&History::from(touches[cut..].to_vec()));
            prop_assert!(fast.touches().is_sorted_by_key(|touch| (touch.at, touch.id.clone())));
            // Ids that only chance gives two letters at once may unite them in another order.
            if touches.iter().all(|touch| touch.alias.is_none() && !touch.is_provisional()) {
                prop_assert_eq!(ids(&fast), ids(&slow));
            }
        }

        #[test]
        fn records_that_contradict_each_other_give_one_history_in_any_order(
            told in prop::collection::vec(
                (0..4_i64, 0..3_u8, 0..1_000_i64, 0..3_usize, 0..7_usize, prop::option::of(prop::option::of(0..3_i64)), 0..2_usize),
                0..16,
            ),
            order in prop::collection::vec(any::<prop::sample::Index>(), 16),
            cut in any::<prop::sample::Index>(),
        ) {
            // Four messages, far apart, each by one or both of its names, and otherwise as it comes.
            let record = |(message, names, ms, by, kind, chosen, way): (i64, u8, i64, usize, usize, Option<Option<i64>>, usize)| {
                let (id, alias) = (format!("{message:x}"), format!("msg-a:r{message}"));
                let (id, alias) = match names {
                    0 => (id, None),
                    1 => (alias, None),
                    _ => (id, Some(alias)),
                };
                Touch {
                    kind: TouchKind::ALL[kind],
                    chosen: chosen.is_some(),
                    chosen_at: chosen.flatten().map(|ms| Instant::from_ms(ms).unwrap()),
                    way: [Way::Mail, Way::Call][way],
                    ..touch(&id, alias.as_deref(), message * 1_000_000 + ms, [Author::Seller, Author::Client, Author::Unknown][by])
                }
            };
            let touches: Vec<Touch> = told.into_iter().map(record).collect();
            let mut mixed = touches.clone();
            for (at, with) in order.iter().enumerate().take(mixed.len()) {
                mixed.swap(at, with.index(at + 1));
            }
            let cut = cut.index(mixed.len() + 1);
            let one_by_one = |touches: &[Touch]| {
                let mut history = History::default();
                touches.iter().for_each(|touch| history.add(touch.clone()));
                history
            };
            let straight = one_by_one(&touches);
            prop_assert_eq!(&one_by_one(&mixed), &straight);
            // In two histories, whichever takes the other over, and again.
            let [mut here, mut there] = [&mixed[..cut], &mixed[cut..]].map(one_by_one);
            let there_before = there.clone();
            there.unite(&here);
            here.unite(&there_before);
            prop_assert_eq!(&here, &straight);
            prop_assert_eq!(&there, &straight);
            here.unite(&there_before);
            prop_assert_eq!(&here, &straight);
        }

        #[test]
        fn the_same_mail_in_any_order_gives_one_history(
            order in Just((0..24_usize).collect::<Vec<_>>()).prop_shuffle(),
            repeats in prop::collection::vec(0..24_usize, 0..40),
        ) {
            // Eight messages, each seen three ways: settled, by its row, and freshly sent.
            let sight = |n: usize| {
                let (message, way) = (n / 3, n % 3);
                let ms = 1_000 + i64::try_from(message).unwrap();
                let (id, alias) = (format!("{message:x}"), format!("msg-a:r{message}"));
                match way {
                    0 => touch(&id, Some(&alias), ms, Author::Seller),
                    1 => touch(&id, None, ms, Author::Unknown),
                    _ => touch(&alias, None, ms, Author::Seller),
                }
            };
            let history = |order: &[usize]| History::from(order.iter().map(|n| sight(*n)).collect::<Vec<_>>());
            let straight = history(&(0..24).collect::<Vec<_>>());
            prop_assert_eq!(straight.touches().len(), 8);
            let mut mixed = history(&order);
            prop_assert_eq!(&mixed, &straight);
            for n in repeats {
                mixed.add(sight(n));
            }
            prop_assert_eq!(mixed, straight);
        }
    }
}
