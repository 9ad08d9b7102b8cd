//! `genera`: every body's acts composed, emitted and bundled; what is unchanged left alone; the reports written last.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use earlier::Earlier;

use super::outcome::{ActOutcome, ActState, FileOutcome, RunReport, RunSummary};
use super::store::{RunError, write_atomically};
use super::{Checked, folder_name};
use crate::act::{Act, ActKind};
use crate::batch;
use crate::compose::Library;
use crate::dossier::{Body, Dossier};
use crate::emit::bundle::{self, Manifest, Party};
use crate::emit::pdf::Press;
use crate::emit::{docx, html};
use crate::italian::slug;
use crate::schema::Choices;

mod earlier;
mod report;

/// A format of acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// PDF/A-2a, PDF/UA-1.
    Pdf,
    /// Word.
    Docx,
    /// HTML.
    Html,
}

impl Format {
    /// The extension, and the word on the command line.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
        }
    }
}

/// What to generate, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// Folder in which the run's own folder is made.
    pub out: PathBuf,
    /// Kinds of act, in order.
    pub acts: Vec<ActKind>,
    /// Formats, in order.
    pub formats: Vec<Format>,
    /// Codes or names of the bodies wanted; empty for all.
    pub bodies: Vec<String>,
    /// Threads.
    pub jobs: usize,
    /// The slice of the bodies to make: one-based number, and how many slices there are.
    pub slice: Option<(usize, usize)>,
}

/// Told as bodies are done; called from several threads.
pub trait Progress: Sync {
    /// How many bodies there are.
    fn start(&self, bodies: usize);
    /// One more is done.
    fn step(&self, name: &str);
    /// All are done.
    fn finish(&self);
}

/// Generates the acts. Gives the report and the folder it is in.
///
/// # Errors
/// The disk refuses to write, or an asked body does not exist.
pub fn generate(
    checked: Checked,
    workbook: &[u8],
    library: &Library,
    press: &Press,
    options: &Options,
    progress: &dyn Progress,
) -> Result<(RunReport, PathBuf), RunError> {
    let Checked { dossier, diagnostics, withheld, .. } = checked;
    let Some(dossier) = dossier else {
        return Err(RunError::Argument("il file non contiene dati da cui generare atti".to_owned()));
    };
    let root = options.out.join(folder_name(&dossier.workbook));
    let wanted = selection(&dossier, options)?;
    let earlier = Earlier::read(&root);
    let folders = folders(&dossier);
    let run = Run {
        dossier: &dossier,
        library,
        press,
        options,
        root: &root,
        earlier: &earlier,
        folders: &folders,
        engine: engine_fingerprint(library, options),
    };
    progress.start(wanted.len());
    let failed = AtomicBool::new(false);
    let first_error: Mutex<Option<RunError>> = Mutex::new(None);
    let done = batch::each(wanted.len(), options.jobs, |n| {
        let index = wanted.get(n).copied().unwrap_or_default();
        if failed.load(Ordering::Relaxed) {
            return Vec::new();
        }
        let reasons = withheld.get(index).map_or(&[][..], Vec::as_slice);
        let outcome = if reasons.is_empty() { run.body(index) } else { run.withhold(index, reasons) };
        progress.step(dossier.bodies.get(index).map_or("", Body::name));
        outcome.unwrap_or_else(|error| {
            failed.store(true, Ordering::Relaxed);
            first_error.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
            Vec::new()
        })
    });
    progress.finish();
    if let Some(error) = first_error.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        return Err(error);
    }
    let acts: Vec<ActOutcome> = done.into_iter().flatten().collect();
    let count = |state| acts.iter().filter(|act| act.state == state).count();
    let report = RunReport {
        schema: "scrivano/run/1",
        workbook: dossier.workbook.to_string(),
        workbook_sha256: bundle::sha256(workbook),
        model: dossier.model.id.clone(),
        stage: stage(&dossier).to_owned(),
        slice: options.slice.map(|(number, of)| format!("{number}/{of}")),
        summary: RunSummary {
            bodies: wanted.len(),
            produced: count(ActState::Produced),
            withheld: count(ActState::Withheld),
            findings: crate::diagnostic::Summary::of(&diagnostics),
        },
        acts,
        diagnostics,
    };
    report::write(&report, &dossier, &withheld, &root)?;
    Ok((report, root))
}

