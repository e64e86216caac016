//! The few calls of the browser's extension interface that the worker makes.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["globalThis", "chrome", "action"], js_name = setBadgeText, catch)]
    fn set_badge_text(details: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["globalThis", "chrome", "action"], js_name = setBadgeBackgroundColor, catch)]
    fn set_badge_color(details: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["globalThis", "chrome", "alarms"], js_name = create, catch)]
    fn create_alarm(name: &str, details: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["globalThis", "chrome", "alarms"], js_name = clear, catch)]
    fn clear(name: &str) -> Result<Promise, JsValue>;
}

fn details(pairs: &[(&str, JsValue)]) -> Result<Object, JsValue> {
    let object = Object::new();
    for (name, value) in pairs {
        Reflect::set(&object, &JsValue::from_str(name), value)?;
    }
    Ok(object)
}

/// Shows a number, or nothing, on the extension's button.
pub(crate) async fn set_badge(text: &str) -> Result<(), JsValue> {
    JsFuture::from(set_badge_text(&details(&[("text", text.into())])?)?).await?;
    JsFuture::from(set_badge_color(&details(&[("color", "#1f6f54".into())])?)?).await?;
    Ok(())
}

/// Sets the one alarm of a name. Browsers may forget alarms: it is set anew at every wake.
pub(crate) async fn set_alarm(name: &str, at_ms: i64) -> Result<(), JsValue> {
    #[allow(clippy::cast_precision_loss)] // Instants are far below 2^53 ms.
    let when = JsValue::from_f64(at_ms as f64);
    JsFuture::from(create_alarm(name, &details(&[("when", when)])?)?).await?;
    Ok(())
}

/// Takes an alarm back.
pub(crate) async fn clear_alarm(name: &str) -> Result<(), JsValue> {
    JsFuture::from(clear(name)?).await?;
    Ok(())
}

/// The IANA name of the zone that the browser runs in.
pub(crate) fn zone() -> Option<String> {
    let options = js_sys::Intl::DateTimeFormat::default().resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone"))
        .ok()?
        .as_string()
}
