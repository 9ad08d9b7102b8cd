//! One act with everything in it, hostile text included, for the tests of the emitters.

use chrono::NaiveDate;

use crate::act::*;
use crate::place::Place;

/// Text that tries to be markup, with a control character and an emoji.
pub const HOSTILE: &str = "<w:p> & \"virgolette\" 'apici' #let *x* \u{7}]]> 🏛 città";
/// The same as it must be read in the outputs.
pub const HOSTILE_READ: &str = "<w:p> & \"virgolette\" 'apici' #let *x* ]]> 🏛 città";

pub fn text(s: &str) -> Text {
    vec![Inline::Text { s: s.into() }]
}

fn value(s: &str) -> Inline {
    Inline::Value(Value { name: "ente.nome".into(), s: s.into(), place: Place::cell(&"Enti".into(), 6, 3) })
}

pub fn blank(label: &str, width: u32) -> Inline {
    Inline::Blank(Blank { name: "ente.data".into(), label: label.into(), width, open: false, place: Place::None })
}

fn reference(target: &str, s: &str) -> Inline {
    Inline::Reference(Reference { target: target.into(), cites: None, s: s.into(), place: Place::None })
}

pub fn paragraph(text: Text) -> Block {
    Block::Paragraph { text, place: Place::None }
}

pub fn list(style: ListStyle, items: Vec<Vec<Block>>) -> Block {
    let items = items.into_iter().map(|blocks| Item { place: Place::None, blocks }).collect();
    Block::List(List { style, items })
}

fn item(s: &str) -> Vec<Block> {
    vec![paragraph(text(s))]
}

fn article(id: &str, number: u32, heading: &str, blocks: Vec<Block>) -> Block {
    let heading = text(heading);
    Block::Article(Article {
        id: id.into(),
        number,
        heading,
        covers: vec![Element::Oggetto],
        place: Place::None,
        blocks,
    })
}

fn table(caption: &str, rows: usize) -> Block {
    let line = |i: usize| vec![text(&format!("Servizio {i}")), text("incluso"), text(&format!("{i}.250,00"))];
    let mut rows: Vec<_> = (1..=rows).map(|i| TableRow { total: false, cells: line(i) }).collect();
    rows.push(TableRow { total: true, cells: vec![text("Totale"), vec![], text("9.999,00")] });
    Block::Table(Table {
        caption: if caption.is_empty() { vec![] } else { text(caption) },
        head: vec![text("Servizio"), text("Modalità"), text("Importo annuo (euro)")],
        align: vec![Align::Left, Align::Center, Align::Right],
        widths: vec![24, 10, 12],
        rows,
    })
}

fn signature(party: &str, name: Inline, note: &str) -> Signature {
    let note = if note.is_empty() { vec![] } else { text(note) };
    Signature { party: text(party), office: text("Il Sindaco"), name: vec![name], note }
}

fn articles() -> Vec<Block> {
    let comma = "Gli enti convenzionati svolgono in forma associata le funzioni e i servizi indicati nella presente \
                 convenzione, nel rispetto dei principi di economicità, efficienza ed efficacia.";
    let letters =
        || list(ListStyle::Letters, vec![item("la gestione dei sistemi;"), item("la formazione del personale.")]);
    let deep = list(ListStyle::Dashes, vec![item("primo trattino;"), item("secondo trattino.")]);
    let first = vec![
        list(
            ListStyle::Commas,
            vec![
                item(comma),
                vec![paragraph(text("Sono compresi:")), letters(), paragraph(text("nonché ogni attività connessa."))],
                vec![
                    paragraph(text("Sono esclusi:")),
                    list(
                        ListStyle::Letters,
                        vec![vec![paragraph(text("i servizi non attivati:")), deep], item("altro.")],
                    ),
                ],
            ],
        ),
        paragraph(text("Periodo fra due elenchi.")),
        list(ListStyle::Commas, vec![item("Elenco che ricomincia da uno.")]),
    ];
    let second = vec![list(
        ListStyle::Commas,
        vec![
            vec![paragraph(vec![
                Inline::Text { s: "La convenzione, di cui all’".into() },
                reference("oggetto", "art. 1"),
                Inline::Text { s: " e all’".into() },
                reference("quadro", "Allegato A"),
                Inline::Text { s: ", decorre dal ".into() },
                blank("data di decorrenza", 12),
                Inline::Text { s: ".".into() },
            ])],
            vec![table("Quote a carico dei Comuni", 3), paragraph(text("Testo dopo la tabella."))],
        ],
    )];
    vec![article("oggetto", 1, "Oggetto", first), article("durata-e-recesso", 2, "Durata e recesso", second)]
}

