//! The one place that knows the order: read → check → compose → judge → emit → write. Called by the faces; with `batch`
//! it is the only code that touches the disk.

mod annotated;
mod archive;
mod bills;
mod examine;
mod measured;
mod memory;
mod merge;
mod orphans;
mod outcome;
mod renew;
mod site;
mod slices;
mod store;
mod trial;
pub mod verify;
mod view;
mod write;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::NaiveDate;

use crate::act::ActKind;
use crate::check::act::Told;
use crate::compose::{Composer, Library};
use crate::diagnostic::{Diagnostic, Summary};
use crate::dossier::{Assignment, Body, Dossier};
use crate::emit::pdf::Press;
use crate::gazetteer::Gazetteer;
use crate::place::Place;
use crate::rule::Severity;
use crate::table::Workbook;
use crate::{batch, billing, check, fees, read};

pub use annotated::annotate;
pub use archive::archive;
pub use bills::{
    BillOptions, BillOutcome, BillReport, BillState, Bills, findings, is_of_bills, issue, prepare, preview, register,
};
pub use examine::examine;
pub use memory::{Inputs, ReportNames, report_names, unchanged};
pub use merge::{Merged, merge};
pub use orphans::{Orphan, OrphanReason};
pub use outcome::{ActOutcome, ActState, RunReport};
pub use renew::{Renewal, renew};
pub use slices::Slice;
pub use store::{RunError, read_file, read_texts, write_atomically};
pub use trial::{acts_of_kind, sample, texts};
pub use view::{
    Changes, FAULTY, PlannedAct, act, acts_of, calendar, changes, docx, missing, model_of, pdf, standings, template,
};
pub use write::{Format, Options, Progress, Tally, generate};

/// A workbook read and judged.
pub struct Checked {
    /// The records; `None` where the workbook could not be read at all.
    pub dossier: Option<Dossier>,
    /// All findings, in order of sheet and row.
    pub diagnostics: Vec<Diagnostic>,
    /// For each body of the dossier, the codes of the errors that withhold its acts.
    pub withheld: Vec<Vec<&'static str>>,
    /// True where the file is not a readable workbook: the program could not run.
    pub unreadable: bool,
}

impl Checked {
    /// How many findings of each severity.
    pub fn summary(&self) -> Summary {
        Summary::of(&self.diagnostics)
    }
}

/// With what a workbook is judged.
#[derive(Clone, Copy)]
pub struct Judge<'a> {
    /// The texts.
    pub library: &'a Library,
    /// There to find characters that cannot be printed.
    pub press: &'a Press,
    /// "Today" for every rule.
    pub today: NaiveDate,
    /// Threads.
    pub jobs: usize,
    /// The kinds of act to judge; `None` for those that the model makes and the data call for.
    pub acts: Option<&'a [ActKind]>,
}

/// Reads and judges a workbook, its acts included.
pub fn check(name: &str, bytes: &[u8], judge: &Judge<'_>) -> Checked {
    #[expect(clippy::result_large_err, reason = "made once for a file, at its end")]
    let read = std::thread::scope(|scope| {
        // The national list takes as long as a middling workbook. Where no thread can be had it is read when first asked.
        let _ = std::thread::Builder::new().spawn_scoped(scope, || _ = Gazetteer::get());
        read::workbook(name, bytes)
    });
    match read {
        Ok(workbook) => judge.tables(&workbook),
        Err(fault) => Checked { dossier: None, diagnostics: vec![fault], withheld: Vec::new(), unreadable: true },
    }
}

