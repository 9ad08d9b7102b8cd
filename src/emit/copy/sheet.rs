//! A worksheet as rows and cells with their places in the text, and the edits that write cells into it.

use std::collections::BTreeMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use quick_xml::escape::partial_escape;

use super::area::{Area, name, position};
use super::plan::{Plan, Value};
use super::style::Styles;
use super::xml::{Edit, Step, Tag, walk};

/// Days from 1 January of the year 1 to the day before the first of each date system.
const BEFORE_1900: i32 = 693_594;
const BEFORE_1904: i32 = 695_056;

/// Cells of a column that are asked for their format.
const MANY: usize = 50;

/// What a sheet may have before the drawing of its comments, after its rows.
const BEFORE_LEGACY: [&str; 24] = [
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
];

/// A cell, empty ones too.
pub(super) struct Cell {
    pub(super) col: u32,
    pub(super) span: Range<usize>,
    pub(super) style: Option<u32>,
    /// The number of its format in the tag; where there is none, the place after the tag's name.
    pub(super) style_at: Range<usize>,
    has_content: bool,
    pub(super) has_formula: bool,
}

/// A row that the part has.
pub(super) struct Row {
    pub(super) index: u32,
    pub(super) span: Range<usize>,
    /// The opening tag.
    pub(super) tag: Range<usize>,
    /// The hint about its columns, with the space before; it goes when cells come.
    pub(super) spans: Option<Range<usize>>,
    /// Where its content ends; nothing for an empty element.
    pub(super) end: Option<usize>,
    pub(super) cells: Vec<Cell>,
    /// Format of the cells that it does not have.
    pub(super) style: Option<u32>,
    /// Height in points, where it is said.
    pub(super) height: Option<f64>,
}

/// A worksheet.
pub(super) struct Worksheet<'a> {
    pub(super) xml: &'a str,
    pub(super) prefix: String,
    /// The rows: place of the element, and where its content ends unless it is empty.
    pub(super) data: (Range<usize>, Option<usize>),
    pub(super) rows: Vec<Row>,
    /// First and last column from one, and their format.
    columns: Vec<(u32, u32, u32)>,
    /// First and last column from one, and their width in characters.
    pub(super) widths: Vec<(u32, u32, f64)>,
    dimension: Option<(Range<usize>, Area)>,
    filter: Option<(Range<usize>, Area)>,
    /// Where the drawing of comments is named: the tag, and the relationship.
    pub(super) legacy: Option<String>,
    /// The bytes of that element.
    pub(super) legacy_at: Range<usize>,
    /// Where it may be named, if it is not.
    pub(super) before_legacy: usize,
    /// Marks of selected sheets: the value.
    pub(super) selected: Vec<Range<usize>>,
    /// True where some cell is calculated.
    pub(super) has_formulas: bool,
}

impl<'a> Worksheet<'a> {
    /// Reads the part; `None` where it has no rows element.
    pub(super) fn of(xml: &'a str) -> Option<Self> {
        let mut found = Self {
            xml,
            prefix: String::new(),
            data: (0..0, None),
            rows: Vec::new(),
            columns: Vec::new(),
            widths: Vec::new(),
            dimension: None,
            filter: None,
            legacy: None,
            legacy_at: 0..0,
            before_legacy: 0,
            selected: Vec::new(),
            has_formulas: false,
        };
        let mut reading = Reading::default();
        walk(xml, |step| found.step(step, &mut reading))?;
        (found.data.0.end > 0).then_some(found)
    }

