//! What comes back signed: envelopes, signatures without their document, PDFs.
#![no_main]

use scrivano::verify::{self, Content};

libfuzzer_sys::fuzz_target!(init: { scrivano_fuzz::let_readers_panic(); }, |bytes: &[u8]| {
    if let Some(opened) = verify::open(bytes)
        && let Some(detached) = &opened.detached
    {
        let _judged = detached.signatures(Content::Parts(&[b"documento"]));
    }
    if verify::is_pdf(bytes) {
        let _judged = verify::read_pdf(bytes, None);
        let _judged = verify::read_pdf(bytes, Some(bytes.len() / 2));
    }
});
