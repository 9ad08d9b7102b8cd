//! How every sheet of the register is written: header, filters, frozen panes, links, colours of states, page layout.
//! Knows cells and not what they mean.

mod links;

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    ColNum, Color, Format, FormatAlign, FormatBorder, Formula, IgnoreError, RowNum, Worksheet, XlsxError,
};

use super::super::workbook::{Styles, excel_day};
use crate::date;
use crate::italian::decimal;
use crate::money::Money;
pub use links::Links;
use links::Target;

/// Longest text written in a cell, in characters: the format allows 32,767.
const LONGEST_TEXT: usize = 32_000;
/// Height of a line of text, and the greatest of a row, in points.
const LINE: f64 = 15.0;
const TALLEST: f64 = 400.0;
/// A column as wide as so many digits holds this part more of letters.
const SPARE: usize = 8;
/// Width of the filter's button, in characters.
const BUTTON: usize = 4;
/// Longest piece of text in a head or foot of page: the format allows 255 characters in all.
const LONGEST_HEAD: usize = 150;

/// The colour of a state: what it means for who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Done.
    Good,
    /// Nearly done.
    Fair,
    /// Something is awaited.
    Waiting,
    /// Something must be done.
    Alert,
    /// On the way out.
    Leaving,
    /// Of no concern any more, or yet.
    Muted,
}

impl Tone {
    /// Background and text.
    fn colours(self) -> (u32, u32) {
        match self {
            Self::Good => (0x00D7_EBDD, 0x001D_5438),
            Self::Fair => (0x00E9_F2D8, 0x0044_611A),
            Self::Waiting => (0x00FA_EFD2, 0x006F_500B),
            Self::Alert => (0x00F8_DCD7, 0x0086_2417),
            Self::Leaving => (0x00E6_E0F2, 0x004A_3A78),
            Self::Muted => (0x00EA_EDF0, 0x0050_5A64),
        }
    }
}

/// A cell.
pub enum Cell<'a> {
    /// Nothing.
    Empty,
    /// Text, wrapped.
    Text(Cow<'a, str>),
    /// A state with its colour.
    State(Cow<'a, str>, Tone),
    /// A whole number; beyond what a cell holds exactly, its nearest.
    Count(i64),
    /// A figure with up to six decimals.
    Decimal(Decimal),
    /// An amount in euro.
    Money(Money),
    /// A day.
    Day(NaiveDate),
    /// A link to a file: path from the register's folder with slashes, text shown.
    File(&'a str, Cow<'a, str>),
    /// A link to a row, counted from one, of another sheet of the register: sheet, row, text shown.
    Jump(&'static str, usize, Cow<'a, str>),
}

impl<'a> Cell<'a> {
    /// Text; an empty one is an empty cell.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A day where there is one.
    pub fn day(day: Option<NaiveDate>) -> Self {
        day.map_or(Self::Empty, Self::Day)
    }

    /// The text that the cell shows.
    fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => "".into(),
            Self::Text(text) | Self::State(text, _) | Self::File(_, text) | Self::Jump(_, _, text) => {
                text.as_ref().into()
            }
            Self::Count(count) => count.to_string().into(),
            Self::Decimal(value) => value.to_string().into(),
            Self::Money(amount) => decimal(amount.decimal(), 2).into(),
            Self::Day(day) => date::short(*day).into(),
        }
    }

    /// A link to a row where there is one, else plain text.
    pub fn jump(sheet: &'static str, row: Option<usize>, text: impl Into<Cow<'a, str>>) -> Self {
        match row {
            Some(row) => Self::Jump(sheet, row, text.into()),
            None => Self::text(text),
        }
    }
}

/// The rows of a sheet, each made when it is asked for: all cells of a large sheet at once would be the largest thing in memory.
pub struct Lines<'a> {
    count: usize,
    make: Box<dyn Fn(usize) -> Vec<Cell<'a>> + 'a>,
}

impl<'a> Lines<'a> {
    /// A row for each of the things told.
    pub fn of<T: Copy + 'a>(things: impl IntoIterator<Item = T>, row: impl Fn(T) -> Vec<Cell<'a>> + 'a) -> Self {
        let things: Vec<T> = things.into_iter().collect();
        let count = things.len();
        Self { count, make: Box::new(move |at| things.get(at).copied().map(&row).unwrap_or_default()) }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    fn each(&self) -> impl Iterator<Item = Vec<Cell<'a>>> {
        (0..self.count).map(&self.make)
    }
}

