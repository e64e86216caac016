//! When to write to a client abroad, with what, and why.
//!
//! This crate is the whole of Cadence's reasoning and none of its surroundings: it reads no clock,
//! touches no browser and does no I/O. `now` is always an argument, storage is the [`store::Store`]
//! trait, and what a webmail shows arrives as a [`webmail::Sighting`] of raw strings.
//!
//! Modules, leaves first; arrows run one way:
//! [`country`], [`market`], [`address`], [`clock`] ← [`place`], [`history`], [`client`] ←
//! [`playbook`] ← [`rhythm`] ← [`step`] ← [`view`], [`service`].

pub mod address;
pub mod agenda;
pub mod archive;
pub mod client;
pub mod clock;
pub mod country;
pub mod daytime;
pub mod demo;
pub mod dossier;
pub mod draft;
pub mod errand;
pub mod fact;
pub mod fingerprint;
pub mod guard;
pub mod history;
pub mod intake;
pub mod kind;
mod letter;
#[cfg(feature = "archive")]
pub mod mail;
pub mod market;
pub mod moment;
pub mod note;
pub mod nudge;
mod order;
pub mod own;
pub mod place;
pub mod playbook;
pub mod protocol;
pub mod rhythm;
pub mod said;
#[cfg(test)]
mod scene;
pub mod service;
pub mod settings;
pub mod snippet;
pub mod snooze;
pub mod stage;
pub mod step;
pub mod store;
pub mod subdivision;
pub mod subject;
mod tagged;
pub mod transfer;
pub mod view;
pub mod warmth;
pub mod webmail;
pub mod writing;
