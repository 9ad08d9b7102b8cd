//! What each body owes: the adhesion fee by the model's criterion, VAT, shares by contract year, who pays it; and what
//! the services it has asked for cost. Knows the tables of `Fasce` and nothing of templates or outputs. Called by
//! `pipeline` once the dossier is read; [`details`] sets it all out for people.
//!
//! # Decisions
//!
//! - A table of rates with several bands applies by brackets, unless the model says `sconto = "intero"`. Bands of `quota`
//!   go by inhabitants, those of `quota imprese` by enterprises. Every line is rounded to the cent, and a sum is the sum
//!   of its lines: whoever checks with a calculator finds every figure.
//! - `abitante`: a body with inhabitants pays for each of them, whatever its kind; one without pays the flat sum, unless
//!   it is a Comune. `abitante-impresa`: only Comuni pay by number, all others the flat sum.
//! - A hole between two bands of sums in which no body of the workbook falls is told by a warning (FEE-01): the table
//!   does not provide for everybody, and no act is wrong for that. Any other hole is an error.
//! - A Comune above the closed top of `quota` falls in a hole (FEE-01), unless the model says `oltre_fissa`.
//! - Common costs are shared out by largest remainder, equal remainders in order of code. While the workstations of one
//!   body are missing nobody's share can be known.
//! - A Union pays its own fee and what it pays for its members. Where the criterion counts inhabitants, a Union with
//!   members in the workbook owes nothing for its own: they are the members', who have been counted already.
//! - Where the workbook has no table for the criterion the fee is still to be set: nothing is computed and nothing
//!   reported here. Contract years run from the start, twelve months each; a last one cut short by `scadenza` is charged
//!   by the day. VAT is rounded on each yearly share. With no VAT regime the net sums are computed and FEE-07 is an error.

mod allocations;
mod assess;
mod bands;
pub mod details;
mod payers;
mod services;
mod spells;
mod term;
#[cfg(test)]
mod tests;
mod vat;
mod workstations;

use rust_decimal::Decimal;

use crate::diagnostic::Diagnostic;
use crate::dossier::{Basis, Body, Contribution, Dossier, Field, Line};
use crate::italian::fold;
use crate::model::Criterion;
use crate::money::Money;
use crate::place::Place;
use assess::Tariff;
use bands::{Holes, Table};
pub use services::charges;

/// The table with the rates or sums of the fee.
const RATES: &str = "quota";
/// The table with the rate for every enterprise.
const ENTERPRISES: &str = "quota imprese";
/// The table with the sum of bodies that have no inhabitants.
const FLAT: &str = "quota fissa";
/// The table with the yearly costs that workstations share.
const COSTS: &str = "costi fissi";

/// A body's own fee of a full year, whoever pays it.
#[derive(Debug, Clone)]
struct Assessed {
    basis: Basis,
    lines: Vec<Line>,
}

impl Assessed {
    fn yearly(&self) -> Money {
        self.lines.iter().map(|line| line.amount).sum()
    }
}

/// What each body owes, in the order of `dossier.bodies`, and what was found wrong: the FEE rules.
/// `None` where a body owes nothing (the lead body, unless the model charges it) or the sum could not be computed.
pub fn contributions(dossier: &Dossier) -> (Vec<Option<Contribution>>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let tables = bands::tables(&dossier.bands);
    let vat = vat::rate(&dossier.convention, &mut found);
    let years = term::years(&dossier.convention, &mut found);
    let through = payers::through(dossier, &mut found);
    let payers = payers::charged(dossier);
    let mut assessed: Vec<Option<Assessed>> = vec![None; dossier.bodies.len()];
    let mut served = Vec::new();
    let mut settled = None;
    match dossier.model.quota.criterio {
        Criterion::Abitante | Criterion::AbitanteImpresa | Criterion::Fascia => {
            if let Some(tariff) = Tariff::of(&dossier.model.quota, &tables, &mut found) {
                for index in payers {
                    let Some(body) = dossier.bodies.get(index) else { continue };
                    let has_members = through.iter().flatten().any(|part| part.union == index);
                    if tariff.counts(body, has_members) {
                        served.extend(body.abitanti.copied());
                    }
                    let own = if has_members { tariff.union(dossier, body, &through, &mut found) } else { None };
                    if let Some(slot) = assessed.get_mut(index) {
                        *slot = own.or_else(|| tariff.assess(body, &mut found));
                    }
                }
            }
        }
        Criterion::Postazione => {
            if let Some(costs) = tables.iter().find(|table| table.key == COSTS) {
                workstations::share(dossier, costs, &payers, &mut assessed, &mut found);
            }
        }
        Criterion::Stanziamento => settled = Some(allocations::contributions(dossier, vat)),
        Criterion::Nessuna => {}
    }
    let owed = settled.unwrap_or_else(|| payers::settle(dossier, &assessed, &through, &years, vat, &mut found));
    // The faults of the tables first: those of the bodies follow from them.
    let of_services = services::served(dossier);
    let mut all: Vec<Diagnostic> = tables
        .iter()
        .flat_map(|table| {
            let served = match table.key.as_str() {
                RATES => served.as_slice(),
                key => of_services.get(key).map_or(&[][..], Vec::as_slice),
            };
            let priced = matches!(table.key.as_str(), RATES | ENTERPRISES | FLAT | COSTS);
            let holes = match (table.key.as_str(), dossier.model.quota.criterio) {
                (COSTS, _) => Holes::Ignored,
                (RATES, Criterion::Fascia) => Holes::OfWhoFallsIn,
                _ => Holes::OfAll,
            };
            table.faults(served, priced, holes)
        })
        .collect();
    all.extend(services::missing_tables(dossier, &tables));
    all.append(&mut found);
    (owed, all)
}

fn spot<T>(field: &Field<T>, row: &Place) -> Place {
    if field.place.is_none() { row.clone() } else { field.place.clone() }
}

fn owner(body: &Body) -> String {
    if body.code().is_empty() { format!("riga {}", u64::from(body.row) + 1) } else { body.code().to_owned() }
}

/// The table of this name.
fn table<'t, 'a>(tables: &'t [Table<'a>], name: &str) -> Option<&'t Table<'a>> {
    let key = fold(name);
    tables.iter().find(|table| table.key == key)
}

/// The line of a flat sum.
fn flat_line(rate: &bands::Rate<'_>) -> Option<Line> {
    Some(Line {
        item: crate::dossier::Item::Flat,
        what: "quota fissa".to_owned(),
        quantity: 1,
        price: Some(rate.price),
        share: None,
        span: None,
        discount: rate.discount,
        amount: Line::priced(1, rate.price, rate.discount)?,
        places: rate.places().collect(),
    })
}

const NOTHING: Decimal = Decimal::ZERO;
