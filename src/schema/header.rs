//! Headers of the contract in a real sheet: the header row, the column that a header means. Shared by `check`, which reads
//! by them, and `emit`, which writes under them.
//!
//! Title rows above the header are skipped; headers are compared after folding, with the synonyms.

use rustc_hash::FxHashMap;

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

/// The names of the columns of a sheet, folded once for all its headers.
struct Names(FxHashMap<String, &'static Column>);

impl Names {
    fn of(spec: &SheetSpec) -> Self {
        // A column's own name goes before another's synonym.
        let own = spec.columns.iter().map(|column| (column.name, column));
        let synonyms = spec.columns.iter().flat_map(|column| column.synonyms.iter().map(move |name| (*name, column)));
        let mut names = FxHashMap::default();
        for (name, column) in own.chain(synonyms) {
            names.entry(fold(name)).or_insert(column);
        }
        Self(names)
    }

    fn matching(&self, header: &str) -> Option<&'static Column> {
        // A trailing "*" or an explanation in brackets is a habit of forms: "Codice fiscale (11 cifre)".
        let bare = header.split(['(', '[', '*']).next().unwrap_or(header);
        self.0.get(&fold(bare)).copied()
    }
}

/// The column of the contract that a header means.
pub fn matching(spec: &SheetSpec, header: &str) -> Option<&'static Column> {
    Names::of(spec).matching(header)
}

/// The index in `sheet.rows` of the header of a sheet laid out in rows: of the first rows, the one with the most headers of
/// the contract, two at least.
pub fn header_row(sheet: &Sheet, spec: &SheetSpec) -> Option<usize> {
    let names = Names::of(spec);
    let matches = |row: &Row| {
        row.cells.iter().filter_map(|cell| header_text(&cell.raw)).filter_map(|text| names.matching(&text)).count()
    };
    let candidates = sheet.rows.iter().take(HEADER_SEARCH).enumerate();
    let best = candidates.map(|(index, row)| (matches(row), index)).max_by_key(|(n, index)| (*n, usize::MAX - index));
    best.filter(|(n, _)| *n >= 2).map(|(_, index)| index)
}
