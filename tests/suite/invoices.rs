//! Invoices as the secretariat and the accountant fear them: registers kept by hand, sums that come back, signs that do not
//! print. Each test failed before what it holds was mended.

use std::path::Path;

use scrivano::bill::Entry;
use scrivano::billing::{Billing, State};
use scrivano::money::Money;
use scrivano::pipeline::{self, BillOptions, Bills, Checked, RunError};
use scrivano::schema::BillKind;

use crate::support::{Book, EMPTY, judge, library, press};

fn workbook() -> Book {
    Book::with(&["p-pu", "c_a035", "c_a327"])
        .put(("Convenzione", "regime_iva", ""), "imponibile")
        .put(("Convenzione", "aliquota_iva", ""), "22")
        .put(("Convenzione", "scissione_pagamenti", ""), "no")
}

/// A row of the register: payer, kind, number, day, base.
fn row(book: Book, body: &str, kind: &str, number: &str, day: &str, base: &str) -> Book {
    let cells =
        [("ente", body), ("anno", "2026"), ("tipo", kind), ("numero", number), ("data", day), ("imponibile", base)];
    book.add("Fatture", &cells)
}

fn billed(book: &Book, today: &str) -> Billing {
    let day = today.parse().expect("a day");
    let checked = pipeline::Judge { today: day, acts: Some(&[]), ..judge() }.tables(&book.0);
    let out = std::env::temp_dir().join("scrivano-no-such-folder");
    let options = BillOptions { out, year: 2026, bodies: Vec::new(), jobs: 1 };
    pipeline::prepare(&checked, &options, library(), press()).expect("bills").billing
}

fn numbers(billing: &Billing, state: State) -> Vec<String> {
    let of_state = billing.made.iter().filter(|made| made.state == state);
    let mut all: Vec<String> = of_state.map(|made| format!("{} {}", made.bill.kind.slug(), made.bill.number)).collect();
    all.sort();
    all
}

fn codes(billing: &Billing) -> Vec<&'static str> {
    billing.diagnostics.iter().filter(|found| found.is_error()).map(|found| found.code).collect()
}

#[test]
fn credit_notes_may_repeat_the_numbers_of_invoices() {
    let book = row(workbook(), "c_a035", "fattura", "1/2026", "10/01/2026", "");
    let book = row(book, "c_a035", "nota credito", "1/2026", "12/01/2026", "100");
    let book = book.put(("Fatture", "3", "fattura_collegata"), "1/2026");
    let billing = billed(&book, "2026-03-20");
    assert_eq!(codes(&billing), Vec::<&str>::new());
    assert_eq!(numbers(&billing, State::Issued), ["fattura 1/2026", "nota-credito 1/2026"]);
    assert_eq!(numbers(&billing, State::New), ["fattura 2/2026"]);
    let mut files: Vec<_> = billing.made.iter().filter_map(|made| made.bill.file_name()).collect();
    files.sort();
    files.dedup();
    assert_eq!(files.len(), 3);
}

#[test]
fn two_documents_of_a_number_make_no_file() {
    let book = row(workbook(), "c_a035", "fattura", "1/2026", "10/01/2026", "");
    let book = row(book, "c_a327", "fattura", "1/2026", "12/01/2026", "");
    let billing = billed(&book, "2026-03-20");
    assert_eq!(codes(&billing), ["INV-02"]);
    assert!(billing.made.is_empty());
}

#[test]
fn a_base_that_cannot_be_is_not_charged_again() {
    for base in ["0", "-1000"] {
        let billing = billed(&row(workbook(), "c_a035", "fattura", "1/2026", "10/01/2026", base), "2026-03-20");
        assert!(codes(&billing).contains(&"INV-02"), "{base}");
        assert!(numbers(&billing, State::New).is_empty(), "{base}");
    }
}

#[test]
fn a_credit_note_gives_back_and_never_takes() {
    let book = row(workbook(), "c_a035", "fattura", "1/2026", "10/01/2026", "");
    let note = |base| {
        let cells = [("ente", "c_a035"), ("anno", "2026"), ("tipo", "nota credito"), ("fattura_collegata", "1/2026")];
        book.clone().add("Fatture", &cells).put(("Fatture", "3", "imponibile"), base)
    };
    let billing = billed(&note("-5"), "2026-03-20");
    assert_eq!(codes(&billing), ["INV-10"]);
    assert!(numbers(&billing, State::New).iter().all(|number| number.starts_with("fattura")));
    let billing = billed(&note("5"), "2026-03-20");
    assert_eq!(numbers(&billing, State::New), ["fattura 2/2026", "nota-credito NC1/2026"]);
}

