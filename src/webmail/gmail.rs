//! Gmail.
