//! `controlla --annota`: a checked workbook given back with its findings. Bytes in, bytes out.

use chrono::NaiveDate;

use super::{Checked, RunError};
use crate::date;
use crate::emit::copy::{self, AnnotatedCopy};
use crate::read;

/// A copy of the workbook in `bytes`, called `name`, with the findings of `checked`, which were made on the day `today`:
/// cells coloured, messages as comments, a first sheet that lists them.
///
/// # Errors
/// The workbook cannot be read, or the copy cannot be written.
pub fn annotate(name: &str, bytes: &[u8], checked: &Checked, today: NaiveDate) -> Result<AnnotatedCopy, RunError> {
    let tables = read::workbook(name, bytes).map_err(|fault| RunError::Argument(fault.message))?;
    let about = format!("«{name}», al {}", date::short(today));
    Ok(copy::annotated_copy(bytes, &tables, &checked.diagnostics, &about)?)
}
