//! `genera`: options in, the run called or found to have been done already, its outcome told.

use std::path::Path;

use super::Status;
use super::args::{GeneraArgs, ReportFormat};
use super::commands::{Opened, Outcome, open, status, unreadable};
use super::print::Printer;
use super::progress::{Teller, stop_on_signal};
use super::report;
use crate::diagnostic::{Diagnostic, Summary};
use crate::emit::EmitError;
use crate::emit::pdf::Press;
use crate::italian::{count, grouped};
use crate::pipeline::{self, ActState, Format, Inputs, Judge, Options, RunError, RunReport};
use crate::rule::Severity;

/// Bodies named one by one in a sentence.
const MOST_NAMES: usize = 5;

/// `genera`.
pub fn generate(args: &GeneraArgs, printer: &mut Printer) -> Outcome {
    let opened = open(&args.source)?;
    let options = options(args, opened.jobs);
    let inputs = Inputs::of(&opened.name, &opened.bytes, &opened.library, opened.today, &options);
    if let Some((run, root)) = pipeline::unchanged(&inputs, &options) {
        tell(&run, args.source.shown.format, printer)?;
        closing(&run, &root, &args.source.file, printer);
        return Ok(status_of(run.summary.findings));
    }
    stop_on_signal();
    let Opened { name, bytes, library, today, jobs } = opened;
    let press = Press::new()?;
    let teller = Teller::new();
    let judge = Judge { library: &library, press: &press, today, jobs, acts: options.acts.as_deref() };
    let checked = pipeline::check(&name, &bytes, &judge);
    let status = status(&checked);
    if checked.dossier.is_none() {
        drop(teller);
        if status == Status::Failed && args.source.shown.format != ReportFormat::Json {
            unreadable(&checked.diagnostics, printer);
        } else {
            report::diagnostics(&checked.diagnostics, args.source.shown.format, printer);
        }
        if status != Status::Failed {
            printer.say("Nessun atto prodotto: prima vanno corretti gli errori qui sopra.");
        }
        return Ok(status);
    }
    let made = pipeline::generate(checked, &bytes, &library, &press, &options, &teller);
    drop(teller);
    let (run, root) = match made {
        Err(RunError::Stopped { tally, bodies }) => {
            printer.say(&format!(
                "Interrotto: fatti {} di {}. Quel che è fatto resta: lo stesso comando riprende da qui.",
                grouped(tally.bodies as u64),
                count(bodies, "ente", "enti")
            ));
            return Ok(Status::Faults);
        }
        made => made?,
    };
    tell(&run, args.source.shown.format, printer)?;
    closing(&run, &root, &args.source.file, printer);
    Ok(status_of(run.summary.findings))
}

fn options(args: &GeneraArgs, jobs: usize) -> Options {
    let mut acts = args.atti.clone();
    acts.sort();
    acts.dedup();
    let mut formats = args.formati.clone();
    if formats.is_empty() {
        formats = vec![Format::Pdf, Format::Docx];
    }
    formats.sort();
    formats.dedup();
    Options {
        out: args.output.clone(),
        acts: Some(acts).filter(|acts| !acts.is_empty()),
        formats,
        bodies: args.enti.clone(),
        jobs,
        year: args.anno,
        slice: args.fetta,
    }
}

/// The exit status that the findings of a run call for.
pub(super) fn status_of(findings: Summary) -> Status {
    if findings.errors == 0 { Status::Done } else { Status::Faults }
}

/// The run as JSON, or its findings that are not mere notes.
///
/// # Errors
/// Only for a fault of the program.
pub(super) fn tell(run: &RunReport, format: ReportFormat, printer: &mut Printer) -> Result<(), RunError> {
    let serious: Vec<Diagnostic> =
        run.diagnostics.iter().filter(|found| found.severity != Severity::Note).cloned().collect();
    match format {
        ReportFormat::Json => printer.out(&serde_json::to_string(run).map_err(EmitError::from)?),
        format if !serious.is_empty() => report::diagnostics(&serious, format, printer),
        _ => {}
    }
    Ok(())
}

/// What was made, what not, and where it is.
fn closing(run: &RunReport, root: &Path, workbook: &Path, printer: &mut Printer) {
    made(run, printer);
    let findings = run.summary.findings;
    printer.say(&format!(
        "{}, {}: «scrivano controlla {}» li elenca tutti.",
        count(findings.warnings, "avviso", "avvisi"),
        count(findings.notes, "nota", "note"),
        workbook.display()
    ));
    let what = if run.summary.produced > 0 { "Gli atti sono" } else { "Il riepilogo è" };
    let reports = pipeline::report_names(run.slice.as_deref());
    printer.say(&format!(
        "{what} in {}: {} li elenca, {} mostra a che punto si è.",
        root.display(),
        reports.register,
        reports.picture
    ));
    if let Some(slice) = &run.slice {
        printer.say(&format!("È la parte {slice}: fatte tutte, «scrivano unisci {}» le unisce.", root.display()));
    }
}

/// How many acts were made and withheld, and what is left of earlier runs.
pub(super) fn made(run: &RunReport, printer: &mut Printer) {
    let unchanged = run.acts.iter().filter(|act| act.unchanged).count();
    let unchanged =
        if unchanged > 0 { format!(" (di cui {} già a posto)", grouped(unchanged as u64)) } else { String::new() };
    printer.say(&format!(
        "{} per {}{unchanged}.",
        count(run.summary.produced, "atto prodotto", "atti prodotti"),
        count(run.summary.bodies, "ente", "enti")
    ));
    if run.summary.withheld > 0 {
        let mut bodies: Vec<&str> =
            run.acts.iter().filter(|act| act.state == ActState::Withheld).map(|act| act.name.as_str()).collect();
        bodies.dedup();
        printer.say(&format!(
            "{} per errori: {}.",
            count(run.summary.withheld, "atto trattenuto", "atti trattenuti"),
            some(&bodies)
        ));
    }
    if !run.moved.kept.is_empty() {
        let kept: Vec<&str> = run.moved.kept.iter().map(String::as_str).collect();
        printer.say(&format!(
            "ATTENZIONE: al posto di questi atti c’erano file firmati o corretti a mano, che ora sono accanto a quelli nuovi con un altro \
             nome: {}. Se l’atto firmato deve restare com’è, rimettere il foglio com’era e generare di nuovo.",
            some(&kept)
        ));
    }
    if !run.moved.removed.is_empty() {
        let removed: Vec<&str> = run.moved.removed.iter().map(String::as_str).collect();
        printer.say(&format!(
            "Tolti dalla cartella e dai pacchetti gli atti di una passata precedente che questa non fa più: {}.",
            some(&removed)
        ));
    }
    if !run.orphans.is_empty() {
        let left: Vec<String> =
            run.orphans.iter().map(|orphan| format!("{} ({})", orphan.name, orphan.reason.italian())).collect();
        let left: Vec<&str> = left.iter().map(String::as_str).collect();
        printer.say(&format!(
            "Da passate precedenti restano atti che questa non ha né rifatto né toccato: {}. Se non servono più, vanno \
             tolti a mano: esito.json elenca i file.",
            some(&left)
        ));
    }
}

/// The first few, and how many more.
fn some(names: &[&str]) -> String {
    let shown = names.get(..MOST_NAMES).unwrap_or(names).join(", ");
    match names.len().saturating_sub(MOST_NAMES) {
        0 => shown,
        1 => format!("{shown} e un altro"),
        more => format!("{shown} e altri {more}"),
    }
}
