//! `servizio.*`, `catalogo`, `attivi`: the service that a form is about, the whole catalogue, the services that a body has.
//!
//! Prices are those of the sheet. Where the catalogue gives no price the service is quoted one by one, and so is all else it
//! costs; where it gives a price and nothing else, nothing else is due by the catalogue.

use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::group::Group;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Body, Dossier, Request, Service, ServiceState, Subscription};
use crate::italian::{fold, grouped};
use crate::money::Money;
use crate::schema::{Choices, Pricing, Unit};

const INCLUDED: &str = "compreso nella quota";
const QUOTED: &str = "a preventivo";
const NOT_DUE: &str = "non previsto dal catalogo";

/// The service of a request.
pub fn asked(
    slots: &mut Slots,
    dossier: &Dossier,
    service: Option<&Service>,
    request: Option<&Request>,
    body: &Body,
) -> Json {
    let missing = Service::default();
    let it = service.unwrap_or(&missing);
    let mut group = Group::new(slots, "servizio");
    group.field("codice", &it.codice, "codice del servizio", 12, String::clone);
    group.field("nome", &it.nome, "servizio", 40, String::clone);
    group.field("descrizione", &it.descrizione, "descrizione del servizio", 40, String::clone);
    group.field("livello", &it.livello, "livello", 12, |level| level.word().to_owned());
    group.field("modalita", &it.modalita, "modalità", 20, |pricing| in_words(*pricing).to_owned());
    let costs = Costs::of(it, &[]);
    let place = &it.importo.place;
    group.text("prezzo", service.map(|_| costs.price.clone()), place, "prezzo", 14);
    group.text("costo", service.and_then(|_| cost(it, request, body)), place, "costo complessivo", 14);
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
        let bands = dossier.bands.iter().filter(|band| {
            it.tabella.text().map(fold).is_some_and(|name| band.tabella.text().map(fold).as_ref() == Some(&name))
        });
        let sums: Vec<Decimal> = bands.filter_map(|band| band.importo.copied()).collect();
        let costs = Costs::of(it, &sums);
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
        let request = one.requests.last().and_then(|row| dossier.requests.get(*row));
        let place = request.map(|row| row.quantita.place.clone()).unwrap_or_default();
        let mut row = Group::new(slots, "attivi");
        row.field("codice", &it.codice, "codice", 8, String::clone);
        row.field("nome", &it.nome, "nome del servizio", 30, String::clone);
        row.text("quantita", one.quantity.map(grouped), &place, "quantità", 10);
        row.text("dal", one.since.map(date::long), &place, "attivo dal giorno", 18);
        row.text("prezzo", Some(Costs::of(it, &[]).price), &it.importo.place, "prezzo", 14);
        let confirmed = one.confirmed == Some(dossier.year_on(dossier.today));
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

/// What a service costs, in words.
struct Costs {
    price: String,
    activation: String,
    support: String,
}

impl Costs {
    /// `bands` are the sums of its table, where it has one.
    fn of(it: &Service, bands: &[Decimal]) -> Self {
        if it.modalita.is(Pricing::Incluso) {
            let [price, activation, support] = [INCLUDED; 3].map(str::to_owned);
            return Self { price, activation, support };
        }
        let known = |other: Option<Decimal>| match (other, it.importo.get().is_some() || it.tabella.get().is_some()) {
            (Some(known), _) => sum(known),
            (None, true) => NOT_DUE.to_owned(),
            (None, false) => QUOTED.to_owned(),
        };
        Self {
            price: price(it, bands),
            activation: known(it.attivazione.copied()),
            support: known(it.assistenza_annua.copied()),
        }
    }
}

fn price(it: &Service, bands: &[Decimal]) -> String {
    let once = if it.una_tantum.is(true) { ", una sola volta" } else { "" };
    match (it.importo.copied(), it.unita.copied()) {
        (Some(price), Some(Unit::Fascia) | None) => format!("{}{once}", sum(price)),
        (Some(price), Some(unit)) => format!("{} per {}{once}", sum(price), unit.word()),
        (None, _) if it.tabella.get().is_some() => match (bands.iter().min(), bands.iter().max()) {
            (Some(least), Some(most)) if least < most => {
                format!("da {} a {}, secondo gli abitanti{once}", sum(*least), sum(*most))
            }
            (Some(only), _) => format!("{}{once}", sum(*only)),
            _ => format!("secondo gli abitanti{once}"),
        },
        (None, _) => QUOTED.to_owned(),
    }
}

/// What is asked costs as a whole; `None` where the sheet does not let it be computed.
fn cost(it: &Service, request: Option<&Request>, body: &Body) -> Option<String> {
    if it.modalita.is(Pricing::Incluso) {
        return Some(INCLUDED.to_owned());
    }
    let Some(price) = it.importo.copied() else {
        return it.tabella.get().is_none().then(|| QUOTED.to_owned());
    };
    let stated = request.and_then(|request| request.quantita.copied());
    let quantity = match it.unita.copied()? {
        Unit::Abitante => body.abitanti.copied(),
        Unit::Postazione => stated.or(body.postazioni.copied()),
        Unit::Ente | Unit::Fascia => stated.or(Some(1)),
        Unit::Rilascio | Unit::Ora => stated,
    }?;
    price.checked_mul(Decimal::from(quantity)).and_then(Money::checked).map(|sum| sum.to_string())
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
