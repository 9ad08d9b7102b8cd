//! The life of the bills of one payer: issued, made again, followed by others, corrected. The sums of fees and services are
//! given; what computes them is `fees`.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::bill::Print;
use crate::dossier::sample::{Sample, day};
use crate::dossier::{Basis, Charge, Contribution, Field, Invoice, Item, Line, Origin, Service, YearShare};
use crate::place::Place;
use crate::schema::{Unit, VatRegime};

const TODAY: (i32, u32, u32) = (2026, 11, 22);

fn field<T>(value: T) -> Field<T> {
    Field::new(value, Place::None, Origin::Sheet)
}

fn euro(text: &str) -> Money {
    Money::round(text.parse().expect("a sum"))
}

fn line(item: Item, what: &str, price: &str) -> Line {
    Line {
        item,
        what: what.to_owned(),
        quantity: 1,
        price: Some(price.parse().expect("a price")),
        share: None,
        discount: Decimal::ZERO,
        span: None,
        amount: euro(price),
        places: Vec::new(),
    }
}

/// A Province that invoices a Comune: € 1.000 of fee for 2026, 22 per cent of VAT, split payment.
fn dossier() -> Dossier {
    let mut it = Sample::sound().build();
    it.today = NaiveDate::from_ymd_opt(TODAY.0, TODAY.1, TODAY.2).expect("a day");
    let convention = &mut it.convention;
    convention.regime_iva = field(VatRegime::Imponibile);
    convention.aliquota_iva = field(Decimal::from(22));
    convention.scissione_pagamenti = field(true);
    convention.scissione_confermata = field(true);
    for (index, body) in it.bodies.iter_mut().enumerate() {
        body.indirizzo = field("via del Prato 1".to_owned());
        body.comune = field("Acqualagna".to_owned());
        body.cap = field(crate::identifier::PostCode::parse("61041").expect("a code").value);
        body.codice_ufficio = field(crate::identifier::OfficeCode::parse("UZ0001").expect("a code").value);
        let vat = crate::identifier::with_check_digit(&format!("99900{index}0000")).expect("a number");
        body.partita_iva = field(crate::identifier::VatNumber::parse(&vat).expect("a number").value);
        body.conto_tesoreria = field("9900001".to_owned());
    }
    let year =
        |year: i32| YearShare { from: day(year, 1, 1), to: day(year, 12, 31), net: euro("1000"), vat: euro("220") };
    let fee =
        Contribution::new(Basis::Flat, vec![line(Item::Flat, "quota fissa", "1000")], vec![year(2026), year(2027)]);
    it.contributions = vec![None, Some(fee)];
    it.services = vec![Service {
        codice: field("posta".to_owned()),
        nome: field("Posta".to_owned()),
        unita: field(Unit::Ente),
        ..Service::default()
    }];
    it
}

/// What was known: the fee, and so much of the service.
fn known(day: NaiveDate, service: &str) -> Snapshot {
    let lines = if service.is_empty() { Vec::new() } else { vec![line(Item::Service, "Posta", service)] };
    let charge = Charge { service: 0, quantity: 1, lines, open: None, places: Vec::new() };
    Snapshot { day, charges: vec![Vec::new(), vec![charge]], leaves: vec![None, None] }
}

fn bill(it: &Dossier, snapshots: &[Snapshot]) -> Billing {
    bills(&Billed { dossier: it, year: 2026, snapshots, ledger: &[], errors: &[Vec::new(), Vec::new()], only: None })
}

/// A row of the register.
fn row(kind: BillKind, number: &str, at: Option<NaiveDate>) -> Invoice {
    Invoice {
        ente: field("c_a035".to_owned()),
        anno: field(2026),
        tipo: field(kind),
        numero: if number.is_empty() { Field::absent(Place::None) } else { field(number.to_owned()) },
        data: at.map_or_else(|| Field::absent(Place::None), field),
        cig: field("Z123456789".to_owned()),
        determina_numero: field("84".to_owned()),
        ..Invoice::default()
    }
}

