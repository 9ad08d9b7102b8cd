//! The only file that knows calamine: cells of an `.xlsx` (streamed, so that a far cell costs nothing) and of an
//! `.xls` (whole, hence only after `super::xls` has bounded it). `.ods` files are read by `super::ods`.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{
    CellErrorType, Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, Xlsx, XlsxError,
    XlsxFormulaMetadata,
};

use super::bounds::Collector;
use super::refusal::Refusal;
use super::value::{iso_date, italian_error, number};
use crate::table::Raw;

/// Serial number of the first day after 31 December 9999 in the 1900 system.
const END_OF_DATES: f64 = 2_958_466.0;

/// Reads the worksheets of an `.xlsx` that `super::xlsx` has checked. `formulas` says whether to look for formulas
/// that were never calculated, which takes a second pass.
pub(super) fn xlsx(bytes: &[u8], formulas: bool, collector: &mut Collector) -> Result<(), Refusal> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => Refusal::Password,
        _ => Refusal::Damaged("una delle parti che lo descrivono non si lascia leggere"),
    })?;
    let sheets = worksheets(book.sheets_metadata());
    let from_1904 = book.has_1904_epoch();
    let mut formats: Option<Vec<Option<Arc<str>>>> = None;
    for (name, hidden) in sheets {
        collector.open(&name, hidden)?;
        let valueless = xlsx_values(&mut book, &name, from_1904, &mut formats, collector)?;
        if formulas && valueless {
            xlsx_formulas(&mut book, &name, collector)?;
        }
        collector.close();
    }
    Ok(())
}

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// First pass over a sheet: the cells with a value. True when some cell has none.
fn xlsx_values(
    book: &mut Book<'_>,
    name: &str,
    from_1904: bool,
    formats: &mut Option<Vec<Option<Arc<str>>>>,
    collector: &mut Collector,
) -> Result<bool, Refusal> {
    let damaged = |_: XlsxError| Refusal::DamagedSheet(name.to_owned());
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        Err(XlsxError::NotAWorksheet(_)) => return Ok(false),
        Err(error) => return Err(damaged(error)),
    };
    let formats = formats.get_or_insert_with(|| {
        let code = |style: &calamine::Style| style.number_format.as_ref().map(|format| format.format_code.clone());
        cells.styles().iter().map(|style| code(style).filter(|code| code != "General").map(Arc::from)).collect()
    });
    let mut valueless = false;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(damaged)? {
        let (row, col) = cell.get_position();
        let format = || formats.get(style).cloned().flatten();
        let raw = match cell.get_value() {
            DataRef::Empty => {
                valueless = true;
                continue;
            }
            DataRef::Int(value) => Raw::Number(value.to_string(), format()),
            DataRef::Float(value) => number(*value, format()),
            DataRef::String(text) => Raw::Text(text.clone()),
            DataRef::SharedString(text) => Raw::Text((*text).to_owned()),
            DataRef::Bool(value) => Raw::Bool(*value),
            DataRef::DateTime(value) => date(value, from_1904, format()),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => iso(text),
            DataRef::Error(error) => error_value(error),
        };
        collector.cell(row, col, raw)?;
    }
    Ok(valueless)
}

/// Second pass over a sheet: the formulas without a value.
fn xlsx_formulas(book: &mut Book<'_>, name: &str, collector: &mut Collector) -> Result<(), Refusal> {
    let damaged = |_: XlsxError| Refusal::DamagedSheet(name.to_owned());
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    let mut shared = BTreeMap::new();
    while let Some(record) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        // A formula filled down is written once; the cells below it show the text of the first.
        let formula = match record.formula {
            Some(XlsxFormulaMetadata::Normal { formula }) => formula,
            Some(XlsxFormulaMetadata::Shared { shared_index, formula, .. }) => {
                shared.insert(shared_index, formula.clone());
                formula
            }
            Some(XlsxFormulaMetadata::SharedDerived { shared_index }) => {
                shared.get(&shared_index).cloned().unwrap_or_default()
            }
            _ => continue,
        };
        if record.value == DataRef::Empty && !formula.trim().is_empty() {
            collector.cell(
                record.pos.0,
                record.pos.1,
                Raw::Uncalculated(format!("={}", formula.trim_start_matches('='))),
            )?;
        }
    }
    Ok(())
}

/// Reads the worksheets of an `.xls` rebuilt by `super::xls`.
pub(super) fn xls(bytes: Vec<u8>, collector: &mut Collector) -> Result<(), Refusal> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => Refusal::Password,
        _ => Refusal::Damaged("i fogli non si lasciano leggere"),
    })?;
    let from_1904 = book.has_1904_epoch();
    for (name, hidden) in worksheets(book.sheets_metadata()) {
        collector.open(&name, hidden)?;
        let range = book.worksheet_range(&name).map_err(|_| Refusal::DamagedSheet(name.clone()))?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, col, value) in range.used_cells() {
            let raw = match value {
                Data::Empty => continue,
                Data::Int(value) => Raw::Number(value.to_string(), None),
                Data::Float(value) => number(*value, None),
                Data::String(text) => Raw::Text(text.clone()),
                Data::Bool(value) => Raw::Bool(*value),
                Data::DateTime(value) => date(value, from_1904, None),
                Data::DateTimeIso(text) | Data::DurationIso(text) => iso(text),
                Data::Error(error) => error_value(error),
            };
            collector.cell(top + row as u32, left + col as u32, raw)?;
        }
        collector.close();
    }
    Ok(())
}

/// The sheets with cells, and whether each is hidden.
fn worksheets(sheets: &[calamine::Sheet]) -> Vec<(String, bool)> {
    let sheets = sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    sheets.map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible)).collect()
}

/// A date, or the bare number for a duration, a time of day and a serial that is no date.
fn date(value: &ExcelDateTime, from_1904: bool, format: Option<Arc<str>>) -> Raw {
    let serial = value.as_f64();
    let first = if from_1904 { 0.0 } else { 1.0 };
    // Asked only for what may be a date: calamine panics on a serial beyond what chrono can count.
    let is_date = value.is_datetime() && (first..END_OF_DATES).contains(&serial);
    match is_date.then(|| value.as_datetime()).flatten() {
        Some(moment) => Raw::Date(moment),
        None => number(serial, format),
    }
}

fn iso(text: &str) -> Raw {
    iso_date(text).map_or_else(|| Raw::Text(text.to_owned()), Raw::Date)
}

fn error_value(error: &CellErrorType) -> Raw {
    let text = error.to_string();
    Raw::Error(italian_error(&text).map_or(text, str::to_owned))
}
