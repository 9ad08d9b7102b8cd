//! The annotated workbook: every faulty cell is coloured and says why, everything else is as it was, and a second run leaves
//! no trace of the first.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, Format, Formula, Note, Workbook as Book,
};
use scrivano::diagnostic::Diagnostic;
use scrivano::emit::copy::{AnnotatedCopy, annotated_copy, is_report};
use scrivano::pipeline;
use scrivano::place::Place;
use scrivano::read;
use scrivano::table::{Raw, Workbook};

use crate::outputs::small::{scrivano, stderr, stdout};
use crate::support::packages::{changed, parts, with_part, without_part};
use crate::support::{judge, today};

const HEAD: &str = "— Controllo di Scrivano —";

fn file(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file")
}

fn tables(bytes: &[u8]) -> Workbook {
    read::workbook("prova.xlsx", bytes).expect("a workbook that is read")
}

/// The sheets without that of the findings.
fn own(bytes: &[u8]) -> Workbook {
    let mut tables = tables(bytes);
    tables.sheets.retain(|sheet| !is_report(sheet));
    tables
}

fn findings(bytes: &[u8]) -> Vec<Diagnostic> {
    pipeline::check("prova.xlsx", bytes, &judge()).diagnostics
}

fn annotated(bytes: &[u8], found: &[Diagnostic]) -> AnnotatedCopy {
    annotated_copy(bytes, &tables(bytes), found, "«prova.xlsx»").expect("a copy")
}

fn text(bytes: &[u8], part: &str) -> String {
    String::from_utf8(parts(bytes).remove(part).unwrap_or_else(|| panic!("no part {part}"))).expect("text")
}

/// The parts of comments together.
fn comments(bytes: &[u8]) -> String {
    let all = parts(bytes).into_iter().filter(|(name, _)| name.contains("comments") && name.ends_with(".xml"));
    all.map(|(_, bytes)| String::from_utf8(bytes).expect("text")).collect()
}

/// The whole text of what a cell's tag says: format and all.
fn tag<'t>(sheet: &'t str, cell: &str) -> &'t str {
    let mut tags = sheet.split("<c ").skip(1).filter_map(|rest| rest.split('>').next());
    tags.find(|tag| tag.contains(&format!("r=\"{cell}\""))).unwrap_or_else(|| panic!("no cell {cell}"))
}

fn style(tag: &str) -> usize {
    let number = tag.strip_prefix("s=\"").or_else(|| tag.split_once(" s=\"").map(|it| it.1));
    let number = number.and_then(|rest| rest.split('"').next());
    number.map_or(0, |number| number.parse().expect("a number"))
}

/// The colour behind a cell: "FFF9C9C3".
fn behind(bytes: &[u8], sheet: &str, cell: &str) -> String {
    let styles = text(bytes, "xl/styles.xml");
    let list = |name: &str| {
        let inside =
            styles.split(&format!("<{name} ")).nth(1).and_then(|rest| rest.split(&format!("</{name}>")).next());
        inside.expect("a list").to_owned()
    };
    let formats = list("cellXfs");
    let format = formats.split("<xf ").nth(style(tag(&text(bytes, sheet), cell)) + 1).expect("a format");
    let fill: usize = format.split("fillId=\"").nth(1).and_then(|it| it.split('"').next()).unwrap().parse().unwrap();
    let fills = list("fills");
    let fill = fills.split("<fill>").nth(fill + 1).expect("a fill");
    fill.split("<fgColor rgb=\"").nth(1).and_then(|it| it.split('"').next()).unwrap_or("").to_owned()
}

