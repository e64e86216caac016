//! Packs the readable tables of `data/` into `data/packed/`: the writer for [`super::table`].
//!
//! Compiled for tests only. `cargo xtask data` has it rewrite the packed files (`CADENCE_PACK=write
//! cargo test --lib place::pack`); otherwise the test holds that they are what the tables give.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::gazetteer::{Kind, NONE};
use super::table::{BLOCK, LONGEST_KEY};
use super::words::normal;
use super::zone_choice::zones;
use crate::country::Country;

/// All inference data together, in bytes, as gzip leaves them.
const BUDGET: usize = 130_000;

/// Names of three letters that stand for one country wherever they stand; others are words.
const ABBREVIATIONS: [&str; 20] = [
    "uae", "eau", "vae", "bih", "drc", "rdc", "prc", "brd", "frg", "rok", "roc", "ksa", "rsa",
    "usa", "eua", "vsa", "bvi", "png", "uk", "fsm",
];

type Rows = BTreeSet<(String, [u8; 4])>;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("data")
        .join(name)
}

fn lines(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(data(name)).unwrap();
    text.lines()
        .skip(1)
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect()
}

fn index(code: &str) -> u8 {
    let country: Country = code.parse().unwrap();
    u8::try_from(Country::all().position(|one| one == country).unwrap()).unwrap()
}

fn zone_index(code: &str, name: &str) -> u8 {
    let zones = zones(code.parse().unwrap());
    let at = zones.iter().position(|zone| zone.0.name() == name);
    at.map_or(NONE, |at| u8::try_from(at).unwrap())
}

fn kind(kind: Kind) -> u8 {
    u8::try_from(Kind::ALL.iter().position(|one| *one == kind).unwrap()).unwrap()
}

/// The rows of the gazetteer.
fn gazetteer() -> Rows {
    let mut rows = Rows::new();
    let common: BTreeSet<String> = lines("common_words.tsv")[0][0]
        .split('|')
        .map(normal)
        .collect();
    // Of several places of one name in one country the largest counts.
    let mut cities: BTreeMap<(String, String), (u8, u8)> = BTreeMap::new();
    for row in lines("cities.tsv") {
        let people: f64 = row[2].parse().unwrap();
        let size = (people.max(1.0).log2() * 4.0).round() as u8;
        for name in std::iter::once(row[3].as_str()).chain(row[4].split('|')) {
            let key = normal(name);
            if key.chars().count() > 1 || key.chars().any(|c| c as u32 > 0x4e00) {
                let best = cities.entry((key, row[0].clone())).or_default();
                *best = (*best).max((size, zone_index(&row[0], &row[1])));
            }
        }
    }
    for ((key, code), (size, zone)) in cities {
        let is = if common.contains(&key) || key.len() < 4 && key.is_ascii() {
            Kind::CommonCity
        } else {
            Kind::City
        };
        rows.insert((key, [kind(is), index(&code), zone, size]));
    }
    let shared: BTreeSet<(String, String)> = lines("country_names.tsv")
        .into_iter()
        .filter(|row| row[1] == "~")
        .map(|row| (row[0].clone(), normal(&row[2])))
        .collect();
    for row in lines("country_names.tsv") {
        let is = match row[1].as_str() {
            "=" => Kind::CountryInCapitals,
            "~" => Kind::SharedCountry,
            _ => Kind::Country,
        };
        // Some official names are longer than any address would write them.
        let usable = |name: &String| {
            let twice = row[1].is_empty() && shared.contains(&(row[0].clone(), name.clone()));
            (2..=LONGEST_KEY).contains(&name.len())
                && !twice
                && (name.len() > 3
                    || row[1] == "="
                    || ABBREVIATIONS.contains(&name.as_str())
                    || !name.is_ascii())
        };
        for name in row[2].split('|').map(normal).filter(usable) {
            rows.insert((name, [kind(is), index(&row[0]), NONE, 0]));
        }
    }
    for row in lines("provinces.tsv") {
        for name in row[2].split('|') {
            rows.insert((
                normal(name),
                [
                    kind(Kind::Province),
                    index(&row[0]),
                    zone_index(&row[0], &row[1]),
                    0,
                ],
            ));
        }
    }
    for (file, is) in [
        ("legal_forms.tsv", Kind::LegalForm),
        ("greetings.tsv", Kind::Greeting),
    ] {
        for row in lines(file) {
            for name in row[1].split('|') {
                let mut weights = row[0].split_whitespace().peekable();
                if weights.peek().is_none() {
                    rows.insert((normal(name), [kind(is), NONE, NONE, 0]));
                }
                for (code, weight) in weights.filter_map(|one| one.split_once(':')) {
                    let size = (weight.parse::<f64>().unwrap() * 20.0).round() as u8;
                    rows.insert((normal(name), [kind(is), index(code), NONE, size]));
                }
            }
        }
    }
    rows
}

