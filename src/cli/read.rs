//! `cadence read` and `cadence table`.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cadence::address::Person;
use cadence::clock::{Instant, Zone};
use cadence::webmail::{self, Clock, PageFacts, Reader, Site};
use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

/// Which pages, of which site.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The webmail that the pages are of.
    #[arg(long, value_parser = site)]
    site: Site,
    /// The zone that the pages word their dates in, e.g. Europe/Berlin.
    #[arg(long)]
    zone: Option<Zone>,
    /// The time of reading, Unix milliseconds: an id that tells a time more than a day later is not
    /// believed.
    #[arg(long, value_parser = instant)]
    now: Option<Instant>,
    /// Prints the raw strings found instead of what they mean.
    #[arg(long)]
    sighting: bool,
    /// Saved pages.
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Which site's table.
#[derive(clap::Args)]
pub(crate) struct TableArguments {
    /// The webmail.
    #[arg(long, value_parser = site)]
    site: Site,
}

/// Reads every page; one line each.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut status = ExitCode::SUCCESS;
    for file in &arguments.files {
        let line = page(file, arguments).unwrap_or_else(|error| {
            status = ExitCode::FAILURE;
            json!({ "file": file.to_string_lossy(), "error": error.to_string() })
        });
        // A reader that went away is no failure of ours.
        if writeln!(out, "{line}").is_err() {
            return status;
        }
    }
    let _ = out.flush();
    status
}

/// Prints a site's table.
pub(crate) fn print_table(arguments: &TableArguments) -> ExitCode {
    let printed = serde_json::to_string_pretty(&arguments.site.table())
        .is_ok_and(|table| writeln!(std::io::stdout(), "{table}").is_ok());
    if printed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// A site by its name in JSON.
fn site(name: &str) -> Result<Site, serde_json::Error> {
    Site::deserialize(Value::from(name))
}

/// An instant by its Unix milliseconds.
fn instant(ms: &str) -> Result<Instant, Box<dyn Error + Send + Sync>> {
    Ok(Instant::from_ms(ms.parse()?)?)
}

fn page(file: &Path, arguments: &Arguments) -> Result<Value, Box<dyn Error>> {
    let bytes = std::fs::read(file)?;
    let html = String::from_utf8_lossy(&bytes);
    let sighting = webmail::look(&arguments.site.table(), &html, "");
    if arguments.sighting {
        return Ok(serde_json::to_value(sighting)?);
    }
    let reader = Reader {
        zone: arguments.zone,
        latest: arguments.now.map(|now| now.plus(TimeDelta::days(1))),
        clock: arguments
            .zone
            .zip(arguments.now)
            .map(|(zone, now)| Clock { zone, now }),
        me: Vec::new(),
    };
    let facts = arguments.site.read(&sighting, &reader);
    Ok(line(file, &facts))
}

/// The page's facts, people by their addresses alone.
fn line(file: &Path, facts: &PageFacts) -> Value {
    let addresses = |people: &[Person]| {
        people
            .iter()
            .map(|person| person.email.clone())
            .collect::<Vec<_>>()
    };
    let message = |message: &webmail::MessageFacts| {
        json!({
            "id": message.id,
            "at": message.at,
            "from": message.from.as_ref().map(|person| &person.email),
            "to": addresses(&message.to),
        })
    };
    let thread = |thread: &webmail::ThreadFacts| {
        json!({
            "id": thread.id,
            "subject": thread.subject,
            "messages": thread.messages.iter().map(message).collect::<Vec<_>>(),
        })
    };
    let row = |row: &webmail::RowFacts| {
        json!({
            "thread": row.thread,
            "last_message": row.last_message,
            "at": row.at,
            "people": addresses(&row.people),
            "subject": row.subject,
        })
    };
    json!({
        "file": file.to_string_lossy(),
        "view": facts.view,
        "me": facts.me,
        "thread": facts.thread.as_ref().map(thread),
        "rows": facts.rows.iter().map(row).collect::<Vec<_>>(),
        "missing": facts.missing,
    })
}
