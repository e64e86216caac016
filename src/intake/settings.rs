//! Two people's settings, or one person's on two machines, become one: thing by thing, the newer word.

use super::merge::{Dates, Difference};
use crate::clock::{Correction, Instant};
use crate::country::Country;
use crate::order::Order;
use crate::playbook::{Playbook, Scope, Setting};
use crate::said::{Said, element};
use crate::settings::{Planned, Settings};

const RULE: &str = "rule";
const DAY: &str = "day";
const CLOSING: &str = "closing";
const SNIPPET: &str = "snippet";
const WEBMAIL: &str = "webmail";
const ADDRESS: &str = "own_address";

/// Every rule that either of two playbooks changes.
fn changed_rules(one: &Playbook, other: &Playbook) -> Vec<(Scope, Setting)> {
    let mut scopes = one.scopes();
    scopes.extend(other.scopes());
    let changed = |(scope, setting): &(Scope, Setting)| {
        one.own(scope, *setting).is_some() || other.own(scope, *setting).is_some()
    };
    let all = scopes.into_iter().flat_map(|scope| {
        let every = Setting::ALL.into_iter();
        every.map(move |setting| (scope.clone(), setting))
    });
    let mut rules: Vec<_> = Vec::new();
    for rule in all.filter(changed) {
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    rules
}

fn corrections(playbook: &Playbook) -> impl Iterator<Item = (Country, &Correction)> {
    let by_country = playbook.corrections.iter();
    by_country.flat_map(|(country, all)| all.iter().map(|one| (*country, one)))
}

/// The dates that either of two playbooks corrects.
fn corrected_days(one: &Playbook, other: &Playbook) -> Vec<(Country, chrono::NaiveDate)> {
    let mut days: Vec<_> = corrections(one)
        .chain(corrections(other))
        .map(|(country, correction)| (country, correction.date))
        .collect();
    days.order();
    days.dedup();
    days
}

fn day(country: Country, date: chrono::NaiveDate) -> String {
    element(DAY, &(country, date.to_string()))
}

impl Settings {
    /// Dates whatever is set otherwise than before.
    pub(crate) fn date_words(&mut self, before: &Settings, at: Instant) {
        let mut said = std::mem::take(&mut self.said);
        let (mine, theirs) = (&self.playbook, &before.playbook);
        for rule in changed_rules(mine, theirs) {
            if mine.own(&rule.0, rule.1) != theirs.own(&rule.0, rule.1) {
                said.note(element(RULE, &rule), at);
            }
        }
        for (country, date) in corrected_days(mine, theirs) {
            if mine.correction(country, date) != theirs.correction(country, date) {
                said.note(day(country, date), at);
            }
        }
        fn date_list<T: PartialEq + serde::Serialize>(
            list: &str,
            [now, before]: [&[T]; 2],
            said: &mut Said,
            at: Instant,
        ) {
            let new = now.iter().filter(|one| !before.contains(one));
            let gone = before.iter().filter(|one| !now.contains(one));
            new.chain(gone)
                .for_each(|one| said.note(element(list, one), at));
        }
        let closings: [&[_]; 2] = [&mine.closings, &theirs.closings];
        date_list(CLOSING, closings, &mut said, at);
        let snippets: [&[_]; 2] = [&self.letters.snippets, &before.letters.snippets];
        date_list(SNIPPET, snippets, &mut said, at);
        let webmails: [&[_]; 2] = [&self.webmails, &before.webmails];
        date_list(WEBMAIL, webmails, &mut said, at);
        let addresses: [&[_]; 2] = [&self.own.addresses, &before.own.addresses];
        date_list(ADDRESS, addresses, &mut said, at);
        let changed = [
            ("own_zone", self.own.zone != before.own.zone),
            ("own_hours", self.own.hours != before.own.hours),
            ("badge", self.own.badge != before.own.badge),
            ("daily_limit", self.daily_limit != before.daily_limit),
            ("backups", self.backups != before.backups),
            ("sign_as", self.letters.sign_as != before.letters.sign_as),
            (
                "letter_language",
                self.letters.language != before.letters.language,
            ),
            ("unnoted", self.letters.unnoted != before.letters.unnoted),
        ];
        for (what, _) in changed.iter().filter(|(_, changed)| *changed) {
            said.note(*what, at);
        }
        self.said = said;
    }

    /// Takes over what other settings tell. Where the rules change, everybody is to be planned anew.
    pub(crate) fn merge(&mut self, theirs: &Settings, differences: &mut Vec<Difference>) {
        let before = self.playbook.clone();
        let mine = self.said.clone();
        let dates = Dates {
            mine: &mine,
            theirs: &theirs.said,
        };
        let blank = Settings::default();
        dates.newer(
            "daily_limit",
            &mut self.daily_limit,
            &theirs.daily_limit,
            &blank.daily_limit,
            differences,
        );
        dates.newer(
            "backups",
            &mut self.backups,
            &theirs.backups,
            &blank.backups,
            differences,
        );
        let (letters, others) = (&mut self.letters, &theirs.letters);
        let to = &mut *differences;
        dates.newer("sign_as", &mut letters.sign_as, &others.sign_as, &None, to);
        let languages = (&mut letters.language, &others.language);
        dates.newer("letter_language", languages.0, languages.1, &None, to);
        dates.newer("unnoted", &mut letters.unnoted, &others.unnoted, &false, to);
        // When the browser calls and what language it speaks is each browser's own: the one needs its grant.
        let (own, others) = (&mut self.own, &theirs.own);
        dates.newer("own_zone", &mut own.zone, &others.zone, &None, to);
        dates.newer("own_hours", &mut own.hours, &others.hours, &None, to);
        dates.newer("badge", &mut own.badge, &others.badge, &blank.own.badge, to);
        dates.elements(ADDRESS, &mut own.addresses, &others.addresses);
        dates.elements(WEBMAIL, &mut self.webmails, &theirs.webmails);
        dates.elements(SNIPPET, &mut letters.snippets, &theirs.letters.snippets);
        self.merge_rules(theirs, dates, differences);
        let playbook = &mut self.playbook;
        dates.elements(CLOSING, &mut playbook.closings, &theirs.playbook.closings);
        playbook.closings.order_by_key(|closing| closing.from);
        self.said.unite(&theirs.said);
        if self.playbook != before {
            self.planned = Planned::None;
        }
    }

    fn merge_rules(
        &mut self,
        theirs: &Settings,
        dates: Dates<'_>,
        differences: &mut Vec<Difference>,
    ) {
        let (playbook, others) = (&mut self.playbook, &theirs.playbook);
        for rule in changed_rules(playbook, others) {
            let (scope, setting) = &rule;
            let (mut value, other) = (playbook.own(scope, *setting), others.own(scope, *setting));
            let dates = dates.of(&element(RULE, &rule), RULE);
            dates
                .as_dates()
                .newer(RULE, &mut value, &other, &None, differences);
            match value {
                // Only what was accepted before is in either of them.
                Some(value) => drop(playbook.set(scope.clone(), *setting, value)),
                None => playbook.reset(scope, *setting),
            }
        }
        for (country, date) in corrected_days(playbook, others) {
            let mut kind = playbook.correction(country, date).cloned();
            let other = others.correction(country, date).cloned();
            let dates = dates.of(&day(country, date), DAY);
            dates
                .as_dates()
                .newer(DAY, &mut kind, &other, &None, differences);
            playbook.correct(country, date, kind);
        }
    }
}

/// The dates of one thing alone, under a shorter name.
struct DatesOfOne {
    mine: Said,
    theirs: Said,
}

impl DatesOfOne {
    fn as_dates(&self) -> Dates<'_> {
        Dates {
            mine: &self.mine,
            theirs: &self.theirs,
        }
    }
}

