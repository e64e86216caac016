//! `cadence import`: the clients of an archive of mail, as the import page finds them.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use cadence::address::Email;
use cadence::archive::{Archive, Gathered};
use cadence::clock::{ClientZone, Instant};
use cadence::country::Country;
use cadence::history::{Author, History, TouchKind};
use cadence::market::{self, Market};
use cadence::place::{self, Certainty, Clues};
use cadence::store::ClientRecord;

/// So much is read at a time.
const PIECE: usize = 1 << 20;
/// The first bytes of a gzipped file (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What to read.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// An mbox, gzipped or not; `-` is standard input
    file: PathBuf,
    /// Your own address; again for each other one
    #[arg(long, required = true)]
    me: Vec<Email>,
    /// Print what was left out and why on standard error
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

/// Prints one line for each client.
pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match import(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{}: {error}", arguments.file.display());
            ExitCode::FAILURE
        }
    }
}

fn import(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (account, others) = arguments.me.split_first().ok_or("--me is needed")?;
    let mut archive = Archive::new(account.clone(), others.to_vec());
    let input: Box<dyn Read> = match arguments.file.to_str() {
        Some("-") => Box::new(std::io::stdin().lock()),
        _ => Box::new(File::open(&arguments.file)?),
    };
    let mut input = BufReader::with_capacity(PIECE, input);
    if input.fill_buf()?.starts_with(&GZIP) {
        read(&mut archive, flate2::bufread::MultiGzDecoder::new(input))?;
    } else {
        read(&mut archive, input)?;
    }
    let found = archive.finish().placed();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for client in &found.clients {
        serde_json::to_writer(&mut out, &line(client, &found))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    if arguments.report {
        serde_json::to_writer(std::io::stderr(), &found.report)?;
        writeln!(std::io::stderr())?;
    }
    Ok(())
}

fn read(archive: &mut Archive, mut input: impl Read) -> Result<(), Box<dyn Error>> {
    let mut piece = vec![0; PIECE];
    loop {
        let count = input.read(&mut piece)?;
        if count == 0 {
            return Ok(());
        }
        archive.push(piece.get(..count).unwrap_or_default());
    }
}

fn line<'a>(client: &'a ClientRecord, found: &'a Gathered) -> Line<'a> {
    let mut history = History::default();
    let threads = found
        .threads
        .iter()
        .filter(|thread| thread.client == client.key.email);
    let threads = threads
        .inspect(|thread| history.unite(&thread.history))
        .count();
    let touches = history.touches();
    let count = |by| touches.iter().filter(|touch| touch.by == by).count();
    let kind = |kind| touches.iter().filter(|touch| touch.kind == kind).count();
    // A signature is kept only where it says more than the address does.
    let place = client.signature.clone().unwrap_or_else(|| {
        place::infer(&Clues {
            email: &client.key.email,
            name: client.name.as_deref(),
            text: None,
            language: None,
            offsets: &[],
            word: None,
            colleagues: &[],
        })
    });
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
        threads,
        sent: count(Author::Seller),
        received: count(Author::Client),
        quotes: kind(TouchKind::Quote),
        samples: kind(TouchKind::Sample),
        first_at: touches.first().map(|touch| touch.at),
        last_at: touches.last().map(|touch| touch.at),
        last_from_me: touches.last().is_some_and(|last| last.by == Author::Seller),
    }
}
