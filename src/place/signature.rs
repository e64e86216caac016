//! The signature in a message: the client's own last lines, quoted text left out.
//!
//! What a client quotes is somebody else's, often the user's own address, and must never count. The
//! signature begins at the mark of RFC 3676 4.3 (`-- `) or at a closing phrase; a text that has neither
//! is taken to be a contact block, or ends in one.

use super::gazetteer::{self, Kind};
use super::quote::own_lines;
use super::words::{Joint, Words, digit};

/// The most lines that a signature has; longer ones are legal notices.
const LONGEST: usize = 45;

/// A line of the signature.
#[derive(Debug)]
pub(super) struct Line<'a> {
    /// As it was written.
    pub(super) raw: &'a str,
    /// Its words.
    pub(super) words: Words,
    /// A sentence rather than a line of an address: its names are what somebody talks about.
    pub(super) prose: bool,
    /// A person's name: the first line below a closing phrase, when it is short.
    pub(super) person: bool,
    /// Names a service line, which a company may rent in another country.
    pub(super) service: bool,
    /// The whole signature has no number: names in it are hardly an address.
    pub(super) numberless: bool,
    /// Part of the address of another office, named after the client's own.
    pub(super) aside: bool,
}

/// The lines of the signature, first to last, none of them empty.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let own = own_lines(text);
    let start = start(&own);
    let (mut addressed, mut aside, mut below_closing) = (false, false, false);
    let own = own.get(start..).unwrap_or_default();
    let numberless = !own.iter().any(|raw| raw.contains(|c| digit(c).is_some()));
    own.iter()
        .map(|raw| {
            let words = Words::read(raw);
            let prose = is_prose(raw, &words);
            aside |= addressed && !prose && is_other_office(&words);
            let closing = is_closing(raw);
            let person = below_closing && !closing && is_short_name(&words);
            below_closing = closing;
            let numbered = words.all().iter().any(|word| word.number);
            addressed |= numbered;
            let service =
                numbered && (0..words.all().len()).any(|at| SERVICES.contains(&words.word(at)));
            Line {
                raw,
                words,
                prose,
                person,
                service,
                numberless,
                aside,
            }
        })
        .collect()
}

/// Whether a line can be a person's name: up to four words, no number, no comma.
fn is_short_name(words: &Words) -> bool {
    let mut after_first = words.all().iter().skip(1);
    words.all().len() <= 4
        && after_first.all(|word| word.joint != Joint::Break)
        && !words.all().iter().any(|word| word.number)
}

/// Whether a line begins the address of another office.
fn is_other_office(words: &Words) -> bool {
    (1..=words.all().len().min(4)).any(|to| OTHER_OFFICES.contains(&words.phrase(0, to)))
}

/// Where the signature begins among the client's own lines.
fn start(own: &[&str]) -> usize {
    let earliest = own.len().saturating_sub(LONGEST);
    let tail = own.get(earliest..).unwrap_or_default();
    let mark = tail
        .iter()
        .rposition(|line| matches!(*line, "--" | "—" | "---" | "-- -"))
        .map(|at| at + 1);
    let closing = || tail.iter().rposition(|line| is_closing(line));
    mark.filter(|at| *at < tail.len())
        .or_else(|| closing().filter(|at| at + 1 < tail.len()))
        .map_or(earliest, |at| earliest + at)
}

/// Whether a line is a closing phrase, alone or before a comma.
fn is_closing(line: &str) -> bool {
    if line.len() > 120 {
        return false;
    }
    let words = Words::read(line);
    let first = words
        .all()
        .iter()
        .skip(1)
        .position(|word| word.joint == Joint::Break)
        .map_or(words.all().len(), |at| at + 1);
    gazetteer::meanings(words.phrase(0, first))
        .iter()
        .any(|meaning| meaning.kind == Kind::Greeting)
}

/// Whether a line reads as a sentence: many words, few of them names or numbers.
fn is_prose(raw: &str, words: &Words) -> bool {
    let count = words.all().len();
    let named = words
        .all()
        .iter()
        .filter(|word| word.proper || word.number)
        .count();
    // A whole contact block on one line has many short parts.
    let parts = words
        .all()
        .iter()
        .filter(|word| word.joint == Joint::Break)
        .count();
    if parts * 3 > count && named * 3 > count {
        return false;
    }
    let ends = raw.ends_with(['.', '?', '!', '。']);
    (count >= 9 && named * 2 < count)
        || (count >= 7 && ends && named * 3 < count * 2)
        || (count >= 30 && raw.contains('。'))
}

