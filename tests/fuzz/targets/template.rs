//! A text in the place of one that is built in: the first byte chooses which.
#![no_main]

use scrivano::compose::Library;

const TEXTS: [&str; 5] =
    ["atti/convenzione.md", "clausole/recesso.md", "upi/model.toml", "atti/delibera-adesione.md", "accordo/accordo.md"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, text)) = bytes.split_first() else { return };
    let path = TEXTS[usize::from(*first) % TEXTS.len()];
    let library = Library::load(vec![(path.to_owned(), text.to_vec())]);
    for model in library.models() {
        let _faults = library.faults(&model.id);
    }
});
