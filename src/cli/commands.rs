//! One function a command: options in, pipeline called, outcome printed.

use std::path::Path;

use chrono::{DateTime, NaiveDate};
use serde_json::json;

use super::Status;
use super::args::{ControllaArgs, ModelloArgs, RegoleArgs, ReportFormat, Source, SpiegaArgs};
use super::print::Printer;
use super::report;
use crate::compose::Library;
use crate::diagnostic::Diagnostic;
use crate::emit::pdf::Press;
use crate::italian::{count, nearest};
use crate::pipeline::{self, Checked, Judge, RunError};
use crate::rule::{self, RULES};

pub(super) type Outcome = Result<Status, RunError>;

/// `modello`.
pub fn template(args: &ModelloArgs, printer: &mut Printer) -> Outcome {
    let built_in = Library::load(Vec::new());
    // A model that is only in the folder is one that somebody is adding: its workbook is written from there.
    let added = |id: &String| !built_in.models().iter().any(|model| model.id == *id) && id != pipeline::FAULTY;
    let from = args.testi.as_deref().filter(|folder| folder.is_dir() && args.id.as_ref().is_some_and(added));
    let library = match from {
        Some(folder) => Library::load(pipeline::read_texts(folder)?),
        None => built_in,
    };
    let Some(id) = &args.id else {
        list_models(&library, args.shown.format, printer);
        return Ok(Status::Done);
    };
    let wanted = pipeline::model_of(id);
    let Some(model) = library.models().iter().find(|model| model.id == wanted) else {
        let ids = || library.models().iter().map(|model| model.id.as_str());
        let hint = match nearest(id, ids()) {
            Some(near) => format!("forse si voleva «{near}»"),
            None => format!("i modelli sono: {}", ids().collect::<Vec<_>>().join(", ")),
        };
        printer.error(&format!("il modello «{id}» non esiste"));
        printer.hint(&hint);
        unreadable(library.faults(""), printer);
        return Ok(Status::Failed);
    };
    if !library.faults(wanted).is_empty() {
        report::diagnostics(library.faults(wanted), args.shown.format, printer);
    }
    if args.output.is_none() && args.testi.is_none() {
        return Err(RunError::Argument(format!("dire dove scrivere: scrivano modello {id} -o enti.xlsx")));
    }
    if let Some(path) = &args.output {
        super::term::wants_extension(path, "xlsx", "il foglio")?;
        refuse_overwrite(path, args.sovrascrivi)?;
        let bytes = pipeline::template(model, id, args.esempio, args.enti)?;
        pipeline::write_atomically(path, &bytes)?;
        printer.say(&format!("Scritto {}.", path.display()));
        printer.say(&format!("Per controllarlo: scrivano controlla {}", path.display()));
        printer.say(&format!("Per generare gli atti: scrivano genera {}", path.display()));
    }
    if let Some(folder) = args.testi.as_ref().filter(|_| from.is_none()) {
        let files = library.files(wanted);
        for (path, _) in &files {
            refuse_overwrite(&folder.join(path), args.sovrascrivi)?;
        }
        for (path, text) in &files {
            pipeline::write_atomically(&folder.join(path), text.as_bytes())?;
        }
        printer.say(&format!("Copiati {} in {}.", count(files.len(), "file", "file"), folder.display()));
        printer.say(&format!("Per usarli: scrivano genera FILE --testi {}", folder.display()));
    }
    Ok(Status::Done)
}

/// Refuses to write over a file, unless asked to.
///
/// # Errors
/// The file is there.
pub(super) fn refuse_overwrite(path: &Path, allowed: bool) -> Result<(), RunError> {
    if path.exists() && !allowed {
        let message = format!("«{}» c’è già: scegliere un altro nome, o aggiungere --sovrascrivi", path.display());
        return Err(RunError::Argument(message));
    }
    Ok(())
}