#[test]
fn every_faulty_cell_is_coloured_and_says_why() {
    let bytes = file("fixtures/errori.xlsx");
    let found = findings(&bytes);
    let copy = annotated(&bytes, &found);
    assert!(copy.is_faithful && !copy.has_macros && copy.sheet == "Controllo");
    assert_eq!(own(&copy.bytes), own(&bytes), "what the workbook says is what it said");
    let again: Vec<_> = findings(&copy.bytes).into_iter().map(|it| (it.code, it.place, it.message)).collect();
    let before: Vec<_> = found.iter().map(|it| (it.code, it.place.clone(), it.message.clone())).collect();
    assert_eq!(again, before, "the sheet of findings is no news to a second check");

    let sheets = ["Leggimi", "Convenzione", "Enti", "Deliberazioni", "Servizi", "Fasce", "Richieste"];
    let said = comments(&copy.bytes);
    let mut cells = BTreeSet::new();
    for it in found.iter().filter(|it| it.place.a1().is_some()) {
        let (sheet, cell) = (it.place.sheet().unwrap(), it.place.a1().unwrap());
        cells.insert((sheet.to_owned(), cell.clone()));
        assert!(said.contains(&format!("{} {}: ", it.severity.italian(), it.code)), "{} {cell}", it.code);
        if let Some(number) = sheets.iter().position(|name| *name == sheet) {
            let colour = behind(&copy.bytes, &format!("xl/worksheets/sheet{}.xml", number + 1), &cell);
            assert!(["FFF9C9C3", "FFFDE9B0", "FFDCE8F5"].contains(&&*colour), "{sheet}!{cell}: {colour}");
        }
    }
    assert_eq!((copy.cells, said.matches(HEAD).count()), (cells.len(), cells.len()));
    // One cell of each severity.
    for (cell, colour) in [("F3", "FFF9C9C3"), ("N8", "FFFDE9B0"), ("F18", "FFDCE8F5")] {
        assert_eq!(behind(&copy.bytes, "xl/worksheets/sheet3.xml", cell), colour);
    }
    // The notes of the template are still there, each once.
    let template = comments(&bytes);
    for note in template.split("<t>").skip(1).filter_map(|rest| rest.split("</t>").next()) {
        assert_eq!(said.matches(note).count(), template.matches(note).count(), "{note}");
    }
}

#[test]
fn the_first_sheet_lists_everything_with_links() {
    let bytes = file("fixtures/errori.xlsx");
    let found = findings(&bytes);
    let copy = annotated(&bytes, &found);
    let read = tables(&copy.bytes);
    let first = &read.sheets[0];
    assert!(is_report(first) && &*first.name == "Controllo");
    assert_eq!(first.rows.iter().filter(|row| row.index > 4).count(), found.len());
    let sheet = text(&copy.bytes, "xl/worksheets/sheet13.xml");
    assert!(sheet.contains("<hyperlink ref=\"D6\" location=\"&apos;Convenzione&apos;!B8\""));
    assert_eq!(sheet.matches("<hyperlink ").count(), found.iter().filter(|it| it.place.sheet().is_some()).count());
    for it in &found {
        let has = |wanted: &str| {
            first
                .rows
                .iter()
                .any(|row| row.cells.iter().any(|cell| matches!(&cell.raw, Raw::Text(text) if text.contains(wanted))))
        };
        assert!(has(&it.message) && has(it.law) && has(&it.hint), "{}", it.message);
    }
    // Names bound to a sheet by its position still are of the same sheet, and one sheet alone is selected.
    let book = text(&copy.bytes, "xl/workbook.xml");
    assert!(
        book.contains("localSheetId=\"3\" hidden=\"1\">Enti!$A$1")
            && !book.contains("localSheetId=\"2\" hidden=\"1\">Enti!")
    );
    assert!(book.contains("<sheets><sheet name=\"Controllo\""));
    let selected = parts(&copy.bytes).into_iter().filter(|(name, _)| name.starts_with("xl/worksheets/sheet"));
    assert_eq!(selected.filter(|(_, it)| String::from_utf8_lossy(it).contains("tabSelected=\"1\"")).count(), 1);
}

