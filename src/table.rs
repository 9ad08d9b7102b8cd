//! A workbook as raw cells with places; no meaning. Made by `read`, eaten by `check`.

use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::place::Place;

/// What a cell holds, as the file keeps it.
#[derive(Debug, Clone, PartialEq)]
pub enum Raw {
    /// Text, untrimmed.
    Text(String),
    /// A number in plain decimal notation with a dot ("12345.7"), never in exponential form, plus its display format
    /// where the file gives one ("00000").
    Number(String, Option<Arc<str>>),
    /// A truth value.
    Bool(bool),
    /// A cell that the file marks as a date (either date system), or an ISO date of an `.ods`.
    Date(NaiveDateTime),
    /// An error value of the spreadsheet ("#N/D", "#REF!", …), in the Italian spelling where Excel has one.
    Error(String),
    /// A formula that was never calculated: the text of the formula.
    Uncalculated(String),
}

/// A filled cell. Empty cells are not kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// Zero-based column.
    pub col: u32,
    /// What it holds.
    pub raw: Raw,
}

/// A row that has at least one filled cell; cells in order of column.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Zero-based row.
    pub index: u32,
    /// Filled cells.
    pub cells: Vec<Cell>,
}

/// A sheet: rows in order, blank rows left out. A merged area keeps its value in its top left cell only.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name as in the file.
    pub name: Arc<str>,
    /// Filled rows.
    pub rows: Vec<Row>,
    /// True where the file does not show it.
    pub hidden: bool,
}

impl Sheet {
    /// The place of a cell of this sheet.
    pub fn place(&self, row: u32, col: u32) -> Place {
        Place::cell(&self.name, row, col)
    }
}

/// A workbook: sheets in order, hidden ones too.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    /// File name without folder, for messages.
    pub name: Arc<str>,
    /// Sheets.
    pub sheets: Vec<Sheet>,
}

impl Row {
    /// The cell in zero-based column `col`, if filled.
    pub fn get(&self, col: u32) -> Option<&Cell> {
        self.cells.binary_search_by_key(&col, |cell| cell.col).ok().map(|index| &self.cells[index])
    }
}