impl Dates<'_> {
    fn of(self, name: &str, short: &str) -> DatesOfOne {
        let one = |said: &Said| {
            let mut one = Said::default();
            if let Some(at) = said.on(name) {
                one.note(short, at);
            }
            one
        };
        DatesOfOne {
            mine: one(self.mine),
            theirs: one(self.theirs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Change;

    fn set(settings: &Settings, change: &str, at: i64) -> Settings {
        let change: Change = serde_json::from_str(change).unwrap();
        let mut after = settings.with(&change).unwrap();
        after.date_words(settings, Instant::from_ms(at).unwrap());
        after
    }

    #[test]
    fn what_is_the_users_own_is_taken_over_and_the_newer_word_stands() {
        let blank = Settings::default();
        let there = set(&blank, r#"{"zone":"Asia/Shanghai"}"#, 1);
        let there = set(&there, r#"{"add_address":"li@lumenport.example"}"#, 2);
        let there = set(&there, r#"{"badge":"overdue"}"#, 3);
        let mut here = set(&blank, r#"{"badge":"off"}"#, 9);
        here.merge(&there, &mut Vec::new());
        let own = serde_json::to_value(&here.own).unwrap();
        assert_eq!(own["zone"], "Asia/Shanghai");
        assert_eq!(
            own["addresses"],
            serde_json::json!(["li@lumenport.example"])
        );
        assert_eq!(own["badge"], "off", "said after the other");
        // Taken out here since it was put in there: it is out.
        let mut here = set(&here, r#"{"drop_address":"li@lumenport.example"}"#, 10);
        here.merge(&there, &mut Vec::new());
        assert!(here.own.addresses.is_empty());
    }
}
