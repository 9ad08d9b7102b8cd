//! The committed workbooks: byte for byte what `scrivano modello ID --esempio` writes, sound where they must be sound,
//! faulty exactly where they say so, and true to the facts of the centres they reproduce.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use rust_decimal::Decimal;
use scrivano::example::MODELS;
use scrivano::gazetteer::Gazetteer;
use scrivano::pipeline::{self, Checked, Judge};
use scrivano::place::Place;
use scrivano::read;
use scrivano::rule::{self, Severity};
use scrivano::schema::{BodyKind, DeliberationState};
use scrivano::table::Raw;

use crate::support::{judge, library, told};

/// The sound examples, with the rules that warn of what their centre really does.
const SOUND: [(&str, &[&str]); 11] = [
    ("pesaro-urbino", &[]),
    ("upi", &[]),
    // The bodies contract with a company; nobody has exactly 500 inhabitants, and the table does not provide for it.
    ("macerata", &["C30-11", "FEE-01"]),
    ("lecco", &[]),
    // Two years, extended by silence.
    ("brianza", &["C30-08", "C30-10"]),
    ("cit-brescia", &[]),
    ("cit-lecce", &[]),
    ("cit-genova", &[]),
    ("cit-avellino", &[]),
    ("cit-potenza", &[]),
    ("accordo", &[]),
];

/// Sound and faulty.
fn all() -> impl Iterator<Item = &'static str> {
    sound().map(|(id, _)| id).chain(["errori"])
}

/// The sound examples whose model there is.
fn sound() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    SOUND.into_iter().filter(|(id, _)| library().models().iter().any(|model| model.id == *id))
}

fn path(id: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(format!("{id}.xlsx"))
}

fn bytes(id: &str) -> Vec<u8> {
    fs::read(path(id)).expect("a fixture")
}

/// A fixture judged, once for all tests.
fn checked(id: &str) -> &'static Checked {
    static DONE: [OnceLock<Checked>; SOUND.len() + 1] = [const { OnceLock::new() }; SOUND.len() + 1];
    let index = SOUND.iter().position(|(known, _)| *known == id).unwrap_or(SOUND.len());
    DONE[index].get_or_init(|| pipeline::check(&format!("{id}.xlsx"), &bytes(id), &Judge { jobs: 2, ..judge() }))
}

/// With `UPDATE=1` the fixtures are written anew.
#[test]
fn fixtures_are_what_the_program_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    for id in all() {
        let file = folder.path().join(format!("{id}.xlsx"));
        let done = Command::new(env!("CARGO_BIN_EXE_scrivano"))
            .args(["modello", id, "--esempio", "-o"])
            .arg(&file)
            .output()
            .expect("the program");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let written = fs::read(&file).expect("a workbook");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(path(id), &written).expect("a fixture");
        }
        assert!(written == bytes(id), "fixtures/{id}.xlsx is not what the program writes: run with UPDATE=1");
    }
}

#[test]
fn the_sound_examples_have_no_errors_and_the_warnings_of_their_centre() {
    for (id, expected) in sound() {
        let checked = checked(id);
        let of = |severity: Severity| checked.diagnostics.iter().filter(move |found| found.severity == severity);
        let errors: Vec<_> = of(Severity::Error).cloned().collect();
        assert!(errors.is_empty(), "{id}: {:#?}", told(&errors));
        let warnings: BTreeSet<&str> = of(Severity::Warning).map(|found| found.code).collect();
        assert_eq!(warnings.into_iter().collect::<Vec<_>>(), expected, "{id}");
        assert!(checked.withheld.iter().all(Vec::is_empty), "{id}");
    }
}

#[test]
fn every_model_has_its_example() {
    let known: BTreeSet<&str> = SOUND.iter().map(|(id, _)| *id).collect();
    assert_eq!(known, BTreeSet::from(MODELS));
    for model in library().models() {
        assert!(known.contains(model.id.as_str()), "{}", model.id);
    }
}

/// The codes that the notes of the faulty workbook announce, by sheet and row.
fn announced() -> BTreeMap<(String, u32), String> {
    let workbook = read::workbook("errori.xlsx", &bytes("errori")).expect("a workbook");
    let mut notes = BTreeMap::new();
    for sheet in &workbook.sheets {
        for row in sheet.rows.iter().filter(|row| row.index > 0) {
            let code = row.cells.last().and_then(|cell| match &cell.raw {
                Raw::Text(text) => text.split_once(": ").filter(|(code, _)| rule::find(code).is_some()),
                _ => None,
            });
            if let Some((code, _)) = code {
                notes.insert((sheet.name.to_string(), row.index), code.to_owned());
            }
        }
    }
    notes
}

