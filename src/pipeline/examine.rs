//! The examination of an act that others wrote, for every face: a name and its bytes in, the report out.

use chrono::NaiveDate;

use crate::diagnostic::Diagnostic;
use crate::examine::{self, Examination};

/// Examines a document; `name` is its file name, `today` the day on which dated rules are judged.
///
/// # Errors
/// One diagnostic `ESA-01`: the document cannot be read.
#[expect(clippy::result_large_err, reason = "made once for a file, at its end")]
pub fn examine(name: &str, bytes: &[u8], today: NaiveDate) -> Result<Examination, Diagnostic> {
    examine::document(name, bytes, today)
}
