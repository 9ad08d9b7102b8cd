//! What a cell may try on the files that are written: formulas in spreadsheets, names that climb out of a bundle or that a
//! system keeps for itself; and folders that cannot be written, or are written by two runs at once.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use scrivano::example::{Example, ExampleCell};
use zip::ZipArchive;

use crate::outputs::small::{Small, TODAY, at_today, stderr};
use crate::support::packages::parts;

/// What spreadsheets would take for a formula, in the text of every column of text.
const FORMULAS: [&str; 6] =
    ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=HYPERLINK(\"http://x\",\"y\")", "=cmd|' /C calc'!A0"];

/// The example with formulas for names and texts.
fn loaded() -> Small {
    let put = |example: &mut Example| {
        for (turn, (name, columns)) in [
            ("Enti", &["denominazione", "indirizzo", "rappresentante"][..]),
            ("Deliberazioni", &["responsabile_tecnico", "segretario", "capitolo"]),
            ("Servizi", &["nome", "descrizione"]),
        ]
        .into_iter()
        .enumerate()
        {
            let sheet = example.sheets.iter_mut().find(|sheet| sheet.name == name).expect("a sheet");
            let spec = sheet.spec().expect("a sheet of the contract");
            for (number, row) in sheet.rows.iter_mut().enumerate() {
                for (place, column) in columns.iter().enumerate() {
                    let at = spec.columns.iter().position(|it| it.name == *column).expect("a column");
                    let text = FORMULAS[(turn + number + place) % FORMULAS.len()];
                    row[at] = ExampleCell::Text(text.to_owned());
                }
            }
        }
    };
    Small::of("pesaro-urbino", &["c_a035", "c_a327"]).edit(put).set("Convenzione", 0, "titolo", "=1+1").set(
        "Convenzione",
        0,
        "fase",
        "schema",
    )
}

/// The formulas of a package, by part.
fn formulas(path: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (name, bytes) in parts(&fs::read(path).unwrap_or_else(|_| panic!("no {}", path.display()))) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let pieces = text.split("<f>").skip(1).filter_map(|rest| rest.split("</f>").next());
        found.extend(pieces.filter(|_| name.starts_with("xl/")).map(|it| (name.clone(), it.to_owned())));
        assert!(!text.contains("<f ") && !name.contains("externalLink"), "{name}");
        // Links go to files beside, or to cells: never away.
        let links = text.split("Target=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let is_near = |it: &&str| !it.contains("://") || it.starts_with("file:///");
        assert!(links.collect::<Vec<_>>().iter().all(is_near), "{name}");
    }
    found
}

#[test]
fn no_text_becomes_a_formula_in_any_spreadsheet() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    loaded().write(at, "enti.xlsx");
    for arguments in [
        &["genera", "enti.xlsx", "--formati", "html"][..],
        &["controlla", "enti.xlsx", "--annota", "annotato.xlsx"],
        &["rinnovo", "enti.xlsx", "-o", "nuovo.xlsx", "--decorrenza", "01/01/2031", "--durata", "5"],
        &["fatture", "enti.xlsx", "--anno", "2026", "--registra", "registrato.xlsx"],
    ] {
        let output = at_today(at, arguments);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", stderr(&output));
    }
    for name in ["enti.xlsx", "annotato.xlsx", "nuovo.xlsx", "registrato.xlsx"] {
        assert_eq!(formulas(&at.join(name)), [], "{name}");
    }
    // The register has its own sums.
    let sums = formulas(&at.join("out/enti/registro.xlsx"));
    assert!(sums.iter().all(|(_, formula)| formula.starts_with("SUBTOTAL(109,")), "{sums:?}");
    let text: String = parts(&fs::read(at.join("out/enti/registro.xlsx")).expect("a register"))
        .into_values()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .collect();
    assert!(text.contains("=HYPERLINK(") && text.contains("@SUM(A1)"), "the texts are there, as texts");
}

/// Names of the devices of Windows, whatever their extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let is_port = stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
    ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || is_port
}

fn is_plain(path: &str) -> bool {
    let is_plain_step = |step: &str| {
        !step.is_empty()
            && !step.starts_with('.')
            && !step.ends_with(['.', ' '])
            && !is_reserved(step)
            && step.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c))
    };
    path.len() < 200 && path.split('/').all(is_plain_step)
}

