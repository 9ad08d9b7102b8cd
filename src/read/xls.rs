//! The stream of an `.xls` before calamine reads it. Its reader keeps whole rectangles of cells, copies a shared string
//! for every cell and reserves the room that a record declares; so the records are walked first, what would pass the
//! limits is refused, what we do not need (names, formula text, declared sizes) is blanked, and the stream is put in
//! a compound file of our own.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use cfb::CompoundFile;

use super::bounds::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHARED_STRINGS, MAX_SHEETS, MAX_TEXT_BYTES};
use super::refusal::Refusal;

/// Largest stream, in bytes.
const MAX_STREAM_BYTES: u64 = 36_000_000;
/// Bytes of the table of shared strings.
const MAX_STRINGS_BYTES: usize = 16_000_000;
/// Pieces in which one record may be continued.
const MAX_PIECES: usize = 10_000;
/// A record that the reader passes over (an empty formatted cell).
const BLANK: u16 = 0x0201;

const TRUNCATED: Refusal = Refusal::Damaged("i fogli sono incompleti");

/// Checks the stream called `name` and returns a compound file with a harmless copy of it.
pub(super) fn rebuild(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str) -> Result<Vec<u8>, Refusal> {
    let mut stream = Vec::new();
    let source = file.open_stream(name).map_err(|_| TRUNCATED)?;
    if source.len() > MAX_STREAM_BYTES {
        return Err(Refusal::ContentTooLarge);
    }
    source.take(MAX_STREAM_BYTES).read_to_end(&mut stream).map_err(|_| TRUNCATED)?;
    sanitise(&mut stream)?;
    copy(&stream).map_err(|_| Refusal::Broken)
}

