//! An invoice as the exchange system would judge it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _judged = scrivano::sdi::inspect(Some("IT01234567890_00001.xml"), bytes, scrivano_fuzz::today());
});
