//! The workbook of the next term: when it begins and how long it lasts, what was done to get there, the workbook itself.

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::desk::work;
use super::pages::{self, Frame};
use super::reply::{Fault, go};
use super::session::Visitor;
use super::start::{Fields, desk, fields, handed};
use super::{App, Shared};
use crate::date;
use crate::italian::{count, slug_up_to};
use crate::pipeline::{self, Renewal, RunError};
use crate::renewal;

/// Names of bodies in an entry.
const MOST_NAMES: usize = 12;

/// The workbook of a next term.
pub struct NextTerm {
    renewal: Renewal,
    /// Name of the workbook that it comes from.
    from: String,
}

/// When the next term begins and how long it lasts: what follows from the present one, to be changed.
pub async fn page(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let term = renewal::NextTerm::after(desk.dossier()?, None, None);
    let made = visitor.session.as_ref().is_some_and(|session| session.work().renewed.is_some());
    let data = json!({
        "start": term.map(|term| term.start.to_string()),
        "years": term.map(|term| term.years),
        "end": desk.dossier()?.convention.scadenza.copied().map(date::long),
        "errors": desk.checked.summary().errors,
        "made": made,
        "can": !app.options.read_only && visitor.session.is_some(),
    });
    Ok(pages::page(Frame::new("Rinnovo", "/rinnovo", &app, &visitor), "rinnovo", &data))
}

/// Makes it.
pub async fn renew(State(app): State<Shared>, visitor: Visitor, form: Fields) -> Result<Response, Fault> {
    let fields = fields(form)?;
    let word = |name: &str| fields.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.trim());
    let wrong = |what: &str| Fault::Wrong(what.to_owned());
    let start = match word("decorrenza") {
        "" => None,
        given => {
            let day =
                NaiveDate::parse_from_str(given, "%Y-%m-%d").or_else(|_| NaiveDate::parse_from_str(given, "%d/%m/%Y"));
            Some(day.map_err(|_| wrong("La decorrenza non è una data: scriverla come 01/01/2030."))?)
        }
    };
    let years = match word("durata") {
        "" => None,
        given => {
            let years = given.parse().ok().filter(|years| (1..=99).contains(years));
            Some(years.ok_or_else(|| wrong("La durata deve essere un numero di anni, da 1 a 99."))?)
        }
    };
    let session = visitor.session.clone().ok_or(Fault::NoDesk)?;
    let desk = desk(&app, &visitor)?;
    desk.dossier()?;
    let made = move |_: &App| {
        let renewal = pipeline::renew(&desk.checked, &desk.bytes, start, years)?;
        Ok::<_, RunError>(NextTerm { renewal, from: desk.name.clone() })
    };
    let made = match work(&app, made).await? {
        Err(RunError::Argument(_)) => {
            return Err(wrong(
                "Il foglio non dice quando finisce o quanto dura la convenzione: scrivere decorrenza e durata.",
            ));
        }
        made => made?,
    };
    session.work().renewed = Some(Arc::new(made));
    Ok(go("/rinnovo/foglio-nuovo"))
}

fn last(visitor: &Visitor) -> Result<Arc<NextTerm>, Fault> {
    visitor.session.as_ref().and_then(|session| session.work().renewed.clone()).ok_or(Fault::Nothing)
}

/// What was done, what is to be checked.
pub async fn made(State(app): State<Shared>, visitor: Visitor) -> Result<Response, Fault> {
    let made = last(&visitor)?;
    let it = &made.renewal.renewed;
    let entries = |list: &[renewal::Entry]| -> Vec<Value> {
        let entry = |entry: &renewal::Entry| {
            json!({
                "text": entry.text,
                "names": entry.bodies.iter().take(MOST_NAMES).collect::<Vec<_>>(),
                "more": entry.bodies.len().saturating_sub(MOST_NAMES),
            })
        };
        list.iter().map(entry).collect()
    };
    let data = json!({
        "from": made.from,
        "term": format!("{} {}", date::after("dal", it.term.start), date::after("al", it.term.end)),
        "bodies": count(it.dossier.bodies.len(), "ente", "enti"),
        "deadlines": count(made.renewal.deadlines.len(), "scadenza", "scadenze"),
        "done": entries(&it.done),
        "to_check": entries(&it.to_check),
        "notes": renewal::NOTES,
    });
    let frame = Frame::new("Il foglio nuovo", "/rinnovo", &app, &visitor);
    Ok(pages::page(frame, "rinnovato", &data))
}

/// The workbook.
pub async fn workbook(visitor: Visitor) -> Result<Response, Fault> {
    let made = last(&visitor)?;
    let stem = slug_up_to(made.from.rsplit_once('.').map_or(made.from.as_str(), |(stem, _)| stem), 80);
    Ok(handed(&format!("{stem}-rinnovo.xlsx"), made.renewal.bytes.clone()))
}