/// How a service line is called, in normal form.
const SERVICES: [&str; 14] = [
    "hotline",
    "toll",
    "tollfree",
    "freephone",
    "freecall",
    "helpline",
    "helpdesk",
    "support",
    "kundenservice",
    "servicio",
    "kundendienst",
    "emergency",
    "горячая",
    "servicenummer",
];

/// How the address of another office is headed, in normal form.
const OTHER_OFFICES: [&str; 36] = [
    "other office",
    "other offices",
    "branch",
    "branch office",
    "branches",
    "regional office",
    "representative office",
    "liaison office",
    "factory",
    "factory address",
    "warehouse",
    "plant",
    "production",
    "works",
    "headquarters",
    "headquarter",
    "head office",
    "hq",
    "offices",
    "our offices",
    "subsidiary",
    "parent company",
    "niederlassung",
    "zweigstelle",
    "zentrale",
    "werk",
    "lager",
    "sucursal",
    "fabrica",
    "usine",
    "siege social",
    "filiale",
    "завод",
    "филиал",
    "склад",
    "головной офис",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<&str> {
        lines(text).iter().map(|line| line.raw).collect()
    }

    #[test]
    fn a_contact_block_is_read_whole() {
        let block = "Anna Weber\nAcme GmbH\nTel.: +49 30 123456";
        assert_eq!(read(block), block.lines().collect::<Vec<_>>());
    }

    #[test]
    fn a_signature_begins_after_its_mark_or_at_the_closing_phrase() {
        let body = "Dear Li,\n\nwe need 200 pieces for our project in Brazil.\n";
        assert_eq!(
            read(&format!("{body}\n-- \nAnna\nBerlin")),
            ["Anna", "Berlin"]
        );
        assert_eq!(
            read(&format!("{body}\nMit freundlichen Grüßen,\nAnna\nBerlin")),
            ["Mit freundlichen Grüßen,", "Anna", "Berlin"]
        );
    }

    #[test]
    fn quoted_text_is_left_out() {
        for quote in [
            "> Ningbo, China",
            "On Mon, 2 Nov 2026 at 10:00, Li <li@factory.cn> wrote:\n> Ningbo, China",
            "On Mon, 2 Nov 2026 at 10:00, Li\n<li@factory.cn> wrote:\nNingbo, China",
            "-----Original Message-----\nNingbo, China",
            "Von: Li <li@factory.cn>\nGesendet: Montag\nAn: Anna\nNingbo, China",
            "发件人: Li\n发送时间: 2026\nNingbo, China",
            "________________________________\nFrom: Li\nSent: Monday\nNingbo, China",
            "---------- Forwarded message ---------\nNingbo, China",
            "Le lun. 2 nov. 2026 à 10:00, Li <li@factory.cn> a écrit :\nNingbo, China",
        ] {
            let text = format!("Yes please.\nAnna Weber\n{quote}");
            assert!(
                !read(&text).iter().any(|line| line.contains("Ningbo")),
                "{quote}"
            );
            assert!(read(&text).contains(&"Anna Weber"), "{quote}");
        }
    }

    #[test]
    fn an_answer_below_the_quote_is_kept() {
        let text = "On Monday Li <li@factory.cn> wrote:\n> price?\n> Ningbo\n\nYes.\nAnna, Berlin";
        assert_eq!(read(text), ["Yes.", "Anna, Berlin"]);
    }

    #[test]
    fn a_sentence_is_told_from_an_address() {
        let prose = |line: &str| is_prose(line, &Words::read(line));
        assert!(prose(
            "we have shipped many of these lamps to Brazil and Chile last year"
        ));
        assert!(!prose("Diplomatic Enclave, Ramna-5, Islamabad, Pakistan"));
        assert!(!prose(
            "Av. Paulista 1000, 10 andar, São Paulo - SP, 01310-100, Brasil"
        ));
    }
}
