//! The copies of bills: each says every figure of its bill, what the law wants said, and the same words in every format.

use scrivano::act::{Act, ActKind, Block, Inline};
use scrivano::bill::Bill;
use scrivano::dossier::Dossier;
use scrivano::emit::{docx as word, html as page};

use super::small::{library, pdfs, press};
use super::tree::{assert_same, squeezed};
use super::{docx, html, pdf, tree};
use crate::support::Book;
use crate::support::bills::{HOSTILE, credit_note, invoice, of_members, request, samples, services, stamped};

fn dossier() -> Dossier {
    Book::small().judge().dossier.expect("a dossier")
}

fn compose(bill: &Bill) -> Act {
    library().compose_bill(bill, &dossier()).unwrap_or_else(|faults| panic!("{}: {faults:#?}", bill.number))
}

/// The words of a copy, no-break spaces made plain.
fn words(bill: &Bill) -> String {
    tree::words(&compose(bill)).replace('\u{a0}', " ")
}

fn assert_says(bill: &Bill, wanted: &[&str]) {
    let words = words(bill);
    for wanted in wanted {
        assert!(words.contains(wanted), "{} lacks «{wanted}»:\n{words}", bill.number);
    }
}

#[test]
fn a_copy_says_every_line_and_every_sum_of_its_bill() {
    for (name, bill) in samples() {
        let words = squeezed(&words(&bill));
        let totals = bill.totals();
        let is_request = compose(&bill).kind == ActKind::RichiestaVersamento;
        let mut wanted = vec![totals.base.to_string(), totals.to_pay.to_string(), bill.number.clone()];
        wanted.extend(bill.lines.iter().flat_map(|line| [line.description.clone(), line.amount.to_string()]));
        if !is_request {
            wanted.extend([totals.vat.to_string(), totals.total.to_string()]);
            wanted.extend(totals.summaries.iter().flat_map(|it| [it.base.to_string(), it.vat.to_string()]));
        }
        wanted.extend(totals.summaries.iter().map(|it| it.tax.law.clone()));
        for party in [&bill.seller, &bill.payer] {
            wanted.push(party.name.clone());
            let known = [&party.tax_code, &party.pec].into_iter().flatten().cloned();
            wanted.extend(known);
        }
        wanted.extend(bill.reasons.iter().cloned());
        wanted.extend(bill.file_name());
        for wanted in wanted {
            assert!(words.contains(&squeezed(&wanted)), "{name} lacks «{wanted}»:\n{words}");
        }
    }
}

#[test]
fn a_copy_bears_the_title_the_day_and_the_file_of_its_bill() {
    let act = compose(&invoice());
    assert_eq!(act.title.replace('\u{a0}', " "), "Fattura n. 12/2026 del 22 novembre 2026");
    assert_eq!((act.stem.as_str(), act.date), ("fattura-12-2026", invoice().date));
    assert_eq!(act.author, "Provincia di Pesaro e Urbino");
    let titles = [credit_note(), request()].map(|bill| compose(&bill).title.replace('\u{a0}', " "));
    assert_eq!(titles[0], "Nota di credito n. NC2/2026 del 22 novembre 2026");
    assert_eq!(titles[1], "Richiesta di versamento n. RV 8/2026 dell’8 novembre 2026");
    let mut unused = invoice();
    unused.kind = scrivano::schema::BillKind::Annullata;
    assert!(library().compose_bill(&unused, &dossier()).is_err(), "a number that was not used has no copy");
}

#[test]
fn an_invoice_says_that_it_is_a_copy_and_who_pays_the_vat() {
    let copy = "Copia di cortesia|«IT00212000418_6F01C.xml»|Sistema di interscambio|non ha valore fiscale";
    let split = "scissione dei pagamenti (art. 17-ter|all’emittente: il destinatario la versa all’erario\n€ 204,44";
    assert_says(&invoice(), &[copy, split].join("|").split('|').collect::<Vec<_>>());
    assert_says(&invoice(), &["Totale del documento\n€ 1.133,72", "Totale da pagare\n€ 929,28", "2.112 abitanti"]);
    assert_says(
        &invoice(),
        &["va pagata entro il 31 dicembre 2026, come dice", "n. 0060500", "IT60X0542811101000000123456"],
    );
    assert_says(
        &invoice(),
        &["n. 112/2026 in data 8 febbraio 2026", "Delib. 47 in data 28", "B2F7A01C44", "E71F22000490006", "UFE5ZS"],
    );
    assert!(!words(&services()).contains("17-ter"), "VAT is paid to who issues");
    assert_says(&services(), &["(dal 01/03/2026 al 31/12/2026)", "30%", "€ 45,125", "12 ore"]);
    assert!(!words(&invoice()).contains("Sconto"), "a column that no line needs");
}

#[test]
fn the_stamp_is_told_where_it_is_due_and_the_exemption_where_it_is_not() {
    assert_says(
        &stamped(),
        &["Imposta di bollo.", "nella misura di € 2,00", "addebitati con l’apposita riga", "N4 (esente)"],
    );
    assert_says(&of_members(), &["allegato B, art. 16", "N2.2 (fuori campo)"]);
    assert!(!words(&of_members()).contains("Imposta di bollo."));
}

#[test]
fn a_credit_note_names_what_it_corrects_and_a_request_bears_no_vat() {
    let note = [
        "corregge la fattura n. 12/2026 in data 22 novembre 2026",
        "Totale a credito\n€ 234,23",
        "Recesso",
        "entro il giorno 31 dicembre 2026 (entro 30 giorni",
    ];
    assert_says(&credit_note(), &note);
    assert!(!words(&credit_note()).contains("IBAN"), "nothing is paid");
    let request = request();
    assert_says(&request, &["Oggetto: contributo per l’anno 2026", "Riferimento: Contributo fuori campo IVA"]);
    assert_says(&request, &["€ 929,28 (euro novecentoventinove/28)", "Totale\nda versare\n\n\n€ 929,28"]);
    assert!(!words(&request).contains("Imponibile") && !words(&request).contains("Copia"));
}

#[test]
fn a_copy_says_the_same_in_every_format_and_has_nothing_to_sign_or_fill_in() {
    let samples = samples();
    let acts: Vec<Act> = samples.iter().map(|(_, bill)| compose(bill)).collect();
    for ((act, file), (name, bill)) in acts.iter().zip(pdfs(&acts)).zip(&samples) {
        let words = tree::words(act);
        assert_same(&format!("{name}, HTML"), &words, &html::words(&page::html(act)));
        assert_same(&format!("{name}, DOCX"), &words, &docx::words(&word::docx(act).expect("a DOCX")));
        assert_same(&format!("{name}, PDF"), &words, &pdf::words(&file, act));
        assert!(!act.blocks.iter().any(|block| matches!(block, Block::Signatures { .. })), "{name} is not signed");
        let (mut blanks, mut values) = (0, 0);
        act.for_each_inline(&mut |inline| match inline {
            Inline::Blank(_) => blanks += 1,
            Inline::Value(_) => values += 1,
            _ => {}
        });
        let lacks_account = bill.payment.iban.is_none() && bill.payment.treasury.is_none();
        assert_eq!(blanks, usize::from(lacks_account), "{name} has spaces to fill in");
        assert!(values > 20);
        assert!(press().unprintable(act).is_empty() || bill.payer.name == HOSTILE, "{name}");
    }
}