fn stage(dossier: &Dossier) -> &'static str {
    dossier.convention.fase.copied().map_or("schema", Choices::word)
}

/// The bodies to make, by position, in order of the sheet.
fn selection(dossier: &Dossier, options: &Options) -> Result<Vec<usize>, RunError> {
    let mut wanted: Vec<usize> = dossier.parties().map(|(index, _)| index).collect();
    if !options.bodies.is_empty() {
        let mut named = Vec::new();
        for name in &options.bodies {
            let index = dossier.find_body(name).filter(|index| wanted.contains(index)).ok_or_else(|| {
                let names = dossier.parties().flat_map(|(_, body)| [body.code(), body.name()]);
                let near = crate::italian::nearest(name, names).map(|near| format!(": forse si voleva «{near}»"));
                RunError::Argument(format!("fra gli enti aderenti non c’è «{name}»{}", near.unwrap_or_default()))
            })?;
            named.push(index);
        }
        wanted.retain(|index| named.contains(index));
    }
    if let Some((number, of)) = options.slice {
        wanted = wanted.into_iter().enumerate().filter(|(n, _)| n % of == number - 1).map(|(_, index)| index).collect();
    }
    Ok(wanted)
}

/// A digest of everything but the data that decides the bytes of acts: program, layout, texts, formats.
fn engine_fingerprint(library: &Library, options: &Options) -> String {
    let formats: Vec<&str> = options.formats.iter().map(|format| format.extension()).collect();
    let parts = [crate::emit::source_fingerprint(), library.fingerprint(), formats.join(",")];
    bundle::sha256(parts.join("\n").as_bytes())
}

struct Run<'a> {
    dossier: &'a Dossier,
    library: &'a Library,
    press: &'a Press,
    options: &'a Options,
    root: &'a Path,
    earlier: &'a Earlier,
    /// Folder of each body.
    folders: &'a [String],
    engine: String,
}

