//! Reads files of mail, in a thread of the page of the user's data. What the messages tell goes, one by one, to whoever
//! gathers it: an object of the worker's module, which knows clients and places. So neither module holds the other's code.

use cadence::archive::{Letter, Listener};
use cadence::mail::{self, Kind, MOST_OF_A_HEAD, Reading};
use wasm_bindgen::prelude::*;
use web_sys::TextDecoder;

#[wasm_bindgen]
extern "C" {
    /// An object with the methods of [`Listener`], which takes letters as JSON.
    pub type Gatherer;

    #[wasm_bindgen(method, structural)]
    fn look(this: &Gatherer, length: f64, head: Option<String>) -> bool;

    #[wasm_bindgen(method, structural)]
    fn hear(this: &Gatherer, letter: String);

    #[wasm_bindgen(method, structural)]
    fn skip(this: &Gatherer, bytes: f64);
}

struct Told<'g>(&'g Gatherer);

#[allow(clippy::cast_precision_loss)] // Files are far below 2^53 bytes.
impl Listener for Told<'_> {
    fn look(&mut self, length: u64, head: Option<&Letter>) -> bool {
        self.0.look(length as f64, head.map(text))
    }

    fn hear(&mut self, letter: &Letter) {
        self.0.hear(text(letter));
    }

    fn skip(&mut self, bytes: u64) {
        if bytes > 0 {
            self.0.skip(bytes as f64);
        }
    }
}

fn text(letter: &Letter) -> String {
    // Nothing in it can fail to be written.
    serde_json::to_string(letter).unwrap_or_default()
}

/// What a file is that begins like this: `mbox`, `letter` or `other`.
#[wasm_bindgen]
#[must_use]
pub fn kind(beginning: &[u8]) -> String {
    let name = match Kind::of(beginning) {
        Kind::Mbox => "mbox",
        Kind::Letter => "letter",
        Kind::Other => "other",
    };
    name.to_owned()
}

/// More than so much of a message is never looked at, in bytes.
#[wasm_bindgen]
#[must_use]
pub fn most_of_a_head() -> usize {
    MOST_OF_A_HEAD
}

/// Whether a packed file that gave so many bytes for those taken is a bomb.
#[wasm_bindgen]
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // No file is that large.
pub fn is_bomb(taken: f64, given: f64) -> bool {
    mail::is_bomb(taken.max(0.0) as u64, given.max(0.0) as u64)
}

/// A file of mail that is being read.
#[wasm_bindgen]
pub struct Reader(Reading);

#[wasm_bindgen]
impl Reader {
    /// A file that is read from its beginning, or an mbox that is gone on with at the offset where it was left.
    #[wasm_bindgen(constructor)]
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // No file is that large.
    pub fn new(offset: f64) -> Reader {
        Reader(Reading::at(offset.max(0.0) as u64, decode))
    }

    /// Where in the mbox it can be gone on, once everything up to here was told.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // Files are far below 2^53 bytes.
    pub fn resumes_at(&self) -> f64 {
        self.0.resumes_at() as f64
    }

    /// Reads on in an mbox.
    pub fn push(&mut self, piece: &[u8], to: &Gatherer) {
        self.0.push(piece, &mut Told(to));
    }

    /// Ends an mbox; gives whether it ends in the middle of a message.
    pub fn end(&mut self, to: &Gatherer) -> bool {
        self.0.end(&mut Told(to))
    }

    /// Reads one message that is a file of its own, so many bytes long, of which this is the beginning.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // No file is that large.
    pub fn message(&self, bytes: &[u8], length: f64, to: &Gatherer) {
        self.0.message(bytes, length.max(0.0) as u64, &mut Told(to));
    }
}

/// The charsets that the browser knows.
fn decode(charset: &str, bytes: &[u8]) -> Option<String> {
    let decoder = TextDecoder::new_with_label(charset).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}
