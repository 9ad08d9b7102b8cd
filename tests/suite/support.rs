//! What the modules of the suite share: a workbook in memory whose cells are set by sheet, column and row, and the
//! judgement of it on a fixed day.
#![allow(dead_code, reason = "each module uses its part")]

pub mod bills;
pub mod packages;

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use scrivano::compose::Library;
use scrivano::diagnostic::Diagnostic;
use scrivano::emit::pdf::Press;
use scrivano::example::{Example, ExampleCell, example};
use scrivano::pipeline::{self, BillOptions, Checked, Judge};
use scrivano::place::Place;
use scrivano::schema::{self, Layout};
use scrivano::table::{Cell, Raw, Row, Sheet, Workbook};

/// "Today" of the suite.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 10).expect("a day")
}

/// The fonts, loaded once.
pub fn press() -> &'static Press {
    static PRESS: OnceLock<Press> = OnceLock::new();
    PRESS.get_or_init(|| Press::new().expect("fonts"))
}

/// The built-in templates, loaded once.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::load(Vec::new()))
}

/// What judges on one thread, on the suite's day.
pub fn judge() -> Judge<'static> {
    Judge { library: library(), press: press(), today: today(), jobs: 1, acts: None }
}

/// Templates in place of the built-in ones: path and text.
pub type Texts<'a> = &'a [(&'a str, String)];

/// A cell by sheet, row and column. The row is the text of its first cell ("c_a035"), or its number from one as people
/// count; in `Convenzione` it is the field, and the column is left empty.
pub type At<'a> = (&'a str, &'a str, &'a str);

/// The value that removes a cell.
pub const EMPTY: &str = "";

/// A workbook in memory.
#[derive(Debug, Clone)]
pub struct Book(pub Workbook);

impl Book {
    /// The tables that the writer of workbooks would make of an example.
    pub fn of(example: &Example) -> Self {
        let mut sheets = Vec::new();
        for spec in schema::SHEETS {
            let filled = example.sheet(spec.name);
            let extra = filled.map_or(&[][..], |sheet| &sheet.extra);
            let data = filled.map_or(&[][..], |sheet| &sheet.rows);
            let names = spec.columns.iter().map(|column| column.name);
            let texts = |words: &mut dyn Iterator<Item = &str>| words.map(raw).collect::<Vec<_>>();
            let mut rows = Vec::new();
            match spec.layout {
                Layout::Rows => {
                    rows.push(texts(&mut names.chain(extra.iter().map(String::as_str))));
                    rows.extend(data.iter().map(|row| row.iter().map(content).collect()));
                }
                Layout::Pairs => {
                    rows.push(texts(&mut ["Campo", "Valore"].into_iter().chain(extra.iter().map(String::as_str))));
                    for (index, name) in names.enumerate() {
                        let values = data.iter().map(|row| row.get(index).and_then(content));
                        rows.push([raw(name)].into_iter().chain(values).collect());
                    }
                }
            }
            let rows = (0..).zip(rows).map(|(index, cells)| Row { index, cells: filled_cells(cells) });
            sheets.push(Sheet {
                name: spec.name.into(),
                rows: rows.filter(|row| !row.cells.is_empty()).collect(),
                hidden: false,
            });
        }
        Self(Workbook { name: Arc::from("prova.xlsx"), sheets })
    }

    /// The example of Pesaro e Urbino with its lead body and three others whose organs have voted: two Comuni (Acqualagna,
    /// executive at once; Apecchio, after publication) and a consortium. No total.
    pub fn small() -> Self {
        Self::with(&["p-pu", "c_a035", "c_a327", "consorzio-strade"])
    }

    /// The same example with the bodies of these codes.
    pub fn with(kept: &[&str]) -> Self {
        Self::of(&example("pesaro-urbino").expect("an example"))
            .keep(kept)
            .put(("Convenzione", "importo_totale", ""), EMPTY)
    }

    /// Keeps the bodies of these codes.
    #[must_use]
    pub fn keep(mut self, kept: &[&str]) -> Self {
        for sheet in &mut self.0.sheets {
            if ["Enti", "Deliberazioni", "Richieste", "Beneficiari", "Incarichi", "Fatture"].contains(&&*sheet.name) {
                sheet.rows.retain(|row| row.index == 0 || kept.contains(&first(row)));
            }
        }
        self
    }

    /// Puts a value as people type it; an empty one removes the cell.
    #[must_use]
    pub fn put(self, at: At<'_>, value: &str) -> Self {
        let value = raw(value);
        self.put_raw(at, value)
    }

    /// Puts a raw value.
    #[must_use]
    pub fn put_raw(mut self, at: At<'_>, value: Option<Raw>) -> Self {
        let (row, col) = self.find(at);
        let sheet = self.sheet(at.0);
        let row = sheet.rows.iter_mut().find(|known| known.index == row).expect("a row");
        row.cells.retain(|cell| cell.col != col);
        row.cells.extend(value.map(|raw| Cell { col, raw }));
        row.cells.sort_by_key(|cell| cell.col);
        self
    }

    /// Adds a row: first cell and others by column.
    #[must_use]
    pub fn add(mut self, sheet: &str, cells: &[(&str, &str)]) -> Self {
        let columns: Vec<u32> = cells.iter().map(|(column, _)| self.column(sheet, column)).collect();
        let rows = &mut self.sheet(sheet).rows;
        let index = rows.last().map_or(0, |row| row.index + 1);
        let cells = columns.into_iter().zip(cells).filter_map(|(col, (_, value))| Some(Cell { col, raw: raw(value)? }));
        let mut cells: Vec<Cell> = cells.collect();
        cells.sort_by_key(|cell| cell.col);
        rows.push(Row { index, cells });
        self
    }

    /// Removes the row that starts with `key`.
    #[must_use]
    pub fn without(mut self, sheet: &str, key: &str) -> Self {
        self.sheet(sheet).rows.retain(|row| row.index == 0 || first(row) != key);
        self
    }

    /// A copy of a sheet, under another name.
    #[must_use]
    pub fn with_twin(mut self, name: &str, twin: &str) -> Self {
        let sheet = self.0.sheets.iter().find(|sheet| &*sheet.name == name).expect("a sheet").clone();
        self.0.sheets.push(Sheet { name: twin.into(), ..sheet });
        self
    }

    /// Removes a sheet.
    #[must_use]
    pub fn without_sheet(mut self, name: &str) -> Self {
        self.0.sheets.retain(|sheet| &*sheet.name != name);
        self
    }

    /// The place of a cell.
    pub fn place(&self, at: At<'_>) -> Place {
        let (row, col) = self.find(at);
        Place::cell(&at.0.into(), row, col)
    }

    /// Judges the workbook with the built-in templates.
    pub fn judge(&self) -> Checked {
        judge().tables(&self.0)
    }

    /// Judges the workbook with some templates replaced.
    pub fn judge_with(&self, texts: Texts<'_>) -> Checked {
        let texts = texts.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())).collect();
        let library = Library::load(texts);
        Judge { library: &library, ..judge() }.tables(&self.0)
    }

    fn sheet(&mut self, name: &str) -> &mut Sheet {
        self.0.sheets.iter_mut().find(|sheet| &*sheet.name == name).expect("a sheet")
    }

    fn column(&self, sheet: &str, column: &str) -> u32 {
        let sheet = self.0.sheets.iter().find(|known| &*known.name == sheet).expect("a sheet");
        let header = sheet.rows.first().expect("a header");
        let found = header.cells.iter().find(|cell| cell.raw == Raw::Text(column.to_owned()));
        found.unwrap_or_else(|| panic!("no column {column}")).col
    }

    fn find(&self, (name, row, column): At<'_>) -> (u32, u32) {
        let sheet = self.0.sheets.iter().find(|known| &*known.name == name).expect("a sheet");
        let found = sheet.rows.iter().find(|known| match row.parse::<u32>() {
            Ok(number) => known.index + 1 == number,
            Err(_) => known.index > 0 && first(known) == row,
        });
        let row = found.unwrap_or_else(|| panic!("no row {row} in {name}")).index;
        (row, if name == "Convenzione" && column.is_empty() { 1 } else { self.column(name, column) })
    }
}

