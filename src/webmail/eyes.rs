//! eyes
