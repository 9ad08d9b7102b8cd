//! Headers of the contract in a real sheet: the header row, the column that a header means. Shared by `check`, which reads
//! by them, and `emit`, which writes under them.
//!
//! Title rows above the header are skipped; headers are compared after folding, with the synonyms.

use super::{Column, SheetSpec};
use crate::italian::fold;
use crate::table::{Raw, Row, Sheet};

/// Rows looked at in search of the header.
const HEADER_SEARCH: usize = 40;

/// The text of a header cell; a number is a header too ("2026").
pub fn header_text(raw: &Raw) -> Option<String> {
    match raw {
        Raw::Text(text) => Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty()),
        Raw::Number(number, _) => Some(number.clone()),
        _ => None,
    }
}

/// The column of the contract that a header means.
pub fn matching(spec: &SheetSpec, header: &str) -> Option<&'static Column> {
    // A trailing "*" or an explanation in brackets is a habit of forms: "Codice fiscale (11 cifre)".
    let bare = header.split(['(', '[', '*']).next().unwrap_or(header);
    let folded = fold(bare);
    let same = |column: &&Column| [column.name].iter().chain(column.synonyms).any(|name| fold(name) == folded);
    spec.columns.iter().find(|column| fold(column.name) == folded).or_else(|| spec.columns.iter().find(same))
}

/// The index in `sheet.rows` of the header of a sheet laid out in rows: of the first rows, the one with the most headers of
/// the contract, two at least.
pub fn header_row(sheet: &Sheet, spec: &SheetSpec) -> Option<usize> {
    let matches = |row: &Row| {
        row.cells.iter().filter_map(|cell| header_text(&cell.raw)).filter_map(|text| matching(spec, &text)).count()
    };
    let candidates = sheet.rows.iter().take(HEADER_SEARCH).enumerate();
    let best = candidates.map(|(index, row)| (matches(row), index)).max_by_key(|(n, index)| (*n, usize::MAX - index));
    best.filter(|(n, _)| *n >= 2).map(|(_, index)| index)
}
