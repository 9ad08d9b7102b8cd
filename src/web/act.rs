//! One act: the reading view, the PDF in the browser, the Word document. Nothing is written anywhere.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde_json::json;

use super::Shared;
use super::checks::Asked;
use super::desk::{Desk, work};
use super::findings::{Shown, shown};
use super::pages::{self, Frame};
use super::reply::{Fault, download, inline, media};
use super::session::Visitor;
use super::start::desk;
use crate::act::{Act, Element, Inline};
use crate::emit::html;
use crate::italian::capitalize;
use crate::pipeline::{self, PlannedAct};
use crate::place::Place;

/// An act asked for: position of the body and stem of the files, which are only compared with those that there are.
type Wanted = Path<(String, String)>;

fn planned(app: &super::App, desk: &Desk, wanted: &(String, String)) -> Result<(usize, PlannedAct), Fault> {
    let index: usize = wanted.0.parse().map_err(|_| Fault::Nothing)?;
    let acts = pipeline::acts_of(&desk.checked, &app.options.library, index);
    acts.into_iter().find(|act| act.stem == wanted.1).map(|act| (index, act)).ok_or(Fault::Nothing)
}

pub(super) fn composed(app: &super::App, desk: &Desk, act: &PlannedAct) -> Result<Act, Fault> {
    pipeline::act(desk.dossier()?, &app.options.library, &act.assignment).map_err(|faults| {
        let first = faults.into_iter().next();
        Fault::Wrong(first.map_or_else(String::new, |fault| format!("{}: {}.", fault.place, fault.message)))
    })
}

/// The reading view.
pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(wanted): Wanted,
    Query(asked): Asked,
) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let (index, plan) = planned(&app, &desk, &wanted)?;
    let body = desk.dossier()?.bodies.get(index).ok_or(Fault::Nothing)?.name().to_owned();
    let kind = plan.assignment.kind;
    let view = asked.get("vista").map_or("", String::as_str);
    let reasons: Vec<_> = plan.reasons.iter().map(|code| super::body::reason(code)).collect();
    let title = match &plan.service {
        Some(service) => format!("{}: {service}", capitalize(kind.italian())),
        None => capitalize(kind.italian()),
    };
    let read = if view == "pdf" { None } else { Some(read(&app, &desk, &plan).await?) };
    let data = json!({
        "title": title,
        "body": body,
        "index": index,
        "stem": plan.stem,
        "pdf": view == "pdf",
        "cells": asked.get("celle").is_some_and(|value| value == "si"),
        "is_letter": kind == crate::act::ActKind::LetteraTrasmissione,
        "is_agreement": kind.is_agreement(),
        "withheld": reasons,
        "findings": read.as_ref().map(|read| &read.findings),
        "reading": read.as_ref().map(|read| read.html.as_str()),
        "contents": read.as_ref().map(|read| &read.contents),
        "values": read.as_ref().map_or(0, |read| read.values),
        "blanks": read.as_ref().map_or(0, |read| read.blanks),
    });
    let frame = Frame::new(title, "/enti", &app, &visitor).under(body, format!("/enti/{index}")).wide();
    Ok(pages::page(frame, "atto", &data))
}

/// An act read.
struct Read {
    html: String,
    /// The elements of the minimum content, with the articles that cover each.
    contents: Vec<serde_json::Value>,
    values: usize,
    blanks: usize,
    /// What there is to say of it.
    findings: Vec<Shown>,
}

async fn read(app: &Shared, desk: &Arc<Desk>, plan: &PlannedAct) -> Result<Read, Fault> {
    let (desk, plan) = (Arc::clone(desk), plan.clone());
    let read = move |app: &super::App| {
        let act = composed(app, &desk, &plan)?;
        let (mut values, mut blanks) = (0, 0);
        act.for_each_inline(&mut |inline| match inline {
            Inline::Value(value) if matches!(value.place, Place::Cell(..)) => values += 1,
            Inline::Blank(_) => blanks += 1,
            _ => {}
        });
        let found = app.judge_on(desk.today).findings_of(&desk.checked, &plan.assignment);
        let findings = found.iter().map(|found| shown(found, &desk, false)).collect();
        Ok(Read {
            html: html::reading(&act, html::Reading::default()),
            contents: contents(&act),
            values,
            blanks,
            findings,
        })
    };
    work(app, read).await?
}

/// The elements of the minimum content, with the articles that cover each.
fn contents(act: &Act) -> Vec<serde_json::Value> {
    let element = |element: &Element| {
        let covering = act.articles().filter(|article| article.covers.contains(element));
        let articles: Vec<_> = covering
            .map(|article| json!({ "number": article.number, "anchor": format!("atto-{}", article.id) }))
            .collect();
        json!({ "words": capitalize(element.italian()), "articles": articles })
    };
    Element::ALL.get(..Element::MINIMUM).unwrap_or_default().iter().map(element).collect()
}

/// The PDF, for the browser to show.
pub async fn pdf(State(app): State<Shared>, visitor: Visitor, Path(wanted): Wanted) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let (_, plan) = planned(&app, &desk, &wanted)?;
    let name = format!("{}.pdf", plan.stem);
    let made = move |app: &super::App| Ok::<_, Fault>(pipeline::pdf(&app.press, &composed(app, &desk, &plan)?)?);
    Ok(inline(&name, media::PDF, work(&app, made).await??))
}

/// The Word document.
pub async fn docx(State(app): State<Shared>, visitor: Visitor, Path(wanted): Wanted) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let (_, plan) = planned(&app, &desk, &wanted)?;
    let name = format!("{}.docx", plan.stem);
    let made = move |app: &super::App| Ok::<_, Fault>(pipeline::docx(&composed(app, &desk, &plan)?)?);
    Ok(download(&name, media::DOCX, work(&app, made).await??))
}
