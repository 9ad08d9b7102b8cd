//! What the lead body charges for a year: the bills already issued, as they were, and those to issue, numbered after them.
//! Knows the register, the sums that `fees` computed and the settings of the convention; nothing of formats, templates or
//! disk. Called by `pipeline`. Reports the INV rules.
//!
//! # How an issued bill stays what it was
//!
//! A bill charges what was known on its day and was not charged before. So an issued bill is made again from the requests
//! and withdrawals up to its day, and compared with its print in the register: where anything else of its data has changed
//! since, it differs, and INV-02 asks for a credit note. What came after it is for the next bills: services begun since for a
//! further invoice, services or adhesions ended since for a credit note that names it.
//!
//! # Decisions
//!
//! - A credit note asked for by a row (`nota credito`, `fattura_collegata`) gives back the sum of the row, else what is no
//!   longer owed, else the whole invoice. An invoice whose data were wrong and that was given back whole is made anew.
//! - Each kind has its series where the register has no other way: 12/2026, NC12/2026, RV12/2026. Numbers begin again each
//!   year of the document's day.

mod account;
mod by_hand;
mod cover;
mod document;
mod due;
mod invoice;
mod lines;
mod numbering;
mod party;
mod recorded;
mod register;
mod series;
mod tax;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::bill::{Bill, BillLine, Entry, Subject};
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::money::Money;
use crate::place::Place;
use crate::schema::BillKind;
use account::{Account, Fresh};
pub use lines::Snapshot;

/// How a bill came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// New: numbered now.
    New,
    /// Issued before, and made again as it was.
    Issued,
    /// Issued before, and its particulars (addresses, accounts, words) have changed since: what was written stays.
    Kept,
}

/// A bill, and how it came about.
#[derive(Debug, Clone)]
pub struct Made {
    /// The bill.
    pub bill: Bill,
    /// Its row in the register.
    pub entry: Entry,
    /// How it came about.
    pub state: State,
}

/// A bill that cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// Position of the payer.
    pub body: usize,
    /// What it would have been.
    pub kind: BillKind,
    /// Its number, where it was issued and its data have changed since.
    pub number: Option<String>,
    /// What it would have charged, without VAT.
    pub base: Money,
    /// Codes of the errors.
    pub reasons: Vec<&'static str>,
}

/// The bills of a year.
#[derive(Debug, Clone, Default)]
pub struct Billing {
    /// In order of body; for each invoices and requests first, by day.
    pub made: Vec<Made>,
    /// What errors withhold.
    pub withheld: Vec<Withheld>,
    /// Documents on record that the sheet lacks and that are not among the bills: of other years, or stopped.
    pub unregistered: Vec<Entry>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// What to bill from.
#[derive(Debug, Clone, Copy)]
pub struct Billed<'a> {
    /// The dossier.
    pub dossier: &'a Dossier,
    /// The year to charge.
    pub year: i32,
    /// What was known on each of [`days`], in order; the last is today.
    pub snapshots: &'a [Snapshot],
    /// What earlier runs issued in the same folder.
    pub ledger: &'a [Entry],
    /// For each body, the codes of the errors of its data that forbid to bill it.
    pub errors: &'a [Vec<&'static str>],
    /// Positions of the payers for whom new bills are wanted; `None` for all.
    pub only: Option<&'a [usize]>,
}

/// The days of which [`bills`] wants to know what was known: those of the issued bills of the year, and today. Where
/// something came in on the very day of a bill, the day before too: the bill may have gone out in the morning.
pub fn days(dossier: &Dossier, year: i32, ledger: &[Entry]) -> Vec<NaiveDate> {
    let of_sheet = dossier.invoices.iter().filter(|row| row.anno.copied() == u64::try_from(year).ok());
    let of_ledger = ledger.iter().filter(|past| past.year == year).map(|past| past.date);
    let mut days: BTreeSet<NaiveDate> = of_sheet.filter_map(|row| row.data.copied()).chain(of_ledger).collect();
    let requests = dossier.requests.iter().filter_map(|row| row.data.copied());
    let came: BTreeSet<NaiveDate> =
        requests.chain(dossier.bodies.iter().filter_map(|body| body.recesso_comunicato_il.copied())).collect();
    let mornings: Vec<NaiveDate> = days.intersection(&came).filter_map(|day| day.pred_opt()).collect();
    days.extend(mornings);
    days.remove(&dossier.today);
    days.into_iter().chain([dossier.today]).collect()
}

/// INV-02: what is wrong with the register of the sheet alone.
pub fn register_faults(dossier: &Dossier) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    register::read(dossier, &[], &mut found);
    found
}

