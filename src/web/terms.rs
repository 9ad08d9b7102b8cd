//! The deadlines of the convention: by year, and as a file for the calendar.

use axum::extract::State;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use super::Shared;
use super::pages::{self, Frame};
use super::reply::{Fault, download, media};
use super::session::Visitor;
use super::start::desk;
use crate::date;
use crate::deadlines;
use crate::dossier::Deadline;
use crate::emit::calendar::ALARM_DAYS;
use crate::italian::count;
use crate::pipeline;

/// Names of bodies in a row.
const MOST_NAMES: usize = 12;

/// The deadlines.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let dossier = desk.dossier()?;
    let list = deadlines::deadlines(dossier);
    let (past, ahead): (Vec<&Deadline>, Vec<&Deadline>) = list.iter().partition(|it| it.day < dossier.today);
    let data = json!({
        "years": by_year(&ahead, dossier.today, "anno"),
        "past": by_year(&past, dossier.today, "passato"),
        "past_words": count(past.len(), "scadenza passata", "scadenze passate"),
        "count": list.len(),
        "ahead": ahead.len(),
        "today": date::long(dossier.today),
        "alarm": ALARM_DAYS,
        "errors": desk.checked.summary().errors,
    });
    Ok(pages::page(Frame::new("Scadenze", "/scadenze", &app, &visitor), "scadenze", &data))
}

/// Rows under their year, which is called `name` in the page; the same day of several bodies is one row.
fn by_year(list: &[&Deadline], today: NaiveDate, name: &str) -> Vec<Value> {
    let mut years: Vec<(i32, Vec<Value>)> = Vec::new();
    let mut rest = list;
    while let Some(first) = rest.first() {
        let same = |it: &&&Deadline| {
            (it.day, it.kind, &it.what, &it.basis) == (first.day, first.kind, &first.what, &first.basis)
        };
        let (group, others) = rest.split_at(rest.iter().take_while(same).count().max(1));
        rest = others;
        let names: Vec<&str> = group.iter().map(|it| it.who()).filter(|name| !name.is_empty()).collect();
        let row = json!({
            "day": date::short(first.day),
            "iso": first.day.to_string(),
            "kind": first.kind.italian(),
            "what": first.what,
            "basis": first.basis,
            "place": first.place.to_string(),
            "past": first.day < today,
            "distance": date::distance(first.day, today),
            "names": names.get(..MOST_NAMES.min(names.len())).unwrap_or_default(),
            "more": names.len().saturating_sub(MOST_NAMES),
        });
        match years.last_mut().filter(|(year, _)| *year == first.day.year()) {
            Some((_, rows)) => rows.push(row),
            None => years.push((first.day.year(), vec![row])),
        }
    }
    let label = if name == "anno" { "Scadenze del" } else { "Scadenze passate del" };
    let year = |(year, rows)| json!({ "year": year, "rows": rows, "name": name, "label": label });
    years.into_iter().map(year).collect()
}

/// The calendar.
pub async fn calendar(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let dossier = desk.dossier()?;
    let bytes = pipeline::calendar(dossier, &deadlines::deadlines(dossier))?;
    Ok(download("scadenze.ics", media::ICS, bytes))
}
