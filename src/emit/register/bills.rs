//! The bills as the accountant reads them: the VAT register with its sums by month, the requests outside VAT, and the same
//! rows as CSV for the import in accounting programs. Credit notes are negative everywhere. Rows come from plain values
//! made by `pipeline`.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::grid::{Cell, Grid, Lines};
use super::sheets::columns;
use crate::bill::{Bill, Entry, Nature, Summary, Totals};
use crate::emit::EmitError;
use crate::money::Money;
use crate::schema::BillKind;

/// Names of the sheets.
const VAT: &str = "Registro IVA";
const SUMS: &str = "Riepilogo IVA";
const REQUESTS: &str = "Richieste di versamento";

/// A bill of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterBill {
    /// Its row in the sheet `Fatture`.
    pub entry: Entry,
    /// Its sums, positive also in a credit note.
    pub totals: Totals,
    /// The payer pays VAT to the State.
    pub split: bool,
    /// The stamp duty that it bears.
    pub stamp: Option<Money>,
    /// Fiscal code of the payer.
    pub tax_code: Option<String>,
    /// VAT number of the payer.
    pub vat_number: Option<String>,
    /// Last day of payment; nothing in a credit note.
    pub due: Option<NaiveDate>,
    /// The XML file, from the register's folder.
    pub file: Option<String>,
    /// The readable copy, from the register's folder.
    pub copy: Option<String>,
}

impl RegisterBill {
    /// The row of a bill: its row of the register, and its files from the register's folder.
    pub fn of(bill: &Bill, entry: Entry, file: Option<String>, copy: Option<String>) -> Self {
        Self {
            entry,
            totals: bill.totals(),
            split: bill.split,
            stamp: bill.stamp,
            tax_code: bill.payer.tax_code.clone(),
            vat_number: bill.payer.vat_number.clone(),
            due: (bill.kind != BillKind::NotaCredito).then_some(bill.payment.due),
            file,
            copy,
        }
    }

    /// An amount with the sign of the document.
    fn signed(&self, amount: Money) -> Money {
        if self.entry.kind == BillKind::NotaCredito { Money::ZERO - amount } else { amount }
    }

    /// Its rows: one for each rate and nature.
    fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.totals.summaries.iter().enumerate().map(|(index, it)| Row {
            bill: self,
            summary: it,
            base: self.signed(it.base),
            vat: self.signed(it.vat),
            total: self.signed(it.base + it.vat),
            to_pay: self.signed(if self.split { it.base } else { it.base + it.vat }),
            // Of the document, so that it counts once.
            stamp: self.stamp.filter(|_| index == 0).map(|stamp| self.signed(stamp)),
        })
    }
}

/// A row: a rate and nature of a bill.
#[derive(Clone, Copy)]
struct Row<'a> {
    bill: &'a RegisterBill,
    summary: &'a Summary,
    base: Money,
    vat: Money,
    total: Money,
    to_pay: Money,
    stamp: Option<Money>,
}

/// "sì", "no".
fn yes(it: bool) -> &'static str {
    if it { "sì" } else { "no" }
}

fn nature(it: Option<Nature>) -> String {
    it.map_or_else(String::new, |nature| format!("{} {}", nature.code(), nature.italian()))
}

/// By day, then in the order given.
fn sorted(bills: &[RegisterBill], is_wanted: impl Fn(BillKind) -> bool) -> Vec<&RegisterBill> {
    let mut found: Vec<_> = bills.iter().filter(|bill| is_wanted(bill.entry.kind)).collect();
    found.sort_by_key(|bill| bill.entry.date);
    found
}

fn is_in_vat_register(kind: BillKind) -> bool {
    matches!(kind, BillKind::Fattura | BillKind::NotaCredito)
}

/// The sheets of the bills; none where there are no bills.
pub(super) fn sheets(bills: &[RegisterBill]) -> Vec<Grid<'_>> {
    let (taxed, requests) = (sorted(bills, is_in_vat_register), sorted(bills, |kind| kind == BillKind::Richiesta));
    let mut grids = Vec::new();
    if !taxed.is_empty() {
        grids.push(register(&taxed));
        grids.push(sums(&taxed));
    }
    if !requests.is_empty() {
        grids.push(outside(&requests));
    }
    grids
}

fn money(amount: Option<Money>) -> Cell<'static> {
    amount.map_or(Cell::Empty, Cell::Money)
}

