//! A sound convention with one piece said otherwise: what must be told of it, and what must not.

use super::examine;
use crate::rules::documents::SOUND;

/// The findings of the sound convention with a piece replaced, those of the convention itself left out: code and message.
fn told(piece: &str, by: &str) -> Vec<String> {
    assert!(SOUND.contains(piece), "{piece}");
    let told = |text: &str| {
        let found = examine("prova.txt", text.as_bytes()).diagnostics;
        found.into_iter().map(|found| format!("{} {}", found.code, found.message)).collect::<Vec<_>>()
    };
    let sound = told(SOUND);
    told(&SOUND.replace(piece, by)).into_iter().filter(|found| !sound.contains(found)).collect()
}

#[test]
fn faults_are_told_with_their_reason() {
    for (piece, by, wanted) in [
        ("preavviso di sei mesi", "preavviso di due giorni", "C30-17 nell’art. 7"),
        ("preavviso di sei mesi", "preavviso di almeno 48 ore", "il preavviso di recesso è di 48 ore"),
        (
            "dura cinque anni, dal 1° gennaio 2026 al 31 dicembre 2030",
            "dura cinque anni, dal 1° gennaio 2026 al 31 dicembre 2031",
            "C30-09 nell’art. 3 («Durata») le date non tornano: cinque anni dal 01/01/2026 finiscono il 31/12/2030",
        ),
        (
            "Le controversie",
            "La presente convenzione, che scade il 31 dicembre 2028, non si rinnova. Le controversie",
            "ESA-07 l’atto dice due scadenze: il 31/12/2030",
        ),
        (
            "dal 1° gennaio 2026 al 31 dicembre 2030.",
            "dal 1° gennaio 2026 al 31 dicembre 2030. Alla scadenza s’intende rinnovata.",
            "C30-10 nell’art. 3",
        ),
        ("(dodicimilaquattrocentocinquanta/00)", "(dodicimilaquattrocentocinquanta/50)", "ESA-12 nell’art. 6"),
        ("dura cinque anni", "dura anni 5 (quattro)", "ESA-12 nell’art. 3"),
        ("Le controversie", "La riunione è convocata dal 31 giugno 2026. Le controversie", "ESA-13 nell’art. 7"),
        (
            "Le controversie",
            "La spesa è ripartita tra gli enti come segue:\na) Roccalta 55%;\nb) Valfiorita 55%.\n4. Le controversie",
            "danno 110%",
        ),
        ("b) fornire i programmi;", "b) fornire i programmi di cui all’art. 5.8;", "si cita il comma 8 dell’art. 5"),
        ("b) fornire i programmi;", "b) fornire i programmi di cui all’art. 7.9;", "si cita il comma 9 dell’art. 7"),
        ("b) fornire i programmi;", "b) fornire i programmi di cui alla determinazione n. XX;", "ESA-09 nell’art. 5"),
        ("b) fornire i programmi;", "b) fornire i programmi [inserire il nome];", "ESA-09 nell’art. 5"),
        (
            "Le controversie",
            "I programmi di cui all’art. 2 restano dei Comuni. Le controversie",
            "si cita l’art. 2 («Finalità») per «programmi», di cui non tratta",
        ),
    ] {
        let told = told(piece, by);
        assert!(told.iter().any(|found| found.contains(wanted)), "{by}: {told:#?}");
    }
}

#[test]
fn what_is_only_said_otherwise_is_no_fault() {
    for (piece, by) in [
        ("12.450,00 (dodicimilaquattrocentocinquanta/00)", "12.450,00 (euro dodicimila quattrocentocinquanta)"),
        ("12.450,00 (dodicimilaquattrocentocinquanta/00)", "12.450 (dodicimilaquattrocentocinquanta/00)"),
        ("12.450,00 (dodicimilaquattrocentocinquanta/00)", "12.450,00 (oltre all’imposta)"),
        ("12.450,00 (dodicimilaquattrocentocinquanta/00)", "1.000,50 (mille/50), cioè 1/3 (un terzo) del costo"),
        ("dura cinque anni", "dura anni 5 (cinque)"),
        ("preavviso di sei mesi", "preavviso di 180 (centottanta) giorni"),
        ("preavviso di sei mesi", "preavviso di trenta giorni"),
        ("Le controversie", "La presente convenzione scade il 31 dicembre 2030. Le controversie"),
        ("Le controversie", "La precedente convenzione cessa il 31 dicembre 2025. Le controversie"),
        (
            "3. Le controversie",
            "3. Restano fermi gli atti di cui all’art. 12 della convenzione vigente. Le controversie",
        ),
        ("Le controversie", "I programmi di cui all’art. 5 restano dei Comuni. Le controversie"),
        ("b) fornire i programmi;", "b) fornire i programmi del secolo XX;"),
        ("b) fornire i programmi;", "b) fornire i programmi di cui all’art. 7.1;"),
        ("Le controversie", "La riunione è convocata il 29 febbraio 2028. Le controversie"),
        (
            "Le controversie",
            "La spesa è ripartita tra gli enti come segue:\na) Roccalta 55%;\nb) Valfiorita 45%.\n4. Le controversie",
        ),
    ] {
        let told = told(piece, by);
        assert!(told.is_empty(), "{by}: {told:#?}");
    }
}

#[test]
fn what_amends_a_convention_is_known_and_its_references_are_to_that() {
    let text = "ATTO AGGIUNTIVO\n\nalla convenzione rep. n. 12 per il servizio tributi\n\nTra il Comune di Roccalta e il Comune di Valfiorita\n\n\
                Art. 1 - Proroga\n1. Il termine dell’art. 14 della convenzione è portato al 31 dicembre 2029.\n\n\
                Art. 2 - Rimborso\n1. Il rimborso dell’art. 9 è di euro 900,00.\n\n\
                Art. 3 - Rinvio\n1. Quanto all’art. 5 del presente atto, esso si applica da subito.\n";
    let found = examine("prova.txt", text.as_bytes());
    assert_eq!(found.kind.slug(), "altro");
    let codes: Vec<_> = found.diagnostics.iter().map(|found| (found.code, found.message.as_str())).collect();
    assert!(
        matches!(codes.as_slice(), [("ESA-02", _), ("C30-15", message)] if message.contains("l’art. 5")),
        "{codes:#?}"
    );
}
