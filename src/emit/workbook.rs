//! The template workbook, empty or filled with an example: the sheets of the schema with drop-down lists, notes and
//! formats, after a sheet that says how to fill them in. Called by the command `modello`.
//!
//! The bytes depend on the arguments only: the file's creation day is fixed.

mod style;
mod tables;

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    ColNum, DataValidation, DocProperties, ExcelDateTime, Format, Formula, IgnoreError, Note, RowNum, Workbook,
    Worksheet, XlsxError,
};

use crate::example::{Example, ExampleCell, ExampleSheet, PlainSheet};
use crate::model::{Model, Parameter};
use crate::schema::{Choice, Column, Kind, Layout, SHEETS, SheetSpec};
use style::width;
pub(super) use style::{Styles, excel_day};
pub(super) use tables::tables;

/// Last row, from one, that has formats and drop-down lists.
const LAST_ROW: RowNum = 500;
/// Longest list that a drop-down may hold in itself.
const INLINE_LIST: usize = 255;
/// Widest sheet, in characters, that is shrunk to the width of a page when printed.
const PAGE_WIDTH: f64 = 200.0;
/// Highest row that spreadsheets accept, in points.
const HIGHEST_ROW: f64 = 409.0;
/// Hidden sheet of the longer lists.
const LISTS: &str = "Elenchi";
/// First sheet.
const README: &str = "Leggimi";

/// Writes the template workbook of `model`, filled with `example` where there is one.
///
/// # Errors
/// What the library refuses: in practice a text longer than a cell holds (32,767 characters).
pub fn template(model: &Model, example: Option<&Example>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(&format!("Scrivano – {}", model.nome))?);
    let styles = Styles::new();
    readme(workbook.add_worksheet(), &styles, model, example)?;
    let mut lists = Lists::default();
    for spec in SHEETS {
        let sheet = workbook.add_worksheet();
        sheet.set_name(spec.name)?.set_default_note_author("Scrivano");
        let filled = example.and_then(|example| example.sheet(spec.name));
        match spec.layout {
            Layout::Rows => rows(sheet, &styles, spec, filled, &mut lists)?,
            Layout::Pairs => pairs(sheet, &styles, spec, filled, model, &mut lists)?,
        }
    }
    for plain in example.map_or(&[][..], |example| &example.others) {
        other(workbook.add_worksheet(), &styles, plain)?;
    }
    lists.write(&mut workbook)?;
    workbook.save_to_buffer()
}

/// Names of the sheets of the template that are not of the contract: those of a workbook of ours are not its clerk's.
pub const OWN_SHEETS: [&str; 2] = [README, LISTS];

