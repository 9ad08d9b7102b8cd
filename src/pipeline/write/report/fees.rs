//! The rows of money of the register: the computation of `fees`, body by body.

use rust_decimal::Decimal;

use crate::dossier::Dossier;
use crate::emit::register::{RegisterBody, RegisterFee, RegisterLine, RegisterParts, RegisterYear};
use crate::fees::details::{BodyDetails, FeeDetails, LineDetails, ServiceDetails, details};
use crate::italian::decimal;
use crate::money::Money;
use crate::place::Place;
use crate::schema::Choices;

/// A row a body that owes something, or whose fee could not be computed.
pub fn of(dossier: &Dossier) -> Vec<RegisterFee> {
    let all = details(dossier);
    all.bodies.iter().map(|body| fee(body, all.year, dossier)).collect()
}

fn fee(it: &BodyDetails, year: i32, dossier: &Dossier) -> RegisterFee {
    let body = dossier.find_body(&it.body).or_else(|| dossier.find_body(&it.name));
    let kind = body.and_then(|index| dossier.bodies.get(index)).and_then(|body| body.tipo.copied());
    let mut lines = it.fee.as_ref().map(fee_lines).unwrap_or_default();
    let part = format!("servizi {year}");
    lines.extend(it.services.iter().flat_map(|service| service_lines(&part, service)));
    let open = it.services.iter().filter(|service| service.open.is_some()).count();
    let mut notes = Vec::new();
    if it.unknown {
        notes.push("quota non calcolata: si vedano le segnalazioni".to_owned());
    }
    if let Some(part) = it.fee.as_ref().and_then(|fee| fee.by_union.as_ref()) {
        notes.push(format!("{}% a carico di «{}»", decimal(part.percent, 0), part.name));
    }
    if open > 0 {
        notes.push(format!("{} senza importo", crate::italian::count(open, "servizio", "servizi")));
    }
    RegisterFee {
        body: RegisterBody { code: it.body.as_str().into(), name: it.name.as_str().into() },
        kind: kind.map_or("", Choices::word).to_owned(),
        lines,
        parts: it.fee.as_ref().and_then(parts),
        years: it.fee.as_ref().map(years).unwrap_or_default(),
        services: (!it.services.is_empty()).then_some(it.services_total),
        note: notes.join("; "),
    }
}

/// The parts of a fee in which a Union has a hand.
fn parts(fee: &FeeDetails) -> Option<RegisterParts> {
    let has_parts = fee.by_union.is_some() || !fee.members.is_empty();
    has_parts.then(|| RegisterParts {
        own: fee.assessed,
        by_union: fee.by_union.as_ref().map_or(Money::ZERO, |part| part.yearly),
        for_members: fee.members.iter().map(|member| member.yearly).sum(),
    })
}

fn years(fee: &FeeDetails) -> Vec<RegisterYear> {
    fee.years.iter().map(|year| RegisterYear { from: year.from, to: year.to, net: year.net, vat: year.vat }).collect()
}

/// The lines of a fee: their sum is what the body pays in a full year.
fn fee_lines(fee: &FeeDetails) -> Vec<RegisterLine> {
    let mut lines: Vec<RegisterLine> = fee.lines.iter().map(|it| line("quota", it)).collect();
    let shared = |what: String, percent: Decimal, of: Money, amount: Money| RegisterLine {
        part: "quota".to_owned(),
        what,
        quantity: None,
        price: None,
        discount: None,
        amount: Some(amount),
        note: format!("{}% di {of}", decimal(percent, 0)),
        cells: String::new(),
    };
    if let Some(part) = &fee.by_union {
        let less = Money::ZERO - part.yearly;
        lines.push(shared(format!("paga «{}»", part.name), part.percent, fee.assessed, less));
    }
    for member in &fee.members {
        lines.push(shared(format!("per «{}»", member.name), member.percent, member.assessed, member.yearly));
    }
    lines
}

fn service_lines(part: &str, service: &ServiceDetails) -> Vec<RegisterLine> {
    let mut lines: Vec<RegisterLine> = service.lines.iter().map(|it| line(part, it)).collect();
    let reason = match service.open {
        Some(reason) => reason,
        None if lines.is_empty() => "incluso nella quota",
        None => return lines,
    };
    lines.push(RegisterLine {
        part: part.to_owned(),
        what: service.name.clone(),
        quantity: None,
        price: None,
        discount: None,
        amount: None,
        note: reason.to_owned(),
        cells: cells(&service.places),
    });
    lines
}

fn line(part: &str, it: &LineDetails) -> RegisterLine {
    RegisterLine {
        part: part.to_owned(),
        what: it.description.clone(),
        quantity: Some(Decimal::from(it.quantity)),
        price: it.price,
        discount: Some(it.discount).filter(|discount| !discount.is_zero()),
        amount: Some(it.amount),
        // What no product of the columns gives.
        note: if it.share.is_some() { it.working.clone() } else { String::new() },
        cells: cells(&it.places),
    }
}

fn cells(places: &[Place]) -> String {
    places.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
