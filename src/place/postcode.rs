//! Postcodes that tell their country by shape.
//!
//! Source: the Universal Postal Union's addressing guides, as far as a shape is a country's own.

use super::gazetteer::Spot;
use super::postal::is_pouch;
use super::signature::Line;
use super::words::Joint;
use crate::country::Country;

/// A postcode whose shape tells its country.
pub(super) fn postcode(line: &Line<'_>, spots: &[&Spot]) -> Option<(Country, String, f64)> {
    let words = &line.words;
    (0..words.all().len()).find_map(|at| {
        let (code, parts, weight) = shape(line, at).filter(|_| !is_pouch(words, at, at + 1))?;
        let country: Country = code.parse().ok()?;
        // A city of the country beside the postcode takes away the doubt.
        let near = spots.iter().any(|spot| spot.lies_in(country));
        let weight = if near { weight } else { weight * 0.8 };
        Some((country, words.phrase(at, at + parts).to_uppercase(), weight))
    })
}

/// The country of a postcode at a word, how many words it has, and its weight.
fn shape(line: &Line<'_>, at: usize) -> Option<(&'static str, usize, f64)> {
    let words = &line.words;
    let word = words.get(at)?;
    let this = words.word(at);
    let beside = words.get(at + 1).filter(|next| next.joint == Joint::Space);
    let next = if beside.is_some() {
        words.word(at + 1)
    } else {
        ""
    };
    let beside_too = words
        .get(at + 2)
        .filter(|third| third.joint == Joint::Space);
    let third = if beside.is_some() && beside_too.is_some() {
        words.word(at + 2)
    } else {
        ""
    };
    let capitals = word.capitals;
    let hyphen = |one: &str, other: &str| {
        let joined = |dash: &str| {
            line.raw.match_indices(dash).any(|(cut, _)| {
                let ends = |text: Option<&str>, part: &str| {
                    text.is_some_and(|text| text.to_lowercase().ends_with(part))
                };
                let starts = |text: Option<&str>, part: &str| {
                    text.is_some_and(|text| text.to_lowercase().starts_with(part))
                };
                ends(line.raw.get(..cut), one) && starts(line.raw.get(cut + dash.len()..), other)
            })
        };
        joined("-") || joined("–")
    };
    let digits =
        |text: &str, count: usize| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if word.number {
        return match (this.len(), next.len()) {
            (5, 3) if digits(next, 3) && hyphen(this, next) => Some(("BR", 2, 2.5)),
            (4, 3) if digits(next, 3) && hyphen(this, next) && !is_phone_line(line) => {
                Some(("PT", 2, 2.0))
            }
            (3, 4) if digits(next, 4) && line.raw.contains('〒') => Some(("JP", 2, 4.0)),
            (2, 3) if digits(next, 3) && hyphen(this, next) && !is_phone_line(line) => {
                Some(("PL", 2, 1.8))
            }
            (4, 2)
                if beside.is_some_and(|two| two.capitals)
                    && !this.starts_with('0')
                    && !matches!(next, "sa" | "sd" | "ss" | "wa" | "nt") =>
            {
                Some(("NL", 2, 2.2))
            }
            _ => None,
        };
    }
    // D-80331, CH-8001, S-111 22.
    if capitals && digits(next, next.len()) && !next.is_empty() {
        let length = next.len()
            + if digits(third, 2) && next.len() == 3 {
                2
            } else {
                0
            };
        if let Some((_, code, _)) = PREFIXES
            .iter()
            .find(|(prefix, _, lengths)| *prefix == this && lengths.contains(&length))
            && hyphen(this, next)
        {
            return Some((code, 2, 3.2));
        }
    }
    if capitals
        && this.len() == 2
        && (digits(next, 5))
        && !hyphen(next, third)
        && STATES.contains(&this)
    {
        let code = if this == "pr" { "PR" } else { "US" };
        return Some((code, 2, 3.6));
    }
    if capitals && digits(next, 4) && AUSTRALIA.contains(&this) {
        return Some(("AU", 2, 3.4));
    }
    if this == "ky1" || this == "ky2" || this == "ky3" {
        return Some(("KY", 1, 3.4));
    }
    let pattern = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                '0'..='9' => '9',
                'a'..='z' => 'a',
                _ => '?',
            })
            .collect()
    };
    if this.len() > 6 || next.len() > 4 {
        return match (pattern(this).as_str(), capitals) {
            ("a9999aaa", true) => Some(("AR", 1, 2.5)),
            _ => None,
        };
    }
    match (pattern(this).as_str(), pattern(next).as_str()) {
        ("a9" | "a99" | "aa9" | "aa99" | "a9a" | "aa9a", "9aa") if capitals => Some(british(this)),
        ("a9a", "9a9") if capitals && canadian(this) => Some(("CA", 2, 3.2)),
        ("a9a9a9", _) if capitals && canadian(this) => Some(("CA", 1, 3.0)),
        ("9999aa", _) if capitals => Some(("NL", 1, 2.2)),
        ("a99" | "a9a", "aa99" | "a999" | "9aaa" | "a9aa" | "aaa9" | "99aa" | "a99a" | "aa9a")
            if capitals && this != "d6w" =>
        {
            Some(("IE", 2, 2.4))
        }
        ("aaa", "9999") if capitals && line.raw.to_lowercase().contains("malta") => {
            Some(("MT", 2, 2.0))
        }
        _ => None,
    }
}

