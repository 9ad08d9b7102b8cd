//! Dossier → the data of a template: every printable leaf is a token in [`Slots`], every flag a truth value.

use serde_json::{Map, Value as Json};

use super::parties;
use super::tokens::{Slot, Slots};
use crate::date;
use crate::dossier::{Basis, Body, Contribution, Convention, Deliberation, Dossier, Field, YearShare};
use crate::italian::{capitalize, decimal, grouped, number_words, ordinal, with_article, with_preposition};
use crate::model::{Model, Parameter};
use crate::money::Money;
use crate::place::Place;
use crate::schema::{
    BodyKind, Choices, DeliberationState, DeliberationSubject, Extension, Form, Mode, Pricing, Signing, VatRegime,
};

/// The data for the act of one body, and the values that its tokens stand for.
pub fn build(dossier: &Dossier, body: usize) -> (Json, Slots) {
    let mut slots = Slots::default();
    let mut root = Map::new();
    let convention = &dossier.convention;
    root.insert("convenzione".into(), self::convention(&mut slots, convention, dossier));
    let adherent = dossier.bodies.get(body);
    let lead = dossier.lead();
    let adhesion = adherent.and_then(|body| dossier.adhesion_of(body));
    for (name, body, act) in [("capofila", lead, dossier.scheme()), ("ente", adherent, adhesion)] {
        root.insert(name.into(), self::body(&mut slots, name, body, act));
    }
    let contribution = dossier.contribution(body);
    for (name, act, body, contribution) in
        [("delibera_capofila", dossier.scheme(), lead, None), ("delibera", adhesion, adherent, contribution)]
    {
        root.insert(name.into(), deliberation(&mut slots, name, act, body, contribution));
    }
    root.insert("quota".into(), fee(&mut slots, contribution, adherent));
    root.insert("servizi".into(), services(&mut slots, dossier));
    root.insert("organi".into(), organs(&mut slots, &dossier.model));
    root.insert("modello".into(), parameters(&mut slots, &dossier.model));
    let members = members(&mut slots, dossier, adherent);
    root.insert("unione_per_membri".into(), Json::Bool(members.as_array().is_some_and(|list| !list.is_empty())));
    root.insert("membri".into(), members);
    (Json::Object(root), slots)
}

/// A group under construction.
struct Group<'a> {
    prefix: &'a str,
    slots: &'a mut Slots,
    map: Map<String, Json>,
}

impl<'a> Group<'a> {
    fn new(slots: &'a mut Slots, prefix: &'a str) -> Self {
        Self { prefix, slots, map: Map::new() }
    }

    /// A value, or a blank of that label and width where it is missing.
    fn text(&mut self, name: &str, text: Option<String>, place: &Place, label: &'static str, width: u32) {
        let text = text.filter(|text| !text.is_empty());
        let name_in_full = format!("{}.{name}", self.prefix);
        let slot = Slot { name: name_in_full, text, label, width, place: place.clone() };
        self.map.insert(name.to_owned(), Json::String(self.slots.token(slot)));
    }

    /// A value that leaves nothing behind where it is missing, not even a blank.
    fn optional(&mut self, name: &str, text: Option<String>, place: &Place) {
        match text {
            Some(text) => self.text(name, Some(text), place, "", 4),
            None => {
                self.map.insert(name.to_owned(), Json::String(String::new()));
            }
        }
    }

    /// The value of a field, as `print` writes it.
    fn field<T>(
        &mut self,
        name: &str,
        field: &Field<T>,
        label: &'static str,
        width: u32,
        print: impl Fn(&T) -> String,
    ) {
        self.text(name, field.get().map(print), &field.place, label, width);
    }

    fn flag(&mut self, name: &str, flag: bool) {
        self.map.insert(name.to_owned(), Json::Bool(flag));
    }

    fn done(self) -> Json {
        Json::Object(self.map)
    }
}

fn years_words(years: u64) -> String {
    match years {
        1 => "1 (un) anno".to_owned(),
        _ => format!("{years} ({}) anni", number_words(years)),
    }
}

fn days_words(days: u64) -> String {
    match days {
        1 => "1 (un) giorno".to_owned(),
        _ => format!("{} ({}) giorni", grouped(days), number_words(days)),
    }
}

fn years_adjective(years: u64) -> String {
    const WORDS: [&str; 10] = [
        "annuale",
        "biennale",
        "triennale",
        "quadriennale",
        "quinquennale",
        "sessennale",
        "settennale",
        "ottennale",
        "novennale",
        "decennale",
    ];
    let word = years.checked_sub(1).and_then(|index| WORDS.get(usize::try_from(index).ok()?));
    word.map_or_else(|| format!("di {} anni", number_words(years)), |word| (*word).to_owned())
}

