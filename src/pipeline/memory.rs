//! What a run remembers for the next one: from what it was made and the digest of every file it left. Where all of it still
//! holds there is nothing to do, and the next run need not even read the workbook. A slice remembers besides what `unisci`
//! needs for the registers of all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use ecow::EcoString;
use serde::{Deserialize, Serialize};

use super::write::earlier::is_kept;
use super::write::report::Facts;
use super::{Options, RunReport, folder_name};
use crate::batch;
use crate::compose::Library;
use crate::emit::bundle::sha256;

const SCHEMA: &str = "scrivano/memory/1";

/// All that decides what a run writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// File name of the workbook.
    pub workbook: String,
    /// SHA-256 of its bytes.
    pub workbook_sha256: String,
    /// Version of the program.
    pub version: String,
    /// Digest of the program.
    pub program: String,
    /// Digest of the texts.
    pub texts: String,
    /// "Today".
    pub day: NaiveDate,
    /// Kinds of act asked for.
    pub acts: Option<Vec<String>>,
    /// Formats.
    pub formats: Vec<String>,
    /// Bodies asked for.
    pub bodies: Vec<String>,
    /// The year of the bills.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// The slice, "1/4".
    pub slice: Option<String>,
}

impl Inputs {
    /// The inputs of a run on a workbook.
    pub fn of(name: &str, bytes: &[u8], library: &Library, day: NaiveDate, options: &Options) -> Self {
        let slugs = |kinds: &Vec<crate::act::ActKind>| kinds.iter().map(|kind| kind.slug().to_owned()).collect();
        let mut bodies = options.bodies.clone();
        bodies.sort();
        Self {
            workbook: name.to_owned(),
            workbook_sha256: sha256(bytes),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            program: crate::emit::source_fingerprint().to_owned(),
            texts: library.fingerprint(),
            day,
            acts: options.acts.as_ref().map(slugs),
            formats: options.formats.iter().map(|format| format.extension().to_owned()).collect(),
            bodies,
            year: options.year,
            slice: options.slice.map(|slice| slice.to_string()),
        }
    }
}

/// A file that the run left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vouched {
    /// Path from the run's folder, with slashes.
    pub path: EcoString,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: EcoString,
}

impl Vouched {
    /// A file with these bytes.
    pub fn of(path: impl Into<EcoString>, bytes: &[u8]) -> Self {
        Self { path: path.into(), bytes: bytes.len() as u64, sha256: sha256(bytes).into() }
    }

    /// True where the file is in `root` as it was left; a document also where it was signed since.
    pub fn holds(&self, root: &Path) -> bool {
        let is_document = self.path.contains('/');
        fs::read(root.join(self.path.as_str())).is_ok_and(|bytes| {
            (is_document || bytes.len() as u64 == self.bytes) && is_kept(&bytes, self.bytes, &self.sha256)
        })
    }
}

/// What a run remembers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Memory {
    schema: String,
    /// From what it was made.
    pub inputs: Inputs,
    /// Every file it left, documents and bundles in order of body, then the reports.
    pub files: Vec<Vouched>,
    /// Digest of what came back signed into the folders of bodies, which the register tells of.
    #[serde(default)]
    returned: String,
    /// What the registers of a slice say, for the registers of all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Facts>,
}

/// What stands before the extension in the names of a slice's reports: "-1-di-4".
pub fn suffix(slice: Option<&str>) -> String {
    slice.map(|slice| format!("-{}", slice.replace('/', "-di-"))).unwrap_or_default()
}

/// The names of the reports that people open.
pub struct ReportNames {
    /// `registro.xlsx`.
    pub register: String,
    /// `quadro.pdf`.
    pub picture: String,
}

/// The names of the reports of a run, or of a slice of it.
pub fn report_names(slice: Option<&str>) -> ReportNames {
    let suffix = suffix(slice);
    ReportNames { register: format!("registro{suffix}.xlsx"), picture: format!("quadro{suffix}.pdf") }
}

/// The name of the memory of a run.
pub fn name(slice: Option<&str>) -> String {
    format!(".scrivano{}.json", suffix(slice))
}

