//! Fees: sums, holes in tables, VAT, term; and what holds for any numbers.

mod criteria;
mod payers;
mod properties;
mod services;

use std::collections::BTreeMap;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::contributions;
use crate::diagnostic::Diagnostic;
use crate::dossier::sample::{Sample, day};
use crate::dossier::{Basis, Contribution};
use crate::model::{Criterion, FeeScheme};
use crate::money::Money;
use crate::rule::Severity;

fn run(sample: &Sample) -> (Vec<Option<Contribution>>, Vec<Diagnostic>) {
    let (owed, found) = contributions(&sample.build());
    for finding in &found {
        assert!(!finding.place.is_none() && !finding.message.is_empty(), "{finding:?}");
    }
    (owed, found)
}

/// Findings as (code, place).
fn found(sample: &Sample) -> Vec<(&'static str, String)> {
    run(sample).1.iter().map(|found| (found.code, found.place.to_string())).collect()
}

fn yearly(sample: &Sample) -> Option<String> {
    run(sample).0.get(1)?.as_ref().map(|owed| owed.yearly().decimal().to_string())
}

fn euro(text: &str) -> Money {
    Money::round(text.parse().expect("a decimal"))
}

/// A row of `Fasce`: table, from, to, sum, discount.
fn band(table: &str, from: &str, to: &str, sum: &str, discount: &str) -> BTreeMap<&'static str, String> {
    let names = ["tabella", "da", "a", "importo", "sconto"];
    let values = names.into_iter().zip([table, from, to, sum, discount]).filter(|(_, value)| !value.is_empty());
    values.map(|(name, value)| (name, value.to_owned())).collect()
}

/// What a body pays in a full year.
fn pays(owed: &[Option<Contribution>], index: usize) -> String {
    owed[index].as_ref().map_or_else(|| "?".to_owned(), |owed| owed.yearly().decimal().to_string())
}

#[test]
fn every_inhabitant_pays_the_rate() {
    let (owed, found) = run(&Sample::sound());
    assert_eq!(found, []);
    assert_eq!(owed.len(), 2);
    assert!(owed[0].is_none(), "the lead body pays nothing");
    let owed = owed[1].as_ref().expect("a contribution");
    assert_eq!(owed.yearly(), euro("1826.44"));
    assert_eq!(owed.total(), euro("9132.20"));
    assert_eq!(owed.years.len(), 5);
    assert_eq!(owed.years[4].to, day(2030, 12, 31));
    let basis = Basis::PerInhabitant {
        rate: Some(Decimal::new(44, 2)),
        inhabitants: 4151,
        at: Some(day(2023, 1, 1)),
        enterprises: None,
    };
    assert_eq!(owed.basis, basis);
}

#[test]
fn bodies_without_inhabitants_pay_the_flat_sum() {
    let park =
        Sample::sound().and_body(&[("codice", "parco"), ("tipo", "Altro ente"), ("denominazione", "Ente Parco")]);
    let (owed, found) = run(&park);
    assert_eq!(found, []);
    assert_eq!(owed[2].as_ref().map(|owed| (owed.basis.clone(), owed.yearly())), Some((Basis::Flat, euro("300"))));
    let none = park.clone().bands(&[("Quota", "", "", "0.44")]);
    assert_eq!(super::tests::found(&none), [("FEE-02", "Enti!N4".to_owned())]);
    let two = park.bands(&[("quota", "", "", "0.44"), ("quota fissa", "0", "9", "1"), ("quota fissa", "10", "", "2")]);
    assert_eq!(super::tests::found(&two), [("FEE-02", "Enti!N4".to_owned())]);
}

#[test]
fn a_workbook_without_rates_owes_nothing_yet() {
    let (owed, found) = run(&Sample::sound().bands(&[]));
    assert!(owed.iter().all(Option::is_none) && found.is_empty());
}

#[test]
fn inhabitants_and_their_day_are_needed() {
    assert_eq!(found(&Sample::sound().body(1, "abitanti", "")), [("FEE-02", "Enti!N3".to_owned())]);
    assert_eq!(found(&Sample::sound().body(1, "abitanti", "0")), [("FEE-02", "Enti!N3".to_owned())]);
    assert_eq!(found(&Sample::sound().body(1, "abitanti", "#")), []);
    let undated = Sample::sound().body(1, "abitanti_al", "");
    assert_eq!(found(&undated), [("FEE-02", "Enti!O3".to_owned())]);
    assert_eq!(yearly(&undated).as_deref(), Some("1826.44"));
    let huge = Sample::sound().body(1, "abitanti", "18446744073709551615");
    assert_eq!(found(&huge), [("FEE-02", "Enti!N3".to_owned())]);
    let most = "79228162514264337593543950335";
    let huge = Sample::sound().bands(&[("quota", "", "", most)]);
    assert_eq!(found(&huge), [("FEE-02", "Enti!N3".to_owned())]);
}

