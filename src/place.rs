//! Where a thing came from: a cell, a line of a template, a file. The only formatter of positions.
//!
//! Inside, rows and columns are zero-based and absolute (counted from A1 whatever the table's corner). Outside, a
//! place reads `Enti!C7` or `clausole/recesso.md:12:4`. Every floor uses this; it depends on nothing.

use std::fmt;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A position that a person can find again.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Nothing to point at.
    #[default]
    None,
    /// A whole file, by the name the user gave it.
    File(Arc<str>),
    /// A sheet of the workbook.
    Sheet(Arc<str>),
    /// A cell: sheet, zero-based row, zero-based column.
    Cell(Arc<str>, u32, u32),
    /// A position in a text file: name, one-based line, one-based column.
    Text(Arc<str>, u32, u32),
}

impl Place {
    /// The cell at zero-based `row` and `col` of `sheet`.
    pub fn cell(sheet: &Arc<str>, row: u32, col: u32) -> Self {
        Self::Cell(Arc::clone(sheet), row, col)
    }

    /// The sheet this place belongs to, if it is in a workbook.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Self::Sheet(sheet) | Self::Cell(sheet, ..) => Some(sheet),
            _ => None,
        }
    }

    /// `C7` for a cell, nothing otherwise.
    pub fn a1(&self) -> Option<String> {
        match self {
            Self::Cell(_, row, col) => Some(format!("{}{}", column_letters(*col), row + 1)),
            _ => None,
        }
    }

    /// True when there is nothing to point at.
    pub fn is_none(&self) -> bool {
        matches!(self, Self::None)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::File(name) => f.write_str(name),
            Self::Sheet(sheet) => f.write_str(sheet),
            Self::Cell(sheet, row, col) => write!(f, "{sheet}!{}{}", column_letters(*col), row + 1),
            Self::Text(name, line, column) => write!(f, "{name}:{line}:{column}"),
        }
    }
}

/// The JSON form of the contract: `{"sheet":"Enti","cell":"D7"}`, `{"file":"…","line":3,"column":7}` or `{}`.
impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        match self {
            Self::None => {}
            Self::File(name) => map.serialize_entry("file", &**name)?,
            Self::Sheet(sheet) => map.serialize_entry("sheet", &**sheet)?,
            Self::Cell(sheet, ..) => {
                map.serialize_entry("sheet", &**sheet)?;
                map.serialize_entry("cell", &self.a1())?;
            }
            Self::Text(name, line, column) => {
                map.serialize_entry("file", &**name)?;
                map.serialize_entry("line", line)?;
                map.serialize_entry("column", column)?;
            }
        }
        map.end()
    }
}

/// `A`, `Z`, `AA`, … for a zero-based column.
pub fn column_letters(col: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = col + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_like_a_spreadsheet() {
        assert_eq!(column_letters(0), "A");
        assert_eq!(column_letters(25), "Z");
        assert_eq!(column_letters(26), "AA");
        assert_eq!(column_letters(16_383), "XFD");
    }

    #[test]
    fn a_cell_reads_as_people_write_it() {
        assert_eq!(Place::cell(&"Enti".into(), 6, 3).to_string(), "Enti!D7");
    }
}
