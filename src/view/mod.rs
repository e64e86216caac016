//! Facts and steps as trees that the page side can draw.
//!
//! A [`Node`] carries no language: what it says are message keys and typed values, which the
//! drawing side words with its own locale. What it may contain is closed by type: allowed tags,
//! allowed attributes, actions; strangers' text is [`Words::Raw`] and only ever becomes a text node.
