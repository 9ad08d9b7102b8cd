//! What a face shows or hands out of a judged workbook without a run: the acts of a body one by one, where bodies stand,
//! what is missing, what changed since the workbook before, the calendar, the workbook to fill in. Called by the faces.

use std::collections::{BTreeMap, BTreeSet};

use super::write::report;
use super::{Checked, RunError, assignments, reasons};
use crate::act::Act;
use crate::batch;
use crate::compose::Library;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Assignment, Deadline, Dossier, Standing};
use crate::emit::pdf::Press;
use crate::emit::register::RegisterMissing;
use crate::emit::{self, EmitError, workbook};
use crate::example::{crowd, example, faulty};
use crate::model::Model;

/// Identifier under which the workbook of faults is asked for.
pub const FAULTY: &str = "errori";
/// The model that it follows.
const FAULTY_MODEL: &str = "pesaro-urbino";

/// The model of the workbook asked for by this identifier.
pub fn model_of(id: &str) -> &str {
    if id == FAULTY { FAULTY_MODEL } else { id }
}

/// The workbook to fill in for a model, filled with its example where `filled` says so. `id` is the model's, or
/// [`FAULTY`] for its example full of faults. With `bodies` the example has so many.
///
/// # Errors
/// There is no example with many bodies for this model.
pub fn template(model: &Model, id: &str, filled: bool, bodies: Option<usize>) -> Result<Vec<u8>, RunError> {
    let example = match (id, filled, bodies) {
        (FAULTY, ..) => Some(faulty()),
        (_, true, None) => example(id),
        (_, true, Some(count)) => Some(crowd(id, count).ok_or_else(|| {
            RunError::Argument(format!("un esempio con molti enti c’è per «{FAULTY_MODEL}», non per «{id}»"))
        })?),
        (_, false, _) => None,
    };
    Ok(workbook::template(model, example.as_ref()).map_err(EmitError::from)?)
}

/// An act that a workbook calls for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedAct {
    /// What it is, and for whom.
    pub assignment: Assignment,
    /// Stem of its files.
    pub stem: String,
    /// Name of the service that it is about, where it is of one.
    pub service: Option<String>,
    /// Codes of the errors that withhold it.
    pub reasons: Vec<&'static str>,
}

/// The acts that a run would make for a body, in order of file number.
pub fn acts_of(checked: &Checked, library: &Library, body: usize) -> Vec<PlannedAct> {
    let Some(dossier) = &checked.dossier else { return Vec::new() };
    let service = |assignment: &Assignment| {
        let request = assignment.request.and_then(|index| dossier.requests.get(index))?;
        let named = dossier.service(request).and_then(|service| service.nome.text());
        named.or(request.servizio.text()).map(str::to_owned)
    };
    let planned = |assignment: Assignment| PlannedAct {
        stem: dossier.stem(&assignment),
        service: service(&assignment),
        reasons: reasons(dossier, &checked.withheld, &assignment),
        assignment,
    };
    assignments(library, dossier, body, None).into_iter().map(planned).collect()
}

/// An act as a tree. The covering letter is as it stands before the documents that it lists are made.
///
/// # Errors
/// The faults of its text.
pub fn act(dossier: &Dossier, library: &Library, assignment: &Assignment) -> Result<Act, Vec<Diagnostic>> {
    library.compose(assignment, dossier, &[])
}

/// The PDF of an act, made on a thread with the stack that layout wants.
///
/// # Errors
/// Only for a fault of the program.
pub fn pdf(press: &Press, act: &Act) -> Result<Vec<u8>, RunError> {
    let made: Result<Vec<Vec<u8>>, EmitError> = batch::each(1, 1, |_| press.pdf(act)).into_iter().collect();
    Ok(made?.into_iter().next().unwrap_or_default())
}

/// The Word document of an act.
///
/// # Errors
/// Only for a fault of the program.
pub fn docx(act: &Act) -> Result<Vec<u8>, RunError> {
    Ok(emit::docx::docx(act)?)
}

/// Where the bodies that adhere on their own stand, by position.
pub fn standings(checked: &Checked) -> BTreeMap<usize, Standing> {
    checked.dossier.as_ref().map(|dossier| report::standings(dossier, &checked.withheld)).unwrap_or_default()
}

/// The data that are missing: every empty cell that a finding points at.
pub fn missing(checked: &Checked) -> Vec<RegisterMissing> {
    let of = |dossier| report::missing::of(&checked.diagnostics, dossier);
    checked.dossier.as_ref().map(of).unwrap_or_default()
}

/// The deadlines of a workbook as a calendar file.
///
/// # Errors
/// Only for a fault of the program.
pub fn calendar(dossier: &Dossier, deadlines: &[Deadline]) -> Result<Vec<u8>, RunError> {
    let title = dossier.convention.titolo.text().unwrap_or("Scadenze della convenzione");
    // What tells this convention and its term from any other.
    let lead = dossier.lead().map_or("", |lead| lead.code());
    let start = dossier.convention.decorrenza.copied().map(|day| day.to_string()).unwrap_or_default();
    let identity = format!("{}\n{lead}\n{start}", dossier.model.id);
    let bytes = emit::calendar::calendar(title, &identity, deadlines, dossier.today);
    Ok(bytes.map_err(EmitError::from)?)
}

/// What a corrected workbook changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Positions, in the findings of now, of those that were not there.
    pub fresh: BTreeSet<usize>,
    /// The findings that are not there any more.
    pub solved: Vec<Diagnostic>,
    /// How many are as they were.
    pub same: usize,
}

/// Compares the findings of a workbook with those of the one before. A finding is the same where rule, body, act and words
/// are: rows that moved change no finding.
pub fn changes(before: &[Diagnostic], after: &[Diagnostic]) -> Changes {
    let mut known: Vec<Option<&Diagnostic>> = before.iter().map(Some).collect();
    let mut by_words: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let key = |found: &Diagnostic| (found.code, found.body.clone(), found.act.clone(), found.message.clone());
    for (index, found) in before.iter().enumerate().rev() {
        by_words.entry(key(found)).or_default().push(index);
    }
    let mut changes = Changes::default();
    for (index, found) in after.iter().enumerate() {
        match by_words.get_mut(&key(found)).and_then(Vec::pop) {
            Some(same) => {
                changes.same += 1;
                if let Some(slot) = known.get_mut(same) {
                    *slot = None;
                }
            }
            None => {
                changes.fresh.insert(index);
            }
        }
    }
    changes.solved = known.into_iter().flatten().cloned().collect();
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::Place;

    #[test]
    fn a_finding_that_only_moved_is_no_change() {
        let at = |row, message: &str| Diagnostic::new("ENT-01", Place::cell(&"Enti".into(), row, 5), message);
        let before = [at(1, "uno"), at(2, "due"), at(3, "uno")];
        let after = [at(7, "uno"), at(8, "tre")];
        let changes = changes(&before, &after);
        assert_eq!(changes.fresh, BTreeSet::from([1]));
        assert_eq!(changes.solved, [at(2, "due"), at(3, "uno")]);
        assert_eq!(changes.same, 1);
    }
}
