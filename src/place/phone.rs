//! Telephone numbers: the country by leading digits, the zone by area code, validity by length.
//!
//! A number may be written `+49 30 …`, `0049 …`, `[49] (30) …`, or for callers
//! at home only, which takes the country from elsewhere and confirms it.

use super::clue::{Clue, share};
use super::number::{Number, Scanner};
use super::numbering::{Plan, calling, plan};
use super::signature::Line;
use super::{Because, ClueKind};
use crate::country::Country;

/// A number in international form whose length the country's plan has.
const INTERNATIONAL: f64 = 4.0;
/// One whose length the plan does not have: mistyped, or with an extension.
const ODD_LENGTH: f64 = 2.0;
/// A service line, which a company may rent in any country.
const SERVICE: f64 = 1.5;
/// A service line of North America, rented from everywhere.
const TOLL_FREE: f64 = 0.7;
/// The country's code without a plus: it may be an area code.
const NO_PLUS: f64 = 2.5;
/// The country's code and the area's in one pair of brackets.
const IN_BRACKETS: f64 = 3.2;
/// Three, three and four digits with a North American area code.
const NORTH_AMERICAN: f64 = 2.2;
/// A number for callers at home that fits a country which other clues name.
const AT_HOME: f64 = 1.5;
/// The same without the digit that calls at home begin with.
const AT_HOME_BARE: f64 = 0.7;
/// Numbers looked at in one signature.
const MOST: usize = 12;

/// Postcodes of the United States' diplomatic pouch, with four digits more in the form of a number.
const POUCHES: [&str; 2] = ["20521", "20189"];

