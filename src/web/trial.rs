//! A text of a model tried out: changed in the browser, judged by the lint, seen in an act; kept in the session alone and
//! carried away as what `--testi` wants.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::checks::Asked;
use super::desk::{Desk, work};
use super::edits::{self, Edits};
use super::findings::{Shown, shown};
use super::pages::{self, Frame};
use super::reply::{Fault, download, encoded, go, media};
use super::session::Visitor;
use super::start::{Fields, fields, with_cookie};
use super::{App, Shared};
use crate::act::ActKind;
use crate::compose::Library;
use crate::diagnostic::Diagnostic;
use crate::dossier::{Assignment, Dossier};
use crate::emit::html;
use crate::italian::capitalize;
use crate::model::Model;
use crate::pipeline::{self, Judge};
use crate::place::Place;
use crate::rule::Severity;

/// Findings shown beside a text.
const MOST_FINDINGS: usize = 30;

/// What is tried, on what.
struct Wanted {
    model: Arc<Model>,
    /// Path of the text.
    file: String,
    /// The text as it is without the visitor.
    original: String,
    /// Kind of the act to see, code of its body, whether on the example: as asked for, which may make no sense.
    act: String,
    body: String,
    example: bool,
}

impl Wanted {
    /// What is asked for, of what there is: model and file are only compared with those that there are.
    fn of(app: &App, id: &str, asked: &BTreeMap<String, String>) -> Result<Self, Fault> {
        let word = |name: &str| asked.get(name).map_or("", String::as_str);
        let library = &app.options.library;
        let model = library.models().iter().find(|model| model.id == id).ok_or(Fault::Nothing)?;
        let is_it = |(path, _): &(String, String)| path == word("file") && path.ends_with(".md");
        let (file, original) = library.files(id).into_iter().find(is_it).ok_or(Fault::Nothing)?;
        Ok(Self {
            model: Arc::clone(model),
            file,
            original,
            act: word("atto").to_owned(),
            body: word("ente").to_owned(),
            example: word("dati") == "esempio",
        })
    }

    fn address(&self) -> String {
        let (id, file, act, body) = (&self.model.id, encoded(&self.file), encoded(&self.act), encoded(&self.body));
        let data = if self.example { "esempio" } else { "foglio" };
        format!("/modelli/{id}/prova?file={file}&atto={act}&ente={body}&dati={data}")
    }
}

/// The workbook of the visitor, if it is of this model.
fn own(desk: Option<Arc<Desk>>, model: &Model) -> Option<Arc<Desk>> {
    desk.filter(|desk| desk.checked.dossier.as_ref().is_some_and(|dossier| dossier.model.id == model.id))
}

impl App {
    /// The example of a model, judged once a day.
    fn sample(&self, model: &Model) -> Result<Arc<Desk>, Fault> {
        let today = (self.options.today)();
        let known = || self.samples.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(desk) = known().get(&model.id).filter(|desk| desk.today == today) {
            return Ok(Arc::clone(desk));
        }
        let checked = pipeline::sample(model, &self.judge_on(today))?;
        let name = "l’esempio del modello".to_owned();
        let desk = Arc::new(Desk { name, bytes: Vec::new(), checked, today, changes: None });
        known().insert(model.id.clone(), Arc::clone(&desk));
        Ok(desk)
    }
}

/// The kind of act to see: the one asked for, if the text is part of it; else one that the model makes.
fn kind(wanted: &Wanted, kinds: &[ActKind]) -> Option<ActKind> {
    let asked = ActKind::from_slug(&wanted.act).filter(|kind| kinds.contains(kind));
    asked.or_else(|| kinds.iter().copied().find(|kind| wanted.model.atti.contains(kind))).or(kinds.first().copied())
}

