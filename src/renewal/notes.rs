//! The sheet that says what the renewal did, what is to be checked, and the deadlines of the new term.

use super::{Entry, Renewed};
use crate::date;
use crate::dossier::{Deadline, Dossier};
use crate::example::{ExampleCell, PlainSheet};

/// Name of the sheet.
pub const NOTES: &str = "Rinnovo";
/// Longest text of a cell.
const LONGEST: usize = 32_000;

/// A sheet under construction.
struct Page {
    sheet: PlainSheet,
    row: u32,
}

impl Page {
    fn line(&mut self, cells: impl IntoIterator<Item = ExampleCell>) {
        for (col, cell) in (0..).zip(cells) {
            self.sheet.cells.push((self.row, col, cell));
        }
        self.row += 1;
    }

    fn heading(&mut self, text: &str) {
        if self.row > 0 {
            self.row += 1;
        }
        self.sheet.headings.push(self.row);
        self.line([text.into()]);
    }

    fn entries(&mut self, heading: &str, entries: &[Entry]) {
        self.heading(heading);
        for (number, entry) in (1_u64..).zip(entries) {
            let names = if entry.bodies.is_empty() { String::new() } else { format!(" {}.", entry.bodies.join("; ")) };
            self.line([format!("{number}.").into(), clipped(&format!("{}{names}", entry.text)).into()]);
        }
    }
}

/// A text that a cell can hold.
pub fn clipped(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The sheet. `deadlines` are those of the new term.
pub fn sheet(old: &Dossier, renewed: &Renewed, deadlines: &[Deadline]) -> PlainSheet {
    let sheet = PlainSheet { name: NOTES.to_owned(), widths: vec![14, 90, 75], ..PlainSheet::default() };
    let mut page = Page { sheet, row: 0 };
    page.heading(NOTES);
    let from = format!("Preparato da «{}» {}.", old.workbook, date::after("il", old.today));
    page.line([ExampleCell::Empty, from.into()]);
    page.entries("Che cosa è stato fatto", &renewed.done);
    page.entries("Da controllare", &renewed.to_check);
    page.heading("Scadenze del nuovo periodo");
    for deadline in deadlines.iter().filter(|deadline| deadline.body.is_none()) {
        page.line([deadline.day.into(), clipped(&deadline.what).into(), deadline.basis.as_str().into()]);
    }
    page.sheet
}