fn copy(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = CompoundFile::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// A sheet as the walk found it.
#[derive(Default)]
struct Found {
    first: Option<(u32, u32)>,
    last: (u32, u32),
    far: Option<(u32, u32)>,
    cells: usize,
    text: usize,
}

impl Found {
    fn cell(&mut self, row: u16, col: u16, text: usize) {
        let (row, col) = (u32::from(row), u32::from(col));
        if row >= MAX_ROWS || col >= MAX_COLUMNS {
            self.far = self.far.max(Some((row, col)));
        }
        let first = self.first.unwrap_or((row, col));
        self.first = Some((first.0.min(row), first.1.min(col)));
        self.last = (self.last.0.max(row), self.last.1.max(col));
        self.cells += 1;
        self.text += text;
    }

    fn area(&self) -> usize {
        self.first.map_or(0, |(row, col)| (self.last.0 - row + 1) as usize * (self.last.1 - col + 1) as usize)
    }
}

/// Walks the records from first to last: globals, then one substream for each sheet.
fn sanitise(stream: &mut [u8]) -> Result<(), Refusal> {
    let mut sheets: Vec<(usize, String)> = Vec::new();
    let mut found: BTreeMap<usize, Found> = BTreeMap::new();
    let (mut strings, mut widths, mut pieces) = (Vec::new(), Vec::new(), 0);
    let (mut open, mut depth, mut in_strings, mut unicode) = (0, 0_usize, false, true);
    let mut at = 0;
    while let (Some(kind), Some(length)) = (word(stream, at), word(stream, at + 2)) {
        let (body, end) = (at + 4, at + 4 + usize::from(length));
        if end > stream.len() {
            // Padding after the last sheet is no harm.
            if depth == 0 { break } else { return Err(TRUNCATED) }
        }
        if kind == 0x003C {
            pieces += 1;
            if pieces > MAX_PIECES {
                return Err(Refusal::ContentTooLarge);
            }
        } else {
            pieces = 0;
            if std::mem::take(&mut in_strings) {
                widths = string_widths(stream, &strings)?;
            }
        }
        let part = |from: usize| word(stream, body + from).filter(|_| body + from + 2 <= end);
        match kind {
            0x0809 => {
                if depth == 0 {
                    open = at;
                    found.insert(at, Found::default());
                    unicode = part(0) == Some(0x0600);
                }
                depth += 1;
            }
            0x000A => {
                depth = depth.saturating_sub(1);
            }
            0x002F => return Err(Refusal::Password),
            0x0085 if open == 0 => {
                if sheets.len() >= MAX_SHEETS {
                    return Err(Refusal::TooManySheets);
                }
                let position = part(0).zip(part(2)).map(|(low, high)| usize::from(low) | usize::from(high) << 16);
                sheets.push((position.ok_or(TRUNCATED)?, sheet_name(stream.get(body + 6..end), unicode)));
            }
            0x00FC => {
                in_strings = true;
                strings = vec![(body, end)];
            }
            0x003C if in_strings => strings.push((body, end)),
            // Names, merged areas, declared dimensions.
            0x0018 | 0x00E5 | 0x0200 => blank(stream, at),
            0x0006 | 0x0203 | 0x0204 | 0x0205 | 0x00D6 | 0x027E | 0x00FD | 0x00BD if depth == 1 && open > 0 => {
                let (Some(row), Some(col), Some(sheet)) = (part(0), part(2), found.get_mut(&open)) else {
                    return Err(TRUNCATED);
                };
                let value = stream.get(body + 6..body + 14).unwrap_or_default();
                if kind == 0x0006 && value.first() == Some(&3) && value.ends_with(&[0xFF, 0xFF]) {
                    // A formula that gives the empty text: an empty cell, wherever it has been filled down to.
                    blank(stream, at);
                } else if kind == 0x00BD {
                    let last = word(stream, end - 2).filter(|last| *last >= col && *last < 256).ok_or(TRUNCATED)?;
                    (col..=last).for_each(|col| sheet.cell(row, col, 0));
                } else {
                    let string = part(6).zip(part(8)).map(|(low, high)| usize::from(low) | usize::from(high) << 16);
                    let text = string.filter(|_| kind == 0x00FD).and_then(|index| widths.get(index)).copied();
                    sheet.cell(row, col, text.unwrap_or_default());
                    if kind == 0x0006
                        && let Some(size) = stream.get_mut(body + 20..body + 22)
                    {
                        size.fill(0);
                    }
                }
            }
            _ => {}
        }
        at = end;
    }
    within_limits(&sheets, &found)
}

fn within_limits(sheets: &[(usize, String)], found: &BTreeMap<usize, Found>) -> Result<(), Refusal> {
    if sheets.is_empty() {
        return Err(Refusal::Damaged("non contiene fogli"));
    }
    let (mut cells, mut text) = (0, 0);
    for (position, name) in sheets {
        let sheet = found.get(position).filter(|_| *position > 0).ok_or(TRUNCATED)?;
        if let Some((row, col)) = sheet.far {
            return Err(Refusal::FarCell(name.clone(), row, col));
        }
        cells += sheet.area().max(sheet.cells);
        text += sheet.text;
    }
    if cells > MAX_CELLS {
        Err(Refusal::TooManyCells)
    } else if text > MAX_TEXT_BYTES {
        Err(Refusal::TooMuchText)
    } else {
        Ok(())
    }
}

/// The size in bytes, as text, of each shared string. The rules of continuation are those of [MS-XLS] 2.5.293.
fn string_widths(stream: &[u8], pieces: &[(usize, usize)]) -> Result<Vec<usize>, Refusal> {
    if pieces.iter().map(|(start, end)| end - start).sum::<usize>() > MAX_STRINGS_BYTES {
        return Err(Refusal::ContentTooLarge);
    }
    let mut pieces = pieces.iter().copied();
    let (mut at, mut end) = pieces.next().unwrap_or_default();
    at += 8;
    let mut widths = Vec::new();
    loop {
        while at >= end {
            match pieces.next() {
                Some(piece) => (at, end) = piece,
                None => return Ok(widths),
            }
        }
        let flags = stream.get(at + 2).copied().filter(|_| at + 3 <= end).ok_or(TRUNCATED)?;
        let count = word(stream, at).map(usize::from).ok_or(TRUNCATED)?;
        at += 3;
        let mut tail = 0;
        if flags & 8 != 0 {
            tail += 4 * word(stream, at).map(usize::from).ok_or(TRUNCATED)?;
            at += 2;
        }
        if flags & 4 != 0 {
            let (low, high) = word(stream, at).zip(word(stream, at + 2)).ok_or(TRUNCATED)?;
            tail += usize::from(low) | usize::from(high) << 16;
            at += 4;
        }
        let (mut left, mut size) = (count, if flags & 1 != 0 { 2 } else { 1 });
        loop {
            let here = (end.saturating_sub(at) / size).min(left);
            at += here * size;
            left -= here;
            if left == 0 {
                break;
            }
            (at, end) = pieces.next().ok_or(TRUNCATED)?;
            size = if stream.get(at).ok_or(TRUNCATED)? & 1 != 0 { 2 } else { 1 };
            at += 1;
        }
        while tail > 0 {
            let here = end.saturating_sub(at).min(tail);
            at += here;
            tail -= here;
            if tail > 0 {
                (at, end) = pieces.next().ok_or(TRUNCATED)?;
            }
        }
        widths.push(count * 3);
        if widths.len() > MAX_SHARED_STRINGS {
            return Err(Refusal::ContentTooLarge);
        }
    }
}

/// The name in a record of the list of sheets, for messages.
fn sheet_name(name: Option<&[u8]>, unicode: bool) -> String {
    let Some((count, rest)) = name.and_then(<[u8]>::split_first) else { return String::new() };
    let count = usize::from(*count);
    let narrow = |bytes: &[u8]| bytes.iter().take(count).map(|byte| char::from(*byte)).collect();
    match rest.split_first() {
        Some((1, wide)) if unicode => {
            let units: Vec<u16> = wide.chunks_exact(2).take(count).filter_map(|pair| word(pair, 0)).collect();
            String::from_utf16_lossy(&units)
        }
        Some((_, bytes)) if unicode => narrow(bytes),
        _ => narrow(rest),
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes([*pair.first()?, *pair.last()?]))
}

/// Turns the record at `at` into one that the reader passes over.
fn blank(stream: &mut [u8], at: usize) {
    if let Some(kind) = stream.get_mut(at..at + 2) {
        kind.copy_from_slice(&BLANK.to_le_bytes());
    }
}
