//! The findings of the workbook, by sheet or by body, with filters in the address; what a corrected workbook changed.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::response::Response;
use serde::Serialize;
use serde_json::json;

use super::Shared;
use super::desk::{Desk, work};
use super::findings::{self, Shown, shown};
use super::pages::{self, Frame, numbers, paged};
use super::reply::{Fault, download, media};
use super::session::Visitor;
use super::start::desk;
use crate::diagnostic::{Diagnostic, Summary};
use crate::italian::count;
use crate::pipeline;
use crate::rule;

/// Findings of a page: with all they say, a page stays below 100 kB.
const PER_PAGE: usize = 60;
/// Solved findings that are shown.
const MOST_SOLVED: usize = 20;

/// The parameters of an address.
pub type Asked = Query<BTreeMap<String, String>>;

/// Findings that stand under one heading.
#[derive(Debug, Serialize)]
struct Group {
    title: String,
    body: Option<usize>,
    rows: Vec<Shown>,
}

/// What is asked for.
struct Filter {
    severity: Option<rule::Severity>,
    code: Option<&'static str>,
    by_body: bool,
    only_fresh: bool,
}

impl Filter {
    fn of(asked: &BTreeMap<String, String>) -> Self {
        let word = |name: &str| asked.get(name).map_or("", String::as_str);
        Self {
            severity: findings::severity(word("gravita")),
            code: rule::find(word("regola")).map(|rule| rule.code),
            by_body: word("per") == "ente",
            only_fresh: word("solo") == "nuove",
        }
    }

    fn lets(&self, index: usize, found: &Diagnostic, desk: &Desk) -> bool {
        self.severity.is_none_or(|severity| severity == found.severity)
            && self.code.is_none_or(|code| code == found.code)
            && (!self.only_fresh || desk.changes.as_ref().is_some_and(|changes| changes.fresh.contains(&index)))
    }

    /// The address of another page of the same list.
    fn address(&self, page: usize) -> String {
        let severity = self.severity.map_or("", rule::Severity::italian);
        let (by, only) = (if self.by_body { "ente" } else { "foglio" }, if self.only_fresh { "nuove" } else { "" });
        format!("/controlli?gravita={severity}&regola={}&per={by}&solo={only}&pagina={page}", self.code.unwrap_or(""))
    }
}

/// The findings.
pub async fn page(State(app): State<Shared>, visitor: Visitor, Query(asked): Asked) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let all = &desk.checked.diagnostics;
    let filter = Filter::of(&asked);
    let mut list: Vec<(usize, &Diagnostic)> =
        all.iter().enumerate().filter(|(index, found)| filter.lets(*index, found, &desk)).collect();
    if filter.by_body {
        let place = |found: &Diagnostic| found.body.as_deref().and_then(|code| desk.body_named(code)).map(|(at, _)| at);
        list.sort_by_key(|(_, found)| place(found));
    }
    let (pages, page) = paged(list.len(), PER_PAGE, &asked);
    let first = (page - 1) * PER_PAGE;
    let mut groups: Vec<Group> = Vec::new();
    for (index, found) in list.iter().skip(first).take(PER_PAGE) {
        let fresh = desk.changes.as_ref().is_some_and(|changes| changes.fresh.contains(index));
        let row = shown(found, &desk, fresh);
        let (title, body) = if filter.by_body {
            (row.body.clone().unwrap_or_else(|| "Tutto il foglio".to_owned()), row.body_index)
        } else {
            (findings::sheet(found), None)
        };
        match groups.last_mut().filter(|group| group.title == title && group.body == body) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { title, body, rows: vec![row] }),
        }
    }
    let summary = desk.checked.summary();
    let withheld = desk.checked.withheld.iter().filter(|codes| !codes.is_empty()).count();
    let data = json!({
        "name": desk.name,
        "unreadable": desk.checked.unreadable,
        "has_data": desk.checked.dossier.is_some(),
        "summary": summary,
        "clean": summary == Summary::default(),
        "errors": count(summary.errors, "errore da correggere", "errori da correggere"),
        "rest": format!(
            "{} e {}", count(summary.warnings, "avviso", "avvisi"), count(summary.notes, "nota", "note")
        ),
        "withheld": count(withheld, "ente", "enti"),
        "all_withheld": desk.checked.dossier.as_ref().is_some_and(|dossier| withheld == dossier.bodies.len()),
        "bodies": desk.checked.dossier.as_ref().map_or(0, |dossier| dossier.bodies.len()),
        "model": desk.checked.dossier.as_ref().map(|dossier| dossier.model.nome.clone()),
        "changes": changes(&desk),
        "severities": severities(&filter, summary),
        "rules": rules(&filter, all),
        "by_body": filter.by_body,
        "only_fresh": filter.only_fresh,
        "groups": groups,
        "found": list.len(),
        "first": if list.is_empty() { 0 } else { first + 1 },
        "last": (first + PER_PAGE).min(list.len()),
        "pages": numbers(pages, page, |number| filter.address(number)),
        "read_only": app.options.read_only,
    });
    Ok(pages::page(Frame::new("Controlli", "/controlli", &app, &visitor), "controlli", &data))
}

/// The workbook with its findings in it.
pub async fn workbook(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let stem = pipeline::folder_name(&desk.name);
    let made = work(&app, move |_| pipeline::annotate(&desk.name, &desk.bytes, &desk.checked, desk.today)).await??;
    let (end, media) = if made.has_macros { ("xlsm", media::XLSM) } else { ("xlsx", media::XLSX) };
    Ok(download(&format!("{stem}-controllo.{end}"), media, made.bytes))
}

/// The severities to choose from.
fn severities(filter: &Filter, summary: Summary) -> Vec<serde_json::Value> {
    [("errore", "Errori", summary.errors), ("avviso", "Avvisi", summary.warnings), ("nota", "Note", summary.notes)]
        .into_iter()
        .map(|(word, words, count)| {
            let chosen = filter.severity.is_some_and(|severity| severity.italian() == word);
            json!({ "word": word, "words": words, "count": count, "chosen": chosen })
        })
        .collect()
}

/// The rules that found something, with how many times.
fn rules(filter: &Filter, all: &[Diagnostic]) -> Vec<serde_json::Value> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for found in all {
        *counts.entry(found.code).or_default() += 1;
    }
    let row = |(code, count): (&'static str, usize)| {
        let title = rule::find(code).map_or("", |rule| rule.title);
        json!({ "code": code, "title": title, "count": count, "chosen": filter.code == Some(code) })
    };
    counts.into_iter().map(row).collect()
}

/// What changed since the workbook before.
fn changes(desk: &Desk) -> serde_json::Value {
    let Some(changes) = &desk.changes else { return serde_json::Value::Null };
    let solved: Vec<Shown> = changes.solved.iter().take(MOST_SOLVED).map(|found| shown(found, desk, false)).collect();
    json!({
        "fresh": changes.fresh.len(),
        "solved": changes.solved.len(),
        "same": changes.same,
        "list": solved,
        "more": changes.solved.len().saturating_sub(MOST_SOLVED),
    })
}
