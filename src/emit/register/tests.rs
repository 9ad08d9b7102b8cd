//! The register is read back with another library.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use rust_decimal::Decimal;

use super::*;
use crate::dossier::DeadlineKind;
use crate::place::Place;

fn sample() -> Vec<u8> {
    let file = |format: &str| RegisterFile {
        format: format.to_owned(),
        path: format!("c_b636-cantiano/01-convenzione.{format}"),
        sha256: "ab".repeat(32),
    };
    let row = |outcome: Outcome| RegisterRow {
        body_code: "c_b636".to_owned(),
        body_name: "Comune di Cantiano".to_owned(),
        act: "convenzione".to_owned(),
        outcome,
        deliberation: RegisterDeliberation {
            state: "adottata".to_owned(),
            number: Some("47".to_owned()),
            date: NaiveDate::from_ymd_opt(2025, 12, 2),
        },
        yearly: Some(Money::round(Decimal::new(87_956, 2))),
        total: None,
    };
    let acts = [
        row(Outcome::Produced(vec![file("pdf"), file("docx")])),
        row(Outcome::Withheld(vec!["ENT-01: codice fiscale".to_owned(), "ENT-03: CAP".to_owned()])),
    ];
    let findings = [Diagnostic::new("ENT-01", Place::cell(&"Enti".into(), 6, 5), "non torna").body("c_b636")];
    let deadlines = [Deadline {
        day: NaiveDate::from_ymd_opt(2026, 10, 2).expect("a day"),
        kind: DeadlineKind::Withdrawal,
        key: "2027".to_owned(),
        what: "Ultimo giorno per il recesso".to_owned(),
        basis: "90 giorni prima della fine dell’anno".to_owned(),
        place: Place::None,
        body: None,
    }];
    register("Registro", &acts, &findings, &deadlines).expect("a register")
}

#[test]
fn same_values_same_bytes() {
    assert!(sample() == sample());
}

#[test]
fn rows_read_back() {
    let mut workbook = Xlsx::new(Cursor::new(sample())).expect("a workbook");
    assert_eq!(workbook.sheet_names(), ["Atti", "Segnalazioni", "Scadenze"]);
    let acts = workbook.worksheet_range("Atti").expect("acts");
    let cell = |row: usize, col: usize| acts.get((row, col)).map(ToString::to_string).unwrap_or_default();
    assert_eq!((cell(1, 3), cell(2, 3)), ("prodotto".to_owned(), "trattenuto".to_owned()));
    assert_eq!(cell(1, 5), "01-convenzione.pdf");
    assert_eq!(cell(2, 4), "ENT-01: codice fiscale\nENT-03: CAP");
    let column = |name: &str| ACTS.iter().position(|(header, _)| *header == name).expect("a column");
    assert_eq!(acts.get((1, column("quota annua"))), Some(&Data::Float(879.56)));
    let findings = workbook.worksheet_range("Segnalazioni").expect("findings");
    assert_eq!(findings.get((1, 1)).map(ToString::to_string).as_deref(), Some("F7"));
    assert_eq!(workbook.worksheet_range("Scadenze").expect("deadlines").height(), 2);
}

#[test]
fn links_are_relative() {
    let mut archive = zip::ZipArchive::new(Cursor::new(sample())).expect("a zip");
    let mut rels = String::new();
    let mut part = archive.by_name("xl/worksheets/_rels/sheet1.xml.rels").expect("relations");
    std::io::Read::read_to_string(&mut part, &mut rels).expect("text");
    assert!(rels.contains("Target=\"c_b636-cantiano/01-convenzione.pdf\""), "{rels}");
}
