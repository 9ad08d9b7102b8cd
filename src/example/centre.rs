//! A centre with its lead body and its adherents, as parameters: one builder for the examples that differ by these
//! alone. Used by the examples of the centres.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::act::{Progress, deliberation, session};
use super::case::{Case, Record};
use super::fee::{Band, Fee, band};
use super::member::Member;
use super::offer::Offer;
use super::people::Person;
use super::{Example, account};
use crate::date::term_end;
use crate::gazetteer::{Comune, Gazetteer};
use crate::money::Money;
use crate::schema::{
    BillKind, BodyKind, Choices, DeliberationSubject, Extension, Form, Mode, RequestKind, Signing, Stage, Unit,
    VatRegime,
};

/// Employees of a body who may have services by name: the heads of service and the delegate.
const RECIPIENTS: usize = 3;

/// A body that is not in the national list: code, kind, name, the Comune of its seat.
pub type Other = (&'static str, BodyKind, &'static str, &'static str);

/// The terms of the convention.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// One act with each body, or one with all.
    pub form: Form,
    /// Years from 1 January 2026.
    pub years: u32,
    /// What happens at the end.
    pub extension: Extension,
    /// Days of notice of withdrawal.
    pub notice: u64,
    /// Fundamental functions are shared.
    pub fundamental: bool,
    /// How the functions are shared.
    pub mode: Mode,
    /// Seat of the centre.
    pub seat: &'static str,
    /// Place of signature.
    pub place: &'static str,
    /// VAT rate in hundredths, with split payment; outside the scope of VAT where there is none.
    pub vat: Option<i64>,
}

