//! What the services that a body has asked for cost in a year (sheets `Servizi` and `Richieste`). Which of them are in use
//! is told by [`crate::dossier::Subscription`].
//!
//! Decisions. A recurring service, its support too, is charged by the day for the part of the calendar year in which it is
//! in use within the term: for the whole of it a year's price. What is used up (hours, releases) and what is done once are
//! charged in the year they are asked for. The cost of activation falls whole in the year of the activation.
//! `importo` and the tables are list prices: the column `sconto` of the table is the discount of the bodies of the
//! convention, the others (`esterno`) pay the list price. Included services cost nothing and have no charge. Prices are
//! without VAT: its regime is that of each service.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::bands::{self, Pick, Table};
use super::spells::{self, Spell};
use super::{NOTHING, spot, table};
use crate::diagnostic::Diagnostic;
use crate::dossier::{Body, Charge, Dossier, Field, Item, Line, Service, ServiceState, Span, Subscription};
use crate::italian::{fold, nearest};
use crate::place::Place;
use crate::schema::{Pricing, RequestKind, Role, Unit};

/// What each body is charged for services in `year`, in the order of `dossier.bodies`, by service in the order of the
/// catalogue.
pub fn charges(dossier: &Dossier, year: i32) -> Vec<Vec<Charge>> {
    let tables = bands::tables(&dossier.bands);
    let mut all = vec![Vec::new(); dossier.bodies.len()];
    let Some(end) = NaiveDate::from_ymd_opt(year, 12, 31).filter(|_| !dossier.requests.is_empty()) else { return all };
    let spells = spells::of_year(dossier, year);
    for it in dossier.subscriptions_on(end) {
        let Some((body, service)) = dossier.bodies.get(it.body).zip(dossier.services.get(it.service)) else { continue };
        let used = spells.get(&(it.body, it.service)).map_or(&[][..], Vec::as_slice);
        let asked = Asked { dossier, body, service, it: &it, used, year };
        if let (Some(list), Some(charge)) = (all.get_mut(it.body), asked.charge(&tables)) {
            list.push(charge);
        }
    }
    all
}

