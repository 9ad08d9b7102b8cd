//! Cases of documents that others wrote: a sound convention, and the same with one fault.

use super::{Case, Subject};
use crate::support::packages;

/// A convention without a fault. Bodies and people are invented.
pub const SOUND: &str = "\
CONVENZIONE PER LA GESTIONE ASSOCIATA DEL SERVIZIO TRIBUTI

INDICE
Art. 1 - Oggetto .......... 1
Art. 2 - Finalità .......... 1
Art. 3 - Durata .......... 1
Art. 4 - Conferenza dei Sindaci .......... 1
Art. 5 - Obblighi delle parti .......... 2
Art. 6 - Rapporti finanziari .......... 2
Art. 7 - Inadempienze, recesso e controversie .......... 2

Tra il Comune di Roccalta e il Comune di Valfiorita

Art. 1 - Oggetto
1. I Comuni gestiscono in forma associata il servizio tributi, ai sensi dell’art. 30 del D.Lgs. 267/2000.
2. Il servizio comprende la riscossione e gli accertamenti.

Art. 2 - Finalità
1. La gestione associata mira a ridurre i costi e a migliorare il servizio.

Art. 3 - Durata
1. La convenzione dura cinque anni, dal 1° gennaio 2026 al 31 dicembre 2030.

Art. 4 - Conferenza dei Sindaci
1. La Conferenza è composta dai Sindaci, è convocata dal Sindaco di Roccalta due volte l’anno ed è valida con la presenza di entrambi.

Art. 5 - Obblighi delle parti
1. Il Comune di Roccalta si impegna a:
a) tenere l’ufficio;
b) fornire i programmi;
c) rendere il conto.
2. Il Comune di Valfiorita si impegna a trasmettere le banche dati e a versare la quota di cui all’art. 6.

Art. 6 - Rapporti finanziari
1. Le spese sono ripartite per abitante, fino a euro 12.450,00 (dodicimilaquattrocentocinquanta/00), e versate entro il 30 giugno.

Art. 7 - Inadempienze, recesso e controversie
1. L’ente inadempiente è diffidato; dopo due diffide la convenzione si risolve.
2. Ogni Comune può recedere con preavviso di sei mesi comunicato con PEC; il recesso ha effetto dal 1° gennaio successivo.
3. Le controversie sono devolute al giudice amministrativo.

Letto, confermato e sottoscritto con firma digitale.
";

/// The number of the last line that begins so: the first of an article may be in the index.
fn line(text: &str, start: &str) -> usize {
    let lines: Vec<&str> = text.lines().collect();
    1 + lines.iter().rposition(|line| line.starts_with(start)).unwrap_or_else(|| panic!("no line {start}"))
}

/// The sound text with a piece replaced; the fault is told on the line that begins with `at`, or on the whole document.
fn case(code: &'static str, piece: &str, by: &str, at: Option<&str>) -> Case {
    assert!(SOUND.contains(piece), "{piece}");
    let bad = SOUND.replace(piece, by);
    let place = at.map_or_else(|| "prova.txt".to_owned(), |at| format!("prova.txt:{}:1", line(&bad, at)));
    let good = Subject::Document(SOUND.into());
    Case { code, severity: scrivano::rule::Severity::Error, place, bad: Subject::Document(bad.into()), good }
}

/// The sound text as a document of Word, with some paragraphs put in by a revision.
fn document(revised: impl Fn(&str) -> bool) -> Vec<u8> {
    let paragraph = |line: &str| {
        let run = format!("<w:r><w:t>{line}</w:t></w:r>");
        if revised(line) { format!("<w:p><w:ins w:id=\"1\">{run}</w:ins></w:p>") } else { format!("<w:p>{run}</w:p>") }
    };
    packages::word(&SOUND.lines().map(paragraph).collect::<String>())
}

