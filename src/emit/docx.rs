//! An act as a Word document, to be edited by the offices: real heading styles, automatic numbering of articles, commas and
//! letters, tables with repeated heads, Italian proofing language.
//!
//! `body`, with `inline`, `controls`, `tables`, `signatures` and `numbering`, writes the words of an act in one pass, as
//! WordprocessingML in the order of its schema (`markup`). `frame` has what stands around them, the same in all documents:
//! docx-rs builds it, with the `styles`; `finish` fills, once, what docx-rs cannot say and puts it in the `order` of the
//! schema. `package` zips the parts. Called by the run.

mod body;
mod controls;
mod element;
mod finish;
mod frame;
mod inline;
mod markup;
mod numbering;
mod order;
mod package;
mod properties;
mod signatures;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

use super::EmitError;
use crate::act::Act;
use body::Body;
use frame::Frame;
use markup::{Face, Markup, Paragraph};
use package::Part;

/// Twentieths of a point in a centimetre, rounded.
const CENTIMETRE: i32 = 567;
/// Width of the text on an A4 page with margins of 2.5 cm, in twentieths of a point.
const TEXT_WIDTH: i32 = 9072;
/// Language of the text, for proofing and for screen readers.
const LANGUAGE: &str = "it-IT";

/// The act as the bytes of a .docx file. The same act gives the same bytes, on any thread.
///
/// # Errors
/// Only by a fault of ours: a part that is not well-formed, or a package that cannot be compressed.
pub fn docx(act: &Act) -> Result<Vec<u8>, EmitError> {
    let Body { markup: body, numbering, .. } = Body::of(act)?;
    let frame = Frame::get(!numbering.is_empty())?;
    let mut head = Markup::new(1024);
    head.paragraph(&Paragraph::new(styles::HEADER), |head| head.words(Face::PLAIN, &act.header))?;
    let mut parts = frame.parts();
    parts.insert(frame::DOCUMENT, Part::Own(frame.document.filled(body)));
    parts.insert(frame::HEADER, Part::Own(frame.header.filled(head)));
    parts.insert(frame::NUMBERING, Part::Packed(numbering.part(frame)?));
    parts.insert(frame::PROPERTIES, Part::Own(properties::core(act)?));
    package::zip(parts)
}