fn row(place: &Place) -> Option<(String, u32)> {
    match place {
        Place::Cell(sheet, row, _) => Some((sheet.to_string(), *row)),
        _ => None,
    }
}

#[test]
fn the_faulty_workbook_shows_each_fault_once_where_its_note_says() {
    let notes = announced();
    let found = &checked("errori").diagnostics;
    let codes: BTreeSet<&str> = found.iter().map(|found| found.code).collect();
    assert!(codes.len() >= 45, "{}: {codes:?}", codes.len());
    let mut told: BTreeSet<(String, u32)> = BTreeSet::new();
    for finding in found {
        let at = row(&finding.place).unwrap_or_else(|| panic!("not at a cell: {finding:?}"));
        if at.1 == 0 {
            assert!(["WB-05", "WB-09"].contains(&finding.code), "{finding:?}");
            continue;
        }
        // Where two sheets contradict each other the note is at either.
        let places = [Some(at)].into_iter().chain(finding.related.iter().map(row)).flatten();
        let noted = places.into_iter().find(|at| notes.get(at).is_some_and(|code| code == finding.code));
        let noted = noted.unwrap_or_else(|| panic!("no note announces {finding:#?}"));
        assert!(told.insert(noted.clone()), "{noted:?} told twice");
    }
    let silent: Vec<_> = notes.iter().filter(|(at, code)| !told.contains(at) && *code != "WB-09").collect();
    assert!(silent.is_empty(), "{silent:?}");
    assert!(codes.contains("WB-09"));
}

#[test]
fn pesaro_urbino_keeps_the_facts_of_its_centre() {
    let dossier = checked("pesaro-urbino").dossier.as_ref().expect("a dossier");
    let adherents: Vec<_> = dossier.adherents().map(|(_, body)| body).collect();
    let of = |kind: BodyKind| adherents.iter().filter(|body| body.tipo.is(kind)).count();
    let comuni_of = |sign: &str| {
        adherents.iter().filter(|body| body.tipo.is(BodyKind::Comune) && body.provincia.text() == Some(sign)).count()
    };
    assert_eq!((comuni_of("PU"), comuni_of("RN"), of(BodyKind::Comune)), (46, 3, 49));
    assert_eq!((of(BodyKind::Montana), of(BodyKind::Unione)), (3, 2));
    assert_eq!(of(BodyKind::Altro) + of(BodyKind::Consorzio), 7);
    assert_eq!(adherents.len(), 61);
    let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d);
    let it = &dossier.convention;
    assert_eq!((it.decorrenza.copied(), it.scadenza.copied()), (day(2026, 1, 1), day(2030, 12, 31)));
    assert_eq!(it.durata_anni.copied(), Some(5));
    let rate = dossier.bands.iter().find(|band| band.tabella.text() == Some("quota")).expect("a table");
    assert_eq!(rate.importo.copied(), Some(Decimal::new(44, 2)));

    // In whole cents, from the national list and not from the sheet.
    let inhabitants: u64 = adherents
        .iter()
        .filter_map(|body| Gazetteer::get().by_istat(body.codice_istat.get()?.as_str())?.popolazione_2023)
        .sum();
    let cents = i64::try_from(inhabitants).expect("a count") * 44 * 5 + 12 * 30_000 * 5;
    assert_eq!(it.importo_totale.copied().map(|total| total.normalize()), Some(Decimal::new(cents, 2).normalize()));
    let computed: Decimal = dossier.contributions.iter().flatten().map(|owed| owed.total().decimal()).sum();
    assert_eq!(computed.normalize(), Decimal::new(cents, 2).normalize());
}

#[test]
fn the_sound_examples_have_proposals_and_adopted_acts() {
    for (id, bodies, years) in [("pesaro-urbino", 61, 5), ("upi", 10, 3)] {
        let dossier = checked(id).dossier.as_ref().expect("a dossier");
        assert_eq!(dossier.adherents().count(), bodies);
        assert_eq!(dossier.convention.durata_anni.copied(), Some(years));
        for state in [DeliberationState::Proposta, DeliberationState::Adottata] {
            assert!(dossier.deliberations.iter().any(|act| act.stato.is(state)), "{id} {state:?}");
        }
        assert_eq!(dossier.deliberations.len(), bodies + 1);
    }
}
