//! The documents themselves: what PDF and DOCX claim about themselves, and what makes them usable.

use std::sync::OnceLock;

use scrivano::act::Act;
use scrivano::emit::docx as word;

use super::docx::{Node, parse, part};
use super::small::{Small, acts, pdfs};

fn samples() -> &'static [Act] {
    static ACTS: OnceLock<Vec<Act>> = OnceLock::new();
    ACTS.get_or_init(|| {
        let checked = Small::of("pesaro-urbino", &["c_a035"]).checked();
        acts(checked.dossier.as_ref().expect("a dossier"))
    })
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn pdfs_claim_archive_and_access_and_end_with_a_line() {
    for (act, file) in samples().iter().zip(pdfs(samples())) {
        assert!(file.starts_with(b"%PDF-1.7"), "the version that PDF/A-2 wants");
        assert_eq!(file.last(), Some(&b'\n'), "a later PAdES signature would break PDF/A");
        for claim in ["<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>", "<pdfuaid:part>1<"]
        {
            assert!(contains(&file, claim), "{} lacks {claim}", act.title);
        }
        let title = quick_xml::escape::escape(act.title.as_str()).into_owned();
        assert!(contains(&file, &title), "the title is in the metadata, in clear");
        let document = pdf_extract::Document::load_mem(&file).expect("a PDF");
        let catalogue = document.catalog().expect("a catalogue");
        let language = catalogue.get(b"Lang").and_then(|lang| lang.as_str()).expect("a language");
        assert!(language.starts_with(b"it"), "the language is {language:?}");
        assert!(catalogue.get(b"Outlines").is_ok(), "bookmarks");
        assert!(catalogue.get(b"StructTreeRoot").is_ok(), "tags");
        let shows_title = catalogue.get_deref(b"ViewerPreferences", &document).and_then(|it| it.as_dict());
        let shows_title = shows_title.and_then(|it| it.get(b"DisplayDocTitle")).and_then(|it| it.as_bool());
        assert!(shows_title.unwrap_or(false), "viewers show the title, not the file name");
        let outline = catalogue.get_deref(b"Outlines", &document).and_then(|it| it.as_dict()).expect("bookmarks");
        assert!(outline.get(b"First").is_ok(), "the bookmarks are not empty");
        assert!(!contains(&file, "/tmp/"), "no path of the machine");
    }
}

fn styled<'a>(document: &'a Node, style: &str) -> Vec<&'a Node> {
    let has = |paragraph: &&Node| {
        let properties = paragraph.child("w:pPr");
        properties.and_then(|it| it.child("w:pStyle")).is_some_and(|found| found.val() == style)
    };
    document.all("w:p").into_iter().filter(has).collect()
}

#[test]
fn docx_has_headings_numbering_repeated_heads_language_and_properties() {
    for act in samples() {
        let file = word::docx(act).expect("a DOCX");
        let document = parse(&part(&file, "word/document.xml"));
        assert_eq!(styled(&document, "Heading1").len(), 1, "one title");
        let headings = styled(&document, "Heading2");
        let articles = act.articles().count();
        let numbered = headings.iter().filter(|paragraph| !paragraph.all("w:numPr").is_empty()).count();
        assert_eq!(numbered, articles, "articles are numbered by Word");
        let tables = document.all("w:tbl");
        let heads = tables.iter().filter(|table| !table.all("w:tblHeader").is_empty()).count();
        let with_text = tables.iter().filter(|table| !styled(table, "TestataTabella").is_empty()).count();
        assert_eq!(heads, with_text, "every table of data repeats its head");
        assert!(heads > 0, "the sample has tables");
        let styles = parse(&part(&file, "word/styles.xml"));
        assert!(styles.all("w:lang").iter().all(|language| language.val() == "it-IT"));
        assert!(!styles.all("w:lang").is_empty(), "a proofing language");
        let core = parse(&part(&file, "docProps/core.xml"));
        assert_eq!(core.child("dc:title").map(Node::words).as_deref(), Some(act.title.as_str()));
        assert_eq!(core.child("dc:creator").map(Node::words).as_deref(), Some(act.author.as_str()));
        assert_eq!(core.child("dc:subject").map(Node::words).as_deref(), Some(act.subject.as_str()));
        assert_eq!(core.child("dc:language").map(Node::words).as_deref(), Some("it-IT"));
        let day = act.date.format("%Y-%m-%dT00:00:00Z").to_string();
        assert_eq!(core.child("dcterms:created").map(Node::words), Some(day), "no clock in the document");
        // Every reference leads somewhere.
        let bookmarks: Vec<&str> = document.all("w:bookmarkStart").iter().map(|it| it.get("w:name")).collect();
        for link in document.all("w:hyperlink") {
            assert!(bookmarks.contains(&link.get("w:anchor")), "a link to nowhere: {link:?}");
        }
    }
}
