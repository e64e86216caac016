//! Facts and steps as trees that the page side can draw.
//!
//! A [`Node`] carries no language: what it says are message keys and typed values, which the
//! drawing side words with its own locale. What it may contain is closed by type: the tags, the
//! attributes, the actions. Strangers' text is [`Words::Raw`] and only ever becomes a text node.

pub mod chip;
pub mod client_form;
pub mod data;
pub mod due_list;
pub mod due_row;
pub mod leaving;
pub mod node;
pub mod note;
pub mod options;
pub mod pace_words;
pub mod place_form;
pub mod sidebar;
pub mod snooze_menu;
pub mod step_words;
pub mod strip;
pub mod undo;
pub mod weeks;
pub mod welcome;
pub mod why;

pub use node::{At, Attr, Node, Tag, Words};
