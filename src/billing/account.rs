//! The bills of one payer for a year: those issued, made again; what is owed beyond them; what is to be given back. INV-02
//! (an issued bill whose data changed), INV-03 (sums on record), INV-10 (credit notes).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::cover::{self, Covered};
use super::document::{self, Making};
use super::invoice::{Invoice, Likeness, earlier, excessive, find, likeness, no_invoice, other_base, taxes};
use super::register::{Draft, Known, Register, SpendingBasis};
use super::{Billed, Billing, Made, State, Withheld, due, numbering, tax};
use crate::bill::{Bill, BillLine, Entry, Named, Subject, Tax};
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::Body;
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::BillKind;

/// A bill to be issued, without number.
#[derive(Debug, Clone)]
pub struct Fresh {
    /// Position of the payer.
    pub body: usize,
    /// What it is.
    pub kind: BillKind,
    /// Its lines.
    pub lines: Vec<BillLine>,
    /// CIG, CUP, spending act.
    pub basis: SpendingBasis,
    /// The invoice that it corrects.
    pub corrects: Option<Named>,
    /// Row of the sheet to fill.
    pub row: Option<u32>,
    /// Where to look.
    pub place: Place,
}

/// A payer, and the kind of bill that asks it to pay.
pub struct Account<'a> {
    /// What to bill from.
    pub it: &'a Billed<'a>,
    /// The register.
    pub register: &'a Register,
    /// What of it is of the payer, in order of day and number.
    pub mine: &'a [&'a Known],
    /// Who charges.
    pub seller: &'a Body,
    /// Position of the payer.
    pub body: usize,
    /// Invoices, or requests of payment.
    pub kind: BillKind,
    /// What was owed, as known on each day; the last is today.
    pub owed: BTreeMap<NaiveDate, &'a [BillLine]>,
}

impl<'a> Account<'a> {
    /// Settles the account: bills made again go to `billing`, new ones to `fresh`.
    pub fn settle(&self, billing: &mut Billing, fresh: &mut Vec<Fresh>) {
        let Some(payer) = self.it.dossier.bodies.get(self.body) else { return };
        let mut covered = Covered::default();
        let mine: Vec<&'a Known> = self.mine.iter().copied().filter(|known| self.is_mine(known)).collect();
        let by_hand = self.kept_by_hand(payer, &mine, &mut covered, billing);
        let again = if by_hand.is_some() { Vec::new() } else { mine };
        let mut invoices: Vec<Invoice<'a>> = by_hand.unwrap_or_default();
        for known in again {
            if known.kind == BillKind::NotaCredito {
                self.credit_again(payer, known, &mut covered, &mut invoices, billing);
            } else {
                self.charge_again(payer, known, &mut covered, &mut invoices, billing);
            }
        }
        let today = self.it.snapshots.last().map(|known| self.owed_on(known.day)).unwrap_or_default();
        let mut noted: Vec<&str> = Vec::new();
        for draft in self.drafts().filter(|draft| draft.kind == Some(BillKind::NotaCredito)) {
            if let Some(note) = self.credit_asked(payer, draft, today, &covered, &mut invoices, billing) {
                noted.extend(draft.corrects.as_deref());
                fresh.push(note);
            }
        }
        // A base on record that is not above zero is no base: nothing can have been given back of it.
        let changed = invoices.iter().find(|it| it.has_changed && (it.credited < it.base || it.base <= Money::ZERO));
        if let Some(it) = changed {
            billing.diagnostics.push(self.changed(payer, it.known));
            billing.withheld.push(self.stopped(it.known, it.base));
            return;
        }
        for excess in covered.excess(today) {
            if !noted.contains(&excess.invoice.as_str()) {
                self.give_back(payer, excess, &invoices, billing, fresh);
            }
        }
        let lines = covered.missing(today);
        if !lines.is_empty() {
            let draft = self.drafts().find(|draft| draft.kind.is_none_or(|kind| kind == self.kind));
            let basis = draft.map(|draft| draft.basis.clone()).filter(|basis| !basis.is_empty());
            let place = draft.map_or_else(|| payer.place.clone(), |draft| draft.place.clone());
            let (body, kind) = (self.body, self.kind);
            let basis = basis.or_else(|| self.earlier_basis()).unwrap_or_default();
            fresh.push(Fresh { body, kind, lines, basis, corrects: None, row: draft.map(|draft| draft.row), place });
        }
    }

