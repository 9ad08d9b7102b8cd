//! The whole computation set out for people: body by body, line by line, with the cells, and totals that are the sums of
//! their parts. Read by `controlla --dettaglio-quote`; the JSON form is `scrivano/fees/1`.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Serialize;

use super::payers;
use crate::dossier::{Body, Charge, Contribution, Dossier, Item, Line, Share, Span};
use crate::model::Criterion;
use crate::money::Money;
use crate::place::Place;

/// All fees and charges of a workbook.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Details {
    /// `scrivano/fees/1`.
    pub schema: &'static str,
    /// The model's criterion, as `model.toml` writes it.
    pub criterion: &'static str,
    /// The year whose services are counted.
    pub year: i32,
    /// Bodies that owe something, or whose fee could not be computed, in the order of the sheet.
    pub bodies: Vec<BodyDetails>,
    /// The sums of all bodies.
    pub totals: Totals,
}

/// What a body owes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BodyDetails {
    /// Code.
    pub body: String,
    /// Name.
    pub name: String,
    /// The adhesion fee; `None` where it could not be computed, or none is due.
    pub fee: Option<FeeDetails>,
    /// True where a fee is due and could not be computed: a finding says why.
    pub unknown: bool,
    /// Services of the year.
    pub services: Vec<ServiceDetails>,
    /// Sum of the services.
    pub services_total: Money,
}

/// The computation of an adhesion fee.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FeeDetails {
    /// How the own fee of a full year comes about.
    pub lines: Vec<LineDetails>,
    /// Their sum.
    pub assessed: Money,
    /// What of it the Union pays.
    pub by_union: Option<UnionDetails>,
    /// What the body pays for its members.
    pub members: Vec<MemberDetails>,
    /// What the body pays in a full year, without VAT.
    pub yearly: Money,
    /// VAT on it.
    pub yearly_vat: Money,
    /// What it pays by contract year.
    pub years: Vec<YearDetails>,
    /// What it pays over the term, without VAT.
    pub total: Money,
    /// VAT on it.
    pub total_vat: Money,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LineDetails {
    /// What is counted.
    pub item: Item,
    /// The same in Italian.
    pub description: String,
    /// How many.
    pub quantity: u64,
    /// Euro for each; `null` where the amount is a share.
    pub price: Option<Decimal>,
    /// What the amount is a share of, where it is one.
    pub share: Option<Share>,
    /// The part of the year that it is charged for; `null` for the whole year.
    pub span: Option<Span>,
    /// Discount in hundredths.
    pub discount: Decimal,
    /// Amount.
    pub amount: Money,
    /// Where the figures come from.
    pub places: Vec<Place>,
    /// "4.151 × € 0,44".
    #[serde(skip)]
    pub working: String,
}

/// The part that a Union pays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnionDetails {
    /// Code of the Union.
    pub body: String,
    /// Its name.
    pub name: String,
    /// In hundredths.
    pub percent: Decimal,
    /// Of a full year.
    pub yearly: Money,
}

/// What is paid for a member.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberDetails {
    /// Code of the member.
    pub body: String,
    /// Its name.
    pub name: String,
    /// In hundredths.
    pub percent: Decimal,
    /// The member's fee of a full year.
    pub assessed: Money,
    /// What of it is paid for the member.
    pub yearly: Money,
}

/// A contract year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearDetails {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Without VAT.
    pub net: Money,
    /// VAT.
    pub vat: Money,
}

/// A service of the year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServiceDetails {
    /// Code of the service.
    pub service: String,
    /// Its name.
    pub name: String,
    /// The computation.
    pub lines: Vec<LineDetails>,
    /// Their sum.
    pub amount: Money,
    /// Why the sum is not known, in Italian.
    pub open: Option<&'static str>,
    /// The requests.
    pub places: Vec<Place>,
}

/// Sums of all bodies.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Totals {
    /// Bodies with a fee.
    pub bodies: usize,
    /// Bodies whose fee could not be computed.
    pub unknown: usize,
    /// Own fees of a full year, whoever pays them.
    pub assessed: Money,
    /// What is paid in a full year: the same sum, unless years differ (agreements).
    pub yearly: Money,
    /// VAT on it.
    pub yearly_vat: Money,
    /// What is paid over the term, without VAT.
    pub total: Money,
    /// VAT on it.
    pub total_vat: Money,
    /// Services of the year.
    pub services: Money,
    /// Services whose price is not known.
    pub services_open: usize,
}

