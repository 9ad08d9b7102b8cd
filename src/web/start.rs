//! The first page: choose a model, take its workbook, load a filled one; and the loading of workbooks, also of corrected
//! ones.

use std::sync::Arc;

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Multipart, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::desk::{Desk, work};
use super::pages::{self, Frame};
use super::reply::{Fault, go, media};
use super::session::{Visitor, cookie_name};
use super::{MAX_UPLOAD, Shared, upload};
use crate::pipeline;

/// The field of the form that holds the workbook.
const FIELD: &str = "foglio";

/// The first page.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Response {
    let models = app.options.library.models().iter();
    let models = models.map(|model| json!({ "id": model.id, "name": model.nome, "about": model.descrizione }));
    let data = json!({
        "models": models.collect::<Vec<_>>(),
        "read_only": app.options.read_only,
        "has_desk": visitor.desk(&app).is_some(),
    });
    pages::page(Frame::new("Scrivano", "/", &app, &visitor), "inizio", &data)
}

/// Takes a workbook in, judges it, goes on to what it found.
pub async fn upload(State(app): State<Shared>, visitor: Visitor, form: Multipart) -> Result<Response, Fault> {
    let (name, bytes) = upload::one(form, FIELD, MAX_UPLOAD).await?;
    let before = visitor.session.as_ref().and_then(|session| session.work().desk.clone());
    let judged = move |app: &super::App| {
        let mut desk = app.judge(name, bytes);
        let known = before.filter(|before| before.checked.dossier.is_some() && desk.checked.dossier.is_some());
        desk.changes = known.map(|before| pipeline::changes(&before.checked.diagnostics, &desk.checked.diagnostics));
        desk
    };
    let desk = Arc::new(work(&app, judged).await?);
    let (session, cookie) = visitor.begun(&app)?;
    session.work().desk = Some(desk);
    Ok(with_cookie(go("/controlli"), cookie))
}

/// An answer with the cookie of a visitor who has just begun.
pub fn with_cookie(mut answer: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// Takes everything of the visitor off the desk, its folder included.
pub async fn close(State(app): State<Shared>, visitor: Visitor) -> Response {
    if let Some(secret) = &visitor.secret {
        app.sessions.forget(secret);
    }
    let gone = format!("{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax", cookie_name(&app));
    let mut answer = go("/");
    if let Ok(gone) = gone.parse() {
        answer.headers_mut().append(header::SET_COOKIE, gone);
    }
    answer
}

/// The workbook of a visitor, or a page that says that there is none.
pub fn desk(app: &super::App, visitor: &Visitor) -> Result<Arc<Desk>, Fault> {
    visitor.desk(app).ok_or(Fault::NoDesk)
}

/// The fields of a small form.
pub type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// The fields of a small form, in order.
///
/// # Errors
/// It is no form.
pub fn fields(form: Fields) -> Result<Vec<(String, String)>, Fault> {
    form.map(|Form(fields)| fields)
        .map_err(|_| Fault::Wrong("Il modulo non si capisce: tornare indietro e riprovare.".into()))
}

/// A workbook made by the program.
pub fn handed(name: &str, bytes: Vec<u8>) -> Response {
    super::reply::download(name, media::XLSX, bytes).into_response()
}