/// The last day on which a notice of `days` before 31 December is in time, for any year: "2 ottobre".
fn last_useful_day(days: u64) -> Option<String> {
    let end = chrono::NaiveDate::from_ymd_opt(2001, 12, 31)?;
    let day = end.checked_sub_days(chrono::Days::new(days))?;
    (days < 365).then(|| date::day_month(day))
}

fn convention(slots: &mut Slots, it: &Convention, dossier: &Dossier) -> Json {
    let mut group = Group::new(slots, "convenzione");
    let clone = String::clone;
    group.field("titolo", &it.titolo, "titolo della convenzione", 40, clone);
    group.field("decorrenza", &it.decorrenza, "data di decorrenza", 20, |day| date::long(*day));
    group.field("scadenza", &it.scadenza, "data di scadenza", 20, |day| date::long(*day));
    group.field("durata", &it.durata_anni, "durata in anni", 12, |years| years_words(*years));
    group.field("durata_aggettivo", &it.durata_anni, "durata", 12, |years| years_adjective(*years));
    group.field("luogo_firma", &it.luogo_firma, "luogo della firma", 20, clone);
    group.field("data_firma", &it.data_firma, "data della firma", 20, |day| date::long(*day));
    group.field("sede", &it.sede, "sede", 30, clone);
    group.field("anno", &it.anno, "anno", 6, u64::to_string);
    group.field("preavviso", &it.recesso_preavviso_giorni, "giorni di preavviso", 12, |days| days_words(*days));
    group.field("recesso_anno_ordinale", &it.recesso_dal_anno, "anno", 8, |n| {
        ordinal(u32::try_from(*n).unwrap_or(u32::MAX))
    });
    let last_day = it.recesso_preavviso_giorni.copied().and_then(last_useful_day);
    group.text("recesso_ultimo_giorno", last_day, &it.recesso_preavviso_giorni.place, "ultimo giorno utile", 12);
    group.field("regime_iva", &it.regime_iva, "regime IVA", 40, |regime| regime.word().to_owned());
    group.field("aliquota_iva", &it.aliquota_iva, "aliquota IVA", 6, |rate| format!("{}%", decimal(*rate, 0)));
    group.field("importo_totale", &it.importo_totale, "importo totale", 15, |sum| Money::round(*sum).to_string());
    group.flag("recesso_limitato", it.recesso_dal_anno.copied().is_some_and(|year| year > 1));
    for (name, form) in [("bilaterale", Form::Bilaterale), ("multilaterale", Form::Multilaterale)] {
        group.flag(name, it.tipo.is(form));
    }
    group.flag("schema", !dossier.at_signature());
    group.flag("stipula", dossier.at_signature());
    group.flag("firma_digitale", it.firma.is(Signing::Digitale));
    for (name, extension) in [
        ("rinnovo_espresso", Extension::Espresso),
        ("rinnovo_tacito", Extension::Tacito),
        ("rinnovo_no", Extension::No),
    ] {
        group.flag(name, it.rinnovo.is(extension));
    }
    group.flag("fondamentali", it.funzioni_fondamentali.is(true));
    for (name, mode) in
        [("forma_delega", Mode::Delega), ("forma_ufficio", Mode::Ufficio), ("forma_coordinamento", Mode::Coordinamento)]
    {
        group.flag(name, it.forma.is(mode));
    }
    for (name, regime) in [
        ("iva_fuori_campo", VatRegime::FuoriCampo),
        ("iva_esente", VatRegime::Esente),
        ("iva_imponibile", VatRegime::Imponibile),
    ] {
        group.flag(name, it.regime_iva.is(regime));
    }
    group.flag("scissione", it.scissione_pagamenti.is(true));
    group.done()
}

