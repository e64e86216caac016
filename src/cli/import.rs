//! `cadence import`: the clients of an archive of mail or of a list of contacts, as the page of the user's data finds them.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::files::Files;
use cadence::address::Email;
use cadence::archive::{Fault, Gathered, Reason, Report};
use cadence::client::Stage;
use cadence::clock::{ClientZone, Instant};
use cadence::country::Country;
use cadence::dossier;
use cadence::history::{Author, TouchKind};
use cadence::market::{self, Market};
use cadence::place::Certainty;
use cadence::store::{ClientRecord, Held, ThreadRecord};

/// What to read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Mboxes and messages (.eml), gzipped, zipped or not, folders of them, lists of contacts (.csv, .vcf); `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Your own address; again for each other one
    #[arg(long, required = true)]
    me: Vec<Email>,
    /// Print what was left out and why as JSON on standard error, in place of the summary
    #[arg(long)]
    report: bool,
}

/// A line of output.
#[derive(Serialize)]
struct Line<'a> {
    email: &'a Email,
    name: Option<&'a str>,
    company: &'a str,
    country: Option<Country>,
    zone: Option<ClientZone>,
    market: Option<Market>,
    confidence: f64,
    status: Certainty,
    stage: Stage,
    threads: usize,
    sent: usize,
    received: usize,
    /// How many of the letters sent were of each kind.
    quotes: usize,
    samples: usize,
    first_at: Option<Instant>,
    last_at: Option<Instant>,
    last_from_me: bool,
}

/// Prints one line for each client. The status is 1 where a file that was named could not be read; the others are.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match import(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn import(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    let (account, others) = arguments.me.split_first().ok_or("--me is needed")?;
    let mut files = Files::new(account.clone(), others.to_vec());
    arguments.files.iter().for_each(|path| files.read(path));
    let Gathered {
        clients,
        threads,
        report,
    } = files.archive.finish();
    print(&clients, &threads)?;
    let mut said = std::io::stderr().lock();
    if arguments.report {
        serde_json::to_writer(&mut said, &report)?;
        writeln!(said)?;
    } else {
        write!(said, "{}", summary(&report))?;
    }
    for why in &files.refused {
        writeln!(said, "{why}")?;
    }
    Ok(files.refused.is_empty())
}

fn print(clients: &[ClientRecord], threads: &[ThreadRecord]) -> Result<(), Box<dyn Error>> {
    let mut of: HashMap<&Email, Vec<&ThreadRecord>> = HashMap::new();
    for thread in threads {
        of.entry(&thread.client).or_default().push(thread);
    }
    let mut companies: BTreeMap<&str, Held> = BTreeMap::new();
    for client in clients {
        let held = companies.entry(&client.company).or_default();
        held.clients.push(client.clone());
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for client in clients {
        let threads = of.get(&client.key.email).map(Vec::as_slice);
        let held = companies.get(client.company.as_str());
        let line = line(
            client,
            threads.unwrap_or_default(),
            held.unwrap_or(&Held::default()),
        );
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn line<'a>(client: &'a ClientRecord, threads: &[&ThreadRecord], held: &Held) -> Line<'a> {
    let touches = || threads.iter().flat_map(|thread| thread.history.touches());
    let count = |by| touches().filter(|touch| touch.by == by).count();
    let kind = |kind| touches().filter(|touch| touch.kind == kind).count();
    let last = touches().max_by_key(|touch| touch.at);
    let place = dossier::place_of(client, held);
    let country = place.country;
    Line {
        email: &client.key.email,
        name: client.name.as_deref(),
        company: &client.company,
        country,
        zone: place.zone,
        market: country.and_then(market::region).map(|region| region.market),
        confidence: place.confidence,
        status: place.certainty,
        stage: client.stage,
        threads: threads.len(),
        sent: count(Author::Seller),
        received: count(Author::Client),
        quotes: kind(TouchKind::Quote),
        samples: kind(TouchKind::Sample),
        first_at: touches().map(|touch| touch.at).min(),
        last_at: last.map(|touch| touch.at),
        last_from_me: last.is_some_and(|last| last.by == Author::Seller),
    }
}

/// What was read and what was left out, in a few lines.
fn summary(report: &Report) -> String {
    let mut text = String::new();
    if report.messages > 0 || report.skipped > 0 {
        let Report {
            messages,
            contacts,
            clients,
            threads,
            ..
        } = report;
        text += &format!(
            "messages: {messages}, with clients: {contacts} (clients: {clients}, threads: {threads})\n"
        );
    }
    for (reason, left) in &report.left_out {
        text += &format!("left out: {} {}\n", left.messages, reason_words(*reason));
    }
    if report.shortened > 0 {
        text += &format!(
            "longer than is looked at: {}; of those the beginning was\n",
            report.shortened
        );
    }
    if report.skipped > 0 {
        text += &format!(
            "passed over in front of a first message: {} bytes\n",
            report.skipped
        );
    }
    let Report {
        listed, unlisted, ..
    } = report;
    if listed + unlisted > 0 {
        text += &format!("contacts from lists: {listed}, left out: {unlisted}\n");
    }
    for (fault, files) in &report.faults {
        for file in &files.examples {
            text += &format!("{file}: {}\n", fault_words(*fault));
        }
        let more = files.messages.saturating_sub(files.examples.len() as u64);
        if more > 0 {
            text += &format!("and {more} more: {}\n", fault_words(*fault));
        }
    }
    text
}

fn reason_words(reason: Reason) -> &'static str {
    match reason {
        Reason::Unreadable => "without a head that could be read",
        Reason::Nobody => "without a sender's address",
        Reason::Undated => "without a date that could be read",
        Reason::Discarded => "drafts, junk, or in the bin",
        Reason::Bulk => "from lists, newsletters or machines",
        Reason::Robot => "from robots' addresses",
        Reason::Own => "among colleagues",
        Reason::Unanswered => "with people you never wrote to",
        Reason::Double => "that are there twice",
    }
}

fn fault_words(fault: Fault) -> &'static str {
    match fault {
        Fault::Foreign => "holds neither mail nor contacts",
        Fault::Cut => "ends in the middle of a message; what stands in front of that was read",
        Fault::Packed => "cannot be unpacked to its end; what came before was read",
        Fault::Bomb => "unpacks to far more than mail ever does; it was not read any further",
    }
}
