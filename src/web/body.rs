//! One body: its acts, how its fee is reckoned, its services, what is missing, what the checks say of it.

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::Shared;
use super::bodies::role;
use super::findings::shown;
use super::pages::{self, Frame};
use super::reply::Fault;
use super::session::Visitor;
use super::start::desk;
use crate::date;
use crate::dossier::Dossier;
use crate::fees::details::{self, BodyDetails, LineDetails};
use crate::italian::{capitalize, decimal};
use crate::pipeline;
use crate::rule;
use crate::schema::Choices;

/// A body.
pub async fn page(State(app): State<Shared>, visitor: Visitor, Path(index): Path<String>) -> Result<Response, Fault> {
    let desk = desk(&app, &visitor)?;
    let dossier = desk.dossier()?;
    let index: usize = index.parse().map_err(|_| Fault::Nothing)?;
    let body = dossier.bodies.get(index).ok_or(Fault::Nothing)?;
    let acts: Vec<Value> = pipeline::acts_of(&desk.checked, &app.options.library, index)
        .into_iter()
        .map(|act| {
            json!({
                "stem": act.stem,
                "words": capitalize(act.assignment.kind.italian()),
                "service": act.service,
                "reasons": act.reasons.iter().map(|code| reason(code)).collect::<Vec<_>>(),
            })
        })
        .collect();
    let details = details::details(dossier);
    let owed = details.bodies.iter().find(|owed| !body.code().is_empty() && owed.body == body.code());
    let is_its = |code: &Option<String>| code.as_deref().is_some_and(|code| code == body.code() && !code.is_empty());
    let findings: Vec<_> = desk
        .checked
        .diagnostics
        .iter()
        .filter(|found| is_its(&found.body))
        .map(|found| shown(found, &desk, false))
        .collect();
    let missing: Vec<Value> = pipeline::missing(&desk.checked)
        .into_iter()
        .filter(|it| it.body.code == body.code() && !body.code().is_empty())
        .map(|it| json!({ "cell": format!("{}!{}", it.sheet, it.cell), "column": it.column, "meaning": it.meaning, "hint": it.hint }))
        .collect();
    let standing = pipeline::standings(&desk.checked).get(&index).map(|it| it.italian());
    let data = json!({
        "index": index,
        "name": body.name(),
        "code": body.code(),
        "kind": body.tipo.copied().map_or("", Choices::word),
        "role": role(dossier, index, body),
        "standing": standing,
        "facts": facts(dossier, index),
        "acts": acts,
        "fee": owed.map(|owed| fee(owed, details.year)),
        "services": services(dossier, index),
        "missing": missing,
        "findings": findings,
    });
    let frame = Frame::new(body.name(), "/enti", &app, &visitor);
    Ok(pages::page(frame, "ente", &data))
}

/// A reason to withhold an act: its rule.
pub fn reason(code: &str) -> Value {
    json!({ "code": code, "title": rule::find(code).map_or("", |rule| rule.title) })
}

/// What the sheet says of a body, in short.
fn facts(dossier: &Dossier, index: usize) -> Vec<Value> {
    let Some(body) = dossier.bodies.get(index) else { return Vec::new() };
    let inhabitants = body.abitanti.copied().map(crate::italian::grouped).unwrap_or_default();
    let cap = body.cap.get().map(ToString::to_string);
    let seat = [body.indirizzo.text(), cap.as_deref(), body.comune.text()];
    let seat = seat.into_iter().flatten().collect::<Vec<_>>().join(", ");
    let deliberation = dossier.adhesion_of(body).map(|act| {
        let number = act.numero.text().unwrap_or("senza numero");
        let day = act.data.copied().map(date::short).unwrap_or_default();
        format!("{number} {day}").trim().to_owned()
    });
    let code = body.codice_fiscale.get().map(ToString::to_string).unwrap_or_default();
    let pec = body.pec.get().map(ToString::to_string).unwrap_or_default();
    let signer = [body.carica.text(), body.rappresentante.text()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    [
        ("Codice", body.code().to_owned()),
        ("Codice fiscale", code),
        ("Sede", seat),
        ("PEC", pec),
        ("Abitanti", inhabitants),
        ("Firma", signer),
        ("Deliberazione", deliberation.unwrap_or_default()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .map(|(words, value)| json!({ "words": words, "value": value }))
    .collect()
}

fn line(line: &LineDetails) -> Value {
    let places: Vec<String> = line.places.iter().map(ToString::to_string).collect();
    json!({
        "what": line.description, "working": line.working, "sum": line.amount.to_string(), "places": places.join(", "),
    })
}

fn plain(what: String, working: String, sum: String) -> Value {
    json!({ "what": what, "working": working, "sum": sum, "places": "" })
}

/// How the sums come about: lines, then totals.
fn fee(owed: &BodyDetails, year: i32) -> Value {
    let mut lines = Vec::new();
    let mut totals = Vec::new();
    if let Some(fee) = &owed.fee {
        lines.extend(fee.lines.iter().map(line));
        if let Some(part) = &fee.by_union {
            let working = format!("{}% di {}", decimal(part.percent, 0), fee.assessed);
            lines.push(plain(format!("paga «{}»", part.name), working, format!("− {}", part.yearly)));
        }
        for member in &fee.members {
            let working = format!("{}% di {}", decimal(member.percent, 0), member.assessed);
            lines.push(plain(format!("per «{}»", member.name), working, member.yearly.to_string()));
        }
        totals.push(plain("Quota annua".to_owned(), String::new(), fee.yearly.to_string()));
        if !fee.yearly_vat.is_zero() {
            totals.push(plain("IVA sulla quota annua".to_owned(), String::new(), fee.yearly_vat.to_string()));
        }
        let term = fee.years.first().zip(fee.years.last());
        let term = term.map(|(first, last)| format!("dal {} al {}", date::short(first.from), date::short(last.to)));
        totals.push(plain("Totale della durata".to_owned(), term.unwrap_or_default(), fee.total.to_string()));
    }
    let services: Vec<Value> = owed
        .services
        .iter()
        .flat_map(|service| {
            let open = service.open.map(|open| plain(service.name.clone(), open.to_owned(), String::new()));
            service.lines.iter().map(line).chain(open)
        })
        .collect();
    json!({
        "unknown": owed.unknown,
        "lines": lines,
        "totals": totals,
        "services": services,
        "services_total": owed.services_total.to_string(),
        "year": year,
    })
}

/// The services of a body, and where each stands.
fn services(dossier: &Dossier, index: usize) -> Vec<Value> {
    dossier
        .subscriptions_of(index)
        .iter()
        .map(|it| {
            let service = dossier.services.get(it.service);
            json!({
                "name": service.and_then(|service| service.nome.text().or(service.codice.text())).unwrap_or_default(),
                "state": it.state.italian(),
                "since": it.since.map(date::short).unwrap_or_default(),
                "until": it.until.map(date::short).unwrap_or_default(),
                "quantity": it.quantity,
            })
        })
        .collect()
}
