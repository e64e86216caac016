//! Values across the border with JavaScript: as JSON text, which the browser writes and reads faster than fields that
//! are asked for one by one, and for which one reader and one writer are compiled.

use js_sys::JSON;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

/// Reads a value.
///
/// # Errors
/// What is wrong with it, in words.
pub fn read<T: DeserializeOwned>(value: &JsValue) -> Result<T, String> {
    let text = JSON::stringify(value)
        .ok()
        .and_then(|text| text.as_string());
    // What JSON has no word for, such as `undefined`, is nothing.
    let text = well_formed(text.unwrap_or_else(|| "null".to_owned()));
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

/// Text in which no character is cut in two. A page may hold half an emoji; the browser writes such a half as an escape
/// (`\ud83d`), and whole ones never, and a reader of JSON refuses it.
fn well_formed(text: String) -> String {
    if !text.contains("\\ud") {
        return text;
    }
    let mut whole = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, escape)) = rest.split_once('\\') {
        whole.push_str(before);
        let mut after = escape.chars();
        if escape.starts_with("ud") {
            whole.push(char::REPLACEMENT_CHARACTER);
            after.nth(4);
        } else {
            whole.push('\\');
            whole.extend(after.next());
        }
        rest = after.as_str();
    }
    whole.push_str(rest);
    whole
}

/// Writes a value.
///
/// # Errors
/// Why it is none that JSON can hold, in words.
pub fn write(value: &impl Serialize) -> Result<JsValue, String> {
    let text = serde_json::to_string(value).map_err(|error| error.to_string())?;
    JSON::parse(&text).map_err(|error| format!("{error:?}"))
}
