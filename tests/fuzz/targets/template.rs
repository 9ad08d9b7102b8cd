//! A text in the place of one that is built in: the first byte chooses which. The other texts are empty: to read them again
//! each time takes half a second.
#![no_main]

use std::sync::OnceLock;

use scrivano::compose::Library;

const TEXTS: [&str; 5] =
    ["atti/convenzione.md", "clausole/recesso.md", "upi/model.toml", "atti/delibera-adesione.md", "accordo/accordo.md"];

/// The other texts that a model reads.
fn others(model: &'static str) -> &'static [String] {
    static OTHERS: [OnceLock<Vec<String>>; 2] = [OnceLock::new(), OnceLock::new()];
    OTHERS[usize::from(model == "upi")].get_or_init(|| {
        let paths = scrivano_fuzz::library().files(model).into_iter().map(|(path, _)| path);
        paths.filter(|path| path.ends_with(".md")).collect()
    })
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, text)) = bytes.split_first() else { return };
    let path = TEXTS[usize::from(*first) % TEXTS.len()];
    let model = if path.starts_with("accordo") { "accordo" } else { "upi" };
    let empty = others(model).iter().filter(|other| *other != path).map(|other| (other.clone(), Vec::new()));
    let library = Library::load(empty.chain([(path.to_owned(), text.to_vec())]).collect());
    let _faults = (library.faults(model), library.faults(""));
});
