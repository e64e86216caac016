//! Any bytes as an archive of mail and as a message of its own. The size of the pieces and a pause anywhere do not
//! matter, and what is found is taken in. Reading is what costs, so an input goes one of these ways, which it says itself.
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
    bytes.chunks(piece.max(1)).for_each(|piece| archive.push(piece));
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

/// As a file of which nobody knows what it is and whose.
fn glance(bytes: &[u8]) {
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
}

/// Whether a line divides messages is decided by 4 kB behind it. With so much behind an input, a pause finds all of it decided.
const BEHIND: usize = 4200;

fuzz_target!(|input: (u16, &[u8])| {
    let (choice, bytes) = input;
    let behind = if choice & 4 == 0 { 0 } else { BEHIND };
    let bytes = &[bytes, &vec![b'x'; behind]].concat();
    let at = usize::from(choice / 8) % (bytes.len() + 1);
    let whole = || read(bytes, bytes.len());
    match choice % 4 {
        0 => glance(bytes),
        1 => assert_eq!(read(bytes, at), whole()),
        2 => assert_eq!(read_with_a_pause(bytes, at), whole()),
        _ => {
            let Gathered { clients, threads, .. } = whole();
            let intake = Intake { clients, threads, hints: true, ..Intake::default() };
            at_once(take_in(&MemoryStore::default(), intake, now())).unwrap();
        }
    }
});
