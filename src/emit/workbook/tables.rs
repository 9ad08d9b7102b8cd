//! A workbook written anew from its tables: names of sheets and values of cells, in the formats of the template. Called by
//! `copy` for workbooks that cannot be edited in place.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{ColNum, ExcelDateTime, Format, Formula, Workbook, Worksheet, XlsxError};

use super::{Styles, properties, width};
use crate::italian::fold;
use crate::schema::{Column, Kind, Layout, SHEETS, SheetSpec, header_row, header_text, matching};
use crate::table::{self, Cell, Raw, Sheet};

/// Longest text that a cell holds, in characters.
const LONGEST: usize = 32_767;
/// Longest name of a sheet.
const LONGEST_NAME: usize = 31;
/// Columns that the format has.
const COLUMNS: u32 = 16_384;
/// Rows that the format has.
const ROWS: u32 = 1_048_576;

/// The bytes of an `.xlsx` with these sheets.
///
/// # Errors
/// What the library refuses: names of sheets that the format has not.
pub fn tables(tables: &table::Workbook) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties("Scrivano")?);
    let styles = Styles::new();
    let mut names: Vec<String> = Vec::new();
    for table in &tables.sheets {
        let sheet = workbook.add_worksheet();
        names.push(free_name(&table.name, &names));
        sheet.set_name(names.last().map_or("", String::as_str))?;
        write(sheet, table, &styles)?;
        // The sheet on which the file opens is one that is shown.
        let opens = tables.sheets.iter().position(|table| !table.hidden).unwrap_or(0) == names.len() - 1;
        if opens {
            sheet.set_active(true);
        } else {
            sheet.set_hidden(table.hidden);
        }
    }
    workbook.save_to_buffer()
}

/// The name in the signs and the length that the format allows, and unlike those already taken.
fn free_name(name: &str, taken: &[String]) -> String {
    let clean: String = name.chars().map(|c| if "[]:*?/\\".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let clean = clean.trim_matches([' ', '\'']);
    let clean = if clean.is_empty() { "Foglio" } else { clean };
    let cut = |longest: usize| clean.chars().take(longest).collect::<String>();
    let is_taken = |wanted: &str| taken.iter().any(|name| name.to_lowercase() == wanted.to_lowercase());
    let mut wanted = cut(LONGEST_NAME);
    for number in 2..=taken.len() + 1 {
        if !is_taken(&wanted) {
            break;
        }
        let suffix = format!(" ({number})");
        wanted = format!("{}{suffix}", cut(LONGEST_NAME - suffix.len()));
    }
    wanted
}

/// The columns of the contract that the sheet has, by position, and the row of their headers.
fn columns(table: &Sheet, spec: Option<&'static SheetSpec>) -> (Option<u32>, Vec<(u32, &'static Column)>) {
    let Some(spec) = spec.filter(|spec| spec.layout == Layout::Rows) else { return (None, Vec::new()) };
    let Some(row) = header_row(table, spec).and_then(|index| table.rows.get(index)) else { return (None, Vec::new()) };
    let of = |cell: &Cell| Some((cell.col, matching(spec, &header_text(&cell.raw)?)?));
    (Some(row.index), row.cells.iter().filter_map(of).collect())
}

fn write(sheet: &mut Worksheet, table: &Sheet, styles: &Styles) -> Result<(), XlsxError> {
    let spec = SHEETS.iter().find(|spec| fold(spec.name) == fold(&table.name));
    let (header, columns) = columns(table, spec);
    for (col, column) in &columns {
        let Ok(col) = ColNum::try_from(*col) else { continue };
        sheet.set_column_width(col, width(column))?.set_column_format(col, styles.cell(column))?;
    }
    if columns.is_empty() {
        sheet.set_column_width(0, 30)?.set_column_width(1, 60)?;
    }
    for row in table.rows.iter().filter(|row| row.index < ROWS) {
        for cell in row.cells.iter().filter(|cell| cell.col < COLUMNS) {
            let column = columns.iter().find(|(col, _)| *col == cell.col).map(|(_, column)| *column);
            let format = match column {
                Some(column) if header == Some(row.index) => styles.header(column.required),
                Some(column) => styles.cell(column),
                None => &styles.top,
            };
            put(sheet, (row.index, cell.col), &cell.raw, format, column, styles)?;
        }
    }
    if let Some(header) = header {
        sheet.set_freeze_panes(header + 1, 1)?;
    }
    sheet.set_landscape().set_paper_size(9);
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    (row, col): (u32, u32),
    raw: &Raw,
    format: &Format,
    column: Option<&Column>,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let col = ColNum::try_from(col).unwrap_or(ColNum::MAX);
    match raw {
        Raw::Text(text) | Raw::Error(text) => {
            let text: String = text.chars().take(LONGEST).collect();
            sheet.write_string_with_format(row, col, text, format)?;
        }
        // "00000" restores the zeros that a number has lost: it is part of the value.
        Raw::Number(number, shown) => {
            let value = number.parse::<Decimal>().ok().and_then(|value| value.to_f64()).or_else(|| number.parse().ok());
            let own = shown.as_ref().map(|code| styles.top.clone().set_num_format(&**code));
            let is_plain = column.is_some_and(|column| matches!(column.kind, Kind::Count | Kind::Money));
            let format = match &own {
                Some(own) if !is_plain => own,
                _ => styles.number(format),
            };
            sheet.write_number_with_format(row, col, value.unwrap_or_default(), format)?;
        }
        Raw::Bool(value) => {
            sheet.write_boolean_with_format(row, col, *value, format)?;
        }
        Raw::Date(moment) => {
            let moment_text = moment.format("%Y-%m-%dT%H:%M:%S").to_string();
            let timed = styles.top.clone().set_num_format("dd/mm/yyyy hh:mm");
            let format = if moment.time() == chrono::NaiveTime::MIN { styles.day(format) } else { &timed };
            match ExcelDateTime::parse_from_str(&moment_text) {
                Ok(moment) => sheet.write_datetime_with_format(row, col, moment, format)?,
                // A day that the format has not.
                Err(_) => sheet.write_string_with_format(row, col, moment.format("%d/%m/%Y").to_string(), format)?,
            };
        }
        Raw::Uncalculated(formula) => {
            sheet.write_formula_with_format(row, col, Formula::new(formula), format)?;
        }
    }
    Ok(())
}
