//! The examples agree with the schema, with the law's arithmetic and with themselves.

use std::collections::BTreeSet;

use super::people::person;
use super::*;
use crate::date::term_end;
use crate::gazetteer::Gazetteer;
use crate::identifier::{BodyCode, Iban, OfficeCode, Pec, PostCode, TaxCode, VatNumber};
use crate::money::Money;
use crate::rule;
use crate::schema::{Kind, Layout, SHEETS};

mod centres;

/// The sound examples.
fn sound() -> Vec<(&'static str, Example)> {
    MODELS.map(|model| (model, example(model).expect("an example"))).into()
}

fn examples() -> Vec<(&'static str, Example)> {
    let mut all = sound();
    all.push(("errori", faulty()));
    all
}

/// The cell of a column.
fn cell<'a>(sheet: &'a ExampleSheet, row: &'a [ExampleCell], column: &str) -> &'a ExampleCell {
    let spec = sheet.spec().expect("a sheet of the contract");
    let names = spec.columns.iter().map(|column| column.name).chain(sheet.extra.iter().map(String::as_str));
    let index = names.enumerate().find(|(_, name)| *name == column).map(|(index, _)| index);
    &row[index.expect("a column")]
}

fn text<'a>(sheet: &'a ExampleSheet, row: &'a [ExampleCell], column: &str) -> &'a str {
    match cell(sheet, row, column) {
        ExampleCell::Text(text) => text,
        _ => "",
    }
}

fn number(sheet: &ExampleSheet, row: &[ExampleCell], column: &str) -> Option<Decimal> {
    match cell(sheet, row, column) {
        ExampleCell::Number(number) => Some(*number),
        _ => None,
    }
}

fn day(sheet: &ExampleSheet, row: &[ExampleCell], column: &str) -> Option<NaiveDate> {
    match cell(sheet, row, column) {
        ExampleCell::Date(day) => Some(*day),
        _ => None,
    }
}

#[test]
fn rows_have_the_columns_of_the_schema() {
    for (name, example) in examples() {
        for sheet in &example.sheets {
            let spec = sheet.spec().expect("a sheet of the contract");
            let beside = if spec.layout == Layout::Rows { sheet.extra.len() } else { 0 };
            for row in &sheet.rows {
                assert_eq!(row.len(), spec.columns.len() + beside, "{name} {}", sheet.name);
            }
        }
        let order: Vec<usize> =
            example.sheets.iter().filter_map(|s| SHEETS.iter().position(|spec| spec.name == s.name)).collect();
        assert!(order.is_sorted(), "{name}");
        assert!(SHEETS.iter().filter(|spec| spec.required).all(|spec| example.sheet(spec.name).is_some()), "{name}");
        assert!(!example.notes.is_empty());
    }
    assert!(example("altro").is_none());
}

#[test]
fn nothing_is_drawn_at_random() {
    assert_eq!(examples(), examples());
}

#[test]
fn good_cells_fit_their_columns() {
    for (name, example) in sound() {
        for sheet in &example.sheets {
            let spec = sheet.spec().expect("a sheet of the contract");
            for row in &sheet.rows {
                for (column, cell) in spec.columns.iter().zip(row) {
                    let fits = match (column.kind, cell) {
                        (_, ExampleCell::Empty) => true,
                        (Kind::Count | Kind::Money | Kind::Percent, ExampleCell::Number(_)) => true,
                        (Kind::Date, ExampleCell::Date(_)) => true,
                        (Kind::Bool, ExampleCell::Text(word)) => word == "sì" || word == "no",
                        (Kind::Choice(words), ExampleCell::Text(text)) => words.iter().any(|w| w.word == text),
                        (Kind::BodyCode | Kind::BodyRef, ExampleCell::Text(text)) => BodyCode::parse(text).is_ok(),
                        (Kind::TaxCode, ExampleCell::Text(text)) => TaxCode::parse(text).is_ok_and(|p| !p.restored),
                        (Kind::PostCode, ExampleCell::Text(text)) => PostCode::parse(text).is_ok(),
                        (Kind::VatNumber, ExampleCell::Text(text)) => VatNumber::parse(text).is_ok_and(|p| !p.restored),
                        (Kind::OfficeCode, ExampleCell::Text(text)) => OfficeCode::parse(text).is_ok(),
                        (Kind::Iban, ExampleCell::Text(text)) => Iban::parse(text).is_ok(),
                        (Kind::Pec, ExampleCell::Text(text)) => Pec::parse(text).is_ok(),
                        (Kind::Text | Kind::IstatCode, ExampleCell::Text(text)) => *text == text.trim(),
                        _ => false,
                    };
                    assert!(fits, "{name} {} {}: {cell:?}", sheet.name, column.name);
                }
            }
        }
    }
}

