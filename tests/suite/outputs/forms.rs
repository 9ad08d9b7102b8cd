//! The forms: each holds its whole minimum content, empty and filled, in the same words in every format; blanks and tick boxes
//! are controls in Word.

use std::collections::BTreeSet;

use scrivano::act::{Act, ActKind, Inline, TICKED, UNTICKED};
use scrivano::compose::Enclosure;
use scrivano::dossier::Assignment;
use scrivano::emit::{docx as word, html as page};

use super::docx::{Node, parse, part};
use super::small::{library, pdfs};
use super::tree::{assert_same, squeezed};
use super::{docx, html, pdf, tree};
use crate::support::{Book, EMPTY};

/// The forms, and the words that each of them prints whatever the data: its minimum content.
const FORMS: [(ActKind, &[&str]); 11] = [
    (
        ActKind::RichiestaServizio,
        &[
            "Denominazione",
            "Sede",
            "Codice fiscale",
            "Partita IVA",
            "Legale rappresentante",
            "Carica",
            "chiede di attivare il servizio",
            "Quantità",
            "Prezzo del servizio",
            "Attivazione",
            "Assistenza e manutenzione, per anno",
            "ha aderito alla convenzione con deliberazione n.",
            "delibererà l’adesione nella prossima seduta",
            "Referente operativo",
            "Nome e cognome",
            "Ufficio",
            "Telefono",
            "Posta elettronica",
            "L’ente si impegna a",
            "Luogo e data",
        ],
    ),
    (
        ActKind::DisdettaServizio,
        &[
            "Denominazione",
            "Codice fiscale",
            "Legale rappresentante",
            "Attivo dal giorno",
            "Motivo",
            "Preavviso",
            "Ultimo giorno utile dell’anno",
            "Effetto dal giorno",
            "L’ente accetta di",
            "costi di avvio",
            "Referente operativo",
        ],
    ),
    (
        ActKind::ConfermaAnnuale,
        &["Conferma dei servizi per l’anno 2026", "Denominazione", "Servizio", "Attivo dal", "Quantità", "sì ☐ no"],
    ),
    (
        ActKind::SchedaFabbisogni,
        &["Scheda dei fabbisogni per l’anno 2027", "Postazioni di lavoro", "In uso", "Fabbisogno", "Osservazioni"],
    ),
    (
        ActKind::NominaReferente,
        &["nomina il referente", "Nome e cognome", "Telefono", "Posta elettronica", "Organo o tavolo", "Delegati"],
    ),
    (
        ActKind::Recesso,
        &[
            "comunica il recesso",
            "con deliberazione n.",
            "Data della comunicazione",
            "Ultimo giorno utile",
            "Effetto dal giorno",
        ],
    ),
    (
        ActKind::CartaServizi,
        &[
            "Servizi compresi nella quota",
            "Servizi a richiesta",
            "Livello",
            "Prezzo",
            "Impegni del Centro",
            "Assistenza",
            "Come si chiede un servizio",
            "Come si conferma e come si disdice",
        ],
    ),
    (ActKind::LetteraTrasmissione, &["Protocollo n.", "Oggetto:", "Documento", "File", "Impronta SHA-256"]),
    (
        ActKind::MappaOrganizzativa,
        &[
            "Referente locale del Centro",
            "Partecipanti ai gruppi di lavoro",
            "Ruolo e competenze",
            "Delegati negli organi degli enti",
            "Altri ruoli di riferimento",
        ],
    ),
    (
        ActKind::MappaRisorse,
        &["Tecnologie", "Persone e sostegno esterno", "Progetti ed esperienze", "Altre risorse e competenze"],
    ),
    (
        ActKind::RilevazioneFabbisogni,
        &["Fabbisogni per ambito", "Criticità", "Competenze ed esperienze", "☐ alto ☐ medio ☐ basso"],
    ),
];

const BODY: &str = "c_a035";

