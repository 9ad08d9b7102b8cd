//! `registro.xlsx`: the state of the convention for people who work with it. Called by `pipeline` with plain values.
//!
//! One sheet each for acts, deadlines, fees and how they come about, services, bills where there are any, missing data,
//! findings and files, all with filters, links from one to the other and to the files, and ready to print. The bytes depend on the values alone.

mod bills;
mod grid;
mod sheets;

use std::io::Write;

use chrono::NaiveDate;
use ecow::EcoString;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Workbook, XlsxError};
use serde::{Deserialize, Serialize};

use super::workbook::properties;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Deadline, ServiceState, Standing};
use crate::money::Money;
use crate::rule::Severity;
pub use bills::{RegisterBill, csv};
use grid::Links;

/// What the register says.
#[derive(Debug, Clone)]
pub struct Register<'a> {
    /// Title of the convention.
    pub title: &'a str,
    /// The day it speaks of.
    pub day: NaiveDate,
    /// Acts, in order of the sheet `Enti`.
    pub acts: Vec<RegisterRow>,
    /// Days not to be missed.
    pub deadlines: Vec<Deadline>,
    /// The year whose services are counted.
    pub year: i32,
    /// Fees, in order of the sheet `Enti`.
    pub fees: Vec<RegisterFee>,
    /// Services of the bodies, in order of body and catalogue.
    pub services: Vec<RegisterService>,
    /// Cells that are empty and should not be.
    pub missing: Vec<RegisterMissing>,
    /// Invoices, credit notes and requests of payment, in order of number.
    pub bills: Vec<RegisterBill>,
    /// All findings.
    pub findings: &'a [Diagnostic],
}

/// A file of an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFile {
    /// "pdf", "docx", "html".
    pub format: EcoString,
    /// Path from the register's folder, with slashes.
    pub path: EcoString,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 in hexadecimal.
    pub sha256: EcoString,
}

/// Where the deliberation of a body stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterDeliberation {
    /// Number.
    pub number: Option<String>,
    /// Day of the session.
    pub date: Option<NaiveDate>,
}

/// Whether an act was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// Written, as these files.
    Produced(Vec<RegisterFile>),
    /// Withheld for these reasons, in Italian.
    Withheld(Vec<String>),
    /// Left by an earlier run, and of no body of this one for this reason, in Italian.
    Left(String),
}

/// A body as the rows of the register name it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterBody {
    /// Code of the body.
    pub code: EcoString,
    /// Name of the body.
    pub name: EcoString,
}

/// An act of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// Whose it is.
    pub body: RegisterBody,
    /// Name of the act: "convenzione".
    pub act: EcoString,
    /// What of its kind it is about, such as the service asked for; empty where there is one act of the kind.
    pub subject: EcoString,
    /// What became of it.
    pub outcome: Outcome,
    /// The body's bundle, from the register's folder.
    pub bundle: Option<EcoString>,
    /// Where the body stands; nothing for the lead body and for who adheres through its Union.
    pub standing: Option<Standing>,
    /// The body's deliberation.
    pub deliberation: RegisterDeliberation,
    /// Who has signed of who was to: "firmato da 2 di 2"; empty where nothing signed came back.
    #[serde(default)]
    pub signatures: String,
}

/// What a body owes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisterFee {
    /// Who owes it.
    pub body: RegisterBody,
    /// Kind of body: "Comune".
    pub kind: String,
    /// How the sums come about, line by line: the fee of a year, then the services.
    pub lines: Vec<RegisterLine>,
    /// Its own fee of a year, whoever pays it; what of it its Union pays; what it pays for its members. Without VAT.
    pub parts: Option<RegisterParts>,
    /// What it pays of fees, by contract year.
    pub years: Vec<RegisterYear>,
    /// What it pays for services in the year of reference, without VAT.
    pub services: Option<Money>,
    /// What there is to say: who pays instead, why there is no sum.
    pub note: String,
}