#[test]
fn a_second_run_leaves_no_trace_of_the_first() {
    let bytes = file("fixtures/errori.xlsx");
    let found = findings(&bytes);
    let once = annotated(&bytes, &found);
    let twice = annotated(&once.bytes, &found);
    assert_eq!(changed(&once.bytes, &twice.bytes), [] as [&str; 0]);
    // All corrected: only the list stays, and says so.
    let clean = annotated(&once.bytes, &[]);
    assert_eq!((clean.cells, own(&clean.bytes)), (0, own(&bytes)));
    assert_eq!(comments(&clean.bytes), comments(&bytes));
    let (before, after) = (parts(&bytes), parts(&clean.bytes));
    for (name, bytes) in before.iter().filter(|(name, _)| name.contains("vmlDrawing")) {
        let cells = |bytes: &[u8]| String::from_utf8_lossy(bytes).matches("<x:Row>").count();
        assert_eq!(cells(bytes), cells(&after[name]), "{name}");
    }
    for number in 2..=12 {
        let name = format!("xl/worksheets/sheet{number}.xml");
        let (old, new) =
            (String::from_utf8_lossy(&before[&name]).into_owned(), String::from_utf8_lossy(&after[&name]).into_owned());
        for cell in old.split("<c ").skip(1).map(|rest| rest.split('>').next().unwrap()) {
            assert!(new.contains(&format!("<c {cell}>")), "{name}: {cell}");
        }
    }
    let list = &tables(&clean.bytes).sheets[0];
    assert!(format!("{:?}", list.rows).contains("Nessuna segnalazione."));
}

/// A sheet as a clerk keeps it: colours, a comment, a formula, a rule, a sheet called as ours.
fn kept_by_hand() -> Vec<u8> {
    let mut book = Book::new();
    let green = Format::new().set_background_color(Color::RGB(0x0000_FF00)).set_bold();
    let dark = Format::new().set_background_color(Color::RGB(0x001F_3A5F)).set_font_color(Color::White);
    let sheet = book.add_worksheet().set_name("ENTI").expect("a name");
    sheet.write_string_with_format(0, 0, "codice", &dark).expect("a cell");
    sheet.write_string_with_format(1, 0, "c_a035", &green).expect("a cell");
    sheet.write_formula(1, 2, Formula::new("=1+1").set_result("2")).expect("a cell");
    sheet.insert_note(1, 0, &Note::new("chiedere ad Anna").set_author("Bruno")).expect("a note");
    let rule = ConditionalFormatCell::new().set_rule(ConditionalFormatCellRule::LessThan(5)).set_format(&green);
    sheet.add_conditional_format(1, 2, 9, 2, &rule).expect("a rule");
    sheet.set_column_width(0, 33).expect("a width");
    book.add_worksheet().set_name("Controllo").expect("a name").write_string(0, 0, "i miei conti").expect("a cell");
    book.save_to_buffer().expect("bytes")
}

fn fault(place: Place, message: &str) -> Diagnostic {
    Diagnostic::new("ENT-01", place, message)
}

fn cell(row: u32, col: u32) -> Place {
    Place::cell(&"Enti".into(), row, col)
}