/// A body that has asked for a service by name, given one up, has people of every kind, and leaves the convention.
fn filled() -> Book {
    let ask = |book: Book, kind: &str, service: &str, day: &str, quantity: &str, reason: &str| {
        let cells = [("ente", BODY), ("servizio", service), ("tipo", kind), ("data", day)];
        let more = [("quantita", quantity), ("motivo", reason)];
        book.add("Richieste", &[&cells[..], &more[..]].concat())
    };
    let person = |book: Book, role: &str, name: &str| {
        let cells = [("ente", BODY), ("ruolo", role), ("nome", name), ("cognome", "Valli"), ("ufficio", "Ragioneria")];
        book.add("Incarichi", &[&cells[..], &[("telefono", "0721 000999")]].concat())
    };
    let service = [
        ("codice", "spid"),
        ("nome", "Rilascio di SPID"),
        ("modalita", "quota maggiorata"),
        ("unita", "rilascio"),
        ("importo", "35,00"),
        ("una_tantum", "sì"),
        ("nominativo", "sì"),
    ];
    let mut book = Book::small()
        .add("Servizi", &service)
        .put(("Enti", BODY, "partita_iva"), "01234567897")
        .put(("Enti", BODY, "recesso_comunicato_il"), "05/10/2027")
        .put(("Enti", BODY, "postazioni"), "23")
        // In use on the suite's day, 10 January.
        .put(("Richieste", BODY, "data"), "02/01/2026");
    book = ask(book, "attivazione", "spid", "12/01/2026", "3", EMPTY);
    book = ask(book, "disdetta", "connettivita", "15/12/2027", EMPTY, "passaggio a un altro fornitore");
    for (role, name) in
        [("delegato all’Assemblea", "Dina"), ("gruppo di lavoro", "Aldo"), ("referente contabile", "Ugo")]
    {
        book = person(book, role, name);
    }
    for name in ["Anna", "Bice", "Carlo"] {
        let cells =
            [("ente", BODY), ("servizio", "spid"), ("nome", name), ("cognome", "Rossi"), ("sede_lavoro", "Sede")];
        book = book.add("Beneficiari", &cells);
    }
    book
}

/// The same body with its name and nothing else, and a catalogue without services.
fn empty() -> Book {
    let mut book = Book::with(&["p-pu", "museo-storia"]);
    for column in ["indirizzo", "cap", "comune", "provincia", "codice_fiscale", "pec", "rappresentante", "carica"] {
        book = book.put(("Enti", "museo-storia", column), EMPTY);
    }
    for sheet in ["Servizi", "Richieste", "Incarichi", "Deliberazioni"] {
        let sheet = book.0.sheets.iter_mut().find(|known| &*known.name == sheet).expect("a sheet");
        sheet.rows.truncate(1);
    }
    book
}

fn forms(book: &Book, code: &str) -> Vec<Act> {
    let checked = book.judge();
    let dossier = checked.dossier.expect("a dossier");
    let enclosed = [Enclosure {
        name: "01-convenzione.pdf".to_owned(),
        title: "Convenzione".to_owned(),
        sha256: "0123456789abcdef".repeat(4),
    }];
    let compose = |(kind, _): &(ActKind, &[&str])| {
        let body = if *kind == ActKind::CartaServizi { "p-pu" } else { code };
        let index = dossier.find_body(body).expect("a body");
        let mut assignments = dossier.assignments(index, Some(&[*kind]));
        let assignment: Assignment = assignments.pop().expect("an assignment");
        let enclosed = if code == BODY { &enclosed[..] } else { &[] };
        library().compose(&assignment, &dossier, enclosed).unwrap_or_else(|faults| panic!("{kind:?}: {faults:#?}"))
    };
    FORMS.iter().map(compose).collect()
}

#[test]
fn every_form_holds_its_content_empty_and_filled_and_says_it_in_every_format() {
    for (book, code) in [(filled(), BODY), (empty(), "museo-storia")] {
        let acts = forms(&book, code);
        for ((act, file), (kind, content)) in acts.iter().zip(pdfs(&acts)).zip(FORMS) {
            assert_eq!(act.kind, kind);
            let words = tree::words(act);
            for wanted in content {
                assert!(squeezed(&words).contains(&squeezed(wanted)), "{kind:?} of {code} lacks «{wanted}»:\n{words}");
            }
            let what = |format: &str| format!("{kind:?} of {code}, {format}");
            assert_same(&what("HTML"), &words, &html::words(&page::html(act)));
            assert_same(&what("DOCX"), &words, &docx::words(&word::docx(act).expect("a DOCX")));
            assert_same(&what("PDF"), &words, &pdf::words(&file, act));
        }
    }
}

