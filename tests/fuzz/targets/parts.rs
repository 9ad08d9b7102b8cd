//! The parts of an `.xlsx`, which compression would hide from the fuzzer: texts divided by a zero byte, packed in order.
#![no_main]

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const PARTS: [&str; 11] = [
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/sharedStrings.xml",
    "xl/workbook.xml",
    "xl/worksheets/_rels/sheet1.xml.rels",
    "xl/_rels/workbook.xml.rels",
    "_rels/.rels",
    "[Content_Types].xml",
    "xl/worksheets/sheet2.xml",
];

libfuzzer_sys::fuzz_target!(init: { scrivano_fuzz::let_readers_panic(); }, |bytes: &[u8]| {
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in PARTS.into_iter().zip(bytes.split(|byte| *byte == 0)) {
        out.start_file(name, options).expect("a part");
        out.write_all(part).expect("its bytes");
    }
    scrivano_fuzz::workbook(&out.finish().expect("a package").into_inner());
});
