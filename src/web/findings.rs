//! Findings as pages show them, wherever they are shown.

use serde::Serialize;

use super::desk::Desk;
use crate::act::ActKind;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::rule::Severity;

/// Other places shown with a finding.
const MOST_RELATED: usize = 6;

/// A finding.
#[derive(Debug, Serialize)]
pub struct Shown {
    /// `errore`, `avviso`, `nota`.
    pub severity: &'static str,
    /// Code of the rule.
    pub code: &'static str,
    /// "C7"; empty where there is no cell.
    pub cell: String,
    /// "Enti!C7", or wherever else it is.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// On what it rests.
    pub law: &'static str,
    /// Name of the body.
    pub body: Option<String>,
    /// Position of the body.
    pub body_index: Option<usize>,
    /// Kind of act, in Italian.
    pub act: Option<&'static str>,
    /// Other places.
    pub related: String,
    /// Not in the workbook before.
    pub fresh: bool,
}

/// A finding of a workbook.
pub fn shown(found: &Diagnostic, desk: &Desk, fresh: bool) -> Shown {
    let whose = found.body.as_deref();
    let known = whose.and_then(|code| desk.body_named(code));
    let mut related: Vec<String> = found.related.iter().take(MOST_RELATED).map(ToString::to_string).collect();
    if found.related.len() > MOST_RELATED {
        related.push("…".to_owned());
    }
    Shown {
        severity: found.severity.italian(),
        code: found.code,
        cell: found.place.a1().unwrap_or_default(),
        place: found.place.to_string(),
        message: found.message.clone(),
        hint: found.hint.clone(),
        law: found.law,
        body: known.map(|(_, name)| name.to_owned()).or_else(|| whose.map(str::to_owned)),
        body_index: known.map(|(index, _)| index),
        act: found.act.as_deref().and_then(ActKind::from_slug).map(ActKind::italian),
        related: related.join(", "),
        fresh,
    }
}

/// A finding of a document that is no workbook: its line says where.
pub fn alone(found: &Diagnostic) -> Shown {
    Shown {
        severity: found.severity.italian(),
        code: found.code,
        cell: String::new(),
        place: match &found.place {
            Place::Text(_, line, _) => format!("riga {line}"),
            _ => "documento".to_owned(),
        },
        message: found.message.clone(),
        hint: found.hint.clone(),
        law: found.law,
        body: None,
        body_index: None,
        act: None,
        related: String::new(),
        fresh: false,
    }
}

/// Where a finding stands in the list by sheet.
pub fn sheet(found: &Diagnostic) -> String {
    match (&found.place, found.place.sheet()) {
        (_, Some(sheet)) => format!("Foglio {sheet}"),
        (Place::None, _) => "Atti".to_owned(),
        (Place::Text(file, ..) | Place::File(file), _) => format!("File {file}"),
        _ => "Altro".to_owned(),
    }
}

/// The severity with this word.
pub fn severity(word: &str) -> Option<Severity> {
    [Severity::Error, Severity::Warning, Severity::Note].into_iter().find(|severity| severity.italian() == word)
}
