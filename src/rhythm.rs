//! Tracks and intervals: what is due when.
