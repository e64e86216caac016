//! Every change of every zone's clocks since 1970: `data/packed/zones.bin`, made from the IANA
//! database by `xtask/src/data/zones.rs`, which tells the format.

use std::sync::OnceLock;

use super::rule::Rule;

/// All zones.
pub(super) struct Zones {
    pub(super) release: &'static str,
    /// Each name, in order, with the place of its clocks.
    names: Vec<(&'static str, usize)>,
    /// The packed clocks, each unpacked when first asked for.
    clocks: Vec<(&'static [u8], OnceLock<Clocks>)>,
    /// The offsets that are named by their place.
    offsets: Vec<i32>,
}

/// How one zone's clocks run.
pub(super) struct Clocks {
    /// Ahead of UTC by so many seconds, until the first change.
    first: i32,
    /// From this Unix second on, ahead by so many seconds. In order.
    changes: Vec<(i64, i32)>,
    /// For each stretch of time, how many changes begin before it.
    before: Vec<u16>,
    /// Goes on after the last change.
    rule: Option<Rule>,
}

/// The stretches by which a change is found: two to the power of so many seconds, 97 days.
const STRETCH: u32 = 23;
/// The years in which a rule's changes are listed; after that they are worked out.
const LISTED: std::ops::Range<i32> = 1970..2061;

/// The table.
pub(super) fn zones() -> &'static Zones {
    static ZONES: OnceLock<Zones> = OnceLock::new();
    ZONES.get_or_init(|| read(include_bytes!("../../../data/packed/zones.bin")).unwrap_or(EMPTY))
}

/// What no release of ours is made with: a table that cannot be read.
const EMPTY: Zones = Zones {
    release: "",
    names: Vec::new(),
    clocks: Vec::new(),
    offsets: Vec::new(),
};

impl Zones {
    /// The place of a name among the names.
    pub(super) fn find(&self, name: &str) -> Option<u16> {
        let at = self
            .names
            .binary_search_by_key(&name, |(name, _)| name)
            .ok()?;
        u16::try_from(at).ok()
    }

    /// The name at a place.
    pub(super) fn name(&self, at: u16) -> &'static str {
        self.names
            .get(usize::from(at))
            .map_or("UTC", |(name, _)| name)
    }

    /// The clocks of the name at a place.
    pub(super) fn clocks(&self, at: u16) -> Option<&Clocks> {
        let (_, clocks) = self.names.get(usize::from(at))?;
        let (packed, unpacked) = self.clocks.get(*clocks)?;
        Some(unpacked.get_or_init(|| Clocks::unpack(packed, &self.offsets)))
    }
}

impl Clocks {
    fn unpack(packed: &[u8], offsets: &[i32]) -> Clocks {
        let mut reader = Reader(packed);
        let offset = |reader: &mut Reader<'_>| {
            let at = reader.number().and_then(|at| usize::try_from(at).ok());
            at.and_then(|at| offsets.get(at))
                .copied()
                .unwrap_or_default()
        };
        let first = offset(&mut reader);
        let has_rule = reader.number() == Some(1);
        let rule = has_rule.then(|| {
            let (standard, summer) = (offset(&mut reader), offset(&mut reader));
            Rule::read(standard, summer, &mut reader)
        });
        let rule = rule.flatten();
        let mut changes = Vec::new();
        let mut at = 0;
        while let Some(gap) = reader.number() {
            at += i64::try_from(gap).unwrap_or_default() * 30;
            changes.push((at, offset(&mut reader)));
        }
        let last = changes.last().copied().unwrap_or((0, first));
        let listed = rule
            .iter()
            .flat_map(|rule| LISTED.flat_map(|year| rule.changes(year)));
        changes.extend(listed.filter(|(at, _)| *at > last.0));
        let starts = changes.iter().map(|(at, _)| *at >> STRETCH);
        let mut before = Vec::new();
        for (count, stretch) in (0..).zip(starts) {
            while i64::try_from(before.len()).is_ok_and(|known| known <= stretch) {
                before.push(count);
            }
        }
        Clocks {
            first,
            changes,
            before,
            rule,
        }
    }

    /// How many seconds the clocks are ahead of UTC at a Unix second, and until which second that
    /// holds at least.
    pub(super) fn offset_at(&self, second: i64) -> (i32, i64) {
        let stretch = usize::try_from(second >> STRETCH).unwrap_or_default();
        let Some(before) = self.before.get(stretch) else {
            return self.offset_later(second);
        };
        let before = usize::from(*before);
        let mut offset = match before.checked_sub(1) {
            Some(last) => self.changes.get(last).map_or(self.first, |change| change.1),
            None => self.first,
        };
        for (at, ahead) in self.changes.get(before..).unwrap_or_default() {
            if *at > second {
                return (offset, *at);
            }
            offset = *ahead;
        }
        self.offset_later(second)
    }

    /// After the last change that is listed.
    fn offset_later(&self, second: i64) -> (i32, i64) {
        let last = self.changes.last().map_or(self.first, |change| change.1);
        match &self.rule {
            Some(rule) => (rule.offset_at(second), second),
            None => (last, i64::MAX),
        }
    }
}

/// Reads packed numbers, seven bits a byte, the lowest first.
pub(super) struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    /// The next number; `None` at the end.
    pub(super) fn number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
            shift = (shift + 7).min(56);
        }
    }

    /// The next number with its sign in the lowest bit.
    pub(super) fn signed(&mut self) -> Option<i64> {
        let number = self.number()?;
        let half = i64::try_from(number >> 1).ok()?;
        Some(if number & 1 == 1 { -half - 1 } else { half })
    }
}

fn read(bytes: &'static [u8]) -> Option<Zones> {
    let end = bytes.windows(2).position(|two| two == b"\n\n")?;
    let (head, packed) = bytes.split_at_checked(end + 2)?;
    let mut lines = std::str::from_utf8(head).ok()?.lines();
    let release = lines.next()?;
    let name = |line: &'static str| {
        let (name, clocks) = line.split_once('\t')?;
        Some((name, clocks.parse().ok()?))
    };
    let names = lines.map_while(name).collect();
    let mut reader = Reader(packed);
    let offset = |reader: &mut Reader<'_>| i32::try_from(reader.signed()?).ok();
    let offsets = (0..reader.number()?)
        .map_while(|_| offset(&mut reader))
        .collect();
    let mut clocks = Vec::new();
    while let Some(length) = reader.number() {
        let (packed, rest) = reader.0.split_at_checked(usize::try_from(length).ok()?)?;
        clocks.push((packed, OnceLock::new()));
        reader = Reader(rest);
    }
    Some(Zones {
        release,
        names,
        clocks,
        offsets,
    })
}
