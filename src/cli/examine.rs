//! `esamina`: what an act that others wrote holds of art. 30, where, and what is wrong in it.

use serde_json::{Value, json};

use super::Status;
use super::args::{EsaminaArgs, ReportFormat};
use super::commands::{self, Outcome};
use super::print::Printer;
use super::report;
use crate::act::Element;
use crate::diagnostic::Diagnostic;
use crate::examine::{Examination, Examined, Found};
use crate::italian::{capitalize, count};
use crate::pipeline;
use crate::place::Place;

/// `esamina`.
///
/// # Errors
/// The file cannot be opened. A file that is no readable document is told by its rule.
pub fn examine(args: &EsaminaArgs, printer: &mut Printer) -> Outcome {
    let bytes = pipeline::read_file(&args.file)?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let today = commands::today(args.today);
    let found = match pipeline::examine(&name, &bytes, today) {
        Ok(found) => found,
        Err(refusal) => {
            if args.shown.format == ReportFormat::Json {
                printer.out(&unreadable(&refusal).to_string());
            }
            printer.error(&refusal.message);
            printer.hint(&refusal.hint);
            return Ok(Status::Failed);
        }
    };
    match args.shown.format {
        ReportFormat::Testo => text(&name, &found, printer),
        ReportFormat::Breve => short(&name, &found, printer),
        ReportFormat::Json => printer.out(&value(&found).to_string()),
    }
    Ok(if found.summary().errors > 0 { Status::Faults } else { Status::Done })
}

/// The contract `scrivano/examine/1`.
fn value(found: &Examination) -> Value {
    json!({
        "schema": "scrivano/examine/1", "kind": found.kind, "elements": found.elements, "diagnostics": found.diagnostics,
    })
}

fn unreadable(refusal: &Diagnostic) -> Value {
    json!({ "schema": "scrivano/examine/1", "kind": "altro", "elements": [], "diagnostics": [refusal] })
}

fn text(name: &str, found: &Examination, printer: &mut Printer) {
    let title = printer.strong(&format!("{name}: {}", found.kind.italian()));
    printer.out(&title);
    let articles = match found.articles {
        0 => "nessun articolo riconosciuto".to_owned(),
        articles => count(articles, "articolo", "articoli"),
    };
    printer.out(&format!("{articles}, {} di testo", count(found.lines, "riga", "righe")));
    printer.out("");
    let heading = printer.strong("Contenuto minimo (D.Lgs. 267/2000, art. 30)");
    printer.out(&heading);
    for element in &found.elements {
        one(element, printer);
    }
    printer.out("");
    let heading = printer.strong("Segnalazioni");
    printer.out(&heading);
    for fault in &found.diagnostics {
        let at = match &fault.place {
            Place::Text(_, line, _) => format!("riga {line}"),
            _ => "—".to_owned(),
        };
        printer.out(&format!(
            "  {at:<9} {} {}: {}",
            printer.severity(fault.severity),
            fault.code,
            capitalize(&fault.message)
        ));
        if !fault.hint.is_empty() {
            printer.out(&format!("            → {}", fault.hint));
        }
        if !fault.law.is_empty() {
            let law = printer.faint(fault.law);
            printer.out(&format!("            {law}"));
        }
    }
    if !found.diagnostics.is_empty() {
        printer.out("");
    }
    printer.out(&report::closing(found.summary()));
    if !found.diagnostics.is_empty() {
        printer.say("«scrivano spiega CODICE» dice di più. L’esame cerca parole e struttura: non sostituisce la lettura dell’atto.");
    }
}

fn one(element: &Examined, printer: &mut Printer) {
    let mark = if element.found { "sì" } else { "no" };
    let sure = format!("{:>3}%", (element.confidence * 100.0).round());
    printer.out(&format!("  {mark}  {:<28} {sure}", name(element.element)));
    let kept = if element.found { 2 } else { 1 };
    for place in element.places.iter().take(kept) {
        printer.out(&format!("        {}: «{}»", at(place), place.quote));
    }
}

/// "oggetto", "rapporti finanziari": without article.
fn name(element: Element) -> &'static str {
    match element {
        Element::Oggetto => "oggetto",
        Element::Fini => "fini",
        Element::Durata => "durata",
        Element::Consultazione => "forme di consultazione",
        Element::Finanziari => "rapporti finanziari",
        Element::Obblighi => "obblighi reciproci",
        Element::Garanzie => "garanzie",
        other => other.slug(),
    }
}

/// "art. 3, pag. 2, riga 41".
fn at(place: &Found) -> String {
    let mut parts = Vec::new();
    if place.article.chars().next().is_some_and(|c| c.is_ascii_digit()) {
        parts.push(format!("art. {}", place.article));
    } else if !place.article.is_empty() {
        parts.push(format!("«{}»", place.article));
    }
    if place.page > 0 {
        parts.push(format!("pag. {}", place.page));
    }
    parts.push(format!("riga {}", place.line));
    parts.join(", ")
}

fn short(name: &str, found: &Examination, printer: &mut Printer) {
    for element in &found.elements {
        let state = if element.found { "sì" } else { "no" };
        let places: Vec<String> = element.places.iter().take(1).map(at).collect();
        printer.out(&format!(
            "{name}: {} {state} {:.2} {}",
            element.element.slug(),
            element.confidence,
            places.join("")
        ));
    }
    report::diagnostics(&found.diagnostics, ReportFormat::Breve, printer);
}
