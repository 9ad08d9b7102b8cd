//! The workbook is read back with another library, and its parts looked at.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::*;
use crate::example::{example, faulty};

fn model(id: &str) -> Model {
    Model {
        id: id.to_owned(),
        nome: "Prova".to_owned(),
        descrizione: "Un modello.".to_owned(),
        base: Vec::new(),
        atti: Model::USUAL_ACTS.to_vec(),
        predefiniti: toml::from_str("durata_anni = 5\nrecesso_preavviso_giorni = 90\nfirma = \"digitale\"")
            .expect("defaults"),
        scadenze: crate::model::Schedule::default(),
        quota: toml::from_str("criterio = \"abitante\"").expect("a scheme"),
        parametri: [("titolo".to_owned(), Parameter::Text("Convenzione di prova".to_owned()))].into(),
        organi: Vec::new(),
    }
}

fn written(id: &str) -> (Vec<u8>, Example) {
    let example = if id == "errori" { faulty() } else { example(id).expect("an example") };
    (template(&model("pesaro-urbino"), Some(&example)).expect("a workbook"), example)
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    archive.by_name(name).expect("a part").read_to_string(&mut text).expect("text");
    text
}

#[test]
fn same_arguments_same_bytes() {
    assert_eq!(template(&model("upi"), None).expect("bytes"), template(&model("upi"), None).expect("bytes"));
    for id in ["pesaro-urbino", "upi", "errori"] {
        assert!(written(id).0 == written(id).0, "{id}");
    }
}

#[test]
fn sheets_and_headers_read_back() {
    let mut workbook = open(template(&model("upi"), None).expect("bytes"));
    let names: Vec<String> =
        [README].into_iter().chain(SHEETS.iter().map(|spec| spec.name)).map(str::to_owned).collect();
    assert_eq!(workbook.sheet_names(), names);
    for spec in SHEETS {
        let range = workbook.worksheet_range(spec.name).expect("a sheet");
        let cell = |row: usize, col: usize| range.get((row, col)).map(ToString::to_string).unwrap_or_default();
        for (index, column) in spec.columns.iter().enumerate() {
            let header = if spec.layout == Layout::Rows { cell(0, index) } else { cell(index + 1, 0) };
            assert_eq!(header, column.name, "{}", spec.name);
        }
        if spec.layout == Layout::Pairs {
            assert_eq!((cell(0, 0), cell(0, 1)), ("Campo".to_owned(), "Valore".to_owned()));
            assert_eq!(cell(1, 1), "upi");
            assert_eq!(cell(2, 1), "Convenzione di prova");
        }
    }
}

#[test]
fn every_cell_of_the_examples_reads_back() {
    for id in ["pesaro-urbino", "upi", "errori"] {
        let (bytes, example) = written(id);
        let mut workbook = open(bytes);
        for sheet in &example.sheets {
            let spec = sheet.spec().expect("a sheet of the contract");
            let range = workbook.worksheet_range(sheet.name).expect("a sheet");
            for (r, row) in sheet.rows.iter().enumerate() {
                for (c, cell) in row.iter().enumerate() {
                    let position = if spec.layout == Layout::Rows { (r + 1, c) } else { (c + 1, r + 1) };
                    let read = range.get(position).unwrap_or(&Data::Empty);
                    let same = match (cell, read) {
                        (ExampleCell::Empty, Data::Empty) => true,
                        (ExampleCell::Text(text), Data::String(read)) => text == read,
                        (ExampleCell::Number(number), Data::Float(read)) => {
                            read.to_string() == number.normalize().to_string()
                        }
                        (ExampleCell::Date(day), Data::DateTime(read)) => {
                            read.as_datetime().map(|time| time.date()) == Some(*day)
                        }
                        (ExampleCell::Formula { .. }, Data::Error(_)) => true,
                        _ => false,
                    };
                    assert!(same, "{id} {} {position:?}: {cell:?} read as {read:?}", sheet.name);
                }
            }
        }
    }
}

#[test]
fn drop_down_lists_and_notes_are_there() {
    let (bytes, _) = written("upi");
    for (number, spec) in (2..).zip(SHEETS) {
        let xml = part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        let lists =
            spec.columns.iter().filter(|c| matches!(c.kind, Kind::Choice(_) | Kind::Bool | Kind::BodyRef)).count();
        assert!(xml.matches("<dataValidation ").count() <= lists);
        assert_eq!(xml.contains("<dataValidation "), lists > 0, "{}", spec.name);
        assert!(xml.contains("state=\"frozen\""), "{}", spec.name);
        let comments = part(&bytes, &format!("xl/comments{}.xml", number - 1));
        assert_eq!(comments.matches("<comment ").count(), spec.columns.len(), "{}", spec.name);
    }
    let convention = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(convention.contains("bilaterale,multilaterale"));
    assert!(
        part(&bytes, "xl/worksheets/sheet3.xml").contains("=Enti!$A$2:$A$500")
            || convention.contains("Enti!$A$2:$A$500")
    );
}

#[test]
fn long_lists_go_to_a_hidden_sheet() {
    let words: Vec<&'static str> = vec!["una voce piuttosto lunga"; 20];
    let mut lists = Lists::default();
    lists.validation(&words).expect("a list");
    let mut workbook = Workbook::new();
    workbook.add_worksheet();
    lists.write(&mut workbook).expect("written");
    let read = open(workbook.save_to_buffer().expect("bytes"));
    assert_eq!(read.sheet_names().last().map(String::as_str), Some(LISTS));
}

#[test]
fn codes_are_in_text_format_down_to_the_last_row() {
    let bytes = template(&model("upi"), None).expect("bytes");
    let xml = part(&bytes, "xl/worksheets/sheet3.xml");
    assert!(xml.contains("numberStoredAsText=\"1\""));
    assert!(xml.contains("sqref=\"A2:A500\"") || xml.contains("sqref=\"A2:A500 "), "ignored down to row 500");
    assert!(xml.contains("<col min=\"1\" max=\"1\"") && part(&bytes, "xl/styles.xml").contains("numFmtId=\"49\""));
}
