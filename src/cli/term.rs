//! `scadenze` and `rinnovo`: the deadlines of a term, and the workbook of the next one.

use std::path::Path;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::args::{ReportFormat, RinnovoArgs, ScadenzeArgs, Source};
use super::commands::{Loaded, Outcome, load, refuse_overwrite, status, unreadable};
use super::print::Printer;
use super::{Status, report};
use crate::date;
use crate::deadlines;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Deadline, Dossier};
use crate::emit::calendar;
use crate::italian::count;
use crate::pipeline::{self, Checked, Renewal, RunError};
use crate::renewal::{Entry, NOTES};

/// Names of bodies shown in a line of the terminal.
const SHOWN: usize = 5;

/// Reads the workbook; `None` where it has no data, which has then been told.
fn dossier(source: &Source, printer: &mut Printer) -> Result<(Loaded, Option<Status>), RunError> {
    let loaded = load(source)?;
    let status = status(&loaded.checked);
    if loaded.checked.dossier.is_some() {
        return Ok((loaded, None));
    }
    if status == Status::Failed && source.shown.format != ReportFormat::Json {
        unreadable(&loaded.checked.diagnostics, printer);
    } else {
        report::diagnostics(&loaded.checked.diagnostics, source.shown.format, printer);
    }
    Ok((loaded, Some(status)))
}

pub(super) fn wants_extension(path: &Path, extension: &str, what: &str) -> Result<(), RunError> {
    let given = path.extension().map(|given| given.to_string_lossy().to_lowercase());
    if given.as_deref() == Some(extension) {
        return Ok(());
    }
    let message = format!("{what} è un file .{extension}: dare a «{}» un nome che finisce così", path.display());
    Err(RunError::Argument(message))
}

/// `scadenze`.
pub fn deadlines(args: &ScadenzeArgs, printer: &mut Printer) -> Outcome {
    if let Some(path) = &args.output {
        wants_extension(path, "ics", "il calendario")?;
        refuse_overwrite(path, args.sovrascrivi)?;
    }
    let (loaded, ended) = dossier(&args.source, printer)?;
    let (Some(dossier), None) = (&loaded.checked.dossier, ended) else { return Ok(ended.unwrap_or(Status::Faults)) };
    let list = deadlines::deadlines(dossier);
    match args.source.shown.format {
        ReportFormat::Json => printer.out(&deadlines_json(dossier, &list).to_string()),
        ReportFormat::Breve => list.iter().for_each(|deadline| printer.out(&brief(deadline))),
        ReportFormat::Testo => table(dossier, &list, printer),
    }
    if let Some(path) = &args.output {
        let bytes = pipeline::calendar(dossier, &list)?;
        pipeline::write_atomically(path, &bytes)?;
        let what = count(list.len(), "scadenza", "scadenze");
        printer.say(&format!(
            "Scritto {}: {what}, con un avviso {} giorni prima.",
            path.display(),
            calendar::ALARM_DAYS
        ));
    }
    let status = status(&loaded.checked);
    if status != Status::Done {
        let errors = count(loaded.checked.summary().errors, "errore", "errori");
        printer.say(&format!(
            "Il foglio ha {errors}: possono mancare scadenze. «scrivano controlla {}» dice quali.",
            args.source.file.display()
        ));
    }
    Ok(status)
}

fn brief(deadline: &Deadline) -> String {
    let whose = deadline.body.as_ref().map(|body| format!(" [{}]", body.code)).unwrap_or_default();
    format!("{} {}: {}{whose} ({})", deadline.day, deadline.kind.italian(), deadline.what, deadline.basis)
}

fn deadlines_json(dossier: &Dossier, list: &[Deadline]) -> Value {
    let one = |it: &Deadline| {
        json!({
            "day": it.day.to_string(), "kind": it.kind.slug(), "what": it.what, "basis": it.basis, "place": it.place,
            "body": it.body.as_ref().map(|body| body.code.as_str()), "past": it.day < dossier.today,
        })
    };
    json!({
        "schema": "scrivano/deadlines/1", "today": dossier.today.to_string(),
        "deadlines": list.iter().map(one).collect::<Vec<_>>(),
    })
}

