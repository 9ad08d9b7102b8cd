//! `verifica`: what came back against what was sent, for people, in short and as JSON.

use chrono::{DateTime, Utc};

use super::Status;
use super::args::{ReportFormat, VerificaArgs};
use super::commands::{Outcome, today};
use super::print::Printer;
use crate::date;
use crate::italian::count;
use crate::pipeline::verify::{Bundle, Document, DocumentState, File, FileState, Report, paths};
use crate::rule::Severity;
use crate::verify::{Fault, Signature};

/// `verifica`.
///
/// # Errors
/// A path cannot be read.
pub fn verify(args: &VerificaArgs, printer: &mut Printer) -> Outcome {
    let report = paths(&args.paths, args.pacchetto.as_deref(), today(None))?;
    match args.shown.format {
        ReportFormat::Testo => text(&report, printer),
        ReportFormat::Breve => short(&report, printer),
        ReportFormat::Json => match serde_json::to_string(&report) {
            Ok(json) => printer.out(&json),
            Err(error) => printer.error(&error.to_string()),
        },
    }
    Ok(match (report.unreadable, report.ok) {
        (true, _) => Status::Failed,
        (false, true) => Status::Done,
        (false, false) => Status::Faults,
    })
}

fn text(report: &Report, printer: &mut Printer) {
    for bundle in &report.bundles {
        self::bundle(bundle, printer);
        printer.out("");
    }
    for file in &report.files {
        self::file(file, None, printer);
    }
    if !report.files.is_empty() {
        printer.out("");
    }
    faults(&report.findings, "", printer);
    let summary = &report.summary;
    if summary.documents > 0 {
        let told = [
            (summary.signed, "firmato da tutti", "firmati da tutti"),
            (summary.partly_signed, "con firme mancanti", "con firme mancanti"),
            (summary.unchanged, "integro, senza firme", "integri, senza firme"),
            (summary.changed, "modificato", "modificati"),
            (summary.missing, "mancante", "mancanti"),
        ];
        let parts = told.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many));
        let parts: Vec<String> = parts.collect();
        printer.out(&format!("{}: {}.", count(summary.documents, "documento", "documenti"), parts.join(", ")));
    }
    if summary.added > 0 {
        printer.out(&format!("{} non sono nel manifesto.", count(summary.added, "file", "file")));
    }
    let verdict = match (report.unreadable, report.ok) {
        (true, _) => "Nulla da verificare.".to_owned(),
        (_, false) => {
            format!("{}, {}.", count(summary.errors, "errore", "errori"), count(summary.warnings, "avviso", "avvisi"))
        }
        (_, true) if summary.warnings > 0 => format!("Nessun errore, {}.", count(summary.warnings, "avviso", "avvisi")),
        (_, true) => "Tutto a posto.".to_owned(),
    };
    let verdict = printer.strong(&verdict);
    printer.out(&verdict);
    if report.all_files().any(|file| !file.signatures.is_empty()) {
        printer.out("");
        printer.out("Questa verifica non dice:");
        report.not_checked.iter().for_each(|line| printer.out(&format!("  – {line}.")));
        printer
            .out("Per questo serve il programma di verifica di un prestatore qualificato, o il servizio europeo DSS.");
    }
}

fn bundle(bundle: &Bundle, printer: &mut Printer) {
    let title = printer.strong(&format!("{} – {}", bundle.body_name, bundle.convention));
    printer.out(&title);
    let source = printer.faint(&format!("manifesto di {}", bundle.source));
    printer.out(&source);
    for document in &bundle.documents {
        self::document(document, printer);
    }
    for file in &bundle.added {
        self::file(file, None, printer);
    }
}

