//! `controlla-fattura`: the exchange system's controls on files that may be ours or anybody's, and the page of a control.

use serde_json::{Value, json};

use super::Status;
use super::args::{ControllaFatturaArgs, ReportFormat};
use super::commands::{self, Outcome};
use super::print::Printer;
use crate::italian::count;
use crate::pipeline;
use crate::rule::Severity;
use crate::sdi::{self, Control, Finding, Unreadable};

/// `controlla-fattura`. With several files the worst of them makes the exit status; one that is no invoice, or cannot be
/// read, stops no other.
///
/// # Errors
/// None today: every fault is told beside its file.
pub fn check(args: &ControllaFatturaArgs, printer: &mut Printer) -> Outcome {
    let received = commands::today(args.today);
    let mut worst = Status::Done;
    let mut titled = false;
    for path in &args.files {
        let bytes = match pipeline::read_file(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                printer.error(&error.to_string());
                worst = Status::Failed;
                continue;
            }
        };
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // A copy under another name is judged for what it holds.
        let transmitted = sdi::attempted_name(&name);
        let judged = sdi::inspect(transmitted.then_some(&*name), &bytes, received);
        let file = path.display().to_string();
        let status = match &judged {
            Err(_) => Status::Failed,
            Ok(findings) if findings.is_empty() => Status::Done,
            Ok(_) => Status::Faults,
        };
        match args.shown.format {
            ReportFormat::Testo => {
                if titled {
                    printer.out("");
                }
                text(&file, &judged, printer);
                titled = true;
                if !transmitted && status != Status::Failed {
                    printer.say(&format!(
                        "Il nome «{name}» non è di quelli con cui un file si trasmette («spiega 00001»)."
                    ));
                }
            }
            ReportFormat::Breve => short(&file, &judged, printer),
            ReportFormat::Json => printer.out(&value(&file, judged).to_string()),
        }
        worst = match (worst, status) {
            (Status::Failed, _) | (_, Status::Failed) => Status::Failed,
            (Status::Faults, _) | (_, Status::Faults) => Status::Faults,
            _ => Status::Done,
        };
    }
    Ok(worst)
}

fn text(file: &str, judged: &Result<Vec<Finding>, Unreadable>, printer: &mut Printer) {
    let findings = match judged {
        Ok(findings) => findings,
        Err(unreadable) => {
            printer.error(&format!("{file}: {unreadable}{}", at_line(unreadable.line)));
            printer.hint(&unreadable.hint);
            return;
        }
    };
    if findings.is_empty() {
        printer.out(&format!("{file}: supera tutti i controlli che si possono fare senza le anagrafi."));
        return;
    }
    let title = printer.strong(&format!("File {file}"));
    printer.out(&title);
    for found in findings {
        let at = if found.line == 0 { "—".to_owned() } else { format!("riga {}", found.line) };
        let element = if found.element.is_empty() { String::new() } else { format!(" {}", found.element) };
        let severity = printer.severity(Severity::Error);
        printer.out(&format!("  {at:<9} {severity} {}{element}: {}", found.code, found.message));
        if !found.hint.is_empty() {
            printer.out(&format!("            → {}", found.hint));
        }
        if !found.path.is_empty() {
            printer.out(&format!("            {}", found.path));
        }
    }
    printer.out("");
    printer.out(&format!("{}: «scrivano spiega CODICE» dice di più.", count(findings.len(), "errore", "errori")));
}

fn at_line(line: u64) -> String {
    if line == 0 { String::new() } else { format!(" (riga {line})") }
}

fn short(file: &str, judged: &Result<Vec<Finding>, Unreadable>, printer: &mut Printer) {
    match judged {
        Ok(findings) => {
            for found in findings {
                let line = if found.line == 0 { String::new() } else { format!(":{}", found.line) };
                let element = if found.element.is_empty() { String::new() } else { format!(" {}", found.element) };
                printer.out(&format!("{file}{line}: errore {}{element} {}", found.code, found.message));
            }
        }
        Err(unreadable) => {
            printer.error(&format!("{file}: {unreadable}{}", at_line(unreadable.line)));
            printer.hint(&unreadable.hint);
        }
    }
}

/// One object a file, a line each.
fn value(file: &str, judged: Result<Vec<Finding>, Unreadable>) -> Value {
    let readable = judged.is_ok();
    let findings = judged.unwrap_or_else(|unreadable| vec![unreadable.into()]);
    let list: Vec<Value> = findings
        .iter()
        .map(|found| {
            json!({
                "code": found.code, "title": found.title, "element": found.element, "path": found.path,
                "line": Some(found.line).filter(|line| *line > 0), "message": found.message, "hint": found.hint,
            })
        })
        .collect();
    json!({
        "schema": "scrivano/invoice-check/1", "file": file, "readable": readable, "valid": list.is_empty(),
        "findings": list,
    })
}

/// The page of a control (`spiega 00423`).
pub(super) fn explain(control: &Control, format: ReportFormat, printer: &mut Printer) {
    if format == ReportFormat::Json {
        let value = json!({
            "code": control.code, "element": control.element, "title": control.title, "page": control.explanation,
        });
        printer.out(&value.to_string());
        return;
    }
    let title = printer.strong(&format!("{} – {}", control.code, control.title));
    printer.out(&title);
    printer.out("Controllo del sistema di interscambio (SdI) sulle fatture elettroniche");
    if !control.element.is_empty() {
        printer.out(&format!("Elemento {}", control.element));
    }
    printer.out(&format!("\n{}", control.explanation));
}
