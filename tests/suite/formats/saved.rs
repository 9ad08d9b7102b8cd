//! The fixture of Pesaro and Urbino, cut to four bodies and saved by LibreOffice in three formats, reads as the original.

use std::fs;
use std::path::{Path, PathBuf};

use scrivano::pipeline::Checked;

use crate::outputs::small::{Small, acts, at_today, check, stderr};
use crate::outputs::tree;

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formati").join(name)
}

fn original() -> Checked {
    Small::of("pesaro-urbino", &["c_a035", "c_b352", "un-piandelbruscolo", "museo-storia"]).checked()
}

/// Findings with their places, one a line.
fn findings(checked: &Checked) -> Vec<String> {
    let line = |found: &scrivano::diagnostic::Diagnostic| {
        format!("{} {} {} {:?} {:?} {:?}", found.code, found.place, found.message, found.body, found.act, found.related)
    };
    checked.diagnostics.iter().map(line).collect()
}

fn words(checked: &Checked) -> Vec<String> {
    acts(checked.dossier.as_ref().expect("a dossier")).iter().map(tree::words).collect()
}

#[test]
fn libreoffice_formats_give_the_same_findings_and_acts() {
    let original = original();
    for format in ["xlsx", "ods", "xls"] {
        let saved = check(&fs::read(data(&format!("pesaro-urbino.{format}"))).expect("a workbook"));
        assert_eq!(findings(&saved), findings(&original), "{format}");
        let (saved, original) = (words(&saved), words(&original));
        assert_eq!(saved.len(), original.len(), "{format}");
        for (saved, original) in saved.iter().zip(&original) {
            tree::assert_same(format, original, saved);
            assert!(saved == original, "{format}: white space or hyphens differ");
        }
    }
}

#[test]
fn the_extension_does_not_matter() {
    let folder = tempfile::tempdir().expect("a folder");
    for (from, to) in [("xlsx", "ods"), ("ods", "xls"), ("xls", "xlsx"), ("xlsx", "dati"), ("ods", "XLSX")] {
        let name = format!("enti da {from}.{to}");
        fs::copy(data(&format!("pesaro-urbino.{from}")), folder.path().join(&name)).expect("a copy");
        let output = at_today(folder.path(), &["controlla", &name, "--formato", "breve"]);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
    }
    fs::copy(data("pesaro-urbino.ods"), folder.path().join("senza")).expect("a copy");
    let output = at_today(folder.path(), &["controlla", "senza"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
}