fn with(mut it: Dossier, rows: Vec<Invoice>) -> Dossier {
    it.invoices = rows;
    it.link();
    it
}

/// Kind, number, state and sum of the bills.
fn told(billing: &Billing) -> Vec<(BillKind, String, State, String)> {
    let one = |made: &Made| {
        let base = made.bill.totals().base.decimal().to_string();
        (made.bill.kind, made.bill.number.clone(), made.state, base)
    };
    billing.made.iter().map(one).collect()
}

fn codes(billing: &Billing) -> Vec<&'static str> {
    billing.diagnostics.iter().filter(|found| found.is_error()).map(|found| found.code).collect()
}

use BillKind::{Fattura, NotaCredito, Richiesta};
use State::{Issued, New};

#[test]
fn the_first_bill_charges_all_and_numbers_follow() {
    let draft = row(Fattura, "", None);
    let it = with(dossier(), vec![draft]);
    let billing = bill(&it, &[known(it.today, "500")]);
    assert_eq!(told(&billing), [(Fattura, "1/2026".to_owned(), New, "1500.00".to_owned())]);
    assert_eq!(codes(&billing), Vec::<&str>::new(), "{:?}", billing.diagnostics);
    let made = &billing.made[0].bill;
    let totals = made.totals();
    assert_eq!((totals.vat, totals.total, totals.to_pay), (euro("330"), euro("1830"), euro("1500")));
    assert_eq!(made.references.cig.as_deref(), Some("Z123456789"));
    assert_eq!(made.file_name().as_deref().map(|name| &name[name.len() - 10..]), Some("_6F001.xml"));
    let other = with(dossier(), vec![row(Fattura, "FPA 41/26", Some(day(2026, 2, 1))), row(Fattura, "", None)]);
    let mut theirs = other;
    theirs.invoices[0].ente = field("p_pu".to_owned());
    theirs.link();
    let billing = bill(&theirs, &[known(theirs.today, "")]);
    assert_eq!(told(&billing), [(Fattura, "FPA 42/26".to_owned(), New, "1000.00".to_owned())]);
}

#[test]
fn what_came_after_is_for_a_further_invoice_and_what_ended_for_a_credit_note() {
    let issued = day(2026, 2, 10);
    let it = with(dossier(), vec![row(Fattura, "1/2026", Some(issued))]);
    let more = bill(&it, &[known(issued, "300"), known(it.today, "500")]);
    let wanted = [
        (Fattura, "1/2026".to_owned(), Issued, "1300.00".to_owned()),
        (Fattura, "2/2026".to_owned(), New, "200.00".to_owned()),
    ];
    assert_eq!(told(&more), wanted);
    assert_eq!(more.made[1].bill.references.cig.as_deref(), Some("Z123456789"), "the payer's references hold");
    let less = bill(&it, &[known(issued, "300"), known(it.today, "120")]);
    let wanted = [
        (Fattura, "1/2026".to_owned(), Issued, "1300.00".to_owned()),
        (NotaCredito, "NC1/2026".to_owned(), New, "180.00".to_owned()),
    ];
    assert_eq!(told(&less), wanted);
    let note = &less.made[1].bill;
    let corrects = note.references.corrects.as_ref().expect("the invoice");
    assert_eq!((corrects.number.as_str(), corrects.date), ("1/2026", Some(issued)));
    // Registered in its turn it is made again, and nothing is left to give back.
    let mut registered = row(NotaCredito, "NC1/2026", Some(it.today));
    registered.fattura_collegata = field("1/2026".to_owned());
    let after = with(it.clone(), vec![row(Fattura, "1/2026", Some(issued)), registered]);
    let again = bill(&after, &[known(issued, "300"), known(it.today, "120")]);
    assert_eq!(told(&again)[1], (NotaCredito, "NC1/2026".to_owned(), Issued, "180.00".to_owned()));
    assert_eq!(told(&again).len(), 2);
    let prints = [&less, &again].map(|billing| billing.made[1].entry.print.clone());
    assert_eq!(prints[0], prints[1]);
}

