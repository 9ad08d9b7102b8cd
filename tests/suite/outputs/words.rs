//! The same words, in the same order, in the tree, PDF, DOCX and HTML of both acts of bodies of every kind.

use scrivano::act::ActKind;
use scrivano::dossier::Assignment;
use scrivano::emit::{docx as word, html as page, workbook};

use super::small::{Small, acts, check, library, pdfs};
use super::tree::assert_same;
use super::{docx, html, pdf, tree};

fn same_words(model: &str, codes: &[&str]) {
    let checked = Small::of(model, codes).checked();
    assert_eq!(checked.summary().errors, 0, "{:#?}", checked.diagnostics);
    let acts = acts(checked.dossier.as_ref().expect("a dossier"));
    assert_eq!(acts.len(), codes.len() * 2);
    for (act, file) in acts.iter().zip(pdfs(&acts)) {
        let what = |format: &str| format!("{model}, {} di {}, {format}", act.kind.italian(), act.author);
        let expected = tree::words(act);
        assert!(expected.len() > 3000, "{} is too short", what("tree"));
        assert_same(&what("HTML"), &expected, &html::words(&page::html(act)));
        assert_same(&what("DOCX"), &expected, &docx::words(&word::docx(act).expect("a DOCX")));
        assert_same(&what("PDF"), &expected, &pdf::words(&file, act));
    }
}

#[test]
fn acts_of_pesaro_urbino_say_the_same_words_in_every_format() {
    // A Comune that adopted, one that has still to vote, a Union, a body that is no local authority.
    same_words("pesaro-urbino", &["c_a035", "c_b352", "un-piandelbruscolo", "museo-storia"]);
}

#[test]
fn acts_of_upi_say_the_same_words_in_every_format() {
    same_words("upi", &["c_a315", "c_a996", "un-valdarnia", "cm-valdarnia"]);
}

/// All parties of a multilateral convention, their signatures three abreast.
#[test]
fn a_convention_of_many_says_the_same_words_in_every_format() {
    let example = scrivano::example::many_parties("Monza", "MB").expect("an example");
    let model = library().models().iter().find(|model| model.id == "brianza").expect("a model");
    let checked = check(&workbook::template(model, Some(&example)).expect("a workbook"));
    assert_eq!(checked.summary().errors, 0, "{:#?}", checked.diagnostics);
    let dossier = checked.dossier.as_ref().expect("a dossier");
    let lead = dossier.lead_index().expect("a lead body");
    let kinds = [ActKind::Convenzione, ActKind::DeliberaSchema];
    let acts = kinds.map(|kind| library().compose(&Assignment::new(kind, lead), dossier, &[]).expect("an act"));
    for (act, file) in acts.iter().zip(pdfs(&acts)) {
        let expected = tree::words(act);
        assert_same("HTML", &expected, &html::words(&page::html(act)));
        assert_same("DOCX", &expected, &docx::words(&word::docx(act).expect("a DOCX")));
        assert_same("PDF", &expected, &pdf::words(&file, act));
        for (_, party) in dossier.parties() {
            assert!(expected.contains(party.name()), "{} lacks «{}»", act.title, party.name());
        }
    }
}
