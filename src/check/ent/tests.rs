//! Each rule on bodies tripped at its cell, and the nearest sound case.

use super::CHECKS;
use crate::check::Findings;
use crate::diagnostic::Diagnostic;
use crate::dossier::sample::{Sample, day};
use crate::gazetteer::Gazetteer;
use crate::rule::Severity;

/// Findings as (code, severity, cell).
fn found(sample: &Sample) -> Vec<(&'static str, Severity, String)> {
    run(sample).iter().map(|found| (found.code, found.severity, found.place.a1().unwrap_or_default())).collect()
}

fn run(sample: &Sample) -> Vec<Diagnostic> {
    let dossier = sample.build();
    let mut findings = Findings::at(day(2025, 12, 20));
    for (code, check) in CHECKS {
        let mut own = Findings::at(day(2025, 12, 20));
        check(&dossier, &mut own);
        for found in own.into_vec() {
            assert_eq!(found.code, *code);
            assert!(found.body.is_some() && !found.hint.is_empty() && !found.place.is_none(), "{found:?}");
            findings.push(found);
        }
    }
    findings.into_vec()
}

/// Asserts that the only finding is this one.
#[track_caller]
fn only(sample: &Sample, code: &'static str, severity: Severity, column: &str) {
    only_at(sample, code, severity, column, 3);
}

#[track_caller]
fn only_at(sample: &Sample, code: &'static str, severity: Severity, column: &str, row: u32) {
    let spec = crate::schema::sheet("Enti").expect("a sheet");
    let col = spec.columns.iter().position(|spec| spec.name == column).expect("a column");
    let cell = format!("{}{row}", crate::place::column_letters(col as u32));
    assert_eq!(found(sample), [(code, severity, cell)], "{:#?}", run(sample));
}

#[test]
fn a_sound_sheet_has_no_findings() {
    assert_eq!(run(&Sample::sound()), []);
}

#[test]
fn name_code_and_province_must_agree() {
    let sound = Sample::sound();
    only(
        &sound.clone().body(1, "codice_istat", "041007").body(1, "codice", "acqua"),
        "ENT-05",
        Severity::Error,
        "codice_istat",
    );
    only(&sound.clone().body(1, "codice_istat", "999999"), "ENT-05", Severity::Error, "codice_istat");
    only(&sound.clone().body(1, "denominazione", "Comune di Aqualagna"), "ENT-05", Severity::Error, "denominazione");
    only(&sound.clone().body(1, "provincia", "RN"), "ENT-05", Severity::Error, "provincia");
    only(&sound.clone().body(1, "codice", "c_b352"), "ENT-05", Severity::Warning, "codice");
    only_at(&sound.clone().body(0, "provincia", "PX"), "ENT-05", Severity::Warning, "provincia", 2);
    only_at(&sound.clone().body(0, "codice_istat", "041044"), "ENT-05", Severity::Warning, "codice_istat", 2);
    assert_eq!(found(&sound.clone().body(1, "provincia", "Pesaro e Urbino")), []);
    assert_eq!(found(&sound.clone().body(1, "codice_istat", "").body(1, "denominazione", "ACQUALAGNA")), []);
    assert_eq!(found(&sound.body(1, "denominazione", "#").body(1, "provincia", "#")), []);
}

#[test]
fn a_misspelt_name_gets_a_suggestion() {
    let findings = run(&Sample::sound().body(1, "denominazione", "Comune di Aqualagna").body(1, "codice_istat", ""));
    assert_eq!(findings.iter().map(|found| found.hint.as_str()).collect::<Vec<_>>(), ["forse si voleva «Acqualagna»"]);
}

#[test]
fn names_as_other_registers_write_them_are_the_comune() {
    for (name, province, istat, found_here) in [
        ("Comune di Cortina D' Ampezzo", "BL", "", None),
        ("Comune di Reggio Emilia", "RE", "", None),
        ("Comune di Roccella Jonica", "RC", "", None),
        ("Comune di Capaccio", "SA", "065025", Some(Severity::Warning)),
        ("Comune di Capalbio", "SA", "065025", Some(Severity::Error)),
    ] {
        let row = [("codice", "x"), ("tipo", "Comune"), ("denominazione", name), ("provincia", province)];
        let code = Some(("codice_istat", istat)).filter(|_| !istat.is_empty());
        let sample = Sample::sound().and_body(&row.into_iter().chain(code).collect::<Vec<_>>());
        let severities: Vec<Severity> = found(&sample).iter().map(|(_, severity, _)| *severity).collect();
        assert_eq!(severities, Vec::from_iter(found_here), "{name}");
    }
}

