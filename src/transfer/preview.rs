//! What taking a file over would do, worked out before anything is done.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::client::company_of;
use crate::history::History;
use crate::intake::{Difference, Intake};
use crate::store::{ClientKey, ClientRecord, CompanyKey, CompanyRecord, ThreadKey, ThreadRecord};

/// So many words that stand on both sides are told one by one.
const MOST: usize = 200;

/// What would come of it.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Preview {
    /// Clients that are not known here yet.
    pub new_clients: usize,
    /// Clients that are, and of whom something would change.
    pub changed_clients: usize,
    /// Words of the user that would be filled in or replaced by newer ones.
    pub changed_words: usize,
    /// Threads that are not known here yet.
    pub new_threads: usize,
    /// Threads whose messages here and there would become one history.
    pub united: usize,
    /// Messages that are not known here yet.
    pub new_messages: usize,
    /// Settings that would change.
    pub changed_settings: usize,
    /// Words on which both sides say something else: how many.
    pub conflicts: usize,
    /// The first of them.
    pub shown: Vec<Conflict>,
}

/// A word on which both sides say something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Whom it is about; nobody where it is a setting.
    pub who: Option<String>,
    /// What they say, and which of them stands.
    #[serde(flatten)]
    pub difference: Difference,
}

impl Preview {
    /// Whether nothing would change.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let Preview {
            new_clients,
            changed_clients,
            changed_words,
            new_threads,
            united,
            new_messages,
            changed_settings,
            conflicts: _,
            shown: _,
        } = self;
        [
            new_clients,
            changed_clients,
            changed_words,
            new_threads,
            united,
            new_messages,
            changed_settings,
        ]
        .into_iter()
        .all(|count| *count == 0)
    }

    fn note(&mut self, who: Option<&str>, differences: Vec<Difference>) {
        for difference in differences {
            let taken = usize::from(difference.taken);
            match who {
                Some(_) => self.changed_words += taken,
                None => self.changed_settings += taken,
            }
            if difference.is_conflict() {
                self.conflicts += 1;
                if self.shown.len() < MOST {
                    let who = who.map(str::to_owned);
                    self.shown.push(Conflict { who, difference });
                }
            }
        }
    }
}

/// What would come of taking `theirs` over where `mine` is held.
#[must_use]
pub fn preview(mine: &Intake, theirs: &Intake) -> Preview {
    let mut preview = Preview::default();
    companies(&mut preview, mine, theirs);
    clients(&mut preview, mine, theirs);
    threads(&mut preview, mine, theirs);
    if let (Some(mine), Some(theirs)) = (&mine.settings, &theirs.settings) {
        settings(&mut preview, mine, theirs);
    } else if let Some(theirs) = &theirs.settings {
        settings(&mut preview, &crate::settings::Settings::default(), theirs);
    }
    preview
}

fn settings(
    preview: &mut Preview,
    mine: &crate::settings::Settings,
    theirs: &crate::settings::Settings,
) {
    let mut merged = mine.clone();
    let mut differences = Vec::new();
    merged.merge(theirs, &mut differences);
    preview.note(None, differences);
    // Lists are joined without a word about each element.
    let lists = |of: &crate::settings::Settings| {
        (
            of.playbook.closings.clone(),
            of.letters.snippets.clone(),
            of.webmails.clone(),
        )
    };
    preview.changed_settings += usize::from(lists(&merged) != lists(mine));
}

fn companies(preview: &mut Preview, mine: &Intake, theirs: &Intake) {
    let mut known: BTreeMap<&CompanyKey, CompanyRecord> = BTreeMap::new();
    known.extend(mine.companies.iter().map(|one| (&one.key, one.clone())));
    for theirs in theirs.companies.iter().filter(|_| !theirs.hints) {
        let blank = || CompanyRecord {
            key: theirs.key.clone(),
            word: None,
            said: crate::said::Said::default(),
        };
        let merged = known.entry(&theirs.key).or_insert_with(blank);
        let mut differences = Vec::new();
        merged.merge(theirs, &mut differences);
        preview.note(Some(&theirs.key.name), differences);
    }
}

fn clients(preview: &mut Preview, mine: &Intake, theirs: &Intake) {
    let companies: BTreeMap<&CompanyKey, &CompanyRecord> =
        mine.companies.iter().map(|one| (&one.key, one)).collect();
    let mut known: BTreeMap<&ClientKey, ClientRecord> = BTreeMap::new();
    known.extend(mine.clients.iter().map(|one| (&one.key, one.clone())));
    for record in &theirs.clients {
        let mut told = record.clone();
        told.company = company_of(&told.key.email);
        let new = !known.contains_key(&record.key);
        let merged = known.entry(&record.key).or_insert_with(|| told.blank());
        if theirs.hints {
            let company = companies.get(&told.company_key()).copied();
            told.yield_to(merged, company);
        }
        let before = merged.clone();
        let mut differences = Vec::new();
        merged.merge(&told, &mut differences);
        if new {
            preview.new_clients += 1;
        } else {
            preview.changed_clients += usize::from(*merged != before);
            preview.changed_words += usize::from(merged.moments != before.moments);
            preview.note(Some(merged.label()), differences);
        }
    }
}

fn threads(preview: &mut Preview, mine: &Intake, theirs: &Intake) {
    let mut known: BTreeMap<&ThreadKey, ThreadRecord> = BTreeMap::new();
    known.extend(mine.threads.iter().map(|one| (&one.key, one.clone())));
    let count = |history: &History| history.touches().len();
    for theirs in &theirs.threads {
        let Some(merged) = known.get_mut(&theirs.key) else {
            preview.new_threads += 1;
            preview.new_messages += count(&theirs.history);
            known.insert(&theirs.key, theirs.clone());
            continue;
        };
        let before = merged.clone();
        let mut differences = Vec::new();
        merged.merge(theirs, &mut differences);
        preview.note(Some(merged.client.as_str()), differences);
        let more = count(&merged.history).saturating_sub(count(&before.history));
        preview.new_messages += more;
        preview.united += usize::from(merged.history != before.history);
    }
}
