//! Tables: borders, a head that Word repeats on every page, rows that do not split, captions with a sequence field.

use docx_rs as word;
use word::{AlignmentType, BorderType, TableBorder, TableBorderPosition, TableBorders, WidthType};

use super::super::words::{DASH, table_label};
use super::inline::{Bookmarks, plain_run};
use super::styles;
use crate::act::{Align, Inline, Table};

/// "Tabella 1 – Caption", the number being a field that Word can renumber.
pub(super) fn caption(number: u32, text: &[Inline], bookmarks: &Bookmarks<'_>) -> word::Paragraph {
    let digits = number.to_string();
    let label = table_label(number);
    let before = label.split(digits.as_str()).next().unwrap_or_default();
    let field = word::Run::new()
        .add_field_char(word::FieldCharType::Begin, false)
        .add_instr_text(word::InstrText::Unsupported(" SEQ Tabella \\* ARABIC ".to_owned()))
        .add_field_char(word::FieldCharType::Separate, false)
        .add_text(digits.as_str())
        .add_field_char(word::FieldCharType::End, false);
    let mut paragraph = word::Paragraph::new()
        .style(styles::CAPTION)
        .add_run(plain_run(before))
        .add_run(field)
        .add_run(plain_run(DASH));
    bookmarks.push(&mut paragraph, text, false);
    paragraph
}

/// The table, `indent` from the margin and `width` wide (twentieths of a point).
pub(super) fn of(table: &Table, indent: i32, width: i32, bookmarks: &Bookmarks<'_>) -> word::Table {
    let widths = column_widths(table, width);
    let row = |cells: &[Vec<Inline>], style: &str, bold: bool, fill: Option<&str>| {
        let cells = widths.iter().enumerate().map(|(column, width)| {
            let align = table.align.get(column).copied().unwrap_or(Align::Left);
            let mut paragraph = word::Paragraph::new().style(style).align(alignment(align));
            bookmarks.push(&mut paragraph, cells.get(column).map_or(&[], Vec::as_slice), bold);
            let cell = word::TableCell::new().width(*width, WidthType::Dxa).add_paragraph(paragraph);
            match fill {
                Some(fill) => cell.shading(word::Shading::new().fill(fill)),
                None => cell,
            }
        });
        word::TableRow::new(cells.collect()).cant_split()
    };
    let mut rows = vec![row(&table.head, styles::HEAD_CELL, false, Some("EDEDED"))];
    rows.extend(table.rows.iter().map(|line| row(&line.cells, styles::CELL, line.total, None)));
    let table = frame(word::Table::new(rows), &widths).set_borders(borders());
    if indent > 0 { table.indent(indent) } else { table }
}

/// The table with fixed columns of these widths.
pub(super) fn frame(table: word::Table, widths: &[usize]) -> word::Table {
    table
        .set_grid(widths.to_vec())
        .width(widths.iter().sum(), WidthType::Dxa)
        .layout(word::TableLayoutType::Fixed)
        .margins(word::TableCellMargins::new().margin(0, 85, 0, 85))
}

fn alignment(align: Align) -> AlignmentType {
    match align {
        Align::Left => AlignmentType::Left,
        Align::Center => AlignmentType::Center,
        Align::Right => AlignmentType::Right,
    }
}

fn borders() -> TableBorders {
    use TableBorderPosition::{Bottom, InsideH, InsideV, Left, Right, Top};
    let line = |position| TableBorder::new(position).border_type(BorderType::Single).size(4).color("7F7F7F");
    [Top, Left, Bottom, Right, InsideH, InsideV]
        .into_iter()
        .fold(TableBorders::with_empty(), |borders, position| borders.set(line(position)))
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
