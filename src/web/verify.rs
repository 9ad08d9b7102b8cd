//! What came back signed, against what was sent: files in, the report of `pipeline::verify` as a page.

use std::sync::Arc;

use axum::extract::{Multipart, State};
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::desk::work;
use super::pages::{self, Frame};
use super::reply::{Fault, go};
use super::session::Visitor;
use super::start::with_cookie;
use super::{Shared, upload};
use crate::date;
use crate::italian::count;
use crate::pipeline::verify::{self, Bundle, Document, DocumentState, File, FileState, Input, Report};
use crate::verify::{Fault as Finding, Signature};

/// The most that files sent together may have, in bytes.
pub const MAX_UPLOAD: usize = 60_000_000;
/// Files and documents of a page: it stays below 100 kB.
const MOST: usize = 150;

/// Where the files are sent.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Response {
    let verified = visitor.session.as_ref().is_some_and(|session| session.work().verified.is_some());
    let data = json!({ "read_only": app.options.read_only, "verified": verified });
    pages::page(Frame::new("Verifica", "/verifica", &app, &visitor), "verifica", &data)
}

/// Verifies what was sent.
pub async fn verify(State(app): State<Shared>, visitor: Visitor, form: Multipart) -> Result<Response, Fault> {
    let files = upload::several(form, "file", MAX_UPLOAD).await?;
    if files.is_empty() {
        return Err(Fault::Wrong("Nessun file scelto: scegliere il pacchetto o i file firmati.".to_owned()));
    }
    let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let inputs = files.into_iter().map(|(name, bytes)| Input { name, bytes, asked: true }).collect();
    let report = work(&app, move |app| shown(&verify::uploads(inputs, (app.options.today)()), &names)).await?;
    let (session, cookie) = visitor.begun(&app)?;
    session.work().verified = Some(Arc::new(report));
    Ok(with_cookie(go("/verifica/esito"), cookie))
}

/// What was found.
pub async fn report(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let report = visitor.session.as_ref().and_then(|session| session.work().verified.clone()).ok_or(Fault::Nothing)?;
    Ok(pages::page(Frame::new("Esito della verifica", "/verifica", &app, &visitor), "verificato", &*report))
}

fn shown(report: &Report, names: &[String]) -> Value {
    let it = &report.summary;
    let told = [
        (it.signed, "firmato da tutti", "firmati da tutti"),
        (it.partly_signed, "con firme mancanti", "con firme mancanti"),
        (it.unchanged, "integro, senza firme", "integri, senza firme"),
        (it.changed, "modificato", "modificati"),
        (it.missing, "mancante", "mancanti"),
    ];
    let parts: Vec<String> = told.iter().filter(|(n, ..)| *n > 0).map(|(n, one, many)| count(*n, one, many)).collect();
    let (errors, warnings) = (count(it.errors, "errore", "errori"), count(it.warnings, "avviso", "avvisi"));
    let (tone, verdict) = match (report.unreadable, report.ok) {
        (true, _) => ("male", "Nulla da verificare".to_owned()),
        (_, false) if it.warnings > 0 => ("male", format!("{errors} e {warnings}")),
        (_, false) => ("male", errors),
        (_, true) if it.warnings > 0 => ("attesa", format!("Nessun errore, {warnings}")),
        (_, true) => ("bene", "Tutto a posto".to_owned()),
    };
    json!({
        "tone": tone,
        "verdict": verdict,
        "documents": (it.documents > 0).then(|| format!("{}: {}.", count(it.documents, "documento", "documenti"), parts.join(", "))),
        "names": names.iter().take(12).collect::<Vec<_>>(),
        "more_names": names.len().saturating_sub(12),
        "bundles": report.bundles.iter().take(MOST).map(bundle).collect::<Vec<_>>(),
        "files": report.files.iter().take(MOST).map(|it| file(it, None)).collect::<Vec<_>>(),
        "findings": findings(&report.findings),
        "not_checked": report.not_checked,
        "has_signatures": report.all_files().any(|file| !file.signatures.is_empty()),
    })
}

fn bundle(bundle: &Bundle) -> Value {
    json!({
        "name": bundle.body_name,
        "convention": bundle.convention,
        "source": bundle.source,
        "documents": bundle.documents.iter().take(MOST).map(document).collect::<Vec<_>>(),
        "added": bundle.added.iter().take(MOST).map(|it| file(it, None)).collect::<Vec<_>>(),
    })
}

fn document(document: &Document) -> Value {
    let (state, tone) = match document.state {
        DocumentState::Signed => (signed(document), "bene"),
        DocumentState::PartlySigned => (signed(document), "attesa"),
        DocumentState::Unchanged => (document.state.italian().to_owned(), "bene"),
        DocumentState::Changed | DocumentState::Missing => (document.state.italian().to_owned(), "male"),
    };
    let expected = document.expected.iter().map(|it| {
        let who: Vec<&str> =
            [&it.party, &it.office, &it.name].into_iter().map(String::as_str).filter(|it| !it.is_empty()).collect();
        json!({ "who": who.join(", "), "signed": it.signed })
    });
    json!({
        "path": document.path,
        "title": document.title,
        "state": state,
        "tone": tone,
        "expected": expected.collect::<Vec<_>>(),
        "files": document.files.iter().map(|it| file(it, Some(&document.path))).collect::<Vec<_>>(),
        "findings": findings(&document.findings),
    })
}

fn signed(document: &Document) -> String {
    format!("firmato da {} di {}", document.signed_by(), document.expected.len())
}

/// A file; one under its document's own name needs no name.
fn file(file: &File, document: Option<&str>) -> Value {
    let base = file.name.rsplit('/').next().unwrap_or(&file.name);
    json!({
        "name": file.name,
        "named": document != Some(base) && (document.is_none() || file.state != FileState::Unchanged),
        "alone": document.is_none(),
        "state": file.state.italian(),
        "tone": if matches!(file.state, FileState::Changed) { "male" } else { "" },
        "signatures": file.signatures.iter().map(|it| signature(it, file.state)).collect::<Vec<_>>(),
        "findings": findings(&file.findings),
    })
}

fn signature(signature: &Signature, state: FileState) -> Value {
    let signer = signature.signer.as_ref();
    let stamp = signature.timestamp.as_ref().filter(|stamp| stamp.valid).map(|stamp| {
        let at = stamp.time.map(|at| format!(" del {}", instant(at))).unwrap_or_default();
        format!("marca temporale{at} di {}", stamp.authority)
    });
    let details = [
        Some(signature.form.italian().to_owned()),
        Some(signature.algorithm.clone()).filter(|words| !words.is_empty()),
        signer.map(|signer| format!("certificato di {}", signer.issuer)),
        stamp,
    ];
    json!({
        "who": signature.who(),
        "code": signer.and_then(|signer| signer.codice_fiscale.clone()),
        "when": signature.signed_at.map_or_else(|| "in data non dichiarata".to_owned(), |at| format!("il {}", instant(at))),
        // A good signature of something else is no good here.
        "good": signature.counts() && matches!(state, FileState::Signed),
        "details": details.into_iter().flatten().collect::<Vec<_>>().join("; "),
        "findings": findings(&signature.findings),
    })
}

/// The clock of the signer's computer in UTC, as signatures carry it.
fn instant(at: DateTime<Utc>) -> String {
    format!("{} alle {} UTC", date::short(at.date_naive()), at.format("%H:%M"))
}

fn findings(found: &[Finding]) -> Vec<Value> {
    let one = |it: &Finding| json!({ "severity": it.severity.italian(), "message": it.message, "hint": it.hint });
    found.iter().map(one).collect()
}
