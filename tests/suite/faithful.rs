//! The reference model as it was handed round, with its gaps: a checker that passes it is wrong, and none of those
//! findings may come of the built-in model. Then the faults of other conventions in use, at the level of data.

use std::collections::BTreeSet;

use scrivano::example::example;
use scrivano::rule::Severity;

use crate::support::{Book, EMPTY, told};

const CONVENTION: &str = include_str!("../data/upi-fedele/upi/convenzione.md");
/// A Comune of the example whose council has voted.
const COMUNE: &str = "c_a315";

fn reference() -> Book {
    Book::of(&example("upi").expect("an example"))
        .keep(&["p-valdarnia", COMUNE])
        .put(("Convenzione", "importo_totale", ""), EMPTY)
}

/// Errors and warnings: code, place.
fn grave(book: &Book, texts: &[(&str, String)]) -> Vec<(&'static str, String)> {
    let checked = if texts.is_empty() { book.judge() } else { book.judge_with(texts) };
    let found = checked.diagnostics.into_iter().filter(|found| found.severity != Severity::Note);
    found.map(|found| (found.code, found.place.to_string())).collect()
}

fn line_of(heading: &str) -> String {
    let index = CONVENTION.lines().position(|line| line.starts_with(&format!("## {heading} {{"))).expect("a heading");
    format!("upi/convenzione.md:{}:1", index + 1)
}

#[test]
fn every_gap_of_the_reference_model_is_found() {
    let found: BTreeSet<_> =
        grave(&reference(), &[("upi/convenzione.md", CONVENTION.to_owned())]).into_iter().collect();
    let wanted: BTreeSet<_> = [
        ("C30-03", line_of("Durata")),
        ("C30-04", line_of("Coordinamento territoriale")),
        ("C30-05", "convenzione.md".to_owned()),
        ("C30-06", line_of("Impegni dell’ente")),
        ("C30-07", "convenzione.md".to_owned()),
        ("C30-13", "convenzione.md".to_owned()),
        ("C30-15", line_of("Impegni dell’ente")),
        ("C30-18", "convenzione.md".to_owned()),
    ]
    .into_iter()
    .collect();
    assert_eq!(found, wanted);
}

#[test]
fn at_signature_its_blank_dates_are_errors_too() {
    let signed =
        reference().put(("Convenzione", "fase", ""), "stipula").put(("Convenzione", "data_firma", ""), "09/01/2026");
    assert_eq!(grave(&signed, &[]), []);
    let found = grave(&signed, &[("upi/convenzione.md", CONVENTION.to_owned())]);
    assert_eq!(found.iter().filter(|(code, _)| *code == "C30-16").count(), 2, "{found:?}");
}

#[test]
fn the_built_in_model_has_none_of_them() {
    let found = reference().judge().diagnostics;
    assert!(found.iter().all(|found| found.severity == Severity::Note), "{:#?}", told(&found));
}

/// Two years with fundamental functions, tacit extension: the multilateral convention of an urban area.
#[test]
fn short_terms_and_tacit_extensions_are_told() {
    let mut brianza = reference();
    for (field, value) in [
        ("durata_anni", "2"),
        ("scadenza", "31/12/2027"),
        ("rinnovo", "tacito"),
        ("recesso_dal_anno", "1"),
        ("funzioni_fondamentali", "sì"),
    ] {
        brianza = brianza.put(("Convenzione", field, ""), value);
    }
    let place = |field| brianza.place(("Convenzione", field, "")).to_string();
    assert_eq!(grave(&brianza, &[]), [("C30-08", place("durata_anni")), ("C30-10", place("rinnovo"))]);
}

/// The same convention has no penalties, and says nothing of what happens to who does not keep to it.
#[test]
fn a_multilateral_convention_without_remedies_is_told() {
    let book = Book::of(&example("brianza").expect("an example")).put(("Convenzione", "importo_totale", ""), EMPTY);
    let text = "## Garanzie {#garanzie covers=\"garanzie\"}\n\n1. La convenzione si scioglie alla scadenza, e gli enti \
                regolano fra loro, con reciproca correttezza, i rapporti che restano in corso.\n";
    let found = grave(&book, &[("brianza/clausole/garanzie.md", text.to_owned())]);
    let of_texts: Vec<_> = found.iter().filter(|(code, _)| *code == "C30-07").collect();
    assert_eq!(of_texts, [&("C30-07", "brianza/clausole/garanzie.md:1:1".to_owned())], "{found:?}");
}

/// The model deliberation: the object says adhesion and the operative part renewal, nothing on spending; the guide that
/// goes with it speaks of the Giunta.
#[test]
fn the_model_deliberation_is_not_enough() {
    let at = |column| ("Deliberazioni", COMUNE, column);
    let mut annex = reference().put(at("oggetto"), "rinnovo").put(at("organo"), "Giunta");
    for column in ["capitolo", "missione", "programma"] {
        annex = annex.put(at(column), EMPTY);
    }
    let place = |column| annex.place(at(column)).to_string();
    let wanted = [
        ("DEL-14", place("oggetto")),
        ("DEL-01", place("organo")),
        ("DEL-13", place("capitolo")),
        ("DEL-13", place("missione")),
        ("DEL-13", place("programma")),
    ];
    assert_eq!(grave(&annex, &[]), wanted);
}
