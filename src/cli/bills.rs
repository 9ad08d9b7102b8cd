//! `fatture`: what would be issued as a table, or what was issued and where it is.

use super::args::{FattureArgs, ReportFormat};
use super::commands::{Opened, Outcome, open, refuse_overwrite, status, unreadable};
use super::print::Printer;
use super::{Status, report};
use crate::date;
use crate::diagnostic::Diagnostic;
use crate::emit::EmitError;
use crate::emit::pdf::Press;
use crate::italian::count;
use crate::money::Money;
use crate::pipeline::{self, BillOptions, BillOutcome, BillReport, BillState, Judge};
use crate::rule::Severity;
use crate::schema::BillKind;

/// `fatture`.
///
/// # Errors
/// The workbook cannot be read, or the disk refuses.
pub fn issue(args: &FattureArgs, printer: &mut Printer) -> Outcome {
    if let Some(path) = &args.registra {
        refuse_overwrite(path, args.sovrascrivi)?;
    }
    // No act is judged: bills do not rest on the acts' words.
    let Opened { name, bytes, library, today, jobs } = open(&args.source)?;
    let press = Press::new()?;
    let judge = Judge { library: &library, press: &press, today, jobs, acts: Some(&[]) };
    let checked = &pipeline::check(&name, &bytes, &judge);
    let format = args.source.shown.format;
    if status(checked) == Status::Failed && format != ReportFormat::Json {
        unreadable(&checked.diagnostics, printer);
        return Ok(Status::Failed);
    }
    if checked.dossier.is_none() {
        report::diagnostics(&checked.diagnostics, format, printer);
        printer.say("Nessun documento emesso: prima vanno corretti gli errori qui sopra.");
        return Ok(status(checked));
    }
    let options = BillOptions { out: args.output.clone(), year: args.anno, bodies: args.enti.clone(), jobs };
    let bills = pipeline::prepare(checked, &options, &library, &press)?;
    let told = if args.anteprima {
        pipeline::preview(checked, &bills)
    } else {
        Some(pipeline::issue(checked, &bills, &library, &press, jobs)?)
    };
    let Some(told) = told else { return Ok(Status::Faults) };
    if let Some(path) = &args.registra {
        let copied = pipeline::register(&name, &bytes, &bills)?;
        pipeline::write_atomically(path, &copied.bytes)?;
        if !copied.is_faithful {
            printer.say("La copia ha gli stessi fogli e gli stessi valori, ma non i colori, le formule e i commenti.");
        }
    }
    let findings = pipeline::findings(checked, &told);
    let failed = findings.iter().any(Diagnostic::is_error);
    match format {
        ReportFormat::Json => {
            let whole = BillReport { diagnostics: findings, ..told.clone() };
            printer.out(&serde_json::to_string(&whole).map_err(EmitError::from)?);
        }
        ReportFormat::Breve => {
            told.bills.iter().for_each(|bill| printer.out(&brief(bill)));
            report::diagnostics(&findings, format, printer);
        }
        ReportFormat::Testo => {
            table(&told, args.anteprima, printer);
            let serious: Vec<Diagnostic> =
                findings.into_iter().filter(|found| args.anteprima || found.severity != Severity::Note).collect();
            if !serious.is_empty() {
                printer.out("");
                report::diagnostics(&serious, format, printer);
            }
        }
    }
    closing(args, &told, &bills, printer);
    Ok(if failed { Status::Faults } else { Status::Done })
}