pub(super) fn cases() -> Vec<Case> {
    let decides = "DELIBERAZIONE DEL CONSIGLIO COMUNALE\n\nOGGETTO: adesione alla convenzione per il servizio tributi.\n\nDELIBERA\n\n\
                   1. di approvare lo schema di convenzione;\n2. di impegnare la spesa di euro 1.000,00 al capitolo 12;\n";
    let at_once = format!("{decides}3. di dichiarare la deliberazione immediatamente eseguibile.\n");
    let unguarded = SOUND.replace("Inadempienze, recesso", "Recesso").replace(
        "L’ente inadempiente è diffidato; dopo due diffide la convenzione si risolve.",
        "Le modifiche sono approvate dai Consigli.",
    );
    let early = SOUND
        .replace(
            "2. Il servizio comprende",
            "2. Visti i Consigli, deliberazioni n. 3 e n. 7 del 13 marzo 2025, il servizio comprende",
        )
        .replace("Letto, confermato", "Fatto in Roccalta, addì 8 marzo 2025.\n\nLetto, confermato");
    let deliberation = |text: &str| Subject::Document(text.as_bytes().to_vec());
    vec![
        Case {
            code: "ESA-01",
            severity: scrivano::rule::Severity::Error,
            place: "prova.txt".to_owned(),
            bad: Subject::Document(b"{\\rtf1 una convenzione}".to_vec()),
            good: Subject::Document(SOUND.into()),
        },
        case("ESA-02", "CONVENZIONE PER LA", "STATUTO PER LA", None).note(),
        case("ESA-03", "Art. 7 - Inadempienze", "Art. 6 - Inadempienze", Some("Art. 6 - Inademp")),
        case("ESA-04", "c) rendere", "d) rendere", Some("d) rendere")).warning(),
        case(
            "ESA-05",
            "b) fornire i programmi;",
            "b) fornire i programmi\n– della presente convenzione;",
            Some("– della"),
        )
        .warning(),
        case("ESA-06", "Art. 4 - Conferenza dei Sindaci .......... 1\n", "", Some("Art. 1 - Oggetto ....")).warning(),
        case(
            "ESA-07",
            "Le spese sono ripartite per abitante",
            "La convenzione ha validità di tre anni. Le spese sono ripartite per abitante",
            Some("1. La convenzione ha validità"),
        ),
        Case {
            code: "ESA-08",
            severity: scrivano::rule::Severity::Warning,
            place: format!("prova.txt:{}:1", line(&unguarded, "2. Ogni Comune")),
            bad: Subject::Document(unguarded.into()),
            good: Subject::Document(SOUND.into()),
        },
        case("ESA-09", "fornire i programmi", "fornire i programmi per ________ postazioni", Some("b) fornire"))
            .warning(),
        Case {
            code: "ESA-10",
            severity: scrivano::rule::Severity::Warning,
            place: "prova.txt:7:1".to_owned(),
            bad: deliberation(decides),
            good: deliberation(&at_once),
        },
        case(
            "ESA-11",
            "1. La gestione associata mira a ridurre i costi e a migliorare il servizio.\n",
            "",
            Some("Art. 2 - Fin"),
        )
        .warning(),
        case("ESA-12", "12.450,00", "12.400,00", Some("1. Le spese")),
        case("ESA-13", "31 dicembre 2030", "31 novembre 2030", Some("1. La convenzione dura")),
        case(
            "ESA-14",
            "1. Le spese",
            "1. La spesa è ripartita: 60% Roccalta, 45% Valfiorita. Le spese",
            Some("1. La spesa"),
        )
        .warning(),
        case(
            "ESA-15",
            "1. Le spese",
            "1. La quota è di € 100 fino a 1.000 abitanti, di € 200 da 1.501 a 3.000, di € 300 oltre 3.000. Le spese",
            Some("1. La quota"),
        )
        .warning(),
        case(
            "ESA-16",
            "1. Le spese",
            "1. La spesa di euro 9.000 è così ripartita: euro 5.000 Roccalta, euro 4.500 Valfiorita. Le spese",
            Some("1. La spesa"),
        )
        .warning(),
        case("ESA-17", "dell’art. 30 del D.Lgs.", "dell’art. 142 del D.Lgs.", Some("1. I Comuni")).warning(),
        Case {
            code: "ESA-18",
            severity: scrivano::rule::Severity::Warning,
            place: format!("prova.txt:{}:1", line(&early, "Fatto")),
            bad: deliberation(&early),
            good: deliberation(&early.replace("8 marzo", "28 marzo")),
        },
        case(
            "ESA-19",
            "1. Le spese",
            "1. Il Comune di Castel Ventoso ha copia del conto. Le spese",
            Some("1. Il Comune di Cas"),
        )
        .warning(),
        Case {
            code: "ESA-20",
            severity: scrivano::rule::Severity::Warning,
            place: format!("prova.txt:{}:1", line(SOUND, "1. Le spese")),
            bad: Subject::Document(document(|line| line.starts_with("1. Le spese"))),
            good: Subject::Document(document(|_| false)),
        },
    ]
}
