//! The workbook given, with something of ours in it: the register of bills in its sheet `Fatture`, or the findings
//! (`annotated`). Called by `pipeline` for `--registra` and `--annota`.
//!
//! An `.xlsx` is edited in place: new cells go into the one worksheet, and every other part of the package stays byte for
//! byte, but for what must agree with it (range of the filter or of a table, a style for days, the sheet itself where it is
//! missing, the mark that formulas are to be calculated again; for findings, colours and comments). Any other workbook is written anew as an `.xlsx`, values
//! without looks. A cell that has something in it is never written over.

mod annotated;
mod area;
mod book;
mod comments;
mod fill;
mod format;
mod look;
mod marks;
mod package;
mod parts;
mod plan;
mod report;
mod shapes;
mod sheet;
mod style;
mod xml;

pub use annotated::{AnnotatedCopy, annotated_copy};
pub use report::is_ours as is_report;

use super::{EmitError, workbook};
use crate::bill::Entry;
use crate::table::Workbook;

/// A copy of a workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterCopy {
    /// An `.xlsx`.
    pub bytes: Vec<u8>,
    /// True where all that was in the workbook is as it was; false where only names of sheets and values of cells are,
    /// because it was an `.ods`, an `.xls`, or a package built in a way that is not followed here.
    pub is_faithful: bool,
}

/// The copy of the workbook in `bytes`, which `read` has turned into `tables`, with `entries` in its register: rows of the
/// sheet are filled, others added under the last used one. Columns are found by the same headers as `check` does; those that
/// are missing are added on the right, and the sheet at the end.
///
/// # Errors
/// The sheet has rows and no header in which two columns are recognised ([`EmitError::Register`]); a zip or a workbook that
/// cannot be written.
pub fn register_copy(bytes: &[u8], tables: &Workbook, entries: &[Entry]) -> Result<RegisterCopy, EmitError> {
    if let Some(bytes) = package::edited(bytes, tables, entries)? {
        return Ok(RegisterCopy { bytes, is_faithful: true });
    }
    let plan = plan::Plan::of(tables, entries, (0, 0))?;
    let bytes = workbook::tables(&plan.applied(tables))?;
    Ok(RegisterCopy { bytes, is_faithful: false })
}
