//! What to call somebody, from the name that mail shows: `WEBER, ANNA` is Anna.

use crate::country::Country;

/// The longest name that a letter begins with, in characters.
const LONGEST: usize = 40;
/// Titles that are no part of a name.
const TITLES: [&str; 14] = [
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "herr", "frau", "sr", "sra", "mme", "eng",
];
/// Words that show a name to be no person's: departments, companies.
const NOT_PERSONS: [&str; 46] = [
    "sales",
    "info",
    "purchasing",
    "purchase",
    "procurement",
    "export",
    "import",
    "imports",
    "exports",
    "office",
    "team",
    "support",
    "service",
    "admin",
    "contact",
    "einkauf",
    "compras",
    "ventas",
    "vendas",
    "achats",
    "marketing",
    "logistics",
    "accounting",
    "department",
    "dept",
    "gmbh",
    "ltd",
    "llc",
    "inc",
    "co",
    "corp",
    "company",
    "limited",
    "srl",
    "sarl",
    "sas",
    "spa",
    "bv",
    "ag",
    "oy",
    "ab",
    "pvt",
    "ltda",
    "trading",
    "group",
    "закупки",
];
/// Parts of a family name that stay small.
const PARTICLES: [&str; 15] = [
    "de", "la", "las", "los", "del", "da", "das", "do", "dos", "di", "van", "der", "den", "von",
    "y",
];
/// Where the family name is written first, or where people are not called by the first word alone.
const WHOLE_NAME: [&str; 10] = ["CN", "TW", "HK", "MO", "JP", "KR", "VN", "HU", "KH", "MM"];

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
        let name = name.split(['(', '|', '/', '<']).next()?;
        let (family_last, in_order) = match name.split_once(',') {
            Some((family, given)) if !given.trim().is_empty() => {
                (false, format!("{} {}", given.trim(), family.trim()))
            }
            _ => (true, name.trim().trim_matches(['"', '\'']).to_owned()),
        };
        let words: Vec<&str> = in_order
            .split_whitespace()
            .skip_while(|word| TITLES.contains(&plain(word).as_str()))
            .collect();
        let person = words.iter().all(|word| {
            !word.contains(|c: char| c.is_ascii_digit() || c == '@' || c == '&')
                && !NOT_PERSONS.contains(&plain(word).as_str())
        });
        let length = words
            .iter()
            .map(|word| word.chars().count() + 1)
            .sum::<usize>();
        if words.is_empty() || !person || length > LONGEST {
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
        let whole = (family_last
            && country.is_some_and(|country| WHOLE_NAME.contains(&country.code())))
            || in_order.chars().any(is_east_asian);
        let first = cased.first()?;
        let initial = first.trim_end_matches('.').chars().count() < 2;
        let short = (!whole && !initial).then(|| first.clone());
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
            "A name that goes on and on until nobody would begin a letter with it",
        ] {
            assert_eq!(called(name, "DE"), None, "{name}");
        }
    }
}
