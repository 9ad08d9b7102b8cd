//! `esamina`: statuses, the three forms of the report, the contract of the JSON.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::outputs::small::{scrivano, stderr, stdout};
use crate::rules::documents::SOUND;

/// Runs the command on a file of the folder; gives status, stdout, stderr.
fn esamina(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let arguments: Vec<&str> = ["esamina"].into_iter().chain(arguments.iter().copied()).collect();
    let output = scrivano(folder, &arguments);
    (output.status.code(), stdout(&output), stderr(&output))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("buona.txt"), SOUND).unwrap();
    let faulty = SOUND.replace("di cui all’art. 6", "di cui all’art. 9").replace("D.Lgs. 267/2000", "D.Lgs 27/2000");
    // The extension is not believed.
    fs::write(folder.path().join("sbagliata.docx"), faulty).unwrap();
    fs::write(folder.path().join("immagine.pdf"), b"\x89PNG\r\n\x1a\n").unwrap();
    folder
}

#[test]
fn statuses_are_those_of_the_contract() {
    let folder = folder();
    let (status, out, _) = esamina(folder.path(), &["buona.txt"]);
    assert_eq!(status, Some(0), "{out}");
    assert!(out.contains("una convenzione") && out.contains("Nessuna segnalazione."), "{out}");
    let (status, out, _) = esamina(folder.path(), &["sbagliata.docx"]);
    assert_eq!(status, Some(1));
    assert!(
        out.contains("C30-15") && out.contains("art. 9") && out.contains("TXT-07") && out.contains("267/2000"),
        "{out}"
    );
    for name in ["immagine.pdf", "assente.pdf"] {
        let (status, out, err) = esamina(folder.path(), &[name]);
        assert_eq!((status, out.as_str()), (Some(2), ""), "{name}");
        assert!(err.starts_with("errore: "), "{err}");
    }
}

#[test]
fn the_json_is_that_of_the_contract() {
    let folder = folder();
    let (status, out, _) = esamina(folder.path(), &["sbagliata.docx", "--formato", "json"]);
    assert_eq!(status, Some(1));
    let value: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&value["schema"], &value["kind"]), (&"scrivano/examine/1".into(), &"convenzione".into()));
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 4, "{keys:?}");
    let elements = value["elements"].as_array().unwrap();
    let names: Vec<&str> = elements.iter().map(|element| element["element"].as_str().unwrap()).collect();
    assert_eq!(names, ["oggetto", "fini", "durata", "consultazione", "finanziari", "obblighi", "garanzie"]);
    for element in elements {
        assert_eq!(element["found"], true, "{element}");
        let sure = element["confidence"].as_f64().unwrap();
        assert!((0.5..=1.0).contains(&sure), "{element}");
        for place in element["where"].as_array().unwrap() {
            assert!(place["article"].is_string() && place["line"].as_u64() > Some(0), "{place}");
            assert!(!place["quote"].as_str().unwrap().is_empty(), "{place}");
        }
    }
    let fault = &value["diagnostics"].as_array().unwrap().iter().find(|fault| fault["code"] == "C30-15").unwrap();
    assert_eq!((&fault["severity"], &fault["place"]["file"]), (&"error".into(), &"sbagliata.docx".into()));
    assert!(fault["place"]["line"].as_u64() > Some(20));
}

#[test]
fn the_short_form_has_a_line_for_each_element_and_finding() {
    let folder = folder();
    let (_, out, _) = esamina(folder.path(), &["sbagliata.docx", "--formato", "breve"]);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 9, "{out}");
    assert!(lines[2].starts_with("sbagliata.docx: durata sì 0."), "{out}");
    assert!(lines[7].starts_with("sbagliata.docx:"), "{out}");
}
