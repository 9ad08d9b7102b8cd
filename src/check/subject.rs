//! What the rules on data share: the cell to point at, whose acts a fault concerns, and references between sheets.
//! Used by the rule groups of this folder.

use std::collections::BTreeMap;

use crate::dossier::{Body, Field};
use crate::gazetteer::{Comune, Gazetteer};
use crate::italian::fold;
use crate::place::Place;

/// The cell of a field; the row's first cell where the sheet lacks the column.
pub fn spot<T>(field: &Field<T>, row: &Place) -> Place {
    if field.place.is_none() { row.clone() } else { field.place.clone() }
}

/// The code that stands for a body in diagnostics; its row where the code could not be read.
pub fn owner(body: &Body) -> String {
    match body.code() {
        "" => format!("riga {}", u64::from(body.row) + 1),
        code => code.to_owned(),
    }
}

/// The Comune of the national list that the reader took this body for.
pub fn listed(body: &Body) -> Option<&'static Comune> {
    body.listed.as_deref().and_then(|code| Gazetteer::get().by_istat(code))
}

/// Bodies by code and by name: finds what `dossier::find_body` finds, without a scan for every reference.
pub struct Roster {
    codes: BTreeMap<String, usize>,
    /// `None` for a name that several bodies have.
    names: BTreeMap<String, Option<usize>>,
}

impl Roster {
    /// The roster of `bodies`; the first row wins where two share a code, none where they share a name.
    pub fn of(bodies: &[Body]) -> Self {
        let mut roster = Self { codes: BTreeMap::new(), names: BTreeMap::new() };
        for (index, body) in bodies.iter().enumerate() {
            if let Some(code) = body.codice.get() {
                roster.codes.entry(fold(code.as_str())).or_insert(index);
            }
            for name in &body.folded_names {
                let other = *roster.names.entry(name.clone()).or_insert(Some(index));
                if other != Some(index) {
                    roster.names.insert(name.clone(), None);
                }
            }
        }
        roster
    }

    /// The position of the body with this code or name.
    pub fn find(&self, reference: &str) -> Option<usize> {
        let wanted = fold(reference);
        self.codes.get(&wanted).copied().or_else(|| self.names.get(&wanted).copied().flatten())
    }
}
