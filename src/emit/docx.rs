//! An act as a Word document, to be edited by the offices: real heading styles, automatic numbering of articles, commas and
//! letters, tables with repeated heads, Italian proofing language.
//!
//! `body`, `inline`, `tables`, `signatures`, `numbering` and `styles` build the document with docx-rs; `finish` fills,
//! once, what docx-rs cannot say and puts the parts in the order of the schema; `kept` keeps those that never change;
//! `package` zips them. The only files that
//! know docx-rs. Called by the run.

mod body;
mod controls;
mod element;
mod finish;
mod inline;
mod kept;
mod numbering;
mod order;
mod package;
mod signatures;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

use docx_rs as word;

use super::EmitError;
use super::words::printable;
use crate::act::Act;
use body::Body;

/// Twentieths of a point in a centimetre, rounded.
const CENTIMETRE: i32 = 567;
/// Width of the text on an A4 page with margins of 2.5 cm, in twentieths of a point.
const TEXT_WIDTH: i32 = 9072;

/// The act as the bytes of a .docx file. The same act gives the same bytes, on any thread.
///
/// # Errors
/// Only by a fault of ours: a part that is not well-formed, or a package that cannot be compressed.
pub fn docx(act: &Act) -> Result<Vec<u8>, EmitError> {
    let body = Body::of(act);
    let mut document = page(styles::add_to(word::Docx::new()), act);
    document = body.numbering.add_to(document);
    for child in body.children {
        document = match child {
            body::Child::Paragraph(paragraph) => document.add_paragraph(*paragraph),
            body::Child::Table(table) => document.add_table(*table),
        };
    }
    package::zip(&finish::parts(document.build(), act)?)
}

/// Paper, margins, running head from the second page on, page numbers on all.
fn page(document: word::Docx, act: &Act) -> word::Docx {
    let margin = CENTIMETRE * 5 / 2;
    let margins = word::PageMargin {
        top: margin,
        left: margin,
        bottom: margin,
        right: margin,
        header: CENTIMETRE * 5 / 4,
        footer: CENTIMETRE * 5 / 4,
        gutter: 0,
    };
    let head = word::Run::new().add_text(printable(&act.header));
    let header = word::Header::new().add_paragraph(word::Paragraph::new().style(styles::HEADER).add_run(head));
    let footer = || {
        let line = word::Paragraph::new()
            .style(styles::FOOTER)
            .add_run(word::Run::new().add_text("Pagina "))
            .add_page_num(word::PageNum::new())
            .add_run(word::Run::new().add_text(" di "))
            .add_num_pages(word::NumPages::new());
        word::Footer::new().add_paragraph(line)
    };
    document
        .page_size(11906, 16838)
        .page_margin(margins)
        .header(header)
        .first_header(word::Header::new().add_paragraph(word::Paragraph::new().style(styles::HEADER)))
        .footer(footer())
        .first_footer(footer())
}
