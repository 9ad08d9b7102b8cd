//! What the data are already known to be wrong about, so that one fault gives one finding: a blank in an act that comes
//! from a cell at fault is told at the cell. Made by `pipeline` between the rules on data and those on acts.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Judged, finances};
use crate::act::{ActKind, Blank};
use crate::diagnostic::Diagnostic;
use crate::place::Place;

/// The errors of the data, by place.
#[derive(Debug, Default)]
pub struct Told {
    cells: BTreeSet<Place>,
    /// Rows whose deliberation is missing or not executive (C30-12, ACC-11).
    unvoted: BTreeSet<(Arc<str>, u32)>,
}

impl Told {
    /// Gathers the errors among `diagnostics`.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut told = Self::default();
        for error in diagnostics.iter().filter(|found| found.is_error()) {
            told.cells.insert(error.place.clone());
            if ["C30-12", "ACC-11"].contains(&error.code) {
                told.unvoted.extend(row(&error.place));
            }
        }
        told
    }

    /// True where the blank follows from an error of the data: of its own cell; of the deliberation as a whole; of
    /// whatever the fee is computed from.
    pub(super) fn explains(&self, blank: &Blank, judged: &Judged<'_>) -> bool {
        if !blank.place.is_none() && self.cells.contains(&blank.place) {
            return true;
        }
        let dossier = judged.dossier;
        let (body, act) = match blank.name.split('.').next() {
            Some("delibera") => {
                let body = dossier.bodies.get(judged.body);
                match judged.act.kind {
                    ActKind::DeliberaSchema => (body, dossier.scheme()),
                    _ => (body, body.and_then(|body| dossier.adhesion_of(body))),
                }
            }
            // In an act that is one for all, the row of whose deliberation it is; none where the sheet has no such row.
            Some("parti") if blank.name.starts_with("parti.delibera.") => {
                return match row(&blank.place) {
                    Some(row) => self.unvoted.contains(&row),
                    None => !self.unvoted.is_empty(),
                };
            }
            Some("delibera_capofila") => (dossier.lead(), dossier.scheme()),
            // The end follows from the start and the years.
            Some("convenzione") => {
                let it = &dossier.convention;
                let of_term = blank.name == "convenzione.scadenza";
                return of_term
                    && [&it.decorrenza.place, &it.durata_anni.place].iter().any(|at| self.cells.contains(*at));
            }
            Some("quota") => return dossier.contribution(judged.body).is_none() && finances::fee_is_told(judged),
            Some("quote" | "quote_totali") => {
                let is_open = dossier.adherents().any(|(index, _)| dossier.contribution(index).is_none());
                return is_open && finances::fee_is_told(judged);
            }
            _ => return false,
        };
        let place = act.map(|act| &act.place).or(body.map(|body| &body.place));
        place.and_then(row).is_some_and(|row| self.unvoted.contains(&row))
    }
}

fn row(place: &Place) -> Option<(Arc<str>, u32)> {
    match place {
        Place::Cell(sheet, row, _) => Some((Arc::clone(sheet), *row)),
        _ => None,
    }
}
