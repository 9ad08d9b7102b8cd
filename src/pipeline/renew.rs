//! `rinnovo`: a checked workbook becomes that of the next term.

use chrono::NaiveDate;

use super::{Checked, RunError};
use crate::dossier::Deadline;
use crate::emit::{EmitError, copy, workbook};
use crate::place::Place;
use crate::renewal::{self, NextTerm, Renewed};
use crate::{deadlines, fees, read};

/// The workbook of the next term.
pub struct Renewal {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it holds, and what was done to get there.
    pub renewed: Renewed,
    /// Its deadlines.
    pub deadlines: Vec<Deadline>,
}

/// Makes the workbook of the term of `years` from `start`; what is not said is taken from the present term. `bytes` are
/// those of the checked workbook.
///
/// # Errors
/// The workbook has no data to start from, or says neither when the present term ends nor how long it is.
pub fn renew(
    checked: &Checked,
    bytes: &[u8],
    start: Option<NaiveDate>,
    years: Option<u32>,
) -> Result<Renewal, RunError> {
    let nothing = || RunError::Argument("il file non contiene dati da rinnovare".to_owned());
    let old = checked.dossier.as_ref().ok_or_else(nothing)?;
    let mut tables = read::workbook(&old.workbook, bytes).map_err(|_| nothing())?;
    // The findings of the old term's workbook are not the clerk's own notes.
    tables.sheets.retain(|sheet| !copy::is_report(sheet));
    let term = NextTerm::after(old, start, years).ok_or_else(|| {
        let message = "il vecchio foglio non dice quando finisce o quanto dura la convenzione: aggiungere --decorrenza e --durata";
        RunError::Argument(message.to_owned())
    })?;
    let mut renewed = renewal::renew(old, term);
    renewed.dossier.contributions = fees::contributions(&renewed.dossier).0;
    let deadlines = deadlines::deadlines(&renewed.dossier);
    let unknown: Vec<Place> =
        checked.diagnostics.iter().filter(|found| found.code == "WB-05").map(|found| found.place.clone()).collect();
    let example = renewal::workbook(old, &mut renewed, &tables, &unknown, &workbook::OWN_SHEETS, &deadlines);
    let bytes = workbook::template(&old.model, Some(&example)).map_err(EmitError::from)?;
    Ok(Renewal { bytes, renewed, deadlines })
}
