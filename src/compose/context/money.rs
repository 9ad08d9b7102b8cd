//! `servizi.*`: the lists of services with their prices, and what those a body has asked for cost in the year.

use serde_json::{Map, Value as Json};

use super::fee::{band_words, bands, discount_words};
use super::group::Group;
use crate::compose::tokens::Slots;
use crate::dossier::{Band, Dossier, Service};
use crate::italian::{decimal, fold, grouped};
use crate::money::Money;
use crate::place::Place;
use crate::schema::{Choices, Pricing, Unit};

/// The lists of services; those with a price are what the body at `index` is charged for in the year of reference.
pub fn services(slots: &mut Slots, dossier: &Dossier, index: usize) -> Json {
    let (mut included, mut on_request) = (Vec::new(), Vec::new());
    for it in &dossier.services {
        let is_included = it.modalita.is(Pricing::Incluso);
        let mut row = Group::new(slots, "servizi");
        row.field("codice", &it.codice, "codice", 8, String::clone);
        row.field("nome", &it.nome, "nome del servizio", 20, String::clone);
        let description = it.descrizione.get().or(it.nome.get()).cloned();
        row.text("descrizione", description, &it.descrizione.place, "descrizione", 30);
        row.field("livello", &it.livello, "livello", 10, |level| level.word().to_owned());
        if is_included {
            included.push(row.done());
            continue;
        }
        let rows = priced_by(it, dossier);
        row.text("prezzo", Some(catalogue_price(it, dossier)), &it.importo.place, "prezzo", 12);
        for (name, field) in [("attivazione", &it.attivazione), ("assistenza", &it.assistenza_annua)] {
            row.optional(name, field.copied().map(|sum| Money::round(sum).to_string()), &field.place);
        }
        let mut row = row.done();
        if let Json::Object(map) = &mut row {
            map.insert("fasce".to_owned(), bands(slots, "servizi.a_richiesta.fasce", &rows));
        }
        on_request.push(row);
    }
    let charges = dossier.charges.get(index).map_or(&[][..], Vec::as_slice);
    let charged = charges.iter().filter_map(|charge| Some((charge, dossier.services.get(charge.service)?)));
    let rows = charged.map(|(charge, it)| {
        let mut row = Group::new(slots, "servizi.addebiti");
        row.field("codice", &it.codice, "codice", 8, String::clone);
        row.field("nome", &it.nome, "nome del servizio", 20, String::clone);
        row.text("quantita", Some(grouped(charge.quantity)).filter(|_| charge.quantity > 0), &it.place, "quantità", 6);
        let sum = Some(charge.amount().to_string()).filter(|_| charge.open.is_none());
        row.text("importo", sum, &it.importo.place, "importo", 14);
        row.done()
    });
    let rows: Vec<Json> = rows.collect();
    let prices = prices(slots, dossier);
    let mut totals = Group::new(slots, "servizi");
    totals.flag("con_sconti", prices.discounted);
    for (name, way) in [("con_maggiorata", Pricing::Maggiorata), ("con_listino", Pricing::Listino)] {
        totals.flag(name, dossier.services.iter().any(|it| it.modalita.is(way)));
    }
    let known = charges.iter().all(|charge| charge.open.is_none());
    let sum = known.then(|| charges.iter().map(crate::dossier::Charge::amount).sum::<Money>().to_string());
    totals.text("addebiti_totale", sum, &Place::None, "importo", 14);
    let totals = totals.done();
    let mut map = match totals {
        Json::Object(map) => map,
        _ => Map::new(),
    };
    map.insert("addebiti".into(), Json::Array(rows));
    map.insert("prezzi".into(), Json::Array(prices.rows));
    map.insert("inclusi".into(), Json::Array(included));
    map.insert("a_richiesta".into(), Json::Array(on_request));
    Json::Object(map)
}

/// The prices that follow the inhabitants.
struct Prices {
    rows: Vec<Json>,
    /// True where a band has a discount.
    discounted: bool,
}

