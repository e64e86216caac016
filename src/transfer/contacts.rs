//! Contacts from an address book or another program's list, as clients: whom to leave out and why, and what
//! their notes tell.

use std::collections::BTreeMap;

use serde::Serialize;

use super::table::{self, Choice};
use super::{country, vcard};
use crate::address::{Email, Person, plain_text};
use crate::client::{Stage, company_of, is_robot};
use crate::clock::Instant;
use crate::intake::Intake;
use crate::note::{self, Note};
use crate::place::{self, Clues, PlaceWord, WordScope};
use crate::store::ClientRecord;

pub use super::table::{Column, Columns, columns};

/// As much is shown of somebody who is left out, in characters.
const LONGEST: usize = 80;
/// So many of those who are left out can be looked at.
const MOST: usize = 1000;

/// Somebody in a list, as it stands there.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Contact {
    /// Addresses, or what stands in their place.
    pub emails: Vec<String>,
    /// The name.
    pub name: String,
    /// The company's name.
    pub company: String,
    /// The country, by name or code.
    pub country: String,
    /// Telephone numbers.
    pub phones: Vec<String>,
    /// Postal addresses, line by line.
    pub address: Vec<String>,
    /// How far the talks have come, in somebody's words; some programs have several for it.
    pub stages: Vec<String>,
    /// What is noted.
    pub note: String,
    /// Groups.
    pub labels: Vec<String>,
}

/// Why somebody is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOut {
    /// There is no mail address.
    NoAddress,
    /// What stands for one is none.
    NotAnAddress,
    /// A machine writes from it.
    Robot,
    /// They work at the user's own company.
    Colleague,
    /// They stand in the list twice.
    Double,
}

/// What a list comes to.
#[derive(Clone, Debug, PartialEq, Default, Serialize)]
pub struct Gathered {
    /// What is to be taken over.
    pub intake: Intake,
    /// How many are left out, for each reason.
    pub counts: BTreeMap<LeftOut, usize>,
    /// Who, and why.
    pub left_out: Vec<(LeftOut, String)>,
    /// Countries that are not understood, and how often each stands there.
    pub unknown_countries: BTreeMap<String, usize>,
    /// The same of stages.
    pub unknown_stages: BTreeMap<String, usize>,
}

/// Whether a file holds address cards.
#[must_use]
pub fn are_cards(text: &str) -> bool {
    let head = text.trim_start_matches('\u{feff}').trim_start();
    let begins = head.get(..11);
    begins.is_some_and(|begins| begins.eq_ignore_ascii_case("BEGIN:VCARD"))
}

/// Reads a file of address cards.
#[must_use]
pub fn cards(text: &str) -> Vec<Contact> {
    vcard::read(text)
}

/// Reads a table, with what each of its columns is.
#[must_use]
pub fn rows(text: &str, choice: &[Column]) -> Vec<Contact> {
    table::contacts(text, &Choice(choice.to_vec()))
}

/// The contacts of a file that nobody was asked about: address cards, or a table that has a column for addresses. None where it is
/// something else.
#[must_use]
pub fn listed(text: &str) -> Vec<Contact> {
    if are_cards(text) {
        return cards(text);
    }
    let columns = columns(text);
    match columns.guess.contains(&Column::Email) {
        true => rows(text, &columns.guess),
        false => Vec::new(),
    }
}

/// Sorts a list for a mailbox. Its notes bear the date at which it was `written`, so that one that the user took out again stays
/// out when the same list comes once more.
#[must_use]
pub fn gather(contacts: &[Contact], account: &Email, written: Instant) -> Gathered {
    let mut gathered = Gathered::default();
    let own = company_of(account);
    let mut clients: BTreeMap<Email, ClientRecord> = BTreeMap::new();
    for contact in contacts {
        let texts = contact.emails.iter();
        let mut emails: Vec<&str> = texts
            .flat_map(|text| text.split(|c: char| c.is_whitespace() || ",;、，；".contains(c)))
            .map(|text| text.trim_start_matches("mailto:").trim_matches(['<', '>']))
            .filter(|text| !text.is_empty())
            .collect();
        emails.dedup();
        if emails.is_empty() {
            gathered.leave(LeftOut::NoAddress, &contact.label());
        }
        for text in emails {
            let Ok(email) = text.parse::<Email>() else {
                gathered.leave(LeftOut::NotAnAddress, text);
                continue;
            };
            let reason = if is_robot(&email) {
                Some(LeftOut::Robot)
            } else if email == *account || company_of(&email) == own {
                Some(LeftOut::Colleague)
            } else if clients.contains_key(&email) {
                Some(LeftOut::Double)
            } else {
                None
            };
            match reason {
                Some(reason) => gathered.leave(reason, text),
                None => {
                    let record = contact.client(email.clone(), account, written, &mut gathered);
                    clients.insert(email, record);
                }
            }
        }
    }
    gathered.intake = Intake {
        clients: clients.into_values().collect(),
        hints: true,
        ..Intake::default()
    };
    gathered
}

