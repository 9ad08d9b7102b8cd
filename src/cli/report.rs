//! Findings as text grouped by sheet, as one line each, as JSON: three renderings of the same values.

use serde_json::json;

use super::args::ReportFormat;
use super::print::Printer;
use crate::diagnostic::{Diagnostic, Summary};
use crate::italian::count;

/// Prints the findings on stdout.
pub fn diagnostics(list: &[Diagnostic], format: ReportFormat, printer: &mut Printer) {
    let summary = Summary::of(list);
    match format {
        ReportFormat::Testo => text(list, printer),
        ReportFormat::Breve => {
            for found in list {
                let place = if found.place.is_none() { String::new() } else { format!("{}: ", found.place) };
                printer.out(&format!("{place}{} {} {}", found.severity.italian(), found.code, found.message));
            }
        }
        ReportFormat::Json => {
            let value = json!({ "schema": "scrivano/diagnostics/1", "summary": summary, "diagnostics": list });
            printer.out(&value.to_string());
        }
    }
}

fn text(list: &[Diagnostic], printer: &mut Printer) {
    let mut group = None;
    for found in list {
        let name = match (found.place.sheet(), &found.place) {
            (Some(sheet), _) => format!("Foglio {sheet}"),
            (None, crate::place::Place::None) => "Atti".to_owned(),
            (None, crate::place::Place::Text(file, ..) | crate::place::Place::File(file)) => format!("File {file}"),
            (None, _) => "Altro".to_owned(),
        };
        if group.as_ref() != Some(&name) {
            if group.is_some() {
                printer.out("");
            }
            let title = printer.strong(&name);
            printer.out(&title);
            group = Some(name);
        }
        let at = match &found.place {
            crate::place::Place::Text(_, line, column) => format!("riga {line}, colonna {column}"),
            place => place.a1().unwrap_or_else(|| "—".to_owned()),
        };
        let whose = match (&found.body, &found.act) {
            (Some(body), Some(act)) => format!("  [{body}, {act}]"),
            (Some(body), None) => format!("  [{body}]"),
            (None, Some(act)) => format!("  [{act}]"),
            (None, None) => String::new(),
        };
        let head = format!("  {at:<6} {} {}: {}{whose}", printer.severity(found.severity), found.code, found.message);
        printer.out(&head);
        if !found.hint.is_empty() {
            printer.out(&format!("         → {}", found.hint));
        }
        if !found.law.is_empty() {
            printer.out(&format!("         {}", found.law));
        }
        if !found.related.is_empty() {
            let places: Vec<String> = found.related.iter().take(6).map(ToString::to_string).collect();
            let more = if found.related.len() > 6 { ", …" } else { "" };
            printer.out(&format!("         vedi anche {}{more}", places.join(", ")));
        }
    }
    if !list.is_empty() {
        printer.out("");
    }
    printer.out(&closing(Summary::of(list)));
}

/// "3 errori, 1 avviso, 12 note", or that all is well.
pub fn closing(summary: Summary) -> String {
    if summary == Summary::default() {
        return "Nessuna segnalazione.".to_owned();
    }
    format!(
        "{}, {}, {}.",
        count(summary.errors, "errore", "errori"),
        count(summary.warnings, "avviso", "avvisi"),
        count(summary.notes, "nota", "note")
    )
}