/// The act to see: that of the body asked for, else of the first that has one.
fn assignment(wanted: &Wanted, dossier: &Dossier, kind: ActKind) -> Option<Assignment> {
    let all = pipeline::acts_of_kind(dossier, kind);
    let is_asked = |it: &&Assignment| dossier.bodies.get(it.body).is_some_and(|body| body.code() == wanted.body);
    all.iter().find(is_asked).or(all.first()).cloned()
}

/// What there is to say of a text and of the act that it is part of; and the act.
fn see(app: &App, desk: Option<Arc<Desk>>, edits: Option<&Edits>, wanted: &Wanted) -> Result<Value, Fault> {
    let of_desk = &app.options.library;
    let library = edits.map_or(of_desk, |edits| edits.library(of_desk));
    let own = own(desk, &wanted.model);
    let on = match own.clone().filter(|_| !wanted.example) {
        Some(desk) => desk,
        None => app.sample(&wanted.model)?,
    };
    let dossier = on.dossier()?;
    let is_here = |found: &Diagnostic| matches!(&found.place, Place::Text(path, ..) if **path == *wanted.file);
    let mut faults: Vec<Diagnostic> = library.faults(&wanted.model.id).to_vec();
    let used = library.texts_in_use(&wanted.model.id);
    let in_acts = used.get(&wanted.file).map_or(&[][..], Vec::as_slice);
    let kinds: Vec<ActKind> = in_acts.iter().copied().filter(|kind| !kind.is_bill()).collect();
    let kind = kind(wanted, &kinds);
    let assignment = kind.and_then(|kind| assignment(wanted, dossier, kind));
    let mut seen = json!({ "preview": null, "findings": [], "acts_of": "" });
    if let (Some(assignment), false) = (&assignment, faults.iter().any(Diagnostic::is_error)) {
        match pipeline::act(dossier, library, assignment) {
            Ok(act) => {
                let how = html::Reading { file: Some(&wanted.file), ..html::Reading::default() };
                let judge = Judge { library, ..app.judge_on(on.today) };
                let found = judge.findings_of(&on.checked, assignment);
                let told = found.iter().filter(|found| found.severity != Severity::Note).take(MOST_FINDINGS);
                let name = dossier.bodies.get(assignment.body).map_or("", |body| body.name());
                seen = json!({
                    "preview": html::reading(&act, how),
                    "findings": told.map(|found| shown(found, &on, false)).collect::<Vec<Shown>>(),
                    "acts_of": format!("{}, {name}", capitalize(assignment.kind.italian())),
                });
            }
            Err(found) => faults.extend(found),
        }
    }
    faults.sort_by_key(|found| !is_here(found));
    let fault = |found: &Diagnostic| {
        let (line, column) = match &found.place {
            Place::Text(_, line, column) if is_here(found) => (*line, *column),
            _ => (0, 0),
        };
        json!({ "it": shown(found, &on, false), "line": line, "column": column })
    };
    let errors = faults.iter().filter(|found| found.is_error()).count();
    let why_not = match (kind, in_acts.is_empty()) {
        (Some(_), _) if errors > 0 => "L’anteprima torna quando i difetti sono corretti.",
        (Some(_), _) => "Con questi dati non c’è un atto da mostrare: scegliere altri dati o un altro atto.",
        (None, true) => "Nessun atto di questo modello usa questo testo.",
        (None, false) => "Questo testo è di una fattura: si vede nella pagina Fatture, non qui.",
    };
    let choice = |kind_: &ActKind| json!({ "word": kind_.slug(), "words": capitalize(kind_.italian()), "chosen": Some(*kind_) == kind });
    let body = |body: &crate::dossier::Body, index: usize| {
        let chosen = assignment.as_ref().is_some_and(|it| it.body == index);
        json!({ "word": body.code(), "words": body.name(), "chosen": chosen })
    };
    Ok(json!({
        "id": wanted.model.id,
        "model": wanted.model.nome,
        "file": wanted.file,
        "text": edits.and_then(|edits| edits.texts.get(&wanted.file)).unwrap_or(&wanted.original),
        "is_edited": edits.is_some_and(|edits| edits.texts.contains_key(&wanted.file)),
        "edited": edits.map_or(0, |edits| edits.texts.len()),
        "kinds": kinds.iter().map(choice).collect::<Vec<_>>(),
        "bodies": dossier.bodies.iter().enumerate().map(|(index, it)| body(it, index)).collect::<Vec<_>>(),
        "own": own.as_ref().map(|desk| desk.name.clone()),
        "example": wanted.example,
        "on": on.name,
        "faults": faults.iter().take(MOST_FINDINGS).map(fault).collect::<Vec<_>>(),
        "status": match faults.len() {
            0 => "Il testo non ha difetti.".to_owned(),
            count => crate::italian::count(count, "difetto nel testo.", "difetti nei testi."),
        },
        "why_not": why_not,
        "seen": seen,
    }))
}

