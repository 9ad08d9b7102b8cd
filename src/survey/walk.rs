//! How deep the reader of a PDF would go down, told without going down: its own rules for skipping an object, with a list in
//! place of the stack. Called by `survey`.
//!
//! An object may begin anywhere (a table of the file says where, and the file may lie), so every bracket is taken for a
//! beginning. What follows a bracket does not depend on what stood before it: one that a walk has met needs no walk.

use std::collections::HashMap;
use std::ops::Range;

use super::Unfit;

/// Brackets inside brackets. Real documents have a dozen; the reader, given its stack, bears twenty times as many.
pub(super) const DEEPEST: usize = 5_000;
/// Longest string or comment that is stepped over: longer ones are noise, and a tower after one is met from its own bracket.
const LONGEST_STRING: usize = 1 << 12;
/// Steps for each byte of the whole: strings and comments may be walked from within, over and over.
const PATIENCE: usize = 32;

/// A bracket that is open.
struct Open {
    at: usize,
    is_dictionary: bool,
    /// Brackets inside brackets, in what it holds.
    height: usize,
}

/// What comes of a bracket.
#[derive(Clone, Copy)]
struct Outcome {
    /// After its end; none where the reader would give up.
    end: Option<usize>,
    height: usize,
}

/// Looks at every nest in `bytes`; `dictionary` is told where each one that the reader could read begins and ends.
///
/// # Errors
/// [`Unfit::Deep`] for a nest that no reader should meet.
pub(super) fn walk(bytes: &[u8], mut dictionary: impl FnMut(Range<usize>) -> Result<(), Unfit>) -> Result<(), Unfit> {
    let mut known: HashMap<usize, Outcome> = HashMap::new();
    let mut patience = bytes.len().saturating_mul(PATIENCE).saturating_add(1 << 20);
    for (start, byte) in bytes.iter().enumerate() {
        let begins = *byte == b'[' || (*byte == b'<' && bytes.get(start + 1) == Some(&b'<'));
        if begins && !known.contains_key(&start) {
            from(start, bytes, &mut known, &mut patience, &mut dictionary)?;
        }
    }
    Ok(())
}

/// Walks from a bracket to its end, or to where the reader would give up.
fn from(
    start: usize,
    bytes: &[u8],
    known: &mut HashMap<usize, Outcome>,
    patience: &mut usize,
    dictionary: &mut impl FnMut(Range<usize>) -> Result<(), Unfit>,
) -> Result<(), Unfit> {
    let mut open: Vec<Open> = Vec::new();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        let before = at;
        let next = bytes.get(at + 1);
        let known_before = matches!(byte, b'[' | b'<') && known.contains_key(&at);
        let ends = |bracket: &Open| match byte {
            b']' => !bracket.is_dictionary,
            b'>' => bracket.is_dictionary && next == Some(&b'>'),
            _ => false,
        };
        match byte {
            b'[' | b'<' if *byte == b'[' || next == Some(&b'<') => match known.get(&at) {
                None => {
                    let is_dictionary = *byte == b'<';
                    open.push(Open { at, is_dictionary, height: 1 });
                    at += 1 + usize::from(is_dictionary);
                }
                Some(Outcome { end: Some(end), height }) => {
                    let below = height + 1;
                    if let Some(last) = open.last_mut() {
                        last.height = last.height.max(below);
                    }
                    if open.len() + height > DEEPEST {
                        return Err(Unfit::Deep);
                    }
                    at = *end;
                }
                Some(Outcome { end: None, height }) => {
                    if let Some(last) = open.last_mut() {
                        last.height = last.height.max(height + 1);
                    }
                    if open.len() + height > DEEPEST {
                        return Err(Unfit::Deep);
                    }
                    break;
                }
            },
            b']' | b'>' if open.last().is_some_and(ends) => {
                let Some(bracket) = open.pop() else { break };
                at += 1 + usize::from(bracket.is_dictionary);
                known.insert(bracket.at, Outcome { end: Some(at), height: bracket.height });
                if bracket.is_dictionary {
                    dictionary(bracket.at..at)?;
                }
                match open.last_mut() {
                    Some(last) => last.height = last.height.max(bracket.height + 1),
                    None => return Ok(()),
                }
            }
            b'<' => match hexadecimal(bytes, at) {
                Some(end) => at = end,
                None => break,
            },
            b'(' => match string(bytes, at) {
                Some(end) => at = end,
                None => {
                    *patience = patience.checked_sub(LONGEST_STRING).ok_or(Unfit::Deep)?;
                    break;
                }
            },
            b'%' => {
                let words = bytes.iter().skip(at).take(LONGEST_STRING);
                at += words.take_while(|byte| !matches!(byte, b'\n' | b'\r')).count();
            }
            // Where no object can begin, the reader gives up.
            b']' | b'>' | b')' | b'{' | b'}' => break,
            _ => at += 1,
        }
        // What is known already is stepped over at once, and may be as long as it likes.
        let step = if known_before { 1 } else { at - before };
        *patience = patience.checked_sub(step).ok_or(Unfit::Deep)?;
        if open.len() > DEEPEST {
            return Err(Unfit::Deep);
        }
    }
    // Given up: so would walks from those that are still open be, with what each has met.
    let mut height = 0;
    for bracket in open.into_iter().rev() {
        height = bracket.height.max(height + 1);
        known.insert(bracket.at, Outcome { end: None, height });
    }
    Ok(())
}

/// The end of a string of hexadecimal digits.
fn hexadecimal(bytes: &[u8], at: usize) -> Option<usize> {
    let digits = bytes.iter().skip(at + 1);
    let count = digits.take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)).count();
    (bytes.get(at + 1 + count) == Some(&b'>')).then_some(at + count + 2)
}

/// The end of a string in round brackets.
fn string(bytes: &[u8], at: usize) -> Option<usize> {
    let (mut depth, mut escaped) = (0_usize, false);
    for (index, byte) in bytes.iter().enumerate().skip(at).take(LONGEST_STRING) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(index + 1);
        }
    }
    None
}

/// Looks at the braces of a little program, which the reader of shadings and colours goes down with.
///
/// # Errors
/// [`Unfit::Deep`] as above.
pub(super) fn braces(bytes: &[u8]) -> Result<(), Unfit> {
    let (mut depth, mut comment) = (0_usize, false);
    for byte in bytes {
        match byte {
            b'\n' | b'\r' => comment = false,
            b'%' => comment = true,
            b'{' => depth += 1,
            b'}' if !comment => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Unfit::Deep);
        }
    }
    Ok(())
}
