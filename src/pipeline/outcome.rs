//! What a run did, as values: for `esito.json`, `registro.xlsx` and the closing summary.

use serde::Serialize;

use crate::diagnostic::{Diagnostic, Summary};

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ActState {
    /// Its files are in the output folder.
    Produced,
    /// An error withholds it.
    Withheld,
}

/// A file of an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileOutcome {
    /// Format.
    pub format: String,
    /// Path from the run's folder, with slashes.
    pub path: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// An act of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ActOutcome {
    /// Code of the body; its row where it has no code.
    pub body: String,
    /// Name of the body.
    pub name: String,
    /// Kind of act.
    pub act: &'static str,
    /// Code of the service that it is about, where it is of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// What became of it.
    pub state: ActState,
    /// Codes of the errors that withhold it.
    pub reasons: Vec<&'static str>,
    /// Its files.
    pub files: Vec<FileOutcome>,
    /// The body's bundle, from the run's folder.
    pub bundle: Option<String>,
    /// True where the files were already there, unchanged. Not in `esito.json`, which says the same on every run.
    #[serde(skip)]
    pub unchanged: bool,
    /// Position of the body in the dossier.
    #[serde(skip)]
    pub index: usize,
}

/// `esito.json`, schema `scrivano/run/1`. It holds no clock: the same input gives the same bytes.
#[derive(Debug, Clone, Serialize)]
pub struct RunReport {
    /// `scrivano/run/1`.
    pub schema: &'static str,
    /// File name of the workbook.
    pub workbook: String,
    /// Its SHA-256.
    pub workbook_sha256: String,
    /// Model.
    pub model: String,
    /// `schema` or `stipula`.
    pub stage: String,
    /// The slice made, `1/4`, where only a slice was asked for.
    pub slice: Option<String>,
    /// Counts.
    pub summary: RunSummary,
    /// Acts, in order of the sheet.
    pub acts: Vec<ActOutcome>,
    /// All findings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Counts of a run.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct RunSummary {
    /// Bodies concerned.
    pub bodies: usize,
    /// Acts in the output folder.
    pub produced: usize,
    /// Acts withheld.
    pub withheld: usize,
    /// Findings.
    #[serde(flatten)]
    pub findings: Summary,
}
