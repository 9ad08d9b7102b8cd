//! Cells that clerks really write.

use super::*;
use crate::schema::sheet;

fn column(sheet_name: &str, name: &str) -> &'static Column {
    sheet(sheet_name).and_then(|spec| spec.column(name)).expect("a column of the contract")
}

fn number(text: &str) -> Raw {
    Raw::Number(text.to_owned(), None)
}

fn text(text: &str) -> Raw {
    Raw::Text(text.to_owned())
}

fn count(raw: Raw) -> Result<(u64, bool), &'static str> {
    match read(&raw, column("Enti", "abitanti")) {
        Reading::Value(Value::Count(n), note) => Ok((n, note.is_some())),
        Reading::Fault(code, ..) => Err(code),
        other => panic!("{other:?}"),
    }
}

fn amount(raw: Raw) -> Result<(String, bool), &'static str> {
    match read(&raw, column("Servizi", "importo")) {
        Reading::Value(Value::Decimal(n), note) => Ok((n.to_string(), note.is_some())),
        Reading::Fault(code, ..) => Err(code),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_number_that_became_a_date_is_no_text() {
    let day = chrono::NaiveDate::from_ymd_opt(2025, 5, 12).and_then(|day| day.and_hms_opt(0, 0, 0)).expect("a day");
    for (sheet, name) in [("Deliberazioni", "numero"), ("Deliberazioni", "capitolo"), ("Enti", "denominazione")] {
        match read(&Raw::Date(day), column(sheet, name)) {
            Reading::Fault("WB-03", message, _) => assert!(message.contains("12/05/2025"), "{message}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn head_counts_are_never_coerced() {
    assert_eq!(count(number("12345")), Ok((12_345, false)));
    assert_eq!(count(text("12.345")), Ok((12_345, true)));
    assert_eq!(count(text("1.234.567")), Ok((1_234_567, true)));
    assert_eq!(count(text("2 112")), Ok((2_112, true)));
    assert_eq!(count(number("-3")), Err("WB-03"));
    assert_eq!(count(number("12345.7")), Err("WB-03"));
    assert_eq!(count(text("12.34")), Err("WB-03"));
    assert_eq!(count(text("circa 2000")), Err("WB-03"));
    assert_eq!(count(Raw::Error("#N/D".into())), Err("WB-04"));
    assert_eq!(count(Raw::Uncalculated("B2*2".into())), Err("WB-04"));
    assert_eq!(count(number("99999999999999999999999999")), Err("WB-03"));
}

#[test]
fn amounts_are_read_as_italians_write_them() {
    assert_eq!(amount(text("0,15")), Ok(("0.15".into(), false)));
    assert_eq!(amount(text("€ 1.200,00")), Ok(("1200.00".into(), true)));
    assert_eq!(amount(text("1.200")), Ok(("1200".into(), true)));
    assert_eq!(amount(text("1200,5 €")), Ok(("1200.5".into(), false)));
    assert_eq!(amount(text("0.44")), Ok(("0.44".into(), true)));
    assert_eq!(amount(text("euro 35")), Ok(("35".into(), false)));
    assert_eq!(amount(number("0.44000000000000006")), Ok(("0.44".into(), false)));
    assert_eq!(amount(text("1,2,3")), Err("WB-03"));
    assert_eq!(amount(text("1.20.300")), Err("WB-03"));
    assert_eq!(amount(text("a corpo")), Err("WB-03"));
}

#[test]
fn codes_lose_and_regain_their_zeros() {
    let cell = Raw::Number("1735420018".into(), None);
    let Reading::Value(Value::VatNumber(vat), Some(note)) = read(&cell, column("Enti", "partita_iva")) else {
        panic!("a number with a note");
    };
    assert_eq!(vat.as_str(), "01735420018");
    assert!(note.contains("zeri"), "{note}");
    let cell = Raw::Number("12".into(), Some("00000".into()));
    assert_eq!(read(&cell, column("Deliberazioni", "numero")), Reading::Value(Value::Text("00012".into()), None));
}

#[test]
fn a_number_is_not_a_date() {
    let Reading::Fault(code, message, _) = read(&number("46023"), column("Convenzione", "decorrenza")) else {
        panic!("a fault");
    };
    assert_eq!(code, "WB-03");
    assert!(message.contains("46023"));
}

#[test]
fn percentages_follow_the_format() {
    let read = |raw| match read(&raw, column("Convenzione", "aliquota_iva")) {
        Reading::Value(Value::Decimal(n), _) => n.normalize().to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(read(Raw::Number("0.22".into(), Some("0%".into()))), "22");
    assert_eq!(read(number("22")), "22");
    assert_eq!(read(text("22%")), "22");
}

#[test]
fn invisible_characters_go_with_a_note() {
    let reading = read(&text(" Comune\u{a0}di\nCantiano\u{200b}\u{7} "), column("Enti", "denominazione"));
    let Reading::Value(Value::Text(name), Some(_)) = reading else { panic!("{reading:?}") };
    assert_eq!(name, "Comune di Cantiano");
}