fn document(document: &Document, printer: &mut Printer) {
    let state = match document.state {
        DocumentState::Signed | DocumentState::PartlySigned => {
            format!("firmato da {} di {}", document.signed_by(), document.expected.len())
        }
        state => state.italian().to_owned(),
    };
    let name = printer.strong(&document.path);
    printer.out(&format!("  {name}: {state}"));
    for file in &document.files {
        self::file(file, Some(&document.path), printer);
    }
    faults(&document.findings, "    ", printer);
}

/// A file under its document, or by itself. What is as it was sent needs no line.
fn file(file: &File, document: Option<&str>, printer: &mut Printer) {
    let base = file.name.rsplit('/').next().unwrap_or(&file.name);
    if document.is_none() {
        let name = printer.strong(&file.name);
        printer.out(&format!("  {name}: {}", file.state.italian()));
    } else if file.state != FileState::Unchanged && Some(base) != document {
        printer.out(&format!("    file {}", file.name));
    }
    for signature in &file.signatures {
        self::signature(signature, file.state, printer);
    }
    faults(&file.findings, "    ", printer);
}

fn signature(signature: &Signature, state: FileState, printer: &mut Printer) {
    // A good signature of something else is no good here.
    let mark = if signature.counts() && state == FileState::Signed { "✓" } else { "✗" };
    let fiscal = signature.signer.as_ref().and_then(|signer| signer.codice_fiscale.as_deref());
    let fiscal = fiscal.map(|code| format!(" ({code})")).unwrap_or_default();
    let when =
        signature.signed_at.map_or_else(|| "in data non dichiarata".to_owned(), |at| format!("il {}", instant(at)));
    printer.out(&format!("    {mark} {}{fiscal}, {when}", signature.who()));
    let issuer = signature.signer.as_ref().map(|signer| format!("certificato di {}", signer.issuer));
    let stamp = signature.timestamp.as_ref().filter(|stamp| stamp.valid).map(|stamp| {
        let at = stamp.time.map(|at| format!(" del {}", instant(at))).unwrap_or_default();
        format!("marca temporale{at} di {}", stamp.authority)
    });
    let algorithm = Some(signature.algorithm.clone()).filter(|words| !words.is_empty());
    let details: Vec<String> =
        [Some(signature.form.italian().to_owned()), algorithm, issuer, stamp].into_iter().flatten().collect();
    let details = printer.faint(&format!("      {}", details.join("; ")));
    printer.out(&details);
    faults(&signature.findings, "      ", printer);
}

fn faults(faults: &[Fault], indent: &str, printer: &mut Printer) {
    for fault in faults {
        let severity = printer.severity(fault.severity);
        printer.out(&format!("{indent}{severity}: {}", fault.message));
        if !fault.hint.is_empty() {
            printer.out(&format!("{indent}        → {}", fault.hint));
        }
    }
}

/// The clock of the signer's computer in UTC, as signatures carry it.
fn instant(at: DateTime<Utc>) -> String {
    format!("{} alle {} UTC", date::short(at.date_naive()), at.format("%H:%M"))
}

fn short(report: &Report, printer: &mut Printer) {
    let told = |name: &str, fault: &Fault, printer: &mut Printer| {
        if fault.severity != Severity::Note {
            printer.out(&format!("{name}: {} {}: {}", fault.severity.italian(), fault.code, fault.message));
        }
    };
    for bundle in &report.bundles {
        for document in &bundle.documents {
            let name = format!("{}/{}", bundle.body, document.path);
            let signed = match document.expected.len() {
                0 => String::new(),
                of => format!(" (firme {} di {of})", document.signed_by()),
            };
            printer.out(&format!("{name}: {}{signed}", document.state.italian()));
            document.findings.iter().for_each(|fault| told(&name, fault, printer));
        }
    }
    for file in report.all_files() {
        let of_signatures = file.signatures.iter().flat_map(|signature| &signature.findings);
        file.findings.iter().chain(of_signatures).for_each(|fault| told(&file.name, fault, printer));
    }
    report.findings.iter().for_each(|fault| told("verifica", fault, printer));
}
