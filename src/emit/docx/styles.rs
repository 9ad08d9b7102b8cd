//! The styles of the document: Word's own names where it has one, so that its outline, its table of contents and screen
//! readers know them; a few of ours with Italian names.

use docx_rs as word;
use word::{AlignmentType, LineSpacing, LineSpacingType, Style, StyleType};

pub(super) const BODY: &str = "BodyText";
pub(super) const ITEM: &str = "ListParagraph";
pub(super) const SUBTITLE: &str = "Subtitle";
pub(super) const CAPTION: &str = "Caption";
pub(super) const HEADER: &str = "Header";
pub(super) const FOOTER: &str = "Footer";
pub(super) const FORMULA: &str = "Formula";
pub(super) const CELL: &str = "CellaTabella";
pub(super) const HEAD_CELL: &str = "TestataTabella";
pub(super) const AFTER_TABLE: &str = "DopoTabella";
pub(super) const SIGNATURE: &str = "Firma";
pub(super) const SIGNATURE_LINE: &str = "RigaFirma";

/// The styles that Word does not have.
pub(super) const CUSTOM: [&str; 6] = [FORMULA, CELL, HEAD_CELL, AFTER_TABLE, SIGNATURE, SIGNATURE_LINE];

/// Size of the text in half points: 11.5 pt.
const SIZE: usize = 23;
const SMALL: usize = 20;

/// The id of the heading style of `level`, 1 to 3.
pub(super) fn heading(level: u8) -> &'static str {
    match level {
        0 | 1 => "Heading1",
        2 => "Heading2",
        _ => "Heading3",
    }
}

/// Puts defaults and styles into the document.
pub(super) fn add_to(document: word::Docx) -> word::Docx {
    let family = "Times New Roman";
    let fonts = word::RunFonts::new().ascii(family).hi_ansi(family).east_asia(family).cs(family);
    let styles = [
        paragraph(BODY, "Body Text", 0, 120).align(AlignmentType::Both),
        paragraph(ITEM, "List Paragraph", 0, 120).align(AlignmentType::Both),
        heading_style(1, 120, 240).size(30).align(AlignmentType::Center),
        heading_style(2, 280, 120).size(25),
        heading_style(3, 200, 80).size(SIZE),
        paragraph(SUBTITLE, "Subtitle", 0, 120).align(AlignmentType::Center),
        kept(paragraph(CAPTION, "caption", 200, 80).bold().size(SMALL)),
        paragraph(HEADER, "header", 0, 0).size(18).align(AlignmentType::Right),
        paragraph(FOOTER, "footer", 0, 0).size(18).align(AlignmentType::Center),
        kept(paragraph(FORMULA, "Formula", 200, 200).bold().align(AlignmentType::Center)),
        paragraph(CELL, "Cella tabella", 30, 30).size(SMALL),
        kept(paragraph(HEAD_CELL, "Testata tabella", 30, 30).bold().size(SMALL)),
        paragraph(AFTER_TABLE, "Dopo tabella", 0, 0).size(12),
        paragraph(SIGNATURE, "Firma", 0, 40).align(AlignmentType::Center),
        signature_line(),
    ];
    let document = document.default_fonts(fonts).default_size(SIZE);
    styles.into_iter().fold(document, word::Docx::add_style)
}

/// A paragraph style; space before and after in twentieths of a point.
fn paragraph(id: &str, name: &str, before: u32, after: u32) -> Style {
    let spacing = LineSpacing::new().before(before).after(after).line(264).line_rule(LineSpacingType::Auto);
    Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").line_spacing(spacing)
}

fn heading_style(level: u8, before: u32, after: u32) -> Style {
    let style = paragraph(heading(level), &format!("heading {level}"), before, after);
    kept(style.next(BODY).bold().outline_lvl(usize::from(level.saturating_sub(1))).ui_priority(9))
}

/// The style kept whole and with what follows.
fn kept(mut style: Style) -> Style {
    style.paragraph_property = style.paragraph_property.keep_next(true).keep_lines(true);
    style
}

/// An empty paragraph with a rule under it, to sign on.
fn signature_line() -> Style {
    let mut style = paragraph(SIGNATURE_LINE, "Riga firma", 480, 40);
    let rule = word::ParagraphBorder::new(word::ParagraphBorderPosition::Bottom).size(4).space(1).color("000000");
    style.paragraph_property = style.paragraph_property.set_borders(word::ParagraphBorders::with_empty().set(rule));
    style
}
