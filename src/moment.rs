//! Moments (M1): days of the client's, or of the user's own, on which a letter is well timed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A day worth writing on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Moment {
    /// The day on the client's calendar, as `2026-11-23`.
    #[serde(with = "iso_date")]
    pub on: NaiveDate,
    /// What day it is.
    pub kind: MomentKind,
    /// The user's own words for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What makes a day worth writing on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MomentKind {
    /// The company's anniversary: comes round every year.
    Anniversary,
    /// Good news in the client's market.
    GoodNews,
    /// A new product of the user's own (S3: a moment for samples).
    NewProduct,
}

/// Dates as ISO 8601 writes them.
pub(crate) mod iso_date {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(date)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(from)?;
        crate::clock::iso::date(&text).ok_or_else(|| {
            D::Error::custom(format_args!("“{text:.16}” is no date like 2026-11-23"))
        })
    }
}
