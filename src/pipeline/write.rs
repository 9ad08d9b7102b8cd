//! `genera`: every body's acts composed, emitted and bundled; what is unchanged left alone; the reports written last.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use earlier::Earlier;

use super::outcome::{ActOutcome, ActState, FileOutcome, RunReport, RunSummary};
use super::store::{RunError, write_atomically};
use super::{Checked, assignments, folder_name};
use crate::act::{Act, ActKind};
use crate::batch;
use crate::compose::{Enclosure, Library};
use crate::dossier::{Assignment, Body, Dossier};
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
    /// Kinds of act; `None` for those that the model makes and the data call for.
    pub acts: Option<Vec<ActKind>>,
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
    let wanted = selection(&dossier, library, options)?;
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
        withheld: &withheld,
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
        let outcome = run.body(index);
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

/// The bodies that have acts to make, by position, in order of the sheet.
fn selection(dossier: &Dossier, library: &Library, options: &Options) -> Result<Vec<usize>, RunError> {
    let has_acts = |index: &usize| !assignments(library, dossier, *index, options.acts.as_deref()).is_empty();
    let mut wanted: Vec<usize> = (0..dossier.bodies.len()).filter(has_acts).collect();
    if !options.bodies.is_empty() {
        let mut named = Vec::new();
        for name in &options.bodies {
            let index = dossier.find_body(name).filter(|index| wanted.contains(index)).ok_or_else(|| {
                let bodies = wanted.iter().filter_map(|index| dossier.bodies.get(*index));
                let names = bodies.flat_map(|body| [body.code(), body.name()]);
                let near = crate::italian::nearest(name, names).map(|near| format!(": forse si voleva «{near}»"));
                RunError::Argument(format!(
                    "fra gli enti con atti da fare non c’è «{name}»{}",
                    near.unwrap_or_default()
                ))
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
    /// For each body, the codes of the errors that withhold its acts.
    withheld: &'a [Vec<&'static str>],
    engine: String,
}

impl Run<'_> {
    /// The acts of a body: composed, emitted unless the bundle already there was made from the very same, written; or
    /// withheld, where an error says so.
    fn body(&self, index: usize) -> Result<Vec<ActOutcome>, RunError> {
        let Some(body) = self.dossier.bodies.get(index) else { return Ok(Vec::new()) };
        let mut made = Vec::new();
        let mut withheld = Vec::new();
        for assignment in assignments(self.library, self.dossier, index, self.options.acts.as_deref()) {
            let reasons = self.reasons(&assignment);
            if reasons.is_empty() {
                made.push(assignment);
            } else {
                withheld.push(self.withheld_outcome(&assignment, body, reasons));
            }
        }
        if made.is_empty() {
            // Acts of an earlier run, unless changed since, go: they would be taken for good.
            self.remove_earlier(body, None);
            return Ok(withheld);
        }
        let mut outcomes = self.make(index, body, &made)?;
        outcomes.extend(withheld);
        Ok(outcomes)
    }

    /// The codes of the errors that withhold an act: its body's; those of all where it is one for all.
    fn reasons(&self, assignment: &Assignment) -> Vec<&'static str> {
        let own = self.withheld.get(assignment.body).cloned().unwrap_or_default();
        let for_all = assignment.kind == ActKind::Accordo
            || assignment.kind == ActKind::Convenzione && self.dossier.is_multilateral();
        if !for_all {
            return own;
        }
        let all: BTreeSet<&'static str> = self.withheld.iter().flatten().copied().collect();
        all.into_iter().collect()
    }

    /// Makes the acts of a body.
    fn make(&self, index: usize, body: &Body, made: &[Assignment]) -> Result<Vec<ActOutcome>, RunError> {
        let (letters, others): (Vec<Assignment>, Vec<Assignment>) =
            made.iter().copied().partition(|assignment| assignment.kind == ActKind::LetteraTrasmissione);
        // Judged already: what is wrong with an act has withheld the body.
        let compose = |assignment: &Assignment, enclosed: &[Enclosure]| {
            self.library.compose(assignment, self.dossier, enclosed).ok()
        };
        let mut acts: Vec<Act> = others.iter().filter_map(|assignment| compose(assignment, &[])).collect();
        // What the letter says besides, before the documents it lists are made.
        let drafts: Vec<Act> = letters.iter().filter_map(|letter| compose(letter, &[])).collect();
        let folder = self.folders.get(index).cloned().unwrap_or_default();
        let party = Party { code: body.code().to_owned(), name: body.name().to_owned() };
        let title = self.dossier.convention.titolo.text().unwrap_or_default();
        let identity = serde_json::to_vec(&(&self.engine, &party, title, stage(self.dossier), &acts, &drafts))
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
            return Ok(self.outcomes(made, &folder, old, true));
        }
        let mut files = Vec::new();
        for (number, act) in acts.iter().enumerate() {
            self.emit(number, act, &mut files)?;
        }
        let enclosed = enclosures(&acts, &files);
        for letter in letters.iter().filter_map(|letter| compose(letter, &enclosed)) {
            self.emit(acts.len(), &letter, &mut files)?;
            acts.push(letter);
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
        Ok(self.outcomes(made, &folder, &manifest, false))
    }

    /// The files of an act, in every format asked for.
    fn emit(&self, number: usize, act: &Act, files: &mut Vec<bundle::File>) -> Result<(), RunError> {
        for format in &self.options.formats {
            let bytes = match format {
                Format::Pdf => self.press.pdf(act)?,
                Format::Docx => docx::docx(act)?,
                Format::Html => html::html(act).into_bytes(),
            };
            let name = format!("{}.{}", act.stem, format.extension());
            files.push(bundle::File { name, format: format.extension(), act: number, bytes });
        }
        Ok(())
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

    /// What is told of an act that an error withholds.
    fn withheld_outcome(&self, assignment: &Assignment, body: &Body, reasons: Vec<&'static str>) -> ActOutcome {
        ActOutcome {
            body: if body.code().is_empty() { format!("riga {}", body.row + 1) } else { body.code().to_owned() },
            name: body.name().to_owned(),
            act: assignment.kind.slug(),
            service: self.service(assignment),
            state: ActState::Withheld,
            reasons,
            files: Vec::new(),
            bundle: None,
            unchanged: false,
            index: assignment.body,
        }
    }

    /// The code of the service that an act is about.
    fn service(&self, assignment: &Assignment) -> Option<String> {
        let request = assignment.request.and_then(|index| self.dossier.requests.get(index))?;
        request.servizio.get().cloned()
    }

    fn outcomes(&self, made: &[Assignment], folder: &str, manifest: &Manifest, unchanged: bool) -> Vec<ActOutcome> {
        let files_of = |stem: &str| {
            let of_act = |path: &str| path.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.'));
            let documents = manifest.documents.iter().filter(|document| of_act(&document.path));
            let file = |document: &bundle::Document| FileOutcome {
                format: document.format.clone(),
                path: format!("{folder}/{}", document.path),
                bytes: document.bytes,
                sha256: document.sha256.clone(),
            };
            documents.map(file).collect()
        };
        made.iter()
            .map(|assignment| ActOutcome {
                body: manifest.body.code.clone(),
                name: manifest.body.name.clone(),
                act: assignment.kind.slug(),
                service: self.service(assignment),
                state: ActState::Produced,
                reasons: Vec::new(),
                files: files_of(&self.dossier.stem(assignment)),
                bundle: Some(format!("{folder}.zip")),
                unchanged,
                index: assignment.body,
            })
            .collect()
    }
}

/// The documents that a covering letter goes with: the originals, or whatever there is of each act.
fn enclosures(acts: &[Act], files: &[bundle::File]) -> Vec<Enclosure> {
    let first_of = |number: usize| files.iter().find(|file| file.act == number);
    let enclosure = |(number, act): (usize, &Act)| {
        first_of(number).map(|file| Enclosure {
            name: file.name.clone(),
            title: act.title.clone(),
            sha256: bundle::sha256(&file.bytes),
        })
    };
    acts.iter().enumerate().filter_map(enclosure).collect()
}

/// The folder of every body, `<code>-<slug>` from its code and its name without "Comune di"; never the same twice.
pub(super) fn folders(dossier: &Dossier) -> Vec<String> {
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