fn optional(text: Option<&str>) -> Cell<'_> {
    text.map_or(Cell::Empty, Cell::text)
}

fn file<'a>(path: Option<&'a String>, text: &'static str) -> Cell<'a> {
    path.map_or(Cell::Empty, |path| Cell::File(path, text.into()))
}

fn register<'a>(bills: &[&'a RegisterBill]) -> Grid<'a> {
    let row = |it: Row<'a>| {
        let (bill, entry) = (it.bill, &it.bill.entry);
        vec![
            Cell::Day(entry.date),
            Cell::text(entry.number.as_str()),
            Cell::text(entry.kind.italian()),
            Cell::text(entry.name.as_str()),
            Cell::text(entry.body.as_str()),
            optional(bill.tax_code.as_deref()),
            optional(bill.vat_number.as_deref()),
            Cell::Money(it.base),
            Cell::Decimal(it.summary.tax.rate),
            Cell::text(nature(it.summary.tax.nature)),
            Cell::Money(it.vat),
            Cell::Money(it.total),
            Cell::text(yes(bill.split)),
            Cell::Money(it.to_pay),
            money(it.stamp),
            Cell::day(bill.due),
            optional(entry.corrects.as_deref()),
            file(bill.file.as_ref(), "XML"),
            file(bill.copy.as_ref(), "PDF"),
        ]
    };
    Grid {
        name: VAT,
        columns: columns([
            ("data", 12.0),
            ("numero", 14.0),
            ("tipo", 16.0),
            ("ente", 36.0),
            ("codice", 16.0),
            ("codice fiscale", 14.0),
            ("partita IVA", 14.0),
            ("imponibile", 14.0),
            ("aliquota %", 10.0),
            ("natura", 16.0),
            ("imposta", 13.0),
            ("totale", 14.0),
            ("scissione", 11.0),
            ("da pagare", 14.0),
            ("bollo", 10.0),
            ("scadenza", 12.0),
            ("fattura rettificata", 14.0),
            ("file", 8.0),
            ("copia", 8.0),
        ]),
        rows: Lines::of(bills.iter().flat_map(|bill| bill.rows()), row),
        totals: vec![7, 10, 11, 13, 14],
        nothing: "",
    }
}

/// The sums by month, rate, nature and split payment: with the filters, those of a quarter or of a year.
fn sums<'a>(bills: &[&'a RegisterBill]) -> Grid<'a> {
    type Key = (i32, u32, std::cmp::Reverse<Decimal>, Option<Nature>, bool);
    #[derive(Default, Clone, Copy)]
    struct Sum {
        documents: i64,
        base: Money,
        vat: Money,
        to_pay: Money,
    }
    let mut sums: BTreeMap<Key, Sum> = BTreeMap::new();
    for it in bills.iter().flat_map(|bill| bill.rows()) {
        let (day, tax) = (it.bill.entry.date, &it.summary.tax);
        let key = (day.year(), day.month(), std::cmp::Reverse(tax.rate), tax.nature, it.bill.split);
        let sum = sums.entry(key).or_default();
        sum.documents += 1;
        sum.base = sum.base + it.base;
        sum.vat = sum.vat + it.vat;
        sum.to_pay = sum.to_pay + it.to_pay;
    }
    let row = |((year, month, rate, kind, split), sum): (Key, Sum)| {
        vec![
            Cell::text(format!("{year}-{month:02}")),
            Cell::text(format!("{year}")),
            Cell::text(format!("{}° trimestre", month.div_ceil(3))),
            Cell::Decimal(rate.0),
            Cell::text(nature(kind)),
            Cell::text(yes(split)),
            Cell::Count(sum.documents),
            Cell::Money(sum.base),
            Cell::Money(sum.vat),
            Cell::Money(sum.base + sum.vat),
            Cell::Money(sum.to_pay),
            // What the payers pay to the State is not the seller's to pay.
            Cell::Money(if split { Money::ZERO } else { sum.vat }),
        ]
    };
    Grid {
        name: SUMS,
        columns: columns([
            ("mese", 12.0),
            ("anno", 8.0),
            ("trimestre", 14.0),
            ("aliquota %", 10.0),
            ("natura", 16.0),
            ("scissione", 11.0),
            ("documenti", 12.0),
            ("imponibile", 14.0),
            ("imposta", 13.0),
            ("totale", 14.0),
            ("da pagare", 14.0),
            ("imposta a debito", 13.0),
        ]),
        rows: Lines::of(sums, row),
        totals: vec![7, 8, 9, 10, 11],
        nothing: "",
    }
}