impl Judge<'_> {
    /// Judges the tables of a workbook, its acts included.
    pub fn tables(&self, workbook: &Workbook) -> Checked {
        let library = self.library;
        let mut findings = check::Findings::at(self.today);
        let dossier = check::records::dossier(workbook, library.models(), self.today, &mut findings);
        let mut diagnostics = findings.into_vec();
        let Some(mut dossier) = dossier else {
            diagnostics.extend_from_slice(library.faults(""));
            return Checked {
                dossier: None,
                diagnostics: sorted(diagnostics),
                withheld: Vec::new(),
                unreadable: false,
            };
        };
        diagnostics.extend_from_slice(library.faults(&dossier.model.id));
        let (contributions, found) = fees::contributions(&dossier);
        dossier.contributions = contributions;
        dossier.charges = fees::charges(&dossier, dossier.reference_year());
        diagnostics.extend(found);
        diagnostics.extend(check::rules(&dossier));
        diagnostics.extend(billing::register_faults(&dossier));
        if !diagnostics.iter().any(|found| found.is_error() && found.code.starts_with("TXT")) {
            let told = Told::of(&diagnostics);
            let all: Vec<Vec<Assignment>> =
                (0..dossier.bodies.len()).map(|body| assignments(library, &dossier, body, self.acts)).collect();
            // Each text is compiled by one thread; left to the first acts, the others would wait for it.
            let kinds: Vec<ActKind> =
                all.iter().flatten().map(|it| it.kind).collect::<BTreeSet<_>>().into_iter().collect();
            batch::each(kinds.len(), self.jobs, |kind| library.prepare(&dossier.model.id, kinds[kind]));
            let composer = Composer::new(library, &dossier);
            let judged = batch::each(all.len(), self.jobs, |body| {
                let faults = all[body].iter().flat_map(|assignment| self.act(&composer, &dossier, &told, assignment));
                faults.collect::<Vec<_>>()
            });
            diagnostics.extend(judged.into_iter().flatten());
        }
        attribute(&dossier, &mut diagnostics);
        let withheld = withheld(&dossier, &diagnostics);
        Checked { dossier: Some(dossier), diagnostics: sorted(diagnostics), withheld, unreadable: false }
    }

    /// What there is to say of one act of a judged workbook, without what is said of all acts of its kind together.
    pub fn findings_of(&self, checked: &Checked, assignment: &Assignment) -> Vec<Diagnostic> {
        let Some(dossier) = &checked.dossier else { return Vec::new() };
        let of_data: Vec<Diagnostic> =
            checked.diagnostics.iter().filter(|found| found.act.is_none()).cloned().collect();
        sorted(self.act(&Composer::new(self.library, dossier), dossier, &Told::of(&of_data), assignment))
    }

    /// Composes and judges one act. `told` is what is known to be wrong with the data.
    fn act(&self, composer: &Composer<'_>, dossier: &Dossier, told: &Told, assignment: &Assignment) -> Vec<Diagnostic> {
        let act = match composer.act(assignment, &[]) {
            Ok(act) => act,
            Err(faults) => return faults,
        };
        let mut found = check::act::act(&act, dossier, assignment.body, told);
        let code = dossier.bodies.get(assignment.body).map_or("", |body| body.code());
        for (c, place) in self.press.unprintable(&act) {
            found.push(unprintable(c, place).act(act.kind.slug()).body(code));
        }
        found
    }
}

/// WB-07: a character that no embedded font can print.
fn unprintable(c: char, place: Place) -> Diagnostic {
    let message = format!("il carattere «{c}» (U+{:04X}) non si può stampare", u32::from(c));
    Diagnostic::new("WB-07", place, message).hint("togliere il carattere dalla cella, o sostituirlo")
}

/// The acts of a body for which the model has a text.
fn assignments(library: &Library, dossier: &Dossier, body: usize, asked: Option<&[ActKind]>) -> Vec<Assignment> {
    let mut assignments = dossier.assignments(body, asked);
    assignments.retain(|assignment| library.has(&dossier.model.id, assignment.kind));
    assignments
}

/// Turns names of bodies into their codes, so that "whose acts" is one word everywhere. A finding on a row of `Enti` is of
/// the body of that row, whatever its name.
fn attribute(dossier: &Dossier, diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics.iter_mut().filter(|diagnostic| diagnostic.body.is_some()) {
        let named = diagnostic.body.as_deref().and_then(|name| dossier.find_body(name));
        let index = row_of_body(dossier, &diagnostic.place).or(named);
        if let Some(body) = index.and_then(|index| dossier.bodies.get(index)).filter(|body| !body.code().is_empty()) {
            diagnostic.body = Some(body.code().to_owned());
        }
    }
}

/// The body whose row of `Enti` a place is in.
fn row_of_body(dossier: &Dossier, place: &Place) -> Option<usize> {
    match place {
        Place::Cell(sheet, row, _) if &**sheet == Body::SHEET => {
            dossier.bodies.iter().position(|body| body.row == *row)
        }
        _ => None,
    }
}

