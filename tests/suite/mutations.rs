//! Files spoiled at random, always the same ones: no reader may stop the program, hang or say what it cannot know. The fuzz
//! targets of `tests/fuzz` look deeper; this needs nothing but `cargo test`. `MUTATIONS=100000 cargo test mutations`
//! does more. Signed files are spoiled in `tests/suite/signatures.rs`.

use std::io::{Cursor, Write};
use std::path::Path;

use scrivano::compose::Library;
use scrivano::diagnostic::Diagnostic;
use scrivano::emit::copy::{annotated_copy, is_report};
use scrivano::place::Place;
use scrivano::{read, sdi};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::packages::parts;
use crate::support::today;

/// How many spoiled files of each kind.
fn turns() -> u64 {
    std::env::var("MUTATIONS").ok().and_then(|number| number.parse().ok()).unwrap_or(200)
}

fn file(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a file")
}

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn of(turn: u64) -> Self {
        Self((turn + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit.max(1)).expect("a number")).expect("a number")
    }
}

/// What is put in at random: pieces that mean something to one reader or another.
const PIECES: [&[u8]; 22] = [
    b"<",
    b">",
    b"\"",
    b"&",
    b"</",
    b"/>",
    b"<!--",
    b"<![CDATA[",
    b"]]>",
    b"&#0;",
    b"&#x110000;",
    b"{{",
    b"}}",
    b"{{#if x}}",
    b"\0",
    b"\xff\xfe",
    b"r=\"A1048577\"",
    b"r=\"ZZZ1\"",
    b"99999999999999999999",
    b"-1",
    b"\xc3",
    b"\n## ",
];

/// A few changes: bytes flipped, cut out, doubled, put in.
fn spoiled(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let to = (at + dice.below(40)).min(bytes.len());
        match dice.below(5) {
            0 => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            1 => {
                bytes.drain(at..to);
            }
            2 => {
                let copy = bytes[at..to].to_vec();
                bytes.splice(to..to, copy);
            }
            3 => {
                let piece = PIECES[dice.below(PIECES.len())];
                bytes.splice(at..at, piece.iter().copied());
            }
            _ => {
                let piece = PIECES[dice.below(PIECES.len())];
                bytes.splice(at..to, piece.iter().copied());
            }
        }
    }
    bytes
}

/// Reads a workbook; where it is one, a copy of it is annotated, read again and annotated again.
fn judged(bytes: &[u8], turn: u64) -> bool {
    let Ok(mut tables) = read::workbook("prova.xlsx", bytes) else { return false };
    let found: Vec<Diagnostic> =
        tables.sheets.iter().map(|sheet| Diagnostic::new("WB-03", Place::cell(&sheet.name, 1, 1), "prova")).collect();
    let copy = annotated_copy(bytes, &tables, &found, "prova").expect("a copy");
    let mut read = read::workbook("prova.xlsx", &copy.bytes).unwrap_or_else(|it| panic!("{turn}: {}", it.message));
    let again = annotated_copy(&copy.bytes, &read, &found, "prova").expect("a copy of the copy");
    assert!(again.is_faithful || !copy.is_faithful, "{turn}: the second copy is less than the first");
    for tables in [&mut read, &mut tables] {
        tables.sheets.retain(|sheet| !is_report(sheet));
    }
    if copy.is_faithful {
        assert_eq!(read.sheets, tables.sheets, "{turn}: the copy says something else");
    }
    copy.is_faithful
}

#[test]
fn spoiled_workbooks_are_refused_or_read() {
    let seeds = ["libreoffice.xlsx", "openpyxl.xlsx", "libreoffice.ods", "libreoffice.xls", "con-password.xlsx"];
    let seeds = seeds.map(|name| file(&format!("tests/data/formati/{name}")));
    for turn in 0..turns() {
        let mut dice = Dice::of(turn);
        let seed = &seeds[dice.below(seeds.len())];
        judged(&spoiled(seed, &mut dice), turn);
    }
}

#[test]
fn spoiled_parts_of_workbooks_are_refused_or_read() {
    let seeds: Vec<_> = ["libreoffice.xlsx", "openpyxl.xlsx"]
        .iter()
        .map(|name| parts(&file(&format!("tests/data/formati/{name}"))))
        .collect();
    // One that has comments, and colours of an earlier run.
    let bytes = file("tests/data/formati/openpyxl.xlsx");
    let tables = read::workbook("prova.xlsx", &bytes).expect("a workbook");
    let found = [Diagnostic::new("WB-03", Place::cell(&tables.sheets[1].name, 1, 1), "prova")];
    let copy = annotated_copy(&bytes, &tables, &found, "prova").expect("a copy");
    let seeds: Vec<_> = seeds.into_iter().chain([parts(&copy.bytes)]).collect();
    let mut kept = 0;
    for turn in 0..turns() {
        let mut dice = Dice::of(turn);
        let seed = &seeds[dice.below(seeds.len())];
        let chosen = dice.below(seed.len());
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        for (number, (name, bytes)) in seed.iter().enumerate() {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
            out.start_file(name.as_str(), options).expect("a part");
            let bytes = if number == chosen { spoiled(bytes, &mut dice) } else { bytes.clone() };
            out.write_all(&bytes).expect("its bytes");
        }
        kept += u64::from(judged(&out.finish().expect("a package").into_inner(), turn));
    }
    assert!(kept > turns() / 20, "spoiled too much to say anything: {kept}");
}

#[test]
fn spoiled_texts_have_faults_or_not() {
    let seeds = [
        "atti/convenzione.md",
        "clausole/recesso.md",
        "upi/model.toml",
        "atti/delibera-adesione.md",
        "accordo/accordo.md",
    ];
    for turn in 0..turns() / 10 {
        // To look through the texts of one model takes a tenth of a second.
        let mut dice = Dice::of(turn);
        let path = seeds[dice.below(seeds.len())];
        let text = spoiled(&file(&format!("templates/{path}")), &mut dice);
        let library = Library::load(vec![(path.to_owned(), text)]);
        let model = if path.starts_with("accordo") { "accordo" } else { "upi" };
        assert!(
            library.faults(model).iter().chain(library.faults("")).all(|fault| !fault.message.is_empty()),
            "{turn}"
        );
    }
}

#[test]
fn spoiled_invoices_are_judged() {
    let seeds = ["completa", "semplice"].map(|name| file(&format!("tests/data/fatturapa/{name}.xml")));
    for turn in 0..turns() * 5 {
        let mut dice = Dice::of(turn);
        let bytes = spoiled(&seeds[dice.below(seeds.len())], &mut dice);
        let _judged = sdi::inspect(Some("IT01234567890_00001.xml"), &bytes, today());
    }
}
