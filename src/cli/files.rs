//! Files of mail and of contacts, packed or not, one after another.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::path::{Path, PathBuf};

use cadence::address::Email;
use cadence::archive::{Archive, Fault};
use cadence::clock::Instant;
use cadence::mail::{Kind, MOST_OF_A_HEAD, is_bomb};
use cadence::transfer::{contacts, encoding};

/// So much is read at a time.
const PIECE: usize = 1 << 20;
/// The first bytes of a gzipped file (RFC 1952), and of a zip that holds something (APPNOTE 4.3.7).
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZIP: &[u8] = b"PK\x03\x04";
/// No list of contacts is larger, in bytes.
const LARGEST_LIST: u64 = 400_000_000;

/// What was read.
pub(crate) struct Files {
    pub(crate) archive: Archive,
    /// Which of the files that were named could not be read, and why.
    pub(crate) refused: Vec<String>,
}

impl Files {
    pub(crate) fn new(account: Email, others: Vec<Email>) -> Files {
        Files {
            archive: Archive::new(account, others),
            refused: Vec::new(),
        }
    }

    /// Reads what a path leads to: a file, all files of a folder in the order of their names, or standard input (`-`).
    pub(crate) fn read(&mut self, path: &Path) {
        let name = path.display().to_string();
        let found = match path {
            _ if path == Path::new("-") => self.input(&name),
            _ if path.is_dir() => return self.folder(path),
            _ => File::open(path).and_then(|file| self.file(file, &name)),
        };
        match found {
            Ok(true) => {}
            Ok(false) => self
                .refused
                .push(format!("{name}: neither mail nor contacts")),
            Err(error) => self.refused.push(format!("{name}: {error}")),
        }
    }

    /// Reads standard input. The list of a zip's files stands at its end, so a zip is laid aside first.
    fn input(&mut self, name: &str) -> io::Result<bool> {
        let mut input = BufReader::with_capacity(PIECE, io::stdin().lock());
        if !input.fill_buf()?.starts_with(ZIP) {
            return self.stream(input, name, None);
        }
        let mut aside = tempfile::tempfile()?;
        io::copy(&mut input, &mut aside)?;
        aside.rewind()?;
        self.file(aside, name)
    }

    fn folder(&mut self, folder: &Path) {
        let mut paths: Vec<PathBuf> = Vec::new();
        match fs::read_dir(folder) {
            Ok(entries) => paths.extend(entries.flatten().map(|entry| entry.path())),
            Err(error) => self.refused.push(format!("{}: {error}", folder.display())),
        }
        paths.sort();
        for path in paths {
            // A link to a folder may lead back here.
            if path.is_dir() && !path.is_symlink() {
                self.folder(&path);
            } else if path.is_file() {
                let name = path.display().to_string();
                match File::open(&path).and_then(|file| self.file(file, &name)) {
                    Ok(true) => {}
                    Ok(false) => self.archive.fault(Fault::Foreign, &name),
                    Err(error) => self.refused.push(format!("{name}: {error}")),
                }
            }
        }
    }

    /// Reads a file; gives whether there is mail or a list of contacts in it, or that it says itself what is wrong.
    fn file(&mut self, file: File, name: &str) -> io::Result<bool> {
        let length = file.metadata()?.len();
        let mut file = BufReader::with_capacity(PIECE, file);
        if !file.fill_buf()?.starts_with(ZIP) {
            return self.stream(file, name, Some(length));
        }
        self.zip(file, length, name);
        Ok(true)
    }

    /// A zip is a folder.
    fn zip(&mut self, file: BufReader<File>, length: u64, name: &str) {
        let Ok(mut zip) = zip::ZipArchive::new(file) else {
            return self.archive.fault(Fault::Packed, name);
        };
        // Its files may share their bytes, so it is the whole that must not swell.
        let counts = Counts::default();
        counts.taken.set(length);
        for at in 0..zip.len() {
            let Ok(entry) = zip.by_index(at) else {
                self.archive.fault(Fault::Packed, name);
                continue;
            };
            if entry.is_dir() || entry.size() == 0 {
                continue;
            }
            let within = entry.name().map(|own| format!("{name}/{own}"));
            let within = within.unwrap_or_else(|_| name.to_owned());
            let length = entry.size();
            if self.unpacked(entry, &counts, &within, Some(length)) == Some(Fault::Bomb) {
                return;
            }
        }
    }

