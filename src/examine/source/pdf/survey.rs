//! The look at a PDF before the interpreter sees it: brackets nested so deep that reading them would use up the stack, and
//! streams that unpack into far more than a document. Called by `pdf`.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::super::Refusal;

/// Brackets inside brackets. Real documents have a dozen; noise of tens of megabytes stays well under this too.
const MAX_DEPTH: usize = 5_000;
/// Bytes of a stream once unpacked.
const MAX_STREAM_BYTES: usize = 30_000_000;
/// Bytes of all streams once unpacked.
const MAX_BYTES: usize = 150_000_000;
/// Times that a stream may be packed over again.
const MAX_LAYERS: usize = 3;
/// Packed streams of a file. A document of a thousand pages has some thousands.
const MAX_STREAMS: usize = 50_000;

/// Refuses what would not end well.
pub(super) fn survey(bytes: &[u8]) -> Result<(), Refusal> {
    if is_deep(bytes) {
        return Err(Refusal::Damaged);
    }
    let (mut left, mut streams) = (MAX_BYTES, 0);
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = rest.get(at + 6..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).or_else(|| rest.strip_prefix(b"\r"));
        let packed = data.unwrap_or(rest);
        if !is_zlib(packed) {
            continue;
        }
        streams += 1;
        if streams > MAX_STREAMS {
            return Err(Refusal::TooLarge);
        }
        let mut layer = unpacked(packed, &mut left)?;
        for _ in 1..MAX_LAYERS {
            if !is_zlib(&layer) {
                break;
            }
            layer = unpacked(&layer, &mut left)?;
        }
    }
    Ok(())
}

/// True for bytes that begin as zlib's do (RFC 1950, 2.2); the rest is read as it is, or by decoders that do not multiply it.
fn is_zlib(bytes: &[u8]) -> bool {
    let [method, flags, ..] = bytes else { return false };
    method & 0x0F == 8 && u16::from_be_bytes([*method, *flags]) % 31 == 0
}

/// A stream unpacked within bounds, and looked at; one that is cut gives what there was before the cut.
fn unpacked(packed: &[u8], left: &mut usize) -> Result<Vec<u8>, Refusal> {
    let mut content = Vec::new();
    let _cut = ZlibDecoder::new(packed).take(MAX_STREAM_BYTES as u64 + 1).read_to_end(&mut content);
    *left = left.checked_sub(content.len()).ok_or(Refusal::TooLarge)?;
    if content.len() > MAX_STREAM_BYTES {
        return Err(Refusal::TooLarge);
    }
    if is_deep(&content) {
        return Err(Refusal::Damaged);
    }
    Ok(content)
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|piece| piece == wanted)
}

/// True where brackets nest too deep, counted as they stand and again without what is in strings: a bracket in a string
/// closes nothing.
fn is_deep(bytes: &[u8]) -> bool {
    let (mut plain, mut outside) = (0_usize, 0_usize);
    let (mut string, mut escaped) = (0_usize, false);
    let mut before = 0_u8;
    for byte in bytes {
        let change = match (byte, before) {
            (b'[', _) | (b'<', b'<') => 1,
            (b']', _) | (b'>', b'>') => -1,
            _ => 0,
        };
        match (byte, escaped) {
            (b'(', false) => string += 1,
            (b')', false) => string = string.saturating_sub(1),
            _ => {}
        }
        escaped = *byte == b'\\' && !escaped;
        plain = plain.saturating_add_signed(change);
        if string == 0 {
            outside = outside.saturating_add_signed(change);
        }
        if plain.max(outside) > MAX_DEPTH {
            return true;
        }
        before = *byte;
    }
    false
}
