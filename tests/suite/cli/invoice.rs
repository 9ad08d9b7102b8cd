//! `controlla-fattura`: statuses, the three forms of the report, several files, the pages of the controls.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::outputs::small::{scrivano, stderr, stdout};
use crate::sdi::{PLAIN, with};

const DAY: [&str; 2] = ["--alla-data", "2026-01-10"];

/// Runs the command on files of the folder; gives status, stdout, stderr.
fn check(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let arguments: Vec<&str> = ["controlla-fattura"].into_iter().chain(arguments.iter().copied()).chain(DAY).collect();
    let output = scrivano(folder, &arguments);
    (output.status.code(), stdout(&output), stderr(&output))
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let wrong = with(PLAIN, "<Imposta>220.00", "<Imposta>220.01");
    for (name, bytes) in [
        ("IT80000000010_00001.xml", PLAIN.as_bytes()),
        ("IT80000000010_000001.xml", PLAIN.as_bytes()),
        ("copia.xml", PLAIN.as_bytes()),
        ("sbagliata.xml", wrong.as_bytes()),
        ("ricevuta.xml", b"<ricevuta/>"),
        ("fattura.xml.p7m", b"0\x80\x06\x09*\x86H\x86\xf7\r\x01\x07\x02"),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

#[test]
fn a_good_invoice_is_said_good() {
    let folder = folder();
    let (status, out, err) = check(folder.path(), &["IT80000000010_00001.xml"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.contains("supera tutti i controlli"), "{out}");
    let (status, _, err) = check(folder.path(), &["copia.xml"]);
    assert_eq!(status, Some(0), "a copy under another name is judged for what it holds");
    assert!(err.contains("00001"), "{err}");
    let (status, out, _) = check(folder.path(), &["IT80000000010_000001.xml"]);
    assert!(status == Some(1) && out.contains("00001"), "{out}");
}

#[test]
fn a_wrong_invoice_is_told_as_the_guide_shows() {
    let folder = folder();
    let (status, out, _) = check(folder.path(), &["sbagliata.xml"]);
    assert_eq!(status, Some(1));
    let guide = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guida.md")).unwrap();
    for line in out.lines().skip(1).map(str::trim).filter(|line| !line.is_empty()) {
        let shown = line.split_once("errore").map_or(line, |(_, rest)| rest);
        assert!(guide.contains(shown), "{shown}");
    }
    let (status, out, _) = check(folder.path(), &["sbagliata.xml", "--formato", "breve"]);
    assert_eq!((status, out.lines().count()), (Some(1), 1));
    assert!(out.starts_with("sbagliata.xml:") && out.contains(": errore 00421 2.2.2.6 <Imposta> "), "{out}");
}

#[test]
fn programs_get_an_object_a_file() {
    let folder = folder();
    let files = ["IT80000000010_00001.xml", "sbagliata.xml", "ricevuta.xml", "--formato", "json"];
    let (status, out, _) = check(folder.path(), &files);
    assert_eq!(status, Some(2), "the worst of the files");
    let objects: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 3);
    for (object, (file, readable, valid)) in objects.iter().zip([
        ("IT80000000010_00001.xml", true, true),
        ("sbagliata.xml", true, false),
        ("ricevuta.xml", false, false),
    ]) {
        assert_eq!(object["schema"], "scrivano/invoice-check/1");
        assert_eq!(
            (&object["file"], &object["readable"], &object["valid"]),
            (&file.into(), &readable.into(), &valid.into())
        );
    }
    let finding = &objects[1]["findings"][0];
    assert_eq!(finding["code"], "00421");
    assert_eq!(finding["path"], "FatturaElettronicaBody[1]/DatiBeniServizi/DatiRiepilogo/Imposta");
    assert_eq!(finding["element"], "2.2.2.6 <Imposta>");
    assert!(finding["line"].as_u64().is_some_and(|line| line > 40) && finding["hint"].is_string());
}

#[test]
fn what_is_no_invoice_is_refused_with_status_2_and_stops_no_other() {
    let folder = folder();
    for (name, said) in [("ricevuta.xml", "<ricevuta>"), ("fattura.xml.p7m", "firmata"), ("manca.xml", "manca.xml")] {
        let (status, out, err) = check(folder.path(), &[name, "IT80000000010_00001.xml"]);
        assert_eq!(status, Some(2));
        assert!(err.starts_with("errore: ") && err.contains(said), "{err}");
        assert!(out.contains("supera tutti i controlli"), "{out}");
    }
}

#[test]
fn controls_have_their_page() {
    let folder = folder();
    let page = scrivano(folder.path(), &["spiega", "00423"]);
    assert!(page.status.success());
    let text = stdout(&page);
    assert!(text.starts_with("00423 – ") && text.contains("2.2.1.11 <PrezzoTotale>"), "{text}");
    let json: Value =
        serde_json::from_str(&stdout(&scrivano(folder.path(), &["explain", "00423", "--formato", "json"]))).unwrap();
    assert_eq!(json["code"], "00423");
    let unknown = scrivano(folder.path(), &["spiega", "00999"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(stderr(&unknown).contains("00999"));
}
