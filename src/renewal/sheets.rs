//! The next term as a workbook: its records laid out by the contract, and what the clerk keeps beside them.
//!
//! Values that a person wrote stay, in their checked spelling; what the program had completed stays blank, so that it is
//! completed again; what could not be read is kept as it stands, to be corrected there.

use rust_decimal::Decimal;

use super::notes::{self, NOTES, clipped};
use super::{Entry, Renewed};
use crate::dossier::{Deadline, Dossier, Field, Origin, TypedRow, Value};
use crate::example::{Example, ExampleCell, ExampleSheet, PlainSheet};
use crate::italian::{decimal, fold};
use crate::place::Place;
use crate::schema::{Column, Kind, Layout, SHEETS, SheetSpec};
use crate::table::{Raw, Row, Sheet, Workbook};

/// Longest name of a sheet in the format that is written.
const LONGEST_NAME: usize = 31;

/// Lays out the workbook. `unknown` are the places of the headings and fields that the contract does not have; `skip` the
/// names of sheets that are the program's own.
pub fn workbook(
    old: &Dossier,
    renewed: &mut Renewed,
    tables: &Workbook,
    unknown: &[Place],
    skip: &[&str],
    deadlines: &[Deadline],
) -> Example {
    let mut kept = Vec::new();
    let sheets = SHEETS
        .iter()
        .map(|spec| {
            let table = tables.sheets.iter().find(|sheet| fold(&sheet.name) == fold(spec.name));
            let sheet = contract(spec, rows(&renewed.dossier, spec.name), table, unknown);
            let names = sheet.extra.iter().map(|name| format!("la colonna «{name}» di {}", spec.name));
            kept.extend(
                names.chain(sheet.fields.iter().map(|(name, _)| format!("il campo «{name}» di {}", spec.name))),
            );
            sheet
        })
        .collect();
    let mut others: Vec<PlainSheet> = Vec::new();
    for sheet in &tables.sheets {
        let is = |name: &str| fold(name) == fold(&sheet.name);
        if SHEETS.iter().any(|spec| is(spec.name)) || skip.iter().any(|name| is(name)) || is(NOTES) {
            continue;
        }
        let name = free_name(&sheet.name, &others);
        kept.push(format!("il foglio «{}»", sheet.name));
        others.push(plain(name, sheet));
    }
    if !kept.is_empty() {
        renewed.done.push(Entry { text: "Conservati anche se il programma non li legge:".to_owned(), bodies: kept });
    }
    if annotated(old, tables) {
        let text = "Nel foglio Convenzione c’è qualcosa a destra dei valori: non è stato riportato.";
        renewed.to_check.push(text.to_owned().into());
    }
    renewed.done.push(
        "Del vecchio foglio non si conservano colori, commenti, righe di titolo e di totale; delle formule restano i \
         valori. L’ordine delle colonne è quello del modello."
            .to_owned()
            .into(),
    );
    others.insert(0, notes::sheet(old, renewed, deadlines));
    Example { sheets, notes: Vec::new(), others }
}

/// The records of a sheet.
fn rows(dossier: &Dossier, sheet: &str) -> Vec<TypedRow> {
    macro_rules! of {
        ($records:expr) => {
            $records.iter().map(|record| record.to_row()).collect()
        };
    }
    match sheet {
        "Convenzione" => vec![dossier.convention.to_row()],
        "Enti" => of!(dossier.bodies),
        "Deliberazioni" => of!(dossier.deliberations),
        "Servizi" => of!(dossier.services),
        "Fasce" => of!(dossier.bands),
        "Richieste" => of!(dossier.requests),
        "Beneficiari" => of!(dossier.recipients),
        "Incarichi" => of!(dossier.posts),
        "Fatture" => of!(dossier.invoices),
        "Stanziamenti" => of!(dossier.allocations),
        "Attivita" => of!(dossier.activities),
        _ => Vec::new(),
    }
}

fn find(table: Option<&Sheet>, row: u32) -> Option<&Row> {
    let rows = &table?.rows;
    rows.binary_search_by_key(&row, |row| row.index).ok().and_then(|index| rows.get(index))
}

/// A sheet of the contract.
fn contract(
    spec: &'static SheetSpec,
    records: Vec<TypedRow>,
    table: Option<&Sheet>,
    unknown: &[Place],
) -> ExampleSheet {
    let here = unknown.iter().filter_map(|place| match place {
        Place::Cell(sheet, row, col) if &**sheet == spec.name => Some((*row, *col)),
        _ => None,
    });
    let raw_at = |row: u32, col: u32| find(table, row).and_then(|row| row.get(col)).map(|cell| &cell.raw);
    let text_at = |row: u32, col: u32| raw_at(row, col).map(label).filter(|text| !text.is_empty());
    let mut sheet = ExampleSheet { name: spec.name, extra: Vec::new(), rows: Vec::new(), fields: Vec::new() };
    let mut columns = Vec::new();
    match spec.layout {
        Layout::Rows => {
            for (row, col) in here {
                if let Some(header) = text_at(row, col) {
                    sheet.extra.push(header);
                    columns.push(col);
                }
            }
        }
        Layout::Pairs => {
            let value_col =
                records.iter().flat_map(|record| record.fields.values()).find_map(|field| match field.place {
                    Place::Cell(_, _, col) => Some(col),
                    _ => None,
                });
            for (row, col) in here {
                let value = raw_at(row, value_col.unwrap_or(col + 1)).map_or(ExampleCell::Empty, raw);
                sheet.fields.extend(text_at(row, col).map(|label| (label, value)));
            }
        }
    }
    for record in records {
        let typed = spec.columns.iter().map(|column| match record.fields.get(column.name) {
            Some(field) => cell(field, column, |place| match place {
                Place::Cell(_, row, col) => raw_at(*row, *col),
                _ => None,
            }),
            None => ExampleCell::Empty,
        });
        let beside = columns.iter().map(|col| raw_at(record.row, *col).map_or(ExampleCell::Empty, raw));
        sheet.rows.push(typed.chain(beside).collect());
    }
    sheet
}

