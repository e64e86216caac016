//! What a webmail's page shows, as facts: one file for each site.
//!
//! The page side applies a [`SiteTable`] to the document and sends the raw strings it found, a
//! [`Sighting`]. It decides nothing. Each site's module here makes the table and turns such
//! strings into [`PageFacts`].

mod base_subject;
mod facts;
mod gmail;
mod hosted;
mod outlook;
mod roundcube;
mod shown_date;
mod sighting;
mod table;
mod url;
mod worded_date;

#[cfg(feature = "cli")]
mod eyes;

#[cfg(feature = "cli")]
pub use eyes::look;
pub use facts::{
    ComposeFacts, Editor, MessageFacts, Missing, PageFacts, RowFacts, ThreadFacts, ViewKind,
};
pub use hosted::Webmail;
pub use sighting::{Item, Sighting};
pub use table::{Climb, Field, Mount, Part, Place, Shape, SiteTable, Writing};

use serde::{Deserialize, Serialize};

use crate::address::Email;
use crate::clock::{Instant, Zone};

/// Gmail's host.
const GMAIL: &str = "mail.google.com";

/// A webmail that Cadence can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// Google's webmail, https://mail.google.com.
    Gmail,
    /// Roundcube, on whatever host somebody has put it.
    Roundcube,
    /// Outlook on the web, on one of Microsoft's hosts or a company's own. Experimental.
    Outlook,
}

impl Site {
    /// The site that a host serves.
    #[must_use]
    pub fn of_host(host: &str) -> Option<Site> {
        host.eq_ignore_ascii_case(GMAIL).then_some(Site::Gmail)
    }

    /// Whether every page of the site says whose mailbox it shows, unless that must not be believed.
    #[must_use]
    pub fn names_mailbox(self) -> bool {
        match self {
            Site::Gmail => true,
            Site::Roundcube | Site::Outlook => false,
        }
    }

    /// The address that leads to the mailbox that a page shows.
    #[must_use]
    pub fn base(self, sighting: &Sighting) -> String {
        let end: &[char] = match self {
            Site::Gmail => &['#'],
            Site::Roundcube | Site::Outlook => &['#', '?'],
        };
        let path = sighting.path.split(end).next().unwrap_or_default();
        match self {
            Site::Gmail => path.to_owned(),
            Site::Roundcube => format!("{}{path}", sighting.origin),
            // What is on show stands behind it: `/mail/0/inbox/id/…`.
            Site::Outlook => format!("{}/mail/", sighting.origin),
        }
    }

    /// The address that shows a thread of the mailbox at `base`, whose last message is `last`; the
    /// mailbox itself where the site has no address for it.
    #[must_use]
    pub fn link(self, base: &str, thread: &str, last: Option<&str>) -> String {
        match self {
            Site::Gmail => format!("https://{GMAIL}{base}#all/{thread}"),
            Site::Roundcube => last
                .and_then(|message| roundcube::link(base, message))
                .unwrap_or_else(|| base.to_owned()),
            Site::Outlook => outlook::link(base, thread),
        }
    }

    /// The sites that lie on hosts of their own, which the user names.
    pub const HOSTED: [Site; 2] = [Site::Roundcube, Site::Outlook];

    /// The site's own name, the same in every language.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Site::Gmail => "Gmail",
            Site::Roundcube => "Roundcube",
            Site::Outlook => "Outlook",
        }
    }

    /// Whether nobody has tried it on a live mailbox yet.
    #[must_use]
    pub fn is_experimental(self) -> bool {
        self == Site::Outlook
    }

    /// Where the site keeps what Cadence needs.
    #[must_use]
    pub fn table(self) -> SiteTable {
        match self {
            Site::Gmail => gmail::table(),
            Site::Roundcube => roundcube::table(),
            Site::Outlook => outlook::table(),
        }
    }

    /// What a page of the site shows, by the raw strings that [`Site::table`] found on it. Whatever
    /// they hold, the answer is made of what can be believed, in time linear in their size.
    #[must_use]
    pub fn read(self, sighting: &Sighting, reader: &Reader) -> PageFacts {
        match self {
            Site::Gmail => gmail::read(sighting, reader),
            Site::Roundcube => roundcube::read(sighting, reader),
            Site::Outlook => outlook::read(sighting, reader),
        }
    }
}

/// Who reads, as far as it helps to tell what can be believed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Reader {
    /// The zone that the page words its dates in; without it, any clock of the world may be meant.
    pub zone: Option<Zone>,
    /// The last instant that a message can be of: now, and a little for clocks that run ahead.
    pub latest: Option<Instant>,
    /// The clock that the page words its dates by; without it, dates that are words alone are not read.
    pub clock: Option<Clock>,
    /// Whose mailbox it is where the page itself does not say.
    pub me: Vec<Email>,
}

/// A clock that a page goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Its zone.
    pub zone: Zone,
    /// The instant at which the page is read.
    pub now: Instant,
}

impl Reader {
    /// Whether a message can be of this instant.
    fn believes(&self, at: Instant) -> bool {
        self.latest.is_none_or(|latest| at <= latest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_known_by_its_whole_host() {
        assert_eq!(Site::of_host("Mail.Google.com"), Some(Site::Gmail));
        for other in [
            "",
            "google.com",
            "mail.google.com.example",
            "xmail.google.com",
        ] {
            assert_eq!(Site::of_host(other), None, "{other}");
        }
    }
}
