//! What leaves Cadence as a file, and what comes in from one: everything as JSON, clients as CSV, follow-ups
//! as iCalendar; address books and other programs' lists of clients.
//!
//! Nothing here runs in the background worker: files are read and written by the page that shows them.

pub mod calendar;
pub mod contacts;
mod country;
pub mod document;
pub mod encoding;
pub mod pieces;
pub mod preview;
pub mod sheet;
mod table;
mod vcard;
