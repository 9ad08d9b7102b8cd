//! `genera`: the acts of every body wanted, what is unchanged left alone; what is left of earlier runs told; the reports
//! written last.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::{fs, sync};

use body::{Done, Run};
use earlier::Earlier;
use ecow::EcoString;

use super::bills::{self, BillOptions, Bills};
use super::memory::{self, Inputs, Memory, Vouched};
use super::outcome::{ActOutcome, ActState, FileOutcome, RunReport, RunSummary, SCHEMA};
use super::site::Site;
use super::slices::{self, Slice};
use super::store::RunError;
use super::{Checked, assignments, folder_name, orphans};
use crate::act::ActKind;
use crate::batch;
use crate::compose::{Composer, Library};
use crate::dossier::{Body, Dossier};
use crate::emit::bundle;
use crate::emit::pdf::{Press, forget_layouts};
use crate::italian::slug;
use crate::schema::Choices;

mod body;
pub mod earlier;
mod filing;
pub mod install;
pub mod report;

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
    /// The year of the bills, where `acts` asks for any.
    pub year: Option<i32>,
    /// The slice of the bodies to make: one-based number, and how many slices there are.
    pub slice: Option<Slice>,
}

/// How far a run has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Bodies done.
    pub bodies: usize,
    /// Acts written.
    pub made: usize,
    /// Acts that were there already.
    pub unchanged: usize,
    /// Acts withheld.
    pub withheld: usize,
}