impl Run<'_> {
    /// The acts of a body: composed, emitted unless the bundle already there was made from the very same, written.
    fn body(&self, index: usize) -> Result<Vec<ActOutcome>, RunError> {
        let Some(body) = self.dossier.bodies.get(index) else { return Ok(Vec::new()) };
        // Judged already: what is wrong with an act has withheld the body.
        let acts = self.options.acts.iter().filter_map(|kind| self.library.compose(*kind, self.dossier, index).ok());
        let acts: Vec<Act> = acts.collect();
        let folder = self.folders.get(index).cloned().unwrap_or_default();
        let party = Party { code: body.code().to_owned(), name: body.name().to_owned() };
        let title = self.dossier.convention.titolo.text().unwrap_or_default();
        let identity = serde_json::to_vec(&(&self.engine, &party, title, stage(self.dossier), &acts))
            .map_err(crate::emit::EmitError::from)?;
        let fingerprint = bundle::sha256(&identity);
        let zip_path = self.root.join(format!("{folder}.zip"));
        // A body that changed name has its earlier bundle elsewhere.
        self.remove_earlier(body, Some(&folder));
        let old = self.earlier.manifest(body.code(), &folder);
        let is_same = |old: &&Manifest| {
            old.fingerprint == fingerprint
                && fs::read(&zip_path).is_ok_and(|zip| bundle::is_whole(&zip, old))
                && earlier::is_in_place(&self.root.join(&folder), old)
        };
        if let Some(old) = old.filter(is_same) {
            return Ok(self.outcomes(index, &acts, &folder, old, true));
        }
        let mut files = Vec::new();
        for (number, act) in acts.iter().enumerate() {
            for format in &self.options.formats {
                let bytes = match format {
                    Format::Pdf => self.press.pdf(act)?,
                    Format::Docx => docx::docx(act)?,
                    Format::Html => html::html(act).into_bytes(),
                };
                let name = format!("{}.{}", act.kind.file_stem(), format.extension());
                files.push(bundle::File { name, format: format.extension(), act: number, bytes });
            }
        }
        let (zip, manifest) = bundle::build(&fingerprint, party, title, stage(self.dossier), &acts, &files)?;
        // The folder holds what the bundle holds: documents of acts and formats not asked for this time would grow stale.
        if let Some(old) = old {
            let is_made = |path: &str| files.iter().any(|file| file.name == path);
            earlier::remove_documents(&self.root.join(&folder), old, is_made);
        }
        for file in &files {
            earlier::put(&self.root.join(&folder), file, old)?;
        }
        // The bundle last: while it is the old one, the next run makes everything again.
        write_atomically(&zip_path, &zip)?;
        Ok(self.outcomes(index, &acts, &folder, &manifest, false))
    }

    /// Takes away the earlier bundles of a body, save the one in `keep`. Nothing goes where two rows share the code: one
    /// of them may be right.
    fn remove_earlier(&self, body: &Body, keep: Option<&str>) {
        let has_code = |other: &&Body| other.code() == body.code();
        if body.code().is_empty() || self.dossier.bodies.iter().filter(has_code).count() > 1 {
            return;
        }
        for (stem, manifest) in self.earlier.of(body.code()).iter().filter(|(stem, _)| Some(stem.as_str()) != keep) {
            earlier::remove(self.root, stem, manifest);
        }
    }

    /// The acts of a body that an error withholds. Acts of an earlier run, unless changed since, go: they would be
    /// taken for good.
    fn withhold(&self, index: usize, reasons: &[&'static str]) -> Result<Vec<ActOutcome>, RunError> {
        let Some(body) = self.dossier.bodies.get(index) else { return Ok(Vec::new()) };
        self.remove_earlier(body, None);
        let outcome = |kind: &ActKind| ActOutcome {
            body: if body.code().is_empty() { format!("riga {}", body.row + 1) } else { body.code().to_owned() },
            name: body.name().to_owned(),
            act: kind.slug(),
            state: ActState::Withheld,
            reasons: reasons.to_vec(),
            files: Vec::new(),
            bundle: None,
            unchanged: false,
            index,
        };
        Ok(self.options.acts.iter().map(outcome).collect())
    }

    fn outcomes(
        &self,
        index: usize,
        acts: &[Act],
        folder: &str,
        manifest: &Manifest,
        unchanged: bool,
    ) -> Vec<ActOutcome> {
        let files_of = |kind: &str| {
            let documents = manifest.documents.iter().filter(|document| document.kind == kind);
            let file = |document: &bundle::Document| FileOutcome {
                format: document.format.clone(),
                path: format!("{folder}/{}", document.path),
                bytes: document.bytes,
                sha256: document.sha256.clone(),
            };
            documents.map(file).collect()
        };
        acts.iter()
            .map(|act| ActOutcome {
                body: manifest.body.code.clone(),
                name: manifest.body.name.clone(),
                act: act.kind.slug(),
                state: ActState::Produced,
                reasons: Vec::new(),
                files: files_of(act.kind.slug()),
                bundle: Some(format!("{folder}.zip")),
                unchanged,
                index,
            })
            .collect()
    }
}

/// The folder of every body, `<code>-<slug>` from its code and its name without "Comune di"; never the same twice.
fn folders(dossier: &Dossier) -> Vec<String> {
    let mut folders: Vec<String> = Vec::with_capacity(dossier.bodies.len());
    let mut used = BTreeSet::new();
    for body in &dossier.bodies {
        let name = slug(crate::check::bare_name(body.name()));
        // Dots could climb, so they become dashes.
        let mut folder = format!("{}-{name}", body.code().replace('.', "-")).trim_matches('-').to_owned();
        while !used.insert(folder.clone()) {
            folder = format!("{folder}-{}", body.row + 1);
        }
        folders.push(folder);
    }
    folders
}
