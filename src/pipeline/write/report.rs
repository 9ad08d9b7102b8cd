//! `esito.json`, `registro.xlsx` and `quadro.pdf` of a run.

mod fees;
pub mod missing;
mod picture;
mod rows;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::batch;
use crate::deadlines;
use crate::dossier::{Deadline, Dossier, Standing};
use crate::emit::EmitError;
use crate::emit::board::BoardPress;
use crate::emit::pdf;
use crate::emit::register::{self, Register, RegisterBill, RegisterFee, RegisterMissing, RegisterRow, RegisterService};
use crate::pipeline::memory::{Vouched, suffix};
use crate::pipeline::outcome::RunReport;
use crate::pipeline::site::{Measured, Site};
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

    /// What the register of the run says.
    fn register<'a>(self, title: &'a str, report: &'a RunReport) -> Register<'a> {
        let mut acts = self.rows;
        acts.extend(rows::left(&report.orphans));
        Register {
            title,
            day: self.day,
            acts,
            deadlines: self.deadlines,
            year: self.year,
            fees: self.fees,
            services: self.services,
            missing: self.missing,
            bills: self.bills,
            findings: &report.diagnostics,
        }
    }

    /// The same workbook with the acts of another run.
    #[must_use]
    pub fn with_rows(self, order: Vec<usize>, rows: Vec<RegisterRow>) -> Self {
        Self { order, rows, ..self }
    }
}

/// Writes the three, each straight to the disk; a slice has its own names, so that slices made side by side do not
/// overwrite each other.
///
/// # Errors
/// The disk refuses, or a fault of the program.
pub fn write(site: &Site, root: &Path, report: &RunReport, facts: Facts) -> Result<Vec<Vouched>, RunError> {
    let suffix = suffix(report.slice.as_deref());
    // Layout wants a thread with a deep stack.
    let board = facts.picture.board(report, facts.day, &facts.deadlines);
    let picture: Result<Vec<Vec<u8>>, EmitError> =
        batch::each(1, 1, |_| BoardPress::new()?.pdf(&board)).into_iter().collect();
    let picture = picture?.into_iter().next().unwrap_or_default();
    drop(board);
    pdf::forget_layouts();
    let written = |name: String, fill: &mut dyn FnMut(&mut Measured) -> Result<(), EmitError>| {
        let (bytes, sha256) = site.stream(&root.join(&name), fill)?;
        Ok::<_, RunError>(Vouched { path: name.into(), bytes, sha256: sha256.into() })
    };
    let title = facts.title.clone();
    let mut register = Some(facts.register(&title, report));
    Ok(vec![
        written(format!("quadro{suffix}.pdf"), &mut |out| Ok(out.write_all(&picture)?))?,
        written(format!("registro{suffix}.xlsx"), &mut |out| {
            register.take().map_or(Ok(()), |register| Ok(register::stream(register, out)?))
        })?,
        written(format!("esito{suffix}.json"), &mut |out| {
            serde_json::to_writer_pretty(&mut *out, report)?;
            Ok(out.write_all(b"\n")?)
        })?,
    ])
}

/// `registro.xlsx`.
///
/// # Errors
/// Only for a fault of the program.
pub fn workbook(report: &RunReport, facts: Facts) -> Result<Vec<u8>, RunError> {
    let title = facts.title.clone();
    Ok(register::register(&facts.register(&title, report)).map_err(EmitError::from)?)
}

/// Where the bodies that adhere on their own stand, by position.
pub fn standings(dossier: &Dossier, withheld: &[Vec<&'static str>]) -> BTreeMap<usize, Standing> {
    let is_withheld = |index: usize| withheld.get(index).is_some_and(|codes| !codes.is_empty());
    dossier.parties().map(|(index, body)| (index, dossier.standing(body, is_withheld(index)))).collect()
}