#[test]
fn what_the_clerk_put_there_stays() {
    let bytes = kept_by_hand();
    let found = [
        fault(cell(1, 0), "uno"),
        fault(cell(1, 0), "due"),
        fault(cell(1, 2), "la formula"),
        fault(cell(8, 3), "una cella che non c’è"),
        fault(Place::Sheet("Enti".into()), "mancano colonne"),
        fault(Place::Sheet("Servizi".into()), "manca il foglio"),
        fault(Place::None, "di nessun luogo"),
    ];
    let copy = annotated(&bytes, &found);
    assert_eq!((copy.cells, copy.sheet.as_str()), (4, "Controllo Scrivano"), "the clerk's own sheet keeps its name");
    assert_eq!(own(&copy.bytes), tables(&bytes));
    let said = comments(&copy.bytes);
    assert!(said.contains("<author>Bruno</author><author>Scrivano</author>"));
    let note =
        said.split("<comment ref=\"A2\"").nth(1).and_then(|rest| rest.split("</comment>").next()).expect("a note");
    assert!(note.contains("chiedere ad Anna") && note.contains("uno") && note.contains("due"), "{note}");
    assert_eq!(note.matches(HEAD).count(), 1);
    assert!(said.contains("ref=\"D9\"") && said.contains("ref=\"A1\"") && said.contains("mancano colonne"));
    let sheet = text(&copy.bytes, "xl/worksheets/sheet1.xml");
    for kept in ["<f>1+1</f><v>2</v>", "<cfRule type=\"cellIs\"", "width=\"33.7109375\""] {
        assert!(sheet.contains(kept), "{kept}");
    }
    assert_eq!(behind(&copy.bytes, "xl/worksheets/sheet1.xml", "A2"), "FFF9C9C3");
    // White letters on what is now a light cell would not be read.
    let styles = text(&copy.bytes, "xl/styles.xml");
    assert!(styles.contains("<color rgb=\"FF1F1F1F\"/>"));
    // Corrected, the cells are as the clerk had them.
    let clean = annotated(&copy.bytes, &[]);
    assert_eq!(behind(&clean.bytes, "xl/worksheets/sheet1.xml", "A2"), "FF00FF00");
    assert_eq!(comments(&clean.bytes).matches("<comment ").count(), 1);
    for at in ["A1", "A2", "C2"] {
        let sheet = |bytes: &[u8]| text(bytes, "xl/worksheets/sheet1.xml");
        assert_eq!(style(tag(&sheet(&clean.bytes), at)), style(tag(&sheet(&bytes), at)), "{at}");
    }
}

#[test]
fn a_sheet_without_comments_gets_them_in_their_place() {
    let mut book = Book::new();
    let sheet = book.add_worksheet().set_name("Enti").expect("a name");
    sheet.write_string(0, 0, "codice").expect("a cell");
    sheet.set_landscape();
    let bytes = book.save_to_buffer().expect("bytes");
    for (name, bytes) in [
        ("plain", bytes.clone()),
        // As other programs write it: an empty table of rows, prefixes.
        (
            "prefixed",
            with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
                xml.replace('<', "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
            }),
        ),
        (
            "closed",
            with_part(&bytes, "xl/worksheets/sheet1.xml", |xml| {
                let (head, rest) = xml.split_once("<sheetData>").expect("rows");
                format!("{head}<sheetData/>{}", rest.split_once("</sheetData>").expect("rows").1)
            }),
        ),
    ] {
        let copy = annotated(&bytes, &[fault(cell(0, 0), "no"), fault(cell(3, 3), "no")]);
        assert!(copy.is_faithful, "{name}");
        let sheet = text(&copy.bytes, "xl/worksheets/sheet1.xml");
        let (at, after) = (sheet.find("legacyDrawing").expect("a drawing"), sheet.find("pageSetup").expect("a page"));
        assert!(at > after, "{name}");
        let drawing = text(&copy.bytes, "xl/drawings/vmlDrawing1.vml");
        assert_eq!((drawing.matches("<v:shape ").count(), drawing.matches("t202\" coordsize").count()), (2, 1));
        assert!(text(&copy.bytes, "[Content_Types].xml").contains("/xl/comments1.xml"));
        assert!(text(&copy.bytes, "xl/worksheets/_rels/sheet1.xml.rels").contains("/xl/drawings/vmlDrawing1.vml"));
        tables(&copy.bytes);
    }
}