fn outside<'a>(bills: &[&'a RegisterBill]) -> Grid<'a> {
    let row = |bill: &'a RegisterBill| {
        let entry = &bill.entry;
        vec![
            Cell::Day(entry.date),
            Cell::text(entry.number.as_str()),
            Cell::text(entry.name.as_str()),
            Cell::text(entry.body.as_str()),
            optional(bill.tax_code.as_deref()),
            Cell::Money(bill.totals.total),
            Cell::day(bill.due),
            file(bill.copy.as_ref(), "PDF"),
        ]
    };
    Grid {
        name: REQUESTS,
        columns: columns([
            ("data", 12.0),
            ("numero", 14.0),
            ("ente", 36.0),
            ("codice", 16.0),
            ("codice fiscale", 14.0),
            ("importo", 14.0),
            ("scadenza", 12.0),
            ("documento", 12.0),
        ]),
        rows: Lines::of(bills.iter().copied(), row),
        totals: vec![5],
        nothing: "",
    }
}

/// Header of the CSV; the guide says what each column holds.
const HEADER: [&str; 22] = [
    "tipo",
    "numero",
    "data",
    "anno",
    "codice_ente",
    "denominazione",
    "codice_fiscale",
    "partita_iva",
    "imponibile",
    "aliquota",
    "natura",
    "norma",
    "imposta",
    "totale",
    "scissione_pagamenti",
    "da_pagare",
    "bollo",
    "scadenza",
    "cig",
    "cup",
    "fattura_collegata",
    "file",
];

/// The bills for the import in accounting programs: a row for each rate and nature of each document, requests of payment
/// among them; fields apart by `;`, decimal comma, days as dd/mm/yyyy, UTF-8 with its mark, lines ended by CR LF. A text
/// that a spreadsheet would take for a formula begins with an apostrophe.
///
/// # Errors
/// Never on memory.
pub fn csv(bills: &[RegisterBill]) -> Result<Vec<u8>, EmitError> {
    let out = "\u{feff}".as_bytes().to_vec();
    let mut table = csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(out);
    let wrong = |error: csv::Error| EmitError::Xml(std::io::Error::other(error));
    table.write_record(HEADER).map_err(wrong)?;
    for it in sorted(bills, |kind| kind != BillKind::Annullata).into_iter().flat_map(RegisterBill::rows) {
        let (bill, entry, tax) = (it.bill, &it.bill.entry, &it.summary.tax);
        let text = |text: Option<&str>| harmless(text.unwrap_or_default());
        let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.format("%d/%m/%Y").to_string());
        let figure = |amount: Money| comma(amount.decimal());
        let record = [
            entry.kind.italian().to_owned(),
            harmless(&entry.number),
            day(Some(entry.date)),
            entry.year.to_string(),
            harmless(&entry.body),
            harmless(&entry.name),
            text(bill.tax_code.as_deref()),
            text(bill.vat_number.as_deref()),
            figure(it.base),
            comma(tax.rate),
            tax.nature.map_or("", Nature::code).to_owned(),
            harmless(&tax.law),
            figure(it.vat),
            figure(it.total),
            yes(bill.split).to_owned(),
            figure(it.to_pay),
            it.stamp.map_or_else(String::new, figure),
            day(bill.due),
            text(entry.cig.as_deref()),
            text(entry.cup.as_deref()),
            text(entry.corrects.as_deref()),
            text(bill.file.as_deref().or(bill.copy.as_deref())),
        ];
        table.write_record(&record).map_err(wrong)?;
    }
    table.into_inner().map_err(|error| EmitError::Xml(std::io::Error::other(error.to_string())))
}

/// A figure with two decimals and a comma, without points.
fn comma(value: Decimal) -> String {
    let mut value = value;
    value.rescale(2);
    value.to_string().replace('.', ",")
}

/// A text on one line that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    let line = text.split(char::is_control).collect::<Vec<_>>().join(" ");
    let line = line.trim();
    if line.starts_with(['=', '+', '-', '@', '|', '%']) { format!("'{line}") } else { line.to_owned() }
}

#[cfg(test)]
mod tests;
