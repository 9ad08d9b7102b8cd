//! The package of a `.docx`: its parts, decompressed one by one up to a limit. Called by `docx`.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::Refusal;

/// Parts of the archive.
const MAX_PARTS: usize = 5_000;
/// Bytes of a part once decompressed: far more than the text that is read, for Word writes much around it.
const MAX_PART_BYTES: u64 = 60_000_000;

/// An archive in memory.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Opens it without decompressing anything.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Refusal> {
        // Counted on the bytes: opening the archive makes a record for each entry.
        if bytes.windows(4).filter(|four| *four == b"PK\x01\x02").nth(MAX_PARTS).is_some() {
            return Err(Refusal::TooLarge);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
        Ok(Self { archive })
    }

    /// A part, whatever the case and the slashes of its name; `None` where there is no such part.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(index) = self.find(|known| known == name) else { return Ok(None) };
        let part = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Password,
            _ => Refusal::Damaged,
        })?;
        let mut bytes = Vec::new();
        part.take(MAX_PART_BYTES + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged)?;
        if bytes.len() as u64 > MAX_PART_BYTES { Err(Refusal::TooLarge) } else { Ok(Some(bytes)) }
    }

    /// What the archive is, when it is no `.docx`.
    pub(super) fn foreign(&self) -> Refusal {
        let has = |start: &str| self.find(|known| known.starts_with(start)).is_some();
        if has("xl/") {
            Refusal::Foreign("è una cartella di lavoro di Excel", "per il foglio di Scrivano c’è «scrivano controlla»")
        } else if has("content.xml") {
            Refusal::Foreign("è un documento OpenDocument (.odt)", "aprirlo con LibreOffice e salvarlo come .docx")
        } else if has("ppt/") {
            Refusal::Foreign("è una presentazione", "serve il testo dell’atto, in .docx, .pdf o .txt")
        } else {
            Refusal::Foreign("è un archivio compresso", "estrarre il documento ed esaminare quello")
        }
    }

    fn find(&self, is_it: impl Fn(&str) -> bool) -> Option<usize> {
        let normal = |name: &str| name.replace('\\', "/").to_ascii_lowercase();
        (0..self.archive.len()).rev().find(|index| {
            self.archive.name_for_index(*index).and_then(Result::ok).is_some_and(|name| is_it(&normal(&name)))
        })
    }
}
