//! The texts of all models side by side: none copies another, each holds by itself, each makes every act it offers.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use scrivano::act::{Act, ActKind, Block};
use scrivano::compose::Library;
use scrivano::dossier::Assignment;
use scrivano::example::{Example, ExampleCell, example, many_parties};
use scrivano::italian::fold;
use scrivano::model::{Criterion, Model};
use scrivano::pipeline::Judge;
use scrivano::rule::Severity;

use crate::support::{Book, EMPTY, bills, judge, library, told};

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

/// The bodies of an example, each by code, kind and Union.
fn bodies(example: &Example) -> Vec<[&str; 3]> {
    let sheet = example.sheet("Enti").expect("bodies");
    let columns = sheet.spec().expect("a sheet of the contract").columns;
    let at = ["codice", "tipo", "unione"].map(|name| columns.iter().position(|it| it.name == name).expect("a column"));
    let texts = |row| at.map(|at| text(row, at));
    sheet.rows.iter().map(|row| texts(row)).collect()
}

fn text(row: &[ExampleCell], at: usize) -> &str {
    match row.get(at) {
        Some(ExampleCell::Text(text)) => text.as_str(),
        _ => "",
    }
}

/// Some bodies of an example, all of which have voted: the lead body, one of each kind, one that adheres through its Union.
fn voted(example: &Example) -> Book {
    let sheet = example.sheet("Deliberazioni").expect("deliberations");
    let adopted = |code: &str| {
        let is = |row: &[ExampleCell], text: &str| row.iter().any(|cell| *cell == ExampleCell::from(text));
        sheet.rows.iter().any(|row| is(row, code) && is(row, "adottata"))
    };
    let all = bodies(example);
    let mut kinds: BTreeSet<&str> = BTreeSet::new();
    let first = all.iter().filter(|[code, kind, union]| union.is_empty() && adopted(code) && kinds.insert(kind));
    let mut kept: Vec<&str> = first.map(|[code, ..]| *code).chain(all.first().map(|[code, ..]| *code)).collect();
    if let Some([code, _, union]) = all.iter().find(|[.., union]| !union.is_empty() && adopted(union)) {
        kept.extend([*code, *union]);
    }
    let others = all.iter().filter(|[code, _, union]| union.is_empty() && adopted(code)).map(|[code, ..]| *code);
    kept.extend(others.take(3).collect::<Vec<_>>());
    Book::of(example).keep(&kept)
}

/// What is wrong with a model: faults of its texts, acts that it cannot make, findings on what it makes.
fn trouble(model: &Model, book: &Book) -> Vec<String> {
    let faults = library().faults(&model.id);
    let made: Vec<ActKind> = model.atti.iter().copied().filter(|kind| library().has(&model.id, *kind)).collect();
    let acts = Some(made.as_slice());
    let checked = Judge { acts, jobs: 2, ..judge() }.tables(&book.0);
    let dossier = checked.dossier.as_ref().expect("a dossier");
    let mut composed: BTreeSet<ActKind> = BTreeSet::new();
    let mut found: Vec<String> = told(faults);
    for assignment in (0..dossier.bodies.len()).flat_map(|body| dossier.assignments(body, acts)) {
        match library().compose(&assignment, dossier, &[]) {
            Ok(_) => drop(composed.insert(assignment.kind)),
            Err(faults) => found.extend(told(&faults)),
        }
    }
    let missing = made.iter().filter(|kind| !composed.contains(kind));
    found.extend(missing.map(|kind| format!("no {}", kind.slug())));
    // The warnings that a model is known for.
    let known: &[&str] = match model.id.as_str() {
        "brianza" => &["C30-10", "C30-08"],
        "macerata" => &["C30-11", "FEE-01"],
        "accordo" => &["ACC-09", "ACC-10"],
        _ => &[],
    };
    let grave = checked.diagnostics.iter().filter(|it| it.severity != Severity::Note);
    let grave = grave.filter(|it| it.severity == Severity::Error || !known.contains(&it.code));
    found.extend(grave.map(|it| format!("{}: {}", told(std::slice::from_ref(it)).concat(), it.message)));
    found
}

