//! Acts to bytes: one file per format, each made from the tree of `act` alone, so that all of them say the same words.
//!
//! Called by the run; touches neither disk nor clock. What goes wrong here is our fault, never the data's.

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

use include_dir::{Dir, include_dir};

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
    /// An XML file could not be written.
    #[error("errore interno: il file XML non si scrive: {0}")]
    Xml(#[from] std::io::Error),
    /// The package could not be compressed.
    #[error("errore interno: il pacchetto non è stato composto: {0}")]
    Package(#[from] zip::result::ZipError),
}

static SOURCES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/src/emit");

/// A digest of the code and layout that decide the bytes of acts, so that a new version makes them again.
pub fn source_fingerprint() -> String {
    fn collect(folder: &Dir<'static>, all: &mut Vec<u8>) {
        folder.files().for_each(|file| all.extend_from_slice(file.contents()));
        folder.dirs().for_each(|folder| collect(folder, all));
    }
    let mut all = pdf::LAYOUT.as_bytes().to_vec();
    all.extend_from_slice(env!("CARGO_PKG_VERSION").as_bytes());
    collect(&SOURCES, &mut all);
    bundle::sha256(&all)
}
