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
        let cell = empty.get(place)?;
        let column = schema::sheet(cell.sheet).and_then(|spec| spec.column(cell.column));
        let body = cell.body.and_then(|index| dossier.bodies.get(index));
        let wanted: Vec<&str> = missing.acts.into_iter().chain(missing.codes).collect();
        Some(RegisterMissing {
            body: body.map(super::rows::body).unwrap_or_default(),
            sheet: place.sheet().unwrap_or(cell.sheet).to_owned(),
            cell: place.a1().unwrap_or_default(),
            column: cell.column.to_owned(),
            meaning: column.map_or("", |column| column.note).to_owned(),
            wanted_by: wanted.join(", "),
            severity: missing.severity,
            hint: missing.hint,
        })
    };
    rows.into_iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::sample::Sample;

    /// What is listed: cell, column, body, why and how grave.
    fn listed(findings: &[Diagnostic], dossier: &Dossier) -> Vec<[String; 5]> {
        let rows = of(findings, dossier).into_iter();
        rows.map(|it| [it.cell, it.column, it.body.code.to_string(), it.wanted_by, it.severity.italian().to_owned()])
            .collect()
    }

    fn owned(rows: &[[&str; 5]]) -> Vec<[String; 5]> {
        rows.iter().map(|row| row.map(str::to_owned)).collect()
    }

    #[test]
    fn a_cell_is_listed_once_with_all_that_wants_it_under_the_body_of_its_row() {
        let dossier = Sample::sound().act(1, "numero", "").act(1, "data", "").build();
        let (number, day) =
            (dossier.deliberations[1].numero.place.clone(), dossier.deliberations[1].data.place.clone());
        let a1 = |place: &Place| place.a1().expect("a cell");
        let blanks = Diagnostic::new("C30-16", number.clone(), "restano 2 spazi")
            .severity(Severity::Note)
            .act("convenzione")
            .body("p_pu")
            .related(day.clone());
        let error = Diagnostic::new("DEL-02", number.clone(), "manca il numero").hint("scriverlo").body("c_a035");
        let rows = listed(&[blanks, error], &dossier);
        assert_eq!(
            rows,
            owned(&[
                [&a1(&number), "numero", "c_a035", "convenzione, C30-16, DEL-02", "errore"],
                [&a1(&day), "data", "c_a035", "convenzione, C30-16", "nota"],
            ])
        );
    }

    #[test]
    fn cells_that_hold_something_and_places_that_only_explain_are_not_missing() {
        let dossier = Sample::sound().field("anno", "").act(1, "data", "").build();
        let full = dossier.deliberations[1].numero.place.clone();
        let finding = Diagnostic::new("DEL-03", full, "date").related(dossier.deliberations[1].data.place.clone());
        assert!(listed(&[finding], &dossier).is_empty());
        // What is of the convention is of all.
        let year = Diagnostic::new("WB-11", dossier.convention.anno.place.clone(), "manca");
        assert_eq!(listed(&[year], &dossier).first().map(|row| row[2].as_str()), Some(""));
    }
}