fn body(slots: &mut Slots, prefix: &str, body: Option<&Body>, act: Option<&Deliberation>) -> Json {
    let missing = Body::default();
    let it = body.unwrap_or(&missing);
    let mut group = Group::new(slots, prefix);
    let clone = String::clone;
    let name = &it.denominazione;
    group.field("nome", name, "denominazione dell’ente", 30, clone);
    group.field("il", name, "denominazione dell’ente", 30, |name| with_article(name));
    group.field("il_maiuscolo", name, "denominazione dell’ente", 30, |name| capitalize(&with_article(name)));
    for (key, base) in [("del", "di"), ("al", "a"), ("dal", "da"), ("nel", "in")] {
        group.field(key, name, "denominazione dell’ente", 30, |name| with_preposition(base, name));
    }
    group.text("sede", parties::seat(it), &it.indirizzo.place, "indirizzo della sede", 40);
    group.field("codice_fiscale", &it.codice_fiscale, "codice fiscale", 16, ToString::to_string);
    group.field("partita_iva", &it.partita_iva, "partita IVA", 14, ToString::to_string);
    group.field("pec", &it.pec, "indirizzo PEC", 30, ToString::to_string);
    group.field("abitanti", &it.abitanti, "numero di abitanti", 10, |n| grouped(*n));
    group.field("abitanti_al", &it.abitanti_al, "data di riferimento", 15, |day| date::long(*day));
    group.field("rappresentante", &it.rappresentante, "nome e cognome di chi firma", 30, clone);
    group.field("carica", &it.carica, "carica di chi firma", 20, |office| parties::office(office).to_owned());
    group.field("carica_il", &it.carica, "carica di chi firma", 20, |office| parties::office_with(None, office));
    group.field("carica_il_maiuscolo", &it.carica, "carica di chi firma", 20, |office| {
        capitalize(&parties::office_with(None, office))
    });
    group.field("carica_del", &it.carica, "carica di chi firma", 20, |office| parties::office_with(Some("di"), office));
    let organ = parties::organ(it, act);
    let place = act.map_or(&it.tipo.place, |act| &act.organo.place);
    group.text("organo_il", Some(with_article(&organ)), place, "organo", 20);
    group.text("organo_il_maiuscolo", Some(capitalize(&with_article(&organ))), place, "organo", 20);
    group.text("organo_del", Some(with_preposition("di", &organ)), place, "organo", 20);
    group.text("organo", Some(organ), place, "organo", 20);
    group.field("codice_ente", &it.codice, "codice", 10, ToString::to_string);
    let kind = it.tipo.copied().unwrap_or(BodyKind::Altro);
    for (name, kinds) in [
        ("comune", [BodyKind::Comune; 1].as_slice()),
        ("provincia", &[BodyKind::Provincia]),
        ("citta_metropolitana", &[BodyKind::CittaMetropolitana]),
        ("unione", &[BodyKind::Unione]),
        ("montana", &[BodyKind::Montana]),
        (
            "altro_ente",
            &[BodyKind::Altro, BodyKind::Consorzio, BodyKind::Regione, BodyKind::Societa, BodyKind::Associazione],
        ),
    ] {
        group.flag(name, kinds.contains(&kind));
    }
    group.flag("gia_aderente", it.gia_aderente.is(true));
    group.done()
}

fn deliberation(
    slots: &mut Slots,
    prefix: &str,
    act: Option<&Deliberation>,
    body: Option<&Body>,
    contribution: Option<&Contribution>,
) -> Json {
    let missing = Deliberation::default();
    let it = act.unwrap_or(&missing);
    let mut group = Group::new(slots, prefix);
    let clone = String::clone;
    let number = |n: &u64| grouped(*n);
    let day = |day: &chrono::NaiveDate| date::long(*day);
    group.field("numero", &it.numero, "numero della deliberazione", 8, clone);
    group.field("data", &it.data, "data della deliberazione", 18, day);
    let organ = body.map(|body| parties::organ(body, act));
    group.text("organo", organ, &it.organo.place, "organo", 20);
    group.field("pubblicata_il", &it.pubblicata_il, "data di pubblicazione", 18, day);
    group.field("esecutiva_dal", &it.esecutiva_dal, "data di esecutività", 18, day);
    for (name, field, label) in [
        ("presenti", &it.presenti, "numero dei presenti"),
        ("favorevoli", &it.favorevoli, "voti favorevoli"),
        ("contrari", &it.contrari, "voti contrari"),
        ("astenuti", &it.astenuti, "astenuti"),
        ("non_partecipanti", &it.non_partecipanti, "presenti che non partecipano al voto"),
        ("favorevoli_immediata", &it.favorevoli_immediata, "voti favorevoli all’immediata eseguibilità"),
    ] {
        group.field(name, field, label, 5, number);
    }
    let counts_abstained = body.is_some_and(|body| body.astenuti_votanti.is(true));
    let abstained = if counts_abstained { it.astenuti.copied().unwrap_or(0) } else { 0 };
    let voters = it
        .favorevoli
        .copied()
        .zip(it.contrari.copied())
        .map(|(yes, no)| yes.saturating_add(no).saturating_add(abstained));
    group.text("votanti", voters.map(grouped), &it.favorevoli.place, "votanti", 5);
    for (name, field, label, width) in [
        ("parere_tecnico", &it.parere_tecnico, "parere di regolarità tecnica", 12),
        ("responsabile_tecnico", &it.responsabile_tecnico, "responsabile del parere tecnico", 25),
        ("parere_contabile", &it.parere_contabile, "parere di regolarità contabile", 12),
        ("responsabile_contabile", &it.responsabile_contabile, "responsabile del parere contabile", 25),
        ("parere_revisori", &it.parere_revisori, "parere dell’organo di revisione", 12),
        ("capitolo", &it.capitolo, "capitolo di spesa", 10),
        ("missione", &it.missione, "missione", 5),
        ("programma", &it.programma, "programma", 5),
        ("presidente", &it.presidente, "chi presiede la seduta", 25),
        ("segretario", &it.segretario, "segretario", 25),
        ("rappresentante", &it.rappresentante, "rappresentante negli organi di consultazione", 25),
    ] {
        let opinion = name.starts_with("parere");
        group.field(name, field, label, width, |text| if opinion { text.to_lowercase() } else { text.clone() });
    }
    let sum = it.importo_annuo.copied().and_then(Money::checked);
    let sum = sum.or_else(|| contribution.map(|owed| owed.yearly() + owed.yearly_vat()));
    group.text("importo_annuo", sum.map(|sum| sum.to_string()), &it.importo_annuo.place, "importo annuo", 14);
    group.flag("presente", act.is_some());
    group.flag("adottata", it.stato.is(DeliberationState::Adottata));
    group.flag("proposta", !it.stato.is(DeliberationState::Adottata));
    group.flag("rinnovo", it.oggetto.is(DeliberationSubject::Rinnovo));
    group.flag("adesione", !it.oggetto.is(DeliberationSubject::Rinnovo) && !it.oggetto.is(DeliberationSubject::Schema));
    group.flag("immediata", it.immediata.is(true));
    let opinion = it.parere_contabile.text().map(str::to_lowercase).unwrap_or_default();
    group.flag("contabile_non_dovuto", opinion.starts_with("non "));
    group.flag("con_revisori", it.parere_revisori.text().is_some_and(|text| !text.to_lowercase().starts_with("non ")));
    group.flag("con_astenuti", it.astenuti.copied().is_some_and(|n| n > 0));
    group.flag("con_non_partecipanti", it.non_partecipanti.copied().is_some_and(|n| n > 0));
    group.flag("con_spesa", sum.is_some_and(|sum| !sum.is_zero()));
    group.done()
}

