//! The example of the reference model: an invented Province with a few real Comuni, for the term 2026–2028.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Example;
use super::act::{Progress, deliberation, session};
use super::case::{Case, Record};
use super::catalogue;
use super::member::Member;
use crate::gazetteer::Gazetteer;
use crate::money::Money;
use crate::schema::{BodyKind, Choices, DeliberationSubject, Extension, Form, Mode, Signing, Stage, VatRegime};

/// The model.
pub const MODEL: &str = "upi";
/// Years of the term.
pub const YEARS: u32 = 3;
/// Title of the convention.
const TITLE: &str = "Convenzione per la costituzione e la gestione associata del Centro servizi territoriale";
/// Real Comuni, all of one province.
const COMUNI: [&str; 8] = [
    "Antrodoco",
    "Belmonte in Sabina",
    "Borgo Velino",
    "Borgorose",
    "Cantalice",
    "Cantalupo in Sabina",
    "Casaprota",
    "Castelnuovo di Farfa",
];

/// Euro a year for each inhabitant. Invented.
fn rate() -> Decimal {
    Decimal::new(30, 2)
}

/// Euro a year for a body that has no inhabitants of its own. Invented.
fn flat() -> Decimal {
    Decimal::new(250, 0)
}

fn adherents() -> Vec<Member> {
    let list = Gazetteer::get();
    let mut bodies: Vec<Member> = COMUNI
        .iter()
        .filter_map(|name| list.find(name, Some("RI")))
        .enumerate()
        .map(|(index, comune)| Member::of_comune(comune, index + 201, false))
        .collect();
    let others = [
        (
            "un-valdarnia",
            BodyKind::Unione,
            "Unione dei Comuni della Valdarnia",
            ["Via dell’Unione, 1", "02010", "Borgo Velino", "RI"],
        ),
        (
            "cm-valdarnia",
            BodyKind::Montana,
            "Comunità montana della Valdarnia",
            ["Via della Montagna, 2", "02013", "Antrodoco", "RI"],
        ),
    ];
    for (code, kind, name, seat) in others {
        let mut body = Member::invented(code, kind, name, seat, 201 + bodies.len());
        body.rejoining = false;
        bodies.push(body);
    }
    bodies
}

fn progress(body: &Member) -> Progress {
    match session(body.index) {
        Some(day) if body.index.is_multiple_of(3) => Progress::VotedAtOnce(day),
        Some(day) if body.index % 3 == 1 => Progress::Voted(day),
        _ => Progress::Proposed,
    }
}

/// The whole workbook.
pub fn example() -> Example {
    let seat = ["Piazza del Governo, 1", "02015", "Cittaducale", "RI"];
    let lead = Member::invented("p-valdarnia", BodyKind::Provincia, "Provincia di Valdarnia", seat, 200).leading();
    let bodies = adherents();
    let fee = |body: &Member| body.yearly_fee(rate(), flat());
    let total: Money = bodies.iter().map(|body| fee(body).times(YEARS)).sum();
    let mut case = Case::new();
    case.add(
        "Convenzione",
        [Record::new()
            .with("modello", MODEL)
            .with("titolo", TITLE)
            .with("tipo", Form::Bilaterale.word())
            .with("fase", Stage::Schema.word())
            .with("capofila", lead.code.as_str())
            .with("decorrenza", NaiveDate::from_ymd_opt(2026, 1, 1))
            .with("durata_anni", u64::from(YEARS))
            .with("scadenza", NaiveDate::from_ymd_opt(2028, 12, 31))
            .with("rinnovo", Extension::No.word())
            .with("recesso_preavviso_giorni", 90_u64)
            .with("recesso_dal_anno", 3_u64)
            .with("funzioni_fondamentali", false)
            .with("forma", Mode::Delega.word())
            .with("sede", "Cittaducale, piazza del Governo 1")
            .with("luogo_firma", "Cittaducale")
            .with("firma", Signing::Digitale.word())
            .with("regime_iva", VatRegime::FuoriCampo.word())
            .with("scissione_pagamenti", false)
            .with("importo_totale", total.decimal())
            .with("anno", 2026_u64)],
    );
    case.add("Enti", [&lead].into_iter().chain(&bodies).map(Member::record));
    let scheme = NaiveDate::from_ymd_opt(2025, 11, 18).map_or(Progress::Proposed, Progress::VotedAtOnce);
    case.add("Deliberazioni", [deliberation(&lead, DeliberationSubject::Schema, scheme, None)]);
    case.add(
        "Deliberazioni",
        bodies.iter().map(|body| deliberation(body, DeliberationSubject::Adesione, progress(body), Some(fee(body)))),
    );
    case.add("Servizi", catalogue::reference());
    case.add(
        "Fasce",
        [
            Record::new().with("tabella", "quota").with("da", 1_u64).with("importo", rate()),
            Record::new().with("tabella", "quota fissa").with("da", 0_u64).with("importo", flat()),
        ],
    );
    case.finish(&[], notes())
}

fn notes() -> Vec<String> {
    [
        "Elenco dimostrativo del modello di riferimento: la Provincia di Valdarnia non esiste, e non esistono l’Unione e la Comunità montana che ne portano il nome. Codici fiscali, indirizzi e PEC di questi enti sono inventati, anche se ben formati.",
        "I Comuni sono otto Comuni veri della provincia di Rieti, presi dall’elenco nazionale perché i controlli abbiano dati da confrontare: nessuno di loro ha a che fare con questo esempio.",
        "Sono inventati tutti i nomi di persona, i numeri, le date e i voti delle deliberazioni e i capitoli di spesa.",
        "Il modello di riferimento non quantifica la quota: 0,30 euro per abitante e 250 euro per chi non ha abitanti sono inventati. Gli altri servizi sono a preventivo.",
        "Il recesso è ammesso dal terzo anno, con 90 giorni di preavviso, come nel modello. Il regime «fuori campo» è un’impostazione dell’esempio: la scelta spetta alla segreteria.",
    ]
    .map(str::to_owned)
    .to_vec()
}
