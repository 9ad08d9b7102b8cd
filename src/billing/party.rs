//! Seller and payers as they stand in bills, and what a bill needs of them: INV-01 (data of the parties), INV-07 (references
//! that the payer wants), INV-08 (where to pay).

use chrono::NaiveDate;

use super::register::SpendingBasis;
use crate::bill::{Named, Party, Payment, References};
use crate::date::after;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Dossier, Field};
use crate::place::Place;
use crate::rule::Severity;
use crate::schema::BillKind;

/// Longest identifier of a document that another one names (FatturaPA 1.2.3, `IdDocumento`).
const LONGEST_ID: usize = 20;

/// A body as a party.
pub fn party(body: &Body) -> Party {
    let text = |field: &Field<String>| field.text().unwrap_or_default().to_owned();
    Party {
        code: body.code().to_owned(),
        name: body.name().to_owned(),
        tax_code: body.codice_fiscale.get().map(ToString::to_string),
        vat_number: body.partita_iva.get().map(ToString::to_string),
        address: text(&body.indirizzo),
        post_code: body.cap.get().map(ToString::to_string).unwrap_or_default(),
        town: text(&body.comune),
        province: text(&body.provincia),
        office: body.codice_ufficio.get().map(ToString::to_string),
        pec: body.pec.get().map(ToString::to_string),
        is_public: !body.is_private(),
    }
}

fn at<T>(field: &Field<T>, body: &Body) -> Place {
    if field.place.is_none() { body.place.clone() } else { field.place.clone() }
}

/// INV-01: what the seller lacks; INV-08: where to pay. `invoices` says that some bill is an invoice, which wants more.
pub fn seller_faults(seller: &Body, invoices: bool, found: &mut Vec<Diagnostic>) {
    let whose = seller.name();
    if invoices && seller.partita_iva.is_absent() {
        let message = format!("«{whose}» emette fatture, ma manca la sua partita IVA");
        let told = Diagnostic::new("INV-01", at(&seller.partita_iva, seller), message);
        found.push(told.hint("scrivere la partita IVA di chi emette").body(seller.code()));
    }
    if invoices {
        seat_faults(seller, "di chi emette", found);
    }
    if seller.iban.is_absent() && seller.conto_tesoreria.is_absent() {
        let message = format!("non è detto dove si paga: di «{whose}» mancano l’IBAN e il conto di tesoreria");
        let told = Diagnostic::new("INV-08", at(&seller.iban, seller), message).body(seller.code());
        found.push(told.hint("scrivere «iban», o «conto_tesoreria» per i versamenti fra enti in tesoreria unica"));
    }
}

fn seat_faults(body: &Body, whose: &str, found: &mut Vec<Diagnostic>) {
    let lacks = [
        (body.indirizzo.is_absent(), at(&body.indirizzo, body), "l’indirizzo"),
        (body.cap.is_absent(), at(&body.cap, body), "il CAP"),
        (body.comune.is_absent(), at(&body.comune, body), "il Comune della sede"),
    ];
    for (_, place, what) in lacks.into_iter().filter(|(lacks, ..)| *lacks) {
        let message = format!("manca {what} {whose}, «{}»", body.name());
        let told = Diagnostic::new("INV-01", place, message).body(body.code());
        found.push(told.hint("completare la riga del foglio Enti: la fattura lo richiede"));
    }
}

/// INV-01: what a payer lacks for this kind of bill; INV-08: where a company pays.
pub fn payer_faults(payer: &Body, seller: &Body, kind: BillKind, found: &mut Vec<Diagnostic>) {
    let name = payer.name();
    if payer.codice_fiscale.is_absent() && payer.partita_iva.is_absent() {
        let message = format!("di «{name}» mancano il codice fiscale e la partita IVA: ne serve almeno uno");
        let told = Diagnostic::new("INV-01", at(&payer.codice_fiscale, payer), message).body(payer.code());
        found.push(told.hint("scrivere il codice fiscale dell’ente"));
    }
    if payer.is_private() && seller.iban.is_absent() {
        let message = format!("«{name}» paga con bonifico, ma di «{}» manca l’IBAN", seller.name());
        let told = Diagnostic::new("INV-08", at(&seller.iban, seller), message).body(payer.code());
        found.push(told.hint("scrivere «iban» di chi emette"));
    }
    if kind == BillKind::Richiesta {
        return;
    }
    seat_faults(payer, "di chi paga", found);
    let (is_missing, place, what) = if payer.is_private() {
        (payer.pec.is_absent(), at(&payer.pec, payer), "la PEC a cui consegnare la fattura")
    } else {
        (
            payer.codice_ufficio.is_absent(),
            at(&payer.codice_ufficio, payer),
            "il codice univoco dell’ufficio di fatturazione",
        )
    };
    if is_missing {
        let message = format!("di «{name}» manca {what}");
        let told = Diagnostic::new("INV-01", place, message).body(payer.code());
        found.push(told.hint("il codice è su indicepa.gov.it, fra gli uffici dell’ente"));
    }
}

