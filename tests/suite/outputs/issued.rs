//! Bills on the disk: the readable copy says the numbers of its XML, what was issued never changes, a damaged record stops.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rust_decimal::Decimal;
use scrivano::italian::decimal;
use scrivano::pipeline::{self, BillOptions, BillReport, BillState, Checked, Judge, Progress, RunError, Tally};

use crate::rules::bills::base;
use crate::support::{Book, judge, library, press};

/// Tells nobody.
struct Silent;

impl Progress for Silent {
    fn start(&self, _: usize) {}
    fn begin(&self, _: &str) {}
    fn done(&self, _: Tally) {}
    fn finish(&self) {}
}

fn checked(book: &Book, day: &str) -> Checked {
    let today = scrivano::date::parse(day).expect("a day");
    Judge { today, acts: Some(&[]), ..judge() }.tables(&book.0)
}

fn run(book: &Book, day: &str, out: &Path) -> Result<BillReport, RunError> {
    let checked = checked(book, day);
    let options = BillOptions { out: out.to_owned(), year: 2026, bodies: Vec::new(), jobs: 2 };
    let bills = pipeline::prepare(&checked, &options, library(), press())?;
    pipeline::issue(&checked, &bills, library(), press(), 2)
}

/// Every file under a folder, by path.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            all.extend(files(&entry.path()).into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
        } else {
            all.insert(name, fs::read(entry.path()).expect("a file"));
        }
    }
    all
}

/// The contents of an element, as often as it stands in an XML of ours.
fn elements(xml: &str, name: &str) -> Vec<String> {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&open).skip(1).filter_map(|rest| rest.split(&close).next()).map(str::to_owned).collect()
}

/// A company, two Comuni: one with a service asked for in the year, so that there are several lines.
fn book() -> Book {
    let service = [
        ("codice", "prova"),
        ("nome", "Prova"),
        ("modalita", "listino"),
        ("unita", "postazione"),
        ("importo", "33,50"),
    ];
    let request =
        [("ente", "c_a334"), ("servizio", "prova"), ("tipo", "attivazione"), ("data", "12/01/2026"), ("quantita", "7")];
    base().add("Servizi", &service).add("Richieste", &request)
}

#[test]
fn the_copy_says_the_numbers_of_the_xml() {
    let out = tempfile::tempdir().expect("a folder");
    let report = run(&book(), "20/01/2026", out.path()).expect("issued");
    assert_eq!(report.summary.new, 2, "{:?}", report.diagnostics);
    for bill in &report.bills {
        let root = out.path().join("prova");
        let xml = fs::read_to_string(root.join(bill.file.as_ref().expect("an XML"))).expect("an XML");
        let pdf = fs::read(root.join(bill.copy.as_ref().expect("a copy"))).expect("a copy");
        let text: String = pdf_extract::extract_text_from_mem(&pdf).expect("text").split_whitespace().collect();
        let mut sums = 0;
        for name in ["PrezzoTotale", "ImponibileImporto", "Imposta", "ImportoTotaleDocumento", "ImportoPagamento"] {
            for figure in elements(&xml, name) {
                let figure: Decimal = figure.parse().expect("a sum");
                let said = format!("€{}", decimal(figure.round_dp(2), 2));
                assert!(text.contains(&said), "{name} {said} is not in the copy of n. {:?}: {text}", bill.number);
                sums += 1;
            }
        }
        assert!(sums >= 5, "{sums} sums");
        assert_eq!(elements(&xml, "Numero"), [bill.number.clone().expect("a number")]);
        assert_eq!(elements(&xml, "ImportoTotaleDocumento"), [bill.total.decimal().to_string()]);
        assert_eq!(elements(&xml, "ImportoPagamento"), [bill.to_pay.decimal().to_string()]);
    }
}

#[test]
fn what_is_issued_never_changes() {
    let out = tempfile::tempdir().expect("a folder");
    run(&book(), "20/01/2026", out.path()).expect("issued");
    let first = files(out.path());
    assert!(first.keys().any(|path| path.ends_with(".xml")) && first.keys().any(|path| path.ends_with(".csv")));
    // Another day: the same numbers, the same days, the same bytes.
    let again = run(&book(), "05/02/2026", out.path()).expect("nothing to issue");
    assert!(again.bills.iter().all(|bill| bill.state == BillState::Issued), "{:?}", again.bills);
    let second = files(out.path());
    let issued = |all: &BTreeMap<String, Vec<u8>>| -> BTreeMap<String, Vec<u8>> {
        all.iter().filter(|(path, _)| !path.ends_with("registro.xlsx")).map(|(p, b)| (p.clone(), b.clone())).collect()
    };
    assert!(issued(&first) == issued(&second), "the files of issued bills changed");
    // Other data: an error, and still the same bytes.
    let changed = book().put(("Enti", "c_a334", "abitanti"), "9000");
    let refused = run(&changed, "06/02/2026", out.path()).expect("told");
    let stopped: Vec<_> = refused.bills.iter().filter(|bill| bill.state == BillState::Withheld).collect();
    assert_eq!(stopped.len(), 1);
    assert_eq!((stopped[0].body.as_str(), stopped[0].reasons.as_slice()), ("c_a334", &["INV-02"][..]));
    assert!(issued(&first) == issued(&files(out.path())), "the files of issued bills changed");
    // A file that was lost comes back as it was.
    let xml = first.keys().find(|path| path.ends_with(".xml")).expect("an XML");
    fs::remove_file(out.path().join(xml)).expect("removed");
    run(&book(), "07/02/2026", out.path()).expect("made again");
    assert_eq!(fs::read(out.path().join(xml)).expect("there again"), first[xml]);
}

#[test]
fn a_damaged_record_or_a_stranger_stops_everything() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = out.path().join("prova/fatture");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("registro.json"), "{").expect("written");
    assert!(matches!(run(&book(), "20/01/2026", out.path()), Err(RunError::Argument(_))));
    assert_eq!(files(&folder).len(), 1, "nothing else was written");
    fs::remove_file(folder.join("registro.json")).expect("removed");
    fs::write(folder.join("IT99910010000_6F001.xml"), "<altro/>").expect("written");
    let told = run(&book(), "20/01/2026", out.path()).expect_err("a stranger").to_string();
    assert!(told.contains("IT99910010000_6F001.xml"), "{told}");
    assert_eq!(files(&folder).len(), 1, "nothing else was written");
}

#[test]
fn who_asks_genera_for_invoices_gets_what_the_sums_call_for() {
    let out = tempfile::tempdir().expect("a folder");
    let book = book()
        .put(("Convenzione", "regime_iva", ""), "fuori campo")
        .put(("Convenzione", "aliquota_iva", ""), crate::support::EMPTY)
        .put(("Convenzione", "scissione_pagamenti", ""), "no");
    let options = pipeline::Options {
        out: out.path().to_owned(),
        acts: Some(vec![scrivano::act::ActKind::Fattura]),
        formats: vec![pipeline::Format::Pdf],
        bodies: Vec::new(),
        jobs: 1,
        year: Some(2026),
        slice: None,
    };
    let checked = checked(&book, "20/01/2026");
    let (run, root) = pipeline::generate(checked, b"prova", library(), press(), &options, &Silent).expect("made");
    assert!(run.acts.iter().all(|act| act.act == "richiesta-versamento" && act.files.len() == 1), "{:?}", run.acts);
    assert_eq!(run.acts.len(), 2);
    let names: Vec<String> = files(&root).into_keys().filter(|path| path.contains("richiesta")).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}
