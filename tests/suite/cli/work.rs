//! `modello`, `controlla` and `genera` at work: templates of one's own, bodies, slices, what withholds what.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::outputs::small::{Small, at_today, files, scrivano, stderr, stdout};

fn status(folder: &Path, arguments: &[&str], wanted: i32) -> (String, String) {
    let output = at_today(folder, arguments);
    assert_eq!(output.status.code(), Some(wanted), "{arguments:?}: {}{}", stdout(&output), stderr(&output));
    (stdout(&output), stderr(&output))
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn modello_writes_a_workbook_that_controlla_accepts_and_refuses_to_overwrite() {
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |more: &[&str]| scrivano(folder.path(), &[&["modello", "upi", "-o", "enti.xlsx", "--esempio"], more].concat());
    assert_eq!(write(&[]).status.code(), Some(0));
    let bytes = fs::read(folder.path().join("enti.xlsx")).expect("a workbook");
    let again = write(&[]);
    assert_eq!(again.status.code(), Some(2));
    assert!(stderr(&again).contains("«enti.xlsx» c’è già"), "{}", stderr(&again));
    fs::write(folder.path().join("enti.xlsx"), b"mio").expect("written");
    assert_eq!(write(&[]).status.code(), Some(2));
    assert_eq!(fs::read(folder.path().join("enti.xlsx")).expect("a file"), b"mio");
    assert_eq!(write(&["--sovrascrivi"]).status.code(), Some(0));
    assert!(fs::read(folder.path().join("enti.xlsx")).expect("a file") == bytes, "the same workbook every time");
    let (said, _) = status(folder.path(), &["controlla", "enti.xlsx"], 0);
    assert!(said.contains("0 errori, 0 avvisi"), "{said}");
}

#[test]
fn an_example_has_as_many_bodies_as_asked_for_with_six_acts_each() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |arguments: &[&str]| scrivano(folder.path(), &[&["modello"], arguments].concat());
    let written = write(&["pesaro-urbino", "--esempio", "--enti", "3", "-o", "enti.xlsx"]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let run = ["genera", "enti.xlsx", "--formati", "html", "--formato", "json"];
    let (json, _) = status(folder.path(), &run, 0);
    let report: Value = serde_json::from_str(&json).expect("JSON");
    // The three most populous, and the two acts of the lead body.
    let of = |code: &str| report["acts"].as_array().expect("acts").iter().filter(|act| act["body"] == code).count();
    assert_eq!([of("c_h501"), of("c_f205"), of("c_f839"), of("p-pu")], [6, 6, 6, 2]);
    let refused = write(&["upi", "--esempio", "--enti", "3", "-o", "altro.xlsx"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("c’è per «pesaro-urbino»"), "{}", stderr(&refused));
}

#[test]
fn the_workbook_of_faults_is_found_faulty() {
    let folder = tempfile::tempdir().expect("a folder");
    let written = scrivano(folder.path(), &["modello", "errori", "--esempio", "-o", "errori.xlsx"]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    status(folder.path(), &["controlla", "errori.xlsx"], 1);
}

#[test]
fn edited_texts_are_used_and_their_faults_have_line_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    Small::of("upi", &["c_a315"]).write(at, "enti.xlsx");
    let copied = scrivano(at, &["modello", "upi", "--testi", "testi"]);
    assert_eq!(copied.status.code(), Some(0), "{}", stderr(&copied));
    let generate = ["genera", "enti.xlsx", "--testi", "testi", "--formati", "html", "--atti", "convenzione"];
    let page = at.join("out/enti/c_a315-antrodoco/01-convenzione.html");
    status(at, &["genera", "enti.xlsx", "--formati", "html", "--atti", "convenzione"], 0);
    let own = fs::read_to_string(&page).expect("a page");
    let (_, said) = status(at, &generate, 0);
    assert!(said.contains("1 già a posto"), "the copies are the texts of the program: {said}");

    let clause = at.join("testi/clausole/controversie.md");
    let text = fs::read_to_string(&clause).expect("a clause");
    let article = text.replacen("\n1. ", "\n1. Prima di tutto le parti si parlano. ", 1);
    assert_ne!(article, text, "the clause has a comma");
    fs::write(&clause, &article).expect("written");
    status(at, &generate, 0);
    let edited = fs::read_to_string(&page).expect("a page");
    assert!(edited.contains("Prima di tutto le parti si parlano.") && !own.contains("Prima di tutto le parti"));

    let wrong = article.replacen("Prima di tutto", "Prima di {{ente.nomme}}", 1);
    fs::write(&clause, &wrong).expect("written");
    let line = 1 + wrong.lines().position(|line| line.contains("nomme")).expect("the line");
    let (said, _) = status(at, &["controlla", "enti.xlsx", "--testi", "testi", "--formato", "breve"], 1);
    let place = format!("clausole/controversie.md:{line}:");
    let fault = said.lines().find(|found| found.contains("errore TXT-")).expect("a fault of the text");
    let column = fault.strip_prefix(&place).and_then(|rest| rest.split(':').next());
    assert!(column.is_some_and(|column| column.parse::<u32>().is_ok_and(|n| n > 1)), "{place} {fault}");
    assert!(fault.contains("ente.nomme"), "{fault}");
    status(at, &generate, 1);
    assert!(!page.exists(), "an error of the texts withholds the acts");

    status(at, &["controlla", "enti.xlsx", "--testi", "non-esiste"], 2);
    let again = scrivano(at, &["modello", "upi", "--testi", "testi"]);
    assert_eq!(again.status.code(), Some(2), "edited texts are not overwritten");
    assert_eq!(fs::read_to_string(&clause).expect("a clause"), wrong);
}

#[test]
fn bodies_acts_and_formats_are_chosen() {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("upi", &["c_a315", "c_a765", "c_a996"]).write(folder.path(), "enti.xlsx");
    let out = folder.path().join("out");
    let arguments = ["genera", "enti.xlsx", "--formati", "html", "--enti", "C_A315,comune di borgo velino"];
    status(folder.path(), &[&arguments[..], &["--atti", "delibera-adesione"]].concat(), 0);
    assert_eq!(
        names(&out),
        [
            "enti/.scrivano.json",
            "enti/c_a315-antrodoco.zip",
            "enti/c_a315-antrodoco/02-delibera-adesione.html",
            "enti/c_a996-borgo-velino.zip",
            "enti/c_a996-borgo-velino/02-delibera-adesione.html",
            "enti/esito.json",
            "enti/quadro.pdf",
            "enti/registro.xlsx",
        ]
    );
    let (_, said) = status(folder.path(), &["genera", "enti.xlsx", "--enti", "Comune di Antrodocco"], 2);
    assert!(said.contains("«Comune di Antrodocco»") && said.contains("«Comune di Antrodoco»"), "{said}");
    let of_lead = ["genera", "enti.xlsx", "--enti", "p-valdarnia", "--atti", "delibera-adesione"];
    let (_, said) = status(folder.path(), &of_lead, 2);
    assert!(said.contains("con atti da fare"), "the lead body does not adhere to itself: {said}");
}

#[test]
fn slices_are_disjoint_and_complete() {
    let folder = tempfile::tempdir().expect("a folder");
    let codes = ["c_a315", "c_a765", "c_a996", "c_b008", "c_b627"];
    Small::of("upi", &codes).write(folder.path(), "enti.xlsx");
    let run = ["genera", "enti.xlsx", "--formati", "html", "--formato", "json"];
    let mut seen = Vec::new();
    for slice in ["1/3", "2/3", "3/3"] {
        let (json, _) = status(folder.path(), &[&run[..], &["--fetta", slice, "-o", "fette"]].concat(), 0);
        let report: Value = serde_json::from_str(&json).expect("JSON");
        assert_eq!(report["slice"], slice);
        let bodies = report["acts"].as_array().expect("acts").iter().map(|act| act["body"].as_str().expect("a code"));
        let bodies: BTreeSet<String> = bodies.map(str::to_owned).collect();
        assert!(!bodies.is_empty());
        seen.extend(bodies);
    }
    seen.sort();
    assert_eq!(seen, [&codes[..], &["p-valdarnia"]].concat(), "each body once, the lead body too");
    status(folder.path(), &[&run[..], &["-o", "intero"]].concat(), 0);
    let acts = |name: &str| {
        let all = files(&folder.path().join(name)).into_iter();
        all.filter(|(name, _)| name.contains("c_")).collect::<Vec<_>>()
    };
    assert!(acts("fette") == acts("intero"), "slices make what the whole makes");
    let reports: Vec<String> =
        names(&folder.path().join("fette")).into_iter().filter(|n| n.contains("esito")).collect();
    assert_eq!(reports, ["enti/esito-1-di-3.json", "enti/esito-2-di-3.json", "enti/esito-3-di-3.json"]);
}

#[test]
fn an_error_withholds_its_body_and_one_of_the_lead_body_withholds_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = Small::of("upi", &["c_a315", "c_a765"]);
    let withheld = |small: Small, wanted: i32| {
        small.write(folder.path(), "enti.xlsx");
        let run = ["genera", "enti.xlsx", "--formati", "html", "--formato", "json"];
        let (json, _) = status(folder.path(), &run, wanted);
        let report: Value = serde_json::from_str(&json).expect("JSON");
        let acts = report["acts"].as_array().expect("acts").iter();
        let held =
            acts.filter(|act| act["state"] == "withheld").map(|act| act["body"].as_str().expect("a code").to_owned());
        held.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>()
    };
    let wrong = "00103110574";
    let all = ["c_a315", "c_a765", "p-valdarnia"];
    assert_eq!(withheld(small.clone(), 0), [] as [&str; 0]);
    assert_eq!(withheld(small.clone().set("Enti", 1, "codice_fiscale", wrong), 1), ["c_a315"]);
    assert_eq!(withheld(small.clone().set("Deliberazioni", 2, "favorevoli", "molti"), 1), ["c_a765"]);
    assert_eq!(withheld(small.clone().set("Enti", 0, "codice_fiscale", wrong), 1), all);
    assert_eq!(withheld(small.set("Convenzione", 0, "decorrenza", "presto"), 1), all);
    let left = ["enti/.scrivano.json", "enti/esito.json", "enti/quadro.pdf", "enti/registro.xlsx"];
    assert_eq!(names(&folder.path().join("out")), left);
}

#[test]
fn what_cannot_be_read_or_written_ends_with_status_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    Small::of("upi", &["c_a315"]).write(at, "enti.xlsx");
    for command in ["controlla", "genera"] {
        let (_, said) = status(at, &[command, "manca.xlsx"], 2);
        assert!(said.contains("«manca.xlsx» non si può leggere: il file o la cartella non esiste"), "{said}");
        let (_, said) = status(at, &[command, "."], 2);
        assert!(said.contains("è una cartella"), "{said}");
    }
    fs::write(at.join("occupato"), b"x").expect("written");
    for out in ["occupato", "occupato/sotto"] {
        let (_, said) = status(at, &["genera", "enti.xlsx", "--formati", "html", "-o", out], 2);
        assert!(said.starts_with("errore: ") && said.contains("non si può scrivere"), "{said}");
        assert!(!said.contains("os error"), "in Italian: {said}");
    }
    assert_eq!(fs::read(at.join("occupato")).expect("a file"), b"x");
    let (_, said) = status(at, &["modello", "upi", "-o", "occupato/enti.xlsx"], 2);
    assert!(!said.contains("os error"), "{said}");
}

#[test]
fn today_comes_from_the_option_or_from_source_date_epoch() {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("upi", &["c_a315"]).write(folder.path(), "enti.xlsx");
    let run = |out: &str, epoch: &str, more: &[&str]| {
        let status = std::process::Command::new(env!("CARGO_BIN_EXE_scrivano"))
            .args([&["genera", "enti.xlsx", "--formati", "html,docx", "-o", out], more].concat())
            .current_dir(folder.path())
            .env("SOURCE_DATE_EPOCH", epoch)
            .output()
            .expect("the program starts");
        assert_eq!(status.status.code(), Some(0), "{}", stderr(&status));
        files(&folder.path().join(out))
    };
    // 10 January 2026, in seconds.
    let epoch = run("uno", "1768003200", &[]);
    assert!(epoch == run("due", "0", &["--alla-data", "10/01/2026"]));
}
