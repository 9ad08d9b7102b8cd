//! `registro.xlsx`: what a run produced and withheld, for people. Called by `pipeline` with plain values.

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{Format, RowNum, Url, Workbook, Worksheet, XlsxError};

use super::workbook::{Styles, excel_day, properties};
use crate::diagnostic::Diagnostic;
use crate::dossier::Deadline;
use crate::money::Money;

/// A file of an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterFile {
    /// "pdf", "docx", "html".
    pub format: String,
    /// Path from the register's folder, with slashes.
    pub path: String,
    /// SHA-256 in hexadecimal.
    pub sha256: String,
}

/// Where the deliberation of a body stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterDeliberation {
    /// "proposta" or "adottata"; empty where there is no row.
    pub state: String,
    /// Number.
    pub number: Option<String>,
    /// Day of the session.
    pub date: Option<NaiveDate>,
}

/// Whether an act was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Written, as these files.
    Produced(Vec<RegisterFile>),
    /// Withheld for these reasons, in Italian.
    Withheld(Vec<String>),
}

/// An act of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// Code of the body.
    pub body_code: String,
    /// Name of the body.
    pub body_name: String,
    /// Name of the act: "convenzione".
    pub act: String,
    /// What became of it.
    pub outcome: Outcome,
    /// The body's deliberation.
    pub deliberation: RegisterDeliberation,
    /// Contribution of a year without VAT.
    pub yearly: Option<Money>,
    /// Contribution of the whole term without VAT.
    pub total: Option<Money>,
}

/// Columns of the three sheets: header and width.
const ACTS: [(&str, f64); 16] = [
    ("ente", 40.0),
    ("codice", 18.0),
    ("atto", 22.0),
    ("stato", 12.0),
    ("motivi", 60.0),
    ("pdf", 34.0),
    ("docx", 34.0),
    ("altri file", 34.0),
    ("impronta SHA-256 del PDF", 67.0),
    ("impronta SHA-256 del DOCX", 67.0),
    ("impronta SHA-256 dell’altro file", 67.0),
    ("delibera", 12.0),
    ("numero", 10.0),
    ("data", 12.0),
    ("quota annua", 14.0),
    ("quota totale", 14.0),
];
const FINDINGS: [(&str, f64); 8] = [
    ("foglio", 16.0),
    ("cella", 8.0),
    ("codice", 10.0),
    ("gravità", 10.0),
    ("messaggio", 70.0),
    ("rimedio", 60.0),
    ("norma", 34.0),
    ("ente", 18.0),
];
const DEADLINES: [(&str, f64); 5] =
    [("giorno", 12.0), ("tipo", 14.0), ("scadenza", 70.0), ("ente", 40.0), ("riferimento", 60.0)];

/// Writes the register. The order of the rows is that of the arguments; links are relative to the register's folder.
///
/// # Errors
/// What the library refuses: in practice a text longer than a cell holds (32,767 characters).
pub fn register(
    title: &str,
    acts: &[RegisterRow],
    findings: &[Diagnostic],
    deadlines: &[Deadline],
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(title)?);
    let styles = Styles::new();
    let money = Format::new().set_num_format("#,##0.00");

    let sheet = headed(&mut workbook, &styles, "Atti", &ACTS, acts.len())?;
    for (row, act) in (1..).zip(acts) {
        act_row(sheet, &styles, &money, row, act)?;
    }
    let sheet = headed(&mut workbook, &styles, "Segnalazioni", &FINDINGS, findings.len())?;
    for (row, finding) in (1..).zip(findings) {
        let where_ = finding.place.sheet().map_or_else(|| finding.place.to_string(), str::to_owned);
        let cells = [
            where_,
            finding.place.a1().unwrap_or_default(),
            finding.code.to_owned(),
            finding.severity.italian().to_owned(),
            finding.message.clone(),
            finding.hint.clone(),
            finding.law.to_owned(),
            finding.body.clone().unwrap_or_default(),
        ];
        for (col, cell) in (0..).zip(cells) {
            sheet.write_string_with_format(row, col, cell, &styles.wrapped)?;
        }
    }
    let sheet = headed(&mut workbook, &styles, "Scadenze", &DEADLINES, deadlines.len())?;
    for (row, deadline) in (1..).zip(deadlines) {
        sheet.write_datetime_with_format(row, 0, excel_day(deadline.day)?, &styles.date)?;
        let whose = deadline.body.as_ref().map_or("", |body| body.name.as_str());
        for (col, text) in (1..).zip([deadline.kind.italian(), &deadline.what, whose, &deadline.basis]) {
            sheet.write_string_with_format(row, col, text, &styles.wrapped)?;
        }
    }
    workbook.save_to_buffer()
}

/// A new sheet with its header row, frozen and with filters over `count` rows.
fn headed<'a>(
    workbook: &'a mut Workbook,
    styles: &Styles,
    name: &str,
    columns: &[(&str, f64)],
    count: usize,
) -> Result<&'a mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    for (col, (header, width)) in (0..).zip(columns) {
        sheet.write_string_with_format(0, col, *header, styles.header(true))?;
        sheet.set_column_width(col, *width)?;
    }
    let last_col = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    sheet.set_freeze_panes(1, 0)?.autofilter(0, 0, RowNum::try_from(count).unwrap_or(RowNum::MAX), last_col)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    Ok(sheet)
}

fn act_row(
    sheet: &mut Worksheet,
    styles: &Styles,
    money: &Format,
    row: RowNum,
    act: &RegisterRow,
) -> Result<(), XlsxError> {
    let (state, reasons, files): (_, &[String], &[RegisterFile]) = match &act.outcome {
        Outcome::Produced(files) => ("prodotto", &[], files),
        Outcome::Withheld(reasons) => ("trattenuto", reasons, &[]),
    };
    let texts = [act.body_name.as_str(), &act.body_code, &act.act, state, &reasons.join("\n")];
    for (col, text) in (0..).zip(texts) {
        sheet.write_string_with_format(row, col, text, &styles.wrapped)?;
    }
    let file = |format: &str| files.iter().find(|file| file.format == format);
    let other = files.iter().find(|file| !matches!(file.format.as_str(), "pdf" | "docx"));
    for (col, file) in (5..).zip([file("pdf"), file("docx"), other]) {
        if let Some(file) = file {
            link(sheet, row, col, &file.path)?;
        }
    }
    for (col, file) in (8..).zip([file("pdf"), file("docx"), other]) {
        sheet.write_string(row, col, file.map_or("", |file| file.sha256.as_str()))?;
    }
    sheet.write_string(row, 11, &act.deliberation.state)?;
    sheet.write_string(row, 12, act.deliberation.number.as_deref().unwrap_or_default())?;
    if let Some(day) = act.deliberation.date {
        sheet.write_datetime_with_format(row, 13, excel_day(day)?, &styles.date)?;
    }
    for (col, amount) in (14..).zip([act.yearly, act.total]) {
        if let Some(amount) = amount {
            sheet.write_number_with_format(row, col, amount.decimal().to_f64().unwrap_or_default(), money)?;
        }
    }
    Ok(())
}

/// A link to a file by its path from the register's folder, shown as the file's name.
fn link(sheet: &mut Worksheet, row: RowNum, col: u16, path: &str) -> Result<(), XlsxError> {
    let name = path.rsplit('/').next().unwrap_or(path);
    sheet.write_url(row, col, Url::new(format!("file:///{path}")).set_text(name))?;
    Ok(())
}

#[cfg(test)]
mod tests;
