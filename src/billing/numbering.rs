//! New bills numbered after those of the register, and what keeps them from being issued: INV-01…08 on each, and the order
//! of days (INV-02). A bill that is withheld takes no number.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::account::Fresh;
use super::document::Making;
use super::register::{Known, Letters, Register};
use super::series::{self, Mark, Series};
use super::{Billed, Billing, Made, State, Withheld, due, party};
use crate::bill::Entry;
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::Body;
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::BillKind;

/// Largest total that the format holds, in euro (eleven figures).
const LARGEST: i64 = 99_999_999_999;

/// The series of each kind and year, in the order in which the register opens them.
pub fn letters(register: &Register) -> Letters {
    let mut letters = Letters::new();
    for known in &register.known {
        if let Some(mark) = known.mark.as_ref().filter(|mark| !letters.contains_key(&mark.series)) {
            let nth = nth(&letters, known.kind, mark.series.year);
            letters.insert(mark.series.clone(), (group(known.kind), nth));
        }
    }
    letters
}

fn group(kind: BillKind) -> BillKind {
    if kind == BillKind::NotaCredito { kind } else { BillKind::Fattura }
}

fn nth(letters: &Letters, kind: BillKind, year: i32) -> usize {
    letters.iter().filter(|(series, (of, _))| series.year == year && *of == group(kind)).count()
}

/// The five characters of the file of an issued bill.
pub fn sending_of(register: &Register, known: &Known) -> Option<String> {
    let mark = known.mark.as_ref()?;
    let (kind, nth) = register.letters.get(&mark.series).copied()?;
    series::sending(mark, kind, nth)
}

/// The series that new bills of each kind go on, and the last counter given in it.
struct Counters {
    letters: Letters,
    by_kind: BTreeMap<BillKind, Series>,
    last: BTreeMap<Series, u64>,
}

impl Counters {
    fn of(register: &Register, year: i32) -> Self {
        let mut last: BTreeMap<Series, u64> = BTreeMap::new();
        for mark in register.known.iter().filter_map(|known| known.mark.as_ref()) {
            let counter = last.entry(mark.series.clone()).or_default();
            *counter = (*counter).max(mark.counter);
        }
        Self { letters: register.letters.clone(), by_kind: by_kind(register, year), last }
    }

    fn series(&self, kind: BillKind, year: i32) -> Series {
        self.by_kind.get(&kind).cloned().unwrap_or_else(|| Series::usual(kind, year))
    }

    fn next(&mut self, kind: BillKind, year: i32) -> (Mark, Option<String>) {
        let series = self.series(kind, year);
        let counter = self.last.entry(series.clone()).or_default();
        *counter = counter.saturating_add(1);
        let mark = Mark { series: series.clone(), counter: *counter };
        let nth = nth(&self.letters, kind, year);
        let (group, nth) = *self.letters.entry(series).or_insert((group(kind), nth));
        let sending = series::sending(&mark, group, nth);
        (mark, sending)
    }
}

/// For each kind, the series of its last bill, brought to this year.
fn by_kind(register: &Register, year: i32) -> BTreeMap<BillKind, Series> {
    let mut latest = BTreeMap::new();
    for known in register.known.iter().filter(|known| known.kind != BillKind::Annullata) {
        if let Some(mark) = &known.mark {
            latest.insert(known.kind, mark.series.in_year(year));
        }
    }
    latest
}

