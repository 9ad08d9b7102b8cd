//! `servizio.*`, `catalogo`, `attivi`: the service that a form is about, the whole catalogue, the services that a body has.
//!
//! Prices are those that `fees` has computed for the body, else those of the catalogue. Where the catalogue gives no price the
//! service is quoted one by one, and so is all else it costs; where it gives a price and nothing else, nothing else is due.

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::group::Group;
use super::money::catalogue_price;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Charge, Dossier, Field, Item, Line, Service, ServiceState, Subscription};
use crate::italian::{decimal, grouped};
use crate::money::Money;
use crate::schema::{Choices, Pricing, Unit};

const INCLUDED: &str = "compreso nella quota";
const QUOTED: &str = "a preventivo";
const NOT_DUE: &str = "non prevista dal catalogo";

/// The service of a request.
pub fn asked(slots: &mut Slots, dossier: &Dossier, number: Option<usize>, body: usize) -> Json {
    let service = number.and_then(|number| dossier.services.get(number));
    let missing = Service::default();
    let it = service.unwrap_or(&missing);
    let charges = dossier.charges.get(body).map_or(&[][..], Vec::as_slice);
    let charge = charges.iter().find(|charge| Some(charge.service) == number);
    let mut group = Group::new(slots, "servizio");
    group.field("codice", &it.codice, "codice del servizio", 12, String::clone);
    group.field("nome", &it.nome, "servizio", 40, String::clone);
    group.field("descrizione", &it.descrizione, "descrizione del servizio", 40, String::clone);
    group.field("livello", &it.livello, "livello", 12, |level| level.word().to_owned());
    group.field("modalita", &it.modalita, "modalità", 20, |pricing| in_words(*pricing).to_owned());
    let costs = Costs::of(it, dossier, charge);
    let place = &it.importo.place;
    group.text("prezzo", service.map(|_| costs.price.clone()), place, "prezzo", 14);
    group.text("costo", service.and(costs.whole), place, "costo complessivo", 14);
    group.text("attivazione", service.map(|_| costs.activation), &it.attivazione.place, "costo di attivazione", 14);
    let label = "assistenza e manutenzione annua";
    group.text("assistenza", service.map(|_| costs.support), &it.assistenza_annua.place, label, 14);
    let notice = service.map(|service| format!("{} giorni", grouped(dossier.notice_days(service))));
    group.text("preavviso", notice, &it.preavviso_disdetta_giorni.place, "giorni di preavviso", 10);
    group.flag("presente", service.is_some());
    flags(&mut group, it);
    group.flag("con_attivazione", is_due(it.attivazione.copied()));
    group.flag("con_assistenza", is_due(it.assistenza_annua.copied()));
    group.done()
}

/// All services, with how many of each a body has in use.
pub fn catalogue(slots: &mut Slots, dossier: &Dossier, of_body: &[Subscription]) -> Json {
    let rows = dossier.services.iter().enumerate().map(|(index, it)| {
        let mut row = Group::new(slots, "catalogo");
        row.field("codice", &it.codice, "codice", 8, String::clone);
        row.field("nome", &it.nome, "nome del servizio", 20, String::clone);
        row.optional("descrizione", it.descrizione.get().cloned(), &it.descrizione.place);
        row.optional("livello", it.livello.get().map(|level| level.word().to_owned()), &it.livello.place);
        row.optional("modalita", it.modalita.copied().map(|p| in_words(p).to_owned()), &it.modalita.place);
        let costs = Costs::of(it, dossier, None);
        row.text("prezzo", Some(costs.price), &it.importo.place, "prezzo", 12);
        row.optional("attivazione", it.attivazione.copied().map(sum), &it.attivazione.place);
        row.optional("assistenza", it.assistenza_annua.copied().map(sum), &it.assistenza_annua.place);
        let notice = it.preavviso_disdetta_giorni.get().map(|days| format!("{} giorni", grouped(*days)));
        row.optional("preavviso", notice, &it.preavviso_disdetta_giorni.place);
        let uses = of_body.iter().find(|one| one.service == index && one.state.is_in_use());
        row.optional("in_uso", uses.map(|one| one.quantity.map_or("sì".to_owned(), grouped)), &it.place);
        flags(&mut row, it);
        row.done()
    });
    Json::Array(rows.collect())
}