fn list_models(library: &Library, format: ReportFormat, printer: &mut Printer) {
    match format {
        ReportFormat::Json => {
            let models = library
                .models()
                .iter()
                .map(|model| json!({ "id": model.id, "name": model.nome, "description": model.descrizione }));
            printer.out(&json!({ "schema": "scrivano/models/1", "models": models.collect::<Vec<_>>() }).to_string());
        }
        ReportFormat::Breve => {
            library.models().iter().for_each(|model| printer.out(&format!("{} {}", model.id, model.nome)))
        }
        ReportFormat::Testo => {
            for model in library.models() {
                let id = printer.strong(&model.id);
                printer.out(&format!("{id}\n    {}\n    {}", model.nome, model.descrizione));
            }
            printer.out("\nPer averne uno: scrivano modello ID -o enti.xlsx (con --esempio già compilato)");
            printer.out("Per vedere gli errori all’opera: scrivano modello errori --esempio -o errori.xlsx");
        }
    }
}

/// The day to take for today: the one asked for, that of `SOURCE_DATE_EPOCH`, the system's. Read once.
pub(super) fn today(asked: Option<NaiveDate>) -> NaiveDate {
    let epoch = || {
        let seconds = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
        DateTime::from_timestamp(seconds, 0).map(|moment| moment.date_naive())
    };
    #[expect(clippy::disallowed_methods, reason = "the one place where the clock is read")]
    asked.or_else(epoch).unwrap_or_else(|| chrono::Local::now().date_naive())
}

/// A workbook that nobody has looked into yet, and what it is to be judged by.
pub(super) struct Opened {
    /// File name.
    pub name: String,
    /// The workbook.
    pub bytes: Vec<u8>,
    /// The texts.
    pub library: Library,
    /// "Today".
    pub today: NaiveDate,
    /// Threads.
    pub jobs: usize,
}

/// Reads the workbook's bytes and the texts.
///
/// # Errors
/// They cannot be read.
pub(super) fn open(source: &Source) -> Result<Opened, RunError> {
    let bytes = pipeline::read_file(&source.file)?;
    let texts = source.conditions.testi.as_deref().map(pipeline::read_texts).transpose()?.unwrap_or_default();
    let name = source.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Opened {
        name,
        bytes,
        library: Library::load(texts),
        today: today(source.conditions.today),
        jobs: jobs(source.conditions.jobs),
    })
}

/// As many threads as asked for, else as there are processors.
pub(super) fn jobs(asked: Option<u16>) -> usize {
    let processors = || std::thread::available_parallelism().map_or(1, usize::from);
    asked.map_or_else(processors, usize::from)
}

/// A workbook read and judged.
pub(super) struct Loaded {
    /// File name.
    pub name: String,
    /// The workbook.
    pub bytes: Vec<u8>,
    /// The day by which it was judged.
    pub today: NaiveDate,
    /// What it holds.
    pub checked: Checked,
}

/// Reads and judges the workbook.
///
/// # Errors
/// It cannot be read.
pub(super) fn load(source: &Source) -> Result<Loaded, RunError> {
    let Opened { name, bytes, library, today, jobs } = open(source)?;
    let press = Press::new()?;
    let judge = Judge { library: &library, press: &press, today, jobs, acts: None };
    let checked = pipeline::check(&name, &bytes, &judge);
    Ok(Loaded { name, bytes, today, checked })
}

/// The exit status that findings call for.
pub(super) fn status(checked: &Checked) -> Status {
    match (checked.unreadable, checked.summary().errors) {
        (true, _) => Status::Failed,
        (false, 0) => Status::Done,
        (false, _) => Status::Faults,
    }
}

