//! Files that bite: noise, cut files, giant lines, archives that are something else, PDFs without an end. Each gives a report or a
//! refusal, soon, and never a panic.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use scrivano::examine::Examination;
use scrivano::pipeline;

use crate::support::packages::{archive, word};

/// Far more than a test build needs.
const PATIENCE: Duration = Duration::from_secs(60);

fn try_it(name: &str, bytes: &[u8]) -> Result<Examination, String> {
    let start = Instant::now();
    let found = pipeline::examine(name, bytes, crate::support::today());
    assert!(start.elapsed() < PATIENCE, "{name} took {:?}", start.elapsed());
    found.map_err(|refusal| {
        assert_eq!(refusal.code, "ESA-01", "{name}");
        assert!(!refusal.hint.is_empty(), "{name}");
        refusal.message
    })
}

/// A PDF with this content on its only page; `fonts` has none.
fn pdf(content: &str, resources: &str, more: &str) -> Vec<u8> {
    let page = format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{resources}>>/Contents 4 0 R>>endobj\n\
         4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\n{more}\n",
        content.len()
    );
    format!("{page}trailer<</Root 1 0 R/Size 9>>\n%%EOF\n").into_bytes()
}

#[test]
fn hidden_text_is_not_text_of_the_act() {
    let act = crate::rules::documents::SOUND;
    let docx = |hides: &dyn Fn(&str) -> &'static str| {
        let paragraph = |line: &str| format!("<w:p><w:r><w:rPr>{}</w:rPr><w:t>{line}</w:t></w:r></w:p>", hides(line));
        word(&act.lines().map(paragraph).collect::<String>())
    };
    let has_a_term = |docx: &[u8]| {
        let elements = try_it("atto.docx", docx).expect("a report").elements;
        elements.iter().any(|it| it.element.slug() == "durata" && it.found)
    };
    let of_term = |line: &str| line.starts_with("1. La convenzione dura");
    assert!(has_a_term(&docx(&|_| "<w:b/>")));
    assert!(!has_a_term(&docx(&|line| if of_term(line) { "<w:vanish/>" } else { "" })));
    assert!(has_a_term(&docx(&|line| if of_term(line) { "<w:vanish w:val=\"0\"/>" } else { "" })));
}

#[test]
fn work_left_in_a_document_is_told_once_a_kind_and_struck_words_are_not_read() {
    let act = crate::rules::documents::SOUND;
    let run = |properties: &str, text: &str| format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>");
    let told = |of_term: &dyn Fn(&str) -> String| {
        let paragraph = |line: &str| {
            let is_term = line.starts_with("1. La convenzione dura");
            let runs = if is_term { of_term(line) } else { run("<w:b/>", line) };
            format!("<w:p>{runs}</w:p>")
        };
        let found = try_it("atto.docx", &word(&act.lines().map(paragraph).collect::<String>())).expect("a report");
        let has_term = found.elements.iter().any(|it| it.element.slug() == "durata" && it.found);
        let messages = found.diagnostics.into_iter().filter(|it| it.code == "ESA-20").map(|it| it.message);
        (messages.collect::<Vec<_>>().join("; "), has_term)
    };
    let is = |of_term: &dyn Fn(&str) -> String, words: &str, has_term: bool| {
        let (message, found) = told(of_term);
        assert!(message.contains(words) && message.is_empty() == words.is_empty(), "{message}");
        assert_eq!(found, has_term, "{words}");
    };
    is(&|line| format!("<w:ins w:id=\"1\">{}</w:ins>", run("", line)), "revisioni", true);
    let deleted = "<w:del w:id=\"1\"><w:r><w:delText>tre</w:delText></w:r></w:del>";
    is(&|line| format!("{deleted}{}{deleted}", run("", line)), "in 1 paragrafo", true);
    is(
        &|line| format!("<w:del w:id=\"1\">{}</w:del>", run("", line).replace("w:t>", "w:delText>")),
        "revisioni",
        false,
    );
    is(&|line| format!("{}<w:r><w:commentReference w:id=\"0\"/></w:r>", run("", line)), "1 commento", true);
    is(&|line| run("<w:strike/>", line), "barrato, in 1 paragrafo: «1. La convenzione dura", false);
    is(&|line| run("<w:highlight w:val=\"yellow\"/>", line), "evidenziato, in 1 paragrafo: «1. La conv", true);
    is(&|line| run("<w:strike w:val=\"0\"/><w:highlight w:val=\"none\"/>", line), "", true);
    // How the words looked before somebody changed them.
    is(&|line| run("<w:rPrChange w:id=\"1\"><w:rPr><w:vanish/><w:strike/></w:rPr></w:rPrChange>", line), "", true);
}

