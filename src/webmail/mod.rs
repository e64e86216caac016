//! What a webmail's page shows, as facts: one file for each site.
//!
//! The page side applies a [`SiteTable`] to the document and sends the raw strings it found, a
//! [`Sighting`]. It decides nothing. Each site's module here makes the table and turns such
//! strings into [`PageFacts`].

mod facts;
mod gmail;
mod sighting;
mod table;

#[cfg(feature = "cli")]
mod eyes;

pub use facts::{MessageFacts, Missing, PageFacts, RowFacts, ThreadFacts, ViewKind};
pub use sighting::{Item, Sighting};
pub use table::{Climb, Field, Mount, Part, Place, Shape, SiteTable};

use serde::{Deserialize, Serialize};

/// A webmail that Cadence can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// Google's webmail, https://mail.google.com.
    Gmail,
}