/// Sets out the fees of a dossier whose contributions and charges have been computed.
pub fn details(dossier: &Dossier) -> Details {
    let charged = payers::charged(dossier);
    let needs_fee = |index: &usize| match dossier.model.quota.criterio {
        Criterion::Nessuna | Criterion::Stanziamento => false,
        _ => charged.contains(index),
    };
    let mut bodies = Vec::new();
    let mut totals = Totals::default();
    for (index, body) in dossier.bodies.iter().enumerate() {
        let contribution = dossier.contribution(index);
        let charges = dossier.charges.get(index).map_or(&[][..], Vec::as_slice);
        let unknown = contribution.is_none() && needs_fee(&index);
        if contribution.is_none() && !unknown && charges.is_empty() {
            continue;
        }
        let fee = contribution.map(|owed| fee(dossier, owed));
        let services: Vec<ServiceDetails> = charges.iter().map(|charge| service(dossier, charge)).collect();
        let services_total = services.iter().map(|service| service.amount).sum();
        totals.unknown += usize::from(unknown);
        totals.services = totals.services + services_total;
        totals.services_open += services.iter().filter(|service| service.open.is_some()).count();
        if let Some(fee) = &fee {
            totals.bodies += 1;
            totals.assessed = totals.assessed + fee.assessed;
            totals.yearly = totals.yearly + fee.yearly;
            totals.yearly_vat = totals.yearly_vat + fee.yearly_vat;
            totals.total = totals.total + fee.total;
            totals.total_vat = totals.total_vat + fee.total_vat;
        }
        bodies.push(BodyDetails {
            body: body.code().to_owned(),
            name: body.name().to_owned(),
            fee,
            unknown,
            services,
            services_total,
        });
    }
    Details {
        schema: "scrivano/fees/1",
        criterion: dossier.model.quota.criterio.slug(),
        year: dossier.reference_year(),
        bodies,
        totals,
    }
}

fn fee(dossier: &Dossier, owed: &Contribution) -> FeeDetails {
    let named = |index: usize| {
        let body = dossier.bodies.get(index);
        (body.map_or("", Body::code).to_owned(), body.map_or("", Body::name).to_owned())
    };
    FeeDetails {
        lines: owed.lines.iter().map(line).collect(),
        assessed: owed.assessed(),
        by_union: owed.by_union.as_ref().map(|part| {
            let (body, name) = named(part.union);
            UnionDetails { body, name, percent: part.percent, yearly: part.yearly }
        }),
        members: owed
            .for_members
            .iter()
            .map(|member| {
                let (body, name) = named(member.body);
                MemberDetails { body, name, percent: member.percent, assessed: member.assessed, yearly: member.yearly }
            })
            .collect(),
        yearly: owed.yearly(),
        yearly_vat: owed.yearly_vat(),
        years: owed
            .years
            .iter()
            .map(|year| YearDetails { from: year.from, to: year.to, net: year.net, vat: year.vat })
            .collect(),
        total: owed.total(),
        total_vat: owed.total_gross() - owed.total(),
    }
}

fn line(line: &Line) -> LineDetails {
    LineDetails {
        item: line.item,
        description: line.what.clone(),
        quantity: line.quantity,
        price: line.price,
        share: line.share,
        span: line.span,
        discount: line.discount,
        amount: line.amount,
        places: line.places.clone(),
        working: line.working(),
    }
}

fn service(dossier: &Dossier, charge: &Charge) -> ServiceDetails {
    let it = dossier.services.get(charge.service);
    let text = |field: Option<&str>| field.unwrap_or_default().to_owned();
    ServiceDetails {
        service: text(it.and_then(|it| it.codice.text())),
        name: text(it.and_then(|it| it.nome.text().or(it.codice.text()))),
        lines: charge.lines.iter().map(line).collect(),
        amount: charge.amount(),
        open: charge.open,
        places: charge.places.clone(),
    }
}