/// In order of sheet as the contract lists them, then row and column; each finding once.
fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let rank = |place: &Place| {
        let sheet = place.sheet();
        crate::schema::SHEETS.iter().position(|spec| Some(spec.name) == sheet).unwrap_or(if sheet.is_some() {
            90
        } else {
            99
        })
    };
    diagnostics.sort_by(|a, b| {
        (rank(&a.place), &a.place, a.severity, a.code, &a.message, &a.body, &a.act).cmp(&(
            rank(&b.place),
            &b.place,
            b.severity,
            b.code,
            &b.message,
            &b.body,
            &b.act,
        ))
    });
    // The same fault of a template or of a shared cell shows in every act: said once, with no body of its own when all
    // have it.
    let mut once: Vec<Diagnostic> = Vec::with_capacity(diagnostics.len());
    for diagnostic in diagnostics {
        match once.last_mut() {
            Some(last)
                if last.code == diagnostic.code
                    && last.place == diagnostic.place
                    && last.message == diagnostic.message =>
            {
                if last.body != diagnostic.body {
                    last.body = None;
                }
                if last.act != diagnostic.act {
                    last.act = None;
                }
            }
            _ => once.push(diagnostic),
        }
    }
    once
}

/// For each body, the codes of the errors that withhold its acts: its own, the lead body's, those of no body.
fn withheld(dossier: &Dossier, diagnostics: &[Diagnostic]) -> Vec<Vec<&'static str>> {
    let lead = dossier.lead_index();
    let mut reasons: Vec<Vec<&'static str>> = vec![Vec::new(); dossier.bodies.len()];
    // A fault of the register of bills is one of bills, which their own run withholds.
    let is_of_acts = |found: &&Diagnostic| found.severity == Severity::Error && !found.code.starts_with("INV");
    for error in diagnostics.iter().filter(is_of_acts) {
        let row = row_of_body(dossier, &error.place);
        let named = error.body.as_deref().and_then(|name| dossier.find_body(name));
        let mut concerned: Vec<usize> = row.or(named).into_iter().collect();
        // A fault of the lead body's data is one of every act; a fault of an act of its own is of that act.
        let of_lead = error.act.is_none() && concerned.iter().any(|index| Some(*index) == lead);
        let concerns_all = error.body.is_none() && row.is_none() || of_lead;
        if concerns_all {
            concerned = (0..dossier.bodies.len()).collect();
        }
        for index in concerned {
            if let Some(codes) = reasons.get_mut(index).filter(|codes| !codes.contains(&error.code)) {
                codes.push(error.code);
            }
        }
    }
    for (index, body) in dossier.bodies.iter().enumerate() {
        if let Some(codes) = reasons.get_mut(index).filter(|codes| codes.is_empty() && body.code().is_empty()) {
            codes.push("WB-11");
        }
    }
    reasons
}

/// The codes of the errors that withhold an act: its body's; those of all where it is one for all.
fn reasons(dossier: &Dossier, withheld: &[Vec<&'static str>], assignment: &Assignment) -> Vec<&'static str> {
    let own = withheld.get(assignment.body).cloned().unwrap_or_default();
    let for_all =
        assignment.kind == ActKind::Accordo || assignment.kind == ActKind::Convenzione && dossier.is_multilateral();
    if !for_all {
        return own;
    }
    let all: BTreeSet<&'static str> = withheld.iter().flatten().copied().collect();
    all.into_iter().collect()
}

/// The stem of a workbook's name, for the output folder: never raw text, never empty.
pub fn folder_name(workbook: &str) -> String {
    let stem = Path::new(workbook).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let slug = crate::italian::slug_up_to(&stem, 120);
    if slug.is_empty() { "atti".to_owned() } else { unreserved(slug) }
}

/// A name of ours, in small letters, unless Windows keeps it for a device whatever its extension.
fn unreserved(name: String) -> String {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let is_port = |it: &str| {
        it.len() == 4
            && (it.starts_with("com") || it.starts_with("lpt"))
            && it.as_bytes().get(3).is_some_and(u8::is_ascii_digit)
    };
    if DEVICES.contains(&name.as_str()) || is_port(&name) { format!("{name}-atti") } else { name }
}