/// Numbers what can be issued, and says what cannot.
pub fn issue(it: &Billed<'_>, register: &Register, seller: &Body, fresh: Vec<Fresh>, billing: &mut Billing) {
    let today = it.dossier.today;
    let year = today.year();
    let invoices = fresh.iter().any(|bill| bill.kind != BillKind::Richiesta);
    let mut of_seller = Vec::new();
    if !fresh.is_empty() {
        party::seller_faults(seller, invoices, &mut of_seller);
    }
    let of_all: Vec<&'static str> = codes(&of_seller);
    billing.diagnostics.append(&mut of_seller);
    let mut counters = Counters::of(register, year);
    let blocked = blocked(register, &counters, &fresh, it, billing);
    if it.year > year.saturating_add(1) && !fresh.is_empty() {
        let message = format!("si addebita il {}, ma siamo nel {year}", it.year);
        let told = Diagnostic::new("INV-04", it.dossier.convention.place.clone(), message).severity(Severity::Warning);
        billing.diagnostics.push(told.hint("controllare l’anno chiesto con «--anno»: un numero dato non si riprende"));
    }
    let mut told_of_due: BTreeSet<String> = BTreeSet::new();
    for bill in fresh {
        let Some(payer) = it.dossier.bodies.get(bill.body) else { continue };
        let mut reasons: Vec<&'static str> = it.errors.get(bill.body).cloned().unwrap_or_default();
        reasons.extend(&of_all);
        let base: Money = bill.lines.iter().map(|line| line.amount).sum();
        if blocked.contains(&bill.kind) {
            reasons.push("INV-02");
            billing.withheld.push(Withheld { body: bill.body, kind: bill.kind, number: None, base, reasons });
            continue;
        }
        let mut found = Vec::new();
        party::payer_faults(payer, seller, bill.kind, &mut found);
        party::adhesion_fault(it.dossier, (bill.body, payer), &bill.place, &mut found);
        party::reference_faults(&bill.basis, &bill.place, payer, (bill.kind, today), &mut found);
        if base.decimal() > LARGEST.into() {
            let message = format!("il totale per «{}», {base}, non sta in una fattura elettronica", payer.name());
            let told = Diagnostic::new("INV-03", bill.place.clone(), message).body(payer.code());
            found.push(told.hint("controllare quantità e prezzi"));
        }
        reasons.extend(codes(&found));
        let due = due::due(it.dossier, payer, it.year, today);
        if let (Some((place, message, hint)), true) = (&due.fault, bill.kind != BillKind::NotaCredito) {
            // What is of the year and not of the payer is said once.
            let place = if place.is_none() { it.dossier.convention.place.clone() } else { place.clone() };
            if told_of_due.insert(message.clone()) {
                found.push(Diagnostic::new("INV-04", place, message.clone()).hint(*hint));
            }
        }
        billing.diagnostics.append(&mut found);
        reasons.sort_unstable();
        reasons.dedup();
        if !reasons.is_empty() {
            billing.withheld.push(Withheld { body: bill.body, kind: bill.kind, number: None, base, reasons });
            continue;
        }
        let (mark, sending) = counters.next(bill.kind, year);
        let number = mark.series.number(mark.counter);
        let making = Making {
            dossier: it.dossier,
            seller,
            payer,
            body: bill.body,
            year: it.year,
            kind: bill.kind,
            lines: bill.lines,
            basis: bill.basis,
            corrects: bill.corrects,
        };
        let made = making.bill(number, today, sending, &due);
        let entry = Entry::of(&made, bill.row, false);
        billing.made.push(Made { bill: made, entry, state: State::New });
    }
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().filter(|told| told.severity == Severity::Error).map(|told| told.code).collect()
}

/// The kinds in which nothing can be numbered: their series has faults, or has a later day than today.
fn blocked(
    register: &Register,
    counters: &Counters,
    fresh: &[Fresh],
    it: &Billed<'_>,
    billing: &mut Billing,
) -> BTreeSet<BillKind> {
    let today = it.dossier.today;
    let kinds: BTreeSet<BillKind> = fresh.iter().map(|bill| bill.kind).collect();
    let mut blocked = BTreeSet::new();
    for kind in kinds {
        let series = counters.series(kind, today.year());
        let of_series = |known: &&Known| known.mark.as_ref().is_some_and(|mark| mark.series == series);
        let last = register.known.iter().filter(of_series).map(|known| (known.date, known)).max_by_key(|(day, _)| *day);
        if let Some((day, known)) = last.filter(|(day, _)| *day > today) {
            let message = format!(
                "il n. {} è {}, dopo oggi: nessun numero può seguirlo con la data {}",
                known.number,
                date::after("del", day),
                date::after("del", today)
            );
            let told = Diagnostic::new("INV-02", known.place.clone(), message);
            billing.diagnostics.push(told.hint("correggere la data, o emettere da quel giorno in poi"));
            blocked.insert(kind);
        }
        let top = counters.last.get(&series).copied().unwrap_or(0).saturating_add(fresh.len() as u64);
        let mark = Mark { series: series.clone(), counter: top };
        let nth =
            counters.letters.get(&series).map_or_else(|| nth(&counters.letters, kind, today.year()), |(_, nth)| *nth);
        let too_long = series.number(top).chars().count() > super::register::LONGEST;
        if kind != BillKind::Richiesta && series::sending(&mark, kind, nth).is_none() || too_long {
            let message = format!(
                "dopo il n. {} i numeri o i nomi dei file non bastano",
                series.number(top.saturating_sub(fresh.len() as u64))
            );
            let told = Diagnostic::new("INV-02", Place::Sheet("Fatture".into()), message);
            billing.diagnostics.push(told.hint("cominciare una nuova serie, più corta: per esempio «1/B»"));
            blocked.insert(kind);
        }
        if register.is_unreadable || register.broken.contains(&series) {
            blocked.insert(kind);
        }
    }
    blocked
}
