//! `unisci`: folders in, slices joined, the outcome told.

use super::args::UnisciArgs;
use super::commands::{Outcome, jobs};
use super::generate::{made, status_of, tell};
use super::print::Printer;
use crate::pipeline;

/// `unisci`.
pub fn merge(args: &UnisciArgs, printer: &mut Printer) -> Outcome {
    let merged = pipeline::merge(&args.folders, args.output.as_deref(), jobs(args.jobs))?;
    if !merged.doubled.is_empty() {
        printer.say(&format!("Trovate due volte, uguali: {}.", merged.doubled.join(", ")));
    }
    if !merged.strangers.is_empty() {
        printer.say(&format!("Lasciate da parte, perché di un’altra passata: {}.", merged.strangers.join(", ")));
    }
    tell(&merged.report, args.shown.format, printer)?;
    made(&merged.report, printer);
    let reports = pipeline::report_names(None);
    printer.say(&format!(
        "Le parti sono unite in {}: {} elenca gli atti, {} mostra a che punto si è.",
        merged.root.display(),
        reports.register,
        reports.picture
    ));
    Ok(status_of(merged.report.summary.findings))
}