/// The text of a row's first cell.
fn first(row: &Row) -> &str {
    match row.cells.first().map(|cell| &cell.raw) {
        Some(Raw::Text(text)) => text,
        _ => "",
    }
}

fn raw(text: &str) -> Option<Raw> {
    (!text.is_empty()).then(|| Raw::Text(text.to_owned()))
}

fn content(cell: &ExampleCell) -> Option<Raw> {
    Some(match cell {
        ExampleCell::Empty => return None,
        ExampleCell::Text(text) => Raw::Text(text.clone()),
        ExampleCell::Number(number) => Raw::Number(number.to_string(), None),
        ExampleCell::Date(day) => Raw::Date((*day).into()),
        ExampleCell::Formula { result, .. } => Raw::Error(result.clone()),
    })
}

fn filled_cells(cells: Vec<Option<Raw>>) -> Vec<Cell> {
    (0..).zip(cells).filter_map(|(col, raw)| Some(Cell { col, raw: raw? })).collect()
}

/// A built-in template with a piece replaced, which must be there.
pub fn edited(path: &str, piece: &str, by: &str) -> String {
    let folder = path.split('/').next().unwrap_or_default();
    let of_model = library().models().iter().any(|model| model.id == folder);
    let model = if of_model { folder } else { "pesaro-urbino" };
    let files = library().files(model);
    let (_, text) = files.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("no template {path}"));
    assert!(text.contains(piece), "«{piece}» is not in {path}");
    text.replacen(piece, by, 1)
}

/// The bills of 2026 of a workbook, reckoned on a day; nothing was issued before but what the sheet says.
pub fn billing(book: &Book, day: &str) -> scrivano::billing::Billing {
    let today = scrivano::date::parse(day).expect("a day");
    let checked = Judge { today, acts: Some(&[]), ..judge() }.tables(&book.0);
    let options = BillOptions { out: "/nessuna-cartella".into(), year: 2026, bodies: Vec::new(), jobs: 1 };
    pipeline::prepare(&checked, &options, library(), press()).expect("bills").billing
}

/// Code and place of the findings, for comparison.
pub fn told(found: &[Diagnostic]) -> Vec<String> {
    found.iter().map(|found| format!("{} {} {}", found.severity.italian(), found.code, found.place)).collect()
}