#[test]
fn filled_forms_say_what_the_workbook_says_and_what_follows_from_it() {
    let acts = forms(&filled(), BODY);
    let words: Vec<String> = acts.iter().map(|act| tree::words(act).replace('\u{a0}', " ")).collect();
    let said = [
        "Rilascio di SPID|a quota maggiorata|€ 35,00 per rilascio|€ 105,00|non prevista dal catalogo|Anna\nRossi\nSede|Bice|Carlo|☒ ha aderito alla convenzione con deliberazione n. 37 in data 2 dicembre 2025 (organo: Consiglio comunale)|☐ delibererà|01234567897",
        // Sixty days before the end of the year are past: another year.
        "Connettività Internet e Intranet|passaggio a un altro fornitore|60 giorni|1° novembre 2027|1° gennaio 2029|data dopo l’ultimo giorno utile",
        "Connettività Internet e Intranet\n2 gennaio 2026",
        "Postazioni di lavoro\n23|Formazione informatica\n€ 45,00 per ora",
        "delegato all’Assemblea\nDina Valli\nRagioneria\n0721 000999",
        "90 (novanta) giorni|5 ottobre 2027|2 ottobre 2027|1° gennaio 2029|successiva all’ultimo giorno utile",
        "Servizi di posta elettronica|Rilascio di SPID|non prevista|preavviso di 60 giorni",
        "Convenzione\n01-convenzione.pdf\n0123456789abcdef 0123456789abcdef 0123456789abcdef 0123456789abcdef",
        "Dina Valli\ndelegato all’Assemblea|Aldo Valli\ngruppo di lavoro|Ugo Valli\nreferente contabile",
        "n. 23",
        "Comune di Acqualagna",
    ];
    for ((text, said), (kind, _)) in words.iter().zip(said).zip(FORMS) {
        for wanted in said.split('|') {
            assert!(text.contains(wanted), "{kind:?} lacks «{wanted}»:\n{text}");
        }
    }
}

#[test]
fn blanks_and_boxes_of_forms_are_controls_in_word() {
    for act in forms(&empty(), "museo-storia") {
        let (mut blanks, mut boxes) = (0, 0);
        act.for_each_inline(&mut |inline| match inline {
            Inline::Blank(_) => blanks += 1,
            Inline::Text { s } => boxes += s.chars().filter(|c| [TICKED, UNTICKED].contains(c)).count(),
            _ => {}
        });
        let file = word::docx(&act).expect("a DOCX");
        let document = parse(&part(&file, "word/document.xml"));
        let controls = document.all("w:sdt");
        let of = |name: &str| controls.iter().filter(|it| !it.all(name).is_empty()).count();
        assert_eq!((of("w:text"), of("w14:checkbox")), (blanks, boxes), "{:?}", act.kind);
        let ids: BTreeSet<&str> = document.all("w:id").into_iter().map(Node::val).collect();
        assert_eq!(ids.len(), controls.len(), "{:?}: every control has a number of its own", act.kind);
        let is_entitled = |it: &&Node| !it.all("w:alias").is_empty() || it.all("w:text").is_empty();
        assert!(controls.iter().all(is_entitled), "{:?}: a blank says what goes there", act.kind);
    }
    // The dots of a convention stay dots: its blanks are filled in the workbook.
    let dossier = Book::with(&["p-pu", "c_b352"]).judge().dossier.expect("a dossier");
    let act = library().compose(&Assignment::new(ActKind::DeliberaAdesione, 1), &dossier, &[]).expect("an act");
    assert!(parse(&part(&word::docx(&act).expect("a DOCX"), "word/document.xml")).all("w:sdt").is_empty());
}

#[test]
fn empty_cells_of_forms_are_open_spaces_and_lines_are_wide() {
    for act in forms(&empty(), "museo-storia") {
        let mut open = 0;
        act.for_each_inline(&mut |inline| {
            if let Inline::Blank(blank) = inline {
                assert!(!blank.open || blank.dots().is_empty());
                open += usize::from(blank.open);
            }
        });
        let is_read = act.kind == ActKind::CartaServizi;
        assert!(is_read || open >= 5, "{:?} has {open} cells to fill in", act.kind);
        assert!(page::html(&act).contains("class=\"spazio aperto\"") || is_read);
    }
}