#[test]
fn parts_that_the_package_names_and_lacks_are_made() {
    let whole = kept_by_hand();
    let (comments, drawing) = ("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml");
    for lost in [vec![comments], vec![drawing], vec![comments, drawing]] {
        let bytes = lost.iter().fold(whole.clone(), |bytes, part| without_part(&bytes, part));
        assert!(annotated(&bytes, &[]).is_faithful, "{lost:?}");
        let found = [fault(cell(1, 0), "no"), fault(cell(3, 3), "no")];
        let once = annotated(&bytes, &found);
        assert!(once.is_faithful, "{lost:?}");
        assert_eq!(text(&once.bytes, comments).matches(HEAD).count(), 2, "{lost:?}");
        assert_eq!(text(&once.bytes, "[Content_Types].xml").matches("/xl/comments1.xml").count(), 1, "{lost:?}");
        let twice = annotated(&once.bytes, &found);
        assert!(twice.is_faithful, "{lost:?}");
        assert_eq!(changed(&once.bytes, &twice.bytes), [] as [&str; 0], "{lost:?}");
        let clean = annotated(&once.bytes, &[]);
        assert!(clean.is_faithful && own(&clean.bytes) == own(&whole), "{lost:?}");
        // The copy that lost them afterwards.
        let lost_later = lost.iter().fold(annotated(&whole, &found).bytes, |bytes, part| without_part(&bytes, part));
        assert!(annotated(&lost_later, &[]).is_faithful, "{lost:?}");
    }
}

#[test]
fn a_drawing_that_is_named_and_not_related_gives_way() {
    let cut = without_part(&kept_by_hand(), "xl/worksheets/_rels/sheet1.xml.rels");
    let found = [fault(cell(1, 0), "no"), fault(cell(3, 3), "no")];
    let two_tags = |xml: String| {
        let (before, rest) = xml.split_once("<legacyDrawing").expect("a drawing");
        let (inside, after) = rest.split_once("/>").expect("an end");
        format!("{before}<legacyDrawing{inside}></legacyDrawing>{after}")
    };
    for bytes in [with_part(&cut, "xl/worksheets/sheet1.xml", two_tags), cut] {
        let once = annotated(&bytes, &found);
        assert!(once.is_faithful && annotated(&once.bytes, &found).is_faithful);
        assert_eq!(text(&once.bytes, "xl/worksheets/sheet1.xml").matches("legacyDrawing").count(), 1);
    }
}

#[test]
fn other_formats_are_made_anew() {
    for name in [
        "tests/data/formati/libreoffice.ods",
        "tests/data/formati/libreoffice.xls",
        "tests/data/formati/pesaro-urbino.ods",
    ] {
        let bytes = file(name);
        let found = findings(&bytes);
        let copy = annotated(&bytes, &found);
        assert!(!copy.is_faithful, "{name}");
        let names = |tables: &Workbook| tables.sheets.iter().map(|sheet| sheet.name.to_string()).collect::<Vec<_>>();
        assert_eq!(names(&own(&copy.bytes)), names(&tables(&bytes)), "{name}");
        assert_eq!(comments(&copy.bytes).matches(HEAD).count(), copy.cells, "{name}");
    }
    // An archive at the end of another format is not what is read.
    let both = [file("tests/data/formati/libreoffice.xls"), file("tests/data/formati/pesaro-urbino.xlsx")].concat();
    let copy = annotated(&both, &findings(&both));
    assert!(!copy.is_faithful);
    let names = |book: &Workbook| book.sheets.iter().map(|sheet| sheet.name.to_string()).collect::<Vec<_>>();
    assert_eq!(names(&own(&copy.bytes)), names(&tables(&file("tests/data/formati/libreoffice.xls"))));
    // What the file hides, the copy hides; the sheet on which it opens is shown.
    let hides = |xml: String| xml.replacen("table:display=\"true\"", "table:display=\"false\"", 3);
    let bytes = with_part(&file("tests/data/formati/pesaro-urbino.ods"), "content.xml", hides);
    let copy = annotated(&bytes, &findings(&bytes));
    let hidden = |bytes: &[u8]| own(bytes).sheets.iter().map(|sheet| sheet.hidden).collect::<Vec<_>>();
    assert_eq!(hidden(&copy.bytes)[..5], [true, true, true, false, false]);
    for name in ["libreoffice", "openpyxl", "pesaro-urbino"] {
        let bytes = file(&format!("tests/data/formati/{name}.xlsx"));
        let copy = annotated(&bytes, &findings(&bytes));
        assert!(copy.is_faithful, "{name}");
        assert_eq!(own(&copy.bytes), tables(&bytes), "{name}");
    }
}