/// The inhabitants of the bodies that ask for a service with a table, by folded name of the table.
pub fn served(dossier: &Dossier) -> BTreeMap<String, Vec<u64>> {
    let mut asked: Vec<(usize, usize)> = dossier
        .requests
        .iter()
        .filter_map(|request| Some((request.of?, dossier.find_service(request.servizio.text()?)?)))
        .collect();
    asked.sort_unstable();
    asked.dedup();
    let mut served: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (body, service) in asked {
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

/// A service of a body in a year.
struct Asked<'d> {
    dossier: &'d Dossier,
    body: &'d Body,
    service: &'d Service,
    /// As it stands at the end of the year.
    it: &'d Subscription,
    /// The parts of the year in which it is in use, for a recurring service.
    used: &'d [Spell],
    year: i32,
}

impl Asked<'_> {
    /// The charge of the year; `None` where there is nothing to charge in it.
    fn charge(&self, tables: &[Table<'_>]) -> Option<Charge> {
        let it = self.service;
        if it.modalita.is(Pricing::Incluso) {
            return None;
        }
        let name = it.nome.text().or(it.codice.text()).unwrap_or("servizio");
        let unit = it.unita.copied().unwrap_or(Unit::Ente);
        let requests = self.it.requests.iter().filter_map(|row| self.dossier.requests.get(*row));
        let places = requests.map(|request| spot(&request.servizio, &request.place)).collect();
        let mut charge = Charge { service: self.it.service, quantity: 0, lines: Vec::new(), open: None, places };
        if self.it.state == ServiceState::Requested {
            // A request for a year to come is not of this one; one without a day may be.
            charge.open = Some("richiesta senza data");
            return self.it.since.is_none().then_some(charge);
        }
        let starts = self.it.since.is_some_and(|since| since.year() == self.year);
        // A release with a yearly support goes on, but is released once.
        let asked = matches!(unit, Unit::Ora | Unit::Rilascio).then(|| self.asked_in_year());
        if it.is_once() {
            if self.it.state.is_in_use() && starts {
                let stated = asked.flatten().flatten().or(self.it.quantity);
                self.price_of(tables, name, (unit, stated, None), &mut charge);
            }
        } else if let Some(asked) = asked {
            if let Some(stated) = asked {
                self.price_of(tables, name, (unit, stated.or(self.it.quantity), None), &mut charge);
            }
        } else {
            for spell in self.used {
                self.price_of(tables, name, (unit, spell.quantity, spell.span(self.year)), &mut charge);
            }
        }
        if starts && (it.is_once() && self.it.state.is_in_use() || !self.used.is_empty()) {
            self.sum(Item::Activation, format!("attivazione di «{name}»"), &it.attivazione, None, &mut charge);
        }
        if it.is_once() {
            if self.it.state.is_in_use() {
                let what = format!("assistenza annua di «{name}»");
                self.sum(Item::Support, what, &it.assistenza_annua, None, &mut charge);
            }
        } else {
            for span in spells::joined(self.used).into_iter().map(|spell| spell.span(self.year)) {
                let what = format!("assistenza annua di «{name}»");
                self.sum(Item::Support, what, &it.assistenza_annua, span, &mut charge);
            }
        }
        (charge.open.is_some() || !charge.lines.is_empty()).then_some(charge)
    }

    /// Adds the price of so many, over a part of the year; or says why it is not known.
    fn price_of(
        &self,
        tables: &[Table<'_>],
        name: &str,
        (unit, stated, span): (Unit, Option<u64>, Option<Span>),
        charge: &mut Charge,
    ) {
        let quantity = self.quantity(unit, stated);
        charge.quantity = quantity.unwrap_or(0);
        match self.price(tables).and_then(|price| Ok((price, quantity.ok_or(missing_quantity(unit))?))) {
            Ok(((price, discount, places), quantity)) => match Line::priced_for(quantity, price, discount, span) {
                Some(amount) => charge.lines.push(Line {
                    item: Item::Service,
                    what: name.to_owned(),
                    quantity,
                    price: Some(price),
                    share: None,
                    discount,
                    span,
                    amount,
                    places,
                }),
                None => charge.open = Some("importo fuori misura"),
            },
            Err(reason) => charge.open = Some(reason),
        }
    }

    /// Adds a sum that the catalogue states, where it does.
    fn sum(&self, item: Item, what: String, field: &Field<Decimal>, span: Option<Span>, charge: &mut Charge) {
        let Some(price) = field.copied() else { return };
        let priced = Line::priced_for(1, price, NOTHING, span).filter(|_| !price.is_sign_negative() || price.is_zero());
        let Some(amount) = priced else {
            charge.open = Some("importo fuori misura");
            return;
        };
        charge.lines.push(Line {
            item,
            what,
            quantity: 1,
            price: Some(price),
            share: None,
            discount: NOTHING,
            span,
            amount,
            places: vec![spot(field, &self.service.place)],
        });
    }

    /// What the activations of the year ask for: `None` where there is none, an inner `None` where none says how many.
    fn asked_in_year(&self) -> Option<Option<u64>> {
        let rows = self.it.requests.iter().filter_map(|row| self.dossier.requests.get(*row));
        let of_year = rows.filter(|row| {
            row.tipo.copied().is_none_or(|kind| kind == RequestKind::Attivazione)
                && row.data.copied().is_some_and(|day| day.year() == self.year)
        });
        of_year.map(|row| row.quantita.copied()).reduce(|all, more| match (all, more) {
            (Some(all), Some(more)) => Some(all.saturating_add(more)),
            (all, more) => all.or(more),
        })
    }

    /// How many are charged; `None` where nothing says so.
    fn quantity(&self, unit: Unit, stated: Option<u64>) -> Option<u64> {
        match unit {
            Unit::Abitante => self.body.abitanti.copied(),
            Unit::Postazione => stated.or(self.body.postazioni.copied()),
            Unit::Rilascio => stated.or_else(|| Some(self.recipients()).filter(|count| *count > 0)),
            Unit::Ora => stated,
            Unit::Ente | Unit::Fascia => stated.or(Some(1)),
        }
    }

    /// The people named for the service.
    fn recipients(&self) -> u64 {
        let of_service =
            |name: Option<&str>| name.and_then(|name| self.dossier.find_service(name)) == Some(self.it.service);
        let rows = self.dossier.recipients.iter().filter(|row| row.of == Some(self.it.body));
        rows.filter(|row| of_service(row.servizio.text())).count() as u64
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

fn missing_quantity(unit: Unit) -> &'static str {
    match unit {
        Unit::Abitante => "mancano gli abitanti",
        Unit::Postazione => "mancano le postazioni",
        _ => "manca la quantità",
    }
}
