//! What the targets share: threads whose panics the program takes for an answer, and the check of a workbook that is read.

use std::io::{Cursor, Write};
use std::sync::OnceLock;

use chrono::NaiveDate;
use scrivano::compose::Library;
use scrivano::diagnostic::Diagnostic;
use scrivano::emit::copy::{annotated_copy, is_report};
use scrivano::place::Place;
use scrivano::table::Raw;
use scrivano::{examine, read, verify};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// "Today" of the targets.
pub fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 10).expect("a day")
}

/// The texts built in, loaded once.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::load(Vec::new()))
}

/// A panic of a library on a thread of its own is a refusal, as in the program: it must not end the target.
pub fn let_readers_panic() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let thread = std::thread::current();
        if !matches!(thread.name(), Some(read::READER_THREAD | examine::READER_THREAD | verify::THREAD)) {
            abort(info);
        }
    }));
}

/// A package of these parts, not compressed: `bytes` are their contents, divided by a zero byte; what is empty is left out.
pub fn package(parts: &[&str], bytes: &[u8]) -> Vec<u8> {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in parts.iter().zip(bytes.split(|byte| *byte == 0)).filter(|(_, part)| !part.is_empty()) {
        out.start_file(*name, options).expect("a part");
        out.write_all(part).expect("its bytes");
    }
    out.finish().expect("a package").into_inner()
}

/// Reads a workbook and, where it is one, checks its records and annotates it: the copy says what the workbook said, and a
/// second copy of it is the same.
pub fn workbook(bytes: &[u8]) {
    let Ok(tables) = read::workbook("prova.xlsx", bytes) else { return };
    let mut findings = scrivano::check::Findings::at(today());
    let _dossier = scrivano::check::records::dossier(&tables, library().models(), today(), &mut findings);
    let mut found = findings.into_vec();
    for sheet in tables.sheets.iter().take(3) {
        found.push(Diagnostic::new("WB-03", Place::cell(&sheet.name, 1, 1), "prova"));
    }
    let Ok(copy) = annotated_copy(bytes, &tables, &found, "prova") else { return };
    let Ok(mut read) = read::workbook("prova.xlsx", &copy.bytes) else {
        // The reader refuses what is larger than it allows: a workbook at the edge may pass it with its list.
        assert!(bytes.len() > 4_000_000, "the copy cannot be read");
        return;
    };
    assert!(read.sheets.iter().any(is_report), "the copy has no list");
    let again = annotated_copy(&copy.bytes, &read, &found, "prova").expect("a copy of the copy");
    read.sheets.retain(|sheet| !is_report(sheet));
    if copy.is_faithful && !tables.sheets.iter().any(is_report) {
        let plain = |it: &scrivano::table::Workbook| {
            let cells = it.sheets.iter().flat_map(|sheet| sheet.rows.iter().map(move |row| (sheet.name.clone(), row)));
            cells
                .map(|(name, row)| {
                    (name, row.index, row.cells.iter().map(|cell| (cell.col, value(&cell.raw))).collect::<Vec<_>>())
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(plain(&tables), plain(&read), "the copy says something else");
    }
    assert!(again.is_faithful || !copy.is_faithful, "the copy of the copy is less than the copy");
}

/// The value of a cell, without the format in which a number is shown.
fn value(raw: &Raw) -> String {
    match raw {
        Raw::Number(number, _) => number.clone(),
        other => format!("{other:?}"),
    }
}