fn cell<'a>(field: &Field<Value>, column: &Column, raw_at: impl Fn(&Place) -> Option<&'a Raw>) -> ExampleCell {
    match (field.origin, field.get()) {
        (Origin::Sheet, Some(value)) => content(value, column),
        (Origin::Unreadable, _) => raw_at(&field.place).map_or(ExampleCell::Empty, raw),
        _ => ExampleCell::Empty,
    }
}

fn content(value: &Value, column: &Column) -> ExampleCell {
    match value {
        Value::Text(text) => clipped(text).into(),
        Value::Count(count) => (*count).into(),
        // A bare number between 0 and 1 would be read as a fraction of the whole.
        Value::Decimal(number) if matches!(column.kind, Kind::Percent) && *number < Decimal::ONE => {
            format!("{}%", decimal(*number, 0)).into()
        }
        Value::Decimal(number) => (*number).into(),
        Value::Date(day) => (*day).into(),
        Value::Bool(yes) => (*yes).into(),
        Value::Choice(index) => match column.kind {
            Kind::Choice(words) => words.get(*index).map(|choice| choice.word).into(),
            _ => ExampleCell::Empty,
        },
        Value::BodyCode(code) => code.as_str().into(),
        Value::TaxCode(code) => code.as_str().into(),
        Value::VatNumber(code) => code.as_str().into(),
        Value::PostCode(code) => code.as_str().into(),
        Value::IstatCode(code) => code.as_str().into(),
        Value::OfficeCode(code) => code.as_str().into(),
        Value::Pec(code) => code.as_str().into(),
        Value::Iban(code) => code.as_str().into(),
    }
}

/// A cell as it stands. A number shown with leading zeros becomes the text that the clerk sees.
fn raw(raw: &Raw) -> ExampleCell {
    match raw {
        Raw::Text(text) => clipped(text).into(),
        Raw::Number(number, format) => {
            let zeros = format.as_deref().filter(|format| format.len() > 1 && format.bytes().all(|byte| byte == b'0'));
            match (zeros, number.parse::<Decimal>()) {
                (Some(zeros), _) => format!("{number:0>width$}", width = zeros.len().min(40)).into(),
                (None, Ok(number)) => number.into(),
                (None, Err(_)) => number.as_str().into(),
            }
        }
        Raw::Bool(yes) => (*yes).into(),
        Raw::Date(moment) => moment.date().into(),
        Raw::Error(text) | Raw::Uncalculated(text) => clipped(text).into(),
    }
}

/// A heading.
fn label(raw: &Raw) -> String {
    match raw {
        Raw::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Raw::Number(number, _) => number.clone(),
        _ => String::new(),
    }
}

/// A sheet of the clerk's own.
fn plain(name: String, sheet: &Sheet) -> PlainSheet {
    let cells = sheet.rows.iter().flat_map(|row| {
        let cell = |col: u32, content: &Raw| Some((row.index, u16::try_from(col).ok()?, raw(content)));
        row.cells.iter().filter_map(move |it| cell(it.col, &it.raw))
    });
    PlainSheet { name, cells: cells.collect(), ..PlainSheet::default() }
}

/// The name, cut and cleaned to what the format allows, and not that of another sheet.
fn free_name(name: &str, others: &[PlainSheet]) -> String {
    let clean: String = name.chars().map(|c| if "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let clean = clean.trim_matches([' ', '\'']);
    let clean = if clean.is_empty() { "Foglio" } else { clean };
    let cut = |text: &str, longest: usize| text.chars().take(longest).collect::<String>();
    let taken = |wanted: &str| others.iter().any(|sheet| sheet.name.to_lowercase() == wanted.to_lowercase());
    let mut wanted = cut(clean, LONGEST_NAME);
    let mut number = 2_u32;
    while taken(&wanted) {
        let suffix = format!(" ({number})");
        wanted = format!("{}{suffix}", cut(clean, LONGEST_NAME - suffix.chars().count()));
        number += 1;
    }
    wanted
}

/// True where the `Convenzione` sheet has something to the right of its values.
fn annotated(old: &Dossier, tables: &Workbook) -> bool {
    let Place::Cell(_, _, value) = old.convention.titolo.place else { return false };
    let sheet = tables.sheets.iter().find(|sheet| fold(&sheet.name) == "convenzione");
    sheet.is_some_and(|sheet| sheet.rows.iter().any(|row| row.cells.iter().any(|cell| cell.col > value)))
}
