//! What a run left: bundles, register, picture, and all of it in one file.

use std::path::{Path as FilePath, PathBuf};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::Shared;
use super::desk::work;
use super::job::{Ending, Job};
use super::pages::{self, Frame};
use super::reply::{Fault, download, inline, media};
use super::session::{Session, Visitor};
use crate::act::ActKind;
use crate::italian::{capitalize, count, grouped};
use crate::pipeline::{self, ActState, RunReport};

/// Bundles of which every act is named; of the others only the number, so that the page stays small.
const MOST_NAMED: usize = 40;
/// The zip of everything, in the visitor's folder.
const ALL: &str = "tutto.zip";

/// A run that is over, and whose it is.
type Ended = (Arc<Session>, Arc<Job>, Arc<Ending>);

fn ended(visitor: &Visitor) -> Result<Ended, Fault> {
    let session = visitor.session.clone().ok_or(Fault::Nothing)?;
    let job = session.work().job.clone().ok_or(Fault::Nothing)?;
    let ending = job.ending().ok_or(Fault::Busy("La produzione è ancora in corso: i file ci sono quando è finita."))?;
    Ok((session, job, ending))
}

/// What a run left.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let (_, job, ending) = ended(&visitor)?;
    let now = visitor.desk(&app);
    let data = match &*ending {
        Ending::Made(report, _) => {
            let edited: Vec<&String> = job.edits.iter().flat_map(|edits| edits.texts.keys()).collect();
            made(report, now.is_some_and(|desk| !Arc::ptr_eq(&desk, &job.desk)), &edited)
        }
        Ending::Stopped => json!({ "made": false, "failed": false, "reason": "" }),
        Ending::Failed(reason) => json!({ "made": false, "failed": true, "reason": reason }),
    };
    let frame = Frame::new("Atti prodotti", "/produci", &app, &visitor);
    Ok(pages::page(frame, "esito", &data))
}

fn made(report: &RunReport, is_old: bool, edited: &[&String]) -> Value {
    let mut bundles: Vec<(usize, &str, &str, Vec<String>)> = Vec::new();
    let mut withheld: Vec<(&str, &str, Vec<Value>)> = Vec::new();
    for (number, act) in report.acts.iter().enumerate() {
        let words = ActKind::from_slug(act.act).map_or_else(String::new, |kind| capitalize(kind.italian()));
        match (&act.bundle, act.state) {
            (Some(bundle), _) => match bundles.last_mut().filter(|(_, known, ..)| known == bundle) {
                Some((.., acts)) => acts.push(words),
                None => bundles.push((number, bundle, &act.name, vec![words])),
            },
            (None, ActState::Withheld) if withheld.last().is_none_or(|(code, ..)| *code != act.body) => {
                let reasons = act.reasons.iter().map(|code| super::body::reason(code)).collect();
                withheld.push((&act.body, &act.name, reasons));
            }
            _ => {}
        }
    }
    let few = bundles.len() <= MOST_NAMED;
    let bundle = |(number, path, name, acts): (usize, &str, &str, Vec<String>)| {
        let words = if few { acts.join(", ") } else { count(acts.len(), "atto", "atti") };
        json!({ "number": number, "name": name, "file": path, "acts": words })
    };
    let withheld_bodies: Vec<Value> = withheld
        .iter()
        .map(|(code, name, reasons)| json!({ "code": code, "name": name, "reasons": reasons }))
        .collect();
    json!({
        "made": true,
        "failed": false,
        "old": is_old,
        "edited": edited,
        "reason": "",
        "produced": count(report.summary.produced, "atto prodotto", "atti prodotti"),
        "bodies": count(report.summary.bodies, "ente", "enti"),
        "withheld": report.summary.withheld,
        "withheld_words": count(report.summary.withheld, "atto trattenuto", "atti trattenuti"),
        "withheld_bodies": withheld_bodies,
        "warnings": grouped(report.summary.findings.warnings as u64),
        "bundles": bundles.into_iter().map(bundle).collect::<Vec<_>>(),
    })
}

/// The bytes of a file of a run, which the run itself has named.
async fn read(path: PathBuf) -> Result<Vec<u8>, Fault> {
    let bytes = tokio::task::spawn_blocking(move || std::fs::read(path)).await.map_err(|_| Fault::Broken)?;
    bytes.map_err(|_| Fault::Nothing)
}

/// A report, or the zip of everything. The name is only compared.
pub async fn report(State(app): State<Shared>, visitor: Visitor, Path(name): Path<String>) -> Result<Response, Fault> {
    let (session, job, ending) = ended(&visitor)?;
    let Ending::Made(report, root) = &*ending else { return Err(Fault::Nothing) };
    let names = pipeline::report_names(None);
    match name.as_str() {
        "registro.xlsx" => Ok(download(&name, media::XLSX, read(root.join(names.register)).await?)),
        "quadro.pdf" => Ok(inline(&name, media::PDF, read(root.join(names.picture)).await?)),
        "esito.json" => Ok(download(&name, media::JSON, read(root.join("esito.json")).await?)),
        ALL => {
            let path = session.folder.join(ALL);
            let _one_at_a_time = job.packing.lock().await;
            let (report, root, to) = (report.clone(), root.clone(), path.clone());
            work(&app, move |_| pipeline::archive(&root, &report, &to)).await??;
            let file = root_name(&ending);
            Ok(download(&format!("{file}.zip"), media::ZIP, read(path).await?))
        }
        _ => Err(Fault::Nothing),
    }
}

/// The name of the run's folder, which is made of letters, digits and dashes.
fn root_name(ending: &Ending) -> String {
    let root = match ending {
        Ending::Made(_, root) => root.file_name(),
        _ => None,
    };
    root.map(|name| name.to_string_lossy().into_owned()).unwrap_or_else(|| "atti".to_owned())
}

/// The bundle that an act of the run is in, by the position of the act.
pub async fn bundle(visitor: Visitor, Path(act): Path<String>) -> Result<Response, Fault> {
    let (_, _, ending) = ended(&visitor)?;
    let Ending::Made(report, root) = &*ending else { return Err(Fault::Nothing) };
    let act: usize = act.parse().map_err(|_| Fault::Nothing)?;
    let name = report.acts.get(act).and_then(|act| act.bundle.as_ref()).ok_or(Fault::Nothing)?;
    Ok(download(name, media::ZIP, read(FilePath::new(root).join(name.as_str())).await?))
}
