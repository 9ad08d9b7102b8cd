//! How much a workbook may hold, and the collector that holds every reader to it. The limits are far above what a
//! convention needs and low enough that a hostile file costs little time and memory.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::refusal::Refusal;
use crate::table::{Cell, Raw, Row, Sheet};

/// Largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 40_000_000;
/// Parts (files) inside an `.xlsx` or `.ods` archive.
pub const MAX_PARTS: usize = 5_000;
/// Bytes of all parts once decompressed; also the largest stream of an `.xls`.
pub const MAX_CONTENT_BYTES: usize = 100_000_000;
/// Longest single tag or text in an XML part, in bytes: well above the longest cell, well below a bomb.
pub const MAX_RUN_BYTES: usize = 4_000_000;
/// Tags of all XML parts together: six for each of two million cells with a formula.
pub const MAX_TAGS: usize = 12_000_000;
/// Entries of the table of shared strings of an `.xlsx`.
pub const MAX_SHARED_STRINGS: usize = 1_000_000;
/// Cell formats of an `.xlsx` (Excel itself stops at 65,490).
pub const MAX_CELL_FORMATS: usize = 66_000;
/// Longest tag in the styles of an `.xlsx`, in bytes: the reader copies font names and formats for every cell format.
pub const MAX_STYLE_RUN_BYTES: usize = 1_500;
/// Sheets of a workbook, of any kind.
pub const MAX_SHEETS: usize = 100;
/// Rows of a sheet that may hold values, counted from row 1.
pub const MAX_ROWS: u32 = 20_000;
/// Columns of a sheet that may hold values, counted from column A.
pub const MAX_COLUMNS: u32 = 300;
/// Filled cells of the whole workbook; in an `.xls` also the area of the sheets' filled rectangles.
pub const MAX_CELLS: usize = 2_000_000;
/// Characters of one cell (the limit of Excel).
pub const MAX_CELL_CHARS: usize = 32_767;
/// Bytes of text of all cells together.
pub const MAX_TEXT_BYTES: usize = 64_000_000;

/// Gathers the filled cells of all sheets, in any order, and refuses what passes the limits.
#[derive(Default)]
pub(super) struct Collector {
    sheets: Vec<Sheet>,
    name: String,
    hidden: bool,
    rows: BTreeMap<u32, Vec<Cell>>,
    cells: usize,
    text: usize,
}

impl Collector {
    /// Starts a sheet, shown or not; the one before is finished.
    pub(super) fn open(&mut self, name: &str, hidden: bool) -> Result<(), Refusal> {
        (self.name, self.hidden) = (name.to_owned(), hidden);
        self.rows.clear();
        if self.sheets.len() >= MAX_SHEETS { Err(Refusal::TooManySheets) } else { Ok(()) }
    }

    /// Takes a cell of the open sheet at zero-based `row` and `col`. Blank text is dropped wherever it stands; when a
    /// position comes twice the first value stays.
    pub(super) fn cell(&mut self, row: u32, col: u32, raw: Raw) -> Result<(), Refusal> {
        let length = match &raw {
            Raw::Text(text) if text.trim().is_empty() => return Ok(()),
            Raw::Text(text) | Raw::Error(text) | Raw::Uncalculated(text) => text.len(),
            Raw::Number(..) | Raw::Bool(_) | Raw::Date(_) => 0,
        };
        if row >= MAX_ROWS || col >= MAX_COLUMNS {
            return Err(Refusal::FarCell(self.name.clone(), row, col));
        }
        if length > MAX_CELL_CHARS
            && let Raw::Text(text) | Raw::Error(text) | Raw::Uncalculated(text) = &raw
            && text.chars().count() > MAX_CELL_CHARS
        {
            return Err(Refusal::LongText(self.name.clone(), row, col));
        }
        self.cells += 1;
        self.text += length;
        if self.cells > MAX_CELLS {
            return Err(Refusal::TooManyCells);
        }
        if self.text > MAX_TEXT_BYTES {
            return Err(Refusal::TooMuchText);
        }
        self.rows.entry(row).or_default().push(Cell { col, raw });
        Ok(())
    }

    /// Ends the open sheet: rows and cells in order.
    pub(super) fn close(&mut self) {
        let rows = std::mem::take(&mut self.rows)
            .into_iter()
            .map(|(index, mut cells)| {
                cells.sort_by_key(|cell| cell.col);
                cells.dedup_by_key(|cell| cell.col);
                cells.shrink_to_fit();
                Row { index, cells }
            })
            .collect();
        self.sheets.push(Sheet { name: Arc::from(self.name.as_str()), rows, hidden: self.hidden });
    }

    /// The sheets closed so far.
    pub(super) fn finish(self) -> Vec<Sheet> {
        self.sheets
    }
}
