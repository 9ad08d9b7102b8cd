//! What a run of bills did, as values, for the face that tells it; and the registers of what was issued.

use chrono::NaiveDate;
use serde::Serialize;

use super::ledger::Ledger;
use super::{Bills, FOLDER};
use crate::billing::{Made, State, Withheld};
use crate::diagnostic::{Diagnostic, Summary};
use crate::dossier::{Body, Dossier};
use crate::emit::register;
use crate::money::Money;
use crate::pipeline::store::{RunError, write_atomically};
use crate::pipeline::write::report::{self, Facts};
use crate::pipeline::{Checked, RunReport};
use crate::schema::BillKind;

/// What became of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BillState {
    /// Issued now; in a preview, to be issued.
    New,
    /// Issued before.
    Issued,
    /// An error withholds it.
    Withheld,
}

/// A bill of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BillOutcome {
    /// Code of the payer.
    pub body: String,
    /// Name of the payer.
    pub name: String,
    /// What it is.
    pub kind: BillKind,
    /// Its number; nothing for what is withheld.
    pub number: Option<String>,
    /// Its day.
    pub date: Option<NaiveDate>,
    /// What became of it.
    pub state: BillState,
    /// How many lines it has.
    pub lines: usize,
    /// Sum without VAT; in a credit note what is given back, positive.
    pub base: Money,
    /// VAT.
    pub vat: Money,
    /// Sum and VAT.
    pub total: Money,
    /// What the payer pays the seller.
    pub to_pay: Money,
    /// Last day of payment; nothing in a credit note.
    pub due: Option<NaiveDate>,
    /// Number of the invoice that it corrects.
    pub corrects: Option<String>,
    /// Its FatturaPA file, from the run's folder.
    pub file: Option<String>,
    /// Its readable copy, from the run's folder.
    pub copy: Option<String>,
    /// Codes of the errors that withhold it.
    pub reasons: Vec<&'static str>,
}

/// Counts and sums of a run. Sums are of the new bills, credit notes taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BillSummary {
    /// Bills issued now.
    pub new: usize,
    /// Bills issued before.
    pub issued: usize,
    /// Bills withheld.
    pub withheld: usize,
    /// Sum without VAT.
    pub base: Money,
    /// VAT.
    pub vat: Money,
    /// Sum and VAT.
    pub total: Money,
    /// What is to come in.
    pub to_pay: Money,
    /// Findings.
    #[serde(flatten)]
    pub findings: Summary,
}

/// The report of a run, schema `scrivano/invoices/1`.
#[derive(Debug, Clone, Serialize)]
pub struct BillReport {
    /// `scrivano/invoices/1`.
    pub schema: &'static str,
    /// File name of the workbook.
    pub workbook: String,
    /// The year charged.
    pub year: i32,
    /// Counts.
    pub summary: BillSummary,
    /// Bills, in order of body.
    pub bills: Vec<BillOutcome>,
    /// The findings of billing; those of the workbook are `controlla`'s.
    pub diagnostics: Vec<Diagnostic>,
}

/// The report of bills.
pub fn of(dossier: &Dossier, bills: &Bills, folders: &[String]) -> BillReport {
    let it = &bills.billing;
    let new = || it.made.iter().filter(|made| made.state == State::New);
    let sum = |of: fn(&crate::bill::Totals) -> Money| {
        new().fold(Money::ZERO, |sum, made| {
            let amount = of(&made.bill.totals());
            if made.bill.kind == BillKind::NotaCredito { sum - amount } else { sum + amount }
        })
    };
    let summary = BillSummary {
        new: new().count(),
        issued: it.made.len() - new().count(),
        withheld: it.withheld.len(),
        base: sum(|totals| totals.base),
        vat: sum(|totals| totals.vat),
        total: sum(|totals| totals.total),
        to_pay: sum(|totals| totals.to_pay),
        findings: Summary::of(&it.diagnostics),
    };
    let made = it.made.iter().map(|made| outcome(made, folders));
    let withheld = it.withheld.iter().map(|it| withheld(it, dossier));
    BillReport {
        schema: "scrivano/invoices/1",
        workbook: dossier.workbook.to_string(),
        year: bills.year,
        summary,
        bills: made.chain(withheld).collect(),
        diagnostics: it.diagnostics.clone(),
    }
}

fn outcome(made: &Made, folders: &[String]) -> BillOutcome {
    let bill = &made.bill;
    let totals = bill.totals();
    BillOutcome {
        body: bill.payer.code.clone(),
        name: bill.payer.name.clone(),
        kind: bill.kind,
        number: Some(bill.number.clone()),
        date: Some(bill.date),
        state: if made.state == State::New { BillState::New } else { BillState::Issued },
        lines: bill.lines.len(),
        base: totals.base,
        vat: totals.vat,
        total: totals.total,
        to_pay: totals.to_pay,
        due: Some(bill.payment.due).filter(|_| bill.kind != BillKind::NotaCredito),
        corrects: made.entry.corrects.clone(),
        file: bill.file_name().map(|name| format!("{FOLDER}/{name}")),
        copy: folders.get(bill.body).map(|folder| format!("{folder}/{}.pdf", bill.stem())),
        reasons: Vec::new(),
    }
}

fn withheld(it: &Withheld, dossier: &Dossier) -> BillOutcome {
    let body = dossier.bodies.get(it.body);
    BillOutcome {
        body: body.map_or("", Body::code).to_owned(),
        name: body.map_or("", Body::name).to_owned(),
        kind: it.kind,
        number: it.number.clone(),
        date: None,
        state: BillState::Withheld,
        lines: 0,
        base: it.base,
        vat: Money::ZERO,
        total: it.base,
        to_pay: it.base,
        due: None,
        corrects: None,
        file: None,
        copy: None,
        reasons: it.reasons.clone(),
    }
}

/// Writes the CSV for accounting programs, of all that was issued in this folder.
///
/// # Errors
/// The disk refuses.
pub fn write(ledger: &Ledger, bills: &Bills) -> Result<(), RunError> {
    if ledger.bills().is_empty() {
        return Ok(());
    }
    let csv = register::csv(ledger.bills())?;
    write_atomically(&bills.root.join(FOLDER).join("registro-iva.csv"), &csv).map(|_| ())
}

/// Writes `registro.xlsx` again, with what is issued now in its VAT register. The acts are those of the last whole run of
/// `genera` in the folder; none where there was none.
///
/// # Errors
/// The disk refuses.
pub fn refresh_register(checked: &Checked, dossier: &Dossier, ledger: &Ledger, bills: &Bills) -> Result<(), RunError> {
    if ledger.bills().is_empty() {
        return Ok(());
    }
    let earlier = std::fs::read(bills.root.join("esito.json")).ok();
    let earlier: Option<RunReport> = earlier.and_then(|json| serde_json::from_slice(&json).ok());
    let mut run = earlier.unwrap_or_else(|| RunReport::without_acts(dossier, &checked.diagnostics));
    for act in &mut run.acts {
        act.index = dossier.bodies.iter().position(|body| body.code() == act.body).unwrap_or(usize::MAX);
    }
    let facts = Facts::of(&run, dossier, &checked.withheld, ledger.bills().to_vec());
    let bytes = report::workbook(&run, facts)?;
    write_atomically(&bills.root.join("registro.xlsx"), &bytes).map(|_| ())
}
