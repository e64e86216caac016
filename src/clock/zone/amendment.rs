//! What IANA has changed since the release in chrono-tz: `data/zone_amendments.tsv`.

use std::sync::OnceLock;

use chrono::FixedOffset;

use crate::clock::table;

/// One zone's differences from chrono-tz.
pub(super) struct Amendment {
    /// The zone's IANA name.
    pub(super) name: &'static str,
    /// From this Unix second on, the offset; or `None`: chrono-tz is right again. In order.
    stretches: Vec<(i64, Option<FixedOffset>)>,
}

impl Amendment {
    /// The offset at a Unix second; `None` where chrono-tz is right.
    pub(super) fn offset_at(&self, second: i64) -> Option<FixedOffset> {
        let later = self.stretches.partition_point(|(from, _)| *from <= second);
        self.stretches.get(later.checked_sub(1)?)?.1
    }
}

const TABLE: &str = include_str!("../../../data/zone_amendments.tsv");

/// The IANA release that the table was made from.
pub(super) fn release() -> &'static str {
    let (_, after) = TABLE.split_once("IANA ").unwrap_or_default();
    after.split(' ').next().unwrap_or_default()
}

/// Every amendment, in the order of the names.
pub(super) fn all() -> &'static [Amendment] {
    static ALL: OnceLock<Vec<Amendment>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<Amendment> = Vec::new();
        for (name, from, offset) in table::rows(TABLE).filter_map(row) {
            match all.last_mut() {
                Some(last) if last.name == name => last.stretches.push((from, offset)),
                _ => all.push(Amendment {
                    name,
                    stretches: vec![(from, offset)],
                }),
            }
        }
        all
    })
}

fn row(line: &'static str) -> Option<(&'static str, i64, Option<FixedOffset>)> {
    let mut cells = line.split('\t');
    let name = cells.next()?;
    let from = cells.next()?.parse().ok()?;
    let offset = cells.next()?.parse().ok().and_then(FixedOffset::east_opt);
    Some((name, from, offset))
}
