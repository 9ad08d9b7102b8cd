//! What is to be written in which cell of the register, from the tables alone.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use crate::bill::Entry;
use crate::emit::EmitError;
use crate::emit::words::printable;
use crate::italian::fold;
use crate::schema::{self, Choices, header_row, header_text, matching};
use crate::table::{Cell, Raw, Row, Sheet, Workbook};

/// Name of the sheet.
pub(super) const SHEET: &str = "Fatture";

/// What goes in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Number(Decimal),
    Day(NaiveDate),
}

/// Cells to be written, all of them empty in the tables.
pub(super) struct Plan {
    /// By zero-based row and column.
    pub(super) cells: BTreeMap<u32, BTreeMap<u32, Value>>,
    /// Zero-based row of the headers.
    pub(super) header: u32,
    /// First of the rows that are added.
    pub(super) first_new: u32,
}

/// The sheet of the register, its name compared as `check` does.
pub(super) fn find(tables: &Workbook) -> Option<&Sheet> {
    tables.sheets.iter().find(|sheet| is_register(&sheet.name))
}

/// True for the name of the sheet of the register.
pub(super) fn is_register(name: &str) -> bool {
    fold(name) == fold(SHEET)
}

/// True for a cell in which a reader sees nothing.
fn is_blank(raw: &Raw) -> bool {
    matches!(raw, Raw::Text(text) if text.trim().is_empty())
}

impl Plan {
    /// The cells that put `entries` in the register. `free` are row and column from which the file has nothing at all,
    /// where that is known beyond the tables.
    ///
    /// # Errors
    /// Rows without header.
    pub(super) fn of(tables: &Workbook, entries: &[Entry], free: (u32, u32)) -> Result<Self, EmitError> {
        let spec = schema::sheet(SHEET).ok_or_else(|| EmitError::Register("manca nel contratto".to_owned()))?;
        let sheet = find(tables).filter(|sheet| !sheet.rows.is_empty());
        let header = match sheet.map(|sheet| (sheet, header_row(sheet, spec))) {
            None => None,
            Some((sheet, Some(index))) => sheet.rows.get(index),
            Some((_, None)) => {
                let why = "il foglio «Fatture» ha delle righe ma non le intestazioni delle colonne".to_owned();
                return Err(EmitError::Register(why));
            }
        };
        let mut columns: BTreeMap<&'static str, u32> = BTreeMap::new();
        for cell in header.map_or(&[][..], |row| &row.cells) {
            let found = header_text(&cell.raw).and_then(|text| matching(spec, &text));
            if let Some(column) = found {
                columns.entry(column.name).or_insert(cell.col);
            }
        }
        let rows = sheet.map_or(&[][..], |sheet| &sheet.rows);
        let last_col = rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.col + 1).max();
        let mut next_col = last_col.unwrap_or(0).max(free.1);
        let is_new = header.is_none();
        let header = header.map_or(free.0, |row| row.index);
        let next_row = rows.last().map_or(0, |row| row.index + 1).max(free.0).max(header + 1);
        let mut plan = Self { cells: BTreeMap::new(), header, first_new: next_row };

        let filled: Vec<Vec<(&'static str, Value)>> = entries.iter().map(values).collect();
        for column in spec.columns {
            let is_wanted = is_new || filled.iter().flatten().any(|(name, _)| *name == column.name);
            if is_wanted && !columns.contains_key(column.name) {
                columns.insert(column.name, next_col);
                plan.put(header, next_col, Value::Text(column.name.to_owned()));
                next_col += 1;
            }
        }
        let mut next_row = next_row;
        for (entry, values) in entries.iter().zip(filled) {
            let row = entry.row.unwrap_or(next_row);
            if entry.row.is_none() {
                next_row += 1;
            }
            let known = rows.binary_search_by_key(&row, |row| row.index).ok().and_then(|index| rows.get(index));
            for (name, value) in values {
                let Some(col) = columns.get(name) else { continue };
                if known.and_then(|row| row.get(*col)).is_none_or(|cell| is_blank(&cell.raw)) {
                    plan.put(row, *col, value);
                }
            }
        }
        Ok(plan)
    }

    fn put(&mut self, row: u32, col: u32, value: Value) {
        self.cells.entry(row).or_default().insert(col, value);
    }

    /// Last row and column written, zero-based.
    pub(super) fn corner(&self) -> Option<(u32, u32)> {
        let row = *self.cells.keys().next_back()?;
        let col = *self.cells.values().filter_map(|row| row.keys().next_back()).max()?;
        Some((row, col))
    }

    /// The tables with the cells written.
    pub(super) fn applied(&self, tables: &Workbook) -> Workbook {
        let mut tables = tables.clone();
        if find(&tables).is_none() {
            tables.sheets.push(Sheet { name: Arc::from(SHEET), rows: Vec::new(), hidden: false });
        }
        let Some(sheet) = tables.sheets.iter_mut().find(|sheet| is_register(&sheet.name)) else { return tables };
        for (index, written) in &self.cells {
            let at = match sheet.rows.binary_search_by_key(index, |row| row.index) {
                Ok(at) => at,
                Err(at) => {
                    sheet.rows.insert(at, Row { index: *index, cells: Vec::new() });
                    at
                }
            };
            let Some(row) = sheet.rows.get_mut(at) else { continue };
            row.cells.retain(|cell| !written.contains_key(&cell.col));
            row.cells.extend(written.iter().map(|(col, value)| Cell { col: *col, raw: raw(value) }));
            row.cells.sort_by_key(|cell| cell.col);
        }
        tables
    }
}

fn raw(value: &Value) -> Raw {
    match value {
        Value::Text(text) => Raw::Text(text.clone()),
        Value::Number(number) => Raw::Number(number.normalize().to_string(), None),
        Value::Day(day) => Raw::Date(day.and_time(NaiveTime::MIN)),
    }
}

/// What a bill has to say under which column.
fn values(entry: &Entry) -> Vec<(&'static str, Value)> {
    let text = |text: &str| Some(Value::Text(printable(text).into_owned()));
    let optional = |it: Option<&String>| it.and_then(|it| text(it));
    let sums = [
        ("imponibile", Some(Value::Number(entry.base.decimal()))),
        ("imposta", Some(Value::Number(entry.vat.decimal()))),
        ("impronta", text(entry.print.as_str())),
    ];
    let spending = entry.spending.as_ref();
    let rest = [
        ("ente", text(&entry.body)),
        ("anno", Some(Value::Number(Decimal::from(entry.year)))),
        ("tipo", text(entry.kind.word())),
        ("numero", text(&entry.number)),
        ("data", Some(Value::Day(entry.date))),
        ("cig", optional(entry.cig.as_ref())),
        ("cup", optional(entry.cup.as_ref())),
        ("determina_numero", optional(spending.map(|act| &act.number))),
        ("determina_data", spending.and_then(|act| act.date).map(Value::Day)),
        ("fattura_collegata", optional(entry.corrects.as_ref())),
    ];
    let rest = rest.into_iter().filter(|_| !entry.is_registered);
    rest.chain(sums).filter_map(|(name, value)| Some((name, value?))).collect()
}
