//! Which cells the findings are at, and what is said of each: from findings and tables alone.

use std::collections::{BTreeMap, BTreeSet};

use super::look::Look;
use super::report::{is_ours, looks};
use crate::diagnostic::Diagnostic;
use crate::emit::words::printable;
use crate::italian::fold;
use crate::place::Place;
use crate::rule::Severity;
use crate::table::{Raw, Sheet, Workbook};

/// First line of what is said of a cell: by it a later run knows its own words.
pub(super) const HEAD: &str = "— Controllo di Scrivano —";
/// Findings said of one cell; the rest is in the sheet.
const MOST: usize = 8;
/// Longest message said of a cell, in characters.
const LONGEST: usize = 1_500;
/// Rows and columns that the format has.
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// Zero-based row and column.
pub(super) type Spot = (u32, u32);

/// A cell at fault.
pub(super) struct Mark {
    /// The gravest of what is said of it.
    pub(super) severity: Severity,
    /// What is said of it, head included.
    pub(super) text: String,
    /// The first of its findings, by position.
    pub(super) first: usize,
}

/// What is to be marked, by name of sheet as in the file.
pub(super) struct Marks<'a> {
    /// Cells at fault.
    pub(super) cells: BTreeMap<&'a str, BTreeMap<Spot, Mark>>,
    /// What cells looked like before an earlier run coloured them; nothing where no earlier run did.
    pub(super) looks: Option<BTreeMap<(String, Spot), Look>>,
    /// The sheet of an earlier run.
    pub(super) earlier: Option<&'a str>,
    /// For every finding, the cell that it is at.
    pub(super) spots: Vec<Option<(&'a str, Spot)>>,
}

impl<'a> Marks<'a> {
    /// The marks of these findings in these tables.
    pub(super) fn of(tables: &'a Workbook, findings: &[Diagnostic]) -> Self {
        let earlier = tables.sheets.iter().find(|sheet| is_ours(sheet));
        let spots: Vec<_> = findings.iter().map(|found| spot(tables, &found.place)).collect();
        let mut all: BTreeMap<&str, BTreeMap<Spot, Vec<usize>>> = BTreeMap::new();
        for (index, at) in spots.iter().enumerate() {
            if let Some((sheet, at)) = at {
                all.entry(sheet).or_default().entry(*at).or_default().push(index);
            }
        }
        let mark = |indexes: Vec<usize>| {
            let list: Vec<&Diagnostic> = indexes.iter().filter_map(|index| findings.get(*index)).collect();
            let severity = list.iter().map(|found| found.severity).min().unwrap_or(Severity::Note);
            Mark { severity, text: said(&list), first: indexes.first().copied().unwrap_or(0) }
        };
        let marked = |cells: BTreeMap<Spot, Vec<usize>>| cells.into_iter().map(|(at, list)| (at, mark(list))).collect();
        Self {
            cells: all.into_iter().map(|(sheet, cells)| (sheet, marked(cells))).collect(),
            looks: earlier.map(looks),
            earlier: earlier.map(|sheet| &*sheet.name),
            spots,
        }
    }
}

/// The cell that a place is shown at: for a sheet, its first filled cell. Places bear the names of the contract.
fn spot<'a>(tables: &'a Workbook, place: &Place) -> Option<(&'a str, Spot)> {
    let name = fold(place.sheet()?);
    let sheet = tables.sheets.iter().find(|sheet| fold(&sheet.name) == name)?;
    let at = match place {
        Place::Cell(_, row, col) => (*row, *col),
        _ => first_cell(sheet),
    };
    (at.0 < ROWS && at.1 < COLUMNS).then_some((&*sheet.name, at))
}

fn first_cell(sheet: &Sheet) -> Spot {
    let is_blank = |raw: &Raw| matches!(raw, Raw::Text(text) if text.trim().is_empty());
    let mut cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
    cells.find(|(_, cell)| !is_blank(&cell.raw)).map_or((0, 0), |(row, cell)| (row, cell.col))
}

/// What a comment says: the gravest first, each once.
fn said(list: &[&Diagnostic]) -> String {
    let mut list = list.to_vec();
    list.sort_by_key(|found| found.severity);
    let mut seen = BTreeSet::new();
    list.retain(|found| seen.insert((found.code, &found.message)));
    let mut text = HEAD.to_owned();
    for found in list.iter().take(MOST) {
        let line = format!("\n{} {}: {}", found.severity.italian(), found.code, short(&found.message));
        text.push_str(&line);
        if !found.hint.is_empty() {
            text.push_str(&format!("\n→ {}", short(&found.hint)));
        }
    }
    if list.len() > MOST {
        text.push_str(&format!("\n… e altre {}: vedere il primo foglio", list.len() - MOST));
    }
    text
}

fn short(text: &str) -> String {
    let text = printable(text);
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.into_owned(),
    }
}