#[test]
fn a_paragraph_that_forgets_its_full_stop_hides_no_heading() {
    let act = crate::rules::documents::SOUND.replace("di cui all’art. 6.", "di cui all’articolo successivo");
    let docx = word(&act.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect::<String>());
    assert_eq!(try_it("atto.docx", &docx).expect("a report").articles, 7);
    assert_eq!(try_it("atto.txt", act.as_bytes()).expect("a report").articles, 7);
}

#[test]
fn what_wraps_a_document_is_no_document() {
    let letter =
        "Return-Path: <a@b.it>\nFrom: a@b.it\nTo: c@d.it\nSubject: convenzione\n\nSi trasmette la convenzione.";
    let coded = "MIIJ8AYJKoZIhvcNAQcCoIIJ4TCCCd0CAQExDTALBglghkgBZQMEAgEwCwYJKoZI\n".repeat(6);
    for (name, text) in [
        ("pagina.html", "<!DOCTYPE html><html><body>Art. 1 - Oggetto della convenzione fra i Comuni</body></html>"),
        ("messaggio.eml", letter),
        ("busta.p7m", &coded),
    ] {
        assert!(try_it(name, text.as_bytes()).is_err(), "{name}");
    }
}

#[test]
fn cut_files_are_refused_or_read() {
    let act = crate::rules::documents::SOUND;
    let docx = word(&act.lines().map(|line| format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")).collect::<String>());
    assert_eq!(try_it("intero.docx", &docx).expect("a report").articles, 7);
    for part in 1..20 {
        let cut = &docx[..docx.len() * part / 20];
        assert!(try_it("tagliato.docx", cut).is_err());
    }
    let font = "/Font<</F1 5 0 R>>";
    let helvetica = "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj";
    let lines: String = act.lines().map(|line| format!("({}) Tj 0 -14 Td ", line.replace(['(', ')'], ""))).collect();
    let whole = pdf(&format!("BT /F1 11 Tf 50 800 Td {lines} ET"), font, helvetica);
    let found = try_it("intero.pdf", &whole).expect("a report");
    assert_eq!(found.articles, 7);
    for part in 1..20 {
        let _either = try_it("tagliato.pdf", &whole[..whole.len() * part / 20]);
    }
}

#[test]
fn a_scan_without_text_says_what_to_do() {
    let message = try_it("scansione.pdf", &pdf("0 0 595 842 re f", "", "")).expect_err("a refusal");
    assert!(message.contains("non contiene testo"), "{message}");
}

#[test]
fn a_pdf_that_draws_itself_without_end_is_given_up() {
    // Every form draws two of the next: 2^40 steps in a page.
    let forms: String = (5..45)
        .map(|n| {
            let next = n + 1;
            let content = "/A Do /A Do";
            format!(
                "{n} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</A {next} 0 R>>>>/Length {}>>stream\n{content}\n\
                 endstream endobj\n",
                content.len()
            )
        })
        .collect();
    let last = "45 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 14>>stream\n0 0 1 1 re f  \nendstream endobj";
    let _refused = try_it("senza-fine.pdf", &pdf("/A Do", "/XObject<</A 5 0 R>>", &format!("{forms}{last}")))
        .expect_err("a refusal");
    let nested = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let _either = try_it("annidato.pdf", &pdf("", "", &format!("5 0 obj{nested}endobj")));
    let _either = try_it("annidato2.pdf", &pdf(&format!("{nested} TJ"), "", ""));
    let hidden = "[(])".repeat(200_000);
    assert!(try_it("nascosto.pdf", &pdf("", "", &format!("5 0 obj{hidden}endobj"))).is_err());
    // Beginnings of streams by the hundred thousand, each of which would be unpacked to the end of the file.
    for (name, beginning) in [("flussi.pdf", &b"stream\n\x78\x9c"[..]), ("parole.pdf", b"stream\nx")] {
        assert!(try_it(name, &[b"%PDF-1.7\n", beginning.repeat(300_000).as_slice()].concat()).is_err());
    }
    // As deep as is let through.
    let allowed = format!("{}{}", "[".repeat(4_900), "]".repeat(4_900));
    let _either = try_it("profondo.pdf", &pdf(&format!("{allowed} TJ"), "", &format!("5 0 obj{allowed}endobj")));
}

#[test]
fn giant_texts_and_lines_end_soon() {
    let long = "La convenzione dura ".repeat(500_000);
    assert!(try_it("lungo.txt", long.as_bytes()).is_err());
    let words = "parola ".repeat(25_000);
    assert!(try_it("riga.txt", words.as_bytes()).is_ok());
    let heads: String = (0..20_000).map(|n| format!("Art. {} - Oggetto\n1. a)\n", n % 9)).collect();
    assert!(try_it("teste.txt", heads.as_bytes()).is_ok());
    let spaced = "a ".repeat(90_000);
    let _either = try_it("spazi.txt", spaced.as_bytes());
    let dots =
        format!("Art. 1 - Oggetto dell’atto di convenzione fra Comuni\n{}\nArt. 2 - Durata\n", "._[(".repeat(40_000));
    assert!(try_it("puntini.txt", dots.as_bytes()).is_ok());
}

#[test]
fn archives_that_bite_are_refused() {
    let bomb = archive(&[("word/document.xml", &vec![b' '; 70_000_000])]);
    assert!(try_it("bomba.docx", &bomb).is_err());
    let deep = word(&format!("{}{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000)));
    assert!(try_it("profondo.docx", &deep).is_err());
    let message = try_it("foglio.docx", &archive(&[("xl/workbook.xml", b"<a/>")])).expect_err("a refusal");
    assert!(message.contains("Excel"), "{message}");
    let entity = b"<!DOCTYPE a [<!ENTITY b \"cccc\">]><w:document><w:body><w:p><w:r><w:t>&b;&b;</w:t></w:r></w:p></w:body></w:document>";
    assert!(try_it("entita.docx", &archive(&[("word/document.xml", entity)])).is_err());
}

/// A document whose root declares `entities`, with a sound act in which `inside` stands.
fn with_entities(entities: &str, inside: &str) -> Vec<u8> {
    let lines = crate::rules::documents::SOUND.lines();
    let act: String = lines.map(|line| format!("<w:p><w:r><w:t>{line} {inside}</w:t></w:r></w:p>")).collect();
    let declared = if entities.is_empty() { String::new() } else { format!("<!DOCTYPE w:document [{entities}]>") };
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>{declared}<w:document xmlns:w=\"urn:w\"><w:body>{act}</w:body></w:document>"
    );
    archive(&[("word/document.xml", xml.as_bytes())])
}

#[test]
fn entities_are_not_expanded_and_no_file_is_fetched() {
    let bomb: String = std::iter::once("<!ENTITY a0 \"DURATA\">".to_owned())
        .chain((1..30).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))))
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("segreto.txt");
    std::fs::write(&secret, "la convenzione dura SEGRETOSEGRETO anni").expect("written");
    let outside = format!("<!ENTITY fuori SYSTEM \"file://{}\">", secret.display());
    let parameter = format!("<!ENTITY % fuori SYSTEM \"file://{}\"> %fuori;", secret.display());
    let plain = try_it("piano.docx", &with_entities("", "")).expect("a report");
    for (name, entities, inside) in [
        ("bomba.docx", bomb.as_str(), "&a29;"),
        ("fuori.docx", &outside, "&fuori;"),
        ("parametro.docx", &parameter, "&fuori;"),
        ("passwd.docx", "<!ENTITY p SYSTEM \"file:///etc/passwd\">", "&p;"),
    ] {
        let start = Instant::now();
        let found = try_it(name, &with_entities(entities, inside)).expect("a report");
        assert!(start.elapsed() < Duration::from_secs(5), "{name}");
        // Entities are nothing: the same act as without them.
        let told = serde_json::to_string(&found).expect("JSON");
        let same = serde_json::to_string(&plain).expect("JSON").replace("piano.docx", name);
        assert_eq!(told, same, "{name}");
        // In an envelope as well the document is not opened.
        let envelope = [b"\x30\x83\x10\x00\x00".as_slice(), &with_entities(entities, inside)].concat();
        assert!(try_it("busta.p7m", &envelope).expect_err("a refusal").contains(".p7m"), "{name}");
    }
}

