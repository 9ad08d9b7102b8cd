//! Signature slots: party, office, name, a rule to sign on, note. Two abreast; one alone stands on the right half; many,
//! three abreast and closer.

use docx_rs as word;
use word::WidthType;

use super::body::Child;
use super::inline::Bookmarks;
use super::{TEXT_WIDTH, styles, tables};
use crate::act::Signature;

/// Slots beyond which they stand close, in rows that run over the pages.
const MOST_WIDE: usize = 6;

/// The slots, in order of signature.
pub(super) fn of(slots: &[Signature], bookmarks: &Bookmarks<'_>) -> Vec<Child> {
    let half = TEXT_WIDTH / 2;
    match slots {
        [] => Vec::new(),
        [slot] => {
            let placed = |(index, line): (usize, word::Paragraph)| {
                let line = line.indent(Some(half), None, None, None);
                Child::Paragraph(Box::new(if index == 0 {
                    line.line_spacing(word::LineSpacing::new().before(360))
                } else {
                    line
                }))
            };
            lines(slot, bookmarks, Setting::Alone).into_iter().enumerate().map(placed).collect()
        }
        slots => {
            let close = slots.len() > MOST_WIDE;
            let columns = if close { 3 } else { 2 };
            let setting = if close { Setting::Close } else { Setting::Abreast };
            let each = usize::try_from(TEXT_WIDTH).unwrap_or_default() / columns;
            let widths = vec![each; columns];
            let rows = slots.chunks(columns).map(|together| {
                let cells = widths.iter().enumerate().map(|(column, width)| {
                    let cell = word::TableCell::new().width(*width, WidthType::Dxa);
                    match together.get(column) {
                        Some(slot) => {
                            lines(slot, bookmarks, setting).into_iter().fold(cell, word::TableCell::add_paragraph)
                        }
                        None => cell.add_paragraph(word::Paragraph::new().style(styles::SIGNATURE)),
                    }
                });
                word::TableRow::new(cells.collect()).cant_split()
            });
            let table = tables::frame(word::Table::without_borders(rows.collect()), &widths);
            let side = if close { 60 } else { 200 };
            let table = table.margins(word::TableCellMargins::new().margin(side, side, 120, side));
            let after = word::Paragraph::new().style(styles::AFTER_TABLE);
            vec![Child::Table(Box::new(table)), Child::Paragraph(Box::new(after))]
        }
    }
}

/// How a slot stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    /// By itself: its lines are kept on one page.
    Alone,
    /// In a row of two, which keeps it on one page.
    Abreast,
    /// In a row of three, with less room to sign in.
    Close,
}

/// The paragraphs of a slot; empty lines are left out.
fn lines(slot: &Signature, bookmarks: &Bookmarks<'_>, setting: Setting) -> Vec<word::Paragraph> {
    let line = |text: &[_], bold| {
        let mut paragraph = word::Paragraph::new().style(styles::SIGNATURE);
        bookmarks.push(&mut paragraph, text, bold);
        paragraph
    };
    let heading = [(&slot.party, true), (&slot.office, false), (&slot.name, false)];
    let mut lines: Vec<_> =
        heading.into_iter().filter(|(text, _)| !text.is_empty()).map(|(text, bold)| line(text, bold)).collect();
    let rule = word::Paragraph::new().style(styles::SIGNATURE_LINE);
    lines.push(match setting {
        Setting::Close => rule.line_spacing(word::LineSpacing::new().before(160).after(20)),
        Setting::Alone | Setting::Abreast => rule,
    });
    if !slot.note.is_empty() {
        lines.push(line(&slot.note, false));
    }
    let last = lines.len().saturating_sub(1);
    let held = |(index, line): (usize, word::Paragraph)| {
        if setting == Setting::Alone && index < last { line.keep_next(true) } else { line }
    };
    lines.into_iter().enumerate().map(held).collect()
}