/// All numbers of the signature.
pub(super) fn numbers(lines: &[Line<'_>]) -> Vec<Number> {
    let mut found = Vec::new();
    for line in lines {
        let numbers = Scanner::scan(line.raw).into_iter();
        for mut number in
            numbers.filter(|number| !POUCHES.iter().any(|zip| number.digits.starts_with(zip)))
        {
            number.service = line.service;
            number.share = if line.service || line.person {
                1.0
            } else {
                share(line)
            };
            found.push(number);
        }
        if found.len() >= MOST {
            break;
        }
    }
    found.truncate(MOST);
    found
}

/// What numbers say by themselves: the strongest for each country.
pub(super) fn clues(numbers: &[Number]) -> Vec<Clue> {
    let mut best: Vec<Clue> = Vec::new();
    for clue in numbers.iter().filter_map(read) {
        match best
            .iter_mut()
            .find(|one| one.because.country == clue.because.country)
        {
            Some(one) => {
                let zone = one.zone.or(clue.zone);
                if clue.because.weight > one.because.weight {
                    *one = clue;
                }
                one.zone = zone;
            }
            None => best.push(clue),
        }
    }
    best
}

/// What numbers for callers at home say for a country that other clues name.
pub(super) fn at_home(numbers: &[Number], country: Country) -> Option<Clue> {
    numbers
        .iter()
        .filter(|number| read(number).is_none())
        .filter_map(|number| read_at_home(number, country))
        .max_by(|a, b| a.because.weight.total_cmp(&b.because.weight))
}

fn read_at_home(number: &Number, country: Country) -> Option<Clue> {
    if !(7..=13).contains(&number.digits.len()) {
        return None;
    }
    let (code, trunk) = *calling().countries.get(&country)?;
    let stripped = number
        .digits
        .strip_prefix(trunk)
        .filter(|_| !trunk.is_empty());
    let national = stripped.unwrap_or(&number.digits);
    let plan = plan(&format!("{code}{national}"), code.len())?;
    if plan.country != country || !plan.fits(national.len()) || number.service {
        return None;
    }
    let weight = if stripped.is_some() || trunk.is_empty() {
        AT_HOME
    } else {
        AT_HOME_BARE
    };
    let shown: String = number
        .digits
        .chars()
        .take(number.groups.first().copied()?.clamp(2, 4))
        .collect();
    Some(Clue {
        because: Because {
            clue: ClueKind::Phone,
            value: format!("{shown}…"),
            country: Some(country),
            weight: weight * number.share,
        },
        zone: plan.zone,
    })
}

/// What one number says by itself.
fn read(number: &Number) -> Option<Clue> {
    let digits = number.digits.as_str();
    let first = number.groups.first().copied().unwrap_or_default();
    if number.plus {
        return abroad(
            digits.trim_start_matches('0'),
            number,
            INTERNATIONAL,
            ODD_LENGTH,
        );
    }
    if let Some(rest) = digits.strip_prefix("00").filter(|rest| rest.len() >= 8)
        && let Some(clue) = abroad(rest, number, INTERNATIONAL, 0.0)
    {
        return Some(clue);
    }
    if let Some(rest) = digits
        .strip_prefix("011")
        .filter(|rest| first == 3 && rest.len() >= 9)
    {
        return abroad(rest, number, INTERNATIONAL, 0.0);
    }
    if number.square && first <= 3 && digits.len() >= 7 {
        return abroad(digits, number, INTERNATIONAL, ODD_LENGTH);
    }
    // “(54-11) 4345-1234”: the code and the area in one pair of brackets.
    if number.round
        && number.bracketed >= 2
        && let Some(clue) = abroad(digits, number, IN_BRACKETS, 0.0)
    {
        return Some(clue);
    }
    if let Some(clue) = north_american(number)
        .and_then(|ten| abroad(&format!("1{ten}"), number, NORTH_AMERICAN, 0.0))
    {
        return Some(clue);
    }
    let code = calling().code_of(digits)?;
    let own_group = first == code && number.groups.len() >= 2;
    let whole = number.groups.len() == 1;
    if (own_group && digits.len() >= 10 && (digits.len() >= 11 || number.round || code == 3))
        || (whole && digits.len() >= 11)
    {
        let weight = if own_group && !number.round {
            NO_PLUS
        } else {
            SERVICE
        };
        return abroad(digits, number, weight, 0.0);
    }
    None
}

/// The ten digits of a number grouped as North America does, with a one before them or not.
fn north_american(number: &Number) -> Option<&str> {
    let ten = match number.groups.as_slice() {
        [3, 3, 4] => number.digits.as_str(),
        [1, 3, 3, 4] => number.digits.strip_prefix('1')?,
        _ => return None,
    };
    let valid = |from: usize| ten.as_bytes().get(from).is_some_and(|digit| *digit >= b'2');
    (valid(0) && valid(3)).then_some(ten)
}

/// A number in international form, without its plus.
fn abroad(digits: &str, number: &Number, valid: f64, odd: f64) -> Option<Clue> {
    let code = calling().code_of(digits)?;
    let (country_code, national) = digits.split_at_checked(code)?;
    let mut national = national;
    let mut plan = plan(digits, code)?;
    // “+49 030 …”: the zero of calls at home was left in.
    if let Some(rest) = national
        .strip_prefix('0')
        .filter(|_| !plan.fits(national.len()) || country_code != "39")
    {
        let again = super::numbering::plan(&format!("{country_code}{rest}"), code)?;
        if again.fits(rest.len()) {
            (plan, national) = (again, rest);
        }
    }
    let fits = plan.fits(national.len());
    if !(5..=15).contains(&national.len()) {
        return None;
    }
    let weight = match (plan.service, number.service) {
        _ if !fits => odd,
        (true, _) if country_code == "1" => TOLL_FREE,
        (true, _) | (_, true) => valid.min(SERVICE),
        _ => valid,
    };
    (weight > 0.0).then(|| Clue {
        because: Because {
            clue: ClueKind::Phone,
            value: shown(country_code, national, &plan, number),
            country: Some(plan.country),
            weight: weight * number.share,
        },
        zone: plan.zone.filter(|_| fits),
    })
}

/// `+55 11`: the calling code, and the area where it is what told the zone or the country, as far as it
/// was written as a group of its own.
fn shown(code: &str, national: &str, plan: &Plan, number: &Number) -> String {
    let told = plan.prefix.saturating_sub(code.len());
    if told == 0 {
        return format!("+{code}");
    }
    let group = match number.groups.as_slice() {
        [first, area, ..] if *first == code.len() && number.digits.starts_with(code) => *area,
        _ => told,
    };
    let length = if (told..=4).contains(&group) {
        group
    } else {
        told
    };
    let area: String = national.chars().take(length).collect();
    format!("+{code} {area}")
}

#[cfg(test)]
mod tests {
    use super::super::signature;
    use super::*;

    fn read_line(line: &str) -> Vec<(String, String, f64)> {
        clues(&numbers(&signature::lines(line)))
            .into_iter()
            .map(|clue| {
                let country = clue.because.country.unwrap().code().to_owned();
                (country, clue.because.value, clue.because.weight)
            })
            .collect()
    }

    fn country(line: &str) -> Option<(String, f64)> {
        let found = read_line(line);
        assert!(found.len() < 2, "{line}: {found:?}");
        found
            .into_iter()
            .next()
            .map(|(code, _, weight)| (code, weight))
    }

    #[test]
    fn international_numbers_name_their_country_however_they_are_written() {
        for (line, code) in [
            ("+49 30 8305-0", "DE"),
            ("Tel.: +49 (0)30 83050-100", "DE"),
            ("T: +44 (0) 20 7946 0018", "GB"),
            ("+44 1481 720000", "GG"),
            ("+7 495 123-45-67", "RU"),
            ("+7 727 258 1234", "KZ"),
            ("0086-21-5555 6666", "CN"),
            ("[49] (30) 8305-0", "DE"),
            ("Ph: 011 91 22 2345 6789", "IN"),
            ("+1 (242) 322-1181", "BS"),
            ("电话：+86 574 8765 4321", "CN"),
            ("+٩٦٦ ١١ ٤٨٨ ٣٨٠٠", "SA"),
            ("Fax +39 02 1234567", "IT"),
            ("+55(11)3456-7890", "BR"),
            ("Tel:+8621-62345678", "CN"),
            ("+(998) 71 120 5450", "UZ"),
            ("+55 (0xx11) 1234-5678", "BR"),
        ] {
            assert_eq!(
                country(line),
                Some((code.to_owned(), INTERNATIONAL)),
                "{line}"
            );
        }
    }

    #[test]
    fn service_lines_and_odd_lengths_say_less() {
        assert_eq!(country("+49 800 1234567"), Some(("DE".into(), SERVICE)));
        assert_eq!(
            country("Hotline: +49 30 8305 100"),
            Some(("DE".into(), SERVICE))
        );
        assert_eq!(country("+1 800 555 0199"), Some(("US".into(), TOLL_FREE)));
        assert_eq!(country("+33 1 23 45"), Some(("FR".into(), ODD_LENGTH)));
    }

    #[test]
    fn north_american_area_codes_name_country_and_zone() {
        let clues = clues(&numbers(&signature::lines("Phone (416) 555-0123")));
        assert_eq!(clues[0].because.country, "CA".parse().ok());
        assert_eq!(clues[0].zone.unwrap().0.name(), "America/Toronto");
        assert_eq!(country("415-555-2671"), Some(("US".into(), NORTH_AMERICAN)));
    }

    #[test]
    fn a_number_for_callers_at_home_confirms_a_country_but_names_none() {
        let numbers = numbers(&signature::lines("Tel. 030 83050100"));
        assert!(clues(&numbers).is_empty());
        assert!(at_home(&numbers, "DE".parse().unwrap()).is_some());
        assert!(at_home(&numbers, "NO".parse().unwrap()).is_none());
    }

    #[test]
    fn what_is_no_telephone_number_says_nothing() {
        for line in [
            "2026-11-23",
            "ISO 9001:2015",
            "12345 Berlin",
            "www.acme49.com/1234567890123456789",
            "Order AB1234567890",
            "",
        ] {
            assert_eq!(read_line(line), [], "{line}");
        }
    }

    #[test]
    fn two_numbers_on_a_line_are_two() {
        let found = read_line("+49 30 83050100 / +86 21 5555 6666");
        assert_eq!(found.len(), 2, "{found:?}");
    }
}