    fn step(&mut self, step: Step<'a>, reading: &mut Reading) {
        match step {
            Step::Open(tag) if tag.depth == 1 => {
                reading.is_in_data = tag.is("sheetData") && !tag.is_empty;
                self.top(&tag);
            }
            Step::Open(tag) if tag.is("col") && tag.depth == 2 => {
                if let (Some(min), Some(max), Some(style)) = (tag.number("min"), tag.number("max"), tag.number("style"))
                {
                    self.columns.push((min, max, style));
                }
                let width = tag.attribute("width").and_then(|width| width.parse().ok());
                if let (Some(min), Some(max), Some(width)) = (tag.number("min"), tag.number("max"), width) {
                    let is_hidden = tag.attribute("hidden").is_some_and(|it| it == "1" || it == "true");
                    self.widths.push((min, max, if is_hidden { 0.0 } else { width }));
                }
            }
            Step::Open(tag) if tag.is("sheetView") && tag.depth == 2 => {
                let is_on = tag.attribute("tabSelected").is_some_and(|it| it == "1" || it == "true");
                self.selected.extend(tag.value_span(self.xml, "tabSelected").filter(|_| is_on));
            }
            Step::Close(name, span, 1) if name == "legacyDrawing" => self.legacy_at.end = span.end,
            Step::Close(name, span, 1) if name != "sheetData" => self.passed(&name, span.end),
            // Rules, lists and charts have elements of the same names.
            _ if !reading.is_in_data => {}
            Step::Open(tag) if tag.is("row") && tag.depth == 2 => {
                let index = tag.number("r").and_then(|row| row.checked_sub(1)).unwrap_or(reading.next_row);
                reading.next_row = index + 1;
                reading.next_col = 0;
                self.rows.push(Row {
                    index,
                    span: tag.span.clone(),
                    tag: tag.span.clone(),
                    spans: tag.value_span(self.xml, "spans").map(|span| span.start - " spans=\"".len()..span.end + 1),
                    end: None,
                    cells: Vec::new(),
                    style: tag.number("s").filter(|_| tag.number("customFormat") == Some(1)),
                    height: tag.attribute("ht").and_then(|height| height.parse().ok()),
                });
            }
            Step::Open(tag) if tag.is("c") && tag.depth == 3 => {
                let place = tag.attribute("r").and_then(|name| position(&name));
                let col = place.map_or(reading.next_col, |(_, col)| col);
                reading.next_col = col + 1;
                if let Some(row) = self.rows.last_mut() {
                    let style = tag.number("s");
                    let name = tag.span.start + "<c".len() + self.prefix.len();
                    let style_at = tag.value_span(self.xml, "s").unwrap_or(name..name);
                    let span = tag.span;
                    row.cells.push(Cell { col, span, style, style_at, has_content: false, has_formula: false });
                }
            }
            Step::Open(tag) if tag.depth == 4 => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                    cell.has_content |= ["v", "f", "is"].iter().any(|name| tag.is(name));
                    cell.has_formula |= tag.is("f");
                    self.has_formulas |= tag.is("f");
                }
            }
            Step::Close(_, span, 3) => {
                if let Some(cell) = self.rows.last_mut().and_then(|row| row.cells.last_mut()) {
                    cell.span.end = span.end;
                }
            }
            Step::Close(name, span, 2) if name == "row" => {
                if let Some(row) = self.rows.last_mut() {
                    row.end = Some(span.start);
                    row.span.end = span.end;
                }
            }
            Step::Close(name, span, 1) if name == "sheetData" => {
                self.data.1 = Some(span.start);
                self.data.0.end = span.end;
                self.before_legacy = span.end;
                reading.is_in_data = false;
            }
            _ => {}
        }
    }

    fn top(&mut self, tag: &Tag<'a>) {
        let area = || {
            let span = tag.value_span(self.xml, "ref")?;
            Some((span, Area::parse(&tag.attribute("ref")?)?))
        };
        if tag.is("dimension") {
            self.dimension = area();
        } else if tag.is("autoFilter") {
            self.filter = area();
        } else if tag.is("sheetData") {
            self.prefix = tag.prefix();
            self.data = (tag.span.clone(), None);
            self.before_legacy = tag.span.end;
        } else if tag.is("legacyDrawing") {
            (self.legacy, self.legacy_at) = (tag.attribute("id"), tag.span.clone());
        } else if tag.is_empty {
            let name = BEFORE_LEGACY.iter().find(|name| tag.is(name));
            name.into_iter().for_each(|name| self.passed(name, tag.span.end));
        }
    }

    /// Past an element of the sheet: the drawing of comments comes after some of them.
    fn passed(&mut self, name: &str, end: usize) {
        if BEFORE_LEGACY.contains(&name) {
            self.before_legacy = end;
        }
    }

    /// The format of a cell that the part does not have.
    pub(super) fn style_of_missing(&self, row: u32, col: u32) -> u32 {
        let of_row = self.rows.iter().find(|it| it.index == row).and_then(|row| row.style);
        let of_column = || self.columns.iter().find(|(min, max, _)| (*min..=*max).contains(&(col + 1)));
        of_row.or_else(|| of_column().map(|(.., style)| *style)).unwrap_or(0)
    }

    /// Row and column from which the part has nothing.
    pub(super) fn free(&self) -> (u32, u32) {
        let used = |row: &Row| row.cells.iter().filter(|cell| cell.has_content).map(|cell| cell.col + 1).max();
        self.rows.iter().fold((0, 0), |free, row| match used(row) {
            Some(col) => (free.0.max(row.index + 1), free.1.max(col)),
            None => free,
        })
    }

    /// The edit by which the sheet says that it has these cells too.
    pub(super) fn dimension_with<T>(&self, cells: &BTreeMap<u32, BTreeMap<u32, T>>) -> Option<Edit> {
        let (span, area) = self.dimension.as_ref()?;
        let cols = || cells.values().flat_map(BTreeMap::keys);
        let first = (area.first.0.min(*cells.keys().next()?), area.first.1.min(*cols().min()?));
        let last = (area.last.0.max(*cells.keys().next_back()?), area.last.1.max(*cols().max()?));
        let wider = Area { first, last };
        (wider != *area).then(|| (span.clone(), wider.name()))
    }

    /// The edits that write the cells of `plan`; and the filter's area where it grows.
    pub(super) fn edits(&self, plan: &Plan, styles: &mut Styles<'_>, is_1904: bool) -> (Vec<Edit>, Option<Area>) {
        let mut out = Writing { sheet: self, plan, styles, is_1904, of_columns: BTreeMap::new() };
        let mut edits = self.put(&plan.cells, &mut |row, col, value, own| out.cell(row, col, value, own));
        edits.extend(self.dimension_with(&plan.cells));
        let filter = self.filter.as_ref().and_then(|(span, area)| Some((span, area.grown(plan)?)));
        if let Some((span, area)) = &filter {
            edits.push(((*span).clone(), area.name()));
        }
        (edits, filter.map(|(_, area)| area))
    }
}