#[test]
fn names_in_bundles_lead_nowhere_else() {
    assert!(!is_plain("../a") && !is_plain("/a") && !is_plain("a\\b") && !is_plain("aux.zip") && is_plain("a-b/c.pdf"));
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    for (turn, (file, code, name)) in [
        ("con.xlsx", "con", "../../../etc/passwd"),
        ("..xlsx", "nul", "C:\\Windows\\system32"),
        ("aux.2026.xlsx", "com1", "/dev/null"),
        ("Enti è già.xlsx", "a..b", "\u{202e}cod.exe\u{0}.pdf"),
        ("lpt9.xlsx", "prn", "Comune di ……"),
    ]
    .into_iter()
    .enumerate()
    {
        let small = Small::of("pesaro-urbino", &["c_a035"]).edit(|example| {
            for sheet in &mut example.sheets {
                let cells = sheet.rows.iter_mut().flatten();
                cells.filter(|cell| **cell == "c_a035".into()).for_each(|cell| *cell = code.into());
            }
        });
        let small = small.set("Enti", 1, "denominazione", name).set("Enti", 1, "tipo", "Società");
        small.write(at, file);
        let out = format!("out{turn}");
        let output = at_today(at, &["genera", file, "--formati", "html", "-o", &out]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{file}: {}", stderr(&output));
        let mut bundles = 0;
        for path in tree(&at.join(&out)).into_keys() {
            let inside = path.to_string_lossy().replace('\\', "/");
            let is_memory = inside.ends_with("/.scrivano.json");
            assert!(is_memory || is_plain(&inside), "{file}: {inside}");
            if inside.ends_with(".zip") {
                bundles += 1;
                let bytes = fs::read(at.join(&out).join(&path)).expect("a bundle");
                let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a zip");
                for n in 0..zip.len() {
                    let entry = zip.by_index(n).expect("an entry").name().expect("a name").into_owned();
                    assert!(is_plain(&entry), "{file}: {entry}");
                }
            }
        }
        assert!(bundles > 0 || output.status.code() == Some(1), "{file}");
        let beside = fs::read_dir(at).expect("a folder").count();
        assert_eq!(beside, 2 * (turn + 1), "{file}: a workbook and its folder, nothing else");
    }
}

/// The files under a folder, by path from it.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut next = vec![folder.to_owned()];
    while let Some(at) = next.pop() {
        for entry in fs::read_dir(&at).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                next.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file");
                found.insert(path.strip_prefix(folder).expect("inside").to_owned(), bytes);
            }
        }
    }
    found
}

#[test]
fn a_folder_that_cannot_be_written_is_told_and_nothing_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    Small::of("upi", &["c_a315"]).write(at, "enti.xlsx");
    fs::write(at.join("occupato"), b"un file").expect("a file");
    let before = tree(at);
    // A file where the folder should be; on Unix, a place where nobody can make one, the administrator included.
    let mut places = vec!["occupato", "occupato/dentro"];
    places.extend(cfg!(target_os = "linux").then_some("/proc/scrivano"));
    for place in places {
        for arguments in [
            &["genera", "enti.xlsx", "-o", place][..],
            &["controlla", "enti.xlsx", "--annota", &format!("{place}/copia.xlsx")],
            &["rinnovo", "enti.xlsx", "-o", &format!("{place}/nuovo.xlsx"), "--durata", "3"],
        ] {
            let output = at_today(at, arguments);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
            assert!(said.contains("errore: «") && said.contains("non si può scrivere"), "{arguments:?}: {said}");
            assert_eq!(tree(at), before, "{arguments:?}");
        }
    }
}

#[test]
fn two_runs_on_the_same_folder_leave_what_one_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let file = Small::of("pesaro-urbino", &["c_a035", "c_a327", "c_a740", "c_b352"]).write(at, "enti.xlsx");
    let run = |out: &str| {
        Command::new(env!("CARGO_BIN_EXE_scrivano"))
            .args(["genera", "--alla-data", TODAY, "--lavori", "1", "-o", out])
            .arg(&file)
            .current_dir(at)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program")
    };
    let alone = run("solo").wait_with_output().expect("an end");
    assert_eq!(alone.status.code(), Some(0), "{}", stderr(&alone));
    let both = [run("insieme"), run("insieme")];
    for one in both {
        let ended = one.wait_with_output().expect("an end");
        assert_eq!(ended.status.code(), Some(0), "{}", stderr(&ended));
    }
    let (alone, together) = (tree(&at.join("solo")), tree(&at.join("insieme")));
    assert_eq!(alone.keys().collect::<Vec<_>>(), together.keys().collect::<Vec<_>>());
    assert!(alone == together, "the same bytes");
}