/// What was done, and what to do next.
fn closing(args: &FattureArgs, told: &BillReport, bills: &pipeline::Bills, printer: &mut Printer) {
    let it = told.summary;
    if args.anteprima {
        printer.say("Anteprima: nessun numero è stato dato e nessun file è stato scritto.");
        return;
    }
    let mut said = format!("{}.", count(it.new, "documento emesso", "documenti emessi"));
    if it.issued > 0 {
        said.push_str(&format!(
            " {}, rimasti com’erano.",
            count(it.issued, "documento già emesso", "documenti già emessi")
        ));
    }
    if it.withheld > 0 {
        said.push_str(&format!(" {} per errori.", count(it.withheld, "documento trattenuto", "documenti trattenuti")));
    }
    printer.say(&said);
    if it.new + it.issued > 0 {
        printer.say(&format!(
            "I file sono in {}: «fatture» ha quelli da firmare digitalmente e trasmettere.",
            bills.root.display()
        ));
    }
    match &args.registra {
        Some(path) => printer.say(&format!(
            "Il registro aggiornato è in {}: usare quel foglio da adesso in poi.",
            path.display()
        )),
        None if it.new > 0 => printer.say(&format!(
            "Il foglio non ha ancora i nuovi numeri: «scrivano fatture {} --anno {} --registra COPIA.xlsx» ne scrive una copia che li ha.",
            args.source.file.display(),
            args.anno
        )),
        None => {}
    }
}

/// A bill on one line.
fn brief(bill: &BillOutcome) -> String {
    let state = match bill.state {
        BillState::New => "nuovo",
        BillState::Issued => "emesso",
        BillState::Withheld => "trattenuto",
    };
    let number = bill.number.as_deref().unwrap_or("-");
    format!("{} {} {number} {state} {} {}", bill.body, bill.kind.slug(), bill.total, bill.reasons.join(" "))
        .trim_end()
        .to_owned()
}

/// Characters of a name.
const NAME: usize = 34;

/// The table: a row a bill, then the sums of the new ones.
fn table(told: &BillReport, preview: bool, printer: &mut Printer) {
    if told.bills.is_empty() {
        printer.out(&format!("Per il {} non c’è nulla da addebitare.", told.year));
        return;
    }
    let what = if preview { "Da emettere" } else { "Emessi" };
    let title = printer.strong(&format!("{what} per il {}", told.year));
    printer.out(&title);
    let head = row(["ente", "documento", "imponibile", "IVA", "totale", "da pagare", "entro"]);
    let head = printer.faint(&head);
    printer.out(&head);
    for bill in &told.bills {
        printer.out(&line(bill));
    }
    let it = told.summary;
    let sums = [it.base, it.vat, it.total, it.to_pay].map(figure);
    let [base, vat, total, to_pay] = &sums;
    let new = count(it.new, "nuovo documento", "nuovi documenti");
    let total = printer.strong(&row(["Totale", &new, base, vat, total, to_pay, ""]));
    printer.out(&total);
}

fn line(bill: &BillOutcome) -> String {
    let sign = if bill.kind == BillKind::NotaCredito { "-" } else { "" };
    let [base, vat, total, to_pay] = [bill.base, bill.vat, bill.total, bill.to_pay]
        .map(|sum| format!("{}{}", if sum.is_zero() { "" } else { sign }, figure(sum)));
    let kind = match bill.kind {
        BillKind::Fattura => "fattura",
        BillKind::NotaCredito => "nota cr.",
        BillKind::Richiesta => "richiesta",
        BillKind::Annullata => "annullata",
    };
    let document = match (&bill.number, bill.state) {
        (Some(number), BillState::Issued) => format!("{kind} {number} (già emessa)"),
        (Some(number), BillState::Withheld) => format!("{kind} {number}: {}", bill.reasons.join(", ")),
        (Some(number), _) => format!("{kind} {number}"),
        (None, _) => format!("{kind}: {}", bill.reasons.join(", ")),
    };
    let due = bill.due.map(date::short).unwrap_or_default();
    if bill.state == BillState::Withheld {
        return row([&bill.name, &document, &base, "", "", "", "trattenuta"]);
    }
    row([&bill.name, &document, &base, &vat, &total, &to_pay, &due])
}

/// "1.234,56": the sign of euro in every cell of a table is noise.
fn figure(sum: Money) -> String {
    crate::italian::decimal(sum.decimal(), 2)
}

fn row(cells: [&str; 7]) -> String {
    let [name, document, base, vat, total, to_pay, due] = cells;
    let name: String = if name.chars().count() > NAME {
        name.chars().take(NAME - 1).chain(['…']).collect()
    } else {
        name.to_owned()
    };
    format!("{name:<NAME$} {document:<26} {base:>12} {vat:>11} {total:>12} {to_pay:>12} {due}").trim_end().to_owned()
}
