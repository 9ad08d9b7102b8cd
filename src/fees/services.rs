//! What the services that a body has asked for cost in a year (sheets `Servizi` and `Richieste`).
//!
//! Decisions. A yearly service is charged for the whole of every calendar year in which it is active, from that of its
//! activation; a withdrawal has effect on the 1 January that follows it, or on the next one where the notice of the
//! service was not kept. What is consumed (hours, releases) and one-off services are charged in the year they are asked
//! for, as is the cost of activation. A confirmation that states a quantity sets it. A request without a day counts as of
//! the year in question. `importo` and the tables are list prices: the column `sconto` of the table is the discount of
//! the bodies of the convention, the others (`esterno`) pay the list price. Prices are without VAT: its regime is that of
//! each service.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::bands::{self, Pick, Table};
use super::{NOTHING, spot, table};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Charge, Dossier, Item, Line, Request, Service, notice_effect};
use crate::italian::{fold, nearest};
use crate::money::Money;
use crate::place::Place;
use crate::schema::{Pricing, RequestKind, Role, Unit};

/// The requests of a body for a service, in the order of the sheet.
type Requests<'d> = BTreeMap<(usize, usize), Vec<&'d Request>>;

/// What each body is charged for services in `year`, in the order of `dossier.bodies`, by service in the order of the
/// catalogue. Requests that name an unknown body or service are left out: other rules tell them.
pub fn charges(dossier: &Dossier, year: i32) -> Vec<Vec<Charge>> {
    let tables = bands::tables(&dossier.bands);
    let mut all = vec![Vec::new(); dossier.bodies.len()];
    for ((index, number), requests) in requests(dossier) {
        let Some((body, service)) = dossier.bodies.get(index).zip(dossier.services.get(number)) else { continue };
        let recipients = || {
            let is_of = |name: Option<&str>| name.and_then(|name| dossier.find_body(name)) == Some(index);
            let rows = dossier.recipients.iter();
            rows.filter(|row| is_of(row.ente.text()) && is_called(service, row.servizio.text())).count() as u64
        };
        let charge = Asked { body, service, notice: dossier.notice_days(service), requests: &requests, year }
            .charge(number, &tables, recipients);
        if let (Some(list), Some(charge)) = (all.get_mut(index), charge) {
            list.push(charge);
        }
    }
    all
}

fn requests(dossier: &Dossier) -> Requests<'_> {
    let mut bodies: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut all: Requests<'_> = BTreeMap::new();
    for request in &dossier.requests {
        let body = request.ente.text().and_then(|name| *bodies.entry(name).or_insert_with(|| dossier.find_body(name)));
        let service = dossier.services.iter().position(|service| is_called(service, request.servizio.text()));
        if let Some(key) = body.zip(service) {
            all.entry(key).or_default().push(request);
        }
    }
    all
}

/// True where `reference` is the code or the name of the service.
fn is_called(service: &Service, reference: Option<&str>) -> bool {
    let wanted = reference.map(fold);
    [&service.codice, &service.nome].into_iter().any(|field| wanted.is_some() && field.text().map(fold) == wanted)
}

/// The inhabitants of the bodies that ask for a service with a table, by folded name of the table.
pub fn served(dossier: &Dossier) -> BTreeMap<String, Vec<u64>> {
    let mut served: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (body, service) in requests(dossier).into_keys() {
        let Some((body, service)) = dossier.bodies.get(body).zip(dossier.services.get(service)) else { continue };
        if let Some((name, inhabitants)) = service.tabella.text().zip(body.abitanti.copied()) {
            served.entry(fold(name)).or_default().push(inhabitants);
        }
    }
    served
}

