//! What a webmail's page shows, as facts: one file for each site.
//!
//! The page side applies a [`SiteTable`] to the document and sends the raw strings it found, a
//! [`Sighting`]. It decides nothing. Each site's module here makes the table and turns such
//! strings into [`PageFacts`].

mod facts;
mod gmail;
mod shown_date;
mod sighting;
mod table;

#[cfg(feature = "cli")]
mod eyes;

#[cfg(feature = "cli")]
pub use eyes::look;
pub use facts::{
    ComposeFacts, Editor, MessageFacts, Missing, PageFacts, RowFacts, ThreadFacts, ViewKind,
};
pub use sighting::{Item, Sighting};
pub use table::{Climb, Field, Mount, Part, Place, Shape, SiteTable, Writing};

use serde::{Deserialize, Serialize};

use crate::clock::{Instant, Zone};

/// A webmail that Cadence can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// Google's webmail, https://mail.google.com.
    Gmail,
}

impl Site {
    /// The site that a host serves.
    #[must_use]
    pub fn of_host(host: &str) -> Option<Site> {
        host.eq_ignore_ascii_case("mail.google.com")
            .then_some(Site::Gmail)
    }

    /// The path that shows a thread of the mailbox whose own path is `base`.
    #[must_use]
    pub fn link(self, base: &str, thread: &str) -> String {
        match self {
            Site::Gmail => format!("{base}#all/{thread}"),
        }
    }

    /// Where the site keeps what Cadence needs.
    #[must_use]
    pub fn table(self) -> SiteTable {
        match self {
            Site::Gmail => gmail::table(),
        }
    }

    /// What a page of the site shows, by the raw strings that [`Site::table`] found on it. Whatever
    /// they hold, the answer is made of what can be believed, in time linear in their size.
    #[must_use]
    pub fn read(self, sighting: &Sighting, reader: &Reader) -> PageFacts {
        match self {
            Site::Gmail => gmail::read(sighting, reader),
        }
    }
}

/// Who reads, as far as it helps to tell what can be believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Reader {
    /// The zone that the page words its dates in; without it, any clock of the world may be meant.
    pub zone: Option<Zone>,
    /// The last instant that a message can be of: now, and a little for clocks that run ahead.
    pub latest: Option<Instant>,
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
