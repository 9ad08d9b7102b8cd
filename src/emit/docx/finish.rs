//! The one pass over the parts that docx-rs built: what it cannot say is added, what is of no use is dropped, elements go
//! in the order of the schema. Works on XML trees, part by part; called by `docx` alone.

use std::collections::BTreeMap;

use docx_rs as word;

use super::element::{self, Element, Node};
use super::kept::{Part, kept};
use super::{controls, order, styles};
use crate::act::Act;
use crate::emit::EmitError;
use crate::emit::words::printable;

/// Language of the text, for proofing and for screen readers.
const LANGUAGE: &str = "it-IT";

/// The theme: docx-rs writes none, and validators miss it.
const THEME: (&str, &str) = ("word/theme/theme1.xml", include_str!("theme.xml"));

/// Parts by path inside the package.
pub(super) type Parts = BTreeMap<String, Part>;

/// The finished parts of the document.
///
/// # Errors
/// A part that is not well-formed XML.
pub(super) fn parts(built: word::XMLDocx, act: &Act) -> Result<Parts, EmitError> {
    let mut raw: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    raw.insert("docProps/app.xml".to_owned(), built.doc_props.app);
    raw.insert("word/document.xml".to_owned(), built.document);
    raw.insert("word/fontTable.xml".to_owned(), built.font_table);
    raw.insert("word/numbering.xml".to_owned(), built.numberings);
    raw.insert("word/settings.xml".to_owned(), built.settings);
    raw.insert("word/styles.xml".to_owned(), built.styles);
    for (index, header) in built.headers.into_iter().enumerate() {
        raw.insert(format!("word/header{}.xml", index + 1), header);
    }
    for (index, footer) in built.footers.into_iter().enumerate() {
        raw.insert(format!("word/footer{}.xml", index + 1), footer);
    }
    let mut parts = Parts::new();
    for (path, bytes) in raw {
        let part = match path.as_str() {
            "word/document.xml" | "word/numbering.xml" => {
                Part::Own(changed(&path, &bytes, |root| finish(&path, root))?)
            }
            path => kept(path, bytes, |bytes| changed(path, bytes, |root| finish(path, root)))?,
        };
        parts.insert(path, part);
    }
    let core = "docProps/core.xml";
    let properties = element::write(&core_properties(act), 1024);
    let properties = properties.map_err(|source| EmitError::Part { part: core.to_owned(), source })?;
    parts.insert(core.to_owned(), Part::Own(properties));
    parts.insert(THEME.0.to_owned(), kept(THEME.0, THEME.1.as_bytes().to_vec(), |theme| Ok(theme.to_vec()))?);

    // Relations and content types of the parts that were left out go with them.
    for (path, bytes, base) in
        [("_rels/.rels", built.rels, ""), ("word/_rels/document.xml.rels", built.document_rels, "word/")]
    {
        let relations = kept(path, bytes, |bytes| {
            changed(path, bytes, |root| {
                root.retain(|relation| {
                    relation.attribute("Target").is_some_and(|target| parts.contains_key(&format!("{base}{target}")))
                });
                if base == "word/" {
                    root.children.push(Node::Element(theme_relation()));
                }
            })
        })?;
        parts.insert(path.to_owned(), relations);
    }
    let path = "[Content_Types].xml";
    let types = kept(path, built.content_type, |bytes| {
        changed(path, bytes, |root| {
            root.retain(|kind| match kind.attribute("PartName") {
                Some(name) => parts.contains_key(name.trim_start_matches('/')),
                None => kind.attribute("Extension").is_some_and(|extension| matches!(extension, "rels" | "xml")),
            });
            root.children.push(Node::Element(theme_type()));
        })
    })?;
    parts.insert(path.to_owned(), types);
    Ok(parts)
}

