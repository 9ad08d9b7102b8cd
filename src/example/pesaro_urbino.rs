//! The example of Pesaro e Urbino: the centre of the Province with its 61 bodies, for the term 2026–2030.

use std::cmp::Reverse;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Example;
use super::act::{Progress, deliberation, session};
use super::case::{Case, Record};
use super::catalogue;
use super::centre::most_populous;
use super::member::Member;
use crate::gazetteer::{Comune, Gazetteer};
use crate::money::Money;
use crate::schema::{
    BodyKind, Choices, DeliberationSubject, Extension, Form, Mode, OutsideVat, RequestKind, Signing, Stage, VatRegime,
};

/// The model.
pub const MODEL: &str = "pesaro-urbino";
/// Comuni of the province that adhere.
pub const COMUNI: usize = 46;
/// Years of the term.
pub const YEARS: u32 = 5;
/// Title of the convention.
const TITLE: &str = "Convenzione per la gestione associata dei servizi digitali del Centro servizi territoriale di \
                     Pesaro e Urbino";
/// Comuni of the province of Rimini that adhere.
const RIMINI: [&str; 3] = ["Novafeltria", "Pennabilli", "San Leo"];

/// Bodies that are not in the national list: code, kind, name, seat.
const OTHERS: [(&str, BodyKind, &str, [&str; 4]); 12] = [
    (
        "um-altovallemetauro",
        BodyKind::Montana,
        "Unione Montana Alta Valle del Metauro",
        ["Via dell’Unione, 1", "61049", "Urbania", "PU"],
    ),
    (
        "um-catrianerone",
        BodyKind::Montana,
        "Unione Montana del Catria e Nerone",
        ["Via dell’Unione, 2", "61043", "Cagli", "PU"],
    ),
    (
        "um-montefeltro",
        BodyKind::Montana,
        "Unione Montana del Montefeltro",
        ["Via dell’Unione, 3", "61021", "Carpegna", "PU"],
    ),
    (
        "un-piandelbruscolo",
        BodyKind::Unione,
        "Unione dei Comuni Pian del Bruscolo",
        ["Via dell’Unione, 4", "61022", "Vallefoglia", "PU"],
    ),
    (
        "un-valledelcesano",
        BodyKind::Unione,
        "Unione dei Comuni della Valle del Cesano",
        ["Via dell’Unione, 5", "61040", "Mondavio", "PU"],
    ),
    (
        "biblioteca-metauro",
        BodyKind::Altro,
        "Biblioteca intercomunale del Metauro",
        ["Via dei Libri, 6", "61034", "Fossombrone", "PU"],
    ),
    (
        "parco-colline",
        BodyKind::Altro,
        "Ente Parco delle Colline metaurensi",
        ["Via del Parco, 7", "61033", "Fermignano", "PU"],
    ),
    (
        "asp-foglia",
        BodyKind::Altro,
        "Azienda pubblica di servizi alla persona Valle del Foglia",
        ["Via della Cura, 8", "61025", "Montelabbate", "PU"],
    ),
    (
        "ambito-acque",
        BodyKind::Altro,
        "Ente d’ambito per le acque dell’Appennino pesarese",
        ["Via dell’Acqua, 9", "61045", "Pergola", "PU"],
    ),
    (
        "museo-storia",
        BodyKind::Altro,
        "Istituzione museale della Civiltà contadina",
        ["Via del Museo, 10", "61047", "San Lorenzo in Campo", "PU"],
    ),
    (
        "istituto-studi",
        BodyKind::Altro,
        "Istituto di studi storici del Montefeltro",
        ["Via degli Studi, 11", "61028", "Sassocorvaro Auditore", "PU"],
    ),
    (
        "consorzio-strade",
        BodyKind::Consorzio,
        "Consorzio per la viabilità rurale del Conca",
        ["Via dei Campi, 12", "61013", "Mercatino Conca", "PU"],
    ),
];

/// Euro a year for each inhabitant.
pub fn rate() -> Decimal {
    Decimal::new(44, 2)
}

/// Euro a year for a body that has no inhabitants of its own. Invented.
pub fn flat() -> Decimal {
    Decimal::new(300, 0)
}

/// Yearly fee of a body.
pub fn fee(body: &Member) -> Money {
    body.yearly_fee(rate(), flat())
}

/// The lead body.
pub fn lead() -> Member {
    let seat = ["Viale Gramsci, 4", "61121", "Pesaro", "PU"];
    Member::invented("p-pu", BodyKind::Provincia, "Provincia di Pesaro e Urbino", seat, 0).leading()
}

