//! A look at a PDF before its reader sees it. The reader goes down with nested objects and keeps what it decompresses: a file
//! of a few kilobytes can hold a tower that no stack bears, also inside a compressed stream. Bytes only, nothing is parsed:
//! an object may begin anywhere.

use std::io::Read;

use flate2::read::ZlibDecoder;

/// Deepest nest of brackets let through. Anything that people make has a few dozen; random bytes never come near.
const DEEPEST: usize = 20_000;
/// Most bytes of one decompressed stream, and of all of them.
const LONGEST: usize = 64 << 20;
const MOST: usize = 512 << 20;
/// Most streams of a file: our longest act has some hundreds.
const MOST_STREAMS: usize = 50_000;
/// Ways of packing that a signed act of ours never has, and behind which the look would end.
const STRANGE: [&[u8]; 5] = [b"/Encrypt", b"LZWDecode", b"ASCIIHexDecode", b"ASCII85Decode", b"RunLengthDecode"];

/// True where the file can be given to the reader.
pub(super) fn is_fit(bytes: &[u8]) -> bool {
    !is_tower(bytes) && !is_strangely_packed(bytes) && streams_are_fit(bytes)
}

/// The deepest nest that reading could meet, wherever it began.
fn is_tower(bytes: &[u8]) -> bool {
    let mut depth = 0_usize;
    bytes.iter().any(|byte| {
        match byte {
            b'[' | b'<' => depth += 1,
            b']' | b'>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST
    })
}

/// Names may be written with their letters in hexadecimal.
fn is_strangely_packed(bytes: &[u8]) -> bool {
    let holds = |bytes: &[u8]| STRANGE.iter().any(|name| bytes.windows(name.len()).any(|window| window == *name));
    if !bytes.contains(&b'#') {
        return holds(bytes);
    }
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let code = (*first == b'#').then(|| std::str::from_utf8(tail.get(..2)?).ok()).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(letter) => {
                plain.push(letter);
                rest = tail.get(2..).unwrap_or_default();
            }
            None => {
                plain.push(*first);
                rest = tail;
            }
        }
    }
    holds(bytes) || holds(&plain)
}

/// Every stream that decompresses is decompressed once, within bounds, and looked at.
fn streams_are_fit(bytes: &[u8]) -> bool {
    const WORD: &[u8] = b"stream";
    let (mut left, mut streams) = (MOST, 0);
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(WORD.len()).position(|window| window == WORD))
    {
        at += found + WORD.len();
        let rest = bytes.get(at..).unwrap_or_default();
        let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).take(4).count();
        let packed = rest.get(blanks..).unwrap_or_default();
        // The two bytes with which packed data begin (RFC 1950, 2.2).
        let [method, flags, ..] = packed else { break };
        if method & 0x0F != 8 || u16::from_be_bytes([*method, *flags]) % 31 != 0 {
            continue;
        }
        streams += 1;
        if streams > MOST_STREAMS {
            return false;
        }
        let limit = LONGEST.min(left);
        let mut content = Vec::new();
        // What does not decompress is not a stream, or is one up to where it breaks.
        let _end = ZlibDecoder::new(packed).take(limit as u64 + 1).read_to_end(&mut content);
        if content.len() > limit || is_tower(&content) {
            return false;
        }
        left -= content.len();
    }
    true
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(b"%PDF-1.7 4 0 obj << /Length 9 >> stream\n".to_vec(), Compression::fast());
        encoder.write_all(content).expect("written");
        encoder.finish().expect("finished")
    }

    #[test]
    fn towers_are_seen_also_where_they_are_compressed() {
        assert!(is_fit(b"%PDF-1.7 [[1 2] <</A [<</B <41>>>]>>]"));
        assert!(is_fit(&packed(&b"[1 2] ".repeat(100_000))));
        assert!(!is_fit(&b"[".repeat(DEEPEST + 1)));
        assert!(!is_fit(&b"[          ".repeat(DEEPEST + 1)), "spaced out");
        assert!(!is_fit(&packed(&b"<</A".repeat(DEEPEST))));
        assert!(!is_fit(&packed(&vec![0; LONGEST + 1])), "a bomb");
        assert!(!is_fit(b"%PDF-1.7 /Filter /LZ#57Decode"));
        assert!(is_fit(&b"stream\nx".repeat(100_000)), "words that open nothing");
        assert!(!is_fit(&b"stream\n\x78\x9c".repeat(MOST_STREAMS + 1)), "streams without end");
    }
}
