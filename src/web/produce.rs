//! Making the acts: what to make, the run in the background, how far it has come.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::{Value, json};

use super::desk::{Desk, work};
use super::job::{Ending, Job, Stage};
use super::pages::{self, Frame};
use super::reply::{Fault, go};
use super::session::{Session, Visitor};
use super::start::{Fields, desk, fields};
use super::{App, Shared};
use crate::act::ActKind;
use crate::italian::{capitalize, count};
use crate::pipeline::{self, Format, Judge, Options, RunError};

/// The formats to choose from; the first two are chosen unless the visitor says otherwise.
const FORMATS: [(Format, &str); 3] =
    [(Format::Pdf, "PDF per la firma"), (Format::Docx, "Word, modificabile"), (Format::Html, "HTML")];

/// The folder of runs in a visitor's own.
const FOLDER: &str = "out";

/// What to make.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let dossier = desk.dossier()?;
    let library = &app.options.library;
    let kinds = ActKind::ALL.iter().copied().filter(|kind| !kind.is_bill() && library.has(&dossier.model.id, *kind));
    let acts: Vec<Value> = kinds
        .map(|kind| {
            let usual = dossier.model.atti.contains(&kind);
            json!({ "slug": kind.slug(), "words": capitalize(kind.italian()), "usual": usual })
        })
        .collect();
    let bodies: Vec<Value> = dossier
        .bodies
        .iter()
        .filter(|body| !body.code().is_empty())
        .map(|body| json!({ "code": body.code(), "name": body.name() }))
        .collect();
    let job = visitor.session.as_ref().and_then(|session| session.work().job.clone());
    // Only changed texts of this model make a difference.
    let edits = visitor.edits();
    let files = library.files(&dossier.model.id);
    let is_changed = |path: &String| edits.as_ref().is_some_and(|edits| edits.texts.contains_key(path));
    let edited: Vec<String> = files.into_iter().map(|(path, _)| path).filter(is_changed).collect();
    let withheld = desk.checked.withheld.iter().filter(|codes| !codes.is_empty()).count();
    let data = json!({
        "acts": acts,
        "bodies": bodies,
        "formats": FORMATS.iter().take(2).map(|(it, words)| json!({ "word": it.extension(), "words": words, "chosen": true }))
            .chain(FORMATS.iter().skip(2).map(|(it, words)| json!({ "word": it.extension(), "words": words, "chosen": false })))
            .collect::<Vec<_>>(),
        "model": dossier.model.id,
        "edited": edited,
        "withheld": withheld,
        "withheld_words": count(withheld, "ente ha errori", "enti hanno errori"),
        "running": job.as_ref().is_some_and(|job| job.ending().is_none()),
        "ended": job.as_ref().is_some_and(|job| job.ending().is_some()),
        "can": !app.options.read_only && visitor.session.is_some(),
    });
    Ok(pages::page(Frame::new("Produci", "/produci", &app, &visitor), "produci", &data))
}

/// Begins a run.
pub async fn start(State(app): State<Shared>, visitor: Visitor, form: Fields) -> Result<Response, Fault> {
    let fields = fields(form)?;
    let session = visitor.session.clone().ok_or(Fault::NoDesk)?;
    let desk = session.work().desk.clone().ok_or(Fault::NoDesk)?;
    desk.dossier()?;
    let options = options(&app, &session, &desk, &fields)?;
    let wants_edits = fields.iter().any(|(name, value)| name == "testi" && value == "modificati");
    let edits = visitor.edits().filter(|_| wants_edits);
    let job = Arc::new(Job::new(Arc::clone(&desk), edits));
    {
        let mut on_desk = session.work();
        if on_desk.job.as_ref().is_some_and(|job| job.ending().is_none()) {
            return Err(Fault::Busy("Una produzione è già in corso: seguirla, o fermarla, e poi ricominciare."));
        }
        on_desk.job = Some(Arc::clone(&job));
    }
    let app = Arc::clone(&app);
    tokio::spawn(async move {
        let running = Arc::clone(&job);
        // The folder must outlive the run, whatever becomes of the visitor.
        let made = move |app: &App| {
            let made = run(app, &desk, &options, &running);
            drop(session);
            made
        };
        let ending = match work(&app, made).await {
            Ok(Ok(ending)) => ending,
            Ok(Err(RunError::Stopped { .. })) => Ending::Stopped,
            Ok(Err(error @ RunError::Argument(_))) => Ending::Failed(capitalize(&error.to_string())),
            _ => Ending::Failed("Errore del programma: gli atti non sono stati prodotti tutti".to_owned()),
        };
        job.end(ending);
    });
    Ok(go("/produci/corso"))
}

