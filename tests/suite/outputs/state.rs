//! The register and the picture of a run: true to the files beside them, speaking of the day they are made.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Range, Reader, Xlsx};
use sha2::{Digest, Sha256};

use super::small::{Small, files, scrivano, stderr};

type Sheets = BTreeMap<String, Range<Data>>;

fn generate(folder: &Path, day: &str, more: &[&str], status: i32) {
    let output = scrivano(folder, &[&["genera", "enti.xlsx", "--alla-data", day], more].concat());
    assert_eq!(output.status.code(), Some(status), "{}", stderr(&output));
}

fn sheets(path: &Path) -> Sheets {
    let bytes = fs::read(path).expect("a register");
    Xlsx::new(Cursor::new(bytes)).expect("a workbook").worksheets().into_iter().collect()
}

/// The cells under a header, as text.
fn column(sheets: &Sheets, sheet: &str, header: &str) -> Vec<String> {
    let range = &sheets[sheet];
    let col = range.rows().next().expect("a header").iter().position(|cell| *cell == *header);
    let col = col.unwrap_or_else(|| panic!("{sheet} has no {header}"));
    range.rows().skip(1).map(|row| row[col].to_string()).collect()
}

fn words(path: &Path) -> String {
    let text = pdf_extract::extract_text_from_mem(&fs::read(path).expect("a picture")).expect("text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_register_knows_the_files_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("pesaro-urbino", &["c_a035", "c_b352"]).write(folder.path(), "enti.xlsx");
    generate(folder.path(), "2026-03-10", &[], 0);
    let out = folder.path().join("out/enti");
    let all = sheets(&out.join("registro.xlsx"));
    let paths = column(&all, "File", "file");
    let digests = column(&all, "File", "impronta SHA-256");
    let documents = files(&out).into_iter().filter(|(name, _)| name.contains('/')).collect::<Vec<_>>();
    assert_eq!(paths.len(), documents.len());
    for (path, digest) in paths.iter().zip(&digests) {
        let bytes = fs::read(out.join(path)).expect(path);
        let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(*digest, found, "{path}");
    }
    // One council has voted, the other has not: what it has still to write is listed cell by cell.
    let acts: Vec<_> = column(&all, "Atti", "ente").into_iter().zip(column(&all, "Atti", "adesione")).collect();
    assert!(acts.contains(&("Comune di Acqualagna".into(), "adesione esecutiva".into())), "{acts:?}");
    assert!(acts.contains(&("Comune di Cagli".into(), "adesione in proposta".into())), "{acts:?}");
    let missing: Vec<_> =
        column(&all, "Dati mancanti", "ente").into_iter().zip(column(&all, "Dati mancanti", "dato")).collect();
    assert!(missing.contains(&("Comune di Cagli".into(), "numero".into())), "{missing:?}");
    assert!(!missing.iter().any(|(body, _)| body == "Comune di Acqualagna"), "{missing:?}");
    // Asked for on 12 January: in use in March.
    let services: Vec<_> =
        column(&all, "Servizi", "codice servizio").into_iter().zip(column(&all, "Servizi", "stato")).collect();
    assert!(services.contains(&("connettivita".into(), "attivo".into())), "{services:?}");
    assert_eq!(column(&all, "Quote", "quota annua").first().map(String::as_str), Some("1826.44"));
    let picture = words(&out.join("quadro.pdf"));
    for said in ["Situazione al 10 marzo 2026", "1 adesione esecutiva", "1 adesione in proposta", "1.826,44"] {
        assert!(picture.contains(said), "no «{said}» in {picture}");
    }
}

#[test]
fn another_day_changes_only_what_speaks_of_the_day() {
    let folder = tempfile::tempdir().expect("a folder");
    Small::of("pesaro-urbino", &["c_a035"]).write(folder.path(), "enti.xlsx");
    let out = folder.path().join("out/enti");
    generate(folder.path(), "2026-03-10", &["--formati", "html"], 0);
    let before = files(&out);
    generate(folder.path(), "2026-01-11", &["--formati", "html"], 0);
    let changed: Vec<String> = files(&out)
        .into_iter()
        .zip(&before)
        .filter(|((_, now), (_, then))| now != then)
        .map(|((name, _), _)| name)
        .collect();
    assert_eq!(changed, [".scrivano.json", "quadro.pdf", "registro.xlsx"], "the memory knows the day");
    let all = sheets(&out.join("registro.xlsx"));
    assert!(column(&all, "Servizi", "stato").contains(&"richiesto".to_owned()), "the service begins the day after");
}

#[test]
fn errors_and_slices_show() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = Small::of("pesaro-urbino", &["c_a035", "c_b352"]);
    small.set("Enti", 1, "codice_fiscale", "00152230414").write(folder.path(), "enti.xlsx");
    let out = folder.path().join("out/enti");
    generate(folder.path(), "2026-03-10", &["--formati", "html"], 1);
    let all = sheets(&out.join("registro.xlsx"));
    assert!(column(&all, "Atti", "motivi").iter().any(|reason| reason.starts_with("ENT-01")));
    let picture = words(&out.join("quadro.pdf"));
    assert!(picture.contains("1 trattenuto per errori") && picture.contains("Comune di Acqualagna"), "{picture}");
    generate(folder.path(), "2026-03-10", &["--formati", "html", "--fetta", "1/2"], 1);
    assert!(words(&out.join("quadro-1-di-2.pdf")).contains("parte 1/2"));
    assert!(out.join("registro-1-di-2.xlsx").exists());
}