/// FEE-01: tables that services name and `Fasce` does not have.
pub fn missing_tables(dossier: &Dossier, tables: &[Table<'_>]) -> Vec<Diagnostic> {
    let named = dossier.services.iter().filter_map(|service| Some((service, service.tabella.text()?)));
    let missing = named.filter(|(_, name)| table(tables, name).is_none());
    missing
        .map(|(service, name)| {
            let what = service.nome.text().or(service.codice.text()).unwrap_or("(servizio senza nome)");
            let message = format!("il prezzo di «{what}» è nella tabella «{name}», che il foglio «Fasce» non ha");
            let hint = match nearest(name, tables.iter().map(|table| table.name)) {
                Some(near) => format!("forse si voleva «{near}»"),
                None => "aggiungere le righe della tabella, o svuotare la cella".to_owned(),
            };
            Diagnostic::new("FEE-01", spot(&service.tabella, &service.place), message).hint(hint)
        })
        .collect()
}

/// What a body has asked of a service.
struct Asked<'d> {
    body: &'d Body,
    service: &'d Service,
    /// Days of notice to give it up.
    notice: u64,
    requests: &'d [&'d Request],
    year: i32,
}

/// Where a service stands in the year.
#[derive(Default)]
struct Standing {
    active: bool,
    /// Stated quantity; `None` where no request states one.
    quantity: Option<u64>,
    /// Activations of the year, and the quantity that they state.
    started: u64,
    consumed: Option<u64>,
}

