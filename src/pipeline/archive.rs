//! All that a run left, in one file to carry away: every bundle and the three reports. Called by the web desk, whose
//! visitors have no folder to look into.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use super::outcome::RunReport;
use super::store::{RunError, rename};
use super::{memory, report_names};
use crate::emit::EmitError;
use crate::emit::bundle;

/// Writes the zip of a run to `path`: first the reports, then the bundles in the order of the sheet. The same run gives the
/// same bytes.
///
/// # Errors
/// A file of the run is not there any more, or the disk refuses.
pub fn archive(root: &Path, report: &RunReport, path: &Path) -> Result<(), RunError> {
    let names = report_names(report.slice.as_deref());
    let outcome = format!("esito{}.json", memory::suffix(report.slice.as_deref()));
    let mut files = vec![outcome, names.picture, names.register];
    for bundle in report.acts.iter().filter_map(|act| act.bundle.as_deref()) {
        if files.last().is_none_or(|last| last != bundle) {
            files.push(bundle.to_owned());
        }
    }
    let partial = path.with_extension("parte");
    let writer = File::create(&partial).map_err(|source| RunError::Write { path: partial.clone(), source })?;
    let contents = files.into_iter().map(|name| Ok((name.clone(), std::fs::read(root.join(&name))?)));
    bundle::collection(BufWriter::new(writer), contents).map_err(|error| match error {
        EmitError::Xml(source) => RunError::Write { path: path.to_owned(), source },
        other => RunError::Emit(other),
    })?;
    rename(&partial, path)
}
