//! The workbook with its register written: read again it says the same and the new rows, and the rest of the package is the
//! very bytes it was.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use rust_xlsxwriter::{Color, ExcelDateTime, Format, Formula, Note, Table, TableColumn, Workbook as Book};
use scrivano::bill::{Entry, Named, Print};
use scrivano::emit::copy::{RegisterCopy, register_copy};
use scrivano::money::Money;
use scrivano::read;
use scrivano::schema::BillKind;
use scrivano::table::{Raw, Workbook};

use crate::support::packages::{changed, parts, with_part};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn money(text: &str) -> Money {
    Money::round(text.parse().expect("a decimal"))
}

fn entry(number: &str, row: Option<u32>) -> Entry {
    Entry {
        row,
        is_registered: false,
        body: "c_a035".into(),
        name: "Comune di Acqualagna".into(),
        year: 2026,
        kind: BillKind::Fattura,
        number: number.into(),
        date: day(2026, 3, 2),
        cig: Some("A01B2C3D4E".into()),
        cup: None,
        spending: Some(Named { number: "87 <b> & \"c\"".into(), date: Some(day(2026, 2, 10)) }),
        corrects: None,
        base: money("1023.75"),
        vat: money("225.23"),
        print: Print::parse("9f86d081-884c7d65").expect("a print"),
    }
}

fn tables(bytes: &[u8]) -> Workbook {
    read::workbook("prova.xlsx", bytes).expect("a workbook that is read")
}

/// The copy, its tables read again.
fn copied(bytes: &[u8], entries: &[Entry]) -> (RegisterCopy, Workbook) {
    let copy = register_copy(bytes, &tables(bytes), entries).expect("a copy");
    let read = tables(&copy.bytes);
    (copy, read)
}

/// The cells of a row of `Fatture`, as text, by column.
fn row(tables: &Workbook, index: u32) -> BTreeMap<u32, String> {
    let sheet = tables.sheets.iter().find(|sheet| &*sheet.name == "Fatture").expect("the sheet");
    let row = sheet.rows.iter().find(|row| row.index == index);
    let cells = row.map_or(&[][..], |row| &row.cells);
    let text = |raw: &Raw| match raw {
        Raw::Text(text) => text.clone(),
        Raw::Number(number, _) => number.clone(),
        Raw::Date(moment) => moment.format("%d/%m/%Y").to_string(),
        other => format!("{other:?}"),
    };
    cells.iter().map(|cell| (cell.col, text(&cell.raw))).collect()
}

fn joined(tables: &Workbook, index: u32) -> String {
    row(tables, index).into_iter().map(|(col, text)| format!("{col}={text}")).collect::<Vec<_>>().join(" ")
}

/// A register as a clerk keeps it: a title, headers in an order of their own and in other words, colours, a comment, a
/// formula, a filter; a draft row, a row issued, and a row of totals.
fn kept_by_hand() -> Vec<u8> {
    let mut book = Book::new();
    book.add_worksheet().set_name("Enti").expect("a name").write_string(0, 0, "codice").expect("a cell");
    let sheet = book.add_worksheet().set_name("FATTURE").expect("a name");
    let red = Format::new().set_background_color(Color::Red).set_num_format("d mmm yyyy");
    sheet.write_string(0, 0, "Registro 2026").expect("a title");
    let headers =
        ["Data fattura", "Codice ente", "Numero", "Tipo", "Importo", "IVA", "Totale", "note", "anno", "Determina"];
    for (col, header) in (0..).zip(headers) {
        sheet.write_string(2, col, header).expect("a header");
    }
    sheet.insert_note(2, 1, &Note::new("Il codice")).expect("a note");
    let issued = ExcelDateTime::from_ymd(2026, 1, 15).expect("a day");
    sheet.write_date_with_format(3, 0, issued, &red).expect("a day");
    for (row, texts) in [(3, ["c_b636", "1/2026", "fattura"]), (4, ["c_a035", "", ""])] {
        for (col, text) in (1..).zip(texts).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, col, text).expect("a text");
        }
    }
    sheet.write_number(3, 4, 100.0).expect("a number").write_number(3, 5, 22.0).expect("a number");
    sheet.write_formula(4, 6, Formula::new("=E5+F5").set_result("0")).expect("a formula");
    sheet.write_string(4, 7, "chiamare il sindaco").expect("a note");
    sheet.autofilter(2, 0, 4, 9).expect("a filter");
    book.save_to_buffer().expect("bytes")
}

