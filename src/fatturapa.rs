//! The blocks of a FatturaPA file (schema 1.2.3) that Scrivano uses, filled from a [`crate::bill::Bill`] whose figures they repeat and
//! never reckon. Written as XML by `emit`; types and fields bear the schema's own names, so that a block is found by them.
//!
//! Texts are already in the schema's set of characters and within its lengths: `text` has the rules. What those rules took
//! away is in [`Adapted`], for the notes of the run; a text that was cut stands whole in `Causale`.

mod blocks;
mod of;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
mod text;

pub use blocks::{
    CedentePrestatore, CessionarioCommittente, CodiceArticolo, DatiBollo, DatiDocumentiCorrelati, DatiGenerali,
    DatiGeneraliDocumento, DatiPagamento, DatiRiepilogo, DatiTrasmissione, DettaglioLinee, DettaglioPagamento,
    FatturaElettronica, IdFiscale, ScontoMaggiorazione, Sede,
};
pub use text::{basic, cut, latin, pieces};

/// What the schema's characters and lengths changed in the texts of a bill.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Adapted {
    /// The characters that the file shows otherwise, or as "?", each once, in order. Signs that have a plain twin
    /// (curly quotes, dashes, €) are not among them. Some may be control characters: show them by their code point.
    pub replaced: Vec<char>,
    /// The texts that were too long.
    pub shortened: Vec<Shortened>,
}

/// A text that its block could not hold. The whole of it stands in `Causale`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortened {
    /// Element of the schema: "Denominazione".
    pub element: &'static str,
    /// The whole text.
    pub whole: String,
    /// What the block holds.
    pub kept: String,
}
