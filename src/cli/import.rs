//! `cadence import`: the clients of an archive of mail, as the import page finds them.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use cadence::address::Email;
use cadence::archive::{Archive, Fault, Gathered, Kind, MOST_OF_A_HEAD};
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
    /// Mboxes and messages (.eml), gzipped or not, and folders of them; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
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
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn import(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (account, others) = arguments.me.split_first().ok_or("--me is needed")?;
    let mut archive = Archive::new(account.clone(), others.to_vec());
    for path in &arguments.files {
        read(&mut archive, path).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let found = archive.finish();
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

/// Reads a file, or all the files of a folder in the order of their names.
fn read(archive: &mut Archive, path: &Path) -> Result<(), Box<dyn Error>> {
    if path == Path::new("-") {
        return read_file(archive, std::io::stdin().lock(), "-", None);
    }
    if !path.is_dir() {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        return read_file(archive, file, &path.to_string_lossy(), Some(length));
    }
    let entries = fs::read_dir(path)?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    paths.iter().try_for_each(|path| read(archive, path))
}

fn read_file(
    archive: &mut Archive,
    input: impl Read,
    name: &str,
    length: Option<u64>,
) -> Result<(), Box<dyn Error>> {
    let mut input = BufReader::with_capacity(PIECE, input);
    if input.fill_buf()?.starts_with(&GZIP) {
        let unpacked = flate2::bufread::MultiGzDecoder::new(input);
        return match read_pieces(archive, unpacked, name, None) {
            // What came out is as good as ever.
            Err(_) => {
                archive.end(name);
                archive.fault(Fault::Packed, name);
                Ok(())
            }
            ok => Ok(ok?),
        };
    }
    Ok(read_pieces(archive, input, name, length)?)
}

fn read_pieces(
    archive: &mut Archive,
    mut input: impl Read,
    name: &str,
    length: Option<u64>,
) -> std::io::Result<()> {
    let mut piece = Vec::new();
    let mut beginning = input.by_ref().take(MOST_OF_A_HEAD as u64);
    let broken = beginning.read_to_end(&mut piece).err();
    match Kind::of(&piece) {
        Kind::Other => archive.fault(Fault::Foreign, name),
        Kind::Letter => archive.message(&piece, length.unwrap_or(piece.len() as u64)),
        Kind::Mbox => {
            archive.push(&piece);
            piece.resize(PIECE, 0);
            while broken.is_none() {
                let count = input.read(&mut piece)?;
                if count == 0 {
                    break;
                }
                archive.push(piece.get(..count).unwrap_or_default());
            }
            if broken.is_none() {
                archive.end(name);
            }
        }
    }
    broken.map_or(Ok(()), Err)
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
