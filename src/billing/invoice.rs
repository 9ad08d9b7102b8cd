//! An issued invoice as far as its credit notes go (INV-10), and how a bill made again compares with what is on record of
//! it. Used by `account`.

use super::register::Known;
use crate::bill::{Bill, BillLine, Tax};
use crate::diagnostic::Diagnostic;
use crate::dossier::Body;
use crate::money::Money;
use crate::place::Place;

/// An issued invoice, as far as credit notes go.
#[derive(Debug, Clone)]
pub struct Invoice<'a> {
    /// Its row.
    pub known: &'a Known,
    /// Its data changed since.
    pub has_changed: bool,
    /// Its sum without VAT.
    pub base: Money,
    /// The VAT of its lines; several where they differ.
    pub taxes: Vec<Tax>,
    /// The stamp duty in its base.
    pub stamp: Money,
    /// What its credit notes give back so far.
    pub credited: Money,
}

/// The last invoice with this number.
pub fn find<'i, 'a>(invoices: &'i mut [Invoice<'a>], number: &str) -> Option<&'i mut Invoice<'a>> {
    invoices.iter_mut().rev().find(|it| it.known.number.trim() == number.trim())
}

/// How lines stand towards VAT, each way once.
pub fn taxes(lines: &[BillLine]) -> Vec<Tax> {
    let mut taxes: Vec<Tax> = Vec::new();
    for line in lines {
        if !taxes.contains(&line.tax) {
            taxes.push(line.tax.clone());
        }
    }
    taxes
}

pub fn earlier(payer: &Body, note: &Known, invoice: &str) -> Diagnostic {
    let message = format!("la nota n. {} è anteriore alla fattura n. {invoice} che rettifica", note.number);
    let told = Diagnostic::new("INV-10", note.place.clone(), message).body(payer.code());
    told.hint("correggere la data, o la fattura collegata")
}

/// INV-10: a credit note without its invoice.
pub fn no_invoice(payer: &Body, number: Option<&str>, place: &Place) -> Diagnostic {
    let message = match number {
        Some(number) => {
            format!("la nota di credito rettifica la fattura n. {number}, che il registro di «{}» non ha", payer.name())
        }
        None => format!("la nota di credito per «{}» non dice quale fattura rettifica", payer.name()),
    };
    let told = Diagnostic::new("INV-10", place.clone(), message).body(payer.code());
    told.hint("scrivere in «fattura_collegata» il numero di una fattura emessa all’ente per lo stesso anno")
}

/// Counts the credit; INV-10 where the credit notes of an invoice go beyond it.
pub fn excessive(
    invoice: &mut Invoice<'_>,
    lines: &[BillLine],
    number: &str,
    place: &Place,
    payer: &Body,
) -> Option<Diagnostic> {
    let sum: Money = lines.iter().map(|line| line.amount).sum();
    if sum <= Money::ZERO || invoice.credited + sum > invoice.base {
        let which = if number.is_empty() { "la nota di credito".to_owned() } else { format!("la nota n. {number}") };
        let left = invoice.base - invoice.credited;
        let message = format!("{which} accredita {sum}, ma della fattura n. {} restano {left}", invoice.known.number);
        let told = Diagnostic::new("INV-10", place.clone(), message).body(payer.code());
        return Some(told.hint("correggere «imponibile» della nota di credito"));
    }
    invoice.credited = invoice.credited + sum;
    None
}

/// How a bill made again compares with what is on record of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// The same, or nothing to compare with.
    Same,
    /// The same sums to the same payer, with other particulars.
    Dressed,
    /// Something else.
    Other,
}

/// INV-03: the sum in the register is not that of the document, whose print the row still has.
pub fn other_base(payer: &Body, known: &Known, written: Money, issued: Money) -> Diagnostic {
    let message = format!("nel registro il n. {} ha imponibile {written}, ma fu emesso per {issued}", known.number);
    let told = Diagnostic::new("INV-03", known.place.clone(), message).body(payer.code());
    told.hint("rimettere l’importo della fattura emessa: una differenza si corregge con una nota di credito")
}

/// Compares a bill made again with what is on record of it.
pub fn likeness(known: &Known, bill: &Bill) -> Likeness {
    let print = crate::bill::Print::of(bill);
    match &known.print {
        Some(of_record) if *of_record == print => Likeness::Same,
        Some(of_record) if of_record.has_substance_of(&print) => Likeness::Dressed,
        Some(_) => Likeness::Other,
        None if known.base.is_some_and(|base| base != bill.totals().base) => Likeness::Other,
        None => Likeness::Same,
    }
}
