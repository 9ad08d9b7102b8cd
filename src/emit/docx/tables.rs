//! Tables (ECMA-376, 17.4): borders, a head that Word repeats on every page, rows that do not split, captions with a
//! sequence field. `signatures` sets its slots in such a table too.

use super::super::words::{DASH, table_label};
use super::inline::Bookmarks;
use super::markup::{Face, Markup, Paragraph, Written};
use super::styles;
use crate::act::{Align, Inline, Table};

/// How the cells of a table are set, all measures in twentieths of a point.
pub(super) struct Grid<'g> {
    /// Width of each column.
    pub widths: &'g [usize],
    /// From the margin of the text.
    pub indent: i32,
    /// True where every cell has a line around it.
    pub ruled: bool,
    /// Margins of the cells: top, left, bottom, right.
    pub margins: [u32; 4],
}

/// "Tabella 1 – Caption", the number being a field that Word can renumber (17.16.5).
pub(super) fn caption(markup: &mut Markup, number: u32, text: &[Inline], bookmarks: &Bookmarks<'_>) -> Written {
    let digits = number.to_string();
    let label = table_label(number);
    markup.words(Face::PLAIN, label.split(digits.as_str()).next().unwrap_or_default())?;
    markup.run(Face::PLAIN, |markup| {
        let mark =
            |markup: &mut Markup, kind| markup.empty("w:fldChar", &[("w:fldCharType", kind), ("w:dirty", "false")]);
        mark(markup, "begin")?;
        markup.text("w:instrText", &[], " SEQ Tabella \\* ARABIC ")?;
        mark(markup, "separate")?;
        markup.run_text(&digits)?;
        mark(markup, "end")
    })?;
    markup.words(Face::PLAIN, DASH)?;
    bookmarks.write(markup, text, Face::PLAIN)
}

/// The table, `indent` from the margin and `width` wide (twentieths of a point).
pub(super) fn write(markup: &mut Markup, table: &Table, indent: i32, width: i32, bookmarks: &Bookmarks<'_>) -> Written {
    let widths = column_widths(table, width);
    let line = |markup: &mut Markup, cells: &[Vec<Inline>], style, face, fill| {
        widths.iter().enumerate().try_for_each(|(column, width)| {
            let align = table.align.get(column).copied().unwrap_or(Align::Left);
            let paragraph = Paragraph { align: Some(alignment(align)), ..Paragraph::new(style) };
            let text = cells.get(column).map_or(&[][..], Vec::as_slice);
            cell(markup, *width, fill, |markup| {
                markup.paragraph(&paragraph, |markup| bookmarks.write(markup, text, face))
            })
        })
    };
    let set = Grid { widths: &widths, indent, ruled: true, margins: [0, 85, 0, 85] };
    grid(markup, &set, |markup| {
        row(markup, true, |markup| line(markup, &table.head, styles::HEAD_CELL, Face::PLAIN, Some("EDEDED")))?;
        table.rows.iter().try_for_each(|own| {
            let face = Face { bold: own.total, italic: false };
            row(markup, false, |markup| line(markup, &own.cells, styles::CELL, face, None))
        })
    })
}

/// A table with fixed columns (17.4.37), whose rows `rows` writes.
pub(super) fn grid(markup: &mut Markup, grid: &Grid<'_>, rows: impl FnOnce(&mut Markup) -> Written) -> Written {
    markup.element("w:tbl", &[], |markup| {
        markup.element("w:tblPr", &[], |markup| properties(markup, grid))?;
        markup.element("w:tblGrid", &[], |markup| {
            grid.widths.iter().try_for_each(|width| markup.empty("w:gridCol", &[("w:w", &width.to_string())]))
        })?;
        rows(markup)
    })
}

/// In the order of 17.4.59.
fn properties(markup: &mut Markup, grid: &Grid<'_>) -> Written {
    let total: usize = grid.widths.iter().sum();
    measure(markup, "w:tblW", &total.to_string())?;
    markup.value("w:jc", "left")?;
    if grid.indent > 0 {
        measure(markup, "w:tblInd", &grid.indent.to_string())?;
    }
    if grid.ruled {
        let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "7F7F7F")];
        let sides = ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"];
        markup.element("w:tblBorders", &[], |markup| sides.iter().try_for_each(|side| markup.empty(side, &line)))?;
    } else {
        markup.empty("w:tblBorders", &[])?;
    }
    markup.empty("w:tblLayout", &[("w:type", "fixed")])?;
    markup.element("w:tblCellMar", &[], |markup| {
        let sides = ["w:top", "w:left", "w:bottom", "w:right"].into_iter().zip(grid.margins);
        sides.into_iter().try_for_each(|(side, margin)| measure(markup, side, &margin.to_string()))
    })
}

/// A row that does not split (17.4.78); Word repeats the head on every page.
pub(super) fn row(markup: &mut Markup, is_head: bool, cells: impl FnOnce(&mut Markup) -> Written) -> Written {
    markup.element("w:tr", &[], |markup| {
        markup.element("w:trPr", &[], |markup| {
            markup.empty("w:cantSplit", &[])?;
            if is_head { markup.empty("w:tblHeader", &[]) } else { Ok(()) }
        })?;
        cells(markup)
    })
}

/// A cell (17.4.65), `width` twentieths of a point wide, on a ground of the colour `fill`.
pub(super) fn cell(
    markup: &mut Markup,
    width: usize,
    fill: Option<&str>,
    paragraphs: impl FnOnce(&mut Markup) -> Written,
) -> Written {
    markup.element("w:tc", &[], |markup| {
        markup.element("w:tcPr", &[], |markup| {
            measure(markup, "w:tcW", &width.to_string())?;
            match fill {
                Some(fill) => markup.empty("w:shd", &[("w:val", "clear"), ("w:color", "auto"), ("w:fill", fill)]),
                None => Ok(()),
            }
        })?;
        paragraphs(markup)
    })
}

/// A measure in twentieths of a point.
fn measure(markup: &mut Markup, name: &str, width: &str) -> Written {
    markup.empty(name, &[("w:w", width), ("w:type", "dxa")])
}

fn alignment(align: Align) -> &'static str {
    match align {
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}

/// Shares `width` out by the relative widths of the columns; what rounding leaves goes to the last.
fn column_widths(table: &Table, width: i32) -> Vec<usize> {
    let width = usize::try_from(width).unwrap_or_default();
    let share = |column: usize| table.widths.get(column).map_or(1, |w| (*w).max(1)) as usize;
    let total: usize = (0..table.head.len()).map(share).sum();
    let mut left = width;
    let last = table.head.len().saturating_sub(1);
    (0..table.head.len())
        .map(|column| {
            let own = if column == last { left } else { width * share(column) / total.max(1) };
            left = left.saturating_sub(own);
            own
        })
        .collect()
}