fn is_phone_line(line: &Line<'_>) -> bool {
    line.raw.contains(['+', '@'])
        || (0..line.words.all().len()).any(|at| {
            matches!(
                line.words.word(at),
                "tel" | "phone" | "fax" | "mob" | "mobile" | "t" | "f" | "m" | "p" | "ph" | "cell"
            )
        })
}

/// Crown dependencies have postcodes of their own in the British form.
fn british(outward: &str) -> (&'static str, usize, f64) {
    let code = match outward.get(..2) {
        Some("gy") => "GG",
        Some("je") => "JE",
        Some("im") => "IM",
        _ => "GB",
    };
    (code, 2, 3.2)
}

fn canadian(code: &str) -> bool {
    code.chars()
        .next()
        .is_some_and(|c| "abceghjklmnprstvxy".contains(c))
}

/// Letters that stand before a postcode for abroad, with how many digits follow.
const PREFIXES: [(&str, &str, &[usize]); 56] = [
    ("d", "DE", &[5]),
    ("de", "DE", &[5]),
    ("a", "AT", &[4]),
    ("at", "AT", &[4]),
    ("ch", "CH", &[4]),
    ("f", "FR", &[5]),
    ("fr", "FR", &[5]),
    ("b", "BE", &[4]),
    ("be", "BE", &[4]),
    ("i", "IT", &[5]),
    ("it", "IT", &[5]),
    ("nl", "NL", &[4]),
    ("l", "LU", &[4]),
    ("lu", "LU", &[4]),
    ("s", "SE", &[5]),
    ("se", "SE", &[5]),
    ("dk", "DK", &[4]),
    ("n", "NO", &[4]),
    ("no", "NO", &[4]),
    ("fi", "FI", &[5]),
    ("fin", "FI", &[5]),
    ("sf", "FI", &[5]),
    ("pl", "PL", &[2, 5]),
    ("cz", "CZ", &[3, 5]),
    ("sk", "SK", &[3, 5]),
    ("h", "HU", &[4]),
    ("hu", "HU", &[4]),
    ("ro", "RO", &[6]),
    ("bg", "BG", &[4]),
    ("hr", "HR", &[5]),
    ("slo", "SI", &[4]),
    ("si", "SI", &[4]),
    ("gr", "GR", &[3, 5]),
    ("p", "PT", &[4]),
    ("pt", "PT", &[4]),
    ("e", "ES", &[5]),
    ("es", "ES", &[5]),
    ("lt", "LT", &[5]),
    ("lv", "LV", &[4]),
    ("ee", "EE", &[5]),
    ("ua", "UA", &[5]),
    ("ru", "RU", &[6]),
    ("tr", "TR", &[5]),
    ("md", "MD", &[4]),
    ("cy", "CY", &[4]),
    ("by", "BY", &[6]),
    ("az", "AZ", &[4]),
    ("mc", "MC", &[5]),
    ("fl", "LI", &[4]),
    ("li", "LI", &[4]),
    ("il", "IL", &[5, 7]),
    ("rs", "RS", &[5]),
    ("srb", "RS", &[5]),
    ("ba", "BA", &[5]),
    ("mk", "MK", &[4]),
    ("is", "IS", &[3]),
];

/// Postal codes of the United States' states, the District and Puerto Rico (USPS Publication 28).
const STATES: [&str; 52] = [
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks",
    "ky", "la", "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny",
    "nc", "nd", "oh", "ok", "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut", "vt", "va", "wa", "wv",
    "wi", "wy", "dc", "pr",
];

/// States and territories of Australia.
const AUSTRALIA: [&str; 8] = ["nsw", "vic", "qld", "sa", "wa", "tas", "act", "nt"];