/// The run itself, as `genera` does it.
fn run(app: &App, desk: &Desk, options: &Options, job: &Job) -> Result<Ending, RunError> {
    let of_desk = &app.options.library;
    let library = job.edits.as_ref().map_or(of_desk, |edits| edits.library(of_desk));
    let checked = match (&options.acts, &job.edits) {
        // Judged already by what the model makes.
        (None, None) => desk.judgement(),
        (acts, _) => {
            let judge = Judge { acts: acts.as_deref(), library, ..app.judge_on(desk.today) };
            pipeline::check(&desk.name, &desk.bytes, &judge)
        }
    };
    let (report, root) = pipeline::generate(checked, &desk.bytes, library, &app.press, options, job)?;
    Ok(Ending::Made(Box::new(report), root))
}

/// What the form asks for, of what there is.
fn options(app: &App, session: &Session, desk: &Desk, fields: &[(String, String)]) -> Result<Options, Fault> {
    let of =
        |name: &'static str| fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str());
    let dossier = desk.dossier()?;
    let all_acts = of("quali").next() != Some("scelti");
    let mut acts: Vec<ActKind> = of("atto").filter_map(ActKind::from_slug).filter(|kind| !kind.is_bill()).collect();
    acts.sort();
    acts.dedup();
    if !all_acts && acts.is_empty() {
        return Err(Fault::Wrong(
            "Nessun atto scelto: sceglierne almeno uno, o «Tutti gli atti del modello».".to_owned(),
        ));
    }
    let mut formats: Vec<Format> = FORMATS
        .iter()
        .map(|(format, _)| *format)
        .filter(|format| of("formato").any(|word| word == format.extension()))
        .collect();
    formats.sort();
    if formats.is_empty() {
        return Err(Fault::Wrong("Nessun formato scelto: sceglierne almeno uno fra PDF, Word e HTML.".to_owned()));
    }
    let named: Vec<&str> = if of("enti").next() == Some("scelti") { of("ente").collect() } else { Vec::new() };
    if of("enti").next() == Some("scelti") && named.is_empty() {
        return Err(Fault::Wrong("Nessun ente scelto: sceglierne almeno uno, o «Tutti gli enti».".to_owned()));
    }
    let bodies = dossier.bodies.iter().map(|body| body.code()).filter(|code| named.contains(code));
    Ok(Options {
        out: session.folder.join(FOLDER),
        acts: Some(acts).filter(|_| !all_acts),
        formats,
        bodies: bodies.map(str::to_owned).collect(),
        jobs: app.options.jobs,
        year: None,
        slice: None,
    })
}

fn job(visitor: &Visitor) -> Result<Arc<Job>, Fault> {
    visitor.session.as_ref().and_then(|session| session.work().job.clone()).ok_or(Fault::Nothing)
}

/// How far the run has come.
pub async fn progress(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let job = job(&visitor)?;
    if job.ending().is_some() {
        return Ok(go("/produci/esito"));
    }
    let frame = Frame::new("Produzione in corso", "/produci", &app, &visitor).refreshing();
    Ok(pages::page(frame, "corso", &told(&job.stage())))
}

/// The same in words and numbers.
fn told(stage: &Stage) -> Value {
    let all = stage.bodies.unwrap_or_default();
    let done = stage.tally.bodies;
    let words = match stage.bodies {
        None => "Controllo del foglio…".to_owned(),
        Some(all) => format!("{done} di {}", count(all, "ente", "enti")),
    };
    json!({
        "done": done, "all": all.max(1), "words": words, "current": stage.current, "over": stage.over,
        "percent": done * 100 / all.max(1),
    })
}

/// The same as it changes (server-sent events); a picture at a time, the last one when it is over.
pub async fn events(visitor: Visitor) -> Result<Response, Fault> {
    let follow = (job(&visitor)?.follow(), true, false);
    let pictures = stream::unfold(follow, |(mut follow, first, over)| async move {
        if over {
            return None;
        }
        if !first {
            follow.changed().await.ok()?;
            // Bodies found in place go by faster than anybody can see.
            tokio::time::sleep(std::time::Duration::from_millis(120)).await;
        }
        let stage = follow.borrow_and_update().clone();
        let event = Event::default().event("stato").data(told(&stage).to_string());
        Some((Ok::<_, Infallible>(event), (follow, false, stage.over)))
    });
    Ok(Sse::new(pictures).keep_alive(KeepAlive::default()).into_response())
}

/// Stops the run after the acts in hand.
pub async fn stop(visitor: Visitor) -> Result<Response, Fault> {
    job(&visitor)?.stop();
    Ok(go("/produci/corso"))
}
