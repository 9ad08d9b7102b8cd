//! What comes back, against what was sent: files and manifests in, one report out. [`files`] takes bytes with names (the web
//! desk has nothing else), [`paths`] reads the disk first. The signatures are judged by the worker [`crate::verify`].

mod boxes;
mod disk;
mod expand;
mod expected;
mod judge;
mod report;
mod state;

pub use disk::paths;
pub use report::{Bundle, Document, DocumentState, Expected, File, FileState, Report, Summary};
pub use state::signatures_in;

use chrono::NaiveDate;

use expand::Expanded;

/// A file to look at: a bundle, a manifest, a document that came back, a signature.
#[derive(Debug, Clone)]
pub struct Input {
    /// Its name, with the folders that lead to it where there are.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// True where the person named this file; false for what was found in a folder or an archive.
    pub asked: bool,
}

/// Whether what is not there is missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// All that was sent should be there.
    Whole,
    /// Only the files given are of interest.
    These,
}

/// Verifies files given together: bundles, manifests, documents, signatures, in any order. Never fails: what cannot be read
/// is told in the report. A signature that says it was made after `today` is told.
pub fn files(inputs: Vec<Input>, scope: Scope, today: NaiveDate) -> Report {
    let mut report = Report::default();
    add(inputs, scope, &mut report);
    report.close(today);
    report
}

/// [`files`] as they are uploaded: documents that came back by themselves are judged by themselves; with what was sent, a
/// bundle or a manifest, nothing may be missing.
pub fn uploads(inputs: Vec<Input>, today: NaiveDate) -> Report {
    let is_sent = |input: &Input| {
        let name = input.name.to_ascii_lowercase();
        name.ends_with(".zip") || name.ends_with(crate::emit::bundle::MANIFEST)
    };
    let scope = if inputs.iter().any(is_sent) { Scope::Whole } else { Scope::These };
    files(inputs, scope, today)
}

/// Verifies one group of files and adds what it finds to a report.
fn add(inputs: Vec<Input>, scope: Scope, report: &mut Report) {
    let Expanded { manifests, files, findings } = expand::expand(inputs);
    report.findings.extend(findings);
    judge::judge(manifests, files, scope, report);
}