/// "2026" for a calendar year, "1° luglio 2026 – 30 giugno 2027" otherwise.
fn period(year: &YearShare) -> String {
    use chrono::Datelike;
    let calendar = (year.from.day(), year.from.month(), year.to.day(), year.to.month()) == (1, 1, 31, 12);
    if calendar && year.from.year() == year.to.year() {
        year.from.year().to_string()
    } else {
        format!("{} – {}", date::long(year.from), date::long(year.to))
    }
}

fn fee(slots: &mut Slots, contribution: Option<&Contribution>, body: Option<&Body>) -> Json {
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
    group.flag("fissa", matches!(basis, Some(Basis::Flat)));
    let mut root = group.done();
    let rows = contribution.iter().flat_map(|owed| &owed.years).map(|year| {
        let mut row = Group::new(slots, "quota.anni");
        row.text("periodo", Some(period(year)), &Place::None, "periodo", 10);
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

fn services(slots: &mut Slots, dossier: &Dossier) -> Json {
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

fn organs(slots: &mut Slots, model: &Model) -> Json {
    let place = Place::File(format!("{}/model.toml", model.id).into());
    let rows = model.organi.iter().map(|it| {
        let mut row = Group::new(slots, "organi");
        row.text("nome", Some(it.nome.clone()), &place, "nome", 20);
        row.text("il", Some(with_article(&it.nome)), &place, "nome", 20);
        row.text("del", Some(with_preposition("di", &it.nome)), &place, "nome", 20);
        for (name, text) in [
            ("composizione", &it.composizione),
            ("convocazione", &it.convocazione),
            ("frequenza", &it.frequenza),
            ("quorum", &it.quorum),
            ("maggioranza", &it.maggioranza),
            ("competenze", &it.competenze),
        ] {
            row.text(name, Some(text.clone()), &place, "da stabilire", 20);
        }
        row.done()
    });
    Json::Array(rows.collect())
}

fn parameters(slots: &mut Slots, model: &Model) -> Json {
    let place = Place::File(format!("{}/model.toml", model.id).into());
    let mut group = Group::new(slots, "modello");
    for (key, value) in &model.parametri {
        match value {
            Parameter::Flag(flag) => group.flag(key, *flag),
            Parameter::Text(text) => group.text(key, Some(text.clone()), &place, "parametro del modello", 20),
        }
    }
    group.done()
}

fn members(slots: &mut Slots, dossier: &Dossier, union: Option<&Body>) -> Json {
    let Some(union) = union else { return Json::Array(Vec::new()) };
    let position = dossier.bodies.iter().position(|body| body.row == union.row);
    let members = dossier.bodies.iter().filter(|body| {
        body.unione.text().and_then(|name| dossier.find_body(name)).is_some_and(|index| Some(index) == position)
    });
    let rows = members.map(|body| {
        let mut row = Group::new(slots, "membri");
        row.field("nome", &body.denominazione, "ente", 20, String::clone);
        row.field("il", &body.denominazione, "ente", 20, |name| with_article(name));
        row.done()
    });
    Json::Array(rows.collect())
}