/// The rows of the telephone prefixes: country, zone, lengths 4 to 15 as bits, service as the top bit.
fn phones() -> Rows {
    lines("phone_prefixes.tsv")
        .into_iter()
        .map(|row| {
            let lengths = row[4].split(' ').filter_map(|one| one.parse::<u16>().ok());
            let bits = lengths
                .filter(|length| (4..=15).contains(length))
                .fold(0_u16, |bits, length| bits | 1 << (length - 4));
            let service = if row[3] == "service" { 0x8000 } else { 0 };
            let [low, high] = (bits | service).to_le_bytes();
            (
                row[0].clone(),
                [index(&row[1]), zone_index(&row[1], &row[2]), low, high],
            )
        })
        .collect()
}

/// The packed form; see [`super::table`].
fn pack(rows: &Rows) -> Vec<u8> {
    let mut keys = Vec::new();
    let mut blocks = Vec::new();
    let mut last: &[u8] = &[];
    for (at, (key, _)) in rows.iter().enumerate() {
        let key = key.as_bytes();
        assert!((1..=LONGEST_KEY).contains(&key.len()));
        if at % BLOCK == 0 {
            blocks.extend(u32::try_from(keys.len()).unwrap().to_le_bytes());
            last = &[];
        }
        let shared = key.iter().zip(last).take_while(|(a, b)| a == b).count();
        keys.push(u8::try_from(shared).unwrap());
        keys.push(u8::try_from(key.len() - shared).unwrap());
        keys.extend(&key[shared..]);
        last = key;
    }
    let mut packed = Vec::new();
    packed.extend(u32::try_from(rows.len()).unwrap().to_le_bytes());
    packed.extend(u32::try_from(keys.len()).unwrap().to_le_bytes());
    packed.extend(blocks);
    packed.extend(keys);
    for column in 0..4 {
        packed.extend(rows.iter().map(|(_, cells)| cells[column]));
    }
    packed
}

fn check(name: &str, rows: &Rows) {
    let packed = pack(rows);
    let file = data("packed").join(name);
    if std::env::var_os("CADENCE_PACK").is_some() {
        fs::write(&file, &packed).unwrap();
    }
    assert!(
        fs::read(&file).unwrap() == packed,
        "{name} is not what the tables give: CADENCE_PACK=write cargo test --lib place::pack"
    );
}

#[test]
fn the_packed_gazetteer_is_what_the_tables_give() {
    check("gazetteer.bin", &gazetteer());
}

#[test]
fn the_packed_telephone_prefixes_are_what_the_table_gives() {
    check("phones.bin", &phones());
}

#[test]
fn every_row_is_found_again() {
    let rows = gazetteer();
    let table = super::table::Table::new(Box::leak(pack(&rows).into_boxed_slice()));
    let keys: Vec<&str> = rows.iter().map(|(key, _)| key.as_str()).collect();
    for (at, (key, cells)) in rows.iter().enumerate() {
        let found = table.find(key);
        assert!(found.rows.contains(&at), "{key}");
        assert_eq!([0, 1, 2, 3].map(|column| table.cell(at, column)), *cells);
        let longer = keys[found.rows.end..]
            .first()
            .is_some_and(|next| next.starts_with(key));
        assert_eq!(found.longer, longer, "{key}");
    }
    for missing in ["", "zzzzzzzz", "berlinx", "\u{10ffff}"] {
        assert!(table.find(missing).rows.is_empty(), "{missing}");
    }
}

#[test]
fn all_inference_data_fits_its_budget() {
    let files = [
        "packed/gazetteer.bin",
        "packed/phones.bin",
        "zones_by_country.tsv",
        "freemail.tsv",
        "languages.tsv",
        "calling_codes.tsv",
    ];
    let mut all = 0;
    for file in files {
        let bytes = fs::read(data(file)).unwrap();
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        std::io::Write::write_all(&mut packer, &bytes).unwrap();
        let size = packer.finish().unwrap().len();
        println!("{file}: {} bytes, {size} gzipped", bytes.len());
        all += size;
    }
    println!("together {all}");
    assert!(all <= BUDGET, "{all}");
}
