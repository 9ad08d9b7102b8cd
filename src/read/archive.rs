//! The look at a zip archive before any reader sees it: every part is decompressed once, counted and scanned, and
//! nothing is kept. The sizes that an archive declares are not believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::bounds::{MAX_CONTENT_BYTES, MAX_PARTS, MAX_RUN_BYTES, MAX_TAGS};
use super::refusal::Refusal;

/// An archive in memory.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// What the scan found in a part.
#[derive(Debug, Default)]
pub(super) struct Part {
    /// Name in lower case with forward slashes.
    pub(super) name: String,
    /// Longest tag or text in bytes.
    pub(super) longest_run: usize,
    /// `si` elements.
    pub(super) strings: usize,
    /// `xf` elements after `cellXfs`.
    pub(super) formats: usize,
    /// `f` elements.
    pub(super) formulas: usize,
}

/// Opens the archive without decompressing anything.
pub(super) fn open(bytes: &[u8]) -> Result<Archive<'_>, Refusal> {
    // Counted on the bytes: opening the archive makes a record for each entry.
    if bytes.windows(4).filter(|four| *four == b"PK\x01\x02").nth(MAX_PARTS).is_some() {
        return Err(Refusal::TooManyParts);
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged("manca la parte finale dell'archivio"))
}

/// The index of a part, whatever its case and slashes: some programs write `xl\\workbook.xml`. The last one wins, as it
/// does for the reader.
pub(super) fn locate(archive: &Archive<'_>, name: &str) -> Option<usize> {
    let wanted = normal(name);
    (0..archive.len())
        .rev()
        .find(|index| archive.name_for_index(*index).and_then(Result::ok).is_some_and(|name| normal(&name) == wanted))
}

fn normal(name: &str) -> String {
    name.replace('\\', "/").to_ascii_lowercase()
}

/// Decompresses a part whole, when it is small: at most `limit` bytes. `None` when there is no such part.
pub(super) fn small_part(archive: &mut Archive<'_>, name: &str, limit: u64) -> Result<Option<Vec<u8>>, Refusal> {
    let Some(index) = locate(archive, name) else { return Ok(None) };
    let part = archive.by_index(index).map_err(|error| refusal(&error))?;
    let mut bytes = Vec::new();
    part.take(limit + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Damaged("una sua parte non si decomprime"))?;
    if bytes.len() as u64 > limit { Err(Refusal::ContentTooLarge) } else { Ok(Some(bytes)) }
}

/// Decompresses all parts in a stream and scans them.
pub(super) fn survey(archive: &mut Archive<'_>) -> Result<Vec<Part>, Refusal> {
    let (mut left, mut tags) = (MAX_CONTENT_BYTES, 0);
    let mut parts = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).map_err(|error| refusal(&error))?;
        let name = normal(&String::from_utf8_lossy(file.name_raw()));
        let mut scan = Scan::default();
        loop {
            let count = file.read(&mut chunk).map_err(|_| Refusal::Damaged("una sua parte non si decomprime"))?;
            let Some(bytes) = chunk.get(..count).filter(|bytes| !bytes.is_empty()) else { break };
            left = left.checked_sub(count).ok_or(Refusal::ContentTooLarge)?;
            scan.feed(bytes);
            // Images may be anything (an SVG has a DOCTYPE); the manifest of old OpenOffice files names a DTD.
            let image = name.starts_with("xl/media/") || name.starts_with("pictures/");
            if (scan.entity || scan.doctype && name != "meta-inf/manifest.xml") && !image {
                return Err(Refusal::Dangerous);
            }
            tags += std::mem::take(&mut scan.tags);
            if scan.markup && (scan.part.longest_run > MAX_RUN_BYTES || tags > MAX_TAGS) {
                return Err(Refusal::ContentTooLarge);
            }
        }
        scan.part.name = name;
        parts.push(scan.part);
    }
    Ok(parts)
}

fn refusal(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Refusal::Password,
        _ => Refusal::Damaged("una sua parte non si decomprime"),
    }
}

/// A scan for the names of elements and declarations. Zero bytes are passed over, so that UTF-16 shows the same names.
#[derive(Default)]
struct Scan {
    part: Part,
    token: [u8; 12],
    length: usize,
    in_token: bool,
    run: usize,
    tags: usize,
    markup: bool,
    begun: bool,
    cell_formats: bool,
    entity: bool,
    doctype: bool,
}

impl Scan {
    fn feed(&mut self, mut bytes: &[u8]) {
        if !self.begun {
            // A part that does not open with a tag (after a byte order mark) is an image or the like.
            let first =
                bytes.iter().find(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF | b' ' | b'\r' | b'\n'));
            self.begun = first.is_some();
            self.markup = first == Some(&b'<');
        }
        while !bytes.is_empty() {
            if !self.in_token {
                let found = bytes.iter().position(|byte| *byte == b'<');
                self.run += found.unwrap_or(bytes.len());
                self.part.longest_run = self.part.longest_run.max(self.run);
                let Some(at) = found else { return };
                (self.in_token, self.length, self.run) = (true, 0, 0);
                self.tags += 1;
                bytes = bytes.get(at + 1..).unwrap_or_default();
            }
            while let Some((byte, rest)) = bytes.split_first() {
                bytes = rest;
                self.run += 1;
                match byte {
                    0 => {}
                    // Only the local name counts.
                    b':' => self.length = 0,
                    b'/' | b'>' | b'[' | b' ' | b'\t' | b'\r' | b'\n' => {
                        self.in_token = false;
                        break;
                    }
                    _ => {
                        if let Some(slot) = self.token.get_mut(self.length) {
                            *slot = *byte;
                        }
                        self.length += 1;
                    }
                }
            }
            self.part.longest_run = self.part.longest_run.max(self.run);
            if !self.in_token {
                self.name();
            }
        }
    }

    fn name(&mut self) {
        match self.token.get(..self.length) {
            Some(b"si") => self.part.strings += 1,
            Some(b"f") => self.part.formulas += 1,
            Some(b"cellXfs") => self.cell_formats = true,
            Some(b"xf") if self.cell_formats => self.part.formats += 1,
            Some(b"!ENTITY") => self.entity = true,
            Some(b"!DOCTYPE") => self.doctype = true,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(bytes: &[u8]) -> Scan {
        let mut scan = Scan::default();
        bytes.chunks(3).for_each(|chunk| scan.feed(chunk));
        scan
    }

    #[test]
    fn names_are_counted_with_or_without_prefix_across_chunks() {
        let found = scan(
            b"<?xml version='1.0'?><x:sst><x:si><t>a</t></x:si><si/><six/></x:sst><xf/><cellXfs><xf a='1'/></cellXfs>",
        );
        assert_eq!((found.part.strings, found.part.formats, found.markup, found.doctype), (2, 1, true, false));
    }

    #[test]
    fn declarations_are_seen_in_utf_16_too() {
        let text = "<!DOCTYPE a [<!ENTITY b \"c\">]>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [text.as_bytes(), &little, &big] {
            let found = scan(bytes);
            assert!(found.doctype && found.entity);
        }
    }
}