#[test]
fn texts_are_never_formulas_nor_markup() {
    let evil =
        ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "<f>1</f>", "]]>&amp;", "a\u{0}b\u{FFFE}"];
    let found: Vec<Diagnostic> =
        (1..).zip(evil).map(|(row, text)| fault(cell(row, 0), text).hint(text).body(text)).collect();
    let copy = annotated(&kept_by_hand(), &found);
    let list = text(&copy.bytes, "xl/worksheets/sheet3.xml");
    assert!(!list.contains("<f") && list.matches(" t=\"inlineStr\"").count() > 3 * evil.len());
    let read = tables(&copy.bytes);
    let cells: BTreeMap<u32, &Raw> =
        read.sheets[0].rows.iter().flat_map(|row| row.get(5).map(|cell| (row.index, &cell.raw))).collect();
    for (row, text) in (5..).zip(evil) {
        let wanted: String = text.replace(['\t', '\r'], " ").replace(['\u{0}', '\u{FFFE}'], "");
        assert_eq!(cells[&row], &Raw::Text(wanted), "{text:?}");
    }
}

#[test]
fn the_command_writes_a_copy_and_never_the_file_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    std::fs::write(at.join("enti.xlsx"), file("fixtures/errori.xlsx")).expect("a file");
    std::fs::write(at.join("rotto.xlsx"), b"PK\x03\x04").expect("a file");
    let day = today().to_string();
    let run = |arguments: &[&str]| {
        let output = scrivano(at, &[&["controlla"], arguments, &["--alla-data", &day]].concat());
        (output.status.code(), stdout(&output), stderr(&output))
    };
    for (arguments, words) in [
        (&["enti.xlsx", "--annota", "./enti.xlsx"][..], "non può prendere il posto"),
        (&["enti.xlsx", "--annota", "copia.ods"], "è un file .xlsx"),
        (&["enti.xlsx", "--annota", "copia.xlsm"], "deve avere un nome che finisce in .xlsx"),
        (&["enti.xlsx", "--sovrascrivi"], "--annota"),
    ] {
        let (status, _, err) = run(arguments);
        assert!(status == Some(2) && err.contains(words), "{arguments:?}: {err}");
    }
    assert_eq!(run(&["rotto.xlsx", "--annota", "copia.xlsx"]).0, Some(2));
    assert!(!at.join("copia.xlsx").exists());
    let plain = run(&["enti.xlsx", "--formato", "json"]).1;
    let (status, out, err) = run(&["enti.xlsx", "--annota", "copia.xlsx", "--formato", "json"]);
    assert_eq!((status, out), (Some(1), plain), "the report is the same");
    assert!(err.contains("celle segnate") && err.contains("«Controllo»"), "{err}");
    assert!(run(&["enti.xlsx", "--annota", "copia.xlsx"]).2.contains("c’è già"));
    assert_eq!(run(&["enti.xlsx", "--annota", "copia.xlsx", "--sovrascrivi"]).0, Some(1));
    assert_eq!(std::fs::read(at.join("enti.xlsx")).unwrap(), file("fixtures/errori.xlsx"));
    assert_eq!(std::fs::read_dir(at).unwrap().count(), 3);
    // The copy is a workbook like any other: the next term's has nothing of the findings.
    let (_, _, err) = {
        let output = scrivano(at, &["rinnovo", "copia.xlsx", "-o", "nuovo.xlsx", "--alla-data", &day]);
        (output.status.code(), stdout(&output), stderr(&output))
    };
    let renewed = tables(&std::fs::read(at.join("nuovo.xlsx")).unwrap_or_else(|_| panic!("{err}")));
    assert!(renewed.sheets.iter().all(|sheet| &*sheet.name != "Controllo"));
}
