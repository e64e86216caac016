//! The extension's pages: one form for all of them, and what each loads.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

const FORM: &str = include_str!("page.html");
/// What every page loads, before its own.
const STYLES: [&str; 2] = ["content/strip.css", "page.css"];
const SCRIPTS: [&str; 4] = [
    "content/ask.js",
    "content/words.js",
    "content/hands.js",
    "speak.js",
];

/// A page: its name, its own style sheets, its own scripts in their order.
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
        &["keys.js", "sidebar.js", "begun.js", "page.js"],
    ),
    ("options", &["options.css"], &["page.js"]),
    ("weeks", &["weeks.css"], &["page.js"]),
    ("welcome", &["sidebar.css", "welcome.css"], &["page.js"]),
    ("import", &["options.css", "import.css"], &["import.js"]),
    ("report", &["report.css"], &["report.js"]),
];

/// Writes every page into a package that holds all that they load: each page with one style sheet and one script, since
/// a browser takes longer to fetch ten small files than one. A script that imports others stays a file of its own.
pub(crate) fn write(package: &Path) -> Result<()> {
    let folder = package.join("pages");
    fs::create_dir_all(&folder)?;
    let mut spare = BTreeSet::new();
    for (name, styles, scripts) in PAGES {
        let mut parts = vec![format!(
            "<link rel=\"stylesheet\" href=\"pages/{name}.css\">"
        )];
        let styles: Vec<_> = STYLES.iter().chain(styles).collect();
        let (modules, scripts): (Vec<_>, Vec<_>) = SCRIPTS
            .iter()
            .chain(scripts)
            .map(|file| Ok((*file, read(package, file)?)))
            .collect::<Result<Vec<_>>>()?
            .into_iter()
            .partition(|(_, text)| text.lines().any(|line| line.starts_with("import ")));
        let mut sheet = String::new();
        for file in &styles {
            sheet += &read(package, file)?;
        }
        let script: String = scripts.iter().map(|(_, text)| text.as_str()).collect();
        fs::write(folder.join(format!("{name}.css")), sheet)?;
        fs::write(folder.join(format!("{name}.js")), script)?;
        parts.push(format!("<script defer src=\"pages/{name}.js\"></script>"));
        for (file, _) in &modules {
            parts.push(format!("<script type=\"module\" src=\"{file}\"></script>"));
        }
        let page = FORM
            .replace("<!-- parts -->", &parts.join("\n    "))
            .replace("\"name\"", &format!("\"{name}\""));
        fs::write(package.join(format!("{name}.html")), page)?;
        spare.extend(styles.into_iter().copied());
        spare.extend(scripts.iter().map(|(file, _)| *file));
    }
    // The content scripts are loaded as they are, too.
    for file in spare
        .into_iter()
        .filter(|file| !file.starts_with("content/"))
    {
        fs::remove_file(package.join(file))?;
    }
    Ok(())
}

fn read(package: &Path, file: &str) -> Result<String> {
    fs::read_to_string(package.join(file)).with_context(|| format!("a page lacks {file}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_one_sheet_and_one_script_and_its_modules() {
        let package = tempfile::tempdir().unwrap();
        let all = PAGES
            .iter()
            .flat_map(|(_, styles, scripts)| styles.iter().chain(*scripts));
        fs::create_dir(package.path().join("content")).unwrap();
        for file in STYLES.iter().chain(&SCRIPTS).chain(all) {
            let text = match *file {
                "import.js" => "import a from \"./a.js\";\n".to_owned(),
                other => format!("/* {other} */\n"),
            };
            fs::write(package.path().join(file), text).unwrap();
        }
        write(package.path()).unwrap();
        let read = |file: &str| fs::read_to_string(package.path().join(file)).unwrap();
        assert_eq!(
            read("pages/weeks.css"),
            "/* content/strip.css */\n/* page.css */\n/* weeks.css */\n"
        );
        assert!(
            read("pages/sidebar.js").ends_with("/* sidebar.js */\n/* begun.js */\n/* page.js */\n")
        );
        assert!(
            read("import.html").contains("<script type=\"module\" src=\"import.js\"></script>")
        );
        assert!(read("import.html").contains("<body data-page=\"import\">"));
        assert!(!package.path().join("page.js").exists());
        assert!(package.path().join("content/hands.js").exists());
    }
}
