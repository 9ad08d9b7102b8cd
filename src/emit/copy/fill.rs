//! Cells put into the rows of a worksheet: in place of empty ones, between others, in rows of their own. The rest of the
//! sheet's text stays as it is. Used by the register and by the annotations.

use std::collections::BTreeMap;

use super::sheet::{Row, Worksheet};
use super::xml::Edit;

/// Makes the text of a cell: zero-based row and column, what goes in it, the format of the cell that is there.
type Make<'m, T> = dyn FnMut(u32, u32, &T, Option<u32>) -> String + 'm;

impl Worksheet<'_> {
    /// The edits that put in `cells`, by zero-based row and column. A cell that is calculated is left alone.
    pub(super) fn put<T>(&self, cells: &BTreeMap<u32, BTreeMap<u32, T>>, make: &mut Make<'_, T>) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut wanted: BTreeMap<u32, &BTreeMap<u32, T>> = cells.iter().map(|(row, cells)| (*row, cells)).collect();
        for row in &self.rows {
            let later = wanted.split_off(&row.index);
            let before: String = wanted.iter().map(|(index, cells)| self.row(*index, cells, make)).collect();
            if !before.is_empty() {
                edits.push((row.span.start..row.span.start, before));
            }
            wanted = later;
            if let Some(cells) = wanted.remove(&row.index) {
                self.fill(row, cells, make, &mut edits);
            }
        }
        let rest: String = wanted.iter().map(|(index, cells)| self.row(*index, cells, make)).collect();
        match self.data.1 {
            _ if rest.is_empty() => {}
            Some(end) => edits.push((end..end, rest)),
            None => edits.push((self.data.0.clone(), format!("<{0}sheetData>{rest}</{0}sheetData>", self.prefix))),
        }
        edits
    }

    fn row<T>(&self, index: u32, cells: &BTreeMap<u32, T>, make: &mut Make<'_, T>) -> String {
        let inside: String = cells.iter().map(|(col, it)| make(index, *col, it, None)).collect();
        format!("<{0}row r=\"{1}\">{inside}</{0}row>", self.prefix, index + 1)
    }

    /// Puts cells in a row that is there.
    fn fill<T>(&self, row: &Row, cells: &BTreeMap<u32, T>, make: &mut Make<'_, T>, edits: &mut Vec<Edit>) {
        let mut rest = String::new();
        let mut is_filled = false;
        for (col, it) in cells {
            match row.cells.iter().find(|cell| cell.col >= *col) {
                Some(cell) if cell.col == *col => {
                    if !cell.has_formula {
                        edits.push((cell.span.clone(), make(row.index, *col, it, cell.style)));
                        is_filled = true;
                    }
                }
                Some(next) => {
                    let new = make(row.index, *col, it, None);
                    match edits.last_mut() {
                        // Several cells before the same one: one edit, in order.
                        Some((range, text)) if *range == (next.span.start..next.span.start) => text.push_str(&new),
                        _ => edits.push((next.span.start..next.span.start, new)),
                    }
                    is_filled = true;
                }
                None => {
                    rest.push_str(&make(row.index, *col, it, None));
                    is_filled = true;
                }
            }
        }
        match row.end {
            Some(end) if !rest.is_empty() => edits.push((end..end, rest)),
            None if !rest.is_empty() => {
                let whole = self.xml.get(row.tag.clone()).unwrap_or_default();
                let open = whole.trim_end_matches("/>").trim_end();
                let open = match &row.spans {
                    Some(spans) => {
                        let start = spans.start - row.tag.start;
                        let end = spans.end - row.tag.start;
                        format!("{}{}", open.get(..start).unwrap_or(open), open.get(end..).unwrap_or_default())
                    }
                    None => open.to_owned(),
                };
                edits.push((row.span.clone(), format!("{open}>{rest}</{}row>", self.prefix)));
                return;
            }
            _ => {}
        }
        if let (true, Some(spans)) = (is_filled, &row.spans) {
            edits.push((spans.clone(), String::new()));
        }
    }
}