/// The services that a body has and confirms every year: neither those of the fee nor those done once.
pub fn in_use(slots: &mut Slots, dossier: &Dossier, of_body: &[Subscription]) -> Json {
    let mut rows = Vec::new();
    for one in of_body.iter().filter(|one| one.state.is_in_use() && !one.requests.is_empty()) {
        let Some(it) = dossier.services.get(one.service).filter(|it| !it.una_tantum.is(true)) else { continue };
        let charges = dossier.charges.get(one.body).map_or(&[][..], Vec::as_slice);
        let charge = charges.iter().find(|charge| charge.service == one.service);
        let price = Costs::of(it, dossier, charge).price;
        let request = one.requests.last().and_then(|row| dossier.requests.get(*row));
        let place = request.map(|row| row.quantita.place.clone()).unwrap_or_default();
        let mut row = Group::new(slots, "attivi");
        row.field("codice", &it.codice, "codice", 8, String::clone);
        row.field("nome", &it.nome, "nome del servizio", 30, String::clone);
        row.text("quantita", one.quantity.map(grouped), &place, "quantità", 10);
        row.text("dal", one.since.map(date::long), &place, "attivo dal giorno", 18);
        row.text("prezzo", Some(price), &it.importo.place, "prezzo", 14);
        let confirmed = one.confirmed == Some(dossier.reference_year());
        row.flag("confermato", confirmed && one.state == ServiceState::Active);
        row.flag("in_disdetta", one.state == ServiceState::Withdrawing);
        rows.push(row.done());
    }
    Json::Array(rows)
}

fn flags(group: &mut Group<'_>, it: &Service) {
    for (name, pricing) in
        [("incluso", Pricing::Incluso), ("maggiorata", Pricing::Maggiorata), ("listino", Pricing::Listino)]
    {
        group.flag(name, it.modalita.is(pricing));
    }
    group.flag("una_tantum", it.una_tantum.is(true));
    group.flag("nominativo", it.nominativo.is(true));
}

/// What a service costs a body, in words.
struct Costs {
    price: String,
    /// Of what is asked as a whole; `None` where it cannot be computed.
    whole: Option<String>,
    activation: String,
    support: String,
}

impl Costs {
    /// By the catalogue alone, or as `charge` has computed it for a body: by its size, with its discount.
    fn of(it: &Service, dossier: &Dossier, charge: Option<&Charge>) -> Self {
        if it.modalita.is(Pricing::Incluso) {
            let [price, activation, support] = [INCLUDED; 3].map(str::to_owned);
            return Self { whole: Some(price.clone()), price, activation, support };
        }
        let is_quoted = it.importo.get().is_none() && it.tabella.get().is_none();
        let known = |field: &Field<Decimal>| match field.copied() {
            Some(known) => sum(known),
            None if is_quoted => QUOTED.to_owned(),
            None => NOT_DUE.to_owned(),
        };
        let line = charge.and_then(|charge| charge.lines.iter().find(|line| line.item == Item::Service));
        let unit = it.unita.copied().filter(|unit| !matches!(unit, Unit::Ente | Unit::Fascia));
        let unit = unit.map(|unit| format!(" per {}", unit.word())).unwrap_or_default();
        let own = line.and_then(Line::unit_price).map(|price| format!("{price}{unit}"));
        let discount = line.map(|line| line.discount).filter(|discount| !discount.is_zero());
        let discount = discount.map(|it| format!(", con lo sconto del {}%", decimal(it, 0))).unwrap_or_default();
        Self {
            price: own.map_or_else(|| catalogue_price(it, dossier), |own| own + &discount),
            whole: line.map(|line| line.amount.to_string()).or_else(|| is_quoted.then(|| QUOTED.to_owned())),
            activation: known(&it.attivazione),
            support: known(&it.assistenza_annua),
        }
    }
}

fn in_words(pricing: Pricing) -> &'static str {
    match pricing {
        Pricing::Incluso => "incluso nella quota",
        Pricing::Maggiorata => "a quota maggiorata",
        Pricing::Listino => "a listino",
    }
}

fn is_due(sum: Option<Decimal>) -> bool {
    sum.is_some_and(|sum| !sum.is_zero())
}

fn sum(sum: Decimal) -> String {
    Money::round(sum).to_string()
}
