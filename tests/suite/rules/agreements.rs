//! Cases of agreements between administrations, on the example of a Region and an association.

use scrivano::example::example;

use super::{Book, Case, EMPTY};
use crate::support::edited;

const PLAN: &str = "Attivita";
const SUMS: &str = "Stanziamenti";

/// The example, to be approved.
pub fn base() -> Book {
    Book::of(&example("accordo").expect("an example"))
}

/// The example at the stage of signature.
pub fn signed() -> Book {
    base().put(of("fase"), "stipula").put(of("data_firma"), "09/01/2026")
}

fn of(field: &str) -> (&str, &str, &str) {
    ("Convenzione", field, "")
}

pub fn cases() -> Vec<Case> {
    data().into_iter().chain(content()).collect()
}

fn data() -> Vec<Case> {
    let (base, signed) = (base(), signed());
    let end = base.place(of("scadenza")).to_string();
    let later = signed.clone().put(("Deliberazioni", "r-lombardia", "immediata"), "no");
    let no_plan = base.clone().without_sheet(PLAN);
    vec![
        Case::cell("ACC-03", &base, of("scadenza"), EMPTY, "30/06/2027"),
        Case::cell("ACC-04", &base, of("durata_anni"), "2", EMPTY).at(end),
        Case::cell("ACC-08", &base, of("importo_totale"), "150.000,01", "150.000,00"),
        Case::cell("ACC-08", &base, (SUMS, "3", "importo"), "49.999,99", "50.000")
            .at(base.place(of("importo_totale")).to_string()),
        Case::cell("ACC-09", &base, (SUMS, "3", "anno"), "2029", "2027"),
        Case::cell("ACC-09", &base, (SUMS, "2", "anno"), "2025", "2026"),
        Case::cell("ACC-09", &base, (SUMS, "3", "anno"), "2028", "2027").warning(),
        Case::cell("ACC-10", &base, ("Enti", "anci-lombardia", "tipo"), "Società", "Associazione"),
        Case::cell("ACC-11", &later, ("Deliberazioni", "r-lombardia", "esecutiva_dal"), EMPTY, "24/11/2025"),
        Case::cell("ACC-12", &base, of("firma"), "cartacea", "digitale"),
        Case::books("ACC-13", PLAN, no_plan, base.clone()),
        Case::cell("ACC-13", &base, (PLAN, "T3.1", "risultato"), EMPTY, "Rubrica"),
        Case::cell("ACC-13", &base, (PLAN, "T3.1", "indicatore"), EMPTY, "Articoli pubblicati"),
        Case::cell("ACC-14", &base, (PLAN, "T3.1", "entro"), "01/07/2027", "30/06/2027"),
        Case::cell("ACC-14", &base, (PLAN, "T3.1", "entro"), "31/12/2025", "01/01/2026"),
        Case::cell("C30-10", &base, of("rinnovo"), "tacito", "espresso").warning(),
        Case::cell("DEL-01", &base, ("Deliberazioni", "r-lombardia", "organo"), "Consiglio", "Giunta"),
    ]
}

/// A case of one clause of the agreement, told at its heading.
fn clause(code: &'static str, path: &'static str, text: String) -> Case {
    Case::texts_on(code, &format!("{path}:1:1"), base(), vec![(path, text)])
}

/// A case of one clause of the agreement, told of the act as a whole.
fn whole(code: &'static str, path: &'static str, piece: &str, by: &str) -> Case {
    Case::texts_on(code, "accordo.md", base(), vec![(path, edited(path, piece, by))])
}

fn content() -> Vec<Case> {
    const DUTIES: &str = "accordo/clausole/impegni.md";
    const AIMS: &str = "accordo/clausole/finalita.md";
    const STEERING: &str = "accordo/clausole/cabina-di-regia.md";
    const SIGNATURE: &str = "accordo/clausole/sottoscrizione.md";
    const RESOURCES: &str = "accordo/clausole/risorse.md";
    let slots = "accordo/clausole/firme-accordo.md";
    let one_slot = edited(slots, "{{#each parti}}\n", "{{#each parti}}\n{{#if @first}}\n")
        .replace("{{/each}}", "{{/if}}\n{{/each}}");
    vec![
        whole("ACC-01", "accordo/clausole/oggetto.md", " covers=\"oggetto\"", ""),
        clause(
            "ACC-01",
            "accordo/clausole/oggetto.md",
            "## Oggetto {#oggetto covers=\"oggetto\"}\n\n1. Le parti si riconoscono reciproca stima e intendono mantenere \
             buoni rapporti istituzionali.\n"
                .to_owned(),
        ),
        whole("ACC-02", AIMS, " covers=\"fini\"", ""),
        clause(
            "ACC-02",
            AIMS,
            "## Finalità {#finalita covers=\"fini\"}\n\n1. L’associazione presta alla Regione i servizi di cui questa ha \
             bisogno per i propri fini.\n"
                .to_owned(),
        ),
        clause(
            "ACC-03",
            "accordo/clausole/durata.md",
            "## Durata {#durata covers=\"durata\"}\n\n1. L’accordo decorre dalla sottoscrizione e dura fino al \
             raggiungimento di tutti i suoi obiettivi.\n"
                .to_owned(),
        ),
        Case::texts_on(
            "ACC-05",
            "accordo.md",
            base(),
            vec![
                (STEERING, edited(STEERING, " covers=\"consultazione\"", "")),
                (DUTIES, edited(DUTIES, "(#cabina \"consultazione\")", "(#cabina)")),
            ],
        ),
        clause("ACC-05", STEERING, edited(STEERING, "   1. {{quorum}};\n", "")),
        clause(
            "ACC-06",
            DUTIES,
            "## Impegni {#impegni covers=\"obblighi\"}\n\n1. L’ANCI Lombardia si impegna a realizzare le attività del \
             Piano e a riferirne.\n"
                .to_owned(),
        ),
        clause(
            "ACC-07",
            RESOURCES,
            "## Risorse {#risorse covers=\"finanziari\"}\n\n1. La Regione Lombardia paga all’ANCI Lombardia {{risorse.totale}} \
             per i servizi che riceve.\n"
                .to_owned(),
        ),
        clause(
            "ACC-07",
            RESOURCES,
            "## Risorse {#risorse covers=\"finanziari\"}\n\n1. Le spese sostenute sono rimborsate nella misura che sarà \
             stabilita con un separato atto.\n"
                .to_owned(),
        ),
        whole("ACC-08", RESOURCES, "| **Totale** | | | {{risorse.totale}} |", "| **Totale** | | | € 160.000,00 |"),
        clause("ACC-12", SIGNATURE, edited(SIGNATURE, "A pena di nullità l’accordo", "L’accordo")),
        Case::texts_on("ACC-12", "accordo.md", base(), vec![(slots, one_slot)]),
        whole("ACC-15", "accordo/clausole/recesso.md", "recesso,garanzie", "recesso"),
        clause(
            "ACC-15",
            "accordo/clausole/recesso.md",
            edited("accordo/clausole/recesso.md", "dichiarare la risoluzione dell’accordo", "decidere")
                .replace("Recesso e risoluzione", "Recesso")
                .replace("Lo scioglimento", "La fine"),
        ),
    ]
}