#[test]
fn huge_attributes_and_tags_end_soon() {
    let long = "a".repeat(20_000_000);
    for body in [
        format!("<w:p><w:pPr><w:pStyle w:val=\"{long}\"/></w:pPr></w:p>"),
        format!("<w:{long}/>"),
        format!("<w:p {}/>", "w:a=\"b\" ".repeat(1_000_000)),
        format!("<w:p><w:r><w:t>{long}</w:t></w:r></w:p>"),
    ] {
        let start = Instant::now();
        assert!(try_it("attributo.docx", &word(&body)).is_err());
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn noise_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..4000), kind in 0..4_usize) {
        let start: &[u8] = [&b""[..], b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xfe"][kind];
        let _either = try_it("rumore.bin", &[start, &bytes].concat());
    }

    #[test]
    fn words_in_any_order_never_panic(
        pieces in proptest::collection::vec(
            prop_oneof![
                Just("Art. 1 - "), Just("Art. 2\n"), Just("\n\n"), Just("a) "), Just("1. "), Just("Durata "), Just("______ "), Just("TITOLO II\n"),
                Just("dal 1° gennaio 2026 al 31/12/2025 "), Just("di cui all’art. 9 "), Just("INDICE\n"), Just("....... 3\n"), Just("\u{c}"),
                Just("DELIBERA\n"), Just("D.Lgs. 27/2000 "), Just("C O N V E N Z I O N E "), Just("à€ "), Just("… "), Just("[…] "), Just("tre anni. "),
            ],
            0..200,
        ),
    ) {
        let _either = try_it("caso.txt", pieces.concat().as_bytes());
    }
}