#[test]
fn pesaro_urbino_has_the_bodies_of_the_centre() {
    let example = example("pesaro-urbino").expect("an example");
    let sheet = example.sheet("Enti").expect("bodies");
    let count = |kind: &str, province: &str| {
        sheet
            .rows
            .iter()
            .filter(|row| text(sheet, row, "tipo") == kind && text(sheet, row, "provincia") == province)
            .count()
    };
    assert_eq!(count("Provincia", "PU"), 1);
    assert_eq!(count("Comune", "PU"), 46);
    assert_eq!(count("Comune", "RN"), 3);
    assert_eq!(count("Comunità montana", "PU"), 3);
    assert_eq!(count("Unione di Comuni", "PU"), 2);
    assert_eq!(count("Altro ente", "PU") + count("Consorzio", "PU"), 7);
    assert_eq!(sheet.rows.len(), 62);
    for row in sheet.rows.iter().filter(|row| text(sheet, row, "tipo") == "Comune") {
        let comune = Gazetteer::get().by_istat(text(sheet, row, "codice_istat")).expect("a Comune of the list");
        assert_eq!(text(sheet, row, "denominazione"), comune.full_name());
        assert!(comune.exists());
    }
}

#[test]
fn codes_and_tax_codes_are_unique() {
    for (name, example) in sound() {
        let sheet = example.sheet("Enti").expect("bodies");
        for column in ["codice", "codice_fiscale", "denominazione", "pec", "rappresentante"] {
            let values: BTreeSet<&str> = sheet.rows.iter().map(|row| text(sheet, row, column)).collect();
            assert_eq!(values.len(), sheet.rows.len(), "{name} {column}");
            assert!(!values.contains(""), "{name} {column}");
        }
    }
}

#[test]
fn totals_are_the_sum_of_the_fees() {
    for (name, rate, flat, years) in [("pesaro-urbino", "0.44", "300", 5), ("upi", "0.30", "250", 3)] {
        let example = example(name).expect("an example");
        let bodies = example.sheet("Enti").expect("bodies");
        let cents: i128 = bodies
            .rows
            .iter()
            .filter(|row| text(bodies, row, "ruolo") == "aderente")
            .map(|row| {
                let fee = match number(bodies, row, "abitanti") {
                    Some(inhabitants) => inhabitants * rate.parse::<Decimal>().expect("a rate"),
                    None => flat.parse().expect("a sum"),
                };
                // The rates have two decimals: a fee is a whole number of cents, and nothing is rounded here.
                let cents = fee * Decimal::ONE_HUNDRED;
                assert!(cents.is_integer());
                i128::try_from(cents).expect("cents") * years
            })
            .sum();
        let sheet = example.sheet("Convenzione").expect("the convention");
        let total = number(sheet, &sheet.rows[0], "importo_totale").expect("a total");
        assert_eq!(total * Decimal::ONE_HUNDRED, Decimal::from_i128_with_scale(cents, 0), "{name}");
        let start = day(sheet, &sheet.rows[0], "decorrenza").expect("a start");
        let years = u32::try_from(years).expect("years");
        assert_eq!(term_end(start, years), day(sheet, &sheet.rows[0], "scadenza"), "{name}");
    }
}

