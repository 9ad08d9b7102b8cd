//! The example of each model, as data: what `scrivano modello ID --esempio` writes into the template workbook.
//!
//! Every cell is computed from the national list and from fixed words, never drawn at random and never from the clock,
//! so that the committed fixtures can be compared byte by byte. Officials are invented. Imports floors 0 and 1 only,
//! and holds no behaviour, so that the writer of workbooks may use it.

mod accordo;
mod account;
mod act;
mod brianza;
mod case;
mod catalogue;
mod centre;
mod cit;
mod faulty;
mod fee;
mod lecco;
mod macerata;
mod member;
mod offer;
mod people;
mod pesaro_urbino;
mod upi;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::schema::{self, SheetSpec};

use centre::Centre;

pub use brianza::many_parties;
pub use faulty::faulty;

/// The models that have an example.
pub const MODELS: [&str; 11] = [
    pesaro_urbino::MODEL,
    upi::MODEL,
    macerata::MODEL,
    lecco::MODEL,
    brianza::MODEL,
    cit::BRESCIA,
    cit::LECCE,
    cit::GENOVA,
    cit::AVELLINO,
    cit::POTENZA,
    accordo::MODEL,
];

/// A filled workbook, as data.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Sheets of the contract in its order; those without rows are left out.
    pub sheets: Vec<ExampleSheet>,
    /// What the reader of the workbook must know of it, in Italian: sources, what is invented, choices made.
    pub notes: Vec<String>,
    /// Sheets beyond the contract, written after its own.
    pub others: Vec<PlainSheet>,
}

/// A sheet beyond the contract.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PlainSheet {
    /// Name.
    pub name: String,
    /// Cells by zero-based row and column, row by row.
    pub cells: Vec<(u32, u16, ExampleCell)>,
    /// Zero-based rows that are headings.
    pub headings: Vec<u32>,
    /// Widths of the columns in characters; the text of these columns wraps. Others have the usual width.
    pub widths: Vec<u16>,
}

/// The rows of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleSheet {
    /// Name of the sheet in the contract.
    pub name: &'static str,
    /// Headers of columns beyond those of the contract, after them.
    pub extra: Vec<String>,
    /// Rows: a cell for each column of the contract, then one for each of `extra`. A sheet of pairs has one row of
    /// values; where `extra` is not empty, a further row for each of its headers, with a cell for each field.
    pub rows: Vec<Vec<ExampleCell>>,
    /// Fields beyond those of the contract, for a sheet of pairs.
    pub fields: Vec<(String, ExampleCell)>,
}

/// The content of a cell.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum ExampleCell {
    /// Nothing.
    #[default]
    Empty,
    /// Text, written as such even where it is made of digits.
    Text(String),
    /// Number.
    Number(Decimal),
    /// Day.
    Date(NaiveDate),
    /// A formula with the result that the file remembers.
    Formula {
        /// Formula in English notation, with its equal sign.
        formula: String,
        /// Result, as text ("#DIV/0!").
        result: String,
    },
}

impl Example {
    /// The sheet with this name, if it has rows.
    pub fn sheet(&self, name: &str) -> Option<&ExampleSheet> {
        self.sheets.iter().find(|sheet| sheet.name == name)
    }
}

impl ExampleSheet {
    /// The contract of this sheet.
    pub fn spec(&self) -> Option<&'static SheetSpec> {
        schema::sheet(self.name)
    }
}

impl From<&str> for ExampleCell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for ExampleCell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<Decimal> for ExampleCell {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}

impl From<u64> for ExampleCell {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

impl From<NaiveDate> for ExampleCell {
    fn from(day: NaiveDate) -> Self {
        Self::Date(day)
    }
}

impl From<bool> for ExampleCell {
    fn from(yes: bool) -> Self {
        Self::from(if yes { "sì" } else { "no" })
    }
}

impl<T: Into<Self>> From<Option<T>> for ExampleCell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// The example of a model; `None` for a model that has none.
pub fn example(model: &str) -> Option<Example> {
    match model {
        pesaro_urbino::MODEL => Some(pesaro_urbino::example()),
        upi::MODEL => Some(upi::example()),
        macerata::MODEL => Some(macerata::centre().example()),
        lecco::MODEL => Some(lecco::centre().example()),
        brianza::MODEL => brianza::centre().map(Centre::example),
        accordo::MODEL => Some(accordo::example()),
        _ => cit::centre(model).map(Centre::example),
    }
}

/// The example with at most `count` adherents out of the whole national list, for trials of speed; `None` for a model that
/// has none.
pub fn crowd(model: &str, count: usize) -> Option<Example> {
    (model == pesaro_urbino::MODEL).then(|| pesaro_urbino::crowd(count))
}

#[cfg(test)]
mod tests;
