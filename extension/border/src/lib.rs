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
    let text = text.as_deref().unwrap_or("null");
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Writes a value.
///
/// # Errors
/// Why it is none that JSON can hold, in words.
pub fn write(value: &impl Serialize) -> Result<JsValue, String> {
    let text = serde_json::to_string(value).map_err(|error| error.to_string())?;
    JSON::parse(&text).map_err(|error| format!("{error:?}"))
}
