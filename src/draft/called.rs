//! What to call somebody, from the name that mail shows: `WEBER, ANNA` is Anna.

use super::name_words::{
    FAMILIES, GIVEN, NOT_PERSONS, NOT_PERSONS_ZH, PARTICLES, PATRONYMICS, RANKS, ROLES, TITLES,
    WHOLE_NAME,
};
use crate::country::Country;

/// The longest name that a letter begins with, in characters.
const LONGEST: usize = 40;
/// What some mail programs put a name in.
const QUOTES: [char; 4] = ['"', '\'', '“', '”'];

/// A person as a letter calls them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    full: String,
    short: Option<String>,
}

impl Called {
    /// Reads the name that mail shows; `None` where it is no person's.
    #[must_use]
    pub fn read(name: &str, country: Option<Country>) -> Option<Called> {
        let name = name.split(['(', '|', '/', '<']).next()?.trim();
        let (given_first, in_order) = in_order(name);
        let spoken = in_order
            .split_whitespace()
            .map(|word| word.trim_matches(QUOTES))
            .filter(|word| word.contains(|c: char| c.is_alphanumeric() || c == '&'));
        let words: Vec<&str> = spoken
            .clone()
            .skip_while(|word| TITLES.contains(&plain(word).as_str()))
            .collect();
        // With a title goes the family name, and nobody is called by that alone.
        let titled = spoken.count() > words.len();
        let length = words
            .iter()
            .map(|word| word.chars().count() + 1)
            .sum::<usize>();
        let alone = titled && words.len() < 2;
        if words.is_empty() || alone || !words.iter().all(|word| is_persons(word)) {
            return None;
        }
        if length > LONGEST {
            return None;
        }
        let shouted = !words.iter().any(|word| is_mixed(word));
        let cased: Vec<String> = words
            .iter()
            .enumerate()
            .map(|(at, word)| {
                if shouted {
                    cased(word, at > 0)
                } else {
                    (*word).to_owned()
                }
            })
            .collect();
        // A comma has told which part is the given name, in any country.
        let whole = (!given_first
            && country.is_some_and(|country| WHOLE_NAME.contains(&country.code())))
            || in_order.chars().any(is_east_asian);
        let short = match spoken_russian(&cased) {
            Some(russian) => Some(russian),
            None if whole => None,
            None => cased.first().filter(|first| !is_initial(first)).cloned(),
        };
        let full = cased.join(" ");
        Some(Called { full, short })
    }

    /// The given name, or the whole name where nobody is called by the given name alone.
    #[must_use]
    pub fn short(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.full)
    }

    /// The whole name.
    #[must_use]
    pub fn full(&self) -> &str {
        &self.full
    }
}

/// A name in the order in which it is spoken, and whether that is sure: behind a comma stands the given
/// name, or what its owner is or does, which is left out. Without blanks, full stops part the words.
fn in_order(name: &str) -> (bool, String) {
    let mut parts = name.split(',').map(str::trim);
    let front = parts.next().unwrap_or_default();
    let is_rank = |part: &str| {
        let ranks = |word: &str| {
            let word = plain(word).replace('.', "");
            [&RANKS[..], &TITLES, &ROLES]
                .iter()
                .any(|list| list.contains(&word.as_str()))
        };
        part.split_whitespace().any(ranks)
    };
    match parts.find(|part| !part.is_empty() && !is_rank(part)) {
        Some(given) => (true, format!("{given} {front}")),
        None if front.contains(char::is_whitespace) || front.contains('@') => {
            (false, front.to_owned())
        }
        None => (false, front.replace(['.', '_'], " ")),
    }
}

/// Whether a word can be part of a person's name.
fn is_persons(word: &str) -> bool {
    let is_unit = word.chars().count() > 2 && NOT_PERSONS_ZH.iter().any(|end| word.ends_with(end));
    let odd = word.contains(|c: char| c.is_ascii_digit() || c == '@' || c == '&');
    let plain = plain(word);
    !is_unit && !odd && !NOT_PERSONS.contains(&plain.as_str()) && !ROLES.contains(&plain.as_str())
}

/// `J.` or `J.R.`: nobody is called by that.
fn is_initial(word: &str) -> bool {
    word.split('.').all(|letter| letter.chars().count() < 2)
}

/// What a Russian name is spoken as where its form tells: given name and patronymic, or the given name
/// behind the family name.
fn spoken_russian(words: &[String]) -> Option<String> {
    let ends = |word: &String, ends: &[&str]| {
        let word = word.to_lowercase();
        ends.iter().any(|end| word.ends_with(end))
    };
    match words {
        [_, given, patronymic] | [given, patronymic] if ends(patronymic, &PATRONYMICS) => {
            Some(format!("{given} {patronymic}"))
        }
        [given, patronymic, _] if ends(patronymic, &PATRONYMICS) => {
            Some(format!("{given} {patronymic}"))
        }
        [family, given]
            if ends(family, &FAMILIES)
                && !ends(given, &FAMILIES)
                && !GIVEN.contains(&family.to_lowercase().as_str()) =>
        {
            Some(given.clone())
        }
        _ => None,
    }
}

