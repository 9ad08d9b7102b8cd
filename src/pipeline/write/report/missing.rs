//! The data that are missing: every empty cell that a finding points at, once, with all that wants it.

use std::collections::BTreeMap;

use crate::act::ActKind;
use crate::diagnostic::Diagnostic;
use crate::dossier::Dossier;
use crate::emit::register::RegisterMissing;
use crate::place::Place;
use crate::rule::Severity;
use crate::schema;

/// The rule that lists the blanks of an act: only its other places are empty cells too, those of the others explain.
const BLANKS: &str = "C30-16";

/// What is known of an empty cell while the findings are read.
struct Missing {
    body: Option<String>,
    severity: Severity,
    hint: String,
    acts: Vec<&'static str>,
    codes: Vec<&'static str>,
}

/// A row an empty cell, in order of sheet, row and column.
pub fn of(diagnostics: &[Diagnostic], dossier: &Dossier) -> Vec<RegisterMissing> {
    let empty = dossier.empty_cells();
    let mut found: BTreeMap<&Place, Missing> = BTreeMap::new();
    for finding in diagnostics {
        let others: &[Place] = if finding.code == BLANKS { &finding.related } else { &[] };
        for place in std::iter::once(&finding.place).chain(others).filter(|place| empty.contains_key(place)) {
            let missing = found.entry(place).or_insert_with(|| Missing {
                body: finding.body.clone(),
                severity: finding.severity,
                hint: finding.hint.clone(),
                acts: Vec::new(),
                codes: Vec::new(),
            });
            // The gravest comes first in order.
            if finding.severity < missing.severity || missing.hint.is_empty() {
                missing.hint.clone_from(&finding.hint);
            }
            missing.severity = missing.severity.min(finding.severity);
            if missing.body != finding.body {
                missing.body = None;
            }
            let act = finding.act.as_deref().and_then(ActKind::from_slug).map(ActKind::italian);
            missing.acts.extend(act.filter(|act| !missing.acts.contains(act)));
            if !missing.codes.contains(&finding.code) {
                missing.codes.push(finding.code);
            }
        }
    }
    let rank = |sheet: &str| schema::SHEETS.iter().position(|spec| spec.name == sheet);
    let mut rows: Vec<_> = found.into_iter().collect();
    rows.sort_by_key(|(place, _)| (place.sheet().and_then(rank), *place));
    let row = |(place, missing): (&Place, Missing)| {
        let (sheet, column) = empty.get(place).copied().unwrap_or_default();
        let meaning = schema::sheet(sheet).and_then(|spec| spec.column(column)).map_or("", |column| column.note);
        let body = missing.body.as_deref().and_then(|code| dossier.find_body(code));
        let wanted: Vec<&str> = missing.acts.into_iter().chain(missing.codes).collect();
        RegisterMissing {
            body: body.and_then(|index| dossier.bodies.get(index)).map(super::rows::body).unwrap_or_default(),
            sheet: place.sheet().unwrap_or(sheet).to_owned(),
            cell: place.a1().unwrap_or_default(),
            column: column.to_owned(),
            meaning: meaning.to_owned(),
            wanted_by: wanted.join(", "),
            severity: missing.severity,
            hint: missing.hint,
        }
    };
    rows.into_iter().map(row).collect()
}
