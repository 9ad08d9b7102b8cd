//! `controlla --dettaglio-quote`: how every sum comes about, body by body, as text, one line each, or JSON.

use serde_json::json;

use super::args::ReportFormat;
use super::print::Printer;
use super::report;
use crate::date;
use crate::diagnostic::{Diagnostic, Summary};
use crate::dossier::Item;
use crate::fees::details::{BodyDetails, Details, FeeDetails, LineDetails, ServiceDetails};
use crate::italian::{count, decimal};
use crate::model::Criterion;
use crate::money::Money;
use crate::place::Place;
use crate::rule::Severity;

/// Prints the computation, then the errors and warnings; notes are for `controlla` alone.
pub fn details(details: &Details, findings: &[Diagnostic], format: ReportFormat, printer: &mut Printer) {
    match format {
        ReportFormat::Json => {
            let value = json!({
                "schema": "scrivano/diagnostics/1",
                "summary": Summary::of(findings),
                "diagnostics": findings,
                "fees": details,
            });
            printer.out(&value.to_string());
            return;
        }
        ReportFormat::Breve => details.bodies.iter().for_each(|body| printer.out(&brief(body, details.year))),
        ReportFormat::Testo => {
            let title = format!("Criterio «{}»; importi al netto dell’IVA, salvo dove è indicata\n", details.criterion);
            printer.out(&title);
            for body in &details.bodies {
                text(body, details.year, printer);
                printer.out("");
            }
            totals(details, printer);
        }
    }
    let serious: Vec<Diagnostic> = findings.iter().filter(|found| found.severity != Severity::Note).cloned().collect();
    if !serious.is_empty() {
        printer.out("");
        report::diagnostics(&serious, format, printer);
    }
}

/// A line of the text: what, how, how much, where from. What and how share a width, so that sums stand in a column.
fn row(what: &str, working: &str, sum: &str, places: &[Place]) -> String {
    const WIDTH: usize = 60;
    let places: Vec<String> = places.iter().map(ToString::to_string).collect();
    let rest = WIDTH.saturating_sub(what.chars().count() + 1);
    format!("  {what} {working:>rest$} {sum:>15}  {}", places.join(", ")).trim_end().to_owned()
}

fn line(line: &LineDetails) -> String {
    row(&line.description, &line.working, &line.amount.to_string(), &line.places)
}

fn text(body: &BodyDetails, year: i32, printer: &mut Printer) {
    let name = printer.strong(&body.name);
    printer.out(&format!("{name} [{}]", body.body));
    match &body.fee {
        Some(fee) => fee_text(fee, printer),
        None if body.unknown => printer.out("  quota non calcolata: vedere le segnalazioni"),
        None => {}
    }
    if body.services.is_empty() {
        return;
    }
    printer.out(&format!("  servizi {year}"));
    for service in &body.services {
        service_text(service, printer);
    }
    let open = body.services.iter().filter(|service| service.open.is_some()).count();
    if open < body.services.len() {
        let what = if open == 0 { format!("totale servizi {year}") } else { format!("totale servizi {year} noti") };
        printer.out(&row(&what, "", &body.services_total.to_string(), &[]));
    }
}

fn fee_text(fee: &FeeDetails, printer: &mut Printer) {
    fee.lines.iter().for_each(|it| printer.out(&line(it)));
    if let Some(part) = &fee.by_union {
        let what = format!("paga «{}»", part.name);
        let working = format!("{}% di {}", decimal(part.percent, 0), fee.assessed);
        printer.out(&row(&what, &working, &minus(part.yearly), &[]));
    }
    for member in &fee.members {
        let working = format!("{}% di {}", decimal(member.percent, 0), member.assessed);
        printer.out(&row(&format!("per «{}»", member.name), &working, &member.yearly.to_string(), &[]));
    }
    let even = fee.years.windows(2).all(|pair| matches!(pair, [one, other] if one.net == other.net));
    // Only the last year of a term may be cut short; sums set aside for each year are told year by year.
    let is_yearly = !fee.lines.iter().any(|line| line.item == Item::Allocation);
    if is_yearly {
        printer.out(&row("quota annua", "", &fee.yearly.to_string(), &[]));
        if !fee.yearly_vat.is_zero() {
            printer.out(&row("IVA sulla quota annua", "", &fee.yearly_vat.to_string(), &[]));
        }
    }
    for year in fee.years.iter().filter(|_| is_yearly && !even) {
        let what = format!("dal {} al {}", date::short(year.from), date::short(year.to));
        printer.out(&row(&what, "", &year.net.to_string(), &[]));
    }
    let term = fee
        .years
        .first()
        .zip(fee.years.last())
        .map(|(first, last)| format!("totale dal {} al {}", date::short(first.from), date::short(last.to)));
    let years = count(fee.years.len(), "annualità", "annualità");
    printer.out(&row(&term.unwrap_or_default(), &years, &fee.total.to_string(), &[]));
    if !fee.total_vat.is_zero() {
        printer.out(&row("totale con IVA", "", &(fee.total + fee.total_vat).to_string(), &[]));
    }
}

fn service_text(service: &ServiceDetails, printer: &mut Printer) {
    service.lines.iter().for_each(|it| printer.out(&line(it)));
    if let Some(reason) = service.open {
        printer.out(&row(&service.name, "", reason, &service.places));
    }
}

fn minus(sum: Money) -> String {
    if sum.is_zero() { sum.to_string() } else { format!("− {sum}") }
}

fn brief(body: &BodyDetails, year: i32) -> String {
    let mut parts = Vec::new();
    match &body.fee {
        Some(fee) => parts.push(format!("{} l’anno, {} in tutto", fee.yearly, fee.total)),
        None if body.unknown => parts.push("quota non calcolata".to_owned()),
        None => {}
    }
    if !body.services.is_empty() {
        parts.push(format!("servizi {year}: {}", body.services_total));
    }
    format!("{} {}: {}", body.body, body.name, parts.join("; "))
}

fn totals(details: &Details, printer: &mut Printer) {
    let totals = &details.totals;
    let title = printer.strong(&format!("Totale di {}", count(totals.bodies, "ente", "enti")));
    printer.out(&title);
    let mut sum = |what: &str, sum: Money| printer.out(&row(what, "", &sum.to_string(), &[]));
    if details.criterion != Criterion::Stanziamento.slug() {
        sum("quote annue", totals.yearly);
        if !totals.yearly_vat.is_zero() {
            sum("IVA sulle quote annue", totals.yearly_vat);
        }
    }
    sum("quote di tutta la durata", totals.total);
    if !totals.total_vat.is_zero() {
        sum("con IVA", totals.total + totals.total_vat);
    }
    if details.bodies.iter().any(|body| !body.services.is_empty()) {
        sum(&format!("servizi {}", details.year), totals.services);
    }
    if totals.unknown > 0 {
        printer.out(&format!("  quote non calcolate: {}", totals.unknown));
    }
    if totals.services_open > 0 {
        printer.out(&format!("  servizi senza prezzo noto, esclusi dal totale: {}", totals.services_open));
    }
}