#[test]
fn certified_mail_is_held_against_the_index() {
    let with = |pec| Sample::sound().body(1, "pec", pec);
    only(&with("acqualagna@gmail.com"), "ENT-14", Severity::Error, "pec");
    only(&with("comune.cagli@pec.example.it"), "ENT-14", Severity::Note, "pec");
    let cagli = Gazetteer::get().find("Cagli", None).expect("a Comune").pec.to_string();
    only(&with(&cagli), "ENT-14", Severity::Warning, "pec");
    let own = Gazetteer::get().find("Acqualagna", None).expect("a Comune").pec.to_string();
    assert_eq!(found(&with(&own)), []);
}

#[test]
fn nobody_is_mayor_of_two_comuni() {
    let of = |office: &'static str| {
        let cagli =
            [("codice", "cagli"), ("tipo", "Comune"), ("denominazione", "Comune di Cagli"), ("provincia", "PU")];
        let two = Sample::sound().and_body(&cagli).body(1, "rappresentante", "Ada Riva").body(
            2,
            "rappresentante",
            "Ada Riva",
        );
        found(&two.body(1, "carica", office).body(2, "carica", office))
    };
    assert_eq!(of("Sindaca").iter().map(|(code, ..)| *code).collect::<Vec<_>>(), ["ENT-15"]);
    assert_eq!(of("Commissaria straordinaria"), []);
}

#[test]
fn names_with_articles_are_the_comune() {
    for (name, province) in [("Comune dell’Aquila", "AQ"), ("Comune della Spezia", "SP"), ("Roma Capitale", "RM")] {
        let sample = Sample::sound().and_body(&[
            ("codice", "x"),
            ("tipo", "Comune"),
            ("denominazione", name),
            ("provincia", province),
        ]);
        assert_eq!(found(&sample), [], "{name}");
    }
}

#[test]
fn homonyms_need_a_province() {
    let peglio = [("codice", "peglio"), ("tipo", "Comune"), ("denominazione", "Comune di Peglio")];
    let sample = Sample::sound().and_body(&peglio);
    only_at(&sample, "ENT-05", Severity::Error, "provincia", 4);
    assert_eq!(found(&sample.clone().body(2, "provincia", "PU")), []);
    only_at(&sample.body(2, "provincia", "AN"), "ENT-05", Severity::Error, "provincia", 4);
    // The code of another Comune, copied with the row, does not make it that Comune.
    let copied = [("codice", "c_g453"), ("tipo", "Comune"), ("denominazione", "Comune di Peglio")];
    let found = found(&Sample::sound().and_body(&copied));
    let told: Vec<(&str, Severity)> = found.iter().map(|(code, severity, _)| (*code, *severity)).collect();
    assert_eq!(told, [("ENT-05", Severity::Error), ("ENT-05", Severity::Warning)]);
}

#[test]
fn nobody_stands_twice() {
    let cagli = [("codice", "cagli"), ("tipo", "Comune"), ("denominazione", "Comune di Cagli"), ("provincia", "PU")];
    let sample = Sample::sound().and_body(&cagli);
    assert_eq!(found(&sample), []);
    only_at(&sample.clone().body(2, "codice", "P-PU"), "ENT-06", Severity::Error, "codice", 4);
    only_at(&sample.clone().body(2, "codice", "p_pu"), "ENT-06", Severity::Error, "codice", 4);
    let twin = sample.clone().body(2, "denominazione", "Comune di ACQUALAGNA");
    only_at(&twin, "ENT-06", Severity::Error, "denominazione", 4);
    only_at(&twin.body(2, "codice_fiscale", "00152230413"), "ENT-06", Severity::Error, "codice_fiscale", 4);
    let copied = sample.body(1, "codice_fiscale", "00146060413").body(2, "codice_fiscale", "00146060413");
    assert_eq!(found(&copied), [("ENT-06", Severity::Error, "F3".to_owned())]);
}

#[test]
fn population_may_differ_by_a_tenth() {
    let sound = Sample::sound();
    assert_eq!(found(&sound.clone().body(1, "abitanti", "4566")), []);
    only(&sound.clone().body(1, "abitanti", "4567"), "ENT-07", Severity::Warning, "abitanti");
    only(&sound.clone().body(1, "abitanti", "0"), "ENT-07", Severity::Warning, "abitanti");
    only(&sound.body(1, "abitanti", "18446744073709551615"), "ENT-07", Severity::Warning, "abitanti");
}