impl Gathered {
    fn leave(&mut self, reason: LeftOut, who: &str) {
        *self.counts.entry(reason).or_default() += 1;
        if self.left_out.len() < MOST {
            self.left_out.push((reason, plain_text(who, LONGEST)));
        }
    }
}

impl Contact {
    fn label(&self) -> String {
        [&self.name, &self.company, &self.note]
            .into_iter()
            .find(|text| !text.trim().is_empty())
            .cloned()
            .unwrap_or_default()
    }

    fn client(
        &self,
        email: Email,
        account: &Email,
        written: Instant,
        gathered: &mut Gathered,
    ) -> ClientRecord {
        let name = [&self.name, &self.company]
            .into_iter()
            .find(|text| !text.is_empty());
        let person = Person::new(email, name.map(String::as_str));
        let company = company_of(&person.email);
        let mut record = ClientRecord::new(account, &person, company);
        let said = self.country.trim();
        if !said.is_empty() {
            match country::named(said) {
                Some(country) => {
                    record.word = Some(PlaceWord {
                        country,
                        region: None,
                        zone: None,
                        scope: WordScope::Person,
                    });
                }
                None => count(&mut gathered.unknown_countries, said),
            }
        }
        match self.stages.iter().find_map(|said| stage(said)) {
            Some(stage) => record.stage = stage,
            None => {
                let said = self.stages.iter();
                said.for_each(|said| count(&mut gathered.unknown_stages, said));
            }
        }
        let text = plain_text(&self.note, note::LONGEST);
        if !text.is_empty() {
            record.notes.push(Note { at: written, text });
        }
        // A telephone number and an address tell where somebody is as they do below a letter.
        let lines: Vec<&str> = self.address.iter().map(String::as_str).collect();
        let phones = self.phones.iter().map(|phone| format!("Tel: {phone}"));
        let text = lines
            .into_iter()
            .map(str::to_owned)
            .chain(phones)
            .collect::<Vec<_>>()
            .join("\n");
        if !text.trim().is_empty() {
            record.read_signature(&place::infer(&Clues {
                email: &person.email,
                name: person.name.as_deref(),
                text: Some(&text),
                language: None,
                offsets: &[],
                word: None,
                colleagues: &[],
            }));
        }
        record
    }
}

fn count(counts: &mut BTreeMap<String, usize>, what: &str) {
    *counts.entry(plain_text(what, LONGEST)).or_default() += 1;
}

/// The stage that a note means; `None` where it means none of ours, or could mean two.
fn stage(text: &str) -> Option<Stage> {
    const WORDS: [(Stage, &str); 6] = [
        (
            Stage::Lost,
            "lost|closed lost|closedlost|dead|unqualified|disqualified|流失|无效|丢单|输单|потерян|потеряна|проиграна|отказ",
        ),
        (
            Stage::Ordered,
            "won|closed won|closedwon|ordered|order|customer|deal|成交|已成交|成交客户|下单|已下单|赢单|заказ|выиграна|клиент|покупатель",
        ),
        (
            Stage::Negotiating,
            "negotiating|negotiation|in negotiation|contract sent|decision maker bought in|decisionmakerboughtin|谈判|谈判中|议价|переговоры",
        ),
        (
            Stage::Sampled,
            "sampled|sample|samples|sample sent|samples sent|寄样|已寄样|样品|送样|打样|образец|образцы|образцы отправлены",
        ),
        (
            Stage::Quoted,
            "quoted|quote|quotation|quotation sent|quote sent|proposal|proposal sent|presentation scheduled|报价|已报价|报价中|предложение|кп|кп отправлено|коммерческое предложение",
        ),
        (
            Stage::Inquiry,
            "inquiry|enquiry|lead|new|new lead|open|subscriber|prospect|opportunity|salesqualifiedlead|sales qualified lead|marketingqualifiedlead|marketing qualified lead|询盘|新询盘|潜在客户|意向客户|线索|запрос|лид|новый",
        ),
    ];
    let said = plain_text(text, LONGEST)
        .to_lowercase()
        .replace(['_', '-'], " ");
    let means = |words: &str| words.split('|').any(|word| word == said);
    let found = WORDS.iter().find(|(_, words)| means(words));
    found.map(|(stage, _)| *stage)
}

#[cfg(test)]
mod tests;