/// A sheet of the register.
pub struct Grid<'a> {
    /// Its name.
    pub name: &'static str,
    /// Header and greatest width in characters of every column: longer texts wrap, shorter ones make it narrower.
    pub columns: Vec<(Cow<'a, str>, f64)>,
    /// Rows, each with as many cells as there are columns.
    pub rows: Lines<'a>,
    /// Columns of money whose sum stands under the rows.
    pub totals: Vec<usize>,
    /// What is said where there are no rows.
    pub nothing: &'static str,
}

impl Grid<'_> {
    /// What the rows come to.
    fn extent(&self) -> Extent {
        let mut longest = vec![0; self.columns.len()];
        let mut sums = vec![Money::ZERO; self.columns.len()];
        for cells in self.rows.each() {
            for ((cell, longest), sum) in cells.iter().zip(&mut longest).zip(&mut sums) {
                *longest = cell.shown().lines().map(length).max().unwrap_or(0).max(*longest);
                if let Cell::Money(amount) = cell {
                    *sum = *sum + *amount;
                }
            }
        }
        let width = |(col, ((header, most), longest)): (usize, (&(Cow<'_, str>, f64), usize))| {
            let longest = if self.totals.contains(&col) { longest + 2 } else { longest };
            let word = header.split_whitespace().map(length).max().unwrap_or(0) + BUTTON;
            (longest + 1).min(most.to_usize().unwrap_or(usize::MAX)).max(word)
        };
        Extent { widths: self.columns.iter().zip(longest).enumerate().map(width).collect(), sums }
    }
}

/// What the rows of a sheet come to.
struct Extent {
    /// The width of every column, in characters: that of its longest text, within the column's bound and not less than the
    /// longest word of its header with the filter's button.
    widths: Vec<usize>,
    /// The sum of the amounts of every column.
    sums: Vec<Money>,
}

fn length(text: &str) -> usize {
    text.chars().count()
}

/// How many lines a text takes in a column of this width, broken at words.
fn lines(text: &str, width: usize) -> usize {
    let width = width.max(1);
    text.lines()
        .map(|line| {
            let mut count = 1;
            let mut used = 0;
            for word in line.split(' ').map(length) {
                if used > 0 && used + 1 + word > width {
                    count += 1;
                    used = 0;
                }
                count += word.saturating_sub(1) / width;
                used += word + usize::from(used > 0);
            }
            count
        })
        .sum::<usize>()
        .max(1)
}

/// What the pages of every sheet say.
pub struct Page<'a> {
    /// Head of the page.
    pub title: &'a str,
    /// The day the register speaks of.
    pub day: NaiveDate,
}

/// The formats of the register.
pub struct Formats {
    styles: Styles,
    header: Format,
    link: Format,
    money: Format,
    total: Format,
    count: Format,
    decimal: Format,
    nothing: Format,
}

impl Formats {
    /// The formats.
    pub fn new() -> Self {
        let top = || Format::new().set_align(FormatAlign::Top);
        let amount = "#,##0.00";
        let styles = Styles::new();
        Self {
            header: styles.header(true).clone().set_text_wrap(),
            styles,
            link: top().set_hyperlink().set_text_wrap(),
            money: top().set_num_format(amount),
            total: Format::new().set_bold().set_border_top(FormatBorder::Thin).set_num_format(amount),
            count: top().set_num_format("#,##0"),
            decimal: top().set_num_format("#,##0.######"),
            nothing: top().set_italic().set_font_color(Color::RGB(0x0050_5A64)),
        }
    }

    fn state(&self, tone: Tone) -> Format {
        let (fill, text) = tone.colours();
        Format::new()
            .set_align(FormatAlign::Top)
            .set_text_wrap()
            .set_background_color(Color::RGB(fill))
            .set_font_color(Color::RGB(text))
    }
}