    fn stream(&mut self, input: impl Read, name: &str, length: Option<u64>) -> io::Result<bool> {
        let counts = Counts::default();
        let counted = Counted {
            input,
            counts: &counts,
        };
        let mut input = BufReader::with_capacity(PIECE, counted);
        if !input.fill_buf()?.starts_with(GZIP) {
            return self.take(input, name, length);
        }
        let unpacked = flate2::bufread::MultiGzDecoder::new(input);
        self.unpacked(unpacked, &counts, name, None);
        Ok(true)
    }

    /// Reads what comes out of a packed file, and says what is wrong with it. What came out before it breaks is as good as
    /// ever.
    fn unpacked(
        &mut self,
        unpacked: impl Read,
        counts: &Counts,
        name: &str,
        length: Option<u64>,
    ) -> Option<Fault> {
        let fault = match self.take(Guarded { unpacked, counts }, name, length) {
            Ok(true) => return None,
            Ok(false) => Fault::Foreign,
            Err(error) if error.get_ref().is_some_and(|why| why.is::<Bomb>()) => Fault::Bomb,
            Err(_) => Fault::Packed,
        };
        self.archive.fault(fault, name);
        Some(fault)
    }

    /// Reads mail or a list of contacts; gives whether it was one of them.
    fn take(&mut self, mut input: impl Read, name: &str, length: Option<u64>) -> io::Result<bool> {
        let mut piece = Vec::new();
        let beginning = input
            .by_ref()
            .take(MOST_OF_A_HEAD as u64)
            .read_to_end(&mut piece);
        match Kind::of(&piece) {
            Kind::Letter => self
                .archive
                .message(&piece, length.unwrap_or(piece.len() as u64)),
            Kind::Other => {
                beginning?;
                // Nothing at all is an mbox without a message.
                if piece.is_empty() {
                    return Ok(true);
                }
                if contacts::listed(&text(&piece)).is_empty() {
                    return Ok(false);
                }
                input.take(LARGEST_LIST).read_to_end(&mut piece)?;
                self.archive.list(&text(&piece), Instant::EARLIEST);
            }
            Kind::Mbox => {
                self.archive.push(&piece);
                piece.resize(PIECE, 0);
                let read = beginning.and_then(|_| {
                    loop {
                        match input.read(&mut piece)? {
                            0 => break Ok(()),
                            count => self.archive.push(piece.get(..count).unwrap_or_default()),
                        }
                    }
                });
                self.archive.end(name);
                read?;
            }
        }
        Ok(true)
    }
}

fn text(bytes: &[u8]) -> Cow<'_, str> {
    let name = encoding::detect(bytes).as_bytes();
    let encoding = encoding_rs::Encoding::for_label(name).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(bytes).0
}

/// How many bytes were taken out of a packed file, and how many it gave.
#[derive(Default)]
struct Counts {
    taken: Cell<u64>,
    given: Cell<u64>,
}

struct Counted<'c, R> {
    input: R,
    counts: &'c Counts,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(into)?;
        self.counts
            .taken
            .set(self.counts.taken.get() + count as u64);
        Ok(count)
    }
}

/// Stops where far more comes out of a packed file than any mail would.
struct Guarded<'c, R> {
    unpacked: R,
    counts: &'c Counts,
}

impl<R: Read> Read for Guarded<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.unpacked.read(into)?;
        self.counts
            .given
            .set(self.counts.given.get() + count as u64);
        match is_bomb(self.counts.taken.get(), self.counts.given.get()) {
            true => Err(io::Error::other(Bomb)),
            false => Ok(count),
        }
    }
}

#[derive(Debug)]
struct Bomb;

impl std::error::Error for Bomb {}

impl fmt::Display for Bomb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it unpacks to far more than mail ever does")
    }
}
