//! The report of a verification: `scrivano/verify/1` as it is, and what pages and texts are made from.

use chrono::NaiveDate;
use serde::Serialize;

use crate::emit::bundle::Manifest;
use crate::rule::Severity;
use crate::verify::{Fault, NOT_CHECKED, Signature};

/// All that a verification found.
#[derive(Debug, Serialize)]
pub struct Report {
    /// `scrivano/verify/1`.
    pub schema: &'static str,
    /// True where nothing is wrong: no error anywhere.
    pub ok: bool,
    /// True where nothing could be read: there is neither a manifest nor a signature.
    pub unreadable: bool,
    /// Counts.
    pub summary: Summary,
    /// One for each manifest.
    pub bundles: Vec<Bundle>,
    /// Files for which there is no manifest.
    pub files: Vec<File>,
    /// What there is to say of no file in particular.
    pub findings: Vec<Fault>,
    /// What no verification by this program covers.
    pub not_checked: [&'static str; 3],
}

/// Counts of documents and findings.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// Documents of the manifests that were looked for.
    pub documents: usize,
    /// As they were sent, without signatures.
    pub unchanged: usize,
    /// Signed by all who were to sign.
    pub signed: usize,
    /// Signed by some.
    pub partly_signed: usize,
    /// Not what was sent.
    pub changed: usize,
    /// Not there.
    pub missing: usize,
    /// Files that the manifest does not name.
    pub added: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

/// What was sent to one body, and what became of it.
#[derive(Debug, Serialize)]
pub struct Bundle {
    /// Code of the body.
    pub body: String,
    /// Its name.
    pub body_name: String,
    /// Title of the convention.
    pub convention: String,
    /// `schema` or `stipula`.
    pub stage: String,
    /// The file that the manifest was read from.
    pub source: String,
    /// The documents of the manifest.
    pub documents: Vec<Document>,
    /// Files that the manifest does not name.
    pub added: Vec<File>,
}

/// A document of the manifest.
#[derive(Debug, Serialize)]
pub struct Document {
    /// Its name in the manifest.
    pub path: String,
    /// Kind of act.
    pub kind: String,
    /// Title.
    pub title: String,
    /// SHA-256 of what was sent.
    pub sha256: String,
    /// What became of it.
    pub state: DocumentState,
    /// Who was to sign.
    pub expected: Vec<Expected>,
    /// The files that are this document, or go by its name.
    pub files: Vec<File>,
    /// What there is to say of the document.
    pub findings: Vec<Fault>,
}

/// What became of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DocumentState {
    /// As it was sent, without signatures.
    Unchanged,
    /// Signed by all who were to sign.
    Signed,
    /// Signed by some.
    PartlySigned,
    /// Not what was sent.
    Changed,
    /// Not there.
    Missing,
}

impl DocumentState {
    /// The word people read.
    pub fn italian(self) -> &'static str {
        match self {
            Self::Unchanged => "integro",
            Self::Signed => "firmato",
            Self::PartlySigned => "firme mancanti",
            Self::Changed => "modificato",
            Self::Missing => "manca",
        }
    }
}

/// Somebody who was to sign.
#[derive(Debug, Clone, Serialize)]
pub struct Expected {
    /// "Per il Comune di Cantiano"; empty in a deliberation.
    pub party: String,
    /// Office.
    pub office: String,
    /// Name; empty where the act leaves it blank.
    pub name: String,
    /// True where a good signature is his or hers.
    pub signed: bool,
    /// The name in the certificate.
    pub by: Option<String>,
}

/// A file that was looked at.
#[derive(Debug, Serialize)]
pub struct File {
    /// Its name as given.
    pub name: String,
    /// SHA-256 of the file as it is.
    pub sha256: String,
    /// What it is.
    pub state: FileState,
    /// Its signatures.
    pub signatures: Vec<Signature>,
    /// What there is to say of the file.
    pub findings: Vec<Fault>,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileState {
    /// The document as it was sent.
    Unchanged,
    /// The document as it was sent, with signatures.
    Signed,
    /// Something else under the document's name.
    Changed,
    /// Not a document of the manifest.
    Added,
}

impl FileState {
    /// The word people read.
    pub fn italian(self) -> &'static str {
        match self {
            Self::Unchanged => "integro",
            Self::Signed => "firmato",
            Self::Changed => "modificato",
            Self::Added => "non previsto",
        }
    }
}