#[test]
fn who_signs_is_named_by_the_signature() {
    let nameless = Sample::sound().body(1, "rappresentante", "");
    only(&nameless, "ENT-09", Severity::Error, "rappresentante");
    only(&nameless.clone().field("fase", "schema"), "ENT-09", Severity::Note, "rappresentante");
    only(&Sample::sound().body(1, "carica", ""), "ENT-09", Severity::Error, "carica");
    let both = run(&nameless.clone().body(1, "carica", ""));
    assert_eq!(both.iter().map(|found| found.related.len()).collect::<Vec<_>>(), [1]);
    assert_eq!(found(&nameless.body(1, "rappresentante", "#")), []);
}

#[test]
fn the_fiscal_code_is_held_against_the_index() {
    only(&Sample::sound().body(1, "codice_fiscale", "99900000003"), "ENT-10", Severity::Warning, "codice_fiscale");
    only(&Sample::sound().body(1, "codice_fiscale", "00146060413"), "ENT-10", Severity::Error, "codice_fiscale");
    only_at(&Sample::sound().body(0, "partita_iva", "00146060413"), "ENT-10", Severity::Error, "partita_iva", 2);
    only(&Sample::sound().body(1, "codice_fiscale", "RSSMRA80A01H501U"), "ENT-01", Severity::Error, "codice_fiscale");
    assert_eq!(found(&Sample::sound().body(1, "codice_fiscale", "=00146060413")), []);
}

#[test]
fn suppressed_comuni_cannot_sign() {
    let old = [("codice", "old"), ("tipo", "Comune"), ("denominazione", "Comune di Sassocorvaro"), ("provincia", "PU")];
    let sample = Sample::sound().and_body(&old);
    only_at(&sample, "ENT-11", Severity::Error, "denominazione", 4);
    assert_eq!(found(&sample.clone().field("data_firma", "31/12/2018")), []);
    assert_eq!(found(&sample.clone().body(2, "denominazione", "Comune di Sassocorvaro Auditore")), []);
    only_at(
        &sample.body(2, "denominazione", "Comune di Nanto").body(2, "provincia", "VI"),
        "ENT-11",
        Severity::Error,
        "denominazione",
        4,
    );
}

#[test]
fn successors_are_in_the_list_and_the_suppressed_are_not() {
    let list = crate::gazetteer::Gazetteer::get();
    for old in super::suppressed::SUPPRESSED {
        assert!(list.find(old.successor, None).is_some_and(|comune| comune.exists()), "{}", old.successor);
        assert!(list.by_name(old.name).is_empty(), "{}", old.name);
        assert!(old.since().is_some());
    }
}

#[test]
fn the_kind_fits_the_name() {
    only(&Sample::sound().body(1, "tipo", "Unione di Comuni"), "ENT-12", Severity::Error, "tipo");
    only_at(&Sample::sound().body(0, "tipo", "Comune").body(0, "provincia", ""), "ENT-12", Severity::Error, "tipo", 2);
    let union = |kind| {
        Sample::sound().and_body(&[
            ("codice", "um"),
            ("tipo", kind),
            ("denominazione", "Unione montana Catria e Nerone"),
            ("provincia", "PU"),
        ])
    };
    assert_eq!(found(&union("Comunità montana")), []);
    assert_eq!(found(&union("Unione di Comuni")), []);
    only_at(&union("Provincia"), "ENT-12", Severity::Error, "tipo", 4);
}

#[test]
fn a_union_is_a_union_of_the_sheet() {
    let with = |name: &str| {
        Sample::sound().body(1, "unione", name).and_body(&[
            ("codice", "uc"),
            ("tipo", "Unione di Comuni"),
            ("denominazione", "Unione di Comuni Pian del Bruscolo"),
        ])
    };
    assert_eq!(found(&with("uc")), []);
    assert_eq!(found(&with("Unione di comuni PIAN DEL BRUSCOLO")), []);
    for wrong in ["p_pu", "c_a035", "nessuna"] {
        only(&with(wrong), "ENT-13", Severity::Error, "unione");
    }
    only_at(&with("uc").body(2, "unione", "uc"), "ENT-13", Severity::Error, "unione", 4);
}

#[test]
fn a_thousand_unknown_names_do_not_take_a_thousand_searches() {
    let unknown = |sample: Sample, index: usize| {
        sample.and_body(&[("codice", &format!("x{index}")), ("denominazione", &format!("Zzyzx numero {index}"))])
    };
    let sample = (0..1000).fold(Sample::sound(), unknown);
    assert_eq!(found(&sample).len(), 1000);
}
