//! What an archive of mail tells, message by message ([`crate::mail`] reads them): who wrote to whom and when, gathered
//! into clients and threads. Texts are looked at and dropped, and whatever is left out is counted with its reason.

mod gather;
mod letter;
mod owners;
#[cfg(feature = "archive")]
mod read;
mod report;

pub use gather::{Gathered, Gathering};
#[cfg(feature = "archive")]
pub(crate) use letter::LONGEST_SUBJECT;
#[cfg(feature = "archive")]
pub(crate) use letter::MOST_OF_A_MESSAGE;
pub use letter::{Letter, Listener};
pub use owners::Owners;
#[cfg(feature = "archive")]
pub use read::Archive;
pub use report::{Fault, LeftOut, Reason, Report};

#[cfg(test)]
#[cfg(feature = "archive")]
mod tests;
