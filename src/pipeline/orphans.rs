//! What earlier runs left in the folder and this one does not answer for: acts of bodies that are no longer in the workbook,
//! that have no act any more, or that have another name now. They are told and never touched: they may be signed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::write::earlier::manifest_at;
use crate::dossier::{Body, Dossier};

/// Why acts have no body any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OrphanReason {
    /// The body is not in the workbook.
    Removed,
    /// The body is in the workbook and has no act to make.
    Idle,
    /// The body has another name, and its acts are elsewhere.
    Renamed,
}

impl OrphanReason {
    /// What people read.
    pub fn italian(self) -> &'static str {
        match self {
            Self::Removed => "l’ente non è più nel foglio",
            Self::Idle => "l’ente è nel foglio ma non ha più atti da fare",
            Self::Renamed => "l’ente ha cambiato nome, e i suoi atti sono in un’altra cartella",
        }
    }
}

/// What is left of a body.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Orphan {
    /// Code of the body; empty where nothing says it.
    pub body: String,
    /// Name of the body; that of the folder where nothing says it.
    pub name: String,
    /// Why.
    pub reason: OrphanReason,
    /// The bundle and the files of the folder, by path from the run's folder with slashes, in order.
    pub files: Vec<String>,
}

/// Finds what is left in `root`. `folders` holds the folder of every body, `active` the bodies that have acts to make.
pub fn find(root: &Path, dossier: &Dossier, folders: &[String], active: &[usize]) -> Vec<Orphan> {
    let expected: BTreeSet<&str> = active.iter().filter_map(|index| folders.get(*index)).map(String::as_str).collect();
    let mut stems = BTreeSet::new();
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let stem = match name.strip_suffix(".zip") {
            Some(stem) if manifest_at(&entry.path()).is_some() => stem,
            _ if !name.starts_with('.') && holds_acts(&entry.path()) => &name,
            _ => continue,
        };
        if !expected.contains(stem) {
            stems.insert(stem.to_owned());
        }
    }
    let mut found: Vec<Orphan> = stems.into_iter().map(|stem| orphan(root, &stem, dossier, folders, active)).collect();
    found.sort();
    found
}

/// True for a folder with a file that is called as acts are: "01-convenzione.pdf".
fn holds_acts(folder: &Path) -> bool {
    let mut entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.any(|entry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (number, rest) = name.split_once('-').unwrap_or_default();
        number.len() == 2
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && [".pdf", ".docx", ".html"].iter().any(|extension| rest.ends_with(extension))
    })
}

fn orphan(root: &Path, stem: &str, dossier: &Dossier, folders: &[String], active: &[usize]) -> Orphan {
    let manifest = manifest_at(&root.join(format!("{stem}.zip")));
    let is_of = |(index, body): &(usize, &Body)| match &manifest {
        Some(manifest) => manifest.body.code == body.code(),
        None => {
            let of_code =
                |code: &str| stem.strip_prefix(code).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
            folders.get(*index).is_some_and(|folder| folder == stem)
                || !body.code().is_empty() && of_code(&body.code().replace('.', "-"))
        }
    };
    // "c_a0" may begin the code of another: the longest is the one.
    let found = dossier.bodies.iter().enumerate().filter(is_of).max_by_key(|(_, body)| body.code().len());
    let (code, name) = match (&manifest, found) {
        (_, Some((_, body))) => (body.code(), body.name()),
        (Some(manifest), None) => (manifest.body.code.as_str(), manifest.body.name.as_str()),
        (None, None) => ("", stem),
    };
    let reason = match found {
        None => OrphanReason::Removed,
        Some((index, _)) if active.contains(&index) => OrphanReason::Renamed,
        Some(_) => OrphanReason::Idle,
    };
    let entries = fs::read_dir(root.join(stem)).into_iter().flatten().flatten();
    let mut files: Vec<String> =
        entries.map(|entry| format!("{stem}/{}", entry.file_name().to_string_lossy())).collect();
    files.extend(manifest.is_some().then(|| format!("{stem}.zip")));
    files.sort();
    Orphan { body: code.to_owned(), name: name.to_owned(), reason, files }
}
