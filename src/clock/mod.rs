//! Time as the client lives it: zones, working weeks, holidays, and the hours fit for a letter.

pub mod calendar;
pub mod instant;
pub mod week;
pub mod window;
pub mod zone;

pub use calendar::{Calendar, Day};
pub use instant::Instant;
pub use week::Week;
pub use window::{BadHours, Hours, Opening, TimeOfDay};
pub use zone::{ClientZone, SellerZone, UnknownZone, Zone};
