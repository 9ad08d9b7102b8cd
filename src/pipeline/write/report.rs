//! `esito.json`, `registro.xlsx` and `quadro.pdf` of a run.

mod fees;
mod missing;
mod picture;
mod rows;

use std::collections::BTreeMap;
use std::path::Path;

use crate::batch;
use crate::deadlines;
use crate::dossier::{Dossier, Standing};
use crate::emit::EmitError;
use crate::emit::board::BoardPress;
use crate::emit::register::{self, Register};
use crate::pipeline::outcome::RunReport;
use crate::pipeline::store::{RunError, write_atomically};

/// Writes all three; a slice has its own names, so that slices made side by side do not overwrite each other. `withheld`
/// holds, for every body, the codes of the errors that withhold its acts.
pub fn write(
    report: &RunReport,
    dossier: &Dossier,
    withheld: &[Vec<&'static str>],
    root: &Path,
) -> Result<(), RunError> {
    let suffix = report.slice.as_deref().map(|slice| format!("-{}", slice.replace('/', "-di-"))).unwrap_or_default();
    let standings = standings(dossier, withheld);
    let deadlines = deadlines::deadlines(dossier);
    // Layout wants a thread with a deep stack.
    let picture = batch::each(1, 1, |_| BoardPress::new()?.pdf(&picture::of(report, dossier, &standings, &deadlines)));
    for bytes in picture {
        write_atomically(&root.join(format!("quadro{suffix}.pdf")), &bytes?)?;
    }
    let workbook = register::register(&Register {
        title: dossier.convention.titolo.text().unwrap_or("Registro degli atti"),
        day: dossier.today,
        acts: rows::acts(report, dossier, &standings),
        deadlines,
        year: dossier.reference_year(),
        fees: fees::of(dossier),
        services: rows::services(dossier),
        missing: missing::of(&report.diagnostics, dossier),
        bills: Vec::new(),
        findings: &report.diagnostics,
    });
    write_atomically(&root.join(format!("registro{suffix}.xlsx")), &workbook.map_err(EmitError::from)?)?;
    let mut json = serde_json::to_vec_pretty(report).map_err(EmitError::from)?;
    json.push(b'\n');
    write_atomically(&root.join(format!("esito{suffix}.json")), &json)?;
    Ok(())
}

/// Where the bodies that adhere on their own stand, by position.
fn standings(dossier: &Dossier, withheld: &[Vec<&'static str>]) -> BTreeMap<usize, Standing> {
    let is_withheld = |index: usize| withheld.get(index).is_some_and(|codes| !codes.is_empty());
    dossier.parties().map(|(index, body)| (index, dossier.standing(body, is_withheld(index)))).collect()
}
