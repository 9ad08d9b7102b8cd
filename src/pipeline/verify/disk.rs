//! What a person points at, read from the disk within bounds and put in groups: a bundle, a folder, some files. The manifest
//! that a group lacks is looked for where a run leaves it.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::expand::{base_name, manifest};
use super::{Input, Report, Scope};
use crate::emit::bundle::{self, MANIFEST};
use crate::pipeline::store::RunError;
use crate::verify::{Fault, LARGEST};
use chrono::NaiveDate;

/// Deepest folder looked into, most files of a group, most bytes of a group.
const DEEPEST: usize = 4;
const MOST_FILES: usize = 5_000;
const MOST_BYTES: usize = 768 << 20;
/// What a run writes beside the bundles, and no manifest names.
const OF_RUNS: [&str; 4] = ["registro", "quadro", "esito", "calendario"];

/// Verifies what paths name: each folder is a group, all files together are one. `bundle` is what was sent, where the
/// person names it. A signature that says it was made after `today` is told.
///
/// # Errors
/// A path cannot be read.
pub fn paths(paths: &[PathBuf], bundle: Option<&Path>, today: NaiveDate) -> Result<Report, RunError> {
    let mut report = Report::default();
    let mut singles = Vec::new();
    for path in paths {
        if fs::metadata(path).map_err(|source| unreadable(path, source))?.is_dir() {
            folder(path, bundle, &mut report)?;
        } else {
            singles.push(path.clone());
        }
    }
    if !singles.is_empty() {
        let mut group = Group::new(&mut report);
        singles.iter().try_for_each(|path| group.file(path, &path.display().to_string()))?;
        group.inputs.iter_mut().for_each(|input| input.asked = true);
        let has_bundle = singles.iter().any(|path| holds_manifest(path));
        let mut scope = if has_bundle { Scope::Whole } else { Scope::These };
        if let Some(bundle) = bundle {
            group.file(bundle, &bundle.display().to_string())?;
            scope = Scope::Whole;
        } else if !has_bundle {
            let bundles: BTreeSet<PathBuf> = singles.iter().filter_map(|path| nearby(path.parent()?)).collect();
            bundles.iter().for_each(|bundle| group.manifest(bundle));
        }
        group.judge(scope);
    }
    report.close(today);
    Ok(report)
}

/// A folder: of one bundle, or of a run with many.
fn folder(path: &Path, bundle: Option<&Path>, report: &mut Report) -> Result<(), RunError> {
    let bundles: Vec<PathBuf> = match bundle {
        Some(bundle) => vec![bundle.to_owned()],
        None => entries(path)?.into_iter().filter(|entry| holds_manifest(entry)).collect(),
    };
    if bundles.len() > 1 {
        for bundle in bundles {
            let mut group = Group::new(report);
            group.file(&bundle, &bundle.display().to_string())?;
            let own = bundle.with_extension("");
            if own.is_dir() {
                group.tree(&own, 0)?;
            }
            group.judge(Scope::Whole);
        }
        return Ok(());
    }
    let mut group = Group::new(report);
    group.tree(path, 0)?;
    match bundles.first() {
        Some(bundle) if !bundle.starts_with(path) => group.file(bundle, &bundle.display().to_string())?,
        Some(_) => {}
        None => {
            if !group.inputs.iter().any(|input| base_name(&input.name).eq_ignore_ascii_case(MANIFEST))
                && let Some(found) = beside(path)
            {
                group.file(&found, &found.display().to_string())?;
            }
        }
    }
    group.judge(Scope::Whole);
    Ok(())
}

/// Files to be judged together.
struct Group<'a> {
    inputs: Vec<Input>,
    left: usize,
    report: &'a mut Report,
}

impl<'a> Group<'a> {
    fn new(report: &'a mut Report) -> Self {
        Self { inputs: Vec::new(), left: MOST_BYTES, report }
    }

    /// Reads a file of the group; one that is too large is told and left out.
    fn file(&mut self, path: &Path, name: &str) -> Result<(), RunError> {
        let limit = if has_extension(path, "zip") { MOST_BYTES } else { LARGEST }.min(self.left);
        let mut bytes = Vec::new();
        let opened = fs::File::open(path).map_err(|source| unreadable(path, source))?;
        opened.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|source| unreadable(path, source))?;
        if bytes.len() > limit || self.inputs.len() >= MOST_FILES {
            let words = format!("«{name}» è troppo grande, o i file sono troppi: non è stato verificato");
            self.report.findings.push(Fault::error("too-large", words, "verificare meno file alla volta"));
            return Ok(());
        }
        self.left -= bytes.len();
        self.inputs.push(Input { name: name.to_owned(), bytes, asked: false });
        Ok(())
    }

    /// The manifest of a bundle, without its documents.
    fn manifest(&mut self, path: &Path) {
        let Some(found) = manifest_at(path) else { return };
        if let Ok(bytes) = serde_json::to_vec(&found) {
            self.inputs.push(Input { name: format!("{}/{MANIFEST}", path.display()), bytes, asked: false });
        }
    }

    fn tree(&mut self, folder: &Path, depth: usize) -> Result<(), RunError> {
        for path in entries(folder)? {
            let kind = fs::symlink_metadata(&path).map_err(|source| unreadable(&path, source))?;
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            if kind.is_dir() && depth < DEEPEST {
                self.tree(&path, depth + 1)?;
            } else if kind.is_file() && !is_of_a_run(&name) {
                self.file(&path, &path.display().to_string())?;
            }
        }
        Ok(())
    }

    fn judge(self, scope: Scope) {
        super::add(self.inputs, scope, self.report);
    }
}

fn is_of_a_run(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    name.contains(".conservato-")
        || name.starts_with('.')
        || name.starts_with("~$")
        || OF_RUNS.iter().any(|own| stem == *own || stem.starts_with(&format!("{own}-")))
}

/// What a folder holds, in order of name.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, RunError> {
    let fail = |source| unreadable(folder, source);
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .map_err(fail)?
        .take(MOST_FILES)
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()
        .map_err(fail)?;
    entries.sort();
    Ok(entries)
}

fn holds_manifest(path: &Path) -> bool {
    let is_manifest = path.file_name().is_some_and(|name| name == MANIFEST);
    is_manifest || has_extension(path, "zip") && manifest_at(path).is_some()
}

fn manifest_at(path: &Path) -> Option<bundle::Manifest> {
    if has_extension(path, "zip") {
        return bundle::manifest_in(fs::File::open(path).ok()?);
    }
    let mut bytes = Vec::new();
    fs::File::open(path).ok()?.take(8 << 20).read_to_end(&mut bytes).ok()?;
    manifest(&bytes)
}

/// The manifest of a file's folder: in it, or of the bundle that a run writes beside it.
fn nearby(folder: &Path) -> Option<PathBuf> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let own = folder.join(MANIFEST);
    if own.is_file() {
        return Some(own);
    }
    let bundles: Vec<PathBuf> = entries(folder).ok()?.into_iter().filter(|path| holds_manifest(path)).collect();
    match bundles.as_slice() {
        [one] => Some(one.clone()),
        _ => beside(folder),
    }
}

/// `x.zip` beside the folder `x`.
fn beside(folder: &Path) -> Option<PathBuf> {
    let folder = fs::canonicalize(folder).ok()?;
    let name = folder.file_name()?.to_string_lossy().into_owned();
    let bundle = folder.with_file_name(format!("{name}.zip"));
    holds_manifest(&bundle).then_some(bundle)
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

fn unreadable(path: &Path, source: std::io::Error) -> RunError {
    RunError::Read { path: path.to_owned(), source }
}
