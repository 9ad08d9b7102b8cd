//! Invoices of a year: what would be issued, then issuing, then what to send and the workbook that has the new numbers.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::checks::Asked;
use super::desk::{Desk, work};
use super::findings::{Shown, shown};
use super::pages::{self, Frame, numbers, paged};
use super::reply::{Fault, download, go, inline, media};
use super::session::{Session, Visitor};
use super::start::{Fields, desk, fields};
use super::{App, Shared};
use crate::date;
use crate::italian::decimal;
use crate::money::Money;
use crate::pipeline::{self, BillOptions, BillOutcome, BillReport, BillState, Judge, RunError};
use crate::rule::Severity;
use crate::schema::BillKind;

/// The years that can be charged, as on the command line.
const YEARS: std::ops::RangeInclusive<i32> = 2020..=2055;
/// Bills of a page: it stays below 100 kB.
const PER_PAGE: usize = 120;
/// The folder of bills in a visitor's own.
const FOLDER: &str = "out";

/// Bills issued.
pub struct Issued {
    /// What was issued.
    report: BillReport,
    /// Where the files are.
    root: PathBuf,
    /// The workbook with the new numbers: its bytes, and whether it looks as the one before.
    register: Result<(Vec<u8>, bool), String>,
    /// The name of the workbook.
    name: String,
}

fn options(app: &App, session: Option<&Session>, year: i32) -> BillOptions {
    // Who has no folder only looks: the ledger of one that is not there is empty.
    let out = session.map_or_else(|| app.sessions.nowhere(), |session| session.folder.join(FOLDER));
    BillOptions { out, year, bodies: Vec::new(), jobs: app.options.jobs }
}

/// Judged without acts: bills do not rest on their words.
fn judged(app: &App, desk: &Desk) -> pipeline::Checked {
    let judge = Judge { acts: Some(&[]), ..app.judge_on(desk.today) };
    pipeline::check(&desk.name, &desk.bytes, &judge)
}

/// What would be issued for a year.
pub async fn page(State(app): State<Shared>, visitor: Visitor, Query(asked): Asked) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let dossier = desk.dossier()?;
    let year = match asked.get("anno") {
        Some(year) => wanted_year(year)?,
        None => dossier.reference_year().clamp(*YEARS.start(), *YEARS.end()),
    };
    let session = visitor.session.clone();
    let own = session.as_ref().is_some_and(|session| session.work().desk.is_some());
    let has_issued = session.as_ref().is_some_and(|session| session.work().issued.is_some());
    let seen = Arc::clone(&desk);
    let preview = move |app: &App| {
        let checked = judged(app, &seen);
        let bills =
            pipeline::prepare(&checked, &options(app, session.as_deref(), year), &app.options.library, &app.press)?;
        let told = pipeline::preview(&checked, &bills);
        Ok::<_, RunError>(told.map(|told| (pipeline::findings(&checked, &told), told)))
    };
    let frame = Frame::new("Fatture", "/fatture", &app, &visitor).wide();
    let (found, told) = match work(&app, preview).await? {
        Ok(told) => told.ok_or(Fault::NoData)?,
        Err(RunError::Argument(reason)) => {
            let reason = crate::italian::capitalize(&reason);
            return Ok(pages::page(frame, "fatture-no", &json!({ "reason": reason, "year": year })));
        }
        Err(error) => return Err(Fault::Run(error)),
    };
    let found: Vec<Shown> = found
        .iter()
        .filter(|found| found.severity != Severity::Note)
        .take(60)
        .map(|found| shown(found, &desk, false))
        .collect();
    let mut data = table(&told, &asked, &format!("/fatture?anno={year}&"));
    if let Some(map) = data.as_object_mut() {
        map.insert("year".to_owned(), json!(year));
        map.insert("first_year".to_owned(), json!(YEARS.start()));
        map.insert("last_year".to_owned(), json!(YEARS.end()));
        map.insert("findings".to_owned(), json!(found));
        map.insert("can".to_owned(), json!(own && !app.options.read_only && told.summary.new > 0));
        map.insert("has_issued".to_owned(), json!(has_issued));
    }
    Ok(pages::page(frame, "fatture", &data))
}

fn wanted_year(text: &str) -> Result<i32, Fault> {
    let year = text.trim().parse().ok().filter(|year| YEARS.contains(year));
    year.ok_or_else(|| Fault::Wrong("L’anno deve essere un numero fra 2020 e 2055.".to_owned()))
}

/// "1.234,56".
fn figure(sum: Money) -> String {
    decimal(sum.decimal(), 2)
}

fn row(number: usize, bill: &BillOutcome) -> Value {
    let sign = if bill.kind == BillKind::NotaCredito { "−" } else { "" };
    let sums = [bill.base, bill.vat, bill.total, bill.to_pay].map(|sum| format!("{sign}{}", figure(sum)));
    let (state, tone) = match bill.state {
        BillState::New => ("da emettere", "attesa"),
        BillState::Issued => ("già emessa", "bene"),
        BillState::Withheld => ("trattenuta", "male"),
    };
    json!({
        "place": number,
        "name": bill.name,
        "kind": bill.kind.italian(),
        "number": bill.number,
        "state": state,
        "tone": tone,
        "base": sums[0], "vat": sums[1], "total": sums[2], "to_pay": sums[3],
        "due": bill.due.map(date::short).unwrap_or_default(),
        "date": bill.date.map(date::short).unwrap_or_default(),
        "reasons": bill.reasons,
        "xml": bill.file.is_some(),
        "copy": bill.copy.is_some(),
    })
}

