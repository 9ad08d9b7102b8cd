//! Boxes of signatures that cover words of the document: what is under one is no longer seen, and what the box shows takes its
//! place. Called by `judge`.

use crate::emit::bundle::Signer;
use crate::examine::{Area, words_in};
use crate::italian::fold;
use crate::verify::{Fault, SignatureBox};

/// Longest quotation, in characters.
const QUOTE: usize = 60;
/// Words of a signature block beside the names and offices of those who sign.
const OF_THE_BLOCK: [&str; 12] = [
    "per",
    "firma",
    "firme",
    "firmato",
    "digitale",
    "digitalmente",
    "documento",
    "data",
    "letto",
    "approvato",
    "confermato",
    "sottoscritto",
];

/// An error for each box over words that are not those of the place for signatures. `sent` is the document before anybody
/// signed.
pub(super) fn over_words(sent: &[u8], boxes: &[SignatureBox], signers: &[Signer]) -> Vec<Fault> {
    if boxes.is_empty() {
        return Vec::new();
    }
    let areas: Vec<Area> = boxes.iter().map(|it| Area { page: it.page, sides: it.area }).collect();
    let Some(covered) = words_in(sent, &areas) else { return Vec::new() };
    let of_signers: Vec<String> =
        signers.iter().flat_map(|it| [&it.party, &it.office, &it.name]).map(|it| fold(it)).collect();
    let is_of_the_block = |word: &str| {
        OF_THE_BLOCK.contains(&word)
            || of_signers.iter().any(|words| words.split(|c: char| !c.is_alphanumeric()).any(|it| it == word))
    };
    let mut pages: Vec<usize> = boxes.iter().map(|it| it.page).collect();
    pages.sort_unstable();
    pages.dedup();
    let told = pages.into_iter().filter_map(|page| {
        let lines = covered.iter().filter(|(of, _)| *of == page).map(|(_, text)| text.as_str());
        let lines: Vec<&str> = lines
            .filter(|text| {
                fold(text).split(|c: char| !c.is_alphanumeric()).any(|word| word.len() > 1 && !is_of_the_block(word))
            })
            .collect();
        let mut quote = lines.join(" / ");
        if quote.is_empty() {
            return None;
        }
        if quote.chars().count() > QUOTE {
            quote = quote.chars().take(QUOTE).chain(['…']).collect();
        }
        let words = format!("a pagina {} il riquadro di una firma sta sopra le parole «{quote}»", page + 1);
        let hint =
            "aprire il documento accanto a quello inviato: se ciò che si legge non è lo stesso, farlo firmare di nuovo";
        Some(Fault::error("box-over-words", words, hint))
    });
    told.collect()
}
