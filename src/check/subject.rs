//! What the rules on data share: the cell to point at, whose acts a fault concerns, and references between sheets.
//! Used by the rule groups of this folder.

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

/// True where two names are of the same words, in any order: "Rossi Mario" is "Mario Rossi".
pub fn same_person(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let folded = fold(name);
        let mut words: Vec<String> = folded.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    let one = words(one);
    one.len() > 1 && one == words(other)
}