/// INV-07: an adherent that has not adopted its deliberation owes nothing yet (TUEL art. 191).
pub fn adhesion_fault(dossier: &Dossier, (index, payer): (usize, &Body), place: &Place, found: &mut Vec<Diagnostic>) {
    let is_adherent = dossier.adherents().any(|(adherent, _)| adherent == index);
    let through = payer.union.and_then(|union| dossier.bodies.get(union)).unwrap_or(payer);
    if !is_adherent || dossier.adhesion_of(through).is_some_and(|act| act.is_adopted()) {
        return;
    }
    let message = format!("«{}» non ha ancora adottato la deliberazione di adesione", payer.name());
    let told = Diagnostic::new("INV-07", place.clone(), message).severity(Severity::Warning).body(payer.code());
    found.push(
        told.hint("prima dell’adesione non c’è impegno di spesa: aspettare, o aggiornare il foglio «Deliberazioni»"),
    );
}

/// INV-07: what is wrong with the references of a payer's spending, or missing from them, in a bill of `day`.
pub fn reference_faults(
    basis: &SpendingBasis,
    place: &Place,
    payer: &Body,
    (kind, day): (BillKind, NaiveDate),
    found: &mut Vec<Diagnostic>,
) {
    let is_code = |code: &str, length: usize| {
        let letters = code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        code.len() == length && letters && code.bytes().any(|byte| byte != b'0')
    };
    for (code, name, length) in [(&basis.cig, "CIG", 10), (&basis.cup, "CUP", 15)] {
        if let Some(code) = code.as_ref().filter(|code| !is_code(code, length)) {
            let message =
                format!("il {name} «{code}» non ha {length} caratteri fra lettere maiuscole e cifre, non tutti zero");
            let told = Diagnostic::new("INV-07", place.clone(), message).body(payer.code()).severity(Severity::Error);
            found.push(told.hint(format!("scrivere il {name} indicato dall’ente, o svuotare la cella")));
        }
    }
    if let Some(act) = basis.act.as_ref().filter(|act| act.number.chars().count() > LONGEST_ID) {
        let message = format!("il numero dell’atto di spesa «{}» ha più di {LONGEST_ID} caratteri", act.number);
        let told = Diagnostic::new("INV-07", place.clone(), message).body(payer.code()).severity(Severity::Error);
        found.push(told.hint("scrivere soltanto il numero, per esempio «123/2026»"));
    }
    if let Some((act, date)) = basis.act.as_ref().and_then(|act| Some((act, act.date?))).filter(|(_, date)| *date > day)
    {
        let message = format!(
            "l’atto di spesa n. {} è {}, dopo la fattura {}",
            act.number,
            after("del", date),
            after("del", day)
        );
        let told = Diagnostic::new("INV-07", place.clone(), message).body(payer.code());
        found.push(told.hint("l’impegno viene prima della fattura (TUEL art. 191): controllare la data"));
    }
    if kind == BillKind::Fattura && (basis.act.is_none() || basis.cig.is_none()) {
        let what = match (&basis.act, &basis.cig) {
            (None, None) => "il CIG e il numero dell’atto di spesa",
            (None, Some(_)) => "il numero dell’atto di spesa",
            _ => "il CIG",
        };
        let message = format!("la fattura per «{}» non indica {what}", payer.name());
        let hint = "l’ente può rifiutarla (D.M. 132/2020): chiederli, e scriverli in una riga del foglio Fatture senza numero; il CIG manca se non è dovuto";
        found.push(Diagnostic::new("INV-07", place.clone(), message).hint(hint).body(payer.code()));
    }
}

/// What a bill rests on.
pub fn references(dossier: &Dossier, payer: &Body, basis: &SpendingBasis, corrects: Option<Named>) -> References {
    let it = &dossier.convention;
    let repertory = payer
        .repertorio
        .text()
        .or(it.repertorio.text())
        .map(|number| Named { number: number.chars().take(LONGEST_ID).collect(), date: it.data_firma.copied() });
    let adhesion = || {
        let act = dossier.adhesion_of(payer).filter(|act| act.is_adopted())?;
        let number = format!("Delib. {}", act.numero.text()?);
        Some(Named { number: number.chars().take(LONGEST_ID).collect(), date: act.data.copied() })
    };
    References {
        convention: repertory.or_else(adhesion),
        title: it.titolo.text().unwrap_or_default().to_owned(),
        spending: basis.act.clone(),
        cig: basis.cig.clone(),
        cup: basis.cup.clone(),
        corrects,
    }
}

/// Where and when a payer pays the seller: bodies in the single treasury pay on the seller's account there, if it has one
/// (D.L. 1/2012, art. 35), others by bank transfer.
pub fn payment(seller: &Body, payer: &Body, due: &super::due::Due) -> Payment {
    let both_public = !seller.is_private() && !payer.is_private();
    Payment {
        due: due.day,
        basis: due.basis.clone(),
        treasury: seller.conto_tesoreria.text().filter(|_| both_public).map(str::to_owned),
        iban: seller.iban.get().map(|iban| iban.to_string().replace(' ', "")),
    }
}
