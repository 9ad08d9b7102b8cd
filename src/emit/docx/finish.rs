//! The one pass over the parts that docx-rs built: what it cannot say is added, what is of no use is dropped, elements go
//! in the order of the schema, and a gap is left for what is an act's own. Works on XML trees, part by part, once for all
//! documents; called by `frame` alone.

use std::collections::BTreeMap;

use docx_rs as word;

use super::element::{self, Element, Node};
use super::frame::{DOCUMENT, GAP, HEADER, NUMBERING, PROPERTIES};
use super::{LANGUAGE, order, styles};
use crate::emit::EmitError;

/// The theme: docx-rs writes none, and validators miss it.
const THEME: (&str, &str) = ("word/theme/theme1.xml", include_str!("theme.xml"));

/// The finished parts by path inside the package, those of an act with a [`GAP`]; its properties are left out.
///
/// # Errors
/// A part that is not well-formed XML.
pub(super) fn parts(built: word::XMLDocx) -> Result<BTreeMap<String, Vec<u8>>, EmitError> {
    let mut parts: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    parts.insert("docProps/app.xml".to_owned(), built.doc_props.app);
    parts.insert(DOCUMENT.to_owned(), built.document);
    parts.insert("word/fontTable.xml".to_owned(), built.font_table);
    parts.insert(NUMBERING.to_owned(), built.numberings);
    parts.insert("word/settings.xml".to_owned(), built.settings);
    parts.insert("word/styles.xml".to_owned(), built.styles);
    for (index, header) in built.headers.into_iter().enumerate() {
        parts.insert(format!("word/header{}.xml", index + 1), header);
    }
    for (index, footer) in built.footers.into_iter().enumerate() {
        parts.insert(format!("word/footer{}.xml", index + 1), footer);
    }
    for (path, part) in &mut parts {
        *part = changed(path, part, |root| finish(path, root))?;
    }
    parts.insert(THEME.0.to_owned(), THEME.1.as_bytes().to_vec());

    // Relations and content types of the parts that were left out go with them.
    for (path, bytes, base) in
        [("_rels/.rels", built.rels, ""), ("word/_rels/document.xml.rels", built.document_rels, "word/")]
    {
        let relations = changed(path, &bytes, |root| {
            root.retain(|relation| {
                relation.attribute("Target").is_some_and(|target| is_there(&parts, &format!("{base}{target}")))
            });
            if base == "word/" {
                root.children.push(Node::Element(theme_relation()));
            }
        })?;
        parts.insert(path.to_owned(), relations);
    }
    let path = "[Content_Types].xml";
    let types = changed(path, &built.content_type, |root| {
        root.retain(|kind| match kind.attribute("PartName") {
            Some(name) => is_there(&parts, name.trim_start_matches('/')),
            None => kind.attribute("Extension").is_some_and(|extension| matches!(extension, "rels" | "xml")),
        });
        root.children.push(Node::Element(theme_type()));
    })?;
    parts.insert(path.to_owned(), types);
    Ok(parts)
}

/// True for a part that every document has.
fn is_there(parts: &BTreeMap<String, Vec<u8>>, path: &str) -> bool {
    path == PROPERTIES || parts.contains_key(path)
}

fn changed(path: &str, bytes: &[u8], change: impl FnOnce(&mut Element)) -> Result<Vec<u8>, EmitError> {
    let run = || {
        let mut root = element::tree(bytes)?;
        change(&mut root);
        element::write(&root)
    };
    run().map_err(|source| EmitError::Part { part: path.to_owned(), source })
}

fn finish(path: &str, root: &mut Element) {
    root.transform(&mut |element| {
        element.retain(|child| !is_hollow(child));
        match &*element.name {
            "w:p" => element.attributes.retain(|(name, _)| !name.starts_with("w14:") && !name.starts_with("w:rsid")),
            "w:style" => style(element),
            "w:rPrDefault" => default_run(element),
            _ => {}
        }
        order::sort(element);
    });
    let gap = || Node::Text(GAP.to_owned());
    match path {
        "docProps/app.xml" => {
            root.children.push(Node::Element(Element::new("Application", &[]).with_text("Scrivano")));
        }
        "word/settings.xml" => settings(root),
        DOCUMENT => {
            if let Some(body) = root.child_mut("w:body") {
                body.children.insert(0, gap());
            }
        }
        HEADER => root.children.push(gap()),
        NUMBERING => {
            drop_unused_numbering(root);
            root.children.push(gap());
        }
        _ => {}
    }
}

fn theme_relation() -> Element {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme";
    Element::new("Relationship", &[("Id", "rIdTheme"), ("Type", kind), ("Target", "theme/theme1.xml")])
}

fn theme_type() -> Element {
    let kind = "application/vnd.openxmlformats-officedocument.theme+xml";
    Element::new("Override", &[("PartName", "/word/theme/theme1.xml"), ("ContentType", kind)])
}

/// Property containers without properties say nothing.
fn is_hollow(element: &Element) -> bool {
    matches!(&*element.name, "w:pPr" | "w:rPr" | "w:trPr" | "w:tcPr" | "w:tblPr" | "w:pPrDefault")
        && element.children.is_empty()
        && element.attributes.is_empty()
}

fn style(style: &mut Element) {
    match style.attribute("w:styleId") {
        Some("Normal") => style.set("w:default", "1"),
        Some(id) if styles::CUSTOM.contains(&id) => style.set("w:customStyle", "1"),
        _ => {}
    }
}

/// The language of the document.
fn default_run(default: &mut Element) {
    let language = [("w:val", LANGUAGE), ("w:eastAsia", LANGUAGE), ("w:bidi", "ar-SA")];
    if let Some(properties) = default.child_mut("w:rPr") {
        properties.children.push(Node::Element(Element::new("w:lang", &language)));
        order::sort(properties);
    }
}

/// docx-rs always writes a definition and an instance with id 1, which nothing uses.
fn drop_unused_numbering(numbering: &mut Element) {
    numbering
        .retain(|child| child.attribute("w:abstractNumId") != Some("1") && child.attribute("w:numId") != Some("1"));
}

/// Compatibility switches for East Asian layout go, but not the one by which justified lines that end in a break are not
/// stretched; Italian conventions come.
fn settings(settings: &mut Element) {
    if let Some(compatibility) = settings.child_mut("w:compat") {
        compatibility.retain(|switch| matches!(&*switch.name, "w:compatSetting" | "w:doNotExpandShiftReturn"));
    }
    for (name, value) in [("w:themeFontLang", LANGUAGE), ("w:decimalSymbol", ","), ("w:listSeparator", ";")] {
        settings.children.push(Node::Element(Element::new(name, &[("w:val", value)])));
    }
    order::sort(settings);
}
