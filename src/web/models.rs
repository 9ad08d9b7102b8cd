//! The models: what each is, the workbook to fill in, the texts of its acts.

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde_json::json;

use super::Shared;
use super::checks::Asked;
use super::pages::{self, Frame};
use super::reply::{Fault, download, go, media};
use super::session::Visitor;
use super::start::handed;
use crate::act::ActKind;
use crate::italian::capitalize;
use crate::pipeline;

/// The models.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Response {
    let models = app.options.library.models().iter();
    let models = models.map(|model| json!({ "id": model.id, "name": model.nome, "about": model.descrizione }));
    let edited: Vec<String> = visitor.edits().map(|edits| edits.texts.keys().cloned().collect()).unwrap_or_default();
    let data = json!({ "models": models.collect::<Vec<_>>(), "edited": edited });
    pages::page(Frame::new("Modelli", "/modelli", &app, &visitor), "modelli", &data)
}

/// A model.
pub async fn model(State(app): State<Shared>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Fault> {
    let library = &app.options.library;
    let model = library.models().iter().find(|model| model.id == id).ok_or(Fault::Nothing)?;
    let edits = visitor.edits();
    let used = library.texts_in_use(&id);
    let texts = library.files(&id).into_iter().map(|(path, _)| {
        let (words, group) = words(&path);
        let shared = path.starts_with("clausole/") || path.starts_with("atti/");
        let unused = path.ends_with(".md") && !used.contains_key(&path);
        let edited = edits.as_ref().is_some_and(|edits| edits.texts.contains_key(&path));
        (group, json!({ "path": path, "words": words, "shared": shared, "unused": unused, "edited": edited }))
    });
    let texts: Vec<_> = texts.collect();
    let group = |wanted: Group, title: &str| {
        let rows: Vec<_> = texts.iter().filter(|(group, _)| *group == wanted).map(|(_, row)| row).collect();
        json!({ "title": title, "rows": rows })
    };
    let faults: Vec<_> =
        library.faults(&id).iter().map(|it| json!({ "place": it.place.to_string(), "message": it.message })).collect();
    let acts = model.atti.iter().map(|kind| capitalize(kind.italian()));
    let data = json!({
        "id": id,
        "name": model.nome,
        "about": model.descrizione,
        "acts": acts.collect::<Vec<_>>(),
        "groups": [
            group(Group::Acts, "Atti"), group(Group::Clauses, "Clausole"), group(Group::Parameters, "Parametri"),
        ],
        "edited": edits.map_or(0, |edits| edits.texts.len()),
        "read_only": app.options.read_only,
        "faults": faults,
    });
    Ok(pages::page(Frame::new(model.nome.clone(), "/modelli", &app, &visitor), "modello", &data))
}

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Acts,
    Clauses,
    Parameters,
}

/// What people call a text, by its path.
fn words(path: &str) -> (String, Group) {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    match ActKind::from_slug(stem) {
        _ if path.ends_with(".toml") => {
            (format!("Modello «{}»", path.split('/').next().unwrap_or(path)), Group::Parameters)
        }
        Some(kind) if !path.contains("clausole/") => (capitalize(kind.italian()), Group::Acts),
        _ => (capitalize(&stem.replace('-', " ")), Group::Clauses),
    }
}

/// The workbook of the model chosen in a list.
pub async fn chosen(State(app): State<Shared>, Query(asked): Asked) -> Result<Response, Fault> {
    let wanted = asked.get("modello").ok_or(Fault::Nothing)?;
    let model = app.options.library.models().iter().find(|model| model.id == *wanted).ok_or(Fault::Nothing)?;
    let example = asked.get("foglio").is_some_and(|which| which == "esempio");
    Ok(go(&format!("/modelli/{}/foglio{}", model.id, if example { "?esempio=si" } else { "" })))
}

/// The workbook to fill in; with `?esempio=si` its example.
pub async fn workbook(
    State(app): State<Shared>,
    Path(id): Path<String>,
    Query(asked): Asked,
) -> Result<Response, Fault> {
    let filled = asked.contains_key("esempio");
    let models = app.options.library.models().iter();
    let model = models.clone().find(|model| model.id == pipeline::model_of(&id)).ok_or(Fault::Nothing)?.clone();
    let name = if filled { format!("{id}-esempio.xlsx") } else { format!("{id}.xlsx") };
    let bytes = super::desk::work(&app, move |_| pipeline::template(&model, &id, filled, None)).await??;
    Ok(handed(&name, bytes))
}

/// A text of a model: shown, or with `?scarica=si` handed out. The path is only compared with those of the texts.
pub async fn text(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Asked,
) -> Result<Response, Fault> {
    let library = &app.options.library;
    let model = library.models().iter().find(|model| model.id == id).ok_or(Fault::Nothing)?;
    let wanted = asked.get("file").ok_or(Fault::Nothing)?;
    let (path, text) = library.files(&id).into_iter().find(|(path, _)| path == wanted).ok_or(Fault::Nothing)?;
    if asked.contains_key("scarica") {
        return Ok(download(path.rsplit('/').next().unwrap_or_default(), media::TEXT, text.into_bytes()));
    }
    let lines: Vec<_> =
        (1..).zip(text.lines()).map(|(number, line)| json!({ "number": number, "line": line })).collect();
    let can_try = path.ends_with(".md") && !app.options.read_only;
    let data = json!({ "path": path, "lines": lines, "id": id, "can_try": can_try });
    let frame = Frame::new(path, "/modelli", &app, &visitor).under(model.nome.clone(), format!("/modelli/{id}"));
    Ok(pages::page(frame, "testo", &data))
}
