//! A webmail on a host of its own, which the user has named and granted.

use serde::{Deserialize, Serialize};

use super::Site;

/// The longest address that is kept, in bytes.
const LONGEST: usize = 300;

/// Where a webmail lies that is not at one place for everybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webmail {
    /// Its address up to and with the last slash, e.g. `https://mail.firm.example/roundcube/`.
    pub base: String,
    /// What it is.
    pub site: Site,
}

impl Webmail {
    /// A webmail at an address as the user types or pastes it: with or without `https://`, with
    /// whatever stands behind. `None` where it is no address, or one that mail must not travel to
    /// unprotected: plain `http` is for this very machine alone.
    #[must_use]
    pub fn at(address: &str, site: Site) -> Option<Webmail> {
        let address = address.trim();
        let (scheme, rest) = address.split_once("://").unwrap_or(("https", address));
        let scheme = scheme.to_ascii_lowercase();
        let rest = rest.split(['?', '#']).next()?;
        let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
        let host = host.to_ascii_lowercase();
        let name = host.split(':').next()?;
        let port = host.strip_prefix(name)?.strip_prefix(':');
        let is_label = |label: &str| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let sound = name.split('.').all(is_label)
            && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
            && (scheme == "https" || scheme == "http" && is_this_machine(name))
            && address.len() <= LONGEST
            && path
                .bytes()
                .all(|b| b.is_ascii_graphic() && !b"*\\\"<>".contains(&b));
        // A last part with a dot is a file, such as `index.php`; one without is a folder.
        let folder = match path.rsplit_once('/').unwrap_or(("", path)) {
            (folder, "") => folder.to_owned(),
            (folder, file) if file.contains('.') => folder.to_owned(),
            _ => path.to_owned(),
        };
        // What stands behind Outlook's host is what it shows.
        let folder = if site == Site::Outlook {
            String::new()
        } else {
            folder
        };
        let slash = if folder.is_empty() { "" } else { "/" };
        sound.then(|| Webmail {
            base: format!("{scheme}://{host}/{folder}{slash}"),
            site,
        })
    }

    /// Whether a page at this address is of it.
    #[must_use]
    pub fn serves(&self, address: &str) -> bool {
        address.starts_with(&self.base)
    }

    /// The pages of it, as browsers want it said (a match pattern knows no port).
    #[must_use]
    pub fn pattern(&self) -> String {
        let (scheme, rest) = self.base.split_once("://").unwrap_or_default();
        let (host, path) = rest.split_once('/').unwrap_or_default();
        let name = host.split(':').next().unwrap_or_default();
        format!("{scheme}://{name}/{path}*")
    }
}

fn is_this_machine(name: &str) -> bool {
    name == "localhost" || name == "127.0.0.1"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base(address: &str) -> Option<String> {
        Webmail::at(address, Site::Roundcube).map(|webmail| webmail.base)
    }

    #[test]
    fn an_address_is_taken_as_people_paste_it() {
        for (typed, expected) in [
            ("mail.firm.example", "https://mail.firm.example/"),
            (" https://Mail.Firm.example/ ", "https://mail.firm.example/"),
            (
                "https://mail.firm.example/?_task=mail&_mbox=INBOX",
                "https://mail.firm.example/",
            ),
            (
                "https://firm.example/roundcube",
                "https://firm.example/roundcube/",
            ),
            (
                "https://firm.example/rc/index.php?_task=mail#x",
                "https://firm.example/rc/",
            ),
            (
                "firm.example:8443/webmail/",
                "https://firm.example:8443/webmail/",
            ),
            ("http://127.0.0.1:18080", "http://127.0.0.1:18080/"),
            ("http://localhost:80/a/b", "http://localhost:80/a/b/"),
        ] {
            assert_eq!(base(typed).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn what_is_no_webmails_address_is_refused() {
        for bad in [
            "",
            "   ",
            "https://",
            "http://mail.firm.example",
            "ftp://mail.firm.example",
            "javascript://x",
            "https://*/",
            "https://mail.firm.example/*",
            "https://mail.firm.example:0/",
            "https://mail.firm.example:99999/",
            "https://user@mail.firm.example/",
            "https://mail..example/",
            "my mail",
        ] {
            assert_eq!(base(bad), None, "{bad}");
        }
        assert_eq!(
            base(&format!("https://firm.example/{}", "a".repeat(400))),
            None
        );
    }

    #[test]
    fn outlooks_address_is_its_host() {
        let outlook = Webmail::at("https://outlook.office.com/mail/0/inbox", Site::Outlook);
        assert_eq!(outlook.unwrap().base, "https://outlook.office.com/");
    }

    #[test]
    fn its_pages_are_told_from_others() {
        let webmail = Webmail::at("https://firm.example:8443/rc", Site::Roundcube).unwrap();
        assert_eq!(webmail.pattern(), "https://firm.example/rc/*");
        assert!(webmail.serves("https://firm.example:8443/rc/"));
        assert!(!webmail.serves("https://firm.example:8443/rcx/"));
        assert!(!webmail.serves("https://firm.example/rc/"));
        assert_eq!(
            Webmail::at("a.example", Site::Roundcube).unwrap().pattern(),
            "https://a.example/*"
        );
    }
}
