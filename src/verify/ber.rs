//! From what signing programs write (BER with lengths left open and strings in pieces, base64, PEM) to DER, which the
//! readers of certificates take. Bounded: depth, length, one copy per level.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Deepest nesting followed. A signed message has about fifteen levels.
const DEEPEST: usize = 48;
const OCTET_STRING: u8 = 0x04;
const CONSTRUCTED: u8 = 0x20;

/// The object identifier of signed data (1.2.840.113549.1.7.2) as it is written.
const SIGNED_DATA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

/// True where the bytes begin as a signed message does: a sequence that names signed data at once.
pub(super) fn is_signed_data(bytes: &[u8]) -> bool {
    let head = bytes.get(..24).unwrap_or(bytes);
    head.first() == Some(&0x30) && head.windows(SIGNED_DATA.len()).take(12).any(|window| window == SIGNED_DATA)
}

/// The bytes under base64 or PEM, where they are so wrapped.
pub(super) fn unwrapped(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}').trim();
    let body = match text.strip_prefix("-----BEGIN") {
        Some(rest) => rest.split_once('\n')?.1.split("-----END").next()?,
        None => text,
    };
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let mut packed = Vec::with_capacity(body.len());
    for byte in body.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        if !is_base64(byte) {
            return None;
        }
        packed.push(byte);
    }
    STANDARD.decode(packed).ok().filter(|decoded| is_signed_data(decoded))
}

/// The first element in `bytes` as DER, and how many bytes it took. `None` where it is not BER or too deep.
pub(super) fn to_der(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut out = Vec::with_capacity(bytes.len());
    let used = element(bytes, 0, &mut out)?;
    Some((out, used))
}

/// Appends the first element of `bytes` to `out` as DER; how many bytes it took.
fn element(bytes: &[u8], depth: usize, out: &mut Vec<u8>) -> Option<usize> {
    if depth > DEEPEST {
        return None;
    }
    let Header { tag, length, size } = header(bytes)?;
    let rest = bytes.get(size..)?;
    let first = *tag.first()?;
    let Some(length) = length else {
        // Length left open: only of constructed elements, up to two zero bytes.
        if first & CONSTRUCTED == 0 {
            return None;
        }
        let (content, used) = children(rest, depth, None, first)?;
        push(tag, first, &content, out);
        return size.checked_add(used);
    };
    let content = rest.get(..length)?;
    if first & CONSTRUCTED == 0 {
        push_plain(tag, content, out);
    } else {
        let (content, _) = children(content, depth, Some(length), first)?;
        push(tag, first, &content, out);
    }
    size.checked_add(length)
}

/// The children of a constructed element as DER; of a string in pieces, the pieces put together.
fn children(bytes: &[u8], depth: usize, length: Option<usize>, parent: u8) -> Option<(Vec<u8>, usize)> {
    let in_pieces = parent == OCTET_STRING | CONSTRUCTED;
    let mut content = Vec::new();
    let mut used = 0;
    loop {
        if length == Some(used) {
            return Some((content, used));
        }
        let rest = bytes.get(used..)?;
        if length.is_none() && rest.starts_with(&[0, 0]) {
            return Some((content, used.checked_add(2)?));
        }
        let before = content.len();
        used = used.checked_add(element(rest, depth + 1, &mut content)?)?;
        if in_pieces {
            // What was written is a whole string: its head goes.
            let piece = content.get(before..)?;
            let head = header(piece).filter(|head| head.tag == [OCTET_STRING])?.size;
            content.drain(before..before + head);
        }
    }
}

fn push(tag: &[u8], first: u8, content: &[u8], out: &mut Vec<u8>) {
    if first == OCTET_STRING | CONSTRUCTED {
        push_plain(&[OCTET_STRING], content, out);
    } else {
        push_plain(tag, content, out);
    }
}

fn push_plain(tag: &[u8], content: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(tag);
    let length = content.len();
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            let bytes: Vec<u8> = length.to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
            out.push(0x80 | u8::try_from(bytes.len()).unwrap_or(0));
            out.extend_from_slice(&bytes);
        }
    }
    out.extend_from_slice(content);
}

struct Header<'a> {
    tag: &'a [u8],
    /// `None` where it is left open.
    length: Option<usize>,
    size: usize,
}

fn header(bytes: &[u8]) -> Option<Header<'_>> {
    let first = *bytes.first()?;
    let mut at = 1;
    if first & 0x1f == 0x1f {
        // A long tag: at most four bytes more.
        while *bytes.get(at)? & 0x80 != 0 {
            at += 1;
            if at > 4 {
                return None;
            }
        }
        at += 1;
    }
    let tag = bytes.get(..at)?;
    let lead = *bytes.get(at)?;
    at += 1;
    let length = match lead {
        0x80 => None,
        short if short < 0x80 => Some(usize::from(short)),
        long => {
            let count = usize::from(long & 0x7f);
            let digits = bytes.get(at..at.checked_add(count)?)?;
            at += count;
            let significant: Vec<u8> = digits.iter().copied().skip_while(|byte| *byte == 0).collect();
            if significant.len() > 4 {
                return None;
            }
            Some(significant.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte)))
        }
    };
    Some(Header { tag, length, size: at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_lengths_and_pieces_become_der() {
        // A sequence of open length with a string in two pieces.
        let ber = [0x30, 0x80, 0x24, 0x80, 0x04, 0x02, 1, 2, 0x04, 0x01, 3, 0, 0, 0, 0, 0xff];
        let (der, used) = to_der(&ber).unwrap();
        assert_eq!(der, [0x30, 0x05, 0x04, 0x03, 1, 2, 3]);
        assert_eq!(used, ber.len() - 1);
    }

    #[test]
    fn lengths_are_made_shortest() {
        assert_eq!(to_der(&[0x04, 0x82, 0, 1, 9]).unwrap().0, [0x04, 0x01, 9]);
        let long = [vec![0x04, 0x83, 0, 0x01, 0x00], vec![7; 256]].concat();
        assert_eq!(to_der(&long).unwrap().0.get(..4), Some(&[0x04, 0x82, 0x01, 0x00][..]));
    }

    #[test]
    fn a_tower_of_sequences_is_refused() {
        let tower: Vec<u8> = std::iter::repeat_n([0x30, 0x80], 100_000).flatten().collect();
        assert!(to_der(&tower).is_none());
        for length in 0..40 {
            let _told = to_der(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff, 0x24, 0x80][..length.min(8)]);
        }
    }
}
