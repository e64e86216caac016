//! Time as the client lives it: zones, working weeks, holidays, and the hours fit for a letter.

pub mod instant;
pub mod zone;

pub use instant::Instant;
pub use zone::{ClientZone, SellerZone, UnknownZone, Zone};