fn weekday(day: NaiveDate) -> &'static str {
    const DAYS: [&str; 7] = ["lun", "mar", "mer", "gio", "ven", "sab", "dom"];
    DAYS.get(day.weekday().num_days_from_monday() as usize).copied().unwrap_or_default()
}

/// The first names of a list, and how many more there are.
fn some(names: &[&str]) -> String {
    let shown = if names.len() > SHOWN + 1 { SHOWN } else { names.len() };
    let list = names.get(..shown).unwrap_or_default().join(", ");
    if names.len() > shown { format!("{list} e altri {}", names.len() - shown) } else { list }
}

/// A table by year: day, how far it is, what, on what it rests. What is past is faint; the same day of several bodies is
/// one row.
fn table(dossier: &Dossier, list: &[Deadline], printer: &mut Printer) {
    const DAY: usize = 15;
    const DISTANCE: usize = 15;
    let left = printer.width().saturating_sub(2 + DAY + DISTANCE + 3);
    let basis_width = left * 2 / 5;
    let what_width = left - basis_width;
    if list.is_empty() {
        printer.out("Nessuna scadenza: mancano la decorrenza e la durata, o i giorni nelle righe.");
        return;
    }
    let mut year = None;
    let mut rest = list;
    while let Some(first) = rest.first() {
        let same = |it: &&Deadline| {
            (it.day, it.kind, &it.what, &it.basis) == (first.day, first.kind, &first.what, &first.basis)
        };
        let (group, others) = rest.split_at(rest.iter().take_while(same).count().max(1));
        rest = others;
        if year != Some(first.day.year()) {
            if year.is_some() {
                printer.out("");
            }
            year = Some(first.day.year());
            let heading = printer.strong(&first.day.year().to_string());
            printer.out(&heading);
        }
        let names: Vec<&str> = group.iter().filter_map(|it| it.body.as_ref()).map(|body| body.name.as_str()).collect();
        let mut what = first.what.clone();
        if !names.is_empty() {
            what.push_str(": ");
            what.push_str(&some(&names));
        }
        let day = format!("{} {}", weekday(first.day), date::short(first.day));
        let far = date::distance(first.day, dossier.today);
        let (what, basis) = (textwrap::wrap(&what, what_width), textwrap::wrap(&first.basis, basis_width));
        for index in 0..what.len().max(basis.len()) {
            let cell =
                |lines: &[std::borrow::Cow<'_, str>]| lines.get(index).map(|line| line.to_string()).unwrap_or_default();
            let (day, far) = if index == 0 { (day.as_str(), far.as_str()) } else { ("", "") };
            let what = pad(&cell(&what), what_width);
            let line = format!("  {day:<DAY$} {far:<DISTANCE$} {what} {}", cell(&basis));
            let line = line.trim_end();
            let line = if first.day < dossier.today { printer.faint(line) } else { line.to_owned() };
            printer.out(&line);
        }
    }
    let ahead = list.iter().filter(|deadline| deadline.day >= dossier.today).count();
    printer.out("");
    printer.out(&format!(
        "{}, di cui {ahead} da oggi ({}) in poi.",
        count(list.len(), "scadenza", "scadenze"),
        date::short(dossier.today)
    ));
}

/// The text filled with blanks to a width in characters.
fn pad(text: &str, width: usize) -> String {
    format!("{text:<width$}")
}

/// `rinnovo`.
pub fn renew(args: &RinnovoArgs, printer: &mut Printer) -> Outcome {
    wants_extension(&args.output, "xlsx", "il foglio nuovo")?;
    refuse_overwrite(&args.output, args.sovrascrivi)?;
    let same = |path: &Path| path.canonicalize().ok();
    if same(&args.output).is_some_and(|output| Some(output) == same(&args.source.file)) {
        let message = "il foglio nuovo non può prendere il posto di quello vecchio: scegliere un altro nome";
        return Err(RunError::Argument(message.to_owned()));
    }
    let (loaded, ended) = dossier(&args.source, printer)?;
    if let Some(ended) = ended {
        return Ok(ended);
    }
    let Loaded { bytes, checked, .. } = &loaded;
    let renewal = pipeline::renew(checked, bytes, args.decorrenza, args.durata)?;
    pipeline::write_atomically(&args.output, &renewal.bytes)?;
    let errors: Vec<Diagnostic> = checked.diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
    match args.source.shown.format {
        ReportFormat::Json => printer.out(&renewal_json(args, checked, &renewal, &errors).to_string()),
        ReportFormat::Breve => {
            let lines = |word: &str, entries: &[Entry]| {
                entries.iter().map(|entry| format!("{word}: {}", sentence(entry))).collect::<Vec<_>>()
            };
            let (done, to_check) =
                (lines("fatto", &renewal.renewed.done), lines("controllare", &renewal.renewed.to_check));
            done.iter().chain(&to_check).for_each(|line| printer.out(line));
            report::diagnostics(&errors, ReportFormat::Breve, printer);
        }
        ReportFormat::Testo => {
            if !errors.is_empty() {
                let heading = printer.strong("Errori del vecchio foglio");
                printer.out(&heading);
                report::diagnostics(&errors, ReportFormat::Testo, printer);
                printer.out("");
            }
            entries("Che cosa è stato fatto", &renewal.renewed.done, printer);
            printer.out("");
            entries("Da controllare nel foglio nuovo", &renewal.renewed.to_check, printer);
        }
    }
    let term = renewal.renewed.term;
    let bodies = renewal.renewed.dossier.bodies.len();
    printer.say(&format!(
        "Scritto {}: {}, {} {}. Il foglio «{NOTES}» dice che cosa è stato fatto e le nuove scadenze.",
        args.output.display(),
        count(bodies, "ente", "enti"),
        date::after("dal", term.start),
        date::after("al", term.end)
    ));
    if !errors.is_empty() {
        printer.say("Il vecchio foglio ha errori: quelli che restano vanno corretti nel nuovo.");
    }
    printer.say(&format!("Poi: scrivano controlla {}", args.output.display()));
    Ok(status(checked))
}

fn sentence(entry: &Entry) -> String {
    if entry.bodies.is_empty() {
        return entry.text.clone();
    }
    let names: Vec<&str> = entry.bodies.iter().map(String::as_str).collect();
    format!("{} {}.", entry.text, some(&names))
}

fn entries(heading: &str, list: &[Entry], printer: &mut Printer) {
    let heading = printer.strong(heading);
    printer.out(&heading);
    let width = printer.width();
    let options = textwrap::Options::new(width).initial_indent("  - ").subsequent_indent("    ");
    for entry in list {
        textwrap::wrap(&sentence(entry), &options).iter().for_each(|line| printer.out(line));
    }
}

fn renewal_json(args: &RinnovoArgs, checked: &Checked, renewal: &Renewal, errors: &[Diagnostic]) -> Value {
    let entries = |list: &[Entry]| {
        list.iter().map(|entry| json!({ "text": entry.text, "items": entry.bodies })).collect::<Vec<_>>()
    };
    let Renewal { renewed, deadlines, .. } = renewal;
    json!({
        "schema": "scrivano/renewal/1",
        "output": args.output.display().to_string(),
        "from": renewed.term.start.to_string(),
        "to": renewed.term.end.to_string(),
        "bodies": renewed.dossier.bodies.iter().map(|body| body.code()).collect::<Vec<_>>(),
        "left_out": renewed.left_out,
        "deliberations": renewed.dossier.deliberations.len(),
        "confirmations": renewed.dossier.requests.len(),
        "deadlines": deadlines.len(),
        "done": entries(&renewed.done),
        "to_check": entries(&renewed.to_check),
        "summary": checked.summary(),
        "diagnostics": errors,
    })
}
