//! Tests of `read`: the same table in every format, values, and hostile files made here.

use std::io::{Cursor, Write};
use std::sync::Once;

use rust_xlsxwriter as writer;
use zip::write::SimpleFileOptions;

use super::*;
use crate::table::{Raw, Row};

/// Reads, with the panics of the reader's thread kept silent as the program does.
#[expect(clippy::result_large_err, reason = "as the function under test")]
fn read(name: &str, bytes: &[u8]) -> Result<Workbook, Diagnostic> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if thread::current().name() != Some(READER_THREAD) {
                hook(info);
            }
        }));
    });
    workbook(name, bytes)
}

fn refused(bytes: &[u8]) -> String {
    let found = read("prova.xlsx", bytes).map(|book| book.sheets.len()).unwrap_err();
    assert_eq!((found.code, found.place.to_string().as_str()), ("WB-06", "prova.xlsx"));
    assert!(!found.hint.is_empty());
    found.message
}

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const RELS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook><sheets><sheet name="Enti" sheetId="1" r:id="s1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<Relationships><Relationship Id="s1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn parts<'a>(sheet: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut parts = vec![
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, text) in more {
        parts.retain(|(known, _)| known != name);
        parts.push((name, text));
    }
    parts
}

/// An `.xlsx` of one sheet, "Enti", with these rows in XML.
fn xlsx(rows: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    zipped(&parts(&sheet, more))
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="Enti">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

fn shown(row: &Row) -> Vec<String> {
    let raw = |raw: &Raw| match raw {
        Raw::Text(text) => format!("t:{text}"),
        Raw::Number(text, format) => format!("n:{text}:{}", format.as_deref().unwrap_or_default()),
        Raw::Bool(value) => format!("b:{value}"),
        Raw::Date(value) => format!("d:{value}"),
        Raw::Error(text) => format!("e:{text}"),
        Raw::Uncalculated(text) => format!("u:{text}"),
    };
    row.cells.iter().map(|cell| format!("{}={}", crate::place::column_letters(cell.col), raw(&cell.raw))).collect()
}

fn lines(bytes: &[u8]) -> Vec<String> {
    let book = read("prova", bytes).unwrap();
    book.sheets[0].rows.iter().map(|row| format!("{} {}", row.index + 1, shown(row).join(" "))).collect()
}

#[test]
fn the_same_table_comes_out_of_every_format() {
    let files: [(&str, &[u8]); 4] = [
        ("openpyxl", include_bytes!("../../tests/data/formati/openpyxl.xlsx")),
        ("libreoffice", include_bytes!("../../tests/data/formati/libreoffice.xlsx")),
        ("ods", include_bytes!("../../tests/data/formati/libreoffice.ods")),
        ("xls", include_bytes!("../../tests/data/formati/libreoffice.xls")),
    ];
    for (name, bytes) in files {
        // The extension says nothing.
        let book = read("tabella.txt", bytes).unwrap_or_else(|found| panic!("{name}: {}", found.message));
        let names: Vec<&str> = book.sheets.iter().map(|sheet| &*sheet.name).collect();
        assert_eq!((names, &*book.name), (vec!["Enti", "Nascosto", "Vuoto"], "tabella.txt"), "{name}");
        let zeros = if name == "xls" { "" } else { "00000" };
        let (doubled, halved, error) = match name {
            "openpyxl" => ("u:=E4*2", "u:=E5*2", "u:=NA()"),
            _ => ("n:2469:", "n:0.3:", "e:#N/D"),
        };
        let title = "1 B=t:Enti aderenti alla convenzione";
        let header =
            "3 B=t:codice C=t:denominazione D=t:abitanti E=t:importo F=t:data G=t:attivo H=t:doppio I=t:errore";
        let first = format!(
            "4 B=n:123:{zeros} C=t:Comune di Abbiategrasso D=n:32409: E=n:1234.5: F=d:2025-03-12 00:00:00 G=b:true H={doubled} I={error}"
        );
        let second = format!(
            "5 B=n:45:{zeros} C=t:Comune di Sant'Agata & Figli\ncon <due> righe D=n:-3: E=n:0.15: F=d:2025-12-31 12:30:00 G=b:false H={halved}"
        );
        assert_eq!(lines(bytes), [title, header, &first, &second], "{name}");
        assert_eq!(shown(&book.sheets[1].rows[0]), ["A=t:letto"], "{name}");
        assert!(book.sheets[2].rows.is_empty(), "{name}");
        assert_eq!(book.sheets[0].place(3, 1).to_string(), "Enti!B4");
    }
}

#[test]
fn a_password_is_called_a_password() {
    let files: [&[u8]; 3] = [
        include_bytes!("../../tests/data/formati/con-password.xlsx"),
        include_bytes!("../../tests/data/formati/con-password.ods"),
        include_bytes!("../../tests/data/formati/con-password.xls"),
    ];
    for bytes in files {
        assert_eq!(refused(bytes), "Il file «prova.xlsx» è protetto da password.");
    }
}

#[test]
fn other_files_are_called_by_name() {
    let word = zipped(&[("_rels/.rels", &RELS.replace("xl/workbook", "word/document")), ("word/document.xml", "<a/>")]);
    let binary = zipped(&[("_rels/.rels", &RELS.replace("book.xml", "book.bin")), ("xl/workbook.bin", "x")]);
    let text = zipped(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")]);
    let zip = zipped(&[("enti.xlsx", "x")]);
    let signed = b"\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80";
    let cases: [(&[u8], &str); 14] = [
        (b"", "è vuoto"),
        (&[0; 600], "è vuoto"),
        (b"codice;nome;abitanti\r\n1;Milano;2", "è un file di testo (sembra un CSV)"),
        ("Perché no".as_bytes(), "è un file di testo."),
        (b"\xFF\xFEc\0i\0a\0o\0", "è un file di testo."),
        (b"%PDF-1.7 \x00\x01", "è un PDF"),
        (b"<html><table><tr><td>1</td></tr></table>", "è una pagina web (HTML)"),
        (b"<?xml version='1.0'?><?mso-application progid=\"Excel.Sheet\"?>", "formato XML del 2003"),
        (b"\x89PNG\r\n\x1a\n\0\0", "è un'immagine"),
        (signed, "è un file firmato digitalmente (.p7m)"),
        (&word, "è un documento Word"),
        (&binary, "cartella di lavoro binaria di Excel (.xlsb)"),
        (&text, "è un documento di testo di LibreOffice"),
        (&zip, "è un archivio .zip"),
    ];
    for (bytes, words) in cases {
        let message = refused(bytes);
        assert!(message.contains(words), "{message} / {words}");
    }
}

#[test]
fn a_truncated_file_is_damaged_never_a_crash() {
    let files: [&[u8]; 3] = [
        include_bytes!("../../tests/data/formati/libreoffice.xlsx"),
        include_bytes!("../../tests/data/formati/libreoffice.ods"),
        include_bytes!("../../tests/data/formati/libreoffice.xls"),
    ];
    for bytes in files {
        for eighth in 1..8 {
            let message = refused(&bytes[..bytes.len() * eighth / 8]);
            assert!(message.contains("danneggiato o incompleto"), "{eighth}: {message}");
        }
    }
}

#[test]
fn values_written_by_rust_xlsxwriter() {
    let mut book = writer::Workbook::new();
    let sheet = book.add_worksheet().set_name("Enti").unwrap();
    let zeros = writer::Format::new().set_num_format("00000");
    let day = writer::Format::new().set_num_format("dd/mm/yyyy");
    let hours = writer::Format::new().set_num_format("[h]:mm");
    let blank = writer::Format::new().set_bold();
    sheet.write_number(2, 1, 1e15 * 1234.0).unwrap();
    sheet.write_number(2, 2, 12345.7).unwrap();
    sheet.write_number_with_format(2, 3, 345, &zeros).unwrap();
    sheet.write_number_with_format(3, 1, 45_728, &day).unwrap();
    sheet.write_number_with_format(3, 2, 1.5, &hours).unwrap();
    sheet.write_string(3, 3, " \u{a0}").unwrap();
    sheet.write_string(4, 0, "\u{a0}spazio ").unwrap();
    sheet.write_blank(1_048_575, 16_383, &blank).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let expected = [
        "3 B=n:1234000000000000000: C=n:12345.7: D=n:345:00000",
        "4 B=d:2025-03-12 00:00:00 C=n:1.5:[h]:mm",
        "5 A=t:\u{a0}spazio ",
    ];
    assert_eq!(lines(&bytes), expected);
}

#[test]
fn errors_dates_and_formulas_of_excel() {
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"></xf><xf numFmtId="14"></xf></cellXfs></styleSheet>"#;
    let rows = r##"
        <row r="2"><c r="B2" t="e"><v>#REF!</v></c><c r="C2" t="e"><v>#NAME?</v></c><c r="D2" t="e"><v>#NULL!</v></c><c r="E2" t="e"><v>#VALUE!</v></c></row>
        <row r="3"><c r="A3" s="1"><v>44266</v></c><c r="B3" t="d"><v>2025-03-12</v></c></row>
        <row r="5"><c r="A5"><f t="shared" ref="A5:A6" si="999999999999">B5+1</f></c><c r="B5"><f>SUM(A1:A2)</f><v></v></c><c r="C5" t="str"><f>""</f><v></v></c></row>
        <row r="6"><c r="A6"><f t="shared" si="999999999999"/></c><c r="B6"><f>1+1</f><v>2</v></c></row>"##;
    let with_1904 = BOOK.replace("<sheets>", r#"<workbookPr date1904="1"/><sheets>"#);
    let expected = |day: &str| {
        vec![
            "2 B=e:#RIF! C=e:#NOME? D=e:#NULLO! E=e:#VALORE!".to_owned(),
            format!("3 A=d:{day} 00:00:00 B=d:2025-03-12 00:00:00"),
            "5 A=u:=B5+1 B=u:=SUM(A1:A2)".to_owned(),
            "6 A=u:=B5+1 B=n:2:".to_owned(),
        ]
    };
    assert_eq!(lines(&xlsx(rows, &[("xl/styles.xml", styles)])), expected("2021-03-11"));
    assert_eq!(
        lines(&xlsx(rows, &[("xl/styles.xml", styles), ("xl/workbook.xml", &with_1904)])),
        expected("2025-03-12")
    );
}

#[test]
fn a_serial_that_no_calendar_holds_is_a_number() {
    let styles = r#"<styleSheet><cellXfs><xf numFmtId="0"></xf><xf numFmtId="14"></xf></cellXfs></styleSheet>"#;
    let rows = r#"<row r="1"><c r="A1" s="1"><v>-1e68</v></c><c r="B1" s="1"><v>9e300</v></c><c r="C1" s="1"><v>1</v></c></row>"#;
    let read = lines(&xlsx(rows, &[("xl/styles.xml", styles)]));
    assert!(
        read[0].contains("A=n:-1") && read[0].contains("B=n:9") && read[0].ends_with("C=d:1900-01-01 00:00:00"),
        "{read:?}"
    );
}

#[test]
fn a_filled_far_cell_is_refused_with_its_name_and_a_formatted_one_is_not() {
    let far = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"><v>1</v></c></row>"#;
    assert!(
        refused(&xlsx(far, &[])).contains("il foglio «Enti» ha un valore nella cella XFD1048576, fuori dai limiti")
    );
    let empty = far.replace(r#"s="0"><v>1</v>"#, r#"s="0"/>"#).replace("</c></row></row>", "</c></row>");
    assert_eq!(lines(&xlsx(&empty.replace("/></c>", "/>"), &[])), ["1 A=n:1:"]);

    let cell = |tag: &str| {
        format!(
            r#"<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row><table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row><table:table-row><table:table-cell table:number-columns-repeated="16383"/>{tag}</table:table-row>"#
        )
    };
    assert_eq!(lines(&ods(&cell(r#"<table:table-cell table:style-name="ce1"/>"#))), ["1 A=n:1:"]);
    let message =
        refused(&ods(&cell(r#"<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>"#)));
    assert!(message.contains("«Enti» ha un valore nella cella XFD1048576"), "{message}");
    let everywhere = r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#;
    assert!(refused(&ods(everywhere)).contains("XFD1048576"));
}

#[test]
fn repeated_cells_of_an_ods_are_laid_out() {
    let table = r#"
      <table:table-row table:number-rows-repeated="2"> <table:table-cell/> </table:table-row>
      <table:table-row table:number-rows-repeated="2">
        <table:table-cell table:number-columns-repeated="2" office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>
        <table:covered-table-cell><text:p>nascosto</text:p></table:covered-table-cell>
        <table:table-cell office:value-type="string"><office:annotation><text:p>nota</text:p></office:annotation><text:p>a<text:s text:c="2"/>&amp;<text:span>b</text:span></text:p></table:table-cell>
        <table:table-cell table:formula="of:=[.A1]+1"/>
        <table:table-cell office:value-type="string"><text:p> <text:s text:c="4"/></text:p></table:table-cell>
      </table:table-row>"#;
    let row = "A=n:0.5: B=n:0.5: D=t:a  &b E=u:=[.A1]+1";
    assert_eq!(lines(&ods(table)), [format!("3 {row}"), format!("4 {row}")]);
}

#[test]
fn bombs_are_refused() {
    // Compressed once, then copied: fifteen parts of ten million blanks each.
    let blank = zipped(&[("blank", &" ".repeat(10_000_000))]);
    let mut blank = zip::ZipArchive::new(Cursor::new(blank)).unwrap();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts("<worksheet/>", &[]) {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    (0..15).for_each(|n| zip.raw_copy_file_rename(blank.by_index(0).unwrap(), format!("xl/{n}.xml")).unwrap());
    let message = refused(&zip.finish().unwrap().into_inner());
    assert!(message.contains("decompresso supera 100 MB"), "{message}");

    let entity = r#"<!DOCTYPE a [<!ENTITY x "xxxx"><!ENTITY y "&x;&x;&x;">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&y;</v></c></row></sheetData></worksheet>"#;
    assert!(refused(&zipped(&parts(entity, &[]))).contains("DOCTYPE o ENTITY"));

    let lie = r#"<sst uniqueCount="99999999999999"><si><t>a</t></si></sst>"#;
    assert!(refused(&xlsx("", &[("xl/sharedStrings.xml", lie)])).contains("troppi elementi"));

    // One long string, named by many cells.
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_000));
    let cells = r#"<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>"#.repeat(2_000);
    assert!(
        refused(&xlsx(&cells, &[("xl/sharedStrings.xml", &strings)])).contains("i testi delle celle superano 64 MB")
    );

    let long = format!(r#"<row><c t="inlineStr"><is><t>{}</t></is></c></row>"#, "è".repeat(32_768));
    assert!(refused(&xlsx(&long, &[])).contains("la cella A1 contiene un testo di oltre 32.767 caratteri"));

    let wide = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>x<text:s text:c="4000000000"/></text:p></table:table-cell></table:table-row>"#;
    assert!(refused(&ods(wide)).contains("la cella A1 contiene un testo di oltre 32.767 caratteri"));

    let many: Vec<String> = (0..6_000).map(|index| format!("x/{index}")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "")).collect();
    assert!(refused(&xlsx("", &many)).contains("più di 5.000 parti"));
}

#[test]
fn an_inconsistent_list_of_sheets_is_refused() {
    let twice = BOOK.replace("</sheets>", r#"<sheet name="B" sheetId="2" r:id="s1"/></sheets>"#);
    assert!(refused(&xlsx("", &[("xl/workbook.xml", &twice)])).contains("l'elenco dei fogli è incoerente"));
    let sheets: String = (0..101).map(|n| format!(r#"<sheet name="F{n}" sheetId="{n}" r:id="q{n}"/>"#)).collect();
    let many = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    assert!(refused(&xlsx("", &[("xl/workbook.xml", &many)])).contains("più di 100 fogli"));
}

#[test]
fn an_ods_cut_inside_a_table_is_refused() {
    let content =
        r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="A"><table:table-row>"#;
    let bytes = zipped(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", content)]);
    assert!(refused(&bytes).contains("la parte con i fogli è incompleta"));
}

/// A compound file whose stream is made of these records.
fn xls(records: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let mut stream = Vec::new();
    for (kind, data) in records {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    }
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// Globals with one sheet, "Enti", at `position`, then the sheet.
fn xls_sheet(position: u32, records: Vec<(u16, Vec<u8>)>) -> Vec<u8> {
    let start = || (0x0809, vec![0, 6, 5, 0]);
    let mut list = position.to_le_bytes().to_vec();
    list.extend(b"\0\0\x04\0Enti");
    let mut all = vec![start(), (0x0085, list), (0x000A, vec![]), start()];
    all.extend(records);
    all.push((0x000A, vec![]));
    xls(&all)
}

fn xls_number(row: u16, col: u16) -> (u16, Vec<u8>) {
    let mut data = [row.to_le_bytes(), col.to_le_bytes(), [0, 0]].concat();
    data.extend(7_f64.to_le_bytes());
    (0x0203, data)
}

#[test]
fn hostile_xls_files_are_refused() {
    const AT: u32 = 8 + 16 + 4;
    assert_eq!(lines(&xls_sheet(AT, vec![xls_number(2, 1)])), ["3 B=n:7:"]);
    // Declared dimensions that would reserve all memory are not believed.
    let declared = (0x0200, [vec![0; 4], vec![0xFF; 4], vec![0, 0, 0xFF, 0xFF, 0, 0]].concat());
    assert_eq!(lines(&xls_sheet(AT, vec![declared, xls_number(2, 1)])), ["3 B=n:7:"]);
    let message = refused(&xls_sheet(AT, vec![xls_number(0, 0), xls_number(65_535, 255)]));
    assert!(message.contains("il foglio «Enti» ha un valore nella cella IV65536"), "{message}");
    assert!(refused(&xls_sheet(AT + 1, vec![xls_number(0, 0)])).contains("incompleti"));
    assert!(refused(&xls(&[(0x0809, vec![0, 6, 5, 0]), (0x002F, vec![0, 0])])).contains("password"));
    // calamine indexes past the end of this record: the panic stays on the reader's thread.
    let short = xls(&[
        (0x0809, vec![0, 6, 5, 0]),
        (0x0085, vec![16, 0, 0, 0]),
        (0x000A, vec![]),
        (0x0809, vec![0, 6]),
        (0x000A, vec![]),
    ]);
    assert!(refused(&short).contains("danneggiato"));
}