/// An act with everything in it.
pub fn act() -> Act {
    let mut blocks = vec![
        Block::Title { text: text("Convenzione per la gestione associata") },
        Block::Subtitle { text: text("ai sensi dell’art. 30 del d.lgs. 267/2000") },
        Block::Formula { text: text("TRA") },
        paragraph(vec![
            Inline::Strong { c: vec![value("Comune di Cantiano")] },
            Inline::Text { s: format!(", {HOSTILE}, ").into() },
            Inline::Emphasis { c: vec![Inline::Strong { c: text("di seguito «ente»") }] },
            Inline::Break,
            value("via D’Annunzio 3"),
        ]),
        Block::Section { level: 2, text: text("Premesse") },
        list(ListStyle::Dashes, vec![item("visto l’art. 30;"), item("considerato quanto segue.")]),
        Block::Formula { text: text("DELIBERA") },
        list(
            ListStyle::Commas,
            vec![
                item("di approvare lo schema;"),
                vec![
                    paragraph(text("di dare atto che:")),
                    list(ListStyle::Letters, vec![item("primo;"), item("secondo;")]),
                ],
            ],
        ),
        paragraph(text("Con separata votazione:")),
        list(ListStyle::Commas, vec![item("di dichiarare l’atto immediatamente eseguibile.")]),
    ];
    blocks.extend(articles());
    let firmato = "documento firmato digitalmente";
    blocks.push(paragraph(text("Letto, approvato e sottoscritto.")));
    blocks.push(Block::Signatures {
        slots: vec![
            signature("Per il Comune di Cantiano", value("Maria Rossi"), firmato),
            signature("Per il Comune di Cagli", blank("nome del sindaco", 30), firmato),
            signature("Per l’Unione Catria e Nerone", value("Giovanni Bianchi"), ""),
        ],
    });
    let nested = vec![
        Block::Section { level: 3, text: text("Tariffe") },
        table("Listino", 60),
        table("", 1),
        Block::Signatures { slots: vec![signature("Il Responsabile", value("Anna Verdi"), firmato)] },
    ];
    let heading = text("Quadro economico");
    blocks.push(Block::Annex(Annex { id: "quadro".into(), letter: "A".into(), heading, blocks: nested }));
    Act {
        kind: ActKind::Convenzione,
        stem: "01-convenzione".to_owned(),
        title: format!("Convenzione {HOSTILE}"),
        subject: "Gestione associata dei servizi".into(),
        author: "Provincia di Prova".into(),
        header: "Convenzione – Comune di Cantiano & altri".into(),
        date: NaiveDate::from_ymd_opt(2025, 3, 12).unwrap(),
        blocks,
    }
}

/// The plain words of every run, in reading order, as the outputs must show them.
pub fn runs(act: &Act) -> Vec<String> {
    let mut runs = Vec::new();
    for_each_run(&act.blocks, &mut |run| runs.push(plain(run).replace('\u{7}', "")));
    runs.retain(|run| !run.is_empty());
    runs
}

/// A title, so many paragraphs, an article of so many commas, a formula and two slots to sign in: the end of a convention.
pub fn closing(paragraphs: usize, commas: usize) -> Vec<Block> {
    let slot = Signature { party: vec![], office: text("Il Sindaco"), name: text("Prima Provetta"), note: vec![] };
    let mut blocks = vec![Block::Title { text: text("Convenzione") }];
    blocks.extend((0..paragraphs).map(|n| paragraph(text(&format!("Riga {n}.")))));
    let items = (1..=commas).map(|n| item(&format!("Comma numero {n}."))).collect();
    blocks.push(Block::Article(Article {
        id: "chiusura".into(),
        number: 1,
        heading: text("Sottoscrizione"),
        covers: vec![],
        place: Place::None,
        blocks: vec![
            list(ListStyle::Commas, items),
            paragraph(text("Letto e sottoscritto.")),
            Block::Signatures { slots: vec![slot.clone(), slot] },
        ],
    }));
    blocks
}