/// Writes a sheet, rows in order.
///
/// # Errors
/// What the library refuses: a day that the format has not.
pub fn write(
    sheet: &mut Worksheet,
    formats: &Formats,
    page: &Page<'_>,
    grid: &Grid<'_>,
    links: Links,
) -> Result<(), XlsxError> {
    sheet.set_name(grid.name)?;
    let Extent { widths, sums } = grid.extent();
    for (col, ((header, _), width)) in (0..).zip(grid.columns.iter().zip(&widths)) {
        sheet.write_string_with_format(0, col, header.as_ref(), &formats.header)?;
        sheet.set_column_width(col, *width as f64)?;
    }
    let headers = grid.columns.iter().zip(&widths);
    let tall = headers.map(|((header, _), width)| lines(header, width.saturating_sub(BUTTON))).max().unwrap_or(1);
    sheet.set_row_height(0, LINE * tall as f64 + 3.0)?;
    for (row, cells) in (1..).zip(grid.rows.each()) {
        // Not every program makes room for text that wraps.
        let room = |width: usize| width + width / SPARE;
        let tall = cells.iter().zip(&widths).map(|(cell, width)| lines(&cell.shown(), room(*width))).max();
        let tall = tall.unwrap_or(1);
        if tall > 1 {
            sheet.set_row_height(row, (LINE * tall as f64).min(TALLEST))?;
        }
        for (col, cell) in (0..).zip(&cells) {
            put(sheet, formats, (row, col), cell, links)?;
        }
    }
    let last_row = RowNum::try_from(grid.rows.count()).unwrap_or(RowNum::MAX);
    let last_col = ColNum::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(ColNum::MAX);
    if grid.rows.count() == 0 {
        sheet.write_string_with_format(1, 0, grid.nothing, &formats.nothing)?;
    } else {
        sheet.ignore_error_range(1, 0, last_row, last_col, IgnoreError::NumberStoredAsText)?;
        totals(sheet, formats, &grid.totals, &sums, last_row)?;
    }
    sheet.set_freeze_panes(1, 1)?.autofilter(0, 0, last_row, last_col)?;
    layout(sheet, page, grid.name)
}

/// The sums, a row below the rows so that a filter does not take them for data; they follow the filter.
fn totals(
    sheet: &mut Worksheet,
    formats: &Formats,
    wanted: &[usize],
    sums: &[Money],
    last_row: RowNum,
) -> Result<(), XlsxError> {
    if wanted.is_empty() {
        return Ok(());
    }
    let row = last_row + 2;
    sheet.write_string_with_format(row, 0, "Totale delle righe visibili", &formats.total)?;
    for (col, sum) in sums.iter().enumerate().skip(1) {
        let position = ColNum::try_from(col).unwrap_or(ColNum::MAX);
        if wanted.contains(&col) {
            let letter = rust_xlsxwriter::utility::column_number_to_name(position);
            let formula = Formula::new(format!("=SUBTOTAL(109,{letter}2:{letter}{})", last_row + 1))
                .set_result(sum.decimal().to_string());
            sheet.write_formula_with_format(row, position, formula, &formats.total)?;
        } else {
            sheet.write_blank(row, position, &formats.total)?;
        }
    }
    Ok(())
}

fn put(
    sheet: &mut Worksheet,
    formats: &Formats,
    (row, col): (RowNum, ColNum),
    cell: &Cell<'_>,
    links: Links,
) -> Result<(), XlsxError> {
    let number = |value: Decimal| value.to_f64().unwrap_or_default();
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            sheet.write_string_with_format(row, col, bounded(text), &formats.styles.wrapped)?;
        }
        Cell::State(text, tone) => {
            sheet.write_string_with_format(row, col, bounded(text), &formats.state(*tone))?;
        }
        Cell::Count(count) => {
            sheet.write_number_with_format(row, col, number(Decimal::from(*count)), &formats.count)?;
        }
        Cell::Decimal(value) => {
            sheet.write_number_with_format(row, col, number(*value), &formats.decimal)?;
        }
        Cell::Money(amount) => {
            sheet.write_number_with_format(row, col, number(amount.decimal()), &formats.money)?;
        }
        Cell::Day(day) => {
            sheet.write_datetime_with_format(row, col, excel_day(*day)?, &formats.styles.date)?;
        }
        Cell::File(path, text) => links::put(sheet, formats, (row, col), &Target::File(path), text, links)?,
        Cell::Jump(to, at, text) => links::put(sheet, formats, (row, col), &Target::Row(to, *at), text, links)?,
    }
    Ok(())
}

fn bounded(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()).into(),
        None => text.into(),
    }
}

/// A4 on its side, as wide as the page, header repeated; title above, page number and day below.
fn layout(sheet: &mut Worksheet, page: &Page<'_>, name: &str) -> Result<(), XlsxError> {
    // "&" starts a command in heads and feet.
    let title: String = page.title.chars().take(LONGEST_HEAD).collect::<String>().replace('&', "&&");
    sheet.set_header(format!("&L&8{title}"));
    sheet.set_footer(format!("&L&8{name}&C&8Pagina &P di &N&R&8Situazione al {}", date::short(page.day)));
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    sheet.set_margins(0.4, 0.4, 0.65, 0.6, 0.3, 0.3);
    Ok(())
}
