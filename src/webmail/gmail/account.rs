//! Whose mailbox it is, as the page says it.

use crate::address::Email;

/// Gmail's titles read `Inbox (3) - me@example.com - Gmail`, in every language.
const TITLE_DASH: &str = " - ";

/// The mailbox's addresses. The page's title names the mailbox, the label of the sign-out link the
/// person; they differ where the person looks after somebody else's box. Nothing is better than a
/// wrong answer here: a client's address taken for the user's own would turn every letter around.
pub(super) fn addresses(title: Option<&str>, signout: Option<&str>, path: &str) -> Vec<Email> {
    let of_box = title.and_then(in_title);
    let of_person = signout.and_then(last_address);
    if of_box.is_none() && is_delegated(path) {
        return Vec::new();
    }
    let mut me: Vec<Email> = of_box.into_iter().collect();
    me.extend(of_person.filter(|person| !me.contains(person)));
    me
}

/// The address that stands alone in the part before the product's name. The first part is the
/// view's name or the subject, which may well hold an address, and the product's name of a company
/// may hold dashes.
fn in_title(title: &str) -> Option<Email> {
    let (page, _product) = title.rsplit_once(TITLE_DASH)?;
    let mut parts = page.split(TITLE_DASH);
    let _view = parts.next();
    parts.filter_map(lone_address).last()
}

/// The address that the text is, marks of writing direction aside.
fn lone_address(text: &str) -> Option<Email> {
    let text = text.trim_matches(|c: char| !c.is_ascii_graphic());
    last_address(text).filter(|email| email.as_str().len() == text.len())
}

/// The last address in a line such as `Google Account: Anna Weber (anna@example.com)`.
fn last_address(text: &str) -> Option<Email> {
    let in_address = |c: char| c.is_ascii_alphanumeric() || "@.!#$%&'*+/=?^_`{|}~-".contains(c);
    text.rsplit(|c: char| !in_address(c))
        .filter(|word| word.contains('@'))
        .find_map(|word| word.trim_matches(['.', '\'', '-']).parse().ok())
}

/// Whether the address of the page is one of a mailbox that somebody else handed over.
fn is_delegated(path: &str) -> bool {
    let place = path.split(['#', '?']).next().unwrap_or_default();
    place.starts_with("/mail/b/") || place.contains("/d/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn me(title: &str, signout: &str, path: &str) -> Vec<String> {
        addresses(Some(title), Some(signout), path)
            .into_iter()
            .map(String::from)
            .collect()
    }

    #[test]
    fn the_title_names_the_mailbox_in_every_language() {
        for title in [
            "Inbox (3) - anna@example.com - Gmail",
            "Входящие (3) - anna@example.com - Gmail",
            "收件箱 - anna@example.com - Gmail",
            "البريد الوارد (3) - \u{202a}anna@example.com\u{202c} - Gmail",
            "Offer - Anna@Example.com - Example GmbH Mail",
            "Ask bob@client.example - and eve@client.example - anna@example.com - Gmail",
            "bob@client.example - anna@example.com - Gmail",
        ] {
            assert_eq!(me(title, "", ""), ["anna@example.com"], "{title}");
        }
    }

    #[test]
    fn an_address_in_a_subject_is_not_the_mailboxs() {
        for title in [
            "",
            "Gmail",
            "bob@client.example - Gmail",
            "Fwd: write to bob@client.example - Gmail",
            "a - write to bob@client.example - Gmail",
        ] {
            assert!(me(title, "", "").is_empty(), "{title}");
        }
        assert_eq!(
            me(
                "bob@client.example - Gmail",
                "Google Account: Anna (anna@example.com)",
                ""
            ),
            ["anna@example.com"]
        );
    }

    #[test]
    fn a_delegated_box_comes_before_the_person() {
        let person = "Google 账号：安娜（anna@example.com）";
        assert_eq!(
            me("Inbox - sales@example.com - Gmail", person, "/mail/u/0/"),
            ["sales@example.com", "anna@example.com"]
        );
        assert_eq!(
            me("Inbox - anna@example.com - Gmail", person, ""),
            ["anna@example.com"]
        );
        assert_eq!(
            me("Gmail", person, "/mail/u/0/#inbox/d/"),
            ["anna@example.com"]
        );
        for path in ["/mail/b/12/u/0/#inbox", "/mail/u/0/d/AbC/#inbox"] {
            assert!(me("Gmail", person, path).is_empty(), "{path}");
        }
    }
}
