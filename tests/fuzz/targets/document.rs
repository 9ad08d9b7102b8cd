//! A document as it comes: `.docx`, PDF, text or anything else.
#![no_main]

libfuzzer_sys::fuzz_target!(init: { scrivano_fuzz::let_readers_panic(); }, |bytes: &[u8]| {
    let _examined = scrivano::examine::document("prova", bytes, scrivano_fuzz::today());
});