/// What a body does with a service.
#[derive(Debug, Clone, Copy)]
pub enum Life {
    /// Asks for it now, in this quantity.
    Asked(u64),
    /// Has had it since the year before, and confirms it.
    Confirmed(u64),
    /// Has had it since the year before, and gives it up for this reason.
    GivenUp(u64, &'static str),
}

/// A body, by its position among the adherents, and what it does with a service.
pub type Wish = (usize, &'static str, Life);

/// A centre.
#[derive(Debug, Clone)]
pub struct Centre {
    /// The model.
    pub model: &'static str,
    /// Title of the convention.
    pub title: &'static str,
    /// The lead body.
    pub lead: Member,
    /// The bodies that adhere, in the order of the sheet.
    pub adherents: Vec<Member>,
    /// Terms of the convention.
    pub terms: Terms,
    /// The fee.
    pub fee: Fee,
    /// Tables of the prices that go by size of body.
    pub prices: Vec<Band>,
    /// The catalogue.
    pub offers: Vec<Offer>,
    /// Requests for services.
    pub wishes: &'static [Wish],
    /// What the delegate of a body is called.
    pub delegate: &'static str,
    /// Telephone prefix of the contacts.
    pub prefix: &'static str,
    /// One adherent in so many has named its people; those that ask for services always.
    pub named_every: usize,
    /// Notes of the workbook.
    pub notes: Vec<String>,
}

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The Comuni of a province that exist, in order of ISTAT code.
pub fn comuni(sign: &str) -> Vec<&'static Comune> {
    Gazetteer::get().all().iter().filter(|comune| comune.sigla == sign && comune.exists()).collect()
}

/// The `count` most populous of some Comuni, in order of ISTAT code.
pub fn most_populous(mut comuni: Vec<&'static Comune>, count: usize) -> Vec<&'static Comune> {
    comuni.sort_by_key(|comune| Reverse(comune.popolazione_2023));
    comuni.truncate(count);
    comuni.sort_by(|a, b| a.codice_istat.cmp(&b.codice_istat));
    comuni
}

/// The adherents: Comuni of the list, save the one that leads, then other bodies.
pub fn adherents(lead: &Member, comuni: Vec<&'static Comune>, others: &[Other]) -> Vec<Member> {
    let (list, base) = (Gazetteer::get(), lead.index);
    let mut bodies: Vec<Member> = Vec::new();
    for comune in comuni.into_iter().filter(|comune| lead.comune != Some(*comune)) {
        bodies.push(Member::of_comune(comune, base + 1 + bodies.len(), bodies.len() % 7 != 5));
    }
    for (number, (code, kind, name, town)) in (1..).zip(others) {
        let Some(town) = list.find(town, None) else { continue };
        let street = format!("Via del Municipio, {number}");
        let seat = [street.as_str(), town.cap.as_str(), town.nome.as_str(), town.sigla.as_str()];
        let mut body = Member::invented(code, *kind, name, seat, base + 1 + bodies.len());
        body.rejoining = bodies.len() % 7 != 5;
        if *kind == BodyKind::Provincia {
            // Those of the examples have fewer than 300,000 inhabitants (L. 56/2014, art. 1, c. 67).
            body = body.with_councillors(10);
        }
        bodies.push(body);
    }
    bodies
}

/// The Comune with this name leads.
pub fn leading_comune(name: &str, base: usize) -> Option<Member> {
    Gazetteer::get().find(name, None).map(|comune| Member::of_comune(comune, base, true).leading())
}

/// Makes some Comuni adhere through a Union, which pays `share` hundredths of their fees.
pub fn through(bodies: &mut [Member], union: &'static str, share: u64, comuni: &[&str]) {
    let is_one = |body: &&mut Member| body.comune.is_some_and(|comune| comuni.contains(&comune.nome.as_str()));
    for body in bodies.iter_mut().filter(is_one) {
        body.union = Some((union, share));
    }
}

/// Two thirds have voted, half of these with immediate effect.
fn progress(body: &Member) -> Progress {
    match session(body.index) {
        Some(day) if body.index % 6 < 2 => Progress::VotedAtOnce(day),
        Some(day) if body.index % 6 < 4 => Progress::Voted(day),
        _ => Progress::Proposed,
    }
}

impl Centre {
    /// The whole workbook.
    pub fn example(self) -> Example {
        let mut case = Case::new();
        case.add("Convenzione", [self.convention()]);
        case.add("Enti", [&self.lead].into_iter().chain(&self.adherents).map(Member::record));
        let scheme = day(2025, 11, 20).map_or(Progress::Proposed, Progress::VotedAtOnce);
        case.add("Deliberazioni", [deliberation(&self.lead, DeliberationSubject::Schema, scheme, None)]);
        case.add(
            "Deliberazioni",
            self.adherents.iter().filter(|body| body.union.is_none()).map(|it| self.adhesion(it)),
        );
        case.add("Servizi", self.offers.iter().map(Offer::record));
        case.add("Fasce", self.fee.tables());
        case.add(
            "Fasce",
            self.prices.iter().map(|(table, from, to, euro)| band(table, *from, *to, Decimal::from(*euro))),
        );
        for wish in self.wishes {
            self.ask(wish, &mut case);
        }
        let names = |position: usize| {
            position.is_multiple_of(self.named_every) || self.wishes.iter().any(|wish| wish.0 == position)
        };
        let named = self.adherents.iter().enumerate().filter(|(position, _)| names(*position));
        case.add("Incarichi", named.flat_map(|(_, body)| self.posts(body)));
        // Where invoices are sent the payers have told their references.
        let payers = self.adherents.iter().filter(|body| self.terms.vat.is_some() && body.union.is_none());
        case.add("Fatture", payers.map(|body| self.reference(body)));
        case.finish(&[], self.notes)
    }

    /// The sheet `Convenzione`.
    fn convention(&self) -> Record {
        let terms = &self.terms;
        let start = day(2026, 1, 1);
        let regime = if terms.vat.is_some() { VatRegime::Imponibile } else { VatRegime::FuoriCampo };
        Record::new()
            .with("modello", self.model)
            .with("titolo", self.title)
            .with("tipo", terms.form.word())
            .with("fase", Stage::Schema.word())
            .with("capofila", self.lead.code.as_str())
            .with("decorrenza", start)
            .with("durata_anni", u64::from(terms.years))
            .with("scadenza", start.and_then(|start| term_end(start, terms.years)))
            .with("rinnovo", terms.extension.word())
            .with("recesso_preavviso_giorni", terms.notice)
            .with("recesso_dal_anno", 1_u64)
            .with("funzioni_fondamentali", terms.fundamental)
            .with("forma", terms.mode.word())
            .with("sede", terms.seat)
            .with("luogo_firma", terms.place)
            .with("firma", Signing::Digitale.word())
            .with("regime_iva", regime.word())
            .with("aliquota_iva", terms.vat.map(Decimal::from))
            .with("scissione_pagamenti", terms.vat.is_some())
            .with("importo_totale", self.fee.total(&self.adherents).times(terms.years).decimal())
            .with("anno", 2026_u64)
    }

    /// The row of an invoice to issue: what the payer has told of its spending.
    fn reference(&self, body: &Member) -> Record {
        Record::new()
            .with("ente", body.code.as_str())
            .with("anno", 2026_u64)
            .with("tipo", BillKind::Fattura.word())
            .with("cig", account::cig(body.index))
            .with("determina_numero", format!("{}/2026", 10 + body.index % 90))
            .with("determina_data", day(2026, 1, 7 + u32::try_from(body.index % 15).unwrap_or_default()))
    }

    /// What a body commits for a year, VAT included: its own fee, and what it pays for its members.
    fn spending(&self, body: &Member) -> Money {
        let fee = |body: &Member| self.fee.yearly(body, &self.adherents);
        let paid_for = |member: &Member| {
            let (_, share) = member.union.filter(|(union, _)| *union == body.code)?;
            Some(fee(member).percent(Decimal::from(share)))
        };
        let net = fee(body) + self.adherents.iter().filter_map(paid_for).sum();
        net + net.percent(Decimal::from(self.terms.vat.unwrap_or(0)))
    }

    fn adhesion(&self, body: &Member) -> Record {
        let subject = if body.rejoining { DeliberationSubject::Rinnovo } else { DeliberationSubject::Adesione };
        deliberation(body, subject, progress(body), Some(self.spending(body)))
    }

    /// The rows of a wish in `Richieste` and `Beneficiari`.
    fn ask(&self, (position, code, life): &Wish, case: &mut Case) {
        let body = self.adherents.get(*position);
        let offer = self.offers.iter().find(|offer| offer.code == *code);
        let Some((body, offer)) = body.zip(offer) else { return };
        let quantity = |stated: u64| match offer.unit {
            Some(Unit::Postazione) => body.workstations.unwrap_or(stated),
            _ => stated,
        };
        let row = |kind: RequestKind, day: Option<NaiveDate>, stated: u64| {
            let row = Record::new().with("ente", body.code.as_str()).with("servizio", *code);
            row.with("tipo", kind.word()).with("data", day).with("quantita", quantity(stated))
        };
        let (now, before) = (day(2026, 1, 12), day(2025, 3, 10));
        let rows = match life {
            Life::Asked(count) => vec![row(RequestKind::Attivazione, now, *count)],
            Life::Confirmed(count) => {
                vec![row(RequestKind::Attivazione, before, *count), row(RequestKind::Conferma, day(2026, 1, 9), *count)]
            }
            Life::GivenUp(count, reason) => vec![
                row(RequestKind::Attivazione, before, *count),
                row(RequestKind::Disdetta, day(2026, 1, 8), *count).with("motivo", *reason),
            ],
        };
        case.add("Richieste", rows);
        if let (true, Life::Asked(count) | Life::Confirmed(count) | Life::GivenUp(count, _)) = (offer.named, life) {
            case.add("Beneficiari", (0..*count).map(|number| self.recipient(body, code, number)));
        }
    }

    /// The `number`-th employee who is to have a service, of [`RECIPIENTS`]; those of a Union work for its members.
    fn recipient(&self, body: &Member, code: &str, number: u64) -> Record {
        let number = usize::try_from(number).unwrap_or_default();
        let members: Vec<&Member> =
            self.adherents.iter().filter(|member| member.union.is_some_and(|(union, _)| union == body.code)).collect();
        let person = body.person(2 + number % RECIPIENTS);
        let works_at = members.get(number % members.len().max(1)).map_or(body, |member| *member);
        Record::new()
            .with("ente", body.code.as_str())
            .with("servizio", code)
            .with("nome", person.name)
            .with("cognome", person.surname)
            .with("sede_lavoro", works_at.name.as_str())
    }

    /// The contact of a body and its delegate, who is the one that the deliberation appoints.
    fn posts(&self, body: &Member) -> [Record; 2] {
        let site = body.code.replace('_', "-");
        let number = body.index % 1_000;
        let post = |role: &str, person: Person, office: &str, last: usize, mailbox: &str| {
            Record::new()
                .with("ente", body.code.as_str())
                .with("ruolo", role)
                .with("nome", person.name)
                .with("cognome", person.surname)
                .with("ufficio", office)
                .with("telefono", format!("{} 00{:04}", self.prefix, number * 10 + last))
                .with("email", format!("{mailbox}@{site}.example"))
        };
        [
            post("referente", body.person(2), "Servizi informatici", 1, "servizi.informatici"),
            post(self.delegate, body.delegate(), "Segreteria", 2, "segreteria"),
        ]
    }
}
