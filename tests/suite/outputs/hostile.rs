//! Text from cells that looks like markup, is long, or cannot be printed.

use scrivano::emit::{docx as word, html as page};
use scrivano::pipeline::Checked;

use super::small::{Small, acts, pdfs, press};
use super::tree::{assert_same, squeezed};
use super::{docx, html, pdf, tree};

/// Markup of every language on the way, and a few escapes.
const HOSTILE: &str = "#let x = 1 **a** __b__ <b>&amp;</b> {{ente.nome}} {{{x}}} | c | \\ \\n [l](http://x) ![i](y) $a^2$ _k_ `c` \
    ~t~ @ref <etichetta> // via /* no */ #(1+1) 1. a) ]]> <!-- z --> %s ${y} \"q\" 'p' *";

fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.diagnostics.iter().filter(|found| found.is_error());
    errors.map(|found| format!("{} {} {}", found.code, found.place, found.message)).collect()
}

/// All formats of all acts say the words of the tree; gives these words.
fn everywhere(small: &Small) -> Vec<String> {
    let checked = small.checked();
    assert_eq!(errors(&checked), [] as [String; 0]);
    let acts = acts(checked.dossier.as_ref().expect("a dossier"));
    let print = |(act, file): (_, Vec<u8>)| {
        let act: &scrivano::act::Act = act;
        let expected = tree::words(act);
        assert_same("HTML", &expected, &html::words(&page::html(act)));
        assert_same("DOCX", &expected, &docx::words(&word::docx(act).expect("a DOCX")));
        assert_same("PDF", &expected, &pdf::words(&file, act));
        squeezed(&expected)
    };
    acts.iter().zip(pdfs(&acts)).map(print).collect()
}

#[test]
fn text_that_looks_like_markup_prints_as_it_is_in_every_format() {
    let small = Small::of("pesaro-urbino", &["c_a035"])
        .set("Convenzione", 0, "titolo", HOSTILE)
        .set("Deliberazioni", 1, "responsabile_tecnico", HOSTILE)
        .set("Servizi", 0, "descrizione", HOSTILE)
        .set("Servizi", 0, "nome", HOSTILE);
    let said = everywhere(&small);
    for (act, words) in ["convention", "deliberation"].iter().zip(&said) {
        assert!(words.contains(&squeezed(HOSTILE)), "the {act} does not say it literally");
    }
}

#[test]
fn long_texts_print_whole() {
    let words = "parola ".repeat(43);
    let one = "Lunghissima".repeat(28);
    let small = Small::of("upi", &["c_a315"]).set("Convenzione", 0, "titolo", words.trim()).set(
        "Deliberazioni",
        1,
        "responsabile_tecnico",
        one.as_str(),
    );
    let said = everywhere(&small);
    assert!(said.iter().all(|act| act.contains(&squeezed(&words))));
    assert!(said.iter().any(|act| act.contains(&one)));
}

#[test]
fn a_character_without_glyph_is_reported_at_its_cell_and_withholds_that_body_only() {
    for c in ["😀", "漢"] {
        let small = Small::of("pesaro-urbino", &["c_a035", "c_a327"]).set(
            "Deliberazioni",
            1,
            "responsabile_tecnico",
            format!("Bruno {c} Selvapiana"),
        );
        let checked = small.checked();
        let found: Vec<_> = checked.diagnostics.iter().filter(|found| found.is_error()).collect();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!((found[0].code, found[0].place.to_string().as_str()), ("WB-07", "Deliberazioni!Q3"));
        assert_eq!(found[0].body.as_deref(), Some("c_a035"));
        assert!(found[0].message.contains(c), "{}", found[0].message);
        let dossier = checked.dossier.as_ref().expect("a dossier");
        let index = |code: &str| dossier.find_body(code).expect("a body");
        assert_eq!(checked.withheld[index("c_a035")], ["WB-07"]);
        assert!(checked.withheld[index("c_a327")].is_empty());
    }
}

#[test]
fn whatever_the_press_lets_through_it_can_print() {
    // Format characters, private use, noncharacters, combining marks, other scripts, ligatures, line separators.
    let odd = [
        '\u{AD}',
        '\u{200B}',
        '\u{200D}',
        '\u{200E}',
        '\u{202E}',
        '\u{2028}',
        '\u{2029}',
        '\u{2060}',
        '\u{FEFF}',
        '\u{FFFD}',
        '\u{FFFE}',
        '\u{E000}',
        '\u{F8FF}',
        '\u{10FFFD}',
        '\u{301}',
        '\u{20DD}',
        '\u{FE0F}',
        'ﬁ',
        'ŀ',
        'ש',
        'ع',
        'Ж',
        'Ω',
        '₂',
        '²',
        '½',
        '№',
        '☐',
        '☑',
        '✓',
        '→',
        '€',
        '\u{A0}',
        '\u{202F}',
        '\u{85}',
        '\u{7F}',
        '\u{1}',
    ];
    for c in odd {
        let small = Small::of("upi", &["c_a315"]).set("Deliberazioni", 1, "segretario", format!("Anna{c} Bian{c}chi"));
        let checked = small.checked();
        let dossier = checked.dossier.as_ref().expect("a dossier");
        let reported = checked.diagnostics.iter().any(|found| found.code == "WB-07");
        let act = acts(dossier).remove(1);
        assert_eq!(reported, !press().unprintable(&act).is_empty(), "U+{:04X}", u32::from(c));
        if !reported {
            // It must not fail; that is all.
            assert_eq!(pdfs(&[act]).len(), 1, "U+{:04X}", u32::from(c));
        }
    }
}

#[test]
fn no_value_of_a_cell_stops_the_program() {
    // What clerks and their programs leave in cells, laid over the last record of a sheet, each time at other columns.
    let values = [
        "-1",
        "0",
        "99999999999999999999999999999999",
        "0,0000000000000000000000000001",
        "1e308",
        "31/12/9999",
        "1/1/0001",
        "01/01/262142",
        "=1/0",
        "'",
        "sì",
        "ß",
        "İ",
        "……",
        "%",
        "€ ",
        "#N/D",
        "\u{0}",
        "\u{FEFF}x",
        "1/2/3",
    ];
    let small = Small::of("upi", &["c_a315"]);
    for (turn, name) in small.sheets().enumerate() {
        let last = small.sheet(name).len() - 2;
        let mut spoiled = small.clone();
        for (index, column) in scrivano::schema::sheet(name).expect("a sheet").columns.iter().enumerate() {
            if !column.required {
                spoiled = spoiled.set(name, last, column.name, values[(index * 7 + turn) % values.len()]);
            }
        }
        let checked = spoiled.checked();
        assert!(checked.dossier.is_some() && checked.summary().errors > 0, "{name}");
    }
}
