//! Acts to bytes: one file per format, each made from the tree of `act` alone, so that all of them say the same words.
//!
//! Called by the run; touches neither disk nor clock. What goes wrong here is our fault, never the data's.

pub mod docx;
pub mod html;
pub mod pdf;
#[cfg(test)]
mod sample;
mod words;

/// Why an act could not be turned into bytes.
#[derive(Debug, thiserror::Error)]
pub enum EmitError {
    /// A part of the package is not well-formed XML.
    #[error("errore interno: la parte «{part}» del documento Word non è XML corretto: {source}")]
    Part {
        /// Path inside the package.
        part: String,
        /// What the XML reader says.
        source: quick_xml::Error,
    },
    /// Typst refuses the act.
    #[error("errore interno: l’atto non si compone in PDF: {0}")]
    Layout(String),
    /// The package could not be compressed.
    #[error("errore interno: il pacchetto del documento Word non è stato composto: {0}")]
    Package(#[from] zip::result::ZipError),
}
//! Writers of files: bytes in memory, never a path.

pub mod register;
pub mod workbook;