#[test]
fn zeros_before_a_counter_keep_the_name_of_the_file() {
    let book = row(workbook(), "c_a035", "fattura", "099/26", "10/01/2026", "");
    let name = |billing: &Billing, number: &str| {
        let made = billing.made.iter().find(|made| made.bill.number == number);
        made.and_then(|made| made.bill.file_name())
    };
    let first = name(&billed(&book, "2026-03-20"), "100/26");
    assert!(first.is_some());
    let registered = row(book, "c_a327", "fattura", "100/26", "20/03/2026", "");
    assert_eq!(name(&billed(&registered, "2026-03-21"), "100/26"), first);
}

#[test]
fn a_day_to_come_in_the_register_stops_the_numbers() {
    let book = row(workbook(), "c_a035", "fattura", "1/2026", "10/12/2026", "");
    let billing = billed(&book, "2026-03-20");
    assert_eq!(codes(&billing), ["INV-02"]);
    assert!(billing.withheld.iter().any(|it| it.number.is_none()), "who has no bill is told to be without");
}

#[test]
fn a_number_not_used_is_of_nobody() {
    let book = row(workbook(), "c_a035", "fattura", "1/2026", "10/01/2026", "");
    let cells = [("tipo", "annullata"), ("numero", "2/2026"), ("data", "11/01/2026")];
    let book = book.add("Fatture", &cells);
    assert!(!book.judge().diagnostics.iter().any(|found| found.code == "WB-10"));
    assert_eq!(numbers(&billed(&book, "2026-03-20"), State::New), ["fattura 3/2026"]);
}

#[test]
fn the_stamp_duty_charged_is_not_taken_for_a_sum_to_give_back() {
    // A company is not exempt from the stamp duty.
    let book = workbook()
        .put(("Enti", "c_a327", "tipo"), "Società")
        .put(("Enti", "c_a327", "denominazione"), "Prova S.p.A.")
        .put(("Enti", "c_a327", "codice_istat"), EMPTY)
        .put(("Enti", "c_a327", "codice_fiscale"), "99900000078")
        .put(("Convenzione", "regime_iva", ""), "esente")
        .put(("Convenzione", "aliquota_iva", ""), EMPTY)
        .put(("Convenzione", "bollo_addebitato", ""), "sì");
    let first = billed(&book, "2026-03-20");
    let made = first.made.iter().find(|made| made.bill.payer.code == "c_a327").expect("an invoice");
    assert_eq!(made.bill.lines.len(), 2);
    let Entry { base, .. } = &made.entry;
    let base = base.decimal().to_string();
    let book = row(book, "c_a327", "fattura", &made.bill.number, "20/03/2026", &base);
    let again = billed(&book, "2026-04-01");
    assert!(again.made.iter().all(|made| made.bill.kind != BillKind::NotaCredito));
    // Given back whole, it goes back as what it was: outside the taxable sum.
    let number = made.bill.number.as_str();
    let cells = [("ente", "c_a327"), ("anno", "2026"), ("tipo", "nota credito"), ("fattura_collegata", number)];
    let note = billed(&book.put(("Enti", "c_a327", "abitanti"), "2000").add("Fatture", &cells), "2026-04-01");
    let note = note.made.iter().find(|made| made.bill.kind == BillKind::NotaCredito).expect("a credit note");
    assert_eq!(note.entry.base.decimal().to_string(), base);
    let natures: Vec<_> = note.bill.lines.iter().filter_map(|line| line.tax.nature).map(|it| it.code()).collect();
    assert_eq!(natures, ["N4", "N1"]);
    assert_eq!(note.bill.lines.last().map(|line| line.amount), Some(Money::round(scrivano::bill::STAMP)));
}

#[test]
fn a_contact_without_telephone_owes_all_the_same() {
    let book = workbook()
        .add("Richieste", &[("ente", "c_a327"), ("servizio", "formazione"), ("data", "08/01/2026"), ("quantita", "3")]);
    let told = book.judge().diagnostics;
    assert!(told.iter().any(|found| found.code == "SRV-04" && found.is_error()), "the form is still faulty");
    assert!(billed(&book, "2026-03-20").withheld.is_empty());
}