    fn is_mine(&self, known: &Known) -> bool {
        let kinds: &[BillKind] = match self.kind {
            BillKind::Richiesta => &[BillKind::Richiesta],
            _ => &[BillKind::Fattura, BillKind::NotaCredito],
        };
        known.year == self.it.year && kinds.contains(&known.kind)
    }

    /// The rows of this payer and year for what is to be issued; credit notes are a matter of invoices.
    fn drafts(&self) -> impl Iterator<Item = &'a Draft> {
        let (body, year, kind) = (self.body, self.it.year, self.kind);
        let fits = move |draft: &&Draft| match draft.kind {
            None => true,
            Some(BillKind::NotaCredito) => kind == BillKind::Fattura,
            Some(stated) => stated == kind,
        };
        self.register.drafts.iter().filter(move |draft| draft.body == body && draft.year == year).filter(fits)
    }

    /// The references of the payer's last bill of the year.
    fn earlier_basis(&self) -> Option<SpendingBasis> {
        let mine = self.mine.iter().rev().filter(|known| self.is_mine(known));
        mine.map(|known| known.basis.clone()).find(|basis| !basis.is_empty())
    }

    /// The lines owed as known on the day of an issued bill.
    pub(super) fn owed_on(&self, day: NaiveDate) -> &'a [BillLine] {
        self.owed.get(&day).copied().unwrap_or_default()
    }

    fn make(&self, payer: &'a Body, known: &Known, lines: Vec<BillLine>, corrects: Option<Named>) -> Bill {
        let due = due::due(self.it.dossier, payer, self.it.year, known.date);
        let making = Making {
            dossier: self.it.dossier,
            seller: self.seller,
            payer,
            body: self.body,
            year: self.it.year,
            kind: known.kind,
            lines,
            basis: known.basis.clone(),
            corrects,
        };
        let sending = numbering::sending_of(self.register, known);
        making.bill(known.number.clone(), known.date, sending, &due)
    }

    /// The bill with what was known on its day; else, where that gives another, with what was known the day before.
    fn made_again(&self, payer: &'a Body, known: &Known, covered: &Covered) -> (Vec<Tax>, Bill, Likeness) {
        let mornings = known.date.pred_opt().and_then(|day| self.owed.get(&day).copied());
        let mut all = [Some(self.owed_on(known.date)), mornings].into_iter().flatten().map(|owed| {
            let lines = covered.missing(owed);
            let taxes = taxes(&lines);
            let bill = self.make(payer, known, lines, None);
            let likeness = likeness(known, &bill);
            (taxes, bill, likeness)
        });
        let evening = all.next();
        let fits = evening.iter().all(|(_, _, likeness)| *likeness != Likeness::Other);
        let morning = if fits { None } else { all.find(|(_, _, likeness)| *likeness != Likeness::Other) };
        morning.or(evening).unwrap_or_else(|| {
            let bill = self.make(payer, known, Vec::new(), None);
            (Vec::new(), bill, Likeness::Other)
        })
    }

    /// Makes an issued invoice or request again.
    fn charge_again(
        &self,
        payer: &'a Body,
        known: &'a Known,
        covered: &mut Covered,
        invoices: &mut Vec<Invoice<'a>>,
        billing: &mut Billing,
    ) {
        let (taxes, bill, likeness) = self.made_again(payer, known, covered);
        let totals = bill.totals();
        let base = known.base.unwrap_or(totals.base);
        if bill.lines.is_empty() && likeness == Likeness::Same {
            let message = format!(
                "per il n. {} i dati non danno nulla da addebitare: il documento non si può rifare",
                known.number
            );
            let hint =
                "resta valido quello emesso; se le somme sono in un altro documento dello stesso anno non serve altro";
            let told = Diagnostic::new("INV-02", known.place.clone(), message).severity(Severity::Warning);
            billing.diagnostics.push(told.hint(hint).body(payer.code()));
        }
        if known.base == Some(totals.base) && known.vat.is_some_and(|vat| vat != totals.vat) {
            let vat = known.vat.unwrap_or_default();
            let message = format!(
                "il n. {} ha imponibile {} e imposta {vat}, che dovrebbe essere {}",
                known.number, totals.base, totals.vat
            );
            let told = Diagnostic::new("INV-03", known.place.clone(), message).body(payer.code());
            billing.diagnostics.push(told.hint("controllare gli importi registrati con quelli della fattura emessa"));
        }
        let written = known.base.filter(|base| likeness != Likeness::Other && *base != totals.base);
        billing.diagnostics.extend(written.map(|base| other_base(payer, known, base, totals.base)));
        let has_changed = likeness == Likeness::Other;
        let stamps = bill.lines.iter().filter(|line| line.subject == Subject::Stamp);
        let stamp = stamps.map(|line| line.amount).sum();
        invoices.push(Invoice { known, has_changed, base, taxes, stamp, credited: Money::ZERO });
        if !has_changed {
            covered.charge(&bill.lines, &known.number);
            if !bill.lines.is_empty() {
                self.put(bill, known, likeness, billing);
            }
        }
    }

    /// Makes an issued credit note again.
    fn credit_again(
        &self,
        payer: &'a Body,
        known: &'a Known,
        covered: &mut Covered,
        invoices: &mut [Invoice<'a>],
        billing: &mut Billing,
    ) {
        let Some(invoice) = known.corrects.as_ref().and_then(|number| find(invoices, number)) else {
            let later = self
                .mine
                .iter()
                .find(|it| it.kind != BillKind::NotaCredito && known.corrects.as_ref() == Some(&it.number));
            billing.diagnostics.push(match later {
                Some(later) if self.is_mine(later) => earlier(payer, known, &later.number),
                _ => no_invoice(payer, known.corrects.as_deref(), &known.place),
            });
            return;
        };
        let named = Named { number: invoice.known.number.clone(), date: Some(invoice.known.date) };
        let excess = covered.excess(self.owed_on(known.date));
        let own = excess.into_iter().find(|it| it.invoice == named.number).map(|it| it.lines).unwrap_or_default();
        let own_sum: Money = own.iter().map(|line| line.amount).sum();
        let is_own = !invoice.has_changed && !own.is_empty() && known.base.is_none_or(|base| base == own_sum);
        let lines = if is_own {
            Some(own)
        } else {
            self.reversal(invoice, known.base.unwrap_or(invoice.base), &known.place, payer, billing)
        };
        let Some(lines) = lines else { return };
        if let Some(fault) = excessive(invoice, &lines, &known.number, &known.place, payer) {
            billing.diagnostics.push(fault);
            return;
        }
        if is_own {
            covered.give_back(&lines);
        }
        let bill = self.make(payer, known, lines, Some(named));
        let likeness = likeness(known, &bill);
        if likeness == Likeness::Other {
            billing.diagnostics.push(self.changed(payer, known));
            billing.withheld.push(self.stopped(known, known.base.unwrap_or_default()));
        } else {
            self.put(bill, known, likeness, billing);
        }
    }

    fn put(&self, bill: Bill, known: &Known, likeness: Likeness, billing: &mut Billing) {
        // Two documents of a number would be one file.
        if known.is_double {
            return;
        }
        let state = if likeness == Likeness::Dressed { State::Kept } else { State::Issued };
        if state == State::Kept {
            let message =
                format!("dopo il n. {} sono cambiati indirizzi, conti o altri dati di contorno", known.number);
            let told = Diagnostic::new("INV-02", known.place.clone(), message).severity(Severity::Note);
            billing.diagnostics.push(told.hint("il documento emesso resta com’è").body(bill.payer.code.clone()));
        }
        let errors = self.it.errors.get(self.body).map_or(&[][..], Vec::as_slice);
        if errors.is_empty() {
            let entry = Entry::of(&bill, known.row, known.is_registered);
            billing.made.push(Made { bill, entry, state });
        }
    }

    /// A credit note that a row asks for.
    fn credit_asked(
        &self,
        payer: &'a Body,
        draft: &Draft,
        today: &[BillLine],
        covered: &Covered,
        invoices: &mut [Invoice<'a>],
        billing: &mut Billing,
    ) -> Option<Fresh> {
        let Some(invoice) = draft.corrects.as_ref().and_then(|number| find(invoices, number)) else {
            billing.diagnostics.push(no_invoice(payer, draft.corrects.as_deref(), &draft.place));
            return None;
        };
        let own = covered.excess(today).into_iter().find(|it| it.invoice == invoice.known.number);
        let lines = match (draft.base, own) {
            (None, Some(own)) if !invoice.has_changed => own.lines,
            (stated, _) => {
                let left = invoice.base - invoice.credited;
                self.reversal(invoice, stated.unwrap_or(left), &draft.place, payer, billing)?
            }
        };
        if let Some(fault) = excessive(invoice, &lines, "", &draft.place, payer) {
            billing.diagnostics.push(fault);
            return None;
        }
        let corrects = Some(Named { number: invoice.known.number.clone(), date: Some(invoice.known.date) });
        let basis = if draft.basis.is_empty() { invoice.known.basis.clone() } else { draft.basis.clone() };
        let (body, kind, row) = (self.body, BillKind::NotaCredito, Some(draft.row));
        Some(Fresh { body, kind, lines, basis, corrects, row, place: draft.place.clone() })
    }

    /// What is covered and not owed: a credit note, or word of it where no invoice was sent.
    fn give_back(
        &self,
        payer: &Body,
        excess: cover::Excess,
        invoices: &[Invoice<'_>],
        billing: &mut Billing,
        fresh: &mut Vec<Fresh>,
    ) {
        let Some(invoice) = invoices.iter().find(|it| it.known.number == excess.invoice) else { return };
        let sum: Money = excess.lines.iter().map(|line| line.amount).sum();
        if self.kind == BillKind::Richiesta {
            let message =
                format!("la richiesta n. {} chiede {sum} in più di quanto «{}» deve", excess.invoice, payer.name());
            let told = Diagnostic::new("INV-10", invoice.known.place.clone(), message).severity(Severity::Warning);
            let hint =
                "fuori dall’IVA non c’è nota di credito: comunicare all’ente la somma da non versare, o restituirla";
            billing.diagnostics.push(told.hint(hint).body(payer.code()));
            return;
        }
        let corrects = Some(Named { number: excess.invoice, date: Some(invoice.known.date) });
        let (basis, place) = (invoice.known.basis.clone(), invoice.known.place.clone());
        let kind = BillKind::NotaCredito;
        fresh.push(Fresh { body: self.body, kind, lines: excess.lines, basis, corrects, row: None, place });
    }

    /// A line that takes back a sum of an invoice; `None`, and INV-10, where its lines bear VAT in several ways.
    fn reversal(
        &self,
        invoice: &Invoice<'_>,
        sum: Money,
        place: &Place,
        payer: &Body,
        billing: &mut Billing,
    ) -> Option<Vec<BillLine>> {
        let usual = tax::of_fees(self.it.dossier);
        let tax = match invoice.taxes.as_slice() {
            [only] => Some(only.clone()),
            [] => usual,
            _ => None,
        };
        let Some(tax) = tax else {
            let message = format!(
                "la fattura n. {} ha righe con IVA diversa: la somma da accreditare non si può dividere",
                invoice.known.number
            );
            let told = Diagnostic::new("INV-10", place.clone(), message).body(payer.code());
            billing.diagnostics.push(told.hint("scrivere la nota di credito con il programma di contabilità"));
            return None;
        };
        let (number, day) = (&invoice.known.number, date::after("del", invoice.known.date));
        let how = if sum == invoice.base { "Storno totale" } else { "Storno parziale" };
        let description = format!("{how} della fattura n. {number} {day}, imponibile {}", invoice.base);
        // Given back whole, the stamp duty goes back as what it was.
        let stamp = if sum == invoice.base && sum > invoice.stamp { invoice.stamp } else { Money::ZERO };
        let mut lines = vec![cover::reversal(self.body, description, sum - stamp, tax)];
        if !stamp.is_zero() {
            lines.push(document::stamp_line(self.body));
        }
        Some(lines)
    }

    /// An issued bill that cannot be made again.
    fn stopped(&self, known: &Known, base: Money) -> Withheld {
        let number = Some(known.number.clone());
        Withheld { body: self.body, kind: known.kind, number, base, reasons: vec!["INV-02"] }
    }

    /// INV-02: an issued bill whose data have changed.
    fn changed(&self, payer: &Body, known: &Known) -> Diagnostic {
        let was = known.base.map(|base| format!(", imponibile {base}")).unwrap_or_default();
        let message = format!(
            "il n. {} {}{was} è emesso, ma i dati da cui viene sono cambiati: oggi direbbe altro",
            known.number,
            date::after("del", known.date)
        );
        let hint = "un documento emesso non cambia: rimettere i dati com’erano, o chiedere una nota di credito con una riga del foglio Fatture (tipo «nota credito», fattura_collegata, senza numero)";
        Diagnostic::new("INV-02", known.place.clone(), message).hint(hint).body(payer.code())
    }
}
