//! Agreements between administrations: which acts they have, how their parties are bound, what is not asked of them.

use scrivano::act::{Act, ActKind, Block, plain};
use scrivano::dossier::{Assignment, Dossier};
use scrivano::example::example;

use crate::support::{Book, EMPTY, library, told};

fn book() -> Book {
    Book::of(&example("accordo").expect("an example"))
}

fn dossier(book: &Book) -> Dossier {
    book.judge().dossier.expect("a dossier")
}

fn kinds(dossier: &Dossier, body: usize) -> Vec<ActKind> {
    dossier.assignments(body, None).iter().map(|assignment| assignment.kind).collect()
}

fn compose(dossier: &Dossier, kind: ActKind, body: usize) -> Act {
    library().compose(&Assignment::new(kind, body), dossier, &[]).expect("an act")
}

/// The words of an act.
fn words(act: &Act) -> String {
    fn of(blocks: &[Block], words: &mut String) {
        scrivano::act::for_each_run(blocks, &mut |run| {
            words.push_str(&plain(run));
            words.push('\n');
        });
    }
    let mut words = String::new();
    of(&act.blocks, &mut words);
    words.replace('\u{a0}', " ")
}

#[test]
fn the_agreement_is_made_once_and_each_party_approves_it() {
    let dossier = dossier(&book());
    assert_eq!(kinds(&dossier, 0), [ActKind::Accordo, ActKind::DeliberaSchema]);
    assert_eq!(kinds(&dossier, 1), [ActKind::DeliberaAdesione]);
    assert!(!library().has("accordo", ActKind::Convenzione), "no convention among administrations that are not local");
    assert!(!library().has("accordo", ActKind::CartaServizi));
    assert!(!library().has("pesaro-urbino", ActKind::Accordo));
}

#[test]
fn who_signs_for_an_association_without_a_deliberation_does_so_by_its_statute() {
    let book = book().without("Deliberazioni", "anci-lombardia");
    let checked = book.judge();
    let found = told(&checked.diagnostics);
    assert!(!found.iter().any(|line| line.contains("ACC-11")), "{found:?}");
    let dossier = checked.dossier.expect("a dossier");
    assert!(kinds(&dossier, 1).is_empty());
    assert!(words(&compose(&dossier, ActKind::Accordo, 0)).contains("con i poteri conferiti dallo statuto"));
    // A public body has no such powers.
    let public = book.put(("Enti", "anci-lombardia", "tipo"), "Altro ente");
    let found = told(&public.judge().diagnostics);
    assert!(found.iter().any(|line| line.starts_with("nota ACC-11")), "{found:?}");
}

#[test]
fn a_convention_s_rules_are_not_asked_of_an_agreement() {
    let bare = book()
        .put(("Convenzione", "recesso_dal_anno", ""), "3")
        .put(("Convenzione", "funzioni_fondamentali", ""), "sì")
        .put(("Convenzione", "decorrenza", ""), EMPTY);
    let found = bare.judge().diagnostics;
    let asked: Vec<_> = found.iter().filter(|found| found.code.starts_with("C30") && found.code != "C30-16").collect();
    assert!(asked.is_empty(), "{asked:#?}");
    assert!(found.iter().all(|found| !found.is_error()), "{:#?}", told(&found));
    let act = compose(&bare.judge().dossier.expect("a dossier"), ActKind::Accordo, 0);
    assert!(
        words(&act).contains("ha effetto dalla data dell’ultima sottoscrizione e resta in vigore"),
        "{}",
        words(&act)
    );
}

#[test]
fn the_giunta_sets_aside_the_sums_of_each_year_and_the_others_nothing() {
    let dossier = dossier(&book());
    let of_region = words(&compose(&dossier, ActKind::DeliberaSchema, 0));
    for expected in [
        "Deliberazione della Giunta regionale",
        "la somma complessiva di € 150.000,00, così ripartita",
        "€ 100.000,00 sul capitolo 13593 del bilancio dell’esercizio 2026",
        "€ 50.000,00 sul capitolo 13593 del bilancio dell’esercizio 2027",
        "nel Bollettino Ufficiale della Regione",
        "All’unanimità",
    ] {
        assert!(of_region.contains(expected), "«{expected}» is not in\n{of_region}");
    }
    assert!(!of_region.contains("TUEL") && !of_region.contains("art. 49"), "{of_region}");
    let of_association = words(&compose(&dossier, ActKind::DeliberaAdesione, 1));
    assert!(of_association.contains("non comporta spesa a carico del bilancio dell’ANCI Lombardia"));
    assert!(!of_association.contains('€'));
}

#[test]
fn the_plan_has_a_row_for_each_activity_and_the_sums_add_up() {
    let dossier = dossier(&book());
    let act = compose(&dossier, ActKind::Accordo, 0);
    let tables = |blocks: &[Block]| {
        let tables = blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table.clone()),
            _ => None,
        });
        tables.collect::<Vec<_>>()
    };
    let annex = act.blocks.iter().find_map(|block| match block {
        Block::Annex(annex) => Some(annex),
        _ => None,
    });
    let plan = tables(&annex.expect("the plan").blocks);
    assert_eq!(plan[0].rows.len(), dossier.activities.len());
    assert!(plan[0].rows.iter().all(|row| row.cells.iter().all(|cell| !cell.is_empty())));
    let resources = act.articles().find(|article| article.id == "risorse").expect("the resources");
    let sums = &tables(&resources.blocks)[0].rows;
    let total = sums.last().expect("a total");
    assert!(total.total && plain(&total.cells[3]).contains("150.000,00"), "{total:?}");
    assert_eq!(sums.len(), dossier.allocations.len() + 1);
}

#[test]
fn an_agreement_between_local_bodies_may_be_approved_by_their_executive() {
    let local = Book::with(&["p-pu", "c_a035"])
        .put(("Convenzione", "modello", ""), "accordo")
        .put(("Convenzione", "rinnovo", ""), "no")
        .put(("Deliberazioni", "c_a035", "organo"), "Giunta")
        .add("Attivita", &[("codice", "A1"), ("attivita", "Corso"), ("risultato", "Corso"), ("indicatore", "Ore")])
        .add("Stanziamenti", &[("ente", "c_a035"), ("anno", "2026"), ("capitolo", "1040"), ("importo", "1.000")]);
    let checked = local.judge();
    let found = told(&checked.diagnostics);
    assert!(found.iter().all(|line| !line.contains("DEL-01") && !line.starts_with("errore")), "{found:?}");
    let dossier = checked.dossier.expect("a dossier");
    let comune = words(&compose(&dossier, ActKind::DeliberaAdesione, 1));
    assert!(comune.contains("Deliberazione della Giunta comunale") && comune.contains("dell’art. 49"), "{comune}");
    assert!(comune.contains("€ 1.000,00 sul capitolo 1040"), "{comune}");
}