/// The bills of a page, and the totals of all; `address` is where the other pages are.
fn table(told: &BillReport, asked: &BTreeMap<String, String>, address: &str) -> Value {
    let it = told.summary;
    let (pages, page) = paged(told.bills.len(), PER_PAGE, asked);
    let rows = told.bills.iter().enumerate().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    json!({
        "rows": rows.map(|(number, bill)| row(number, bill)).collect::<Vec<_>>(),
        "pages": numbers(pages, page, |number| format!("{address}pagina={number}")),
        "new": it.new, "issued": it.issued, "withheld": it.withheld,
        "base": figure(it.base), "vat": figure(it.vat), "total": figure(it.total), "to_pay": figure(it.to_pay),
    })
}

/// Issues what the preview shows.
pub async fn issue(State(app): State<Shared>, visitor: Visitor, form: Fields) -> Result<Response, Fault> {
    let fields = fields(form)?;
    let field = |name: &str| fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let year = wanted_year(field("anno").unwrap_or_default())?;
    if field("confermo") != Some("si") {
        return Err(Fault::Wrong(
            "Per emettere i documenti va spuntata la conferma: i numeri dati non si tolgono più.".into(),
        ));
    }
    let session = visitor.session.clone().ok_or(Fault::NoDesk)?;
    let desk = session.work().desk.clone().ok_or(Fault::NoDesk)?;
    let _one_at_a_time = session.billing.lock().await;
    let held = Arc::clone(&session);
    let issued = move |app: &App| {
        let checked = judged(app, &desk);
        let bills = pipeline::prepare(&checked, &options(app, Some(&held), year), &app.options.library, &app.press)?;
        let report = pipeline::issue(&checked, &bills, &app.options.library, &app.press, app.options.jobs)?;
        let register = pipeline::register(&desk.name, &desk.bytes, &bills);
        let register = register.map(|copy| (copy.bytes, copy.is_faithful)).map_err(|error| error.to_string());
        Ok::<_, RunError>(Issued { report, root: bills.root, register, name: desk.name.clone() })
    };
    let issued = work(&app, issued).await??;
    session.work().issued = Some(Arc::new(issued));
    Ok(go("/fatture/emesse"))
}

fn last(visitor: &Visitor) -> Result<Arc<Issued>, Fault> {
    visitor.session.as_ref().and_then(|session| session.work().issued.clone()).ok_or(Fault::Nothing)
}

/// What was issued.
pub async fn issued(State(app): State<Shared>, visitor: Visitor, Query(asked): Asked) -> Result<Response, Fault> {
    let issued = last(&visitor)?;
    let mut data = table(&issued.report, &asked, "/fatture/emesse?");
    if let Some(map) = data.as_object_mut() {
        map.insert("year".to_owned(), json!(issued.report.year));
        map.insert("name".to_owned(), json!(issued.name));
        map.insert("faithful".to_owned(), json!(issued.register.as_ref().is_ok_and(|(_, faithful)| *faithful)));
        map.insert("no_register".to_owned(), json!(issued.register.as_ref().err()));
    }
    let frame = Frame::new("Documenti emessi", "/fatture", &app, &visitor).wide();
    Ok(pages::page(frame, "emesse", &data))
}

/// The FatturaPA file or the readable copy of a bill, by its position.
pub async fn file(visitor: Visitor, Path((bill, what)): Path<(String, String)>) -> Result<Response, Fault> {
    let issued = last(&visitor)?;
    let bill: usize = bill.parse().map_err(|_| Fault::Nothing)?;
    let bill = issued.report.bills.get(bill).ok_or(Fault::Nothing)?;
    let path = match what.as_str() {
        "xml" => bill.file.as_ref(),
        "copia" => bill.copy.as_ref(),
        _ => None,
    };
    let path = path.ok_or(Fault::Nothing)?;
    let (from, name) = (issued.root.join(path), path.rsplit('/').next().unwrap_or_default().to_owned());
    let bytes = tokio::task::spawn_blocking(move || std::fs::read(from)).await.map_err(|_| Fault::Broken)?;
    let bytes = bytes.map_err(|_| Fault::Nothing)?;
    Ok(if what == "xml" { download(&name, media::XML, bytes) } else { inline(&name, media::PDF, bytes) })
}

/// The workbook with what was issued in its register.
pub async fn register(visitor: Visitor) -> Result<Response, Fault> {
    let issued = last(&visitor)?;
    let (bytes, _) = issued.register.as_ref().map_err(|_| Fault::Nothing)?;
    let stem =
        crate::italian::slug_up_to(issued.name.rsplit_once('.').map_or(issued.name.as_str(), |(stem, _)| stem), 80);
    Ok(download(&format!("{stem}-con-registro.xlsx"), media::XLSX, bytes.clone()))
}
