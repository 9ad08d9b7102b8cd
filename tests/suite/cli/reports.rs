//! What `controlla` and `genera` print.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::outputs::small::{Small, at_today, scrivano, stderr, stdout};

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn faulty() -> Small {
    Small::of("pesaro-urbino", &["c_a035", "c_b352"])
        .set("Enti", 1, "codice_fiscale", "00152230414")
        .set("Enti", 2, "pec", "niente")
}

#[test]
fn the_json_of_controlla_has_the_shape_of_the_contract() {
    let folder = tempfile::tempdir().expect("a folder");
    faulty().write(folder.path(), "enti.xlsx");
    let output = at_today(folder.path(), &["controlla", "enti.xlsx", "--formato", "json"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(1), ""));
    let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
    assert_eq!(keys(&report), BTreeSet::from(["schema", "summary", "diagnostics"]));
    assert_eq!(report["schema"], "scrivano/diagnostics/1");
    assert_eq!(keys(&report["summary"]), BTreeSet::from(["errors", "warnings", "notes"]));
    let list = report["diagnostics"].as_array().expect("a list");
    for (severity, count) in [("error", "errors"), ("warning", "warnings"), ("note", "notes")] {
        let found = list.iter().filter(|found| found["severity"] == severity).count();
        assert_eq!(report["summary"][count], found, "{severity}");
    }
    let all = BTreeSet::from(["code", "severity", "message", "hint", "law", "place", "body", "act", "related"]);
    for found in list {
        assert_eq!(keys(found), all);
        assert!(found["related"].is_array() && found["place"].is_object(), "{found}");
        assert!(found["message"].as_str().is_some_and(|text| !text.is_empty()));
    }
    let errors: Vec<_> = list.iter().filter(|found| found["severity"] == "error").collect();
    let seen: Vec<_> = errors.iter().map(|found| (&found["code"], &found["place"]["cell"], &found["body"])).collect();
    assert_eq!(
        seen,
        [(&"ENT-01".into(), &"F3".into(), &"c_a035".into()), (&"ENT-04".into(), &"L4".into(), &"c_b352".into())]
            as [(&Value, &Value, &Value); 2]
    );
    assert_eq!(errors[0]["place"]["sheet"], "Enti");
}

#[test]
fn text_and_brief_say_the_same_findings_without_colour() {
    let folder = tempfile::tempdir().expect("a folder");
    faulty().write(folder.path(), "enti.xlsx");
    let brief = at_today(folder.path(), &["controlla", "enti.xlsx", "--formato", "breve"]);
    let brief = stdout(&brief);
    assert!(brief.lines().next().is_some_and(|line| line.starts_with("Convenzione!B17: nota C30-16 ")), "{brief}");
    let errors: Vec<&str> = brief.lines().filter(|line| line.contains(": errore ")).collect();
    assert_eq!(errors.len(), 2, "{brief}");
    assert!(errors[0].starts_with("Enti!F3: errore ENT-01 "), "{brief}");
    let text = stdout(&at_today(folder.path(), &["controlla", "enti.xlsx"]));
    assert!(text.contains("Foglio Enti\n") && text.contains("→ "), "{text}");
    assert!(text.trim_end().ends_with("note.") && text.contains("\n2 errori, 0 avvisi, "), "{text}");
    assert!(!text.contains('\u{1b}') && !brief.contains('\u{1b}'), "no colour into a pipe");
}

#[test]
fn genera_prints_results_on_stdout_and_talk_on_stderr() {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("upi", &["c_a315"]).write(folder.path(), "enti.xlsx");
    let generate = |format: &str| {
        let arguments = ["genera", "enti.xlsx", "--formati", "html", "--formato", format];
        at_today(folder.path(), &arguments)
    };
    let json = generate("json");
    assert_eq!(json.status.code(), Some(0), "{}", stderr(&json));
    let report: Value = serde_json::from_str(&stdout(&json)).expect("JSON");
    let file: Value = serde_json::from_slice(&std::fs::read(folder.path().join("out/enti/esito.json")).expect("esito"))
        .expect("JSON");
    assert_eq!(report, file, "esito.json says what is printed");
    let expected = [
        "schema",
        "workbook",
        "workbook_sha256",
        "model",
        "stage",
        "slice",
        "summary",
        "acts",
        "orphans",
        "diagnostics",
    ];
    assert_eq!(keys(&report), BTreeSet::from(expected));
    let text = generate("testo");
    assert_eq!(stdout(&text), "", "notes are for controlla");
    assert!(stderr(&text).contains("5 atti prodotti per 2 enti (di cui 5 già a posto)."), "{}", stderr(&text));
    assert!(!stderr(&text).contains('\u{1b}'), "no progress bar into a pipe");
}

#[test]
fn an_empty_template_is_reported_and_never_crashes() {
    let folder = tempfile::tempdir().expect("a folder");
    for model in ["upi", "pesaro-urbino"] {
        let name = format!("{model}.xlsx");
        let written = scrivano(folder.path(), &["modello", model, "-o", &name]);
        assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
        for command in ["controlla", "genera"] {
            let output = at_today(folder.path(), &[command, &name]);
            assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
            let said = stdout(&output);
            assert!(said.contains("non ha nessun ente"), "{command} {model}: {said}");
        }
        assert!(!folder.path().join("out").exists(), "nothing is produced");
    }
}
