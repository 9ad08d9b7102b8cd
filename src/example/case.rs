//! Puts an example together: records by column name, laid out as the schema says. Used by each example.

use super::{Example, ExampleCell, ExampleSheet};
use crate::schema::{Layout, SHEETS};

/// A record under construction: cells by column name.
#[derive(Debug, Clone, Default)]
pub struct Record {
    cells: Vec<(&'static str, ExampleCell)>,
}

impl Record {
    /// An empty record.
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a value in a column, over what was there.
    #[must_use]
    pub fn with(mut self, column: &'static str, value: impl Into<ExampleCell>) -> Self {
        self.put(column, value);
        self
    }

    /// Puts a value in a column, over what was there.
    pub fn put(&mut self, column: &'static str, value: impl Into<ExampleCell>) {
        let value = value.into();
        match self.cells.iter_mut().find(|(name, _)| *name == column) {
            Some((_, cell)) => *cell = value,
            None => self.cells.push((column, value)),
        }
    }

    /// The value of a column; empty where nothing was put.
    pub fn get(&self, column: &str) -> &ExampleCell {
        self.cells.iter().find(|(name, _)| *name == column).map_or(&ExampleCell::Empty, |(_, cell)| cell)
    }

    /// The text of a column.
    pub fn text(&self, column: &str) -> &str {
        match self.get(column) {
            ExampleCell::Text(text) => text,
            _ => "",
        }
    }
}

/// A workbook under construction: records by sheet.
#[derive(Debug, Clone, Default)]
pub struct Case {
    sheets: Vec<(&'static str, Vec<Record>)>,
}

impl Case {
    /// An empty workbook.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds records to a sheet.
    pub fn add(&mut self, sheet: &'static str, records: impl IntoIterator<Item = Record>) {
        self.records(sheet).extend(records);
    }

    /// The records of a sheet.
    pub fn records(&mut self, sheet: &'static str) -> &mut Vec<Record> {
        let index = self.sheets.iter().position(|(name, _)| *name == sheet).unwrap_or_else(|| {
            self.sheets.push((sheet, Vec::new()));
            self.sheets.len() - 1
        });
        &mut self.sheets[index].1
    }

    /// The first record of a sheet with this text in a column.
    pub fn find(&mut self, sheet: &'static str, column: &str, text: &str) -> Option<&mut Record> {
        self.records(sheet).iter_mut().find(|record| record.text(column) == text)
    }

    /// Lays the records out in the order of the schema. `extra` names columns beyond it, by sheet.
    pub fn finish(mut self, extra: &[(&str, &'static str)], notes: Vec<String>) -> Example {
        let mut sheets = Vec::new();
        for spec in SHEETS {
            let records = std::mem::take(self.records(spec.name));
            let extra: Vec<&'static str> =
                extra.iter().filter(|(sheet, _)| *sheet == spec.name).map(|(_, header)| *header).collect();
            let beside: &[&'static str] = if spec.layout == Layout::Rows { &extra } else { &[] };
            let known = |name: &str| spec.column(name).is_some() || beside.contains(&name);
            debug_assert!(
                records.iter().flat_map(|record| &record.cells).all(|(name, _)| known(name)),
                "a column that the schema lacks, in {}",
                spec.name
            );
            let names = || spec.columns.iter().map(|column| column.name).chain(beside.iter().copied());
            let rows: Vec<Vec<ExampleCell>> =
                records.iter().map(|record| names().map(|name| record.get(name).clone()).collect()).collect();
            if !rows.is_empty() {
                let extra = extra.into_iter().map(str::to_owned).collect();
                sheets.push(ExampleSheet { name: spec.name, extra, rows, fields: Vec::new() });
            }
        }
        Example { sheets, notes, others: Vec::new() }
    }
}
