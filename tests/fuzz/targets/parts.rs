//! The parts of an `.xlsx`, which compression would hide from the fuzzer: texts divided by a zero byte, packed in order.
#![no_main]

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
    scrivano_fuzz::workbook(&scrivano_fuzz::package(&PARTS, bytes));
});