#[test]
fn a_hole_is_told_once_and_to_whoever_falls_in_it() {
    let bands = [("quota", "0", "499", "1"), ("quota", "501", "1000", "2"), ("quota", "1001", "", "3")];
    let sample = Sample::sound().bands(&bands);
    assert_eq!(found(&sample), [("FEE-01", "Fasce!B3".to_owned())]);
    assert!(run(&sample).1[0].message.contains("il valore 500"));
    let fallen = sample.body(1, "abitanti", "500");
    assert_eq!(found(&fallen), [("FEE-01", "Fasce!B3".to_owned()), ("FEE-01", "Enti!N3".to_owned())]);
    assert_eq!(yearly(&fallen.body(1, "abitanti", "499")).as_deref(), Some("499.00"));
    let whole = Sample::sound().bands(&[("quota", "1", "500", "1"), ("quota", "501", "", "2")]);
    assert_eq!(found(&whole), []);
}

#[test]
fn a_hole_between_sums_in_which_nobody_falls_is_a_warning() {
    let bands = [("quota", "0", "499", "150"), ("quota", "501", "1000", "960"), ("quota", "1001", "40000", "1440")];
    let mut sample = Sample::sound().bands(&bands);
    sample.quota = FeeScheme::new(Criterion::Fascia);
    let told = |sample: &Sample| -> Vec<(String, Severity)> {
        run(sample).1.iter().map(|found| (found.place.to_string(), found.severity)).collect()
    };
    assert_eq!(told(&sample), [("Fasce!B3".to_owned(), Severity::Warning)]);
    assert_eq!(yearly(&sample).as_deref(), Some("1440.00"));
    let fallen = sample.clone().body(1, "abitanti", "500");
    let error = |place: &str| (place.to_owned(), Severity::Error);
    assert_eq!(told(&fallen), [error("Fasce!B3"), error("Enti!N3")]);
    // Where what lies below counts too, the hole spoils the sums of all above it.
    sample.quota = FeeScheme::new(Criterion::Abitante);
    assert_eq!(told(&sample)[0], error("Fasce!B3"));
}

#[test]
fn tables_begin_low_and_neither_overlap_nor_stop_short() {
    let cell = |rows: &[(&str, &str, &str, &str)]| found(&Sample::sound().bands(rows));
    let one = |place: &str| vec![("FEE-01", place.to_owned())];
    assert_eq!(cell(&[("quota", "2", "", "1")]), one("Fasce!B2"));
    assert_eq!(cell(&[("quota", "", "500", "1"), ("quota", "500", "", "1")]), one("Fasce!B3"));
    assert_eq!(cell(&[("quota", "", "", "")])[0], ("FEE-01", "Fasce!D2".to_owned()));
    assert_eq!(cell(&[("quota", "", "", "-1")])[0], ("FEE-01", "Fasce!D2".to_owned()));
    assert_eq!(cell(&[("quota", "", "5000", "1")]), []);
    let closed = [("FEE-01", "Fasce!C2".to_owned()), ("FEE-01", "Enti!N3".to_owned())];
    assert_eq!(cell(&[("quota", "", "4000", "1")]), closed);
    let both = cell(&[("quota", "", "", "1"), ("quota", "10", "", "2")]);
    assert_eq!(both, [("FEE-01", "Fasce!B3".to_owned()), ("FEE-01", "Enti!N3".to_owned())]);
    let other = [("quota", "", "", "1"), ("siti", "0", "100", "9"), ("SITI", "102", "200", "9")];
    assert_eq!(cell(&other), one("Fasce!B4"));
    assert_eq!(cell(&[("quota", "", "", "1"), ("siti", "9", "2", "9")]), one("Fasce!C3"));
    let nested = [("siti", "0", "100", "1"), ("siti", "5", "6", "1"), ("siti", "101", "", "1")];
    assert_eq!(cell(&nested), one("Fasce!B3"));
}

#[test]
fn a_discount_lowers_the_rate() {
    let mut sample = Sample::sound();
    sample.bands[0].insert("sconto", "10".to_owned());
    assert_eq!(yearly(&sample).as_deref(), Some("1643.80"));
    sample.bands[0].insert("sconto", "101".to_owned());
    assert_eq!(found(&sample), [("FEE-01", "Fasce!E2".to_owned())]);
}

