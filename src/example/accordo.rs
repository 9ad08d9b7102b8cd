//! The example of the agreement between Regione Lombardia and ANCI Lombardia (L. 241/1990, art. 15), from 1 January 2026
//! to 30 June 2027, with its yearly sums and its plan of activities.

mod plan;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Example;
use super::act::{Progress, deliberation};
use super::case::{Case, Record};
use super::member::Member;
use super::offer::Offer;
use crate::schema::{BodyKind, Choices, DeliberationSubject, Extension, Form, Mode, Signing, Stage, VatRegime};

/// The model.
pub const MODEL: &str = "accordo";
/// Yearly sums of the Region, in euro.
const ALLOCATIONS: [(u64, u32); 2] = [(2026, 100_000), (2027, 50_000)];
/// Chapter of the Region's budget.
const CHAPTER: &str = "13593";

/// The fields of collaboration.
const FIELDS: [Offer; 4] = [
    Offer::included(
        "orientamento",
        "Orientamento strategico",
        "Analisi dello stato digitale dei Comuni, soprattutto piccoli, e indicazioni per decidere.",
    ),
    Offer::included(
        "pnrr",
        "Supporto alle azioni del PNRR",
        "Raccordo, informazione e aiuto mirato sulle misure di digitalizzazione e semplificazione.",
    ),
    Offer::included(
        "rafforzamento",
        "Rafforzamento amministrativo",
        "Formazione e comunità di pratica per le competenze digitali dei dipendenti comunali.",
    ),
    Offer::included(
        "iniziative-regionali",
        "Attuazione delle iniziative regionali",
        "Affiancamento dei Comuni su dati, piattaforme, pagamenti, identità digitale, conservazione e sicurezza.",
    ),
];

fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn region() -> Member {
    let seat = ["Piazza Città di Lombardia, 1", "20124", "Milano", "MI"];
    // The position makes the vote unanimous.
    let mut region = Member::invented("r-lombardia", BodyKind::Regione, "Regione Lombardia", seat, 9_000);
    region.office = Some(["Dirigente delegata", "Dirigente delegato"]);
    region.leading()
}

fn association() -> Member {
    let seat = ["Via Rovello, 2", "20121", "Milano", "MI"];
    let mut body = Member::invented("anci-lombardia", BodyKind::Associazione, "ANCI Lombardia", seat, 9_002);
    body.office = Some(["Segretaria generale", "Segretario generale"]);
    body
}

fn convention(lead: &Member) -> Record {
    let total: u32 = ALLOCATIONS.iter().map(|(_, sum)| sum).sum();
    Record::new()
        .with("modello", MODEL)
        .with("titolo", "Accordo per la semplificazione e la trasformazione digitale nei Comuni lombardi")
        .with("tipo", Form::Multilaterale.word())
        .with("fase", Stage::Schema.word())
        .with("capofila", lead.code.as_str())
        .with("decorrenza", day(2026, 1, 1))
        .with("scadenza", day(2027, 6, 30))
        .with("rinnovo", Extension::No.word())
        .with("recesso_preavviso_giorni", 90_u64)
        .with("recesso_dal_anno", 1_u64)
        .with("funzioni_fondamentali", false)
        .with("forma", Mode::Coordinamento.word())
        .with("sede", "Milano, piazza Città di Lombardia 1")
        .with("luogo_firma", "Milano")
        .with("firma", Signing::Digitale.word())
        .with("regime_iva", VatRegime::FuoriCampo.word())
        .with("scissione_pagamenti", false)
        .with("importo_totale", Decimal::from(total))
        .with("anno", 2026_u64)
}

/// The deliberation of the Giunta on the scheme, and that of the association, which spends nothing.
fn deliberations(region: &Member, association: &Member) -> [Record; 2] {
    let voted = |year, month, date| day(year, month, date).map_or(Progress::Proposed, Progress::VotedAtOnce);
    [
        deliberation(region, DeliberationSubject::Schema, voted(2025, 11, 24), None).with("capitolo", CHAPTER),
        deliberation(association, DeliberationSubject::Rinnovo, voted(2025, 12, 3), None)
            .with("parere_contabile", "non dovuto")
            .with("responsabile_contabile", ""),
    ]
}

fn posts(body: &Member) -> [Record; 3] {
    let post = |role: &str, place: usize, office: &str| {
        let (person, number) = (body.person(place), body.index * 10 + place);
        Record::new()
            .with("ente", body.code.as_str())
            .with("ruolo", role)
            .with("nome", person.name)
            .with("cognome", person.surname)
            .with("ufficio", office)
            .with("telefono", format!("02 00{number:05}"))
            .with("email", format!("{}@{}.example", if place == 2 { "attivita" } else { "regia" }, body.code))
    };
    [
        post("referente", 2, "Trasformazione digitale"),
        post("componente della Cabina di regia", 3, "Sistemi informativi"),
        post("componente della Cabina di regia", 4, "Segreteria"),
    ]
}

/// The whole workbook.
pub fn example() -> Example {
    let (region, association) = (region(), association());
    let mut case = Case::new();
    case.add("Convenzione", [convention(&region)]);
    case.add("Enti", [region.record(), association.record()]);
    case.add("Deliberazioni", deliberations(&region, &association));
    case.add("Servizi", FIELDS.iter().map(Offer::record));
    case.add("Incarichi", [&region, &association].into_iter().flat_map(posts));
    let allocation = |(year, sum): (u64, u32)| {
        Record::new()
            .with("ente", region.code.as_str())
            .with("anno", year)
            .with("capitolo", CHAPTER)
            .with("importo", Decimal::from(sum))
    };
    case.add("Stanziamenti", ALLOCATIONS.map(allocation));
    case.add("Attivita", plan::activities(&association.code));
    case.finish(&[], notes())
}

fn notes() -> Vec<String> {
    [
        "Riproduce l’accordo fra Regione Lombardia e ANCI Lombardia approvato dalla Giunta regionale. Nella fonte va dalla firma al 30 giugno 2023, con 100.000 euro sul bilancio 2022 e 50.000 sul 2023: qui tutto è portato avanti di quattro anni, dal 1° gennaio 2026 al 30 giugno 2027, perché un accordo scaduto non si può stipulare.",
        "Una Regione e un’associazione non sono enti locali: per questo è un accordo fra amministrazioni (L. 241/1990, art. 15) e non una convenzione. L’avviso C30-11, se compare, lo dice.",
        "Le somme sono comprensive di IVA se dovuta, come nella fonte, che le eroga sulle attività svolte: il regime «fuori campo» è un’impostazione dell’esempio. Il capitolo 13593 è della fonte; l’importo totale è la somma dei due stanziamenti.",
        "Il foglio «Servizi» elenca gli ambiti di collaborazione e il foglio «Attivita» il piano delle attività, con i valori attesi della fonte; le parole sono nostre e le scadenze sono distribuite fra i semestri dell’accordo.",
        "La Giunta delibera all’unanimità, come nella fonte; i componenti presenti sono inventati. Che organo approvi l’accordo per ANCI Lombardia non è nella fonte: l’esempio suppone il consiglio direttivo.",
        "Sono inventati i nomi di persona, i numeri e le date delle deliberazioni, i recapiti, i codici fiscali e le PEC dei due enti, anche se ben formati. Il preavviso di recesso di 90 giorni è un esempio: la fonte non ne parla.",
    ]
    .map(str::to_owned)
    .to_vec()
}
