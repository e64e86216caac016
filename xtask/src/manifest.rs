//! One manifest source, a manifest for each browser.
//!
//! In `manifest.json` a key `__chrome__name` is `name` for Chrome alone, `__firefox__name` for Firefox
//! alone; such a key goes before a plain one of the same name.

use anyhow::{Result, bail};
use serde_json::{Map, Value};

/// A family of browsers that gets a package of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    /// Chrome, Edge and their relatives.
    Chrome,
    /// Firefox.
    Firefox,
}

impl Browser {
    /// Every one.
    pub(crate) const ALL: [Self; 2] = [Self::Chrome, Self::Firefox];

    /// Its name in key prefixes and in `pkg/`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chrome => "chrome",
            Self::Firefox => "firefox",
        }
    }
}

/// The manifest of one browser, with the version put in.
///
/// # Errors
/// On a prefix that names no browser.
pub(crate) fn resolve(source: &Value, browser: Browser, version: &str) -> Result<Value> {
    let mut manifest = pick(source, browser)?;
    if let Some(keys) = manifest.as_object_mut() {
        keys.insert("version".into(), version.into());
    }
    Ok(manifest)
}

fn pick(value: &Value, browser: Browser) -> Result<Value> {
    Ok(match value {
        Value::Object(keys) => Value::Object(pick_keys(keys, browser)?),
        Value::Array(items) => Value::Array(
            items
                .iter()
                .map(|item| pick(item, browser))
                .collect::<Result<_>>()?,
        ),
        plain => plain.clone(),
    })
}

fn pick_keys(keys: &Map<String, Value>, browser: Browser) -> Result<Map<String, Value>> {
    let mut picked = Map::new();
    for (key, value) in keys {
        let Some((name, only)) = split(key)? else {
            let own = format!("__{}__{key}", browser.name());
            if !keys.contains_key(&own) {
                picked.insert(key.clone(), pick(value, browser)?);
            }
            continue;
        };
        if only == browser {
            picked.insert(name.to_owned(), pick(value, browser)?);
        }
    }
    Ok(picked)
}

/// The plain name and the browser of a prefixed key.
fn split(key: &str) -> Result<Option<(&str, Browser)>> {
    // Chrome's own texts are called `__MSG_…__`; they are values, never keys.
    let Some((prefix, name)) = key
        .strip_prefix("__")
        .and_then(|rest| rest.split_once("__"))
    else {
        return Ok(None);
    };
    match Browser::ALL
        .into_iter()
        .find(|browser| browser.name() == prefix)
    {
        Some(browser) => Ok(Some((name, browser))),
        None => bail!("manifest.json: `{key}` names no browser that Cadence is built for"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_browser_gets_its_own_keys() {
        let source = json!({
            "name": "__MSG_name__",
            "background": {
                "type": "module",
                "__chrome__service_worker": "worker.js",
                "__firefox__scripts": ["worker.js"],
            },
            "__firefox__browser_specific_settings": {"gecko": {"id": "a@b"}},
            "minimum": 1,
            "__firefox__minimum": 2,
        });
        assert_eq!(
            resolve(&source, Browser::Chrome, "1.2.3").unwrap(),
            json!({
                "name": "__MSG_name__",
                "background": {"type": "module", "service_worker": "worker.js"},
                "minimum": 1,
                "version": "1.2.3",
            })
        );
        assert_eq!(
            resolve(&source, Browser::Firefox, "1.2.3").unwrap(),
            json!({
                "name": "__MSG_name__",
                "background": {"type": "module", "scripts": ["worker.js"]},
                "browser_specific_settings": {"gecko": {"id": "a@b"}},
                "minimum": 2,
                "version": "1.2.3",
            })
        );
    }

    #[test]
    fn keys_within_lists_are_resolved_and_a_version_in_the_source_gives_way() {
        let source = json!({"version": "0", "list": [{"__chrome__a": 1, "__firefox__a": 2}]});
        let chrome = resolve(&source, Browser::Chrome, "1.0").unwrap();
        assert_eq!(chrome, json!({"version": "1.0", "list": [{"a": 1}]}));
    }

    #[test]
    fn a_misspelt_browser_is_an_error() {
        let error = resolve(&json!({"__chorme__a": 1}), Browser::Chrome, "1").unwrap_err();
        assert!(error.to_string().contains("__chorme__a"));
    }
}
