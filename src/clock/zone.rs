//! Time zones by their IANA names: the only door to chrono-tz.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, Offset, TimeZone};
use serde::{Deserialize, Serialize};

use super::Instant;

/// A time zone of the IANA database.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(chrono_tz::Tz);

/// The text is no name of the IANA time zone database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no IANA time zone")]
pub struct UnknownZone(pub String);

/// The client's zone. A type of its own, so that the two clocks of a plan are never mixed up.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientZone(pub Zone);

/// The user's own zone: the one they sell from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SellerZone(pub Zone);

impl Zone {
    /// Coordinated Universal Time.
    pub const UTC: Zone = Zone(chrono_tz::Tz::UTC);

    /// The IANA name, e.g. `Europe/Berlin`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// How far the zone's clocks are ahead of UTC at an instant.
    #[must_use]
    pub fn offset_at(self, at: Instant) -> FixedOffset {
        self.offset_from_utc_datetime(&at.utc().naive_utc()).fix()
    }

    /// What the zone's clocks show at an instant.
    #[must_use]
    pub fn local(self, at: Instant) -> NaiveDateTime {
        at.utc().with_timezone(&self).naive_local()
    }
}

// HELPER NOTE: TimeZone is implemented by delegation for now.
impl TimeZone for Zone {
    type Offset = FixedOffset;
    fn from_offset(_: &FixedOffset) -> Self {
        Zone::UTC
    }
    fn offset_from_local_date(&self, local: &NaiveDate) -> chrono::LocalResult<FixedOffset> {
        self.0
            .offset_from_local_date(local)
            .map(|offset| offset.fix())
    }
    fn offset_from_local_datetime(
        &self,
        local: &NaiveDateTime,
    ) -> chrono::LocalResult<FixedOffset> {
        self.0
            .offset_from_local_datetime(local)
            .map(|offset| offset.fix())
    }
    fn offset_from_utc_date(&self, utc: &NaiveDate) -> FixedOffset {
        self.0.offset_from_utc_date(utc).fix()
    }
    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> FixedOffset {
        self.0.offset_from_utc_datetime(utc).fix()
    }
}

impl From<DateTime<Zone>> for Instant {
    fn from(at: DateTime<Zone>) -> Instant {
        Instant::from_utc(at.to_utc())
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        name.parse()
            .map(Zone)
            .map_err(|_| UnknownZone(name.chars().take(64).collect()))
    }
}

impl TryFrom<String> for Zone {
    type Error = UnknownZone;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        name.parse()
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> String {
        zone.name().to_owned()
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
