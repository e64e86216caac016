//! Time as the client lives it: zones, working weeks, holidays, and the hours fit for a letter.

pub mod calendar;
mod desk;
pub mod holiday;
pub mod instant;
pub mod iso;
pub mod quiet;
mod rule;
mod table;
pub mod week;
pub mod window;
mod workdays;
pub mod zone;

pub use calendar::{Calendar, Correction, CorrectionKind, Day};
pub use desk::BestBecause;
pub use holiday::Holiday;
pub use instant::Instant;
pub use quiet::{Pace, Season};
pub(crate) use table::rows;
pub use week::Week;
pub use window::{BadHours, Hours, Opening, TimeOfDay};
pub use zone::{ClientZone, SellerZone, UnknownZone, Zone};