#[test]
fn taxed_at_nothing_is_an_error_and_not_silence() {
    let told = workbook().put(("Convenzione", "aliquota_iva", ""), "0").judge().diagnostics;
    assert!(told.iter().any(|found| found.code == "FEE-07" && found.is_error()));
}

/// Judged and billed in a folder, as the command does.
fn in_folder(book: &Book, today: &str, year: i32, out: &Path, bodies: &[&str]) -> (Checked, Result<Bills, RunError>) {
    let day = today.parse().expect("a day");
    let checked = pipeline::Judge { today: day, acts: Some(&[]), ..judge() }.tables(&book.0);
    let bodies = bodies.iter().map(|body| (*body).to_owned()).collect();
    let options = BillOptions { out: out.to_owned(), year, bodies, jobs: 1 };
    let bills = pipeline::prepare(&checked, &options, library(), press());
    (checked, bills)
}

#[test]
fn what_cannot_be_printed_is_withheld_before_it_has_a_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let book = workbook().put(("Enti", "c_a035", "indirizzo"), "via del Sole ☀\u{1f3db} 1");
    let (checked, bills) = in_folder(&book, "2026-03-20", 2026, folder.path(), &[]);
    let bills = bills.expect("bills");
    assert_eq!(codes(&bills.billing), ["WB-07"]);
    assert_eq!(numbers(&bills.billing, State::New), ["fattura 1/2026"], "the other goes on");
    pipeline::issue(&checked, &bills, library(), press(), 1).expect("files");
}

#[test]
fn of_two_runs_at_once_one_stops_before_it_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (checked, one) = in_folder(&workbook(), "2026-03-20", 2026, folder.path(), &["c_a035"]);
    let (_, other) = in_folder(&workbook(), "2026-03-20", 2026, folder.path(), &["c_a327"]);
    let (one, other) = (one.expect("bills"), other.expect("bills"));
    pipeline::issue(&checked, &one, library(), press(), 1).expect("files");
    let files = |root: &Path| std::fs::read_dir(root.join("fatture")).expect("a folder").count();
    let before = files(&one.root);
    let refusal = pipeline::issue(&checked, &other, library(), press(), 1).expect_err("the number is taken");
    assert!(refusal.to_string().contains("un’altra esecuzione"), "{refusal}");
    assert_eq!(files(&one.root), before);
    let (_, again) = in_folder(&workbook(), "2026-03-20", 2026, folder.path(), &["c_a327"]);
    assert_eq!(numbers(&again.expect("bills").billing, State::New), ["fattura 2/2026"]);
}

#[test]
fn the_copy_of_the_workbook_gets_the_documents_of_other_years() {
    let folder = tempfile::tempdir().expect("a folder");
    let (checked, bills) = in_folder(&workbook(), "2026-12-20", 2026, folder.path(), &[]);
    pipeline::issue(&checked, &bills.expect("bills"), library(), press(), 1).expect("files");
    let (_, next) = in_folder(&workbook(), "2026-12-21", 2027, folder.path(), &[]);
    let next = next.expect("bills").billing;
    assert_eq!(numbers(&next, State::New), ["fattura 3/2026", "fattura 4/2026"]);
    let lacking: Vec<&str> = next.unregistered.iter().map(|entry| entry.number.as_str()).collect();
    assert_eq!(lacking, ["1/2026", "2/2026"]);
}

#[test]
fn what_comes_in_on_the_day_of_an_invoice_may_come_after_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (checked, bills) = in_folder(&workbook(), "2026-03-20", 2026, folder.path(), &[]);
    pipeline::issue(&checked, &bills.expect("bills"), library(), press(), 1).expect("files");
    let cells = [("ente", "c_a035"), ("servizio", "formazione"), ("data", "20/03/2026"), ("quantita", "2")];
    let (_, later) = in_folder(&workbook().add("Richieste", &cells), "2026-03-21", 2026, folder.path(), &[]);
    let later = later.expect("bills").billing;
    assert_eq!(codes(&later), Vec::<&str>::new());
    assert_eq!(numbers(&later, State::New), ["fattura 3/2026"]);
    assert_eq!(numbers(&later, State::Issued).len(), 2);
}