/// The parts of a fee of a year in which a Union has a hand: own − by the Union + for members is what is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterParts {
    /// The body's own fee.
    pub own: Money,
    /// What its Union pays of it.
    pub by_union: Money,
    /// What it pays for its members.
    pub for_members: Money,
}

/// A line of a computation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RegisterLine {
    /// What it is part of: "quota", "servizi 2026".
    pub part: String,
    /// What is charged, in Italian.
    pub what: String,
    /// How many.
    pub quantity: Option<Decimal>,
    /// Euro for each.
    pub price: Option<Decimal>,
    /// Discount in percent.
    pub discount: Option<Decimal>,
    /// The sum of a year without VAT; nothing where it is not known.
    pub amount: Option<Money>,
    /// How it comes about or why it is not known, where the figures do not say it.
    pub note: String,
    /// The cells of the workbook it rests on: "Enti!N4, Fasce!D2".
    pub cells: String,
}

/// The share of a contract year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterYear {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
}

/// A service of a body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterService {
    /// Whose it is.
    pub body: RegisterBody,
    /// Code of the service.
    pub code: String,
    /// Name of the service.
    pub name: String,
    /// How it is paid: "incluso".
    pub pricing: String,
    /// Where it stands.
    pub state: ServiceState,
    /// First day of use.
    pub since: Option<NaiveDate>,
    /// Day of the notice.
    pub notice: Option<NaiveDate>,
    /// Last day of use.
    pub until: Option<NaiveDate>,
    /// Last year for which it was confirmed.
    pub confirmed: Option<i32>,
    /// How many.
    pub quantity: Option<u64>,
    /// The rows of `Richieste` it rests on: "righe 2, 7".
    pub rows: String,
}

/// A cell that is empty and should not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterMissing {
    /// Whose acts it concerns; empty for all.
    pub body: RegisterBody,
    /// Sheet of the workbook.
    pub sheet: String,
    /// Cell: "F7"; empty where the whole row or column is not there.
    pub cell: String,
    /// Column, or field of `Convenzione`.
    pub column: String,
    /// What goes there.
    pub meaning: String,
    /// Where it is wanted: acts and rules.
    pub wanted_by: String,
    /// How grave it is that it is missing.
    pub severity: Severity,
    /// What to do.
    pub hint: String,
}

/// Cells of a sheet from which on its rows wait in a temporary file, not in memory, with texts and links in their cells. What
/// the sheet says is the same.
const LARGE: usize = 50_000;

/// Writes the register.
///
/// # Errors
/// What the library refuses: in practice a day before 1900, or a temporary file for a large sheet.
pub fn register(it: &Register<'_>) -> Result<Vec<u8>, XlsxError> {
    written(it, LARGE)
}

/// Writes the register piece by piece. What it says is dropped first: of a large one the sheets wait in files.
///
/// # Errors
/// As [`register`], and what `out` refuses.
pub fn stream(it: Register<'_>, out: impl Write + Send) -> Result<(), XlsxError> {
    let mut workbook = sheets_of(&it, LARGE)?;
    drop(it);
    workbook.save_to_writer(out)
}

fn written(it: &Register<'_>, large: usize) -> Result<Vec<u8>, XlsxError> {
    sheets_of(it, large)?.save_to_buffer()
}

fn sheets_of(it: &Register<'_>, large: usize) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(it.title)?);
    let formats = grid::Formats::new();
    let page = grid::Page { title: it.title, day: it.day };
    sheets::each(it, |grid| {
        if grid.rows.count().saturating_mul(grid.columns.len()) >= large {
            grid::write(workbook.add_worksheet_with_constant_memory()?, &formats, &page, grid, Links::Inside)
        } else {
            grid::write(workbook.add_worksheet(), &formats, &page, grid, Links::Beside)
        }
    })?;
    Ok(workbook)
}

#[cfg(test)]
mod tests;
