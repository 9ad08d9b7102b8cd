//! What a DOCX must hold, read back from the zip: parts, order, numbering, heads, language, properties, words.

use std::io::{Cursor, Read};

use super::element::{self, Element, Node};
use super::{docx, order};
use crate::act::{Act, ActKind, Block, ListStyle};
use crate::emit::sample;

fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..package.len())
        .map(|index| {
            let mut file = package.by_index(index).unwrap();
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            (file.name().unwrap().into_owned(), text)
        })
        .collect()
}

/// A part as a tree.
fn part(bytes: &[u8], path: &str) -> Element {
    let (_, text) = parts(bytes).into_iter().find(|(name, _)| name == path).unwrap();
    element::tree(text.as_bytes()).unwrap()
}

fn all<'a>(element: &'a Element, name: &str, found: &mut Vec<&'a Element>) {
    for child in element.elements() {
        if child.name == name {
            found.push(child);
        }
        all(child, name, found);
    }
}

fn find<'a>(element: &'a Element, name: &str) -> Vec<&'a Element> {
    let mut found = Vec::new();
    all(element, name, &mut found);
    found
}

fn words(element: &Element) -> String {
    let mut read = String::new();
    for child in &element.children {
        match child {
            Node::Element(child) if child.name == "w:br" => read.push(' '),
            Node::Element(child) if child.name == "w:instrText" => {}
            Node::Element(child) => read += &words(child),
            Node::Text(text) => read += &quick_xml::escape::unescape(text).unwrap(),
        }
    }
    read
}

/// Numbering instance and level.
type Numbered = (String, String);

/// Style, numbering and words of every paragraph.
fn paragraphs(document: &Element) -> Vec<(String, Option<Numbered>, String)> {
    let value = |element: Option<&Element>| element.and_then(|e| e.attribute("w:val")).unwrap_or_default().to_owned();
    find(document, "w:p")
        .into_iter()
        .map(|paragraph| {
            let properties = paragraph.child("w:pPr");
            let style = value(properties.and_then(|p| p.child("w:pStyle")));
            let numbering = properties.and_then(|p| p.child("w:numPr"));
            let numbering = numbering.map(|n| (value(n.child("w:numId")), value(n.child("w:ilvl"))));
            (style, numbering, words(paragraph))
        })
        .collect()
}

fn bare(blocks: Vec<Block>) -> Act {
    let mut act = sample::act();
    act.kind = ActKind::DeliberaAdesione;
    act.blocks = blocks;
    act
}

