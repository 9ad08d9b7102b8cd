//! The state of the signatures of a body's documents in words, for the register: from the folder where the signed files are
//! put when they come back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use super::report::{Document, DocumentState};
use super::{Input, Scope};
use crate::emit::bundle::{MANIFEST, Manifest};
use crate::verify::{self, LARGEST};

/// Most files of a body's folder looked at.
const MOST_FILES: usize = 500;

/// The state of the documents that were to be signed, by path in the bundle; only of those of which something came back.
pub fn signatures_in(folder: &Path, manifest: &Manifest, today: NaiveDate) -> BTreeMap<String, String> {
    let mut inputs: Vec<Input> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .take(MOST_FILES)
        .filter_map(|entry| returned(&entry.path(), manifest))
        .collect();
    if inputs.is_empty() {
        return BTreeMap::new();
    }
    inputs.sort_by(|a, b| a.name.cmp(&b.name));
    let Ok(bytes) = serde_json::to_vec(manifest) else { return BTreeMap::new() };
    inputs.push(Input { name: MANIFEST.to_owned(), bytes, asked: false });
    let report = super::files(inputs, Scope::These, today);
    let documents = report.bundles.into_iter().flat_map(|bundle| bundle.documents);
    documents.filter(|document| !document.expected.is_empty()).map(|it| (it.path.clone(), words(&it))).collect()
}

/// "firmato da 1 di 2: manca Mario Rossi".
fn words(document: &Document) -> String {
    let of = format!("firmato da {} di {}", document.signed_by(), document.expected.len());
    let first = document
        .findings
        .iter()
        .chain(document.files.iter().flat_map(|file| &file.findings))
        .find(|found| found.is_error());
    match (document.state, first) {
        (DocumentState::Changed, _) => "non è il documento inviato".to_owned(),
        (_, Some(found)) => format!("{of}: {}", found.message),
        (_, None) => of,
    }
}

/// A file that came back signed; nothing for what is as we wrote it.
fn returned(path: &Path, manifest: &Manifest) -> Option<Input> {
    let length = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file)?.len();
    let name = path.file_name()?.to_string_lossy().into_owned();
    let ours = manifest.documents.iter().find(|document| document.path == name);
    // As long as what we wrote is as we wrote it: the run has looked at it already.
    if ours.is_some_and(|ours| ours.bytes == length || ours.format != "pdf") || length > LARGEST as u64 {
        return None;
    }
    let lower = name.to_ascii_lowercase();
    if !(lower.ends_with(".pdf") || lower.ends_with(".p7m") || lower.ends_with(".p7s"))
        || lower.contains(".conservato-")
    {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    let is_signed = verify::is_signed_message(&bytes) || verify::is_pdf(&bytes);
    is_signed.then_some(Input { name, bytes, asked: false })
}
