//! Packed tables: sorted keys, a few bytes for each, looked up where they lie.
//!
//! A packed file is `rows: u32`, `key bytes: u32`, for every block of [`BLOCK`] rows where it begins in
//! the keys (`u32`), the keys, then one column after the other of a byte a row; numbers are little
//! endian. Within a block a key is written as how many bytes it shares with the one before, how many
//! follow, and those. Equal keys may follow each other. Nothing is unpacked at the start.

use std::cmp::Ordering;
use std::ops::Range;

/// Rows of a block.
pub(super) const BLOCK: usize = 16;
/// The longest key, in bytes.
pub(super) const LONGEST_KEY: usize = 120;

/// A packed table.
#[derive(Clone, Copy)]
pub(super) struct Table {
    rows: usize,
    blocks: &'static [u8],
    keys: &'static [u8],
    columns: &'static [u8],
}

/// What a key was found to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// The rows of exactly this key.
    pub(super) rows: Range<usize>,
    /// Whether a longer key begins with it.
    pub(super) longer: bool,
}

impl Table {
    /// Reads a packed file. One that is cut short gives an empty table: the test that compares the
    /// file with its sources holds that this never happens.
    pub(super) fn new(bytes: &'static [u8]) -> Table {
        Table::parse(bytes).unwrap_or(Table {
            rows: 0,
            blocks: &[],
            keys: &[],
            columns: &[],
        })
    }

    fn parse(bytes: &'static [u8]) -> Option<Table> {
        let (rows, rest) = number(bytes)?;
        let (key_bytes, rest) = number(rest)?;
        let (blocks, rest) = rest.split_at_checked(rows.div_ceil(BLOCK) * 4)?;
        let (keys, columns) = rest.split_at_checked(key_bytes)?;
        Some(Table {
            rows,
            blocks,
            keys,
            columns,
        })
    }

    /// The byte of a row in a column.
    pub(super) fn cell(&self, row: usize, column: usize) -> u8 {
        self.columns
            .get(column * self.rows + row)
            .copied()
            .unwrap_or_default()
    }

    /// Looks a key up.
    pub(super) fn find(&self, key: &str) -> Found {
        let wanted = key.as_bytes();
        let mut row = self.block_before(wanted) * BLOCK;
        let mut at = self.block_start(row / BLOCK);
        let mut buffer = [0_u8; LONGEST_KEY];
        let mut found = Found {
            rows: row..row,
            longer: false,
        };
        while row < self.rows {
            let Some((here, next)) = self.read_key(at, &mut buffer) else {
                break;
            };
            match here.cmp(wanted) {
                Ordering::Less => found.rows = row + 1..row + 1,
                Ordering::Equal => found.rows.end = row + 1,
                Ordering::Greater => {
                    found.longer = here.starts_with(wanted);
                    break;
                }
            }
            at = next;
            row += 1;
        }
        found
    }

    /// The last block whose first key is before `wanted`, or the first block.
    fn block_before(&self, wanted: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.rows.div_ceil(BLOCK));
        while high.saturating_sub(low) > 1 {
            let middle = low.midpoint(high);
            let first = self.keys.get(self.block_start(middle)..).and_then(|keys| {
                let length = usize::from(*keys.get(1)?);
                keys.get(2..2 + length)
            });
            if first.is_some_and(|first| first < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    fn block_start(&self, block: usize) -> usize {
        self.blocks
            .get(block * 4..)
            .and_then(number)
            .map_or(self.keys.len(), |(start, _)| start)
    }

    /// The key at a place, given the one before it in `buffer`, and where the next begins.
    fn read_key<'b>(
        &self,
        at: usize,
        buffer: &'b mut [u8; LONGEST_KEY],
    ) -> Option<(&'b [u8], usize)> {
        let shared = usize::from(*self.keys.get(at)?);
        let more = usize::from(*self.keys.get(at + 1)?);
        let suffix = self.keys.get(at + 2..at + 2 + more)?;
        buffer
            .get_mut(shared..shared + more)?
            .copy_from_slice(suffix);
        Some((buffer.get(..shared + more)?, at + 2 + more))
    }
}

/// The number at the front, and what follows it.
fn number(bytes: &'static [u8]) -> Option<(usize, &'static [u8])> {
    let (four, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*four) as usize, rest))
}