/// Told how far the run has come, and asked whether to go on; called from several threads.
pub trait Progress: Sync {
    /// How many bodies there are.
    fn start(&self, bodies: usize);
    /// The acts of this body are being made.
    fn begin(&self, name: &str);
    /// One more body is done.
    fn done(&self, tally: Tally);
    /// No more bodies will be done.
    fn finish(&self);
    /// True where no further body is to be begun: those begun are finished.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Generates the acts. Gives the report and the folder it is in.
///
/// # Errors
/// The disk refuses to write, an asked body does not exist, or the run was stopped.
pub fn generate(
    checked: Checked,
    workbook: &[u8],
    library: &Library,
    press: &Press,
    options: &Options,
    progress: &dyn Progress,
) -> Result<(RunReport, PathBuf), RunError> {
    // Who asks for invoices asks for what `fatture` issues: which kind a sum calls for is not of whoever asks.
    let wants_bills = options.acts.iter().flatten().any(|kind| kind.is_bill());
    let kinds: Vec<ActKind> = ActKind::ALL.iter().copied().filter(|kind| wants_bills && kind.is_bill()).collect();
    let bills = bills_of(&checked, options, &kinds, (library, press))?;
    let Checked { dossier, mut diagnostics, withheld, .. } = checked;
    let Some(dossier) = dossier else {
        return Err(RunError::Argument("il file non contiene dati da cui generare atti".to_owned()));
    };
    let root = options.out.join(folder_name(&dossier.workbook));
    let inputs = Inputs::of(&dossier.workbook, workbook, library, dossier.today, options);
    let of_bills = match &bills {
        Some(bills) => bills::acts(&dossier, bills, library, &kinds)?,
        None => BTreeMap::new(),
    };
    let mut active = active(&dossier, library, options);
    active.extend(of_bills.keys());
    active.sort_unstable();
    active.dedup();
    let wanted = selection(&dossier, &active, options)?;
    let site = Site::open(&root, |dead| install::mend(&root, dead))?;
    let earlier = Earlier::read(&root);
    let folders = folders(&dossier);
    // While the folder is not what a run left whole, nothing in it says that it is.
    let forget = sync::Once::new();
    let memory = root.join(memory::name(inputs.slice.as_deref()));
    let changing = || forget.call_once(|| fs::remove_file(&memory).unwrap_or_default());
    let run = Run {
        dossier: &dossier,
        library,
        composer: &Composer::new(library, &dossier),
        press,
        options,
        root: &root,
        site: &site,
        earlier: &earlier,
        folders: &folders,
        withheld: &withheld,
        bills: &of_bills,
        engine: engine_fingerprint(library, options),
        changing: &changing,
    };
    if let Some(bills) = &bills {
        bills::record(&dossier, bills)?;
        diagnostics.extend(bills.billing.diagnostics.iter().cloned());
    }
    let done = bodies(&run, &wanted, progress)?;
    let mut acts: Vec<ActOutcome> = Vec::new();
    let mut bundles: BTreeMap<EcoString, Vouched> = BTreeMap::new();
    for body in done {
        bundles.extend(body.bundle.map(|bundle| (bundle.path.clone(), bundle)));
        acts.extend(body.acts);
    }
    acts.extend(bills.iter().flat_map(|bills| refused(bills, &kinds, &dossier)));
    let count = |state| acts.iter().filter(|act| act.state == state).count();
    let report = RunReport {
        schema: SCHEMA.to_owned(),
        workbook: dossier.workbook.to_string(),
        workbook_sha256: inputs.workbook_sha256.clone(),
        model: dossier.model.id.clone(),
        stage: stage(&dossier).to_owned(),
        slice: inputs.slice.clone(),
        summary: RunSummary {
            bodies: wanted.len(),
            produced: count(ActState::Produced),
            withheld: count(ActState::Withheld),
            findings: crate::diagnostic::Summary::of(&diagnostics),
        },
        acts,
        orphans: orphans::find(&root, &dossier, &folders, &active),
        moved: site.moved(),
        diagnostics,
    };
    let facts = report::Facts::of(&report, &dossier, &withheld, bills::on_record(&root));
    // What the reports say is in the facts: the rest of the workbook need not wait in memory for them.
    drop((bills, of_bills, withheld, dossier));
    forget_layouts();
    finish(&site, &root, &report, facts, inputs, |path| bundles.remove(path))?;
    Ok((report, root))
}

/// The bills asked for among the acts.
fn bills_of(
    checked: &Checked,
    options: &Options,
    kinds: &[ActKind],
    (library, press): (&Library, &Press),
) -> Result<Option<Bills>, RunError> {
    let Some(dossier) = checked.dossier.as_ref().filter(|_| !kinds.is_empty()) else { return Ok(None) };
    if options.slice.is_some() {
        let message = "le fatture si numerano tutte insieme: non si emettono a fette";
        return Err(RunError::Argument(message.to_owned()));
    }
    let year = options.year.unwrap_or_else(|| dossier.reference_year());
    let wanted = BillOptions { out: options.out.clone(), year, bodies: options.bodies.clone(), jobs: options.jobs };
    bills::prepare(checked, &wanted, library, press).map(Some)
}

/// The bills that errors withhold.
fn refused(bills: &Bills, kinds: &[ActKind], dossier: &Dossier) -> Vec<ActOutcome> {
    let outcome = |it: &crate::billing::Withheld| {
        let kind = ActKind::from_slug(it.kind.slug()).filter(|kind| kinds.contains(kind))?;
        let body = dossier.bodies.get(it.body)?;
        Some(ActOutcome {
            body: body.code().into(),
            name: body.name().into(),
            act: kind.slug(),
            service: None,
            state: ActState::Withheld,
            reasons: it.reasons.clone(),
            files: Vec::new(),
            bundle: None,
            unchanged: false,
            signatures: None,
            index: it.body,
        })
    };
    bills.billing.withheld.iter().filter_map(outcome).collect()
}

/// The files of acts in order, each body's bundle before its documents.
fn vouched(acts: &[ActOutcome], mut bundle: impl FnMut(&str) -> Option<Vouched>) -> Vec<Vouched> {
    let mut files = Vec::new();
    let mut last = None;
    for act in acts {
        if act.bundle.as_deref() != last {
            last = act.bundle.as_deref();
            files.extend(last.and_then(&mut bundle));
        }
        let document =
            |file: &FileOutcome| Vouched { path: file.path.clone(), bytes: file.bytes, sha256: file.sha256.clone() };
        files.extend(act.files.iter().map(document));
    }
    files
}

/// Writes the reports of a run, and last of all what it remembers.
///
/// # Errors
/// The disk refuses, or a fault of the program.
pub fn finish(
    site: &Site,
    root: &std::path::Path,
    report: &RunReport,
    facts: report::Facts,
    inputs: Inputs,
    bundle: impl FnMut(&str) -> Option<Vouched>,
) -> Result<(), RunError> {
    let kept = inputs.slice.is_some().then(|| facts.clone());
    let reports = report::write(site, root, report, facts)?;
    // Made when the register is done with: its rows are as many.
    let mut files = vouched(&report.acts, bundle);
    files.extend(reports);
    let name = memory::name(inputs.slice.as_deref());
    let memory = Memory::new(root, inputs, files, kept);
    site.stream(&root.join(name), &mut |out| Ok(serde_json::to_writer(out, &memory)?)).map(|_| ())
}

/// The acts of the bodies wanted, on as many threads as asked for, in order.
fn bodies(run: &Run<'_>, wanted: &[usize], progress: &dyn Progress) -> Result<Vec<Done>, RunError> {
    progress.start(wanted.len());
    let failed = AtomicBool::new(false);
    let first_error: Mutex<Option<RunError>> = Mutex::new(None);
    let tally = Mutex::new(Tally::default());
    let done = batch::each(wanted.len(), run.options.jobs, |n| {
        let index = wanted.get(n).copied().unwrap_or_default();
        if failed.load(Ordering::Relaxed) || progress.is_stopped() {
            return None;
        }
        progress.begin(run.dossier.bodies.get(index).map_or("", Body::name));
        match run.body(index) {
            Ok(done) => {
                let mut tally = tally.lock().unwrap_or_else(sync::PoisonError::into_inner);
                let count = |is: &dyn Fn(&&ActOutcome) -> bool| done.acts.iter().filter(is).count();
                tally.bodies += 1;
                tally.made += count(&|act| act.state == ActState::Produced && !act.unchanged);
                tally.unchanged += count(&|act| act.unchanged);
                tally.withheld += count(&|act| act.state == ActState::Withheld);
                progress.done(*tally);
                Some(done)
            }
            Err(error) => {
                failed.store(true, Ordering::Relaxed);
                first_error.lock().unwrap_or_else(sync::PoisonError::into_inner).get_or_insert(error);
                None
            }
        }
    });
    progress.finish();
    if let Some(error) = first_error.into_inner().unwrap_or_else(sync::PoisonError::into_inner) {
        return Err(error);
    }
    let tally = tally.into_inner().unwrap_or_else(sync::PoisonError::into_inner);
    let all: Option<Vec<Done>> = done.into_iter().collect();
    all.ok_or(RunError::Stopped { tally, bodies: wanted.len() })
}

fn stage(dossier: &Dossier) -> &'static str {
    dossier.convention.fase.copied().map_or("schema", Choices::word)
}

