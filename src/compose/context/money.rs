//! `quota.*` and `servizi.*`: what a body pays, year by year, and the lists of services.

use serde_json::{Map, Value as Json};

use super::group::Group;
use crate::compose::tokens::Slots;
use crate::date;
use crate::dossier::{Basis, Body, Contribution, Dossier};
use crate::italian::{decimal, grouped, number_words};
use crate::money::Money;
use crate::place::Place;
use crate::schema::{Choices, Pricing};

/// The names of the contribution.
pub fn fee(slots: &mut Slots, contribution: Option<&Contribution>, body: Option<&Body>) -> Json {
    let place = body.map(|body| body.abitanti.place.clone()).unwrap_or_default();
    let mut group = Group::new(slots, "quota");
    let mut money = |name: &str, sum: Option<Money>, words: Option<&str>| {
        group.text(name, sum.map(|sum| sum.to_string()), &place, "importo", 14);
        if let Some(words) = words {
            group.text(words, sum.map(Money::words), &place, "importo in lettere", 30);
        }
    };
    money("annua", contribution.map(Contribution::yearly), Some("annua_lettere"));
    money("totale", contribution.map(Contribution::total), Some("totale_lettere"));
    money("iva_annua", contribution.map(Contribution::yearly_vat), None);
    money("annua_lorda", contribution.map(|owed| owed.yearly() + owed.yearly_vat()), None);
    money("totale_lordo", contribution.map(Contribution::total_gross), Some("totale_lordo_lettere"));
    let basis = contribution.map(|owed| &owed.basis);
    let (rate, inhabitants, at) = match basis {
        Some(Basis::PerInhabitant { rate, inhabitants, at }) => (Some(*rate), Some(*inhabitants), *at),
        _ => (None, None, None),
    };
    group.text("tariffa", rate.map(|rate| format!("€\u{a0}{}", decimal(rate, 2))), &place, "tariffa", 10);
    group.text("abitanti", inhabitants.map(grouped), &place, "numero di abitanti", 10);
    let day_place = body.map(|body| body.abitanti_al.place.clone()).unwrap_or_default();
    group.text("abitanti_al", at.map(date::long), &day_place, "data di riferimento", 18);
    let years = contribution.map(|owed| owed.years.len() as u64);
    group.text("numero_annualita", years.map(|n| format!("{n} ({})", number_words(n))), &place, "numero", 8);
    group.flag("per_abitante", matches!(basis, Some(Basis::PerInhabitant { .. })));
    group.flag("dovuta", contribution.is_some_and(|owed| !owed.total().is_zero()));
    group.flag("fissa", matches!(basis, Some(Basis::Flat)));
    let mut root = group.done();
    let rows = contribution.iter().flat_map(|owed| &owed.years).map(|year| {
        let mut row = Group::new(slots, "quota.anni");
        row.text("periodo", Some(year.period()), &Place::None, "periodo", 10);
        row.text("importo", Some(year.net.to_string()), &place, "importo", 14);
        row.text("iva", Some(year.vat.to_string()), &place, "IVA", 14);
        row.text("lordo", Some(year.gross().to_string()), &place, "importo con IVA", 14);
        row.done()
    });
    let rows = Json::Array(rows.collect());
    if let Json::Object(map) = &mut root {
        map.insert("anni".to_owned(), rows);
    }
    root
}

/// The lists of services.
pub fn services(slots: &mut Slots, dossier: &Dossier) -> Json {
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
        let price = match (it.importo.copied(), it.unita.copied()) {
            (Some(sum), Some(unit)) => format!("{} per {}", Money::round(sum), unit.word()),
            (Some(sum), None) => Money::round(sum).to_string(),
            (None, _) => "a preventivo".to_owned(),
        };
        row.text("prezzo", Some(price), &it.importo.place, "prezzo", 12);
        for (name, field) in [("attivazione", &it.attivazione), ("assistenza", &it.assistenza_annua)] {
            row.optional(name, field.copied().map(|sum| Money::round(sum).to_string()), &field.place);
        }
        on_request.push(row.done());
    }
    let mut map = Map::new();
    map.insert("inclusi".into(), Json::Array(included));
    map.insert("a_richiesta".into(), Json::Array(on_request));
    Json::Object(map)
}
