//! What a run did, as values: for `esito.json`, `registro.xlsx` and the closing summary.

use ecow::EcoString;
use serde::{Deserialize, Deserializer, Serialize, de};

use super::orphans::Orphan;
use super::site::Moved;
use crate::act::ActKind;
use crate::diagnostic::{Diagnostic, Summary};
use crate::dossier::Dossier;

/// A word of the program's own tables: a code of a rule, a kind of act.
pub type Word = &'static str;

/// What became of an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ActState {
    /// Its files are in the output folder.
    Produced,
    /// An error withholds it.
    Withheld,
}

/// A file of an act. Its texts, as those of the act, are shared with the register and with what the run remembers: of all
/// Italy there are a hundred thousand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOutcome {
    /// Format.
    pub format: EcoString,
    /// Path from the run's folder, with slashes.
    pub path: EcoString,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: EcoString,
}

/// An act of the run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActOutcome {
    /// Code of the body; its row where it has no code.
    pub body: EcoString,
    /// Name of the body.
    pub name: EcoString,
    /// Kind of act.
    #[serde(deserialize_with = "kind")]
    pub act: Word,
    /// Code of the service that it is about, where it is of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// What became of it.
    pub state: ActState,
    /// Codes of the errors that withhold it.
    #[serde(deserialize_with = "codes")]
    pub reasons: Vec<Word>,
    /// Its files.
    pub files: Vec<FileOutcome>,
    /// The body's bundle, from the run's folder.
    pub bundle: Option<EcoString>,
    /// True where the files were already there, unchanged. Not in `esito.json`, which says the same on every run.
    #[serde(skip)]
    pub unchanged: bool,
    /// Who has signed of who was to, in words, where something signed came back into the body's folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatures: Option<String>,
    /// Position of the body in the dossier.
    #[serde(skip)]
    pub index: usize,
}

/// `esito.json`, schema `scrivano/run/1`. It holds no clock: the same input gives the same bytes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RunReport {
    /// `scrivano/run/1`.
    pub schema: String,
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
    /// What earlier runs left for bodies that are no more, or are called otherwise.
    pub orphans: Vec<Orphan>,
    /// What this run found in its way and moved; not in the file.
    #[serde(skip)]
    pub moved: Moved,
    /// All findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl RunReport {
    /// The report of a folder in which no act was made.
    pub fn without_acts(dossier: &Dossier, diagnostics: &[Diagnostic]) -> Self {
        let findings = Summary::of(diagnostics);
        Self {
            schema: SCHEMA.to_owned(),
            workbook: dossier.workbook.to_string(),
            workbook_sha256: String::new(),
            model: dossier.model.id.clone(),
            stage: String::new(),
            slice: None,
            summary: RunSummary { bodies: 0, produced: 0, withheld: 0, findings },
            acts: Vec::new(),
            orphans: Vec::new(),
            moved: Moved::default(),
            diagnostics: diagnostics.to_vec(),
        }
    }
}

/// Counts of a run.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
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

/// The schema of `esito.json`.
pub const SCHEMA: &str = "scrivano/run/1";

fn kind<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    let slug = String::deserialize(deserializer)?;
    ActKind::from_slug(&slug).map(ActKind::slug).ok_or_else(|| de::Error::custom("not a kind of act"))
}

fn codes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Word>, D::Error> {
    let code = |code: &String| crate::rule::find(code).map(|rule| rule.code);
    let codes = Vec::<String>::deserialize(deserializer)?;
    codes.iter().map(code).collect::<Option<_>>().ok_or_else(|| de::Error::custom("not the code of a rule"))
}
