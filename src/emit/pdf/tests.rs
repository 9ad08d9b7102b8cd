//! A file inside the PDF: its bytes, its name, and that acts without one stay what they were.

use super::{Attachment, Press};
use crate::act::{Act, ActKind, Block};
use crate::emit::sample::{closing, paragraph, text};
use crate::fatturapa::sample::day;

fn act() -> Act {
    Act {
        kind: ActKind::Convenzione,
        stem: "fattura-12-2026".into(),
        title: "Fattura n. 12/2026".into(),
        subject: "Quota di adesione".into(),
        author: "Provincia di Prova".into(),
        header: "Copia di cortesia".into(),
        date: day(2026, 3, 2),
        blocks: vec![Block::Title { text: text("Fattura n. 12/2026") }, paragraph(text("Copia di cortesia."))],
    }
}

/// On a thread with room for the layout, which recurses.
fn on_deep_stack<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(8 << 20);
        thread.spawn_scoped(scope, run).expect("a thread").join().expect("no panic")
    })
}

fn print(act: &Act, name: &str, bytes: &[u8]) -> Result<Vec<u8>, super::EmitError> {
    let attachment = Attachment { name, bytes, description: "La fattura elettronica" };
    on_deep_stack(|| Press::new().expect("a press").pdf_with(act, &attachment))
}

fn has(pdf: &[u8], words: &str) -> bool {
    pdf.windows(words.len()).any(|window| window == words.as_bytes())
}

/// What the PDF says of itself in its XMP, which is never compressed.
fn part(pdf: &[u8]) -> &'static str {
    if has(pdf, "<pdfaid:part>3</pdfaid:part>") {
        "3"
    } else if has(pdf, "<pdfaid:part>2</pdfaid:part>") {
        "2"
    } else {
        "?"
    }
}

#[test]
fn the_attached_file_is_the_very_bytes_given() {
    let xml = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>citt\xc3\xa0 &amp; ]]&gt;</a>\n";
    let act = act();
    let pdf = print(&act, "IT80000000011_6F00C.xml", xml).expect("a PDF");
    assert_eq!(part(&pdf), "3");
    let document = pdf_extract::Document::load_mem(&pdf).expect("a PDF that opens");
    let embedded: Vec<Vec<u8>> = document
        .objects
        .values()
        .filter_map(|object| object.as_stream().ok())
        .filter(|stream| {
            stream.dict.get(b"Type").and_then(|kind| kind.as_name()).is_ok_and(|kind| kind == b"EmbeddedFile")
        })
        .map(|stream| stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()))
        .collect();
    assert_eq!(embedded, [xml.to_vec()]);
    assert!(has(&pdf, "/AFRelationship/Alternative") || has(&pdf, "/AFRelationship /Alternative"));
    assert_eq!(pdf, print(&act, "IT80000000011_6F00C.xml", xml).expect("again"), "the same bytes");
    assert_eq!(pdf.last(), Some(&b'\n'));
}

#[test]
fn an_act_without_attachment_stays_pdf_a_2() {
    let pdf = on_deep_stack(|| Press::new().expect("a press").pdf(&act()).expect("a PDF"));
    assert_eq!(part(&pdf), "2");
    assert!(!has(&pdf, "EmbeddedFile"));
}

#[test]
fn a_name_that_is_not_a_file_name_is_refused() {
    for name in ["", ".xml", "../a.xml", "a/b.xml", "a b.xml", "à.xml", "a\\b"] {
        assert!(print(&act(), name, b"<a/>").is_err(), "{name}");
    }
}

/// With every number of lines before it, the end of the act crosses the end of the page at some point.
#[test]
fn no_signature_stands_on_a_page_without_a_line_of_the_act() {
    let mut on_the_second = 0;
    on_deep_stack(|| {
        let press = Press::new().expect("a press");
        for lines in 25..48 {
            let pdf = press.pdf(&Act { blocks: closing(lines, 3), ..act() }).expect("a PDF");
            let pages = pdf_extract::extract_text_from_mem_by_pages(&pdf).expect("text");
            let plain = |page: &String| page.split_whitespace().collect::<Vec<_>>().join(" ");
            let pages: Vec<String> = pages.iter().map(plain).collect();
            let plain = pages.iter().find(|page| page.contains("Prima Provetta"));
            let plain = plain.unwrap_or_else(|| panic!("no signatures in {pages:?}"));
            assert!(plain.contains("3. Comma numero 3. Letto e sottoscritto."), "{lines} lines before: {plain}");
            on_the_second += usize::from(!plain.contains("Sottoscrizione"));
        }
    });
    assert!(on_the_second > 0, "none crosses the end of the page");
}