/// A sheet beyond the contract.
fn other(sheet: &mut Worksheet, styles: &Styles, plain: &PlainSheet) -> Result<(), XlsxError> {
    sheet.set_name(&plain.name)?;
    for (col, width) in (0..).zip(&plain.widths) {
        sheet.set_column_width(col, f64::from(*width))?;
    }
    let mut heights: BTreeMap<RowNum, f64> = BTreeMap::new();
    for (row, col, cell) in &plain.cells {
        let heading = plain.headings.contains(row);
        let width = plain.widths.get(usize::from(*col)).filter(|_| !heading);
        if let (ExampleCell::Text(text), Some(width)) = (cell, width) {
            let height = heights.entry(*row).or_default();
            *height = height.max(style::height(text, usize::from(*width)));
        }
        let format = match width {
            _ if heading => &styles.section,
            Some(_) => &styles.wrapped,
            None => &styles.top,
        };
        write(sheet, *row, *col, cell, format, styles)?;
    }
    for (row, height) in heights {
        sheet.set_row_height(row, height.min(HIGHEST_ROW))?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// Properties of a workbook of ours, with a fixed creation day.
///
/// # Errors
/// None in practice: the day is in the calendar.
pub(super) fn properties(title: &str) -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
    Ok(DocProperties::new().set_title(title).set_author("Scrivano").set_creation_datetime(&created))
}

/// The lists too long for a cell's own drop-down.
#[derive(Default)]
struct Lists {
    columns: Vec<Vec<&'static str>>,
}

impl Lists {
    /// A drop-down of `words`.
    fn validation(&mut self, words: &[&'static str]) -> Result<DataValidation, XlsxError> {
        let length = words.iter().map(|word| word.chars().count() + 1).sum::<usize>().saturating_sub(1);
        let list = if length <= INLINE_LIST {
            DataValidation::new().allow_list_strings(words)?
        } else {
            let column =
                rust_xlsxwriter::utility::column_number_to_name(u16::try_from(self.columns.len()).unwrap_or(0));
            self.columns.push(words.to_vec());
            let range = format!("={LISTS}!${column}$1:${column}${}", words.len());
            DataValidation::new().allow_list_formula(Formula::new(range))
        };
        list.set_error_title("Valore non in elenco")?.set_error_message("Scegliere una voce dell’elenco a discesa.")
    }

    fn write(self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let sheet = workbook.add_worksheet();
        sheet.set_name(LISTS)?.set_hidden(true);
        for (column, words) in (0..).zip(self.columns) {
            for (row, word) in (0..).zip(words) {
                sheet.write_string(row, column, word)?;
            }
        }
        Ok(())
    }
}

/// The drop-down list of a column, where it has one.
fn validation(column: &Column, lists: &mut Lists) -> Result<Option<DataValidation>, XlsxError> {
    let words = |choices: &'static [Choice]| choices.iter().map(|choice| choice.word).collect::<Vec<_>>();
    match column.kind {
        Kind::Choice(choices) => lists.validation(&words(choices)).map(Some),
        Kind::Bool => lists.validation(&["sì", "no"]).map(Some),
        // Codes of the bodies for convenience: a name is accepted as well.
        Kind::BodyRef => {
            let range = Formula::new(format!("=Enti!$A$2:$A${LAST_ROW}"));
            Ok(Some(DataValidation::new().allow_list_formula(range).show_error_message(false)))
        }
        _ => Ok(None),
    }
}

/// The comment on a header.
fn note(column: &Column) -> Note {
    let text = if column.required { format!("{} Colonna obbligatoria.", column.note) } else { column.note.to_owned() };
    let lines = u32::try_from(text.chars().count() / 34 + 2).unwrap_or(2);
    Note::new(text).add_author_prefix(false).set_width(240).set_height(lines * 18)
}

/// A sheet with one record a row.
fn rows(
    sheet: &mut Worksheet,
    styles: &Styles,
    spec: &SheetSpec,
    filled: Option<&ExampleSheet>,
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    let extra: &[String] = filled.map_or(&[], |sheet| &sheet.extra);
    let data: &[Vec<ExampleCell>] = filled.map_or(&[], |sheet| &sheet.rows);
    for (col, column) in (0..).zip(spec.columns) {
        sheet.write_string_with_format(0, col, column.name, styles.header(column.required))?;
        sheet.insert_note(0, col, &note(column))?;
        sheet.set_column_width(col, width(column))?;
        sheet.set_column_format(col, styles.cell(column))?;
        if let Some(list) = validation(column, lists)? {
            sheet.add_data_validation(1, col, LAST_ROW - 1, col, &list)?;
        }
        if style::is_text(column) {
            sheet.ignore_error_range(1, col, LAST_ROW - 1, col, IgnoreError::NumberStoredAsText)?;
        }
    }
    let width_of_contract = ColNum::try_from(spec.columns.len()).unwrap_or(ColNum::MAX);
    for (col, header) in (width_of_contract..).zip(extra) {
        sheet.write_string_with_format(0, col, header, styles.header(false))?;
        sheet.set_column_width(col, 60)?;
    }
    for (row, cells) in (1..).zip(data) {
        for (col, cell) in (0..).zip(cells) {
            let format = spec.columns.get(usize::from(col)).map_or(&styles.plain, |column| styles.cell(column));
            write(sheet, row, col, cell, format, styles)?;
        }
    }
    let last_col = spec.columns.len() + extra.len();
    let last_col = ColNum::try_from(last_col.saturating_sub(1)).unwrap_or(ColNum::MAX);
    let last_row = RowNum::try_from(data.len()).unwrap_or(RowNum::MAX).max(LAST_ROW - 1);
    // The first column stays in sight: it says whose the row is.
    sheet.set_freeze_panes(1, 1)?.autofilter(0, 0, last_row, last_col)?;
    sheet.set_landscape().set_paper_size(9).set_repeat_rows(0, 0)?;
    if spec.columns.iter().map(width).sum::<f64>() <= PAGE_WIDTH {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_repeat_columns(0, 0)?;
    }
    Ok(())
}

/// A sheet of fields and values.
fn pairs(
    sheet: &mut Worksheet,
    styles: &Styles,
    spec: &SheetSpec,
    filled: Option<&ExampleSheet>,
    model: &Model,
    lists: &mut Lists,
) -> Result<(), XlsxError> {
    let extra: &[String] = filled.map_or(&[], |sheet| &sheet.extra);
    for (col, header) in (0..).zip(["Campo", "Valore"].into_iter().chain(extra.iter().map(String::as_str))) {
        sheet.write_string_with_format(0, col, header, styles.header(col < 2))?;
    }
    for (index, (row, column)) in (1..).zip(spec.columns).enumerate() {
        sheet.write_string_with_format(row, 0, column.name, styles.field(column.required))?;
        sheet.insert_note(row, 0, &note(column))?;
        let format = styles.value(column);
        sheet.write_blank(row, 1, format)?;
        if let Some(list) = validation(column, lists)? {
            sheet.add_data_validation(row, 1, row, 1, &list)?;
        }
        match filled {
            Some(filled) => {
                for (col, cells) in (1..).zip(&filled.rows) {
                    let format = if col == 1 { format } else { &styles.plain };
                    write(sheet, row, col, cells.get(index).unwrap_or(&ExampleCell::Empty), format, styles)?;
                }
            }
            None => write(sheet, row, 1, &default_of(model, column.name), format, styles)?,
        }
        if column.name == "titolo" {
            // Room for a title of three lines: a row that has been formatted does not grow by itself everywhere.
            sheet.set_row_height(row, 45)?;
        }
    }
    let first = RowNum::try_from(spec.columns.len()).unwrap_or(RowNum::MAX).saturating_add(1);
    for (row, (field, value)) in (first..).zip(filled.map_or(&[][..], |filled| &filled.fields)) {
        sheet.write_string_with_format(row, 0, field, styles.field(false))?;
        write(sheet, row, 1, value, &styles.free_value, styles)?;
    }
    sheet.set_column_width(0, 28)?.set_column_width(1, 60)?.set_column_width(2, 60)?;
    sheet.set_freeze_panes(1, 0)?.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// What the model puts in a field of the convention.
fn default_of(model: &Model, field: &str) -> ExampleCell {
    let defaults = &model.predefiniti;
    match field {
        "modello" => model.id.as_str().into(),
        "titolo" => match model.parametri.get("titolo") {
            Some(Parameter::Text(title)) => title.as_str().into(),
            _ => ExampleCell::Empty,
        },
        "durata_anni" => defaults.durata_anni.into(),
        "rinnovo" => defaults.rinnovo.as_deref().into(),
        "recesso_preavviso_giorni" => defaults.recesso_preavviso_giorni.into(),
        "recesso_dal_anno" => defaults.recesso_dal_anno.into(),
        "forma" => defaults.forma.as_deref().into(),
        "firma" => defaults.firma.as_deref().into(),
        "tipo" => defaults.tipo.as_deref().into(),
        _ => ExampleCell::Empty,
    }
}

/// Writes a cell; an empty one keeps the format of its column.
fn write(
    sheet: &mut Worksheet,
    row: RowNum,
    col: ColNum,
    cell: &ExampleCell,
    format: &Format,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match cell {
        ExampleCell::Empty => {}
        ExampleCell::Text(text) => {
            sheet.write_string_with_format(row, col, text, format)?;
        }
        ExampleCell::Number(number) => {
            // Cells are binary floats whatever we do; `to_f64` gives the nearest, which prints back the same digits.
            sheet.write_number_with_format(row, col, number.to_f64().unwrap_or_default(), styles.number(format))?;
        }
        ExampleCell::Date(day) => {
            sheet.write_datetime_with_format(row, col, excel_day(*day)?, styles.day(format))?;
        }
        ExampleCell::Formula { formula, result } => {
            let formula = Formula::new(formula).set_result(result);
            sheet.write_formula_with_format(row, col, formula, styles.number(format))?;
        }
    }
    Ok(())
}

/// The sheet that says how to fill in the others.
fn readme(sheet: &mut Worksheet, styles: &Styles, model: &Model, example: Option<&Example>) -> Result<(), XlsxError> {
    const STEPS: [&str; 7] = [
        "Compilare i fogli nell’ordine: Convenzione, Enti, Deliberazioni, Servizi, Fasce. Gli altri servono solo se ci sono richieste, beneficiari, incarichi o fatture.",
        "Le colonne con l’intestazione scura sono obbligatorie. Il commento sull’intestazione dice che cosa scrivere.",
        "Dove c’è un elenco a discesa, scegliere una voce.",
        "Di un Comune bastano il nome o il codice ISTAT: il resto si completa dall’elenco nazionale. Se il foglio dice altro, vale il foglio e la differenza è segnalata.",
        "Codici, CAP e numeri di telefono sono in celle di testo: gli zeri iniziali non si perdono.",
        "Nella fase «schema» i dati che mancano si stampano come righe punteggiate; nella fase «stipula» non ci possono essere spazi in bianco.",
        "Poi controllare il file con «scrivano controlla FILE» e produrre gli atti con «scrivano genera FILE».",
    ];
    sheet.set_name(README)?.set_column_width(0, 24)?.set_column_width(1, 100)?;
    let mut row = 0;
    sheet.write_string_with_format(row, 0, model.nome.as_str(), &styles.title)?;
    row += 1;
    sheet.merge_range(row, 0, row, 1, model.descrizione.trim(), &styles.wrapped)?;
    sheet.set_row_height(row, style::height(model.descrizione.trim(), 120))?;
    row += 2;
    let mut section = |sheet: &mut Worksheet, heading: &str, lines: &mut dyn Iterator<Item = (String, String)>| {
        sheet.write_string_with_format(row, 0, heading, &styles.section)?;
        row += 1;
        for (first, second) in lines {
            sheet.write_string_with_format(row, 0, first, &styles.wrapped)?;
            sheet.set_row_height(row, style::height(&second, 110))?;
            sheet.write_string_with_format(row, 1, second, &styles.wrapped)?;
            row += 1;
        }
        row += 1;
        Ok::<(), XlsxError>(())
    };
    let numbered = |(number, text): (usize, &str)| (format!("{number}."), text.to_owned());
    section(sheet, "Come si compila", &mut (1..).zip(STEPS).map(numbered))?;
    let mut purposes = SHEETS.iter().map(|spec| {
        let name = if spec.required { format!("{} (obbligatorio)", spec.name) } else { spec.name.to_owned() };
        (name, spec.purpose.to_owned())
    });
    section(sheet, "I fogli", &mut purposes)?;
    if let Some(example) = example.filter(|example| !example.notes.is_empty()) {
        section(
            sheet,
            "Note su questo esempio",
            &mut (1..).zip(example.notes.iter().map(String::as_str)).map(numbered),
        )?;
    }
    sheet.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

#[cfg(test)]
mod tests;
