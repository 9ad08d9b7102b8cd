//! Cases that the templates decide: clauses dropped or spoilt, texts that do not hold.

use super::{Book, Case};
use crate::support::edited;

const DURATION: &str = "clausole/durata.md";

pub fn cases() -> Vec<Case> {
    content().into_iter().chain(texts()).collect()
}

/// A clause that no longer says what it covers.
fn uncovered(path: &'static str, element: &str) -> (&'static str, String) {
    (path, edited(path, &format!(" covers=\"{element}\""), ""))
}

fn content() -> Vec<Case> {
    let term = |comma: &str| vec![(DURATION, format!("## Durata {{#durata covers=\"durata\"}}\n\n1. {comma}\n"))];
    let signatures = edited("clausole/firme-convenzione.md", "Per {{capofila.il}}", "Per {{ente.il}}");
    let one_signature: String = signatures
        .lines()
        .filter(|line| !line.starts_with("Per {{ente.il}} | {{capofila"))
        .map(|line| format!("{line}\n"))
        .collect();
    vec![
        Case::texts(
            "C30-01",
            "convenzione.md",
            vec![
                (
                    "clausole/oggetto.md",
                    edited("clausole/oggetto.md", " covers=\"oggetto\"", "").replace("(#servizi \"oggetto\")", "(#servizi)"),
                ),
                uncovered("clausole/servizi.md", "oggetto"),
                (
                    "clausole/elenco-servizi.md",
                    edited("clausole/elenco-servizi.md", "", "").replace("(#servizi \"oggetto\")", "(#servizi)"),
                ),
            ],
        ),
        Case::texts("C30-02", "convenzione.md", vec![uncovered("clausole/finalita.md", "fini")]),
        Case::texts(
            "C30-03",
            "clausole/durata.md:1:1",
            term("La convenzione ha durata triennale dalla data di sottoscrizione ed è rinnovabile."),
        ),
        Case::texts(
            "C30-04",
            "clausole/consultazione.md:1:1",
            vec![(
                "clausole/consultazione.md",
                edited("clausole/consultazione.md", "   1. validità delle sedute: {{quorum}};\n", ""),
            )],
        ),
        Case::texts(
            "C30-05",
            "clausole/finanziari.md:1:1",
            vec![(
                "clausole/finanziari.md",
                "## Rapporti finanziari {#finanziari covers=\"finanziari\"}\n\n1. Gli enti concorrono alle spese del Centro nella \
                 misura che sarà stabilita con separato atto.\n"
                    .to_owned(),
            )],
        ),
        Case::texts(
            "C30-06",
            "clausole/impegni-capofila.md:1:1",
            vec![uncovered("clausole/impegni-ente.md", "obblighi")],
        ),
        Case::texts("C30-07", "convenzione.md", vec![uncovered("clausole/garanzie.md", "garanzie")]),
        Case::texts("C30-13", "convenzione.md", vec![uncovered("clausole/forma.md", "delega")]),
        Case::texts(
            "C30-15",
            "clausole/impegni-ente.md:1:1",
            vec![(
                "clausole/impegni-ente.md",
                edited(
                    "clausole/impegni-ente.md",
                    "dall’[](#finanziari \"finanziari\")",
                    "dall’articolo 3 della presente convenzione",
                ),
            )],
        ),
        Case::texts(
            "C30-15",
            "clausole/impegni-ente.md:5:1",
            vec![(
                "clausole/impegni-ente.md",
                edited("clausole/impegni-ente.md", "(#finanziari \"finanziari\")", "(#pagamenti)"),
            )],
        ),
        Case::texts(
            "C30-15",
            "clausole/impegni-ente.md:5:1",
            vec![(
                "clausole/impegni-ente.md",
                edited("clausole/impegni-ente.md", "(#finanziari \"finanziari\")", "(#durata \"finanziari\")"),
            )],
        ),
        Case::texts(
            "C30-17",
            "clausole/recesso.md:1:1",
            vec![(
                "clausole/recesso.md",
                "## Recesso {#recesso covers=\"recesso\"}\n\n1. L’ente aderente può recedere con comunicazione trasmessa per \
                 posta elettronica certificata, con effetto dal 1° gennaio dell’anno successivo.\n"
                    .to_owned(),
            )],
        ),
        Case::texts("C30-18", "convenzione.md", vec![("clausole/firme-convenzione.md", one_signature)]),
        Case::texts_on(
            "C30-19",
            "convenzione.md",
            Book::small(),
            vec![(
                "clausole/finanziari.md",
                edited(
                    "clausole/finanziari.md",
                    "{{> clausole/quota-annualita}}",
                    "| Annualità | Quota |\n|---|--:|\n{{#each quota.anni}}\n| {{periodo}} | {{importo}} |\n{{/each}}\n\
                     | **Totale** | {{quota.annua}} |",
                ),
            )],
        ),
    ]
}

fn texts() -> Vec<Case> {
    let durata = |piece: &str, by: &str| vec![(DURATION, edited(DURATION, piece, by))];
    vec![
        Case::texts("TXT-01", "clausole/durata.md:3:32", durata("{{convenzione.durata}}", "{{convenzione.duratta}}")),
        Case::texts("TXT-02", "clausole/durata.md:19:1", durata("## Durata", "## Durata {{#if convenzione.schema}}")),
        Case::texts(
            "TXT-03",
            "atti/convenzione.md:37:1",
            vec![(
                "atti/convenzione.md",
                edited("atti/convenzione.md", "{{> clausole/recesso}}", "{{> clausole/recessi}}"),
            )],
        ),
        Case::texts("TXT-04", "clausole/durata.md:3:1", durata("1. La convenzione ha", "1. <b>La convenzione</b> ha")),
        Case::texts("TXT-05", "clausole/durata.md:1:1", durata(" {#durata covers=\"durata\"}", " {covers=\"durata\"}")),
        Case::texts(
            "TXT-06",
            "upi/model.toml:4:1",
            vec![("upi/model.toml", "id = \"upi\"\nnome = \"x\"\ndescrizione = \"x\"\ncolore = 1\n".to_owned())],
        ),
        Case::texts(
            "TXT-07",
            "clausole/premesse.md:6:26",
            vec![(
                "clausole/premesse.md",
                edited("clausole/premesse.md", "7 marzo 2005, n. 82", "7 marzo 2005, n. 28"),
            )],
        )
        .warning(),
    ]
}
