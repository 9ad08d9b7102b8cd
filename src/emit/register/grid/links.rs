//! Links of the register to files and to rows of its sheets. Called by `grid`.

use rust_xlsxwriter::{ColNum, Formula, RowNum, Url, Worksheet, XlsxError};

use super::{Formats, bounded, length};

/// Longest text that a formula may hold, in characters.
const LONGEST_IN_FORMULA: usize = 255;

/// How links are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    /// Beside the cells: all of them wait in memory, and a sheet may have 65,530.
    Beside,
    /// As formulas in the cells, as many as there are.
    Inside,
}

/// Where a link leads.
pub(super) enum Target<'a> {
    /// A file: its path from the register's folder, with slashes.
    File(&'a str),
    /// A row, counted from one, of a sheet.
    Row(&'static str, usize),
}

/// Writes a link. What a formula cannot show stays as text.
pub(super) fn put(
    sheet: &mut Worksheet,
    formats: &Formats,
    (row, col): (RowNum, ColNum),
    target: &Target<'_>,
    text: &str,
    links: Links,
) -> Result<(), XlsxError> {
    if links == Links::Beside {
        let address = match target {
            Target::File(path) => format!("file:///{path}"),
            Target::Row(name, at) => format!("internal:'{name}'!A{at}"),
        };
        let url = Url::new(address).set_text(bounded(text));
        sheet.write_url_with_format(row, col, url, &formats.link)?;
        return Ok(());
    }
    let address = match target {
        Target::File(path) => (*path).to_owned(),
        Target::Row(name, at) => format!("#'{name}'!A{at}"),
    };
    let quoted = |text: &str| text.replace('"', "\"\"");
    let shown = match value(text) {
        Value::Text if length(text) <= LONGEST_IN_FORMULA => format!("\"{}\"", quoted(text)),
        Value::Count => text.to_owned(),
        _ => String::new(),
    };
    if shown.is_empty() || length(&address) > LONGEST_IN_FORMULA {
        sheet.write_string_with_format(row, col, bounded(text), &formats.styles.wrapped)?;
    } else {
        let link = Formula::new(format!("=HYPERLINK(\"{}\",{shown})", quoted(&address))).set_result(text);
        sheet.write_formula_with_format(row, col, link, &formats.link)?;
    }
    Ok(())
}

/// What the library takes the result of a formula for, told by the text alone.
enum Value {
    Text,
    /// A whole number.
    Count,
    /// A figure, a truth or an error, where a text is meant: "007", "TRUE", "#N/A".
    Other,
}

fn value(text: &str) -> Value {
    if text.parse::<u32>().is_ok_and(|count| count.to_string() == text) {
        Value::Count
    } else if text.parse::<f64>().is_ok() || text.starts_with('#') || matches!(text, "TRUE" | "FALSE") {
        Value::Other
    } else {
        Value::Text
    }
}