/// A text, what is wrong with it, the act that it is part of.
pub async fn page(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(asked): Asked,
) -> Result<Response, Fault> {
    if app.options.read_only {
        return Err(Fault::ReadOnly);
    }
    let wanted = Wanted::of(&app, &id, &asked)?;
    let (name, edits, desk) = (wanted.model.nome.clone(), visitor.edits(), visitor.desk(&app));
    let data = work(&app, move |app| see(app, desk, edits.as_deref(), &wanted)).await??;
    let frame = Frame::new("Prova una modifica", "/modelli", &app, &visitor).under(name, format!("/modelli/{id}"));
    Ok(pages::page(frame.wide(), "prova", &data))
}

/// Keeps what was written, or gives the text back as it was; then to the page, or where a script asks (`accept` says so)
/// what of the page has changed.
pub async fn keep(
    State(app): State<Shared>,
    visitor: Visitor,
    Path(id): Path<String>,
    headers: HeaderMap,
    form: Fields,
) -> Result<Response, Fault> {
    let fields: BTreeMap<String, String> = fields(form)?.into_iter().collect();
    let wanted = Wanted::of(&app, &id, &fields)?;
    let (session, cookie) = visitor.begun(&app)?;
    match (fields.get("azione").map(String::as_str), fields.get("testo")) {
        (Some("originale"), _) => edits::restore(&session, Some(&wanted.file)),
        (_, Some(text)) => edits::keep(&session, &wanted.file, text, &wanted.original)?,
        _ => return Err(Fault::Wrong("Manca il testo da provare: tornare indietro e riprovare.".to_owned())),
    }
    let is_live = headers.get("x-scrivano").is_some_and(|value| value == "dal-vivo");
    let answer = if is_live {
        let desk = visitor.desk(&app);
        let edits = session.work().edits.clone();
        let data = work(&app, move |app| see(app, desk, edits.as_deref(), &wanted)).await??;
        pages::piece("prova-esito", &data)
    } else {
        go(&wanted.address())
    };
    Ok(with_cookie(answer, cookie))
}

/// Gives all texts back as they were.
pub async fn restore(visitor: Visitor) -> Response {
    if let Some(session) = &visitor.session {
        edits::restore(session, None);
    }
    go("/modelli")
}

/// The texts of a model, with the changes of the visitor, in one file.
pub async fn texts(State(app): State<Shared>, visitor: Visitor, Path(id): Path<String>) -> Result<Response, Fault> {
    if !app.options.library.models().iter().any(|model| model.id == id) {
        return Err(Fault::Nothing);
    }
    let (edits, model) = (visitor.edits(), id.clone());
    let packed = move |app: &App| {
        let of_desk: &Library = &app.options.library;
        pipeline::texts(edits.as_ref().map_or(of_desk, |edits| edits.library(of_desk)), &model)
    };
    Ok(download(&format!("{id}-testi.zip"), media::ZIP, work(&app, packed).await??).into_response())
}
