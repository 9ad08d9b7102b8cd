//! The parts of a `.docx`, which compression would hide from the fuzzer: texts divided by a zero byte, packed in order.
#![no_main]

const PARTS: [&str; 4] = ["word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let bytes = scrivano_fuzz::package(&PARTS, bytes);
    let _examined = scrivano::examine::document("prova.docx", &bytes, scrivano_fuzz::today());
});
