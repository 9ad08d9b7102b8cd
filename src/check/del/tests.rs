//! Each rule on deliberations tripped at its cell, and the nearest sound case.

use super::CHECKS;
use crate::check::Findings;
use crate::diagnostic::Diagnostic;
use crate::dossier::sample::{Sample, day};
use crate::dossier::{Basis, Contribution, YearShare};
use crate::money::Money;
use crate::rule::Severity::{self, Error, Note, Warning};

fn run(sample: &Sample) -> Vec<Diagnostic> {
    let dossier = sample.build();
    let mut all = Vec::new();
    for (code, check) in CHECKS {
        let mut own = Findings::at(day(2025, 12, 20));
        check(&dossier, &mut own);
        for found in own.into_vec() {
            assert_eq!(found.code, *code);
            assert!(found.body.is_some() && !found.hint.is_empty() && !found.place.is_none(), "{found:?}");
            all.push(found);
        }
    }
    all
}

/// Asserts that these are the findings, each with its column on `row` of `Deliberazioni`.
#[track_caller]
fn expect_at(sample: &Sample, row: u32, wanted: &[(&'static str, Severity, &str)]) {
    let columns = crate::schema::sheet("Deliberazioni").expect("a sheet").columns;
    let cell = |name: &str| {
        let col = columns.iter().position(|column| column.name == name).expect("a column");
        format!("{}{row}", crate::place::column_letters(col as u32))
    };
    let wanted: Vec<_> = wanted.iter().map(|(code, severity, name)| (*code, *severity, cell(name))).collect();
    let found = run(sample);
    let short: Vec<_> =
        found.iter().map(|found| (found.code, found.severity, found.place.a1().unwrap_or_default())).collect();
    assert_eq!(short, wanted, "{found:#?}");
}

/// The same on the row of the adhesion.
#[track_caller]
fn expect(sample: &Sample, wanted: &[(&'static str, Severity, &str)]) {
    expect_at(sample, 3, wanted);
}

fn act(column: &'static str, value: &str) -> Sample {
    Sample::sound().act(1, column, value)
}

/// The sound sample with a fee of € 1,826.44 a year.
fn charged() -> Sample {
    let net = Money::round("1826.44".parse().expect("a decimal"));
    let year = YearShare { from: day(2026, 1, 1), to: day(2026, 12, 31), net, vat: Money::ZERO };
    let mut sample = Sample::sound();
    sample.contributions = vec![None, Some(Contribution::new(Basis::Flat, Vec::new(), vec![year]))];
    sample
}

/// The sound sample with the adhesion still to be voted.
fn proposal() -> Sample {
    ["numero", "data", "pubblicata_il", "esecutiva_dal", "presenti", "favorevoli", "contrari", "astenuti"]
        .into_iter()
        .chain(["non_partecipanti", "presidente", "segretario", "rappresentante"])
        .fold(act("stato", "proposta"), |sample, column| sample.act(1, column, ""))
}

#[test]
fn sound_deliberations_have_no_findings() {
    expect(&Sample::sound(), &[]);
    expect(&charged(), &[]);
    expect(&proposal(), &[]);
}

#[test]
fn the_council_decides() {
    expect(&act("organo", "Giunta"), &[("DEL-01", Error, "organo")]);
    expect_at(&Sample::sound().act(0, "organo", "Assemblea"), 2, &[("DEL-01", Error, "organo")]);
    expect(&act("organo", ""), &[]);
    let union = |organ| act("organo", organ).body(1, "tipo", "Unione di Comuni");
    expect(&union("Assemblea"), &[]);
    expect(&union("Giunta"), &[("DEL-01", Error, "organo")]);
}

#[test]
fn an_adopted_act_has_number_date_and_object() {
    expect(&act("numero", ""), &[("DEL-02", Error, "numero")]);
    expect(&act("data", ""), &[("DEL-02", Error, "data")]);
    expect(&act("oggetto", ""), &[("DEL-02", Error, "oggetto")]);
    expect(&act("data", "#"), &[]);
}

#[test]
fn dates_follow_each_other() {
    expect(&act("pubblicata_il", "21/11/2025"), &[("DEL-03", Error, "pubblicata_il")]);
    expect(&act("pubblicata_il", "28/11/2025"), &[]);
    expect(&Sample::sound().field("data_firma", "12/12/2025"), &[]);
    let early = Sample::sound().field("data_firma", "11/12/2025");
    assert_eq!(run(&early).iter().map(|found| found.code).collect::<Vec<_>>(), ["DEL-03", "DEL-03"]);
    expect(&act("esecutiva_dal", "20/12/2025"), &[]);
    expect(&act("esecutiva_dal", "21/12/2025"), &[("DEL-03", Error, "esecutiva_dal")]);
    expect(&proposal().act(1, "data", "15/01/2026"), &[]);
    expect(&proposal().act(1, "pubblicata_il", "10/12/2025"), &[("DEL-03", Warning, "pubblicata_il")]);
    // Executive from the session, published later, signed in between.
    let urgent = act("immediata", "sì").act(1, "favorevoli_immediata", "8").act(1, "esecutiva_dal", "28/11/2025");
    expect(&urgent, &[]);
    expect(&urgent.act(1, "esecutiva_dal", "27/11/2025"), &[("DEL-03", Error, "esecutiva_dal")]);
}

#[test]
fn votes_make_the_presences() {
    expect(&act("astenuti", "0"), &[("DEL-04", Error, "presenti")]);
    expect(&act("astenuti", "").act(1, "presenti", "8"), &[]);
    expect(&act("presenti", ""), &[("DEL-04", Error, "presenti")]);
    expect(&act("favorevoli", ""), &[("DEL-04", Error, "favorevoli")]);
    expect(&act("astenuti", "#"), &[]);
    expect(&proposal().act(1, "favorevoli", "8"), &[("DEL-04", Error, "presenti")]);
    let most = "18446744073709551615";
    let hostile = act("contrari", most).act(1, "astenuti", most);
    assert!(run(&hostile).iter().any(|found| found.code == "DEL-04"));
}

#[test]
fn the_quorum_is_a_third_without_the_mayor() {
    let present = |count, votes| {
        let presided = act("presenti", count).act(1, "presidente", "Piero Galli");
        presided.act(1, "favorevoli", votes).act(1, "astenuti", "0")
    };
    // Twelve councillors: four of them, and the mayor.
    expect(&present("5", "5"), &[]);
    expect(&present("4", "4"), &[("DEL-05", Error, "presenti")]);
    // Where another presides the mayor may have been away.
    expect(&present("4", "4").act(1, "presidente", "Dina Valli"), &[("DEL-05", Warning, "presenti")]);
    expect(&present("3", "3").act(1, "presidente", "Dina Valli"), &[("DEL-05", Error, "presenti")]);
    // Thirteen: a third is rounded up to five.
    let thirteen = |count| present(count, count).body(1, "consiglieri_assegnati", "13").body(1, "abitanti", "");
    expect(&thirteen("6"), &[]);
    expect(&thirteen("5"), &[("DEL-05", Error, "presenti")]);
    expect(&proposal().act(1, "presenti", "0").act(1, "favorevoli", "0"), &[("DEL-05", Error, "presenti")]);
}

#[test]
fn special_statute_regions_are_not_guessed() {
    let sardinian = Sample::sound()
        .body(1, "denominazione", "Comune di Alghero")
        .body(1, "codice_istat", "")
        .body(1, "codice_fiscale", "")
        .body(1, "provincia", "SS");
    let found = run(&sardinian);
    assert_eq!(found.iter().map(|found| (found.code, found.severity)).collect::<Vec<_>>(), [("DEL-05", Note)]);
    expect(&sardinian.body(1, "consiglieri_assegnati", "24"), &[]);
}

#[test]
fn no_more_are_present_than_there_are() {
    let present = |count, votes| act("presenti", count).act(1, "favorevoli", votes);
    expect(&present("13", "12"), &[]);
    expect(&present("14", "13"), &[("DEL-06", Error, "presenti")]);
    expect(
        &present("14", "13").body(1, "consiglieri_assegnati", "18446744073709551615").body(1, "abitanti", ""),
        &[("DEL-05", Error, "presenti")],
    );
}

#[test]
fn more_vote_for_than_against() {
    let votes = |favour, against, abstained| {
        act("favorevoli", favour).act(1, "contrari", against).act(1, "astenuti", abstained)
    };
    expect(&votes("5", "4", "0"), &[]);
    expect(&votes("4", "4", "1"), &[("DEL-07", Error, "favorevoli")]);
    expect(&votes("4", "2", "3"), &[]);
    expect(&votes("4", "2", "3").body(1, "astenuti_votanti", "sì"), &[("DEL-07", Error, "favorevoli")]);
    expect(&votes("5", "2", "2").body(1, "astenuti_votanti", "sì"), &[]);
}

#[test]
fn immediate_executability_needs_the_majority_of_members() {
    let urgent = |votes| act("immediata", "sì").act(1, "favorevoli_immediata", votes).act(1, "esecutiva_dal", "");
    expect(&urgent("7"), &[]);
    expect(&urgent("7").act(1, "esecutiva_dal", "11/12/2025"), &[("DEL-09", Warning, "esecutiva_dal")]);
    expect(&urgent("6"), &[("DEL-08", Error, "favorevoli_immediata")]);
    expect(&urgent("10"), &[("DEL-08", Error, "favorevoli_immediata")]);
    expect(&urgent(""), &[("DEL-08", Error, "favorevoli_immediata")]);
    expect(&proposal().act(1, "immediata", "sì"), &[]);
}

#[test]
fn ten_days_pass_before_the_act_is_executive() {
    expect(&act("esecutiva_dal", "11/12/2025"), &[]);
    expect(&act("esecutiva_dal", "10/12/2025"), &[("DEL-09", Error, "esecutiva_dal")]);
    let from_end = |date| {
        let early = act("data", "10/11/2025").act(0, "data", "05/11/2025").act(1, "pubblicata_il", "15/11/2025");
        early.act(1, "esecutiva_dal", date).body(1, "esecutivita_da", "fine pubblicazione")
    };
    expect(&from_end("10/12/2025"), &[]);
    expect(&from_end("09/12/2025"), &[("DEL-09", Error, "esecutiva_dal")]);
    expect(&act("pubblicata_il", ""), &[("DEL-09", Warning, "pubblicata_il")]);
    let mut edge = Sample::sound().build();
    edge.deliberations[1].pubblicata_il.replace(chrono::NaiveDate::MAX);
    edge.deliberations[1].esecutiva_dal.replace(chrono::NaiveDate::MAX);
    let mut findings = Findings::at(day(2025, 12, 20));
    super::dates::executive_too_early(&edge, &mut findings);
    assert_eq!(findings.into_vec().len(), 1);
}

#[test]
fn opinions_are_given_by_someone() {
    expect(&act("parere_tecnico", ""), &[("DEL-10", Error, "parere_tecnico")]);
    expect(&act("responsabile_tecnico", ""), &[("DEL-10", Error, "responsabile_tecnico")]);
    expect(&proposal().act(1, "responsabile_tecnico", ""), &[("DEL-10", Note, "responsabile_tecnico")]);
    expect(&act("parere_tecnico", "contrario"), &[("DEL-10", Warning, "parere_tecnico")]);
    expect(&act("parere_contabile", ""), &[("DEL-11", Error, "parere_contabile")]);
    expect(&act("responsabile_contabile", ""), &[("DEL-11", Error, "responsabile_contabile")]);
    expect(&act("parere_revisori", ""), &[("DEL-12", Note, "parere_revisori")]);
}

#[test]
fn the_accounting_opinion_is_due_where_money_is_spent() {
    let not_due = |sample: Sample| sample.act(1, "parere_contabile", "Non dovuto").act(1, "responsabile_contabile", "");
    expect(&not_due(act("importo_annuo", "")), &[]);
    expect(&not_due(Sample::sound()), &[("DEL-11", Error, "parere_contabile")]);
    expect(&not_due(charged()), &[("DEL-11", Error, "parere_contabile")]);
}

#[test]
fn the_spending_covers_the_fee() {
    expect(&charged().act(1, "importo_annuo", "1826.43"), &[("DEL-13", Error, "importo_annuo")]);
    expect(&charged().act(1, "importo_annuo", "2000"), &[]);
    expect(&charged().act(1, "importo_annuo", ""), &[("DEL-13", Error, "importo_annuo")]);
    for column in ["capitolo", "missione", "programma"] {
        expect(&charged().act(1, column, ""), &[("DEL-13", Error, column)]);
        expect(&act(column, ""), &[]);
        expect(
            &charged().act(1, column, "").act(1, "stato", "proposta").act(1, "pubblicata_il", "").act(
                1,
                "esecutiva_dal",
                "",
            ),
            &[("DEL-13", Note, column)],
        );
    }
    let mut taxed = charged();
    for year in taxed.contributions.iter_mut().flatten().flat_map(|owed| &mut owed.years) {
        year.vat = year.net.percent(22.into());
    }
    expect(&taxed, &[("DEL-13", Error, "importo_annuo")]);
    expect(&taxed.act(1, "importo_annuo", "2228.26"), &[]);
}

#[test]
fn the_object_fits_the_body() {
    expect(&act("oggetto", "rinnovo"), &[("DEL-14", Error, "oggetto")]);
    expect(&act("oggetto", "rinnovo").body(1, "gia_aderente", "sì"), &[]);
    expect(&act("oggetto", "rinnovo").body(1, "gia_aderente", "#"), &[]);
    expect(&Sample::sound().body(1, "gia_aderente", "sì"), &[("DEL-14", Error, "oggetto")]);
    expect(&act("oggetto", "schema"), &[("DEL-14", Error, "oggetto")]);
    let own = Sample::sound().act(0, "oggetto", "adesione").act(0, "rappresentante", "Dina Valli");
    expect_at(&own, 2, &[("DEL-14", Error, "oggetto")]);
    // An earlier row is only mentioned, whatever it says.
    let mut twice = Sample::sound();
    let mut earlier = twice.deliberations[1].clone();
    earlier.insert("presenti", "99".to_owned());
    twice.deliberations.insert(1, earlier);
    expect(&twice, &[("DEL-14", Note, "oggetto")]);
    // Not the last of the earlier rows but the newest is held against the one that counts.
    for days in [["20/12/2025", "01/01/2025"], ["01/01/2025", "20/12/2025"]] {
        let mut thrice = Sample::sound();
        for day in days.into_iter().rev() {
            let mut earlier = thrice.deliberations[1].clone();
            earlier.insert("data", day.to_owned());
            thrice.deliberations.insert(1, earlier);
        }
        let told = run(&thrice).into_iter().filter(|found| found.severity == Warning).map(|found| found.message);
        let told: Vec<String> = told.collect();
        assert!(matches!(&told[..], [one] if one.contains("più recente, del 20/12/2025")), "{told:?}");
    }
}

#[test]
fn nobody_adheres_twice() {
    let member = Sample::sound().body(1, "unione", "uc").and_body(&[
        ("codice", "uc"),
        ("tipo", "Unione di Comuni"),
        ("denominazione", "Unione Pian del Bruscolo"),
    ]);
    expect(&member, &[("DEL-15", Error, "ente")]);
    let mut through = member.clone().act(1, "ente", "uc");
    through.deliberations[1].insert("organo", "Assemblea".to_owned());
    expect(&through, &[]);
    let chain = through.body(2, "unione", "um").and_body(&[
        ("codice", "um"),
        ("tipo", "Comunità montana"),
        ("denominazione", "Unione montana Catria e Nerone"),
    ]);
    assert_eq!(run(&chain).iter().map(|found| found.code).collect::<Vec<_>>(), ["DEL-15", "DEL-15"]);
}

#[test]
fn an_adopted_act_names_its_people() {
    for column in ["presidente", "segretario", "rappresentante"] {
        expect(&act(column, ""), &[("DEL-16", Error, column)]);
    }
    expect(&Sample::sound().act(0, "rappresentante", ""), &[]);
}

#[test]
fn rows_of_unknown_bodies_are_still_judged() {
    expect(&act("ente", "nessuno").act(1, "numero", ""), &[("DEL-02", Error, "numero")]);
}

#[test]
fn opinions_of_other_bodies_are_not_required() {
    let board =
        act("organo", "Consiglio di amministrazione").body(1, "tipo", "Altro ente").act(1, "parere_tecnico", "");
    expect(&board, &[("DEL-10", Note, "parere_tecnico")]);
}

/// The sound sample led by a Region, whose Giunta has voted.
fn region() -> Sample {
    let lead = Sample::sound().body(0, "tipo", "Regione").body(0, "denominazione", "Regione Marche");
    lead.act(0, "organo", "Giunta")
}

#[test]
fn a_region_deliberates_by_its_giunta_and_by_its_own_law() {
    let found = run(&region());
    let of_region: Vec<_> = found.iter().filter(|found| found.body.as_deref() == Some("p_pu")).collect();
    assert!(of_region.is_empty(), "{of_region:#?}");
    expect_at(&region().act(0, "organo", "Consiglio"), 2, &[("DEL-01", Error, "organo")]);
    // Neither opinions, nor ten days after publication, nor a separate vote.
    let silent = region()
        .act(0, "parere_tecnico", "")
        .act(0, "responsabile_tecnico", "")
        .act(0, "parere_contabile", "")
        .act(0, "responsabile_contabile", "")
        .act(0, "esecutiva_dal", "28/11/2025")
        .act(0, "favorevoli_immediata", "");
    expect_at(&silent, 2, &[]);
    expect_at(&silent.act(0, "immediata", "sì"), 2, &[]);
    expect_at(&region().act(0, "esecutiva_dal", "27/11/2025"), 2, &[("DEL-03", Error, "esecutiva_dal")]);
}