#[test]
fn deliberations_agree_with_the_law_and_the_bodies() {
    for (name, example) in sound() {
        let bodies = example.sheet("Enti").expect("bodies");
        let acts = example.sheet("Deliberazioni").expect("deliberations");
        // A body that adheres through its Union has no deliberation of its own.
        let alone = bodies.rows.iter().filter(|row| text(bodies, row, "unione").is_empty()).count();
        assert_eq!(acts.rows.len(), alone, "{name}");
        let mut voted = 0;
        for row in &acts.rows {
            let body = bodies.rows.iter().find(|b| text(bodies, b, "codice") == text(acts, row, "ente"));
            let body = body.expect("a body of the sheet");
            let subject = text(acts, row, "oggetto");
            assert_eq!(text(bodies, body, "unione"), "");
            match text(bodies, body, "gia_aderente") {
                "sì" => assert_eq!(subject, "rinnovo"),
                "no" => assert_eq!(subject, "adesione"),
                _ => assert_eq!(subject, "schema"),
            }
            let count = |column: &str| number(acts, row, column).unwrap_or_default();
            if text(acts, row, "stato") == "proposta" {
                assert_eq!(cell(acts, row, "data"), &ExampleCell::Empty);
                continue;
            }
            voted += 1;
            let assigned = match (number(bodies, body, "consiglieri_assegnati"), number(bodies, body, "abitanti")) {
                (Some(assigned), _) => assigned,
                (None, Some(inhabitants)) => {
                    let steps = [3_000, 10_000, 30_000, 100_000, 250_000, 500_000].map(Decimal::from);
                    let step = steps.iter().filter(|step| inhabitants > **step).count();
                    let comune = Gazetteer::get().by_istat(text(bodies, body, "codice_istat")).expect("a Comune");
                    let capital = comune.is_capital() && step < 4;
                    Decimal::from(if capital { 32 } else { [10, 12, 16, 24, 32, 36, 40][step] })
                }
                // The Giunta of a Region.
                _ => {
                    assert_eq!((text(acts, row, "organo"), text(bodies, body, "tipo")), ("Giunta", "Regione"));
                    Decimal::from(16)
                }
            };
            let shares = count("favorevoli") + count("contrari") + count("astenuti") + count("non_partecipanti");
            assert_eq!(count("presenti"), shares);
            assert!(count("presenti") <= assigned + Decimal::ONE);
            assert!((count("presenti") - Decimal::ONE) * Decimal::from(3) >= assigned);
            assert!(count("favorevoli") > count("contrari"));
            let [session, published, executive] =
                ["data", "pubblicata_il", "esecutiva_dal"].map(|column| day(acts, row, column).expect("a day"));
            assert!(session <= published && published <= executive);
            assert!(executive <= NaiveDate::from_ymd_opt(2025, 12, 31).expect("a day"));
            if text(acts, row, "immediata") == "sì" {
                assert!(count("favorevoli_immediata") * Decimal::TWO > assigned + Decimal::ONE);
                assert!(count("favorevoli_immediata") <= count("presenti"));
            } else {
                assert!((executive - published).num_days() > 10);
            }
            if let (Some(inhabitants), "pesaro-urbino" | "upi") = (number(bodies, body, "abitanti"), name) {
                let rate = Decimal::new(if name == "upi" { 30 } else { 44 }, 2);
                assert_eq!(Money::round(count("importo_annuo")), Money::round(inhabitants * rate));
            }
        }
        let share = if name == accordo::MODEL { 2 } else { voted * 3 / acts.rows.len() };
        assert!((1..=2).contains(&share), "{name}: {voted} of {} voted", acts.rows.len());
    }
}

#[test]
fn the_faulty_workbook_shows_forty_rules() {
    let example = faulty();
    let mut codes = BTreeSet::new();
    for sheet in &example.sheets {
        let spec = sheet.spec().expect("a sheet of the contract");
        let from = if spec.layout == Layout::Rows { spec.columns.len() } else { 0 };
        for cell in sheet.rows.iter().flat_map(|row| row.iter().skip(from)) {
            if let ExampleCell::Text(note) = cell
                && let Some((code, _)) = note.split_once(": ")
            {
                assert!(rule::find(code).is_some(), "{note}");
                codes.insert(code.to_owned());
            }
        }
    }
    // Told in the notes: the column of notes is itself unknown.
    codes.insert("WB-05".to_owned());
    assert!(codes.len() >= 45, "{}: {codes:?}", codes.len());
    let bodies = example.sheet("Enti").expect("bodies");
    assert!((40..=60).contains(&bodies.rows.len()));
}

#[test]
fn people_are_all_different() {
    let names: BTreeSet<String> = (0..1_640).map(|index| person(index).full()).collect();
    assert_eq!(names.len(), 1_640);
}