#[test]
fn the_vat_regime_is_stated() {
    let regime = |regime: &str, rate: &str| Sample::sound().field("regime_iva", regime).field("aliquota_iva", rate);
    let codes = |sample: &Sample| found(sample).into_iter().map(|(code, _)| code).collect::<Vec<_>>();
    assert_eq!(codes(&regime("", "")), ["FEE-07"]);
    assert_eq!(codes(&regime("#", "")), [""; 0]);
    assert_eq!(codes(&regime("imponibile", "")), ["FEE-07"]);
    assert_eq!(codes(&regime("imponibile", "101")), ["FEE-07"]);
    assert_eq!(codes(&regime("imponibile", "20")), ["FEE-07"]);
    assert_eq!(codes(&regime("imponibile", "-1")), ["FEE-07"]);
    assert_eq!(codes(&regime("esente", "22")), ["FEE-07"]);
    let (owed, found) = run(&regime("imponibile", "22"));
    assert_eq!(found, []);
    let owed = owed[1].as_ref().expect("a contribution");
    assert_eq!(owed.yearly_vat(), euro("401.82"));
    assert_eq!(owed.total_gross(), euro("11141.30"));
}

#[test]
fn a_last_year_cut_short_is_charged_by_the_day() {
    let (owed, found) = run(&Sample::sound().field("scadenza", "30/06/2028").field("durata_anni", "3"));
    assert_eq!(found, []);
    let years = &owed[1].as_ref().expect("a contribution").years;
    assert_eq!(years.len(), 3);
    assert_eq!((years[2].to, years[2].net), (day(2028, 6, 30), euro("908.23")));
    assert_eq!(years[1].net, euro("1826.44"));
}

#[test]
fn terms_beyond_measure_are_refused() {
    let endless = Sample::sound().field("scadenza", "").field("durata_anni", "18446744073709551615");
    assert_eq!(found(&endless), [("FEE-06", "Convenzione!G2".to_owned())]);
    let backwards = Sample::sound().field("scadenza", "31/12/2020");
    assert_eq!(found(&backwards), []);
    assert_eq!(yearly(&backwards), None);
    assert_eq!(yearly(&Sample::sound().field("decorrenza", "")), None);
    let mut edge = Sample::sound().field("scadenza", "").build();
    edge.convention.decorrenza.replace(chrono::NaiveDate::MAX);
    assert_eq!(contributions(&edge).1.len(), 1);
}

proptest! {
    #[test]
    fn the_total_is_the_sum_of_its_parts(
        inhabitants in 1_u64..5_000_000, cents in 0_i64..500_000, vat in 1_i64..=100, days in 0_u64..3_000,
    ) {
        let end = day(2026, 1, 1) + chrono::Days::new(days);
        let sample = Sample::sound()
            .body(1, "abitanti", &inhabitants.to_string())
            .bands(&[("quota", "", "", &Decimal::new(cents, 4).to_string())])
            .field("regime_iva", "imponibile")
            .field("aliquota_iva", &vat.to_string())
            .field("scadenza", &crate::date::short(end));
        let (owed, found) = run(&sample);
        // A rate that is not in force is told, and reckoned with.
        prop_assert!(found.iter().all(|it| (it.code, it.severity) == ("FEE-07", Severity::Warning)));
        let owed = owed[1].as_ref().expect("a contribution");
        let sum: Decimal = owed.years.iter().map(|year| year.net.decimal() + year.vat.decimal()).sum();
        prop_assert_eq!(sum, owed.total_gross().decimal());
        prop_assert_eq!(owed.years.last().map(|year| year.to), Some(end));
        for pair in owed.years.windows(2) {
            prop_assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
            prop_assert_eq!(pair[0].net, owed.yearly());
            prop_assert!(pair[1].net <= pair[0].net);
        }
    }

    #[test]
    fn more_inhabitants_never_pay_less(a in 1_u64..200_000_000, b in 1_u64..200_000_000) {
        let of = |count: u64| {
            let (owed, _) = run(&Sample::sound().body(1, "abitanti", &count.to_string()));
            owed[1].as_ref().expect("a contribution").total_gross()
        };
        prop_assert!(of(a.min(b)) <= of(a.max(b)));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(shift in 0_usize..4, inhabitants in 0_u64..6_000, swap: bool) {
        let rows = [
            ("quota", "0", "499", "0.50"),
            ("quota", "501", "1000", "0.40"),
            ("quota", "1001", "4000", "0.30"),
            ("quota fissa", "", "", "300"),
        ];
        let mut turned = rows;
        turned.rotate_left(shift);
        if swap {
            turned.swap(0, 1);
        }
        let sample = Sample::sound().body(1, "abitanti", &inhabitants.to_string());
        let (one, first) = run(&sample.clone().bands(&rows));
        let (other, second) = run(&sample.bands(&turned));
        // The cells are others, the figures are not.
        let figures = |mut owed: Vec<Option<Contribution>>| {
            owed.iter_mut().flatten().flat_map(|owed| &mut owed.lines).for_each(|line| line.places.clear());
            owed
        };
        prop_assert_eq!(figures(one), figures(other));
        let messages = |found: Vec<Diagnostic>| found.into_iter().map(|found| found.message).collect::<Vec<_>>();
        prop_assert_eq!(messages(first), messages(second));
    }
}
