//! The part of the country that an address names, where parts have calendars of their own.
//!
//! Source: `data/subdivisions.tsv`. An address that names two parts names none.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::gazetteer::Spot;
use super::signature::Line;
use super::words::{Words, normal};
use crate::country::Country;
use crate::subdivision::Subdivision;

/// The longest name, in words.
const LONGEST: usize = 7;
/// The countries in whose addresses the part's code follows the city: `Manaus - AM`.
const CODED: [&str; 5] = ["AU", "BR", "CA", "IT", "US"];

/// The part of a country that the signature names: by its code beside a city or a postcode, or
/// else by its name or by a city of it.
pub(super) fn of(country: Country, lines: &[Line<'_>], spots: &[Spot]) -> Option<Subdivision> {
    Subdivision::of(country).next()?;
    let ours = || {
        lines
            .iter()
            .enumerate()
            .filter(|(_, line)| !line.prose && !line.aside)
    };
    let coded = CODED.contains(&country.code());
    only(
        ours()
            .filter(|_| coded)
            .flat_map(|(at, line)| codes(country, at, line, spots)),
    )
    .or_else(|| only(ours().flat_map(|(_, line)| named(country, &line.words))))
}

/// The one that all of them are.
fn only(mut found: impl Iterator<Item = Subdivision>) -> Option<Subdivision> {
    let first = found.next()?;
    found.all(|one| one == first).then_some(first)
}

/// The codes in one line that stand beside a city of the country or before a number.
fn codes(
    country: Country,
    at: usize,
    line: &Line<'_>,
    spots: &[Spot],
) -> impl Iterator<Item = Subdivision> {
    let words = &line.words;
    let is_code = move |place: usize| {
        words.get(place).is_some_and(|word| word.capitals)
            && (spots
                .iter()
                .any(|spot| spot.line == at && spot.to == place && spot.lies_in(country))
                || words
                    .word(place + 1)
                    .starts_with(|first: char| first.is_ascii_digit()))
    };
    (0..words.all().len())
        .filter(move |place| is_code(*place))
        .filter_map(move |place| {
            let code = words.word(place);
            Subdivision::of(country).find(|one| one.part().eq_ignore_ascii_case(code))
        })
}

/// The parts that one line names, the longest name first where they overlap.
fn named(country: Country, words: &Words) -> Vec<Subdivision> {
    let names = names(country);
    let mut found = Vec::new();
    let mut from = 0;
    while from < words.all().len() {
        let longest = (from + 1..=words.all().len().min(from + LONGEST))
            .rev()
            .find_map(|to| Some((to, names.get(words.phrase(from, to))?)));
        from = longest.map_or(from + 1, |(to, _)| to);
        found.extend(longest.map(|(_, one)| *one));
    }
    found
}

/// The names of a country's parts in normal form.
fn names(country: Country) -> &'static BTreeMap<String, Subdivision> {
    type Names = BTreeMap<Country, BTreeMap<String, Subdivision>>;
    static NAMES: OnceLock<Names> = OnceLock::new();
    static NONE: BTreeMap<String, Subdivision> = BTreeMap::new();
    NAMES
        .get_or_init(|| {
            let mut names = Names::new();
            for one in Subdivision::all() {
                let of_country = names.entry(one.country()).or_default();
                of_country.extend(one.names().map(|name| (normal(name), one)));
            }
            names
        })
        .get(&country)
        .unwrap_or(&NONE)
}

#[cfg(test)]
mod tests {
    use crate::place::{Clues, infer};

    /// The part of the country that a signature is in.
    fn region(text: &str) -> Option<&'static str> {
        let email = "someone@gmail.com".parse().unwrap();
        let inference = infer(&Clues {
            email: &email,
            name: None,
            text: Some(text),
            language: None,
            offsets: &[],
            word: None,
            colleagues: &[],
        });
        inference.region.map(|region| region.code())
    }

    #[test]
    fn an_address_tells_the_part_of_the_country() {
        for (text, code) in [
            (
                "Ahmad\n12 Jalan Skudai\n81300 Johor Bahru, Johor, Malaysia\n+60 7 555 1234",
                "MY-01",
            ),
            ("Siti\nAlor Setar, Kedah, Malaysia\n+60 4 733 1234", "MY-02"),
            (
                "Omar\nSharjah, United Arab Emirates\n+971 6 557 1234",
                "AE-SH",
            ),
            ("Max\n80331 München, Deutschland\n+49 89 123456", "DE-BY"),
            (
                "Rafael\nAv. Brasil 520, Manaus - AM, Brasil\n+55 92 3550 0131",
                "BR-AM",
            ),
            (
                "Ann\n1 Main St, Smallville, TX 78701, USA\n+1 512 555 0100",
                "US-TX",
            ),
            (
                "Giulia\nVia Roma 1, 20121 Milano (MI), Italia\n+39 02 1234567",
                "IT-MI",
            ),
        ] {
            assert_eq!(region(text), Some(code), "{text}");
        }
    }

    #[test]
    fn nothing_is_guessed_where_the_address_names_two_parts_or_none() {
        for text in [
            "Max\nMusterstr. 1, Deutschland\n+49 89 123456",
            "Max\nBüros in München und Hamburg, Deutschland\n+49 89 123456",
            "Ali\nDubai, United Arab Emirates\n+971 4 557 1234",
            "Anna\nWien, Austria\n+43 1 123456",
        ] {
            assert_eq!(region(text), None, "{text}");
        }
    }
}