#[test]
fn a_sum_changed_in_the_register_is_told_by_the_print() {
    let issued = day(2026, 2, 10);
    let mut first = row(Fattura, "1/2026", Some(issued));
    let sound = with(dossier(), vec![first.clone()]);
    let snapshots = [known(issued, ""), known(sound.today, "")];
    let print = bill(&sound, &snapshots).made[0].entry.print.clone();
    first.impronta = field(print.as_str().to_owned());
    for (base, expected) in [(1_000, vec![]), (1_400, vec!["INV-03"])] {
        first.imponibile = field(Decimal::from(base));
        assert_eq!(codes(&bill(&with(dossier(), vec![first.clone()]), &snapshots)), expected, "{base}");
    }
}

#[test]
fn an_issued_bill_whose_data_changed_asks_for_a_credit_note_and_is_then_made_anew() {
    let issued = day(2026, 2, 10);
    let mut first = row(Fattura, "1/2026", Some(issued));
    let sound = with(dossier(), vec![first.clone()]);
    let print = bill(&sound, &[known(issued, ""), known(sound.today, "")]).made[0].entry.print.clone();
    first.impronta = field(print.as_str().to_owned());
    first.imponibile = field(Decimal::from(1000));
    let mut changed = with(dossier(), vec![first.clone()]);
    let fee = changed.contributions[1].as_mut().expect("a fee");
    fee.lines = vec![line(Item::Flat, "quota fissa", "900")];
    fee.years.iter_mut().for_each(|year| year.net = euro("900"));
    let snapshots = [known(issued, ""), known(changed.today, "")];
    let refused = bill(&changed, &snapshots);
    assert_eq!((codes(&refused), told(&refused)), (vec!["INV-02"], Vec::new()));
    assert_eq!(refused.withheld[0].number.as_deref(), Some("1/2026"));
    let mut asked = row(NotaCredito, "", None);
    asked.fattura_collegata = field("1/2026".to_owned());
    let changed = with(changed, vec![first.clone(), asked]);
    let reissued = bill(&changed, &snapshots);
    let wanted = [
        (Fattura, "2/2026".to_owned(), New, "900.00".to_owned()),
        (NotaCredito, "NC1/2026".to_owned(), New, "1000.00".to_owned()),
    ];
    let mut got = told(&reissued);
    got.sort_by(|a, b| a.1.cmp(&b.1));
    assert_eq!((got.as_slice(), codes(&reissued)), (wanted.as_slice(), Vec::new()));
    // An address is no sum: what was sent stays, and nothing is wrong.
    let mut moved = with(dossier(), vec![first]);
    moved.bodies[1].indirizzo = field("via Nuova 2".to_owned());
    let kept = bill(&moved, &[known(issued, ""), known(moved.today, "")]);
    assert_eq!((told(&kept)[0].2, codes(&kept)), (State::Kept, Vec::new()));
}

#[test]
fn who_leaves_within_the_year_gets_back_the_days_left() {
    let issued = day(2026, 2, 10);
    let it = with(dossier(), vec![row(Fattura, "1/2026", Some(issued))]);
    let mut today = known(it.today, "");
    today.leaves = vec![None, Some(day(2026, 7, 1))];
    let billing = bill(&it, &[known(issued, ""), today]);
    // 184 days of 365 of € 1.000 are not owed: 1.000 − 495,89.
    assert_eq!(told(&billing)[1], (NotaCredito, "NC1/2026".to_owned(), New, "504.11".to_owned()));
}

