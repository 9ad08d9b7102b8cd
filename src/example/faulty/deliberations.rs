//! Faults of `Deliberazioni`, one a row: from the nineteenth body on, where `Enti` has none.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::ExampleCell;
use super::super::case::{Case, Record};
use super::super::member::Member;
use super::super::pesaro_urbino::fee;
use super::NOTE;
use crate::schema::{Choices, DeliberationState, DeliberationSubject, Organ};

/// First body whose deliberation is at fault.
const FIRST: usize = 18;

/// A change to the good row of a body.
type Fault = fn(&mut Record, &Member);

const FAULTS: [(Fault, &str); 16] = [
    (|row, _| row.put("organo", Organ::Giunta.word()), "DEL-01: la Giunta non è competente"),
    (|row, _| row.put("numero", ExampleCell::Empty), "DEL-02: adottata senza numero"),
    (|row, _| row.put("pubblicata_il", day(11, 21)), "DEL-03: pubblicata prima della seduta"),
    (|row, _| votes(row, [11, 8, 0, 1, 0]), "DEL-04: i voti non danno i presenti"),
    (|row, _| votes(row, [3, 3, 0, 0, 0]), "DEL-05: numero legale non raggiunto"),
    (|row, _| votes(row, [40, 40, 0, 0, 0]), "DEL-06: più presenti che componenti"),
    (|row, _| votes(row, [11, 5, 6, 0, 0]), "DEL-07: più contrari che favorevoli"),
    (immediate_with_three_votes, "DEL-08: immediata eseguibilità con tre voti"),
    (executive_too_early, "DEL-09: esecutiva al quarto giorno di pubblicazione"),
    (|row, _| row.put("parere_tecnico", ExampleCell::Empty), "DEL-10: manca il parere tecnico"),
    (|row, _| row.put("parere_contabile", ExampleCell::Empty), "DEL-11: manca il parere contabile"),
    (|row, _| row.put("parere_revisori", ExampleCell::Empty), "DEL-12: parere dei revisori non indicato"),
    (|row, body| row.put("importo_annuo", half_of_the_fee(body)), "DEL-13: spesa inferiore alla quota"),
    (|row, _| row.put("segretario", ExampleCell::Empty), "DEL-16: manca il segretario"),
    (not_voted, "C30-12: alla stipula la deliberazione è ancora una proposta"),
    (|row, _| row.put("capitolo", ExampleCell::Empty), "DEL-13: capitolo di spesa non indicato"),
];

/// Puts the faults in.
pub fn spoil(case: &mut Case, bodies: &[Member]) {
    let targets = bodies.iter().skip(FIRST).filter(|body| body.comune.is_some() && body.rejoining);
    for (body, (fault, note)) in targets.zip(FAULTS) {
        if let Some(row) = case.find("Deliberazioni", "ente", &body.code) {
            fault(row, body);
            row.put(NOTE, note);
        }
    }
    // The renewal of a body that had never adhered.
    let newcomer = bodies.iter().skip(FIRST).find(|body| !body.rejoining).map(|body| body.code.clone());
    if let Some(row) = newcomer.and_then(|code| case.find("Deliberazioni", "ente", &code)) {
        row.put("oggetto", DeliberationSubject::Rinnovo.word());
        row.put(NOTE, "DEL-14: rinnovo di un ente che non aveva aderito");
    }
    // A row of nobody.
    let stranger = case.records("Deliberazioni").last().cloned().unwrap_or_default();
    case.add(
        "Deliberazioni",
        [stranger
            .with("ente", "c_b532")
            .with("oggetto", DeliberationSubject::Adesione.word())
            .with(NOTE, "WB-10: ente che non sta nel foglio Enti")],
    );
}

fn day(month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2025, month, day)
}

/// Present, favourable, against, abstained, not voting.
fn votes(row: &mut Record, counts: [u64; 5]) {
    for (column, count) in
        ["presenti", "favorevoli", "contrari", "astenuti", "non_partecipanti"].into_iter().zip(counts)
    {
        row.put(column, count);
    }
}

fn immediate_with_three_votes(row: &mut Record, _: &Member) {
    row.put("immediata", true);
    row.put("favorevoli_immediata", 3_u64);
    row.put("data", day(12, 2));
    row.put("esecutiva_dal", day(12, 2));
}

fn executive_too_early(row: &mut Record, _: &Member) {
    row.put("data", day(12, 1));
    row.put("pubblicata_il", day(12, 1));
    row.put("esecutiva_dal", day(12, 5));
}

fn half_of_the_fee(body: &Member) -> Decimal {
    fee(body).percent(Decimal::from(50)).decimal()
}

fn not_voted(row: &mut Record, _: &Member) {
    row.put("stato", DeliberationState::Proposta.word());
    let voted = [
        "numero",
        "data",
        "pubblicata_il",
        "esecutiva_dal",
        "immediata",
        "presenti",
        "favorevoli",
        "contrari",
        "astenuti",
        "non_partecipanti",
        "favorevoli_immediata",
        "presidente",
        "segretario",
    ];
    for column in voted {
        row.put(column, ExampleCell::Empty);
    }
}