#[test]
fn every_model_lints_clean_and_composes_every_act_it_makes() {
    assert!(library().models().len() >= 11);
    for model in library().models() {
        let example = example(&model.id).expect("every model has an example");
        let mut book = voted(&example);
        // What is the sum of all bodies, or shared among them, is not that of a few.
        if !model.is_agreement() {
            book = book.put(("Convenzione", "importo_totale", ""), EMPTY);
        }
        if model.quota.criterio == Criterion::Postazione {
            book = book.put(("Fasce", "costi fissi", "importo"), "2000");
        }
        assert_eq!(trouble(model, &book), Vec::<String>::new(), "{}: scheme", model.id);
        let signed =
            book.put(("Convenzione", "fase", ""), "stipula").put(("Convenzione", "data_firma", ""), "09/01/2026");
        assert_eq!(trouble(model, &signed), Vec::<String>::new(), "{}: signature", model.id);
    }
}

/// A model that charges a fee has a text for each kind of bill; an agreement, which charges none, has not.
#[test]
fn every_model_composes_every_kind_of_bill() {
    let kinds = ActKind::ALL.iter().copied().filter(|kind| kind.is_bill()).collect::<Vec<_>>();
    for model in library().models() {
        let offered: Vec<ActKind> = kinds.iter().copied().filter(|kind| library().has(&model.id, *kind)).collect();
        if model.is_agreement() {
            assert_eq!(offered, [], "{}", model.id);
            continue;
        }
        let book = voted(&example(&model.id).expect("every model has an example"));
        let dossier = judge().tables(&book.0).dossier.expect("a dossier");
        assert!(
            (0..dossier.bodies.len()).all(|body| dossier.assignments(body, Some(&kinds)).is_empty()),
            "no bill here"
        );
        let mut made: Vec<ActKind> = Vec::new();
        for (name, bill) in bills::samples() {
            let act = library().compose_bill(&bill, &dossier);
            made.push(act.unwrap_or_else(|faults| panic!("{} of {}: {:#?}", name, model.id, told(&faults))).kind);
        }
        assert!(kinds.iter().all(|kind| offered.contains(kind) && made.contains(kind)), "{}", model.id);
    }
}

/// One convention of a Province with all its Comuni: a signature for each of 205, and nothing amiss.
#[test]
fn a_convention_of_two_hundred_parties_holds() {
    let book = Book::of(&many_parties("Brescia", "BS").expect("an example"));
    let acts = [ActKind::Convenzione];
    let checked = Judge { acts: Some(&acts), jobs: 1, ..judge() }.tables(&book.0);
    assert_eq!(checked.summary().errors, 0, "{:#?}", told(&checked.diagnostics));
    let dossier = checked.dossier.as_ref().expect("a dossier");
    let lead = dossier.lead_index().expect("a lead body");
    let act = library().compose(&Assignment::new(ActKind::Convenzione, lead), dossier, &[]).expect("an act");
    let slots = act.blocks.iter().map(|block| match block {
        Block::Article(article) => article.blocks.iter().map(signatures).sum(),
        block => signatures(block),
    });
    assert_eq!(slots.sum::<usize>(), 205);
}

fn signatures(block: &Block) -> usize {
    if let Block::Signatures { slots } = block { slots.len() } else { 0 }
}

/// The form of an act is made once for all bodies of which the same is known: whoever comes first, each gets its own act.
#[test]
fn it_does_not_matter_for_which_body_a_form_was_made() {
    for id in ["pesaro-urbino", "macerata"] {
        let checked = judge().tables(&Book::of(&example(id).expect("an example")).0);
        let dossier = checked.dossier.as_ref().expect("a dossier");
        let all: Vec<Assignment> = (0..dossier.bodies.len())
            .flat_map(|body| dossier.assignments(body, None))
            .filter(|it| library().has(&dossier.model.id, it.kind))
            .collect();
        let compose =
            |library: &Library, assignment: &Assignment| library.compose(assignment, dossier, &[]).expect("an act");
        let (forwards, backwards) = (Library::load(Vec::new()), Library::load(Vec::new()));
        let first: Vec<Act> = all.iter().map(|it| compose(&forwards, it)).collect();
        let second: Vec<Act> = all.iter().rev().map(|it| compose(&backwards, it)).collect();
        assert!(first.len() > 100, "{id}: {}", first.len());
        for (one, other) in first.iter().zip(second.iter().rev()) {
            assert_eq!(one, other, "{id}");
        }
        let tokens = first
            .iter()
            .flat_map(|act| act.title.chars().chain(act.subject.chars()))
            .filter(|c| ('\u{e000}'..='\u{f8ff}').contains(c));
        assert_eq!(tokens.count(), 0);
    }
}
