//! The VAT register and the CSV, read back with other libraries.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::*;
use crate::bill::{BillLine, Tax};
use crate::emit::register::{Register, register};
use crate::fatturapa::sample::{credit_note, day, decimal, invoice, line, payer};

fn bills() -> Vec<RegisterBill> {
    let of = |bill: &Bill| {
        let file = bill.file_name().map(|name| format!("fatture/{name}"));
        RegisterBill::of(bill, Entry::of(bill, None, false), file, Some(format!("fatture/{}.pdf", bill.stem())))
    };
    let exempt = BillLine {
        tax: Tax::none(Nature::N4, "art. 10, c. 1, n. 20, D.P.R. 633/1972"),
        ..line("Formazione", None, "100", "100")
    };
    let mut mixed = Bill { number: "13/2026".into(), split: false, date: day(2026, 4, 1), ..invoice() };
    mixed.lines.push(exempt);
    mixed.stamp = Some(Money::round(decimal("2")));
    mixed.payer.name = "=2+5; \"Comune\"\nin rosso".into();
    let request = Bill { kind: BillKind::Richiesta, number: "R1/2026".into(), sending: None, ..invoice() };
    [mixed, request, credit_note(), invoice()].iter().map(of).collect()
}

fn sheets(bills: Vec<RegisterBill>) -> Vec<(String, Range<Data>)> {
    let it = Register {
        title: "Convenzione",
        day: day(2026, 5, 1),
        acts: Vec::new(),
        deadlines: Vec::new(),
        year: 2026,
        fees: Vec::new(),
        services: Vec::new(),
        missing: Vec::new(),
        bills,
        findings: &[],
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(register(&it).expect("a register"))).expect("a workbook");
    book.worksheets()
}

fn rows(sheets: &[(String, Range<Data>)], name: &str) -> Vec<Vec<String>> {
    let (_, range) = sheets.iter().find(|(sheet, _)| sheet == name).expect("the sheet");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

#[test]
fn the_vat_register_has_a_row_for_each_rate_in_order_of_day_with_credit_notes_negative() {
    let rows = rows(&sheets(bills()), "Registro IVA");
    let shown: Vec<String> =
        rows[1..5].iter().map(|row| [1, 7, 8, 9, 10, 11, 12, 13, 14].map(|at| row[at].as_str()).join(" | ")).collect();
    assert_eq!(
        shown,
        [
            "NC 1/2026 | -250 | 0 | N4 esente | 0 | -250 | no | -250 | -2",
            "12/2026 | 1023.75 | 22 |  | 225.23 | 1248.98 | sì | 1023.75 | ",
            "13/2026 | 1023.75 | 22 |  | 225.23 | 1248.98 | no | 1248.98 | 2",
            "13/2026 | 100 | 0 | N4 esente | 0 | 100 | no | 100 | ",
        ]
    );
    assert_eq!(rows[6][7], "1897.5", "the sum, a row below");
}

#[test]
fn sums_by_month_tell_whose_the_tax_is() {
    let rows = rows(&sheets(bills()), "Riepilogo IVA");
    let shown: Vec<String> = rows[1..5].iter().map(|row| row.join(" | ")).collect();
    assert_eq!(
        shown,
        [
            "2026-03 | 2026 | 1° trimestre | 22 |  | sì | 1 | 1023.75 | 225.23 | 1248.98 | 1023.75 | 0",
            "2026-03 | 2026 | 1° trimestre | 0 | N4 esente | no | 1 | -250 | 0 | -250 | -250 | 0",
            "2026-04 | 2026 | 2° trimestre | 22 |  | no | 1 | 1023.75 | 225.23 | 1248.98 | 1248.98 | 225.23",
            "2026-04 | 2026 | 2° trimestre | 0 | N4 esente | no | 1 | 100 | 0 | 100 | 100 | 0",
        ]
    );
}

#[test]
fn requests_stand_apart_and_without_bills_there_is_no_sheet() {
    let with = sheets(bills());
    assert_eq!(rows(&with, "Richieste di versamento")[1][1], "R1/2026");
    let names: Vec<String> = sheets(Vec::new()).into_iter().map(|(name, _)| name).collect();
    assert!(!names.iter().any(|name| name.contains("IVA") || name.contains("versamento")), "{names:?}");
}

#[test]
fn the_csv_is_as_the_guide_says() {
    let bytes = csv(&bills()).expect("a CSV");
    let text = std::str::from_utf8(&bytes).expect("UTF-8").strip_prefix('\u{feff}').expect("its mark");
    let mut reader = csv::ReaderBuilder::new().delimiter(b';').has_headers(false).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect();
    let guide = include_str!("../../../../docs/guida.md");
    for name in &rows[0] {
        assert!(guide.contains(&format!("`{name}`")), "the guide does not say what {name} is");
    }
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [22; 6]);
    assert_eq!(
        rows[2].join("|"),
        "nota di credito|NC 1/2026|02/03/2026|2026|c_prova|Acque di Prova S.p.A.|80000000029|00000000026|-250,00|0,00|N4|\
         art. 10, c. 1, n. 20, D.P.R. 633/1972|0,00|-250,00|no|-250,00|-2,00||||3/2026|fatture/IT80000000011_6F00C.xml"
    );
    assert_eq!(rows[4][5], "'=2+5; \"Comune\" in rosso");
    assert_eq!(rows[1][0], "richiesta di versamento");
    assert!(text.lines().nth(1).is_some_and(|line| line.contains(&payer().tax_code.expect("a code"))));
    assert!(text.contains("\r\n") && text.ends_with("\r\n"));
}

#[test]
fn texts_that_look_like_formulas_are_harmless() {
    for text in ["=1", "+1", "-1", "@a", "\t=1", "\r\n=1", " =1", "|a", "%0"] {
        assert!(harmless(text).starts_with('\''), "{text:?}");
    }
    assert_eq!(harmless("12/2026 - A"), "12/2026 - A");
}
