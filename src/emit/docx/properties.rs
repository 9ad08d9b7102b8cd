//! The properties of a document: title, subject, author, language and day. docx-rs has no way to set them.

use super::LANGUAGE;
use super::markup::{Markup, Written};
use crate::act::Act;
use crate::emit::EmitError;

/// The part `docProps/core.xml` (ECMA-376, part 2, chapter 11).
///
/// # Errors
/// Never on memory.
pub(super) fn core(act: &Act) -> Result<Vec<u8>, EmitError> {
    let mut markup = Markup::new(1024);
    markup.declaration()?;
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:dcterms", "http://purl.org/dc/terms/"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ];
    markup.element("cp:coreProperties", &spaces, |markup| properties(markup, act))?;
    Ok(markup.into_bytes())
}

fn properties(markup: &mut Markup, act: &Act) -> Written {
    markup.text("dc:title", &[], &act.title)?;
    markup.text("dc:subject", &[], &act.subject)?;
    markup.text("dc:creator", &[], &act.author)?;
    markup.text("dc:language", &[], LANGUAGE)?;
    let day = format!("{}T00:00:00Z", act.date.format("%Y-%m-%d"));
    for name in ["dcterms:created", "dcterms:modified"] {
        markup.text(name, &[("xsi:type", "dcterms:W3CDTF")], &day)?;
    }
    Ok(())
}
