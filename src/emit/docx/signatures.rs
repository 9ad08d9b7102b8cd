//! Signature slots: party, office, name, a rule to sign on, note. Two abreast; one alone stands on the right half; many,
//! three abreast and closer.

use super::inline::Bookmarks;
use super::markup::{Face, Indent, Markup, Paragraph, Spacing, Written};
use super::tables::{self, Grid};
use super::{TEXT_WIDTH, styles};
use crate::act::{Inline, Signature};

/// Slots beyond which they stand close, in rows that run over the pages.
const MOST_WIDE: usize = 6;

/// The slots, in order of signature.
pub(super) fn write(markup: &mut Markup, slots: &[Signature], bookmarks: &Bookmarks<'_>) -> Written {
    match slots {
        [] => Ok(()),
        [slot] => slot_alone(markup, slot, bookmarks),
        slots => {
            let close = slots.len() > MOST_WIDE;
            let columns = if close { 3 } else { 2 };
            let width = usize::try_from(TEXT_WIDTH).unwrap_or_default() / columns;
            let side = if close { 60 } else { 200 };
            let grid =
                Grid { widths: &vec![width; columns], indent: 0, ruled: false, margins: [side, side, 120, side] };
            tables::grid(markup, &grid, |markup| {
                slots.chunks(columns).try_for_each(|together| {
                    tables::row(markup, false, |markup| {
                        (0..columns).try_for_each(|column| {
                            tables::cell(markup, width, None, |markup| match together.get(column) {
                                Some(slot) => slot_abreast(markup, slot, close, bookmarks),
                                None => markup.empty_paragraph(styles::SIGNATURE),
                            })
                        })
                    })
                })
            })?;
            markup.empty_paragraph(styles::AFTER_TABLE)
        }
    }
}

/// By itself, on the right half; its lines are kept on one page.
fn slot_alone(markup: &mut Markup, slot: &Signature, bookmarks: &Bookmarks<'_>) -> Written {
    let lines = lines(slot);
    lines.iter().enumerate().try_for_each(|(index, line)| {
        let paragraph = Paragraph {
            keep_next: index + 1 < lines.len(),
            spacing: (index == 0).then_some(Spacing { before: 360, after: None }),
            indent: Some(Indent { left: TEXT_WIDTH / 2, hanging: None }),
            ..Paragraph::new(line.style)
        };
        line.write(markup, &paragraph, bookmarks)
    })
}

/// In a row, which keeps it on one page; three in a row have less room to sign in.
fn slot_abreast(markup: &mut Markup, slot: &Signature, close: bool, bookmarks: &Bookmarks<'_>) -> Written {
    lines(slot).iter().try_for_each(|line| {
        let tight = close && line.style == styles::SIGNATURE_LINE;
        let spacing = tight.then_some(Spacing { before: 160, after: Some(20) });
        line.write(markup, &Paragraph { spacing, ..Paragraph::new(line.style) }, bookmarks)
    })
}

/// A line of a slot.
struct Line<'s> {
    style: &'static str,
    text: &'s [Inline],
    bold: bool,
}

impl Line<'_> {
    fn write(&self, markup: &mut Markup, paragraph: &Paragraph, bookmarks: &Bookmarks<'_>) -> Written {
        let face = Face { bold: self.bold, italic: false };
        markup.paragraph(paragraph, |markup| bookmarks.write(markup, self.text, face))
    }
}

/// The lines of a slot; empty ones are left out, save the one to sign on.
fn lines(slot: &Signature) -> Vec<Line<'_>> {
    let words = |text, bold| Line { style: styles::SIGNATURE, text, bold };
    let rule = Line { style: styles::SIGNATURE_LINE, text: &[], bold: false };
    let lines = [
        words(&slot.party, true),
        words(&slot.office, false),
        words(&slot.name, false),
        rule,
        words(&slot.note, false),
    ];
    lines.into_iter().filter(|line| line.style == styles::SIGNATURE_LINE || !line.text.is_empty()).collect()
}