/// The Comuni of the province by descending population, then those of Rimini.
fn comuni() -> Vec<&'static Comune> {
    let list = Gazetteer::get();
    let mut chosen: Vec<&Comune> = list.all().iter().filter(|comune| comune.sigla == "PU").collect();
    chosen.sort_by_key(|comune| Reverse(comune.popolazione_2023));
    chosen.truncate(COMUNI);
    chosen.sort_by(|a, b| a.codice_istat.cmp(&b.codice_istat));
    chosen.extend(RIMINI.iter().filter_map(|name| list.find(name, Some("RN"))));
    chosen
}

/// The bodies that adhere, in the order of the sheet.
pub fn adherents() -> Vec<Member> {
    let mut bodies: Vec<Member> = comuni()
        .into_iter()
        .enumerate()
        .map(|(index, comune)| Member::of_comune(comune, index + 1, index % 7 != 5))
        .collect();
    for (code, kind, name, seat) in OTHERS {
        let index = bodies.len() + 1;
        let mut body = Member::invented(code, kind, name, seat, index);
        body.rejoining = index % 7 != 5;
        bodies.push(body);
    }
    bodies
}

/// What a body deliberates.
pub fn subject(body: &Member) -> DeliberationSubject {
    if body.rejoining { DeliberationSubject::Rinnovo } else { DeliberationSubject::Adesione }
}

/// The lead body's approval of the scheme.
pub fn scheme(lead: &Member) -> Record {
    let progress = NaiveDate::from_ymd_opt(2025, 11, 20).map_or(Progress::Proposed, Progress::VotedAtOnce);
    deliberation(lead, DeliberationSubject::Schema, progress, None)
}

/// The total that the convention states.
pub fn total(bodies: &[Member]) -> Money {
    bodies.iter().map(|body| fee(body).times(YEARS)).sum()
}

/// The `Convenzione` sheet.
pub fn convention(lead: &Member, total: Money) -> Record {
    Record::new()
        .with("modello", MODEL)
        .with("titolo", TITLE)
        .with("tipo", Form::Bilaterale.word())
        .with("fase", Stage::Schema.word())
        .with("capofila", lead.code.as_str())
        .with("decorrenza", NaiveDate::from_ymd_opt(2026, 1, 1))
        .with("durata_anni", u64::from(YEARS))
        .with("scadenza", NaiveDate::from_ymd_opt(2030, 12, 31))
        .with("rinnovo", Extension::No.word())
        .with("recesso_preavviso_giorni", 90_u64)
        .with("recesso_dal_anno", 1_u64)
        .with("funzioni_fondamentali", false)
        .with("forma", Mode::Delega.word())
        .with("sede", "Pesaro, viale Gramsci 4")
        .with("luogo_firma", "Pesaro")
        .with("firma", Signing::Digitale.word())
        .with("regime_iva", VatRegime::FuoriCampo.word())
        .with("documento_fuori_campo", OutsideVat::Fattura.word())
        .with("scissione_pagamenti", false)
        .with("importo_totale", total.decimal())
        .with("anno", 2026_u64)
}

/// The tables of the fee.
pub fn bands() -> [Record; 2] {
    [
        Record::new().with("tabella", "quota").with("da", 1_u64).with("importo", rate()),
        Record::new().with("tabella", "quota fissa").with("da", 0_u64).with("importo", flat()),
    ]
}

/// The catalogue, with one price for demonstration.
pub fn services() -> Vec<Record> {
    catalogue::pesaro_urbino()
}

/// Requests of a few bodies.
fn requests(bodies: &[Member]) -> Vec<Record> {
    let wanted =
        [(0, "connettivita", 1_u64), (4, "cloud", 2), (7, "formazione", 12), (12, "consulenza-informatica", 20)];
    wanted
        .into_iter()
        .filter_map(|(index, service, quantity)| Some(request(bodies.get(index)?, service, quantity)))
        .collect()
}

fn request(body: &Member, service: &str, quantity: u64) -> Record {
    Record::new()
        .with("ente", body.code.as_str())
        .with("servizio", service)
        .with("tipo", RequestKind::Attivazione.word())
        .with("data", NaiveDate::from_ymd_opt(2026, 1, 12))
        .with("quantita", quantity)
}

/// Contacts of the bodies that ask for services.
pub fn contacts(bodies: &[Member]) -> Vec<Record> {
    [0, 4, 7, 12].into_iter().filter_map(|index: usize| bodies.get(index)).map(contact).collect()
}

