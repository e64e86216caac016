//! Any bytes as an archive of mail and as a message of its own. The size of the pieces and a pause anywhere do not
//! matter, and what is found is taken in.
#![no_main]

use cadence::address::Email;
use cadence::archive::{Archive, Gathered, Owners};
use cadence::intake::Intake;
use cadence::mail::{Kind, Reading, decode};
use cadence::service::take_in;
use cadence::store::MemoryStore;
use cadence_fuzz::{at_once, now};
use libfuzzer_sys::fuzz_target;

fn archive() -> Archive {
    let me: Email = "robin@lumenport.example".parse().unwrap();
    Archive::new(me, Vec::new())
}

fn read(bytes: &[u8], piece: usize) -> Gathered {
    let mut archive = archive();
    bytes.chunks(piece).for_each(|piece| archive.push(piece));
    archive.finish()
}

/// The same, left and gone on with.
fn read_with_a_pause(bytes: &[u8], pause: usize) -> Gathered {
    let mut first = archive();
    first.push(&bytes[..pause]);
    let resumes = first.resumes_at();
    let mut second = Archive::restore(&first.save(), resumes).unwrap();
    second.push(&bytes[usize::try_from(resumes).unwrap()..]);
    second.finish()
}

fuzz_target!(|input: (u16, &[u8])| {
    let (at, bytes) = input;
    let _ = Kind::of(bytes);
    let mut owners = Owners::default();
    let mut reading = Reading::new(decode);
    reading.push(bytes, &mut owners);
    reading.end(&mut owners);
    reading.message(bytes, bytes.len() as u64, &mut owners);
    let _ = owners.likely();

    let mut alone = archive();
    alone.message(bytes, bytes.len() as u64);
    let _ = alone.finish();

    let found = read(bytes, bytes.len().max(1));
    let text = |found: &Gathered| serde_json::to_string(found).unwrap();
    let at = usize::from(at) % (bytes.len() + 1);
    assert_eq!(text(&read(bytes, at.max(1))), text(&found));
    assert_eq!(text(&read_with_a_pause(bytes, at)), text(&found));
    let (clients, threads) = (found.clients, found.threads);
    let intake = Intake { clients, threads, hints: true, ..Intake::default() };
    at_once(take_in(&MemoryStore::default(), intake, now())).unwrap();
});