#[test]
fn outside_vat_a_request_is_sent_unless_an_invoice_is_wanted() {
    let mut it = with(dossier(), vec![row(Richiesta, "", None)]);
    it.convention.regime_iva = field(VatRegime::FuoriCampo);
    it.convention.aliquota_iva = Field::default();
    it.convention.scissione_pagamenti = field(false);
    let billing = bill(&it, &[known(it.today, "")]);
    assert_eq!(told(&billing), [(Richiesta, "RV1/2026".to_owned(), New, "1000.00".to_owned())]);
    assert_eq!(billing.made[0].bill.file_name(), None);
    it.convention.documento_fuori_campo = field(crate::schema::OutsideVat::Fattura);
    let billing = bill(&it, &[known(it.today, "")]);
    let made = &billing.made[0].bill;
    assert_eq!(made.totals().summaries[0].tax.nature.map(crate::bill::Nature::code), Some("N2.2"));
    assert!(
        made.stamp.is_none() && made.reasons.iter().any(|it| it.contains("Tabella, art. 16")),
        "{:?}",
        made.reasons
    );
}

#[test]
fn a_broken_series_numbers_nothing_and_a_number_not_used_has_its_row() {
    let rows = |kind| {
        let mut rows = vec![row(Fattura, "1/2026", Some(day(2026, 1, 5))), row(kind, "2/2026", Some(day(2026, 1, 5)))];
        rows.push(row(Fattura, "4/2026", Some(day(2026, 1, 7))));
        rows.iter_mut().for_each(|row| row.ente = field("p_pu".to_owned()));
        rows
    };
    let gap = with(dossier(), rows(Fattura));
    let billing = bill(&gap, &[known(gap.today, "")]);
    assert_eq!((codes(&billing), told(&billing)), (vec!["INV-02"], Vec::new()));
    assert_eq!(billing.withheld[0].reasons, ["INV-02"]);
    let mut whole = rows(Fattura);
    let mut third = row(BillKind::Annullata, "3/2026", Some(day(2026, 1, 6)));
    third.ente = field("p_pu".to_owned());
    whole.push(third);
    let whole = with(dossier(), whole);
    let billing = bill(&whole, &[known(whole.today, "")]);
    assert_eq!(told(&billing), [(Fattura, "5/2026".to_owned(), New, "1000.00".to_owned())]);
}

#[test]
fn prints_are_read_back_and_nothing_else_is() {
    let it = with(dossier(), vec![row(Fattura, "", None)]);
    let print = bill(&it, &[known(it.today, "")]).made[0].entry.print.clone();
    assert_eq!(Print::parse(&print.as_str().to_uppercase()), Some(print));
    for text in ["", "1234", "zzzzzzzz-00000000", "00000000-0000000"] {
        assert_eq!(Print::parse(text), None, "{text}");
    }
}

#[test]
fn a_register_kept_by_hand_may_split_what_was_owed() {
    let (first, second) = (day(2026, 2, 10), day(2026, 3, 10));
    let by_hand = |number: &str, at, sum: i64| {
        let mut row = row(Fattura, number, Some(at));
        row.imponibile = field(Decimal::from(sum));
        row
    };
    let known_on = |it: &Dossier, service| [known(first, "500"), known(second, "500"), known(it.today, service)];
    let it = with(dossier(), vec![by_hand("1/2026", first, 1000), by_hand("2/2026", second, 500)]);
    let settled = bill(&it, &known_on(&it, "500"));
    assert_eq!((told(&settled), codes(&settled)), (Vec::new(), Vec::new()), "{:?}", settled.diagnostics);
    // What came since is for the next invoice all the same.
    let more = bill(&it, &known_on(&it, "620"));
    assert_eq!(told(&more), [(Fattura, "3/2026".to_owned(), New, "120.00".to_owned())]);
    // Other sums are other sums.
    let wrong = with(dossier(), vec![by_hand("1/2026", first, 1000), by_hand("2/2026", second, 400)]);
    assert_eq!(codes(&bill(&wrong, &known_on(&wrong, "500"))), ["INV-02"]);
}
