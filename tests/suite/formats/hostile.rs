//! Files that are no workbooks, or are made to do harm: status 2, one error in Italian, nothing written.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use serde_json::Value;
use zip::write::SimpleFileOptions;

use crate::outputs::small::{Small, at_today, stderr, stdout};

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("written");
    }
    zip.finish().expect("a zip").into_inner()
}

/// An `.xlsx` of one sheet, "Enti", with this XML.
fn xlsx(sheet: &[u8]) -> Vec<u8> {
    let relations = br#"<Relationships><Relationship Id="r1" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = br#"<workbook><sheets><sheet name="Enti" sheetId="1" r:id="s1"/></sheets></workbook>"#;
    let sheets = br#"<Relationships><Relationship Id="s1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    zipped(&[
        ("_rels/.rels", relations),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", sheets),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn entities() -> Vec<u8> {
    let mut declared = "<!ENTITY a0 \"xxxxxxxxxx\">".to_owned();
    for level in 1..10 {
        declared.push_str(&format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10)));
    }
    let cell = r#"<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&a9;</v></c></row></sheetData></worksheet>"#;
    xlsx(format!("<!DOCTYPE a [{declared}]>{cell}").as_bytes())
}

fn files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let good = Small::of("upi", &["c_a315"]).bytes();
    let data = |name: &str| {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formati").join(name)).expect("a file")
    };
    let far = br#"<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>"#;
    vec![
        ("testo.xlsx", b"codice;denominazione\nc_a315;Comune di Antrodoco\n".to_vec(), "non è una cartella di lavoro"),
        ("vuoto.xlsx", Vec::new(), "è vuoto"),
        ("zeri.xlsx", vec![0; 4096], "è vuoto"),
        ("pdf.xlsx", b"%PDF-1.7\n%\xE2\xE3\n".to_vec(), "PDF"),
        ("pagina.xls", b"<html><body><table><tr><td>a</td></tr></table></body></html>".to_vec(), "non è una cartella"),
        ("troncato.xlsx", good[..good.len() / 2].to_vec(), "danneggiato"),
        ("senza coda.xlsx", good[..good.len() - 10].to_vec(), "danneggiato"),
        ("troncato.ods", data("pesaro-urbino.ods")[..12_000].to_vec(), "danneggiato"),
        ("troncato.xls", data("pesaro-urbino.xls")[..9_000].to_vec(), "danneggiato"),
        ("password.xlsx", data("con-password.xlsx"), "protetto da password"),
        ("password.ods", data("con-password.ods"), "protetto da password"),
        ("password.xls", data("con-password.xls"), "protetto da password"),
        ("lontano.xlsx", xlsx(far), "XFD1048576"),
        ("bomba.xlsx", xlsx(&vec![b' '; 101_000_000]), "è troppo grande"),
        ("entità.xlsx", entities(), "DOCTYPE o ENTITY"),
        ("altro.zip", zipped(&[("foto.jpg", b"x")]), "non è una cartella di lavoro"),
    ]
}

#[test]
fn what_is_no_workbook_is_refused_with_one_error() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes, words) in files() {
        fs::write(folder.path().join(name), bytes).expect("written");
        let output = at_today(folder.path(), &["genera", name]);
        // On a machine with much else to do the reading may last until the program says how long it has been at it.
        let progress = "Controllo del foglio e prova degli atti, da ";
        let said: String = stderr(&output).split_inclusive('\n').filter(|line| !line.starts_with(progress)).collect();
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert_eq!(stdout(&output), "", "{name}");
        assert!(said.starts_with("errore: ") && said.contains(words) && said.contains("WB-06"), "{name}: {said}");
        assert_eq!(said.matches("errore: ").count(), 1, "{name}: {said}");
        assert!(said.lines().count() == 2 && !said.contains("panicked"), "an error and its hint: {name}: {said}");
        assert!(!folder.path().join("out").exists(), "{name}: nothing is written");
    }
}

#[test]
fn programs_get_the_same_error_as_json() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("testo.xlsx"), b"codice;nome\n").expect("written");
    for command in ["controlla", "genera"] {
        let output = at_today(folder.path(), &[command, "testo.xlsx", "--formato", "json"]);
        assert_eq!(output.status.code(), Some(2));
        let report: Value = serde_json::from_str(&stdout(&output)).expect("JSON");
        assert_eq!(report["summary"]["errors"], 1);
        assert_eq!(report["diagnostics"][0]["code"], "WB-06");
        assert_eq!(report["diagnostics"][0]["place"]["file"], "testo.xlsx");
    }
}
