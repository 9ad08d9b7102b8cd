//! Acts to bytes: one file per format, each made from the tree of `act` alone, so that all of them say the same words; and
//! the FatturaPA files, registers, calendars and workbooks around them, from plain values.
//!
//! Called by the run; touches no clock, and no disk but the temporary files of large registers. What goes wrong here is our fault, never the data's.

pub mod board;
pub mod bundle;
pub mod calendar;
pub mod copy;
pub mod docx;
pub mod fatturapa;
pub mod html;
pub mod pdf;
pub mod register;
#[cfg(test)]
mod sample;
mod words;
pub mod workbook;

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
    /// A workbook could not be written.
    #[error("errore interno: il foglio di calcolo non si scrive: {0}")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A JSON file could not be written.
    #[error("errore interno: il file JSON non si scrive: {0}")]
    Json(#[from] serde_json::Error),
    /// A calendar could not be written.
    #[error("errore interno: il calendario non si scrive: {0}")]
    Calendar(#[from] std::fmt::Error),
    /// The register of bills cannot be written in the workbook as it is.
    #[error("il registro non si scrive: {0}")]
    Register(String),
    /// The findings cannot be written in the workbook as it is.
    #[error("errore interno: la copia annotata non si scrive: {0}")]
    Annotated(String),
    /// An XML file could not be written.
    #[error("errore interno: il file XML non si scrive: {0}")]
    Xml(#[from] std::io::Error),
    /// The package could not be compressed.
    #[error("errore interno: il pacchetto non è stato composto: {0}")]
    Package(#[from] zip::result::ZipError),
}

/// A digest of the program: sources, layouts, texts built in, versions of the libraries. A new version makes acts again.
pub fn source_fingerprint() -> &'static str {
    env!("SCRIVANO_SOURCES")
}
