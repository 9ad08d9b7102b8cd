//! Every criterion with the figures of the centres that use it.

use super::*;
use crate::model::{Criterion, Discounts, FeeScheme};

/// A Comune of 7,127 inhabitants.
fn comune(criterion: Criterion, bands: &[BTreeMap<&'static str, String>]) -> Sample {
    let mut sample = Sample::sound().body(1, "abitanti", "7127");
    sample.bands = bands.to_vec();
    sample.quota = FeeScheme::new(criterion);
    sample
}

#[test]
fn a_comune_of_7127_inhabitants_pays_what_the_sources_say() {
    let yearly = |criterion, bands: &[_]| pays(&run(&comune(criterion, bands)).0, 1);
    assert_eq!(yearly(Criterion::Abitante, &[band("quota", "", "", "0.15", "")]), "1069.05");
    assert_eq!(yearly(Criterion::Abitante, &[band("quota", "", "", "0.44", "")]), "3135.88");
    let (owed, _) = run(&macerata("7127"));
    let owed = owed[1].as_ref().expect("a contribution");
    assert_eq!((owed.yearly(), owed.yearly_vat()), (euro("3520"), euro("774.40")));
    assert_eq!(owed.lines[0].what, "fascia da 7.001 a 8.500 abitanti");
    let Basis::PopulationBand { band, .. } = &owed.basis else { panic!("{:?}", owed.basis) };
    assert_eq!(*band, (7001, Some(8500)));
}

/// The bands of Macerata as printed.
fn macerata(inhabitants: &str) -> Sample {
    let rows = [
        ("", "499", "150"),
        ("501", "1000", "960"),
        ("1001", "2300", "1440"),
        ("2301", "3000", "2112"),
        ("3001", "4500", "2200"),
        ("4501", "7000", "2816"),
        ("7001", "8500", "3520"),
        ("8501", "12500", "4840"),
        ("12501", "20000", "5720"),
        ("20001", "40000", "7000"),
    ];
    let bands: Vec<_> = rows.iter().map(|(from, to, sum)| band("quota", from, to, sum, "")).collect();
    comune(Criterion::Fascia, &bands)
        .body(1, "abitanti", inhabitants)
        .field("regime_iva", "imponibile")
        .field("aliquota_iva", "22")
}

#[test]
fn the_holes_of_macerata_are_told_and_never_guessed() {
    let hole = || ("FEE-01", "Fasce!B3".to_owned());
    let body = || ("FEE-01", "Enti!N3".to_owned());
    for (inhabitants, yearly, more) in [
        ("499", "150.00", vec![]),
        ("500", "?", vec![body()]),
        ("501", "960.00", vec![]),
        ("40000", "7000.00", vec![]),
        ("40001", "?", vec![("FEE-01", "Fasce!C11".to_owned()), body()]),
    ] {
        let sample = macerata(inhabitants);
        let told: Vec<_> = [hole()].into_iter().chain(more).collect();
        assert_eq!((pays(&run(&sample).0, 1).as_str(), found(&sample)), (yearly, told), "{inhabitants}");
    }
}

/// The scheme of the CIT kit, with the discounts as brackets: none, a tenth, a fifth.
pub fn cit(inhabitants: &str, enterprises: &str) -> Sample {
    let mut sample = comune(
        Criterion::AbitanteImpresa,
        &[
            band("quota", "", "5000", "0.15", ""),
            band("quota", "5001", "15000", "0.15", "10"),
            band("quota", "15001", "40000", "0.15", "20"),
            band("quota imprese", "", "", "1", ""),
            band("quota fissa", "", "", "300", ""),
        ],
    );
    sample.quota.oltre_fissa = true;
    sample.body(1, "abitanti", inhabitants).body(1, "imprese", enterprises)
}

#[test]
fn inhabitants_and_enterprises_with_progressive_discounts() {
    for (inhabitants, enterprises, yearly) in [
        ("4151", "350", "972.65"),
        ("5000", "0", "750.00"),
        ("10000", "800", "2225.00"),
        // 5,000 whole, 10,000 less a tenth, 25,000 less a fifth.
        ("40000", "0", "5100.00"),
        ("40001", "9999", "300.00"),
    ] {
        let sample = cit(inhabitants, enterprises);
        assert_eq!((pays(&run(&sample).0, 1).as_str(), found(&sample)), (yearly, vec![]), "{inhabitants}");
    }
    let (owed, _) = run(&cit("10000", "800"));
    let lines: Vec<_> =
        owed[1].iter().flat_map(|owed| &owed.lines).map(|line| (line.what.as_str(), line.working())).collect();
    let wanted = [
        ("abitanti fino a 5.000", "5.000 × €\u{a0}0,15"),
        ("abitanti da 5.001 a 15.000", "5.000 × €\u{a0}0,15 − 10%"),
        ("imprese", "800 × €\u{a0}1,00"),
    ];
    assert_eq!(lines, wanted.map(|(what, working)| (what, working.to_owned())));
    let places: Vec<String> =
        owed[1].as_ref().expect("a fee").lines[1].places.iter().map(ToString::to_string).collect();
    assert_eq!(places, ["Enti!N3", "Fasce!D3", "Fasce!E3"]);
}

#[test]
fn the_discount_of_the_band_may_hold_for_all_inhabitants() {
    let mut whole = cit("10000", "800");
    whole.quota.sconto = Discounts::Intero;
    assert_eq!(pays(&run(&whole).0, 1), "2150.00");
    // One inhabitant more, and less to pay: the reason why brackets are the default.
    let fees = ["15000", "15001"].map(|count| {
        let mut sample = cit(count, "0");
        sample.quota.sconto = Discounts::Intero;
        run(&sample).0[1].as_ref().map(Contribution::yearly)
    });
    assert!(fees[0] > fees[1], "{fees:?}");
}

#[test]
fn enterprises_are_needed_only_where_they_count() {
    assert_eq!(found(&cit("4151", "")), [("FEE-03", "Enti!P3".to_owned())]);
    assert_eq!(found(&cit("4151", "#")), []);
    assert_eq!(pays(&run(&cit("4151", "#")).0, 1), "?");
    assert_eq!(found(&cit("40001", "")), []);
    let mut without = cit("4151", "1");
    without.bands.remove(3);
    assert_eq!(found(&without), [("FEE-03", "Fasce".to_owned())]);
    let park =
        cit("4151", "1").and_body(&[("codice", "parco"), ("tipo", "Altro ente"), ("denominazione", "Ente Parco")]);
    assert_eq!(pays(&run(&park).0, 2), "300.00");
    let mut closed = cit("40001", "1");
    closed.quota.oltre_fissa = false;
    assert_eq!(found(&closed), [("FEE-01", "Fasce!C4".to_owned()), ("FEE-01", "Enti!N3".to_owned())]);
    let beyond = "18446744073709551615";
    assert_eq!(found(&cit("4151", "0").body(1, "imprese", beyond)), [("FEE-03", "Enti!P3".to_owned())]);
}

/// Costs shared by three bodies with these workstations, the last of them an agency.
fn shared(costs: &[&str], workstations: [&str; 3]) -> Sample {
    let bands: Vec<_> = costs.iter().map(|cost| band("costi fissi", "", "", cost, "")).collect();
    comune(Criterion::Postazione, &bands)
        .and_body(&[("codice", "c_a327"), ("tipo", "Comune"), ("denominazione", "Comune di Apecchio")])
        .and_body(&[("codice", "agenzia"), ("tipo", "Altro ente"), ("denominazione", "Agenzia")])
        .body(1, "postazioni", workstations[0])
        .body(2, "postazioni", workstations[1])
        .body(3, "postazioni", workstations[2])
}

#[test]
fn costs_are_shared_by_workstations_to_the_cent() {
    let sample = shared(&["60", "40"], ["1", "1", "1"]);
    let (owed, found) = run(&sample);
    assert_eq!(found, []);
    // Equal remainders: the odd cent goes to the first code, "agenzia".
    assert_eq!([1, 2, 3].map(|index| pays(&owed, index)), ["33.33", "33.33", "33.34"]);
    let line = &owed[1].as_ref().expect("a share").lines[0];
    assert_eq!((line.what.as_str(), line.working().as_str()), ("postazioni di lavoro", "1 su 3 di €\u{a0}100,00"));
    let (owed, _) = run(&shared(&["120000"], ["12", "468", "0"]));
    assert_eq!([1, 2, 3].map(|index| pays(&owed, index)), ["3000.00", "117000.00", "0.00"]);
}

#[test]
fn without_all_workstations_nobody_has_a_share() {
    for lacking in ["", "0", "#"] {
        let sample = shared(&["100"], ["3", lacking, "1"]);
        let (owed, told) = run(&sample);
        assert_eq!(found(&sample), [("FEE-04", "Fasce!D2".to_owned())], "{lacking}");
        assert_eq!(told[0].related.iter().map(ToString::to_string).collect::<Vec<_>>(), ["Enti!Q4"]);
        assert!(told[0].body.is_none(), "it concerns all");
        assert!(owed.iter().all(Option::is_none));
    }
    assert!(found(&shared(&["-1"], ["1", "1", "1"])).iter().all(|(code, _)| *code == "FEE-01"));
    let most = "79228162514264337593543950335";
    assert_eq!(found(&shared(&[most], ["1", "1", "1"])), [("FEE-06", "Fasce!D2".to_owned())]);
    let most = "18446744073709551615";
    assert_eq!(found(&shared(&["1"], [most, most, "1"])), [("FEE-04", "Fasce!D2".to_owned())]);
}

#[test]
fn allocations_are_owed_in_the_years_of_the_budgets() {
    let mut sample =
        comune(Criterion::Stanziamento, &[]).field("decorrenza", "01/01/2022").field("scadenza", "30/06/2023");
    let row = |year: &str, sum: &str| {
        crate::dossier::sample::cells(&[("ente", "p_pu"), ("anno", year), ("capitolo", "13593"), ("importo", sum)])
    };
    sample.allocations = vec![row("2023", "50000"), row("2022", "100000")];
    let (owed, found) = run(&sample);
    assert_eq!(found, []);
    let of_lead = owed[0].as_ref().expect("what the lead body sets aside");
    assert_eq!(
        (of_lead.total(), of_lead.assessed(), of_lead.basis.clone()),
        (euro("150000"), euro("150000"), Basis::Allocations)
    );
    let years: Vec<_> = of_lead.years.iter().map(|year| (year.from, year.to, year.net)).collect();
    let wanted =
        [(day(2022, 1, 1), day(2022, 12, 31), euro("100000")), (day(2023, 1, 1), day(2023, 12, 31), euro("50000"))];
    assert_eq!(years, wanted);
    assert_eq!(of_lead.lines[0].what, "stanziamento 2022, capitolo 13593");
    assert!(owed[1].is_none());
    let by_year: Vec<_> = sample.build().allocated_by_year().into_iter().collect();
    assert_eq!(by_year, [(2022, euro("100000")), (2023, euro("50000"))]);
}

#[test]
fn where_there_is_no_fee_nothing_is_owed() {
    let (owed, found) = run(&comune(Criterion::Nessuna, &[band("quota", "", "", "0.15", "")]));
    assert!(owed.iter().all(Option::is_none) && found.is_empty());
}

#[test]
fn the_lead_body_pays_where_the_model_says_so() {
    let mut sample = comune(Criterion::Abitante, &[band("quota", "", "", "0.15", "")])
        .body(0, "abitanti", "123000")
        .body(0, "abitanti_al", "31/12/2024");
    assert!(run(&sample).0[0].is_none());
    sample.quota.capofila = true;
    let (owed, found) = run(&sample);
    assert_eq!(found, []);
    assert_eq!([0, 1].map(|index| pays(&owed, index)), ["18450.00", "1069.05"]);
}