#[test]
fn the_package_holds_these_parts_in_this_order() {
    let bytes = docx(&sample::act()).unwrap();
    let names: Vec<String> = parts(&bytes).into_iter().map(|(name, _)| name).collect();
    let expected = [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/header1.xml",
        "word/header2.xml",
        "word/numbering.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ];
    assert_eq!(names, expected);
    for relation in part(&bytes, "word/_rels/document.xml.rels").elements() {
        assert!(names.contains(&format!("word/{}", relation.attribute("Target").unwrap())));
    }
    for kind in part(&bytes, "[Content_Types].xml").elements().filter(|kind| kind.name == "Override") {
        assert!(names.contains(&kind.attribute("PartName").unwrap()[1..].to_owned()));
    }
}

#[test]
fn the_same_act_gives_the_same_bytes_on_any_thread() {
    let act = sample::act();
    let first = docx(&act).unwrap();
    let others = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..3).map(|_| scope.spawn(|| docx(&act).unwrap())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(others.iter().all(|other| *other == first));
    assert_eq!(docx(&act).unwrap(), first);
}

#[test]
fn the_words_are_those_of_the_act_in_order() {
    let act = sample::act();
    let document = part(&docx(&act).unwrap(), "word/document.xml");
    let text: Vec<String> = paragraphs(&document).into_iter().map(|(_, _, words)| words).collect();
    let text = text.join("\n");
    assert!(text.contains(sample::HOSTILE_READ));
    let mut rest = text.as_str();
    for run in sample::runs(&act) {
        let at = rest.find(&run).unwrap_or_else(|| panic!("«{run}» is missing or out of order"));
        rest = &rest[at + run.len()..];
    }
    for label in ["Allegato A – Quadro economico", "Tabella 1 – Quote a carico", "Tabella 2 – Listino"] {
        assert!(text.contains(label), "{label}");
    }
}

#[test]
fn articles_commas_and_letters_are_one_multilevel_list() {
    let bytes = docx(&sample::act()).unwrap();
    let document = part(&bytes, "word/document.xml");
    let numbered = |start: &str| {
        let found = paragraphs(&document).into_iter().find(|(_, _, words)| words.starts_with(start));
        let (style, numbering, _) = found.unwrap();
        (style, numbering.unwrap())
    };
    let (style, (articles, level)) = numbered("Oggetto");
    assert_eq!((style.as_str(), level.as_str()), ("Heading2", "0"));
    assert_eq!(numbered("Durata e recesso").1, (articles.clone(), "0".to_owned()));
    assert_eq!(numbered("Gli enti").1, (articles.clone(), "1".to_owned()));
    assert_eq!(numbered("la gestione").1, (articles.clone(), "2".to_owned()));
    assert_eq!(numbered("i servizi non").1, (articles.clone(), "2".to_owned()));
    assert_eq!(numbered("La convenzione").1, (articles.clone(), "1".to_owned()));

    let points = numbered("di approvare").1;
    assert_eq!(numbered("primo;").1, (points.0.clone(), "1".to_owned()));
    let restarted = [numbered("Elenco che").1.0, numbered("di dichiarare").1.0, points.0, articles];
    assert!((1..4).all(|i| !restarted[i..].contains(&restarted[i - 1])), "{restarted:?}");

    let numbering = part(&bytes, "word/numbering.xml");
    let texts: Vec<_> = find(&numbering, "w:lvlText").iter().map(|t| t.attribute("w:val").unwrap()).collect();
    assert_eq!(texts, ["Art. %1 –", "%2.", "%3)", "%1.", "%2)", "%1)", "–"]);
    assert!(find(&numbering, "w:abstractNum").iter().all(|a| a.attribute("w:abstractNumId") != Some("1")));
    for instance in
        find(&numbering, "w:num").iter().filter(|num| restarted.iter().any(|id| num.attribute("w:numId") == Some(id)))
    {
        assert_eq!(find(instance, "w:startOverride")[0].attribute("w:val"), Some("1"));
    }
}

#[test]
fn the_last_comma_stays_with_the_signatures() {
    let document = part(&docx(&bare(sample::closing(1, 3))).unwrap(), "word/document.xml");
    let kept: Vec<String> = find(&document, "w:p")
        .into_iter()
        .filter(|it| it.child("w:pPr").is_some_and(|properties| properties.child("w:keepNext").is_some()))
        .map(words)
        .filter(|words| words.contains("omma") || words.contains("Letto") || words.contains("Riga"))
        .collect();
    assert_eq!(kept, ["Comma numero 3.", "Letto e sottoscritto."]);
}

#[test]
fn an_article_out_of_sequence_keeps_its_number() {
    let mut act = sample::act();
    for block in &mut act.blocks {
        if let Block::Article(article) = block {
            article.number += 4 * article.number;
        }
    }
    let numbering = part(&docx(&act).unwrap(), "word/numbering.xml");
    let starts: Vec<_> = find(&numbering, "w:startOverride").iter().map(|s| s.attribute("w:val").unwrap()).collect();
    assert!(starts.contains(&"5") && starts.contains(&"10"), "{starts:?}");
}

#[test]
fn an_item_without_a_paragraph_still_has_its_label() {
    let inner = sample::list(ListStyle::Letters, vec![vec![sample::paragraph(sample::text("dentro"))]]);
    let act = bare(vec![sample::list(ListStyle::Commas, vec![vec![inner], vec![]])]);
    let document = part(&docx(&act).unwrap(), "word/document.xml");
    let levels: Vec<_> = paragraphs(&document).into_iter().filter_map(|(_, n, _)| n.map(|(_, level)| level)).collect();
    assert_eq!(levels, ["0", "1", "0"]);
}

#[test]
fn table_heads_repeat_and_rows_stay_whole() {
    let document = part(&docx(&sample::act()).unwrap(), "word/document.xml");
    let tables = find(&document, "w:tbl");
    assert_eq!(tables.len(), 4);
    for table in &tables {
        let rows = find(table, "w:tr");
        let heads = rows.iter().filter(|row| !find(row, "w:tblHeader").is_empty()).count();
        let has_head = !find(table, "w:shd").is_empty();
        assert_eq!(heads, usize::from(has_head));
        assert!(rows.iter().all(|row| !find(row, "w:cantSplit").is_empty()));
        let grid: usize =
            find(table, "w:gridCol").iter().map(|c| c.attribute("w:w").unwrap().parse::<usize>().unwrap()).sum();
        assert!(grid <= 9072 && grid > 8000, "{grid}");
    }
    let total = find(tables[0], "w:tr").pop().unwrap();
    assert!(!find(total, "w:b").is_empty());
}

#[test]
fn headings_make_the_outline() {
    let document = part(&docx(&sample::act()).unwrap(), "word/document.xml");
    let headings: Vec<_> =
        paragraphs(&document).into_iter().filter(|(style, ..)| style.starts_with("Heading")).collect();
    let headings: Vec<_> = headings.iter().map(|(style, _, words)| (style.as_str(), words.as_str())).collect();
    let expected = [
        ("Heading1", "Convenzione per la gestione associata"),
        ("Heading2", "Premesse"),
        ("Heading2", "Oggetto"),
        ("Heading2", "Durata e recesso"),
        ("Heading2", "Allegato A – Quadro economico"),
        ("Heading3", "Tariffe"),
    ];
    assert_eq!(headings, expected);
}

#[test]
fn language_and_properties_are_set() {
    let bytes = docx(&sample::act()).unwrap();
    let styles = part(&bytes, "word/styles.xml");
    assert_eq!(find(&styles, "w:lang")[0].attribute("w:val"), Some("it-IT"));
    let core = part(&bytes, "docProps/core.xml");
    let property = |name: &str| words(core.child(name).unwrap());
    assert_eq!(property("dc:title"), format!("Convenzione {}", sample::HOSTILE_READ));
    assert_eq!(property("dc:creator"), "Provincia di Prova");
    assert_eq!(property("dc:language"), "it-IT");
    assert_eq!(property("dcterms:created"), "2025-03-12T00:00:00Z");
    assert_eq!(property("dcterms:modified"), "2025-03-12T00:00:00Z");
    let footer: String =
        parts(&bytes).into_iter().filter(|(name, _)| name.contains("footer")).map(|(_, t)| t).collect();
    assert_eq!(footer.matches("NUMPAGES").count(), 2);
}

#[test]
fn references_link_to_bookmarks() {
    let document = part(&docx(&sample::act()).unwrap(), "word/document.xml");
    let names: Vec<_> = find(&document, "w:bookmarkStart").iter().map(|b| b.attribute("w:name").unwrap()).collect();
    let links: Vec<_> = find(&document, "w:hyperlink").iter().map(|l| l.attribute("w:anchor").unwrap()).collect();
    assert_eq!(names, ["rif_1", "rif_2", "rif_3"]);
    assert_eq!(links, ["rif_1", "rif_3"]);
}

/// The act with everything in it as an agreement and as a form, and with more signatures.
fn every_kind() -> Vec<Act> {
    let mut form = sample::act();
    form.kind = ActKind::SchedaFabbisogni;
    form.blocks.push(sample::paragraph(sample::text("☐ sì ☒ no")));
    let mut signed = sample::act();
    for block in &mut signed.blocks {
        if let Block::Signatures { slots } = block {
            *slots = slots.iter().cycle().take(8).cloned().collect();
        }
    }
    vec![sample::act(), form, signed]
}

#[test]
fn no_identifier_of_a_session_is_left_and_order_is_the_schema_s() {
    for act in every_kind() {
        for (name, text) in parts(&docx(&act).unwrap()).into_iter().filter(|(name, _)| name.ends_with(".xml")) {
            assert!(!text.contains("paraId") && !text.contains("rsid"), "{name}");
            assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{name}");
            let mut sorted = element::tree(text.as_bytes()).unwrap();
            let written = element::write(&sorted).unwrap();
            sorted.transform(&mut order::sort);
            assert_eq!(String::from_utf8(written), String::from_utf8(element::write(&sorted).unwrap()), "{name}");
        }
    }
}

#[test]
fn a_form_is_filled_in_through_controls_each_of_its_own_number() {
    let mut act = bare(vec![
        sample::paragraph(vec![sample::blank("nome <\"A & B\">", 12), sample::blank("", 4)]),
        sample::paragraph(sample::text("☐ sì ☒ no")),
    ]);
    act.kind = ActKind::SchedaFabbisogni;
    let document = part(&docx(&act).unwrap(), "word/document.xml");
    let controls = find(&document, "w:sdtPr");
    let of = |name: &str, attribute: &str| -> Vec<Option<&str>> {
        controls.iter().map(|control| find(control, name).first().and_then(|e| e.attribute(attribute))).collect()
    };
    let titles = [Some("nome &lt;&quot;A &amp; B&quot;&gt;"), None, Some("casella"), Some("casella barrata")];
    assert_eq!(of("w:alias", "w:val"), titles);
    assert_eq!(of("w:id", "w:val"), [Some("1"), Some("2"), Some("3"), Some("4")]);
    assert_eq!(of("w14:checked", "w14:val"), [None, None, Some("0"), Some("1")]);
    assert_eq!(controls.iter().filter(|control| control.child("w:text").is_some()).count(), 2);
    let shown: Vec<String> = find(&document, "w:sdtContent").into_iter().map(words).collect();
    assert_eq!(shown, ["............", "....", "☐", "☒"]);
}

#[test]
fn what_a_document_refers_to_is_there() {
    let numbering = |act: &Act| {
        let bytes = docx(act).unwrap();
        let relations = part(&bytes, "word/_rels/document.xml.rels");
        let targets: Vec<_> = relations.elements().map(|r| (r.attribute("Id"), r.attribute("Target"))).collect();
        let document = part(&bytes, "word/document.xml");
        for (name, kind) in [("w:headerReference", "header"), ("w:footerReference", "footer")] {
            let references = find(&document, name);
            assert_eq!(references.len(), 2);
            for reference in references {
                let of = targets.iter().find(|(id, _)| *id == reference.attribute("r:id")).unwrap().1.unwrap();
                assert!(of.starts_with(kind), "{of}");
            }
        }
        targets.iter().any(|(_, target)| *target == Some("numbering.xml"))
    };
    let plain = bare(vec![sample::paragraph(sample::text("Senza numeri."))]);
    let empty = bare(vec![sample::list(ListStyle::Commas, vec![])]);
    assert!(numbering(&sample::act()));
    assert!(!numbering(&plain) && !numbering(&empty));
}

#[test]
fn each_of_many_numberings_is_its_own() {
    let starts = |first: u32| {
        let mut act = sample::act();
        for block in &mut act.blocks {
            if let Block::Article(article) = block {
                article.number += first;
            }
        }
        let numbering = part(&docx(&act).unwrap(), "word/numbering.xml");
        let starts = find(&numbering, "w:startOverride");
        starts.iter().any(|start| start.attribute("w:val") == Some(&(first + 1).to_string()))
    };
    // More than are kept, and then again.
    assert!((0..70).chain(0..70).all(starts));
}