/// The bodies that have acts to make, by position, in order of the sheet.
fn active(dossier: &Dossier, library: &Library, options: &Options) -> Vec<usize> {
    let has_acts = |index: &usize| !assignments(library, dossier, *index, options.acts.as_deref()).is_empty();
    (0..dossier.bodies.len()).filter(has_acts).collect()
}

/// Those of them that are asked for.
fn selection(dossier: &Dossier, active: &[usize], options: &Options) -> Result<Vec<usize>, RunError> {
    let mut wanted = active.to_vec();
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
    if let Some(slice) = options.slice {
        wanted.retain(|index| {
            dossier.bodies.get(*index).is_some_and(|body| slices::slice_of(body, slice.of) == slice.number)
        });
    }
    Ok(wanted)
}

/// A digest of everything but the data that decides the bytes of acts: program, layout, texts, formats.
fn engine_fingerprint(library: &Library, options: &Options) -> String {
    let formats: Vec<&str> = options.formats.iter().map(|format| format.extension()).collect();
    let parts = [crate::emit::source_fingerprint().to_owned(), library.fingerprint(), formats.join(",")];
    bundle::sha256(parts.join("\n").as_bytes())
}

/// The folder of every body, `<code>-<slug>` from its code and its name without "Comune di"; never the same twice.
pub(super) fn folders(dossier: &Dossier) -> Vec<String> {
    let mut folders: Vec<String> = Vec::with_capacity(dossier.bodies.len());
    let mut used = BTreeSet::new();
    for body in &dossier.bodies {
        let name = slug(crate::check::bare_name(body.name()));
        // Dots could climb, so they become dashes.
        let folder = format!("{}-{name}", body.code().replace('.', "-")).trim_matches('-').to_owned();
        let mut folder = super::unreserved(folder);
        while !used.insert(folder.clone()) {
            folder = format!("{folder}-{}", body.row + 1);
        }
        folders.push(folder);
    }
    folders
}
