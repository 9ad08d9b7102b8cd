//! Where a thing came from: a cell, a line of a template, a file. The only formatter of positions.
//!
//! Inside, rows and columns are zero-based and absolute (counted from A1 whatever the table's corner). Outside, a
//! place reads `Enti!C7` or `clausole/recesso.md:12:4`. Every floor uses this; it depends on nothing.

use std::fmt;
use std::sync::Arc;

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde::{Deserialize, de};

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

/// The JSON form read back: a place of ours comes back as it was.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    sheet: Option<String>,
    cell: Option<String>,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: de::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        match (wire.sheet, wire.cell, wire.file, wire.line.zip(wire.column)) {
            (None, None, None, None) => Ok(Self::None),
            (None, None, Some(file), None) => Ok(Self::File(file.into())),
            (None, None, Some(file), Some((line, column))) => Ok(Self::Text(file.into(), line, column)),
            (Some(sheet), None, None, None) => Ok(Self::Sheet(sheet.into())),
            (Some(sheet), Some(cell), None, None) => {
                let (row, col) = cell_of(&cell).ok_or_else(|| de::Error::custom("a cell that is not one"))?;
                Ok(Self::Cell(sheet.into(), row, col))
            }
            _ => Err(de::Error::custom("a place that is not one")),
        }
    }
}

/// Zero-based row and column of `C7`.
fn cell_of(a1: &str) -> Option<(u32, u32)> {
    let digits = a1.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = a1.split_at(digits);
    let mut column: u32 = 0;
    for letter in letters.bytes() {
        let value = u32::from(letter.checked_sub(b'A').filter(|value| *value < 26)?);
        column = column.checked_mul(26)?.checked_add(value + 1)?;
    }
    Some((number.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
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
        assert_eq!(
            ["A1", "Z9", "AA1", "XFD1048576"].map(cell_of),
            [Some((0, 0)), Some((8, 25)), Some((0, 26)), Some((1_048_575, 16_383))]
        );
        assert_eq!(["", "A", "7", "A0", "a1", "A-1"].map(cell_of), [None; 6]);
    }

    #[test]
    fn places_come_back_from_json_as_they_were() {
        let sheet: Arc<str> = "Enti".into();
        let all = [
            Place::None,
            Place::File("a.xlsx".into()),
            Place::Sheet(sheet.clone()),
            Place::Cell(sheet, 6, 27),
            Place::Text("clausole/recesso.md".into(), 12, 4),
        ];
        for place in all {
            let json = serde_json::to_string(&place).expect("JSON");
            assert_eq!(serde_json::from_str::<Place>(&json).expect("a place"), place);
        }
    }

    #[test]
    fn a_cell_reads_as_people_write_it() {
        assert_eq!(Place::cell(&"Enti".into(), 6, 3).to_string(), "Enti!D7");
    }
}
