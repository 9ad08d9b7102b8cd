//! The program's own conventions, as PDF, as Word and as text: all seven elements, no error, the same findings in every format.

use scrivano::act::ActKind;
use scrivano::examine::Examination;
use scrivano::example::example;
use scrivano::pipeline;

use super::examine;
use crate::support::{Book, library, press};

/// The convention (or agreement) of a model's example, examined from its PDF and from its Word document.
fn both(model: &str) -> [(String, Examination); 2] {
    let checked = Book::of(&example(model).expect("an example")).judge();
    let dossier = checked.dossier.as_ref().expect("a dossier");
    let planned = (0..dossier.bodies.len()).flat_map(|body| pipeline::acts_of(&checked, library(), body));
    let assignment = planned
        .map(|act| act.assignment)
        .find(|assignment| matches!(assignment.kind, ActKind::Convenzione | ActKind::Accordo))
        .expect("a convention");
    let act = pipeline::act(dossier, library(), &assignment).expect("an act");
    let pdf = pipeline::pdf(press(), &act).expect("a PDF");
    let docx = pipeline::docx(&act).expect("a document");
    [("pdf", pdf), ("docx", docx)].map(|(format, bytes)| {
        let name = format!("{model}.{format}");
        let found = examine(&name, &bytes);
        (name, found)
    })
}

#[test]
fn own_conventions_hold_everything_in_both_formats() {
    let mut faults = Vec::new();
    for model in ["pesaro-urbino", "brianza", "accordo"] {
        let [pdf, docx] = both(model);
        for (name, found) in [&pdf, &docx] {
            let missing: Vec<_> =
                found.elements.iter().filter(|element| !element.found).map(|e| e.element.slug()).collect();
            let errors: Vec<_> =
                found.diagnostics.iter().filter(|found| found.is_error()).map(|d| &d.message).collect();
            if !missing.is_empty() || !errors.is_empty() {
                faults.push(format!("{name}: lacks {missing:?}, errors {errors:#?}"));
            }
            assert_eq!(found.kind.slug(), if model == "accordo" { "accordo" } else { "convenzione" }, "{name}");
        }
        // The same act says the same things on paper and in Word.
        let numbers = |found: &Examination| {
            found
                .elements
                .iter()
                .map(|e| (e.places.first().map(|place| place.article.clone()), e.found))
                .collect::<Vec<_>>()
        };
        assert_eq!(pdf.1.articles, docx.1.articles, "{model}");
        assert_eq!(numbers(&pdf.1), numbers(&docx.1), "{model}");
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_place_leads_to_the_words_of_the_article() {
    let [(_, pdf), _] = both("pesaro-urbino");
    let term = pdf.elements.iter().find(|element| element.element.slug() == "durata").expect("an element");
    let place = term.places.first().expect("a place");
    assert!(place.page > 0 && place.line > 0 && place.quote.contains("2026"), "{place:?}");
}
