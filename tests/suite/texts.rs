//! The texts of all models side by side: none copies another, each holds by itself, each makes every act it offers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use scrivano::act::ActKind;
use scrivano::example::{ExampleCell, example};
use scrivano::italian::fold;
use scrivano::model::Model;
use scrivano::pipeline::Judge;
use scrivano::rule::Severity;

use crate::support::{Book, EMPTY, judge, library};

/// Words in a row that two files may share: a citation of a law, a set phrase ("ai sensi del decreto legislativo 18 agosto
/// 2000, n. 267"), the name of a centre. From here on a passage has been copied.
const LONGEST_SHARED_RUN: usize = 14;

/// The passages of a file, each as its words: the lines of a text without its tags and marks, the strings of a model.
fn passages(path: &str, text: &str) -> Vec<Vec<String>> {
    let words = |line: &str| fold(&untagged(line)).split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    if path.ends_with(".toml") {
        let table: toml::Table = toml::from_str(text).expect("a model");
        let mut strings = Vec::new();
        collect(&toml::Value::Table(table), &mut strings);
        strings.iter().map(|text| words(text)).collect()
    } else {
        text.lines().map(words).collect()
    }
}

fn collect(value: &toml::Value, strings: &mut Vec<String>) {
    match value {
        toml::Value::String(text) => strings.push(text.clone()),
        toml::Value::Array(list) => list.iter().for_each(|value| collect(value, strings)),
        toml::Value::Table(table) => table.values().for_each(|value| collect(value, strings)),
        _ => {}
    }
}

/// A line without what stands in double braces: a copy in which only a name differs is still a copy.
fn untagged(line: &str) -> String {
    let mut pieces = line.split("{{");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |words, piece| words + " " + piece.split_once("}}").map_or(piece, |(_, after)| after))
}

/// The runs of more than [`LONGEST_SHARED_RUN`] words that two files share: both paths and the longest run.
fn copies(files: &BTreeMap<String, String>) -> Vec<String> {
    let size = LONGEST_SHARED_RUN + 1;
    let mut seen: HashMap<Vec<String>, BTreeSet<&str>> = HashMap::new();
    for (path, text) in files {
        for passage in passages(path, text) {
            for run in passage.windows(size) {
                seen.entry(run.to_vec()).or_default().insert(path);
            }
        }
    }
    let mut pairs: BTreeMap<Vec<&str>, String> = BTreeMap::new();
    for (run, paths) in seen.into_iter().filter(|(_, paths)| paths.len() > 1) {
        let first = pairs.entry(paths.into_iter().collect()).or_default();
        let run = run.join(" ");
        if first.is_empty() || run < *first {
            *first = run;
        }
    }
    pairs.into_iter().map(|(paths, run)| format!("{}: «{run}»", paths.join(", "))).collect()
}

fn all_files() -> BTreeMap<String, String> {
    library().models().iter().flat_map(|model| library().files(&model.id)).collect()
}

#[test]
fn no_text_copies_another() {
    let files = all_files();
    assert!(files.len() > 60, "the texts of all models: {}", files.len());
    let found = copies(&files);
    assert!(found.is_empty(), "{} copied passages: make them one clause\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_copied_passage_is_found_also_with_other_names_in_it() {
    let mut files = all_files();
    let clause = "clausole/recesso.md";
    let line = files[clause].lines().find(|line| line.contains("è deliberato")).expect("a comma").to_owned();
    files.insert(
        "altro/clausole/uscita.md".to_owned(),
        line.replace("{{convenzione.preavviso}}", "{{modello.diffida}}"),
    );
    let found = copies(&files);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("altro/clausole/uscita.md, clausole/recesso.md: "), "{found:?}");
    let descrizione = "Questa frase descrive un centro che non esiste, con tante parole quante ne servono per essere \
                       riconosciuta come una copia, se due modelli la dicono uguale.";
    let model = |id: &str| format!("id = \"{id}\"\ndescrizione = \"{descrizione}\"\n");
    let files = [("a/model.toml".to_owned(), model("a")), ("b/model.toml".to_owned(), model("b"))];
    assert_eq!(copies(&files.into_iter().collect()).len(), 1);
}

/// The example of a model, cut to its lead body and a few others, of several kinds, with what they ask for.
fn book(model: &Model) -> Book {
    let example = example(&model.id).expect("every model has an example");
    let bodies = example.sheet("Enti").expect("bodies");
    let column = |name| bodies.spec().expect("a sheet of the contract").columns.iter().position(|it| it.name == name);
    let columns = ["codice", "tipo", "unione"].map(|name| column(name).expect("a column"));
    let rows = bodies.rows.iter().map(|row| columns.map(|at| match row.get(at) {
        Some(ExampleCell::Text(text)) => text.as_str(),
        _ => "",
    }));
    let rows: Vec<[&str; 3]> = rows.collect();
    // The first four, the first of every other kind, the first that adheres through a Union, and their Unions.
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    let through = rows.iter().find(|[_, _, union]| !union.is_empty());
    let first = rows.iter().enumerate().filter(|(index, [_, kind, _])| kinds.insert(kind) || *index < 4);
    let mut kept: Vec<&str> = Vec::new();
    for [code, _, union] in first.map(|(_, row)| row).chain(through) {
        kept.extend([*code, *union]);
    }
    let book = Book::of(&example).keep(&kept);
    if model.is_agreement() { book } else { book.put(("Convenzione", "importo_totale", ""), EMPTY) }
}

#[test]
fn every_model_lints_clean_and_composes_every_act_it_makes() {
    assert!(library().models().len() >= 10);
    for model in library().models() {
        let faults = library().faults(&model.id);
        assert!(faults.is_empty(), "{}: {faults:#?}", model.id);
        let made: Vec<ActKind> = model.atti.iter().copied().filter(|kind| library().has(&model.id, *kind)).collect();
        assert!(made.iter().any(|kind| kind.is_agreement()), "{} makes no agreement", model.id);
        let acts = Some(made.as_slice());
        let checked = Judge { acts, jobs: 2, ..judge() }.tables(&book(model).0);
        let dossier = checked.dossier.as_ref().expect("a dossier");
        let mut composed: BTreeSet<ActKind> = BTreeSet::new();
        for body in 0..dossier.bodies.len() {
            for assignment in dossier.assignments(body, acts) {
                let act = library().compose(&assignment, dossier, &[]);
                let act = act.unwrap_or_else(|faults| panic!("{} {:?}: {faults:#?}", model.id, assignment.kind));
                assert!(!act.blocks.is_empty());
                composed.insert(assignment.kind);
            }
        }
        assert!(made.iter().all(|kind| composed.contains(kind)), "{}: {made:?}, made {composed:?}", model.id);
        // What the rules on acts find: nothing but the warnings that a model is known for.
        let known = |code: &str| match model.id.as_str() {
            "brianza" => ["C30-10", "C30-08"].contains(&code),
            "macerata" => code == "C30-11",
            _ => false,
        };
        let grave = checked.diagnostics.iter().filter(|found| found.severity != Severity::Note);
        let grave: Vec<_> = grave.filter(|found| found.severity == Severity::Error || !known(found.code)).collect();
        assert!(grave.is_empty(), "{}: {grave:#?}", model.id);
    }
}
