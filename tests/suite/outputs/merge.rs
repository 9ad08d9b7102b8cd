//! `unisci`: slices made in one folder or in many become what a run on all bodies writes, and what cannot be joined is told.

use std::fs;
use std::path::Path;

use super::small::{Small, at_today, files, scrivano, stderr};

const CODES: [&str; 5] = ["c_a315", "c_a765", "c_a996", "c_b008", "c_b627"];

fn workbook() -> Small {
    Small::of("upi", &CODES)
}

fn generate(folder: &Path, arguments: &[&str]) {
    let output = at_today(folder, &[&["genera", "enti.xlsx", "--formati", "html,docx"], arguments].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}

fn merge(folder: &Path, arguments: &[&str], wanted: i32) -> String {
    let output = scrivano(folder, &[&["unisci"], arguments].concat());
    assert_eq!(output.status.code(), Some(wanted), "{}", stderr(&output));
    stderr(&output)
}

/// Everything but what is of a slice.
fn joined(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let of_slice = |name: &str| ["quadro-", "registro-", "esito-", ".scrivano-"].iter().any(|it| name.starts_with(it));
    files(folder).into_iter().filter(|(name, _)| !of_slice(name)).collect()
}

fn assert_same(found: &[(String, Vec<u8>)], whole: &[(String, Vec<u8>)]) {
    let names = |list: &[(String, Vec<u8>)]| list.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(found), names(whole));
    for ((name, found), (_, whole)) in found.iter().zip(whole) {
        assert!(found == whole, "{name} is not that of a run on all");
    }
}

#[test]
fn slices_joined_are_what_a_run_on_all_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    // One body is at fault: what is withheld is joined too.
    workbook().set("Enti", 2, "gia_aderente", "no").write(at, "enti.xlsx");
    generate(at, &["-o", "intero"]);
    let whole = files(&at.join("intero/enti"));
    for slice in ["1/3", "2/3", "3/3"] {
        generate(at, &["--fetta", slice, "-o", "insieme"]);
        generate(at, &["--fetta", slice, "-o", &format!("macchina-{}", &slice[..1])]);
    }
    // In one folder, where they are; the folder may be that of the run or the one around it.
    merge(at, &["insieme"], 0);
    assert_same(&joined(&at.join("insieme/enti")), &whole);
    // From a folder each, into a new one.
    merge(at, &["macchina-3/enti", "macchina-1", "macchina-2", "-o", "unite"], 0);
    assert_same(&files(&at.join("unite/enti")), &whole);
    // Again, and over: the same; a run on all finds everything done.
    let said = merge(at, &["insieme/enti", "macchina-2", "-o", "unite"], 0);
    assert!(said.contains("Trovate due volte, uguali: 2/3"), "{said}");
    assert_same(&files(&at.join("unite/enti")), &whole);
    let output = at_today(at, &["genera", "enti.xlsx", "--formati", "html,docx", "-o", "unite"]);
    assert!(stderr(&output).contains("già a posto"), "{}", stderr(&output));
    assert_same(&files(&at.join("unite/enti")), &whole);
}

#[test]
fn what_does_not_go_together_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    workbook().write(at, "enti.xlsx");
    let said = merge(at, &["."], 2);
    assert!(said.contains("non ci sono parti da unire"), "{said}");
    generate(at, &["--fetta", "1/3", "-o", "a"]);
    generate(at, &["--fetta", "3/3", "-o", "a"]);
    let said = merge(at, &["a"], 2);
    assert!(said.contains("manca la parte 2/3") && said.contains("--fetta 2/3"), "{said}");
    // Another workbook, another day.
    generate(at, &["--fetta", "2/3", "-o", "ieri", "--formati", "pdf"]);
    workbook().set("Enti", 1, "rappresentante", "Dina Valli").write(at, "enti.xlsx");
    generate(at, &["--fetta", "2/3", "-o", "b"]);
    let said = merge(at, &["a", "b"], 2);
    assert!(said.contains("non vanno insieme: sono di fogli diversi"), "{said}");
    let said = merge(at, &["a", "ieri"], 2);
    assert!(said.contains("sono con --atti, --enti, --formati o --anno diversi"), "{said}");
    assert!(!at.join("a/enti/esito.json").exists() && !at.join("out").exists());
    // Complete at last, with a slice of another run besides.
    workbook().write(at, "enti.xlsx");
    generate(at, &["--fetta", "2/3", "-o", "a"]);
    let said = merge(at, &["a", "b"], 0);
    assert!(said.contains("Lasciate da parte, perché di un’altra passata: 2/3 («"), "{said}");
    assert!(at.join("a/enti/esito.json").exists(), "where they are");
    // A document that is no longer what the slice made.
    let lost = files(&at.join("a/enti")).into_iter().find(|(name, _)| name.ends_with(".docx")).expect("a document");
    fs::write(at.join("a/enti").join(&lost.0), b"altro").expect("written");
    let said = merge(at, &["a"], 2);
    assert!(said.contains("un file manca o non è più com’era") && said.contains("--fetta "), "{said}");
}