impl Memory {
    /// The memory of a run.
    pub fn new(root: &Path, inputs: Inputs, files: Vec<Vouched>, facts: Option<Facts>) -> Self {
        let returned = returned(root, &files);
        Self { schema: SCHEMA.to_owned(), inputs, files, returned, facts }
    }

    /// Reads a memory; nothing where the file is not one of this program.
    pub fn read(path: &Path) -> Option<Self> {
        let memory: Self = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        Some(memory).filter(|memory| memory.schema == SCHEMA)
    }

    /// The report that the run left in `root`; nothing where it is not as it was left.
    pub fn report(&self, root: &Path) -> Option<RunReport> {
        let name = format!("esito{}.json", suffix(self.inputs.slice.as_deref()));
        let bytes = fs::read(root.join(&name)).ok()?;
        let vouched = self.files.iter().find(|file| file.path == name)?;
        (sha256(&bytes) == vouched.sha256).then_some(())?;
        serde_json::from_slice(&bytes).ok()
    }

    /// The files that are not in `root` as they were left, on `jobs` threads.
    pub fn missing(&self, root: &Path, jobs: usize) -> Vec<&Vouched> {
        let held = batch::each(self.files.len(), jobs, |n| self.files.get(n).is_some_and(|file| file.holds(root)));
        self.files.iter().zip(held).filter(|(_, holds)| !holds).map(|(file, _)| file).collect()
    }
}

/// The report of an earlier run of the very same inputs, where everything it left is still there and nothing else has come:
/// then there is nothing to do.
pub fn unchanged(inputs: &Inputs, options: &Options) -> Option<(RunReport, PathBuf)> {
    let root = options.out.join(folder_name(&inputs.workbook));
    let memory = Memory::read(&root.join(name(inputs.slice.as_deref())))?;
    if memory.inputs != *inputs || !memory.missing(&root, options.jobs).is_empty() {
        return None;
    }
    if memory.returned != returned(&root, &memory.files) {
        return None;
    }
    let mut report = memory.report(&root)?;
    let remain = |orphan: &super::Orphan| orphan.files.iter().all(|file| root.join(file).exists());
    if !report.orphans.iter().all(remain) || (inputs.is_whole() && has_strangers(&root, &memory, &report)) {
        return None;
    }
    report.acts.iter_mut().for_each(|act| act.unchanged = act.bundle.is_some());
    Some((report, root))
}

/// A digest of the files of the bodies' folders that a signature made: envelopes, and documents longer than they were left.
fn returned(root: &Path, files: &[Vouched]) -> String {
    let known: BTreeMap<&str, u64> = files.iter().map(|file| (file.path.as_str(), file.bytes)).collect();
    let folders: BTreeSet<&str> = known.keys().filter_map(|path| Some(path.rsplit_once('/')?.0)).collect();
    let mut found = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(root.join(folder)).into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = format!("{folder}/{name}");
            let is_envelope = [".p7m", ".p7s"].iter().any(|end| name.to_ascii_lowercase().ends_with(end));
            let is_pdf = name.to_ascii_lowercase().ends_with(".pdf");
            let is_longer = is_pdf && entry.metadata().is_ok_and(|it| known.get(path.as_str()) != Some(&it.len()));
            if is_envelope || is_longer {
                let digest = fs::read(entry.path()).map(|bytes| sha256(&bytes)).unwrap_or_default();
                found.push(format!("{path} {digest}"));
            }
        }
    }
    found.sort_unstable();
    if found.is_empty() { String::new() } else { sha256(found.join("\n").as_bytes()) }
}

impl Inputs {
    /// True where all bodies were asked for.
    fn is_whole(&self) -> bool {
        self.slice.is_none() && self.bodies.is_empty()
    }
}

/// True where a bundle or a work folder has come that the run did not leave.
fn has_strangers(root: &Path, memory: &Memory, report: &RunReport) -> bool {
    let left = memory.files.iter().map(|file| file.path.as_str());
    let known: BTreeSet<&str> =
        left.chain(report.orphans.iter().flat_map(|orphan| &orphan.files).map(String::as_str)).collect();
    let names =
        fs::read_dir(root).into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
    names
        .filter(|name| name.ends_with(".zip") || super::site::is_work_folder(name))
        .any(|name| !known.contains(name.as_str()))
}