fn contact(body: &Member) -> Record {
    let person = body.person(4);
    Record::new()
        .with("ente", body.code.as_str())
        .with("ruolo", "referente")
        .with("nome", person.name)
        .with("cognome", person.surname)
        .with("ufficio", "Servizi informatici")
        .with("telefono", format!("0721 000{:03}", body.index - 1))
        .with("email", format!("servizi.informatici@{}.example", body.code.replace('_', "-")))
}

/// The whole workbook.
pub fn example() -> Example {
    let bodies = adherents();
    let (requests, contacts) = (requests(&bodies), contacts(&bodies));
    workbook(&bodies, requests, contacts, notes())
}

/// The same centre with other adherents: the Comuni of the national list with most inhabitants, at most `count` of them, in
/// order of ISTAT code. Each asks for two services and names its contact, which makes six acts.
pub fn crowd(count: usize) -> Example {
    let comuni = Gazetteer::get().all().iter().filter(|comune| comune.exists()).collect();
    let comuni = most_populous(comuni, count).into_iter().enumerate();
    let bodies: Vec<Member> =
        comuni.map(|(index, comune)| Member::of_comune(comune, index + 1, index % 7 != 5)).collect();
    let asked = |body: &Member| ["connettivita", "cloud"].map(|service| request(body, service, 1));
    let requests = bodies.iter().flat_map(asked).collect();
    let contacts = bodies.iter().map(contact).collect();
    let note = "Per prove di velocità: i Comuni sono quelli dell’elenco nazionale, e nessuno di loro ha aderito a questo \
                centro. Sono inventati tutti i nomi di persona, le deliberazioni, le richieste e i recapiti.";
    workbook(&bodies, requests, contacts, vec![note.to_owned()])
}

fn workbook(bodies: &[Member], requests: Vec<Record>, contacts: Vec<Record>, notes: Vec<String>) -> Example {
    let lead = lead();
    let mut case = Case::new();
    case.add("Convenzione", [convention(&lead, total(bodies))]);
    case.add("Enti", [&lead].into_iter().chain(bodies).map(Member::record));
    case.add("Deliberazioni", [scheme(&lead)]);
    case.add(
        "Deliberazioni",
        bodies.iter().map(|body| deliberation(body, subject(body), progress(body), Some(fee(body)))),
    );
    case.add("Servizi", services());
    case.add("Fasce", bands());
    case.add("Richieste", requests);
    case.add("Incarichi", contacts);
    case.finish(&[], notes)
}

/// Two thirds have voted, half of these with immediate effect.
fn progress(body: &Member) -> Progress {
    match session(body.index) {
        Some(day) if body.index % 6 < 2 => Progress::VotedAtOnce(day),
        Some(day) if body.index % 6 < 4 => Progress::Voted(day),
        _ => Progress::Proposed,
    }
}

fn notes() -> Vec<String> {
    [
        "Riproduce il Centro servizi territoriale della Provincia di Pesaro e Urbino: la Provincia capofila, 46 Comuni della provincia, 3 Comuni della provincia di Rimini, 3 Unioni montane, 2 Unioni di Comuni e 7 altri enti, per il quinquennio 2026–2030.",
        "I Comuni sono quelli dell’elenco nazionale, con codici, indirizzi, PEC e abitanti al 1° gennaio 2023. La fonte non dice quali 46 dei 50 Comuni della provincia aderiscano: sono presi i 46 più popolosi. I tre Comuni di Rimini sono scelti fra quelli della Valmarecchia.",
        "Unioni, biblioteca, parco e altri enti non stanno nell’elenco nazionale: i loro codici fiscali, indirizzi e PEC sono inventati, anche se ben formati, e così il codice fiscale e la PEC della Provincia. I sette altri enti sono inventati, e i nomi delle Unioni sono soltanto verosimili.",
        "Sono inventati tutti i nomi di persona, i numeri, le date e i voti delle deliberazioni, i capitoli di spesa e i recapiti.",
        "La quota è di 0,44 euro per abitante all’anno. La quota fissa di 300 euro per chi non ha abitanti e il prezzo di 45 euro l’ora della formazione sono inventati: la fonte non li indica. I servizi senza prezzo sono a preventivo.",
        "La fonte non parla di recesso: il preavviso di 90 giorni è un esempio. Il regime «fuori campo» è un’impostazione dell’esempio: la scelta spetta alla segreteria.",
        "L’importo totale è la somma dei contributi di tutti gli enti aderenti per i cinque anni.",
    ]
    .map(str::to_owned)
    .to_vec()
}