impl Asked<'_> {
    /// The charge of the year; `None` where the service is not active in it.
    fn charge(&self, number: usize, tables: &[Table<'_>], recipients: impl Fn() -> u64) -> Option<Charge> {
        let standing = self.standing();
        let it = self.service;
        let unit = it.unita.copied().unwrap_or(Unit::Ente);
        let once = it.una_tantum.is(true) || matches!(unit, Unit::Ora | Unit::Rilascio);
        if !(standing.started > 0 || standing.active && (!once || it.assistenza_annua.get().is_some())) {
            return None;
        }
        let places = self.requests.iter().map(|request| spot(&request.servizio, &request.place)).collect();
        let stated = if once { standing.consumed } else { standing.quantity };
        let quantity = match unit {
            Unit::Abitante => self.body.abitanti.copied(),
            Unit::Postazione => stated.or(self.body.postazioni.copied()),
            Unit::Rilascio => stated.or(Some(recipients()).filter(|count| *count > 0)),
            Unit::Ora => stated,
            Unit::Ente | Unit::Fascia => stated.or(Some(1)),
        };
        let mut charge =
            Charge { service: number, quantity: quantity.unwrap_or(0), lines: Vec::new(), open: None, places };
        if it.modalita.is(Pricing::Incluso) {
            return Some(charge);
        }
        let name = it.nome.text().or(it.codice.text()).unwrap_or("servizio");
        if !once || standing.started > 0 {
            match self.price(tables).and_then(|price| Ok((price, quantity.ok_or(missing_quantity(unit))?))) {
                Ok(((price, discount, cells), quantity)) => match Line::priced(quantity, price, discount) {
                    Some(amount) => charge.lines.push(Line {
                        item: Item::Service,
                        what: name.to_owned(),
                        quantity,
                        price: Some(price),
                        discount,
                        amount,
                        places: cells,
                    }),
                    None => charge.open = Some("importo fuori misura"),
                },
                Err(reason) => charge.open = Some(reason),
            }
        }
        let mut sum = |item, what: String, field: &crate::dossier::Field<Decimal>| {
            let Some((price, amount)) = field.copied().and_then(|price| Some((price, Money::checked(price)?))) else {
                return;
            };
            let places = vec![spot(field, &it.place)];
            charge.lines.push(Line { item, what, quantity: 1, price: Some(price), discount: NOTHING, amount, places });
        };
        if standing.started > 0 {
            sum(Item::Activation, format!("attivazione di «{name}»"), &it.attivazione);
        }
        sum(Item::Support, format!("assistenza annua di «{name}»"), &it.assistenza_annua);
        Some(charge)
    }

    /// Goes through the requests in order of the day from which they have effect.
    fn standing(&self) -> Standing {
        let end = NaiveDate::from_ymd_opt(self.year, 12, 31).unwrap_or(NaiveDate::MAX);
        let start = NaiveDate::from_ymd_opt(self.year, 1, 1).unwrap_or(NaiveDate::MIN);
        let mut events: Vec<(NaiveDate, u32, &Request)> = Vec::new();
        for request in self.requests {
            let is_end = request.tipo.is(RequestKind::Disdetta);
            let day = match request.data.copied() {
                Some(day) if is_end => notice_effect(day, self.notice),
                // Given in the year in question, it has effect after it.
                None if is_end => None,
                None => Some(start),
                day => day,
            };
            events.extend(day.filter(|day| *day <= end).map(|day| (day, request.row, *request)));
        }
        events.sort_by_key(|(day, row, _)| (*day, *row));
        let mut standing = Standing::default();
        for (day, _, request) in events {
            let stated = request.quantita.copied();
            match request.tipo.copied().unwrap_or(RequestKind::Attivazione) {
                RequestKind::Attivazione => {
                    if day.year() == self.year {
                        standing.consumed = added(standing.consumed, stated);
                        standing.started += u64::from(!standing.active || standing.started > 0);
                    }
                    standing.quantity = if standing.active { added(standing.quantity, stated) } else { stated };
                    standing.active = true;
                }
                RequestKind::Conferma => {
                    standing.active = true;
                    standing.quantity = stated.or(standing.quantity);
                }
                RequestKind::Disdetta => match (stated, standing.quantity) {
                    (Some(fewer), Some(all)) if fewer < all => standing.quantity = Some(all - fewer),
                    _ => (standing.active, standing.quantity) = (false, None),
                },
            }
        }
        standing
    }

    /// Price of one before discount, the discount of this body, and their cells; or why it is not known.
    fn price(&self, tables: &[Table<'_>]) -> Result<(Decimal, Decimal, Vec<Place>), &'static str> {
        let it = self.service;
        let own = it.importo.copied().filter(|price| !price.is_sign_negative() || price.is_zero());
        let of_own = own.map(|_| spot(&it.importo, &it.place));
        let Some(name) = it.tabella.text() else {
            return own.map(|price| (price, NOTHING, of_own.into_iter().collect())).ok_or("a preventivo");
        };
        let table = table(tables, name).ok_or("manca la tabella dei prezzi")?;
        let pick = match (self.body.abitanti.copied(), table.only(own)) {
            (None, Pick::Many) => return Err("mancano gli abitanti"),
            (Some(inhabitants), _) => table.pick_priced(inhabitants, own),
            (None, only) => only,
        };
        let rate = match pick {
            Pick::One(rate) => rate,
            Pick::None => return Err("gli abitanti non cadono in nessuna fascia"),
            Pick::Many => return Err("gli abitanti cadono in più fasce"),
            Pick::Unknown => return Err("a preventivo"),
        };
        let inside = !self.body.ruolo.is(Role::Esterno);
        let discount = if inside { rate.discount } else { NOTHING };
        let mut places: Vec<Place> = of_own.filter(|_| rate.band.importo.is_absent()).into_iter().collect();
        if !rate.band.importo.is_absent() {
            places.push(spot(&rate.band.importo, &rate.band.place));
        }
        if !discount.is_zero() {
            places.push(spot(&rate.band.sconto, &rate.band.place));
        }
        Ok((rate.price, discount, places))
    }
}

fn added(all: Option<u64>, more: Option<u64>) -> Option<u64> {
    match (all, more) {
        (Some(all), Some(more)) => Some(all.saturating_add(more)),
        (all, more) => all.or(more),
    }
}

fn missing_quantity(unit: Unit) -> &'static str {
    match unit {
        Unit::Abitante => "mancano gli abitanti",
        Unit::Postazione => "mancano le postazioni",
        _ => "manca la quantità",
    }
}
