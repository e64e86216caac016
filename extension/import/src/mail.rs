//! Archives of mail, read in a thread of the page's own.

use cadence::address::Email;
use cadence::archive::{self, Archive, Fault, Kind, MOST_OF_A_HEAD, Owners};
use cadence::clock::Instant;
use cadence::transfer::contacts;
use wasm_bindgen::prelude::*;

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
    archive::is_bomb(taken.max(0.0) as u64, given.max(0.0) as u64)
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
pub struct Glance(Owners);

#[wasm_bindgen]
impl Glance {
    /// An empty one.
    #[wasm_bindgen(constructor)]
    #[must_use]
    pub fn new() -> Glance {
        Glance::default()
    }

    /// Looks on, in an mbox.
    pub fn push(&mut self, piece: &[u8]) {
        self.0.push(piece);
    }

    /// Ends an mbox.
    pub fn end(&mut self) {
        self.0.end();
    }

    /// Looks at one message that is a file of its own.
    pub fn message(&mut self, bytes: &[u8]) {
        self.0.message(bytes);
    }

    /// Whose mailbox it is, likeliest first.
    #[must_use]
    pub fn owners(self) -> Vec<String> {
        self.0.likely().into_iter().map(String::from).collect()
    }
}

/// An archive that is being read.
#[wasm_bindgen]
pub struct Reader(Archive);

#[wasm_bindgen]
impl Reader {
    /// An archive of the mailbox that is known by these addresses, the first one above all.
    ///
    /// # Errors
    /// Where one of them is no address, or there is none.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::needless_pass_by_value)] // The shape that the glue calls.
    pub fn new(me: Vec<String>) -> Result<Reader, JsError> {
        let mut me = me.iter().map(|address| address.parse::<Email>());
        let account = me.next().ok_or_else(|| JsError::new("no address"))??;
        let others = me.collect::<Result<Vec<_>, _>>()?;
        Ok(Reader(Archive::new(account, others)))
    }

    /// Goes on with what [`Reader::save`] gave, at the offset where it was left.
    ///
    /// # Errors
    /// Where it is nothing that this version saved.
    pub fn restore(saved: &[u8], offset: f64) -> Result<Reader, JsError> {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // No file is that large.
        let offset = offset.max(0.0) as u64;
        Ok(Reader(Archive::restore(saved, offset)?))
    }

    /// All that was gathered so far.
    #[must_use]
    pub fn save(&self) -> Vec<u8> {
        self.0.save()
    }

    /// Where in the file that is being read it can be gone on from that.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // Files are far below 2^53 bytes.
    pub fn resumes_at(&self) -> f64 {
        self.0.resumes_at() as f64
    }

    /// Reads on in an mbox.
    pub fn push(&mut self, piece: &[u8]) {
        self.0.push(piece);
    }

    /// Ends an mbox.
    pub fn end(&mut self, file: &str) {
        self.0.end(file);
    }

    /// Reads one message that is a file of its own, so many bytes long, of which this is the beginning.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // No file is that large.
    pub fn message(&mut self, bytes: &[u8], length: f64) {
        self.0.message(bytes, length.max(0.0) as u64);
    }

    /// Reads a list of contacts, written then; gives whether it is one.
    pub fn list(&mut self, text: &str, written_ms: f64) -> bool {
        #[allow(clippy::cast_possible_truncation)] // Milliseconds since 1970 are far below 2^53.
        let written = Instant::from_ms(written_ms as i64);
        self.0.list(text, written.unwrap_or(Instant::EARLIEST))
    }

    /// Takes note that something is wrong with a file: `foreign`, `packed` or `bomb`.
    pub fn fault(&mut self, why: &str, file: &str) {
        let fault = match why {
            "foreign" => Fault::Foreign,
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

    /// What was found, as JSON; see `cadence::archive::Gathered`.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        serde_json::to_vec(&self.0.finish()).unwrap_or_default()
    }
}
