//! Mail addresses and the people behind them, as a webmail shows them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest address that RFC 5321 allows (4.5.3.1.3), in bytes.
const LONGEST_ADDRESS: usize = 254;
/// How much of a display name is kept, in characters: enough to know the person by.
const LONGEST_NAME: usize = 120;

/// A mail address in lower case: one `@`, something before it, a dotted domain after it.
///
/// Two spellings of one mailbox that differ by case are equal; that is what every large provider
/// does, though RFC 5321 2.4 leaves the local part's case to the receiver.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is no mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no mail address")]
pub struct NotAnAddress(pub String);

impl Email {
    /// The whole address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The part after the `@`, e.g. `example.co.in`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl FromStr for Email {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || NotAnAddress(text.chars().take(64).collect());
        let address = text.trim().to_lowercase();
        let (local, domain) = address.rsplit_once('@').ok_or_else(refuse)?;
        let plain =
            |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | ',');
        let labels = || domain.split('.');
        let sound = !local.is_empty()
            && address.len() <= LONGEST_ADDRESS
            && address.chars().all(plain)
            && !local.contains('@')
            && labels().count() >= 2
            && labels().all(|label| !label.is_empty());
        if sound {
            Ok(Email(address))
        } else {
            Err(refuse())
        }
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> String {
        email.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Somebody in a thread: an address and, where the page shows one, a name made safe to show.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Person {
    /// The address.
    pub email: Email,
    /// The display name; `None` where there is none or it only repeats the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Person {
    /// A person with the display name as the page gives it, cleaned by [`plain_text`].
    #[must_use]
    pub fn new(email: Email, name: Option<&str>) -> Person {
        let name = name
            .map(|name| plain_text(name, LONGEST_NAME))
            .filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case(email.as_str()));
        Person { email, name }
    }

    /// The name, or the address where there is none.
    #[must_use]
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.email.as_str())
    }
}

/// A stranger's text made fit to stand in a line of ours: control characters and the marks that
/// turn the writing direction are taken out (Unicode UAX #9, 2.1–2.6), white space is one space,
/// and what is over `longest` characters is cut with an ellipsis.
#[must_use]
pub fn plain_text(text: &str, longest: usize) -> String {
    let turns = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let mut plain = String::new();
    let mut length = 0;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            gap = length > 0;
        } else if !turns(c) && c != '\u{feff}' {
            if length + usize::from(gap) >= longest {
                plain.push('…');
                break;
            }
            if std::mem::take(&mut gap) {
                plain.push(' ');
                length += 1;
            }
            plain.push(c);
            length += 1;
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_whatever_their_case() {
        let email: Email = " Anna.Weber@Example.DE ".parse().unwrap();
        assert_eq!(
            (email.local(), email.domain()),
            ("anna.weber", "example.de")
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "",
            "me",
            "@example.com",
            "a@",
            "a@b",
            "a@b..com",
            "a b@c.de",
            "a@b@c.de",
            "<a@b.de>",
        ] {
            assert!(bad.parse::<Email>().is_err(), "{bad}");
        }
        assert!(
            format!("{}@example.com", "x".repeat(300))
                .parse::<Email>()
                .is_err()
        );
    }

    #[test]
    fn a_hostile_name_becomes_one_short_plain_line() {
        let email: Email = "eve@example.com".parse().unwrap();
        let person = Person::new(
            email.clone(),
            Some("\u{202e}gro.elpmaxe\n<img onerror=alert(1)>"),
        );
        assert_eq!(person.label(), "gro.elpmaxe <img onerror=alert(1)>");
        let long = Person::new(email.clone(), Some(&"é".repeat(10_000)));
        assert_eq!(long.label().chars().count(), LONGEST_NAME + 1);
        assert_eq!(
            Person::new(email.clone(), Some(" Eve@Example.com ")).name,
            None
        );
        assert_eq!(Person::new(email, Some("\u{2066}\u{2069} ")).name, None);
    }
}
