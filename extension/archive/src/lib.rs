//! Reads archives of mail for the import page, in a thread of its own, apart from the background
//! worker: the worker wakes for every page and must stay small.

use cadence::address::Email;
use cadence::archive::{self, Archive};
use cadence::view::import::{self as view, Stage};
use serde::Serialize;
use wasm_bindgen::prelude::*;

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

    /// Reads on in an mbox.
    pub fn push(&mut self, piece: &[u8]) {
        self.0.push(piece);
    }

    /// Ends an mbox.
    pub fn end(&mut self) {
        self.0.end();
    }

    /// Reads one message that is a file of its own.
    pub fn message(&mut self, bytes: &[u8]) {
        self.0.message(bytes);
    }

    /// What was found so far.
    #[must_use]
    pub fn report(&self) -> JsValue {
        to_js(self.0.report())
    }

    /// What was found: `{clients, threads, clues, report}`.
    #[must_use]
    pub fn finish(self) -> JsValue {
        to_js(&self.0.finish())
    }
}

/// Whose mailbox the beginning of an archive shows, likeliest first.
#[wasm_bindgen]
#[must_use]
pub fn owners(beginning: &[u8]) -> Vec<String> {
    let owners = archive::owners(beginning).into_iter();
    owners.map(|owner| owner.as_str().to_owned()).collect()
}

/// What the page shows at a stage of the import.
///
/// # Errors
/// Where it is no stage.
#[wasm_bindgen]
pub fn view(stage: JsValue) -> Result<JsValue, JsValue> {
    let stage: Stage = serde_wasm_bindgen::from_value(stage)?;
    Ok(to_js(&view::page(&stage)))
}

fn to_js(value: &impl Serialize) -> JsValue {
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    value.serialize(&serializer).unwrap_or(JsValue::NULL)
}
