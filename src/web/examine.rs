//! An act that others wrote: a document in, what of the minimum content of art. 30 it holds, where, and what is wrong in it.

use std::sync::Arc;

use axum::extract::{Multipart, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::desk::work;
use super::findings::{Shown, alone};
use super::pages::{self, Frame};
use super::reply::{Fault, go};
use super::session::Visitor;
use super::start::with_cookie;
use super::{Shared, upload};
use crate::diagnostic::Diagnostic;
use crate::examine::{Examination, Examined, Found};
use crate::italian::{capitalize, count};
use crate::pipeline;

/// The most that a document may have, in bytes.
pub const MAX_UPLOAD: usize = 20_000_000;
/// Findings of a page: it stays below 100 kB.
const MOST: usize = 100;
/// Places shown of an element that is there; of one that is not, only the nearest.
const MOST_PLACES: usize = 3;

/// Where the document is sent.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Response {
    let examined = visitor.session.as_ref().is_some_and(|session| session.work().examined.is_some());
    let data = json!({ "read_only": app.options.read_only, "examined": examined });
    pages::page(Frame::new("Esamina", "/esamina", &app, &visitor), "esamina", &data)
}

/// Examines what was sent.
pub async fn examine(State(app): State<Shared>, visitor: Visitor, form: Multipart) -> Result<Response, Fault> {
    let (name, bytes) = upload::one(form, "documento", MAX_UPLOAD).await?;
    let examined = move |app: &super::App| match pipeline::examine(&name, &bytes, (app.options.today)()) {
        Ok(found) => shown(&name, &found),
        Err(refusal) => unreadable(&name, &refusal),
    };
    let data = work(&app, examined).await?;
    let (session, cookie) = visitor.begun(&app)?;
    session.work().examined = Some(Arc::new(data));
    Ok(with_cookie(go("/esamina/esito"), cookie))
}

/// What was found.
pub async fn report(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let report = visitor.session.as_ref().and_then(|session| session.work().examined.clone()).ok_or(Fault::Nothing)?;
    Ok(pages::page(Frame::new("Esito dell’esame", "/esamina", &app, &visitor), "esaminato", &*report))
}

fn unreadable(name: &str, refusal: &Diagnostic) -> Value {
    json!({ "name": name, "unreadable": true, "findings": [alone(refusal)], "elements": [] })
}

fn shown(name: &str, found: &Examination) -> Value {
    let there = found.elements.iter().filter(|element| element.found).count();
    let all = found.elements.len();
    let summary = found.summary();
    let findings: Vec<Shown> = found.diagnostics.iter().take(MOST).map(alone).collect();
    json!({
        "name": name,
        "unreadable": false,
        "kind": found.kind.italian(),
        "tone": if there == all && summary.errors == 0 { "bene" } else { "attesa" },
        "verdict": format!("{there} elementi su {all} del contenuto minimo"),
        "size": format!(
            "{}, {} di testo", count(found.articles, "articolo", "articoli"), count(found.lines, "riga", "righe")
        ),
        "elements": found.elements.iter().map(element).collect::<Vec<_>>(),
        "findings": findings,
        "more": found.diagnostics.len().saturating_sub(MOST),
    })
}

fn element(element: &Examined) -> Value {
    let shown = if element.found { MOST_PLACES } else { 1 };
    let place = |it: &Found| json!({ "at": at(it), "quote": it.quote });
    json!({
        "words": capitalize(element.element.italian()),
        "found": element.found,
        "sure": format!("{:.0}%", element.confidence * 100.0),
        "places": element.places.iter().take(shown).map(place).collect::<Vec<_>>(),
    })
}

/// "art. 3, pag. 2, riga 41".
fn at(place: &Found) -> String {
    let article = match place.article.chars().next() {
        Some(first) if first.is_ascii_digit() => Some(format!("art. {}", place.article)),
        Some(_) => Some(format!("«{}»", place.article)),
        None => None,
    };
    let page = (place.page > 0).then(|| format!("pag. {}", place.page));
    [article, page, Some(format!("riga {}", place.line))].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