/// A word without its full stop, in lower case.
fn plain(word: &str) -> String {
    word.trim_end_matches(['.', ',']).to_lowercase()
}

/// Whether a word is in mixed case, or in a script without case: then it is as its owner writes it.
fn is_mixed(word: &str) -> bool {
    let (mut upper, mut lower, mut other) = (false, false, false);
    for c in word.chars().filter(|c| c.is_alphabetic()) {
        upper |= c.is_uppercase();
        lower |= c.is_lowercase();
        other |= !c.is_uppercase() && !c.is_lowercase();
    }
    other || (upper && lower)
}

/// A word of a name that is all capitals or all small, as names are written.
fn cased(word: &str, inner: bool) -> String {
    let small = word.to_lowercase();
    if inner && PARTICLES.contains(&small.as_str()) {
        return small;
    }
    let mut cased = String::with_capacity(small.len());
    let mut start = true;
    for c in small.chars() {
        if start {
            cased.extend(c.to_uppercase());
        } else {
            cased.push(c);
        }
        start = !c.is_alphabetic();
    }
    cased
}

/// Han, kana and hangul: names in them are used whole.
fn is_east_asian(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7af)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(name: &str, country: &str) -> Option<(String, String)> {
        let called = Called::read(name, country.parse().ok())?;
        Some((called.short().to_owned(), called.full().to_owned()))
    }

    #[test]
    fn a_name_is_read_as_its_owner_would_have_it() {
        for (name, country, short, full) in [
            ("Anna Weber", "DE", "Anna", "Anna Weber"),
            ("WEBER, ANNA", "DE", "Anna", "Anna Weber"),
            ("MARIA DE LA CRUZ", "MX", "Maria", "Maria de la Cruz"),
            ("anna-lena weber", "DE", "Anna-Lena", "Anna-Lena Weber"),
            ("Mr. John McDonald", "US", "John", "John McDonald"),
            ("J. Smith", "GB", "J. Smith", "J. Smith"),
            ("Nguyễn Văn An", "VN", "Nguyễn Văn An", "Nguyễn Văn An"),
            ("王伟", "CN", "王伟", "王伟"),
            ("Nagy Péter", "HU", "Nagy Péter", "Nagy Péter"),
            ("Nagy, Péter", "HU", "Péter", "Péter Nagy"),
            ("Priya Sharma (Purchase)", "IN", "Priya", "Priya Sharma"),
            ("ИВАН ПЕТРОВ", "RU", "Иван", "Иван Петров"),
            (
                "Сидоров Иван Петрович",
                "RU",
                "Иван Петрович",
                "Сидоров Иван Петрович",
            ),
            (
                "Ольга Юрьевна Климова",
                "KZ",
                "Ольга Юрьевна",
                "Ольга Юрьевна Климова",
            ),
            ("Климова Ольга", "RU", "Ольга", "Климова Ольга"),
            ("Лев Климов", "RU", "Лев", "Лев Климов"),
            ("Ева Климова", "RU", "Ева", "Ева Климова"),
            ("Holm, Greta", "DK", "Greta", "Greta Holm"),
            ("HOLM, GRETA, Dr.", "DK", "Greta", "Greta Holm"),
            ("Greta Holm, CEO", "DK", "Greta", "Greta Holm"),
            ("Greta Holm, Ph.D.", "DK", "Greta", "Greta Holm"),
            (
                "Greta Holm, Purchasing Manager",
                "DK",
                "Greta",
                "Greta Holm",
            ),
            ("greta.holm", "DK", "Greta", "Greta Holm"),
            ("\u{201c}Greta Holm\u{201d} 🌸", "DK", "Greta", "Greta Holm"),
            ("J.R. Smith", "US", "J.R. Smith", "J.R. Smith"),
            ("Wang Wei", "CN", "Wang Wei", "Wang Wei"),
        ] {
            assert_eq!(
                called(name, country),
                Some((short.into(), full.into())),
                "{name}"
            );
        }
    }

    #[test]
    fn what_is_no_persons_name_is_not_called() {
        for name in [
            "",
            " ",
            "Sales Dept",
            "Weber GmbH",
            "info@weber.de",
            "Import 24",
            "Smith & Sons",
            "Mr Holm",
            "Brightway Technology",
            "Shenzhen Brightway Co., Ltd.",
            "Brightway, Ltd.",
            "ООО Ромашка",
            "Отдел закупок",
            "采购部",
            "宁波光明灯具有限公司",
            "Export, Brightway GmbH",
            "A name that goes on and on until nobody would begin a letter with it",
        ] {
            assert_eq!(called(name, "DE"), None, "{name}");
        }
    }
}
