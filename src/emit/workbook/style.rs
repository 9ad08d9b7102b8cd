//! Formats and widths of the workbooks.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{Color, ExcelDateTime, Format, FormatAlign, FormatBorder, XlsxError};

use crate::schema::{Column, Kind};

/// Columns of running text: they wrap, and are not in text format, in which Excel hides what is over 255 characters.
const RUNNING: [&str; 3] = ["titolo", "descrizione", "motivo"];

/// Built-in number format "@": text.
const TEXT_FORMAT: u8 = 49;

/// The formats of a workbook.
pub struct Styles {
    required: Format,
    optional: Format,
    required_field: Format,
    optional_field: Format,
    text: Format,
    text_value: Format,
    count: Format,
    count_value: Format,
    money: Format,
    money_value: Format,
    date_value: Format,
    plain_value: Format,
    /// Value of a field that is not of the contract.
    pub free_value: Format,
    /// Text that does not wrap, of a cell that nothing is known of.
    pub top: Format,
    /// Days.
    pub date: Format,
    /// No number format.
    pub plain: Format,
    /// Wrapped text.
    pub wrapped: Format,
    /// Title of a sheet.
    pub title: Format,
    /// Heading inside a sheet.
    pub section: Format,
}

impl Styles {
    /// The formats.
    pub fn new() -> Self {
        let dark = Color::RGB(0x1F_3A_5F);
        let light = Color::RGB(0xDC_E6_F1);
        let header = || Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let required = header().set_background_color(dark).set_font_color(Color::White);
        let optional = header().set_background_color(light);
        let top = || Format::new().set_align(FormatAlign::Top);
        // Values of the fields stand under one another: all to the left.
        let value = || top().set_align(FormatAlign::Left).set_text_wrap();
        Self {
            required_field: required.clone(),
            optional_field: optional.clone(),
            required,
            optional,
            text: top().set_num_format_index(TEXT_FORMAT),
            text_value: value().set_num_format_index(TEXT_FORMAT),
            count: top().set_num_format("0"),
            count_value: value().set_num_format("0"),
            money: top().set_num_format("#,##0.00####"),
            money_value: value().set_num_format("#,##0.00####"),
            date: top().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            date_value: value().set_num_format("dd/mm/yyyy"),
            plain: top().set_text_wrap(),
            plain_value: value(),
            free_value: value(),
            top: top(),
            wrapped: top().set_text_wrap(),
            title: Format::new().set_bold().set_font_size(16).set_font_color(dark),
            section: Format::new().set_bold().set_font_size(12).set_font_color(dark),
        }
    }

    /// Header of a column.
    pub fn header(&self, required: bool) -> &Format {
        if required { &self.required } else { &self.optional }
    }

    /// Name of a field.
    pub fn field(&self, required: bool) -> &Format {
        if required { &self.required_field } else { &self.optional_field }
    }

    /// Cells of a column.
    pub fn cell(&self, column: &Column) -> &Format {
        match column.kind {
            Kind::Count => &self.count,
            Kind::Money => &self.money,
            Kind::Date => &self.date,
            Kind::Percent => &self.plain,
            _ if is_text(column) => &self.text,
            _ => &self.plain,
        }
    }

    /// Value of a field.
    pub fn value(&self, column: &Column) -> &Format {
        match column.kind {
            Kind::Count => &self.count_value,
            Kind::Money => &self.money_value,
            Kind::Date => &self.date_value,
            _ if is_text(column) => &self.text_value,
            _ => &self.plain_value,
        }
    }

    /// The format for a number: that of the cell, but never the text format, in which a number cannot be.
    pub fn number<'a>(&'a self, format: &'a Format) -> &'a Format {
        if *format == self.text { &self.count } else { format }
    }

    /// The format for a day: that of the cell, but never one without number format, in which a day shows as a number.
    pub fn day<'a>(&'a self, format: &'a Format) -> &'a Format {
        let bare = [&self.plain, &self.wrapped, &self.free_value, &self.top];
        if bare.contains(&format) { &self.date } else { format }
    }
}

/// True for columns whose cells are in text format.
pub fn is_text(column: &Column) -> bool {
    match column.kind {
        Kind::Count | Kind::Money | Kind::Percent | Kind::Date | Kind::Bool | Kind::Choice(_) => false,
        _ => !RUNNING.contains(&column.name),
    }
}

/// Width of a column, in characters.
pub fn width(column: &Column) -> f64 {
    let contents = match (column.kind, column.name) {
        (_, "descrizione" | "motivo") => 60.0,
        (_, "denominazione" | "nome") => 40.0,
        (Kind::Pec, _) => 38.0,
        (_, "indirizzo") => 30.0,
        (_, "rappresentante" | "presidente" | "segretario" | "responsabile_tecnico" | "responsabile_contabile") => 26.0,
        (Kind::BodyCode | Kind::BodyRef, _) => 20.0,
        (Kind::Iban, _) => 30.0,
        (Kind::Choice(_) | Kind::Text, _) => 17.0,
        (Kind::TaxCode | Kind::VatNumber, _) => 14.0,
        (Kind::Date | Kind::Money, _) => 12.0,
        _ => 9.0,
    };
    // The header needs room for the filter's button.
    let header = u32::try_from(column.name.chars().count()).unwrap_or(20) + 4;
    f64::from(header).max(contents)
}

/// Height in points of a row whose text wraps at `width` characters.
pub fn height(text: &str, width: usize) -> f64 {
    let lines = u32::try_from(text.chars().count().div_ceil(width.max(1)).max(1)).unwrap_or(1);
    15.0 * f64::from(lines)
}

/// A day as the file format has it.
///
/// # Errors
/// Days before 1900 or after 9999.
pub fn excel_day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(0), small(day.month()), small(day.day()))
}
