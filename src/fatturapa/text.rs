//! The texts of FatturaPA: the set of characters of the schema (Basic Latin and Latin-1 without control characters),
//! white space as `xs:normalizedString` has it, cuts at the end of a word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in the characters that the schema allows, white space collapsed, and the characters that it had to change
/// in a way that a reader may notice: each once, in order.
///
/// - Signs with a plain twin become it and are not told: curly quotes, dashes, "…", "€" ("EUR"), bullets, "™", typographic
///   ligatures; no-break and thin spaces become a space; what has no width (soft hyphen, joiners) goes.
/// - Letters lose the marks that Latin-1 lacks ("ő" becomes "o", "ł" "l", "œ" "oe"), and are told.
/// - Control characters become a space; all others, Greek, Cyrillic, emoji, become "?". Both are told.
pub fn latin(text: &str) -> (String, Vec<char>) {
    let mut out = String::with_capacity(text.len());
    let mut told = Vec::new();
    for c in text.nfc() {
        if is_allowed(c) {
            out.push(c);
        } else if c.is_whitespace() {
            out.push(' ');
        } else if let Some(twin) = twin(c) {
            out.push_str(twin);
        } else {
            match letters(c) {
                Some(letters) => out.push_str(&letters),
                None if c.is_control() => out.push(' '),
                None => out.push('?'),
            }
            if !told.contains(&c) {
                told.push(c);
            }
        }
    }
    (collapsed(&out), told)
}

/// As [`latin`], in Basic Latin alone: codes and numbers of documents.
pub fn basic(text: &str) -> (String, Vec<char>) {
    let (text, mut told) = latin(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c);
            continue;
        }
        let plain = match c {
            '«' | '»' => Some("\"".to_owned()),
            '°' => Some("o".to_owned()),
            '×' => Some("x".to_owned()),
            'ß' => Some("ss".to_owned()),
            'æ' => Some("ae".to_owned()),
            'Æ' => Some("AE".to_owned()),
            'ø' => Some("o".to_owned()),
            'Ø' => Some("O".to_owned()),
            '·' => Some("-".to_owned()),
            '´' => Some("'".to_owned()),
            c => Some(c.nfkd().filter(|c| !is_combining_mark(*c)).collect()).filter(|text: &String| text.is_ascii()),
        };
        out.push_str(plain.as_deref().unwrap_or("?"));
        if !told.contains(&c) {
            told.push(c);
        }
    }
    (collapsed(&out), told)
}

/// The beginning of a text, at most `limit` characters, up to the end of a word where there is one; `None` where the text
/// is not longer than that.
pub fn cut(text: &str, limit: usize) -> Option<String> {
    let (end, _) = text.char_indices().nth(limit)?;
    let (head, rest) = text.split_at(end);
    let words = if rest.starts_with(' ') { Some(head) } else { head.rsplit_once(' ').map(|(words, _)| words) };
    // Only a word that no cut can save is broken.
    let fits = |words: &&str| {
        let word = text.get(words.len()..).unwrap_or_default().trim_start().split(' ').next().unwrap_or_default();
        !words.is_empty() && word.chars().count() <= limit
    };
    let kept = words.filter(fits).unwrap_or(head);
    Some(kept.trim_end().to_owned())
}

/// The text in pieces of at most `limit` characters, broken between words where there is a space; nothing is lost.
pub fn pieces(text: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while let Some(head) = cut(rest, limit.max(1)) {
        rest = rest.get(head.len()..).unwrap_or_default().trim_start();
        pieces.push(head);
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

fn is_allowed(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{ff}')
}

/// The plain sign of a typographic one; nothing for what has no width.
fn twin(c: char) -> Option<&'static str> {
    Some(match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' | 'ʻ' | 'ʹ' | '′' | '‵' | '‹' | '›' => "'",
        '“' | '”' | '„' | '‟' | '″' | '‶' | '〝' | '〞' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '⁃' | '•' | '‣' | '▪' | '◦' | '●' => "-",
        '…' => "...",
        '€' => "EUR",
        '™' => "(TM)",
        '№' => "n.",
        '⁄' | '∕' => "/",
        '≤' => "<=",
        '≥' => ">=",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' => "",
        _ => return None,
    })
}

/// The letters of Latin-1 that a letter is made of, or looks like; nothing for a mark that combines with no letter.
fn letters(c: char) -> Option<String> {
    let alike = match c {
        'œ' => "oe",
        'Œ' => "OE",
        'ł' => "l",
        'Ł' => "L",
        'đ' => "d",
        'Đ' => "D",
        'ı' => "i",
        'ħ' => "h",
        'Ħ' => "H",
        'ŧ' => "t",
        'Ŧ' => "T",
        'ŋ' => "n",
        'Ŋ' => "N",
        'ĸ' => "k",
        'ẞ' => "SS",
        'ə' => "e",
        'Ə' => "E",
        'ƒ' => "f",
        'ɨ' => "i",
        c if is_combining_mark(c) => "",
        c => {
            let plain: String = c.nfkd().filter(|c| !is_combining_mark(*c)).collect();
            return Some(plain).filter(|plain| !plain.is_empty() && plain.chars().all(is_allowed));
        }
    };
    Some(alike.to_owned())
}

fn collapsed(text: &str) -> String {
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