/// The bands of every service whose price is not the same for all bodies.
fn prices(slots: &mut Slots, dossier: &Dossier) -> Prices {
    let mut prices = Prices { rows: Vec::new(), discounted: false };
    let asked: &[Service] = if slots.wants("prezzi") { &dossier.services } else { &[] };
    for it in asked.iter().filter(|it| !it.modalita.is(Pricing::Incluso)) {
        let bands = priced_by(it, dossier);
        let sums: Vec<Option<Money>> = bands.iter().map(|band| band_price(it, band)).collect();
        let discounts: Vec<_> = bands.iter().map(|band| band.sconto.copied().unwrap_or_default()).collect();
        let is_same = |pair: &[Option<Money>]| pair.first() == pair.last();
        if sums.windows(2).all(is_same) && discounts.windows(2).all(|pair| pair.first() == pair.last()) {
            continue;
        }
        prices.discounted |= discounts.iter().any(|discount| !discount.is_zero());
        for (band, sum) in bands.into_iter().zip(sums) {
            let mut row = Group::new(slots, "servizi.prezzi");
            row.field("nome", &it.nome, "nome del servizio", 20, String::clone);
            row.text("fascia", Some(band_words(band)), &band.da.place, "fascia", 14);
            row.text("prezzo", sum.map(|sum| sum.to_string()), &band.importo.place, "prezzo", 12);
            row.text("sconto", Some(discount_words(band)), &band.sconto.place, "sconto", 6);
            prices.rows.push(row.done());
        }
    }
    prices
}

/// The sum of a band: that of the service where it has none of its own.
fn band_price(service: &Service, band: &Band) -> Option<Money> {
    band.importo.copied().or(service.importo.copied()).and_then(Money::checked)
}

/// The rows of the table that prices a service, in order of their lower bound.
fn priced_by<'d>(service: &Service, dossier: &'d Dossier) -> Vec<&'d Band> {
    let Some(name) = service.tabella.text().map(fold) else { return Vec::new() };
    super::fee::table(dossier, &name)
}

/// The price of a service by the catalogue, whoever asks for it.
pub fn catalogue_price(service: &Service, dossier: &Dossier) -> String {
    let rows = priced_by(service, dossier);
    if rows.is_empty() { own_price(service) } else { table_price(service, &rows) }
}

fn own_price(service: &Service) -> String {
    match (service.importo.copied(), service.unita.copied()) {
        (Some(sum), Some(unit)) => format!("{} per {}", Money::round(sum), unit.word()),
        (Some(sum), None) => Money::round(sum).to_string(),
        (None, _) => "a preventivo".to_owned(),
    }
}

/// "da € 900,00 a € 2.000,00, secondo gli abitanti", "€ 50,00 per rilascio, con lo sconto del 30% per gli aderenti".
fn table_price(service: &Service, rows: &[&Band]) -> String {
    let sums: Vec<Money> = rows.iter().filter_map(|band| band_price(service, band)).collect();
    let (Some(least), Some(most)) = (sums.iter().min(), sums.iter().max()) else { return "a preventivo".to_owned() };
    let unit = service.unita.copied().filter(|unit| !matches!(unit, Unit::Ente | Unit::Fascia));
    let unit = unit.map(|unit| format!(" per {}", unit.word())).unwrap_or_default();
    let mut price = if least == most {
        format!("{least}{unit}")
    } else {
        format!("da {least} a {most}{unit}, secondo gli abitanti")
    };
    let mut discounts = rows.iter().map(|band| band.sconto.copied().unwrap_or_default());
    if let Some(first) = discounts.next() {
        let same = discounts.all(|other| other == first);
        if !same {
            price.push_str(", con sconti per gli enti aderenti");
        } else if !first.is_zero() {
            price.push_str(&format!(", con lo sconto del {}% per gli enti aderenti", decimal(first, 0)));
        }
    }
    price
}
