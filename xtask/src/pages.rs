//! The extension's pages: one form for all of them, and what each loads.

use std::fs;
use std::path::Path;

use anyhow::Result;

const FORM: &str = include_str!("page.html");
/// What every page loads, before its own.
const STYLES: [&str; 2] = ["content/strip.css", "page.css"];
const SCRIPTS: [&str; 4] = [
    "content/ask.js",
    "content/words.js",
    "content/hands.js",
    "speak.js",
];

/// A page: its name, its own style sheets, its own scripts in their order. A script with `import` in it is a module.
type Page = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const PAGES: [Page; 7] = [
    ("popup", &["list.css", "popup.css"], &["keys.js", "page.js"]),
    (
        "sidebar",
        &["list.css", "sidebar.css"],
        &["keys.js", "sidebar.js", "page.js"],
    ),
    ("options", &["options.css"], &["page.js"]),
    ("weeks", &["weeks.css"], &["page.js"]),
    ("welcome", &["sidebar.css", "welcome.css"], &["page.js"]),
    ("import", &["options.css", "import.css"], &["import.js"]),
    ("report", &["report.css"], &["report.js"]),
];

/// Writes every page into a package that holds all that they load.
pub(crate) fn write(package: &Path) -> Result<()> {
    for (name, styles, scripts) in PAGES {
        let styles = STYLES.iter().chain(styles);
        let mut parts: Vec<String> = styles
            .map(|file| format!("<link rel=\"stylesheet\" href=\"{file}\">"))
            .collect();
        for file in SCRIPTS.iter().chain(scripts) {
            let text = fs::read_to_string(package.join(file))?;
            let is_module = text.lines().any(|line| line.starts_with("import "));
            let kind = if is_module {
                "type=\"module\""
            } else {
                "defer"
            };
            parts.push(format!("<script {kind} src=\"{file}\"></script>"));
        }
        let page = FORM
            .replace("<!-- parts -->", &parts.join("\n    "))
            .replace("\"name\"", &format!("\"{name}\""));
        fs::write(package.join(format!("{name}.html")), page)?;
    }
    Ok(())
}