/// Where the walk stands: what a row or a cell is when it does not say.
#[derive(Default)]
struct Reading {
    next_row: u32,
    next_col: u32,
    is_in_data: bool,
}

/// Cells on their way into a worksheet.
struct Writing<'w, 'a, 's> {
    sheet: &'w Worksheet<'a>,
    plan: &'w Plan,
    styles: &'w mut Styles<'s>,
    is_1904: bool,
    /// The formats of the filled cells under the header, by column, from the last.
    of_columns: BTreeMap<u32, Vec<u32>>,
}

impl Writing<'_, '_, '_> {
    /// The formats that a cell may have, best first: its own, that of the column's filled cells from the last, of the
    /// column; in the header, that of the other headers.
    fn candidates(&mut self, row: u32, col: u32, own: Option<u32>) -> Vec<u32> {
        let (rows, header) = (&self.sheet.rows, self.plan.header);
        let mut found: Vec<u32> = own.into_iter().collect();
        if row == header {
            let headers = rows.iter().find(|it| it.index == row);
            found.extend(headers.and_then(|it| it.cells.iter().rev().find(|cell| cell.has_content)?.style));
            return found;
        }
        let of_column = self.of_columns.entry(col).or_insert_with(|| {
            let below = rows.iter().rev().filter(|it| it.index > header);
            let filled = below.filter_map(|it| it.cells.iter().find(|cell| cell.col == col && cell.has_content));
            let mut styles: Vec<u32> = filled.take(MANY).map(|cell| cell.style.unwrap_or(0)).collect();
            styles.dedup();
            let columns = self.sheet.columns.iter().find(|(min, max, _)| (*min..=*max).contains(&(col + 1)));
            styles.extend(columns.map(|(.., style)| *style));
            styles
        });
        found.extend(of_column.iter());
        found
    }

    fn cell(&mut self, row: u32, col: u32, value: &Value, own: Option<u32>) -> String {
        let candidates = self.candidates(row, col, own);
        let style = match value {
            Value::Day(_) => Some(self.styles.for_day(candidates)),
            _ => self.styles.for_other(candidates),
        };
        let style = style.filter(|style| *style > 0).map_or_else(String::new, |style| format!(" s=\"{style}\""));
        let (p, at) = (&self.sheet.prefix, name(row, col));
        match value {
            Value::Text(text) => {
                let text = partial_escape(text.as_str());
                format!(
                    "<{p}c r=\"{at}\"{style} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{text}</{p}t></{p}is></{p}c>"
                )
            }
            Value::Number(number) => format!("<{p}c r=\"{at}\"{style}><{p}v>{}</{p}v></{p}c>", number.normalize()),
            Value::Day(day) => format!("<{p}c r=\"{at}\"{style}><{p}v>{}</{p}v></{p}c>", serial(*day, self.is_1904)),
        }
    }
}

/// The number of a day in the workbook's date system.
fn serial(day: NaiveDate, is_1904: bool) -> i32 {
    day.num_days_from_ce() - if is_1904 { BEFORE_1904 } else { BEFORE_1900 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_the_number_of_the_date_system() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
        assert_eq!((serial(day, false), serial(day, true)), (46083, 44621));
    }
}
