//! What earlier runs issued, joined to the rows of the register: the print of what the sheet has, and what it does not have
//! yet. Used by `register`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::register::{Known, Register, SpendingBasis};
use crate::bill::Entry;
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Dossier, Invoice};
use crate::place::Place;
use crate::schema::BillKind;

/// Number, year of the day, kind: what tells documents apart.
type Key<'a> = (&'a str, i32, BillKind);

/// Adds what the ledger knows: the print of registered bills, and bills that the sheet does not have yet. Reports INV-02.
pub fn join(register: &mut Register, dossier: &Dossier, ledger: &[Entry], found: &mut Vec<Diagnostic>) {
    let bodies: BTreeMap<&str, usize> = (0..).zip(&dossier.bodies).map(|(index, body)| (body.code(), index)).collect();
    let recorded: BTreeSet<Key<'_>> = ledger.iter().map(|past| key(&past.number, past.date, past.kind)).collect();
    let mut rows: BTreeMap<(String, i32), Vec<usize>> = BTreeMap::new();
    for (at, known) in register.known.iter().enumerate() {
        rows.entry((known.number.clone(), known.date.year())).or_default().push(at);
    }
    let mut drafts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, draft) in register.drafts.iter().enumerate() {
        drafts.entry(draft.body).or_default().push(at);
    }
    let mut filled: BTreeSet<usize> = BTreeSet::new();
    for past in ledger {
        let body = bodies.get(past.body.as_str()).copied();
        let same = rows.get(&(past.number.clone(), past.date.year())).map_or(&[][..], Vec::as_slice);
        let of_kind = |at: &&usize| register.known.get(**at).is_some_and(|known| known.kind == past.kind);
        // A row that is of another document on record is not of this one.
        let is_free = |at: &&usize| {
            let known = register.known.get(**at);
            known.is_some_and(|known| !recorded.contains(&key(&known.number, known.date, known.kind)))
        };
        let row = same.iter().find(of_kind).or_else(|| same.iter().find(is_free)).copied();
        if let Some(known) = row.and_then(|at| register.known.get_mut(at)) {
            let is_it = known.kind == past.kind && known.date == past.date && known.body == body;
            if is_it {
                known.print.get_or_insert_with(|| past.print.clone());
                known.base.get_or_insert(past.base);
                known.vat.get_or_insert(past.vat);
            } else if known.kind != BillKind::Annullata {
                let message = format!(
                    "il n. {} è {} a «{}» {}, ma il foglio lo dà per un altro documento",
                    past.number,
                    past.kind.italian(),
                    past.name,
                    date::after("del", past.date)
                );
                let hint = "un documento emesso non cambia: correggere la riga, o rettificarlo con una nota di credito";
                found.push(Diagnostic::new("INV-02", known.place.clone(), message).hint(hint));
            }
            continue;
        }
        // The row that gave its CIG is the one to fill.
        let fits = |at: &&usize| {
            register.drafts.get(**at).is_some_and(|draft| {
                !filled.contains(*at)
                    && draft.year == past.year
                    && draft.kind.is_none_or(|kind| kind == past.kind)
                    && (past.kind != BillKind::NotaCredito || draft.kind.is_some() && draft.corrects == past.corrects)
            })
        };
        let at = body.and_then(|body| drafts.get(&body)).and_then(|own| own.iter().find(fits)).copied();
        filled.extend(at);
        let draft = at.and_then(|at| register.drafts.get(at));
        register.known.push(Known {
            row: draft.map(|draft| draft.row),
            is_registered: false,
            body,
            year: past.year,
            kind: past.kind,
            number: past.number.clone(),
            date: past.date,
            basis: SpendingBasis { cig: past.cig.clone(), cup: past.cup.clone(), act: past.spending.clone() },
            corrects: past.corrects.clone(),
            base: Some(past.base),
            vat: Some(past.vat),
            print: Some(past.print.clone()),
            mark: None,
            is_double: false,
            place: draft.map_or(Place::Sheet(Invoice::SHEET.into()), |draft| draft.place.clone()),
        });
    }
    let mut at = 0..;
    register.drafts.retain(|_| at.next().is_none_or(|at| !filled.contains(&at)));
}

fn key(number: &str, day: chrono::NaiveDate, kind: BillKind) -> Key<'_> {
    (number, day.year(), kind)
}