fn changed(path: &str, bytes: &[u8], change: impl FnOnce(&mut Element<'_>)) -> Result<Vec<u8>, EmitError> {
    let run = || {
        let events = element::events(bytes)?;
        let mut root = element::tree(&events)?;
        change(&mut root);
        element::write(&root, bytes.len())
    };
    run().map_err(|source| EmitError::Part { part: path.to_owned(), source })
}

fn finish(path: &str, root: &mut Element<'_>) {
    match path {
        "docProps/app.xml" => root.children.push(Node::Element(Element::with_text("Application", &[], "Scrivano"))),
        "word/settings.xml" => settings(root),
        _ => {}
    }
    let mut number = 0;
    root.transform(&mut |element| {
        element.retain(|child| !is_hollow(child));
        match &*element.name {
            "w:p" => element.attributes.retain(|(name, _)| !name.starts_with("w14:") && !name.starts_with("w:rsid")),
            "w:gridCol" => element.attributes.retain(|(name, _)| name == "w:w"),
            "w:tr" => repeat_head(element),
            "w:sdt" => {
                number += 1;
                controls::complete(element, number);
            }
            "w:style" => style(element),
            "w:rPrDefault" => default_run(element),
            "w:numbering" => drop_unused_numbering(element),
            _ => {}
        }
        order::sort(element);
    });
}

fn theme_relation() -> Element<'static> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme";
    Element::new("Relationship", &[("Id", "rIdTheme"), ("Type", kind), ("Target", "theme/theme1.xml")])
}

fn theme_type() -> Element<'static> {
    let kind = "application/vnd.openxmlformats-officedocument.theme+xml";
    Element::new("Override", &[("PartName", "/word/theme/theme1.xml"), ("ContentType", kind)])
}

/// Property containers without properties say nothing.
fn is_hollow(element: &Element<'_>) -> bool {
    matches!(&*element.name, "w:pPr" | "w:rPr" | "w:trPr" | "w:tcPr" | "w:tblPr" | "w:pPrDefault")
        && element.children.is_empty()
        && element.attributes.is_empty()
}

/// Marks the row of head cells as the one to repeat on every page.
fn repeat_head(row: &mut Element<'_>) {
    let is_head = row
        .child("w:tc")
        .and_then(|cell| cell.child("w:p"))
        .and_then(|paragraph| paragraph.child("w:pPr"))
        .and_then(|properties| properties.child("w:pStyle"))
        .and_then(|style| style.attribute("w:val"))
        == Some(styles::HEAD_CELL);
    if is_head && let Some(properties) = row.child_mut("w:trPr") {
        properties.children.push(Node::Element(Element::new("w:tblHeader", &[])));
    }
}

fn style(style: &mut Element<'_>) {
    match style.attribute("w:styleId") {
        Some("Normal") => style.set("w:default", "1"),
        Some(id) if styles::CUSTOM.contains(&id) => style.set("w:customStyle", "1"),
        _ => {}
    }
}

/// The language of the document.
fn default_run(default: &mut Element<'_>) {
    let language = [("w:val", LANGUAGE), ("w:eastAsia", LANGUAGE), ("w:bidi", "ar-SA")];
    if let Some(properties) = default.child_mut("w:rPr") {
        properties.children.push(Node::Element(Element::new("w:lang", &language)));
        order::sort(properties);
    }
}

/// docx-rs always writes a definition and an instance with id 1, which nothing uses.
fn drop_unused_numbering(numbering: &mut Element<'_>) {
    numbering
        .retain(|child| child.attribute("w:abstractNumId") != Some("1") && child.attribute("w:numId") != Some("1"));
}

/// Compatibility switches for East Asian layout go, but not the one by which justified lines that end in a break are not
/// stretched; Italian conventions come.
fn settings(settings: &mut Element<'_>) {
    if let Some(compatibility) = settings.child_mut("w:compat") {
        compatibility.retain(|switch| matches!(&*switch.name, "w:compatSetting" | "w:doNotExpandShiftReturn"));
    }
    for (name, value) in [("w:themeFontLang", LANGUAGE), ("w:decimalSymbol", ","), ("w:listSeparator", ";")] {
        settings.children.push(Node::Element(Element::new(name, &[("w:val", value)])));
    }
}

/// Title, subject, author, language and day; docx-rs has no way to set them.
fn core_properties(act: &Act) -> Element<'static> {
    let day = format!("{}T00:00:00Z", act.date.format("%Y-%m-%d"));
    let mut root = Element::new(
        "cp:coreProperties",
        &[
            ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ],
    );
    for (name, text) in [("dc:title", &act.title), ("dc:subject", &act.subject), ("dc:creator", &act.author)] {
        root.children.push(Node::Element(Element::with_text(name, &[], &printable(text))));
    }
    root.children.push(Node::Element(Element::with_text("dc:language", &[], LANGUAGE)));
    for name in ["dcterms:created", "dcterms:modified"] {
        root.children.push(Node::Element(Element::with_text(name, &[("xsi:type", "dcterms:W3CDTF")], &day)));
    }
    root
}
