//! A workbook as it comes: `.xlsx`, `.ods`, `.xls` or anything else.
#![no_main]

libfuzzer_sys::fuzz_target!(init: { scrivano_fuzz::let_readers_panic(); }, |bytes: &[u8]| {
    scrivano_fuzz::workbook(bytes);
});
