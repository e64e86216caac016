//! Who stands in a header, where need be in spite of how it is written.

use mail_parser::Address;

use crate::address::{Email, Person};

/// The people of a header whose addresses can be read.
pub(super) fn people<'m>(address: &'m Address<'_>) -> impl Iterator<Item = Person> + 'm {
    address.iter().filter_map(|one| {
        let email = email(one.address()?)?;
        Some(Person::new(email, one.name()))
    })
}

/// An address as it stands between its brackets: with blanks around its signs, a route in front of it (RFC 5322, 4.4), a name
/// without brackets, or one pair of brackets or quotes too many.
fn email(text: &str) -> Option<Email> {
    let mut joined = String::new();
    for word in text.split_whitespace() {
        // A blank parts words, but for one beside a sign within an address.
        if !joined.is_empty() && !joined.ends_with(['@', '.']) && !word.starts_with(['@', '.']) {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    let mut own = joined.rsplit([' ', ':']).find(|word| word.contains('@'))?;
    own = own.trim_start_matches('<').trim_end_matches('>');
    for (open, close) in [('[', ']'), ('\'', '\''), ('"', '"')] {
        let within = own
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        own = within.unwrap_or(own);
    }
    own.parse().ok()
}

/// The one address in a header that is no list of people; in brackets, if there are any.
pub(super) fn only(header: &str) -> Option<Email> {
    let within = header.rsplit_once('<').map(|(_, rest)| rest);
    let within = within.map(|rest| rest.split('>').next().unwrap_or_default());
    within.and_then(email).or_else(|| {
        let between = |c: char| c.is_whitespace() || "<>()[],;:\"".contains(c);
        let mut all = header.split(between);
        let found: Email = all.find_map(|word| word.trim_end_matches('.').parse().ok())?;
        let another = all.any(|word| word.parse::<Email>().is_ok_and(|email| email != found));
        (!another).then_some(found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_in_spite_of_how_it_is_written() {
        for text in [
            "anna@weber.de",
            "anna @ weber . de",
            "@route.example,@b.example:anna@weber.de",
            "<anna@weber.de>",
            "'anna@weber.de'",
            "mailto:anna@weber.de",
            "Anna Weber anna@weber.de",
            "Anna anna@weber.de>",
        ] {
            assert_eq!(email(text).unwrap().as_str(), "anna@weber.de", "{text}");
        }
        assert_eq!(email("\"a\"@weber.de").unwrap().as_str(), "\"a\"@weber.de");
        assert_eq!(email("anna"), None);
        for header in [
            "Anna anna@weber.de",
            "Anna Weber anna@weber.de>",
            "\"Anna <anna@weber.de>",
            "Anna <x> (anna@weber.de.)",
            "Anna [anna@weber.de]",
        ] {
            assert_eq!(only(header).unwrap().as_str(), "anna@weber.de", "{header}");
        }
        for header in [
            "",
            "Anna Weber",
            "anna@weber.de bo@weber.de",
            "@",
            "anna@localhost",
        ] {
            assert_eq!(only(header), None, "{header}");
        }
    }
}
