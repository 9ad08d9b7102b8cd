//! Bodies by code, by name and by row: a reference in another sheet finds its body without a scan.
//!
//! Made by [`super::Dossier::link`].

use std::collections::BTreeMap;

use super::Body;
use crate::italian::fold;

/// Bodies by code and by name.
#[derive(Debug, Clone)]
pub struct Roster {
    codes: BTreeMap<String, usize>,
    /// `None` for a name that several bodies have.
    names: BTreeMap<String, Option<usize>>,
    rows: BTreeMap<u32, usize>,
}

impl Roster {
    /// The roster of `bodies`; the first row wins where two share a code, none where they share a name.
    pub fn of(bodies: &[Body]) -> Self {
        let mut roster = Self { codes: BTreeMap::new(), names: BTreeMap::new(), rows: BTreeMap::new() };
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
            roster.rows.entry(body.row).or_insert(index);
        }
        roster
    }

    /// The position of the body with this code or name, accents and case ignored; `None` also where a name is that of
    /// several bodies (five pairs of Comuni are homonyms): then only a code will do.
    pub fn find(&self, reference: &str) -> Option<usize> {
        let wanted = fold(reference);
        self.codes.get(&wanted).copied().or_else(|| self.names.get(&wanted).copied().flatten())
    }

    /// True where the name is that of several bodies.
    pub fn is_ambiguous(&self, name: &str) -> bool {
        self.names.get(&fold(name)).is_some_and(Option::is_none)
    }

    /// The position of the body in this row of `Enti`.
    pub fn in_row(&self, row: u32) -> Option<usize> {
        self.rows.get(&row).copied()
    }
}