impl Default for Report {
    fn default() -> Self {
        Self {
            schema: "scrivano/verify/1",
            ok: false,
            unreadable: false,
            summary: Summary::default(),
            bundles: Vec::new(),
            files: Vec::new(),
            findings: Vec::new(),
            not_checked: NOT_CHECKED,
        }
    }
}

impl Bundle {
    /// A bundle of which nothing is known yet but the manifest.
    pub(super) fn of(manifest: &Manifest, source: String) -> Self {
        Self {
            body: manifest.body.code.clone(),
            body_name: manifest.body.name.clone(),
            convention: manifest.convention.clone(),
            stage: manifest.stage.clone(),
            source,
            documents: Vec::new(),
            added: Vec::new(),
        }
    }
}

impl Document {
    /// How many of those who were to sign have.
    pub fn signed_by(&self) -> usize {
        self.expected.iter().filter(|expected| expected.signed).count()
    }
}

impl Report {
    /// Every file looked at.
    pub fn all_files(&self) -> impl Iterator<Item = &File> {
        let of_documents = self.bundles.iter().flat_map(|bundle| &bundle.documents).flat_map(|it| &it.files);
        let added = self.bundles.iter().flat_map(|bundle| &bundle.added);
        of_documents.chain(added).chain(&self.files)
    }

    /// Every finding, wherever it stands.
    pub fn all_findings(&self) -> impl Iterator<Item = &Fault> {
        let of_documents = self.bundles.iter().flat_map(|bundle| &bundle.documents).flat_map(|it| &it.findings);
        let of_files = self.all_files().flat_map(|file| {
            file.findings.iter().chain(file.signatures.iter().flat_map(|signature| &signature.findings))
        });
        self.findings.iter().chain(of_documents).chain(of_files)
    }

    /// Every file looked at, to add to what is said of it.
    fn all_files_mut(&mut self) -> impl Iterator<Item = &mut File> {
        let of_bundles = self
            .bundles
            .iter_mut()
            .flat_map(|bundle| bundle.documents.iter_mut().flat_map(|it| &mut it.files).chain(&mut bundle.added));
        of_bundles.chain(&mut self.files)
    }

    /// Looks at what is said of signatures on the day of the verification; counts and concludes.
    pub(super) fn close(&mut self, today: NaiveDate) {
        for signature in self.all_files_mut().flat_map(|file| &mut file.signatures) {
            signature.findings.extend(signature.after(today));
        }
        if self.bundles.is_empty() && self.all_files().all(|file| file.signatures.is_empty()) {
            self.unreadable = true;
            let hint =
                "indicare il pacchetto inviato (.zip), la cartella che lo contiene o i file firmati (.p7m, .pdf)";
            self.findings.push(Fault::error(
                "nothing-to-verify",
                "non c’è nulla da verificare: né un manifesto né una firma",
                hint,
            ));
        }
        let mut summary = Summary::default();
        for document in self.bundles.iter().flat_map(|bundle| &bundle.documents) {
            summary.documents += 1;
            match document.state {
                DocumentState::Unchanged => summary.unchanged += 1,
                DocumentState::Signed => summary.signed += 1,
                DocumentState::PartlySigned => summary.partly_signed += 1,
                DocumentState::Changed => summary.changed += 1,
                DocumentState::Missing => summary.missing += 1,
            }
        }
        summary.added = self.bundles.iter().map(|bundle| bundle.added.len()).sum();
        summary.errors = self.all_findings().filter(|found| found.severity == Severity::Error).count();
        summary.warnings = self.all_findings().filter(|found| found.severity == Severity::Warning).count();
        self.ok = summary.errors == 0;
        self.summary = summary;
    }
}