/// `controlla`.
pub fn check(args: &ControllaArgs, printer: &mut Printer) -> Outcome {
    super::annotated::allowed(args)?;
    let loaded = load(&args.source)?;
    let status = status(&loaded.checked);
    if status == Status::Failed && args.source.shown.format != ReportFormat::Json {
        unreadable(&loaded.checked.diagnostics, printer);
        return Ok(status);
    }
    match loaded.checked.dossier.as_ref().filter(|_| args.fees) {
        Some(dossier) => {
            let details = crate::fees::details::details(dossier);
            super::fees::details(&details, &loaded.checked.diagnostics, args.source.shown.format, printer);
        }
        None => report::diagnostics(&loaded.checked.diagnostics, args.source.shown.format, printer),
    }
    super::annotated::write(args, &loaded, printer)?;
    Ok(status)
}

/// Says why a file is not a workbook.
pub(super) fn unreadable(diagnostics: &[Diagnostic], printer: &mut Printer) {
    for found in diagnostics {
        printer.error(&format!("{}: {} ({})", found.place, found.message, found.code));
        printer.hint(&found.hint);
    }
}

/// `spiega`.
pub fn explain(args: &SpiegaArgs, printer: &mut Printer) -> Outcome {
    if let Some(control) = crate::sdi::find(args.code.trim()) {
        super::invoice::explain(control, args.shown.format, printer);
        return Ok(Status::Done);
    }
    let Some(rule) = rule::find(args.code.trim()) else {
        printer.error(&format!("la regola «{}» non esiste", args.code));
        let codes = RULES.iter().map(|rule| rule.code).chain(crate::sdi::CONTROLS.iter().map(|control| control.code));
        let hint = match nearest(&args.code, codes) {
            Some(near) => format!("forse si voleva «{near}»; «scrivano regole» le elenca tutte"),
            None => "«scrivano regole» le elenca tutte".to_owned(),
        };
        printer.hint(&hint);
        return Ok(Status::Failed);
    };
    if args.shown.format == ReportFormat::Json {
        printer.out(&rule_json(rule, true).to_string());
        return Ok(Status::Done);
    }
    let title = printer.strong(&format!("{} – {} ({})", rule.code, rule.title, rule.severity.italian()));
    printer.out(&title);
    if !rule.law.is_empty() {
        printer.out(rule.law);
    }
    printer.out("");
    for line in rule.page.trim().lines() {
        match line.strip_prefix("## ") {
            Some(heading) => {
                let heading = printer.strong(&heading.to_uppercase());
                printer.out(&heading);
            }
            None => printer.out(&line.replace('`', "")),
        }
    }
    Ok(Status::Done)
}

fn rule_json(rule: &rule::Rule, page: bool) -> serde_json::Value {
    let mut value = json!({
        "code": rule.code, "name": rule.name, "title": rule.title, "severity": rule.severity, "law": rule.law,
    });
    if let (true, Some(map)) = (page, value.as_object_mut()) {
        map.insert("page".to_owned(), json!(rule.page));
    }
    value
}

/// `regole`.
pub fn rules(args: &RegoleArgs, printer: &mut Printer) -> Outcome {
    match args.shown.format {
        ReportFormat::Json => {
            let list: Vec<_> = RULES.iter().map(|rule| rule_json(rule, false)).collect();
            printer.out(&json!({ "schema": "scrivano/rules/1", "rules": list }).to_string());
        }
        ReportFormat::Breve => RULES
            .iter()
            .for_each(|rule| printer.out(&format!("{} {} {}", rule.code, rule.severity.italian(), rule.title))),
        ReportFormat::Testo => {
            let mut group = "";
            for rule in RULES {
                if rule.group() != group {
                    if !group.is_empty() {
                        printer.out("");
                    }
                    group = rule.group();
                    let title = printer.strong(rule::group_title(group));
                    printer.out(&title);
                }
                printer.out(&format!("  {:<7} {:<7} {}", rule.code, rule.severity.italian(), rule.title));
            }
            printer.out("\n«scrivano spiega CODICE» mostra la pagina di una regola.");
        }
    }
    Ok(Status::Done)
}
