//! Texts tried out before anybody writes them: on what they are tried, and how they are carried away. Nothing is written
//! here. Called by the web desk; what `--testi` does on the command line is what comes of the file that is carried away.

use std::io::Cursor;

use super::{Checked, Judge, RunError, check, template};
use crate::act::ActKind;
use crate::compose::Library;
use crate::dossier::{Assignment, Dossier};
use crate::emit::bundle;
use crate::model::Model;

/// The name of the example on which texts are tried.
const EXAMPLE: &str = "esempio.xlsx";

/// The example of a model, judged without its acts: there to try texts on where no workbook is.
///
/// # Errors
/// Only for a fault of the program.
pub fn sample(model: &Model, judge: &Judge<'_>) -> Result<Checked, RunError> {
    let bytes = template(model, &model.id, true, None)?;
    Ok(check(EXAMPLE, &bytes, &Judge { acts: Some(&[]), ..*judge }))
}

/// For each body that may have an act of this kind, the first: also where it would be a form to fill in by hand.
pub fn acts_of_kind(dossier: &Dossier, kind: ActKind) -> Vec<Assignment> {
    let first = |body| dossier.assignments(body, Some(&[kind])).into_iter().next();
    (0..dossier.bodies.len()).filter_map(first).collect()
}

/// The texts of a model in one file, with their folders: unpacked, they are what `--testi` wants. Same texts, same bytes.
///
/// # Errors
/// Only for a fault of the program.
pub fn texts(library: &Library, model: &str) -> Result<Vec<u8>, RunError> {
    let files = library.files(model).into_iter().map(|(path, text)| Ok((path, text.into_bytes())));
    let mut bytes = Vec::new();
    bundle::collection(Cursor::new(&mut bytes), files)?;
    Ok(bytes)
}
