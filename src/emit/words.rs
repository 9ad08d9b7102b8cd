//! The words that no template writes: "Art. 1 – ", "Allegato A – ", "Tabella 1 – ", and the clean-up of texts. Used by
//! the emitters that write text themselves.

use std::borrow::Cow;

use crate::act::Text;

/// What stands between a number and its heading.
pub(super) const DASH: &str = " – ";

/// "Allegato A – " before a heading, "Allegato A" where there is none.
pub(super) fn annex_label(letter: &str, heading: &Text) -> String {
    with_dash(format!("Allegato {letter}"), heading)
}

/// "Art. 1 – " before a heading, "Art. 1" where there is none.
pub(super) fn article_label(number: u32, heading: &Text) -> String {
    with_dash(format!("Art. {number}"), heading)
}

/// "Tabella 1 – ", to be set before the caption.
pub(super) fn table_label(number: u32) -> String {
    format!("Tabella {number}{DASH}")
}

fn with_dash(label: String, heading: &Text) -> String {
    if heading.is_empty() { label } else { label + DASH }
}

/// The text without what XML 1.0 and HTML forbid: tabs and line ends become spaces, other control characters and
/// noncharacters disappear.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || is_noncharacter(c)) {
        return Cow::Borrowed(text);
    }
    let cleaned = text.chars().filter_map(|c| match c {
        '\t' | '\n' | '\r' => Some(' '),
        c if c.is_control() || is_noncharacter(c) => None,
        c => Some(c),
    });
    Cow::Owned(cleaned.collect())
}

fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF) || matches!(c, '\u{FDD0}'..='\u{FDEF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_disappear_and_line_ends_become_spaces() {
        assert_eq!(printable("a\u{7}b\tc\nd\u{FFFE}è"), "ab c dè");
        assert!(matches!(printable("Città di Cantù"), Cow::Borrowed(_)));
    }
}
