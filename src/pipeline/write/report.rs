//! `esito.json`, `registro.xlsx` and `quadro.pdf` of a run.

mod fees;
pub mod missing;
mod picture;
mod rows;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::batch;
use crate::deadlines;
use crate::dossier::{Deadline, Dossier, Standing};
use crate::emit::EmitError;
use crate::emit::board::BoardPress;
use crate::emit::register::{self, Register, RegisterBill, RegisterFee, RegisterMissing, RegisterRow, RegisterService};
use crate::pipeline::memory::suffix;
use crate::pipeline::outcome::RunReport;
use crate::pipeline::store::RunError;

/// What the reports say that the run itself does not: out of the workbook, and the same for all slices save the rows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Facts {
    title: String,
    day: NaiveDate,
    year: i32,
    /// The position in the workbook of the body of every act of the run.
    pub order: Vec<usize>,
    /// A row an act of the run.
    pub rows: Vec<RegisterRow>,
    deadlines: Vec<Deadline>,
    fees: Vec<RegisterFee>,
    services: Vec<RegisterService>,
    missing: Vec<RegisterMissing>,
    /// What was issued in the folder, for the VAT register.
    bills: Vec<RegisterBill>,
    picture: picture::Picture,
}

impl Facts {
    /// The facts of a run. `withheld` holds, for every body, the codes of the errors that withhold its acts.
    pub fn of(report: &RunReport, dossier: &Dossier, withheld: &[Vec<&'static str>], bills: Vec<RegisterBill>) -> Self {
        let standings = standings(dossier, withheld);
        Self {
            title: dossier.convention.titolo.text().unwrap_or("Registro degli atti").to_owned(),
            day: dossier.today,
            year: dossier.reference_year(),
            order: report.acts.iter().map(|act| act.index).collect(),
            rows: rows::acts(report, dossier, &standings),
            deadlines: deadlines::deadlines(dossier),
            fees: fees::of(dossier),
            services: rows::services(dossier),
            missing: missing::of(&report.diagnostics, dossier),
            bills,
            picture: picture::Picture::of(dossier, &standings),
        }
    }

    /// The same workbook with the acts of another run.
    #[must_use]
    pub fn with_rows(self, order: Vec<usize>, rows: Vec<RegisterRow>) -> Self {
        Self { order, rows, ..self }
    }
}

/// Name and bytes of the three; a slice has its own names, so that slices made side by side do not overwrite each other.
///
/// # Errors
/// Only for a fault of the program.
pub fn files(report: &RunReport, facts: Facts) -> Result<Vec<(String, Vec<u8>)>, RunError> {
    let suffix = suffix(report.slice.as_deref());
    // Layout wants a thread with a deep stack.
    let board = facts.picture.board(report, facts.day, &facts.deadlines);
    let picture: Result<Vec<Vec<u8>>, EmitError> =
        batch::each(1, 1, |_| BoardPress::new()?.pdf(&board)).into_iter().collect();
    let picture = picture?.into_iter().next().unwrap_or_default();
    let workbook = workbook(report, facts)?;
    let mut json = serde_json::to_vec_pretty(report).map_err(EmitError::from)?;
    json.push(b'\n');
    Ok(vec![
        (format!("quadro{suffix}.pdf"), picture),
        (format!("registro{suffix}.xlsx"), workbook),
        (format!("esito{suffix}.json"), json),
    ])
}

/// `registro.xlsx`.
///
/// # Errors
/// Only for a fault of the program.
pub fn workbook(report: &RunReport, facts: Facts) -> Result<Vec<u8>, RunError> {
    let workbook = register::register(&Register {
        title: &facts.title,
        day: facts.day,
        acts: facts.rows.into_iter().chain(rows::left(&report.orphans)).collect(),
        deadlines: facts.deadlines,
        year: facts.year,
        fees: facts.fees,
        services: facts.services,
        missing: facts.missing,
        bills: facts.bills,
        findings: &report.diagnostics,
    });
    Ok(workbook.map_err(EmitError::from)?)
}

/// Where the bodies that adhere on their own stand, by position.
pub fn standings(dossier: &Dossier, withheld: &[Vec<&'static str>]) -> BTreeMap<usize, Standing> {
    let is_withheld = |index: usize| withheld.get(index).is_some_and(|codes| !codes.is_empty());
    dossier.parties().map(|(index, body)| (index, dossier.standing(body, is_withheld(index)))).collect()
}
