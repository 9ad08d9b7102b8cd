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
use crate::italian::capitalize;
use crate::pipeline;

/// The models.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Response {
    let models = app.options.library.models().iter();
    let models = models.map(|model| json!({ "id": model.id, "name": model.nome, "about": model.descrizione }));
    let data = json!({ "models": models.collect::<Vec<_>>() });
    pages::page(Frame::new("Modelli", "/modelli", &app, &visitor), "modelli", &data)
}

/// A model.
pub async fn model(State(app): State<Shared>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Fault> {
    let library = &app.options.library;
    let model = library.models().iter().find(|model| model.id == id).ok_or(Fault::Nothing)?;
    let files = library.files(&id).into_iter().map(|(path, _)| path);
    let faults: Vec<_> =
        library.faults(&id).iter().map(|it| json!({ "place": it.place.to_string(), "message": it.message })).collect();
    let acts = model.atti.iter().map(|kind| capitalize(kind.italian()));
    let data = json!({
        "id": id,
        "name": model.nome,
        "about": model.descrizione,
        "acts": acts.collect::<Vec<_>>(),
        "files": files.collect::<Vec<_>>(),
        "faults": faults,
    });
    Ok(pages::page(Frame::new(model.nome.clone(), "/modelli", &app, &visitor), "modello", &data))
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
    let data = json!({ "path": path, "lines": lines, "id": id });
    let frame = Frame::new(path, "/modelli", &app, &visitor).under(model.nome.clone(), format!("/modelli/{id}"));
    Ok(pages::page(frame, "testo", &data))
}