#[test]
fn cells_go_under_the_headers_that_mean_them_and_nothing_is_written_over() {
    let bytes = kept_by_hand();
    let issued = Entry { is_registered: true, number: "1/2026".into(), base: money("999"), ..entry("1/2026", Some(3)) };
    let (copy, read) = copied(&bytes, &[issued, entry("2/2026", Some(4)), entry("3/2026", None)]);
    assert!(copy.is_faithful);
    let read = Workbook {
        sheets: read
            .sheets
            .iter()
            .cloned()
            .map(|mut sheet| {
                if &*sheet.name == "FATTURE" {
                    sheet.name = "Fatture".into();
                }
                sheet
            })
            .collect(),
        ..read
    };
    assert_eq!(
        joined(&read, 2),
        "0=Data fattura 1=Codice ente 2=Numero 3=Tipo 4=Importo 5=IVA 6=Totale 7=note 8=anno 9=Determina 10=cig 11=determina_data 12=impronta"
    );
    assert_eq!(joined(&read, 3), "0=15/01/2026 1=c_b636 2=1/2026 3=fattura 4=100 5=22 12=9f86d081-884c7d65");
    assert_eq!(
        joined(&read, 4),
        "0=02/03/2026 1=c_a035 2=2/2026 3=fattura 4=1023.75 5=225.23 6=0 7=chiamare il sindaco 8=2026 9=87 <b> & \"c\" \
         10=A01B2C3D4E 11=10/02/2026 12=9f86d081-884c7d65"
    );
    assert_eq!(
        joined(&read, 5),
        "0=02/03/2026 1=c_a035 2=3/2026 3=fattura 4=1023.75 5=225.23 8=2026 9=87 <b> & \"c\" 10=A01B2C3D4E \
         11=10/02/2026 12=9f86d081-884c7d65"
    );
    // The workbook part has the name of the filter and the mark of the formulas; styles the format of the new days.
    assert_eq!(changed(&bytes, &copy.bytes), ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml"]);
    let parts = parts(&copy.bytes);
    let text = |name: &str| String::from_utf8(parts[name].clone()).expect("text");
    let sheet = text("xl/worksheets/sheet2.xml");
    assert!(sheet.contains("<autoFilter ref=\"A3:J6\""), "{sheet}");
    assert!(sheet.contains("<dimension ref=\"A1:M6\"/>"), "{sheet}");
    assert!(sheet.contains("<f>E5+F5</f>"));
    assert!(text("xl/workbook.xml").contains("FATTURE!$A$3:$J$6"), "{}", text("xl/workbook.xml"));
    assert!(text("xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
    // The day of the new rows looks as that of the row above.
    let style = |at: &str| {
        sheet.split(&format!("<c r=\"{at}\" s=\"")).nth(1).map(|rest| rest.split('"').next().map(str::to_owned))
    };
    assert_eq!(style("A4"), style("A6"));
    assert!(style("A4").is_some());
}

#[test]
fn the_same_entries_written_twice_change_nothing() {
    let bytes = kept_by_hand();
    let (once, read) = copied(&bytes, &[entry("2/2026", Some(4))]);
    let issued = Entry { is_registered: true, ..entry("2/2026", Some(4)) };
    let (twice, again) = copied(&once.bytes, &[issued]);
    assert_eq!(changed(&once.bytes, &twice.bytes), [] as [&str; 0]);
    assert_eq!(read, again);
}

#[test]
fn days_are_counted_as_the_workbook_counts_them() {
    let old =
        with_part(&kept_by_hand(), "xl/workbook.xml", |xml| xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" "));
    let (_, read) = copied(&old, &[entry("2/2026", Some(4))]);
    let sheet = read.sheets.iter().find(|sheet| &*sheet.name == "FATTURE").expect("the sheet");
    let cell = sheet.rows.iter().find(|row| row.index == 4).and_then(|row| row.get(0)).map(|cell| cell.raw.clone());
    assert_eq!(cell, day(2026, 3, 2).and_hms_opt(0, 0, 0).map(Raw::Date));
}

#[test]
fn prefixed_and_unnumbered_rows_are_followed() {
    let odd = with_part(&kept_by_hand(), "xl/worksheets/sheet2.xml", |xml| {
        let (head, rest) = xml.split_once("<sheetData>").expect("rows");
        let (rows, tail) = rest.split_once("</sheetData>").expect("rows");
        // Rows that do not say their number: the blank one is there, empty.
        let rows = rows.replace("<row r=\"1\"", "<row").replace("<row r=\"3\"", "<row/><row");
        let rows = rows.replace("<row r=\"4\"", "<row").replace("<row r=\"5\"", "<row");
        let all = format!("{head}<sheetData>{rows}</sheetData>{tail}");
        let mut out = String::new();
        for piece in all.split_inclusive('<') {
            out.push_str(piece);
        }
        let out = out.replace('<', "<x:").replace("<x:/", "</x:").replace("<x:?", "<?");
        out.replace("xmlns=", "xmlns:x=")
    });
    let (copy, read) = copied(&odd, &[entry("2/2026", Some(4)), entry("3/2026", None)]);
    assert!(copy.is_faithful);
    let (_, plain) = copied(&kept_by_hand(), &[entry("2/2026", Some(4)), entry("3/2026", None)]);
    assert_eq!(read, plain);
}

#[test]
fn tables_grow_over_the_rows_under_them() {
    let mut book = Book::new();
    let sheet = book.add_worksheet().set_name("Fatture").expect("a name");
    let headers = ["ente", "numero", "data", "imponibile"];
    let columns: Vec<TableColumn> = headers.iter().map(|header| TableColumn::new().set_header(*header)).collect();
    sheet.add_table(0, 0, 1, 3, &Table::new().set_columns(&columns)).expect("a table");
    sheet.write_string(1, 0, "c_a035").expect("a cell");
    let bytes = book.save_to_buffer().expect("bytes");
    let (copy, read) = copied(&bytes, &[entry("1/2026", Some(1)), entry("2/2026", None)]);
    assert_eq!(row(&read, 2).get(&1).map(String::as_str), Some("2/2026"));
    let table = String::from_utf8(parts(&copy.bytes)["xl/tables/table1.xml"].clone()).expect("text");
    assert_eq!(table.matches("ref=\"A1:D3\"").count(), 2, "{table}");
}

#[test]
fn a_sheet_that_is_missing_or_empty_is_made() {
    let mut book = Book::new();
    book.add_worksheet().set_name("Enti").expect("a name").write_string(0, 0, "codice").expect("a cell");
    let without = book.save_to_buffer().expect("bytes");
    book.add_worksheet().set_name("Fatture").expect("a name");
    let empty = book.save_to_buffer().expect("bytes");
    for bytes in [without, empty] {
        let (copy, read) = copied(&bytes, &[entry("1/2026", None)]);
        assert!(copy.is_faithful);
        assert_eq!(row(&read, 0).len(), 13);
        assert_eq!(
            joined(&read, 1),
            "0=c_a035 1=2026 2=fattura 3=1/2026 4=02/03/2026 5=A01B2C3D4E 7=87 <b> & \"c\" 8=10/02/2026 10=1023.75 \
             11=225.23 12=9f86d081-884c7d65"
        );
        assert_eq!(read.sheets[0], tables(&bytes).sheets[0]);
    }
}

#[test]
fn rows_without_headers_are_refused() {
    let mut book = Book::new();
    book.add_worksheet().set_name("Fatture").expect("a name").write_string(0, 0, "appunti").expect("a cell");
    let bytes = book.save_to_buffer().expect("bytes");
    let error = register_copy(&bytes, &tables(&bytes), &[entry("1/2026", None)]).expect_err("refused");
    assert!(error.to_string().contains("intestazioni"), "{error}");
}

#[test]
fn every_kind_of_workbook_keeps_what_it_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = [
        "fixtures/pesaro-urbino.xlsx",
        "fixtures/errori.xlsx",
        "tests/data/formati/libreoffice.xlsx",
        "tests/data/formati/openpyxl.xlsx",
        "tests/data/formati/pesaro-urbino.ods",
        "tests/data/formati/pesaro-urbino.xls",
        "tests/data/formati/libreoffice.ods",
    ];
    for file in files {
        let bytes = std::fs::read(root.join(file)).expect(file);
        let before = tables(&bytes);
        let (copy, after) = copied(&bytes, &[entry("901/2026", None), entry("902/2026", None)]);
        assert_eq!(copy.is_faithful, file.ends_with(".xlsx"), "{file}");
        for sheet in before.sheets.iter().filter(|sheet| &*sheet.name != "Fatture") {
            let found = after.sheets.iter().find(|it| it.name == sheet.name).expect("a sheet");
            if copy.is_faithful {
                assert_eq!(sheet, found, "{file}");
                continue;
            }
            // Written anew a number may get the format of its column, and an error is its name.
            let values = |sheet: &scrivano::table::Sheet| -> Vec<String> {
                let cells = sheet.rows.iter().flat_map(|row| row.cells.iter().map(move |cell| (row.index, cell)));
                cells
                    .map(|(row, cell)| match &cell.raw {
                        Raw::Number(number, _) => format!("{row} {} {number}", cell.col),
                        Raw::Error(name) => format!("{row} {} {:?}", cell.col, Raw::Text(name.clone())),
                        other => format!("{row} {} {other:?}", cell.col),
                    })
                    .collect()
            };
            assert_eq!(values(sheet), values(found), "{file}");
        }
        let book = String::from_utf8(parts(&copy.bytes)["xl/workbook.xml"].clone()).expect("text");
        let line = book.split("<sheet ").find(|line| line.starts_with("name=\"Fatture\"")).expect("its line");
        let id = line.split_whitespace().find_map(|word| word.split_once(":id=")).expect("a relationship").0;
        let line = line.split("/>").next().unwrap_or_default();
        let root = book.split("<sheets").next().unwrap_or_default();
        assert!(format!("{root}{line}").contains(&format!("xmlns:{id}=")), "{file}: a prefix that nobody declares");
        let register = after.sheets.iter().find(|sheet| &*sheet.name == "Fatture").expect("the sheet");
        let text = format!("{:?}", register.rows);
        assert!(text.contains("901/2026") && text.contains("902/2026"), "{file}");
    }
}
