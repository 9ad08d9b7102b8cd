//! Two acts of a body side by side, or one and its PDF.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::act::composed;
use super::checks::Asked;
use super::desk::{Desk, work};
use super::pages::{self, Frame};
use super::reply::Fault;
use super::session::Visitor;
use super::start::desk;
use super::{App, Shared};
use crate::emit::html::{self, Reading};
use crate::italian::capitalize;
use crate::pipeline::{self, PlannedAct};

/// What follows the stem of an act that is to be seen as a PDF.
const AS_PDF: &str = ".pdf";

/// A side: the act, and whether as a PDF.
type Side = (PlannedAct, bool);

fn words(act: &PlannedAct) -> String {
    let kind = capitalize(act.assignment.kind.italian());
    act.service.as_ref().map_or(kind.clone(), |service| format!("{kind}: {service}"))
}

/// The side asked for, of the acts that there are; else one that makes sense.
fn side(acts: &[PlannedAct], asked: Option<&String>, other: Option<&PlannedAct>) -> Option<Side> {
    let find = |stem: &str| acts.iter().find(|act| act.stem == stem);
    let wanted = asked.and_then(|asked| match asked.strip_suffix(AS_PDF) {
        Some(stem) => find(stem).map(|act| (act, true)),
        None => find(asked).map(|act| (act, false)),
    });
    // The reading view of the agreement, beside its PDF.
    let agreement = || acts.iter().find(|act| act.assignment.kind.is_agreement()).or(acts.first());
    let usual = || other.or_else(agreement).map(|act| (act, other.is_some()));
    wanted.or_else(usual).map(|(act, pdf)| (act.clone(), pdf))
}

/// What both selections offer.
fn choices(acts: &[PlannedAct], (chosen, as_pdf): &Side) -> Vec<Value> {
    let choice = |act: &PlannedAct, pdf: bool| {
        let (end, note) = if pdf { (AS_PDF, ", PDF") } else { ("", "") };
        json!({
            "word": format!("{}{end}", act.stem),
            "words": format!("{}{note}", words(act)),
            "chosen": act.stem == chosen.stem && pdf == *as_pdf,
        })
    };
    acts.iter().flat_map(|act| [choice(act, false), choice(act, true)]).collect()
}

fn shown(app: &App, desk: &Desk, index: usize, name: &str, (act, pdf): &Side) -> Result<Value, Fault> {
    let reading = match pdf {
        true => None,
        false => Some(html::reading(&composed(app, desk, act)?, Reading { anchors: name, file: None })),
    };
    Ok(json!({ "name": name, "index": index, "stem": act.stem, "words": words(act), "reading": reading }))
}

/// The page: `primo` and `secondo` are stems of acts, with `.pdf` for the PDF.
pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(body): Path<String>,
    Query(asked): Asked,
) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let index: usize = body.parse().map_err(|_| Fault::Nothing)?;
    let body = desk.dossier()?.bodies.get(index).ok_or(Fault::Nothing)?.name().to_owned();
    let acts = pipeline::acts_of(&desk.checked, &app.options.library, index);
    let first = side(&acts, asked.get("primo"), None).ok_or(Fault::Nothing)?;
    let second = side(&acts, asked.get("secondo"), Some(&first.0)).ok_or(Fault::Nothing)?;
    let (of_first, of_second) = (choices(&acts, &first), choices(&acts, &second));
    let sides = move |app: &App| {
        Ok::<_, Fault>([shown(app, &desk, index, "primo", &first)?, shown(app, &desk, index, "secondo", &second)?])
    };
    let data = json!({
        "index": index, "body": body, "first": of_first, "second": of_second, "sides": work(&app, sides).await??,
    });
    let frame = Frame::new("Atti affiancati", "/enti", &app, &visitor).under(body, format!("/enti/{index}"));
    Ok(pages::page(frame.whole(), "affiancati", &data))
}