/// The bills of a year.
pub fn bills(it: &Billed<'_>) -> Billing {
    let mut billing = Billing::default();
    let register = register::read(it.dossier, it.ledger, &mut billing.diagnostics);
    let Some(seller) = it.dossier.lead() else { return billing };
    // Who is looked at on the day of an issued bill: of all the others only today counts.
    let mut issued: BTreeMap<NaiveDate, BTreeSet<usize>> = BTreeMap::new();
    for known in register.known.iter().filter(|known| known.year == it.year) {
        for day in [Some(known.date), known.date.pred_opt()].into_iter().flatten() {
            issued.entry(day).or_default().extend(known.body);
        }
    }
    let (last, nobody) = (it.snapshots.len().saturating_sub(1), BTreeSet::new());
    let owed = |(n, known): (usize, &Snapshot)| {
        let payers = (n != last).then(|| issued.get(&known.day).unwrap_or(&nobody));
        (known.day, lines::owed(it.dossier, it.year, known, payers))
    };
    let owed: BTreeMap<NaiveDate, _> = it.snapshots.iter().enumerate().map(owed).collect();
    let mut mine: Vec<Vec<&register::Known>> = vec![Vec::new(); it.dossier.bodies.len()];
    for known in &register.known {
        if let Some(own) = known.body.and_then(|body| mine.get_mut(body)) {
            own.push(known);
        }
    }
    let mut fresh: Vec<Fresh> = Vec::new();
    for (body, mine) in mine.iter().enumerate() {
        for kind in [BillKind::Fattura, BillKind::Richiesta] {
            let owed: BTreeMap<NaiveDate, &[BillLine]> =
                owed.iter().map(|(day, all)| (*day, all.get(&(body, kind)).map_or(&[][..], Vec::as_slice))).collect();
            let account = Account { it, register: &register, mine, seller, body, kind, owed };
            account.settle(&mut billing, &mut fresh);
        }
    }
    unpriced(it, &mut billing.diagnostics);
    unequal(it, &mut billing.diagnostics);
    fresh.retain(|bill| it.only.is_none_or(|only| only.contains(&bill.body)));
    numbering::issue(it, &register, seller, fresh, &mut billing);
    let mut by_body: Vec<Made> = std::mem::take(&mut billing.made);
    by_body.sort_by_key(|made| made.bill.body);
    billing.made = by_body;
    billing.unregistered = unregistered(&register, it.ledger, &billing.made);
    let all: Vec<&Bill> = billing.made.iter().filter(|made| made.state == State::New).map(|made| &made.bill).collect();
    let mut found = Vec::new();
    tax::split_faults(it.dossier, &all, &mut found);
    tax::stamp_note(it.dossier, &all, &mut found);
    due::late(it.dossier, it.year, it.dossier.today, all.len(), &mut found);
    billing.diagnostics.append(&mut found);
    billing
}

fn unregistered(register: &register::Register, ledger: &[Entry], made: &[Made]) -> Vec<Entry> {
    let key = |number: &str, day: NaiveDate, kind: BillKind| (number.to_owned(), day, kind);
    let made: BTreeSet<_> = made.iter().map(|it| key(&it.bill.number, it.bill.date, it.bill.kind)).collect();
    let lacking = register.known.iter().filter(|known| !known.is_registered);
    let rows: BTreeMap<_, _> = lacking.map(|known| (key(&known.number, known.date, known.kind), known.row)).collect();
    let missing = ledger.iter().filter_map(|past| {
        let key = key(&past.number, past.date, past.kind);
        let row = rows.get(&key).filter(|_| !made.contains(&key))?;
        Some(Entry { row: *row, is_registered: false, ..past.clone() })
    });
    missing.collect()
}

/// INV-11: services in use whose price is not known stay out of the bills.
fn unpriced(it: &Billed<'_>, found: &mut Vec<Diagnostic>) {
    let Some(today) = it.snapshots.last() else { return };
    for (body, charges) in it.dossier.bodies.iter().zip(&today.charges) {
        for charge in charges {
            let Some(service) = it.dossier.services.get(charge.service) else { continue };
            // Without the regime of the convention FEE-07 is told.
            let untaxed =
                tax::of_service(it.dossier, service).is_none() && !it.dossier.convention.regime_iva.is_absent();
            let reason = charge.open.or(untaxed.then_some("manca la sua aliquota IVA"));
            let Some(reason) = reason else { continue };
            let name = service.nome.text().or(service.codice.text()).unwrap_or("senza nome");
            let message = format!("«{name}» di «{}» resta fuori dalle fatture del {}: {reason}", body.name(), it.year);
            let place = charge.places.first().cloned().unwrap_or(Place::None);
            let hint =
                "scrivere il prezzo, o ciò che manca, prima di emettere; se si paga per altra via non serve altro";
            found.push(Diagnostic::new("INV-11", place, message).hint(hint).body(body.code()));
        }
    }
}

/// INV-03: the lines of fees are the sums that the convention states for the year. It holds by construction where nobody
/// leaves; a bill that does not agree with the convention is worse than none, so it is looked at again.
fn unequal(it: &Billed<'_>, found: &mut Vec<Diagnostic>) {
    let Some(today) = it.snapshots.last().filter(|known| known.leaves.iter().all(Option::is_none)) else { return };
    let owed = lines::owed(it.dossier, it.year, today, None);
    let lead = it.dossier.lead_index();
    for (index, body) in it.dossier.bodies.iter().enumerate().filter(|(index, _)| Some(*index) != lead) {
        let Some(owes) = it.dossier.contribution(index) else { continue };
        let shares = owes.years.iter().filter(|share| chrono::Datelike::year(&share.from) == it.year);
        let stated: Money = shares.map(|share| share.net).sum();
        let of_fees = |kind| owed.get(&(index, kind)).into_iter().flatten().filter(|line| line.subject == Subject::Fee);
        let lines = of_fees(BillKind::Fattura).chain(of_fees(BillKind::Richiesta));
        let charged: Money = lines.map(|line| line.amount).sum();
        let has_regime = tax::of_fees(it.dossier).is_some();
        if charged != stated && has_regime {
            let message =
                format!("la quota del {} di «{}» è {stated}, ma le righe danno {charged}", it.year, body.name());
            let told = Diagnostic::new("INV-03", body.place.clone(), message).body(body.code());
            found.push(told.hint("è un difetto del programma: segnalarlo, e non emettere la fattura"));
        }
    }
}
