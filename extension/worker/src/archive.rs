//! What an archive of mail tells, gathered in a thread of the page of the user's data. The reader of mail
//! (`extension/mail`) calls what is here for each message.

use cadence::address::Email;
use cadence::archive::{self, Fault, Letter, Listener};
use cadence::clock::Instant;
use cadence::transfer::{contacts, encoding as encodings};
use wasm_bindgen::prelude::*;

use crate::instant_of;

/// The encoding of a text file, as `TextDecoder` wants to be told.
#[wasm_bindgen]
#[must_use]
pub fn encoding(bytes: &[u8]) -> String {
    encodings::detect(bytes).to_owned()
}

/// Whether a text that begins like this is a list of contacts.
#[wasm_bindgen]
#[must_use]
pub fn is_list(beginning: &str) -> bool {
    !contacts::listed(beginning).is_empty()
}

/// A glance at the beginning of an archive.
#[wasm_bindgen]
#[derive(Default)]
pub struct Owners(archive::Owners);

#[wasm_bindgen]
impl Owners {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Owners {
        Owners::default()
    }

    /// See [`Listener::look`].
    #[allow(clippy::needless_pass_by_value)] // The shape that the glue calls.
    pub fn look(&mut self, length: f64, head: Option<String>) -> bool {
        look(&mut self.0, length, head.as_deref())
    }

    /// See [`Listener::skip`].
    pub fn skip(&mut self, _bytes: f64) {}

    /// Whose mailbox it is, likeliest first.
    #[must_use]
    pub fn likely(self) -> Vec<String> {
        self.0.likely().into_iter().map(String::from).collect()
    }
}

/// What was gathered so far.
#[wasm_bindgen]
pub struct Gathering(archive::Gathering);

#[wasm_bindgen]
impl Gathering {
    /// An archive of the mailbox that is known by these addresses, the first one above all.
    ///
    /// # Errors
    /// Where one of them is no address, or there is none.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::needless_pass_by_value)] // The shape that the glue calls.
    pub fn new(me: Vec<String>) -> Result<Gathering, JsError> {
        let mut me = me.iter().map(|address| address.parse::<Email>());
        let account = me.next().ok_or_else(|| JsError::new("no address"))??;
        let others = me.collect::<Result<Vec<_>, _>>()?;
        Ok(Gathering(archive::Gathering::new(account, others)))
    }

    /// Goes on with what [`Gathering::save`] gave.
    ///
    /// # Errors
    /// Where it is nothing that this version saved.
    pub fn restore(saved: &[u8]) -> Result<Gathering, JsError> {
        let saved = std::str::from_utf8(saved)?;
        Ok(Gathering(archive::Gathering::restore(saved)?))
    }

    /// All that was gathered so far.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.0.save().into_bytes()
    }

    /// See [`Listener::look`].
    #[allow(clippy::needless_pass_by_value)] // The shape that the glue calls.
    pub fn look(&mut self, length: f64, head: Option<String>) -> bool {
        look(&mut self.0, length, head.as_deref())
    }

    /// See [`Listener::hear`].
    pub fn hear(&mut self, letter: &str) {
        if let Ok(letter) = serde_json::from_str(letter) {
            self.0.hear(&letter);
        }
    }

    /// See [`Listener::skip`].
    pub fn skip(&mut self, bytes: f64) {
        self.0.skip(whole(bytes));
    }

    /// Reads a list of contacts, written then; gives whether it is one.
    pub fn list(&mut self, text: &str, written_ms: f64) -> bool {
        let written = instant_of(written_ms).unwrap_or(Instant::EARLIEST);
        self.0.list(text, written)
    }

    /// Takes note that something is wrong with a file: `foreign`, `cut`, `packed` or `bomb`.
    pub fn fault(&mut self, why: &str, file: &str) {
        let fault = match why {
            "foreign" => Fault::Foreign,
            "cut" => Fault::Cut,
            "bomb" => Fault::Bomb,
            _ => Fault::Packed,
        };
        self.0.fault(fault, file);
    }

    /// How many messages were found so far.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // Counts are far below 2^53.
    pub fn messages(&self) -> f64 {
        self.0.report().messages as f64
    }

    /// What was found, as JSON; see [`archive::Gathered`].
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        serde_json::to_vec(&self.0.finish()).unwrap_or_default()
    }
}

fn look(listener: &mut impl Listener, length: f64, head: Option<&str>) -> bool {
    let head: Option<Letter> = head.and_then(|head| serde_json::from_str(head).ok());
    listener.look(whole(length), head.as_ref())
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // No file is that large.
fn whole(bytes: f64) -> u64 {
    bytes.max(0.0) as u64
}
